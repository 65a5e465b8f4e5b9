"""An answer as a workbook: everything that it says, on sheets that everybody can use."""

from __future__ import annotations

import datetime as dt
import math
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, cast

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import alignment as al
from alignment.models import System
from alignment.models.answers.answer import Answer
from alignment.models.answers.layout import cell_text
from alignment.reports import answer_rows, answer_workbook
from alignment.reports.answer_workbook import OWN, sheet_names
from alignment.reports.sources import sources
from alignment.tables import new_workbook, write
from alignment.verbs.registry import BY_COMMAND, VERBS, Verb
from tests.thoroughly import most, part_of

SOME = part_of(VERBS, 3)
verbs = pytest.mark.parametrize("each", SOME, ids=[each.command for each in SOME])


@cache
def winter() -> System:
    return al.read("winter-pressure")


def answer_of(each: Verb) -> Answer:
    return getattr(al, each.home[1])(winter(), **each.example)


def cells(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def shown(value: Any) -> str:
    """A cell as anybody would write it, numbers as they are."""
    if value is True or value is False:
        return "yes" if value else "no"
    return repr(float(value)) if isinstance(value, int | float) and not math.isnan(value) else cell_text(value)


@verbs
def test_every_table_is_there_cell_by_cell(each: Verb, tmp_path: Path) -> None:
    answer = answer_of(each)
    answer.to_excel(tmp_path / "a.xlsx", winter())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    frames = {name: answer.to_frame(name) for name in each.tables}
    full = {name: frame for name, frame in frames.items() if len(frame)}
    assert [name for name in book.sheetnames if name not in OWN] == sheet_names(full)
    for (_, frame), sheet in zip(full.items(), sheet_names(full), strict=True):
        names, *rows = cells(book[sheet])
        assert names == [str(name).replace("_", " ") for name in frame.columns]
        wanted = [[shown(value) for value in row] for row in frame.astype(object).itertuples(index=False, name=None)]
        assert [[shown(value) for value in row] for row in rows] == wanted
    contents = cells(book["contents"])[1:]
    assert [(row[0], row[1]) for row in contents if row[1] is not None and row[0] != "sources"] == [
        (dict(zip(full, sheet_names(full), strict=True)).get(name), len(frame)) for name, frame in frames.items()
    ]


@verbs
def test_sheets_are_of_use_to_everybody(each: Verb, tmp_path: Path) -> None:
    answer_of(each).to_excel(tmp_path / "a.xlsx", winter())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert tuple(book.sheetnames[:3]) == OWN[:3]
    assert book.sheetnames[-1] == "notes"
    assert (book.properties.title, book.properties.language) != (None, None)
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet["A1"].value
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        if sheet.title not in ("cover", "in words"):
            assert sheet.freeze_panes == "A2"
            assert sheet.auto_filter.ref.startswith("A1:")
            assert all(cell.value and cell.font.b for cell in cast("Any", sheet[1]))


def test_the_cover_says_of_what_when_and_by_what(tmp_path: Path) -> None:
    conflicts = al.find_conflicts(winter(), tolerance=0.3)
    conflicts.to_excel(tmp_path / "a.xlsx", winter(), date=dt.date(2026, 11, 26))
    cover = dict(cells(openpyxl.load_workbook(tmp_path / "a.xlsx")["cover"]))
    assert cover["answer"].startswith(f"{len(conflicts)} conflicts")
    assert cover["what was asked"] == f"{BY_COMMAND['conflicts'].summary}."
    assert cover["system"] == "Winter pressure (an illustration)"
    assert cover["hash of the system"] == winter().hash
    assert "tolerance 0.3" in cover["options"]
    assert cover["date"] == "2026-11-26"
    assert f"alignment {al.__version__}" in cover["made by"]


def test_nothing_of_the_clock_is_in_what_is_said(tmp_path: Path) -> None:
    found = al.validate(winter())
    said: list[Any] = []
    for name in ("a.xlsx", "b.xlsx"):
        found.to_excel(tmp_path / name, winter())
        said.append([cells(sheet) for sheet in openpyxl.load_workbook(tmp_path / name)])
    assert said[0] == said[1]
    assert "date" not in dict(said[0][0])


def test_the_answer_in_words_is_all_of_its_text(tmp_path: Path) -> None:
    proposal = al.propose(winter())
    proposal.to_excel(tmp_path / "a.xlsx")
    rows = cells(openpyxl.load_workbook(tmp_path / "a.xlsx")["in words"])
    assert [row[0] or "" for row in rows[1:]] == [line.rstrip() for line in proposal.to_text(10_000).splitlines()]
    # Figures stand under each other only in letters of one width.
    sheet: Any = openpyxl.load_workbook(tmp_path / "a.xlsx")["in words"]
    assert {cell.font.name for (cell,) in sheet.rows} == {"Consolas"}


def test_sources_are_those_of_the_rows_that_are_named() -> None:
    conflicts = al.find_conflicts(winter())
    found = sources(winter(), [conflicts.to_frame("evidence")])
    evidence = {(each.table, each.row): each.source for one in conflicts for each in one.evidence}
    assert found
    assert {(each.table, each.row): each.source for each in found}.items() <= evidence.items()
    told = {key for key, source in evidence.items() if source is not None}
    assert told <= {(each.table, each.row) for each in found}


def test_a_named_row_without_a_source_is_no_source() -> None:
    system = al.read(
        {
            "agencies": [{"id": "a", "name": "A"}],
            "measures": [{"id": "m", "name": "M", "source": "A report, page 3"}, {"id": "n", "name": "N"}],
            "targets": [],
        }
    )
    found = sources(system, [pd.DataFrame({"measures": ["m; n", None], "share": [0.5, 1.0]})])
    assert [(each.table, each.row, each.called, each.source) for each in found] == [
        ("measures", "m", "M", "A report, page 3")
    ]


ESCAPE = re.compile("_x([0-9A-F]{4})_")

WILD = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.tuples(st.sampled_from("=+-@#\t\r'"), st.text("=1+A(!'@_x005F", max_size=8)).map("".join),
)


@settings(max_examples=most(60, 15), deadline=None)
@given(st.lists(WILD, min_size=1, max_size=6))
def test_text_stays_text_and_comes_back(texts: list[str]) -> None:
    book = openpyxl.Workbook(write_only=True)
    answer_workbook._table(book, "t", pd.DataFrame({"a": texts}))  # pyright: ignore[reportPrivateUsage]
    with tempfile.TemporaryDirectory() as folder:
        book.save(f"{folder}/a.xlsx")
        found = openpyxl.load_workbook(f"{folder}/a.xlsx")["t"]
    back = [row[0] for row in found.iter_rows(min_row=2)]
    assert "f" not in {cell.data_type for cell in back}
    # As the reader of workbooks takes escapes back.
    assert [ESCAPE.sub(lambda sign: chr(int(sign[1], 16)), str(cell.value or "")) for cell in back] == texts


def test_what_a_cell_cannot_hold_is_cut_and_says_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    frame = pd.DataFrame({"a": ["x" * 40_000], "b": [float("inf")], "c": [None]})
    answer_workbook._table(book, "t", frame)  # pyright: ignore[reportPrivateUsage]
    book.save(tmp_path / "a.xlsx")
    (row,) = openpyxl.load_workbook(tmp_path / "a.xlsx")["t"].iter_rows(min_row=2, values_only=True)
    assert len(str(row[0])) == new_workbook.LONGEST
    assert str(row[0]).endswith(answer_rows.ENDS)
    assert row[1:] == ("inf", None)


def test_a_table_too_long_for_a_sheet_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_workbook, "MOST_ROWS", 16)
    al.find_conflicts(winter()).to_excel(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert "conflicts" not in book.sheetnames
    said = [row for row in cells(book["contents"]) if row[1] == 17]
    assert [row[0] for row in said] == [None]
    assert "too long for a sheet: ask for it as CSV (table conflicts)" in said[0][2]


@pytest.mark.parametrize("name", ["a.csv", "a", "a.xls"])
def test_only_a_workbook_is_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(al.OptionError, match=r"Give it a name that ends in \.xlsx"):
        al.validate(winter()).to_excel(tmp_path / name)


def test_only_an_answer_is_written_over(tmp_path: Path) -> None:
    place = tmp_path / "place.xlsx"
    write(winter(), place)
    before = place.read_bytes()
    with pytest.raises(al.OptionError, match="is there already, and no workbook of an answer"):
        al.validate(winter()).to_excel(place)
    assert place.read_bytes() == before
    place.write_bytes(b"no workbook")
    with pytest.raises(al.OptionError, match="is there already"):
        al.validate(winter()).to_excel(place)
    al.validate(winter()).to_excel(tmp_path / "a.xlsx")
    al.propose(winter()).to_excel(tmp_path / "a.xlsx")
    assert "measures" in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames


def test_an_answer_of_another_system_is_refused(tmp_path: Path) -> None:
    other = winter().replace(about={"name": "Another"})
    with pytest.raises(al.OptionError, match="the answer of another system"):
        al.validate(winter()).to_excel(tmp_path / "a.xlsx", other)
    assert not list(tmp_path.iterdir())


def test_write_takes_an_answer(tmp_path: Path) -> None:
    al.write(al.validate(winter()), tmp_path / "a.xlsx")
    assert "tables" in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames


def test_answers_about_no_system_have_a_workbook_too(tmp_path: Path) -> None:
    split = al.frustration([("a", "b", 1.0), ("b", "c", -1.0)])
    split.to_excel(tmp_path / "a.xlsx")
    assert "camps" in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames


@settings(max_examples=most(100, 20), deadline=None)
@given(st.lists(st.text(st.sampled_from("ab/[]:*?\\'_ "), max_size=40) | st.sampled_from(OWN), max_size=8, unique=True))
def test_no_two_sheets_have_one_name(tables: list[str]) -> None:
    names = sheet_names(tables)
    every = [*OWN, *names]
    assert len(names) == len(tables)
    assert len({name.casefold() for name in every}) == len(every)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    al.propose(winter()).to_excel(tmp_path / "a.xlsx", winter())
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "csv", "a.xlsx"],
        cwd=tmp_path,
        capture_output=True,
        timeout=180,
        check=True,
    )
    assert (tmp_path / "a.csv").read_bytes().startswith(b"answer,"), done.stderr
