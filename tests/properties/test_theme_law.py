"""Themes: the same whatever the order of rows, every finding in one, led as METHOD says; edges against loops."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from math import sqrt

import pytest

import alignment as al
from alignment.conflicts.collection import Conflicts, find_conflicts
from alignment.conflicts.communities import edges
from alignment.conflicts.finding import Finding
from alignment.conflicts.themes import themes_of
from tests.random_systems import rich_system, shuffled
from tests.thoroughly import part_of

SEEDS = range(120)
STAND = {
    *("opposed", "torn", "spillover", "perverse", "wrong-pocket", "joint", "cascade", "inconsistent", "unguarded"),
    "against-people",
}
POINT = {"two-masters", "judged-by-rival", "duplicate"}


def subjects(conflicts: Conflicts, finding: Finding) -> set[str | None]:
    """What a finding is about: its measures, its resource; its outcome where it has none of these."""
    measures = {conflicts.arrays.measures[at].id for at in finding.measures}
    return {*measures, finding.resource, None if measures else finding.outcome} - {None}


@cache
def found(seed: int) -> Conflicts:
    return find_conflicts(rich_system(seed))


@pytest.mark.parametrize("seed", part_of(SEEDS, 40))
def test_they_do_not_depend_on_the_order_of_rows(seed: int) -> None:
    system = rich_system(seed)
    once = al.themes(system).document().model_dump_json(exclude={"record"})
    for other in range(2):
        assert al.themes(shuffled(system, other)).document().model_dump_json(exclude={"record"}) == once


@pytest.mark.parametrize("seed", part_of(SEEDS, 40))
def test_every_finding_is_in_one_and_told_once(seed: int) -> None:
    conflicts = found(seed)
    themes = themes_of(conflicts)
    ids = sorted(finding for theme in themes for finding in theme.findings)
    assert ids == sorted(finding.id for finding in conflicts.findings)
    for theme in themes:
        told = [theme.leading, *(each for add in theme.adds for each in add.findings)]
        assert sorted(told) == sorted(theme.findings)
    assert sum(theme.share for theme in themes) == pytest.approx(1.0 if conflicts.findings else 0.0, abs=1e-4)
    assert len({theme.id for theme in themes}) == len(themes)
    weights = [(-theme.weight, theme.id) for theme in themes]
    assert weights == sorted(weights)


@pytest.mark.parametrize("seed", part_of(SEEDS, 40))
def test_the_leading_finding_is_the_worst_on_its_name_that_stands_by_itself(seed: int) -> None:
    conflicts = found(seed)
    kinds = {finding.id: finding for finding in conflicts.findings}
    for theme in themes_of(conflicts):
        mine = [kinds[each] for each in theme.findings]
        spillovers = {each.id.removeprefix("spillover.") for each in mine if each.kind == "spillover"}
        # A payment for the same move with the same harm is told with the spillover, and lends it its weight.
        own = [each for each in mine if each.id.removeprefix("perverse.") not in spillovers]
        lent = {
            each.id.removeprefix("perverse."): each.severity * each.confidence
            for each in mine
            if each.kind == "perverse"
        }

        def weight(each: Finding, lent: dict[str, float] = lent) -> float:
            return max(each.severity * each.confidence, lent.get(each.id.removeprefix("spillover."), 0.0))

        standing = [each for each in own if each.kind in STAND or (each.kind == "capacity" and each.facts.overrun > 0)]
        between = [each for each in own if each.kind not in POINT]
        front = standing or between or own
        named = [each for each in front if theme.row in subjects(conflicts, each)] or front
        best = max(named, key=weight)
        assert weight(kinds[theme.leading]) == pytest.approx(weight(best), abs=1e-9)
        assert kinds[theme.leading] in named


@pytest.mark.parametrize("seed", part_of(SEEDS, 40))
def test_a_payment_that_repeats_a_spillover_is_told_with_it(seed: int) -> None:
    themes = themes_of(found(seed))
    every = {finding for theme in themes for finding in theme.findings}
    for theme in themes:
        for add in theme.adds:
            for finding in add.findings:
                same = finding.replace("perverse.", "spillover.", 1)
                if finding.startswith("perverse.") and same in every:
                    assert same in (theme.leading, add.findings[0])


@pytest.mark.parametrize("seed", part_of(SEEDS, 40))
def test_edges_are_what_the_method_says_pair_by_pair(seed: int) -> None:
    findings = sorted(found(seed).findings, key=lambda each: each.id)
    weights = [round(each.severity * each.confidence, 6) for each in findings]
    on = {m: sum(m in other.measures for other in findings) for each in findings for m in each.measures}
    given = edges(findings)
    for a, b in combinations(range(len(findings)), 2):
        one, two, least = findings[a], findings[b], min(weights[a], weights[b])
        size = sqrt(len(one.measures) * len(two.measures))
        expected = sum(least / on[m] / size for m in set(one.measures) & set(two.measures))
        expected += sum(least / len(each.parts) for each, other in ((one, two), (two, one)) if other in each.parts)
        assert given.get((a, b), 0.0) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("seed", part_of(range(40), 8))
def test_some_of_the_findings_have_themes_of_their_own(seed: int) -> None:
    conflicts = found(seed)
    kinds = ("capacity", "perverse", "wrong-pocket", "no-control")
    themes = themes_of(conflicts, kinds)
    assert themes == themes_of(conflicts.of_kind(*kinds))
    assert {theme.kind for theme in themes} <= set(kinds)
    assert sum(len(theme.findings) for theme in themes) == len(conflicts.of_kind(*kinds))
