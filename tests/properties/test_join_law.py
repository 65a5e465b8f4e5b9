"""Laws of join: with a part of itself nothing changes; the order of systems changes nothing; what comes is a system."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import alignment as al
from alignment.index import levels_of
from alignment.models import TABLES, System
from alignment.models.system.checks import references
from tests.cutting import part_of_system
from tests.random_systems import random_system, rich_system, shuffled
from tests.strategies import systems, wild_words
from tests.thoroughly import most, part_of

SEEDS = part_of(range(200))


def named(system: System, name: str | None) -> System:
    """The system under another name."""
    return system.replace(about=system.about.model_copy(update={"name": name, "currency": "GBP", "year": 2019}))


def alike(one: int, two: int) -> tuple[System, System]:
    """Two dense systems with the same ids, whose measures and agencies are mostly the same."""
    first, second = named(rich_system(one), "Croydon"), rich_system(two)
    names = {row.id: row for row in first.measures}
    cells = ("name", "unit", "direction", "population")
    measures = [
        row.model_copy(update={cell: getattr(names[row.id], cell) for cell in cells}) if row.id in names else row
        for row in second.measures
    ]
    return first, named(second.replace(measures=measures, outcomes=second.outcomes), "Sutton")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_part_adds_nothing(seed: int) -> None:
    whole = rich_system(seed)
    part = part_of_system(whole, seed)
    assert al.join(whole, part) == whole
    assert al.join(part, whole) == whole
    assert al.join(part, whole, part_of_system(whole, -seed - 1)).hash == whole.hash


@settings(max_examples=most(300, 20), deadline=None)
@given(systems(words=wild_words, others=4), st.integers(0, 1000))
def test_a_part_adds_nothing_to_any_system(system: System, seed: int) -> None:
    part = part_of_system(system, seed)
    joined = al.join(part, system)
    assert joined == system
    assert joined.hash == system.hash


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_changes_nothing(seed: int) -> None:
    one, two = alike(seed, seed + 1000)
    three = named(random_system(seed + 2000), "Bromley")
    answers = [al.join(*order) for order in permutations((one, two, three))]
    assert all(each == answers[0] for each in answers)
    assert len({each.hash for each in answers}) == 1
    assert all(each.notes == answers[0].notes for each in answers)


@settings(max_examples=most(500, 30), deadline=None)
@given(
    st.lists(systems(), min_size=2, max_size=3),
    st.lists(st.sampled_from(("Croydon", "Sutton", "Bromley", None)), min_size=3, max_size=3),
)
def test_any_systems_join(parts: list[System], names: list[str | None]) -> None:
    some = [named(system, name) for system, name in zip(parts, names, strict=False)]
    joined = al.join(*some)
    assert joined == al.join(*reversed(some))
    assert joined.notes == al.join(*reversed(some)).notes
    # What is built without checks is read back as it is.
    assert System.model_validate(joined.model_dump()) == joined
    assert al.read(al.to_document(joined)).hash == joined.hash


@pytest.mark.parametrize("seed", SEEDS)
def test_dense_systems_join(seed: int) -> None:
    one, two = alike(seed, seed + 500)
    joined = al.join(one, two)
    assert System.model_validate(joined.model_dump()) == joined
    for table, row_type in TABLES.items():
        assert len(joined.table(table)) <= len(one.table(table)) + len(two.table(table)) + extra(joined, table)
        assert len(joined.table(table)) >= most_kept(table, one, two)
        del row_type


def extra(joined: System, table: str) -> int:
    """How many rows of a table can be new."""
    return len(joined.agencies) * len(joined.measures) if table == "levels" else 0


def most_kept(table: str, *parts: System) -> int:
    """How many rows of a table there are at least: those of the part with most (captures can become needless)."""
    return 0 if table == "captures" else max(len(part.table(table)) for part in parts)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_figure_of_today_is_another_places(seed: int) -> None:
    """Each agency of one place only stands where that place said, or nowhere where it did not say."""
    one, two = alike(seed, seed + 500)
    joined = al.join(one, two, names=("croydon", "sutton"))
    for place, part in (("croydon", one), ("sutton", two)):
        for row in part.targets:
            agency, measure = f"{place}.{row.deliverer}", row.measure
            if agency in {each.id for each in joined.agencies}:
                measures = {each.id for each in joined.measures}
                called = measure if measure in measures else f"{place}.{measure}"
                assert standing(joined, agency, called) == standing(part, row.deliverer, measure)


def standing(system: System, agency: str, measure: str) -> float | None:
    """Where a measure stands at an agency."""
    level = levels_of(system).get((measure, agency))
    return next(row.baseline for row in system.measures if row.id == measure) if level is None else level.value


def test_rows_in_another_order_are_the_same_system() -> None:
    system = rich_system(3)
    again = al.join(system, shuffled(system, 1))
    assert again.hash == system.hash
    assert again == al.join(shuffled(system, 1), system)


def test_every_reference_is_followed() -> None:
    """Every id that clashes is written anew wherever it stands: else the joined system would not be one."""
    one, two = (named(rich_system(7), name) for name in ("Croydon", "Sutton"))
    names: Any = {row.id for row in one.agencies} | {row.id for row in one.measures} | {row.id for row in one.resources}
    joined = al.join(one, two, apart=names)
    assert len(joined.agencies) == 2 * len(one.agencies)
    assert len(joined.measures) == 2 * len(one.measures)
    assert len(joined.targets) == 2 * len(one.targets)
    for table, row_type in TABLES.items():
        if {home for _, home in references(row_type)} & {"agencies", "measures"} and table != "outcomes":
            assert len(joined.table(table)) == 2 * len(one.table(table)), table
