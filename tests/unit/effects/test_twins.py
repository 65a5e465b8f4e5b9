"""Two readings of one thing push together: borrowed effects, worked by hand."""

from __future__ import annotations

import pytest

import alignment as al
from alignment.models import System
from tests.small import Cells, measures, push, small, target


def place(overlaps: list[Cells], *influences: Cells, **directions: str) -> System:
    rows = [{**row, "direction": directions.get(row["id"], "higher")} for row in measures("a", "b", "x", "y")]
    return small(
        measures=rows, targets=[target("who", "a", "increase")], influences=list(influences), overlaps=overlaps
    )


def overlap(one: str, two: str, kind: str = "same", share: float | None = None) -> Cells:
    return {"measure_a": one, "measure_b": two, "kind": kind, "share": share}


def direct(system: System, one: str, two: str) -> float | None:
    found = al.net_effects(system, steps=1).between(one, two)
    return None if found is None else found.net


@pytest.mark.parametrize(
    ("kind", "share", "size"),
    [
        ("same", None, 1.0),
        ("same", 0.6, 0.6),
        ("part", None, 0.5),
        ("shared", 0.5, 0.5),
        ("shared", None, None),
        ("shared", 0.49, None),
        ("complementary", 0.9, None),
        ("distinct", 0.9, None),
    ],
)
def test_twins_lend_what_they_push_and_what_pushes_them(kind: str, share: float | None, size: float | None) -> None:
    system = place([overlap("a", "b", kind, share)], push("a", "x", 1), push("y", "a", 1))
    assert direct(system, "b", "x") == direct(system, "y", "b") == size


def test_twins_do_not_push_each_other() -> None:
    system = place([overlap("a", "b")], push("x", "a", 1), push("a", "y", 1))
    assert al.net_effects(system).between("a", "b") is None
    # but what somebody says of the two stands
    assert direct(place([overlap("a", "b")], push("a", "b", 0.3)), "a", "b") == 0.3
    assert direct(place([overlap("a", "b")], push("a", "b", 0.3)), "b", "a") is None


@pytest.mark.parametrize(("a", "b", "sign"), [("higher", "lower", -1), ("lower", "lower", 1), ("none", "lower", 1)])
def test_the_good_directions_give_the_sign(a: str, b: str, sign: int) -> None:
    assert direct(place([overlap("a", "b", "same", 0.8)], push("a", "x", 1), a=a, b=b), "b", "x") == sign * 0.8


def test_a_walk_through_one_thing_counts_once() -> None:
    # x pushes a, and a, read as b as well, pushes y: one walk, half of 0.6 times 0.5, whichever reading has the row.
    for near, far in (("a", "a"), ("a", "b"), ("b", "a")):
        system = place([overlap("a", "b")], push("x", near, 0.6), push(far, "y", 0.5))
        found = al.net_effects(system).between("x", "y")
        assert found is not None
        assert found.net == pytest.approx(0.15)
        assert [row.source_measure for row in found.path] == ["x", far]


def test_what_is_pushed_and_what_pushes_is_borrowed_at_either_end() -> None:
    system = place([overlap("a", "b", "same", 0.8), overlap("x", "y", "part", 0.5)], push("a", "x", 0.6), x="lower")
    wanted = {("a", "x"): 0.6, ("b", "x"): 0.48, ("a", "y"): -0.3, ("b", "y"): -0.24, ("x", "a"): None}
    assert {pair: direct(system, *pair) for pair in wanted} == pytest.approx(wanted)
    effect = al.net_effects(system).between("b", "y")
    assert effect is not None
    assert [row.source_measure for row in effect.path] == ["a"]
    assert {row.measure_a for row in effect.overlaps} == {"a", "x"}
    assert effect.confidence == 0.7


def test_own_influences_come_first_even_where_they_cancel() -> None:
    twins = [overlap("a", "b")]
    assert direct(place(twins, push("a", "x", 0.6), push("b", "x", 0.1)), "b", "x") == 0.1
    assert not direct(place(twins, push("a", "x", 0.6), push("b", "x", 0.1), push("b", "x", -0.1)), "b", "x")


def test_the_largest_is_borrowed_and_of_equals_the_positive_one() -> None:
    # a is read as b by half, and as y.
    three = [overlap("a", "b", "same", 0.5), overlap("a", "y", "same", 1)]
    assert direct(place(three, push("b", "x", 0.8), push("y", "x", -0.3)), "a", "x") == pytest.approx(0.4)
    assert direct(place(three, push("b", "x", 0.8), push("y", "x", -0.5)), "a", "x") == pytest.approx(-0.5)
    assert direct(place(three, push("b", "x", 0.8), push("y", "x", -0.4)), "a", "x") == pytest.approx(0.4)


def test_estimates_count_only_where_nothing_else_is_known() -> None:
    guess = push("a", "x", 0.9, origin="estimated", certainty="weak")
    assert direct(place([], guess, push("a", "x", 0.2), push("a", "x", 0.1, origin="expert")), "a", "x") == 0.3
    assert direct(place([], guess, push("a", "x", 0.1, origin="estimated")), "a", "x") == 1
    effect = al.net_effects(place([], guess, push("a", "x", 0.2))).between("a", "x")
    assert effect is not None
    assert (effect.confidence, len(effect.path)) == (0.7, 1)


@pytest.mark.parametrize(("size", "net"), [(0.4, 0.05), (0.5, 0), (0.9, 0)])
def test_longer_walks_weaken_a_direct_effect_and_never_turn_it(size: float, net: float) -> None:
    system = place([], push("a", "x", 0.25), push("a", "b", 1), push("b", "x", -size))
    found = al.net_effects(system).between("a", "x")
    assert found is not None
    assert found.net == pytest.approx(net)
    assert [row.steps for row in found.path] == [0.25]


def test_complementary_measures_stay_apart() -> None:
    system = place([overlap("a", "b"), overlap("b", "x", "complementary")], push("a", "x", 1))
    assert direct(system, "b", "x") is None


def test_a_twin_is_no_way_round_a_clash() -> None:
    system = place([overlap("x", "y")], push("a", "x", -0.6))
    agencies = [*({"id": row.id, "name": row.name} for row in system.agencies), {"id": "two", "name": "Two"}]
    for on in ("x", "y"):
        rows = [target("who", "a", "increase"), target("two", on, "increase")]
        found = al.find_conflicts(system.replace(agencies=agencies, targets=rows), "spillover")
        assert [each.id for each in found] == [f"spillover.a-up.{on}-up"]
    told = [(row.table, row.row) for row in found[0].evidence]
    assert told[2:] == [("influences", "a>x"), ("overlaps", "x|y")]
