"""What every lens gives back: a paragraph, the rows that carry it, and what the tables lack."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator

from .answer import AnswerNoun
from .layout import fold


class Lens(AnswerNoun):
    """A claim of the literature on integrated care, looked for in a system."""

    system: str
    """The hash of the system."""
    paragraph: str
    """The answer in plain words."""
    missing: tuple[str, ...]
    """What the tables do not say, and what it would add; a sentence each."""

    @property
    def needs(self) -> str | None:
        """What the tables need before the lens can answer, in short; None where it answers."""
        return None

    def _title(self) -> str:
        return self.paragraph.partition(". ")[0].rstrip(".")

    def _lines(self, width: int) -> Iterator[str]:
        yield from fold(self.paragraph, width)
        yield from self._shown(width)
        yield from self._lacking(width)

    @abstractmethod
    def _shown(self, width: int) -> Iterable[str]:
        """The rows that carry the paragraph, with a blank line before each block."""

    def _lacking(self, width: int) -> Iterator[str]:
        # Where the lens cannot answer its paragraph says what is needed.
        some = () if self.needs else self.missing
        if some:
            yield ""
            yield "What the tables lack:"
        for sentence in some:
            yield from fold(sentence, width, 2, 4)
