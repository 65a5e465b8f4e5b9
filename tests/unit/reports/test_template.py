"""A template: what it holds, that it is read as it is, and what is said of an empty one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import alignment as al
from alignment.errors import InputError
from alignment.models.system import REQUIRED
from alignment.tables.column_notes import named_table, vocabulary
from alignment.tables.columns import columns, required
from alignment.tables.names import ROW_TYPES

FIRST = "x-start-here"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("template") / "region.xlsx"
    al.template(made)
    return made


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def headings(book: Any) -> Iterator[tuple[str, str, Any]]:
    for name in ROW_TYPES:
        for cell in book[name][1]:
            yield name, str(cell.value), cell


@pytest.mark.parametrize("name", ["region.xlsx", "region"])
def test_the_example_is_read_as_it_is(name: str, tmp_path: Path) -> None:
    al.template(tmp_path / name)
    assert al.read(tmp_path / name) == al.read("winter-pressure")


@pytest.mark.parametrize("name", ["region.xlsx", "region"])
def test_an_empty_one_says_what_to_fill(name: str, tmp_path: Path) -> None:
    al.template(tmp_path / name, empty=True)
    with pytest.raises(InputError) as caught:
        al.read(tmp_path / name)
    assert [fault.table for fault in caught.value.faults] == list(REQUIRED)
    assert {fault.row for fault in caught.value.faults} == {2}
    assert "Write a row for each; agency, measure and sense are needed" in str(caught.value.faults[2])


def test_an_empty_one_is_filled_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "region.xlsx"
    al.template(path, empty=True)
    book: Any = openpyxl.load_workbook(path)
    for name, row in {
        "agencies": {"id": "trust", "name": "Trust"},
        "measures": {"id": "beds", "name": "Beds in use"},
        "targets": {"agency": "trust", "measure": "beds", "sense": "decrease"},
    }.items():
        titles = [cell.value for cell in book[name][1]]
        for title, value in row.items():
            book[name].cell(2, titles.index(title) + 1).value = value
    book.save(path)
    assert str(al.read(path)) == "1 agency · 1 measure · 1 target"


def test_every_table_is_there_with_every_column(book: Any) -> None:
    assert book.sheetnames[0] == FIRST
    assert set(book.sheetnames) == {FIRST, *ROW_TYPES}
    assert {(name, title) for name, title, _ in headings(book)} == {
        (name, title) for name, row_type in ROW_TYPES.items() for title in columns(row_type)
    }


def test_every_heading_says_what_it_is_and_shows_an_example(book: Any) -> None:
    for name, title, cell in headings(book):
        note = cell.comment.text
        said = " ".join(str(ROW_TYPES[name].model_fields[title].description).split())
        assert said in note, (name, title)
        assert "Example: " in note, (name, title)


def test_what_is_required_is_told_by_more_than_colour(book: Any) -> None:
    for name, title, cell in headings(book):
        needed = title in required(ROW_TYPES[name])
        assert cell.font.b is needed
        assert cell.comment.text.startswith("Required." if needed else "May be blank.")
    to_fill = {row[1]: row[4] for row in book[FIRST].iter_rows(values_only=True)}
    assert to_fill["targets"] == "agency, measure, sense"


def validation(sheet: Worksheet, cell: str) -> Any:
    found = [each for each in sheet.data_validations.dataValidation if cell in each.sqref]
    assert len(found) <= 1
    return found[0] if found else None


def test_drop_down_lists_are_the_vocabularies_and_the_ids_of_other_sheets(book: Any) -> None:
    for name, title, cell in headings(book):
        sheet, row_type = book[name], ROW_TYPES[name]
        found = validation(sheet, f"{cell.column_letter}2")
        if known := vocabulary(row_type, title):
            assert found.formula1 == f'"{",".join(known)}"'
            assert len(found.formula1) <= 255
        elif other := named_table(row_type, title):
            assert found.formula1.startswith(f"OFFSET({other}!$A$2,")
            assert book[other]["A1"].value == "id"
        else:
            assert found is None, (name, title)
        if found is not None:
            assert found.type == "list"
            assert validation(sheet, f"{cell.column_letter}900") in {found, None if name == "about" else found}
            assert validation(sheet, f"{cell.column_letter}1") is None


def test_what_stands_in_the_example_is_among_the_choices(book: Any) -> None:
    for name, title, cell in headings(book):
        other, known = named_table(ROW_TYPES[name], title), vocabulary(ROW_TYPES[name], title)
        written: list[Any] = [row[cell.column - 1] for row in book[name].iter_rows(min_row=2, values_only=True)]
        if known:
            assert {each for each in written if each} <= set(known)
        elif other and title != "reported_at":
            ids = {row[0] for row in book[other].iter_rows(min_row=2, values_only=True)}
            assert {each for each in written if each} <= ids


def test_a_sheet_is_one_table_from_the_first_cell(book: Any) -> None:
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.value is not None for cell in sheet[1])
        assert all(sheet.column_dimensions[cell.column_letter].width >= len(str(cell.value)) for cell in sheet[1])
    assert (book.properties.title, book.properties.language) == ("Template of a system", "en-GB")


def test_the_first_sheet_goes_from_what_is_named_to_what_names_it(book: Any) -> None:
    steps = list(book[FIRST].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in steps] == list(range(1, len(ROW_TYPES) + 2))
    order = [row[1] for row in steps]
    assert order[1:4] == list(REQUIRED)
    assert order.index("resources") < order.index("draws")
    assert order.index("outcomes") < order.index("captures")
    adds = {row[1]: row[5] for row in steps}
    assert "spillover, unguarded, torn" in adds["influences"]
    assert all(adds.values())


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    for name in ("region.xlsx", "region"):
        al.template(tmp_path / name)
        with pytest.raises(InputError, match=r"is there already\. Give another name, or say that it may be replaced"):
            al.template(tmp_path / name, empty=True)
        assert al.read(tmp_path / name) == al.read("winter-pressure")
        al.template(tmp_path / name, empty=True, replace=True)
        with pytest.raises(InputError, match="nothing is filled in yet"):
            al.read(tmp_path / name)


def test_a_point_in_the_name_of_a_folder_is_no_ending(tmp_path: Path) -> None:
    al.template(tmp_path / "region.v2")
    assert (tmp_path / "region.v2" / "targets.csv").is_file()
    assert al.read(tmp_path / "region.v2") == al.read("winter-pressure")


@pytest.mark.parametrize(
    "name", ["region.csv", "region.json", "region.xls", "region.docx", "region.PDF", "region.prsm"]
)
def test_other_kinds_of_file_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is no kind of template\. Give a name that ends in \.xlsx"):
        al.template(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_says_the_same_in_a_text(tmp_path: Path) -> None:
    al.template(tmp_path / "region", empty=True)
    said = (tmp_path / "region" / "README.txt").read_text(encoding="utf-8")
    for name, row_type in ROW_TYPES.items():
        assert f"{name}." in said
        assert all(f"- {column}: " in said for column in columns(row_type))
    assert (tmp_path / "region" / "targets.csv").read_text().startswith("agency,measure,sense,id,value,upper")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed here")
def test_libre_office_keeps_the_drop_down_lists(path: Path, tmp_path: Path) -> None:
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    kept = openpyxl.load_workbook(tmp_path / "out" / "region.xlsx")
    sense = validation(kept["targets"], "C2")
    assert (sense.type, sense.formula1) == ("list", '"at_least,at_most,between,increase,decrease,hold"')
    agency = validation(kept["targets"], "A2")
    assert agency.type == "list"
    assert "agencies" in agency.formula1
    assert al.read(tmp_path / "out" / "region.xlsx") == al.read("winter-pressure")
