"""Which outcomes need joint work, by hand, and against all groups of agencies."""

from __future__ import annotations

from itertools import combinations

import pytest

import alignment as al
from alignment.integrated_care.triage import smallest
from alignment.models import System
from tests.random_systems import random_system
from tests.small import Cells, small, target


def control(agency: str, measure: str, share: float) -> Cells:
    return {"agency": agency, "measure": measure, "share": share}


def place(*controls: Cells, **more: list[Cells]) -> System:
    """One outcome with two measures: waits in full, calls to four fifths."""
    tables: dict[str, list[Cells]] = {
        "agencies": [{"id": name} for name in ("council", "practice", "trust")],
        "outcomes": [{"id": "care", "success": "Seen in time", "failure": "Not seen"}],
        "measures": [
            {"id": "waits", "outcome": "care", "direction": "lower", "baseline": 20},
            {"id": "calls", "direction": "higher", "baseline": 10},
        ],
        "captures": [{"measure": "calls", "outcome": "care", "validity": 0.8}],
        "targets": [target("trust", "waits", "at_most", 10), target("council", "calls", "at_least", 20)],
        "controls": list(controls),
    }
    return small(**{**tables, **more})


def test_a_mean_of_shares_weighted_by_validity() -> None:
    # Trust: (1 * 0.6 + 0.8 * 0.15) / 1.8 = 0.4. Council: 0.8 * 0.45 / 1.8 = 0.2. Practice: 0.18 / 1.8 = 0.1. All: 0.7;
    # 80% of it is 0.56: the trust has 0.4, with the council 0.6. Two bodies, one link; two targets are not met.
    system = place(
        control("trust", "waits", 0.6),
        control("trust", "calls", 0.15),
        control("council", "calls", 0.45),
        control("practice", "waits", 0.18),
    )
    (row,) = al.triage(system).outcomes
    assert (row.work, row.agencies, row.links, row.stake, row.per_link) == ("joint", ("trust", "council"), 1, 2, 2)
    assert (row.control, row.held) == (0.7, round(0.6 / 0.7, 6))
    assert row.controlled == ("calls", "waits")
    found = al.triage(system)
    assert [(each.agency, each.share, each.needed, each.controls) for each in found.shares] == [
        ("trust", 0.4, True, ("trust|calls", "trust|waits")),
        ("council", 0.2, True, ("council|calls",)),
        ("practice", 0.1, False, ("practice|waits",)),
    ]
    # 0.9 of 0.7 is 0.63, which takes all three: three links for the same two targets.
    (row,) = al.triage(system, enough=0.9).outcomes
    assert (len(row.agencies), row.links, row.per_link) == (3, 3, round(2 / 3, 6))
    # With theta above 0.8 only waits speak for care: the trust has 0.6 of 0.78, short of 0.624.
    (row,) = al.triage(system, theta=0.81).outcomes
    assert (row.measures, row.agencies, row.stake) == (("waits",), ("trust", "practice"), 1)


def test_one_body_is_enough_at_exactly_four_fifths() -> None:
    # 0.4 of 0.5 is four fifths; a little less is not.
    shares = {"calls": (control("trust", "calls", 0.4), control("council", "calls", 0.1))}
    (row,) = al.triage(place(*shares["calls"])).outcomes
    assert (row.work, row.agencies, row.links, row.per_link) == ("single", ("trust",), 0, None)
    (row,) = al.triage(place(control("trust", "calls", 0.39), control("council", "calls", 0.1))).outcomes
    assert row.work == "joint"


def test_nobody_is_not_the_same_as_not_known() -> None:
    (row,) = al.triage(place(control("trust", "waits", 0.19))).outcomes
    assert (row.work, row.control, row.agencies) == ("nobody", 0.19, ("trust",))
    (row,) = al.triage(place(control("trust", "waits", 0.2))).outcomes
    assert row.work == "single"
    (row,) = al.triage(place(control("trust", "waits", 0.0)), least=0).outcomes
    assert (row.work, row.control, row.held) == ("nobody", 0, None)
    found = al.triage(place())
    assert (found.outcomes[0].work, found.outcomes[0].control) == ("unknown", None)
    assert found.paragraph == "Who controls the outcomes is not known."
    assert found.missing == (
        "No controls are given on the measures of “Care”: rows of controls would tell who is needed there.",
    )


def stands(*rows: Cells, **more: list[Cells]) -> tuple[tuple[str, ...], ...]:
    """Measures not met, not known, asked to change, met, only asked without authority, other; and targets not met."""
    (row,) = al.triage(place(control("trust", "waits", 0.5), targets=list(rows), **more)).outcomes
    return row.unmet, row.unknown, row.change, row.met, row.asked, row.other, row.targets


def test_only_what_can_be_shown_not_to_be_met_is_at_stake() -> None:
    # Of eight targets on waits (20 today): one met (at most 25), one a guardrail, one against people, one inferred, one
    # lapsed, one of a firm that the trust does not answer to, one a change from today; one is left, of half a weight.
    rows = [
        target("trust", "waits", "at_most", 25),
        target("trust", "waits", "hold"),
        target("trust", "waits", "at_least", 30),
        target("trust", "waits", "at_most", 15, revealed=True),
        target("trust", "waits", "at_most", 12, due="2029"),
        target("firm", "waits", "at_most", 14, for_agency="trust"),
        target("trust", "waits", "decrease", 2),
        target("trust", "waits", "at_most", 10, id="left", weight=0.5),
    ]
    more: dict[str, list[Cells]] = {
        "agencies": [{"id": name} for name in ("board", "council", "firm", "practice", "trust")],
        "accountability": [{"agency": "trust", "answers_to": "board", "kind": "statutory"}],
    }
    system = place(control("trust", "waits", 0.5), targets=rows, **more).replace(about={"year": 2030})
    (row,) = al.triage(system).outcomes
    assert (row.unmet, row.targets, row.stake) == (("waits",), ("left",), 0.5)
    # Each alone says less of the measure.
    assert stands(rows[0]) == ((), (), (), ("waits",), (), (), ())
    assert stands(rows[6]) == ((), (), ("waits",), (), (), (), ())
    assert stands(rows[5], **more) == ((), (), (), (), ("waits",), (), ())
    assert stands(rows[1]) == stands(rows[2]) == ((), (), (), (), (), ("waits",), ())
    assert stands(rows[3]) == ((), (), (), (), (), (), ())


def test_what_is_not_known_is_not_counted_as_not_met() -> None:
    blank: list[Cells] = [{"id": "waits", "outcome": "care", "direction": "lower"}, {"id": "calls"}]
    ask = target("trust", "waits", "at_most", 10)
    assert stands(ask, measures=blank) == ((), ("waits",), (), (), (), (), ())
    # A level of the one who has to deliver is enough: 9 meets it, 11 does not.
    for value, where in ((9, 3), (11, 0)):
        levels = [{"measure": "waits", "agency": "trust", "value": value}]
        assert stands(ask, measures=blank, levels=levels)[where] == ("waits",)


def test_a_price_below_what_is_asked_is_not_met_though_no_way_is_better_for_people() -> None:
    # A fee of 16 where the firm has to have 18: of an outcome for people that says nothing, of a market it is not met.
    fee: list[Cells] = [{"id": "waits", "outcome": "care", "direction": "in-range", "baseline": 16}, {"id": "calls"}]
    least = target("trust", "waits", "at_least", 18, id="least")
    assert stands(least, measures=fee) == ((), (), (), (), (), ("waits",), ())
    market: list[Cells] = [{"id": "care", "dimension": "resource-use"}]
    assert stands(least, measures=fee, outcomes=market) == (("waits",), (), (), (), (), (), ("least",))
    enough = target("trust", "waits", "at_least", 16)
    assert stands(enough, measures=fee, outcomes=market)[3] == ("waits",)


def test_people_come_before_the_use_of_resources_and_few_are_told_beside() -> None:
    # Waits and calls are not met by two bodies each: care has two measures and three targets between three bodies (a
    # third of them a link is 1), crises one measure and two targets between two (2 a link). Money has four targets,
    # and is no outcome for people.
    system = place(
        outcomes=[{"id": "care"}, {"id": "crises"}, {"id": "money", "dimension": "resource-use"}],
        measures=[
            {"id": name, "outcome": outcome, "direction": "lower", "baseline": 20}
            for name, outcome in (("waits", "care"), ("calls", "care"), ("falls", "crises"), ("costs", "money"))
        ],
        captures=[],
        targets=[
            *(target(who, "waits", "at_most", 10) for who in ("council", "trust")),
            target("trust", "calls", "at_most", 10),
            *(target(who, "falls", "at_most", 10) for who in ("council", "trust")),
            *(target(who, "costs", "at_most", value) for who in ("council", "trust") for value in (10, 11)),
        ],
        controls=[
            *(control(who, "waits", 0.3) for who in ("council", "practice", "trust")),
            *(control(who, measure, 0.4) for who in ("council", "trust") for measure in ("falls", "costs")),
        ],
    )
    found = al.triage(system)
    assert [(row.outcome, len(row.unmet), row.stake, row.per_link) for row in found.outcomes] == [
        ("care", 2, 3, 1),
        ("crises", 1, 2, 2),
        ("money", 1, 4, 4),
    ]
    assert [row.for_people for row in found.outcomes] == [True, True, False]
    assert found.paragraph == (
        "For none of the 3 outcomes does one body hold most of what anybody controls: for all it takes two to three "
        "bodies to reach 80% of that. Most is not met for people in “Care”: three targets not met on two measures, "
        "three bodies (Council, Practice and Trust). A conversation of few reaches most in “Crises”: two targets not "
        "met on one measure between two bodies (Council and Trust). On the use of resources, told apart, targets are "
        "not met in “Money”. What success and failure would look like is stated for 0 of the 3 outcomes."
    )


@pytest.mark.parametrize(
    ("dues", "said"),
    [
        (["2030", "2030"], "two targets missed on one measure"),
        (["2031", "2032"], "two targets not met yet on one measure"),
        ([None, None], "two targets not met on one measure"),
        (["2030", "2031"], "two targets not met on one measure (one missed and one not met yet)"),
        (["2030", None], "two targets not met on one measure (one missed and one without a date)"),
    ],
)
def test_only_what_is_due_by_the_year_is_missed(dues: list[str | None], said: str) -> None:
    rows = [target("trust", "waits", "at_most", 10 + at, id=f"t{at}", due=due) for at, due in enumerate(dues)]
    both = (control("trust", "waits", 0.4), control("council", "waits", 0.4))
    found = al.triage(place(*both, targets=rows).replace(about={"year": 2030}))
    (row,) = found.outcomes
    assert f"Most is not met for people in “Care”: {said}, two bodies" in found.paragraph
    assert len(row.missed) == dues.count("2030")
    assert set(row.not_due) == {f"t{at}" for at, due in enumerate(dues) if due and due > "2030"}
    assert row.targets == ("t0", "t1")
    # Each outcome is a sentence, not a row of figures.
    assert "  Care: Council, Trust; 2 targets not met on 1 measure; 20% is in nobody's hands" in found.to_text(100)


def test_what_no_target_speaks_of_is_the_finding() -> None:
    # Nobody has a target on care: the trust's wish was only inferred. With an ask of a firm only that speaks.
    seen = target("trust", "waits", "at_most", 15, revealed=True)
    found = al.triage(place(control("trust", "waits", 0.6), targets=[seen]))
    assert found.paragraph.startswith(
        "In the one outcome one body holds most (80% or more) of what anybody controls: “Care” (40% is in nobody's "
        "hands). No target says how well it goes in “Care”."
    )
    more: dict[str, list[Cells]] = {
        "agencies": [{"id": name} for name in ("board", "firm", "trust")],
        "accountability": [{"agency": "trust", "answers_to": "board", "kind": "statutory"}],
        "targets": [target("firm", "waits", "at_most", 14, for_agency="trust")],
    }
    found = al.triage(place(control("trust", "waits", 0.6), **more))
    assert "Only what others ask without authority says how well it goes in “Care”." in found.paragraph


def test_success_and_failure_are_stated_or_missing() -> None:
    rows = [{"id": "care", "success": "Seen"}]
    found = al.triage(place(control("trust", "waits", 0.5), outcomes=rows))
    assert "What success and failure would look like is stated for 0 of the 1 outcome." in found.paragraph
    assert any("not said of “Care”" in said for said in found.missing)


def test_without_outcomes_it_says_so() -> None:
    system = small(measures=[{"id": "waits"}], targets=[target("trust", "waits", "decrease")])
    found = al.triage(system)
    assert (found.outcomes, found.missing) == ((), ())
    assert str(found) == "The tables hold no outcomes, so nothing can be said of joint work."


def test_winter_pressure_by_hand() -> None:
    # Staying well: admissions alone have controls: trust 0.5, council 0.2, commissioner 0.1; 0.7 of 0.8 is 87.5%.
    found = al.triage(al.read("winter-pressure"))
    assert [(row.outcome, row.work) for row in found.outcomes] == [
        ("staying-well", "joint"),
        ("home-on-time", "single"),
        ("home-support", "single"),
        ("kind-care", "unknown"),
        ("planned-care", "unknown"),
        ("supported-carers", "unknown"),
        ("bed-use", "unknown"),  # after those for people
    ]
    assert found.outcomes[0].held == 0.875


@pytest.mark.parametrize("seed", range(40))
def test_no_smaller_group_would_do(seed: int) -> None:
    system = random_system(seed)
    for row in al.triage(system).outcomes:
        shares = {each.agency: each.share for each in al.triage(system).shares if each.outcome == row.outcome}
        enough = 0.8 * sum(shares.values()) - 1e-5
        if row.work in ("single", "joint"):
            assert sum(shares[who] for who in row.agencies) >= enough
            smaller = combinations(shares, len(row.agencies) - 1)
            assert all(sum(shares[who] for who in group) < enough + 2e-5 for group in smaller)


def test_the_order_of_rows_changes_nothing() -> None:
    system = al.read("london-2018")
    turned = system.replace(
        controls=system.controls[::-1], outcomes=system.outcomes[::-1], targets=system.targets[::-1]
    )
    assert al.triage(turned) == al.triage(system)


def test_ties_go_by_id() -> None:
    assert smallest({2: 0.25, 0: 0.25, 1: 0.25, 3: 0.25}, 0.5) == (0, 1)
