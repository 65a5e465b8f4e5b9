"""Solvers that lie, one at a time and all together: an answer is right, or says that it is not proven."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from alignment.errors import SolverTrouble
from alignment.linear import Linear
from alignment.solver import Clock, How, Outcome, ladder, minimise
from alignment.solver.check import holds, objective
from alignment.solver.highs import Highs
from tests.liars import LIES, Lie, When, always, lying_cbc, lying_highs, with_presolve, with_start
from tests.programmes import least_by_trying, linear_of, points, random_linear
from tests.running import posix
from tests.thoroughly import part_of

GAP = 1 - 1e-6
SEEDS = part_of(range(10), 3)
FEW = (4, 7)
"""One without a point, and one with sixteen: for those that cost a process each."""
HOWS: tuple[How, ...] = ("highs", "cbc", "race")
WHENS = pytest.mark.parametrize("when", [with_start, with_presolve, always], ids=["start", "presolve", "always"])
lies = pytest.mark.parametrize("lie", LIES)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files go; nothing is left in it."""
    home = tmp_path / "files"
    home.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    yield tmp_path
    assert list(home.iterdir()) == []


def start_of(linear: Linear) -> list[float] | None:
    """The worst point there is."""
    known = points(linear)
    return max(known, key=lambda each: objective(linear, each)).tolist() if known else None


def ask(linear: Linear, how: How = "highs", start: list[float] | None = None) -> Outcome:
    return minimise(linear, Clock(60), start, GAP, how)


def right(linear: Linear, outcome: Outcome) -> None:
    """It is the best of all points, or there is none."""
    least = least_by_trying(linear)
    assert outcome.stopped == "finished"
    assert outcome.infeasible == (least == np.inf)
    if outcome.values is not None:
        assert holds(linear, outcome.values)
        assert objective(linear, outcome.values) == least
        assert outcome.bound <= least + 1e-6


def honest(linear: Linear, outcome: Outcome) -> None:
    """It is right, or it says that nothing is proven, and says nothing else that is wrong."""
    if outcome.stopped == "finished":
        right(linear, outcome)
        return
    assert outcome.stopped == "solvers disagree"
    assert not outcome.infeasible
    assert outcome.bound <= least_by_trying(linear) + 1e-6
    assert outcome.values is None or holds(linear, outcome.values)


@WHENS
@lies
def test_of_a_lying_highs_only_the_truth_is_left(lie: Lie, when: When, monkeypatch: pytest.MonkeyPatch) -> None:
    lying_highs(monkeypatch, lie, when)
    for seed in SEEDS:
        linear = random_linear(seed)
        right(linear, ask(linear, "highs", start_of(linear)))


@posix
@pytest.mark.parametrize("when", part_of(["start", "presolve", "True"], 2))
@lies
def test_of_a_lying_cbc_only_the_truth_is_left(
    lie: Lie, when: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying_cbc(monkeypatch, folder, lie, when)
    for seed in FEW:
        linear = random_linear(seed)
        right(linear, ask(linear, "cbc", start_of(linear)))


@posix
@lies
def test_in_a_race_one_that_lies_is_out_and_the_other_goes_on(
    lie: Lie, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in FEW:
        linear = random_linear(seed)
        with monkeypatch.context() as patch:
            lying_highs(patch, lie)
            right(linear, ask(linear, "race", start_of(linear)))
        with monkeypatch.context() as patch:
            lying_cbc(patch, folder, lie)
            patch.setattr(ladder, "HEAD_START", 0.0)
            right(linear, ask(linear, "race", start_of(linear)))


@posix
@pytest.mark.parametrize("how", part_of(HOWS, 2))
@lies
def test_where_all_lie_nothing_is_proven(lie: Lie, how: How, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lying_highs(monkeypatch, lie)
    lying_cbc(monkeypatch, folder, lie)
    for seed in FEW:
        linear = random_linear(seed)
        start = start_of(linear)
        outcome = ask(linear, how, start)
        honest(linear, outcome)
        if start is not None:
            assert outcome.values is not None
            assert objective(linear, outcome.values) <= objective(linear, start)


def test_what_cannot_be_proven_is_said_to_those_who_ask_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    lying_highs(monkeypatch, "point")
    monkeypatch.setitem(ladder.SOLVERS, "cbc", Highs)
    clock = Clock(60)
    outcome = minimise(KNAPSACK, clock.part(0.5), [0.0, 0.0, 0.0], GAP)
    assert (outcome.stopped, outcome.values) == ("solvers disagree", (0, 0, 0))
    assert -11 <= outcome.bound <= -9
    assert (clock.stopped, clock.ending) == ("finished", "solvers disagree")
    monkeypatch.undo()
    assert minimise(KNAPSACK, Clock(60), None, GAP).stopped == "finished"


KNAPSACK = linear_of([-4, -5, -6], [[3, 4, 5]], [-np.inf], [8])
"""The first and the last fit, worth 10; the relaxation is worth 10.25."""


class Counted:
    """Who was asked, and how."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[tuple[str, bool, bool]] = []
        for name, solver in dict(ladder.SOLVERS).items():
            monkeypatch.setitem(ladder.SOLVERS, name, self._counting(name, solver))

    def _counting(self, name: str, solver: Any) -> Callable[..., Any]:
        def made(linear: Linear, clock: Clock, start: Any, gap: float, *, presolve: bool = True) -> Any:
            self.asked.append((name, start is not None, presolve))
            return solver(linear, clock, start, gap, presolve=presolve)

        return made


def test_one_who_is_honest_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(monkeypatch)
    for seed in SEEDS:
        linear = random_linear(seed)
        counted.asked.clear()
        right(linear, ask(linear, "highs", start_of(linear)))
        assert [each for each, _, _ in counted.asked] == ["highs"], seed


def test_one_who_lies_is_asked_again_in_this_order(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    lying_highs(monkeypatch, "point")
    counted = Counted(monkeypatch)
    ask(KNAPSACK, "highs", [0.0, 0.0, 0.0])
    assert counted.asked == [("highs", False, True), ("highs", False, False), ("cbc", False, True)]


ODD = linear_of([0] * 24, [[2] * 24], [25], [25])
"""Twos never add up to an odd number; too many branches for a proof of our own."""


def test_that_there_is_none_is_said_by_both_solvers(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(monkeypatch)
    outcome = ask(ODD)
    assert (outcome.infeasible, outcome.stopped) == (True, "finished")
    assert counted.asked == [("highs", False, True), ("highs", False, False), ("cbc", False, True)]


EVEN = linear_of([1] * 24, [[2] * 24], [24], [24])


def never(*_: object) -> bool:
    return False


@pytest.mark.parametrize("when", [with_presolve, always], ids=["presolve", "always"])
def test_that_there_is_none_is_not_believed_of_one_alone(when: When, monkeypatch: pytest.MonkeyPatch) -> None:
    lying_highs(monkeypatch, "infeasible", when)
    monkeypatch.setattr(ladder, "emptiness", never)
    outcome = ask(EVEN)
    assert (outcome.stopped, outcome.infeasible) == ("finished", False)
    assert outcome.values is not None
    assert sum(outcome.values) == 12


@posix
@pytest.mark.parametrize("how", HOWS)
def test_cbc_whose_presolve_finds_nothing_is_not_believed(
    how: How, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying_cbc(monkeypatch, folder, "infeasible", "presolve")
    monkeypatch.setattr(ladder, "emptiness", never)
    monkeypatch.setattr(ladder, "HEAD_START", 0.0)
    right(KNAPSACK, ask(KNAPSACK, how))


def test_without_another_solver_one_has_to_say_it_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> Any:  # pyright: ignore[reportUnusedFunction]
        raise AssertionError

    class Nobody(Highs):
        def begin(self) -> None:
            raise SolverTrouble("There is no CBC for this machine.")

    monkeypatch.setitem(ladder.SOLVERS, "cbc", Nobody)
    assert ask(ODD).infeasible
    lying_highs(monkeypatch, "infeasible", with_presolve)
    monkeypatch.setattr(ladder, "emptiness", never)
    right(KNAPSACK, ask(KNAPSACK))


def test_nothing_is_asked_again_when_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    lying_highs(monkeypatch, "point")
    counted = Counted(monkeypatch)
    outcome = minimise(KNAPSACK, Clock(0.001), [0.0, 0.0, 0.0], GAP)
    assert (outcome.stopped, outcome.values) == ("time limit", (0, 0, 0))
    assert len(counted.asked) == 1


def test_a_start_that_is_none_does_no_harm() -> None:
    for start in ([1.0, 1.0, 1.0], [0.5, 0.5, 0.5]):
        right(KNAPSACK, ask(KNAPSACK, "highs", start))


def test_a_programme_without_columns_is_true_or_false() -> None:
    for least, most, met in ((-1, 1, True), (0, 0, True), (1, 2, False), (-2, -1, False)):
        linear = linear_of([], np.zeros((1, 0)), [least], [most])
        outcome = ask(linear)
        assert (outcome.stopped, outcome.infeasible, outcome.values) == ("finished", not met, () if met else None)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("seed", SEEDS[:8])
def test_without_whole_columns_the_bound_is_proved_by_its_numbers(seed: int, how: How) -> None:
    linear = random_linear(seed)
    loose = linear_of(linear.costs, linear.rows.toarray(), linear.least, linear.most, whole=False)
    outcome = minimise(loose, Clock(60), how=how)
    assert outcome.stopped == "finished"
    if outcome.values is not None:
        assert outcome.numbers is not None
        assert outcome.bound == pytest.approx(objective(loose, outcome.values), abs=1e-5)
        assert outcome.bound <= least_by_trying(linear) + 1e-6


@lies
def test_of_a_lying_linear_programme_only_the_truth_is_left(lie: Lie, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in part_of(range(6), 2):
        linear = random_linear(seed)
        loose = linear_of(linear.costs, linear.rows.toarray(), linear.least, linear.most, whole=False)
        truth = minimise(loose, Clock(60))
        with monkeypatch.context() as patch:
            lying_highs(patch, lie)
            found = minimise(loose, Clock(60))
        assert (found.stopped, found.infeasible) == ("finished", truth.infeasible)
        assert found.bound == pytest.approx(truth.bound, abs=1e-4)
