"""The stages one after the other, each holding those before at their best; proofs in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final

from .errors import NoAlignedSet
from .index import group
from .programme import Objective, Programme, Reason, Row, Voice
from .solver import Clock, Outcome
from .stages import minimise

SHARE: Final = 0.5
"""A stage may use this part of the time that is left, so that those after it have some."""

SLACK: Final = 1e-6
"""How far a solver's bound may be off, in units of the objective."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Found:
    """What a stage found.

    Attributes
    ----------
    objective
        The stage.
    value
        The best value, exactly.
    bound
        No set has a smaller one, given the stages before.
    proven
        Whether that is the best.
    """

    objective: Objective
    value: Fraction
    bound: float
    proven: bool


@dataclass(frozen=True)
class Answer:
    """The best set found and how sure that is.

    Attributes
    ----------
    kept
        Columns.
    stages
        In order; the last is the order of ids.
    first_proven
        Whether it is proved that no equal set comes first.
    clock
        Why the search ended.
    holds
        Rows that every set fulfils which is as good.
    """

    kept: frozenset[int]
    stages: tuple[Found, ...]
    first_proven: bool
    clock: Clock
    holds: tuple[Row, ...] = ()

    @property
    def best_proven(self) -> bool:
        """Whether it is proved that no set is better; another may come first by id."""
        return all(each.proven for each in self.stages)


def solve(
    programme: Programme, clock: Clock, progress: Progress = lambda _: None, begin: Iterable[int] | None = None
) -> Answer:
    """The first of the best sets, stage by stage.

    Parameters
    ----------
    programme
        The programme.
    clock
        How long there is.
    progress
        Told what is being done.
    begin
        Columns of a set that may be good, to begin from.

    Raises
    ------
    NoAlignedSet
        No set of measures fulfils all rows.
    """
    search = _Search(programme, clock, begin)
    for objective in programme.objectives:
        progress(f"stage {objective.stage}")
        search.stage(objective)
    progress("stage first")
    first_proven = search.first()
    return Answer(search.best, tuple(search.found), first_proven, clock, tuple(search.holds))


class _Search:
    def __init__(self, programme: Programme, clock: Clock, begin: Iterable[int] | None) -> None:
        self.programme = programme
        self.clock = clock
        self.holds: list[Row] = []
        self.found: list[Found] = []
        known = [] if begin is None else [frozenset(begin)]
        known.append(frozenset(range(len(programme.candidates))))
        fitting = next((each for each in known if self._fits(each)), None)
        self.best = self._any() if fitting is None else fitting

    def _fits(self, kept: Iterable[int]) -> bool:
        """Whether a set fulfils every row, exactly."""
        values = self.programme.complete(kept)
        return all(row.holds(values) for row in (*self.programme.rows, *self.holds))

    def _any(self) -> frozenset[int]:
        """Some set that fulfils the rows."""
        outcome = minimise(self.programme, {}, (), self.clock)
        kept = kept_in(self.programme, outcome)
        if kept is not None and self._fits(kept):
            return kept
        raise NoAlignedSet((), proven=outcome.infeasible)

    def _value(self, objective: Objective, kept: Iterable[int]) -> Fraction:
        values = self.programme.complete(kept)
        if objective.stage == "voice":
            return Fraction(values[self.programme.loss])
        return Fraction(objective.value(values))

    def stage(self, objective: Objective) -> None:
        """Make one objective small, and hold it there."""
        least = Fraction(objective.constant + sum(min(0, number) for number in objective.terms.values()))
        value = self._value(objective, self.best)
        bound = float(least)
        if value > least and not self._settled(objective) and self.clock.stopped == "finished":
            gap = 1e-7 if objective.stage == "voice" else 1 - SLACK
            outcome = self._minimise(objective, gap)
            self._take(objective, outcome)
            value = self._value(objective, self.best)
            bound = max(bound, outcome.bound + objective.constant)
        proven = value <= least or self._settled(objective) or self._proves(objective, value, bound)
        self.found.append(Found(objective, value, float(value) if proven else bound, proven))
        self._hold(objective, value)

    def _minimise(self, objective: Objective, gap: float) -> Outcome:
        start = [float(value) for value in self.programme.complete(self.best)]
        return minimise(self.programme, objective.terms, self.holds, self.clock.part(SHARE), start, gap)

    def _settled(self, objective: Objective) -> bool:
        """Whether the stages before leave no choice: an objective that is a multiple of one held and proven."""
        number = len(self.programme.candidates)
        same = dict.fromkeys(range(number), 1)
        counted = any(
            each.objective.stage == "burden" and each.objective.terms == same and each.proven for each in self.found
        )
        return objective.stage == "measures" and counted

    def _take(self, objective: Objective, outcome: Outcome) -> None:
        kept = kept_in(self.programme, outcome)
        if kept is None or not self._fits(kept):
            return
        if self._value(objective, kept) < self._value(objective, self.best):
            self.best = kept

    def _proves(self, objective: Objective, value: Fraction, bound: float) -> bool:
        """Whether a bound rules out every smaller value that the objective can take."""
        if objective.stage == "voice":
            smaller = [loss for loss in self._losses() if loss < value]
            return not smaller or bound > float(max(smaller)) + SLACK
        return float(value) - bound < 1 - SLACK

    def _losses(self) -> Iterable[Fraction]:
        """Every loss of voice that any agency can have."""
        for voice in self.programme.voices:
            for kept in range(voice.number + 1):
                yield voice.power * (1 - Fraction(kept, voice.number))

    def _hold(self, objective: Objective, value: Fraction) -> None:
        reason = Reason("hold", (objective.stage,))
        if objective.stage != "voice":
            if objective.terms:
                self.holds.append(Row(objective.terms, None, value - objective.constant, reason))
            return
        for voice in self.programme.voices:
            if (row := voice_hold(voice, value)) is not None:
                self.holds.append(row)

    # Stage 6

    def first(self) -> bool:
        """Move to the first by id of the sets that are as good; whether that is proved."""
        while self.clock.stopped == "finished":
            self._swap()
            if len(self.best) == len(self.programme.candidates):
                return True
            programme, place = self._earlier()
            outcome = minimise(programme, place, self.holds, self.clock, gap=1 - SLACK)
            if outcome.infeasible:
                return True
            kept = kept_in(self.programme, outcome)
            if kept is None or not self._fits(kept) or not _comes_before(kept, self.best):
                return False
            self.best = kept
        return False

    def _swap(self) -> None:
        """Exchange kept measures for earlier ones that are alike in every row and objective."""
        kept = set(self.best)
        for members in self.twins:
            number = sum(column in kept for column in members)
            kept -= set(members)
            kept |= set(members[:number])
        self.best = frozenset(kept)

    @cached_property
    def twins(self) -> list[list[int]]:
        """Columns that are alike in every row and objective, in order."""
        marks: dict[int, list[tuple[int, int | Fraction]]] = {at: [] for at in range(len(self.programme.candidates))}
        sums: list[Mapping[int, int | Fraction]] = [row.terms for row in self.programme.rows]
        sums += [objective.terms for objective in self.programme.objectives]
        for at, terms in enumerate(sums):
            for column, number in terms.items():
                if column in marks:
                    marks[column].append((at, number))
        alike = group((tuple(mark), column) for column, mark in marks.items())
        return [list(members) for members in alike.values() if len(members) > 1]

    def _earlier(self) -> tuple[Programme, dict[int, float]]:
        """The programme of the sets that come before the best one, and the place of the first difference.

        Of the measures outside the best set one is the first difference: a chain of 1s that ends there says
        which. Before it, everything is as in the best set; it is kept.
        """
        first = len(self.programme.columns)
        outside = [column for column in range(len(self.programme.candidates)) if column not in self.best]
        reason = Reason("hold", ("first",))
        rows = [Row({first: 1}, 1, None, reason)]
        place = 0
        for column in range(len(self.programme.candidates)):
            if place < len(outside) and outside[place] == column:
                rows += _link(column, first + place, last=place == len(outside) - 1, reason=reason)
                place += 1
            elif place < len(outside):
                rows.append(Row({column: 1, first + place: -1}, 0, None, reason))
        chain = [f"first difference from {column}" for column in outside]
        programme = replace(
            self.programme,
            columns=(*self.programme.columns, *chain),
            whole=(*self.programme.whole, *(True for _ in chain)),
            rows=(*self.programme.rows, *rows),
        )
        return programme, {first + at: 1.0 for at in range(len(outside))}


def _link(column: int, here: int, *, last: bool, reason: Reason) -> Iterator[Row]:
    """A measure outside the best set: kept if the first difference, not kept if that comes later."""
    if last:
        yield Row({column: 1, here: -1}, 0, None, reason)
        return
    yield Row({here: 1, here + 1: -1}, 0, None, reason)
    yield Row({column: 1, here: -1, here + 1: 1}, 0, None, reason)
    yield Row({column: 1, here + 1: 1}, None, 1, reason)


def _comes_before(one: frozenset[int], two: frozenset[int]) -> bool:
    return sorted(one) < sorted(two)


def kept_in(programme: Programme, outcome: Outcome) -> frozenset[int] | None:
    """The set that values mean; rounding is judged afterwards, in whole numbers."""
    if outcome.values is None:
        return None
    return frozenset(column for column in range(len(programme.candidates)) if outcome.values[column] > 0.5)


def voice_hold(voice: Voice, most: Fraction) -> Row | None:
    """The row of a voice that loses no more than this; nothing where it cannot."""
    least = math.ceil(voice.number * (1 - most / voice.power))
    return Row(dict(voice.heard), least, None, Reason("hold", ("voice",))) if least > 0 else None
