"""A workbook broken in twenty-five ways: all told in one run, and a mended copy with the true ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import openpyxl
import pytest

import alignment as al
from alignment.models import Fault, Note

from .cases import book, place


class Break(NamedTuple):
    """A way in which a workbook is broken."""

    sheet: str
    cell: str
    content: Any
    where: str
    """Where it is told."""
    word: str
    """What must be said of it."""
    remedy: str = ""
    """What must be said to do; of what is only noted, nothing."""


def percent(cell: Any) -> None:
    cell.value, cell.number_format = 0.92, "0%"


def day(cell: Any) -> None:
    cell.value = dt.datetime(2026, 3, 1)


def merged(cell: Any) -> None:
    cell.parent.merge_cells("C5:C6")


def error(cell: Any) -> None:
    cell.value, cell.data_type = "#REF!", "e"


def title(cell: Any) -> None:
    cell.parent.insert_rows(1)
    cell.parent["A1"] = cell.parent.title.title()


WAYS: Final = (
    # What is put right, and noted.
    Break("Cover", "B2", "Agreed by the board", "sheet Cover", "passed over"),
    Break("agencies", "B1", "Name", "sheet agencies, row 1", "headings are read as columns: 'Name' as name"),
    Break("outcomes", "A6", "Source: our own returns", "sheet outcomes, row 6", "footnote"),
    Break("measures", "C5", merged, "sheet measures, cell C5", "C5:C6 is merged"),
    Break("measures", "D2", "Lower", "sheet measures, cell D2, column direction", "read as lower"),
    Break("measures", "F2", "95,5", "sheet measures, cell F2, column baseline", "read as 95.5"),
    Break("measures", "F3", "[x]", "sheet measures, cell F3, column baseline", "read as blank"),
    Break("targets", "A2", "Department of Health", "sheet targets, cell A2, column agency", "read as dept"),
    Break("targets", "D2", percent, "sheet targets, cell D2, column value", "92% was read as 92"),
    Break("targets", "D3", "5", "sheet targets, cell D3, column value", "is text in the sheet"),
    Break("targets", "E2", "31 March 2027", "sheet targets, cell E2, column due", "read as 2027-03-31"),
    Break("influences", "A1", title, "sheet influences, row 1", "read from row 2"),
    # What nobody can put right but its owner.
    Break("agencies", "A5", "Two Words", "sheet agencies, cell A5, column id", "is not an id", "Write 'Two-Words'"),
    Break("agencies", "C1", "powr", "sheet agencies, cell C1, column powr", "is not a column", "Did you mean 'power'?"),
    Break("outcomes", "A5", "safe", "sheet outcomes, cell A5, column id", "is there already", "an id of its own"),
    Break("outcomes", "B3", None, "sheet outcomes, cell B3, column name", "is blank", "Fill it in"),
    Break(
        "measures", "A6", day, "sheet measures, cell A6, column id", "Excel makes dates", "Format the column as text"
    ),
    Break("measures", "D4", "sideways", "sheet measures, cell D4, column direction", "is not one of", "Write one"),
    Break("measures", "F4", error, "sheet measures, cell F4, column baseline", "#REF!", "Correct the formula"),
    Break("measures", "F5", "6O", "sheet measures, cell F5, column baseline", "is not a number", "in digits"),
    Break("targets", "B5", "home-fees", "sheet targets, cell B5, column measure", "is not an id of", "'home-fee'?"),
    Break(
        "targets", "C4", "atmost", "sheet targets, cell C4, column sense", "is not one of", "Did you mean 'at_most'?"
    ),
    Break("targets", "E4", "soon", "sheet targets, cell E4, column due", "neither a year", "Write"),
    Break("influences", "C4", 7, "sheet influences, cell C4, column strength", "above 3", "from -3 to 3"),
    Break("contrls", "A1", "agency", "sheet contrls", "is not a table", "Did you mean 'controls'?"),
)


def broken(home: Path, ways: tuple[Break, ...]) -> Path:
    """The workbook, broken."""
    tables = place()
    tables["agencies"].append({"id": "police", "name": "Police"})
    tables["outcomes"].append({"id": "fair", "name": "People are treated fairly"})
    tables["measures"].append({**tables["measures"][0], "id": "calls", "name": "Calls", "outcome": "safe"})
    tables["measures"][3]["outcome"] = "safe"
    for row in tables["targets"]:
        row["due"] = "2026"
    path = book(tables, home / "system.xlsx")
    found = openpyxl.load_workbook(path)
    found.create_sheet("Cover", 0)
    for way in ways:
        sheet: Any = found[way.sheet] if way.sheet in found.sheetnames else found.create_sheet(way.sheet)
        cell = sheet[way.cell]
        if callable(way.content):
            way.content(cell)
        else:
            cell.value = way.content
    found.save(path)
    return path


def told(path: Path) -> tuple[tuple[Fault, ...], tuple[Note, ...]]:
    try:
        return (), al.read(path).notes
    except al.InputError as refused:
        return refused.faults, refused.notes


HARMLESS: Final = tuple(way for way in WAYS if not way.remedy)
TRUE: Final = tuple(way for way in WAYS if way.remedy)


def agree(found: Sequence[Fault | Note], ways: Sequence[Break]) -> None:
    """Whether each way is told once, at its place, and nothing else."""
    assert len(found) == len(ways), "\n".join(map(str, found))
    for way in ways:
        (one,) = [one for one in found if one.where == way.where]
        assert way.word in one.what
        assert not isinstance(one, Fault) or way.remedy in one.remedy


def test_there_are_twenty_five_ways() -> None:
    assert len(WAYS) == len({way.where for way in WAYS}) == 25


def test_all_are_told_in_one_run(tmp_path: Path) -> None:
    faults, notes = told(broken(tmp_path, WAYS))
    agree(faults, TRUE)
    agree(notes, HARMLESS)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.sheet}-{way.cell}")
def test_one_way_is_told_once(way: Break, tmp_path: Path) -> None:
    if way.sheet == "influences" and way.remedy:
        # Its row is one higher where no title stands above.
        way = way._replace(cell="C3", where=way.where.replace("C4", "C3"))
    path = broken(tmp_path, (way,))
    faults, notes = told(path)
    agree(faults, [way] if way.remedy else [])
    agree(
        [note for note in notes if "passed over" not in note.what or way.word in note.what], [] if way.remedy else [way]
    )


def test_a_mended_copy_has_the_true_faults_only(tmp_path: Path) -> None:
    left = al.fix(broken(tmp_path, WAYS), tmp_path / "copy.xlsx")
    faults, notes = told(tmp_path / "copy.xlsx")
    assert [(fault.where, fault.what, fault.remedy) for fault in faults] == [
        (fault.where, fault.what, fault.remedy) for fault in left
    ]
    assert not notes
    # The title above influences is gone, and its rows are one higher.
    agree(faults, [way._replace(where=way.where.replace("C4, column strength", "C3, column strength")) for way in TRUE])


def test_each_true_fault_is_a_comment_at_its_cell(tmp_path: Path) -> None:
    left = al.fix(broken(tmp_path, WAYS), tmp_path / "copy.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    told_at: dict[str, str] = {
        f"sheet {sheet.title}, cell {cell.coordinate}": cell.comment.text
        for sheet in copy
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
    cells = {f"{fault.place}, cell {fault.cell}": fault for fault in left if fault.cell}
    assert told_at.keys() == cells.keys()
    assert len(cells) == len(TRUE) - 1  # A sheet that is no table has no cell of its own.
    for address, fault in cells.items():
        assert fault.what in told_at[address]
        assert fault.remedy in told_at[address]
