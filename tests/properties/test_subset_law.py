"""Laws of parts: valid, in their own words, cut once and for all, whatever the order of rows."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import given, settings, strategies as st

import alignment as al
from alignment.models import TABLES, System
from alignment.models.system.checks import references, words
from tests.random_systems import random_system, shuffled
from tests.strategies import systems
from tests.thoroughly import most

OPTIONS = ("agencies", "tiers", "outcomes", "measures")

some_systems = st.one_of(systems(), st.integers(0, 400).map(random_system))


def drawn(system: System, data: st.DataObject) -> dict[str, list[str]]:
    """Some ids of some options."""
    found: dict[str, list[str]] = {}
    for table in OPTIONS:
        known = [row.id for row in getattr(system, table)]
        if known and data.draw(st.booleans()):
            found[table] = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=3))
    return found


def part_of(system: System, chosen: dict[str, list[str]]) -> System | None:
    """The part, or nothing where that has no target."""
    with suppress(al.OptionError):
        return al.subset(system, **chosen)
    return None


@settings(max_examples=most(200, 30), deadline=None)
@given(some_systems, st.data())
def test_a_part_refers_to_nothing_that_is_not_in_it_and_cutting_it_again_changes_nothing(
    system: System, data: st.DataObject
) -> None:
    chosen = drawn(system, data)
    part = part_of(system, chosen)
    if part is None:
        return
    for table in TABLES:
        assert set(part.table(table)) <= set(system.table(table))
        for column, home in references(TABLES[table]):
            known = {row.id for row in getattr(part, home)}
            assert all(word in known for row in part.table(table) for word in words(row, column))
    assert System.model_validate(part.model_dump()) == part
    assert al.subset(part, **chosen) == part
    for table, names in chosen.items():
        assert set(names) <= {row.id for row in getattr(part, table)}


@settings(max_examples=most(100, 15), deadline=None)
@given(some_systems, st.data())
def test_a_part_holds_the_targets_that_were_asked_for_and_no_other(system: System, data: st.DataObject) -> None:
    chosen = drawn(system, data)
    part = part_of(system, chosen)
    tier = {row.id: row.tier for row in system.agencies}
    outcome = {row.id: {row.outcome} for row in system.measures}
    for row in system.captures:
        outcome[row.measure].add(row.outcome)

    def fits(row: Any) -> bool:
        who = {row.agency, row.deliverer}
        # A body that fits both options, not one for each.
        able = [
            each
            for each in who
            if ("agencies" not in chosen or each in chosen["agencies"])
            and ("tiers" not in chosen or tier[each] in chosen["tiers"])
        ]
        spoken = "outcomes" not in chosen or outcome[row.measure] & set(chosen["outcomes"])
        return bool(able and spoken and ("measures" not in chosen or row.measure in chosen["measures"]))

    expected = tuple(filter(fits, system.targets))
    if part is not None:
        assert part.targets == expected
    else:
        assert not expected


@settings(max_examples=most(100, 15), deadline=None)
@given(some_systems, st.data(), st.integers(0, 99))
def test_the_order_of_rows_and_of_words_does_not_matter(system: System, data: st.DataObject, seed: int) -> None:
    chosen = drawn(system, data)
    one = part_of(system, chosen)
    two = part_of(shuffled(system, seed), {name: names[::-1] for name, names in chosen.items()})
    assert (one is None) == (two is None)
    if one is not None and two is not None:
        assert one.hash == two.hash
        assert {note.what for note in one.notes} == {note.what for note in two.notes}


@settings(max_examples=most(60, 10), deadline=None)
@given(some_systems)
def test_everything_is_the_system_itself(system: System) -> None:
    assert al.subset(system) == system
    for table in ("agencies", "measures"):
        if system.targets:
            assert al.subset(system, **{table: [row.id for row in getattr(system, table)]}) == system


@settings(max_examples=most(60, 10), deadline=None)
@given(some_systems, st.data())
def test_every_row_of_targets_is_in_or_told_of_where_it_touches(system: System, data: st.DataObject) -> None:
    chosen = drawn(system, data)
    part = part_of(system, chosen)
    if part is None:
        return
    inside = {row.id for row in (*part.agencies, *part.measures)}
    out = [row for row in system.targets if row not in part.targets]
    touching = [row for row in out if {row.agency, row.deliverer, row.measure} & inside]
    told = [note.what for note in part.notes if note.table == "targets"]
    assert sum(int(what.split()[0].replace(",", "")) for what in told) == len(touching)


@settings(max_examples=most(200, 20), deadline=None)
@given(some_systems, st.data())
def test_joined_with_the_whole_a_part_adds_nothing(system: System, data: st.DataObject) -> None:
    part = part_of(system, drawn(system, data))
    if part is not None:
        assert al.join(system, part) == system
        assert al.join(part, system).hash == system.hash
