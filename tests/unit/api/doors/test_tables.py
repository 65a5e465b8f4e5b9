"""Rows of answers: kept as they are, filtered as by hand over the DataFrame, and all on some page once."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings, strategies as st

import alignment as al
from alignment.api.doors.filtering import RowOptions, filtered, text_of
from alignment.api.doors.spreadsheets import sheet
from alignment.api.doors.tables import PageOptions, TablePage, csv_of, page_of, rows_of, table_of
from alignment.errors import InputError
from alignment.tables.formula_text import csv_text
from alignment.verbs.registry import BY_COMMAND
from tests.thoroughly import most

ids = st.sampled_from(["trust", "Council", "=1+1", "'=1+1", "3", "True", "é\nb", "a,b", 'a"b', ""])
cells = st.none() | ids | st.lists(ids, max_size=3).map("; ".join)
scores = st.none() | st.sampled_from([0.5, 3.0, -2.0, 1e-7, 1e22])


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    """Tables with text, numbers, blanks and things of several kinds."""
    size = draw(st.integers(0, 12))

    def column(of: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(of, min_size=size, max_size=size))

    return pd.DataFrame(
        {
            "agency": pd.Series(column(cells), dtype=object),
            "=score": pd.Series(column(scores), dtype=float),
            "n": pd.Series(column(st.integers(-3, 3)), dtype="int64"),
            "most": pd.Series(column(st.none() | st.integers(0, 3)), dtype="Int64"),
            "met": pd.Series(column(st.booleans()), dtype=bool),
            "mixed": pd.Series(column(st.none() | st.booleans() | ids), dtype=object),
        }
    )


few = settings(max_examples=most(200, 40), deadline=None)

columns = st.sampled_from(["agency", "=score", "n", "most", "met", "mixed"])
looked_for = ids | st.sampled_from(["TRUST", "council", "3.0", "-2", "true", "false", "trust; Council", "1e-07", " 3 "])
wheres = st.lists(st.tuples(columns, looked_for), max_size=3)
words = st.lists(st.sampled_from(["TRUST", "1+1", "3", "tru", "b a", "council trust", ""]), max_size=2)


def said(cell: Any) -> str:
    """A cell of a DataFrame as people see it."""
    return "" if cell is None or cell is pd.NA or cell != cell else str(cell)  # noqa: PLR0124


def same(one: str, other: str) -> bool:
    def bare(text: str) -> str:
        text = text.strip().casefold()
        return text[:-2] if text.endswith(".0") and text[:-2].lstrip("-").isdigit() else text

    return bare(one) == bare(other)


def by_hand(frame: pd.DataFrame, where: list[tuple[str, str]], wanted: list[str]) -> list[int]:
    """Which rows fit, one by one."""
    found: list[int] = []
    for at in range(len(frame)):
        row = {name: said(frame[name].iloc[at]) for name in frame.columns}
        fits = all(
            any(
                same(part, value)
                for name, value in where
                if name == column
                for part in (row[name], *row[name].split("; "))
            )
            for column in {name for name, _ in where}
        )
        every = " ".join(wanted).split()
        if fits and all(any(word.casefold() in text.casefold() for text in row.values()) for word in every):
            found.append(at)
    return found


def options(where: list[tuple[str, str]], wanted: list[str], **page: Any) -> PageOptions:
    return PageOptions(where=tuple(f"{name}:{value}" for name, value in where), words=tuple(wanted), **page)


@few
@given(frames())
def test_what_is_kept_is_the_table(frame: pd.DataFrame) -> None:
    table = table_of(rows_of(frame))
    assert list(table.columns) == list(frame.columns)
    assert [[text_of(cell) for cell in row] for row in table.rows] == [
        [said(frame[name].iloc[at]) for name in frame.columns] for at in range(len(frame))
    ]
    assert {type(row[3]) for row in table.rows} <= {int, type(None)}
    assert {type(row[4]) for row in table.rows} <= {bool}


@few
@given(frames())
def test_csv_is_that_of_the_library(frame: pd.DataFrame) -> None:
    made = csv_of(rows_of(frame), RowOptions())
    assert sheet(made) == sheet(csv_text(frame))


@few
@given(frames(), wheres, words)
def test_rows_are_those_that_fit_one_by_one(
    frame: pd.DataFrame, where: list[tuple[str, str]], wanted: list[str]
) -> None:
    fitting = frame.iloc[by_hand(frame, where, wanted)]
    asked = options(where, wanted)
    assert filtered(table_of(rows_of(frame)), asked) == table_of(rows_of(fitting)).rows
    assert sheet(csv_of(rows_of(frame), asked)) == sheet(csv_text(fitting))


@few
@given(frames(), wheres, words, st.data())
def test_pages_joined_are_the_whole(
    frame: pd.DataFrame, where: list[tuple[str, str]], wanted: list[str], data: st.DataObject
) -> None:
    kept, rows, page = rows_of(frame), list[Any](), None
    while True:
        size = data.draw(st.integers(1, 5))
        found = page_of(kept, options(where, wanted, page_size=size, page=page))
        assert len(found.rows) == size or found.next is None
        rows += [list(row.values()) for row in found.rows]
        page = found.next
        if page is None:
            break
    assert rows == filtered(table_of(kept), options(where, wanted))
    assert found.total == len(rows)


KEPT = rows_of(pd.DataFrame({"kind": ["torn", "opposed", "torn", "torn"], "n": [1, 2, 3, 4]}))


def next_of(kept: bytes, **asked: Any) -> str:
    found = page_of(kept, PageOptions(page_size=1, **asked)).next
    assert found is not None
    return found


tokens = st.binary(min_size=9, max_size=9).map(lambda mark: urlsafe_b64encode(b"\0" * 5 + b"\1" + mark).decode())


@settings(deadline=None)
@given(st.text(st.sampled_from("AZaz09-_=é. "), max_size=24) | tokens)
def test_no_word_but_ours_is_a_page(word: str) -> None:
    assume(word != next_of(KEPT))
    with pytest.raises(InputError) as caught:
        page_of(KEPT, PageOptions(page=word))
    assert [fault.where for fault in caught.value.faults] == ["options.page"]


def test_a_page_is_of_one_table_and_one_choice_of_rows() -> None:
    page = next_of(KEPT)
    assert page_of(KEPT, PageOptions(page=page)).rows[0]["n"] == 2
    assert next_of(KEPT) == page
    other = rows_of(pd.DataFrame({"kind": ["torn", "opposed", "torn", "torn"], "n": [1, 2, 3, 5]}))
    for kept, asked in ((other, {}), (KEPT, {"where": ("kind:torn",)}), (KEPT, {"words": ("torn",)})):
        with pytest.raises(InputError, match="is no page of these rows as they are now"):
            page_of(kept, PageOptions.model_validate({**asked, "page": page}))


def test_every_column_that_is_not_there_is_told_with_the_nearest() -> None:
    asked = PageOptions(where=("kin:torn", "kind", "kind:torn", "zzzzzzz:1"))
    for ask in (lambda: page_of(KEPT, asked), lambda: csv_of(KEPT, asked)):
        with pytest.raises(InputError) as caught:
            ask()
        assert [(fault.what, fault.remedy) for fault in caught.value.faults] == [
            ("'kin' is not a column of this table", "Did you mean 'kind'?"),
            ("'kind' names no column", "Write column:value"),
            ("'zzzzzzz' is not a column of this table", "There are: kind, n."),
        ]


def test_a_value_may_hold_colons_and_a_blank_is_a_blank_cell() -> None:
    kept = rows_of(pd.DataFrame({"target": ["trust:beds:at_least", None, ""]}))
    assert page_of(kept, PageOptions(where=("target:trust:beds:at_least",))).total == 1
    assert page_of(kept, PageOptions(where=("target:",))).total == 2


def test_numbers_and_truths_are_found_as_people_write_them_and_words_within_a_cell() -> None:
    kept = rows_of(pd.DataFrame({"n": [3.0, 30.0], "met": [True, False], "who": ["trust", "=council"]}))
    for where in ("n:3", "n:3.0", "met:true", "met:True", "who:Trust"):
        assert [row["n"] for row in page_of(kept, PageOptions(where=(where,))).rows] == [3.0]
    assert page_of(kept, PageOptions(where=("who:=council",))).total == 1
    assert page_of(kept, PageOptions(words=("RUST tru",))).total == 1
    assert page_of(kept, PageOptions(words=("truet",))).total == 0


def test_lists_numbers_without_end_and_half_characters_are_json() -> None:
    frame = pd.DataFrame({"ids": [("a", "b"), ("c",), ()], "n": [float("inf"), 2.0, float("nan")], "t": ["\ud800"] * 3})
    kept = rows_of(frame)
    assert json.loads(kept)["rows"] == [[["a", "b"], None, "\ud800"], [["c"], 2.0, "\ud800"], [[], None, "\ud800"]]
    assert csv_of(kept, RowOptions(where=("ids:B",))) == "ids,n,t\r\na; b,,\ud800\r\n"


def test_the_cells_of_a_page_are_what_they_are() -> None:
    frame = pd.DataFrame({"i": [1], "f": [1.0], "b": [True], "s": ["1"], "l": [("a", 1)], "x": [None]})
    page = page_of(rows_of(frame), PageOptions())
    assert page.model_dump_json() == (
        '{"columns":["i","f","b","s","l","x"],"rows":[{"i":1,"f":1.0,"b":true,"s":"1","l":["a",1],"x":null}],'
        '"total":1,"next":null}'
    )
    assert all(field.get("description") for field in TablePage.model_json_schema()["properties"].values())


@pytest.mark.parametrize("command", ["conflicts", "alignment", "mactor", "validate"])
def test_tables_of_answers_are_the_same_as_csv(command: str) -> None:
    verb = BY_COMMAND[command]
    answer = verb.ask(al.read("winter-pressure"), verb.options.model_validate(verb.example))
    for name in answer.frames:
        frame = answer.to_frame(name)
        assert sheet(csv_of(rows_of(frame), RowOptions())) == sheet(csv_text(frame)), name
