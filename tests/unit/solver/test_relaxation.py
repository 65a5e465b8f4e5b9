"""Relaxations behind a HiGHS that lies, and the branch and bound that rests on them: slower, and never wrong."""

from __future__ import annotations

import numpy as np
import pytest

from alignment.covering.tree import Tree
from alignment.solver import Clock
from alignment.solver.relaxation import Cut, Relaxation
from tests.covers import least_of as least_cover_of, random_covering
from tests.liars import LIES, Lie, When, always, lying_simplex, with_start
from tests.programmes import least_by_trying, linear_of, random_linear
from tests.thoroughly import most

lies = pytest.mark.parametrize("lie", LIES)


@pytest.mark.parametrize("seed", range(16))
def test_what_it_is_sure_of_is_a_bound_whatever_changes(seed: int) -> None:
    linear = random_linear(seed)
    relaxation = Relaxation(linear, Clock(60))
    dice = np.random.default_rng(seed)
    rows, least, most = linear.rows.toarray(), linear.least, linear.most
    costs = linear.costs
    for _ in range(3):
        columns = dice.permutation(linear.columns)[:2]
        relaxation.add_rows([Cut(columns.tolist(), (1.0, -1.0), -np.inf, 0.0)])
        row = np.zeros(relaxation.columns)
        row[columns] = 1, -1
        rows, least, most = np.vstack([rows, row]), np.append(least, -np.inf), np.append(most, 0.0)
        value = relaxation.solve()
        assert relaxation.sure
        assert value <= least_by_trying(linear_of(costs, rows, least, most)) + 1e-6
        assert relaxation.add_column(-1.0) == len(costs)
        costs, rows = np.append(costs, -1.0), np.column_stack([rows, np.zeros(len(rows))])
    first = linear.rows.shape[0]
    slack = relaxation.drop_slack(first)
    kept = np.delete(np.arange(len(rows)), slack + first)
    low, high = np.zeros(linear.columns), np.ones(linear.columns)
    low[0] = 1
    relaxation.bound(low, high)
    held = linear_of(costs, rows[kept], least[kept], most[kept])
    held.lower[0] = 1
    assert relaxation.rows == len(kept)
    value = relaxation.solve()
    assert relaxation.sure
    assert value <= least_by_trying(held) + 1e-6


@lies
def test_what_is_not_true_is_not_sure(lie: Lie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its point may be anything: only the value is used, and that is worked out anew."""
    lying_simplex(monkeypatch, lie)
    for seed in range(16):
        linear = random_linear(seed)
        relaxation = Relaxation(linear, Clock(60))
        value = relaxation.solve()
        assert not relaxation.sure or value <= least_by_trying(linear) + 1e-6, seed
        assert not relaxation.sure or lie not in ("status", "no time"), seed


def small(seed: int) -> bool:
    """Whether every row has a column, and lies cannot make more than some dozen branches."""
    covering = random_covering(seed, also=seed % 2 == 1)
    return covering.columns <= 5 and bool((np.diff(covering.matrix.indptr) > 0).all())


SMALL = [seed for seed in range(60) if small(seed)][: most(8, 2)]


@pytest.mark.parametrize("when", [with_start, always], ids=["start", "always"])
@lies
def test_branch_and_bound_on_lies_finds_the_best(lie: Lie, when: When, monkeypatch: pytest.MonkeyPatch) -> None:
    lying_simplex(monkeypatch, lie, when)
    for seed in SMALL:
        covering = random_covering(seed, also=seed % 2 == 1)
        tree = Tree(covering, Clock(60), None, 1 - 1e-6, threads=1 + seed % 3 // 2)
        tree.search(lambda: False, np.inf)
        outcome, least = tree.outcome(), least_cover_of(covering)
        assert (outcome.stopped, outcome.certain) == ("finished", True), seed
        assert outcome.infeasible == (least == np.inf), seed
        if outcome.values is not None:
            chosen = np.array(outcome.values[: covering.columns]) > 0.5
            assert covering.holds(chosen), seed
            assert covering.cost(chosen) == least, seed
            assert outcome.bound <= least, seed
