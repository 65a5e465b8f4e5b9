"""The frontier against brute force over all subsets: every point and every set, also those that no price finds."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import pytest

import alignment as al
from alignment.aligned_set.frontier import knee
from alignment.models import System
from alignment.models.answers.frontier import Frontier, FrontierPoint
from alignment.models.options.aligned_set import Options
from tests.oracle import Oracle
from tests.properties.test_achievable_law import Possible, movable
from tests.properties.test_proposal_law import some_options
from tests.random_systems import random_system, shuffled
from tests.small import Cells, measures, push, small, target
from tests.thoroughly import part_of

BATCHES = 12
EACH = 10

Worth = tuple[Fraction, int]
"""Burden, and what is left in millionths."""


def priceless(seed: int, system: System) -> Options:
    return some_options(seed, system).model_copy(update={"price": None})


def anything(_: set[str]) -> bool:
    return True


def wanted(
    oracle: Oracle, options: Options, possible: Callable[[set[str]], bool] = anything
) -> dict[Worth, tuple[str, ...]]:
    """The points and the set of each, by trying every subset."""
    names = sorted(oracle.measures)
    subsets = (set(kept) for number in range(len(names) + 1) for kept in combinations(names, number))
    able = [kept for kept in subsets if oracle.allowed(kept, options) and possible(kept)]
    keys = [oracle.key(kept, options) for kept in able]
    gaps = min((key[0] for key in keys), default=None)
    # After conflict, burden and whatever weighs them: voice, holders or what is unsaid, number, ids.
    first: dict[Worth, tuple[Any, ...]] = {}
    for kept, key in zip(able, keys, strict=True):
        if key[0] == gaps:
            worth, rest = worth_of(oracle, kept, options), key[-4:]
            first[worth] = min(first.get(worth, rest), rest)
    return {
        worth: rest[-1]
        for worth, rest in first.items()
        if not any(other != worth and other[0] <= worth[0] and other[1] <= worth[1] for other in first)
    }


def worth_of(oracle: Oracle, kept: set[str], options: Options) -> Worth:
    """Burden, and what is left: conflict and unsaid."""
    return oracle.burden(kept), oracle.residual(kept) + oracle.unsaid(kept, options)


def told_of(found: Frontier) -> dict[Worth, tuple[str, ...]]:
    return {(Fraction(p.burden), round(p.left * 1_000_000)): p.measures for p in found.points}


@pytest.mark.parametrize("batch", part_of(range(BATCHES), 6))
def test_every_point_and_every_set(batch: int) -> None:
    for seed in range(batch * EACH, (batch + 1) * EACH):
        system = random_system(seed)
        options = priceless(seed, system)
        points = wanted(Oracle(system, options.tolerance, options), options)
        if not points:
            with pytest.raises(al.NoAlignedSet, match="together"):
                al.frontier(system, options=options)
            continue
        found = al.frontier(system, options=options)
        assert told_of(found) == points, seed
        assert (found.complete, found.proven, found.stopped) == (True, True, "finished"), seed
        assert all(point.first for point in found.points), seed


@pytest.mark.parametrize("batch", part_of(range(4), 4))
def test_every_point_whose_targets_can_all_be_met(batch: int) -> None:
    compared = 0
    for seed in range(batch * 20, batch * 20 + 20):
        system = movable(seed)
        options = Options(achievable=True, max_concession=(0.0, 0.5)[seed % 2], balance=False)
        possible = Possible(system, options.max_concession)
        if not possible.all_met(set()):
            continue
        points = wanted(Oracle(system, options.tolerance, options), options, possible.all_met)
        found = al.frontier(system, options=options)
        assert told_of(found) == points, seed
        assert found.complete, seed
        compared += 1
    assert compared


@pytest.mark.parametrize("seed", part_of(range(400, 440)))
def test_the_points_fall_from_either_end(seed: int) -> None:
    system = random_system(seed)
    found = al.frontier(system)
    assert all(a.burden < b.burden and a.left > b.left for a, b in pairwise(found.points))
    for before, after in pairwise(found.points):
        assert set(after.measures) == (set(before.measures) | set(after.comes)) - set(after.goes)
    other = al.frontier(shuffled(system, seed), order="burden-first")
    assert [point.measures for point in other.points] == [point.measures for point in found.points]


def same(one: str, two: str) -> Cells:
    """Either says what the other says, so that nothing is left unsaid."""
    return {"measure_a": one, "measure_b": two, "kind": "same"}


def stairs() -> System:
    """Three duties, each with a dear measure and a cheap one that clashes with a measure that is needed anyway.

    The middle of three points lies above the line between the others: no price finds it.
    """
    return small(
        outcomes=[{"id": name, "name": name} for name in ("one", "two", "needed")],
        measures=[
            *measures("one-dear", outcome="one", cost=11),
            *measures("one-cheap", outcome="one", cost=1),
            *measures("two-dear", outcome="two", cost=15),
            *measures("two-cheap", outcome="two", cost=1),
            *measures("needed", outcome="needed", cost=1),
        ],
        targets=[
            target("a", "needed", "increase"),
            *(target("a", f"{name}-{kind}", "increase") for name in ("one", "two") for kind in ("dear", "cheap")),
        ],
        influences=[
            push("one-cheap", "needed", -0.3),
            push("two-cheap", "needed", -1.0),
            # Rows of its own: nothing is borrowed from the cheap one that it says the same as.
            *(push(f"{name}-dear", "needed", 0.01) for name in ("one", "two")),
        ],
        overlaps=[same(f"{name}-dear", f"{name}-cheap") for name in ("one", "two")],
    )


def test_a_point_that_no_price_finds() -> None:
    found = al.frontier(stairs(), balance=False)
    worth = [(point.burden, point.conflict) for point in found.points]
    assert worth == [(3, 1.3), (13, 1.0), (17, 0.3), (27, 0.0)]
    prices = {al.propose(stairs(), balance=False, price=price).measures for price in (0.1, 1, 5, 15, 25, 30, 40, 1000)}
    assert found.points[1].measures not in prices
    assert found.points[2].measures in prices
    assert found.knee == 3


def point(burden: float, conflict: float) -> FrontierPoint:
    lists = dict.fromkeys(("measures", "measure_names", "comes", "comes_names", "goes", "goes_names"), ())
    worth = {"burden": burden, "left": conflict, "conflict": conflict, "unsaid": 0.0, "lost": 0.0}
    return FrontierPoint(**worth, proven=True, first=True, sentence="", **lists)


@pytest.mark.parametrize(
    ("points", "at"),
    [
        ([(1, 5)], None),
        ([(1, 5), (2, 0)], None),
        ([(0, 4), (1, 1), (4, 0)], 2),
        ([(0, 4), (2, 2), (4, 0)], None),
        ([(0, 4), (3, 3), (4, 0)], None),
        ([(0, 4), (1, 2), (2, 1), (4, 0)], None),
    ],
)
def test_a_knee_is_one_point_below_the_line(points: list[tuple[float, float]], at: int | None) -> None:
    assert knee([point(*worth) for worth in points]) == at


def dense() -> System:
    """Three duties, each with a dear measure and a cheap one that clashes: every combination is a point."""
    names = ("one", "two", "three")
    sizes = dict(zip(names, (1, 2, 4), strict=True))
    dear = [row for name in names for row in measures(f"{name}-dear", outcome=name, cost=1 + sizes[name])]
    cheap = [row for name in names for row in measures(f"{name}-cheap", outcome=name, cost=1)]
    rows = [*dear, *cheap, *measures("needed", outcome="needed", cost=1)]
    return small(
        outcomes=[{"id": name, "name": name} for name in (*names, "needed")],
        measures=rows,
        targets=[target("a", row["id"], "increase") for row in rows],
        influences=[
            *(push(f"{name}-cheap", "needed", -sizes[name] / 4) for name in names),
            *(push(f"{name}-dear", "needed", 0.01) for name in names),
        ],
        overlaps=[same(f"{name}-dear", f"{name}-cheap") for name in names],
    )


@pytest.mark.parametrize("after", part_of(range(2, 16), 3))
def test_whoever_stops_it_gets_what_there_is(after: int) -> None:
    system, heard = dense(), list[str]()

    def progress(words: str) -> None:
        heard.append(words)
        if len(heard) >= after:
            raise KeyboardInterrupt

    whole = al.frontier(system, balance=False)
    assert len(whole.points) == 8
    if after <= 3:  # the programme, the duties, the first point
        with pytest.raises(KeyboardInterrupt):
            al.frontier(system, progress=progress, balance=False)
        return
    found = al.frontier(system, progress=progress, balance=False)
    assert found.stopped == "interrupted"
    worth = {(p.burden, p.conflict) for p in whole.points}
    assert {(p.burden, p.conflict) for p in found.points if p.proven} <= worth
    assert not found.complete or len(found.points) == len(whole.points)
    assert "there may be more" in found.headline or found.complete


def test_a_limit_gives_both_ends_and_a_few_between() -> None:
    system = dense()
    whole = al.frontier(system, balance=False)
    found = al.frontier(system, limit=3, balance=False)
    ends = [found.points[at].measures for at in (0, -1)]
    assert ends == [whole.points[at].measures for at in (0, -1)]
    assert (len(found.points), found.complete, found.stopped, found.knee) == (3, False, "finished", None)
    assert found.proven


def test_no_time_gives_a_marked_point() -> None:
    found = al.frontier(dense(), time_limit=1e-9, balance=False)
    assert found.stopped == "time limit"
    assert not found.complete
    assert not any(point.proven for point in found.points)
    assert "not proven" in str(found)


def test_what_is_refused() -> None:
    with pytest.raises(al.UnknownWord, match="'price' is not an option of frontier"):
        al.frontier(stairs(), price=1.0)  # pyright: ignore[reportCallIssue]
    with pytest.raises(al.OptionError, match="limit: 1 is below 2"):
        al.frontier(stairs(), limit=1)
