"""CSV for spreadsheets says what was written, and has names that no header and no disk takes amiss."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
from hypothesis import given, settings, strategies as st

from alignment.api.doors.spreadsheets import file_name, sheet, sheet_headers
from alignment.tables.formula_text import csv_text

texts = st.text(st.sampled_from("ab\",\r\n=;' é"), max_size=6)
frames = st.lists(st.tuples(texts, texts), min_size=1, max_size=5).map(
    lambda rows: pd.DataFrame(rows, columns=["first", 'the "second"\nof them'])
)


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@settings(deadline=None)
@given(frames)
def test_only_the_ends_of_lines_are_otherwise(frame: pd.DataFrame) -> None:
    written = csv_text(frame)
    made = sheet(written, bom=False).decode()
    assert cells(made) == cells(written)
    assert re.sub(r'"[^"]*"', "", made).replace("\r\n", "").count("\n") == 0
    assert sheet(made, bom=False).decode() == made


def test_a_mark_comes_first_and_pandas_does_not_see_it() -> None:
    frame = pd.DataFrame({"name": ["Zoë", "line\nend"], "n": [1, 2]})
    made = sheet(csv_text(frame))
    assert made.startswith(b"\xef\xbb\xbfname,n\r\n")
    pd.testing.assert_frame_equal(pd.read_csv(io.BytesIO(made)), frame, check_dtype=False)


def test_half_a_character_does_no_harm() -> None:
    assert sheet("a\n\ud800\n", bom=False) == b"a\r\n\\ud800\r\n"


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from('aZ9_-. /\\"\r\né\ud800'), max_size=40), max_size=4))
def test_names_are_safe(words: list[str]) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,98}[A-Za-z0-9_])?", file_name(*words))
    assert sheet_headers(*words)["content-disposition"].encode("ascii").count(b'"') == 2


def test_a_name_tells_what_the_file_is_of() -> None:
    assert file_name("london_2018", "shared-values", "prices") == "london_2018-shared-values-prices"
