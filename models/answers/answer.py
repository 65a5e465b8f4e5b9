"""The one family of answers: whatever a verb gives back."""

from __future__ import annotations

import copy
import datetime as dt
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, cast

from pydantic import BaseModel

from alignment.errors import UnknownWord
from alignment.models.fields import FrozenMapping, Noun
from alignment.models.stopping import Stopped

from .html import glimpse
from .layout import cut
from .markdown import table as markdown

if TYPE_CHECKING:
    import pandas as pd

    from alignment.models.system import System

Stop = Stopped
"""Why a search ended."""

LINE: Final = 160
"""A longer title is cut. Unit: letters."""

Frames = Mapping[str, Callable[[], "pd.DataFrame"]]
"""Tables by name, each made when it is asked for."""


class Record(Noun):
    """What was asked of what, by what: enough to ask again."""

    verb: str
    """The name of the verb, as Python calls it."""
    input: str | None
    """The hash of what it was asked of; a system's does not depend on the order of its rows."""
    options: FrozenMapping[str, Any]
    """Everything that was asked, by the name of the option, defaults included."""
    versions: FrozenMapping[str, str]
    """The versions of this library and of its solvers, by name."""
    stopped: Stop = "finished"
    """Why the search ended."""
    only: tuple[str, ...] | None = None
    """The ids of the findings that the answer was narrowed to afterwards; blank is all."""


class Answer(ABC):
    """What a verb gives back: frozen, equal to what says the same; with a text, tables and JSON.

    How two answers came about, which their records tell, does not make them differ.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def frames(self) -> Frames:
        """Its tables by name, the first the one that is meant where none is named."""

    def to_frame(self, table: str | None = None) -> pd.DataFrame:
        """One of the answer's tables.

        Parameters
        ----------
        table
            Its name, one of `frames`; blank is the first.

        Raises
        ------
        UnknownWord
            There is no such table.
        """
        frames = self.frames
        if table is not None and table not in frames:
            raise UnknownWord(table, frames, "a table of this answer")
        return frames[next(iter(frames)) if table is None else table]()

    def to_markdown(self, table: str | None = None) -> str:
        """One of the answer's tables as Markdown, for papers and pages.

        Parameters
        ----------
        table
            Its name, one of `frames`; blank is the first.

        Raises
        ------
        UnknownWord
            There is no such table.

        Examples
        --------
        >>> import alignment as al
        >>> print(al.validate(al.read("winter-pressure")).to_markdown().splitlines()[0])
        | table | rows |
        """
        return markdown(self.to_frame(table))

    def to_text(self, width: int = 80) -> str:
        """The answer for people.

        Parameters
        ----------
        width
            Of a line, in characters.
        """
        return "\n".join(self._lines(width))

    def to_excel(
        self, path: str | os.PathLike[str], system: System | None = None, *, date: dt.date | None = None
    ) -> None:
        """Write the answer as a workbook: a cover, the contents, the answer in words, a table a sheet, notes.

        Parameters
        ----------
        path
            Where to, ending in .xlsx. The workbook of another answer is replaced once everything is written; nothing
            else is written over.
        system
            The system that was asked: its name stands on the cover, and a sheet of sources tells where the rows that
            the answer names are from.
        date
            The day that the cover bears; blank is none.

        Raises
        ------
        OptionError
            The path does not end in .xlsx, there is something else already, or the answer is of another system.
        OSError
            The path cannot be written to.

        Examples
        --------
        >>> import tempfile
        >>> import alignment as al
        >>> winter = al.read("winter-pressure")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     al.find_conflicts(winter).to_excel(f"{folder}/conflicts.xlsx", winter)
        """
        from alignment.reports.answer_workbook import write_answer

        # In the checkout this file has two names, and a checker takes them for two types.
        write_answer(cast("Any", self), Path(path), self._title(), system, date)

    def document(self) -> BaseModel:
        """The answer as plain data: what its JSON holds."""
        assert isinstance(self, BaseModel)
        return self

    def to_json(self, indent: int | None = 2) -> str:
        """The answer as JSON.

        Parameters
        ----------
        indent
            Of a line, in characters; none is all in one line.
        """
        return self.document().model_dump_json(indent=indent)

    def _title(self) -> str:
        """What it says, in a line."""
        return next(iter(self._lines(10_000)), "").rstrip(".:")

    def _glimpse(self) -> pd.DataFrame:
        """What of its tables somebody wants to see first: names rather than ids, what matters most on top."""
        return self.to_frame()

    def recorded(self, record: Record | None) -> Self:
        """The same answer with the record of how it came about; none makes it a part of another answer."""
        answer = copy.copy(self)
        cast("dict[str, Any]", answer.__dict__)["record"] = record
        return answer

    def __str__(self) -> str:
        return self.to_text()

    def __hash__(self) -> int:
        return hash((type(self), self._title()))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {cut(self._title(), LINE)}>"

    def _repr_html_(self) -> str:
        """At most a screen of it, for notebooks."""
        return glimpse(self._title(), self._glimpse(), self.frames)

    @abstractmethod
    def _lines(self, width: int) -> Iterable[str]:
        """The lines of the text."""


@dataclass(frozen=True, eq=False, repr=False)
class DataAnswer(Answer):
    """An answer that holds arrays, or works parts of itself out when asked; `document` says it as plain data."""

    record: Record | None = field(default=None, kw_only=True, compare=False)
    """How it came about; blank where it is a part of another answer."""

    @abstractmethod
    def document(self) -> BaseModel:
        """The answer as plain data: what its JSON holds."""

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if hasattr(value, "setflags"):
                value.setflags(write=False)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(_same(getattr(self, each.name), getattr(other, each.name)) for each in fields(self) if each.compare)

    # A class that says when two are equal has to say this anew.
    __hash__ = Answer.__hash__


def _same(one: Any, two: Any) -> bool:
    """Whether two values are the same; arrays are where every number is."""
    if hasattr(one, "setflags") and hasattr(two, "setflags"):
        return one.shape == two.shape and bool((one == two).all())
    return bool(one == two)


class Document(Noun):
    """An answer as plain data."""

    record: Record | None = None
    """How it came about; blank where it is a part of another answer."""


class AnswerNoun(Answer, Document):
    """An answer that is plain data itself."""

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in type(self).model_fields if name != "record")

    __str__ = Answer.__str__
    __repr__ = Answer.__repr__
    __hash__ = Answer.__hash__
