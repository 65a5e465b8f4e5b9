"""Some who search for the same: whoever ends is heard."""

from __future__ import annotations

import pytest

from alignment.solver import Clock, Outcome
from alignment.solver.rivals import Rival, race
from tests.programmes import linear_of

KNAPSACK = linear_of([-1, -1], [[1, 1]], [0], [1])


class Ending(Rival):
    """One that has ended from some look on, and found a set."""

    def __init__(self, looks: int) -> None:
        self._looks = looks

    def begin(self) -> None:
        pass

    @property
    def ended(self) -> bool:
        self._looks -= 1
        return self._looks < 0

    def cancel(self) -> None:
        pass

    def end(self) -> None:
        pass

    def outcome(self) -> Outcome:
        if self._looks >= 0:
            return Outcome(None, -float("inf"), infeasible=False, stopped="time limit")
        return Outcome((1.0, 0.0), -1.0, infeasible=False, stopped="finished")


@pytest.mark.parametrize("rivals", [1, 2])
@pytest.mark.parametrize("looks", range(9))
def test_one_that_ends_between_two_looks_is_heard(looks: int, rivals: int) -> None:
    outcome = race([(0.0, Ending(looks + at)) for at in range(rivals)], KNAPSACK, Clock(60))
    assert (outcome.stopped, outcome.values) == ("finished", (1, 0))
