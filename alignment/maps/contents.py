"""What is in a file whose format is to be told: read once, and looked at as a document, as sheets or as one sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from alignment.models.system import REQUIRED
from alignment.tables.guarded import content_of
from alignment.tables.json_text import NotJsonError, parsed
from alignment.tables.map_headings import Rows, headings_in
from alignment.tables.raw import refused
from alignment.tables.spreadsheet import SUFFIXES, Sheet as SheetOfBook, sheets_in
from alignment.tables.text import Known, Text
from alignment.tables.text_rows import text_in

from .sheets import Sheet, check_sound, sheets_of, text_sheet


class Contents:
    """A file, which is read when somebody first looks into it, and only then.

    Parameters
    ----------
    path
        The file.
    known
        How many headings some rows hold, of a table or the sheet of one.

    Attributes
    ----------
    path
        The file.
    place
        What its owner calls it.
    suffix
        The end of its name, in small letters.
    """

    def __init__(self, path: Path, known: Known = headings_in) -> None:
        self.path, self.place, self.suffix = path, path.name, path.suffix.lower()
        self._known = known

    @cached_property
    def content(self) -> bytes:
        """What is in it."""
        return content_of(self.path)

    @cached_property
    def _text(self) -> Text:
        return text_in(self.place, self.content)

    @property
    def text(self) -> str:
        """What it says as text, whatever its encoding.

        Raises
        ------
        InputError
            It is no text.
        """
        return self._text.content

    @cached_property
    def _parsed(self) -> Any:
        try:
            return parsed(self.content)
        except NotJsonError as error:
            return error

    @property
    def document(self) -> Any:
        """What it says as JSON; none where it is none."""
        return None if isinstance(self._parsed, NotJsonError) else self._parsed

    def json(self, remedy: str) -> Any:
        """What it says as JSON.

        Parameters
        ----------
        remedy
            What to do where it is none.

        Raises
        ------
        InputError
            It is none.
        """
        if isinstance(self._parsed, NotJsonError):
            raise refused(self.place, str(self._parsed), remedy) from self._parsed
        return self._parsed

    @cached_property
    def _book(self) -> Sequence[SheetOfBook]:
        return sheets_in(self.place, self.content)

    @property
    def sheet_names(self) -> frozenset[str]:
        """The names of the sheets of a workbook, in small letters."""
        return frozenset(sheet.name.strip().lower() for sheet in self._book)

    @cached_property
    def _sheets(self) -> Mapping[str, Sheet]:
        return sheets_of(self._book)

    @property
    def sheets(self) -> Mapping[str, Sheet]:
        """The sheets of a workbook.

        Raises
        ------
        InputError
            A cell is an error, or a formula that was never worked out.
        """
        check_sound(self.place, self._book)
        return self._sheets

    @cached_property
    def _sheet(self) -> Sheet:
        """The rows of a text file, or the first sheet of a workbook with a map on it, or with anything."""
        if not self._is_a_workbook:
            return text_sheet(self.place, self._text, self._known)
        found = [sheet for sheet in self._sheets.values() if sheet.rows]
        if not found:
            raise refused(self.place, "is empty", "Save the map into it")
        return next((sheet for sheet in found if self._known(sheet.cells)), found[0])

    @property
    def sheet(self) -> Sheet:
        """The rows of a text file, or of the sheet of a workbook that holds a map.

        Raises
        ------
        InputError
            It is no text, or there is nothing in it, or a cell of the workbook is an error.
        """
        if self._is_a_workbook:
            check_sound(self.place, self._book)
        return self._sheet

    def begins(self, at: Callable[[Rows], int | None]) -> bool:
        """Whether a map, and no system, begins in some row of its rows."""
        return not self.is_a_system and at(self._sheet.cells) is not None

    @property
    def _is_a_workbook(self) -> bool:
        return self.suffix in SUFFIXES

    @property
    def is_a_system(self) -> bool:
        """Whether it is a workbook with the tables of a system."""
        return self._is_a_workbook and set(REQUIRED) <= self.sheet_names
