"""Findings against METHOD's conditions tried on every target, pair of targets and row."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, permutations, product
from typing import Literal

import pytest

import alignment as al
from alignment.models.options.conflicts import KINDS
from alignment.models.system import System
from tests.oracles import inconsistent
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


def situations(words: Words) -> Iterator[str]:
    """What decision 5 tells apart, where a system holds it."""
    yield from of_findings(words)
    yield from of_targets(words)
    yield from of_effects(words)


def of_findings(words: Words) -> Iterator[str]:
    for each in (each for oracle in EVERY.values() for each in oracle(words)):
        if any(link.near or link.far for link in words.along(each.path)):
            yield "pushes by a twin"
        if each.kind == "torn" and any(table == "overlaps" for table, _ in each.evidence):
            yield "torn by a twin"
        if each.kind == "spillover" and not all(words.pushes(words.targets[key]) for key in each.sides[1].targets):
            yield "hurts a guard"
        if each.kind == "opposed" and each.confidence == 0.5:
            yield "may leave room"
        if each.kind in ("opposed", "against-people") and each.confidence == 0.7:
            yield "only inferred"


def of_targets(words: Words) -> Iterator[str]:
    for one, two in permutations(words.targets.values(), 2):
        effect, nested = words.effect(one.measure, two.measure), words.narrower(one, two)[0]
        if words.wish(one) * effect * words.wish(two) < -words.tolerance:
            yield "met, and pushes nobody" if not words.pushes(one) else "pushes"
            if words.pushes(one) and not words.beyond(one, effect, two):
                yield "stays within the slack"
        if nested and inconsistent.comparable(words, one, two) and inconsistent.noted(words, one, two):
            yield "aims higher"
    if any(words.control(who, name) > words.shares(name).get(who, 0) for who in words.tiers for name in words.measures):
        yield "controls by its members"


def of_effects(words: Words) -> Iterator[str]:
    for pair, link in words.links.items():
        yield "borrowed at both ends" if link.near and link.far else "own"
        if words.further.get(pair, link) != link:
            yield "borrowed otherwise further on"
        if words.read_as(*pair) is not None:
            yield "twins with rows of their own"
        if link.size and pair not in words.effects:
            yield "would turn the sign"
        if any(row.origin == "estimated" for row in link.rows):
            yield "estimated alone"
    if len(words.system.influences) > sum(len(rows) for rows in words.own.values()):
        yield "estimated beside declared"


def test_random_systems_hold_what_decision_5_tells_apart() -> None:
    occurred = Counter(what for seed in range(120) for what in set(situations(Words(rich_system(seed)))))
    assert len(occurred) == 17, occurred
    assert min(occurred.values()) >= 4, occurred


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
