"""Workbooks as people have them: covers, hidden sheets, merged cells, percentages, other programs' formats."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import alignment as al
from alignment.models import System
from alignment.tables.disguises import LOCKED, OLE
from tests.old_workbook import old_workbook

from .cases import book, place
from .conftest import Faults

PLAIN = al.read(place())

Change = Callable[[Any], None]
Make = Callable[..., Path]


@pytest.fixture
def changed(tmp_path: Path) -> Make:
    """The system as a workbook that is changed before it is saved."""

    def make(*changes: Change) -> Path:
        path = book(place(), tmp_path / "system.xlsx")
        found = openpyxl.load_workbook(path)
        for change in changes:
            change(found)
        found.save(path)
        return path

    return make


def notes(system: System) -> list[str]:
    return list(map(str, system.notes))


def sheet(name: str, *rows: list[Any], state: str = "visible", at: int | None = None) -> Change:
    """Add a sheet."""

    def change(found: Workbook) -> None:
        added: Any = found.create_sheet(name, at)
        added.sheet_state = state
        for row in rows:
            added.append(row)

    return change


def called(old: str, new: str) -> Change:
    def change(found: Workbook) -> None:
        # By way of another: to openpyxl, names that differ in capitals are one.
        found[old].title = "other"
        found["other"].title = new

    return change


# The cases cover-sheets and hidden-lists.
@pytest.mark.parametrize(
    ("name", "state", "rows"),
    [
        ("Cover", "visible", [["Performance framework"], ["Agreed by the board"]]),
        ("Contents", "visible", [["1", "agencies"], ["2", "measures"]]),
        ("About", "visible", [["This workbook says what each body is judged by"]]),
        ("Sources", "visible", [["Where figures are from"]]),
        ("Lists", "hidden", [["at_least"], ["at_most"]]),
        ("Old measures", "veryHidden", [["id", "name"], ["beds", "Beds"]]),
        ("Chart data", "visible", [["Year", 2019, 2020], ["Beds", 1, 2]]),
    ],
)
def test_sheets_that_are_no_tables_are_passed_over(name: str, state: str, rows: list[list[Any]], changed: Make) -> None:
    system = al.read(changed(sheet(name, *rows, state=state, at=0)))
    hidden = "" if state == "visible" else "hidden and "
    assert system == PLAIN
    assert notes(system) == [f"sheet {name}: is {hidden}no table of a system, and was passed over."]


def test_a_hidden_table_is_read(changed: Make) -> None:
    def hide(found: Workbook) -> None:
        found["influences"].sheet_state = "hidden"

    system = al.read(changed(hide))
    assert (system, notes(system)) == (PLAIN, ["sheet influences: is hidden, and was read."])


@pytest.mark.parametrize("name", ["Measures", " measures ", "Mesures", "Measure", "Indicators", "KPIs"])
def test_sheets_called_otherwise(name: str, changed: Make) -> None:
    system = al.read(changed(called("measures", name)))
    assert (system, notes(system)) == (PLAIN, [f"sheet {name}: is read as the table measures."])


def test_a_name_that_comes_near_is_not_enough(changed: Make, faults: Faults) -> None:
    def empty(found: Workbook) -> None:
        found["Mesures"]["A1"] = "Chapter"

    (fault,) = faults(changed(called("measures", "Mesures"), empty))
    assert (fault.what, fault.remedy) == ("'Mesures' is not a table of a system", "Did you mean 'measures'?")


def test_a_sheet_that_looks_like_a_table_is_asked_about(changed: Make, faults: Faults) -> None:
    path = changed(sheet("Sheet1", ["agency", "measure", "share"]), sheet("x-mine", ["agency", "measure", "share"]))
    (fault,) = faults(path)
    assert (fault.place, fault.remedy[:26]) == ("sheet Sheet1", "Begin its name with x- to ")


def test_two_sheets_for_one_table(changed: Make, faults: Faults) -> None:
    (fault,) = faults(changed(sheet("Mesures", ["id", "name"])))
    assert fault.what == "sheet measures and sheet Mesures are both the table measures"


def merged(name: str, *ranges: str) -> Change:
    def change(found: Workbook) -> None:
        for each in ranges:
            found[name].merge_cells(each)

    return change


# The case merged-outcome.
def test_merged_cells_are_read_in_each_row(changed: Make) -> None:
    system = al.read(changed(merged("measures", "C2:C4")))
    assert [measure.outcome for measure in system.measures] == ["value", "value", "value", "heard"]
    assert notes(system) == ["sheet measures, cell C2: C2:C4 is merged: its value is read in each of its rows."]


# The case merged-deliverer.
def test_a_column_merged_over_all_rows(changed: Make) -> None:
    def deliverer(found: Workbook) -> None:
        found["targets"]["E1"], found["targets"]["E2"] = "for_agency", "hospital"

    system = al.read(changed(deliverer, merged("targets", "E2:E6")))
    assert {target.for_agency for target in system.targets} == {"hospital"}


def test_merges_beyond_the_rows_make_none(changed: Make) -> None:
    system = al.read(changed(merged("measures", "C4:C40", "A41:F41", "A50:A60")))
    assert [measure.outcome for measure in system.measures] == ["value", "safe", "value", "value"]
    assert len(system.measures) == 4


def test_a_title_merged_across_the_columns(changed: Make) -> None:
    def title(found: Workbook) -> None:
        found["targets"].insert_rows(1, 2)
        found["targets"]["A1"] = "Targets agreed for 2026/27"
        found["targets"].merge_cells("A1:D2")

    system = al.read(changed(title))
    assert (system, "is read from row 3" in notes(system)[-1]) == (PLAIN, True)


def test_headings_over_two_rows(changed: Make) -> None:
    def two(found: Workbook) -> None:
        targets = found["targets"]
        targets.insert_rows(1)
        for letter, title in zip("ABC", ("agency", "measure", "sense"), strict=True):
            targets[f"{letter}1"] = title
            targets[f"{letter}2"] = None
            targets.merge_cells(f"{letter}1:{letter}2")
        targets["D1"], targets["D2"] = "Agreed", "value"

    assert al.read(changed(two)) == PLAIN


def test_many_merged_ranges_are_noted_in_a_few_lines(tmp_path: Path) -> None:
    tables = place()
    tables["measures"] = [
        {"id": f"m{n}", "name": f"Measure {n}", "outcome": "safe" if n % 2 else None} for n in range(1, 21)
    ]
    tables["targets"], tables["influences"] = [{"agency": "dept", "measure": "m1", "sense": "increase"}], []
    path = book(tables, tmp_path / "a.xlsx")
    found = openpyxl.load_workbook(path)
    for row in range(2, 22, 2):
        found["measures"].merge_cells(f"C{row}:C{row + 1}")
    del found["influences"]
    found.save(path)
    system = al.read(path)
    assert {measure.outcome for measure in system.measures} == {"safe"}
    assert len(system.notes) == 6
    assert notes(system)[-1] == "sheet measures: 5 more merged ranges are read so."


# The case percent-one-cell.
@pytest.mark.parametrize("style", ["0%", "0.0%", "0.00 %;[Red]-0.00 %", "0%_)"])
def test_a_percentage_is_the_number_that_is_shown(style: str, changed: Make) -> None:
    def percent(found: Workbook) -> None:
        found["targets"]["D2"] = 0.92
        found["targets"]["D2"].number_format = style

    system = al.read(changed(percent))
    assert (system, len(system.notes)) == (PLAIN, 1)
    assert "cell D2" in notes(system)[0]


@pytest.mark.parametrize("style", ['0"%"', r"0\%", "General", "0.00"])
def test_a_sign_that_is_only_written_is_no_percentage(style: str, changed: Make) -> None:
    def percent(found: Workbook) -> None:
        found["targets"]["D2"].number_format = style

    system = al.read(changed(percent))
    assert (system, system.notes) == (PLAIN, ())


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(found: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return out.getvalue()


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
}


def test_strict_open_xml(changed: Make) -> None:
    def percent(found: Workbook) -> None:
        found["targets"]["D2"] = 0.92
        found["targets"]["D2"].number_format = "0%"

    path = changed(percent, merged("measures", "C4:C5"))
    found = parts(path)
    for name, content in found.items():
        for old, new in STRICT.items():
            content = content.replace(old, new)  # noqa: PLW2901 - one replacement after the other
        found[name] = content
    path.write_bytes(packed(found))
    system = al.read(path)
    assert [target.value for target in system.targets][:1] == [92]
    assert system.measures[3].outcome == "value"


def test_cells_without_addresses_and_with_prefixes(changed: Make) -> None:
    import re

    path = changed()
    found = parts(path)
    for name, content in found.items():
        if "/sheet" in name and b"merge" not in content:
            bare = re.sub(rb'<(c|row) r="[A-Z0-9]+"', rb"<\1", content)
            bare = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", bare).replace(b"xmlns=", b"xmlns:x=")
            found[name] = bare
    path.write_bytes(packed(found))
    assert al.read(path) == PLAIN


def test_macros_and_templates_are_read_as_workbooks(changed: Make) -> None:
    path = changed()
    assert al.read(path.rename(path.with_suffix(".xlsm"))) == PLAIN


def huge(found: dict[str, bytes]) -> Iterator[tuple[dict[str, bytes], str]]:
    first = next(name for name in found if name.endswith("/sheet1.xml"))
    for what, old, new in (
        ("reaches over 1,048,576 rows and 16,384 columns", b"</sheetData>", FAR + b"</sheetData>"),
        ("reaches over 1,048,576 rows and 16,384 columns", b"</sheetData>", HIDDEN_FAR + b"</sheetData>"),
        ("cannot be read", b'<c r="A1"', b'<c r="A1" r="XFD1048576"'),
        ("reaches over", b"</sheetData>", FAR.replace(b"<c", b"<a-b:c") + b"</sheetData>"),
        ("holds XML with declarations of its own", b"<worksheet", LAUGHS + b"<worksheet"),
    ):
        yield {**found, first: found[first].replace(old, new, 1)}, what


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
HIDDEN_FAR = b'<row r="1048576"><c s="0" r="&#88;FD1048576"><v>1</v></c></row>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_workbooks_that_no_computer_could_hold(changed: Make, faults: Faults) -> None:
    path = changed()
    for content, what in huge(parts(path)):
        path.write_bytes(packed(content))
        (fault,) = faults(path)
        assert what in fault.what


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (OLE + b"\0" * 600 + LOCKED, "is protected by a password or a sensitivity label"),
        (OLE + b"\0" * 600, "cannot be read as a workbook"),
        (b"<html><body><table><tr><td>id</td></tr></table>", "is a web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "the XML of 2003"),
        (b'{"agencies": []}', "is a JSON document"),
        (b"id,name\r\na,A\r\n", "cannot be read as a workbook: it is plain text"),
        (packed({"xl/workbook.bin": b"x"}), "is a binary workbook (.xlsb)"),
        (packed({"word/document.xml": b"<x/>"}), "cannot be read as a workbook"),
    ],
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
def test_what_is_no_workbook_says_what_to_do(
    content: bytes, what: str, name: str, tmp_path: Path, faults: Faults
) -> None:
    (tmp_path / name).write_bytes(content)
    (fault,) = faults(tmp_path / name)
    assert fault.place == name
    assert what in fault.what
    assert fault.remedy


ODS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"


def ods(path: Path, tables: dict[str, list[list[str]]]) -> Path:
    """A spreadsheet of OpenDocument, of cells as XML."""
    sheets = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in tables.items()
    )
    spaces = " ".join(f'xmlns:{name}="{ODS.format(name)}"' for name in ("office", "table", "text"))
    content = (
        f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>{sheets}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    found = {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    path.write_bytes(packed(found))
    return path


def ods_cell(value: Any, more: str = "") -> str:
    if value is None:
        return "<table:table-cell/>"
    kind = "string" if isinstance(value, str) else "float"
    number = "" if isinstance(value, str) else f'office:value="{value}"'
    return f'<table:table-cell office:value-type="{kind}" {number} {more}><text:p>{value}</text:p></table:table-cell>'


def ods_rows() -> dict[str, list[list[str]]]:
    return {
        name: [[ods_cell(title) for title in rows[0]], *([ods_cell(cell) for cell in row.values()] for row in rows)]
        for name, rows in place().items()
    }


def test_open_document(tmp_path: Path) -> None:
    system = al.read(ods(tmp_path / "a.ods", ods_rows()))
    assert (system, system.notes) == (PLAIN, ())


def test_percentages_merges_and_errors_of_open_document(tmp_path: Path, faults: Faults) -> None:
    rows = ods_rows()
    percent = (
        '<table:table-cell office:value-type="percentage" office:value="0.92"><text:p>92%</text:p></table:table-cell>'
    )
    rows["targets"][1][3] = percent
    rows["measures"][1][2] = ods_cell("value", 'table:number-rows-spanned="3" table:number-columns-spanned="1"')
    rows["measures"][2][2] = rows["measures"][3][2] = "<table:covered-table-cell/>"
    system = al.read(ods(tmp_path / "a.ods", rows))
    assert system.targets[0].value == 92
    assert [measure.outcome for measure in system.measures] == ["value", "value", "value", "heard"]
    assert len(system.notes) == 2
    spaces = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    rows["targets"][1][3] = (
        f'<table:table-cell {spaces} office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    (fault,) = faults(ods(tmp_path / "b.ods", rows))
    assert (fault.cell, fault.what) == ("D2", "#DIV/0! is an error of the sheet")


def test_an_open_document_that_no_computer_could_hold(tmp_path: Path, faults: Faults) -> None:
    rows = ods_rows()
    rows["targets"].append([ods_cell("x", 'table:number-columns-repeated="9999999"')])
    rows["targets"].insert(
        0, ['<table:table-cell/></table:table-row><table:table-row table:number-rows-repeated="1000000">']
    )
    (fault,) = faults(ods(tmp_path / "a.ods", rows))
    assert "reaches over" in fault.what


def test_an_old_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(old_workbook())
    system = al.read(tmp_path / "a.xls")
    assert [measure.outcome for measure in system.measures] == ["well", "well"]
    assert system.targets[0].value == 92
    assert notes(system)[0].startswith("a.xls: is an old .xls workbook: percent formats, errors and formulas")
    assert "sheet Outcomes: is hidden, and was read." in notes(system)
    assert "sheet measures, cell C2: C2:C3 is merged: its value is read in each of its rows." in notes(system)
