"""Text that looks like a formula stays text in every file, and comes back as it was."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from alignment.tables import read, write
from alignment.tables.formula_text import csv_text, guarded, unguarded

STARTS = "=+-@\t\r"

texts = st.builds(
    str.__add__,
    st.text("'", max_size=3) | st.just(""),
    st.builds(str.__add__, st.sampled_from(["", *STARTS]), st.text(max_size=6)),
)
"""Texts of which many begin as formulas do, and some as those that are written so."""

words = texts.map(lambda text: text.replace("\r", "\n").strip()).filter(
    lambda text: text and text.isprintable() and not any("\ud800" <= sign <= "\udfff" for sign in text)
)
"""Such texts as a system holds."""


@given(texts)
def test_what_is_written_comes_back_and_begins_no_formula(text: str) -> None:
    safe = guarded(text)
    assert unguarded(safe) == text
    assert len(safe) < 2 or safe[0] not in STARTS


@given(texts)
def test_what_others_wrote_is_read_as_they_would_see_it(text: str) -> None:
    assert unguarded(text) in {text, text[1:]}
    assert unguarded(f"'={text}1") == f"={text}1"


@settings(max_examples=30, deadline=None)
@pytest.mark.parametrize("name", ["book.xlsx", "folder", "document.json"])
@given(text=words)
def test_systems_come_back(name: str, text: str) -> None:
    agency = {"id": "a", "name": text, "note": text}
    system = read({"agencies": [agency], "measures": [], "targets": []})
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / name
        write(system, path)
        assert read(path) == system
        if name == "folder":
            cells = [
                cell for row in csv.reader(io.StringIO((path / "agencies.csv").read_text("utf-8"))) for cell in row
            ]
            assert not any(cell[0] in STARTS for cell in cells if len(cell) > 1)
        if name == "book.xlsx":
            sheet = openpyxl.load_workbook(path)["agencies"]
            assert {cell.data_type for cell in sheet[2]} == {"s"}


@given(st.lists(texts, min_size=1, max_size=4))
def test_tables_of_answers_come_back(given_: list[str]) -> None:
    frame = pd.DataFrame({"number": [-1.5] * len(given_), "=text": given_})
    titles, *rows = csv.reader(io.StringIO(csv_text(frame), newline=""))
    assert [unguarded(title) for title in titles] == ["number", "=text"]
    assert titles[1] == "'=text"
    assert [unguarded(row[1]) for row in rows] == given_
    assert {row[0] for row in rows} == {"-1.5"}
