"""Laws of changes: nothing is lost, nothing differs without a cause, what is put back is as before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import alignment as al
from alignment.models import System
from alignment.models.answers.what_if import Edit, WhatIf
from alignment.scenarios.changes import applied
from tests.random_systems import random_system
from tests.thoroughly import most, part_of

seeds = st.integers(0, 400)


def rows(system: System) -> dict[str, list[str]]:
    return {
        name: sorted(row.model_dump_json(exclude_none=True) for row in system.table(name)) for name in al.models.TABLES
    }


def undone(edits: tuple[Edit, ...]) -> Iterator[dict[str, Any]]:
    """What puts removed rows back, those that others refer to first."""
    for edit in sorted(edits, key=lambda each: list(al.models.TABLES).index(each.table)):
        cells = {cell.column: cell.before for cell in edit.cells if cell.before is not None}
        yield {"change": "add", "table": edit.table, "row": cells}


@settings(max_examples=most(60, 10), deadline=None)
@given(seeds, st.data())
def test_what_is_dropped_and_added_back_is_the_same_system(seed: int, data: st.DataObject) -> None:
    system = random_system(seed)
    table: Any = data.draw(st.sampled_from(["measures", "targets", "influences", "controls", "incentives", "captures"]))
    if not system.table(table):
        return
    row: Any = data.draw(st.sampled_from(system.table(table)))
    named = getattr(row, "id", None)
    address = named or ":".join(str(getattr(row, name)) for name in (row.key or first_of(table)))
    after, edits = applied(system, [al.Drop(table=table, row=address)])
    assert all(edit.what == "removed" for edit in edits)
    assert al.apply(after, list(undone(edits))).hash == system.hash


def first_of(table: str) -> tuple[str, ...]:
    return {"influences": ("source_measure", "target_measure"), "incentives": ("payer", "payee", "measure")}[table]


@settings(max_examples=most(60, 10), deadline=None)
@given(seeds)
def test_every_row_that_is_not_there_any_more_was_told_of(seed: int) -> None:
    system, draw = random_system(seed), random.Random(seed)
    agencies = [row.id for row in system.agencies]
    change: Any = draw.choice(
        [
            al.RemoveAgency(agency=agencies[0]),
            al.MergeAgencies(agency=agencies[0], into=agencies[1]),
            al.Drop(table="measures", row=system.measures[0].id),
            al.Reweigh(target=system.targets[0].agency, weight=0.5),
        ]
    )
    after, edits = applied(system, [change])
    one, two = rows(system), rows(after)
    lost = {(table, row) for table in one for row in one[table] if row not in two[table]}
    new = {(table, row) for table in two for row in two[table] if row not in one[table]}
    assert len({(edit.table, edit.row) for edit in edits if edit.what != "added"}) >= len({table for table, _ in lost})
    assert sum(edit.what in ("removed", "united") for edit in edits) == sum(map(len, one.values())) - sum(
        map(len, two.values())
    )
    assert bool(lost or new) == bool(edits)


def nothing(found: WhatIf) -> bool:
    kept = found.kept_before == found.kept_after and found.measures == ()
    return kept and found.conflicts == () and found.duties == () and found.voices == ()


@settings(max_examples=most(25, 5), deadline=None)
@given(seeds)
def test_no_change_is_no_difference(seed: int) -> None:
    system = random_system(seed)
    found = al.what_if(system, [])
    assert (found.edits, nothing(found), found.before) == ((), True, found.after)
    assert all(stage.before == stage.after for stage in found.stages)
    assert found.headline.startswith("No conflict and no duty differs.")


@settings(max_examples=most(25, 5), deadline=None)
@given(seeds)
def test_merging_into_a_new_empty_agency_changes_nothing_but_the_name(seed: int) -> None:
    system = random_system(seed)
    old = system.agencies[0]
    tables: dict[str, Any] = {"id": "zz-new", "name": "New"}
    found = al.what_if(system, [al.Add(table="agencies", row=tables), al.MergeAgencies(agency=old.id, into="zz-new")])
    assert found.kept_before == found.kept_after
    assert [(stage.before, stage.after) for stage in found.stages] == [(s.before, s.before) for s in found.stages]
    # What names a deliverer is another conflict by name; every other is the same.
    assert all(each.kind in ("two-masters", "no-control", "judged-by-rival") for each in found.conflicts)
    gone = sorted(each.before or 0 for each in found.conflicts if each.what == "vanishes")
    assert gone == sorted(each.after or 0 for each in found.conflicts if each.what == "appears")
    assert {duty.agency for duty in found.duties} <= {old.id, "zz-new"}


def kept(system: System) -> tuple[str, ...] | None:
    """The proposed set; none where nothing can be judged."""
    try:
        return al.propose(system).measures
    except al.NothingToJudge:
        return None


@settings(max_examples=most(40, 8), deadline=None)
@given(seeds, st.integers(0, 3))
def test_before_and_after_are_what_the_verbs_say(seed: int, which: int) -> None:
    system = random_system(seed)
    change: Any = [
        al.Drop(table="measures", row=system.measures[0].id),
        al.RemoveAgency(agency=system.targets[0].agency),
        al.Reweigh(target=system.targets[0].id or "", weight=0.05),
        al.Retarget(target=system.targets[0].id or "", sense="at_least", value=14),
    ][which]
    after = al.apply(system, change)
    found = al.what_if(system, change)
    assert found.kept_before == kept(system)
    assert found.kept_after == kept(after)
    one, two = ({each.id: each.severity for each in al.find_conflicts(place)} for place in (system, after))
    differ = {name for name in {*one, *two} if one.get(name) != two.get(name)}
    assert {each.conflict for each in found.conflicts} == differ
    both = (found.kept_before, found.kept_after)
    wanted = set[str]() if None in both else set(both[0] or ()) ^ set(both[1] or ())
    assert {row.measure for row in found.measures} == wanted
    assert found.proven
    assert WhatIf.model_validate_json(found.model_dump_json()) == found


@pytest.mark.parametrize("seed", part_of(range(12), 3))
def test_a_tie_is_one_by_brute_force(seed: int) -> None:
    """Where a measure comes that was in some best set before, that set is found among the alternatives."""
    system = random_system(seed)
    found = al.what_if(system, al.Drop(table="targets", row=system.targets[0].id or ""))
    best = [set(each.measures) for each in al.alternatives(system, limit=200).sets]
    after = [set(each.measures) for each in al.alternatives(al.apply(system, list(found.changes)), limit=200).sets]
    for row in found.measures:
        with_it = any(row.measure in each for each in (best if row.what == "comes" else after))
        without = not all(row.measure in each for each in (after if row.what == "comes" else best))
        assert row.tie == (with_it or without), (seed, row)
