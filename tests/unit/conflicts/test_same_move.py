"""What tells of one move stands together in the list for people, and nothing is left out of it."""

from __future__ import annotations

import pytest

import alignment as al
from alignment.conflicts.same_move import move_of, moves
from tests.random_systems import rich_system
from tests.small import measures, push, small, target


@pytest.mark.parametrize("seed", range(12))
def test_each_finding_is_told_once_under_the_first_of_its_move(seed: int) -> None:
    found = al.find_conflicts(rich_system(seed))
    told = moves(found.findings)
    assert sorted([*told, *(other for others in told.values() for other in others)]) == list(range(len(found)))
    for place, others in told.items():
        assert all(place < other for other in others)
        assert len({move_of(found.findings[at]) for at in (place, *others)}) == 1
    marks = [move_of(found.findings[place]) for place in told]
    assert len([mark for mark in marks if mark]) == len({mark for mark in marks if mark})
    lines = found.to_text(200, None).splitlines()
    assert all(f"  {each.id}" in lines or f"    {each.id}" in lines for each in found)


def test_the_same_push_twice_is_one_entry() -> None:
    system = small(
        measures=[*measures("waits", "costs", "beds", baseline=50, step=2, direction="lower")],
        targets=[target(who, name, "at_most", 20) for who, name in zip("abc", ("waits", "costs", "beds"), strict=True)],
        influences=[push("waits", "costs", -0.9, certainty="strong"), push("waits", "beds", -0.5, certainty="strong")],
        incentives=[{"payer": "a", "payee": "b", "measure": "waits", "pays_for": "decrease", "basis": "bonus"}],
    )
    text = al.find_conflicts(system).to_text(100, None)
    assert text.startswith("4 conflicts: 2 spillover, 2 perverse\n\nBonus for “Waits” down, against “Costs”\n")
    assert "  Also without payment, against “Costs”: severity 0.90 (severe)\n    spillover.waits-down.costs" in text
    assert "  Also against “Beds”: severity 0.50 (strong)\n    perverse.waits-down.beds-down\n" in text
