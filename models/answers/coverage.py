"""What so many measures can do: the least weight of duties left unserved, number by number, and who is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.options.aligned_set import CoverageOptions
from alignment.models.stopping import Stopped

from .answer import AnswerNoun, Frames
from .frame import beside, frame_of, measure_rows
from .layout import fold

if TYPE_CHECKING:
    import pandas as pd

SHORTLIST: Final = 5
"""The number of measures that the headline tells of, where it takes more to serve all that can be served."""

SHOWN: Final = (1, 2, 3, 5, 10, 15, 20, 30, 50, 100, 200, 500, 1_000)
"""The numbers of measures that the text shows, besides the first and the last; all are in the table."""

NAMED: Final = 5
"""How many bodies left out the text names; the others are counted."""


class CoveragePoint(Noun):
    """What so many measures can do at best."""

    number: int
    """The most measures that are kept. Unit: measures."""
    gap_weight: float
    """The weight of the duties left unserved. Sum of weights."""
    bound: float
    """No set of so many leaves less unserved, as far as was proved. Sum of weights."""
    share: float | None
    """The share of the weight of all duties that is served, 0 to 1; blank where they weigh nothing."""
    served: int
    """How many duties are served."""
    gaps: int
    """How many are not."""
    measures: tuple[str, ...]
    """A set that does it, by id, in order. Sets of other numbers need not hold it."""
    measure_names: tuple[str, ...]
    """What people call them."""
    left_out: tuple[str, ...]
    """The agencies that have duties of which none is served, by id, in order."""
    left_out_names: tuple[str, ...]
    """What people call them."""
    proven: bool
    """Whether it is proved that no set of so many leaves less weight unserved."""
    first: bool
    """Whether it is proved that the set is the first by id of those that leave as little."""
    sentence: str
    """What so many measures do and whom they leave out, in a sentence."""


class Coverage(AnswerNoun):
    """For 1, 2, 3 and more measures the most that they can serve of what bodies answer for."""

    system: str
    """The hash of the system."""
    options: CoverageOptions
    """What was asked."""
    duties: int
    """How many duties there are."""
    bodies: int
    """How many agencies have any."""
    weight: float
    """What all duties weigh. Sum of weights."""
    least: float
    """What every candidate together leaves unserved. Sum of weights."""
    points: tuple[CoveragePoint, ...]
    """A point for each number of measures, from the least (1, or as many as must be kept)."""
    complete: bool
    """Whether the last point is proved to be the fewest measures that serve all that can be served."""
    stopped: Stopped
    """Why the search ended."""

    @property
    def proven(self) -> bool:
        """Whether of every point it is proved that as many measures cannot serve more."""
        return all(point.proven for point in self.points)

    @property
    def headline(self) -> str:
        """What a handful of measures does, how many it takes to do all that can be done, and how sure that is."""
        told = next((point for point in self.points if point.number == SHORTLIST), self.points[-1])
        return " ".join([told.sentence, *self._rest(told), *self._doubt()])

    def _rest(self, told: CoveragePoint) -> Iterator[str]:
        last = self.points[-1]
        if last.gap_weight > self.least:
            if last != told:
                yield f"{last.number} serve {share_words(last)}."
        elif self.least == self.weight:
            yield "No candidate serves any."
        elif last == told:
            yield f"More serve no more{', fewer less: proven' if self.complete else '; fewer may serve as much'}."
        else:
            yield f"All that can be served takes {last.number}{': proven' if self.complete else ' at most'}."

    def _doubt(self) -> Iterator[str]:
        unsure = sum(not point.proven for point in self.points)
        if unsure:
            yield f"Of {count(len(self.points), 'point', 'points')} {unsure} may be better than is known."

    @property
    def frames(self) -> Frames:
        """Tables by name: ``points``, ``measures``, ``agencies``."""
        return {"points": self._points, "measures": self._measures, "agencies": self._agencies}

    def _points(self) -> pd.DataFrame:
        """A row for each number of measures, fit for a chart.

        Returns
        -------
        pandas.DataFrame
            ``number`` (int, the most measures that are kept), ``gap_weight`` (float, the weight of duties left
            unserved), ``bound`` (float, no set leaves less), ``share`` (float, of the weight that is served, 0 to 1),
            ``served``, ``gaps`` (int, duties), ``agencies_left_out`` (int), ``measures`` (ids), ``measure_names``,
            ``left_out`` (ids of agencies), ``left_out_names``, ``proven``, ``first`` (bool), ``sentence``. Lists are
            joined by "; ".
        """
        rows = [beside(point, agencies_left_out=len(point.left_out)) for point in self.points]
        numbers = ("number", "gap_weight", "bound", "share", "served", "gaps", "agencies_left_out")
        lists = ("measures", "measure_names", "left_out", "left_out_names")
        return frame_of(rows, (*numbers, *lists, "proven", "first", "sentence"))

    def _measures(self) -> pd.DataFrame:
        """A row for each measure of each point.

        Returns
        -------
        pandas.DataFrame
            ``number`` (int, the most measures that are kept), ``measure`` (id), ``name``.
        """
        rows = [
            row
            for point in self.points
            for row in measure_rows(point.measures, point.measure_names, number=point.number)
        ]
        return frame_of(rows, ("number", "measure", "name"))

    def _agencies(self) -> pd.DataFrame:
        """A row for each agency that a point leaves out.

        Returns
        -------
        pandas.DataFrame
            ``number`` (int, the most measures that are kept), ``agency`` (id), ``agency_name``.
        """
        rows = [
            {"number": point.number, "agency": agency, "agency_name": name}
            for point in self.points
            for agency, name in zip(point.left_out, point.left_out_names, strict=True)
        ]
        return frame_of(rows, ("number", "agency", "agency_name"))

    def _title(self) -> str:
        return self.headline.rstrip(".")

    def _glimpse(self) -> pd.DataFrame:
        return self._points()[["number", "share", "gap_weight", "gaps", "left_out_names", "measure_names", "proven"]]

    def _lines(self, width: int) -> Iterable[str]:
        return _lines(self, width)


def share_words(point: CoveragePoint) -> str:
    """The share of the weight that is served, in words; all and nothing only where that is so."""
    if point.share is None:
        return "nothing"
    if point.gaps == 0:
        return "all"
    return f"{min(99, max(1, round(100 * point.share)))}%" if point.share else "nothing"


def _lines(coverage: Coverage, width: int) -> Iterator[str]:
    yield from fold(coverage.headline, width)
    yield ""
    yield f"{'measures':>12}{'served':>10}{'duties left out':>18}{'bodies left out':>18}"
    ends = {coverage.points[0].number, coverage.points[-1].number}
    for point in coverage.points:
        if point.number in ends.union(SHOWN):
            row = f"{point.number:>12}{share_words(point):>10}{point.gaps:>18}{len(point.left_out):>18}"
            yield row if point.proven else f"{row}  not proven"
            yield from fold(_who(point.left_out_names), width, 4, 6)


def _who(names: Sequence[str]) -> str:
    if not names:
        return ""
    rest = len(names) - NAMED
    words = [*names[:NAMED], *([count(rest, "other", "others")] if rest > 0 else [])]
    return f"Without {' and '.join([', '.join(words[:-1]), words[-1]] if len(words) > 1 else words)}."
