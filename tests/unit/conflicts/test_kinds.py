"""Every kind of METHOD 3 but joint: found on a case worked by hand, absent on a near miss."""

from __future__ import annotations

import math
from typing import Any

import pytest

import alignment as al
from alignment.models import System
from alignment.models.answers.conflict import Conflict, Kind
from tests.small import Cells, measures, push, small, target


def found(system: System, kind: Kind) -> list[Conflict]:
    return list(al.find_conflicts(system, kind))


def only(system: System, kind: Kind) -> Conflict:
    (conflict,) = found(system, kind)
    return conflict


WAIT = measures("wait", baseline=50, step=2)


class TestOpposed:
    def test_two_values_that_no_level_satisfies(self) -> None:
        system = small(
            measures=WAIT,
            targets=[target("a", "wait", "at_least", 60, weight=0.9), target("b", "wait", "at_most", 40, weight=0.4)],
        )
        conflict = only(system, "opposed")
        assert conflict.severity == pytest.approx(math.sqrt(0.36))
        assert conflict.id == "opposed.wait-up.wait-down"
        assert (
            conflict.sentence == "A wants “Wait” at 60 or more and B wants it at 40 or less: no level satisfies both."
        )

    def test_sets_that_touch_are_no_conflict(self) -> None:
        system = small(measures=WAIT, targets=[target("a", "wait", "at_least", 60), target("b", "wait", "at_most", 60)])
        assert not found(system, "opposed")

    def test_a_change_without_a_value_accepts_one_step_or_more(self) -> None:
        # From 50, one step is 52.
        rows = [target("a", "wait", "increase"), target("b", "wait", "at_most", 52)]
        assert not found(small(measures=WAIT, targets=rows), "opposed")
        rows[1]["value"] = 51.9
        assert only(small(measures=WAIT, targets=rows), "opposed").confidence == 1

    def test_up_and_down_never_intersect(self) -> None:
        rows = [target("a", "wait", "increase"), target("b", "wait", "decrease", 3)]
        for cells in ({"baseline": 50}, {}):
            conflict = only(small(measures=measures("wait", **cells), targets=rows), "opposed")
            assert (conflict.confidence, conflict.sentence) == (
                1.0,
                "A wants “Wait” up and B wants it down by 3: no level satisfies both.",
            )

    def test_without_a_baseline_levels_may_exist_that_satisfy_both(self) -> None:
        rows = [target("a", "wait", "increase", 5), target("b", "wait", "at_most", 90)]
        conflict = only(small(measures=measures("wait"), targets=rows), "opposed")
        assert (conflict.severity, conflict.confidence) == (1, 0.5)
        assert conflict.sentence == (
            "A wants “Wait” up by 5 and B wants it at 90 or less: nobody says where it stands today, so some level "
            "may satisfy both."
        )

    def test_a_pair_that_is_sure_wins_over_one_that_is_open(self) -> None:
        rows = [
            target("a", "wait", "increase", id="open"),
            target("b", "wait", "at_most", 90, id="most"),
            target("c", "wait", "at_least", 95, id="sure", weight=0.25),
        ]
        conflict = only(small(measures=measures("wait"), targets=rows), "opposed")
        assert (conflict.severity, conflict.confidence) == (0.5, 1)
        assert [row.row for row in conflict.evidence] == ["sure", "most"]
        assert set(conflict.pairs()) == {("open", "most"), ("sure", "most")}
        assert conflict.sentence.endswith("no level satisfies both of the worst pair, though some may for others.")

    def test_met_targets_and_guardrails_can_be_opposed(self) -> None:
        # 50 is met by b, and guarded by c.
        good = measures("wait", baseline=50, step=2, direction="lower")
        rows = [target("a", "wait", "at_least", 55), target("b", "wait", "at_most", 50), target("c", "wait", "hold", 4)]
        assert set(only(small(measures=good, targets=rows), "opposed").agencies) == {"a", "b", "c"}
        rows[2]["value"] = 5
        assert set(only(small(measures=good, targets=rows), "opposed").agencies) == {"a", "b"}

    def test_noise_of_decimals_is_no_gap(self) -> None:
        rows = [target("a", "wait", "at_least", 92), target("b", "wait", "at_most", 91.99999999999999)]
        assert not found(small(measures=WAIT, targets=rows), "opposed")

    def test_a_change_with_a_value_is_a_level(self) -> None:
        fits = small(measures=WAIT, targets=[target("a", "wait", "increase", 5), target("b", "wait", "at_most", 55)])
        clashes = small(measures=WAIT, targets=[target("a", "wait", "increase", 6), target("b", "wait", "at_most", 55)])
        assert not found(fits, "opposed")
        assert found(clashes, "opposed")

    def test_populations_that_are_not_nested_do_not_meet(self) -> None:
        populations: list[Cells] = [{"id": "all"}, {"id": "old", "parent": "all"}, {"id": "young", "parent": "all"}]
        rows = [target("a", "wait", "increase", population="old"), target("b", "wait", "decrease", population="young")]
        assert not found(small(populations=populations, measures=WAIT, targets=rows), "opposed")
        rows[1]["population"] = "all"
        conflict = only(small(populations=populations, measures=WAIT, targets=rows), "opposed")
        assert conflict.population == "old"

    def test_periods_that_only_touch_by_a_day_meet(self) -> None:
        rows = [target("a", "wait", "increase", due="2018"), target("b", "wait", "decrease", start="2018-12-31")]
        assert found(small(measures=WAIT, targets=rows), "opposed")
        rows[1]["start"] = "2019"
        assert not found(small(measures=WAIT, targets=rows), "opposed")

    def test_a_band_wishes_by_where_today_stands(self) -> None:
        def with_band(low: float, high: float) -> System:
            band = target("a", "wait", "between", low, upper=high)
            return small(measures=WAIT, targets=[band, target("b", "wait", "at_most", 45)])

        assert found(with_band(60, 70), "opposed")
        assert not found(with_band(48, 70), "opposed")

    def test_many_like_bodies_are_one_finding_with_exact_pairs(self) -> None:
        many = [target(f"borough-{n}", "wait", "at_least", 60) for n in range(33)]
        gone = target("early", "wait", "at_least", 60, due="2010")
        rows = [*many, gone, target("department", "wait", "at_most", 40, start="2011")]
        conflict = only(small(measures=WAIT, targets=rows), "opposed")
        assert len(list(conflict.pairs())) == 33
        assert "early" not in conflict.agencies


class TestInconsistent:
    def test_severity_is_the_difference_in_steps_over_four(self) -> None:
        rows = [target("a", "wait", "at_least", 60), target("b", "wait", "at_least", 63)]
        assert only(small(measures=WAIT, targets=rows), "inconsistent").severity == pytest.approx(1.5 / 4)

    def test_dates_count_up_to_a_half(self) -> None:
        rows = [target("a", "wait", "at_least", 60, due="2018"), target("b", "wait", "at_least", 60, due="2019")]
        year = only(small(measures=WAIT, targets=rows), "inconsistent").severity
        assert year == pytest.approx(365 / 365.25 / 4, abs=1e-6)
        rows[1]["due"] = "2030"
        assert only(small(measures=WAIT, targets=rows), "inconsistent").severity == 0.5

    def test_equal_asks_and_unknown_dates_are_consistent(self) -> None:
        rows = [target("a", "wait", "at_least", 60, due="2018"), target("b", "wait", "at_least", 60)]
        assert not found(small(measures=WAIT, targets=rows), "inconsistent")

    def test_a_change_without_value_is_not_compared_with_a_level(self) -> None:
        rows = [target("a", "wait", "increase"), target("b", "wait", "at_least", 60)]
        assert not found(small(measures=WAIT, targets=rows), "inconsistent")

    def test_an_assumed_step_is_said(self) -> None:
        rows = [target("a", "wait", "at_least", 60), target("b", "wait", "at_least", 61)]
        conflict = only(small(measures=measures("wait"), targets=rows), "inconsistent")
        assert conflict.assumed == ("one step of “Wait” is assumed to be 1 unit",)

    def test_one_agency_may_set_itself_milestones(self) -> None:
        rows = [
            target("a", "wait", "at_least", 60, due="2018"),
            target("a", "wait", "at_least", 70, due="2020"),
        ]
        assert not found(small(measures=WAIT, targets=rows), "inconsistent")
        rows.append(target("b", "wait", "at_least", 60, due="2018", id="b"))
        conflict = only(small(measures=WAIT, targets=rows), "inconsistent")
        assert list(conflict.pairs()) == [("a:wait:at_least:value=70:due=2020", "b")]

    def test_periods_that_do_not_meet(self) -> None:
        rows = [target("a", "wait", "at_least", 60, due="2018"), target("b", "wait", "at_least", 70, start="2019")]
        assert not found(small(measures=WAIT, targets=rows), "inconsistent")
        rows[1]["start"] = "2018"
        assert found(small(measures=WAIT, targets=rows), "inconsistent")

    def test_noise_of_decimals_is_no_difference(self) -> None:
        rows = [target("a", "wait", "at_least", 92, id="a"), target("b", "wait", "at_least", 91.99999999999999, id="b")]
        assert not found(small(measures=WAIT, targets=rows), "inconsistent")
        rows.append(target("c", "wait", "at_least", 95, id="c"))
        conflict = only(small(measures=WAIT, targets=rows), "inconsistent")
        assert [side.targets for side in conflict.sides] == [("c",), ("a", "b")]

    def test_a_sum_beside_its_parts(self) -> None:
        rows = [target("a", "wait", "at_least", 60), target("b", "wait", "at_least", 120)]
        adds_up = measures("wait", baseline=50, step=2, aggregate="sum")
        assert not found(small(measures=adds_up, targets=rows), "inconsistent")
        rows[1]["for_agency"] = "a"
        rows[0]["agency"], rows[0]["for_agency"] = "c", "a"
        assert found(small(measures=adds_up, targets=rows), "inconsistent")

    @pytest.mark.parametrize(
        ("own", "asked", "higher"),
        [
            ({"value": 70}, {"value": 60}, True),
            ({"value": 50}, {"value": 60}, False),
            ({"value": 70, "due": "2019"}, {"value": 60, "due": "2018"}, False),
            ({"value": 70, "due": "2018"}, {"value": 60, "due": "2019"}, True),
            ({"value": 70}, {"value": 60, "due": "2019"}, True),
        ],
    )
    def test_a_deliverer_that_aims_higher_is_noted(self, own: Cells, asked: Cells, higher: bool) -> None:
        rows = [target("d", "wait", "at_least", **own), target("a", "wait", "at_least", for_agency="d", **asked)]
        conflicts = al.find_conflicts(small(measures=WAIT, targets=rows), "inconsistent")
        assert bool(conflicts) != higher
        note = "1 target of those who deliver aims higher than the body that they deliver for: no conflict"
        assert conflicts.notes == ((note,) if higher else ())
        # Somebody else's, who does not deliver it, is as before.
        rows[0]["agency"] = "e"
        assert found(small(measures=WAIT, targets=rows), "inconsistent")

    def test_a_narrower_band_of_the_deliverer_lies_within(self) -> None:
        rows = [
            target("d", "wait", "between", 45, upper=55),
            target("a", "wait", "between", 40, upper=60, for_agency="d"),
        ]
        assert not found(small(measures=WAIT, targets=rows), "inconsistent")
        rows[0]["upper"] = 61
        assert only(small(measures=WAIT, targets=rows), "inconsistent").severity == pytest.approx(2.5 / 4)

    @pytest.mark.parametrize(
        ("early", "late", "confidence"),
        [
            (("at_least", 60), ("at_least", 70), 0.5),
            (("at_least", 70), ("at_least", 60), 1.0),
            (("at_least", 60), ("at_least", 60), 1.0),
            (("increase", None), ("at_least", 70), 0.5),
            (("at_least", 70), ("increase", None), 0.5),
            (("increase", 4), ("increase", 9), 0.5),
        ],
    )
    def test_a_step_on_the_way_is_half_a_conflict(self, early: tuple[str, Any], late: Any, confidence: float) -> None:
        dates = ("2018", "2022")
        rows = [
            target(who, "wait", sense, value, due=due)
            for who, due, (sense, value) in zip("ab", dates, (early, late), strict=True)
        ]
        conflict = only(small(measures=WAIT, targets=rows), "inconsistent")
        assert conflict.confidence == confidence
        assert ("a step on the way" in conflict.sentence) == (confidence < 1)
        assert all(date in conflict.sentence for date in dates)

    def test_targets_that_have_lapsed_ask_for_nothing(self) -> None:
        rows = [target("a", "wait", "at_least", 60, due="2017-12-31"), target("b", "wait", "at_least", 70, due="2018")]
        system = small(measures=WAIT, targets=rows)
        assert found(system, "inconsistent")
        assert not found(system.replace(about={"year": 2018}), "inconsistent")
        assert found(system.replace(about={"year": 2017}), "inconsistent")

    def test_guardrails_compare_by_margin_and_with_nothing_else(self) -> None:
        good = measures("wait", baseline=50, step=2, direction="lower")
        rows = [target("a", "wait", "hold"), target("b", "wait", "hold", 3), target("c", "wait", "at_most", 40)]
        conflict = only(small(measures=good, targets=rows), "inconsistent")
        assert conflict.severity == pytest.approx(1.5 / 4)
        assert conflict.agencies == ("a", "b")
        assert not found(small(measures=good, targets=rows[1:]), "inconsistent")

    def test_many_like_bodies_with_exact_pairs(self) -> None:
        many = [target(f"borough-{n}", "wait", "at_least", 60 + n % 3, id=f"b{n}") for n in range(30)]
        rows = [*many, *(target("department", "wait", "at_least", 61, for_agency=f"borough-{n}") for n in range(30))]
        conflict = only(small(measures=WAIT, targets=rows), "inconsistent")
        # Of 30 boroughs 10 ask for each value. The department's 61 differs from 60 and 62; who aims at 62 and delivers
        # it for the department is none with that one row.
        own = 3 * 10 * 10
        department = 10 * 30 + 10 * 30 - 10
        assert len(set(conflict.pairs())) == len(list(conflict.pairs())) == own + department


class TestSpillover:
    ROWS: tuple[Cells, ...] = (target("a", "x", "increase", weight=0.5), target("b", "y", "decrease", weight=0.5))

    def test_severity_and_sentence(self) -> None:
        influences = [push("x", "y", 0.5, certainty="weak", source="Author 2018")]
        conflict = only(small(measures=measures("x", "y"), targets=list(self.ROWS), influences=influences), "spillover")
        assert (conflict.severity, conflict.confidence, conflict.path) == (0.25, 0.3, ("x", "y"))
        assert conflict.sentence == ("A wants “X” up; that pushes “Y” up (weak evidence), and B wants it down.")
        assert [row.table for row in conflict.evidence] == ["targets", "targets", "influences"]

    @pytest.mark.parametrize(
        ("need", "cells", "conflicts"),
        [
            # x needs 2 steps, which move y by 1 step, towards 4 of 5.
            (54, {"baseline": 4}, 0),
            (54, {"baseline": 4.0001}, 1),
            (54, {"baseline": 6}, 1),
            (54, {}, 1),
            # x is met.
            (50, {"baseline": 6}, 0),
            (49.99999999999999, {"baseline": 6}, 0),
        ],
    )
    def test_the_need_has_to_exceed_what_can_be_spared(self, need: float, cells: Cells, conflicts: int) -> None:
        rows = [target("a", "x", "at_least", need), target("b", "y", "at_most", 5)]
        both = [{"id": "x", "baseline": 50, "step": 2}, {"id": "y", "step": 1, **cells}]
        assert (
            len(found(small(measures=both, targets=rows, influences=[push("x", "y", 0.5)]), "spillover")) == conflicts
        )

    def test_a_guardrail_is_hurt_beyond_its_margin_and_hurts_nobody(self) -> None:
        both = [{"id": "x", "baseline": 5}, {"id": "y", "direction": "lower", "baseline": 7, "step": 2}]
        rows = [target("a", "x", "increase"), target("b", "y", "hold", 1)]
        influences = [push("x", "y", 0.6), push("y", "x", 1)]
        assert only(small(measures=both, targets=rows, influences=influences), "spillover").measures == ("x", "y")
        rows[1]["value"] = 1.2
        assert not found(small(measures=both, targets=rows, influences=influences), "spillover")

    def test_what_was_only_inferred_is_less_sure(self) -> None:
        rows = [{**self.ROWS[0], "revealed": True}, self.ROWS[1]]
        influences = [push("x", "y", 0.5, certainty="strong")]
        conflict = only(small(measures=measures("x", "y"), targets=rows, influences=influences), "spillover")
        assert conflict.confidence == 0.7
        assert conflict.sentence.startswith("A acts as if it wanted “X” up; that pushes “Y” up")
        rows.append(target("c", "x", "increase"))
        assert (
            only(small(measures=measures("x", "y"), targets=rows, influences=influences), "spillover").confidence == 0.9
        )

    def test_those_just_below_the_tolerance_are_counted(self) -> None:
        influences = [push("x", "y", 0.2)]
        system = small(measures=measures("x", "y"), targets=list(self.ROWS), influences=influences)
        conflicts = al.find_conflicts(system)
        assert conflicts.notes == ("1 more lies just below the tolerance: --tolerance 0.1 shows it",)
        assert not al.find_conflicts(system, tolerance=0.1).notes
        assert not al.find_conflicts(system, "opposed").notes
        assert not al.find_conflicts(system, tolerance=0.4).notes

    @pytest.mark.parametrize("effect", [0.2, -0.5])
    def test_at_the_tolerance_or_helping_is_no_conflict(self, effect: float) -> None:
        influences = [push("x", "y", effect)]
        assert not found(
            small(measures=measures("x", "y"), targets=list(self.ROWS), influences=influences), "spillover"
        )

    def test_a_walk_of_two_counts_half_and_carries_its_weakest_link(self) -> None:
        influences = [push("x", "z", 1, certainty="strong"), push("z", "y", 0.8, certainty="contested")]
        conflict = only(
            small(measures=measures("x", "y", "z"), targets=list(self.ROWS), influences=influences), "spillover"
        )
        assert (conflict.severity, conflict.confidence) == (0.2, 0.5)
        assert conflict.path == ("x", "z", "y")

    def test_walks_of_both_signs_are_mixed(self) -> None:
        influences = [push("x", "y", 0.9), push("x", "z", 1), push("z", "y", -0.6)]
        conflict = only(
            small(measures=measures("x", "y", "z"), targets=list(self.ROWS), influences=influences), "spillover"
        )
        assert conflict.effect == pytest.approx(0.6)
        assert conflict.mixed == pytest.approx(0.75)
        assert "75% of it this way" in conflict.sentence

    def test_populations_do_not_matter_but_periods_do(self) -> None:
        populations: list[Cells] = [{"id": "old"}, {"id": "young"}]
        rows = [{**self.ROWS[0], "population": "old", "due": "2018"}, {**self.ROWS[1], "population": "young"}]
        influences = [push("x", "y", 1)]
        assert found(
            small(populations=populations, measures=measures("x", "y"), targets=rows, influences=influences),
            "spillover",
        )
        rows[1]["start"] = "2019"
        assert not found(
            small(populations=populations, measures=measures("x", "y"), targets=rows, influences=influences),
            "spillover",
        )


class TestUnguarded:
    def test_harm_to_a_measure_nobody_has_a_target_on(self) -> None:
        rows = [target("a", "x", "increase", weight=0.8)]
        harmed = [*measures("x"), {"id": "y", "direction": "lower"}]
        conflict = only(small(measures=harmed, targets=rows, influences=[push("x", "y", 2)]), "unguarded")
        assert conflict.severity == 0.8
        assert conflict.measures == ("x", "y")

    def test_a_guard_or_no_good_direction_ends_it(self) -> None:
        rows = [target("a", "x", "increase")]
        neutral = [*measures("x"), {"id": "y", "direction": "in-range"}]
        assert not found(small(measures=neutral, targets=rows, influences=[push("x", "y", 2)]), "unguarded")
        harmed = [*measures("x"), {"id": "y", "direction": "lower"}]
        guarded = [*rows, target("b", "y", "decrease")]
        assert not found(small(measures=harmed, targets=guarded, influences=[push("x", "y", 2)]), "unguarded")

    def test_what_is_met_harms_nothing_and_a_guardrail_guards(self) -> None:
        both = [{"id": "x", "baseline": 5}, {"id": "y", "direction": "lower"}]
        influences = [push("x", "y", 1)]
        pushes, met = [target("a", "x", "at_least", 6)], [target("a", "x", "at_least", 5)]
        assert found(small(measures=both, targets=pushes, influences=influences), "unguarded")
        assert not found(small(measures=both, targets=met, influences=influences), "unguarded")
        guarded = [*pushes, target("b", "y", "hold")]
        assert not found(small(measures=both, targets=guarded, influences=influences), "unguarded")


class TestTorn:
    SPEND: tuple[Cells, ...] = (
        target("a", "care", "increase", weight=0.5, id="a"),
        target("b", "balance", "increase", id="b"),
    )
    BOTH = (push("spend", "care", 0.4, certainty="weak"), push("spend", "balance", -0.9, certainty="strong"))

    def system(self, rows: list[Cells], influences: list[Cells] | None = None, **tables: list[Cells]) -> System:
        return small(
            measures=measures("spend", "care", "balance"),
            targets=rows,
            influences=list(self.BOTH) if influences is None else influences,
            **tables,
        )

    def test_one_lever_pulled_both_ways(self) -> None:
        controls: list[Cells] = [{"agency": "a", "measure": "spend", "share": 1}]
        conflict = only(self.system(list(self.SPEND), controls=controls), "torn")
        assert conflict.id == "torn.spend"
        assert conflict.severity == pytest.approx(math.sqrt(0.5 * 0.4 * 0.9), abs=1e-6)
        assert conflict.confidence == 0.3
        assert conflict.measures == ("spend", "care", "balance")
        assert list(conflict.pairs()) == [("a", "b")]
        assert conflict.sentence == ("“Spend” up helps what A wants and hurts what B wants; A can move it most.")
        assert [(row.table, row.row) for row in conflict.evidence] == [
            ("targets", "a"),
            ("targets", "b"),
            ("influences", "spend>care"),
            ("influences", "spend>balance"),
            ("controls", "a|spend"),
        ]

    def test_within_the_tolerance_or_the_same_way(self) -> None:
        weak = [push("spend", "care", 0.2), self.BOTH[1]]
        assert not found(self.system(list(self.SPEND), weak), "torn")
        same = [push("spend", "care", -0.4), self.BOTH[1]]
        assert not found(self.system(list(self.SPEND), same), "torn")
        # Only what is direct makes a lever.
        way = [push("spend", "care", 0.4), push("care", "balance", -0.9)]
        assert not found(self.system(list(self.SPEND), way), "torn")

    def test_a_spillover_between_the_two_tells_it_already(self) -> None:
        for clash in (push("care", "balance", -0.3), push("balance", "care", -0.3)):
            system = self.system(list(self.SPEND), [*self.BOTH, clash])
            assert found(system, "spillover")
            assert not found(system, "torn")

    def test_one_of_the_two_has_to_push(self) -> None:
        rows = [target("a", "care", "at_least", 5), target("b", "balance", "hold")]
        both = [
            *measures("spend"),
            {"id": "care", "baseline": 4},
            {"id": "balance", "direction": "higher", "baseline": 1},
        ]
        influences = list(self.BOTH)
        assert found(small(measures=both, targets=rows, influences=influences), "torn")
        both[1]["baseline"] = 5
        assert not found(small(measures=both, targets=rows, influences=influences), "torn")

    def test_periods_have_to_meet(self) -> None:
        rows = [{**self.SPEND[0], "due": "2018"}, {**self.SPEND[1], "start": "2019"}]
        assert not found(self.system(rows), "torn")

    def test_more_than_two_sides(self) -> None:
        rows = [*self.SPEND, target("c", "care", "decrease", id="c", weight=0.04)]
        conflict = only(self.system(rows), "torn")
        # care up needs spend up; care down and balance up need it down. care up and down are opposed, not torn.
        assert [(side.measure, side.wish) for side in conflict.sides] == [
            ("care", "up"),
            ("balance", "up"),
        ]
        other = [*self.BOTH, push("spend", "beds", 1)]
        more = small(
            measures=measures("spend", "care", "balance", "beds"),
            targets=[*rows, target("d", "beds", "increase", id="d", weight=0.01)],
            influences=other,
        )
        conflict = only(more, "torn")
        assert [(side.measure, side.wish) for side in conflict.sides] == [
            ("beds", "up"),
            ("care", "up"),
            ("balance", "up"),
            ("care", "down"),
        ]
        assert set(conflict.pairs()) == {("d", "b"), ("d", "c"), ("a", "b")}

    def test_a_deliverer_torn_between_masters(self) -> None:
        rows = [{**row, "for_agency": "d"} for row in self.SPEND]
        assert only(self.system(rows), "two-masters").conflicts == ("torn.spend",)


class TestAgainstPeople:
    def test_a_wish_against_what_is_better(self) -> None:
        rows = [target("a", "wait", "at_most", 60, weight=0.3), target("b", "wait", "decrease", weight=0.8)]
        conflict = only(
            small(measures=measures("wait", baseline=50, direction="higher"), targets=rows), "against-people"
        )
        assert (conflict.id, conflict.severity, conflict.confidence) == ("against-people.wait-down", 0.8, 1)
        assert conflict.sentence == "A and B want “Wait” down, though higher is better for people."
        assert conflict.agencies == ("a", "b")

    def test_a_published_level_not_to_be_passed_is_called_a_cap(self) -> None:
        good = measures("wait", baseline=50, direction="higher")
        conflict = only(small(measures=good, targets=[target("a", "wait", "at_most", 60)]), "against-people")
        assert conflict.title == "Cap on “Wait”, against people"
        assert conflict.sentence == "A wants “Wait” at 60 or less, though higher is better for people."

    def test_for_people_or_no_better_way(self) -> None:
        rows = [target("a", "wait", "decrease"), target("a", "wait", "hold")]
        for direction in ("lower", "in-range", None):
            assert not found(small(measures=measures("wait", direction=direction), targets=rows), "against-people")

    def test_only_inferred(self) -> None:
        rows = [target("a", "wait", "decrease", revealed=True)]
        conflict = only(small(measures=measures("wait", direction="higher"), targets=rows), "against-people")
        assert conflict.confidence == 0.7
        assert conflict.sentence.startswith("A acts as if it wanted “Wait” down")


class TestCapacity:
    ROWS: tuple[Cells, ...] = (
        target("a", "x", "at_least", 14, weight=0.5),
        target("b", "y", "decrease", weight=0.5),
        target("c", "x", "at_least", 12),
    )
    DRAWS: tuple[Cells, ...] = (
        {"measure": "x", "resource": "beds", "moving": "up", "per_step": 10},
        {"measure": "y", "resource": "beds", "moving": "up", "per_step": -5},
    )

    def system(self, **resource: object) -> System:
        return small(
            measures=measures("x", "y", baseline=10, step=1),
            targets=list(self.ROWS),
            resources=[{"id": "beds", **resource}],
            draws=list(self.DRAWS),
        )

    def test_known_needs_beyond_the_capacity(self) -> None:
        # x needs 4 steps of 10, y one step of 5 (down does the opposite of up), 55 are in use: 100 of 80.
        conflict = only(self.system(capacity=80, in_use=55), "capacity")
        assert conflict.severity == pytest.approx(math.sqrt(0.5) * 20 / 80, abs=1e-6)
        assert "together need 20 more than there is" in conflict.sentence

    def test_wishes_on_one_measure_do_not_compete(self) -> None:
        rows = [
            target("a", "x", "increase", id="up"),
            target("b", "x", "decrease", id="down"),
            target("c", "y", "increase", id="other"),
        ]
        moves = [("x", "up"), ("x", "down"), ("y", "up")]

        def system(rows: list[Cells]) -> System:
            return small(
                measures=measures("x", "y"),
                targets=rows,
                resources=[{"id": "beds", "limited": True}],
                draws=[{"measure": name, "resource": "beds", "moving": way} for name, way in moves],
            )

        both = only(system(rows), "capacity")
        assert [(side.measure, side.wish) for side in both.sides] == [("x", "up"), ("x", "down"), ("y", "up")]
        assert list(both.pairs()) == [("up", "other"), ("down", "other")]
        one = only(system(rows[1:]), "capacity")
        assert one.blocks is None
        assert list(one.pairs()) == [("down", "other")]

    def test_needs_that_just_fit(self) -> None:
        assert not found(self.system(capacity=100, in_use=55), "capacity")

    def test_an_overrun_of_nothing_is_as_bad_as_can_be(self) -> None:
        # With no capacity at all there is no share to take: the whole weight counts.
        assert only(self.system(capacity=0), "capacity").severity == pytest.approx(math.sqrt(0.5), abs=1e-6)

    def test_no_overrun_is_worse_than_the_whole(self) -> None:
        # 45 of 10.
        assert only(self.system(capacity=10), "capacity").severity == pytest.approx(math.sqrt(0.5), abs=1e-6)

    def test_limited_without_numbers(self) -> None:
        assert only(self.system(limited=True), "capacity").severity == pytest.approx(math.sqrt(0.5) / 2, abs=1e-6)

    def test_what_is_met_needs_nothing(self) -> None:
        # x is met at 10, so that y is alone.
        rows = [target("a", "x", "at_least", 10), target("b", "y", "decrease"), target("c", "x", "hold", 2)]
        system = small(
            measures=measures("x", "y", baseline=10, step=1, direction="higher"),
            targets=rows,
            resources=[{"id": "beds", "limited": True}],
            draws=list(self.DRAWS),
        )
        assert not found(system, "capacity")

    def test_one_measure_alone_is_no_conflict(self) -> None:
        system = small(
            measures=measures("x", "y"),
            targets=list(self.ROWS[:1]),
            resources=[{"id": "beds", "limited": True}],
            draws=list(self.DRAWS),
        )
        assert not found(system, "capacity")

    def test_nothing_in_use_is_said_to_be_assumed(self) -> None:
        assert only(self.system(capacity=30), "capacity").assumed == (
            "nothing of “Beds” is assumed to be in use today",
            # Two bodies share the figure of the one; the other measure is one body's own.
            "today's figure of “X” is one for all two bodies judged on it, not each one's own",
        )


class TestTwoMasters:
    def test_two_agencies_pull_one_deliverer_apart(self) -> None:
        rows = [
            target("a", "wait", "increase", for_agency="d", weight=0.5),
            target("b", "wait", "decrease", for_agency="d", weight=0.5),
        ]
        conflict = only(small(measures=WAIT, targets=rows), "two-masters")
        assert (conflict.severity, conflict.deliverer) == (0.5, "d")
        assert conflict.conflicts == ("opposed.wait-up.wait-down",)

    def test_two_agencies_want_one_deliverer_to_use_the_same_beds(self) -> None:
        rows = [
            target("a", "wait", "increase", for_agency="d", weight=0.5),
            target("b", "ward", "increase", for_agency="d", weight=0.5),
        ]
        system = small(
            measures=[*WAIT, *measures("ward")],
            targets=rows,
            resources=[{"id": "beds", "limited": True}],
            draws=[{"measure": name, "resource": "beds", "moving": "up"} for name in ("wait", "ward")],
        )
        conflict = only(system, "two-masters")
        assert (conflict.severity, conflict.conflicts) == (0.25, ("capacity.beds",))

    def test_every_kind_between_targets_counts(self) -> None:
        rows = [
            target("a", "wait", "at_least", 60, for_agency="d"),
            target("b", "wait", "at_least", 70, for_agency="d"),
            target("b", "ward", "decrease", for_agency="d"),
        ]
        system = small(measures=[*WAIT, *measures("ward")], targets=rows, influences=[push("wait", "ward", 1)])
        assert only(system, "two-masters").conflicts == ("inconsistent.wait-up", "spillover.wait-up.ward-down")

    def test_one_master_or_two_deliverers_is_none(self) -> None:
        one = [target("a", "wait", "increase", for_agency="d"), target("a", "wait", "decrease", for_agency="d")]
        two = [target("a", "wait", "increase", for_agency="d"), target("b", "wait", "decrease", for_agency="e")]
        assert not found(small(measures=WAIT, targets=one), "two-masters")
        assert not found(small(measures=WAIT, targets=two), "two-masters")


class TestNoControl:
    def test_severity_falls_with_the_share(self) -> None:
        rows = [target("a", "wait", "increase", for_agency="d", weight=0.5)]
        controls: list[Cells] = [{"agency": "d", "measure": "wait", "share": 0.05}]
        assert only(small(measures=WAIT, targets=rows, controls=controls), "no-control").severity == 0.375

    def test_enough_control_or_no_controls_at_all(self) -> None:
        rows = [target("a", "wait", "increase", for_agency="d")]
        controls: list[Cells] = [{"agency": "d", "measure": "wait", "share": 0.2}]
        assert not found(small(measures=WAIT, targets=rows, controls=controls), "no-control")
        assert not found(small(measures=WAIT, targets=rows), "no-control")

    def test_a_partnership_controls_what_its_members_control(self) -> None:
        rows = [target("a", "wait", "increase", for_agency="board")]
        controls: list[Cells] = [{"agency": name, "measure": "wait", "share": 0.1} for name in ("p", "q")]
        joined: list[Cells] = [{"agency": "p", "answers_to": "board", "kind": "partnership"}]

        def system(accountability: list[Cells]) -> System:
            agencies: list[Cells] = [{"id": "p"}, {"id": "q"}]
            return small(
                agencies=agencies, measures=WAIT, targets=rows, controls=controls, accountability=accountability
            )

        conflict = only(system(joined), "no-control")
        assert conflict.severity == 0.5
        assert [row.row for row in conflict.evidence if row.table == "controls"] == ["p|wait"]
        assert not found(system([*joined, {"agency": "q", "answers_to": "board", "kind": "partnership"}]), "no-control")
        statutory = [{**joined[0], "kind": "statutory"}]
        assert only(system(statutory), "no-control").severity == 1

    def test_a_payee_counts_where_it_is_paid_for_what_is_wished(self) -> None:
        rows = [target("a", "wait", "increase", weight=0.5)]
        controls: list[Cells] = [{"agency": "a", "measure": "wait", "share": 0.9}]
        paid: Cells = {"payer": "a", "payee": "p", "measure": "wait", "pays_for": "increase"}

        def system(**changes: str) -> System:
            return small(
                agencies=[{"id": "p"}],
                measures=WAIT,
                targets=rows,
                controls=controls,
                incentives=[{**paid, **changes}],
            )

        conflict = only(system(), "no-control")
        assert conflict.severity == 0.5
        assert "P is paid on “Wait” by" in conflict.sentence
        assert not found(system(pays_for="decrease"), "no-control")


class TestJudgedByRival:
    RECORDED = measures("wait", recorded_by="r")

    def test_the_recorder_has_a_target_of_its_own_on_it(self) -> None:
        rows = [target("a", "wait", "increase", weight=0.8), target("r", "wait", "decrease")]
        assert only(small(measures=self.RECORDED, targets=rows), "judged-by-rival").severity == 0.4

    def test_what_it_wants_of_others_or_wanted_long_ago_is_no_stake(self) -> None:
        for cells in ({"for_agency": "a"}, {"due": "2017"}):
            rows = [target("a", "wait", "increase"), target("r", "wait", "increase", 5, **cells)]
            system = small(measures=self.RECORDED, targets=rows).replace(about={"year": 2018})
            assert not found(system, "judged-by-rival")

    def test_the_recorder_has_a_stake_in_a_measure_that_clashes(self) -> None:
        rows = [target("a", "wait", "increase"), target("r", "beds", "decrease")]
        system = small(measures=[*self.RECORDED, *measures("beds")], targets=rows, influences=[push("wait", "beds", 1)])
        assert only(system, "judged-by-rival").measures == ("wait", "beds")

    def test_a_recorder_without_a_stake_or_that_judges_itself(self) -> None:
        rows = [target("a", "wait", "increase"), target("r", "beds", "decrease")]
        assert not found(small(measures=[*self.RECORDED, *measures("beds")], targets=rows), "judged-by-rival")
        own = [target("r", "wait", "increase")]
        assert not found(small(measures=self.RECORDED, targets=own), "judged-by-rival")


class TestUnowned:
    OUTCOMES: tuple[Cells, ...] = ({"id": "care"},)

    def test_an_outcome_without_a_target_on_a_measure_that_captures_it(self) -> None:
        weak: list[Cells] = [{"measure": "wait", "outcome": "care", "validity": 0.5}]
        rows = [target("a", "wait", "increase")]
        system = small(outcomes=list(self.OUTCOMES), measures=WAIT, captures=weak, targets=rows)
        assert only(system, "unowned").outcome == "care"

    def test_a_wish_against_people_or_inferred_makes_no_duty(self) -> None:
        good = measures("wait", direction="higher", outcome="care")
        for cells in ({"sense": "decrease"}, {"sense": "increase", "revealed": True}):
            rows: list[Cells] = [{"agency": "a", "measure": "wait", **cells}]
            conflict = only(small(outcomes=list(self.OUTCOMES), measures=good, targets=rows), "unowned")
            assert "go against people, or were only inferred" in conflict.sentence
        rows = [target("a", "wait", "hold")]
        assert not found(small(outcomes=list(self.OUTCOMES), measures=good, targets=rows), "unowned")

    def test_enough_validity_makes_a_duty(self) -> None:
        enough: list[Cells] = [{"measure": "wait", "outcome": "care", "validity": 0.6}]
        rows = [target("a", "wait", "increase")]
        assert not found(small(outcomes=list(self.OUTCOMES), measures=WAIT, captures=enough, targets=rows), "unowned")


class TestPerverse:
    PAID: Cells = {"payer": "a", "payee": "p", "measure": "x", "pays_for": "increase"}  # noqa: RUF012

    def system(self, paid: Cells, rows: list[Cells], effect: float = 0.5) -> System:
        return small(
            agencies=[{"id": "p"}, {"id": "a"}],
            measures=measures("x", "y"),
            targets=rows,
            incentives=[paid],
            influences=[push("x", "y", effect, certainty="weak")],
        )

    def test_directly(self) -> None:
        conflict = only(self.system(self.PAID, [target("b", "x", "decrease", weight=0.5)]), "perverse")
        assert (conflict.severity, conflict.confidence, conflict.path) == (0.5, 1.0, ())

    def test_through_an_influence(self) -> None:
        conflict = only(self.system(self.PAID, [target("b", "y", "decrease")]), "perverse")
        assert (conflict.severity, conflict.confidence, conflict.path) == (0.5, 0.3, ("x", "y"))

    def test_paying_for_what_is_wished_or_hardly_against_it(self) -> None:
        assert not found(self.system(self.PAID, [target("b", "x", "increase")]), "perverse")
        assert not found(self.system(self.PAID, [target("b", "y", "decrease")], effect=0.2), "perverse")

    def test_a_cap_takes_nothing_from_who_stays_below(self) -> None:
        cap = {**self.PAID, "basis": "cap"}
        rows = [target("b", "x", "decrease")]
        conflict = only(self.system(cap, rows), "perverse")
        assert conflict.severity == 0.5
        assert conflict.sentence.startswith("P is not paid beyond a cap on “X” set by")
        both = small(
            agencies=[{"id": "p"}, {"id": "a"}],
            measures=measures("x"),
            targets=rows,
            incentives=[cap, {**self.PAID, "basis": "bonus"}],
        )
        assert only(both, "perverse").severity == 1

    def test_paying_for_the_target_means_the_payees_own(self) -> None:
        paid = {**self.PAID, "pays_for": "target"}
        rows = [target("b", "x", "decrease", for_agency="p"), target("c", "x", "increase")]
        assert only(self.system(paid, rows), "perverse").id == "perverse.x-down.x-up"

    def test_a_payment_that_ended_before_the_target_began(self) -> None:
        rows = [target("b", "x", "decrease", start="2018")]
        assert not found(self.system({**self.PAID, "due": "2017"}, rows), "perverse")


class TestWrongPocket:
    def system(self, gains: list[Cells], owner: str = "m") -> System:
        return small(
            agencies=[{"id": name} for name in ("m", "g", "h")],
            measures=measures("x"),
            targets=[target("a", "x", "increase")],
            controls=[{"agency": "m", "measure": "x", "share": 0.6}, {"agency": "g", "measure": "x", "share": 0.4}],
            resources=[{"id": "budget", "owner": owner}],
            draws=[{"measure": "x", "resource": "budget", "moving": "up"}],
            incentives=gains,
        )

    @staticmethod
    def gain(payee: str, at_risk: float | None = None, unit: str = "GBP") -> Cells:
        return {"payer": "h", "payee": payee, "measure": "x", "pays_for": "increase", "at_risk": at_risk, "unit": unit}

    def test_without_amounts(self) -> None:
        assert only(self.system([self.gain("g")]), "wrong-pocket").severity == 0.5

    def test_with_amounts_the_share_that_goes_elsewhere(self) -> None:
        assert only(self.system([self.gain("g", 30), self.gain("m", 70)]), "wrong-pocket").severity == 0.3

    def test_amounts_in_two_units_are_no_amounts(self) -> None:
        gains = [self.gain("g", 30), self.gain("m", 70, "GBP m")]
        assert only(self.system(gains), "wrong-pocket").severity == 0.5

    @pytest.mark.parametrize(
        ("gains", "severity"),
        [
            # g gains 100 and gives 40 of it to the mover.
            ([("h", "g", 100, "GBP"), ("g", "m", 40, "GBP")], 0.6),
            # Nobody knows how much.
            ([("h", "g", 100, "GBP"), ("g", "m", None, "GBP")], 0.5),
            ([("h", "g", 100, "GBP"), ("g", "m", 40, "GBP m")], 0.5),
            ([("h", "g", None, "GBP"), ("g", "m", 40, "GBP"), ("g", "m", 50, "GBP")], 0.25),
            # All of it comes back.
            ([("h", "g", 100, "GBP"), ("g", "m", 100, "GBP")], None),
            # Whoever pays gains nothing by it.
            ([("h", "g", 100, "GBP"), ("h", "m", 100, "GBP")], 0.5),
        ],
    )
    def test_what_comes_back_to_the_mover(
        self, gains: list[tuple[str, str, float | None, str]], severity: float | None
    ) -> None:
        rows: list[Cells] = [
            {"payer": payer, "payee": payee, "measure": "x", "pays_for": "increase", "at_risk": money, "unit": unit}
            for payer, payee, money, unit in gains
        ]
        conflicts = found(self.system(rows), "wrong-pocket")
        assert [each.severity for each in conflicts] == ([] if severity is None else [severity])
        if conflicts and gains[1][0] == "g":
            assert "a payment from those who gain gives part of it back" in conflicts[0].sentence

    def test_a_wish_that_is_met_needs_no_money(self) -> None:
        system = self.system([self.gain("g")])
        met = {**measures("x", baseline=5)[0], "name": "X"}
        changed = system.replace(measures=[met], targets=[target("a", "x", "at_least", 4)])
        assert not found(changed, "wrong-pocket")

    def test_whoever_pays_gains_or_pays_nothing(self) -> None:
        assert not found(self.system([self.gain("m")]), "wrong-pocket")
        assert not found(self.system([self.gain("g")], owner="h"), "wrong-pocket")


class TestDuplicate:
    ALIKE: tuple[Cells, ...] = (
        {"id": "x", "name": "Emergency admissions", "outcome": "care"},
        {"id": "y", "name": "Admissions, emergency", "outcome": "care"},
    )

    def system(self, rows: list[Cells], overlaps: list[Cells] | None = None) -> System:
        return small(
            outcomes=[{"id": "care"}, {"id": "cure"}],
            populations=[{"id": "old"}, {"id": "young"}],
            measures=rows,
            targets=[target("a", "x", "increase")],
            overlaps=overlaps or [],
        )

    def test_declared(self) -> None:
        overlap: Cells = {"measure_a": "y", "measure_b": "x", "kind": "shared", "share": 0.7}
        rows = [{"id": "x", "outcome": "care"}, {"id": "y", "outcome": "cure"}]
        assert only(self.system(rows, [overlap]), "duplicate").severity == 0.7

    @pytest.mark.parametrize(
        ("kind", "share", "severities"),
        [
            ("same", None, [1.0]),
            ("shared", None, [0.25]),
            ("shared", 0, []),
            ("complementary", 0.7, []),
            ("part", 0.7, []),
            ("distinct", None, []),
        ],
    )
    def test_what_is_declared_decides(self, kind: str, share: float | None, severities: list[float]) -> None:
        overlap: Cells = {"measure_a": "y", "measure_b": "x", "kind": kind, "share": share}
        assert [each.severity for each in found(self.system(list(self.ALIKE), [overlap]), "duplicate")] == severities

    def test_names_alone_make_no_conflict(self) -> None:
        assert not found(self.system(list(self.ALIKE)), "duplicate")


class TestCascade:
    TIERS: tuple[Cells, ...] = (
        {"id": "top", "level": 1},
        {"id": "middle", "level": 2, "parent": "top"},
        {"id": "low", "level": 3, "parent": "middle"},
    )

    def system(self, aggregate: str | None, value: float, middle: tuple[float, float] = (90, 96)) -> System:
        return small(
            tiers=list(self.TIERS),
            agencies=[
                {"id": "n", "tier": "top"},
                {"id": "p", "tier": "middle", "represents": 3},
                {"id": "q", "tier": "middle"},
                {"id": "z", "tier": "low"},
            ],
            measures=measures("wait", step=1, aggregate=aggregate),
            targets=[
                target("n", "wait", "at_least", value, weight=0.5),
                target("p", "wait", "at_least", middle[0]),
                target("q", "wait", "at_least", middle[1]),
                target("z", "wait", "at_least", 1000),
            ],
        )

    def test_the_mean_of_the_tier_below_falls_short(self) -> None:
        # (3 * 90 + 96) / 4 = 91.5; the low tier asks for more than the middle one.
        conflict = only(self.system("mean", 94), "cascade")
        assert conflict.severity == pytest.approx(0.5 * 2.5 / 4)
        assert set(conflict.pairs()) == {
            ("n:wait:at_least:value=94:weight=0.5", "p:wait:at_least:value=90"),
            ("n:wait:at_least:value=94:weight=0.5", "q:wait:at_least:value=96"),
        }

    def test_the_mean_is_just_reached(self) -> None:
        assert not found(self.system("mean", 91.5), "cascade")

    def test_a_sum_adds_up_what_each_row_stands_for(self) -> None:
        assert not found(self.system("sum", 366), "cascade")
        assert found(self.system("sum", 367), "cascade")

    def test_without_aggregate_nothing_is_said(self) -> None:
        assert not found(self.system(None, 94), "cascade")

    def test_only_those_who_answer_to_it_where_any_do(self) -> None:
        system = self.system("mean", 94)
        tables = {name: system.table(name) for name in type(system).model_fields if name != "about"}
        answering = System.model_validate({**tables, "accountability": [{"agency": "q", "answers_to": "n"}]})
        assert not found(answering, "cascade")
