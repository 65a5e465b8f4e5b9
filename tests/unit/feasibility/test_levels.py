"""Two councils, one measure, one baseline, one level of its own: each is told from where it stands today."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.index import Index, levels_of
from alignment.judge.rows import local
from alignment.models import System
from tests.small import Cells, small, target

CROYDON: Cells = {"measure": "delays", "agency": "croydon", "value": 81}


def councils(*wishes: Cells, levels: list[Cells] | None = None, about: Cells | None = None, **cells: Any) -> System:
    """Delays stand at 60, in steps of 2, and at Croydon at 81."""
    system = small(
        agencies=[{"id": name, "name": name.capitalize()} for name in ("croydon", "region", "sutton")],
        measures=[{"id": "delays", "unit": "days", "baseline": 60, "step": 2, **cells}],
        targets=list(wishes),
        levels=[CROYDON] if levels is None else levels,
    )
    return system.replace(about=about) if about else system


def wants(who: str, sense: str, value: float | None = None, **cells: Any) -> Cells:
    """What the region wants a council to deliver."""
    return target("region", "delays", sense, value, id=who, for_agency=who, **cells)


def facts(system: System, key: str) -> tuple[float, float, float, bool]:
    """Today's level, need, slack and whether a target is met."""
    rows = system.derive(Index).targets
    at = rows.keys.index(key)
    return float(rows.now[at]), float(rows.need[at]), float(rows.slack[at]), bool(rows.met[at])


def test_need_slack_and_met_are_told_from_the_deliverers_own_level() -> None:
    system = councils(wants("croydon", "at_most", 70), wants("sutton", "at_most", 70))
    # Croydon has 81 - 70 = 11 days to go, five and a half steps of 2; Sutton has 70 - 60 = 10 days to spare.
    assert facts(system, "croydon") == (81, 5.5, 0, False)
    assert facts(system, "sutton") == (60, 0, 5, True)
    without = system.replace(levels=None)
    assert facts(without, "croydon") == facts(without, "sutton") == (60, 0, 5, True)


@pytest.mark.parametrize(
    ("wish", "low", "high", "way"),
    [
        (wants("croydon", "decrease", 10), None, 71, -1),
        (wants("croydon", "increase"), 83, None, 1),  # one step of the measure, which stays 2
        (wants("croydon", "hold", 3), None, 84, -1),
        (wants("croydon", "between", 70, upper=80), 70, 80, -1),
        (wants("croydon", "between", 70, upper=90), 70, 90, 0),
    ],
)
def test_what_is_accepted_begins_at_the_own_level(wish: Cells, low: float | None, high: float | None, way: int) -> None:
    rows = councils(wish, direction="lower").derive(Index).targets
    assert (rows.low[0], rows.high[0]) == (
        -float("inf") if low is None else low,
        float("inf") if high is None else high,
    )
    assert rows.wish[0] == way


def test_one_step_stays_one_step_of_the_measure() -> None:
    system = councils(wants("croydon", "at_most", 78), step=None)
    assert system.derive(Index).step[0] == 3  # a twentieth of the baseline of 60
    assert facts(system, "croydon")[1] == 1


@pytest.mark.parametrize(
    ("rows", "year", "value"),
    [
        ([(70, None), (71, "2018")], 2018, 70),  # without a period: today
        ([(70, "2016"), (71, "2018"), (72, "2019")], 2018, 71),  # the latest that has begun by the end of 2018
        ([(70, "2018"), (71, "2018-06-30"), (72, "2018/19")], 2018, 71),  # 30 June is after 1 April
        ([(70, "2018"), (71, "2018-01-01")], 2018, 70),  # both begin that day; the year ends later
        ([(70, "2019")], 2018, 60),  # not yet: the baseline
        ([(70, "2019"), (71, "2020")], None, 71),
    ],
)
def test_of_several_periods_one_counts(rows: list[tuple[float, str | None]], year: int | None, value: float) -> None:
    levels = [{"measure": "delays", "agency": "croydon", "value": level, "period": period} for level, period in rows]
    for given in (levels, levels[::-1]):
        system = councils(wants("croydon", "at_most", 50), levels=given, about={"year": year})
        assert facts(system, "croydon")[0] == value
        assert local(system)(system.targets[0]).baseline == value  # the judge's own reading
    assert len(levels_of(system)) == (value != 60)


def test_all_move_alike_each_from_where_it_stands() -> None:
    answer = al.can_all_be_met(councils(wants("croydon", "at_most", 70), wants("sutton", "at_most", 70)))
    # 81 + 2 D <= 70 takes D = -5.5, which brings the baseline of 60 to 49.
    assert answer.met
    assert [(row.baseline, row.level, row.level_of, row.level_of_name) for row in answer.levels] == [
        (60, 49, None, None),
        (81, 70, "croydon", "Croydon"),
    ]
    frame = answer.to_frame("levels")
    assert frame["level_of"].fillna("").tolist() == ["", "croydon"]


def test_a_floor_holds_wherever_a_target_is_told_from() -> None:
    # To 70 Croydon needs D = -5.5, but from 60 no more than -5 is left to a floor of 50.
    answer = al.can_all_be_met(councils(wants("croydon", "at_most", 70), floor=50))
    assert answer.conflict is not None
    (wanted,) = answer.conflict.wants
    assert wanted.sentence == "Region wants “Delays” at 70 days or less (from Croydon's own 81 days)."
    assert (wanted.level_of, wanted.level_of_name) == ("croydon", "Croydon")
    assert [fact.says for fact in answer.conflict.facts] == ["“Delays” cannot go below 50 days"]
    # Without a baseline only Croydon's own 81 has to stay above it.
    assert al.can_all_be_met(councils(wants("croydon", "at_most", 70), floor=50, baseline=None)).met
    # Up to 70 Sutton needs D = 5, but from 81 no more than 2 is left to a ceiling of 85, as Croydon is judged too.
    system = councils(wants("croydon", "at_least", 10), wants("sutton", "at_least", 70), ceiling=85)
    conflict = al.can_all_be_met(system).conflict
    assert conflict is not None
    assert conflict.targets == ("sutton",)
    assert [fact.says for fact in conflict.facts] == [
        "“Delays” cannot go above 85 days (nearest is Croydon's own 81 days)"
    ]
    # A level at an agency that delivers nothing binds nobody.
    assert al.can_all_be_met(councils(wants("sutton", "at_least", 70), ceiling=85)).met


def test_a_level_is_enough_to_be_assessed() -> None:
    system = councils(wants("croydon", "at_most", 70), wants("sutton", "at_most", 70), baseline=None)
    answer = al.can_all_be_met(system)
    assert (answer.met, answer.assessed) == (True, 1)
    assert [(row.target, row.why) for row in answer.not_assessed] == [
        ("sutton", "nobody says where delays stands today at Sutton")
    ]


def test_every_answer_says_for_which_place_it_speaks() -> None:
    # Down to 70 from 81 and no lower than 58 from 60: D <= -5.5 and D >= -1 cannot both be.
    system = councils(wants("croydon", "at_most", 70), wants("sutton", "at_least", 58))
    asks = {
        "croydon": "Region wants “Delays” at 70 days or less (from Croydon's own 81 days).",
        "sutton": "Region wants “Delays” at 58 days or more.",
    }
    (found,) = al.find_joint_conflicts(system).sets
    assert {row.target: row.sentence for row in found.wants} == asks
    repair = al.smallest_repair(system)
    assert {row.target: row.level_of for row in repair.given_up}.items() <= {
        "croydon": "croydon",
        "sutton": None,
    }.items()
    effort = al.effort_needed(system)
    assert {row.target: (row.level_of, row.sentence) for row in effort.targets} == {
        "croydon": ("croydon", asks["croydon"]),
        "sutton": (None, asks["sutton"]),
    }
    # Each gives way alike: 2.25 steps, to D = -3.25; Croydon then stands at 74.5, Sutton at 53.5.
    shared = {row.target: row for row in al.shared_values(system).targets}
    assert {key: (row.wished, row.shared, row.level_of) for key, row in shared.items()} == {
        "croydon": (70, 74.5, "croydon"),
        "sutton": (58, 53.5, None),
    }
    assert shared["croydon"].sentence == (
        "Region settles for delays at 74.5 days instead of 70 days (from Croydon's own 81 days): 2.25 steps (4.5 days)."
    )


def test_a_body_that_wants_it_of_itself_has_its_own_figure() -> None:
    answer = al.can_all_be_met(councils(target("croydon", "delays", "at_most", 70), floor=50))
    assert "Croydon wants “Delays” at 70 days or less (from its own 81 days)" in str(answer)
