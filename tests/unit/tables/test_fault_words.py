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
        "Higher",
        "'Higher' is not one of higher, lower, in-range, none",
        "Did you mean 'higher'?",
    ),
    ("measures", "direction", "in range", "is not one of", "Did you mean 'in-range'?"),
    ("measures", "direction", "sideways", "is not one of", "Write one of them"),
    ("measures", "aggregate", 3, "'3' is not one of mean, sum", "Write one of them"),
    ("measures", "baseline", True, "'yes' is not a number", "Write a number such as 95"),
    ("measures", "baseline", [1], "'[1]' is not a number", "Write a number such as 95"),
    ("measures", "baseline", "1e999", "'1e999' is not a number that can be reckoned with", "or leave the cell blank"),
    ("measures", "baseline", float("inf"), "'inf' is not a number that can be reckoned with", "such as 95"),
    ("measures", "baseline", 10**400, "is not a number", "Write a number such as 95"),
    ("measures", "step", 0, "'0' is not above 0", "Write a number above 0"),
    ("measures", "cost", -1.5, "'-1.5' is below 0", "Write 0 or a number above it"),
    ("measures", "statutory", 2, "'2' is neither yes nor no", "Write yes or no, or leave the cell blank"),
    ("measures", "statutory", [1], "'[1]' is neither yes nor no", "Write yes or no, or leave the cell blank"),
    ("measures", "reported_at", 5, "'5' is not a list of ids", "Write ids with a semicolon between"),
    ("measures", "reported_at", ";", "names none", "leave the cell blank for all"),
    ("measures", "id", "\u0141\u00f3d\u017a (A&E)", "is not a kebab-case id", "Write 'odz-a-e'"),
    ("measures", "id", "\u5317\u4eac", "is not a kebab-case id", "Use small letters, digits and hyphens"),
    ("measures", "id", {"a": 1}, "'{'a': 1}' is not text", "Write words or a number"),
    ("measures", "name", "bell \x07 rings", "holds a control character", "Type the text again"),
    ("measures", "name", "half \ud800 sign", "holds half a character", "Type the text again"),
    ("measures", "unit", ["%"], "'['%']' is not text", "Write words or a number"),
    ("targets", "weight", "1.2", "'1.2' is above 1", "Write a number above 0 up to 1"),
    ("targets", "due", "2019-02-30", "'2019-02-30' is not a day of the calendar", "such as 2018-03-31"),
    ("targets", "due", "\u0662\u0660\u0661\u0668", "is neither a year nor an ISO date", "Write a year such as 2018"),
    ("targets", "due", 20190331, "'20190331' is neither a year nor an ISO date", "such as 2018-03-31"),
    ("outcomes", "review_year", "2018.5", "is not a whole number", "Write a whole number such as 2018"),
    ("outcomes", "review_year", 2018.5, "is not a whole number", "Write a whole number such as 2018"),
    ("outcomes", "review_year", [2018], "is not a whole number", "Write a whole number such as 2018"),
    ("outcomes", "review_year", "9" * 5000, "9999...' is not a whole number", "Write a whole number such as 2018"),
    ("outcomes", "review_year", 20189, "'20189' is above 9999", "Write a number from 1 to 9999"),
    ("influences", "strength", -4, "'-4' is below -3", "Write a number from -3 to 3"),
    ("controls", "share", "45%", "'45%' is not a number", "Write a number from 0 to 1"),
]


@pytest.mark.parametrize(("table", "column", "cell", "what", "remedy"), CASES, ids=lambda case: repr(case)[:24])
def test_words(
    table: str, column: str, cell: Any, what: str, remedy: str, small: dict[str, Any], faults: Faults
) -> None:
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
