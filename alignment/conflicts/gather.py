"""Every kind of conflict of a system, in one collection."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any, Final, Literal, cast, overload

import numpy as np
import pandas as pd
from scipy import sparse

from alignment.effects import net_effects
from alignment.errors import OptionError, UnknownWord
from alignment.index import Index, Ints, positions
from alignment.models.conflict import KINDS, Block, Conflict, Kind, Relation, Side
from alignment.models.memory import Memory
from alignment.models.system import System
from alignment.wording import WAYS, count, upper_first

from . import (
    capacity,
    cascade,
    duplicate,
    inconsistent,
    joint,
    judged_by_rival,
    no_control,
    opposed,
    perverse,
    spillover,
    two_masters,
    unguarded,
    unowned,
    wrong_pocket,
)
from .finding import Finding, Group, Rule, Search

TOLERANCE: Final = 0.2
"""Net effects up to this are no conflict; steps per step."""

RULES: Final[dict[Kind, Rule]] = {
    rule.kind: rule
    for rule in (
        opposed.RULE,
        inconsistent.RULE,
        spillover.RULE,
        unguarded.RULE,
        capacity.RULE,
        joint.RULE,
        two_masters.RULE,
        no_control.RULE,
        judged_by_rival.RULE,
        unowned.RULE,
        perverse.RULE,
        wrong_pocket.RULE,
        duplicate.RULE,
        cascade.RULE,
    )
}

By = Literal["agency", "tier", "sector"]


class Conflicts(Sequence[Conflict]):
    """Conflicts, worst first: by severity times confidence, then id.

    A sequence of `alignment.models.Conflict` that prints as a table, filters, counts, and turns into
    a DataFrame and JSON. `find_conflicts` makes it.
    """

    def __init__(self, search: Search, findings: Sequence[Finding], kinds: frozenset[Kind]) -> None:
        self._search = search
        self._findings = findings
        self._kinds = kinds
        self._worded: dict[int, Conflict] = {}

    def __len__(self) -> int:
        return len(self._findings)

    @overload
    def __getitem__(self, at: int) -> Conflict: ...
    @overload
    def __getitem__(self, at: slice) -> Conflicts: ...
    @overload
    def __getitem__(self, at: str) -> Conflict: ...
    def __getitem__(self, at: int | slice | str) -> Conflict | Conflicts:
        if isinstance(at, slice):
            return Conflicts(self._search, self._findings[at], self._kinds)
        if isinstance(at, str):
            found = [place for place, finding in enumerate(self._findings) if finding.id == at]
            if not found:
                raise UnknownWord(at, (finding.id for finding in self._findings), "the id of a conflict here")
            at = found[0]
        at = range(len(self))[at]
        if at not in self._worded:
            self._worded[at] = to_conflict(self._search, self._findings[at])
        return self._worded[at]

    def sentence(self, at: int) -> str:
        """The sentence of the conflict at a position, without the rest of it."""
        return sentence_of(self._search, self._findings[at])

    @property
    def findings(self) -> Sequence[Finding]:
        """The conflicts before they are put into words, by position; for other parts of the library."""
        return self._findings

    @property
    def search(self) -> Search:
        """The search that found them; for other parts of the library."""
        return self._search

    @property
    def arrays(self) -> Index:
        """The arrays that positions of findings refer to."""
        return self._search.index

    def _only(self, test: Callable[[Finding], bool]) -> Conflicts:
        return Conflicts(self._search, [finding for finding in self._findings if test(finding)], self._kinds)

    def of_kind(self, *kinds: Kind) -> Conflicts:
        """Those of some kinds.

        Raises
        ------
        UnknownWord
            A word is not a kind.
        """
        known = check_kinds(kinds)
        found = [finding for finding in self._findings if finding.kind in known]
        return Conflicts(self._search, found, self._kinds & known)

    def touching(self, agency: str) -> Conflicts:
        """Those that an agency stands in, as whoever wants, delivers, pays, is paid or records.

        Parameters
        ----------
        agency
            The agency's id.

        Raises
        ------
        UnknownWord
            It is not an agency of the system.
        """
        index = self._search.index
        if agency not in index.agency_at:
            raise UnknownWord(agency, index.agency_at, "an agency")
        who = index.agency_at[agency]
        return self._only(
            lambda finding: (
                any(who in part for part in finding.between) or any(who in side.deliverers for side in finding.sides)
            )
        )

    def between(self, tier_a: str, tier_b: str) -> Conflicts:
        """Those that stand between two tiers; between a tier and itself, those within it.

        Parameters
        ----------
        tier_a, tier_b
            Ids of tiers.

        Raises
        ------
        UnknownWord
            One is not a tier of the system.
        """
        index = self._search.index
        for word in (tier_a, tier_b):
            if word not in index.tiers:
                raise UnknownWord(word, index.tiers, "a tier")

        def stands(finding: Finding) -> bool:
            tiers = [frozenset(index.agencies[who].tier for who in part) for part in finding.parties]
            return any(
                (tier_a in one and tier_b in two) or (tier_b in one and tier_a in two)
                for one, two in combinations(tiers, 2)
            )

        return self._only(stands)

    def counts(self, by: By | Literal["kind"] = "kind") -> pd.DataFrame:
        """How many conflicts there are.

        Parameters
        ----------
        by
            "kind", or the two agencies, tiers or sectors they stand between.

        Returns
        -------
        pandas.DataFrame
            By kind: ``kind``, ``conflicts`` (int). Otherwise ``a``, ``b`` (ids or sectors, a <= b), ``conflicts``
            (int, findings between the two) and ``pairs`` (int, exact pairs of targets), most conflicts first.
        """
        if by == "kind":
            kinds = [finding.kind for finding in self._findings]
            rows = [(kind, kinds.count(kind)) for kind in KINDS if kind in kinds]
            return pd.DataFrame(rows, columns=["kind", "conflicts"])
        if by not in ("agency", "tier", "sector"):
            raise UnknownWord(by, ("kind", "agency", "tier", "sector"), "something to count by")
        return _count_pairs(self._search.index, self._findings, by)

    def to_frame(self) -> pd.DataFrame:
        """A row a conflict.

        Returns
        -------
        pandas.DataFrame
            ``id``, ``kind``, ``severity``, ``confidence`` (float, 0 to 1), ``relations``, ``agencies``, ``tiers``,
            ``measures`` (ids joined by "; "), ``population``, ``pairs`` (int, exact pairs of targets), ``effect``,
            ``mixed`` (float or blank), ``sentence``, ``suggestion``, ``assumed``.
        """
        joined = ("relations", "agencies", "tiers", "measures", "assumed")
        plain = (
            "id",
            "kind",
            "severity",
            "confidence",
            "population",
            "effect",
            "mixed",
            "sentence",
            "suggestion",
        )
        columns = [*plain[:4], *joined[:4], "population", "pairs", *plain[5:], "assumed"]
        records: list[dict[str, Any]] = []
        for finding, conflict in zip(self._findings, self, strict=True):
            record: dict[str, Any] = {name: getattr(conflict, name) for name in plain}
            record |= {name: "; ".join(getattr(conflict, name)) for name in joined}
            record["pairs"] = sum(len(left) * len(right) for left, right in finding.pair_blocks())
            records.append(record)
        return pd.DataFrame(records, columns=columns)

    def to_json(self, indent: int | None = None) -> str:
        """The conflicts as a JSON list, each as `alignment.models.Conflict` describes."""
        return json.dumps([conflict.model_dump(mode="json") for conflict in self], indent=indent, ensure_ascii=False)

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Conflicts: {self.summary()}>"

    def _repr_html_(self) -> str:
        return self.to_frame()[["kind", "severity", "confidence", "sentence"]].to_html()

    def summary(self) -> str:
        """The counts by kind, in a line."""
        if not len(self):
            return "no conflicts"
        parts = [f"{row.conflicts} {row.kind}" for row in self.counts().itertuples()]
        return f"{count(len(self), 'conflict', 'conflicts')}: {', '.join(parts)}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the kinds asked for was not looked for, or not to the end, in words."""
        # The search is shared by all who ask, and may know of other kinds too.
        notes = self._search.notes
        return tuple(notes[kind] for kind in KINDS if kind in self._kinds and kind in notes)

    def to_text(self, limit: int | None = 20, width: int = 80) -> str:
        """A table for people.

        Parameters
        ----------
        limit
            How many conflicts are shown; None is all.
        width
            Of a line, in characters.
        """
        if not len(self):
            return "No conflicts."
        shown = self[: len(self) if limit is None else limit]
        lines = [*textwrap.wrap(self.summary(), width, subsequent_indent="  ", break_on_hyphens=False), ""]
        for conflict in shown:
            lines.append(f"{conflict.kind}, severity {conflict.severity:.2f}, confidence {conflict.confidence:.2f}")
            lines += textwrap.wrap(conflict.sentence, width, initial_indent="  ", subsequent_indent="  ")
            lines += [f"  {conflict.id}", ""]
        if len(shown) < len(self):
            lines += [f"... and {count(len(self) - len(shown), 'more', 'more')}.", ""]
        for note in self.notes:
            lines += textwrap.wrap(f"Note: {note}.", width, subsequent_indent="  ")
        return "\n".join(lines).rstrip()


def find_conflicts(
    system: System,
    kinds: Iterable[Kind] | Kind | None = None,
    tolerance: float = TOLERANCE,
    steps: int = 2,
    decay: float = 0.5,
) -> Conflicts:
    """Where targets pull apart, worst first.

    Parameters
    ----------
    system
        The system.
    kinds
        Which kinds to look for; blank is all.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step, from 0.
    steps
        K of the net effects, as in `net_effects`.
    decay
        delta of the net effects, as in `net_effects`.

    Returns
    -------
    Conflicts
        Ordered by severity times confidence, then id.

    Raises
    ------
    UnknownWord
        A kind is not known.
    OptionError
        An option is out of its range.

    Examples
    --------
    >>> import alignment as al
    >>> conflicts = al.find_conflicts(al.read(al.example("winter-pressure")), kinds="opposed")
    >>> [conflict.severity for conflict in conflicts]
    [1.0]
    """
    wanted = check_kinds([kinds] if isinstance(kinds, str) else kinds)
    search = search_of(system, tolerance, steps, decay)
    findings = [finding for kind in KINDS if kind in wanted for finding in search.of_kind(kind)]
    return Conflicts(search, sorted(findings, key=lambda finding: finding.order), wanted)


def search_of(system: System, tolerance: float, steps: int, decay: float) -> Search:
    """The search of a system with these options, kept with the system."""
    if not 0 <= tolerance < np.inf:
        raise OptionError(f"tolerance is a number from 0, not {tolerance}.")
    effects, tolerance = net_effects(system, steps, decay), float(tolerance)

    def made() -> Search:
        return Search(effects, tolerance, lambda search, kind: list(RULES[kind].find(search)))

    return system.derive(_searches_so_far).get((tolerance, effects.steps, effects.decay), made)


MOST_SEARCHES: Final = 8
"""For how many options a search is kept with a system."""


def _searches_so_far(_: System) -> Memory[Search]:
    """The searches asked for last."""
    return Memory[Search](MOST_SEARCHES)


FREE: Final[tuple[Kind, ...]] = (
    "opposed",
    "inconsistent",
    "capacity",
    "no-control",
    "unowned",
    "wrong-pocket",
    "duplicate",
    "cascade",
)
"""The kinds that rest on no influence."""


def searched_again(first: Search, system: System, steps: int, decay: float) -> None:
    """Search a system that differs from one searched before in nothing but its influences.

    What rests on none of them is kept with the system, so that whoever searches it next need not look again.

    Parameters
    ----------
    first
        The search of the other system.
    system
        The system.
    steps, decay
        As in `net_effects`.
    """
    search = search_of(system, first.tolerance, steps, decay)
    search.take(first, FREE)


def check_kinds(kinds: Iterable[str] | None) -> frozenset[Kind]:
    """Words as kinds."""
    words = KINDS if kinds is None else tuple(kinds)
    for word in words:
        if word not in KINDS:
            raise UnknownWord(word, KINDS, "a kind of conflict")
    return cast("frozenset[Kind]", frozenset(words))


def sentence_of(search: Search, finding: Finding) -> str:
    """A finding in one sentence, worked out once."""
    if finding not in search.said:
        search.said[finding] = f"{upper_first(RULES[finding.kind].sentence(search, finding))}."
    return search.said[finding]


def to_conflict(search: Search, finding: Finding) -> Conflict:
    """A finding in words."""
    index, rule = search.index, RULES[finding.kind]
    everybody = frozenset[int]().union(*finding.between)
    tiers = {tier for who in everybody if (tier := index.agencies[who].tier)}
    return Conflict(
        id=finding.id,
        kind=finding.kind,
        severity=finding.severity,
        confidence=finding.confidence,
        sentence=sentence_of(search, finding),
        suggestion=f"{rule.suggestion(search, finding)}.",
        relations=relations(index, finding),
        agencies=_ids(index, everybody),
        tiers=tuple(sorted(tiers, key=lambda tier: (index.tiers[tier].level, tier))),
        measures=tuple(index.measures[at].id for at in finding.measures),
        population=finding.population,
        outcome=finding.outcome,
        resource=finding.resource,
        deliverer=None if finding.deliverer is None else index.agencies[finding.deliverer].id,
        sides=tuple(_side(index, side) for side in finding.sides),
        blocks=None if finding.blocks is None else tuple(_block(index, *block) for block in finding.blocks),
        conflicts=tuple(part.id for part in finding.parts),
        effect=finding.effect,
        mixed=spillover.mixed(search, finding),
        path=tuple(index.measures[at].id for at in finding.nodes),
        assumed=rule.assumed(search, finding),
        evidence=tuple(rule.evidence(search, finding)),
    )


def _ids(index: Index, agencies: Iterable[int]) -> tuple[str, ...]:
    return tuple(index.agencies[who].id for who in sorted(agencies))


def _side(index: Index, side: Group) -> Side:
    return Side(
        measure=side.row.id,
        wish=WAYS[side.wish],
        asks=side.asks,
        targets=side.keys,
        agencies=_ids(index, side.agencies),
        deliverers=_ids(index, side.deliverers),
    )


def _block(index: Index, left: Ints, right: Ints) -> Block:
    keys = index.targets.keys
    return Block(left=tuple(keys[at] for at in positions(left)), right=tuple(keys[at] for at in positions(right)))


def relations(index: Index, finding: Finding) -> tuple[Relation, ...]:
    """Whether a conflict stands between tiers, within one tier, or within one agency."""
    parties = finding.parties
    times = Counter(who for part in parties for who in part)
    bodies = Counter(index.agencies[who].tier for who in times)
    standing = Counter(tier for part in parties for tier in {index.agencies[who].tier for who in part})
    # There are two parties at least, so whatever two agencies differ in, two parties do.
    holds: dict[Relation, bool] = {
        "vertical": len(bodies) > 1,
        "horizontal": any(standing[tier] > 1 and number > 1 for tier, number in bodies.items()),
        "internal": any(number > 1 for number in times.values()),
    }
    return tuple(relation for relation, found in holds.items() if found)


def _count_pairs(index: Index, findings: Sequence[Finding], by: By) -> pd.DataFrame:
    labels: list[str] = [row.id if by == "agency" else getattr(row, by) or "(unknown)" for row in index.agencies]
    words = sorted(set(labels))
    place = {word: at for at, word in enumerate(words)}
    code = np.array([place[label] for label in labels], dtype=np.int64)
    meetings = _meetings(findings, code, len(words))
    pairs = _exact_pairs(index, findings, code, len(words))
    exact = _entries(pairs)
    rows = [
        (words[a], words[b], number, exact.get((a, b), 0)) for (a, b), number in _entries(meetings).items() if number
    ]
    rows.sort(key=lambda row: (-row[2], -row[3], row[0], row[1]))
    return pd.DataFrame(rows, columns=["a", "b", "conflicts", "pairs"])


def _entries(matrix: Any) -> dict[tuple[int, int], int]:
    """The entries of a symmetric sparse matrix by place, each pair once."""
    entries: Any = sparse.coo_array(matrix)
    ones, twos = entries.coords
    return {(int(a), int(b)): int(number) for a, b, number in zip(ones, twos, entries.data, strict=True) if a <= b}


def _meetings(findings: Sequence[Finding], code: Ints, size: int) -> Any:
    """How many findings stand between each two groups (size x size, both ways round)."""
    present: list[set[int]] = []
    alone: list[set[int]] = []
    for finding in findings:
        parts = [{int(code[who]) for who in part} for part in finding.parties]
        times = Counter(group for part in parts for group in part)
        present.append(set(times))
        alone += [{group for group in part if times[group] == 1} for part in parts]
    # Two groups in one finding meet in it, unless both stand in the same part of it and in no other.
    together, beside = _incidence(present, size), _incidence(alone, size)
    return sparse.csr_array(together.T @ together - beside.T @ beside)


def _incidence(groups: Sequence[set[int]], size: int) -> Any:
    rows = [at for at, members in enumerate(groups) for _ in members]
    columns = [member for members in groups for member in members]
    return sparse.csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=(len(groups), size))


def _exact_pairs(index: Index, findings: Sequence[Finding], code: Ints, size: int) -> Any:
    """How many exact pairs of targets pull apart between each two groups (size x size, both ways round)."""
    whose = code[index.targets.agency]
    blocks = [block for finding in findings for block in finding.pair_blocks()]
    left, right = (_counted([whose[block[side]] for block in blocks], size) for side in (0, 1))
    cross = left.T @ right
    return sparse.csr_array(cross + cross.T - sparse.diags_array(cross.diagonal(), dtype=np.int64))


def _counted(groups: Sequence[Ints], size: int) -> Any:
    rows = np.repeat(np.arange(len(groups)), [len(members) for members in groups])
    columns = np.concatenate(groups) if groups else np.array([], dtype=np.int64)
    ones = np.ones(len(columns), dtype=np.int64)
    return sparse.coo_array((ones, (rows, columns)), shape=(len(groups), size)).tocsr()
