"""Hand-overs of a small journey, each state by hand and with its near miss."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

import alignment as al
from alignment.models import System
from tests.random_systems import random_system
from tests.small import push, small, target

Rows = list[dict[str, Any]]


def step(number: float, agency: str, measure: str | None = None, **cells: Any) -> dict[str, Any]:
    return {"pathway": "a-fall", "step": number, "agency": agency, "measure": measure, **cells}


def place(pathways: Rows, **tables: Rows) -> System:
    """A practice, a crew, a ward, a council and a home-care firm."""
    rows: dict[str, Rows] = {
        "agencies": [{"id": word} for word in ("practice", "crew", "ward", "council", "carers")],
        "measures": [
            {"id": word, "direction": "lower", "outcome": "safety"}
            for word in ("falls", "handover", "stay", "delays", "visits", "reviews")
        ],
        "outcomes": [{"id": "safety"}],
        "targets": [
            target("practice", "falls", "decrease"),
            target("crew", "handover", "decrease", for_agency="ward"),
            target("ward", "stay", "decrease"),
            target("council", "delays", "decrease"),
        ],
    }
    return small(**{**rows, **tables}, pathways=pathways)


STEPS = [
    step(1, "practice", "falls"),
    step(2, "crew"),
    step(3, "ward", "handover"),
    step(4, "ward", "stay"),
    step(5, "council", "delays"),
    step(6, "carers", "visits"),
    step(7, "practice", "reviews"),
    step(8, "crew"),
]


def states(found: al.Journey) -> list[tuple[str, str, str]]:
    return [(row.giver, row.receiver, row.state) for row in found.handovers]


def seam(**tables: Rows) -> al.Journey:
    """From the ward, judged on stays, to the council, judged on delays."""
    return al.journey(place([step(1, "ward", "stay"), step(2, "council", "delays")], **tables))


def test_states_by_hand() -> None:
    found = al.journey(place(STEPS))
    assert states(found) == [
        ("practice", "crew", "one side"),  # the practice works to falls, the crew's step names nothing
        ("crew", "ward", "shared"),  # the crew wants shorter handovers, the ward has to deliver them
        # from step 3 to 4 the person stays on the ward
        ("ward", "council", "each its own"),
        ("council", "carers", "one side"),
        ("carers", "practice", "nobody"),  # nobody has a target on visits or reviews
        ("practice", "crew", "not known"),  # nor here, but the crew's step names nothing
    ]
    first, second, third, *_, last = found.handovers
    assert (first.giver_holds, first.receiver_holds, first.unmeasured) == (("falls",), (), ("receiver",))
    assert (second.shared, second.unmeasured, second.rows) == (
        ("handover",),
        ("giver",),
        ("a-fall|2|crew", "a-fall|3|ward|handover"),
    )
    assert (third.measures, third.targets) == (
        ("delays", "stay"),
        ("council:delays:decrease", "ward:stay:decrease"),
    )
    assert last.measure_names == ("Reviews",)
    assert found.paragraph == (
        "On 1 of 6 hand-overs, on 1 journey, the two sides share a target without pulling apart. On 1 each has a "
        "target of its own, on 2 only one side has a target, on 1 nobody has a target and on 1 it cannot be told. "
        "Shared: Crew to Ward (“Handover”). Nobody has a target from Carers to Practice (“Reviews” and “Visits”)."
    )
    (blank,) = found.missing
    assert blank == (
        "1 step has no measure (Crew on “A fall”): the column measure of pathways would tell whether both sides look "
        "at the hand-over."
    )


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("same", "shared"),
        ("part", "shared"),
        ("shared", "shared"),
        ("complementary", "each its own"),
        ("distinct", "each its own"),
    ],
)
def test_what_is_declared_one_thing_is_shared(kind: str, state: str) -> None:
    row = seam(overlaps=[{"measure_a": "delays", "measure_b": "stay", "kind": kind}]).handovers[0]
    assert row.state == state
    assert row.shared == (("delays", "stay") if state == "shared" else ())


def test_a_finding_between_the_two_is_a_conflict_and_below_the_tolerance_none() -> None:
    # Stays down (-1) times an effect of -1 makes delays go up, which the council wants down: -1 * -1 * -1 < -0.2.
    row = seam(influences=[push("stay", "delays", -1)]).handovers[0]
    assert (row.state, row.giver_wants, row.receiver_wants) == ("in conflict", "stay", "delays")
    assert row.quarrel == "Ward wants “Stay” down, which pushes “Delays” up; Council wants that down"
    assert row.conflict == "spillover.stay-down.delays-down"
    # Severity 1 as both weigh 1, times 0.7 as nobody rated the evidence.
    assert row.severity == pytest.approx(0.7)
    assert seam(influences=[push("stay", "delays", -0.2)]).handovers[0].state == "each its own"


def test_a_finding_with_somebody_else_is_none_of_this_hand_over() -> None:
    # The ward's stays harm what the practice wants, not the council.
    assert seam(influences=[push("stay", "falls", -1)]).handovers[0].state == "each its own"
    # Handovers against delays stand between ward and council, and on a measure of this hand-over.
    assert seam(influences=[push("handover", "delays", -1)]).handovers[0].state == "in conflict"


def test_a_shared_measure_is_told_of_also_where_wishes_pull_apart() -> None:
    both = [target("ward", "stay", "decrease"), target("council", "stay", "increase"), target("crew", "falls", "hold")]
    row = seam(targets=both).handovers[0]
    assert (row.state, row.shared) == ("in conflict", ("stay",))
    assert row.quarrel == "Council wants “Stay” up; Ward wants it down"
    assert "they share “Stay”" in seam(targets=both).to_text(200)
    assert seam(targets=both).paragraph.startswith(
        "On none of 1 hand-over, on 1 journey, do the two sides share a target without pulling apart. On 1 they pull "
        "apart; there they even share a target. They pull apart most from Ward to Council:"
    )


def torn(lever: str, good: str, way: str | None, **cells: Any) -> al.Journey:
    """Beds up shortens handovers and lengthens stays: the crew's handovers need them up, the ward's stays down."""
    wants = [target("council", lever, way, **cells)] if way else []
    return al.journey(
        place(
            [step(1, "crew", "handover"), step(2, "ward", "stay")],
            measures=[
                *({"id": word, "direction": "lower", "outcome": "safety"} for word in ("handover", "stay")),
                {"id": lever, "direction": good},
            ],
            targets=[target("crew", "handover", "decrease"), target("ward", "stay", "decrease"), *wants],
            influences=[push(lever, "handover", -1), push(lever, "stay", 1)],
        ).replace(about={"year": 2030})
    )


def test_of_a_torn_lever_the_wishes_of_the_two_are_told() -> None:
    assert torn("beds", "none", "decrease").handovers[0].quarrel == (
        "Crew needs “Beds” up for “Handover”; Ward needs it down for “Stay”"
    )


@pytest.mark.parametrize(
    ("good", "way", "cells", "state"),
    [
        ("none", "increase", {}, "in conflict"),
        ("none", None, {}, "each its own"),  # nobody wants the lever moved
        ("lower", "decrease", {}, "each its own"),  # up goes against people, and nobody wants it
        ("lower", "increase", {}, "in conflict"),  # up goes against people, but somebody wants it
        ("none", "increase", {"due": "2020"}, "each its own"),  # nobody does any more
    ],
)
def test_a_torn_lever_pulls_apart_only_where_somebody_wants_it_moved(
    good: str, way: str | None, cells: dict[str, Any], state: str
) -> None:
    assert torn("beds", good, way, **cells).handovers[0].state == state


def test_a_wish_that_was_only_inferred_counts_only_where_both_are_on_the_hand_over() -> None:
    def state(on: str) -> str:
        wishes = [target("ward", "stay", "decrease"), target("council", "visits", "increase", revealed=True)]
        steps = [step(1, "ward", "stay"), step(2, "council", on)]
        row = al.journey(place(steps, targets=wishes, influences=[push("stay", "visits", 1)])).handovers[0]
        assert row.quarrel is None or row.quarrel == (
            "Ward wants “Stay” down, which pushes “Visits” down; Council acts as if it wanted that up"
        )
        return row.state

    assert (state("visits"), state("delays")) == ("in conflict", "one side")


def test_a_target_that_is_only_inferred_is_marked() -> None:
    wishes = [
        target("ward", "stay", "decrease"),
        target("council", "delays", "decrease", revealed=True),
        target("crew", "delays", "decrease"),
    ]
    found = seam(targets=wishes)
    assert (found.handovers[0].state, found.handovers[0].inferred) == ("each its own", ("delays",))
    assert "On 1 each has a target of its own (in 1 case a wish only inferred)." in found.paragraph
    assert "“Stay” and “Delays”; only inferred: “Delays”" in found.to_text(200)
    both = al.journey(
        place(
            [step(1, "ward", "delays"), step(2, "council")], targets=[wishes[1], target("ward", "delays", "decrease")]
        )
    )
    assert "Shared: Ward to Council (“Delays”, by a wish only inferred of one)." in both.paragraph
    # The crew asks it of the council: then it is set.
    assert seam(targets=[*wishes[:2], wishes[2] | {"for_agency": "council"}]).handovers[0].inferred == ()


def test_what_both_want_of_both_tears_each_but_not_the_two_apart() -> None:
    # Stays down makes delays go up; ward and council each want both down.
    both = [target(who, word, "decrease") for who in ("ward", "council") for word in ("stay", "delays")]
    assert seam(targets=both, influences=[push("stay", "delays", -1)]).handovers[0].state == "shared"
    assert seam(targets=both[:3], influences=[push("stay", "delays", -1)]).handovers[0].state == "in conflict"


@pytest.mark.parametrize(
    ("second", "capacity", "overlaps", "state"),
    [
        # Each of two measures is to go down by 1, which takes 6 hours a step: 12, and there are 10.
        ("delays", 10, [], "in conflict"),
        ("delays", 12, [], "each its own"),
        ("delays", None, [], "each its own"),  # full, but nobody says by how much
        ("visits", 10, [], "each its own"),  # at the hand-over only delays are looked at
        ("delays", 10, [{"measure_a": "delays", "measure_b": "stay", "kind": "part"}], "shared"),
    ],
)
def test_rivals_for_a_resource_pull_apart_only_in_numbers_and_on_the_hand_over(
    second: str, capacity: float | None, overlaps: Rows, state: str
) -> None:
    row = seam(
        measures=[
            {"id": word, "direction": "lower", "outcome": "safety", "baseline": 5, "step": 1}
            for word in ("stay", "delays", "visits")
        ],
        targets=[
            target("ward", "stay", "decrease", value=1),
            target("council", "delays", "decrease", value=1),
            target("council", "visits", "decrease", value=1),
        ],
        resources=[{"id": "nurses", "limited": True, "capacity": capacity}],
        draws=[{"measure": word, "resource": "nurses", "moving": "down", "per_step": 6} for word in ("stay", second)],
        overlaps=overlaps,
    ).handovers[0]
    assert row.state == state
    assert row.quarrel == (
        "“Delays” and “Stay” together need more of “Nurses” than there is" if state == "in conflict" else None
    )


def paid(payer: str, share: float | None = None, **tables: Rows) -> str:
    """The ward is paid for longer stays; it wants them shorter, or nobody but the council does."""
    shares = [] if share is None else [{"agency": "ward", "measure": "stay", "share": share}]
    rows = [{"payer": payer, "payee": "ward", "measure": "stay", "pays_for": "increase", "basis": "activity"}]
    wishes = [target("council", "stay", "decrease")]
    (row,) = seam(**{"targets": wishes, "incentives": rows, "controls": shares, **tables}).handovers
    return row.state


def test_a_payment_pulls_apart_who_is_paid_and_who_pays_or_wants_otherwise() -> None:
    # Somebody else pays the ward, which has no wish; the council wants otherwise.
    assert paid("practice") == paid("council") == paid("practice", 0.2) == "in conflict"
    # Who can hardly move a measure is not tempted by what it is paid.
    assert paid("practice", 0.19) == "one side"
    # The ward wants shorter stays itself: it is torn, and not from the council, unless that pays.
    both = [target("council", "stay", "decrease"), target("ward", "stay", "decrease")]
    assert (paid("practice", targets=both), paid("council", targets=both)) == ("shared", "in conflict")
    # A wish that was only inferred is not enough.
    inferred = [target("council", "stay", "decrease", revealed=True)]
    assert paid("practice", targets=inferred) == "one side"


def test_what_a_body_is_paid_for_doing_is_no_wrong_pocket() -> None:
    def state(basis: str) -> str:
        # The ward moves stays most and pays in nurses, which it owns; the council gains.
        return (
            seam(
                targets=[target("ward", "stay", "decrease")],
                controls=[{"agency": "ward", "measure": "stay", "share": 0.5}],
                resources=[{"id": "nurses", "owner": "ward"}],
                draws=[{"measure": "stay", "resource": "nurses", "moving": "down", "per_step": 1}],
                incentives=[
                    {"payer": "crew", "payee": "council", "measure": "stay", "pays_for": "decrease", "basis": basis}
                ],
            )
            .handovers[0]
            .state
        )

    assert (state("bonus"), state("activity")) == ("in conflict", "one side")


def test_where_neither_side_looks_others_are_named() -> None:
    wishes = [
        target("crew", "stay", "decrease"),
        target("crew", "delays", "decrease"),
        target("practice", "stay", "decrease"),
    ]
    found = seam(targets=wishes)
    (row,) = found.handovers
    assert (row.state, row.others, row.other_holds) == ("others only", ("crew", "practice"), ("delays", "stay"))
    assert found.paragraph.endswith("From Ward to Council neither side has a target; Crew has, on “Delays” and “Stay”.")
    assert "neither side; Crew has a target on “Delays”, “Stay”" in found.to_text(200)


def test_who_is_there_already_is_handed_nobody() -> None:
    steps = [
        step(1, "ward"),
        step(2, "ward"),
        step(2, "council"),
        step(3, "council"),
        step(4, "carers"),
        step(4, "crew"),
    ]
    assert [pair[:2] for pair in states(al.journey(place(steps)))] == [
        ("ward", "council"),
        ("council", "carers"),
        ("council", "crew"),
    ]


def test_two_groups_of_people_at_one_step_are_one_hand_over() -> None:
    people = [{"id": "old"}, {"id": "young"}]
    steps = [step(1, "ward", "stay", population=each["id"]) for each in people] + [step(2, "council", "delays")]
    (row,) = al.journey(place(steps, populations=people)).handovers
    assert len(row.rows) == 3


def test_a_lapsed_target_is_not_worked_to_and_others_are_named() -> None:
    late = [target("ward", "stay", "decrease", due="2020"), target("crew", "delays", "decrease", for_agency="council")]
    system = place([step(1, "ward", "stay"), step(2, "council", "delays")], targets=late).replace(about={"year": 2030})
    (row,) = al.journey(system).handovers
    assert (row.state, row.giver_holds, row.receiver_holds, row.others) == ("one side", (), ("delays",), ("crew",))


def test_without_journeys_or_hand_overs_it_says_so() -> None:
    empty = al.journey(place([]))
    assert (
        empty.paragraph
        == "No journey is told (0 rows of pathways), so nothing can be said of where people are handed over."
    )
    (blank,) = empty.missing
    assert blank == (
        "There are no rows of pathways: a row a step, with the agency that the person meets and the measure of what "
        "happens there, would show every hand-over."
    )
    alone = al.journey(place([step(1, "ward"), step(2, "ward")]))
    assert alone.paragraph == "No journey passes from one body to another, so there is no hand-over to look at."
    assert alone.handovers == alone.missing == ()


def test_the_order_of_rows_changes_nothing() -> None:
    system = place(STEPS, influences=[push("stay", "delays", -1), push("handover", "falls", 1)])
    turned = system.replace(
        pathways=system.pathways[::-1], targets=system.targets[::-1], agencies=system.agencies[::-1]
    )
    assert al.journey(system) == al.journey(turned)


@pytest.mark.parametrize("seed", range(12))
def test_states_are_those_that_loops_over_targets_find(seed: int) -> None:
    system = random_system(seed)
    agencies, measures = [row.id for row in system.agencies], [row.id for row in system.measures]
    steps = [
        step(number, agencies[number * 7 % len(agencies)], measures[number * 5 % len(measures)] if number % 4 else None)
        for number in range(12)
    ]
    system = system.replace(pathways=steps)
    year = system.about.year
    works = {
        (who, row.measure)
        for row in system.targets
        if year is None or row.due is None or int(row.due[:4]) >= year
        for who in (row.agency, row.deliverer)
    }
    alike = {
        frozenset((row.measure_a, row.measure_b)) for row in system.overlaps if row.kind in ("same", "shared", "part")
    }
    findings = {row.id: row for row in al.find_conflicts(system)}
    found = {(row.step, row.next_step): row for row in al.journey(system).handovers}
    pairs = [pair for pair in pairwise(steps) if pair[0]["agency"] != pair[1]["agency"]]
    assert set(found) == {(one["step"], two["step"]) for one, two in pairs}
    for one, two in pairs:
        row = found[one["step"], two["step"]]
        named = {each["measure"] for each in (one, two)} - {None}
        gives, takes = ({each for each in named if (side["agency"], each) in works} for side in (one, two))
        assert (set(row.giver_holds), set(row.receiver_holds)) == (gives, takes)
        both = gives & takes or any(frozenset((a, b)) in alike for a in gives for b in takes)
        if row.conflict is not None:
            # Whatever pulls them apart, a measure of the hand-over is in it.
            assert row.state == "in conflict"
            finding = findings[row.conflict]
            assert named & {*finding.measures, *(each.measure for each in finding.sides)}
        elif both:
            assert row.state == "shared"
        elif gives and takes:
            assert row.state == "each its own"
        elif gives or takes:
            assert row.state == "one side"
        else:
            others = any((who, each) in works for who in agencies for each in named)
            unnamed = not (one["measure"] and two["measure"])
            assert row.state == ("not known" if unnamed else "others only" if others else "nobody")
