"""Local choice against brute force: every subset of the further measures that agencies have a target on."""

from __future__ import annotations

from itertools import combinations

import pytest

import alignment as al
from alignment.models.options.aligned_set import Options
from tests.oracle import Oracle
from tests.random_systems import random_system
from tests.small import small, target
from tests.thoroughly import part_of


def best_choice(oracle: Oracle, core: set[str], options: Options) -> list[tuple[str, str]]:
    """The choice that keeps most weight, with fewest measures, first by agency and measure."""
    barred = core | oracle.barred(options)
    pairs = sorted({(row.agency, row.measure) for row in oracle.system.targets if row.measure not in barred})
    weight = {
        pair: sum(round(oracle.weight(row) * 1e6) for row in oracle.system.targets if (row.agency, row.measure) == pair)
        for pair in pairs
    }
    now = oracle.residual(core)
    found: list[tuple[int, int, list[tuple[str, str]]]] = []
    for number in range(len(pairs) + 1):
        for chosen in combinations(pairs, number):
            most = max((sum(who == each for who, _ in chosen) for each, _ in chosen), default=0)
            if most <= options.local_choice and oracle.residual(core | {at for _, at in chosen}) == now:
                found.append((-sum(weight[pair] for pair in chosen), number, list(chosen)))
    return min(found)[2]


@pytest.mark.parametrize("batch", part_of(range(8), 2))
def test_local_choice_is_the_best_of_all_choices(batch: int) -> None:
    chosen = 0
    for seed in range(batch * 5, batch * 5 + 5):
        system = random_system(seed, measures=4)
        options = Options(local_choice=1 + seed % 2, drop=("m0",) if seed % 5 == 0 else (), tolerance=0.5)
        proposal = al.propose(system, options)
        wanted = best_choice(Oracle(system, 0.5), set(proposal.measures), proposal.options)
        assert [(row.agency, row.measure) for row in proposal.local] == wanted, seed
        chosen += len(wanted)
    assert chosen


def test_local_choice_is_not_part_of_the_set() -> None:
    system = small(
        outcomes=[{"id": "care", "dimension": "outcomes"}],
        measures=[{"id": name, "outcome": "care", "direction": "in-range"} for name in "xy"],
        targets=[target("a", "x", "increase"), target("b", "y", "increase")],
    )
    without, answer = (al.propose(system, ground="outcome", local_choice=number) for number in (0, 1))
    assert answer.measures == without.measures == ("x",)
    assert answer.after == without.after
    assert [(row.agency, row.measure, row.weight) for row in answer.local] == [("b", "y", 1.0)]
    assert "B may go on with “Y”: it adds no conflict." in str(answer)
