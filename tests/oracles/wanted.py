"""What a conflict has to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import wraps
from itertools import combinations, product
from typing import Any

from alignment.models import Influence, Overlap
from alignment.models.answers.conflict import Conflict

from .words import Link, Path, Words, shown as rows_of

Row = tuple[str, str]
"""A table, and what names a row there."""

SIGNS = {"up": 1, "down": -1, "hold": 0}
WAYS = {sign: way for way, sign in SIGNS.items()}


@dataclass(frozen=True)
class Side:
    """Targets that wish one measure one way."""

    measure: str
    wish: int
    targets: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A conflict as METHOD has it.

    Attributes
    ----------
    between
        The groups of agencies it stands between.
    evidence
        The rows that have to be shown, in any order, besides the influences along the path.
    pair
        The worst pair of targets, where pairs are judged.
    """

    kind: str
    id: str
    severity: float
    between: tuple[frozenset[str], ...]
    measures: Path
    evidence: tuple[Row, ...]
    confidence: float = 1.0
    sides: tuple[Side, ...] = ()
    pairs: frozenset[frozenset[str]] = frozenset()
    population: str | None = None
    outcome: str | None = None
    resource: str | None = None
    deliverer: str | None = None
    conflicts: tuple[str, ...] = ()
    path: Path = ()
    effect: float | None = None
    mixed: float | None = None
    pair: tuple[str, str] | None = None

    @property
    def order(self) -> tuple[float, str]:
        """By severity times confidence, then id."""
        return -round(round(self.severity, 6) * round(self.confidence, 6), 12), self.id

    def plain(self, words: Words) -> dict[str, Any]:
        """Everything that can be compared with a conflict that was found."""
        everybody = frozenset[str]().union(*self.between)
        levels = {row.id: row.level for row in words.system.tiers}
        return {
            "kind": self.kind,
            "severity": round(self.severity, 6),
            "confidence": self.confidence,
            "agencies": tuple(sorted(everybody)),
            "tiers": tuple(sorted({tier for who in everybody if (tier := words.tiers[who])}, key=levels.__getitem__)),
            "relations": relations(words, self.between) - BARRED.get(self.kind, set()),
            "measures": self.measures,
            "sides": self.sides,
            "pairs": self.pairs,
            "population": self.population,
            "outcome": self.outcome,
            "resource": self.resource,
            "deliverer": self.deliverer,
            "conflicts": self.conflicts,
            "path": self.path,
            "effect": self.effect,
            "mixed": self.mixed,
            "evidence": sorted([*self.evidence, *resting(words.along(self.path)), *self._levels(words)]),
        }

    def _levels(self, words: Words) -> set[Row]:
        """The levels that the targets shown are told from, where they are not the baseline."""
        rows = [words.targets[key] for table, key in self.evidence if table == "targets"]
        return {
            ("levels", "|".join(filter(None, (level.measure, level.agency, level.period))))
            for row in rows
            if (level := words.levels[row.id]) and level.value != words.measures[row.measure].baseline
        }


BARRED: dict[str, set[str]] = {"inconsistent": {"internal"}}
"""Relations that no pair of a kind can have: targets of one agency are never inconsistent."""


def plain(found: Conflict) -> dict[str, Any]:
    """A conflict that was found, in the same words."""
    return {
        "kind": found.kind,
        "severity": found.severity,
        "confidence": found.confidence,
        "agencies": found.agencies,
        "tiers": found.tiers,
        "relations": set(found.relations),
        "measures": found.measures,
        "sides": tuple(
            Side(each.measure or "", SIGNS[each.wish or "hold"], frozenset(each.targets)) for each in found.sides
        ),
        "pairs": frozenset(frozenset(pair) for pair in found.pairs()),
        "population": found.population,
        "outcome": found.outcome,
        "resource": found.resource,
        "deliverer": found.deliverer,
        "conflicts": found.conflicts,
        "path": found.path,
        "effect": found.effect,
        "mixed": found.mixed,
        # Of rows that would be called the same, those after the first have a number.
        "evidence": sorted((row.table, row.row.partition("#")[0]) for row in found.evidence),
    }


def across(sides: Iterable[Side]) -> frozenset[frozenset[str]]:
    """Every pair of targets of two different sides."""
    return frozenset(
        frozenset(pair) for one, two in combinations(sides, 2) for pair in product(one.targets, two.targets)
    )


def relations(words: Words, between: Iterable[frozenset[str]]) -> set[str]:
    """How any two agencies of two different groups stand to each other; one group alone stands in itself."""
    groups = [group for group in between if group]
    found: set[str] = set()
    for one, two in combinations(groups * 2 if len(groups) == 1 else groups, 2):
        for a, b in product(one, two):
            if a == b:
                found.add("internal")
            else:
                found.add("horizontal" if words.tiers[a] == words.tiers[b] else "vertical")
    return found


def named(kind: str, *parts: tuple[str, int] | str | None) -> str:
    """The id of a conflict: its kind, then measures with wishes or other ids, then the population."""
    words = [part if isinstance(part, str) else f"{part[0]}-{WAYS[part[1]]}" for part in parts if part is not None]
    return ".".join([kind, *(word.replace(".", "~") for word in words)])


def shown(*targets: str) -> tuple[Row, ...]:
    """Targets as evidence."""
    return tuple(("targets", each) for each in targets)


def resting(links: Iterable[Link]) -> list[Row]:
    """The rows that direct effects rest on, as evidence."""
    return [_row(row) for row in rows_of(links)]


def _row(row: Overlap | Influence) -> Row:
    if isinstance(row, Overlap):
        return "overlaps", f"{row.measure_a}|{row.measure_b}"
    return "influences", f"{row.source_measure}>{row.target_measure}"


def once(find: Callable[[Words], Iterator[Wanted]]) -> Callable[[Words], Iterator[Wanted]]:
    """A kind of conflict, looked for once a system, each as sure as a side that is only inferred lets it be.

    A conflict of a severity of 0, at six decimals, is none.
    """

    @wraps(find)
    def wanted(words: Words) -> Iterator[Wanted]:
        kind = find.__module__
        if kind not in words.known:
            words.known[kind] = [as_known(words, each) for each in find(words) if round(each.severity, 6)]
        return iter(words.known[kind])

    return wanted


def as_known(words: Words, each: Wanted) -> Wanted:
    """A conflict that has a side of which all targets are revealed is no surer than 0.7."""
    inferred = any(all(words.targets[key].revealed for key in side.targets) for side in each.sides)
    return replace(each, confidence=min(0.7, each.confidence)) if inferred else each


def paired(
    words: Words, pairs: dict[tuple[str, str], float], *, sure: dict[tuple[str, str], float] | None = None
) -> dict[str, Any]:
    """What follows from the exact pairs of targets and their severities: severity, pairs, the worst, its evidence.

    Parameters
    ----------
    pairs
        Pairs of keys of targets, those of the first side first.
    sure
        How sure each pair is; of equal pairs the surer is the worse.
    """
    worst = min(pairs, key=lambda pair: (-round(pairs[pair], 9), -(sure or {}).get(pair, 0.0), pair))
    return {
        "severity": pairs[worst],
        "pairs": frozenset(frozenset(pair) for pair in pairs),
        "pair": worst,
        "evidence": shown(*worst),
    }
