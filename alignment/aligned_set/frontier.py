"""The frontier: burden against what is left, conflict and unsaid together, found point by point in whole numbers.

With A the objective that the walk begins with (what is left, unless ``order`` says burden) and B the other, the next
point after (A', B') is

    min A  subject to  B <= B' - 1,  then  min B  subject to  A <= that,

the epsilon-constraint method: both are whole multiples of a unit, so nothing lies between. It finds every point, also
those that no price of the one in the other would choose. Both ends are found first: the far end fulfils every bound on
B, so each search has a set to begin from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from alignment.judge.refuse import refuse
from alignment.models.answers.check import Verdict
from alignment.models.answers.frontier import Frontier, FrontierPoint, LadderStep
from alignment.models.options.aligned_set import FrontierOptions
from alignment.models.progress import Progress, quiet
from alignment.models.system import System, count
from alignment.options.verb import verb
from alignment.options.weighing import weighed
from alignment.solver import Clock
from alignment.verdict import frontier as judged
from alignment.verdict.check import verdict_of
from alignment.verdict.clashes import conflicts_of
from alignment.wording import names, number, quoted

from .programme import Objective, Programme, Reason, Row, build
from .retirements import Retirements
from .search import agree, clashes_told
from .stages import Answer, Search

WALK: Final = 0.7
"""The part of the time in which points are looked for; in the rest the set of each is made the first of its equals."""


EQUALS: Final = ("voice", "holders", "unsaid", "measures")
"""The stages that choose among sets of one burden that leave the same."""


@verb(FrontierOptions, "limit", "options", "progress")
def frontier(system: System, asked: FrontierOptions, progress: Progress = quiet) -> Frontier:
    """Burden against conflict and what is left unsaid: the ladder of sets that are best for some burden.

    Among the sets that meet every wish and leave the least weight of duties unserved, those that no other dominates:
    none has less of one and no more of the other. Each point has the set that `propose` would choose of its equals.

    Parameters
    ----------
    system
        The system.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Frontier
        The points from the least burden to the least left, each with its set, what comes and goes, and whether it
        is proven. After the time limit, or Ctrl-C, those found so far.

    Raises
    ------
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set of measures meets all wishes.
    SolverTrouble
        The solver failed, or a set did not survive the judge.

    References
    ----------
    Haimes, Lasdon, Wismer (1971), On a bicriterion formulation of the problems of integrated system identification and
    system optimization. IEEE Transactions on Systems, Man, and Cybernetics 1.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.frontier(al.read(al.example("winter-pressure")))
    >>> [(point.burden, point.left) for point in found.points]
    [(5.0, 4.35), (6.0, 3.35), (7.0, 2.5)]
    """
    clock = Clock(asked.time_limit)
    progress("programme")
    options = asked.of_set
    counted = weighed(system, options)
    with clashes_told(counted, options, progress):
        programme = build(counted, options)
        if programme.lazy is not None:
            programme.lazy.check(clock)
        walk = _Walk(programme, clock, asked.limit, progress)
        walk.begin()
    walk.go()
    return _Telling(system, walk).frontier()


class _Walk:
    """The points found so far, each a search that has held what is left and burden."""

    def __init__(self, programme: Programme, clock: Clock, limit: int, progress: Callable[[str], None]) -> None:
        self.programme = programme
        self.clock = clock
        self.limit = limit
        self.progress = progress
        self.gaps = programme.objectives[0]
        pair = programme.ladder
        self.one, self.two = reversed(pair) if programme.options.order == "burden-first" else pair
        self.rest = [each for each in programme.objectives if each.stage in EQUALS]
        self.base = Search(programme, clock.part(WALK), None)
        self.points: list[Search] = []
        self.answers: list[Answer] = []
        self.whole = False
        """Whether the walk has come from one end to the other."""
        self.sure = True
        """Whether every search on the way was proven; one that was not may have jumped over points."""

    def begin(self) -> None:
        """Hold the unserved duties at their best."""
        self.progress("stage gaps")
        self.base.stage(self.gaps)

    def go(self) -> None:
        """Find points, then the first set of each, until done or told to stop."""
        try:
            self._go()
        except KeyboardInterrupt:
            self.clock.interrupt()
            self.progress = quiet
            if not self.points:
                raise
        while len(self.answers) < len(self.points):
            self.answers.append(self._settled(self.points[len(self.answers)]))

    def _go(self) -> None:
        near = self._point((self.one, self.two), self.base.best)
        far = self._point((self.two, self.one), near.best)
        self.whole = self._reached(near, far)
        while not self.whole and len(self.points) < self.limit and self._walking:
            near = self._point((self.one, self.two), far.best, self._better(near))
            self.whole = self._reached(near, far)
        while len(self.answers) < len(self.points):
            self.answers.append(self._settled(self.points[len(self.answers)]))

    @property
    def _walking(self) -> bool:
        return self.base.clock.stopped == "finished"

    def _reached(self, near: Search, far: Search) -> bool:
        """Whether the walk has come to the far end."""
        return self.worth(near, self.two) <= self.worth(far, self.two)

    def _point(self, stages: Sequence[Objective], begin: frozenset[int], *further: Row) -> Search:
        self.progress(f"{count(len(self.points), 'point', 'points')}, looking for another")
        base = self.base
        search = Search(self.programme, base.clock, begin, [*base.holds, *further], base.found)
        for objective in stages:
            search.stage(objective)
        self.sure = self.sure and all(found.proven for found in search.found)
        if self._new(search):
            self.points.append(search)
        return search

    def _new(self, search: Search) -> bool:
        """Whether no point is as good or better; one that was cut short may be worse than the far end."""
        return not any(
            all(self.worth(point, each) <= self.worth(search, each) for each in (self.one, self.two))
            for point in self.points
        )

    def _better(self, near: Search) -> Row:
        """At least one unit less of what the walk pays with."""
        most = self.worth(near, self.two) - 1 - self.two.constant
        return Row(self.two.terms, None, most, Reason("hold", (self.two.stage,)))

    def worth(self, search: Search, objective: Objective) -> Fraction:
        """What the set of a point is worth, in units of the objective."""
        return Fraction(objective.value(self.programme.complete(search.best)))

    def _settled(self, search: Search) -> Answer:
        """The first of the sets that are as good, in a fair part of the time that is left."""
        done, number = len(self.answers), len(self.points)
        self.progress(f"{count(number, 'point', 'points')}, the set of point {done + 1}")
        search.clock = self.clock.part(1 / (number - done))
        for objective in self.rest:
            search.stage(objective)
        return search.answer()


class _Telling:
    """The points in words."""

    def __init__(self, system: System, walk: _Walk) -> None:
        self.system = system
        self.walk = walk
        self.programme = walk.programme
        self.index = walk.programme.index
        self.left, self.burden = walk.programme.ladder
        self.conflicts = conflicts_of(weighed(system, walk.programme.options), walk.programme.options)
        self.verdicts: list[Verdict] = []

    def frontier(self) -> Frontier:
        points = tuple(self._points())
        complete = self.walk.whole and self.walk.sure
        answer = Frontier(
            system=self.system.hash,
            options=self.programme.options,
            points=points,
            complete=complete,
            stopped=self._stopped(complete, points),
            knee=knee(points) if complete else None,
        )
        refuse(judged.objections(self.system, answer, self.verdicts))
        return answer

    def _stopped(self, complete: bool, points: Sequence[FrontierPoint]) -> Any:  # noqa: FBT001
        enough = complete or len(self.walk.points) >= self.walk.limit
        if enough and all(point.proven and point.first for point in points):
            return "finished"
        ending = self.walk.clock.ending
        return "time limit" if ending == "finished" else ending  # that of the walk, or of one stage

    def _points(self) -> Iterator[FrontierPoint]:
        before: FrontierPoint | None = None
        for answer in self._undominated():
            before = self._point(answer, before)
            yield before

    def _undominated(self) -> list[Answer]:
        """From the least burden; a later point can dominate one that was not proven."""
        found = sorted(self.walk.answers, key=lambda each: (self._at(each), sorted(each.kept)))
        kept: list[Answer] = []
        for answer in found:
            if not kept or self._at(answer)[1] < self._at(kept[-1])[1]:
                kept.append(answer)
        return kept

    def _at(self, answer: Answer) -> tuple[int, int]:
        values = self.programme.complete(answer.kept)
        return self.burden.value(values), self.left.value(values)

    def _point(self, answer: Answer, before: FrontierPoint | None) -> FrontierPoint:
        ids = tuple(self.index.measures[self.programme.candidates[column]].id for column in sorted(answer.kept))
        self.verdicts.append(verdict_of(self.system, ids, self.programme.options))
        agree(answer, self.verdicts[-1])
        figures = self.verdicts[-1].figures
        known = frozenset(ids if before is None else before.measures)
        comes, goes = tuple(sorted({*ids} - known)), tuple(sorted(known - {*ids}))
        whole, units = self._at(answer), (self.burden.unit, self.left.unit)
        burden, left = (round(float(value * unit), 9) for value, unit in zip(whole, units, strict=True))
        return FrontierPoint(
            burden=burden,
            left=left,
            conflict=figures.conflict,
            unsaid=figures.unsaid,
            lost=figures.lost,
            measures=ids,
            measure_names=self._names(ids),
            comes=comes,
            comes_names=self._names(comes),
            goes=goes,
            goes_names=self._names(goes),
            down=() if before is None else self._down(before, comes),
            proven=all(each.proven for each in answer.stages[:3]),
            first=answer.best_proven and answer.first_proven,
            sentence=self._sentence(burden, left, before, comes, goes),
        )

    def _down(self, smaller: FrontierPoint, going: Iterable[str]) -> tuple[LadderStep, ...]:
        """What goes on the step down to a smaller set, on what ground."""
        kept = [self.index.measure_at[name] for name in smaller.measures]
        retirements = Retirements(self.programme, kept, self.conflicts)
        return tuple(self._step(retirements, self.index.measure_at[name]) for name in going)

    def _step(self, retirements: Retirements, at: int) -> LadderStep:
        row, said = self.index.measures[at], retirements.said(at)
        return LadderStep(
            measure=row.id,
            name=row.name,
            argued=bool(said) and all(each.said for each in said),
            said=said,
            reason=retirements.reason(at, said, *retirements.brought_back(at), weighed=False),
        )

    def _sentence(
        self,
        burden: float,
        left: float,
        before: FrontierPoint | None,
        comes: Sequence[str],
        goes: Sequence[str],
    ) -> str:
        if before is None:
            return "The least burden."
        fewer, more = burden - before.burden, _short(before.left - left)
        exchange = [f"{self._named(comes)} {_verb(comes, 'goes', 'go')}"] if comes else []
        exchange += [f"{self._named(goes)} {_verb(goes, 'comes', 'come')}"] if goes else []
        return f"{self._fewer(fewer)} {more} more in conflict and unsaid: {', '.join(exchange)}."

    def _fewer(self, fewer: float) -> str:
        if self.burden.unit == 1 and self._counted and fewer == int(fewer):
            return "One measure fewer costs" if fewer == 1 else f"{int(fewer)} measures fewer cost"
        return f"A burden less by {_short(fewer)} costs"

    @property
    def _counted(self) -> bool:
        """Whether burden is the number of measures."""
        return self.burden.terms == dict.fromkeys(range(len(self.programme.candidates)), 1)

    def _named(self, measures: Sequence[str]) -> str:
        return names([quoted(name) for name in self._names(measures)])

    def _names(self, measures: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.index.measures[self.index.measure_at[name]].name for name in measures)


def _short(value: float) -> str:
    """A difference to three digits that count."""
    return f"{value:,.3g}" if abs(value) < 1000 else number(value)


def _verb(words: Sequence[str], one: str, many: str) -> str:
    return one if len(words) == 1 else many


def knee(points: Sequence[FrontierPoint]) -> int | None:
    """The point, counted from 1, furthest below the line between the ends; nothing where that is not one point.

    Parameters
    ----------
    points
        All of them, from the least burden.
    """
    if len(points) < 3:
        return None
    wide, high = points[-1].burden - points[0].burden, points[0].left - points[-1].left
    below = [
        round(1 - (point.burden - points[0].burden) / wide - (point.left - points[-1].left) / high, 9)
        for point in points
    ]
    most = max(below)
    return below.index(most) + 1 if most > 0 and below.count(most) == 1 else None
