"""Every lens in a paragraph each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alignment.models.fields import Noun
from alignment.models.options.lenses import LensName

from .answer import AnswerNoun, Frames, Stop
from .frame import frame_of
from .layout import fold

if TYPE_CHECKING:
    import pandas as pd


class LensSaid(Noun):
    """What one lens says of a system."""

    lens: LensName
    """The lens."""
    question: str
    """What it asks."""
    paragraph: str
    """The answer in plain words."""
    missing: tuple[str, ...]
    """What the tables do not say, and what it would add; a sentence each."""


class Lenses(AnswerNoun):
    """What every lens says of a system, those that look at a set of one and the same."""

    system: str
    """The hash of the system."""
    measures: tuple[str, ...]
    """The set that was looked at, by id; empty where none meets all wishes."""
    lenses: tuple[LensSaid, ...]
    """Each lens, in the order of the method."""
    stopped: Stop
    """Why the search for the set ended; finished also where the set was given."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``lenses``, ``missing``."""
        return {"lenses": self._lenses, "missing": self._missing}

    def _lenses(self) -> pd.DataFrame:
        """A row for each lens.

        Returns
        -------
        pandas.DataFrame
            ``lens`` (its name), ``question``, ``paragraph``.
        """
        return frame_of(self.lenses, ("lens", "question", "paragraph"))

    def _missing(self) -> pd.DataFrame:
        """A row for each thing that the tables do not say.

        Returns
        -------
        pandas.DataFrame
            ``lens`` (its name), ``missing`` (what is missing, and what it would add).
        """
        rows = [{"lens": said.lens, "missing": sentence} for said in self.lenses for sentence in said.missing]
        return frame_of(rows, ("lens", "missing"))

    def _title(self) -> str:
        return f"{len(self.lenses)} lenses on one system"

    def _lines(self, width: int) -> Iterator[str]:
        for number, said in enumerate(self.lenses):
            yield from [""] if number else []
            yield from fold(f"{said.lens}: {said.question}", width)
            yield from fold(said.paragraph, width, 2, 2)
            for sentence in said.missing:
                yield from fold(f"Missing: {sentence}", width, 2, 4)
