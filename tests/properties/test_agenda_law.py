"""An agenda reaches what the best of all choices of so many conversations reach, and is the first of these."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations, pairwise
from typing import Any

import pytest

import alignment as al
from alignment.conflicts.collection import find_conflicts
from alignment.conflicts.coverage import Coverage
from alignment.conflicts.finding import Finding
from alignment.models import System
from alignment.solver import Clock
from tests.random_systems import rich_system, shuffled
from tests.thoroughly import part_of

SEEDS = range(200)


def weight(finding: Finding) -> int:
    return int(round(finding.severity * 1e6) * round(finding.confidence * 1e6) + 500_000) // 1_000_000


def reaches(system: System, finding: Finding, members: Collection[str]) -> bool:
    """Said for pairs of agencies, one after the other."""
    ids = [row.id for row in find_conflicts(system).arrays.agencies]
    groups = [{ids[who] for who in group} for group in finding.between if group]
    keys = {key for side in finding.sides for key in side.keys}
    rows = find_conflicts(system).arrays.targets
    asks = {
        (row.agency, row.for_agency or row.agency) for key, row in zip(rows.keys, rows.rows, strict=True) if key in keys
    }
    apart = {
        (x, y) for a, b in combinations(groups, 2) for one, two in ((a, b), (b, a)) for x in one for y in two if x != y
    }
    found = apart or {(who, other) for who, other in asks if who != other}
    return any({x, y} <= set(members) for x, y in found)


def conversations(system: System) -> list[set[str]]:
    """All bodies with their members, then all pairs."""
    bodies: dict[str, set[str]] = {}
    for row in system.accountability:
        if row.kind == "partnership":
            bodies.setdefault(row.answers_to, {row.answers_to}).add(row.agency)
    pairs = [set(pair) for pair in combinations(sorted(row.id for row in system.agencies), 2)]
    return [*(bodies[name] for name in sorted(bodies)), *pairs]


def reached(system: System) -> list[frozenset[str]]:
    """What each of them reaches."""
    findings = find_conflicts(system).findings
    return [
        frozenset(finding.id for finding in findings if reaches(system, finding, members))
        for members in conversations(system)
    ]


@pytest.mark.parametrize("seed", part_of(SEEDS, 67))
def test_it_is_what_all_choices_find(seed: int) -> None:
    system = rich_system(seed)
    weights = {finding.id: weight(finding) for finding in find_conflicts(system).findings}
    sets = list(dict.fromkeys(each for each in reached(system) if each))
    largest = [each for each in sets if not any(each < other for other in sets)]
    agenda = al.agenda(system, meetings=3)
    assert agenda.candidates == len(largest)
    for point in agenda.curve:
        choices = combinations(sets, min(point.meetings, len(sets)))
        best = max((sum(weights[each] for each in frozenset[str]().union(*some)) for some in choices), default=0)
        assert round(point.weight * 1e6) == best
        assert point.proven
    # Of the fewest that reach as much, the first by place.
    best = round(agenda.curve[-1].weight * 1e6)
    number = next((p.meetings for p in agenda.curve if p.weight == agenda.curve[-1].weight), 0) if best else 0
    first = next(
        some
        for some in combinations(largest, number)
        if sum(weights[each] for each in frozenset[str]().union(*some)) == best
    )
    assert {frozenset(row.reaches) for row in agenda.conversations} == set(first)
    assert agenda.ordered


@pytest.mark.parametrize("seed", part_of(SEEDS, 67))
def test_it_does_not_depend_on_the_order_of_rows_and_never_falls(seed: int) -> None:
    system = rich_system(seed)
    once = al.agenda(system, meetings=4)
    assert al.agenda(shuffled(system, seed), meetings=4) == once
    assert all(one.weight <= two.weight for one, two in pairwise(once.curve))
    told = [*(each for row in once.conversations for each in row.adds), *once.open, *once.beyond]
    assert sorted(told) == sorted(finding.id for finding in find_conflicts(system).findings)


@pytest.mark.parametrize("seed", part_of(SEEDS, 67))
def test_whoever_sits_in_the_place_of_another_reaches_the_same(seed: int) -> None:
    system = rich_system(seed)
    findings = find_conflicts(system).findings
    for row in al.agenda(system, meetings=2).conversations:
        seats = [seat.agency for seat in row.seats]
        for at, seat in enumerate(row.seats):
            for other in seat.instead:
                members = {*seats[:at], other, *seats[at + 1 :]}
                assert {each.id for each in findings if reaches(system, each, members)} == set(row.reaches)


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_the_greedy_choice_is_not_taken_for_the_best(solver: Any) -> None:
    # Greedy takes the six in the middle, and leaves one of each end: two sets of five reach all ten.
    sets = [0b0011111100 | 0b1, 0b1111100000, 0b0000011111]
    coverage = Coverage([1] * 10, sets, Clock(20), solver)
    one, two = coverage.stages(2)
    assert (one.chosen, one.weight) == ((0,), 7)
    assert (two.chosen, two.weight, two.proven) == ((1, 2), 10, True)


def test_of_equals_the_first_is_chosen_and_without_time_it_says_so() -> None:
    sets = [0b0011, 0b0101, 0b1010, 0b1100]
    coverage = Coverage([1] * 4, sets, Clock(20))
    assert coverage.first(coverage.stages(2)[-1]) == ((0, 3), True)
    harder = [0b0011111100 | 0b1, 0b1111100000, 0b0000011111]
    late = Coverage([1] * 10, harder, Clock(1e-9))
    last = late.stages(2)[-1]
    assert (last.weight, last.bound, last.proven) == (8, 10, False) or last.weight == 9
    assert late.first(last)[1] is False
