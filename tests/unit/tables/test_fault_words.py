"""What is said of a cell that cannot be read."""

from __future__ import annotations

from typing import Any

import pytest

from alignment.models import Measure
from alignment.models.cell_fault_words import worded

from .conftest import Faults

CASES: list[tuple[str, str, Any, str, str]] = [
    (
        "measures",
        "direction",
        "hihger",
        "'hihger' is not one of higher, lower, in-range, none",
        "Did you mean 'higher'?",
    ),
    ("measures", "direction", "in ragne", "is not one of", "Did you mean 'in-range'?"),
    ("measures", "direction", "sideways", "is not one of", "Write one of them"),
    ("measures", "aggregate", 3, "'3' is not one of mean, sum", "Write one of them"),
    ("measures", "baseline", True, "'yes' is not a number", "Write the number in digits, or clear the cell"),
    ("measures", "baseline", [1, 2], "'[1, 2]' is not a number", "Write the number in digits"),
    (
        "measures",
        "baseline",
        "1e999",
        "'1e999' is not a number that can be reckoned with",
        "or clear the cell if it is not known",
    ),
    (
        "measures",
        "baseline",
        float("inf"),
        "'inf' is not a number that can be reckoned with",
        "Write the number in digits",
    ),
    ("measures", "baseline", 10**400, "is not a number", "Write the number in digits"),
    ("measures", "step", 0, "'0' is not above 0", "Write a number above 0"),
    ("measures", "cost", -1.5, "'-1.5' is below 0", "Write 0 or a number above it"),
    ("measures", "statutory", 2, "'2' is neither yes nor no", "Write yes or no, or leave the cell blank"),
    ("measures", "statutory", [1, 0], "'[1, 0]' is neither yes nor no", "Write yes or no, or leave the cell blank"),
    ("measures", "reported_at", 5, "'5' is not an id of tiers", "Add it to tiers"),
    ("measures", "reported_at", ";", "names none", "leave the cell blank for all"),
    ("outcomes", "id", "\u0141\u00f3d\u017a (A&E)", "is not an id, which has only letters, digits", "Write 'odz-A-E'"),
    ("outcomes", "id", "\u5317\u4eac", "is not an id", "Write a code or short name"),
    ("measures", "id", {"a": 1}, "'{'a': 1}' is not text", "Write words or a number"),
    ("measures", "name", "bell \x07 rings", "holds a control character", "Type the text again"),
    ("measures", "name", "half \ud800 sign", "holds half a character", "Type the text again"),
    ("measures", "unit", ["%", "GBP"], "'['%', 'GBP']' is not text", "Write words or a number"),
    ("targets", "weight", "1.2", "'1.2' is above 1", "Write a number above 0 up to 1"),
    ("targets", "due", "2019-02-30", "'2019-02-30' is not a day of the calendar", "or a date (2018-03-31)"),
    (
        "targets",
        "due",
        "\u0662\u0660\u0661\u0668",
        "is neither a year nor an ISO date",
        "Write a year (2018), a financial year (2018/19)",
    ),
    ("targets", "due", 20190331, "'20190331' is neither a year nor an ISO date", "or a date (2018-03-31)"),
    ("outcomes", "review_year", "2018.5", "is not a whole number", "Write a whole number from 1 to 9999"),
    ("outcomes", "review_year", 2018.5, "is not a whole number", "Write a whole number from 1 to 9999"),
    ("outcomes", "review_year", [2018, 2019], "is not a whole number", "Write a whole number from 1 to 9999"),
    ("outcomes", "review_year", "9" * 5000, "9999...' is not a whole number", "Write a whole number from 1 to 9999"),
    ("outcomes", "review_year", 20189, "'20189' is above 9999", "Write a number from 1 to 9999"),
    ("influences", "strength", -4, "'-4' is below -3", "Write a number from -3 to 3"),
    ("controls", "share", 45, "'45' is above 1", "Write 0.45, or 45%, if it is of 100"),
    ("measures", "id", "b\u0435ds", "only looks like its letters: cyrillic small letter ie", "Write 'beds'"),
    ("outcomes", "id", "b" * 81, "has 81 characters, and an id has 80 at most", "Write a shorter one"),
    ("targets", "id", "01/03/2026", "is a date, not an id: Excel", "Format the column as text"),
]


@pytest.mark.parametrize(("table", "column", "cell", "what", "remedy"), CASES, ids=lambda case: repr(case)[:24])
def test_words(
    table: str, column: str, cell: Any, what: str, remedy: str, small: dict[str, Any], faults: Faults
) -> None:
    if table == "outcomes":
        # Nothing refers to it, which would tell its id.
        small["outcomes"].append(small["outcomes"][0] | {"id": "ill"})
        small["measures"][0]["outcome"] = "ill"
    small[table][0][column] = cell
    (fault,) = faults(small)
    assert fault.where == f"{table}[0].{column}"
    assert what in fault.what
    assert remedy in fault.remedy
    assert "pydantic" not in str(fault)
    assert len(fault.what) < 200


def test_an_error_that_nobody_foresaw_is_still_said() -> None:
    said = worded(Measure, "name", {"type": "new", "loc": ("name",), "msg": "Unlucky", "input": "x" * 99})
    assert said == (f"'{'x' * 57}...' does not fit: Unlucky", "Correct the cell")


@pytest.mark.parametrize("cell", [None, "", "  \n", float("nan")])
def test_blanks_are_blank(cell: Any, small: dict[str, Any], faults: Faults) -> None:
    small["controls"][0]["share"] = cell
    (fault,) = faults(small)
    assert fault.what == "is blank"
