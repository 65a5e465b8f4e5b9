"""Shared values, word for word: what cannot be conceded less, and how far figures may be off.

Concessions and values are told to a millionth; a least value may be off by two millionths of it and 1, and by a
thousandth of it and 1 where it rests on others that are rounded.
"""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.judge.feasibility import Allowed
from alignment.judge.sharing import objections
from alignment.models import System
from alignment.models.answers.shared_values import SharedValues
from tests.changed import other, rows
from tests.small import measures, small, target


def council() -> System:
    """Three wishes of two steps each, of which half can be met: each is eased by a step."""
    weights = {"buses": 1.0, "parks": 0.25, "roads": 0.5}
    return small(
        agencies=[{"id": "council", "effort": 3}],
        measures=measures(*weights, baseline=10, step=1),
        targets=[target("council", name, "at_least", 12, id=name, weight=weight) for name, weight in weights.items()],
    )


def one(wish: float, baseline: float = 0, **tables: Any) -> System:
    """Somebody wants x at so much; ten steps are all that can be done."""
    return small(
        measures=measures("x", baseline=baseline, step=1),
        targets=[target("a", "x", "at_least", wish, id="wish")],
        **tables,
    )


def levels() -> System:
    """left and right are ten thirds apart, east and west three; third concedes the half that is out of reach."""
    return small(
        measures=measures("m", "n", "o", baseline=15, step=1),
        targets=[
            target("left", "m", "at_least", 20, id="up"),
            target("right", "m", "at_most", 20 - 10 / 3, id="down"),
            target("east", "n", "at_least", 20, id="east"),
            target("west", "n", "at_most", 17, id="west"),
            target("third", "o", "at_most", 4.5, id="third", weight=0.5),
        ],
    )


def between() -> System:
    """What is conceded on m, each times a power of 2, says what third concedes: half a step."""
    return small(
        agencies=[{"id": "left", "power": 2}, {"id": "right", "power": 2}],
        measures=measures("m", baseline=15, step=1),
        targets=[
            target("left", "m", "at_least", 20, id="up"),
            target("right", "m", "at_most", 16, id="down"),
            target("third", "m", "at_least", 18.5, id="third"),
        ],
    )


def dear() -> System:
    """left and right concede two steps each, which weigh 2 and 1; north and south are two apart, south weighs less."""
    return small(
        measures=measures("m", "n", baseline=15, step=1),
        targets=[
            target("left", "m", "at_least", 20, id="up"),
            target("right", "m", "at_most", 16, id="down", weight=0.5),
            target("north", "n", "at_least", 18, id="north"),
            target("south", "n", "at_most", 16, id="south", weight=0.25),
        ],
    )


def conceding(found: SharedValues, name: str, more: float, way: int, **cells: Any) -> Any:
    """An answer in which the one target of an agency concedes more, and all else goes with it."""
    at = next(at for at, row in enumerate(found.targets) if row.agency == name)
    mine = next(at for at, row in enumerate(found.agencies) if row.agency == name)
    row = found.targets[at]
    concession = row.concession + more
    return other(
        found,
        targets=rows(found.targets, at, concession=concession, shared=row.shared + way * more),
        agencies=rows(found.agencies, mine, concession=concession),
        **cells,
    )


FOUND = al.shared_values(council())
FAIR = al.shared_values(levels(), lexicographic=True)
CHEAP = al.shared_values(dear(), lexicographic=False)


def test_what_is_shared_is_as_worked_out_by_hand() -> None:
    assert (FOUND.largest, FOUND.total) == (1.0, 1.75)
    assert (CHEAP.largest, CHEAP.total) == (2.0, 3.5)
    assert (FAIR.largest, FAIR.total) == pytest.approx((5 / 3, 10 / 3 + 3.25), abs=1e-6)


def test_a_level_at_which_fewer_could_stand_is_refused() -> None:
    """left and right are four apart, north and south two: 2, 2, 1, 1, and not 2, 2, 2, 0."""
    system = small(
        measures=measures("m", "n", baseline=15, step=1),
        targets=[
            target("left", "m", "at_least", 18, id="up"),
            target("right", "m", "at_most", 14, id="down"),
            target("north", "n", "at_least", 17, id="north"),
            target("south", "n", "at_most", 15, id="south"),
        ],
    )
    fair = al.shared_values(system)
    assert {row.agency: row.concession for row in fair.agencies} == {"left": 2, "right": 2, "north": 1, "south": 1}
    assert objections(system, fair) == ()
    unfair = conceding(conceding(fair, "north", 1.0, -1), "south", -1.0, 1)
    assert objections(system, unfair) == ("not all of left, north, right have to concede 2: together 4 is enough",)
    assert objections(system, other(unfair, lexicographic=False)) == ()


@pytest.mark.parametrize("cells", [{"largest": None}, {"total": None}, {"largest": None, "total": None}])
def test_where_time_ran_out_nothing_is_judged(cells: dict[str, Any]) -> None:
    assert objections(council(), other(FOUND, targets=(), **cells)) == ()


def test_of_nobody_nothing_is_asked() -> None:
    """Without targets nobody concedes anything, and less is not possible."""
    nobody = small(measures=measures("x", baseline=0, step=1), targets=[])
    nothing = other(al.shared_values(nobody), largest=0.0, total=0.0)
    assert objections(nobody, nothing) == ()
    assert objections(one(4), nothing, []) == ()
    assert objections(one(4), nothing) == ("not every target that can be assessed has its value",)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"largest": 0.0}, "the largest of the concessions is 1, not 0"),
        ({"largest": 1 - 1.5e-6}, None),
        ({"largest": 1 - 2.7e-6}, "the largest of the concessions is 1, not 0.999997"),
        ({"total": 1.75 - 3.5e-6}, None),
        ({"total": 1.75 + 4.5e-6}, "the sum of the concessions is 1.75, not 1.75"),
        ({"largest": 1 + 3e-6}, None),
        ({"largest": 1 + 5.3e-6}, "the largest concession is 1 at least and 1 at most, not 1.00001"),
        ({"largest": 1.1}, "the largest concession is 1 at least and 1 at most, not 1.1"),
        ({"targets": rows(FOUND.targets, 0, shared=11 + 1.8e-6)}, None),
        (
            {"targets": rows(FOUND.targets, 0, shared=11 + 2.5e-6)},
            "buses does not settle for 11 by conceding 1 of 12",
        ),
        (
            {"agencies": rows(FOUND.agencies, 0, power=3.0)},
            "not every agency with a target stands there, with its power",
        ),
        ({"agencies": ()}, "not every agency with a target stands there, with its power"),
    ],
)
def test_what_is_said_of_one_council(cells: dict[str, Any], says: str | None) -> None:
    found = objections(council(), other(FOUND, **cells))
    assert found == () if says is None else found[0] == says, found


def test_a_large_value_may_be_off_by_more() -> None:
    """Of a million by a millionth of a millionth of it: three millionths with the step and 1."""
    system = one(1e6 + 2, 1e6)
    found = al.shared_values(system)
    assert objections(system, other(found, targets=rows(found.targets, 0, shared=1e6 + 2 + 2.8e-6))) == ()
    assert objections(system, other(found, targets=rows(found.targets, 0, shared=1e6 + 2 + 3.2e-6)))


@pytest.mark.parametrize(
    ("far", "says"),
    [(1.15e-6, ()), (1.25e-6, ("with the concessions as stated not all can be met",))],
)
def test_what_is_missed_by_less_than_is_told_is_met(far: float, says: tuple[str, ...]) -> None:
    """A concession is told to a millionth, and a line may be missed by two ten-millionths."""
    met = al.shared_values(one(10))
    assert met.largest == 0
    told = other(met, targets=rows(met.targets, 0, wished=10 + far, shared=10 + far))
    assert objections(one(10 + far), told) == says


def test_moves_that_are_allowed_count() -> None:
    """Of fourteen steps ten can be made, if nobody says otherwise."""
    far, near = al.shared_values(one(14), reach=11.0), al.shared_values(one(14), reach=9.0)
    assert (far.largest, near.largest) == (3.0, 5.0)
    assert objections(one(14), far, allowed=Allowed(reach=11.0)) == ()
    assert objections(one(14), far) == ("with the concessions as stated not all can be met",)
    assert objections(one(14), near, allowed=Allowed(reach=9.0)) == ()
    assert objections(one(14), near)[0] == "the largest concession is 4 at least and 4 at most, not 5"


def forced() -> System:
    """x is wanted at a thousand, and has to fall by ten steps so that ten beds are kept."""
    return one(
        1000,
        agencies=[{"id": "a", "power": 3}],
        resources=[{"id": "beds", "in_use": 0, "floor": 10}],
        draws=[{"measure": "x", "resource": "beds", "moving": "down", "per_step": 1}],
    )


@pytest.mark.parametrize(
    ("system", "concession", "largest"), [(one(1000), 990, 990), (forced(), 1010, 3030)], ids=["far", "forced"]
)
def test_concessions_may_be_as_large_as_they_have_to_be(system: System, concession: float, largest: float) -> None:
    found = al.shared_values(system)
    assert (found.largest, found.total) == (largest, concession)
    assert objections(system, found) == ()
    more = conceding(found, "a", 2.0, -1, largest=largest + 2 * largest / concession, total=concession + 2.0)
    assert objections(system, more) == (
        f"the largest concession is {largest:g} at least and {largest:g} at most, not {more.largest:g}",
        f"the sum of concessions is {concession:g} at least and {concession:g} at most, not {more.total:g}",
    )


def test_whoever_concedes_less_could_concede_less_still() -> None:
    """Second largest, as large as the largest to a whole number, or the smallest of three."""
    two = small(
        measures=measures("m", "o", baseline=15, step=1),
        targets=[
            target("left", "m", "at_least", 20, id="up"),
            target("right", "m", "at_most", 20 - 10 / 3, id="down"),
            target("third", "o", "at_most", 4.5, id="third", weight=0.5),
        ],
    )
    found = al.shared_values(two, lexicographic=True)
    assert objections(two, found) == ()
    said = "the largest concession of those who concede less is 0.5 at least and 0.5 at most, not "
    assert objections(two, conceding(found, "third", 1.1, 1, total=10 / 3 + 0.8))[0] == f"{said}1.6"
    assert objections(levels(), FAIR) == ()
    assert objections(levels(), conceding(FAIR, "third", 0.5, 1, total=10 / 3 + 3.5))[0] == f"{said}1"


def test_whoever_concedes_most_is_held_to_that() -> None:
    """Could left concede more, third would concede less than half a step."""
    found = al.shared_values(between(), lexicographic=True)
    assert {row.agency: row.concession for row in found.agencies} == {"left": 2.0, "right": 2.0, "third": 0.5}
    assert objections(between(), found) == ()


def test_a_concession_that_rests_on_others_may_be_off_by_a_thousandth() -> None:
    """Of 0.5 and 1, so by one and a half."""
    total = 10 / 3 + 3.25
    assert objections(levels(), conceding(FAIR, "third", 1.4e-3, 1, total=total + 7e-4)) == ()
    assert objections(levels(), conceding(FAIR, "third", 1.6e-3, 1, total=total + 8e-4)) == (
        "the largest concession of those who concede less is 0.5 at least and 0.5 at most, not 0.5016",
    )


def test_the_sum_counts_what_each_may_concede_at_most() -> None:
    """North and south: a step each where the next largest counts too, else south concedes two."""
    fair = al.shared_values(dear(), lexicographic=True)
    assert (fair.largest, fair.total) == (2.0, 4.25)
    assert objections(dear(), fair) == ()
    assert objections(dear(), CHEAP) == ()
    assert objections(dear(), other(fair, lexicographic=False)) == (
        "the sum of concessions is 3.5 at least and 3.5 at most, not 4.25",
    )


def test_a_sum_may_be_less_by_what_is_rounded() -> None:
    """One target: its concession and the sum are told to a millionth each."""
    found = al.shared_values(one(14))
    assert found.total == 4.0
    assert objections(one(14), other(found, total=4 - 1.9e-6)) == ()
    assert objections(one(14), other(found, total=4 - 2.1e-6)) == ("the sum of the concessions is 4, not 4",)


def test_a_sum_may_be_off_by_a_thousandth_of_it_and_1() -> None:
    """It is 3.5, so by 4.5 thousandths: north concedes more than it has to."""
    assert objections(dear(), conceding(CHEAP, "north", 4.2e-3, -1, total=3.5042)) == ()
    assert objections(dear(), conceding(CHEAP, "north", 4.8e-3, -1, total=3.5048)) == (
        "the sum of concessions is 3.5 at least and 3.5 at most, not 3.5048",
    )
