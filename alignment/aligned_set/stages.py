"""The stages one after the other, each holding those before at their best; proofs in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final

from alignment.errors import NoAlignedSet, SolverTrouble
from alignment.index import group
from alignment.models.answers.stages import Member
from alignment.solver import Aim, Clock, Outcome

from .programme import Objective, Programme, Reason, Row, Voice
from .stage_as_cover import kept_in, minimise

SHARE: Final = 0.5
"""A stage may use this part of the time that is left, so that those after it have some."""

SLACK: Final = 1e-6
"""How far a solver's bound may be off, in units of the objective."""

GAP: Final = 1 - SLACK
"""Two sets that differ by less in whole numbers are as good: what a solver is asked for."""

PROOF: Final = 1 - SLACK / 2
"""A bound that is nearer than this rules out every smaller whole number: what a solver is held to."""

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
class Members:
    """Which columns are in every best set, and which in any.

    Attributes
    ----------
    every, some
        Columns.
    proven
        Whether both are proved.
    """

    every: frozenset[int]
    some: frozenset[int]
    proven: bool

    def of(self, column: int | None) -> Member:
        """In which best sets a column is; a measure without a column is in none."""
        if column is None:
            return "none"
        if not self.proven:
            return "unknown"
        return "every" if column in self.every else "some" if column in self.some else "none"


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
    members
        Which measures are in every best set, and which in any.
    """

    kept: frozenset[int]
    stages: tuple[Found, ...]
    first_proven: bool
    clock: Clock
    holds: tuple[Row, ...] = ()
    members: Members = Members(frozenset(), frozenset(), proven=False)

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
    search = Search(programme, clock, begin)
    for objective in programme.objectives:
        progress(f"stage {objective.stage}")
        search.stage(objective)
    return search.answer(progress)


class Search:
    """A search under way: the best set so far, what the stages found, and what holds from now on.

    Parameters
    ----------
    programme
        The programme.
    clock
        How long there is.
    begin
        Columns of a set that may be good, to begin from.
    holds
        Further rows that every set has to fulfil.
    found
        What stages found before.
    """

    def __init__(
        self,
        programme: Programme,
        clock: Clock,
        begin: Iterable[int] | None,
        holds: Iterable[Row] = (),
        found: Iterable[Found] = (),
    ) -> None:
        self.programme = programme
        self.clock = clock
        self.holds: list[Row] = list(holds)
        self.found: list[Found] = list(found)
        known = [] if begin is None else [frozenset(begin)]
        known.append(frozenset(range(len(programme.candidates))))
        fitting = next((each for each in known if self._fits(each)), None)
        self.best = self._any() if fitting is None else fitting

    def _fits(self, kept: Iterable[int]) -> bool:
        """Whether a set fulfils every row, exactly."""
        return self.programme.fits(kept, self.holds, self.clock)

    def _any(self) -> frozenset[int]:
        """Some set that fulfils the rows."""
        outcome = minimise(self.programme, {}, self.holds, self.clock)
        kept = kept_in(self.programme, outcome)
        if kept is not None and self._fits(kept):
            return kept
        if outcome.stopped == "solvers disagree" or (kept is not None and self.clock.stopped == "finished"):
            raise SolverTrouble("No solver could say whether a set of measures meets all wishes; ask for another one.")
        raise NoAlignedSet((), proven=outcome.infeasible)

    def answer(self, progress: Progress = lambda _: None) -> Answer:
        """What was found, moved to the first by id of the sets that are as good."""
        progress("members")
        members = self.members()
        progress("stage first")
        first_proven = self.first(members)
        return Answer(self.best, tuple(self.found), first_proven, self.clock, tuple(self.holds), members)

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
            gap = 1e-7 if objective.stage == "voice" else GAP
            outcome = self._minimise(objective, gap)
            self._take(objective, outcome)
            value = self._value(objective, self.best)
            bound = max(bound, outcome.bound + objective.constant)
        proven = value <= least or self._settled(objective) or self._proves(objective, value, bound)
        self.found.append(Found(objective, value, float(value) if proven else bound, proven))
        self._hold(objective, value)

    def _minimise(self, objective: Objective, gap: float) -> Outcome:
        start = [float(value) for value in self.programme.complete(self.best)]
        unit = float(objective.unit)
        best = float(self._value(objective, self.best)) * unit
        clock = self.clock.part(SHARE, Aim(objective.stage, best, objective.constant, unit))
        return minimise(self.programme, objective.terms, self.holds, clock, start, gap)

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
        return float(value) - bound < PROOF

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

    # Members

    def members(self) -> Members:
        """Which measures are in every, in some or in no best set; the others are held.

        Instead of a solve for each measure: look for the best set that drops most of those that were in all sets so
        far, until none can be dropped; and for the one that has most of those that were in none so far.
        """
        every, some = self.best, self.best
        outside = frozenset(range(len(self.programme.candidates)))
        proven = all(each.proven for each in self.found)
        while proven and every:
            found, proven = self._extreme(dict.fromkeys(every, 1))
            if every <= found:
                break
            every, some = every & found, some | found
        while proven and outside - some:
            found, proven = self._extreme(dict.fromkeys(outside - some, -1))
            if found <= some:
                break
            every, some = every & found, some | found
        if proven:
            self._hold_members(every, some)
        return Members(every, some, proven)

    def _extreme(self, objective: Mapping[int, int]) -> tuple[frozenset[int], bool]:
        """The best set that makes a sum small, and whether it is proved to be the smallest."""
        start = [float(value) for value in self.programme.complete(self.best)]
        outcome = minimise(self.programme, objective, self.holds, self.clock.part(SHARE), start, GAP)
        found = kept_in(self.programme, outcome)
        if found is None or not self._fits(found):
            return self.best, False
        value = sum(number for column, number in objective.items() if column in found)
        return found, value - outcome.bound < PROOF

    def _hold_members(self, every: frozenset[int], some: frozenset[int]) -> None:
        reason = Reason("hold", ("members",))
        self.holds += [Row({column: 1}, 1, None, reason) for column in sorted(every)]
        never = frozenset(range(len(self.programme.candidates))) - some
        self.holds += [Row({column: 1}, None, 0, reason) for column in sorted(never)]

    # Stage 6

    def first(self, members: Members) -> bool:
        """Move to the first by id of the sets that are as good; whether that is proved."""
        number = len(self.programme.candidates)
        free = sorted(members.some - members.every) if members.proven else list(range(number))
        while self.clock.stopped == "finished" or not free:
            if not members.proven:
                self._swap()
            outside = [column for column in free if column not in self.best]
            if not outside:
                return True
            programme, place = self._earlier(free)
            outcome = minimise(programme, place, self.holds, self.clock, gap=GAP)
            if outcome.infeasible:
                return True
            kept = kept_in(programme, outcome)
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
        # Alike in the rows that are known; others may turn up.
        if self.programme.lazy is None or self._fits(kept):
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

    def _earlier(self, free: Sequence[int]) -> tuple[Programme, dict[int, float]]:
        """The programme of the sets that come before the best one, and the place of the first difference.

        Of the measures outside the best set one is the first difference: a chain of 1s that ends there says
        which. Before it, everything is as in the best set; it is kept. Only measures that are free can differ.
        """
        first = len(self.programme.columns)
        outside = [column for column in free if column not in self.best]
        reason = Reason("hold", ("first",))
        rows = [Row({first: 1}, 1, None, reason)]
        place = 0
        for column in free:
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


def voice_hold(voice: Voice, most: Fraction) -> Row | None:
    """The row of a voice that loses no more than this; nothing where it cannot."""
    least = math.ceil(voice.number * (1 - most / voice.power))
    return Row(dict(voice.heard), least, None, Reason("hold", ("voice",))) if least > 0 else None
