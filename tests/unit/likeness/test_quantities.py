"""Ages, times and numbers in names, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from alignment.likeness.quantities import OLDEST, Quantity
from alignment.likeness.text import read


def one(text: str) -> Quantity:
    found = read(text).quantities
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Falls, 65 and over", 65, OLDEST),
        ("Falls, 65+", 65, OLDEST),
        ("Home care (Over65) costs", 65, OLDEST),
        ("Falls, aged 65 years and older", 65, OLDEST),
        ("Falls of over 65s", 65, OLDEST),
        ("Admissions, aged 18-64", 18, 64),
        ("Admissions, ages 18 to 64", 18, 64),
        ("Admissions, aged 18–64 years", 18, 64),
        ("Deaths of under-75s", 0, 74),
        ("Under-75 death rate", 0, 74),
        ("Tooth extractions, age 10 and under", 0, 10),
        ("Life expectancy at 75", 75, 75),
        ("Five-year-olds ready for school", 5, 5),
        ("16-19 year olds in training", 16, 19),
    ],
)
def test_ages(text: str, low: float, high: float) -> None:
    found = one(text)
    assert (found.sort, found.low, found.high) == ("age", low, high)


@pytest.mark.parametrize(
    ("text", "hours", "side"),
    [
        ("A&E waits within four hours", 4, "up to"),
        ("The four-hour standard", 4, ""),
        ("Waits over 52 weeks", 52 * 168, "over"),
        ("Waits of six weeks or more", 6 * 168, "over"),
        ("Handovers over 30 minutes", 0.5, "over"),
        ("Readmissions within 30 days of discharge", 720, "up to"),
    ],
)
def test_times(text: str, hours: float, side: str) -> None:
    found = one(text)
    assert (found.sort, found.low, found.side) == ("time", hours, side)


def test_what_is_no_age_is_none() -> None:
    assert one("People with three or more long-term conditions").sort == "number"
    assert one("Deaths per 100,000").sort == "scale"
    assert one("HbA1c > 9%").sort == "share"
    assert read("Ambulance category 1 response").quantities[0].sort == "number"


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("within 28 days", "within four weeks", True),
        ("within 12 months", "within a 1-year window", True),
        ("within 30 days", "within 31 days", False),
        ("within 60 days", "within 62 days", False),
        ("within 28 days", "within one month", False),
        ("aged 65+", "65 and over", True),
        ("65 minutes", "65 and over", False),
    ],
)
def test_equal_quantities_in_other_words(left: str, right: str, equal: bool) -> None:
    assert one(left).equals(one(right)) == equal == one(right).equals(one(left))


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    read(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "under",
                "over",
                "65",
                "+",
                "18",
                "-",
                "64",
                "and",
                "or",
                "%",
                "per",
                "aged",
                "years",
                "days",
                "week",
                "of",
                ">",
                "1,000",
                "two",
                "A&E",
                "GPs",
                "or",
                "more",
            ]
        ),
        max_size=12,
    )
)
def test_any_row_of_such_words_can_be_read(words: list[str]) -> None:
    found = read(" ".join(words))
    assert all(each.low >= 0 and each.words for each in found.quantities)
