"""One key for a row: it is no other's, whatever the order of rows, and what one door prints every other takes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

import alignment as al
from alignment.cli.change_words import changes_in
from alignment.models import TABLES, Row, System
from alignment.models.system.checks import references, words
from alignment.models.system.keys import Keys
from alignment.scenarios.changes import applied
from alignment.tables import read, to_frames
from alignment.tables.names import WITH_IDS
from tests.random_systems import random_system, shuffled
from tests.strategies import systems, wild_numbers
from tests.thoroughly import most, part_of

like_keys = st.text("a|>:#2 ", min_size=1, max_size=6).filter(lambda text: bool(text.strip()))
"""Words of which keys could be made up wrongly."""

law = settings(max_examples=most(30, 10), deadline=None, suppress_health_check=[HealthCheck.too_slow])
any_system = systems(words=like_keys, numbers=wild_numbers) | systems()

EXAMPLES = ("london-2018", "england-frameworks", "winter-pressure")


def rows_by_key(system: System, table: str) -> dict[str, Row]:
    return dict(zip(system.derive(Keys).of(table), system.table(table), strict=True))


def without_ids(system: System) -> System:
    """The same with targets that have no id, some of which differ in a note alone."""
    targets = [{**row.model_dump(), "id": None, "note": f"row {at}"} for at, row in enumerate(system.targets)]
    again = [{**row, "note": "again"} for row in targets[:2]]
    return System.model_validate({**{name: system.table(name) for name in TABLES}, "targets": [*targets, *again]})


@law
@given(system=any_system, seed=st.integers(0, 9))
def test_keys_are_the_rows_own_whatever_the_order(system: System, seed: int) -> None:
    for table in TABLES:
        keys = rows_by_key(system, table)
        assert len(keys) == len(system.table(table)), table
        assert keys == rows_by_key(shuffled(system, seed), table)


FIXED = ("tiers", "populations")
"""Of which a row that others refer to cannot be dropped."""


def refers(system: System, table: str, name: str) -> bool:
    """Whether another row has an id of a table in a cell."""
    return any(
        name in words(row, column)
        for other, row_type in TABLES.items()
        for column, home in references(row_type)
        if home == table
        for row in system.table(other)
    )


def only_gone(system: System, table: Any, key: str, row: Row) -> None:
    """Drop a row by its key: it goes, and nothing else that can stand without it."""
    drop = al.Drop(table=table, row=key)
    if table in FIXED and refers(system, table, key):
        with pytest.raises(al.InputError, match="stands in"):
            al.apply(system, drop)
        return
    after = al.apply(system, drop)
    if table in WITH_IDS:
        assert [name for name in rows_by_key(system, table) if name not in rows_by_key(after, table)] == [key]
    else:
        assert Counter(system.table(table)) - Counter(after.table(table)) == Counter([row])
        assert all(system.table(name) == after.table(name) for name in TABLES if name != table)


@law
@given(system=any_system, data=st.data())
def test_every_key_of_a_frame_names_its_row(system: System, data: st.DataObject) -> None:
    frames = to_frames(system)
    assert read(frames) == system
    table = data.draw(st.sampled_from([name for name in TABLES if len(frames[name])] or ["tiers"]))
    assume(len(frames[table]))
    at = data.draw(st.integers(0, len(frames[table]) - 1))
    only_gone(system, table, frames[table].index[at], system.table(table)[at])
    (change,) = changes_in(None, {"drop-row": [f"{table}:{frames[table].index[at]}"]})
    assert change == {"change": "drop", "table": table, "row": frames[table].index[at]}


def with_sources(system: System) -> System:
    """The same with a source of its own for every row, by which evidence shows which row it is about."""
    return System.model_validate(
        {
            name: [{**row.model_dump(), "source": f"{name} {at}"} for at, row in enumerate(system.table(name))]
            for name in TABLES
        }
    )


def evidence(system: System) -> Iterator[tuple[str, str, str | None]]:
    """Every row that a conflict or a cell of MACTOR's tables rests on: its table, its key, its source."""
    for conflict in al.find_conflicts(system):
        yield from ((each.table, each.row, each.source) for each in conflict.evidence)
    for each in al.mactor_matrices(system).evidence.itertuples():
        yield str(each.table), str(each.row), str(each.source) if isinstance(each.source, str) else None


def drops_what_evidence_names(system: System) -> None:
    rows = {table: rows_by_key(system, table) for table in TABLES}
    for table, key, source in set(evidence(system)):
        row = rows[table][key]
        assert row.source == source
        only_gone(system, table, key, row)


@pytest.mark.parametrize("seed", part_of(range(12)))
def test_evidence_names_the_rows_that_changes_drop(seed: int) -> None:
    drops_what_evidence_names(with_sources(random_system(seed)))
    drops_what_evidence_names(with_sources(without_ids(random_system(seed))))


@cache
def example(name: str) -> System:
    return al.read(al.example(name))


@pytest.mark.parametrize("name", EXAMPLES)
def test_evidence_of_the_examples_names_the_rows_that_changes_drop(name: str) -> None:
    system = with_sources(example(name))
    found = {(table, key): source for table, key, source in evidence(system)}
    rows = {table: rows_by_key(system, table) for table in TABLES}
    assert all(rows[table][key].source == source for (table, key), source in found.items())
    for table, key in found:
        if table in WITH_IDS:
            only_gone(system, table, key, rows[table][key])
    # All others in one go, as each by itself takes a while.
    others = [(table, key) for table, key in found if table not in WITH_IDS]
    after = al.apply(system, [{"change": "drop", "table": table, "row": key} for table, key in others])
    for table in TABLES:
        gone = [rows[table][key] for of, key in others if of == table]
        assert Counter(system.table(table)) - Counter(after.table(table)) == Counter(gone)


@pytest.mark.parametrize("name", [*EXAMPLES, *part_of(range(12))])
def test_targets_of_sides_and_pairs_are_taken_by_reweigh_and_retarget(name: str | int) -> None:
    system = example(name) if isinstance(name, str) else without_ids(random_system(name))
    conflicts = al.find_conflicts(system)
    told = {key for each in conflicts for side in each.sides for key in side.targets}
    told |= {key for each in conflicts for block in each.blocks or () for key in (*block.left, *block.right)}
    asked = {key: {"weight": at / 1000, "due": str(3000 + at)} for at, key in enumerate(sorted(told), start=1)}
    changes: list[Any] = [{"change": "reweigh", "target": key, "weight": asked[key]["weight"]} for key in asked]
    changes += [{"change": "retarget", "target": key, "due": asked[key]["due"]} for key in asked]
    rows = rows_by_key(system, "targets")
    wanted = [row.model_copy(update=asked.get(key, {})) for key, row in rows.items()]
    assert list(al.apply(system, changes).targets) == wanted


@settings(max_examples=most(60, 10), deadline=None)
@given(seed=st.integers(0, 400), bare=st.booleans(), which=st.integers(0, 4))
def test_edits_are_named_by_keys_of_the_system_before_or_after(seed: int, bare: bool, which: int) -> None:
    system = without_ids(random_system(seed)) if bare else random_system(seed)
    keys = system.derive(Keys)
    push = system.influences[0] if system.influences else al.models.Influence(source_measure="m0", target_measure="m1")
    change: Any = [
        al.Drop(table="measures", row="m0"),
        al.RemoveAgency(agency="a0"),
        al.MergeAgencies(agency="a0", into="a1"),
        al.Retarget(target=keys.of("targets")[0], clear=("due",), sense="decrease", value=3),
        al.Add(table="influences", row={**push.model_dump(exclude_none=True), "effect": 0.01, "note": "new"}),
    ][which]
    after, edits = applied(system, [change])
    before, then = ({table: rows_by_key(each, table) for table in TABLES} for each in (system, after))
    for edit in edits:
        if edit.what != "added":
            assert edit.row in before[edit.table]
        if edit.what in ("added", "changed"):
            row = then[edit.table][edit.becomes or edit.row]
            assert all(getattr(row, cell.column) == cell.after for cell in edit.cells)
        assert edit.row in edit.sentence


@settings(max_examples=most(40, 8), deadline=None)
@given(seed=st.integers(0, 400), table=st.sampled_from(["targets", "influences", "incentives", "controls"]))
def test_keys_of_the_system_given_hold_for_a_whole_list_of_changes(seed: int, table: Any) -> None:
    system = without_ids(random_system(seed))
    keys = list(system.derive(Keys).of(table))
    random.Random(seed).shuffle(keys)
    keep = keys.pop() if keys else None
    after = al.apply(system, [al.Drop(table=table, row=key) for key in keys])
    assert list(after.table(table)) == ([] if keep is None else [rows_by_key(system, table)[keep]])
    if keys:
        with pytest.raises(al.InputError, match="is no row of"):
            al.apply(system, [al.Drop(table=table, row=key) for key in [*keys, keys[0]]])


@pytest.mark.parametrize("seed", part_of(range(12)))
def test_what_is_asked_of_weights_names_rows_of_the_system_given(seed: int) -> None:
    system = without_ids(random_system(seed))
    keys = {table: set(system.derive(Keys).of(table)) for table in TABLES}
    found = al.what_if(system, al.RemoveAgency(agency="a1"), weights={"a0": 0.5})
    assert all(edit.row in keys[edit.table] for edit in found.edits)
    influences = al.certainty(system, draws=5, confirm=0).influences
    assert {each.influence for each in influences} <= keys["influences"]
