"""Ring-fence: caps and floors by hand, and against another solver on other code."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

import alignment as al
from alignment.models import System
from tests.movement import Movement
from tests.random_moves import random_moves
from tests.small import Cells, measures, small, target
from tests.thoroughly import part_of


def place(capacity: float | None = 10, **more: Any) -> System:
    """Visits (2 staff a step) are to go up by three steps, checks (3 staff, half the weight) by two; 4 are busy."""
    cells: dict[str, Any] = {
        "measures": measures("visits", "checks", baseline=10, step=1),
        "targets": [
            target("council", "visits", "at_least", 13, id="visits-13"),
            target("trust", "checks", "at_least", 12, id="checks-12", weight=0.5),
        ],
        "resources": [{"id": "staff", "capacity": capacity, "in_use": 4, "owner": "trust", "unit": "nurses"}],
        "draws": [
            {"measure": "visits", "resource": "staff", "moving": "up", "per_step": 2},
            {"measure": "checks", "resource": "staff", "moving": "down", "per_step": -3},
        ],
    }
    return small(**{**cells, **more})


def test_a_cap_by_hand() -> None:
    # All of it takes 4 + 3 * 2 + 2 * 3 = 16. Of 10 there are 6 left: a step of visits spares 1 for 2 nurses, one of
    # checks 1/2 for 3, so visits go first and take all 6; checks fall short by 2 steps, which weigh 1. One nurse more
    # is a third of a step of checks: 1/6.
    found = al.ring_fence(place())
    (row,) = found.limits
    assert (row.resource, row.what, row.owner, row.in_use, row.wanted) == ("staff", "cap", "trust", 4, 16)
    assert (found.conceded, row.before.limit, row.before.binds, row.before.spares) == (1, 10, True, 1)
    assert row.before.price == pytest.approx(1 / 6, abs=1e-5)
    assert (row.before.agencies, row.before.targets) == (("trust",), ("checks-12",))
    assert (row.after, found.conceded_after, found.missing, found.reaches) == (None, None, (), ())
    assert found.paragraph == (
        "The cap of “Staff” (10 nurses) binds: it leaves targets short of what they ask by 1 step; Trust would gain "
        "without it. About 6 nurses more would spare one step."
    )


def test_before_and_after_by_hand() -> None:
    # With 13 there are 3 more: a step of checks; half of what weighs 1/2 a step is left. With 16 nothing is.
    some, all_of_it = (al.ring_fence(place(), cap={"staff": cap}) for cap in (13, 16))
    then = some.limits[0].after
    assert then is not None
    assert (some.conceded, some.conceded_after, then.limit, then.binds, then.spares) == (1, 0.5, 13, True, 0.5)
    assert then.price == pytest.approx(1 / 6, abs=1e-5)
    then = all_of_it.limits[0].after
    assert then is not None
    assert (all_of_it.conceded_after, then.binds, then.price, then.agencies) == (0, False, 0, ())
    assert all_of_it.limits[0].before == some.limits[0].before
    assert all_of_it.paragraph.endswith(
        "With it at 16 nurses targets fall short by 0 steps in all, where today it is 1. Then no cap or floor binds "
        "any more."
    )
    assert some.paragraph.endswith("where today it is 1. Then the cap of “Staff” still binds.")
    assert [*all_of_it.to_frame()["binds_after"]] == [False]


def test_a_ring_fence_by_hand() -> None:
    # 8 has to be used, 5 is: spending has to go up by three steps, where it may by one. Two steps short, one for each
    # unit that has to be used.
    system = small(
        measures=measures("spending", baseline=10, step=1),
        targets=[target("council", "spending", "at_most", 11, id="top")],
        resources=[{"id": "grant", "floor": 8, "in_use": 5}],
        draws=[{"measure": "spending", "resource": "grant", "moving": "up", "per_step": 1}],
    )
    found = al.ring_fence(system, floor={"grant": 6})
    (row,) = found.limits
    assert (row.what, row.before.limit, row.before.binds, row.before.spares) == ("ring-fence", 8, True, 2)
    assert row.before.price == pytest.approx(1, abs=1e-5)
    assert row.after is not None
    assert (row.after.limit, row.after.binds, row.after.price) == (6, False, 0)
    assert "About 1 less that must be used would spare one step." in found.paragraph
    # What is asked only of another cap leaves the ring-fence as it is, and a cap comes to be.
    both = al.ring_fence(system, cap={"grant": 8})
    assert [(row.what, row.before.limit, row.before.binds, row.after and row.after.binds) for row in both.limits] == [
        ("ring-fence", 8, True, True),
        ("cap", None, False, False),
    ]


def test_no_number_is_guessed() -> None:
    nothing = al.ring_fence(place(None))
    assert nothing.limits == ()
    assert nothing.conceded is None
    assert nothing.paragraph == ("The 1 resource has no cap or floor in numbers, so which binds is not known.")
    assert nothing.missing == (
        "In resources capacity and floor are blank of 1 of 1 (Staff): they would say how much there is to use.",
    )
    vague = place(draws=[{"measure": "visits", "resource": "staff", "moving": "up"}])
    found = al.ring_fence(vague, cap={"staff": 5})
    assert [(row.before.binds, row.after and row.after.binds, row.wanted) for row in found.limits] == [
        (None, None, None)
    ]
    # 4 of 10 nurses are busy: 6 are left, though nobody says what a step takes.
    assert found.paragraph.startswith(
        "Of “Staff” 4 of 10 nurses are in use (40%). Which of these holds targets back is not known: no "
        "move draws on them in numbers."
    )
    assert found.missing[0].startswith("In draws per_step is blank wherever Staff is drawn on")
    assert al.ring_fence(small(measures=measures("a"), targets=[target("council", "a", "increase")])).limits == ()


def test_what_is_full_is_said_without_numbers() -> None:
    full: list[Cells] = [{"id": "beds", "limited": True}, {"id": "staff"}]
    found = al.ring_fence(place(resources=full, draws=[]))
    assert "One is given as limited, without a figure: “Beds”." in found.paragraph
    assert [(row.resource, row.limited, row.left) for row in found.rooms] == [("beds", True, None)]
    assert found.missing[-1] == "No row of draws names Beds and Staff: it would say which moves use it."


def test_what_is_left_is_told_without_draws() -> None:
    # Of 80 beds 60 are taken: three quarters, 20 left. The grant (8) is used up, half of it ring-fenced; the pool has 6
    # where 5 are allowed. Of the hours only the floor is known, of the staff nothing but that there are too few.
    rows: list[Cells] = [
        {"id": "beds", "capacity": 80, "in_use": 60, "unit": "beds"},
        {"id": "grant", "capacity": 8, "in_use": 8, "floor": 4, "unit": "GBP m"},
        {"id": "hours", "floor": 3},
        {"id": "pool", "capacity": 5, "in_use": 6},
        {"id": "staff", "limited": True},
        {"id": "vans"},
    ]
    found = al.ring_fence(place(resources=rows, draws=[]))
    assert [(row.resource, row.left, row.used, row.floor_share) for row in found.rooms] == [
        ("beds", 20, 0.75, None),
        ("grant", 0, 1, 0.5),
        ("hours", None, None, None),
        ("pool", -1, 1.2, None),
        ("staff", None, None, None),
    ]
    assert found.paragraph == (
        "Of “Pool” 6 of 5 are in use, 1 more than the cap. All of “Grant” (GBP 8 million) is in use; GBP 4 million of "
        "it (50%) is ring-fenced. Of “Hours” at least 3 must be used. One more is given as limited, without a figure: "
        "“Staff”. Which of these holds targets back is not known: no move draws on them in numbers."
    )


def test_rules_of_payment_cap_without_a_price() -> None:
    # Two caps of one payer in one sentence; a penalty is none, nor is a cap that ended before this year.
    def pay(measure: str, basis: str, **more: Any) -> Cells:
        return {
            "payer": "trust",
            "payee": "council",
            "measure": measure,
            "pays_for": "decrease",
            "basis": basis,
            **more,
        }

    rules = [pay("visits", "cap"), pay("checks", "cap"), pay("visits", "penalty"), pay("checks", "cap", due="2029")]
    found = al.ring_fence(place(incentives=rules).replace(about={"year": 2030}))
    assert [(row.payer, row.payee, row.measure) for row in found.payment_caps] == [
        ("trust", "council", "checks"),
        ("trust", "council", "visits"),
    ]
    assert found.paragraph.endswith(
        "Rules of payment set caps too, which have no shadow price: Trust caps “Checks” and “Visits” of Council."
    )
    assert found.limits[0].before.binds is True
    assert "trust|council|visits" in found.payment_caps[1].incentive


def test_what_cannot_be_kept_is_said() -> None:
    # 4 are in use, and neither measure can go down: a cap of 3 cannot be kept.
    low: list[Cells] = measures("visits", "checks", baseline=10, step=1, floor=10)
    now = al.ring_fence(place(3, measures=low))
    assert (now.conceded, now.limits[0].before.binds) == (None, None)
    assert now.paragraph == "1 cap or floor cannot be kept, even if no target is met."
    then = al.ring_fence(place(measures=low), cap={"staff": 3})
    assert then.limits[0].before.binds is True
    assert then.paragraph.endswith("With it at 3 nurses the caps and floors cannot be kept, whatever anybody does.")


def test_a_cap_that_does_not_bind_and_targets_that_quarrel() -> None:
    quarrel = [
        target("council", "visits", "at_least", 11, id="up"),
        target("trust", "visits", "at_most", 10, id="down"),
    ]
    found = al.ring_fence(place(targets=quarrel))
    assert (found.conceded, found.limits[0].before.binds, found.limits[0].before.price) == (1, False, 0)
    assert found.paragraph == (
        "The cap of “Staff” (10 nurses) does not bind. Targets fall short by 1 step all the same, for other reasons."
    )


def test_what_is_not_assessed_is_said() -> None:
    some = [{"id": "visits", "baseline": 10, "step": 1}, {"id": "checks"}]
    found = al.ring_fence(place(measures=some))
    assert (found.assessed, [row.target for row in found.not_assessed]) == (1, ["checks-12"])
    assert found.missing == (
        "1 target is not assessed, as baseline is blank in measures (“Checks”): it would say what they need.",
    )


def test_an_unknown_resource_is_said() -> None:
    with pytest.raises(al.UnknownWord, match=r"'staf' is not a resource\. Did you mean 'staff'"):
        al.ring_fence(place(), cap={"staf": 3})


def test_the_order_of_rows_changes_nothing() -> None:
    system = place()
    turned = system.replace(measures=system.measures[::-1], targets=system.targets[::-1], draws=system.draws[::-1])
    assert al.ring_fence(turned) == al.ring_fence(system)


@pytest.mark.parametrize("seed", part_of(range(60), 15))
def test_it_is_what_another_solver_finds(seed: int) -> None:
    system = random_moves(seed, targets=6)
    found, now = al.ring_fence(system), conceded(system)
    if found.conceded is None:
        assert all(row.before.binds is None for row in found.limits)
        return
    assert found.conceded == pytest.approx(now, abs=1e-4)
    for row in found.limits:
        if row.before.binds is None:
            continue
        column = "capacity" if row.what == "cap" else "floor"
        without = conceded(moved(system, row.resource, column, None))
        assert row.before.spares == pytest.approx(now - without, abs=1e-4)
        assert row.before.binds == (now - without > 1e-5)
        # The sum is convex in a cap: a unit more spares no more than the first bit of it does, and 0.001 as much.
        step = 0.001 if row.what == "cap" else -0.001
        near = conceded(moved(system, row.resource, column, step))
        assert row.before.price == pytest.approx((now - near) / 0.001, rel=0.02, abs=2e-3)


def moved(system: System, resource: str, column: str, far: float | None) -> System:
    """The system with a cap or floor further out, or without it."""
    rows = [row.model_dump(exclude_none=True) for row in system.resources]
    for row in rows:
        if row["id"] == resource:
            row[column] = None if far is None else row[column] + far
    return system.replace(resources=rows)


def conceded(system: System) -> float:
    """The least sum of steps times weight, by scipy."""
    movement = Movement(system)
    names = sorted(movement.asked)
    rows = [(line, most, None) for line, most in movement.hard]
    rows += [(line, most, name) for name in names for line, most in movement.asked[name]]
    place_of = {mark: at for at, mark in enumerate(movement.columns)}
    matrix, size = np.zeros((len(rows), len(place_of) + len(names))), len(place_of)
    for at, (line, _, name) in enumerate(rows):
        for mark, number in line.items():
            matrix[at, place_of[mark]] = number
        if name is not None:
            matrix[at, size + names.index(name)] = -1
    weight = {row.id or "": 1.0 if row.weight is None else row.weight for row in system.targets}
    bounds = [(0, movement.far[m]) for _, m, _ in movement.columns] + [(0, None) for _ in names]
    costs = [0.0] * size + [weight[name] for name in names]
    done: Any = linprog(costs, matrix, [most for _, most, _ in rows], bounds=bounds)
    return float(done.fun) if done.status == 0 else math.nan


def test_each_cap_and_floor_is_a_sentence() -> None:
    # 300 of 400 hours are in use and targets want 600; a cap of 600 lets all of them.
    text = al.ring_fence(al.read("winter-pressure"), cap={"home-care-hours": 600}).to_text(200)
    assert (
        "  Home care hours that can be staffed: 300 hours a week in use; 100 left; 600 wanted by targets; the cap of "
        "400 binds; after the change the cap of 600 does not bind"
    ) in text.splitlines()
    england = al.ring_fence(al.read("england-2026")).to_text(200)
    assert (
        "  Homelessness Prevention Grant: GBP 633 million in use; none left; whether the cap of 633 binds is not known"
    ) in england.splitlines()
