"""A question that was put to the children, from then until its end."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Final

from .limits import RunLimits
from .line import Line
from .processes import Process
from .question import Answered, Begun, Cancelled, Gone, Outcome, Question, Told, Trouble
from .troubles import too_large, too_slow
from .where import Heard

LATE: Final = 1.0
"""Seconds in which a child that is ended should be gone; then it is ended by force."""


class Job:
    """A question under way.

    Parameters
    ----------
    number
        Which.
    question
        What is asked.
    limits
        How long it may take, and how large grow.
    hear
        Told what becomes of it.

    Attributes
    ----------
    future
        What the pool knows it by.
    """

    def __init__(self, number: int, question: Question, limits: RunLimits, hear: Heard) -> None:
        self.number, self.question = number, question
        self.future: Future[None] | None = None
        self._limits, self._hear = limits, hear
        self._lock = threading.Lock()
        self._put = time.monotonic()
        self._taken: float | None = None
        self._line: Line | None = None
        self._process: Process | None = None
        self._reason: Outcome | None = None
        """How it will end, once its child is gone."""
        self._since = 0.0
        """When that was decided."""
        self._asked = False
        self._outcome: Outcome | None = None

    @property
    def pid(self) -> int | None:
        """The process id of its child; None before one has taken it."""
        return None if self._process is None else self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it has come to its end."""
        return self._outcome is not None

    @property
    def killed(self) -> bool:
        """Whether its child is gone, by whomever."""
        return self._process is not None and (self._reason is not None or isinstance(self._outcome, Gone))

    @property
    def overdue(self) -> bool:
        """Whether no child took it in time, though it was put to them."""
        return self._taken is None and time.monotonic() - self._put > self._limits.patience

    def cancel(self) -> None:
        """End it: its child is ended, whatever it does."""
        self.end_by(Cancelled())

    def take(self, line: Line, pid: int) -> bool:
        """Hand it to the child that asks for it; whether it is still wanted."""
        with self._lock:
            if self._reason is not None or self.ended:
                return False
            self._process = Process(pid)
            self._taken = time.monotonic()
        self._hear(self, Begun(pid))
        question = self.question
        what = {"task": question.task, "verb": question.verb, "options": question.options, "forms": question.forms}
        head = {"word": "question", **what}
        with suppress(OSError):  # a child that is gone is noticed elsewhere
            line.send(head, question.systems)
            self._line = line
        return True

    def told(self, told: Told) -> None:
        """Pass on how far it is."""
        if not self.ended:
            self._hear(self, told)

    def end(self, outcome: Outcome) -> None:
        """Come to an end, the first time that this is called."""
        with self._lock:
            if self._outcome is not None:
                return
            self._outcome = outcome
        self._hear(self, outcome)

    def end_by(self, reason: Outcome) -> None:
        """End the child, and then come to an end in this way."""
        with self._lock:
            if self.ended or self._reason is not None:
                return
            self._reason, self._since = reason, time.monotonic()
        if self.future is not None:
            self.future.cancel()
        if self._process is None:
            self.end(reason)

    def lost(self) -> None:
        """The pool says that the child is gone."""
        self.end(self._reason or Gone())

    def look(self) -> None:
        """See to the limits; several times a second."""
        if self._process is None or self._taken is None or self.ended:
            return
        if not self._process.alive:
            self._bury()
        elif self._reason is not None:
            if time.monotonic() - self._since > LATE:
                self._process.kill()
        elif self._process.resident > self._limits.memory:
            self.end_by(too_large(self._limits.memory))
        else:
            self._look_at_time(time.monotonic() - self._taken)

    def _bury(self) -> None:
        """Its child is gone: by us, or else the pool is given a moment to say so first."""
        if self._reason is None:
            self.end_by(Gone())
        else:
            self.end(self._reason)

    def _look_at_time(self, seconds: float) -> None:
        if seconds > self._limits.time + self._limits.grace:
            self.end_by(too_slow(self._limits.time))
        elif seconds > self._limits.time:
            self.ask_to_end()

    def ask_to_end(self) -> None:
        """Ask its searches to end with the best they have; they answer when they hear."""
        line, asked = self._line, self._asked
        if line is not None and not asked:
            self._asked = True
            with suppress(OSError):
                line.send({"word": "stop", "number": self.number})


def outcome_in(word: str, head: dict[str, Any], pieces: tuple[bytes, ...]) -> Outcome:
    """What a child says at the end."""
    if word == "trouble":
        return Trouble.model_validate(head["trouble"])
    return Answered(dict(zip(head["forms"], pieces, strict=True)), head["stopped"])
