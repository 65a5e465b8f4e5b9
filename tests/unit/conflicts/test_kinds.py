"""Every kind of METHOD 3 but joint: found on a case worked by hand, absent on a near miss."""

from __future__ import annotations

import math

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
        assert conflict.sentence == "A wants wait at 60 or more and B wants it at 40 or less: no level satisfies both."

    def test_sets_that_touch_are_no_conflict(self) -> None:
        system = small(measures=WAIT, targets=[target("a", "wait", "at_least", 60), target("b", "wait", "at_most", 60)])
        assert not found(system, "opposed")

    def test_a_change_without_a_value_intersects_nothing(self) -> None:
        system = small(measures=WAIT, targets=[target("a", "wait", "increase"), target("b", "wait", "at_most", 90)])
        assert only(system, "opposed").severity == 1

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
        assert conflict.assumed == ("one step of wait is assumed to be 1 unit",)


class TestSpillover:
    ROWS: tuple[Cells, ...] = (target("a", "x", "increase", weight=0.5), target("b", "y", "decrease", weight=0.5))

    def test_severity_and_sentence(self) -> None:
        influences = [push("x", "y", 0.5, certainty="weak", source="Author 2018")]
        conflict = only(small(measures=measures("x", "y"), targets=list(self.ROWS), influences=influences), "spillover")
        assert (conflict.severity, conflict.confidence, conflict.path) == (0.25, 0.3, ("x", "y"))
        assert conflict.sentence == (
            "A wants X up and B wants Y down, but pushing X up pushes Y up (weak evidence: Author 2018)."
        )
        assert [row.table for row in conflict.evidence] == ["targets", "targets", "influences"]

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
        assert "75% of the push goes this way" in conflict.sentence

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
        assert "they need 20 more than there is" in conflict.sentence

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
        assert only(self.system(limited=True), "capacity").severity == pytest.approx(math.sqrt(0.5), abs=1e-6)

    def test_one_measure_alone_is_no_conflict(self) -> None:
        system = small(
            measures=measures("x", "y"),
            targets=list(self.ROWS[:1]),
            resources=[{"id": "beds", "limited": True}],
            draws=list(self.DRAWS),
        )
        assert not found(system, "capacity")

    def test_nothing_in_use_is_said_to_be_assumed(self) -> None:
        assert only(self.system(capacity=30), "capacity").assumed == ("nothing of beds is assumed to be in use today",)


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
        assert (conflict.severity, conflict.conflicts) == (0.5, ("capacity.beds",))

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
        assert "P is paid on wait" in conflict.sentence
        assert not found(system(pays_for="decrease"), "no-control")


class TestJudgedByRival:
    RECORDED = measures("wait", recorded_by="r")

    def test_the_recorder_has_a_target_of_its_own_on_it(self) -> None:
        rows = [target("a", "wait", "increase", weight=0.8), target("r", "wait", "decrease")]
        assert only(small(measures=self.RECORDED, targets=rows), "judged-by-rival").severity == 0.4

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

    def test_alike_by_name(self) -> None:
        conflict = only(self.system(list(self.ALIKE)), "duplicate")
        assert (conflict.severity, conflict.confidence) == (1.0, 0.3)

    @pytest.mark.parametrize(
        ("one", "two", "severities"),
        [
            # 10 letters in common of 12 and 11; then 12 of 12 and 17.
            ("Asthma stays", "Asthma days", [0.869565]),
            ("Hip fracture", "Hip fracture care", []),
        ],
    )
    def test_how_alike_is_alike(self, one: str, two: str, severities: list[float]) -> None:
        rows = [{**self.ALIKE[0], "name": one}, {**self.ALIKE[1], "name": two}]
        assert [each.severity for each in found(self.system(rows), "duplicate")] == severities

    def test_declared_distinct_or_of_two_outcomes_or_populations(self) -> None:
        distinct: Cells = {"measure_a": "x", "measure_b": "y", "kind": "distinct"}
        assert not found(self.system(list(self.ALIKE), [distinct]), "duplicate")
        assert not found(self.system([self.ALIKE[0], {**self.ALIKE[1], "outcome": "cure"}]), "duplicate")
        apart = [{**self.ALIKE[0], "population": "old"}, {**self.ALIKE[1], "population": "young"}]
        assert not found(self.system(apart), "duplicate")


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
