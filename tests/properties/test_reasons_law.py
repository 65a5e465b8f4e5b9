"""Prices, membership and other sets against brute force over all subsets."""

from __future__ import annotations

import pickle
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

import alignment as al
from alignment.models import System
from alignment.models.options.aligned_set import Options
from tests.oracle import Oracle
from tests.properties.test_proposal_law import some_options
from tests.random_systems import random_system
from tests.thoroughly import part_of

UNITS: dict[str, int] = dict.fromkeys(("gaps", "lost", "toll", "conflict", "unsaid"), 1_000_000)
NEAR = ("toll", "conflict", "burden", "price")
"""The stages that may be worse by a share."""


def keys(oracle: Oracle, options: Options) -> dict[frozenset[str], tuple[Any, ...]]:
    """Every allowed set with its stage values and its size."""
    names = sorted(oracle.measures)
    sets = (set(kept) for number in range(len(names) + 1) for kept in combinations(names, number))
    return {frozenset(kept): oracle.key(kept, options)[:-1] for kept in sets if oracle.allowed(kept, options)}


def solvable(seeds: range) -> list[tuple[int, System, Options, Oracle]]:
    found: list[tuple[int, System, Options, Oracle]] = []
    for seed in seeds:
        system = random_system(seed)
        options = some_options(seed, system)
        oracle = Oracle(system, options.tolerance, options)
        if oracle.best(options) is not None:
            found.append((seed, system, options, oracle))
    return found


@pytest.mark.parametrize("batch", part_of(range(10), 5))
def test_membership_and_best_sets(batch: int) -> None:
    for seed, system, options, oracle in solvable(range(batch * 6, batch * 6 + 6)):
        every_key = keys(oracle, options)
        least = min(every_key.values())
        best = {kept for kept, key in every_key.items() if key == least}
        found = al.alternatives(system, limit=300, options=options)
        assert {frozenset(each.measures) for each in found.sets} == best, seed
        assert (found.complete, found.members_proven) == (True, True)
        anywhere = {name for each in best for name in each}
        everywhere = {name for name in anywhere if all(name in each for each in best)}
        assert set(found.every) == everywhere, seed
        assert set(found.some) == anywhere - everywhere, seed
        assert not any(value.more for each in found.sets for value in each.stages)


@pytest.mark.parametrize("batch", part_of(range(10), 5))
def test_sets_that_are_nearly_as_good(batch: int) -> None:
    for seed, system, options, oracle in solvable(range(200 + batch * 4, 204 + batch * 4)):
        every_key = keys(oracle, options)
        least, stages = min(every_key.values()), oracle.stage_names(options)
        first = 1 + max(at for at, name in enumerate(stages) if name in NEAR)
        most = tuple(
            value * Fraction(5, 4) if name in NEAR else value
            for value, name in zip(least[:first], stages[:first], strict=True)
        )
        near = {kept for kept, key in every_key.items() if all(a <= b for a, b in zip(key, most, strict=False))}
        wanted = {kept for kept in near if not any(other < kept for other in near)}
        found = al.alternatives(system, within=0.25, limit=300, options=options)
        assert {frozenset(each.measures) for each in found.sets[1:]} == wanted - {frozenset(found.proposed)}, seed
        assert found.complete
        fewer = al.alternatives(system, within=0.25, limit=2, options=options)
        assert fewer.complete == (len(found.sets) <= 2), seed
        assert len(fewer.sets) == min(2, len(found.sets))


@pytest.mark.parametrize("batch", part_of(range(10), 5))
def test_prices(batch: int) -> None:
    for seed, system, options, oracle in solvable(range(300 + batch * 3, 303 + batch * 3)):
        proposal = al.propose(system, options)
        best, stages = min(keys(oracle, options).values()), (*oracle.stage_names(options), "first")
        for row in system.measures:
            why = proposal.why(row.id)
            wished = otherwise(oracle, options, row.id, kept=row.id in proposal.measures)
            then = oracle.best(wished)
            assert why.proven
            if then is None:
                assert why.clash or why.prices == ()
                continue
            assert told(why, "now", stages) == pytest.approx([float(value) for value in best]), (seed, row.id)
            assert told(why, "then", stages) == pytest.approx([float(v) for v in then[:-1]]), (seed, row.id)
            changed = ({*proposal.measures, *why.comes} - set(why.goes)) ^ {row.id}
            assert changed == set(then[-1]), (seed, row.id)


def otherwise(oracle: Oracle, options: Options, measure: str, *, kept: bool) -> Options:
    """What would have to be asked for the opposite."""
    keep, drop = set(options.keep) - {measure}, set(options.drop) - {measure}
    if options.keep_statutory:
        keep |= {row.id for row in oracle.system.measures if row.statutory} - {measure}
    if kept:
        changes = {"keep": keep, "drop": drop | {measure}, "keep_statutory": False}
    else:
        barred = oracle.barred(options.model_copy(update={"drop": ()})) - {measure}
        changes = {"keep": keep | {measure}, "drop": drop, "candidates": set(oracle.measures) - barred}
    return Options.model_validate({**options.model_dump(), **changes})


def told(why: al.Why, when: str, stages: tuple[str, ...]) -> list[float]:
    """What each stage is worth; where nobody has a voice there is no such stage, and nothing is lost."""
    found: dict[str, float] = {each.stage: getattr(each, when) * UNITS.get(each.stage, 1) for each in why.prices}
    return [found.get(stage, 0.0) for stage in stages]


def test_reasons_of_all_are_those_of_each() -> None:
    system = al.read(al.example("winter-pressure"))
    proposal, heard = al.propose(system), list[str]()
    reasons = al.why(system, progress=heard.append)
    assert [why.measure for why in reasons.measures] == sorted(row.id for row in system.measures)
    assert all(why == proposal.why(why.measure) for why in reasons.measures)
    assert proposal.reasons() == reasons
    assert heard[-1] == f"{len(system.measures)} of {len(system.measures)} measures"


@pytest.mark.parametrize("sent", ["JSON", "pickle"])
def test_an_answer_from_elsewhere_is_equal_but_cannot_be_asked(sent: str) -> None:
    proposal = al.propose(al.read(al.example("winter-pressure")))
    if sent == "JSON":
        arrived = al.Proposal.model_validate_json(proposal.model_dump_json())
    else:
        arrived = pickle.loads(pickle.dumps(proposal))
    assert arrived == proposal == proposal.model_copy(deep=True)
    with pytest.raises(ValueError, match=r"al\.why"):
        arrived.why(proposal.measures[0])
