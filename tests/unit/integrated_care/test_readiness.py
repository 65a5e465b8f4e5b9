"""Readiness: joint duties, their pairs and the weakest ingredient, by hand and against loops."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

import alignment as al
from alignment.index import Index
from alignment.models import System
from tests.random_systems import random_system
from tests.small import Cells, small, target

NAMES = ("networks", "obligation", "reciprocity", "trust", "core_business")


def pair(a: str, b: str, *values: float | None) -> Cells:
    """A relationship with its ingredients in the order of the table."""
    return {"agency_a": a, "agency_b": b, **dict(zip(NAMES, values, strict=True))}


def place(*rows: Cells, **more: Any) -> System:
    """Care is a duty of three bodies, cost of two, air of one; the trust has to deliver what the board wants."""
    return small(
        outcomes=[{"id": name, "dimension": "outcomes"} for name in ("care", "cost", "air")],
        measures=[
            {"id": "visits", "outcome": "care", "direction": "higher"},
            {"id": "spend", "outcome": "cost", "direction": "lower"},
            {"id": "smoke", "outcome": "air", "direction": "lower"},
        ],
        targets=[
            target("council", "visits", "increase"),
            target("board", "visits", "increase", for_agency="trust"),
            target("council", "spend", "decrease"),
            target("trust", "spend", "decrease"),
            target("council", "smoke", "decrease"),
        ],
        relationships=list(rows),
        **more,
    )


def test_the_weakest_pair_and_ingredient_by_hand() -> None:
    # Care: board-council 0.4 (trust), board-trust 0.6 (networks, the first of two as weak), council-trust 0.2.
    # Cost: council-trust 0.2 (core business).
    found = al.readiness(
        place(
            pair("board", "council", 0.9, 0.8, 0.7, 0.4, 0.5),
            pair("trust", "board", 0.6, 0.8, 0.6, 0.7, 0.9),
            pair("council", "trust", 0.9, 0.9, 0.9, 0.9, 0.2),
        )
    )
    assert [(row.outcome, row.agencies, row.a, row.b, row.weakest, row.value) for row in found.duties] == [
        ("care", ("board", "council", "trust"), "council", "trust", "core_business", 0.2),
        ("cost", ("council", "trust"), "council", "trust", "core_business", 0.2),
    ]
    assert [(row.pairs, row.known, row.measures) for row in found.duties] == [(3, 3, ("visits",)), (1, 1, ("spend",))]
    # Two duties times 0.8; one times 0.6; one times 0.4.
    assert [(row.a, row.b, row.weakest, row.wanted, row.relation) for row in found.pairs] == [
        ("council", "trust", "core_business", 1.6, "partners"),
        ("board", "council", "trust", 0.6, "partners"),
        ("board", "trust", "networks", 0.4, "line"),
    ]
    assert found.pairs[2].rows == ("trust|board",)
    assert found.missing == ()
    assert found.paragraph == (
        "The weakest link is between Council and Trust: joint work as core business is at 0.2 of 1, which holds back 2 "
        "of 2 joint duties. Board and Trust are readiest: nothing is below 0.6."
    )


def test_what_nobody_says_is_not_nought() -> None:
    # Of council and trust nothing is said: care is known by one pair of three, cost not at all.
    found = al.readiness(place(pair("board", "council", 0.9, None, None, 0.5, None)))
    care, cost = found.duties
    assert (care.known, care.pairs, care.value, care.weakest, care.a, care.b) == (
        1,
        3,
        0.5,
        "trust",
        "board",
        "council",
    )
    assert (cost.known, cost.pairs, cost.value, cost.weakest, cost.a) == (0, 1, None, None, None)
    assert [(row.a, row.b, row.value) for row in found.pairs] == [
        ("board", "council", 0.5),
        ("council", "trust", None),
        ("board", "trust", None),
    ]
    unknown, blank = found.missing
    assert unknown == (
        "relationships says nothing of 2 of the 3 pairs that share a duty (Council and Trust; Board and Trust): a row "
        "with the five ingredients, 0 to 1 each, would say how ready they are."
    )
    assert blank.startswith("In relationships obligation, reciprocity and core_business are not said of all pairs")
    assert "Nothing is known of 2 of the 3 pairs that share a duty, so a duty may be less ready" in found.paragraph


def test_a_nought_is_said_and_a_row_without_ingredients_says_nothing() -> None:
    assert al.readiness(place(pair("council", "trust", 0, 1, 1, 1, 1))).duties[0].value == 0
    empty = al.readiness(place(pair("council", "trust", None, None, None, None, None)))
    assert [row.value for row in empty.duties] == [None, None]


def test_without_the_table_it_says_whom_to_ask_first() -> None:
    # Council and trust share two duties side by side; board and council one; the board asks the trust, in one.
    found = al.readiness(place())
    assert [(row.a, row.b, row.duties, row.relation) for row in found.pairs] == [
        ("council", "trust", 2, "partners"),
        ("board", "council", 1, "partners"),
        ("board", "trust", 1, "line"),
    ]
    assert found.paragraph == (
        "How ready bodies are to work together is not known: the table relationships says nothing of the 3 pairs that "
        "share 2 joint duties. Ask first Council and Trust, who share most (2 joint duties)."
    )


def test_a_line_of_command_hides_no_pair() -> None:
    # The council answers to the trust by contract, and they still share most.
    lines = [{"agency": "council", "answers_to": "trust", "kind": "contractual"}]
    found = al.readiness(place(accountability=lines))
    assert (found.pairs[0].a, found.pairs[0].b, found.pairs[0].relation) == ("council", "trust", "line")
    assert "Council and Trust, who share most (2 joint duties, one asks or answers to the other)" in found.paragraph


def test_a_body_and_its_own_committee_come_last() -> None:
    # Council and trust share most, but the one is a partnership of the other, or its committee by law. A committee that
    # is paid by the trust is none of its own.
    for kind, row, relation in (
        ("partnership", {"id": "council"}, "belongs"),
        ("statutory", {"id": "council", "kind": "Council committee"}, "belongs"),
        ("financial", {"id": "council", "kind": "Council committee"}, "line"),
        ("statutory", {"id": "council", "kind": "Council"}, "line"),
    ):
        lines = [{"agency": "council", "answers_to": "trust", "kind": kind}]
        bodies = [row, {"id": "board"}, {"id": "trust"}]
        found = al.readiness(place(accountability=lines, agencies=bodies))
        pairs = {(each.a, each.b): at for at, each in enumerate(found.pairs)}
        at = pairs["council", "trust"]
        assert (found.pairs[at].relation, at) == (relation, 2 if relation == "belongs" else 0)
        assert ("Ask first Council and Trust" in found.paragraph) == (relation == "line")


def test_whoever_is_most_at_odds_is_named_beside() -> None:
    # The firm wants fewer visits, as a wish of its own: it shares no duty, and quarrels with all who want more. The
    # weight is that of the findings between the two, worked out anew.
    base = place()
    against = target("firm", "visits", "decrease", id="firm")
    system = base.replace(agencies=[*base.agencies, {"id": "firm", "name": "Firm"}], targets=[*base.targets, against])
    found = al.readiness(system)
    rows = {(row.a, row.b): row for row in found.pairs}
    quarrel = rows["council", "firm"]
    conflicts = al.find_conflicts(system)
    at = system.derive(Index).agency_at
    between = [
        finding.severity
        for finding in conflicts.findings
        if any(
            {at["council"], at["firm"]} == {one, two}
            for left, right in combinations(finding.parties, 2)
            for one in left
            for two in right
        )
    ]
    assert between
    assert (quarrel.duties, quarrel.conflicts) == (0, len(between))
    assert quarrel.conflict_weight == pytest.approx(sum(between))
    counts = conflicts.counts("agency").set_index(["a", "b"])["conflicts"]
    assert all(row.conflicts == counts.get((row.a, row.b), 0) for row in found.pairs)
    # Who shares no duty is in the table alone.
    assert "no joint duty" not in str(found).casefold()


def test_nothing_is_joint() -> None:
    alone = small(
        outcomes=[{"id": "air", "dimension": "outcomes"}],
        measures=[{"id": "smoke", "outcome": "air", "direction": "lower"}],
        targets=[target("council", "smoke", "decrease")],
    )
    found = al.readiness(alone)
    assert (found.duties, found.pairs, found.missing) == ((), (), ())
    assert found.paragraph == (
        "Nothing is a joint duty: 1 duty is told, and no two bodies have one for the same outcome and people."
    )
    assert al.readiness(small(measures=[{"id": "smoke"}], targets=[target("council", "smoke", "decrease")])).pairs == ()


def test_people_tell_duties_apart_unless_asked() -> None:
    apart = small(
        populations=[{"id": "old"}, {"id": "young"}],
        outcomes=[{"id": "care", "dimension": "outcomes"}],
        measures=[{"id": "visits", "outcome": "care", "direction": "higher"}],
        targets=[
            target("council", "visits", "increase", population="old"),
            target("trust", "visits", "increase", population="young"),
        ],
    )
    assert al.readiness(apart).duties == ()
    (duty,) = al.readiness(apart, breadth="outcome").duties
    assert (duty.agencies, duty.population) == (("council", "trust"), None)


@pytest.mark.parametrize("seed", range(20))
def test_it_is_what_loops_over_duties_find(seed: int) -> None:
    system = random_system(seed)
    agencies = sorted(row.id for row in system.agencies)
    rows = [
        pair(a, b, *(((seed + 3 * at + 5 * place) % 11) / 10 if (at + place) % 4 else None for place in range(5)))
        for at, (a, b) in enumerate(combinations(agencies, 2))
        if at % 3
    ]
    system = system.replace(relationships=rows)
    found = al.readiness(system)
    said = {
        frozenset((row["agency_a"], row["agency_b"])): min(
            (row[name], at) for at, name in enumerate(NAMES) if row[name] is not None
        )
        for row in rows
    }
    for duty in found.duties:
        known = [said[frozenset(ends)] for ends in combinations(duty.agencies, 2) if frozenset(ends) in said]
        assert (duty.known, duty.pairs) == (len(known), len(duty.agencies) * (len(duty.agencies) - 1) // 2)
        assert duty.value == (min(known)[0] if known else None)
    counts = al.find_conflicts(system).counts("agency").set_index(["a", "b"])["conflicts"]
    for row in found.pairs:
        assert row.conflicts == counts.get((row.a, row.b), 0)
        both = [duty for duty in found.duties if {row.a, row.b} <= set(duty.agencies)]
        assert row.duties == len(both)
        assert set(row.outcomes) == {duty.outcome for duty in both}
    assert al.readiness(system.replace(targets=system.targets[::-1], relationships=rows[::-1])) == found
