"""Findings against METHOD's conditions tried on every target, pair of targets and row."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Literal

import pytest

import alignment as al
from alignment.models.options.conflicts import KINDS
from alignment.models.system import System
from tests.oracles.every import EVERY
from tests.oracles.wanted import plain
from tests.oracles.words import Words
from tests.random_systems import random_system, rich_system
from tests.thoroughly import part_of


def test_every_kind_has_an_oracle() -> None:
    assert {*EVERY, "joint"} == set(KINDS)


@pytest.mark.parametrize("batch", part_of(range(20)))
def test_findings_are_what_the_method_says_row_by_row(batch: int) -> None:
    occurred: Counter[str] = Counter()
    for seed in range(batch * 20, batch * 20 + 20):
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
    assert min(occurred[kind] for kind in EVERY) >= 1, occurred


def parties(between: tuple[frozenset[str], ...], label: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every two labels of agencies that stand in two different groups; one group alone stands in itself."""
    groups = [group for group in between if group]
    for one, two in combinations(groups * 2 if len(groups) == 1 else groups, 2):
        for a, b in product(one, two):
            low, high = sorted((label[a], label[b]))
            yield low, high


@pytest.mark.parametrize("seed", part_of(range(12)))
@pytest.mark.parametrize("by", ["agency", "tier", "sector"])
def test_counts_are_those_of_the_groups_and_pairs_of_each_finding(
    seed: int, by: Literal["agency", "tier", "sector"]
) -> None:
    system = rich_system(seed)
    words, conflicts = Words(system), al.find_conflicts(system, list(EVERY))
    label = {row.id: row.id if by == "agency" else getattr(row, by) or "(unknown)" for row in system.agencies}
    wanted = {each.id: each for oracle in EVERY.values() for each in oracle(words)}
    found = Counter(pair for each in wanted.values() for pair in set(parties(each.between, label)))
    pairs = Counter(
        tuple(sorted(label[words.targets[key].agency] for key in pair)) for each in conflicts for pair in each.pairs()
    )
    rows = [(a, b, number, pairs[a, b]) for (a, b), number in found.items()]
    table = [tuple(row) for row in conflicts.counts(by).itertuples(index=False)]
    assert table == sorted(rows, key=lambda row: (-row[2], -row[3], row[0], row[1]))


@pytest.mark.parametrize("seed", range(6))
def test_filters_go_by_the_groups_of_each_finding(seed: int) -> None:
    system = rich_system(seed)
    words, conflicts = Words(system), al.find_conflicts(system, list(EVERY))
    wanted = {each.id: each for oracle in EVERY.values() for each in oracle(words)}
    tiers = {who: tier or "" for who, tier in words.tiers.items()}
    for one, two in product((row.id for row in system.tiers), repeat=2):
        expected = {
            name for name, each in wanted.items() if tuple(sorted((one, two))) in set(parties(each.between, tiers))
        }
        assert {each.id for each in conflicts.between(one, two)} == expected
    for who in words.tiers:
        expected = {
            name
            for name, each in wanted.items()
            if who in frozenset[str]().union(*each.between, *(words.deliverers(sorted(s.targets)) for s in each.sides))
        }
        assert {each.id for each in conflicts.touching(who)} == expected


@pytest.mark.parametrize("seed", part_of(range(30)))
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


def test_findings_do_not_depend_on_how_many_pairs_are_looked_at_together(monkeypatch: pytest.MonkeyPatch) -> None:
    systems = [rich_system(seed) for seed in range(25)]
    wanted = [list(al.find_conflicts(system, ("opposed", "inconsistent", "spillover"))) for system in systems]
    for name, module in sys.modules.items():
        if name.startswith("alignment.conflicts") and hasattr(module, "CHUNK"):
            monkeypatch.setattr(module, "CHUNK", 3)
    again = [System.model_validate(system.model_dump()) for system in systems]
    assert [list(al.find_conflicts(system, ("opposed", "inconsistent", "spillover"))) for system in again] == wanted
