"""Minimal conflicting sets and repairs against brute force over all sets of targets, by another solver."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

import alignment as al
from alignment.feasibility.conflicting_sets import Cores, chosen
from alignment.feasibility.enumeration import list_all
from alignment.feasibility.moves import moves_of
from alignment.feasibility.repair_search import every_mend, mend
from alignment.solver import Clock
from benchmarks.conflicting import dense
from tests.movement import Movement, feasible
from tests.oracles import joint
from tests.oracles.wanted import plain
from tests.random_moves import random_moves, tight_budget
from tests.thoroughly import part_of


@pytest.mark.parametrize("first", part_of(range(0, 300, 20), 15))
def test_all_minimal_sets_and_the_smallest_repairs_are_those_of_brute_force(first: int) -> None:
    for seed in range(first, first + 20):
        system = random_moves(seed)
        moves = moves_of(al.net_effects(system))
        cores = Cores(moves, Clock(60))
        found = mend(cores)
        listed = list_all(cores, found.contradictions)
        keys = moves.index.targets.keys
        sets = {
            frozenset(keys[int(moves.targets[at])] for at in pick)
            for each in listed.contradictions
            for pick in product(*(cores.members[demand] for demand in each.demands))
        }
        movement = Movement(system)
        expected = movement.minimal()
        assert sets == expected, seed
        assert listed.complete
        assert all(cores.hold(each) for each in listed.contradictions)
        weight, repairs = movement.repairs(expected)
        assert found.proven
        assert found.weight == round(weight * 1_000_000)
        every, complete = every_mend(cores, found, 1000)
        assert complete
        assert {frozenset(keys[at] for at in chosen(cores, each)) for each in every} == repairs


@pytest.mark.parametrize("first", part_of(range(0, 60, 10), 6))
def test_joint_conflicts_are_what_the_minimal_sets_make_them(first: int) -> None:
    occurred = 0
    for seed in range(first, first + 10):
        system = tight_budget(seed)
        movement = Movement(system)
        wanted = {each.id: each.plain(movement.oracle) for each in joint.wanted(movement.oracle, movement.minimal())}
        conflicts = al.find_conflicts(system, "joint")
        assert not conflicts.notes
        assert {each.id for each in conflicts} == set(wanted), seed
        occurred += len(wanted)
        for each in conflicts:
            facts, expected = plain(each), wanted[each.id]
            assert facts.pop("evidence")
            assert facts.pop("severity") == pytest.approx(expected.pop("severity"), abs=1e-6), (seed, each.id)
            assert facts == {name: expected[name] for name in facts}, (seed, each.id)
    assert occurred >= 3


@pytest.mark.parametrize("limit", part_of([1, 2, 4, 7], 3))
def test_a_list_that_is_cut_short_holds_every_set_of_the_sizes_it_names(limit: int) -> None:
    shorter = 0
    for seed in range(60):
        moves = moves_of(al.net_effects(random_moves(seed)))
        whole = {each.demands for each in list_all(Cores(moves, Clock(60))).contradictions}
        listed = list_all(Cores(moves, Clock(60)), limit=limit)
        found = [each.demands for each in listed.contradictions]
        assert len(set(found)) == len(found)
        assert set(found) <= whole
        assert {each for each in whole if len(each) <= listed.up_to} <= set(found)
        assert listed.complete <= (set(found) == whole)
        shorter += not listed.complete
    assert shorter


def test_large_sets_are_found_from_above_and_each_holds() -> None:
    """Some twenty of fifty targets conflict at a time: no search that begins with the smallest comes to them."""
    cores = Cores(moves_of(al.net_effects(dense(20, 50, 1), 1)), Clock(120))
    listed = list_all(cores, limit=40)
    sizes = [len(each.demands) for each in listed.contradictions]
    assert len({each.demands for each in listed.contradictions}) == 40
    assert not listed.complete
    assert min(sizes) > listed.up_to
    assert all(cores.hold(each) for each in listed.contradictions)


@pytest.mark.parametrize("seed", part_of(range(40)))
def test_answers_hold_without_any_rounding(seed: int) -> None:
    """Each set cannot be met in fractions, any part of it can, and so can what the repair leaves."""
    system = random_moves(seed, targets=7)
    moves = moves_of(al.net_effects(system))
    cores = Cores(moves, Clock(60))
    found = mend(cores)
    keys, movement = moves.index.targets.keys, Movement(system)
    for each in found.contradictions:
        some = [keys[at] for at in chosen(cores, each.demands)]
        assert not movement.met_exactly(some)
        for left in each.demands:
            rest = chosen(cores, [one for one in each.demands if one != left])
            assert movement.met_exactly(keys[at] for at in rest)
    assert found.given is not None
    kept = [demand for demand in range(len(cores)) if demand not in found.given]
    assert movement.met_exactly(keys[at] for at in chosen(cores, kept))


def test_the_judge_in_fractions_knows_a_boundary() -> None:
    third = Fraction(1, 3)
    assert feasible([[Fraction(1)], [Fraction(-3)]], [third, Fraction(-1)])
    assert not feasible([[Fraction(1)], [Fraction(-3)]], [third, Fraction(-1) - Fraction(1, 10**9)])
