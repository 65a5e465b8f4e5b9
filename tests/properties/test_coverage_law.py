"""Coverage against brute force over all sets of each number, and what holds of every coverage."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise
from typing import Literal

import pytest

import alignment as al
from alignment.judge.coverage import objections
from alignment.models import System
from alignment.models.options.aligned_set import CoverageOptions, Options
from tests.oracle import MILLION, Oracle, micro
from tests.properties.test_proposal_law import some_options
from tests.random_systems import random_system, shuffled
from tests.thoroughly import part_of

BATCHES = 10
EACH = 10

Wanted = list[tuple[int, tuple[str, ...]]]
"""For each number the least weight left unserved, in millionths, and the first set that leaves it."""


def of_duties(seed: int, system: System) -> CoverageOptions:
    """What `some_options` asks, as far as duties are concerned."""
    options = some_options(seed, system)
    fields = [name for name in CoverageOptions.model_fields if name != "at_most"]
    return CoverageOptions(**{name: getattr(options, name) for name in fields})


class Brute:
    """Every set of a system, with what it leaves unserved."""

    def __init__(self, system: System, options: Options) -> None:
        self.oracle = oracle = Oracle(system, options.tolerance, options)
        self.duties = oracle.duties(options)
        self.forced = set(options.keep)
        if options.keep_statutory:
            self.forced |= {row.id for row in system.measures if row.statutory}
        self.possible = not self.forced & oracle.barred(options)
        self.names = sorted(set(oracle.measures) - oracle.barred(options))
        self.servants = {
            duty: {name for name in self.names if oracle.serves(name, duty, options)} for duty in self.duties
        }

    def unserved(self, kept: set[str]) -> list[tuple[str, str, str | None]]:
        return [duty for duty, able in self.servants.items() if not able & kept]

    def weight(self, kept: set[str]) -> int:
        return sum(micro(self.duties[duty]) for duty in self.unserved(kept))

    def points(self) -> Wanted:
        """Number by number, until no set of any size leaves less."""
        least, found = self.weight(set(self.names)), Wanted()
        while not found or found[-1][0] > least:
            most = max(1, len(self.forced)) + len(found)
            sets = (set(kept) for number in range(most + 1) for kept in combinations(self.names, number))
            able = [(self.weight(kept), len(kept), tuple(sorted(kept))) for kept in sets if self.forced <= kept]
            weight, _, kept = min(able)
            found.append((weight, kept))
        return found


@pytest.mark.parametrize("batch", part_of(range(BATCHES), 2))
def test_every_number_and_every_set(batch: int) -> None:
    for seed in range(batch * EACH, (batch + 1) * EACH):
        system = random_system(seed)
        options = of_duties(seed, system)
        brute = Brute(system, options.of_set)
        if not brute.duties or not brute.possible:
            error = al.NoAlignedSet if brute.duties else al.NothingToJudge
            with pytest.raises(error):
                al.coverage(system, options=options)
            continue
        found, wanted = al.coverage(system, options=options), brute.points()
        assert [(round(point.gap_weight * MILLION), point.measures) for point in found.points] == wanted, seed
        assert (found.complete, found.proven, found.stopped) == (True, True, "finished"), seed
        assert all(point.first and point.bound == point.gap_weight for point in found.points), seed
        whole = sum(map(micro, brute.duties.values()))
        bodies = {agency for agency, *_ in brute.duties}
        assert (found.duties, found.bodies, round(found.weight * MILLION)) == (len(brute.duties), len(bodies), whole)
        for point in found.points:
            unserved = brute.unserved(set(point.measures))
            heard = {agency for agency, *_ in set(brute.duties) - set(unserved)}
            assert (point.served, point.gaps) == (len(brute.duties) - len(unserved), len(unserved)), seed
            assert point.left_out == tuple(sorted(bodies - heard)), seed
            assert point.share == round(float(1 - Fraction(round(point.gap_weight * MILLION), whole)), 6), seed


@pytest.mark.parametrize("seed", part_of(range(400, 440), 8))
def test_what_is_left_unserved_falls_to_what_propose_leaves(seed: int) -> None:
    drawn = random_system(seed)
    system = drawn.replace(agencies=[row.model_copy(update={"needs": None}) for row in drawn.agencies])
    found = al.coverage(system)
    assert all(before.gap_weight > after.gap_weight for before, after in pairwise(found.points))
    assert all(len(point.measures) == point.number for point in found.points if found.weight > found.least)
    gaps = al.propose(system, balance=False).stages[0]
    assert (gaps.stage, gaps.value) == ("gaps", found.points[-1].gap_weight)
    assert found.least == found.points[-1].gap_weight
    for point in found.points:
        limited = al.propose(system, balance=False, at_most=point.number)
        assert limited.stages[0].value == point.gap_weight


@pytest.mark.parametrize("seed", part_of(range(25), 5))
def test_the_order_of_rows_changes_no_byte(seed: int) -> None:
    system = random_system(seed)
    options = of_duties(seed, system)
    try:
        found = al.coverage(system, options=options)
    except al.NoAlignedSet:
        return
    assert al.coverage(shuffled(system, seed + 1), options=options).to_json() == found.to_json()
    assert not objections(system, found)


def test_the_order_of_rows_changes_no_byte_in_london() -> None:
    system = al.read(al.example("london-2018"))
    assert al.coverage(shuffled(system, 7), 9).to_json() == al.coverage(system, 9).to_json()


@pytest.mark.parametrize("how", ["cbc", "race"])
def test_every_solver_gives_the_identical_sets(how: Literal["cbc", "race"]) -> None:
    for seed in part_of(range(0, 40, 4), 5):
        system = random_system(seed)
        assert al.coverage(system, solver=how).points == al.coverage(system).points, seed


@pytest.mark.parametrize("seed", part_of(range(20), 10))
def test_a_search_without_time_grows_sets_and_proves_nothing_that_is_not_so(seed: int) -> None:
    system = random_system(seed)
    whole, found = al.coverage(system), al.coverage(system, time_limit=1e-9)
    best = {point.number: point.gap_weight for point in whole.points}
    for point in found.points:
        least = best.get(point.number, whole.least)
        assert point.bound <= least <= point.gap_weight
        assert not point.proven or point.gap_weight == least
    assert found.points[-1].gap_weight == whole.least
