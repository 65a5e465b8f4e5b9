"""Answers as Markdown: a table that stays one whatever its cells hold."""

from __future__ import annotations

import re

import pandas as pd
from hypothesis import given, strategies as st

import alignment as al
from alignment.models.answers.markdown import table


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_no_cell_breaks_out_of_its_place(rows: list[list[str]]) -> None:
    text = table(pd.DataFrame(rows, columns=["a|b", "c\nd"]))
    lines = text.split("\n")
    assert (len(lines), lines[-1]) == (len(rows) + 3, "")
    for line in lines[:-1]:
        # Bars that are not escaped stand between cells: an even number of backslashes before them.
        bars = [bar for bar in re.finditer(r"(\\*)\|", line) if len(bar[1]) % 2 == 0]
        assert len(bars) == 3, line


def test_numbers_stand_to_the_right_and_blanks_are_blank() -> None:
    frame = pd.DataFrame({"name": ["a", None], "share": [0.25, None], "kept": [True, False]})
    assert table(frame) == ("| name | share | kept |\n| --- | ---: | --- |\n| a | 0.25 | True |\n|  |  | False |\n")


def test_markup_is_text() -> None:
    assert "| \\*x\\* &lt;b> \\[y\\]<br>z |" in table(pd.DataFrame({"a": ["*x* <b> [y]\nz"]}))


def test_an_answer_gives_any_of_its_tables() -> None:
    found = al.find_conflicts(al.read("winter-pressure"))
    for name in found.frames:
        lines = found.to_markdown(name).splitlines()
        assert len(lines) == len(found.to_frame(name)) + 2
    assert found.to_markdown() == found.to_markdown(next(iter(found.frames)))
