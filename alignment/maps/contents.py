"""What is in a file whose format is to be told: a document, sheets, or one sheet; each read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from alignment.models.system import REQUIRED
from alignment.tables.guarded import content_of
from alignment.tables.json_text import NotJsonError, parsed
from alignment.tables.raw import refused

from .sheets import TEXT, Sheet, sheets_of, text_sheet


class Contents:
    """A file as far as somebody looked into it.

    Parameters
    ----------
    path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.suffix = path, path.suffix.lower()

    @cached_property
    def document(self) -> Any:
        """What it says as JSON; none where it is none."""
        try:
            return parsed(content_of(self.path))
        except NotJsonError:
            return None

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """The sheets of a workbook."""
        return sheets_of(self.path)

    @cached_property
    def sheet(self) -> Sheet:
        """The rows of a text file, or the first sheet of a workbook with something in it."""
        if self.suffix in TEXT:
            return text_sheet(self.path)
        sheet = next((sheet for sheet in self.sheets.values() if sheet.rows), None)
        if sheet is None:
            raise refused(self.path.name, "is empty", "Save the map into it")
        return sheet

    @property
    def is_a_system(self) -> bool:
        """Whether it is a workbook with the tables of a system."""
        return self.suffix not in TEXT and set(REQUIRED) <= {name.strip().lower() for name in self.sheets}
