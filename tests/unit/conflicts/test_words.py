"""Every kind in words: sentence, suggestion, the rows it rests on, what had to be assumed."""

from __future__ import annotations

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
            "North Trust and South Trust (Low) want bed days up and Ministry (Top) wants it at 40 days or less: "
            "no level satisfies both."
        )
        assert conflict.suggestion == (
            "Agree one direction and one value for bed days, or stop judging one side on it."
        )
        assert shown(conflict) == [
            ("targets", "more", "North Trust wants bed days at 60 days or more"),
            (
                "targets",
                "fewer",
                "Ministry wants bed days at 40 days or less, due 2030, to be delivered by North Trust",
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
            "South Trust (Low) wants bed days at 63 days or more, while North Trust (Low) wants it at 62 days or more "
            "and Ministry (Top) wants it at 60 days or more (due 2030): one measure, different targets."
        )
        assert conflict.suggestion == "Agree one value and one date for bed days."
        assert [row[1] for row in shown(conflict)] == ["a", "c"]
        assert conflict.assumed == ("one step of bed days is assumed to be 1 days",)

    def test_of_more_than_three_the_most_and_the_least_demanding(self) -> None:
        system = place(measures=measures("bed-days", baseline=50), targets=list(self.ASKS))
        conflict = only(system, "inconsistent")
        assert conflict.sentence == (
            "Charity wants bed days at 65 or more, while Ministry (Top) wants it at 60 or more (due 2030) "
            "(3 other asks lie between or beside): one measure, different targets."
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
            "North Trust and South Trust (Low) want beds up and Ministry (Top) wants waits down, but pushing beds up "
            "pushes stays up, which pushes waits up (contested evidence: Author 2018; mixed, as other paths push the "
            "other way: 80% of the push goes this way)."
        )
        assert conflict.suggestion == (
            "Judge both sides on what beds and waits are for, or agree how far beds may move before waits suffers."
        )
        assert shown(conflict) == [
            ("targets", "n", "North Trust wants beds up"),
            ("targets", "m", "Ministry wants waits down"),
            ("influences", "beds>stays", "effect 1, strong evidence"),
            ("influences", "stays>waits", "effect 0.8, contested evidence: a trial of 40 wards"),
        ]
        assert conflict.assumed == ("waits is assumed to have nothing to spare, as nobody says where it stands today",)

    def test_a_path_that_turns_round(self) -> None:
        system = place(
            measures=measures("beds", "stays", "waits"),
            targets=[target("north", "beds", "decrease"), target("ministry", "waits", "decrease")],
            influences=[push("beds", "stays", -1), push("stays", "waits", 1, certainty="weak")],
        )
        assert only(system, "spillover").sentence == (
            "North Trust (Low) wants beds down and Ministry (Top) wants waits down, but pushing beds down pushes stays "
            "up, which pushes waits up (weak evidence)."
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
            "North Trust and South Trust (Low) want beds up, but pushing beds up pushes care down (moderate evidence); "
            "higher is better there for people, and nobody has a target to guard it."
        )
        assert "pushes waits up (weak evidence); lower is better there for people" in waits.sentence
        assert waits.suggestion == ("Put a guardrail on waits (a target of sense hold), and read it beside beds.")
        assert shown(waits) == [
            ("targets", "s", "South Trust wants beds up"),
            ("influences", "beds>waits", "strength 2, weak evidence"),
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
            "North Trust and South Trust (Low) want beds at 14 or more and stays up; all of it draws on nurses, and "
            "together they need 3 people more than there is."
        )
        assert conflict.suggestion == ("Decide together what nurses is used for first, and set the targets to that.")
        assert shown(conflict) == [
            ("resources", "nurses", "capacity 8 people, in use 3 people"),
            ("targets", "n", "North Trust wants beds at 14 or more"),
            ("targets", "s", "South Trust wants stays up"),
            ("draws", "beds|nurses|up", "moving up uses 2 a step"),
            ("draws", "stays|nurses|down", "moving down frees"),
        ]
        assert conflict.assumed == ()

    def test_known_to_be_full(self) -> None:
        conflict = only(self.system({"limited": True}), "capacity")
        assert conflict.sentence.endswith("all of it draws on nurses, and it is known to be full.")
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
            "nothing of nurses is assumed to be in use today",
            "one step of beds is assumed to be 1 unit",
            "one step of stays is assumed to be 1 unit",
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
            "North Trust must deliver what Ministry (Top) and South Trust (Low) want, and that pulls apart in 1 "
            "conflict, over beds."
        )
        assert conflict.suggestion == (
            "Let its masters settle the worst of these before North Trust is judged on them."
        )
        assert shown(conflict) == [
            ("targets", "m", "Ministry wants beds up, to be delivered by North Trust"),
            ("targets", "s", "South Trust wants beds down, to be delivered by North Trust"),
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
            "North Trust and South Trust (Low) are judged on beds (wanted up by Ministry (Top) and South Trust (Low)), "
            "but can bring about at most 10% of its movement."
        )
        assert conflict.suggestion == "Judge those who can move beds, first Charity, or all of them together."
        assert shown(conflict) == [
            ("targets", "m", "Ministry wants beds up, to be delivered by North Trust"),
            ("controls", "north|beds", "North Trust controls 10% of it"),
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
            "North Trust (Low) is paid on beds (wanted up by Charity), but can bring about 10% of its movement."
        )
        key = "ministry|north|beds|increase"
        assert shown(conflict) == [
            ("targets", "c", "Charity wants beds up"),
            ("incentives", key, "Ministry and North Trust: bonus that rewards moving beds up (5 GBP, -100 GBP)"),
            ("controls", "north|beds", "North Trust controls 10% of it"),
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
            "North Trust (Low) and Charity are judged on beds, which is recorded by South Trust (Low), which has a "
            "target or a payment of its own on it."
        )
        assert conflict.suggestion == "Have beds recorded, or checked, by somebody without a stake in it."
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
            "North Trust (Low) is judged on beds, which is recorded by South Trust (Low), which has a stake of its own "
            "in waits, and the two pull apart."
        )
        reward = "payment that rewards reaching the target on waits"
        assert shown(conflict) == [
            ("measures", "beds", "recorded by South Trust"),
            ("targets", "n", "North Trust wants beds up"),
            ("targets", "s", "South Trust wants waits down"),
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
    assert care.sentence == "Nobody is judged on 'Good care': no target is on a measure that captures it."
    assert care.suggestion == "Give somebody a target on waits, which captures it."
    assert shown(care) == [("outcomes", "care", "people say so")]
    assert cost.suggestion == "Find a measure of it, and somebody to answer for it."
    assert shown(cost) == [("outcomes", "cost", "Value")]


class TestPerverse:
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
            "North Trust and South Trust (Low) gain from beds going up (activity and payment), but Charity wants it "
            "down."
        )
        assert conflict.suggestion == "Let Ministry (Top) pay for beds as it is wished, or stop this payment."
        assert shown(conflict) == [
            (
                "incentives",
                "ministry|north|beds|increase",
                "Ministry and North Trust: activity that rewards moving beds up",
            ),
            (
                "incentives",
                "ministry|south|beds|increase",
                "Ministry and South Trust: payment that rewards moving beds up",
            ),
            ("targets", "c", "Charity wants beds down"),
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
            "North Trust (Low) gains from beds going down (activity), but pushing beds down pushes waits up (moderate "
            "evidence: Author 2018), and South Trust (Low) and Charity want waits down."
        )
        assert conflict.suggestion == "Let Ministry (Top) pay for waits as it is wished, or stop this payment."
        assert shown(conflict)[0][2] == "Ministry and North Trust: activity that rewards moving beds down"
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
            "Ministry (Top) wants beds up; North Trust (Low) can move it most and pays for it (use of ward budget), "
            "but the gain goes to Charity (freed home care)."
        )
        assert conflict.suggestion == "Share the gain with North Trust, or pool the money for it."
        assert shown(conflict) == [
            ("targets", "m", "Ministry wants beds up"),
            ("controls", "north|beds", "North Trust controls 60% of it"),
            ("draws", "beds|wards|up", "moving up uses"),
            ("draws", "beds|homes|up", "moving up frees 3 a step"),
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
            "Ministry (Top) wants beds up; North Trust (Low) can move it most and pays for it (its cost in 2018), but "
            "the gain goes to South Trust (Low) and Charity (penalty and its saving in 2019), 85% of it."
        )
        assert shown(conflict)[2:] == [
            ("finances", "north|beds|2018", "costs 10, saves 30 in 2018"),
            (
                "incentives",
                "ministry|charity|beds|target",
                "Ministry and Charity: penalty that rewards reaching the target on beds (-100)",
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
            "Falls (Outcomes) and falls at home (Care) measure much the same with different definitions: declared "
            "shared, 25% of the definition coincides."
        )
        assert known.suggestion == "Agree one definition, and collect it once."
        assert [(row.row, row.says, row.source) for row in known.evidence] == [("y|x", "shared, 25%", "Definitions")]
        assert known.assumed == ()
        assert blank.severity == 1
        assert blank.sentence.endswith(
            "Falls (Outcomes) and slips measure much the same with different definitions: declared same, how far is "
            "not known."
        )
        assert shown(blank) == [("overlaps", "x|z", "same")]
        assert blank.assumed == ("the share is not known and assumed to be 100%",)

    def test_alike_by_name(self) -> None:
        system = place(
            outcomes=[{"id": "care"}],
            measures=[
                {"id": "x", "name": "Emergency admissions", "outcome": "care"},
                {"id": "z", "name": "Emergency admission", "outcome": "care"},
            ],
            targets=[target("north", "x", "decrease")],
        )
        conflict = only(system, "duplicate")
        # 19 letters in common of 20 and 19.
        assert conflict.severity == 0.974359
        assert conflict.sentence == (
            "Emergency admissions and emergency admission measure much the same with different definitions: their "
            "names are 97% alike."
        )
        assert conflict.suggestion == "Check whether they are one; if not, declare them distinct in overlaps."
        assert shown(conflict) == [
            ("measures", "x", "Emergency admissions"),
            ("measures", "z", "Emergency admission"),
        ]
        assert conflict.assumed == ()


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
            "Ministry (Top) wants beds at 94% or more, but even if North and South (Mid) just meet their own targets, "
            "the average is only 91.5%."
        )
        assert conflict.suggestion == "Set the values for beds from the top down in one go, so that they add up."
        assert shown(conflict) == [
            ("measures", "beds", "a tier's reading is the mean of those below"),
            ("targets", "m", "Ministry wants beds at 94% or more"),
            ("targets", "n", "North wants beds at 90% or more"),
            ("targets", "s", "South wants beds at 96% or more"),
        ]
        assert conflict.assumed == ("one step of beds is assumed to be 1 %",)

    def test_the_sum_of_one(self) -> None:
        system = small(
            tiers=list(self.TIERS),
            agencies=[{"id": "ministry", "tier": "top"}, {"id": "north", "tier": "mid", "represents": 3}],
            measures=[{"id": "beds", "unit": "%", "aggregate": "sum", "step": 2}],
            targets=[target("ministry", "beds", "at_most", 94), target("north", "beds", "at_most", 34)],
        )
        conflict = only(system, "cascade")
        assert "even if North (Mid) just meets its own target, the sum is" in conflict.sentence
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
            "any part of that can be met, but not all of it together, as noise cannot go above 11.5."
        )
        assert shown(conflict)[-1] == ("measures", "noise", "noise cannot go above 11.5")
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
            ("targets", "buses", "Council wants buses at 12 or more"),
            ("targets", "parks", "Council wants parks at 12 or more"),
            ("targets", "roads", "Council wants roads up"),
            ("agencies", "council", "Council has no more than 5 steps of effort"),
            ("influences", "buses>roads", "effect -0.5, weak evidence"),
        ]
        assert conflict.evidence[3].source == "Plan"
