"""A folder and a workbook broken in ten ways: ten faults in one run, each naming its cell and a remedy."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from alignment.models import Fault

from .conftest import Faults


class Break(NamedTuple):
    table: str
    row: int
    column: str
    cell: Any
    what: str
    remedy: str


TEN = (
    Break("tiers", 1, "level", "levels", "'levels' is not a column of tiers", "Did you mean 'level'?"),
    Break(
        "agencies",
        10,
        "id",
        "Two Words",
        "'Two Words' is not an id, which has only",
        "Write 'nhs-improvement', as other rows do",
    ),
    Break("measures", 5, "id", "ae-4h", "id 'ae-4h' is there already, in row 2", "Keep one of the two"),
    Break("measures", 6, "statutory", "maybe", "'maybe' is neither yes nor no", "Write yes or no"),
    Break("targets", 2, "sense", "atleast", "'atleast' is not one of at_least, at_most", "Did you mean 'at_least'?"),
    Break("targets", 3, "value", "9O", "'9O' is not a number", "Write the number in digits"),
    Break("targets", 4, "agency", "parliment", "'parliment' is not an id of agencies", "Did you mean 'parliament'?"),
    Break(
        "targets",
        9,
        "due",
        "3/4/2018",
        "'3/4/2018' could be 2018-04-03 or 2018-03-04",
        "Write 2018-04-03 or 2018-03-04",
    ),
    Break("influences", 2, "strength", 7, "'7' is above 3", "Write a number from -3 to 3"),
    Break("controls", 2, "share", None, "is blank", "Fill it in"),
)


def edit_csv(folder: Path, one: Break) -> None:
    path = folder / f"{one.table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[one.row - 1][rows[0].index(one.column)] = one.cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def edit_sheet(book: openpyxl.Workbook, one: Break) -> str:
    sheet = book[one.table]
    names = next(sheet.iter_rows(values_only=True))
    address = f"{get_column_letter(names.index(one.column) + 1)}{one.row}"
    sheet[address] = one.cell
    return address


def agree(found: tuple[Fault, ...], expected: tuple[Break, ...]) -> None:
    assert len(found) == len(expected), "\n".join(map(str, found))
    for fault, one in zip(found, expected, strict=True):
        assert (fault.table, fault.row) == (one.table, one.row)
        assert fault.column == (one.cell if one.row == 1 else one.column)
        assert one.what in fault.what
        assert one.remedy in fault.remedy


def test_folder_broken_in_ten_ways(london: Path, faults: Faults) -> None:
    for one in TEN:
        edit_csv(london, one)
    found = faults(london)
    agree(found, TEN)
    for fault, one in zip(found, TEN, strict=True):
        assert fault.where.startswith(f"{one.table}.csv, row {one.row}, column ")


def test_workbook_broken_in_ten_ways(london_book: Path, faults: Faults) -> None:
    book = openpyxl.load_workbook(london_book)
    addresses = [edit_sheet(book, one) for one in TEN]
    book.save(london_book)
    found = faults(london_book)
    agree(found, TEN)
    for fault, one, address in zip(found, TEN, addresses, strict=True):
        assert fault.where == f"sheet {one.table}, cell {address}, column {fault.column}"


@pytest.mark.parametrize("one", TEN, ids=lambda one: f"{one.table}-{one.column}")
def test_one_bad_cell_is_one_fault(one: Break, london: Path, faults: Faults) -> None:
    edit_csv(london, one)
    agree(faults(london), (one,))


def test_sentences_end_once(london: Path, faults: Faults) -> None:
    for one in TEN:
        edit_csv(london, one)
    for fault in faults(london):
        said = str(fault)
        assert said.endswith((".", "?"))
        assert not any(twice in said for twice in ("..", "?.", ". .", ": :"))
