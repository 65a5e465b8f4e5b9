"""Laws of compare: with itself nothing differs; the other way round all is mirrored; the order of rows is nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

import alignment as al
from alignment.models.answers.compare import Comparison
from alignment.models.system import System
from tests.cutting import part_of_system
from tests.random_systems import rich_system, shuffled
from tests.strategies import systems, wild_words
from tests.thoroughly import most, part_of

SEEDS = part_of(range(30), 15)

SIDED = (
    *("values", "rows", "ids", "severities", "shares", "findings", "names", "within", "standings", "targets", "why"),
    "duties",
)
"""Fields that hold something for each system, in their order."""

LABELS = ("where", "kept_in", "serves_in")
"""Fields that name systems."""


def pair(seed: int) -> tuple[System, System]:
    """Two systems with much in common: parts of one, and another name."""
    whole = rich_system(seed)
    other = part_of_system(whole, seed)
    targets = [row.model_copy(update={"value": row.value + 1}) if row.value else row for row in other.targets[:2]]
    other = other.replace(targets=[*targets, *other.targets[2:]])
    return whole, other.replace(about=other.about.model_copy(update={"name": "Other"}))


def mirrored(row: Any) -> Any:
    """A row of an answer as it is with two systems the other way round."""
    cells = dict(row)
    for name in SIDED:
        if isinstance(cells.get(name), tuple):
            cells[name] = cells[name][::-1]
    for name in LABELS:
        if name in cells:
            cells[name] = tuple(sorted(cells[name]))
    if cells.get("difference") is not None:
        cells["difference"] = 0.0 - cells["difference"]
    return cells


def plain(row: Any) -> Any:
    """A row whose names of systems are in no order."""
    return {**dict(row), **{name: tuple(sorted(getattr(row, name))) for name in LABELS if hasattr(row, name)}}


PARTS = ("figures", "tiers", "pairs", "themes", "sets", "findings", "differences", "matches")


def rows_of(answer: Comparison) -> dict[str, list[Any]]:
    """Everything that has a row for something, in no order."""
    found = {name: [plain(row) for row in getattr(answer, name)] for name in PARTS}
    found["core"] = [plain(row) for row in (answer.core.measures if answer.core else ())]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_with_itself_nothing_differs(seed: int) -> None:
    system = rich_system(seed)
    found = al.compare(system, shuffled(system, 1), names=("one", "two"))
    assert str(found).splitlines()[0] == "Nothing differs: one and two say the same."
    assert found.same
    assert found.main == ()
    assert {each.difference for each in (*found.figures, *found.tiers, *found.pairs)} <= {0.0, None}
    assert not any(keys for row in found.figures for keys in row.rows)
    assert {each.what for each in found.findings} <= {"same"}
    assert {each.what for each in found.themes} <= {"all"}
    assert all(each.kept_in == ("one", "two") for each in found.sets)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_other_way_round_is_the_mirror_image(seed: int) -> None:
    one, two = pair(seed)
    found = al.compare(one, two, names=("one", "two"))
    back = al.compare(two, one, names=("two", "one"))
    wanted = {name: sorted(map(mirrored, rows), key=repr) for name, rows in rows_of(found).items()}
    assert rows_of(back) == wanted
    assert sorted(map(len, back.main)) == sorted(map(len, found.main))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    one, two = pair(seed)
    found = al.compare(one, two, core=False)
    assert al.compare(shuffled(one, 3), shuffled(two, 4), core=False) == found


@pytest.mark.parametrize("seed", part_of(range(12), 6))
def test_every_row_that_is_only_in_one_is_told(seed: int) -> None:
    """A system without some of its targets lacks these, by their keys, and nothing else of its targets differs."""
    whole = rich_system(seed)
    gone = sorted(al.find_conflicts(whole).arrays.targets.keys)[::3]
    part = al.apply(whole, [al.Drop(table="targets", row=key) for key in gone])
    found = al.compare(whole, part, names=("whole", "part"), core=False)
    told = [key for row in found.differences if row.table == "targets" and row.what == "only in" for key in row.rows[0]]
    assert sorted(told) == gone
    assert {row.table for row in found.differences} == {"targets"}
    assert [row.values for row in found.figures if row.figure == "targets"] == [
        (len(whole.targets), len(whole.targets) - len(gone))
    ]


@settings(max_examples=most(100, 4), deadline=None)
@given(systems(words=wild_words, others=4), systems(words=wild_words, others=4))
def test_any_systems_compare(one: System, two: System) -> None:
    found = al.compare(one, two)
    assert type(found).model_validate_json(found.to_json()) == found
    assert all(len(found.to_frame(name).columns) for name in found.frames)
    assert all(len(line) <= 80 or " " not in line.strip() for line in str(found).splitlines())
