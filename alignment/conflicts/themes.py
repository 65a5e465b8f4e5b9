r"""Themes: a handful of quarrels instead of a hundred findings.

A theme is a community of the graph of findings (`communities`). Its weight is the sum of W, severity times confidence,
over its findings. It is named after the measure or resource with the most weight in it, where a finding gives each of
its measures W / (its measures), and its resource W; where some findings stand by themselves only those do, and what
only points at others gives nothing unless there is nothing else. It is led by its worst finding on what it is named
after that stands by itself: a director who reads the name expects it first. Where no such finding is on that, by the
worst of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

from alignment.judge.refuse import refuse
from alignment.judge.themes import objections
from alignment.models.answers.themes import Addition, Theme, Themes
from alignment.models.options.conflicts import Kind, ThemeOptions
from alignment.models.system import System
from alignment.options.verb import verb

from .clauses import Clauses, paid_way
from .collection import Conflicts, check_kinds, find_conflicts
from .communities import communities
from .finding import Finding, Search
from .judged import case_of
from .order import MICRO, order, weight_of
from .rules import RULES
from .telling import sentence_of, title_of

BY_ITSELF: Final = (
    *("opposed", "torn", "spillover", "capacity", "perverse", "wrong-pocket", "joint", "cascade", "inconsistent"),
    *("unguarded", "against-people"),
)
"""The kinds that stand by themselves, capacity only with numbers; of equals the first is told first."""

POINTING: Final = ("two-masters", "judged-by-rival", "duplicate")
"""The kinds that only point at others."""

LAST: Final = 2
"""The footing of these."""


@verb(ThemeOptions, "kinds", "tolerance", "steps", "decay", "evidence")
def themes(system: System, asked: ThemeOptions) -> Themes:
    """The handful of quarrels that a system's conflicts come down to, worst first.

    Findings hang together by the measures that they share, and where one lists another; a theme is a community of them
    (Louvain). It is named after the measure or resource with the most weight in it and led by its worst finding that
    stands by itself; what the rest add is said in a clause each. A payment for the same move with the same harm as a
    spillover is told with that.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Themes
        The themes, by the sum of severity times confidence over their findings, then id; each finding in one.

    Raises
    ------
    UnknownWord
        A kind is not known.
    OptionError
        An option is out of its range.
    SolverTrouble
        The themes did not survive the judge.

    References
    ----------
    Blondel, Guillaume, Lambiotte and Lefebvre (2008), Fast unfolding of communities in large networks.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.themes(al.read(al.example("winter-pressure")))
    >>> [(theme.name, theme.share, len(theme.findings)) for theme in found.themes[:2]]
    [('Delayed discharges', 0.436228, 6), ('Flu vaccination', 0.105752, 2)]
    """
    conflicts = find_conflicts(system, **{name: getattr(asked, name) for name in ThemeOptions.model_fields})
    found = themes_of(conflicts)
    refuse(objections([case_of(conflicts.arrays, each) for each in conflicts.findings], found))
    return Themes(
        system=system.hash,
        themes=found,
        findings=len(conflicts),
        weight=sum(map(weight_of, conflicts.findings)) / MICRO,
        notes=conflicts.notes,
    )


def themes_of(conflicts: Conflicts, kinds: Iterable[Kind] | None = None) -> tuple[Theme, ...]:
    """The themes of some conflicts, worst first; shares are of these conflicts.

    Parameters
    ----------
    conflicts
        The conflicts, all of a system's or some of them.
    kinds
        Only those of these kinds; blank is all.

    Raises
    ------
    UnknownWord
        A word is not a kind.

    Examples
    --------
    >>> import alignment as al
    >>> found = themes_of(al.find_conflicts(al.read(al.example("winter-pressure"))), kinds=["capacity"])
    >>> [theme.name for theme in found]
    ['Home care hours that can be staffed']
    """
    known = None if kinds is None else check_kinds(tuple(kinds))
    findings = sorted(
        (each for each in conflicts.findings if known is None or each.kind in known), key=lambda each: each.id
    )
    total = sum(map(weight_of, findings))
    groups = [_Quarrel(conflicts.search, [findings[at] for at in places]) for places in _together(findings)]
    groups.sort(key=lambda group: (-group.weight, group.findings[0].id))
    taken: set[tuple[str, str]] = set()
    told = [group.theme(taken, total) for group in groups]
    return tuple(sorted(told, key=lambda theme: (-theme.weight, theme.id)))


def _together(findings: Sequence[Finding]) -> list[list[int]]:
    """The communities; a payment that repeats a spillover goes with it."""
    found = communities(findings)
    home = {place: at for at, places in enumerate(found) for place in places}
    home.update({paid: home[spillover] for paid, spillover in _repeats(findings).items()})
    groups: dict[int, list[int]] = defaultdict(list)
    for place, at in sorted(home.items()):
        groups[at].append(place)
    return list(groups.values())


def _repeats(findings: Sequence[Finding]) -> Mapping[int, int]:
    """For each perverse finding with the move and the harm of a spillover, that; by place."""
    pushes = {
        (*each.measures, *(side.wish for side in each.sides)): at
        for at, each in enumerate(findings)
        if each.kind == "spillover"
    }
    return {
        at: pushes[mark]
        for at, each in enumerate(findings)
        if each.kind == "perverse" and (mark := (*each.measures, paid_way(each), each.sides[0].wish)) in pushes
    }


class Subject(NamedTuple):
    """What a theme can be named after."""

    table: str
    row: str
    name: str


@dataclass(frozen=True, eq=False)
class _Told:
    """A finding, and after a spillover the payments for the same move."""

    finding: Finding
    paid: tuple[Finding, ...]

    @property
    def every(self) -> tuple[Finding, ...]:
        return (self.finding, *self.paid)

    @property
    def key(self) -> tuple[int, float]:
        """What leads comes first: what stands by itself, then by weight."""
        return footing(self.finding), min(order(each)[0] for each in self.every)

    @property
    def tie(self) -> tuple[int, str]:
        """Of equals, the order of kinds, then of ids."""
        kind = self.finding.kind
        return BY_ITSELF.index(kind) if kind in BY_ITSELF else len(BY_ITSELF), self.finding.id


def footing(finding: Finding) -> int:
    """0 for what stands by itself, 2 for what only points at others, 1 for the rest."""
    if finding.kind in POINTING:
        return LAST
    numbers = finding.kind != "capacity" or reckoned(finding)
    return 0 if finding.kind in BY_ITSELF and numbers else 1


def reckoned(finding: Finding) -> bool:
    """Whether numbers tell how far a resource is overrun."""
    return getattr(finding.facts, "overrun", 0.0) > 0


class _Quarrel:
    """The findings of a theme, by id."""

    def __init__(self, search: Search, findings: Sequence[Finding]) -> None:
        self.search, self.index, self.findings = search, search.index, findings
        self.weight = sum(map(weight_of, findings))

    @cached_property
    def _lines(self) -> list[_Told]:
        """What is told: each finding, with the payments that repeat it."""
        paid: dict[int, list[Finding]] = defaultdict(list)
        repeats = _repeats(self.findings)
        for at, spillover in repeats.items():
            paid[spillover].append(self.findings[at])
        return [_Told(each, tuple(paid[at])) for at, each in enumerate(self.findings) if at not in repeats]

    def _told(self, subject: Subject | None) -> list[_Told]:
        """What is told, the leading one first: it stands by itself, and is on what the theme is named after."""

        def beside(line: _Told) -> bool:
            return not any(about == subject for about, _ in self._about(line.finding))

        lines = sorted(self._lines, key=lambda line: (*line.key, beside(line), *line.tie))
        leading = min(lines, key=lambda line: (line.key[0], beside(line)))
        return [leading, *(line for line in lines if line is not leading)]

    def theme(self, taken: set[tuple[str, str]], total: int) -> Theme:
        """The theme in words; what it is named after is taken."""
        subject = next((each for each in self._subjects if (each.table, each.row) not in taken), None)
        told, search = self._told(subject), self.search
        leading = told[0].finding
        title = title_of(search, leading)
        if subject is not None:
            taken.add((subject.table, subject.row))
        agencies = self._agencies()
        tiers = self._tiers(agencies)
        measures = [each for each in self._subjects if each.table == "measures"]
        return Theme(
            id=f"finding.{leading.id}" if subject is None else f"{subject.table[:-1]}.{subject.row}",
            name=title if subject is None else subject.name,
            table=None if subject is None else subject.table,  # pyright: ignore[reportArgumentType]
            row=None if subject is None else subject.row,
            leading=leading.id,
            kind=leading.kind,
            title=title,
            sentence=sentence_of(search, leading),
            suggestion=f"{RULES[leading.kind].suggestion(search, leading)}.",
            weight=self.weight / MICRO,
            share=round(self.weight / total, 6) if total else 0.0,
            agencies=tuple(self.index.agencies[at].id for at in agencies),
            agency_names=tuple(self.index.agencies[at].name for at in agencies),
            tiers=tuple(tiers),
            tier_names=tuple(self.index.tiers[tier].name for tier in tiers),
            measures=tuple(each.row for each in measures),
            measure_names=tuple(each.name for each in measures),
            findings=tuple(each.id for each in sorted(self.findings, key=order)),
            adds=tuple(self._adds(subject, told)),
        )

    @cached_property
    def _subjects(self) -> list[Subject]:
        """What it is about, most weight first."""
        speaking, every = (defaultdict[Subject, Fraction](Fraction) for _ in range(2))
        # What only points at others, or tells who can do what, says least of what a quarrel is about.
        least = min(map(footing, self.findings))
        for finding in self.findings:
            for subject, part in self._about(finding):
                every[subject] += weight_of(finding) * part
                speaking[subject] += weight_of(finding) * part * (footing(finding) == least)
        return sorted(every, key=lambda each: (-speaking[each], -every[each], each.table, each.row))

    def _about(self, finding: Finding) -> Iterable[tuple[Subject, Fraction]]:
        system = self.index.system
        for measure in finding.measures:
            row = self.index.measures[measure]
            yield Subject("measures", row.id, row.name), Fraction(1, len(finding.measures))
        for row in system.resources:
            if row.id == finding.resource:
                yield Subject("resources", row.id, row.name), Fraction(1)
        for row in system.outcomes:
            if row.id == finding.outcome and not finding.measures:
                yield Subject("outcomes", row.id, row.name), Fraction(1)

    def _agencies(self) -> list[int]:
        """Who stands in it, first whoever stands in most."""
        weight: dict[int, int] = defaultdict(int)
        for finding in self.findings:
            for who in frozenset[int]().union(*finding.between):
                weight[who] += weight_of(finding)
        return sorted(weight, key=lambda who: (-weight[who], self.index.agencies[who].id))

    def _tiers(self, agencies: Collection[int]) -> list[str]:
        found = {tier for who in agencies if (tier := self.index.agencies[who].tier)}
        return sorted(found, key=lambda tier: (self.index.tiers[tier].level, tier))

    def _adds(self, subject: Subject | None, told: Sequence[_Told]) -> Iterable[Addition]:
        first = told[0]
        measure = subject.row if subject is not None and subject.table == "measures" else None
        clauses = Clauses(self.index, first.finding, measure)
        if first.paid:
            yield Addition(says="somebody is paid for the same move", findings=tuple(each.id for each in first.paid))
        for line in told[1:]:
            says = clauses.of(line.finding)
            paid = " (and somebody is paid for it)" if line.paid else ""
            yield Addition(says=says + paid, findings=tuple(each.id for each in line.every))
