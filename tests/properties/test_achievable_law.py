"""The achievable set against brute force: every subset, and a linear programme written from METHOD 5 for each."""

from __future__ import annotations

import math
import random
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

import alignment as al
from alignment.models import System
from alignment.models.options.aligned_set import Options
from tests.oracle import Oracle
from tests.random_systems import random_system
from tests.small import small, target
from tests.thoroughly import part_of

REACH = 10.0
"""How far a measure can be pushed whose floor and ceiling are not both known. Unit: steps."""


def movable(seed: int) -> System:
    """A random system with floors, ceilings, limited effort and resources."""
    draw, tables = random.Random(seed), al.to_document(random_system(seed, measures=3))
    for row in tables["measures"]:
        row["baseline"] = draw.choice((None, 10, 10, 10))
        row["step"] = draw.choice((1, 2))
        if row["baseline"] and draw.random() < 0.4:
            row["ceiling"] = 10 + draw.choice((0, 1, 2, 4))
        if row["baseline"] and draw.random() < 0.4:
            row["floor"] = 10 - draw.choice((0, 1, 2, 4))
    for row in tables["agencies"]:
        row["effort"] = draw.choice((None, 1, 2, 4))
    for row in tables["targets"]:
        if row["sense"] in ("at_least", "at_most"):
            row["value"] = draw.choice((8, 9, 11, 12))
    rows = {row["id"]: row for row in tables["measures"]}
    for row in tables.get("levels", ()):
        low, high = rows[row["measure"]].get("floor"), rows[row["measure"]].get("ceiling")
        row["value"] = min(max(row["value"], -math.inf if low is None else low), math.inf if high is None else high)
    tables["resources"] = [{"id": "r", "name": "Beds", "capacity": 3, "in_use": 1}]
    ids = [row["id"] for row in tables["measures"]]
    tables["draws"] = [
        {"measure": name, "resource": "r", "moving": draw.choice(("up", "down")), "per_step": draw.choice((1, 2))}
        for name in draw.sample(ids, k=2)
    ]
    return al.read(tables)


class Possible:
    """Whether the targets on measures can all be met: METHOD 5, word by word."""

    def __init__(self, system: System, concession: float) -> None:
        self.system, self.oracle, self.concession = system, Oracle(system), concession
        self.names = [row.id for row in system.measures]
        self.movers = [(who, name, share) for name in self.names for who, share in self.shares(name)]

    def shares(self, name: str) -> list[tuple[str, float]]:
        given = [(row.agency, row.share) for row in self.system.controls if row.measure == name]
        if given:
            return given
        who = {each for row in self.system.targets if row.measure == name for each in (row.agency, row.deliverer)}
        return [(each, 1.0) for each in sorted(who)]

    def movement(self, name: str) -> np.ndarray[Any, Any]:
        """D of a measure as a row over efforts up, then down."""
        pushes = [
            share * ((moved == name) + self.oracle.effects.get((moved, name), 0.0)) for _, moved, share in self.movers
        ]
        return np.array([*pushes, *(-push for push in pushes)])

    def reaches(self) -> list[float]:
        """How far each can push: from floor to ceiling where both are known."""
        known = {
            row.id: (row.ceiling - row.floor) / self.oracle.step(row.id)
            for row in self.system.measures
            if row.floor is not None and row.ceiling is not None
        }
        return [known.get(moved, REACH) for _, moved, _ in self.movers] * 2

    def rows(self) -> list[tuple[np.ndarray[Any, Any], float, float]]:
        """What holds whatever is wanted."""
        found: list[tuple[np.ndarray[Any, Any], float, float]] = []
        for row in self.system.measures:
            every = [row.baseline, *(self.oracle.now(each) for each in self.system.targets if each.measure == row.id)]
            step = self.oracle.step(row.id)
            for level in [each for each in every if each is not None]:
                low = -np.inf if row.floor is None else (row.floor - level) / step
                high = np.inf if row.ceiling is None else (row.ceiling - level) / step
                found.append((self.movement(row.id), low, high))
        for row in self.system.resources:
            uses: np.ndarray[Any, Any] = np.zeros(2 * len(self.movers))
            for draw in self.system.draws:
                uses = uses + (draw.per_step or 0.0) * (1 if draw.moving == "up" else -1) * self.movement(draw.measure)
            found.append((uses, -np.inf, (row.capacity or 0.0) - (row.in_use or 0.0)))
        for agency in self.system.agencies:
            if agency.effort is not None:
                mine = np.array([float(who == agency.id) for who, _, _ in self.movers] * 2)
                found.append((mine, -np.inf, agency.effort))
        return found

    def wanted(self, kept: set[str]) -> list[tuple[np.ndarray[Any, Any], float, float]]:
        found: list[tuple[np.ndarray[Any, Any], float, float]] = []
        for row in self.system.targets:
            now = self.oracle.now(row)
            if row.measure not in kept or now is None:
                continue
            step, accepted = self.oracle.step(row.measure), self.oracle.accepted(row)
            assert accepted is not None
            low, high = ((end - now) / step for end in accepted)
            found.append((self.movement(row.measure), low - self.concession, high + self.concession))
        return found

    def all_met(self, kept: set[str]) -> bool:
        rows = [*self.rows(), *self.wanted(kept)]
        parts = [(row, high) for row, _, high in rows if np.isfinite(high)]
        parts += [(-row, -low) for row, low, _ in rows if np.isfinite(low)]
        size = 2 * len(self.movers)
        if not size:
            return all(bound >= -1e-9 for _, bound in parts)
        if not parts:
            return True
        answer = linprog(
            np.zeros(size),
            np.array([row for row, _ in parts]),
            [bound for _, bound in parts],
            bounds=[(0, reach) for reach in self.reaches()],
        )
        return answer.status == 0


def best_achievable(system: System, options: Options) -> tuple[str, ...] | None:
    """The best set whose targets can all be met, by trying every subset."""
    oracle, possible = Oracle(system, options.tolerance, options), Possible(system, options.max_concession)
    found: list[tuple[Any, ...]] = []
    for number in range(len(oracle.measures) + 1):
        for names in combinations(sorted(oracle.measures), number):
            kept = set(names)
            if oracle.allowed(kept, options) and possible.all_met(kept):
                found.append(oracle.key(kept, options))
    return min(found)[-1] if found else None


@pytest.mark.parametrize("batch", part_of(range(10), 10))
def test_the_achievable_set_is_the_best_of_all_that_can_be_met(batch: int) -> None:
    fell = 0
    for seed in part_of(range(batch * 30, batch * 30 + 30), 3):
        system = movable(seed)
        if not Possible(system, 0.0).all_met(set()):
            continue
        options = Options(achievable=True, max_concession=(0.0, 0.0, 0.5)[seed % 3], balance=seed % 2 == 0)
        best = best_achievable(system, options)
        if best is None:
            with pytest.raises(al.NoAlignedSet) as caught:
                al.propose(system, options)
            assert any(wish.option == "achievable" for wish in caught.value.clash)
            continue
        proposal = al.propose(system, options)
        assert proposal.measures == best, seed
        assert proposal.proven
        assert not al.check(system, best, options).broken
        fell += best != al.propose(system, options, achievable=False).measures
    assert fell


def test_a_set_that_cannot_be_met_does_not_pass_the_judge() -> None:
    system = small(
        outcomes=[{"id": "care", "dimension": "outcomes"}],
        measures=[{"id": "x", "outcome": "care", "baseline": 5, "step": 1, "ceiling": 6}],
        targets=[target("a", "x", "at_least", 8)],
    )
    (broken,) = al.check(system, ["x"], achievable=True).broken
    assert "cannot" in broken
    assert not al.check(system, ["x"], achievable=True, max_concession=2).broken
    assert not al.check(system, ["x"]).broken


def test_what_fell_is_named_with_the_targets_behind_it() -> None:
    system = small(
        outcomes=[{"id": "care", "dimension": "outcomes"}],
        agencies=[{"id": "trust", "name": "Trust", "effort": 3}],
        measures=[{"id": name, "outcome": "care", "baseline": 0, "step": 1} for name in ("x", "y", "z")],
        targets=[target("trust", name, "at_least", 2) for name in ("x", "y", "z")],
    )
    proposal = al.propose(system, achievable=True, keep=["y"])
    assert proposal.measures == ("y",)
    everything = al.propose(system, achievable=True, keep=["x"])
    assert everything.measures == ("x",)
    with pytest.raises(al.NoAlignedSet) as caught:
        al.propose(system, achievable=True, keep=["x", "y"])
    assert {wish.option for wish in caught.value.clash} == {"keep", "achievable"}


def test_the_answer_carries_values_that_its_targets_could_share() -> None:
    winter = al.read(al.example("winter-pressure"))
    assert al.propose(winter).shared is None
    exact, eased = al.propose(winter, achievable=True), al.propose(winter, achievable=True, max_concession=3)
    assert exact.shared is not None
    assert exact.shared.largest == 0
    assert eased.shared == al.shared_values(winter, eased.measures)
    assert eased.shared is not None
    assert "Values that the targets on the set could share" in str(eased)
    assert 0 < max(row.concession for row in eased.shared.targets) <= 3


def test_how_far_agencies_can_push_can_be_asked_of_a_set() -> None:
    """x is wanted twelve steps up, and ten are assumed: with twelve it can be kept, and the judge says so."""
    system = small(
        outcomes=[{"id": "o", "name": "O"}],
        measures=[{"id": "x", "baseline": 0, "step": 1, "outcome": "o", "direction": "higher"}],
        targets=[target("a", "x", "at_least", 12)],
    )
    assert al.propose(system, achievable=True, balance=False).measures == ()
    assert al.propose(system, achievable=True, balance=False, reach=12).measures == ("x",)
    assert al.check(system, ["x"], achievable=True, balance=False).broken
    assert not al.check(system, ["x"], achievable=True, balance=False, reach=12).broken
