"""Figures of the questions that children answer."""

from __future__ import annotations

import time

from alignment.api.runs.question import Begun, Cancelled, Gone, Outcome, Question, Told, Trouble
from alignment.api.runs.troubles import MEMORY, TIME
from alignment.api.runs.where import Heard, Where, Work

from .metrics import Metrics, Reason


class WatchedChildren:
    """Children whose questions are timed and counted; to be handed to a keeper in their place.

    Parameters
    ----------
    children
        Who answers.
    metrics
        Where that is counted.
    """

    def __init__(self, children: Where, metrics: Metrics) -> None:
        self._children, self._metrics = children, metrics

    @property
    def free(self) -> int:
        """How many questions more may be begun now."""
        return self._children.free

    @property
    def warm(self) -> int:
        """How many are ready or at work."""
        return self._children.warm

    def begin(self, question: Question, hear: Heard) -> Work:
        """Put a question to them.

        Raises
        ------
        RuntimeError
            Nobody can be asked.
        """
        return self._children.begin(question, _Ear(question.verb, hear, self._metrics))

    def close(self) -> None:
        """End all that goes on."""
        self._children.close()


class _Ear:
    """Hears what becomes of one question, before who asked does."""

    def __init__(self, verb: str, hear: Heard, metrics: Metrics) -> None:
        self._verb, self._hear, self._metrics = verb, hear, metrics
        self._began: float | None = None

    def __call__(self, work: Work, what: Begun | Told | Outcome) -> None:
        if isinstance(what, Begun):
            self._began = time.monotonic()
        elif not isinstance(what, Told) and self._began is not None:
            self._metrics.solved(self._verb, time.monotonic() - self._began)
            reason = reason_of(what)
            if reason is not None:
                self._metrics.given_up(reason)
        self._hear(work, what)


def reason_of(outcome: Outcome) -> Reason | None:
    """Why a question came to no answer; None where it has one, or a problem of its own.

    Examples
    --------
    >>> reason_of(Gone()), reason_of(Trouble(error="OptionError", detail="steps is 0."))
    ('gone', None)
    """
    if isinstance(outcome, Cancelled):
        return "cancelled"
    if isinstance(outcome, Gone):
        return "gone"
    reasons: dict[str, Reason] = {TIME: "time", MEMORY: "memory"}
    return reasons.get(outcome.error) if isinstance(outcome, Trouble) else None
