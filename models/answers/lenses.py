"""Every lens in a paragraph each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from alignment.models.fields import Noun
from alignment.models.options.aligned_set import Options
from alignment.models.options.lenses import LensName

from .answer import AnswerNoun, Frames, Stop
from .frame import frame_of
from .layout import fold, section

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
    needs: str | None
    """What the tables need before the lens can answer, in short; blank where it answers."""


class Lenses(AnswerNoun):
    """What every lens says of a system, those that look at a set of one and the same."""

    system: str
    """The hash of the system."""
    options: Options
    """What was asked of the set."""
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
            ``lens`` (its name), ``question``, ``paragraph``, ``needs`` (what the tables need before it can answer, or
            blank).
        """
        return frame_of(self.lenses, ("lens", "question", "paragraph", "needs"))

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
        answered, unanswered = ([said for said in self.lenses if bool(said.needs) is needy] for needy in (False, True))
        for number, said in enumerate(answered):
            yield from [""] if number else []
            yield from fold(f"{said.lens}: {said.question}", width)
            yield from fold(said.paragraph, width, 2, 2)
        yield from section("What the tables lack", _lacking(answered), width, LACKING, "missing")
        if unanswered:
            needs = ", ".join(f"{said.lens} (needs {said.needs})" for said in unanswered)
            yield ""
            yield from fold(f"Cannot be answered from these tables: {needs}.", width)


def _lacking(answered: Iterable[LensSaid]) -> Iterator[str]:
    """What lenses that answer miss, each sentence once, with those that miss it."""
    lenses: dict[str, list[str]] = {}
    for said in answered:
        for sentence in said.missing:
            lenses.setdefault(sentence, []).append(said.lens)
    yield from (f"{', '.join(names)}: {sentence}" for sentence, names in lenses.items())


LACKING: Final = 8
"""So many sentences of what is missing are shown; the rest is counted."""
