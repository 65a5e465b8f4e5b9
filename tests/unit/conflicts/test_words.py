"""Every kind in words: sentence, suggestion, the rows it rests on, what had to be assumed."""

from __future__ import annotations

import re
import statistics

import pytest

import alignment as al
from alignment.models import System
from alignment.models.answers.conflict import Conflict
from alignment.models.options.conflicts import Kind
from tests.small import Cells, measures, push, small, target

TIERS: list[Cells] = [{"id": "top", "level": 0}, {"id": "low", "level": 1}]
BODIES: list[Cells] = [
    {"id": "ministry", "tier": "top"},
    {"id": "north", "name": "North Trust", "tier": "low"},
    {"id": "south", "name": "South Trust", "tier": "low"},
    {"id": "charity"},
]


def place(**tables: list[Cells]) -> System:
    """A ministry above two trusts, and a charity that stands on no tier."""
    return small(**{"tiers": TIERS, "agencies": BODIES, **tables})


def only(system: System, kind: Kind) -> Conflict:
    (conflict,) = al.find_conflicts(system, kind)
    return conflict


def shown(conflict: Conflict) -> list[tuple[str, str, str]]:
    return [(row.table, row.row, row.says) for row in conflict.evidence]


class TestOpposed:
    def test_who_wants_what_and_who_has_to_deliver_it(self) -> None:
        fewer = target("ministry", "bed-days", "at_most", 40, id="fewer", for_agency="north", due="2030")
        system = place(
            measures=measures("bed-days", baseline=50, unit="days"),
            targets=[
                {**fewer, "source": "Plan 2030"},
                target("north", "bed-days", "at_least", 60, id="more"),
                target("south", "bed-days", "increase", id="south"),
            ],
        )
        conflict = only(system, "opposed")
        assert conflict.sentence == (
            "North Trust and South Trust want “Bed days” up and Ministry wants it at 40 days or less: no level "
            "satisfies both."
        )
        assert conflict.suggestion == (
            "Agree one direction and one value for “Bed days”, or stop judging one side on it."
        )
        assert shown(conflict) == [
            ("targets", "more", "North Trust wants “Bed days” at 60 days or more"),
            (
                "targets",
                "fewer",
                "Ministry wants “Bed days” at 40 days or less, due 2030, to be delivered by North Trust",
            ),
        ]
        assert [row.source for row in conflict.evidence] == [None, "Plan 2030"]
        assert [side.asks for side in conflict.sides] == ["up", "at 40 days or less"]
        assert [side.deliverers for side in conflict.sides] == [("north", "south"), ("north",)]


class TestInconsistent:
    ASKS: tuple[Cells, ...] = (
        target("ministry", "bed-days", "at_least", 60, id="a", due="2030"),
        target("north", "bed-days", "at_least", 62, id="b"),
        target("south", "bed-days", "at_least", 63, id="c"),
        target("charity", "bed-days", "at_least", 64, id="d"),
        target("charity", "bed-days", "at_least", 65, id="e"),
    )

    def test_three_asks_are_all_told(self) -> None:
        system = place(measures=measures("bed-days", unit="days"), targets=list(self.ASKS[:3]))
        conflict = only(system, "inconsistent")
        assert conflict.sentence == (
            "South Trust wants “Bed days” at 63 days or more, while Ministry wants it at 60 days or more by 2030: "
            "three different targets for one measure."
        )
        assert (
            conflict.suggestion
            == "Choose one target for “Bed days”: at 63 days or more, at 60 days or more, or something between."
        )
        assert [row[1] for row in shown(conflict)] == ["a", "c"]
        assert conflict.assumed == ("one step of “Bed days” is assumed to be 1 days",)

    def test_of_more_than_three_the_most_and_the_least_demanding(self) -> None:
        system = place(measures=measures("bed-days", baseline=50), targets=list(self.ASKS))
        conflict = only(system, "inconsistent")
        assert conflict.sentence == (
            "Charity wants “Bed days” at 65 or more, while Ministry wants it at 60 or more by 2030: five different "
            "targets for one measure."
        )
        assert conflict.assumed == ()


class TestSpillover:
    def test_a_path_of_two_links_against_a_weaker_one(self) -> None:
        system = place(
            measures=measures("beds", "nurses", "stays", "waits"),
            targets=[
                target("north", "beds", "increase", id="n"),
                target("south", "beds", "increase", id="s"),
                target("ministry", "waits", "decrease", id="m"),
            ],
            influences=[
                push("beds", "stays", 1, certainty="strong", source="Author 2018"),
                push("stays", "waits", 0.8, certainty="contested", evidence="a trial of 40 wards"),
                push("beds", "nurses", -1),
                push("nurses", "waits", 0.2),
            ],
        )
        conflict = only(system, "spillover")
        assert conflict.sentence == (
            "North Trust and South Trust want “Beds” up; that indirectly pushes “Waits” up (said to be contested, "
            "not all with a source; 80% of it this way), and Ministry wants it down."
        )
        assert conflict.suggestion == (
            "Agree how far “Beds” may go up before “Waits” suffers, and judge both sides on that."
        )
        assert shown(conflict) == [
            ("targets", "n", "North Trust wants “Beds” up"),
            ("targets", "m", "Ministry wants “Waits” down"),
            ("influences", "beds>stays", "“Beds” on “Stays”: effect 1, strong evidence"),
            (
                "influences",
                "stays>waits",
                "“Stays” on “Waits”: effect 0.8, said to be contested, no source: a trial of 40 wards",
            ),
        ]
        assert conflict.assumed == (
            "“Waits” is assumed to have nothing to spare, as nobody says where it stands today",
        )

    def test_a_path_that_turns_round(self) -> None:
        system = place(
            measures=measures("beds", "stays", "waits"),
            targets=[target("north", "beds", "decrease"), target("ministry", "waits", "decrease")],
            influences=[push("beds", "stays", -1), push("stays", "waits", 1, certainty="weak")],
        )
        assert only(system, "spillover").sentence == (
            "North Trust wants “Beds” down; that indirectly pushes “Waits” up (said to be weak, no source), and "
            "Ministry wants it down."
        )


class TestUnguarded:
    def test_which_way_is_better_for_people(self) -> None:
        system = place(
            measures=[*measures("beds"), {"id": "care", "direction": "higher"}, {"id": "waits", "direction": "lower"}],
            targets=[
                target("north", "beds", "increase", id="n", weight=0.5),
                target("south", "beds", "increase", id="s"),
            ],
            influences=[
                push("beds", "care", -0.5),
                {"source_measure": "beds", "target_measure": "waits", "strength": 2, "certainty": "weak"},
            ],
        )
        care, waits = al.find_conflicts(system, "unguarded")
        assert care.sentence == (
            "North Trust and South Trust want “Beds” up; that pushes “Care” down (evidence not rated, no source), "
            "where higher is better for people and nobody has a target."
        )
        assert waits.sentence.endswith(
            "that pushes “Waits” up (said to be weak, no source), where lower is better for people and nobody has a "
            "target."
        )
        assert waits.suggestion == "Put a guardrail on “Waits” (a target of sense hold), or read it beside “Beds”."
        assert shown(waits) == [
            ("targets", "s", "South Trust wants “Beds” up"),
            ("influences", "beds>waits", "“Beds” on “Waits”: strength 2, said to be weak, no source"),
        ]


class TestCapacity:
    @staticmethod
    def system(resource: Cells) -> System:
        return place(
            measures=measures("beds", "stays", baseline=10, step=1),
            targets=[target("north", "beds", "at_least", 14, id="n"), target("south", "stays", "increase", id="s")],
            resources=[{"id": "nurses", "name": "Nurses", **resource}],
            draws=[
                {"measure": "beds", "resource": "nurses", "moving": "up", "per_step": 2},
                {"measure": "stays", "resource": "nurses", "moving": "down", "uses": "frees"},
            ],
        )

    def test_what_is_wanted_of_what_there_is(self) -> None:
        conflict = only(self.system({"capacity": 8, "in_use": 3, "unit": "people"}), "capacity")
        assert conflict.sentence == (
            "North Trust wants “Beds” at 14 or more, and South Trust wants “Stays” up; both draw on “Nurses”, and "
            "together need 3 people more than there is."
        )
        assert conflict.suggestion == (
            "Decide together which of these wishes “Nurses” goes to first, and set the targets of the others by what "
            "is left."
        )
        assert shown(conflict) == [
            ("resources", "nurses", "capacity 8 people, in use 3 people"),
            ("targets", "n", "North Trust wants “Beds” at 14 or more"),
            ("targets", "s", "South Trust wants “Stays” up"),
            ("draws", "beds|nurses|up", "moving “Beds” up uses “Nurses”, 2 people a step"),
            ("draws", "stays|nurses|down", "moving “Stays” down frees “Nurses”"),
        ]
        assert conflict.assumed == ()

    def test_known_to_be_full(self) -> None:
        conflict = only(self.system({"limited": True}), "capacity")
        assert conflict.sentence.endswith("both draw on “Nurses”, known to have nothing to spare.")
        assert shown(conflict)[0] == ("resources", "nurses", "known to be full")
        assert conflict.assumed == ()

    def test_steps_and_use_that_had_to_be_assumed(self) -> None:
        system = place(
            measures=measures("beds", "stays"),
            targets=[target("north", "beds", "increase", 4), target("south", "stays", "increase")],
            resources=[{"id": "nurses", "name": "Nurses", "capacity": 8}],
            draws=[
                {"measure": name, "resource": "nurses", "moving": "up", "per_step": 2} for name in ("beds", "stays")
            ],
        )
        assert only(system, "capacity").assumed == (
            "nothing of “Nurses” is assumed to be in use today",
            "one step of “Beds” is assumed to be 1 unit",
            "one step of “Stays” is assumed to be 1 unit",
        )


class TestTwoMasters:
    def test_masters_other_than_itself(self) -> None:
        system = place(
            measures=measures("beds"),
            targets=[
                target("ministry", "beds", "increase", id="m", for_agency="north"),
                target("south", "beds", "decrease", id="s", for_agency="north"),
            ],
        )
        conflict = only(system, "two-masters")
        assert conflict.sentence == (
            "North Trust is asked to deliver what Ministry and South Trust want, and that pulls apart in one conflict, "
            "over “Beds”."
        )
        assert conflict.suggestion == (
            "Let Ministry and South Trust settle “Beds” between them before North Trust is judged on it."
        )
        assert shown(conflict) == [
            ("targets", "m", "Ministry wants “Beds” up, to be delivered by North Trust"),
            ("targets", "s", "South Trust wants “Beds” down, to be delivered by North Trust"),
        ]

    def test_nobody_is_a_master_of_its_own(self) -> None:
        system = place(
            measures=measures("beds"),
            targets=[target("ministry", "beds", "increase", for_agency="north"), target("north", "beds", "decrease")],
        )
        assert al.find_conflicts(system, "opposed")
        assert not al.find_conflicts(system, "two-masters")

    def test_of_conflicts_as_bad_the_surer_one_counts(self) -> None:
        system = place(
            measures=measures("beds", "stays", "waits"),
            targets=[
                target("ministry", "beds", "increase", for_agency="north"),
                target("south", "stays", "increase", for_agency="north"),
                target("south", "waits", "increase", for_agency="north"),
            ],
            influences=[push("beds", "stays", -1, certainty="weak"), push("beds", "waits", -1, certainty="strong")],
        )
        conflict = only(system, "two-masters")
        assert (conflict.severity, conflict.confidence) == (1, 0.9)


class TestNoControl:
    CONTROLS: tuple[Cells, ...] = (
        {"agency": "north", "measure": "beds", "share": 0.1},
        {"agency": "charity", "measure": "beds", "share": 0.5},
    )

    def test_two_are_judged(self) -> None:
        system = place(
            measures=measures("beds"),
            targets=[
                target("ministry", "beds", "increase", id="m", for_agency="north"),
                target("south", "beds", "increase", id="s"),
            ],
            controls=list(self.CONTROLS),
        )
        conflict = only(system, "no-control")
        assert conflict.sentence == (
            "North Trust and South Trust are judged on “Beds” by Ministry, but can bring about at most 10% of its "
            "movement."
        )
        assert (
            conflict.suggestion
            == "Judge Charity on “Beds”, with most hold on it (50%), or all who can move it together."
        )
        assert shown(conflict) == [
            ("targets", "m", "Ministry wants “Beds” up, to be delivered by North Trust"),
            ("controls", "north|beds", "North Trust controls 10% of “Beds”"),
        ]

    def test_one_is_paid(self) -> None:
        paid: Cells = {"payer": "ministry", "payee": "north", "measure": "beds", "pays_for": "increase"}
        system = place(
            measures=measures("beds"),
            targets=[target("charity", "beds", "increase", id="c")],
            controls=list(self.CONTROLS),
            incentives=[{**paid, "rate": 5, "at_risk": -100, "unit": "GBP", "basis": "bonus", "source": "Contract"}],
        )
        conflict = only(system, "no-control")
        assert conflict.sentence == (
            "North Trust is paid on “Beds” by Ministry, but can bring about 10% of its movement."
        )
        key = "ministry|north|beds|increase"
        assert shown(conflict) == [
            ("targets", "c", "Charity wants “Beds” up"),
            ("incentives", key, "Ministry and North Trust: bonus that rewards moving “Beds” up (5 GBP, -100 GBP)"),
            ("controls", "north|beds", "North Trust controls 10% of “Beds”"),
        ]
        assert conflict.evidence[1].source == "Contract"
        assert conflict.agencies == ("charity", "ministry", "north")


class TestJudgedByRival:
    def test_a_stake_in_what_it_records(self) -> None:
        system = place(
            measures=measures("beds", recorded_by="south"),
            targets=[
                target("north", "beds", "increase", id="n"),
                target("charity", "beds", "increase"),
                target("south", "beds", "decrease", id="s"),
            ],
        )
        conflict = only(system, "judged-by-rival")
        assert conflict.sentence == (
            "South Trust records “Beds”, on which North Trust and Charity are judged, and has a target of its own on "
            "it."
        )
        assert conflict.suggestion == "Have “Beds” recorded, or checked, by somebody without a stake in it."
        assert [row[:2] for row in shown(conflict)] == [
            ("measures", "beds"),
            ("targets", "charity:beds:increase"),
            ("targets", "s"),
        ]

    def test_a_stake_in_what_that_pulls_against(self) -> None:
        system = place(
            measures=[{"id": "beds", "recorded_by": "south", "source": "Framework"}, *measures("waits")],
            targets=[target("north", "beds", "increase", id="n"), target("south", "waits", "decrease", id="s")],
            influences=[push("beds", "waits", 1)],
            incentives=[
                {"payer": payer, "payee": payee, "measure": "waits", "pays_for": "target", "unit": "GBP"}
                for payer, payee in (("ministry", "south"), ("south", "charity"), ("ministry", "north"))
            ],
        )
        conflict = only(system, "judged-by-rival")
        assert conflict.sentence == (
            "South Trust records “Beds”, on which North Trust is judged, and has a stake of its own in “Waits”, "
            "which clashes with it."
        )
        reward = "payment that rewards reaching the target on “Waits”"
        assert shown(conflict) == [
            ("measures", "beds", "recorded by South Trust"),
            ("targets", "n", "North Trust wants “Beds” up"),
            ("targets", "s", "South Trust wants “Waits” down"),
            ("incentives", "ministry|south|waits|target", f"Ministry and South Trust: {reward}"),
            ("incentives", "south|charity|waits|target", f"South Trust and Charity: {reward}"),
        ]
        assert conflict.evidence[0].source == "Framework"


def test_unowned_says_who_could_own_it() -> None:
    system = place(
        outcomes=[{"id": "care", "name": "Good care", "success": "people say so"}, {"id": "cost", "name": "Value"}],
        measures=measures("beds", "waits"),
        captures=[{"measure": "waits", "outcome": "care", "validity": 0.8}],
        targets=[target("north", "beds", "increase")],
    )
    care, cost = al.find_conflicts(system, "unowned")
    assert care.sentence == "Nobody is judged on “Good care”: no target is on a measure that captures it."
    assert care.suggestion == "Give somebody a target on “Waits”, which captures it."
    assert shown(care) == [("outcomes", "care", "people say so")]
    assert cost.suggestion == "Find a measure of it, and somebody to answer for it."
    assert shown(cost) == [("outcomes", "cost", "Value")]


class TestPerverse:
    def test_what_voters_pay_is_raised(self) -> None:
        system = place(
            measures=measures("beds"),
            targets=[target("charity", "beds", "decrease")],
            incentives=[
                {"payer": "ministry", "payee": "north", "measure": "beds", "pays_for": "increase", "basis": "grant"}
            ],
            accountability=[{"agency": "north", "answers_to": "ministry", "kind": "electoral"}],
        )
        conflict = only(system, "perverse")
        assert conflict.title == "Money raised by “Beds” up, wanted down"
        assert conflict.sentence == (
            "North Trust raises more money from Ministry when “Beds” goes up, but Charity wants it down."
        )
        assert conflict.suggestion == "Agree how much may be raised by “Beds”, and by whom it is decided."

    PAID: tuple[Cells, ...] = (
        {"payer": "ministry", "payee": "north", "measure": "beds", "pays_for": "increase", "basis": "activity"},
        {"payer": "ministry", "payee": "south", "measure": "beds", "pays_for": "increase"},
    )

    def test_directly(self) -> None:
        system = place(
            measures=measures("beds"),
            targets=[target("charity", "beds", "decrease", id="c")],
            incentives=list(self.PAID),
        )
        conflict = only(system, "perverse")
        assert conflict.sentence == (
            "North Trust and South Trust have an activity payment and a payment from Ministry that hang on “Beds” "
            "up, but Charity wants it down."
        )
        assert (
            conflict.suggestion == "Agree which way “Beds” is to go, and let Ministry make the incentives follow that."
        )
        assert shown(conflict) == [
            (
                "incentives",
                "ministry|north|beds|increase",
                "Ministry and North Trust: activity that rewards moving “Beds” up",
            ),
            (
                "incentives",
                "ministry|south|beds|increase",
                "Ministry and South Trust: payment that rewards moving “Beds” up",
            ),
            ("targets", "c", "Charity wants “Beds” down"),
        ]

    def test_through_a_path(self) -> None:
        system = place(
            measures=measures("beds", "waits"),
            targets=[target("south", "waits", "decrease"), target("charity", "waits", "decrease", weight=0.5)],
            influences=[push("beds", "waits", -0.5, source="Author 2018")],
            incentives=[{**self.PAID[0], "pays_for": "decrease"}],
        )
        conflict = only(system, "perverse")
        assert conflict.sentence == (
            "Ministry pays North Trust more when “Beds” goes down; that pushes “Waits” up (evidence not rated), and "
            "South Trust and Charity want it down."
        )
        assert (
            conflict.suggestion
            == "Let Ministry reward “Waits” going down as well, or end the activity payment on “Beds”."
        )
        assert shown(conflict)[0][2] == "Ministry and North Trust: activity that rewards moving “Beds” down"
        assert [row[0] for row in shown(conflict)] == ["incentives", "targets", "influences"]


class TestWrongPocket:
    TABLES: dict[str, list[Cells]] = {  # noqa: RUF012
        "measures": measures("beds"),
        "targets": [target("ministry", "beds", "increase", id="m")],
        "controls": [{"agency": "north", "measure": "beds", "share": 0.6}],
    }

    def test_a_budget_used_and_another_freed(self) -> None:
        system = place(
            **self.TABLES,
            resources=[
                {"id": "wards", "name": "Ward budget", "owner": "north"},
                {"id": "homes", "name": "Home care", "owner": "charity"},
            ],
            draws=[
                {"measure": "beds", "resource": "wards", "moving": "up"},
                {"measure": "beds", "resource": "homes", "moving": "up", "per_step": -3, "source": "Trial"},
            ],
        )
        conflict = only(system, "wrong-pocket")
        assert conflict.sentence == (
            "North Trust would pay for “Beds” going up, but the gain goes to Charity (“Home care” freed)."
        )
        assert conflict.suggestion == "Let Charity share the gain with North Trust, or pool the money for “Beds”."
        assert shown(conflict) == [
            ("targets", "m", "Ministry wants “Beds” up"),
            ("controls", "north|beds", "North Trust controls 60% of “Beds”"),
            ("draws", "beds|wards|up", "moving “Beds” up uses “Ward budget”"),
            ("draws", "beds|homes|up", "moving “Beds” up frees “Home care”, 3 a step"),
        ]
        assert conflict.evidence[-1].source == "Trial"

    def test_money(self) -> None:
        system = place(
            **self.TABLES,
            finances=[
                {"agency": "north", "item": "beds", "year": 2018, "cost": 10, "saving": 30},
                {"agency": "south", "item": "beds", "year": 2019, "cost": 1000, "saving": 70},
                {"agency": "charity", "item": "other", "year": 2019, "cost": 0, "saving": 700},
            ],
            incentives=[
                {
                    "payer": "ministry",
                    "payee": "charity",
                    "measure": "beds",
                    "pays_for": "target",
                    "at_risk": -100,
                    "basis": "penalty",
                }
            ],
        )
        conflict = only(system, "wrong-pocket")
        # Of 200 in all, 100 and 70 go to others; what the south trust pays itself is no gain.
        assert conflict.severity == 0.85
        assert conflict.sentence == (
            "North Trust would pay for “Beds” going up, but the gain goes to South Trust and Charity (a penalty "
            "avoided and saving in 2019), 85% of it all."
        )
        assert shown(conflict)[2:] == [
            ("finances", "north|beds|2018", "costs 10, saves 30 in 2018"),
            (
                "incentives",
                "ministry|charity|beds|target",
                "Ministry and Charity: penalty that rewards reaching the target on “Beds” (-100)",
            ),
            ("finances", "north|beds|2018", "costs 10, saves 30 in 2018"),
            ("finances", "south|beds|2019", "costs 1,000, saves 70 in 2019"),
        ]

    def test_who_saves_as_much_as_it_pays_gains_alone(self) -> None:
        system = place(
            **self.TABLES, finances=[{"agency": "north", "item": "beds", "year": 2018, "cost": 10, "saving": 10}]
        )
        assert not al.find_conflicts(system, "wrong-pocket")

    def test_a_cost_of_others_is_no_gain_of_theirs(self) -> None:
        system = place(
            **self.TABLES,
            finances=[
                {"agency": "north", "item": "beds", "year": 2018, "cost": 10, "saving": 0},
                {"agency": "south", "item": "beds", "year": 2018, "cost": 20, "saving": 0},
            ],
        )
        assert not al.find_conflicts(system, "wrong-pocket")

    def test_a_saving_of_the_mover_is_no_cost_of_its_own(self) -> None:
        system = place(
            **self.TABLES,
            finances=[
                {"agency": "north", "item": "beds", "year": 2018, "cost": 0, "saving": 10},
                {"agency": "south", "item": "beds", "year": 2018, "cost": 0, "saving": 20},
            ],
        )
        assert not al.find_conflicts(system, "wrong-pocket")


class TestDuplicate:
    def test_declared_with_and_without_a_share(self) -> None:
        system = place(
            measures=[
                {"id": "x", "name": "Falls", "framework": "Outcomes"},
                {"id": "y", "name": "Falls at home", "framework": "Care"},
                {"id": "z", "name": "Slips"},
            ],
            targets=[target("north", "x", "decrease"), target("south", "y", "decrease")],
            overlaps=[
                {"measure_a": "y", "measure_b": "x", "kind": "shared", "share": 0.25, "source": "Definitions"},
                {"measure_a": "x", "measure_b": "z", "kind": "same"},
            ],
        )
        blank, known = al.find_conflicts(system, "duplicate")
        assert known.sentence == (
            "“Falls” and “Falls at home” measure partly the same with different definitions: the definitions coincide "
            "by 25%."
        )
        assert known.suggestion == "Agree one definition for “Falls” and “Falls at home”, and collect it once."
        assert [(row.row, row.says, row.source) for row in known.evidence] == [("y|x", "shared, 25%", "Definitions")]
        assert known.assumed == ()
        assert blank.severity == 1
        assert blank.sentence.endswith(
            "“Falls” and “Slips” measure much the same with different definitions: declared same, nobody says how far."
        )
        assert shown(blank) == [("overlaps", "x|z", "same")]
        assert blank.assumed == ("the share is not known and assumed to be 100%",)


class TestCascade:
    TIERS: tuple[Cells, ...] = ({"id": "top", "level": 0}, {"id": "mid", "level": 1, "parent": "top"})

    def test_the_average_of_two(self) -> None:
        system = small(
            tiers=list(self.TIERS),
            agencies=[
                {"id": "ministry", "tier": "top"},
                {"id": "north", "tier": "mid", "represents": 3},
                {"id": "south", "tier": "mid"},
            ],
            measures=[{"id": "beds", "unit": "%", "aggregate": "mean"}],
            targets=[
                target("ministry", "beds", "at_least", 94, id="m"),
                target("north", "beds", "at_least", 90, id="n"),
                target("south", "beds", "at_least", 96, id="s"),
            ],
        )
        conflict = only(system, "cascade")
        assert conflict.sentence == (
            "Ministry wants “Beds” at 94% or more, but if North and South just meet their own targets, the average "
            "is only 91.5%."
        )
        assert conflict.suggestion == "Set the values for “Beds” from the top down in one go, so that they add up."
        assert shown(conflict) == [
            ("measures", "beds", "a tier's reading is the mean of those below"),
            ("targets", "m", "Ministry wants “Beds” at 94% or more"),
            ("targets", "n", "North wants “Beds” at 90% or more"),
            ("targets", "s", "South wants “Beds” at 96% or more"),
        ]
        assert conflict.assumed == ("one step of “Beds” is assumed to be 1 %",)

    def test_the_sum_of_one(self) -> None:
        system = small(
            tiers=list(self.TIERS),
            agencies=[{"id": "ministry", "tier": "top"}, {"id": "north", "tier": "mid", "represents": 3}],
            measures=[{"id": "beds", "unit": "%", "aggregate": "sum", "step": 2}],
            targets=[target("ministry", "beds", "at_most", 94), target("north", "beds", "at_most", 34)],
        )
        conflict = only(system, "cascade")
        assert "but if North just meets its own target, the sum is" in conflict.sentence
        assert "102%" in conflict.sentence
        assert conflict.assumed == ()


class TestJoint:
    def test_what_is_short_is_evidence_and_so_are_influences(self) -> None:
        wishes = [target("council", name, "at_least", 12, id=name) for name in ("buses", "parks", "roads")]
        system = small(
            agencies=[{"id": "council"}],
            measures=[
                *measures("buses", "parks", "roads", baseline=10, step=1),
                {"id": "noise", "baseline": 10, "step": 1, "ceiling": 11.5, "source": "Survey"},
            ],
            targets=wishes,
            controls=[{"agency": "council", "measure": "noise", "share": 0}],
            influences=[push(name, "noise", 0.3) for name in ("buses", "parks", "roads")],
        )
        conflict = only(system, "joint")
        assert conflict.sentence.endswith(
            "of which any part can be met, but not all together, as “Noise” cannot go above 11.5."
        )
        assert shown(conflict)[-1] == ("measures", "noise", "“Noise” cannot go above 11.5")
        assert conflict.evidence[-1].source == "Survey"

    def test_influences_between_sides(self) -> None:
        system = small(
            agencies=[{"id": "council", "effort": 5, "source": "Plan"}],
            measures=[*measures("buses", "parks", baseline=10, step=1), {"id": "roads", "baseline": 10}],
            targets=[
                target("council", "buses", "at_least", 12, id="buses"),
                target("council", "parks", "at_least", 12, id="parks"),
                target("council", "roads", "increase", id="roads"),
            ],
            influences=[push("buses", "roads", -0.5, certainty="weak")],
        )
        conflict = only(system, "joint")
        # Two steps, two steps, and one step besides the one that the buses undo: 6 of 5.
        assert conflict.confidence == 0.3
        assert shown(conflict) == [
            ("targets", "buses", "Council wants “Buses” at 12 or more"),
            ("targets", "parks", "Council wants “Parks” at 12 or more"),
            ("targets", "roads", "Council wants “Roads” up"),
            ("agencies", "council", "Council has no more than 5 steps of effort"),
            ("influences", "buses>roads", "“Buses” on “Roads”: effect -0.5, said to be weak, no source"),
        ]
        assert conflict.evidence[3].source == "Plan"


class TestNames:
    def test_names_stand_as_their_owners_write_them(self) -> None:
        names = ("Ofsted rating", "English Housing Survey score", "Friends and Family Test")
        for conflict in al.find_conflicts(proper_names()):
            words = [conflict.title, conflict.sentence, conflict.suggestion, *conflict.assumed]
            words += [row.says for row in conflict.evidence]
            for name in names:
                for text in words:
                    assert text.casefold().count(name.casefold()) == text.count(f"“{name}”"), text

    def test_themes_and_what_they_add_name_them_so_too(self) -> None:
        for theme in al.themes(proper_names()).themes:
            said = [theme.title, theme.sentence, theme.suggestion, *(each.says for each in theme.adds)]
            assert not [text for text in said if "ofsted" in text or "friends and" in text or "english" in text]

    def test_two_bodies_of_one_name_are_told_apart_by_tier_or_else_by_id(self) -> None:
        def sentence(south: Cells) -> str:
            bodies: list[Cells] = [{"id": "n", "name": "The Trust", "tier": "top"}, {"name": "The trust", **south}]
            asks = [target("n", "beds", "increase"), target("s", "beds", "decrease")]
            system = small(tiers=TIERS, agencies=bodies, measures=measures("beds"), targets=asks)
            return only(system, "opposed").sentence

        assert sentence({"id": "s", "tier": "low"}).startswith("The Trust (Top) wants “Beds” up and The trust (Low) ")
        assert sentence({"id": "s", "tier": "top"}).startswith("The Trust (n) wants “Beds” up and The trust (s) ")

    def test_two_measures_of_one_name_are_told_apart(self) -> None:
        named: list[Cells] = [
            {"id": "x", "name": "Falls", "framework": "Outcomes"},
            {"id": "y", "name": "Falls", "framework": "Care"},
        ]
        overlaps: list[Cells] = [{"measure_a": "x", "measure_b": "y", "kind": "same"}]
        conflict = only(
            place(measures=named, targets=[target("north", "x", "increase")], overlaps=overlaps), "duplicate"
        )
        assert conflict.title == "“Falls” (Outcomes) and “Falls” (Care), much the same"

    def test_at_most_four_bodies_are_named_and_the_rest_counted(self) -> None:
        def sentence(number: int) -> str:
            many: list[Cells] = [{"id": f"b{at}", "name": f"Body {at}"} for at in range(number)]
            asks = [target(f"b{at}", "beds", "increase") for at in range(number)]
            rows = [*asks, target("z", "beds", "decrease")]
            system = small(agencies=[*many, {"id": "z"}], measures=measures("beds"), targets=rows)
            return only(system, "opposed").sentence

        assert sentence(3).startswith("Body 0, Body 1 and Body 2 want “Beds” up and Z wants it down")
        assert sentence(4).startswith("Four bodies want “Beds” up and Z wants it down")
        assert "others" not in sentence(20)


class TestLength:
    @pytest.mark.parametrize("name", ["london-2018", "winter-pressure"])
    def test_sentences_are_short_name_two_measures_and_nobody_twice(self, name: str) -> None:
        system = al.read(al.example(name))
        measured = {f"“{row.name}”" for row in system.measures}
        bodies = sorted((row.name for row in system.agencies), key=len, reverse=True)
        found = al.find_conflicts(system)
        lengths = [len(each.sentence) for each in found]
        assert statistics.median(lengths) <= 200
        assert max(lengths) <= 270
        for conflict in found:
            left, twice = re.sub("“.*?”", "", conflict.sentence), list[str]()
            assert len(measured & set(re.findall("“.*?”", conflict.sentence))) <= 2, conflict.sentence
            assert not re.search(r"\band \d+ others?\b", conflict.sentence), conflict.sentence
            named = 0
            for body in bodies:
                twice += [body] if left.count(body) > 1 else []
                named += left.count(body)
                left = left.replace(body, "")
            assert named <= 4, conflict.sentence
            assert not twice or conflict.kind in ("torn", "two-masters"), conflict.sentence


class TestAmount:
    TABLES: dict[str, list[Cells]] = {  # noqa: RUF012
        "measures": [
            {"id": "beds", "baseline": 10, "step": 2},
            {"id": "waits", "baseline": 50, "step": 4, "unit": "days", "direction": "lower"},
        ],
        "influences": [push("beds", "waits", 0.5, certainty="strong", source="Trial")],
    }

    def test_need_times_effect_times_step_in_the_unit_of_what_is_harmed(self) -> None:
        asks = [target("north", "beds", "at_least", 16), target("south", "waits", "decrease")]
        conflict = only(place(**self.TABLES, targets=asks), "spillover")
        # Three steps of beds, half a step of waits each, four days a step.
        assert conflict.amount == 6
        assert conflict.sentence == (
            "North Trust wants “Beds” at 16 or more; that pushes “Waits” up by about 6 days (strong evidence), and "
            "South "
            "Trust wants it down."
        )
        assert list(al.find_conflicts(place(**self.TABLES, targets=asks)).to_frame()["amount"].dropna()) == [6]

    def test_where_nobody_guards_and_where_somebody_pays(self) -> None:
        asks = [target("north", "beds", "at_least", 16)]
        assert only(place(**self.TABLES, targets=asks), "unguarded").amount == 6
        paid: list[Cells] = [{"payer": "ministry", "payee": "north", "measure": "beds", "pays_for": "increase"}]
        asks.append(target("south", "waits", "decrease"))
        assert only(place(**self.TABLES, targets=asks, incentives=paid), "perverse").amount == 6
        # Nobody has a target that the payment is for.
        assert only(place(**self.TABLES, targets=asks[1:], incentives=paid), "perverse").amount is None

    @pytest.mark.parametrize("change", [{"baseline": None}, {"baseline": None, "step": None}])
    def test_nothing_is_said_where_need_or_step_is_assumed(self, change: Cells) -> None:
        rows = [{**self.TABLES["measures"][0], **change}, self.TABLES["measures"][1]]
        tables = {**self.TABLES, "measures": [{k: v for k, v in row.items() if v is not None} for row in rows]}
        asks = [target("north", "beds", "at_least", 16), target("south", "waits", "decrease")]
        assert only(place(**tables, targets=asks), "spillover").amount is None


class TestKnownHow:
    @staticmethod
    def spillover(**influence: str) -> Conflict:
        return only(
            place(
                measures=measures("beds", "waits"),
                targets=[
                    target("north", "beds", "increase", id="n", revealed="yes", verified="recall"),
                    target("south", "waits", "decrease", id="s", verified="yes"),
                ],
                influences=[push("beds", "waits", 0.5, **influence)],
            ),
            "spillover",
        )

    @pytest.mark.parametrize(
        ("influence", "bracket", "evidence"),
        [
            ({"certainty": "strong"}, "(said to be strong, no source)", "said to be strong, no source"),
            ({"certainty": "strong", "source": "Trial"}, "(strong evidence)", "strong evidence"),
            (
                {"certainty": "strong", "source": "Trial", "verified": "recall"},
                "(strong evidence, recalled)",
                "strong evidence; recalled, source not seen",
            ),
            ({"source": "Trial"}, "(evidence not rated)", "evidence not rated"),
        ],
    )
    def test_nothing_is_strong_evidence_without_a_source(
        self, influence: dict[str, str], bracket: str, evidence: str
    ) -> None:
        conflict = self.spillover(**influence)
        assert bracket in conflict.sentence
        assert conflict.evidence[-1].says == f"“Beds” on “Waits”: effect 0.5, {evidence}"

    def test_whether_a_target_was_published_and_seen(self) -> None:
        says = [row.says for row in self.spillover().evidence]
        inferred = "(inferred, not published); recalled, source not seen"
        assert says[:2] == [f"North Trust acts as if it wanted “Beds” up {inferred}", "South Trust wants “Waits” down"]


class TestGuardrails:
    def test_a_ceiling_and_a_hold_are_told_as_such(self) -> None:
        system = place(
            measures=[{"id": "beds"}, {"id": "care", "direction": "higher", "unit": "%", "baseline": 80, "step": 1}],
            targets=[target("north", "beds", "increase", 9), target("south", "care", "hold", 2)],
            influences=[push("beds", "care", -0.5)],
        )
        assert "South Trust wants it no more than 2 percentage points worse than today" in (
            only(system, "spillover").sentence
        )


BASES: dict[str | None, str] = {
    "activity": "Ministry pays North Trust more when “Beds” goes up, ",
    "penalty": "North Trust bears a penalty from Ministry when “Beds” goes down, ",
    "threat": "North Trust is under threat from Ministry when “Beds” goes down, ",
    "cap": "North Trust is not paid beyond a cap on “Beds” set by Ministry, ",
    "grant": "North Trust gets a grant from Ministry when “Beds” goes up, ",
    "bonus": "North Trust gets a bonus from Ministry when “Beds” goes up, ",
    None: "North Trust gets a payment from Ministry when “Beds” goes up, ",
}


@pytest.mark.parametrize("basis", BASES)
def test_who_is_paid_for_what_and_who_wants_otherwise(basis: str | None) -> None:
    row: Cells = {"payer": "ministry", "payee": "north", "measure": "beds", "pays_for": "increase"}
    system = place(
        measures=measures("beds"),
        targets=[target("ministry", "beds", "decrease"), target("charity", "beds", "decrease")],
        incentives=[row if basis is None else {**row, "basis": basis}],
    )
    assert only(system, "perverse").sentence == f"{BASES[basis]}but Charity and the payer itself want it down."


def test_who_wants_both_is_named_once() -> None:
    system = place(
        measures=measures("beds", "waits"),
        targets=[target(who, name, "decrease") for who in ("north", "south") for name in ("beds", "waits")][:3],
        influences=[push("beds", "waits", -0.5)],
    )
    assert only(system, "spillover").sentence == (
        "North Trust wants “Beds” down and “Waits” down, and one other body wants one of the two; but the first pushes "
        "the second up (evidence not rated, no source)."
    )


def proper_names() -> System:
    """The measures bear names that are nobody's to re-case."""
    return small(
        outcomes=[{"id": "safe"}, {"id": "value"}, {"id": "heard"}],
        agencies=[{"id": "dept", "name": "Department of Health"}, {"id": "hospital"}, {"id": "borough"}],
        measures=[
            {"id": "occupancy", "name": "Ofsted rating", "outcome": "value", "direction": "lower", "baseline": 95},
            {"id": "long-waits", "name": "English Housing Survey score", "outcome": "safe", "direction": "lower"},
            {"id": "home-fee", "name": "Friends and Family Test", "outcome": "value", "baseline": 700, "unit": "GBP"},
            {"id": "heard-share", "name": "People who felt heard", "outcome": "heard", "direction": "higher"},
        ],
        targets=[
            target("dept", "occupancy", "at_most", 92),
            target("hospital", "long-waits", "at_most", 5),
            target("borough", "home-fee", "at_most", 650),
            target("hospital", "home-fee", "at_least", 720),
            target("borough", "heard-share", "at_least", 70),
        ],
        influences=[push("occupancy", "long-waits", -0.7), push("home-fee", "occupancy", -0.7)],
    )
