"""The brute-force oracle of conflicts against cases worked out by hand from decision 5."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from alignment.models import System
from tests.oracles import (
    against_people,
    capacity,
    duplicate,
    inconsistent,
    no_control,
    opposed,
    perverse,
    spillover,
    torn,
    two_masters,
    unguarded,
    unowned,
    wrong_pocket,
)
from tests.oracles.every import just_below
from tests.oracles.wanted import Wanted
from tests.oracles.words import Words, equal, shown, up_to
from tests.small import Cells, measures, push, small, target


def asks(name: str, measure: str, sense: str, value: float | None = None, **cells: Any) -> Cells:
    """A target with an id, of an agency of that name unless another is given."""
    return {**target(name, measure, sense, value, id=name), **cells}


def words(*targets: Cells, **tables: Any) -> Words:
    """Measures x, y and z from 10, a step 2, higher is better, unless something else is given."""
    baseline, direction = tables.pop("baseline", 10), tables.pop("direction", "higher")
    rows = measures("x", "y", "z", baseline=baseline, step=2, direction=direction)
    return Words(small(**{"measures": rows, "targets": list(targets), **tables}))


def found(kind: Callable[[Words], Iterator[Wanted]], of: Words) -> list[Wanted]:
    return list(kind(of))


def only(kind: Callable[[Words], Iterator[Wanted]], of: Words) -> Wanted:
    (each,) = kind(of)
    return each


def overlap(one: str, two: str, kind: str, share: float | None = None) -> Cells:
    return {"measure_a": one, "measure_b": two, "kind": kind, "share": share}


# Targets: levels, what is accepted, met, needed, left


def test_levels_are_equal_within_a_thousand_millionth_of_the_larger() -> None:
    assert equal(0.1 + 0.2, 0.3)
    assert equal(0, 0)
    assert equal(1000, 1000.000001)  # 1e-6 of 1000 is 1e-9
    assert not equal(1000, 1000.0000011)
    assert not equal(0, 1e-300)  # nothing is equal to 0 but 0
    assert equal(-5, -5.000000004)
    assert not equal(float("inf"), 5)
    assert up_to(0.1 + 0.2, 0.3)
    assert not up_to(0.31, 0.3)


INF = float("inf")


@pytest.mark.parametrize(
    ("sense", "value", "upper", "accepted", "met", "need", "slack"),
    [
        # Baseline 10, a step is 2, higher is better.
        ("at_least", 14, None, (14, INF), False, 2, 0),
        ("at_least", 7, None, (7, INF), True, 0, 1.5),
        ("at_least", 10, None, (10, INF), True, 0, 0),
        ("at_least", 10.000000005, None, (10.000000005, INF), True, 0, 0),  # met but for rounding; no slack below 0
        ("at_least", 10.00000002, None, (10.00000002, INF), False, 1e-8, 0),
        ("at_most", 9, None, (-INF, 9), False, 0.5, 0),
        ("at_most", 13, None, (-INF, 13), True, 0, 1.5),
        ("between", 12, 16, (12, 16), False, 1, 0),
        ("between", 1, 4, (1, 4), False, 3, 0),
        ("between", 8, 16, (8, 16), True, 0, 0),  # within a band nothing is wished, so nothing can be hurt
        ("increase", 3, None, (13, INF), False, 1.5, 0),
        ("increase", None, None, (12, INF), False, 1, 0),
        ("decrease", None, None, (-INF, 8), False, 1, 0),
        ("hold", None, None, (10, INF), True, 0, 0),
        ("hold", 3, None, (7, INF), True, 0, 1.5),
    ],
)
def test_what_a_target_says(
    sense: str,
    value: float | None,
    upper: float | None,
    accepted: tuple[float, float],
    met: bool,
    need: float,
    slack: float,
) -> None:
    of = words(asks("a", "x", sense, value, upper=upper))
    row = of.targets["a"]
    assert of.accepted(row) == accepted
    assert of.met(row) == met
    assert of.need(row) == (pytest.approx(need), False)
    assert of.slack(row) == slack
    assert of.pushes(row) == (not met)


def test_holds_go_by_what_is_better() -> None:
    rows = [{"id": "x", "baseline": 10, "direction": "lower"}, {"id": "y", "baseline": 10}]
    of = Words(small(measures=rows, targets=[asks("a", "x", "hold", 2), asks("b", "y", "hold", 2)]))
    assert [of.accepted(row) for row in of.targets.values()] == [(-INF, 12), (8, 12)]
    assert [of.wish(row) for row in of.targets.values()] == [-1, 0]
    # A step is 10 / 20: the margin of 2 is 4 steps, whatever the wish.
    assert [of.slack(row) for row in of.targets.values()] == [4, 4]
    assert not any(of.pushes(row) for row in of.targets.values())


@pytest.mark.parametrize(
    ("sense", "value", "accepted", "need", "slack", "pushes"),
    [
        ("at_least", 14, (14, INF), (1, True), 0, True),
        ("increase", 3, None, (1.5, False), 0, True),
        ("decrease", None, None, (1, False), 0, True),
        ("hold", 3, None, (0, False), 1.5, False),
    ],
)
def test_without_a_baseline(sense: str, value: float, accepted: Any, need: Any, slack: float, pushes: bool) -> None:
    of = words(asks("a", "x", sense, value), baseline=None)
    row = of.targets["a"]
    assert of.accepted(row) == accepted
    assert not of.met(row)
    assert of.need(row) == need
    assert of.slack(row) == slack
    assert of.pushes(row) == pushes


def test_a_band_that_is_kept_where_nobody_knows_today_pushes_nobody() -> None:
    of = words(asks("a", "x", "between", 8, upper=16), baseline=None)
    assert not of.met(of.targets["a"])
    assert not of.pushes(of.targets["a"])


# Effects


def effects(*overlaps: Cells, links: list[Cells], ways: dict[str, str] | None = None, **options: Any) -> Words:
    """Measures a to f, higher is better unless another way is given."""
    rows = [{"id": name, "direction": (ways or {}).get(name, "higher")} for name in "abcdef"]
    return Words(small(measures=rows, targets=[], influences=links, overlaps=list(overlaps), agencies=[]), **options)


def test_estimates_count_only_where_nobody_declares() -> None:
    links = [push("a", "b", 0.5), push("a", "b", 0.25, origin="expert"), push("a", "b", -3, origin="estimated")]
    assert effects(links=links).effect("a", "b") == 0.75
    links = [push("a", "b", 0.5, origin="estimated"), push("a", "b", 0.25, origin="estimated")]
    assert effects(links=links).effect("a", "b") == 0.75


@pytest.mark.parametrize(
    ("row", "ways", "wanted"),
    [
        (overlap("a", "b", "same"), {}, 1.0),
        (overlap("b", "a", "part"), {}, 0.5),  # a blank part is a half, which is enough
        (overlap("a", "b", "shared"), {}, 0.0),
        (overlap("a", "b", "shared", 0.5), {}, 0.5),  # exactly a half
        (overlap("a", "b", "shared", 0.49), {}, 0.0),
        (overlap("a", "b", "same", 0.8), {"b": "lower"}, -0.8),
        (overlap("a", "b", "same", 0.8), {"a": "lower", "b": "lower"}, 0.8),
        (overlap("a", "b", "same", 0.8), {"b": "in-range"}, 0.8),
        (overlap("a", "b", "distinct", 0.8), {}, 0.0),
        (overlap("a", "b", "complementary", 0.8), {}, 0.0),
    ],
)
def test_twins_lend_each_other_what_they_do_and_do_not_push_each_other(
    row: Cells, ways: dict[str, str], wanted: float
) -> None:
    of = effects(row, links=[push("a", "c", 0.5), push("d", "a", 0.25)], ways=ways)
    assert of.effect("a", "b") == of.effect("b", "a") == 0
    # What a does b does too, by its share, and what is done to a is done to b.
    assert of.direct("b", "c") == of.effect("b", "c") == 0.5 * wanted
    assert of.direct("d", "b") == of.effect("d", "b") == 0.25 * wanted
    # From d to c the way is through the one thing, once.
    assert of.effect("d", "c") == 0.5 * 0.25 * 0.5
    if wanted:
        overlaps, (out, into) = of.system.overlaps, of.system.influences
        assert of.confidence(("b", "c")) == 0.7  # the row behind it
        assert shown([of.links["b", "c"]]) == [overlaps[0], out]
        assert shown([of.links["d", "b"]]) == [into, overlaps[0]]


def test_borrowed_at_either_end_or_both() -> None:
    of = effects(overlap("a", "b", "same", 0.8), overlap("c", "d", "same", 0.5), links=[push("a", "c", -1)])
    assert (of.effect("a", "d"), of.effect("b", "c"), of.effect("b", "d")) == (-0.5, -0.8, -0.4)
    near, far = of.system.overlaps
    assert shown([of.links["b", "d"]]) == [near, of.system.influences[0], far]
    # What is borrowed at its near end begins a walk, and is no further influence of one.
    assert set(of.links) == {("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")}
    assert set(of.further) == {("a", "c"), ("a", "d")}


def test_a_walk_that_begins_and_ends_borrowed() -> None:
    of = effects(
        overlap("a", "b", "same", 0.8),
        overlap("c", "d", "same", 0.5),
        overlap("e", "f", "same"),
        links=[push("a", "c", -1, lag_years=2, certainty="strong"), push("d", "e", 0.5, lag_years=3)],
        ways={"f": "lower"},
    )
    # b on d -0.8 * 0.5 = -0.4, d on f -0.5: 0.2, halved. By c nothing, since what d does to f c has only borrowed.
    assert of.effect("b", "f") == 0.1
    assert of.effect("c", "f") == -0.25
    assert (of.path("b", "f"), of.confidence(("b", "d", "f")), of.mixed("b", "f")) == (("b", "d", "f"), 0.7, None)
    walk = of.along(("b", "d", "f"))
    assert [link.years for link in walk] == [2, 3]
    near, middle, far = of.system.overlaps
    first, second = of.system.influences
    assert shown(walk) == [near, first, middle, second, far]


def test_a_middle_thing_that_is_read_twice_is_walked_through_once() -> None:
    links = [push("a", "b", 0.8), push("c", "d", 0.75), push("c", "d", -0.25)]
    of = effects(overlap("b", "c", "same"), links=links)
    # Through c, which has the rows on d, 0.8 * 0.5 halved; not through b as well, which has them from c.
    assert of.direct("b", "d") == of.effect("b", "d") == 0.5
    assert (of.effect("a", "d"), of.path("a", "d")) == (0.2, ("a", "c", "d"))
    assert of.walks_between["a", "d"] == [("a", "c", "d")]
    # 0.1 + 0.8 * 0.75 / 2 = 0.4 up, 0.8 * 0.25 / 2 = 0.1 down.
    beside = effects(overlap("b", "c", "same"), links=[*links, push("a", "d", 0.1)])
    assert beside.effect("a", "d") == pytest.approx(0.3)
    assert beside.mixed("a", "d") == pytest.approx(0.8)
    # A half of it: a on c 0.4.
    assert effects(overlap("b", "c", "part"), links=links).effect("a", "d") == 0.1
    # With rows of its own b is a way of its own: 0.2 more.
    assert effects(overlap("b", "c", "same"), links=[*links, push("b", "d", 0.5)]).effect("a", "d") == 0.4


def test_twins_with_rows_of_their_own() -> None:
    links = [push("a", "b", 0.5), push("b", "a", -0.25), push("a", "c", 1)]
    of = effects(overlap("a", "b", "same", 0.8), overlap("b", "d", "same"), links=links)
    assert (of.effect("a", "b"), of.effect("b", "a")) == (0.5, -0.25)
    # b has c from a, 0.8; by its own row on a it has -0.25 * 1, halved.
    assert of.direct("b", "c") == 0.8
    assert of.effect("b", "c") == pytest.approx(0.675)
    # a's row on b is no way to what b only borrows from a.
    assert of.effect("a", "c") == 1.0
    # d, a twin of b alone, has what stands between them, and from a twin's twin nothing.
    assert (of.direct("a", "d"), of.direct("d", "a"), of.direct("d", "c")) == (0.5, -0.25, 0.0)
    assert of.direct("b", "d") == of.direct("d", "b") == 0.0


def test_what_is_borrowed_otherwise_further_on() -> None:
    twins = [overlap("b", "c", "same"), overlap("d", "e", "same")]
    of = effects(*twins, links=[push("a", "c", 1), push("b", "d", -1), push("c", "e", 0.5)])
    # To begin with, c has on d what b has, -1; further on what it has on e, 0.5.
    assert (of.direct("c", "d"), of.further["c", "d"].size) == (-1.0, 0.5)
    # From a by b and -1, and by c and 0.5, each halved.
    assert of.effect("a", "d") == -0.25
    assert of.path("a", "d") == ("a", "b", "d")
    assert of.mixed("a", "d") == pytest.approx(2 / 3)


def test_own_rows_come_before_what_could_be_borrowed() -> None:
    twin = overlap("a", "b", "same")
    of = effects(twin, links=[push("a", "c", -1), push("b", "c", 0.25), push("b", "c", -0.25)])
    assert of.direct("b", "c") == 0.0  # rows of its own that cancel are rows of its own
    of = effects(twin, links=[push("a", "c", -1), push("b", "c", 0.25, origin="estimated")])
    assert of.direct("b", "c") == 0.25


def test_the_largest_is_borrowed_and_of_equal_ones_the_positive_then_the_first() -> None:
    twins = [overlap("a", "d", "same"), overlap("b", "d", "same")]
    assert effects(*twins, links=[push("a", "c", -0.5), push("b", "c", 0.25)]).direct("d", "c") == -0.5
    assert effects(*twins, links=[push("a", "c", -0.5), push("b", "c", 0.5)]).direct("d", "c") == 0.5
    of = effects(*twins, links=[push("b", "c", 0.5, certainty="weak"), push("a", "c", 0.5, certainty="strong")])
    assert shown([of.links["d", "c"]]) == [of.system.overlaps[0], of.system.influences[1]]
    # What would be borrowed of rows that cancel is nothing.
    assert ("d", "c") not in effects(*twins[:1], links=[push("a", "c", 0.5), push("a", "c", -0.5)]).links


def test_nothing_is_borrowed_between_two_sides_of_one_thing() -> None:
    rows = [overlap("a", "b", "same"), overlap("b", "c", "complementary")]
    of = effects(*rows, links=[push("a", "c", -1), push("b", "c", -1)])
    assert of.effect("b", "c") == 0.0
    # Nor by way of them: b on c does not count, so a has only its own.
    assert of.effect("a", "c") == -1.0


def test_longer_walks_weaken_a_direct_effect_and_never_turn_it() -> None:
    around = [push("a", "c", 1), push("c", "b", -0.6)]
    assert effects(links=[push("a", "b", 0.5), *around]).effect("a", "b") == 0.2  # 0.5 - 0.3
    assert effects(links=[push("a", "b", 0.25), *around]).effect("a", "b") == 0.0  # would be -0.05
    assert effects(links=around).effect("a", "b") == -0.3
    # Rows that cancel to rounding are no direct effect: 0.1 + 0.2 - 0.3 is not quite 0.
    noise = [push("a", "b", size) for size in (0.1, 0.2, -0.3)]
    assert effects(links=[*noise, *around]).effect("a", "b") == -0.3


# Kinds


def test_opposed_needs_sets_that_do_not_intersect() -> None:
    assert not found(opposed.wanted, words(asks("a", "x", "at_least", 12), asks("b", "x", "at_most", 12)))
    # 0.3 is as good as 0.1 + 0.2.
    assert not found(opposed.wanted, words(asks("a", "x", "at_least", 0.1 + 0.2), asks("b", "x", "at_most", 0.3)))
    each = only(opposed.wanted, words(asks("a", "x", "at_least", 13, weight=0.25), asks("b", "x", "at_most", 12)))
    assert (each.id, each.severity, each.confidence) == ("opposed.x-up.x-down", 0.5, 1.0)
    # More of it, without a value, is 12 at least: 12 leaves room, 11 does not.
    assert not found(opposed.wanted, words(asks("a", "x", "increase"), asks("b", "x", "at_most", 12)))
    assert found(opposed.wanted, words(asks("a", "x", "increase"), asks("b", "x", "at_most", 11)))
    # Not worse than 10 less 1: 8 at most is against it, 9 is not.
    assert found(opposed.wanted, words(asks("a", "x", "hold", 1), asks("b", "x", "at_most", 8)))
    assert not found(opposed.wanted, words(asks("a", "x", "hold", 1), asks("b", "x", "at_most", 9)))


def test_opposed_where_nobody_knows() -> None:
    both = [asks("a", "x", "increase", 1, weight=0.25), asks("b", "x", "decrease")]
    each = only(opposed.wanted, words(*both, baseline=None))
    assert (each.severity, each.confidence) == (0.5, 1.0)  # never room, baseline or not
    # Against a level they may leave room: open, and the heavier pair does not count for the worst.
    level = asks("c", "x", "at_most", 5)
    each = only(opposed.wanted, words(both[0], level, baseline=None))
    assert (each.severity, each.confidence, each.pair) == (0.5, 0.5, ("a", "c"))
    heavy = asks("d", "x", "increase")
    each = only(opposed.wanted, words(heavy, level, asks("e", "x", "at_least", 6, weight=0.04), baseline=None))
    assert (each.severity, each.confidence, each.pair) == (0.2, 1.0, ("e", "c"))
    assert each.pairs == {frozenset({"d", "c"}), frozenset({"e", "c"})}


@pytest.mark.parametrize(
    ("two", "wanted"),
    [
        (asks("b", "x", "at_least", 14), 0.25),  # 2 units are a step, a quarter of four
        (asks("b", "x", "at_least", 12.000000012), None),  # 12e-9 is a thousand millionth of 12
        (asks("b", "x", "at_least", 14, agency="a"), None),  # a milestone
        (asks("b", "x", "increase", 4), 0.25),  # 14
        (asks("b", "x", "increase"), None),
        (asks("b", "x", "hold", 1), None),
        (asks("b", "x", "at_least", 14, start="2020"), 0.25),
        (asks("b", "x", "between", 12, upper=20), None),  # its other end is asked by nobody else
    ],
)
def test_inconsistent_values(two: Cells, wanted: float | None) -> None:
    of = found(inconsistent.wanted, words(asks("a", "x", "at_least", 12), two))
    assert [each.severity for each in of] == ([] if wanted is None else [pytest.approx(wanted)])


def test_inconsistent_bands_holds_and_changes() -> None:
    bands = [asks("a", "x", "between", 12, upper=16), asks("b", "x", "between", 12, upper=18)]
    assert only(inconsistent.wanted, words(*bands)).severity == 0.25
    each = only(inconsistent.wanted, words(asks("a", "x", "hold"), asks("b", "x", "hold", 4)))
    assert each.severity == 0.5
    assert [side.targets for side in each.sides] == [{"a"}, {"b"}]  # the smaller margin is the stricter
    sizes = [asks("a", "x", "increase", 2), asks("b", "x", "increase", 4)]
    assert only(inconsistent.wanted, words(*sizes, baseline=None)).severity == 0.25


def test_inconsistent_periods_meet() -> None:
    soon = asks("a", "x", "at_least", 12, due="2018")
    assert found(inconsistent.wanted, words(soon, asks("b", "x", "at_least", 12, due="2020")))
    later = asks("b", "x", "at_least", 12, start="2019", due="2020")
    assert not found(inconsistent.wanted, words(soon, later))


@pytest.mark.parametrize(
    ("own", "master", "noted"),
    [
        ({"value": 13}, {}, True),
        ({"value": 12, "due": "2018"}, {"due": "2019"}, True),
        ({"value": 11}, {}, False),
        ({"value": 13, "due": "2019"}, {"due": "2018"}, False),
        ({"value": 13, "due": "2019"}, {}, True),  # a date that only one has cannot be later
        ({"sense": "increase", "value": None, "due": "2018"}, {"due": "2019"}, True),
        ({"value": 13, "for_agency": "c"}, {}, False),  # not what it delivers itself
        ({"value": 13}, {"for_agency": "c"}, False),  # not what it has to deliver
        ({"sense": "between", "value": 13, "upper": 15}, {"sense": "between", "value": 12, "upper": 16}, True),
        ({"sense": "between", "value": 13, "upper": 17}, {"sense": "between", "value": 12, "upper": 16}, False),
    ],
)
def test_a_deliverer_that_aims_higher_is_no_quarrel(own: Cells, master: Cells, noted: bool) -> None:
    pair = [
        asks("own", "x", "at_least", **own) if "sense" not in own else {**asks("own", "x", "at_least"), **own},
        {**asks("board", "x", "at_least", 12, for_agency="own"), **master},
    ]
    assert bool(found(inconsistent.wanted, words(*pair, agencies=[{"id": "c"}]))) != noted


def test_parts_of_a_sum_are_no_quarrel() -> None:
    rows = measures("x", baseline=10, step=2, aggregate="sum")
    pair = [asks("a", "x", "at_least", 12), asks("b", "x", "at_least", 14)]
    assert not found(inconsistent.wanted, words(*pair, measures=rows))
    # One deliverer has one part.
    pair = [{**pair[0], "for_agency": "c"}, {**pair[1], "for_agency": "c"}]
    assert found(inconsistent.wanted, words(*pair, measures=rows, agencies=[{"id": "c"}]))


def hurting(pushing: Cells, hurt: Cells, effect: float = -0.5) -> Words:
    return words(pushing, hurt, influences=[push("x", "y", effect)])


@pytest.mark.parametrize(
    ("pushing", "hurt", "wanted"),
    [
        (asks("a", "x", "at_least", 12), asks("b", "y", "at_least", 14), 0.5),
        (asks("a", "x", "at_least", 10), asks("b", "y", "at_least", 14), None),  # met: it pushes nobody
        (asks("a", "x", "hold"), asks("b", "y", "at_least", 14), None),
        # 4 steps up move y by 2 down: slack 2 holds, 1.5 does not.
        (asks("a", "x", "at_least", 18), asks("b", "y", "at_least", 6), None),
        (asks("a", "x", "at_least", 18), asks("b", "y", "at_least", 7), 0.5),
        (asks("a", "x", "at_least", 18), asks("b", "y", "hold", 4), None),
        (asks("a", "x", "at_least", 18), asks("b", "y", "hold", 3), 0.5),
        (asks("a", "x", "at_least", 18.0000000001), asks("b", "y", "hold", 4), None),  # beyond by no more than noise
        (asks("a", "x", "increase"), asks("b", "y", "hold"), 0.5),
        (asks("a", "x", "at_least", 12, due="2018"), asks("b", "y", "hold", start="2019"), None),
    ],
)
def test_spillover_needs_a_push_beyond_the_slack(pushing: Cells, hurt: Cells, wanted: float | None) -> None:
    severities = [each.severity for each in found(spillover.wanted, hurting(pushing, hurt))]
    assert severities == ([] if wanted is None else [wanted])


def test_spillover_beyond_the_tolerance_not_at_it() -> None:
    pair = asks("a", "x", "at_least", 12), asks("b", "y", "at_least", 14)
    assert not found(spillover.wanted, hurting(*pair, effect=-0.2))
    assert found(spillover.wanted, hurting(*pair, effect=-0.21))
    # So is a half of 0.4 by a twin, which is no push of its own.
    twin = {"overlaps": [overlap("x", "z", "same", 0.5)], "influences": [push("z", "y", -0.4)]}
    assert not found(spillover.wanted, words(*pair, **twin))
    twin["influences"] = [push("z", "y", -0.5)]
    of = words(*pair, **twin)
    each = only(spillover.wanted, of)
    assert (each.severity, each.effect, each.path, each.mixed) == (0.25, -0.25, ("x", "y"), None)
    assert sorted(each.plain(of)["evidence"]) == [
        ("influences", "z>y"),
        ("overlaps", "x|z"),
        ("targets", "a"),
        ("targets", "b"),
    ]


def test_a_severity_that_rounds_to_nothing_is_no_finding() -> None:
    def left(weight: float) -> int:
        pair = asks("a", "x", "at_least", 12, weight=weight), asks("b", "y", "at_least", 14, weight=weight)
        return len(found(spillover.wanted, words(*pair, influences=[push("x", "y", -0.3)])))

    # 0.3 of 2 millionths is 0.6 of one, which rounds up; 0.3 of one rounds to none.
    assert (left(2e-6), left(1e-6)) == (1, 0)


def test_only_who_pushes_and_who_is_hurt_stand_on_the_sides() -> None:
    many = [asks("c", "x", "at_least", 11), asks("d", "y", "hold", 3), asks("e", "x", "at_least", 4)]
    of = words(asks("a", "x", "at_least", 18), asks("b", "y", "hold"), *many, influences=[push("x", "y", -0.5)])
    each = only(spillover.wanted, of)
    # c moves y by 0.25: beyond b's slack of 0, within d's of 1.5. e is met.
    assert [side.targets for side in each.sides] == [{"a", "c"}, {"b", "d"}]
    assert each.pairs == {frozenset(pair) for pair in (("a", "b"), ("a", "d"), ("c", "b"))}


def test_a_side_that_is_only_inferred_is_less_sure() -> None:
    strong = {"influences": [push("x", "y", -0.5, certainty="strong")]}
    pair = asks("a", "x", "at_least", 12, revealed=True), asks("b", "y", "hold")
    assert only(spillover.wanted, words(*pair, **strong)).confidence == 0.7
    both = words(*pair, asks("c", "x", "at_least", 12), **strong)
    assert only(spillover.wanted, both).confidence == 0.9
    weak = {"influences": [push("x", "y", -0.5, certainty="weak")]}
    assert only(spillover.wanted, words(*pair, **weak)).confidence == 0.3


def test_unguarded_is_a_push_on_what_nobody_looks_at() -> None:
    link = {"influences": [push("x", "y", -0.5)]}
    each = only(unguarded.wanted, words(asks("a", "x", "at_least", 12), asks("e", "x", "at_least", 9), **link))
    assert (each.id, each.sides[0].targets) == ("unguarded.x-up.y", {"a"})
    assert not found(unguarded.wanted, words(asks("a", "x", "at_least", 9), **link))
    # A target of any sense looks at it.
    kept = asks("b", "y", "between", 9, upper=11)
    assert not found(unguarded.wanted, words(asks("a", "x", "at_least", 12), kept, **link))


def levers(*targets: Cells, **tables: Any) -> Words:
    """x moves y up by 0.64 (strong) and z down by 0.25."""
    links = [push("x", "y", 0.64, certainty="strong"), push("x", "z", -0.25)]
    return words(*targets, **{"influences": links, **tables})


def test_torn_is_one_lever_pulled_both_ways() -> None:
    rows = [{"agency": "a", "measure": "x", "share": 0.5}]
    of = levers(asks("a", "y", "at_least", 12), asks("b", "z", "hold", weight=0.25), controls=rows)
    each = only(torn.wanted, of)
    # sqrt(1 * 0.25) * sqrt(0.64 * 0.25) = 0.5 * 0.4.
    assert (each.id, each.severity, each.confidence) == ("torn.x", pytest.approx(0.2), 0.7)
    assert each.measures == ("x", "y", "z")
    assert each.between == ({"a"}, {"b"})
    assert [(side.measure, side.wish, side.targets) for side in each.sides] == [("y", 1, {"a"}), ("z", 1, {"b"})]
    assert sorted(each.evidence) == [
        ("controls", "a|x"),
        ("influences", "x>y"),
        ("influences", "x>z"),
        ("targets", "a"),
        ("targets", "b"),
    ]
    # With a wish down on z both need x up; with two holds nobody pushes.
    assert not found(torn.wanted, levers(asks("a", "y", "at_least", 12), asks("b", "z", "at_most", 8)))
    assert not found(torn.wanted, levers(asks("a", "y", "hold"), asks("b", "z", "hold")))
    assert not found(torn.wanted, levers(asks("a", "y", "increase", due="2018"), asks("b", "z", "hold", start="2019")))


def test_torn_says_nothing_that_a_spillover_says() -> None:
    pair = asks("a", "y", "at_least", 12), asks("b", "z", "hold")
    links = [push("x", "y", 0.64), push("x", "z", -0.25), push("y", "z", -0.5)]
    # Either way round: z does not push, y does.
    of = levers(*pair, influences=links)
    assert found(spillover.wanted, of)
    assert not found(torn.wanted, of)
    # Within the margin nothing spills over, and the lever is told.
    of = levers(pair[0], asks("b", "z", "hold", 4), influences=links)
    assert not found(spillover.wanted, of)
    assert found(torn.wanted, of)


def test_torn_at_the_tolerance_and_on_the_lever_itself() -> None:
    pair = asks("a", "y", "at_least", 12), asks("b", "z", "at_least", 12)
    at = [push("x", "y", 0.64), push("x", "z", -0.2)]
    assert not found(torn.wanted, levers(*pair, influences=at))
    # Only direct effects pull: x on z by way of y does not.
    assert not found(torn.wanted, levers(*pair, influences=[push("x", "y", 0.64), push("y", "z", -1)]))
    # A wish on the lever is none of the two.
    assert not found(torn.wanted, levers(asks("a", "y", "at_least", 12), asks("b", "x", "at_most", 8)))


def test_torn_by_a_twin_of_the_lever() -> None:
    rows = [*measures("w", "x", "y", "z", baseline=10, step=2, direction="higher")]
    links = [push("x", "y", 0.64), push("x", "z", -0.25)]
    of = Words(
        small(
            measures=rows,
            targets=[asks("a", "y", "at_least", 12), asks("b", "z", "at_least", 12)],
            influences=links,
            overlaps=[overlap("w", "x", "same")],
        )
    )
    twin, lever = torn.wanted(of)
    assert (twin.id, lever.id) == ("torn.w", "torn.x")
    # The overlap is shown once, though both effects rest on it.
    assert [row for row in twin.evidence if row[0] == "overlaps"] == [("overlaps", "w|x")]


def test_of_equal_pairs_of_a_lever_the_surer_is_told() -> None:
    rows = measures("x", "y", "z", "w", baseline=10, step=2, direction="higher")
    links = [
        push("x", "y", 0.5, certainty="weak"),
        push("x", "w", 0.5, certainty="strong"),
        push("x", "z", -0.5, certainty="strong"),
    ]
    pulls = [asks("a", "y", "increase"), asks("b", "w", "increase"), asks("c", "z", "increase")]
    each = only(torn.wanted, words(*pulls, measures=rows, influences=links))
    assert (each.pair, each.confidence) == (("b", "c"), 0.9)
    assert [side.measure for side in each.sides] == ["w", "y", "z"]


def test_against_people_is_a_wish_the_worse_way_met_or_not() -> None:
    of = words(
        asks("a", "x", "at_most", 12, weight=0.5), asks("b", "x", "decrease", weight=0.3), asks("c", "x", "hold")
    )
    each = only(against_people.wanted, of)
    assert (each.id, each.severity, each.confidence) == ("against-people.x-down", 0.5, 1.0)
    assert each.between == ({"a", "b"},)
    assert each.evidence == (("measures", "x"), ("targets", "a"))
    assert not found(against_people.wanted, words(asks("a", "x", "at_most", 8), direction="in-range"))


def using(*targets: Cells, resource: Cells, **tables: Any) -> Words:
    per_step = tables.pop("per_step", 1)
    draws = [{"measure": name, "resource": "r", "moving": "up", "per_step": per_step} for name in "xy"]
    return words(*targets, resources=[{"id": "r", **resource}], draws=draws, **tables)


def test_capacity_counts_who_pushes_and_what_is_known() -> None:
    # x by 2 steps, y by 3: 5 of 4, a quarter too much.
    pair = asks("a", "x", "at_least", 14), asks("b", "y", "at_least", 16)
    assert only(capacity.wanted, using(*pair, resource={"capacity": 4})).severity == 0.25
    assert not found(capacity.wanted, using(*pair, resource={"capacity": 5}))
    # Known to be full, and no number overruns: a half.
    assert only(capacity.wanted, using(*pair, resource={"capacity": 5, "limited": True})).severity == 0.5
    assert only(capacity.wanted, using(*pair, resource={"limited": True}, per_step=None)).severity == 0.5
    # Who is met uses nothing; then only one measure is left.
    assert not found(capacity.wanted, using(pair[0], asks("b", "y", "at_least", 10), resource={"limited": True}))
    # Without a baseline the need of a level is not known, that of a change is.
    assert not found(capacity.wanted, using(*pair, resource={"capacity": 1}, baseline=None))
    changes = asks("a", "x", "increase", 4), asks("b", "y", "increase")
    assert only(capacity.wanted, using(*changes, resource={"capacity": 2}, baseline=None)).severity == 0.5


def test_duplicates_are_declared_the_same_or_shared() -> None:
    def severities(row: Cells) -> list[float]:
        return [each.severity for each in found(duplicate.wanted, words(asks("a", "x", "hold"), overlaps=[row]))]

    assert severities(overlap("x", "y", "same")) == [1.0]
    assert severities(overlap("x", "y", "shared")) == [0.25]
    assert severities(overlap("x", "y", "shared", 0)) == []
    for kind in ("part", "complementary", "distinct"):
        assert severities(overlap("x", "y", kind, 0.9)) == []


def test_perverse_by_a_cap_alone_is_halved() -> None:
    def severity(*bases: str | None) -> float:
        rows = [
            {"payer": "a", "payee": "b", "measure": "x", "pays_for": "increase", "basis": each, "note": str(at)}
            for at, each in enumerate(bases)
        ]
        agencies = [{"id": "a"}, {"id": "b"}]
        system = words(asks("t", "x", "at_most", 8), incentives=rows, agencies=agencies)
        return only(perverse.wanted, system).severity

    assert severity("bonus") == 1.0
    assert severity("cap") == 0.5
    assert severity("cap", "cap") == 0.5
    assert severity("cap", None) == 1.0


def test_a_body_controls_what_belongs_to_it_controls() -> None:
    shares = [{"agency": name, "measure": "x", "share": share} for name, share in (("m", 0.1), ("n", 0.05), ("o", 0.3))]
    belongs = [
        {"agency": "m", "answers_to": "body", "kind": "partnership"},
        {"agency": "n", "answers_to": "body", "kind": "partnership"},
        {"agency": "o", "answers_to": "body", "kind": "statutory"},
    ]
    agencies = [{"id": name} for name in ("body", "m", "n", "o")]
    tables = {"controls": shares, "accountability": belongs, "agencies": agencies}
    each = only(no_control.wanted, words(asks("t", "x", "hold", agency="body"), **tables))
    assert each.severity == pytest.approx(0.25)  # 1 - 0.15 / 0.2
    assert ("controls", "m|x") in each.evidence
    assert ("controls", "o|x") not in each.evidence
    shares[1]["share"] = 0.1
    assert not found(no_control.wanted, words(asks("t", "x", "hold", agency="body"), **tables))


def pocket(*incentives: Cells, saving: float = 10, wish: str = "at_least", value: float = 14) -> list[float]:
    """The mover pays 3 for moving x, the gainer saves 10."""
    rows = [
        {"agency": "mover", "item": "x", "year": 2018, "cost": 3, "saving": 0},
        {"agency": "gainer", "item": "x", "year": 2018, "cost": 0, "saving": saving},
    ]
    of = words(
        asks("t", "x", wish, value),
        agencies=[{"id": "mover"}, {"id": "gainer"}, {"id": "other"}],
        controls=[{"agency": "mover", "measure": "x", "share": 0.6}],
        finances=rows,
        incentives=[
            {"payer": "gainer", "payee": "mover", "measure": "x", "pays_for": "increase", "note": str(at), **row}
            for at, row in enumerate(incentives)
        ],
    )
    money = System.model_validate({**dict(of.system), "about": {"currency": "GBP"}})
    return [each.severity for each in wrong_pocket.wanted(Words(money))]


def test_what_a_gainer_pays_the_mover_gives_back() -> None:
    assert pocket() == [1.0]
    assert pocket({"at_risk": 4, "unit": "GBP"}) == [0.6]  # 6 of 10 stay elsewhere
    assert pocket({"at_risk": 4, "unit": "GBP"}, {"at_risk": -6, "unit": "GBP"}) == []  # nothing left
    assert pocket({"at_risk": None}) == [0.5]
    assert pocket({"at_risk": None}, {"at_risk": None}) == [0.5]  # halved once
    assert pocket({"at_risk": 4, "unit": "GBP"}, {"at_risk": None}) == [0.3]
    assert pocket({"at_risk": 4, "unit": "beds"}) == [0.5]  # not the money of the gain
    # Somebody who gains nothing gives nothing back: a gain of the mover, 10 of 14 go elsewhere.
    assert pocket({"payer": "other", "at_risk": 4, "unit": "GBP"}) == [pytest.approx(10 / 14)]
    # A gain that is not known, and part of it given back.
    assert pocket({"payee": "other", "at_risk": None}) == [0.5]
    assert pocket({"payee": "other", "at_risk": None}, {"at_risk": 1, "unit": "GBP"}) == [0.25]
    # A wish that is met moves nothing.
    assert pocket(value=10) == []
    assert pocket(wish="hold", value=0) == []


def test_outcomes_of_no_duty() -> None:
    def owned(**cells: Any) -> bool:
        rows = [{"id": "x", "outcome": "care", "direction": "higher", "baseline": 10}]
        wish = {**asks("a", "x", "at_least", 12), **cells}
        return not found(unowned.wanted, Words(small(outcomes=[{"id": "care"}], measures=rows, targets=[wish])))

    assert owned()
    assert owned(sense="hold", value=None)
    assert not owned(revealed=True)
    assert not owned(sense="at_most")


def test_two_masters_are_two_others() -> None:
    def masters(*wants: str) -> list[frozenset[str]]:
        rows = [
            asks(f"{who}-{at}", measure, "increase", agency=who, for_agency="d")
            for at, (who, measure) in enumerate(zip(wants, "yz", strict=True))
        ]
        return [each.between[0] for each in found(two_masters.wanted, levers(*rows))]

    # Torn: y and z need x moved both ways.
    assert masters("a", "b") == [{"a", "b"}]
    assert masters("a", "a") == []
    assert masters("a", "d") == []  # the other is its own
    # A wish against people is no reason of its own.
    one = words(asks("a", "x", "at_most", 8, for_agency="d"), asks("b", "x", "at_most", 8, for_agency="d"))
    assert found(against_people.wanted, one)
    assert not found(two_masters.wanted, one)


def test_what_lies_just_below() -> None:
    pair = asks("a", "x", "at_least", 12), asks("b", "y", "at_least", 14)
    assert just_below(hurting(*pair, effect=-0.15))["spillover"] == 1
    assert just_below(hurting(*pair, effect=-0.1))["spillover"] == 0
    assert just_below(hurting(*pair, effect=-0.3))["spillover"] == 0
    assert just_below(hurting(pair[0], asks("b", "z", "hold"), effect=-0.15))["unguarded"] == 1
