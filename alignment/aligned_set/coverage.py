"""Coverage: what 1, 2, 3 and more measures can serve at best of what bodies answer for, and who is left out.

With z(m) whether measure m is kept and u(d) whether duty d is left unserved, for each number K

    min  sum over d of w(d) u(d)  subject to  u(d) + sum over m that serve d of z(m) >= 1,  sum over m of z(m) <= K,

maximum coverage (Church and ReVelle 1974). Duties alone are weighed: nothing is said of conflict, burden or voice. Each
number is solved anew, from the best set of the number before and the measure that adds most to it: best sets are not
nested. As long as something can still be served a further measure serves more, so that best sets are of K measures.
Which of them is first by id is seen by looking for others, where they are few, else asked some measures at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import count as counted_from
from typing import Final

from alignment.duties import Duty
from alignment.errors import NoAlignedSet
from alignment.judge.coverage import objections
from alignment.judge.refuse import refuse
from alignment.models.answers.coverage import Coverage, CoveragePoint, share_words
from alignment.models.options.aligned_set import CoverageOptions
from alignment.models.progress import Progress, quiet
from alignment.models.stopping import Stopped
from alignment.models.system import System, count
from alignment.options.verb import verb
from alignment.options.weighing import weighed
from alignment.solver import Clock
from alignment.wording import names

from .programme import Objective, Programme, Reason, Row, build
from .search import clashes_told
from .stage_as_cover import kept_in, minimise
from .stages import GAP, PROOF, SLACK, Search

WALK: Final = 0.7
"""The part of the time in which numbers are solved; in the rest the set of each is made the first of its equals."""

SHARES: Final = 10
"""No number waits for more than these: where time is short it goes to the few measures that people ask about first."""

ROWS: Final = ("duty", "keep", "drop", "candidates")
"""The kinds of row that say what duties are served by, and what must and must not be kept."""

PLACES: Final = 15
"""How many measures are put in order at once: their coefficients are powers of 2, which a solver has to tell apart."""


EQUALS: Final = 2
"""How many other sets that are as good are looked for one by one, before they are put in order."""


@verb(CoverageOptions, "at_most", "options", "progress")
def coverage(system: System, asked: CoverageOptions, progress: Progress = quiet) -> Coverage:
    """What 1, 2, 3 and more measures can do: the least weight of duties that they leave unserved, and who is left out.

    Duties alone are counted. That each tier keeps a balance of measures, that bodies need to see themselves in some,
    conflict, burden and voice are left aside: a set that serves most need not be one that `propose` would choose.

    Parameters
    ----------
    system
        The system.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Coverage
        A point for each number of measures, from 1 (or as many as must be kept) to the smallest that serves all that
        every candidate together serves: its weight unserved, set, agencies left out, and whether that is proven. After
        the time limit, or Ctrl-C, sets grow by the measure that adds most, marked as not proven.

    Raises
    ------
    OptionError
        An option is out of its range.
    NoAlignedSet
        More measures must be kept than may be, or one that may not be.
    SolverTrouble
        The solver failed, or a set did not survive the judge.

    References
    ----------
    Church, ReVelle (1974), The maximal covering location problem. Papers of the Regional Science Association 32.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.coverage(al.read(al.example("winter-pressure")))
    >>> [(point.number, point.gap_weight) for point in found.points]
    [(1, 8.5), (2, 4.5), (3, 2.5), (4, 0.5), (5, 0.0)]
    """
    clock = Clock(asked.time_limit)
    progress("programme")
    counted = weighed(system, asked)
    with clashes_told(counted, asked.of_set, progress):
        programme = duties_alone(counted, asked)
    walk = _Walk(programme, clock, progress)
    walk.go()
    return _telling(system, asked, walk)


def duties_alone(system: System, asked: CoverageOptions) -> Programme:
    """The programme of duties and of what must and must not be kept: one objective, the weight left unserved.

    Parameters
    ----------
    system
        The system, with weights as they are asked for.
    asked
        What is asked.

    Raises
    ------
    NoAlignedSet
        More measures must be kept than may be, or one that may not be; or nothing can be judged.
    """
    number = max(1, len(system.measures)) if asked.at_most is None else asked.at_most
    programme = build(system, asked.of_set.model_copy(update={"at_most": number}))
    if len(programme.forced) > number:
        raise NoAlignedSet(())
    rows = tuple(row for row in programme.rows if row.reason.kind in ROWS)
    unserved = [max(row.terms) for row in rows if row.reason.kind == "duty"]
    gaps = programme.objectives[0]
    gaps = replace(gaps, terms={column: gaps.terms[column] for column in unserved})
    derived = {column: programme.derived[column] for column in unserved}
    return replace(programme, rows=rows, objectives=(gaps,), derived=derived, voices=())


class _Walk:
    """The points found so far, each a search that has held the weight left unserved."""

    def __init__(self, programme: Programme, clock: Clock, progress: Callable[[str], None]) -> None:
        self.programme = programme
        self.clock = clock
        self.progress = progress
        (self.gaps,) = programme.objectives
        self.serving = {programme.derived[column].of: weight for column, weight in self.gaps.terms.items()}
        """For columns that serve the same duties, what these weigh, in units of the objective."""
        self.begin = max(1, len(programme.forced))
        limit = programme.options.at_most
        assert limit is not None
        self.limit = max(self.begin, min(limit, len(programme.candidates)))
        self.useful = sorted(programme.forced.union(*self.serving))
        """The columns that a best set can hold: no other adds to what is served."""
        self.rough = len(_grown(programme.forced, self.serving, self.limit))
        """No more measures than these serve all that can be served: whoever adds what adds most needs as many."""
        self.part = clock.part(WALK)
        self.points: list[Search] = []
        self.firsts: list[bool] = []

    def go(self) -> None:
        """Solve each number, then find the first set of each, until done or told to stop."""
        try:
            self._go()
        except KeyboardInterrupt:
            self.clock.interrupt()
            self.progress = quiet
            if not self.points:
                raise
            self._go()

    def _go(self) -> None:
        while not self.points or (not self.whole and self.number < self.limit):
            self.points.append(self._solved())
        while len(self.firsts) < len(self.points):
            self.firsts.append(self._first(self.points[len(self.firsts)]))

    @property
    def number(self) -> int:
        """How many measures the last point may keep."""
        return self.begin + len(self.points) - 1

    @property
    def whole(self) -> bool:
        """Whether the last point serves all that every candidate together serves."""
        return self.points[-1].found[-1].value <= self.gaps.constant

    def _solved(self) -> Search:
        """The next number: no more measures than that."""
        number = self.number + 1
        self.progress(count(number, "measure", "measures"))
        before = self.points[-1].best if self.points else self.programme.forced
        begin = _grown(before, self.serving, number)
        everything = dict.fromkeys(range(len(self.programme.candidates)), 1)
        clock = self.part.part(1 / min(SHARES, max(1, self.rough - number + 1)))
        search = Search(self.programme, clock, begin, [Row(everything, None, number, Reason("at_most"))])
        search.stage(self.gaps)
        return search

    def _first(self, search: Search) -> bool:
        """Move to the first by id of the sets that are as good, in a fair part of the time; whether that is proved."""
        done, number = len(self.firsts), len(self.points)
        self.progress(f"{count(number, 'point', 'points')}, the set of {self.begin + done}")
        search.clock = self.clock.part(1 / min(SHARES, number - done))
        return search.found[-1].proven and (first_of_few(search) or first_by_id(search, self.useful))


def _grown(kept: frozenset[int], serving: Mapping[tuple[int, ...], int], number: int) -> frozenset[int]:
    """A set with further columns, each the first of those that add most, up to a number; fewer where nothing adds."""
    while len(kept) < number:
        adds: dict[int, int] = {}
        for columns, weight in serving.items():
            if kept.isdisjoint(columns):
                for column in columns:
                    adds[column] = adds.get(column, 0) + weight
        if not adds:
            break
        kept |= {min(adds, key=lambda column: (-adds[column], column))}
    return kept


def first_of_few(search: Search) -> bool:
    """Move to the first by id of the sets that are as good, where they are few; whether that is proved.

    The stage is solved again without the sets that are known. Where duties are many and differ in weight, no other set
    is as good, and this is soon shown.

    Parameters
    ----------
    search
        A search that holds one stage at its proven best.
    """
    programme, held = search.programme, search.found[-1]
    rows = [row for row in search.holds if row.reason.kind != "hold"]
    known = [search.best]
    while len(known) <= EQUALS and search.clock.stopped == "finished":
        outcome = minimise(programme, held.objective.terms, [*rows, *map(_another, known)], search.clock, None, GAP)
        if outcome.infeasible or outcome.bound + held.objective.constant > held.value + SLACK:
            search.best = min(known, key=sorted)
            return True
        kept = kept_in(programme, outcome)
        if kept is None or kept in known or not programme.fits(kept, search.holds, search.clock):
            return False
        known.append(kept)
    return False


def _another(kept: frozenset[int]) -> Row:
    """Not all of these."""
    return Row(dict.fromkeys(sorted(kept), 1), None, len(kept) - 1, Reason("hold", ("other",)))


def first_by_id(search: Search, free: Sequence[int]) -> bool:
    """Move to the first by id of the sets that are as good and as large; whether that is proved.

    Of two sets of one size the first by id is the one that holds the first measure in which they differ. So with
    coefficients 2^p, p falling from the first of some measures to the last, the largest sum is that of the first set;
    then these measures are held, and the next are looked at.

    Parameters
    ----------
    search
        A search that holds what makes sets as good; `best` is one of them.
    free
        The columns that such a set can hold, in order.
    """
    held: list[Row] = []
    for begin in range(0, len(free), PLACES):
        some = free[begin : begin + PLACES]
        if search.best.isdisjoint(free[begin:]):
            break
        if search.clock.stopped != "finished" or not _moved(search, some, held):
            return False
        kept = [int(column in search.best) for column in some]
        held += [Row({column: 1}, one, one, Reason("hold", ("first",))) for column, one in zip(some, kept, strict=True)]
    return True


def _moved(search: Search, some: Sequence[int], held: Sequence[Row]) -> bool:
    """Move to a set that is the first in some columns, given others; whether that is proved."""
    programme = search.programme
    places = {column: -(1 << place) for column, place in zip(some, reversed(range(len(some))), strict=True)}
    start = [float(value) for value in programme.complete(search.best)]
    rows = [*search.holds, *held]
    outcome = minimise(programme, places, rows, search.clock, start, GAP)
    kept = kept_in(programme, outcome)
    if kept is None or not programme.fits(kept, rows, search.clock):
        return False
    if sum(place for column, place in places.items() if column in kept) - outcome.bound >= PROOF:
        return False
    search.best = kept
    return True


# The answer


def _telling(system: System, asked: CoverageOptions, walk: _Walk) -> Coverage:
    """The points in words, judged."""
    programme, gaps = walk.programme, walk.gaps
    weights = programme.duties.weight
    points = tuple(_points(walk))
    before = walk.points[-2] if len(walk.points) > 1 else None
    answer = Coverage(
        system=system.hash,
        options=asked,
        duties=len(weights),
        bodies=len(programme.duties.by_agency),
        weight=_in_weights(gaps, _total(gaps)),
        least=_in_weights(gaps, gaps.constant),
        points=points,
        complete=walk.whole and (before is None or before.found[-1].bound > gaps.constant),
        stopped=_stopped(walk, points),
    )
    refuse(objections(system, answer))
    return answer


def _total(gaps: Objective) -> int:
    """What all duties weigh, in units of the objective."""
    return gaps.constant + sum(gaps.terms.values())


def _in_weights(gaps: Objective, value: float | Fraction) -> float:
    return round(float(value) * float(gaps.unit), 6)


def _stopped(walk: _Walk, points: Sequence[CoveragePoint]) -> Stopped:
    if all(point.proven and point.first for point in points):
        return "finished"
    ending = walk.clock.ending
    return "time limit" if ending == "finished" else ending  # that of one number


def _points(walk: _Walk) -> Iterator[CoveragePoint]:
    for number, search, first in zip(counted_from(walk.begin), walk.points, walk.firsts, strict=False):
        yield _point(walk, number, search, first=first)


def _point(walk: _Walk, number: int, search: Search, *, first: bool) -> CoveragePoint:
    programme, gaps, found = walk.programme, walk.gaps, search.found[-1]
    index, total = programme.index, _total(gaps)
    kept = [index.measures[programme.candidates[column]] for column in sorted(search.best)]
    unserved = _unserved(programme, search.best)
    left = [index.agencies[who] for who, duties in sorted(programme.duties.by_agency.items()) if unserved >= {*duties}]
    point = CoveragePoint(
        number=number,
        gap_weight=_in_weights(gaps, found.value),
        bound=_in_weights(gaps, found.bound),
        share=round(1 - float(found.value / total), 6) if total else None,
        served=len(programme.duties.weight) - len(unserved),
        gaps=len(unserved),
        measures=tuple(row.id for row in kept),
        measure_names=tuple(row.name for row in kept),
        left_out=tuple(row.id for row in left),
        left_out_names=tuple(row.name for row in left),
        proven=found.proven,
        first=first,
        sentence="",
    )
    return point.model_copy(update={"sentence": _sentence(point)})


def _unserved(programme: Programme, kept: frozenset[int]) -> frozenset[Duty]:
    missed = (duties for columns, duties in programme.served if kept.isdisjoint(columns))
    return frozenset(programme.unserved).union(*missed)


def _sentence(point: CoveragePoint) -> str:
    """What so many measures do and whom they leave out."""
    serve = "measure serves" if point.number == 1 else "measures serve"
    head = f"{point.number} {serve} {share_words(point)} of what bodies answer for (by weight)"
    if not point.gaps:
        return f"{head}."
    duties = f"{point.gaps} of {count(point.served + point.gaps, 'duty', 'duties')}"
    if not point.left_out:
        return f"{head}; {duties} {'is' if point.gaps == 1 else 'are'} left out, no body altogether."
    bodies = count(len(point.left_out), "body", "bodies")
    return f"{head}; {duties} and {bodies} are left out: {names(point.left_out_names)}."
