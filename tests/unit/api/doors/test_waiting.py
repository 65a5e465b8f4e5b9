"""How long a request waits: the URL before the header before what is usual, and never longer than is allowed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from alignment.api.doors.waiting import Waiting, preferred, seconds
from alignment.errors import OptionError
from alignment.options.asked import asked_of

names = st.text(st.sampled_from("abW-!~"), min_size=1, max_size=6).filter(lambda name: name.lower() != "wait")
quoted = st.text(st.sampled_from('a,;= "\\wait9'), max_size=8)


def in_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


values = st.just("") | names.map(lambda name: f"={name}") | quoted.map(lambda text: f" = {in_quotes(text)}")
others = st.builds(str.__add__, names, values)
parameters = st.lists(st.builds(str.__add__, st.sampled_from([";", " ; "]), others), max_size=2).map("".join)
preferences = st.builds(str.__add__, others, parameters)
waits = st.tuples(st.sampled_from(["wait={}", "Wait={}", 'wait = "{}"']), st.integers(0, 10**12))
gaps = st.sampled_from([",", ", ", " ,\t", ",, "])


@settings(deadline=None)
@given(st.lists(preferences, max_size=3), st.lists(waits, min_size=1, max_size=2), preferences, gaps, st.booleans())
def test_the_first_wait_is_meant_among_whatever_else_is_preferred(
    before: list[str], said: list[tuple[str, int]], after: str, gap: str, lines: bool
) -> None:
    every = [*before, *(text.format(number) for text, number in said), after]
    assert preferred(every if lines else [gap.join(every)]) == said[0][1]


@settings(deadline=None)
@given(st.lists(preferences, max_size=3), gaps)
def test_a_wait_within_quotes_is_none(every: list[str], gap: str) -> None:
    assert preferred([gap.join(every)]) is None


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from('wait=19;, "\\\t²'), max_size=30), max_size=3))
def test_no_header_is_refused(lines: list[str]) -> None:
    assert 0 <= seconds(None, lines, usual=2, most=60) <= 60


@pytest.mark.parametrize(
    "line", ["wait=soon", "wait", "wait=-1", "wait=1.5", 'wait="', "wait=", "wait=²", "=wait", "wait=soon, wait=5"]
)
def test_what_cannot_be_understood_is_passed_over(line: str) -> None:
    assert seconds(None, [line], usual=2, most=60) == 2


@pytest.mark.parametrize(
    "text", [" " * 60_000, 'a="' + "\\" * 60_000, ";" * 60_000, "a;b=" * 15_000, "wait=" + "9" * 60_000]
)
def test_long_headers_are_read_in_one_go(text: str) -> None:
    assert seconds(None, [text], usual=2, most=60) == (60 if text.startswith("wait") else 2)


@settings(deadline=None)
@given(st.none() | st.floats(0, 1e9), st.integers(0, 1000), st.floats(0, 1000), st.floats(0, 1000))
def test_the_url_wins_and_nobody_waits_too_long(wait: float | None, prefer: int, usual: float, most: float) -> None:
    assert seconds(wait, [f"wait={prefer}"], usual=usual, most=most) == min(prefer if wait is None else wait, most)
    assert seconds(wait, [], usual=usual, most=most) == min(usual if wait is None else wait, most)


@pytest.mark.parametrize("wait", ["-1", "soon", "nan", "inf"])
def test_in_the_url_what_cannot_be_understood_is_a_fault(wait: str) -> None:
    with pytest.raises(OptionError) as caught:
        asked_of(Waiting, {"wait": wait})
    assert [fault.where for fault in caught.value.faults] == ["options.wait"]


def test_a_sign_in_quotes_may_be_written_with_a_stroke_before_it() -> None:
    assert preferred(['wait="1\\0"']) == 10
