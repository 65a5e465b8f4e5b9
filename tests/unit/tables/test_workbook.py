"""A system as an Excel workbook."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.writer.excel import ExcelWriter

from alignment.errors import InputError
from alignment.models import System
from alignment.tables import read, workbook, write

from .conftest import LONDON, Faults

Small = dict[str, Any]


@pytest.fixture
def book(tmp_path: Path, small: Small) -> Path:
    path = tmp_path / "small.xlsx"
    write(read(small), path)
    return path


def edited(path: Path, sheet: str, **cells: Any) -> Path:
    found = openpyxl.load_workbook(path)
    for address, value in cells.items():
        found[sheet][address] = value
    found.save(path)
    return path


def noted(small: Small, text: str) -> System:
    small["agencies"][0]["note"] = text
    return read(small)


def test_london_comes_back(london_book: Path) -> None:
    system = read(london_book)
    assert system == read(LONDON)
    assert str(system) == "6 tiers · 137 agencies · 55 measures · 88 targets · 76 influences"
    assert read(london_book.rename(london_book.with_suffix(".XLSX"))) == system


def test_sheets_are_the_tables_in_their_order(book: Path) -> None:
    found = openpyxl.load_workbook(book)
    names = ["about", "tiers", "agencies", "outcomes", "measures", "targets", "influences", "controls"]
    assert found.sheetnames == names
    assert [[cell.value for cell in row] for row in found["measures"]] == [
        ["id", "name", "outcome", "baseline", "statutory", "reported_at"],
        ["beds", "Beds in use", "well", 95, None, None],
        ["waits", "Waits", None, None, "yes", "national;local"],
    ]
    assert found["targets"].freeze_panes == "A2"


def test_years_are_numbers_and_dates_are_text(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["targets"]
    names, *rows = sheet.iter_rows(values_only=True)
    assert rows[1][names.index("due")] == 2019
    assert rows[2][names.index("start")] == "2018-04-01"


@pytest.mark.parametrize(
    "text", ["=1+1", "=", "+1", "-1", "@x", "#N/A", "#x", "_x000D_", "0123", "TRUE", "1e5", "2018"]
)
def test_text_stays_text(text: str, tmp_path: Path, small: Small) -> None:
    system = noted(small, text)
    write(system, tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").agencies[0].note == text
    found = openpyxl.load_workbook(tmp_path / "a.xlsx")["agencies"]
    assert "f" not in {cell.data_type for row in found for cell in row}


def test_what_looks_like_an_escape_is_escaped_for_excel(tmp_path: Path, small: Small) -> None:
    write(noted(small, "a_x000D_b"), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert any(b"a_x005F_x000D_b" in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("number", [0.1 + 0.2, -0.0, 1e12, 1e-9, 123456789012.34567, -2.5])
def test_numbers_are_exact(number: float, tmp_path: Path, small: Small) -> None:
    small["measures"][0]["baseline"] = number
    write(read(small), tmp_path / "a.xlsx")
    assert repr(read(tmp_path / "a.xlsx").measures[0].baseline) == repr(number)


def test_what_excel_makes_of_cells(book: Path) -> None:
    # A real date, a true, a number where text stands, and a percentage.
    edited(book, "targets", F3=dt.datetime(2019, 3, 31), G4=2018)
    edited(book, "measures", E3=True, B2=4.0, D2=0.955)
    system = read(book)
    assert (system.targets[1].start, system.targets[2].due) == ("2019-03-31", "2018")
    assert system.measures[1].statutory is True
    assert (system.measures[0].name, system.measures[0].baseline) == ("4", 0.955)


def test_faults_name_their_cells(book: Path, faults: Faults) -> None:
    edited(book, "tiers", C2=dt.datetime(2018, 1, 1), E1="colour", E3="red")
    edited(book, "targets", I3="astray")
    assert [str(fault) for fault in faults(book)] == [
        (
            "sheet tiers, cell E1, column colour: 'colour' is not a column of tiers. "
            "If it is your own, call it 'x-colour'; "
            "columns that are not here yet: parent, source, verified, note."
        ),
        (
            "sheet tiers, cell C2, column level: '2018-01-01' is not a number. Write the number in digits, or keep the "
            "row elsewhere until it is known."
        ),
        (
            "sheet targets, cell I1: column 9 has no name, but something in row 3. "
            "Name the column; one of your own begins with x-."
        ),
    ]


def test_blank_rows_count(book: Path, faults: Faults) -> None:
    edited(book, "agencies", A9="late", B9="Late", C9="nowhere")
    (fault,) = faults(book)
    assert (fault.row, fault.cell) == (9, "C9")


def test_formulas_that_were_never_worked_out(book: Path, faults: Faults) -> None:
    edited(book, "measures", D2="=90+5", A3='="wai"&"ts"')
    baseline, id_ = faults(book)
    assert str(baseline) == (
        "sheet measures, cell D2, column baseline: holds a formula that was never worked out. "
        "Open the workbook in Excel and save it, or write the value in place of the formula."
    )
    # The id is not known, and what refers to it is not reported again.
    assert (id_.cell, id_.column) == ("A3", "id")


def test_results_of_formulas(book: Path, faults: Faults) -> None:
    edited(book, "measures", D2="=90+5", C3='=IF(TRUE,"",1)', B2="=1/0")
    results = {
        b"<f>90+5</f><v/>": b"<f>90+5</f><v>95.5</v>",
        b'<f>IF(TRUE,"",1)</f><v/>': b"<f>x</f><v></v>",
        b"<f>1/0</f><v/>": b"<f>1/0</f><v>#DIV/0!</v>",
    }
    kinds = {b'r="C3"': b'r="C3" t="str"', b'r="B2"': b'r="B2" t="e"'}
    rewrite(book, {**results, **kinds})
    (fault,) = faults(book)
    assert str(fault) == (
        "sheet measures, cell B2, column name: #DIV/0! is an error of the sheet. "
        "Correct the formula, or keep the row elsewhere if its value is not known."
    )
    rewrite(book, {b"<v>#DIV/0!</v>": b"<v>Beds</v>", b'r="B2" t="e"': b'r="B2" t="str"'})
    measure = read(book).measures[0]
    assert (measure.name, measure.baseline, read(book).measures[1].outcome) == ("Beds", 95.5, None)


def rewrite(path: Path, changes: dict[bytes, bytes]) -> None:
    """Change the sheet of measures as only Excel itself could."""
    with zipfile.ZipFile(path) as parts:
        found = {name: parts.read(name) for name in parts.namelist()}
    number = openpyxl.load_workbook(path).sheetnames.index("measures") + 1
    sheet = f"xl/worksheets/sheet{number}.xml"
    for old, new in changes.items():
        found[sheet] = found[sheet].replace(b"<v></v>", b"<v/>").replace(b"<v />", b"<v/>").replace(old, new)
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in found.items():
            parts.writestr(name, content)


def test_sheets_that_are_no_tables(book: Path, faults: Faults) -> None:
    found = openpyxl.load_workbook(book)
    found.create_sheet("Sheet1")
    found.save(book)
    assert read(book).about.name == "Small"
    found["Sheet1"]["B2"] = "something"
    found["targets"].title = "Target"
    found.create_sheet("populations")
    found.save(book)
    assert [str(fault) for fault in faults(book)] == [
        (
            "sheet populations: is empty. Name the columns in the first row, or begin its name with x- where it is not "
            "used."
        ),
    ]


def test_a_sheet_that_states_a_wrong_size(book: Path) -> None:
    system = read(book)
    with zipfile.ZipFile(book) as parts:
        found = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(book, "w") as parts:
        for name, content in found.items():
            wrong = b'<dimension ref="A1:A1"/><sheetData>'
            parts.writestr(name, content.replace(b"<sheetData>", wrong) if "/sheet" in name else content)
    assert read(book) == system


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as out:
        for name, part in parts.items():
            out.writestr(name.replace("__", "/"), part)
    return content.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"PK\x03\x04 cut off", zipped(a=b"b"), zipped(xl__workbook=b"<x")]
)
def test_what_is_no_workbook(content: bytes, tmp_path: Path, faults: Faults) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    (fault,) = faults(tmp_path / "a.xlsx")
    assert str(fault).startswith("a.xlsx: cannot be read as a workbook. Open it in Excel, and save it")


def test_a_workbook_cut_off_anywhere(book: Path, faults: Faults) -> None:
    content = book.read_bytes()
    for part in (2, 3, 10):
        book.write_bytes(content[: len(content) * (part - 1) // part])
        assert len(faults(book)) == 1


def test_a_sheet_of_broken_xml(book: Path, faults: Faults) -> None:
    rewrite(book, {b"</sheetData>": b"</sheet"})
    (fault,) = faults(book)
    assert fault.place == "small.xlsx"


def test_text_that_excel_would_cut_off_is_refused(tmp_path: Path, small: Small) -> None:
    write(noted(small, "x" * workbook.LONGEST), tmp_path / "a.xlsx")
    before = (tmp_path / "a.xlsx").read_bytes()
    too_long = noted(small, "\U0001f600" * (workbook.LONGEST // 2 + 1))
    small["measures"][1]["name"] = "_x0041_" * 4_000
    for system, wheres in (
        (too_long, ["a.xlsx, agencies[0].note"]),
        (noted(small, "y" * 40_000), ["a.xlsx, agencies[0].note", "a.xlsx, measures[1].name"]),
    ):
        with pytest.raises(InputError) as caught:
            write(system, tmp_path / "a.xlsx")
        assert [fault.where for fault in caught.value.faults] == wheres
    assert "takes 40,000 characters, and a cell of Excel holds 32,767. Shorten it, or write" in str(caught.value)
    assert (tmp_path / "a.xlsx").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_more_rows_than_excel_holds_are_refused(tmp_path: Path, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    write(read(small), tmp_path / "a.xlsx")
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    with pytest.raises(InputError, match="agencies has 3 rows, and a sheet of Excel holds 2 below its header"):
        write(read(small), tmp_path / "b.xlsx")
    assert not (tmp_path / "b.xlsx").exists()


def test_an_interrupted_write_leaves_the_old_file(book: Path, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    before = book.read_bytes()

    def interrupted(_: ExcelWriter) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ExcelWriter, "save", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(noted(small, "new"), book)
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == ["small.xlsx"]


def test_sheets_of_ones_own_are_kept_when_a_workbook_is_replaced(book: Path, small: Small) -> None:
    found = openpyxl.load_workbook(book)
    found.create_sheet("x-mine")["A1"] = "mine"
    found.save(book)
    before = book.read_bytes()
    write(noted(small, "new"), book)
    write(noted(small, "newer"), book)
    assert {path.name: path.read_bytes() for path in book.parent.iterdir() if path != book} == {
        "small.xlsx.old": before
    }
    assert read(book) == noted(small, "newer")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b'{"mine": 1}'),
        ("a.json", b"["),
        ("a.json", b"[{}]"),
        ("a.json", b'[["measures", []]]'),
        ("a.xlsx", b"no workbook"),
    ],
)
def test_files_of_others_are_kept_when_they_are_replaced(
    name: str, content: bytes, tmp_path: Path, small: Small
) -> None:
    (tmp_path / name).write_bytes(content)
    write(read(small), tmp_path / name)
    assert (tmp_path / f"{name}.old").read_bytes() == content


def test_a_chart_on_a_sheet_of_its_own_is_kept(book: Path, small: Small) -> None:
    found = openpyxl.load_workbook(book)
    found.create_chartsheet("Chart")
    found.save(book)
    before = book.read_bytes()
    assert read(book) == read(small)
    write(noted(small, "new"), book)
    assert (book.parent / "small.xlsx.old").read_bytes() == before


def test_only_tables_are_replaced_without_a_copy(tmp_path: Path, small: Small) -> None:
    for name in ("a.xlsx", "a.json"):
        write(read(small), tmp_path / name)
        write(noted(small, "new"), tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "a.xlsx"]


@pytest.mark.parametrize("name", ["a.json", "a.xlsx"])
def test_what_is_too_large_to_be_looked_into_is_kept(
    name: str, tmp_path: Path, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALIGNMENT_LARGEST_MB", "1")
    with (tmp_path / name).open("wb") as file:
        file.truncate(2_000_000)
    write(read(small), tmp_path / name)
    assert (tmp_path / f"{name}.old").stat().st_size == 2_000_000


def test_nothing_is_kept_where_nothing_is_written(tmp_path: Path, small: Small) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    with pytest.raises(InputError, match="Shorten it"):
        write(noted(small, "y" * 40_000), tmp_path / "a.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
