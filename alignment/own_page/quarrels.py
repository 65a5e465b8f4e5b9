"""The quarrels that an organisation stands in, its side in each, and who helps and hinders it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, Literal

from alignment.conflicts.collection import Conflicts, find_conflicts
from alignment.conflicts.finding import Finding
from alignment.conflicts.naming import called, measure_name
from alignment.conflicts.order import order, weight_of
from alignment.conflicts.residual import RESIDUAL
from alignment.conflicts.themes import footing, themes_of
from alignment.effects.alignment import pulls, ratio
from alignment.index import Index, group
from alignment.models.answers.conflict import Conflict, Evidence, Side
from alignment.models.answers.themes import Theme
from alignment.models.answers.view import Neighbour, Quarrel, Stand
from alignment.models.options.aligned_set import Options
from alignment.models.system.keys import Keys
from alignment.models.system.measures import Target
from alignment.wording import names, percent

from .chosen_set import SetSeen

WANTED: Final = 2
"""So many of the things that an organisation wants in a quarrel are told."""

WAYS: Final = {"up": "up", "down": "down", "hold": "in its band", None: "moved"}
"""How a measure is wanted, in words."""

MOST: Final = 2
"""So many of those who help or hinder most are named."""

LEAST: Final = 0.05
"""Who does less than this part of it is not named."""

DIGITS: Final = 9
"""Sums of effects are rounded to so many decimals."""

ROLES: Final = {
    ("incentives", "payer"): "it pays for the move",
    ("incentives", "payee"): "it is paid for the move",
    ("resources", "owner"): "it pays for what runs out",
    ("controls", "agency"): "it can move it",
    ("finances", "agency"): "its money is at stake",
    ("measures", "recorded_by"): "it takes the reading",
}
"""What an organisation is to a row of evidence, where it wants nothing; by table and column."""


class Quarrels:
    """What an organisation stands in.

    Parameters
    ----------
    index
        The system as arrays, with weights as they are asked for.
    who
        The organisation, by position.
    options
        What is asked of the set.
    seen
        What the set does with conflicts.
    """

    def __init__(self, index: Index, who: int, options: Options, seen: SetSeen) -> None:
        self._index, self._who, self._options, self._seen = index, who, options, seen
        self._id = index.agencies[who].id

    @cached_property
    def _conflicts(self) -> Conflicts:
        asked = self._options
        return find_conflicts(
            self._index.system,
            tolerance=asked.tolerance,
            steps=asked.steps,
            decay=asked.decay,
            evidence=asked.evidence,
        )

    @cached_property
    def _mine(self) -> Mapping[str, tuple[Finding, Conflict]]:
        """The findings it stands in, worst first."""
        found = self._conflicts.touching(self._id)
        return {each.id: (each, conflict) for each, conflict in zip(found.findings, found, strict=True)}

    @cached_property
    def _themes(self) -> Mapping[str, Theme]:
        """The theme of each finding."""
        return {finding: theme for theme in themes_of(self._conflicts) for finding in theme.findings}

    # Findings

    @cached_property
    def findings(self) -> tuple[Stand, ...]:
        """The findings it stands in, worst first."""
        return tuple(self._stand(finding, conflict) for finding, conflict in self._mine.values())

    def _stand(self, finding: Finding, conflict: Conflict) -> Stand:
        theme, others = self._themes[conflict.id], self._others([finding])
        return Stand(
            finding=conflict.id,
            theme=theme.id,
            theme_name=theme.name,
            kind=conflict.kind,
            title=conflict.title,
            severity=conflict.severity,
            confidence=conflict.confidence,
            side=self._side(conflict) or self._role(conflict.evidence),
            others=tuple(self._index.agencies[at].id for at in others),
            other_names=tuple(self._index.agencies[at].name for at in others),
            then=self._then(conflict),
            sentence=conflict.sentence,
            suggestion=conflict.suggestion,
        )

    def _then(self, conflict: Conflict) -> Literal["settled", "left", "not touched"]:
        if conflict.kind not in RESIDUAL:
            return "not touched"
        return "left" if conflict.id in self._seen.clashes else "settled"

    def _others(self, findings: Iterable[Finding]) -> list[int]:
        """Who else stands in some findings, first whoever stands in most."""
        weight: dict[int, int] = {}
        for finding in findings:
            bodies = frozenset[int]().union(*finding.between, *(side.deliverers for side in finding.sides))
            for at in bodies - {self._who}:
                weight[at] = weight.get(at, 0) + weight_of(finding)
        return sorted(weight, key=lambda at: (-weight[at], self._index.agencies[at].id))

    def _side(self, conflict: Conflict) -> str:
        """What it wants or must bring about in a finding."""
        return _told([mark for side in conflict.sides if (mark := self._wants(side)) is not None])

    def _wants(self, side: Side) -> tuple[str, str, str] | None:
        """How it wants something, what, and which way; nothing where it is not on that side."""
        if side.measure is None or self._id not in (*side.agencies, *side.deliverers):
            return None
        name = measure_name(self._index, self._index.measure_at[side.measure])
        return self._how(side), name, WAYS[side.wish]

    def _how(self, side: Side) -> str:
        own = [row for key in side.targets if (row := self._targets[key]).agency == self._id]
        if not own:
            return "has to get"
        return "acts as if it wanted" if all(row.revealed for row in own) else "wants"

    @cached_property
    def _targets(self) -> Mapping[str, Target]:
        return dict(zip(self._index.targets.keys, self._index.targets.rows, strict=True))

    def _role(self, evidence: Sequence[Evidence]) -> str:
        """What it is to a row of the evidence."""
        keys = self._index.system.derive(Keys)
        for (table, column), words in ROLES.items():
            rows = {row.row for row in evidence if row.table == table}
            if any(key in rows and getattr(row, column) == self._id for row, key in keys.pairs(table)):
                return words
        return ""

    # Quarrels

    @cached_property
    def quarrels(self) -> tuple[Quarrel, ...]:
        """The themes it stands in, first those in which it stands most."""
        parts: dict[str, list[Finding]] = {}
        for name, (finding, _) in self._mine.items():
            parts.setdefault(self._themes[name].id, []).append(finding)
        total = sum(weight_of(finding) for finding, _ in self._mine.values())
        rows = [self._quarrel(some, total) for some in parts.values()]
        return tuple(sorted(rows, key=lambda row: (-row.share, row.theme)))

    def _quarrel(self, some: Sequence[Finding], total: int) -> Quarrel:
        theme = self._themes[some[0].id]
        worst = self._mine[min(some, key=lambda each: (footing(each), not self._is_on(theme, each), order(each))).id][1]
        others = self._others(some)
        return Quarrel(
            theme=theme.id,
            name=theme.name,
            share=round(sum(map(weight_of, some)) / total, 6) if total else 0.0,
            findings=tuple(each.id for each in some),
            settled=sum(self._then(self._mine[each.id][1]) == "settled" for each in some),
            side=self._stands_for(some),
            others=tuple(self._index.agencies[at].id for at in others),
            other_names=tuple(called(self._index, at) for at in others),
            sentence=worst.sentence,
            suggestion=worst.suggestion,
        )

    def _is_on(self, theme: Theme, finding: Finding) -> bool:
        """Whether a finding is on what its theme is named after."""
        measures = {self._index.measures[at].id for at in finding.measures}
        return theme.row in ({finding.resource} if theme.table == "resources" else measures)

    def _stands_for(self, some: Sequence[Finding]) -> str:
        """What it wants or must bring about, by how much of the quarrel that is."""
        weight: dict[tuple[str, str, str], int] = {}
        for finding in some:
            for side in self._mine[finding.id][1].sides:
                if (mark := self._wants(side)) is not None:
                    weight[mark] = weight.get(mark, 0) + weight_of(finding)
        return _told(sorted(weight, key=lambda mark: (-weight[mark], mark))[:WANTED])

    # Who helps and hinders

    @cached_property
    def neighbours(self) -> tuple[Neighbour, ...]:
        """Whose targets touch its own, first whoever hinders it most."""
        asked = self._options
        groups, helped, hindered = pulls(self._index.system, "agency", None, asked.steps, asked.decay, asked.evidence)
        me = groups.index(self._id) if self._id in groups else None
        if me is None:
            return ()
        rows: list[Neighbour] = []
        for at, name in enumerate(groups):
            one, two = float(helped[at, me]), float(hindered[at, me])
            three, four = float(helped[me, at]), float(hindered[me, at])
            if at != me and one + two + three + four > 0:
                rows.append(
                    Neighbour(
                        agency=name,
                        agency_name=self._index.agencies[self._index.agency_at[name]].name,
                        helps=round(one, DIGITS),
                        hinders=round(two, DIGITS),
                        alignment=ratio(one, two),
                        helped=round(three, DIGITS),
                        hindered=round(four, DIGITS),
                    )
                )
        return tuple(sorted(rows, key=lambda row: (-row.hinders, row.agency)))

    def around(self) -> Iterator[str]:
        """How far others help and hinder it, and who does most."""
        helps, hinders = (sum(getattr(row, name) for row in self.neighbours) for name in ("helps", "hinders"))
        parts = [f"{_part(helps, hinders)} helps, most of it from {self._most('helps')}"] if helps else []
        if hinders:
            parts.append(f"{'the rest' if helps else 'all'} hinders, most of it from {self._most('hinders')}")
        if parts:
            yield f"Of what the targets of others do to its own, {'; '.join(parts)}."
        if (most := max((row.hindered for row in self.neighbours), default=0)) > 0:
            worst = next(row.agency for row in self.neighbours if row.hindered == most)
            yield f"Its own targets hinder {called(self._index, self._index.agency_at[worst])} most."

    def _most(self, name: str) -> str:
        """The bodies that do most of something, with their part of it."""
        total = sum(getattr(row, name) for row in self.neighbours)
        rows = sorted(self.neighbours, key=lambda row: (-getattr(row, name), row.agency))[:MOST]
        said = [(called(self._index, self._index.agency_at[row.agency]), getattr(row, name) / total) for row in rows]
        return names([f"{body} ({percent(part)})" for body, part in said if part >= LEAST])


def _part(one: float, other: float) -> str:
    return percent(one / (one + other)) if other else "all"


def _told(marks: Iterable[tuple[str, str, str]]) -> str:
    """What is wanted, in words: measures that are wanted alike together."""
    alike = group(((how, way), name) for how, name, way in dict.fromkeys(marks))
    return ", and ".join(f"{how} {names(measures)} {way}" for (how, way), measures in alike.items())
