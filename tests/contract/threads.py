"""Threads in the place of children, for tests of the doors: they start at once, and know the verbs of a test."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

from alignment.api.runs.child import Answering
from alignment.api.runs.limits import RunLimits
from alignment.api.runs.question import Begun, Cancelled, Outcome, Question
from alignment.api.runs.troubles import trouble_of
from alignment.api.runs.where import Heard
from alignment.solver import until


class Threads:
    """Threads that answer questions; a place is taken until the work in it has ended, whoever waits for it."""

    def __init__(self, limits: RunLimits, answering: Answering) -> None:
        self.warm = limits.children
        self._answering = answering
        self._pool = ThreadPoolExecutor(limits.children)
        self._works = set[Work]()

    @property
    def free(self) -> int:
        return self.warm - len(self._works)

    def begin(self, question: Question, hear: Heard) -> Work:
        work = Work(hear)
        self._works.add(work)
        self._pool.submit(self._run, work, question)
        return work

    def _run(self, work: Work, question: Question) -> None:
        work.hear(work, Begun(os.getpid()))
        try:
            with until(work.over):
                outcome: Outcome = self._answering(question, lambda _: None)
        except Exception as error:  # noqa: BLE001 - as a child does
            outcome = trouble_of(error)
        self._works.discard(work)
        work.end(outcome)

    def close(self) -> None:
        for work in tuple(self._works):
            work.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)


class Work:
    """A question under way."""

    def __init__(self, hear: Heard) -> None:
        self.hear = hear
        self.over = threading.Event()
        self._lock = threading.Lock()
        self._ended = False

    def cancel(self) -> None:
        self.over.set()
        self.end(Cancelled())

    def end(self, outcome: Outcome) -> None:
        with self._lock:
            if self._ended:
                return
            self._ended = True
        self.hear(self, outcome)
