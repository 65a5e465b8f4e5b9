"""Levels of today at one agency: one that is the baseline changes no answer, and many changes from many places."""

from __future__ import annotations

import random
from typing import Any

import pytest

import alignment as al
from alignment.models import System
from tests.oracles import inconsistent, opposed
from tests.oracles.wanted import plain
from tests.oracles.words import Words
from tests.random_moves import random_moves
from tests.random_systems import random_system, rich_system
from tests.thoroughly import part_of

OWN = ("record", "system")
"""What an answer says of the system that it was asked of."""


def with_baselines(system: System) -> System:
    """The system with a level at each agency that is the baseline of its measure, and no other levels."""
    return system.replace(
        levels=[
            {"measure": row.id, "agency": agency.id, "value": row.baseline, "period": period}
            for row in system.measures
            if row.baseline is not None
            for agency in system.agencies
            for period in (None, "2017")
        ]
    )


def answer(found: Any) -> Any:
    return {name: value for name, value in found.model_dump().items() if name not in OWN}


def findings(system: System) -> Any:
    """All but what is assumed: that a figure is the body's own, a level says even where it is the baseline."""
    return [
        {**each.model_dump(), "assumed": [said for said in each.assumed if "judged on it" not in said]}
        for each in al.find_conflicts(system)
    ]


@pytest.mark.parametrize("seed", part_of(range(40), 12))
def test_a_level_that_is_the_baseline_changes_no_answer(seed: int) -> None:
    system = rich_system(seed).replace(levels=None)
    same = with_baselines(system)
    assert same.levels
    assert findings(same) == findings(system)
    plain_moves = random_moves(seed).replace(levels=None)
    for ask in (al.can_all_be_met, al.shared_values, al.smallest_repair):
        assert answer(ask(with_baselines(plain_moves))) == answer(ask(plain_moves))
    small = random_system(seed, measures=4).replace(levels=None)
    assert answer(al.propose(with_baselines(small))) == answer(al.propose(small))


@pytest.mark.parametrize("seed", part_of(range(40), 12))
def test_levels_at_agencies_that_deliver_nothing_change_no_answer(seed: int) -> None:
    system = random_moves(seed).replace(levels=None)
    delivered = {(row.measure, row.deliverer) for row in system.targets}
    rows = [
        {"measure": row.id, "agency": agency.id, "value": 9}
        for row in system.measures
        for agency in system.agencies
        if row.baseline is not None and (row.id, agency.id) not in delivered
    ]
    assert answer(al.can_all_be_met(system.replace(levels=rows))) == answer(al.can_all_be_met(system))
    assert findings(system.replace(levels=rows)) == findings(system)


def changes(seed: int) -> System:
    """Few measures, many changes, nearly every agency with levels of its own."""
    draw, system = random.Random(f"changes {seed}"), random_system(seed, measures=2)
    targets = [
        row.model_copy(
            update={
                "sense": draw.choice(("increase", "decrease")),
                "value": draw.choice((None, 1, 2, 3)),
                "upper": None,
            }
        )
        if draw.random() < 0.8
        else row
        for row in system.targets
    ]
    levels = [
        {"measure": measure.id, "agency": agency.id, "value": draw.choice((4, 8, 10, 12, 20))}
        for measure in system.measures
        for agency in system.agencies
        if draw.random() < 0.7
    ]
    return system.replace(targets=targets, levels=levels)


@pytest.mark.parametrize("first", part_of(range(0, 400, 50), 8))
def test_changes_from_many_places_are_compared_as_the_oracle_says(first: int) -> None:
    two_places = 0
    for seed in range(first, first + 50):
        system = changes(seed)
        words = Words(system)
        for kind, oracle in (("opposed", opposed), ("inconsistent", inconsistent)):
            wanted = {each.id: each.plain(words) for each in oracle.wanted(words)}
            found = {each.id: plain(each) for each in al.find_conflicts(system, kind)}  # pyright: ignore[reportArgumentType]
            assert found == wanted, (seed, kind)
            two_places += sum(len(each.sides) for each in al.find_conflicts(system, kind))  # pyright: ignore[reportArgumentType]
    assert two_places > 50
