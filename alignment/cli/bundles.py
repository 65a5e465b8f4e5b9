"""Bundles of services and people, from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alignment.errors import InputError
from alignment.maps.contents import Contents
from alignment.maps.sheets import Sheet

from .expert_tables import amount, body, placed, whole


def bundles_in(file: str) -> tuple[list[dict[str, Any]], Sheet]:
    """The bundles of a file, a row each, and the sheet that they are on; blank cells are left out.

    Parameters
    ----------
    file
        A CSV file or workbook with columns population, service, benefit and cost.

    Raises
    ------
    InputError
        It is no table.
    OSError
        It cannot be read.
    """
    try:
        sheet = whole(file, Contents(Path(file)).sheet)
    except InputError as error:
        raise InputError([placed(fault, file) for fault in error.faults]) from None
    headings = [heading.strip().casefold() for heading in sheet.header]
    rows = [zip(headings, cells, strict=True) for cells in body(sheet)]
    return [{heading: amount(cell) for heading, cell in row if cell not in (None, "")} for row in rows], sheet
