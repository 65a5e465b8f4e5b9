"""What a fault says to write makes fewer faults; numbers written with decimal commas are the same numbers."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import assume, given, settings, strategies as st

import alignment as al
from alignment.models import Fault
from alignment.tables.marks import is_mark
from alignment.tables.raw import Percent
from tests.thoroughly import most

law = settings(max_examples=most(400, 60), deadline=None)

WRITE = re.compile(r"Write '(?P<quoted>[^']+)'|Did you mean '(?P<meant>[^']+)'|Write (?P<first>[0-9][^ ,]*)")

words = st.sampled_from(
    ("dept", "Dept", "ETS 01", "ETS-01", "A&E", "b\u0435ds", "beds", "2026-03-01", "Hospital", "hospitl", "12 beds")
)
# No percentages: which number one is depends on the other figures, and so on how these are mended.
figures = st.sampled_from(("95", "1,5", "1,250", "1.250", "9O", "150", "n/a", "50", "-", "NaN", "\u00a31,200"))
times = st.sampled_from(("2026", "03/04/2026", "31/03/2026", "2018/19", "soon", "March 2026", "tbc"))
senses = st.sampled_from(("at_least", "At most", "atleast", "between", "increase", "decreese", "\u2265"))

# A second slip in a row that could not be read is told only once the first is mended: there is none.
targets: st.SearchStrategy[dict[str, str]] = st.fixed_dictionaries(
    {"agency": words, "measure": words, "sense": senses, "value": figures.filter(lambda cell: not is_mark(cell))},
    optional={"due": times, "weight": figures | st.just("92%")},
)
systems: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "agencies": st.lists(st.fixed_dictionaries({"id": words, "name": words}), min_size=1, max_size=3),
        "measures": st.lists(
            st.fixed_dictionaries({"id": words, "name": words}, optional={"baseline": figures}), min_size=1, max_size=3
        ),
        "targets": st.lists(targets, max_size=3),
    }
)


def faults_of(tables: dict[str, Any]) -> tuple[Fault, ...]:
    try:
        al.read(tables)
    except al.InputError as error:
        return error.faults
    return ()


def places(faults: tuple[Fault, ...]) -> set[tuple[str, int | None, str | None]]:
    return {(each.table, each.index, each.column) for fault in faults for each in (fault, *fault.also)}


@law
@given(tables=systems)
def test_to_write_what_a_fault_says_leaves_fewer_faults(tables: dict[str, Any]) -> None:
    for at, row in enumerate(tables["targets"]):
        row["note"] = f"{at}"
    before = faults_of(tables)
    for fault in before:
        told = WRITE.search(fault.remedy)
        if told is None or fault.index is None or fault.column is None:
            continue
        after = {name: [dict(row) for row in rows] for name, rows in tables.items()}
        after[fault.table][fault.index][fault.column] = next(filter(None, told.groups())).rstrip(",")
        left = faults_of(after)
        assert (fault.table, fault.index, fault.column) not in places(left)
        assert len(places(left)) < len(places(before)), "\n".join(map(str, (fault, *left)))


numbers = st.lists(st.floats(min_value=-1e12, max_value=1e12), min_size=1, max_size=5)


@law
@given(numbers=numbers)
def test_numbers_with_decimal_commas_are_the_same_numbers(numbers: list[float]) -> None:
    written = [repr(number).replace(".", ",") for number in numbers]
    # One that can be nothing else tells how the others are meant.
    assert read_numbers([*written, "0,5"])[:-1] == numbers


@law
@given(
    numbers=st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=5), sign=st.sampled_from(" .\u00a0\u202f'")
)
def test_numbers_with_thousands_set_apart_are_the_same_numbers(numbers: list[int], sign: str) -> None:
    written = [f"{number:,}".replace(",", sign) for number in numbers]
    assert read_numbers([*written, "0,5"])[:-1] == numbers


@law
@given(hundredths=st.decimals(0, 100, places=2))
def test_percentages_are_exact(hundredths: Any) -> None:
    assert Percent(float(hundredths) / 100).hundredths == float(hundredths)


def read_numbers(cells: list[str]) -> list[float | None]:
    rows = [{"id": f"m{at}", "name": "Measure", "baseline": cell} for at, cell in enumerate(cells)]
    assume(rows)
    system = al.read({"agencies": [{"id": "a", "name": "A"}], "measures": rows, "targets": []})
    return [row.baseline for row in system.measures]
