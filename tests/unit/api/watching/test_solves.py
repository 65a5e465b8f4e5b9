from __future__ import annotations

import pytest

from alignment.api.runs.question import Answered, Begun, Cancelled, Gone, Outcome, Question, Told
from alignment.api.runs.troubles import too_large, too_slow, trouble_of
from alignment.api.runs.where import Heard, Work
from alignment.api.watching.metrics import Metrics
from alignment.api.watching.solves import WatchedChildren
from alignment.errors import OptionError

from .test_metrics import figure


class Nothing:
    """Work that somebody else tells of."""

    def cancel(self) -> None:
        return


class Script:
    """Who answers as they are told."""

    free = warm = 3

    def __init__(self, *says: Begun | Told | Outcome) -> None:
        self.says, self.closed = says, False

    def begin(self, question: Question, hear: Heard) -> Work:
        work = Nothing()
        for what in self.says:
            hear(work, what)
        return work

    def close(self) -> None:
        self.closed = True


ENDS = [
    (Answered({}), None),
    (Answered({}, "time limit"), None),
    (Cancelled(), "cancelled"),
    (Gone(), "gone"),
    (too_slow(60), "time"),
    (too_large(1_000_000), "memory"),
    (trouble_of(MemoryError()), "memory"),
    (trouble_of(OptionError("steps is 0.")), None),
]


@pytest.mark.parametrize(("end", "reason"), ENDS)
def test_an_end_is_counted_once_and_told_on(end: Outcome, reason: str | None) -> None:
    metrics, heard = Metrics(), list[Begun | Told | Outcome]()
    says = Begun(7), Told("reach"), end
    WatchedChildren(Script(*says), metrics).begin(Question("propose", ()), lambda _, what: heard.append(what))
    assert tuple(heard) == says
    assert figure(metrics, "solve_seconds_count", verb="propose") == 1
    for each in ("cancelled", "time", "memory", "gone"):
        assert figure(metrics, "solves_given_up_total", reason=each) == (each == reason)


def test_what_no_child_took_was_no_solve() -> None:
    metrics = Metrics()
    WatchedChildren(Script(Cancelled()), metrics).begin(Question("propose", ()), lambda _, __: None)
    assert figure(metrics, "solve_seconds_count", verb="propose") is None
    assert figure(metrics, "solves_given_up_total", reason="cancelled") == 0


def test_the_rest_is_the_children_s() -> None:
    script = Script()
    watched = WatchedChildren(script, Metrics())
    assert watched.free == 3
    watched.close()
    assert script.closed
