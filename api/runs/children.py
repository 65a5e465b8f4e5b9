"""Warm child processes that answer questions, and can be ended whatever they do.

pebble starts them, hands each a number, ends the one whose question is given up, and starts another in its place. All
else goes over a line of each child's own, as what children share could be left locked or half written by one that is
ended. Three of pebble's ways are seen to here: it waits 3 s before it ends a process that does not hear; it has no
limit of memory; and where a child is killed while none has a question, it calls the whole pool broken.
"""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final

import pebble

from . import child
from .answering import answer
from .job import Job, outcome_in
from .limits import RunLimits
from .line import Line
from .processes import end_marked
from .question import Gone, Question, Told
from .switchboard import Switchboard
from .where import Heard

LOG: Final = logging.getLogger("alignment.api")

TICK: Final = 0.1
"""Seconds between two looks at the limits."""

STUCK: Final = 10.0
"""Seconds that a question may wait while a child is ready: it takes less than one."""

pebble.CONSTS.term_timeout = 0.1
pebble.CONSTS.sleep_unit = 0.05


class Children:
    """The children of one server; a context, at whose end they are gone.

    Parameters
    ----------
    limits
        How many, how long, how large.
    answering
        What they do with a question; a function that a module has.
    warm
        What each does when it starts; so, too.

    Examples
    --------
    A question, and what becomes of it::

        with Children(RunLimits()) as children:
            job = children.begin(Question("conflicts", (document,)), lambda job, what: print(what))
    """

    def __init__(
        self, limits: RunLimits, answering: child.Answering = answer, warm: Callable[[], None] = child.warm_up
    ) -> None:
        self._limits, self._answering, self._warm = limits, answering, warm
        self._numbers = itertools.count(1)
        self._jobs: dict[int, Job] = {}
        self._lock = threading.RLock()
        self._closed = threading.Event()
        self._idle: float | None = None
        """Since when a child is ready while a question waits."""
        self._mark = secrets.token_hex(8)
        self._switchboard = Switchboard(self._attend)
        self._pool = self._made()
        self._watch = threading.Thread(target=self._look, name="alignment-watch", daemon=True)
        self._watch.start()

    @property
    def free(self) -> int:
        """How many questions more may be begun now."""
        return 0 if self._closed.is_set() else max(0, self._limits.children - len(self._jobs))

    @property
    def warm(self) -> int:
        """How many children are ready or at work."""
        return self._switchboard.lines

    def begin(self, question: Question, hear: Heard) -> Job:
        """Put a question to them.

        Parameters
        ----------
        question
            What is asked.
        hear
            Told, from other threads, that it is begun, how far it is, and how it ended; it raises nothing.

        Raises
        ------
        RuntimeError
            They are closed, or cannot be started.
        """
        job = Job(next(self._numbers), question, self._limits, hear)
        with self._lock:
            if self._closed.is_set():
                raise RuntimeError("The children are closed.")
            self._mend()
            self._jobs[job.number] = job
            try:
                self._schedule(job)
            except BaseException:
                del self._jobs[job.number]
                raise
        return job

    def close(self) -> None:
        """End them all; what was under way comes to an end as gone."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._watch.join()
        self._end_pool()
        self._switchboard.close()

    def __enter__(self) -> Children:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _schedule(self, job: Job) -> None:
        future: Future[None] = self._pool.schedule(child.work, args=(job.number,))
        job.future = future
        future.add_done_callback(lambda future: _lost(job, future))

    def _made(self) -> Any:
        board = self._switchboard
        start = child.Start(board.address, board.key, self._mark, self._limits.memory, self._answering, self._warm)
        pool: Any = pebble.ProcessPool(
            max_workers=self._limits.children + 1,
            initializer=child.begin,
            initargs=(start,),
            context=multiprocessing.get_context("spawn"),
        )
        # It starts them when it is first asked anything: nobody should wait for them to be warm.
        _ = pool.active
        return pool

    def _attend(self, line: Line) -> None:
        """Listen to a child."""
        job: Job | None = None
        while True:
            head, pieces = line.receive()
            word = head["word"]
            if word == "take":
                job = self._jobs.get(head["number"])
                if job is None or not job.take(line, head["pid"]):
                    line.send({"word": "nothing", "number": head["number"]})
            elif job is None or job.number != head["number"]:
                continue
            elif word == "told":
                job.told(Told(head["stage"], head["incumbent"], head["bound"]))
            else:
                # Its place is free before anybody hears of it, as the next may be begun at once.
                self._jobs.pop(job.number, None)
                job.end(outcome_in(word, head, pieces))

    def _look(self) -> None:
        """See to the limits, until the end."""
        while not self._closed.wait(TICK):
            try:
                for job in tuple(self._jobs.values()):
                    job.look()
                    if job.ended:
                        self._drop(job)
                with self._lock:
                    self._mend()
            except Exception:  # whatever goes wrong, limits have to hold from then on, too
                LOG.exception("The watch over children failed; it goes on.")

    def _drop(self, job: Job) -> None:
        """Forget a question that has ended; where its child was ended, what that had started ends too."""
        if self._jobs.pop(job.number, None) is not None and job.pid is not None and job.killed:
            end_marked(child.mark_of(self._mark, job.pid))

    def _mend(self) -> None:
        """Start anew where the pool is broken, or no child takes what it is asked."""
        overdue = any(job.overdue for job in self._jobs.values())
        stuck = self._is_stuck()
        if overdue or stuck or not self._pool.active:
            reason = "none was ready" if overdue else "they took no question" if stuck else "the pool broke"
            LOG.warning("The children are started anew: %s.", reason)
            waiting = [job for job in self._jobs.values() if job.pid is None and not job.overdue]
            self._idle = None
            self._end_pool(keep=waiting)
            self._pool = self._made()
            for job in waiting:
                self._schedule(job)

    def _is_stuck(self) -> bool:
        """Whether a child is ready and a question waits, and this for long: somebody was killed with pebble's lock."""
        jobs = tuple(self._jobs.values())
        taken = sum(job.pid is not None for job in jobs)
        if taken == len(jobs) or self.warm <= taken:
            self._idle = None
        elif self._idle is None:
            self._idle = time.monotonic()
        return self._idle is not None and time.monotonic() - self._idle > STUCK

    def _end_pool(self, keep: Sequence[Job] = ()) -> None:
        """End all children, and what they do; not what none had taken, where it is kept for others."""
        lost = [job for job in self._jobs.values() if job not in keep]
        for job in lost:
            job.end_by(Gone())
        self._pool.stop()
        self._pool.join()
        for job in lost:
            job.lost()
            self._drop(job)


def _lost(job: Job, future: Future[None]) -> None:
    """The pool is done with a question: where it was given up, the watch says when its child is gone."""
    error = None if future.cancelled() else future.exception()
    # What no child had taken when the pool broke is put to the next one.
    if error is not None and not (isinstance(error, BrokenProcessPool) and job.pid is None):
        job.lost()


def warm_within(children: Children, number: int, seconds: float) -> bool:
    """Wait until so many children are warm.

    Parameters
    ----------
    children
        The children.
    number
        How many.
    seconds
        How long to wait at most.

    Returns
    -------
    bool
        Whether they are.
    """
    end = time.monotonic() + seconds
    while children.warm < number and time.monotonic() < end:
        time.sleep(0.02)
    return children.warm >= number
