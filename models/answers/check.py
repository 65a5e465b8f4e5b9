"""What the judge finds of a set of measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from alignment.models.numbers import count
from alignment.models.options.aligned_set import Options

from .answer import AnswerNoun, Frames
from .frame import beside, frame_of
from .layout import figure, section
from .proposal import (
    FIGURES,
    LOSS,
    Clash,
    Gap,
    SetFigures,
    VoiceChange,
    clashes_of,
    figures_of,
    gaps_of,
    losses,
    voices_of,
)

if TYPE_CHECKING:
    import pandas as pd


class Verdict(AnswerNoun):
    """What the judge finds of a set of measures, from the system alone."""

    system: str
    """The hash of the system."""
    options: Options
    """What was asked."""
    measures: tuple[str, ...]
    """The set, by id, in order."""
    figures: SetFigures
    """The set in figures."""
    unserved: tuple[Gap, ...]
    """Duties left unserved."""
    unbalanced: tuple[str, ...]
    """Tiers without a measure of a dimension that could have one, as tier/dimension."""
    clashes: tuple[Clash, ...]
    """The conflicts within the set, worst first."""
    voices: tuple[VoiceChange, ...]
    """Who keeps and who loses voice, largest loss first."""
    broken: tuple[str, ...]
    """The wishes that the set does not meet, in sentences; none for an aligned set."""

    @property
    def aligned(self) -> bool:
        """Whether the set meets every wish."""
        return not self.broken

    def _lines(self, width: int) -> Iterable[str]:
        return _verdict_lines(self, width)

    @property
    def frames(self) -> Frames:
        """Tables by name: ``findings``, ``figures``, ``gaps``, ``conflicts``, ``voices``."""
        return {
            "findings": self._findings,
            "figures": self._figures,
            "gaps": self._gaps,
            "conflicts": self._conflicts,
            "voices": self._voices,
        }

    def _findings(self) -> pd.DataFrame:
        """A row for each thing that is wrong with the set.

        Returns
        -------
        pandas.DataFrame
            ``finding`` ("wish not met", "duty not served" or "conflict"), ``agency`` (id), ``agency_name``, ``outcome``
            (id), ``outcome_name``, ``population`` (id), ``population_name`` (of a duty; else blank), ``measures`` (ids,
            joined by "; "), ``measure_names`` (joined in the same order; both of a conflict), ``weight`` (of a duty, or
            the severity of a conflict; float or blank), ``sentence``.
        """
        rows = [{**NOTHING, "finding": "wish not met", "sentence": sentence} for sentence in self.broken]
        rows += [
            {**NOTHING, "finding": "duty not served", **beside(gap, **gap.duty.model_dump()), "sentence": gap.reason}
            for gap in self.unserved
        ]
        rows += [
            {**NOTHING, "finding": "conflict", **beside(clash), "weight": clash.severity} for clash in self.clashes
        ]
        return frame_of(rows, tuple(NOTHING))

    def _figures(self) -> pd.DataFrame:
        """The set in figures, a row a figure.

        Returns
        -------
        pandas.DataFrame
            ``figure`` (a field of `SetFigures`, which tells its unit), ``label`` (in words), ``value`` (float or
            blank).
        """
        return figures_of(value=self.figures)

    def _gaps(self) -> pd.DataFrame:
        """A row for each duty that the set does not serve.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``outcome`` (id), ``outcome_name``, ``population`` (id; blank is
            everyone), ``population_name``, ``weight`` (float, above 0 to 1), ``reason`` (a sentence).
        """
        return gaps_of(self.unserved)

    def _conflicts(self) -> pd.DataFrame:
        """A row for each conflict within the set, worst first.

        Returns
        -------
        pandas.DataFrame
            ``conflict`` (id), ``measures`` (ids, joined by "; "), ``measure_names`` (joined in the same order),
            ``severity`` (float, 0 to 1), ``sentence``.
        """
        return clashes_of(self.clashes)

    def _voices(self) -> pd.DataFrame:
        """A row for each agency whose own measures serve some of its duties today, largest loss first.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``before``, ``after`` (int, duties that its own measures serve today, and
            that its own measures of the set still serve), ``loss`` (float, 0 to 1).
        """
        return voices_of(self.voices)

    def _title(self) -> str:
        broken = count(len(self.broken), "wish is not met", "wishes are not met")
        return f"{count(len(self.measures), 'measure', 'measures')}: {'every wish is met' if self.aligned else broken}"

    def _glimpse(self) -> pd.DataFrame:
        return self._findings()[["finding", "sentence", "weight"]]


NOTHING: Final[Mapping[str, Any]] = {
    "finding": None,
    **dict.fromkeys(("agency", "agency_name", "outcome", "outcome_name", "population", "population_name")),
    **dict.fromkeys(("measures", "measure_names"), ""),
    "weight": None,
    "sentence": None,
}
"""The columns of findings, and what says nothing in each."""


def _verdict_lines(verdict: Verdict, width: int) -> Iterator[str]:
    broken = count(len(verdict.broken), "wish is not met", "wishes are not met")
    yield "Every wish is met." if verdict.aligned else f"Not an aligned set: {broken}."
    yield ""
    for label, name, form in FIGURES:
        yield f"{label:24}{figure(getattr(verdict.figures, name), form):>12}"
    beyond = [gap.reason for gap in verdict.unserved if gap.reason not in verdict.broken]
    yield from section("Wishes not met", verdict.broken, width)
    yield from section("Other duties not served" if verdict.broken else "Duties not served", beyond, width)
    yield from section("Conflicts within the set", [clash.sentence for clash in verdict.clashes], width)
    yield from section(LOSS, losses(verdict.voices), width)
