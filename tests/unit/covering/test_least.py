"""Coverings against trying every set: each solver, and each part on its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from alignment.covering import Covering, least_cover
from alignment.covering.cuts import Cuts
from alignment.covering.estimate import Estimate
from alignment.covering.first import first_set
from alignment.covering.lagrange import priced
from alignment.covering.reduce import reduced
from alignment.covering.tree import Tree
from alignment.solver import Clock, How, Outcome
from tests.covers import least_of, random_covering, sets_of
from tests.thoroughly import most, part_of

WHOLE = 1 - 1e-6


def served(covering: Covering) -> bool:
    return bool((np.diff(covering.matrix.indptr) > 0).all())


def by_tree(threads: int) -> Callable[[Covering], Outcome]:
    def solve(covering: Covering) -> Outcome:
        tree = Tree(covering, Clock(60), None, WHOLE, threads)
        tree.begin()
        assert tree.done.wait(60)
        return tree.outcome()

    return solve


def by_solver(how: How) -> Callable[[Covering], Outcome]:
    return lambda covering: least_cover(covering, Clock(60), None, WHOLE, how)


SOLVERS: dict[str, tuple[Callable[[Covering], Outcome], int]] = {
    "tree": (by_tree(1), 150),
    "two threads": (by_tree(2), 100),
    "highs": (by_solver("highs"), 100),
    "cbc": (by_solver("cbc"), 50),
    "race": (by_solver("race"), 75),
}
OURS = ("tree", "two threads")
"""Those that are only asked where every row has a column."""


@pytest.mark.parametrize("name", SOLVERS)
@pytest.mark.parametrize("also", [False, True], ids=["covers", "with further rows"])
def test_it_is_the_least_of_all_sets(name: str, *, also: bool) -> None:
    solve, number = SOLVERS[name]
    for seed in part_of(range(number)):
        covering = random_covering(seed, also=also)
        if served(covering) or name not in OURS:
            check(covering, solve(covering), seed)


def check(covering: Covering, found: Outcome, seed: int) -> None:
    least = least_of(covering)
    assert found.stopped == "finished", seed
    assert found.infeasible == np.isinf(least), seed
    if found.values is not None:
        chosen = np.array(found.values[: covering.columns]) > 0.5
        assert covering.holds(chosen), seed
        assert covering.cost(chosen) == least, seed
        assert least - 1 <= found.bound + 1e-6, seed
        assert found.bound <= least + 1e-6, seed
        assert list(found.values) == covering.values(chosen).tolist(), seed


@pytest.mark.parametrize("also", [False, True])
def test_a_smaller_problem_has_the_same_least(*, also: bool) -> None:
    fewer = 0
    for seed in part_of(range(300)):
        covering = random_covering(seed, also=also)
        small = reduced(covering)
        fewer += small.covering.columns < covering.columns
        assert least_of(small.covering) == least_of(covering), seed
    assert also or fewer > most(50, 12)


def test_sets_go_into_the_smaller_problem_and_back_at_no_higher_cost() -> None:
    for seed in part_of(range(60), 2):
        covering = random_covering(seed)
        small = reduced(covering)
        for chosen in sets_of(covering.columns):
            if covering.holds(chosen):
                there = small.lower(chosen)
                assert small.covering.holds(there), seed
                assert small.covering.cost(there) <= covering.cost(chosen), seed
                assert covering.cost(small.lift(there)) == small.covering.cost(there), seed


def test_the_walk_gives_a_cover_and_keeps_its_sums() -> None:
    best = 0
    for seed in part_of(range(100)):
        covering = random_covering(seed)
        if served(covering):
            chosen = first_set(covering, lambda: False, steps=200)
            assert covering.holds(chosen), seed
            best += covering.cost(chosen) == least_of(covering)
            greedy = first_set(covering, lambda: True)
            assert covering.cost(greedy) >= covering.cost(chosen), seed
            assert (first_set(covering, lambda: False, steps=200) == chosen).all(), seed
    assert best > most(50, 8)


def test_prices_never_promise_too_much() -> None:
    for seed in part_of(range(100)):
        covering = random_covering(seed)
        if served(covering):
            least = least_of(covering)
            found = priced(covering, least, lambda: False)
            assert found.bound <= least + 1e-9, seed
            for chosen in sets_of(covering.columns):
                if covering.holds(chosen):
                    rise = np.where(chosen, np.maximum(found.reduced, 0), np.maximum(-found.reduced, 0)).sum()
                    assert covering.cost(chosen) >= found.bound + rise - 1e-9, seed


def test_every_cut_holds_for_every_set() -> None:
    """Relaxations bounded to one set cost at most what the set does, whatever was added."""
    for seed in part_of(range(60), 2):
        covering = random_covering(seed)
        if not served(covering):
            continue
        cuts = Cuts(covering, Clock(60))
        for _ in range(6):
            cuts.relaxation.solve()
            if not cuts.state_pairs() + cuts.state_cliques(1e-3) + cuts.state_products(1e-3, 50):
                break
        for chosen in sets_of(covering.columns):
            if covering.holds(chosen):
                cuts.relaxation.bound(chosen.astype(float), chosen.astype(float))
                assert cuts.relaxation.solve() <= covering.cost(chosen) + 1e-7, seed


def test_an_estimate_of_a_small_problem_is_proven() -> None:
    for seed in part_of(range(20)):
        covering = random_covering(seed)
        if served(covering):
            estimate = Estimate(covering, Clock(60), None, WHOLE, small=1e6)
            estimate.begin()
            assert estimate.done.wait(60)
            check(covering, estimate.outcome(), seed)


def test_a_start_is_taken() -> None:
    covering = next(each for each in map(random_covering, range(99)) if served(each) and len(each.pairs))
    start = covering.values(np.ones(covering.columns, dtype=bool)).tolist()
    for how in ("highs", "cbc", "race"):
        check(covering, least_cover(covering, Clock(60), start, WHOLE, how), 0)


def test_columns_that_pay_and_columns_in_between_go_to_the_solver() -> None:
    covering = next(each for each in map(random_covering, range(99)) if served(each) and len(each.pairs))
    pays = Covering(covering.matrix, -covering.costs, covering.pairs, covering.penalties, covering.whole)
    found = least_cover(pays, Clock(60), None, WHOLE)
    assert found.values is not None
    assert pays.cost(np.array(found.values[: pays.columns]) > 0.5) == least_of(pays)
    between = Covering(covering.matrix, covering.costs, covering.pairs, covering.penalties, ~covering.whole)
    looser = least_cover(between, Clock(60))
    assert looser.bound <= least_of(covering) + 1e-6


def test_no_thread_is_left() -> None:
    before = threading.active_count()
    for seed in part_of(range(20)):
        least_cover(random_covering(seed), Clock(60), None, WHOLE, "race")
    for thread in threading.enumerate()[before:]:
        thread.join(5)
    assert threading.active_count() <= before
