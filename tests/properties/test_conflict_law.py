"""Findings against METHOD's conditions tried on every pair of targets."""

from __future__ import annotations

import pytest

import alignment as al
from alignment.models.answers.conflict import Conflict
from tests.oracle import Mark, Oracle
from tests.random_systems import random_system

SIGNS = {"up": 1, "down": -1, "hold": 0}


def mark(conflict: Conflict) -> Mark:
    wishes = tuple((side.measure or "", SIGNS[side.wish or "hold"]) for side in conflict.sides)
    return conflict.kind, wishes[:1] if conflict.kind == "inconsistent" else wishes, conflict.population


@pytest.mark.parametrize("batch", range(20))
def test_findings_hold_exactly_the_pairs_that_pull_apart(batch: int) -> None:
    for seed in range(batch * 20, batch * 20 + 20):
        system = random_system(seed)
        wanted = Oracle(system).conflicts()
        found = {mark(each): each for each in al.find_conflicts(system, ("opposed", "inconsistent", "spillover"))}
        assert set(found) == set(wanted), seed
        for key, (severity, pairs) in wanted.items():
            listed = [frozenset(pair) for pair in found[key].pairs()]
            assert len(listed) == len(set(listed)), (seed, key)
            assert set(listed) == pairs, (seed, key)
            assert found[key].severity == pytest.approx(severity, abs=1e-6), (seed, key)
            listed_on_sides = {target for side in found[key].sides for target in side.targets}
            assert listed_on_sides == {target for pair in pairs for target in pair}, (seed, key)


@pytest.mark.parametrize("seed", range(30))
def test_counts_agree_with_the_listed_pairs(seed: int) -> None:
    system = random_system(seed)
    conflicts = al.find_conflicts(system)
    whose = {row.id or "": row.agency for row in system.targets}
    listed: dict[tuple[str, str], int] = {}
    for conflict in conflicts:
        for one, two in conflict.pairs():
            a, b = sorted((whose[one], whose[two]))
            listed[a, b] = listed.get((a, b), 0) + 1
    table = conflicts.counts("agency")
    counted = {(row.a, row.b): row.pairs for row in table.itertuples() if row.pairs}
    assert counted == listed


@pytest.mark.parametrize("seed", range(30))
def test_a_new_agency_on_a_side_changes_no_id_and_lowers_no_severity(seed: int) -> None:
    system = random_system(seed)
    first = system.targets[0]
    joined = {"id": "joining", "name": "Joining", "tier": "t1"}
    target = {**first.model_dump(), "id": "joining-target", "agency": "joining", "weight": 0.3}
    tables = {name: system.table(name) for name in type(system).model_fields if name != "about"}
    larger = al.System.model_validate(
        {**tables, "agencies": [*system.agencies, joined], "targets": [*system.targets, target]}
    )
    kinds = ("opposed", "inconsistent", "spillover", "unguarded", "perverse")
    before = {each.id: each.severity for each in al.find_conflicts(system, kinds)}
    after = {each.id: each.severity for each in al.find_conflicts(larger, kinds)}
    assert set(before) <= set(after)
    assert all(after[name] >= severity for name, severity in before.items())
