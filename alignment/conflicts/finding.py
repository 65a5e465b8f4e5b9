"""What all kinds of conflict share: sides, exact pairs, severity, and what a finding holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np

from alignment.effects.links import Link
from alignment.effects.net_effects import NetEffects
from alignment.index import Floats, Index, Ints, in_order, positions
from alignment.models.answers.conflict import Evidence, Kind
from alignment.models.memory import Memory
from alignment.models.options.conflicts import KINDS
from alignment.models.system.keys import part_of_name
from alignment.models.system.links import Draw, Finance, Incentive
from alignment.models.system.measures import Measure, Target
from alignment.wording import WAYS, ask, asks, in_words, quantity, verb

from .matching import Alike, alike_in
from .naming import Detail, called, how_many, measure_name, named

TOLERANT: Final[tuple[Kind, ...]] = ("spillover", "unguarded", "torn", "perverse")
"""The kinds that rest on an effect beyond the tolerance."""

INFERRED: Final = 0.7
"""The most confidence in a finding of which a side was only inferred."""

DIGITS = 6
"""Severity and confidence are rounded, so that sums of them are exact and equal on every machine."""


class Group:
    """Targets on one side: one measure, one wish.

    The same group stands in many findings, so what is known of it is worked out once.
    """

    def __init__(self, index: Index, measure: int, wish: int, targets: Ints) -> None:
        self.index = index
        self.measure = measure
        self.wish = wish
        self.targets = targets

    @cached_property
    def weights(self) -> Floats:
        """The weight of each target."""
        return self.index.targets.weight[self.targets]

    @cached_property
    def heaviest(self) -> int:
        """The position of the heaviest target, the first by key of equals."""
        return int(self.targets[int(np.argmax(self.weights))])

    @cached_property
    def weight_of_heaviest(self) -> float:
        """The largest weight."""
        return float(self.weights.max())

    @cached_property
    def latest_start(self) -> int:
        """The latest first day."""
        return int(self.index.targets.start[self.targets].max())

    @cached_property
    def earliest_end(self) -> int:
        """The earliest last day."""
        return int(self.index.targets.end[self.targets].min())

    @cached_property
    def least_need(self) -> float:
        """The fewest steps that any of them needs."""
        return float(self.index.targets.need[self.targets].min())

    @cached_property
    def most_slack(self) -> float:
        """The most steps that any of them can spare."""
        return float(self.index.targets.slack[self.targets].max())

    @cached_property
    def by_need(self) -> Alike:
        """The targets, those alike in period, need and weight together."""
        rows = self.index.targets
        return alike_in(self.index, self.targets, (rows.start, rows.end, rows.need))

    @cached_property
    def by_slack(self) -> Alike:
        """The targets, those alike in period, slack and weight together."""
        rows = self.index.targets
        return alike_in(self.index, self.targets, (rows.start, rows.end, rows.slack))

    @cached_property
    def inferred(self) -> bool:
        """Whether nobody published any of them: each was inferred from what people do."""
        rows = self.index.targets.rows
        return all(rows[at].revealed for at in positions(self.targets))

    @cached_property
    def agencies(self) -> frozenset[int]:
        """The agencies that want it."""
        return frozenset(self.index.targets.agency[self.targets].tolist())

    @cached_property
    def deliverers(self) -> frozenset[int]:
        """The agencies that have to deliver it."""
        return frozenset(self.index.targets.deliverer[self.targets].tolist())

    @cached_property
    def masters(self) -> dict[int, frozenset[int]]:
        """For each deliverer, the agencies whose targets it has to deliver."""
        rows = self.index.targets
        found: dict[int, set[int]] = {}
        agencies, deliverers = rows.agency[self.targets].tolist(), rows.deliverer[self.targets].tolist()
        for agency, deliverer in zip(agencies, deliverers, strict=True):
            found.setdefault(deliverer, set()).add(agency)
        return {deliverer: frozenset(agencies) for deliverer, agencies in found.items()}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the targets."""
        keys = self.index.targets.keys
        return tuple(keys[at] for at in positions(self.targets))

    @cached_property
    def _distinct(self) -> list[Target]:
        """A target for each distinct ask: hundreds of like bodies ask for a few things."""
        rows = (self.index.targets.rows[at] for at in positions(self.targets))
        return list({(row.sense, row.value, row.upper): row for row in rows}.values())

    @cached_property
    def asks(self) -> str:
        """What they ask for, in words."""
        words = asks(self._distinct, self.row, self.wish)
        return self.wanted if words == self.way else words

    @cached_property
    def agreed(self) -> bool:
        """Whether all ask for the same."""
        return len({ask(row, self.row) for row in self._distinct}) == 1

    def asking(self, detail: Detail) -> str:
        """What they ask for, or where there is no room no more than the way."""
        guards = all(row.sense == "hold" for row in self._distinct)
        return self.asks if detail.full or guards or not self.wish else self.wanted

    @property
    def limits(self) -> str:
        """What they ask for where that is one level not to be passed, else how they want it; for titles."""
        levels = all(row.sense in ("at_least", "at_most") for row in self._distinct)
        return self.asks if levels and self.agreed else self.wanted

    @property
    def wanted(self) -> str:
        """How they want it: the way, or where all of it holds today, how it may not go."""
        if self.index.targets.pushes[self.targets].any() or not self.wish:
            return self.way
        return "no lower" if self.wish > 0 else "no higher"

    @property
    def way(self) -> str:
        """The way they want it to move."""
        return {1: "up", -1: "down", 0: "held in a band"}[self.wish]

    @property
    def row(self) -> Measure:
        """The measure."""
        return self.index.measures[self.measure]

    def who(self, detail: Detail) -> str:
        """The agencies that want it."""
        return named(self.index, self.agencies, detail.limit)

    def verb(self, number: int) -> str:
        """To want, of so many of them; what was only inferred is told as such."""
        if self.inferred:
            return verb(number, "acts as if it wanted", "act as if they wanted")
        return verb(number, "wants", "want")

    def wants(self, detail: Detail) -> str:
        """The agencies and the verb."""
        return f"{self.who(detail)} {self.verb(len(self.agencies))}"

    @property
    def name(self) -> str:
        """The measure's name in quotation marks."""
        return measure_name(self.index, self.measure)

    def only(self, targets: Ints) -> Group:
        """The group, or a part of it."""
        return self if len(targets) == len(self.targets) else Group(self.index, self.measure, self.wish, targets)


@dataclass(frozen=True, eq=False)
class Finding:
    """A conflict before it is put into words.

    Attributes
    ----------
    kind, id, severity, confidence
        As in `models.conflict.Conflict`.
    sides
        The groups of targets that pull apart.
    blocks
        Which targets pull against which, as positions; None is each against every one of another side.
    measures
        Positions of the measures it is about, in order.
    bodies
        Groups of agencies it stands between, as positions; None is the agencies of the sides.
    nodes
        The strongest walk, as positions of measures.
    effect
        The net effect it rests on.
    population, outcome, resource, deliverer
        What the kind is about: an id, or the position of an agency.
    parts
        The findings that it sums up.
    pair
        The worst pair of targets, as positions, where it is known.
    amount
        How far meeting the target that pushes would move the measure that it harms, in the unit of that.
    facts
        Whatever else the kind needs to put it into words, of a type of its own.
    """

    kind: Kind
    id: str
    severity: float
    confidence: float
    sides: tuple[Group, ...] = ()
    blocks: tuple[tuple[Ints, Ints], ...] | None = None
    measures: tuple[int, ...] = ()
    bodies: tuple[frozenset[int], ...] | None = None
    nodes: tuple[int, ...] = ()
    effect: float | None = None
    population: str | None = None
    outcome: str | None = None
    resource: str | None = None
    deliverer: int | None = None
    parts: tuple[Finding, ...] = ()
    pair: tuple[int, int] | None = None
    amount: float | None = None
    facts: Any = None

    @property
    def between(self) -> tuple[frozenset[int], ...]:
        """The groups of agencies it stands between."""
        return tuple(side.agencies for side in self.sides) if self.bodies is None else self.bodies

    @property
    def parties(self) -> tuple[frozenset[int], ...]:
        """The groups of agencies that meet in it; one group alone meets itself."""
        parts = tuple(part for part in self.between if part)
        return parts * 2 if len(parts) == 1 else parts

    def pair_blocks(self) -> Iterator[tuple[Ints, Ints]]:
        """Which targets pull against which, as positions."""
        if self.blocks is not None:
            yield from self.blocks
            return
        for at, left in enumerate(self.sides):
            for right in self.sides[at + 1 :]:
                yield left.targets, right.targets


class Search:
    """A system being searched for conflicts.

    Attributes
    ----------
    index, effects
        The system's arrays and its net effects.
    tolerance
        Net effects up to this are no conflict; steps per step.
    said
        The sentences of the findings put into words so far.
    notes
        For a kind that was not looked for to the end, why.
    """

    def __init__(self, effects: NetEffects, tolerance: float, find: Callable[[Search, Kind], list[Finding]]) -> None:
        self.effects = effects
        self.index = effects.index
        self.tolerance = tolerance
        self._find = find
        self._found = Memory[list[Finding]](len(KINDS))
        self.said: dict[Finding, str] = {}
        self.notes: dict[Kind, str] = {}

    def of_kind(self, kind: Kind) -> list[Finding]:
        """The findings of a kind, searched for once."""
        return self._found.get(kind, lambda: [_known_how(each) for each in self._find(self, kind)])

    def take(self, other: Search, kinds: Iterable[Kind]) -> None:
        """Take findings of some kinds, and the groups of targets, from the search of a system with the same targets."""
        self.groups = other.groups
        for kind in kinds:
            self._found.put(kind, other.of_kind(kind))
            if kind in other.notes:
                self.notes[kind] = other.notes[kind]

    @cached_property
    def groups(self) -> dict[tuple[int, int], Group]:
        """For each measure and wish, the targets."""
        return {mark: Group(self.index, mark[0], mark[1], targets) for mark, targets in self.index.by_wish.items()}

    @cached_property
    def pushing(self) -> dict[tuple[int, int], Group]:
        """For each measure and wish, the targets that push; the others guard."""
        pushes = self.index.targets.pushes
        parts = ((mark, group, group.targets[pushes[group.targets]]) for mark, group in self.groups.items())
        return {mark: group.only(targets) for mark, group, targets in parts if len(targets)}

    @cached_property
    def incentives(self) -> list[Incentive]:
        """Incentives, in order."""
        return in_order(self.index.system.incentives)

    @cached_property
    def draws(self) -> list[Draw]:
        """Draws, in order."""
        return in_order(self.index.system.draws)

    @cached_property
    def finances(self) -> list[Finance]:
        """Finances, in order."""
        return in_order(self.index.system.finances)

    def groups_of(self, measure: int) -> Iterable[Group]:
        """The groups of targets on a measure."""
        return (self.groups[measure, wish] for wish in (1, -1, 0) if (measure, wish) in self.groups)

    def pushing_on(self, measure: int) -> Iterable[Group]:
        """The groups of targets on a measure that push."""
        return (self.pushing[measure, wish] for wish in (1, -1) if (measure, wish) in self.pushing)

    def just_below(self, kinds: Collection[Kind]) -> str | None:
        """How many more findings half the tolerance would add, in words."""
        near: list[Kind] = [kind for kind in TOLERANT if kind in kinds]
        if not near or not self.tolerance:
            return None
        found = {each.id for kind in near for each in self.of_kind(kind)}
        more = {each.id for kind in near for each in self._closer.of_kind(kind)} - found
        if not more:
            return None
        lie, them = verb(len(more), "lies", "lie"), verb(len(more), "it", "them")
        return f"{len(more):,} more {lie} just below the tolerance: --tolerance {self.tolerance / 2:g} shows {them}"

    @cached_property
    def _closer(self) -> Search:
        """The same search with half the tolerance."""
        search = Search(self.effects, self.tolerance / 2, self._find)
        search.groups = self.groups
        return search


@dataclass(frozen=True)
class Rule:
    """One kind of conflict: how it is found and how it is put into words."""

    kind: Kind
    find: Callable[[Search], Iterable[Finding]]
    title: Callable[[Search, Finding], str]
    sentence: Callable[[Search, Finding], str]
    suggestion: Callable[[Search, Finding], str]
    evidence: Callable[[Search, Finding], Iterable[Evidence]]
    assumed: Callable[[Search, Finding], tuple[str, ...]] = lambda _search, _finding: ()
    """What had to be assumed, in words."""
    links: Callable[[Search, Finding], tuple[Link, ...]] = lambda search, finding: search.effects.links(finding.nodes)
    """The direct effects that it rests on."""


def _known_how(finding: Finding) -> Finding:
    """A finding, less sure where a side rests on nothing but what was inferred."""
    if finding.confidence <= INFERRED or not any(side.inferred for side in finding.sides):
        return finding
    return replace(finding, confidence=INFERRED)


def rounded(value: float) -> float:
    """A severity or confidence."""
    return round(float(value), DIGITS)


def identity(kind: Kind, *parts: tuple[str, int] | str | None) -> str:
    """The id of a finding: its kind, then measures with wishes, then its scope.

    >>> identity("opposed", ("wait", 1), ("wait", -1), "older-people")
    'opposed.wait-up.wait-down.older-people'
    """
    pairs = [(part, None) if isinstance(part, str) else part for part in parts if part is not None]
    words = [part_of_name(id_) if way is None else f"{part_of_name(id_)}-{WAYS[way]}" for id_, way in pairs]
    return ".".join([kind, *words])


def parts(left: Group, right: Group) -> tuple[frozenset[int], ...]:
    """The groups of bodies that `both` names: those who want both, where there are any; else each side."""
    common = left.agencies & right.agencies
    return (common,) if common else (left.agencies, right.agencies)


def both(left: Group, right: Group, detail: Detail) -> str:
    """Who wants what of two things, each body named once."""
    one, two = f"{left.name} {left.asking(detail)}", f"{right.name} {right.asking(detail)}"
    common = left.agencies & right.agencies
    if not common:
        return f"{left.wants(detail)} {one}, and {right.wants(detail)} {two}"
    number = len(common)
    other = f"{right.verb(number)} " if left.inferred != right.inferred else ""
    rest = len(left.agencies ^ right.agencies) if detail.full else 0
    others = how_many(rest, "other body wants", "other bodies want")
    more = f", and {others} one of the two" if rest else ""
    return f"{named(left.index, common, detail.limit)} {left.verb(number)} {one} and {other}{two}{more}"


def assumed_steps(search: Search, finding: Finding) -> tuple[str, ...]:
    """The measures of a finding whose step had to be assumed, in words."""
    index = search.index
    return tuple(
        f"one step of {measure_name(index, at)} is assumed to be 1 {index.measures[at].unit or 'unit'}"
        for at in finding.measures
        if index.step_assumed[at]
    )


def one_figure(search: Search, finding: Finding) -> tuple[str, ...]:
    """The measures of a finding of which one figure has to do for several bodies that are judged on it, in words.

    Whether that is the country's or the place's nobody says; it is not each body's own. Bodies of which a level of
    their own is given are left out.
    """
    index = search.index
    several = (
        (at, np.unique(index.targets.deliverer[index.by_measure[at]]))
        for at in finding.measures
        if at in index.by_measure and index.measures[at].baseline is not None
    )
    return tuple(
        f"today's figure of {measure_name(index, at)} is one for {whom} judged on it, not each one's own"
        for at, deliverers in several
        if (whom := _sharing(index, at, positions(deliverers)))
    )


def _sharing(index: Index, measure: int, deliverers: Sequence[int]) -> str:
    """The bodies that have to do with one figure, in words; nothing where that is one at most."""
    own = sum((measure, who) in index.levels for who in deliverers)
    rest = len(deliverers) - own
    if rest < 2:
        return ""
    return f"{in_words(rest)} of the {how_many(len(deliverers))}" if own else f"all {how_many(rest)}"


def told_from(search: Search, finding: Finding) -> str:
    """From which levels the worst pair of a finding is told, where these are different places'; else nothing."""
    index, pair = search.index, finding.pair
    rows = index.targets
    if pair is None or bool(index.one_place(*(np.array([at]) for at in pair))[0]):
        return ""
    said = [_standing(index, at) for at in pair if (rows.change[at] or rows.hold[at]) and not np.isnan(rows.now[at])]
    return f", from today's {' and '.join(said)}" if said else ""


def _standing(index: Index, target: int) -> str:
    rows = index.targets
    level = quantity(float(rows.now[target]), index.measures[int(rows.measure[target])].unit)
    return f"{level} at {called(index, int(rows.deliverer[target]))}" if rows.own[target] else f"{level} elsewhere"


def at_place(index: Index, target: int) -> str:
    """At whom nobody says where a measure stands today, where it is known of others."""
    measure = int(index.targets.measure[target])
    some = any(at == measure for at, _ in index.levels)
    return f" at {called(index, int(index.targets.deliverer[target]))}" if some else ""
