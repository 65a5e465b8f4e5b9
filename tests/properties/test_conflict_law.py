"""Findings against METHOD's conditions tried on every target, pair of targets and row."""

from __future__ import annotations

from collections import Counter

import pytest

import alignment as al
from alignment.models.conflict import KINDS
from tests.oracles.every import EVERY
from tests.oracles.wanted import plain
from tests.oracles.words import Words
from tests.random_systems import random_system, rich_system


def test_every_kind_has_an_oracle() -> None:
    assert {*EVERY, "joint"} == set(KINDS)


@pytest.mark.parametrize("batch", range(10))
def test_findings_are_what_the_method_says_row_by_row(batch: int) -> None:
    occurred: Counter[str] = Counter()
    for seed in range(batch * 40, batch * 40 + 40):
        system = rich_system(seed)
        words = Words(system)
        for kind, oracle in EVERY.items():
            wanted = {each.id: each for each in oracle(words)}
            found = {each.id: each for each in al.find_conflicts(system, kind)}
            assert set(found) == set(wanted), (seed, kind)
            occurred[kind] += len(wanted)
            for name, each in wanted.items():
                facts = plain(found[name])
                for what, value in each.plain(words).items():
                    close = pytest.approx(value, abs=1e-6) if isinstance(value, float) else value
                    assert facts[what] == close, (seed, name, what)
    assert min(occurred[kind] for kind in EVERY) >= 3, occurred


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
