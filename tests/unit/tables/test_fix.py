"""A mended copy: comments at the cells that are wrong, a list of all, and nothing lost that is its owner's."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import alignment as al
from tests.terminal import in_terminal

from .cases import book, notes, place


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(path)}


def comments(path: Path) -> dict[str, str]:
    """What the comments of a workbook say, by sheet and cell."""
    found = openpyxl.load_workbook(path)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in found
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def messy() -> dict[str, list[dict[str, Any]]]:
    """A system with two faults, and much that is harmless."""
    tables = place()
    tables["measures"][0]["baseline"] = "95,5"
    tables["measures"][1]["baseline"] = "n/a"
    tables["targets"][0] |= {"agency": "Department of Health", "sense": "At most", "x-colour": "red"}
    tables["targets"][1]["sense"] = "at_mst"
    tables["influences"][0]["strength"] = 7
    return tables


def test_every_fault_is_a_comment_at_its_cell_and_a_row_of_the_first_sheet(tmp_path: Path) -> None:
    left = al.fix(messy(), tmp_path / "copy.xlsx")
    assert [fault.where for fault in left] == [
        "sheet targets, cell C3, column sense",
        "sheet influences, cell C2, column strength",
    ]
    told = comments(tmp_path / "copy.xlsx")
    assert told.keys() == {"targets!C3", "influences!C2"}
    assert "Did you mean 'at_most'?" in told["targets!C3"]
    found = sheets(tmp_path / "copy.xlsx")
    assert next(iter(found)) == "x-faults"
    kinds = [row[0] for row in found["x-faults"]]
    assert kinds == ["kind", "fault", "fault", *["note"] * (len(kinds) - 3)]
    assert any("'n/a' was read as blank" in row[2] for row in found["x-faults"])


def test_what_is_harmless_is_mended_and_a_column_of_ones_own_stays(tmp_path: Path) -> None:
    al.fix(messy(), tmp_path / "copy.xlsx")
    found = sheets(tmp_path / "copy.xlsx")
    assert found["targets"][:3] == [
        ("agency", "measure", "sense", "value", "x-colour"),
        ("dept", "occupancy", "at_most", 92, "red"),
        ("hospital", "long-waits", "at_mst", 5, None),
    ]
    assert [row[5] for row in found["measures"]] == ["baseline", 95.5, None, 700, 60]


def test_once_the_faults_are_mended_the_copy_is_a_system_without_a_note(tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    al.fix(messy(), path)
    copy = openpyxl.load_workbook(path)
    copy["targets"]["C3"], copy["influences"]["C2"] = "at_most", 2
    copy.save(path)
    assert notes(path) == []
    assert al.read(path).measures[0].baseline == 95.5


def test_what_stands_around_and_beside_a_table_travels_along(tmp_path: Path) -> None:
    path = book(place(), tmp_path / "system.xlsx")
    found = openpyxl.load_workbook(path)
    cover: Any = found.create_sheet("Cover", 0)
    cover["B2"] = "Agreed by the board"
    lists: Any = found.create_sheet("Lists")
    lists.sheet_state, lists["A1"] = "hidden", "at_least"
    own: Any = found.create_sheet("x-sums")
    own["A1"] = "=1+1"
    own["A1"].data_type = "s"
    targets: Any = found["targets"]
    targets["E1"], targets["E3"] = "colour", "green"
    targets.insert_rows(1)
    targets["A1"] = "Targets for 2026"
    targets.cell(9, 1).value = "Source: our own returns"
    found.save(path)
    with pytest.raises(al.InputError):
        al.read(path)
    assert al.fix(path, tmp_path / "copy.xlsx") == ()
    copied = sheets(tmp_path / "copy.xlsx")
    assert list(copied) == ["x-faults", "x-Cover", *place(), "x-Lists", "x-sums", "x-around"]
    assert copied["x-Cover"] == [(None, "Agreed by the board")]
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx")["x-Lists"].sheet_state == "hidden"
    assert copied["x-sums"] == [("=1+1",)]
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx")["x-sums"]["A1"].data_type == "s"
    assert [row[4] for row in copied["targets"]][:3] == ["x-colour", None, "green"]
    assert copied["x-around"][1:] == [("targets", 1, "Targets for 2026"), ("targets", 9, "Source: our own returns")]
    assert any("kept as 'x-colour'" in row[2] for row in copied["x-faults"])
    assert al.read(tmp_path / "copy.xlsx") == al.read(place())
    assert notes(tmp_path / "copy.xlsx") == []


def test_a_near_miss_is_no_column_of_ones_own(tmp_path: Path) -> None:
    tables = place()
    tables["measures"][0]["uint"] = tables["measures"][0].pop("unit")
    for row in tables["measures"]:
        row.pop("unit", None)
    left = al.fix(tables, tmp_path / "copy.xlsx")
    assert [(fault.column, fault.remedy) for fault in left] == [("uint", "Did you mean 'unit'?")]
    assert comments(tmp_path / "copy.xlsx").keys() == {"measures!F1"}


def test_a_heading_that_could_be_two_columns_is_no_column_of_ones_own(tmp_path: Path) -> None:
    tables = place()
    path = book(tables, tmp_path / "system.xlsx")
    found = openpyxl.load_workbook(path)
    measures: Any = found["measures"]
    column = measures.max_column + 1
    measures.cell(1, column).value, measures.cell(2, column).value = "Data source", "returns"
    found.save(path)
    left = al.fix(path, tmp_path / "copy.xlsx")
    assert [(fault.column, fault.remedy) for fault in left] == [("Data source", "Write collection or source")]
    assert [row[column - 1] for row in sheets(tmp_path / "copy.xlsx")["measures"]][:2] == ["Data source", "returns"]


def test_merged_cells_are_filled_and_percentages_are_numbers(tmp_path: Path) -> None:
    path = book(place(), tmp_path / "system.xlsx")
    found = openpyxl.load_workbook(path)
    measures: Any = found["measures"]
    measures.merge_cells("C2:C4")
    found["targets"]["D2"], found["targets"]["D2"].number_format = 0.92, "0%"
    found.save(path)
    assert al.fix(path, tmp_path / "copy.xlsx") == ()
    copied = sheets(tmp_path / "copy.xlsx")
    assert [row[2] for row in copied["measures"]] == ["outcome", "value", "value", "value", "heard"]
    assert copied["targets"][1][3] == 92


def test_faults_without_a_cell_are_in_the_list(tmp_path: Path) -> None:
    tables = place()
    del tables["measures"]
    left = al.fix(tables, tmp_path / "copy.xlsx")
    assert [(fault.table, fault.cell) for fault in left if fault.table == "measures"] == [("measures", None)]
    rows = sheets(tmp_path / "copy.xlsx")["x-faults"]
    assert ("fault", "sheet measures", "the table measures is missing", "Add it: no system is without") in rows


def test_what_a_workbook_cannot_repeat_is_listed_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "system.json").write_text(
        json.dumps(place()).replace('"value": 92', '"value": 91, "value": 92'), encoding="utf-8"
    )
    left = al.fix(tmp_path / "system.json", tmp_path / "copy.xlsx")
    assert [(fault.table, fault.index, fault.column, fault.what) for fault in left] == [
        ("targets", 0, "value", "is given twice")
    ]
    assert sheets(tmp_path / "copy.xlsx")["x-faults"][1][:1] == ("fault",)


def test_what_else_a_document_holds_gets_a_sheet_of_its_own(tmp_path: Path) -> None:
    tables: dict[str, Any] = {**place(), "contacts": [{"name": "Reception", "desk": 7}], "x-version": 3}
    assert al.fix(tables, tmp_path / "copy.xlsx") == ()
    copied = sheets(tmp_path / "copy.xlsx")
    assert copied["x-contacts"] == [("name", "desk"), ("Reception", 7)]
    assert copied["x-version"] == [(3,)]


def test_rows_that_say_next_to_nothing_stay_rows(tmp_path: Path) -> None:
    tables = place()
    tables["measures"][2:] = [{}, {"id": "Source: our own"}]
    tables["targets"] = tables["targets"][:2]
    tables["influences"] = tables["influences"][:1]
    with pytest.raises(al.InputError) as caught:
        al.read(tables)
    places = [(fault.table, fault.index, fault.column) for fault in caught.value.faults]
    left = al.fix(tables, tmp_path / "copy.xlsx")
    assert [(fault.table, fault.index, fault.column) for fault in left] == places
    assert sheets(tmp_path / "copy.xlsx")["measures"][3][-1] == "row 3"


def test_ids_are_made_on_request(tmp_path: Path) -> None:
    tables = place()
    for row in tables["agencies"]:
        del row["id"]
    tables["targets"][0]["agency"] = "Department of Health"
    assert al.fix(tables, tmp_path / "given.xlsx")
    assert al.fix(tables, tmp_path / "made.xlsx", ids="make") == ()
    assert al.read(tmp_path / "made.xlsx") == al.read(tables, ids="make")


def folder(home: Path) -> Path:
    al.write(al.read(place()), home / "region")
    path = home / "region" / "measures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";").replace("95", "95,5"), encoding="cp1252")
    (home / "region" / "contacts.csv").write_text("who,where\nReception,Hall\n", encoding="utf-8")
    return home / "region"


def test_folders_and_archives_are_copied(tmp_path: Path) -> None:
    home = folder(tmp_path)
    packed = tmp_path / "region.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in home.iterdir():
            archive.write(file, file.name)
    for source in (home, packed):
        assert al.fix(source, tmp_path / "copy.xlsx", replace=True) == ()
        assert al.read(tmp_path / "copy.xlsx") == al.read(source)
        assert sheets(tmp_path / "copy.xlsx")["x-contacts"] == [("who", "where"), ("Reception", "Hall")]


def test_a_file_whose_quotes_cannot_be_made_out_stays_a_fault(tmp_path: Path) -> None:
    home = folder(tmp_path)
    (home / "influences.csv").write_text('source_measure,"target\n', encoding="utf-8")
    left = al.fix(home, tmp_path / "copy.xlsx")
    assert [fault.table for fault in left] == ["influences"]


def test_nothing_is_written_over_unless_somebody_says_so(tmp_path: Path) -> None:
    source = book(place(), tmp_path / "system.xlsx")
    before = source.read_bytes()
    with pytest.raises(al.OptionError, match="is the source itself"):
        al.fix(source, source, replace=True)
    assert source.read_bytes() == before
    shutil.copy(source, tmp_path / "other.xlsx")
    with pytest.raises(al.OptionError, match="--replace"):
        al.fix(source, tmp_path / "other.xlsx")
    al.fix(source, tmp_path / "other.xlsx", replace=True)
    assert "x-faults" in sheets(tmp_path / "other.xlsx")
    with pytest.raises(al.InputError, match=r"ends in \.xlsx"):
        al.fix(source, tmp_path / "copy.csv")
    with pytest.raises(al.UnknownWord):
        al.fix(source, tmp_path / "new.xlsx", ids="mak")  # pyright: ignore[reportArgumentType]


def test_a_copy_can_be_mended_again(tmp_path: Path) -> None:
    first = al.fix(messy(), tmp_path / "copy.xlsx")
    assert al.fix(tmp_path / "copy.xlsx", tmp_path / "again.xlsx") == first
    assert list(sheets(tmp_path / "again.xlsx")).count("x-faults") == 1


def test_the_command_writes_the_copy_and_says_what_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("system.json").write_text(json.dumps(messy()), encoding="utf-8")
    code, said = in_terminal("alignment validate system.json --fix copy.xlsx", monkeypatch)
    assert code == 2
    assert "Wrote copy.xlsx: 2 faults are left in it." in said
    assert "Did you mean 'at_most'?" in said
    code, said = in_terminal("alignment validate system.json --fix copy.xlsx", monkeypatch)
    assert code == 2
    assert "copy.xlsx is there already" in said
    Path("whole.json").write_text(json.dumps(place()), encoding="utf-8")
    code, said = in_terminal("alignment validate whole.json --fix copy.xlsx --replace", monkeypatch)
    assert code == 0
    assert "Wrote copy.xlsx: no fault is left in it." in said


LIST = (
    ("Our list",),
    (),
    ("Measure", "Owner", "Wish", "Value", "RAG", "Baseline"),
    ("Beds", "Trust", "at most", "92,5", "red", "95,5"),
    ("Waits", "Trust; Council", "improve", None, None, None),
    ("Falls", None, "down", None, "green", "9O"),
)


@pytest.fixture(params=["list.csv", "list.xlsx"])
def listed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A bare list with three faults, as a file and as a sheet beside another."""
    path = tmp_path / str(request.param)
    if path.suffix == ".csv":
        path.write_text("\n".join(";".join(f'"{cell or ""}"' for cell in row) or ";" for row in LIST))
        return path
    made = openpyxl.Workbook()
    for row in LIST:
        made.worksheets[0].append(row)
    made.worksheets[0].title = "Plan"
    made.create_sheet("Cover", 0).append(["Hello"])
    made.save(path)
    return path


def test_the_copy_of_a_list_is_the_list_with_its_faults_at_their_cells(listed: Path, tmp_path: Path) -> None:
    left = al.fix(listed, tmp_path / "copy.xlsx")
    assert sorted(fault.cell or "" for fault in left) == ["B6", "C5", "F6"]
    name = "list" if listed.suffix == ".csv" else "Plan"
    assert comments(tmp_path / "copy.xlsx").keys() == {f"{name}!{cell}" for cell in ("B6", "C5", "F6")}
    copied = sheets(tmp_path / "copy.xlsx")
    assert list(copied) == ["x-faults", *([] if name == "list" else ["x-Cover"]), name]
    assert copied[name] == [
        ("Our list", None, None, None, None, None),
        (None, None, None, None, None, None),
        ("Measure", "Owner", "Wish", "Value", "x-RAG", "Baseline"),
        ("Beds", "Trust", "at most", 92.5, "red", 95.5),
        LIST[4],
        LIST[5],
    ]


def test_a_mended_copy_of_a_list_reads_as_the_list_would(listed: Path, tmp_path: Path) -> None:
    al.fix(listed, tmp_path / "copy.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    sheet: Any = copy.worksheets[-1]
    sheet["C5"], sheet["B6"], sheet["F6"] = "down", "Council", 90
    copy.save(tmp_path / "copy.xlsx")
    system = al.read(tmp_path / "copy.xlsx")
    assert [(row.id, row.baseline) for row in system.measures] == [("beds", 95.5), ("waits", None), ("falls", 90)]
    assert [(row.agency, row.measure, row.sense, row.value) for row in system.targets] == [
        ("trust", "beds", "at_most", 92.5),
        ("trust", "waits", "decrease", None),
        ("council", "waits", "decrease", None),
        ("council", "falls", "decrease", None),
    ]
    assert al.fix(tmp_path / "copy.xlsx", tmp_path / "again.xlsx") == ()
    assert al.read(tmp_path / "again.xlsx") == system


def test_numbers_stay_text_where_they_tell_how_others_are_meant(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("measure;owner;wish;value\nA;T;between;1,250 to 1,300\nB;T;up;2,5\n")
    assert al.fix(tmp_path / "list.csv", tmp_path / "copy.xlsx") == ()
    assert al.read(tmp_path / "copy.xlsx") == al.read(tmp_path / "list.csv")
    assert [row.value for row in al.read(tmp_path / "copy.xlsx").targets] == [1.25, 2.5]


def test_two_headings_for_one_column_of_a_list_are_told_at_the_second(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Measure,Lead,Department,Wish\nBeds,Ann,Trust,up\n")
    left = al.fix(tmp_path / "list.csv", tmp_path / "copy.xlsx")
    assert [fault.cell for fault in left] == ["C1"]
    assert sheets(tmp_path / "copy.xlsx")["list"] == [
        ("Measure", "Lead", "Department", "Wish"),
        ("Beds", "Ann", "Trust", "up"),
    ]


def test_a_heading_that_the_copy_asks_about_is_one_fault_of_a_document_too(tmp_path: Path) -> None:
    tables = {
        "agencies": [{"id": "a", "name": "A"}],
        "measures": [{"Reference": "m", "name": "M"}],
        "targets": [{"agency": "a", "measure": "m", "sense": "increase"}],
    }
    left = al.fix(tables, tmp_path / "copy.xlsx")
    assert [(fault.table, fault.column) for fault in left] == [("measures", "Reference")]
    with pytest.raises(al.InputError) as caught:
        al.read(tmp_path / "copy.xlsx")
    assert [fault.column for fault in caught.value.faults] == ["Reference"]
