"""Burden against residual conflict: the sets that are best for some burden."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .fields import Answer, Noun
from .options import Options
from .stopping import Stopped
from .system import count

if TYPE_CHECKING:
    import pandas as pd


class FrontierPoint(Noun):
    """A set for which no other has less burden and no more conflict, or less conflict and no more burden."""

    burden: float
    """Number of measures, or their cost where given, with the collections they need."""
    conflict: float
    """Residual conflict. Sum of severities."""
    measures: tuple[str, ...]
    """The set, by id, in order."""
    comes: tuple[str, ...]
    """What it has that the point with the next smaller burden has not, by id."""
    goes: tuple[str, ...]
    """What that point has that it has not, by id."""
    proven: bool
    """Whether it is proved that no set dominates it."""
    first: bool
    """Whether it is proved that its set is the first of the best for this burden and conflict."""
    sentence: str
    """What the further burden buys, in a sentence."""


class Frontier(Answer):
    """Burden against residual conflict: every choice between the two that is worth a thought."""

    system: str
    """The hash of the system."""
    options: Options
    """What was asked."""
    points: tuple[FrontierPoint, ...]
    """The points, from the least burden to the least conflict; none dominates another."""
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
        span = f"burden {_number(least.burden)}, conflict {_number(least.conflict)}"
        if least != most:
            span += f" to burden {_number(most.burden)}, conflict {_number(most.conflict)}"
        if self.complete:
            return f"{number}, from {span}: all there are, proven."
        open_ones = sum(not point.proven for point in self.points)
        sure = f"{open_ones} not proven" if open_ones else "each proven"
        return f"At least {number}, from {span}: there may be more between them; {sure}."

    def to_frame(self) -> pd.DataFrame:
        """A row for each point.

        Returns
        -------
        pandas.DataFrame
            ``point`` (number, from 1), ``burden``, ``conflict`` (float), ``number`` (of measures), ``measures``,
            ``comes``, ``goes`` (ids joined by "; "), ``proven``, ``first``, ``knee`` (bool), ``sentence``.
        """
        import pandas as pd

        names = ["point", "burden", "conflict", "number", "measures", "comes", "goes"]
        rows = [
            (
                *(at, point.burden, point.conflict, len(point.measures)),
                *("; ".join(words) for words in (point.measures, point.comes, point.goes)),
                *(point.proven, point.first, at == self.knee, point.sentence),
            )
            for at, point in enumerate(self.points, start=1)
        ]
        return pd.DataFrame(rows, columns=[*names, "proven", "first", "knee", "sentence"])

    def _lines(self, width: int) -> Iterable[str]:
        return _lines(self, width)

    def __repr__(self) -> str:
        return f"<Frontier: {self.headline[:-1]}>"


def _number(value: float) -> str:
    return f"{value:,.6g}"


def _lines(frontier: Frontier, width: int) -> Iterator[str]:
    yield from textwrap.wrap(frontier.headline, width)
    yield ""
    yield f"{'burden':>12}{'conflict':>12}{'measures':>10}"
    for at, point in enumerate(frontier.points, start=1):
        marks = [] if point.proven else ["not proven"]
        marks += ["knee"] if at == frontier.knee else []
        row = f"{_number(point.burden):>12}{_number(point.conflict):>12}{len(point.measures):>10}"
        yield f"{row}  {', '.join(marks)}".rstrip()
        yield from textwrap.wrap(point.sentence, width, initial_indent="    ", subsequent_indent="      ")
