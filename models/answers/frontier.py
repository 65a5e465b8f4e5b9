"""Burden against conflict and what is left unsaid: the sets that are best for some burden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.options.aligned_set import Options
from alignment.models.stopping import Stopped

from .answer import AnswerNoun, Frames
from .frame import beside, frame_of, measure_rows
from .layout import fold
from .proposal import SaidTo

if TYPE_CHECKING:
    import pandas as pd


class LadderStep(Noun):
    """A measure that goes on a step down the ladder, and what says it then."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    argued: bool
    """Whether every target on it is still said by the smaller set."""
    said: tuple[SaidTo, ...]
    """Body by body: who wanted something of it, and what says that then."""
    reason: str
    """On what ground it goes and what is lost, in a sentence."""


class FrontierPoint(Noun):
    """A set for which no other has less burden and leaves no more, or leaves less and has no more burden."""

    burden: float
    """Number of measures, or their cost where given, with the collections they need."""
    left: float
    """Conflict and what is left unsaid, together. In weights of targets."""
    conflict: float
    """Residual conflict. Sum of severities."""
    unsaid: float
    """What is said today and not by the set. Sum of weights."""
    lost: float
    """People's targets among that, which nothing in the set says far enough. Sum of weights."""
    measures: tuple[str, ...]
    """The set, by id, in order."""
    measure_names: tuple[str, ...]
    """What people call them."""
    comes: tuple[str, ...]
    """What it has that the point with the next smaller burden has not, by id."""
    comes_names: tuple[str, ...]
    """What people call that."""
    goes: tuple[str, ...]
    """What that point has that it has not, by id."""
    goes_names: tuple[str, ...]
    """What people call that."""
    down: tuple[LadderStep, ...] = ()
    """What goes on the step down to the next smaller burden, by id; nothing at the foot."""
    proven: bool
    """Whether it is proved that no set dominates it."""
    first: bool
    """Whether it is proved that its set is the first of the best for this burden and what it leaves."""
    sentence: str
    """What the step down from it costs, in a sentence."""


class Frontier(AnswerNoun):
    """Burden against conflict and what is left unsaid: every choice between the two that is worth a thought."""

    system: str
    """The hash of the system."""
    options: Options
    """What was asked."""
    points: tuple[FrontierPoint, ...]
    """The points, from the least burden to the least left; none dominates another."""
    complete: bool
    """Whether these are proved to be all there are."""
    stopped: Stopped
    """Why the search ended; finished also where as many were found as were asked for."""
    knee: int | None
    """The point, counted from 1, that lies furthest below the straight line between the ends, where each axis runs
    from 0 to 1; blank where no point lies below it, two lie as far, or the points are not all."""

    @property
    def proven(self) -> bool:
        """Whether every point is proved to be dominated by no set."""
        return all(point.proven for point in self.points)

    @property
    def headline(self) -> str:
        """How many points there are, from where to where, and how sure that is, in a line."""
        least, most = self.points[0], self.points[-1]
        number = count(len(self.points), "point", "points")
        span = f"burden {_number(least.burden)}, left {_number(least.left)}"
        if least != most:
            span += f" to burden {_number(most.burden)}, left {_number(most.left)}"
        if self.complete:
            return f"{number}, from {span}: all there are, proven."
        open_ones = sum(not point.proven for point in self.points)
        sure = f"{open_ones} not proven" if open_ones else "each proven"
        return f"At least {number}, from {span}: there may be more between them; {sure}."

    @property
    def frames(self) -> Frames:
        """Tables by name: ``points``, ``steps``, ``measures``."""
        return {"points": self._points, "steps": self._steps, "measures": self._measures}

    def _steps(self) -> pd.DataFrame:
        """A row for each measure that goes on a step down the ladder, from the top, and body that wanted it.

        Returns
        -------
        pandas.DataFrame
            ``point`` (int, its place from 1, from which the step goes down), ``goes`` (id), ``goes_name``, ``argued``
            (bool: still said to all), ``agency`` (id; blank where nobody's wish on it goes the way that is better for
            people), ``agency_name``, ``measure`` (id of what says it then, or blank), ``measure_name``, ``ground``,
            ``standing`` (float, 0 to 1), ``said`` (bool), ``reason``.
        """
        told = ("agency", "agency_name", "measure", "measure_name", "ground", "standing", "said")
        rows: list[dict[str, Any]] = []
        for at, point in reversed(list(enumerate(self.points, start=1))):
            for step in point.down:
                head = {"point": at, "goes": step.measure, "goes_name": step.name, "argued": step.argued}
                said = [beside(each) for each in step.said] or [dict.fromkeys(told)]
                rows += [{**head, **each, "reason": step.reason} for each in said]
        return frame_of(rows, ("point", "goes", "goes_name", "argued", *told, "reason"))

    def _points(self) -> pd.DataFrame:
        """A row for each point.

        Returns
        -------
        pandas.DataFrame
            ``point`` (int, its place from 1), ``burden`` (float, measures or their cost), ``left``, ``conflict``,
            ``unsaid``, ``lost`` (float, weights of targets), ``number`` (int, of measures), ``measures`` (ids),
            ``measure_names``, ``comes`` (ids of what it has that the point before has not), ``comes_names``, ``goes``
            (ids of what that has that it has not), ``goes_names``, ``proven``, ``first``, ``knee`` (bool),
            ``sentence``. Lists are joined by "; ".
        """
        rows = [
            beside(point, point=at, number=len(point.measures), knee=at == self.knee)
            for at, point in enumerate(self.points, start=1)
        ]
        lists = ("measures", "measure_names", "comes", "comes_names", "goes", "goes_names")
        return frame_of(rows, ("point", *WORTH, "number", *lists, "proven", "first", "knee", "sentence"))

    def _measures(self) -> pd.DataFrame:
        """A row for each measure of each point.

        Returns
        -------
        pandas.DataFrame
            ``point`` (int, its place from 1), ``measure`` (id), ``name``.
        """
        rows = [
            row
            for at, point in enumerate(self.points, start=1)
            for row in measure_rows(point.measures, point.measure_names, point=at)
        ]
        return frame_of(rows, ("point", "measure", "name"))

    def _title(self) -> str:
        return self.headline.rstrip(".")

    def _glimpse(self) -> pd.DataFrame:
        return self._points()[
            ["burden", "conflict", "unsaid", "lost", "number", "comes_names", "goes_names", "proven", "knee"]
        ]

    def _lines(self, width: int) -> Iterable[str]:
        return _lines(self, width)


WORTH = ("burden", "left", "conflict", "unsaid", "lost")
"""What a point is worth."""


def _number(value: float) -> str:
    return f"{value:,.6g}"


def _lines(frontier: Frontier, width: int) -> Iterator[str]:
    yield from fold(frontier.headline, width)
    yield ""
    yield f"{'burden':>12}{'conflict':>12}{'unsaid':>10}{'lost to people':>16}{'measures':>10}"
    for at, point in reversed(list(enumerate(frontier.points, start=1))):
        marks = [] if point.proven else ["not proven"]
        marks += ["knee"] if at == frontier.knee else []
        row = f"{_number(point.burden):>12}{_number(point.conflict):>12}{_number(point.unsaid):>10}"
        row += f"{_number(point.lost):>16}{len(point.measures):>10}"
        yield f"{row}  {', '.join(marks)}".rstrip()
        yield from fold(point.sentence, width, 4, 6)
        for step in point.down:
            # Of one measure that goes, the sentence has said the name.
            said = step.reason.removeprefix(f"“{step.name}”: ") if len(point.down) == 1 else step.reason
            yield from fold(said[:1].upper() + said[1:], width, 6, 8)
