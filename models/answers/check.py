"""What the judge finds of a set of measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from alignment.models.numbers import count
from alignment.models.options.aligned_set import Options

from .answer import AnswerNoun, Frames
from .layout import figure, section

if TYPE_CHECKING:
    import pandas as pd

from .proposal import FIGURES, LOSS, Clash, Gap, Standing, VoiceChange, losses


class Verdict(AnswerNoun):
    """What the judge finds of a set of measures, from the system alone."""

    system: str
    """The hash of the system."""
    options: Options
    """What was asked."""
    measures: tuple[str, ...]
    """The set, by id, in order."""
    standing: Standing
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
        """Tables by name: ``findings``."""
        return {"findings": self._findings}

    def _findings(self) -> pd.DataFrame:
        """A row for each thing that is wrong with the set.

        Returns
        -------
        pandas.DataFrame
            ``finding`` ("wish not met", "duty not served" or "conflict"), ``agency``, ``outcome``, ``population`` (ids
            or blank), ``measures`` (ids joined by "; "), ``weight`` (of a duty, or the severity of a conflict; float
            or blank), ``sentence``.
        """
        import pandas as pd

        rows: list[tuple[str | float | None, ...]] = [
            ("wish not met", None, None, None, "", None, sentence) for sentence in self.broken
        ]
        rows += [
            ("duty not served", duty.agency, duty.outcome, duty.population, "", gap.weight, gap.reason)
            for gap in self.unserved
            for duty in [gap.duty]
        ]
        rows += [
            ("conflict", None, None, None, "; ".join(clash.measures), clash.severity, clash.sentence)
            for clash in self.clashes
        ]
        return pd.DataFrame(
            rows, columns=["finding", "agency", "outcome", "population", "measures", "weight", "sentence"]
        )


def _verdict_lines(verdict: Verdict, width: int) -> Iterator[str]:
    broken = count(len(verdict.broken), "wish is not met", "wishes are not met")
    yield "Every wish is met." if verdict.aligned else f"Not an aligned set: {broken}."
    yield ""
    for label, name, form in FIGURES:
        yield f"{label:24}{figure(getattr(verdict.standing, name), form):>12}"
    beyond = [gap.reason for gap in verdict.unserved if gap.reason not in verdict.broken]
    yield from section("Wishes not met", verdict.broken, width)
    yield from section("Other duties not served" if verdict.broken else "Duties not served", beyond, width)
    yield from section("Conflicts within the set", [clash.sentence for clash in verdict.clashes], width)
    yield from section(LOSS, losses(verdict.voices), width)
