"""The judge against METHOD 5 word by word (tests/movement.py), in floats and in fractions, and against the search."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest

import alignment as al
from alignment.feasibility.conflicting_sets import Cores, chosen
from alignment.feasibility.moves import moves_of
from alignment.feasibility.repair_search import mend
from alignment.feasibility.witness import Witness, claims
from alignment.judge import achievement, camps, effort, joint, repair, sharing
from alignment.judge.claims import Sets
from alignment.judge.conflicts import Pulls
from alignment.judge.effects import Walks, net_of
from alignment.judge.feasibility import TOLERANCE, Allowed, Feasibility
from alignment.models import System
from alignment.models.options.aligned_set import Options
from alignment.solver import Clock
from alignment.verdict import frontier
from tests.movement import Movement
from tests.oracle import Oracle
from tests.random_moves import random_moves
from tests.random_systems import random_system, rich_system
from tests.thoroughly import part_of


def choices(seed: int, names: list[str], number: int) -> list[list[str]]:
    draw = random.Random(seed)
    return [names, *(sorted(draw.sample(names, draw.randint(1, len(names)))) for _ in range(number) if names)]


@pytest.mark.parametrize("first", part_of(range(0, 80, 20), 3))
def test_what_can_be_met_is_what_the_method_says(first: int) -> None:
    """Any choice of targets, also eased by some steps, under any effort and reach that is asked for."""
    for seed in range(first, first + 20):
        system, draw = random_moves(seed), random.Random(seed)
        reach, limit = draw.choice((1.0, 3.0, 10.0)), draw.choice((None, 1.0, 4.0))
        efforts = {row.id: row.effort if row.effort is not None else limit for row in system.agencies}
        movement = Movement(system, reach, {name: most for name, most in efforts.items() if most is not None})
        able = Feasibility(system, Allowed(effort=limit, reach=reach))
        assert set(able.demands) == set(movement.asked)
        for some in choices(seed, sorted(able.demands), 4):
            give = dict.fromkeys(some, draw.choice((0.0, 0.5)))
            found = able.miss(some, give)
            assert (found.value <= 2 * TOLERANCE) == movement.met(some, give), (seed, some)
            # A point and multipliers meet: nothing is left open.
            assert abs(found.value - found.bound) < TOLERANCE / 10


@pytest.mark.parametrize("seed", part_of(range(25)))
def test_what_can_be_met_holds_without_any_rounding(seed: int) -> None:
    system = random_moves(seed, targets=6)
    movement, able = Movement(system), Feasibility(system)
    for some in choices(seed, sorted(able.demands), 3):
        assert able.can(some) == movement.met_exactly(some)


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_contradictions_of_the_search_are_confirmed_by_arithmetic_and_no_others(first: int) -> None:
    for seed in range(first, first + 20):
        system = random_moves(seed)
        cores = Cores(moves_of(al.net_effects(system)), Clock(60))
        found, able = mend(cores), Feasibility(system)
        told = claims(cores, found.contradictions)
        for claim in told:
            assert able.contradict(claim.numbers, claim.targets)
            for left, way in zip(claim.targets, claim.ways, strict=True):
                rest = [key for key in claim.targets if key != left]
                assert able.keeps(way, rest)
                assert not able.keeps(way, claim.targets)
                assert not able.contradict(claim.numbers, rest)
        assert found.values is not None
        keys = cores.moves.index.targets.keys
        kept = [demand for demand in range(len(cores)) if demand not in (found.given or ())]
        assert able.keeps(Witness(cores.moves).way(found.values), [keys[at] for at in chosen(cores, kept)])


def test_claims_that_do_not_hold_are_worked_out() -> None:
    """Whatever a claim says, the judge's word on a set is the same."""
    for seed in range(8):
        movement, able = Movement(random_moves(seed, 8)), Feasibility(random_moves(seed, 8))
        sets, minimal = Sets(able), movement.minimal()
        for size in (1, 2, 3):
            for some in combinations(sorted(able.demands), size):
                if len(sets.asked(some)) == size:
                    assert (sets.objection(some) is None) == (frozenset(some) in minimal), (seed, some)


@pytest.mark.parametrize("first", part_of(range(0, 20, 5), 4))
def test_answers_of_the_search_survive(first: int) -> None:
    """Without what the search can show: from the answer and the rows alone."""
    for seed in range(first, first + 5):
        system = random_moves(seed)
        assert not achievement.objections(system, al.can_all_be_met(system))
        assert not joint.objections(system, al.find_joint_conflicts(system, every=True))
        assert not repair.objections(system, al.smallest_repair(system, every=True))
        by_power = seed % 2 == 0
        assert not effort.objections(system, al.effort_needed(system, by_power=by_power, curve=3))
        fair = seed % 3 == 0
        assert not sharing.objections(system, al.shared_values(system, lexicographic=fair))


@pytest.mark.parametrize("seed", part_of(range(40)))
def test_frontier_and_camps_survive(seed: int) -> None:
    system = random_system(seed)
    assert not frontier.objections(system, al.frontier(system))
    for by in ("agency", "tier", "sector"):
        count = "effects" if seed % 2 else "relations"
        found = al.camps(system, 2 + seed % 2, by, count=count)
        assert not camps.objections(found.edges, found)
        assert not camps.relations_objections(system, found.relations, found.neutral, by, count=count)


@pytest.mark.parametrize("steps", [0, 1, 2, 5])
def test_net_effects_are_those_of_the_library(steps: int) -> None:
    for seed in range(30):
        system = random_system(seed)
        try:
            theirs = al.net_effects(system, steps).net
        except al.DivergentEffects:
            continue
        _, net = net_of(system, steps, 0.5)
        assert abs(net - theirs).max() < 1e-9


@pytest.mark.parametrize("first", part_of(range(0, 200, 50), 3))
def test_conflicts_are_those_of_every_pair(first: int) -> None:
    for seed in range(first, first + 50):
        system = random_system(seed)
        pulls = Pulls(system, [row.id for row in system.measures], 0.2, 2, 0.5).found()
        assert {name: pull.severity for name, pull in pulls.items() if pull.sure} == _by_pairs(system), seed


@pytest.mark.parametrize("first", part_of(range(0, 100, 20), 2))
def test_net_effects_and_years_are_those_of_every_walk(first: int) -> None:
    for seed in range(first, first + 20):
        system = (random_system, rich_system)[seed % 2](seed)
        steps, decay = random.Random(seed).choice(((1, 0.5), (2, 0.5), (3, 0.7), (4, 1.0)))
        oracle = Oracle(system, options=Options(steps=steps, decay=decay))
        (place, net), walks = net_of(system, steps, decay), Walks(system, steps)
        for one, two in product(place, repeat=2):
            effect = oracle.effect(one, two)
            assert net[place[one], place[two]] == pytest.approx(effect, abs=1e-9), (seed, one, two)
            if effect:
                assert walks.years(one, two, 1 if effect > 0 else -1) == oracle.years(one, two), (seed, one, two)


def _by_pairs(system: System) -> dict[str, float]:
    return {each.id: round(each.severity, 6) for each in Oracle(system).conflicts}
