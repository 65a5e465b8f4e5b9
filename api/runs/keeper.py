"""What one server does about runs: claims them while children are free, and answers for each until it ends."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from alignment.api.store.errors import StoreError
from alignment.api.store.nouns import Run

from .question import EVERY, Begun, Gone, Outcome, Question, Told
from .troubles import trouble_of
from .where import Where, Work
from .writer import Writer

LOG: Final = logging.getLogger("alignment.api")

LOOK: Final = 0.25
"""Seconds between two looks for cancellations and for new runs."""

TELL: Final = 0.6
"""Seconds between two words on a run, at least: a little more than the store's, which would let go of one too many."""

PARTING: Final = 0.8
"""Seconds that children which are ended have at the end of their server."""

UPKEEP: Final = 600.0
"""Seconds between two times that what is old is thrown away."""

Contents = Callable[[str], Sequence[bytes]]
"""The documents of the system, or systems, of a content hash; a `LookupError` where there are none."""


@dataclass
class _Held:
    """A run that this server holds."""

    run: Run
    beaten: float
    """When it was last known to be ours."""
    job: Work | None = None
    pid: int | None = None
    begun: bool | None = None
    told: Told | None = None
    telling: float = 0.0
    outcome: Outcome | None = None

    def take_in(self, what: Begun | Told | Outcome) -> None:
        """Note what its child said."""
        if isinstance(what, Begun):
            self.pid = what.pid
        elif isinstance(what, Told):
            self.told = what
        else:
            self.outcome = what

    def cancel(self) -> None:
        """End its child."""
        if self.job is not None:
            self.job.cancel()


class Keeper:
    """The loop of one server, in a thread of its own; a context, at whose end its runs are handed back.

    Parameters
    ----------
    writer
        The ledger of runs, in this server's hand.
    children
        Who answers, here or on a cluster; to be closed after the keeper.
    contents
        The documents of a system by the hash of its content.
    workers
        How many runs are worked on at once; there may be more children, which are asked otherwise, too.
    forms
        The forms in which answers are wanted.
    settled
        Told the id of a run that this server is done with, in the keeper's thread.
    upkeep
        Throws away what is old; called at the start and now and then, in the keeper's thread.
    """

    def __init__(
        self,
        writer: Writer,
        children: Where,
        contents: Contents,
        workers: int,
        *,
        forms: tuple[str, ...] = EVERY,
        settled: Callable[[str], None] = lambda _: None,
        upkeep: Callable[[], object] = lambda: None,
    ) -> None:
        self._writer, self._children, self._contents, self._workers = writer, children, contents, workers
        self._forms, self._settled, self._upkeep = forms, settled, upkeep
        self._held: dict[str, _Held] = {}
        self._heard: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._has_taken_over, self._upkept = False, -UPKEEP
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="alignment-keeper", daemon=True)

    @property
    def owner(self) -> str:
        """The word by which it holds runs."""
        return self._writer.owner

    @property
    def pids(self) -> dict[str, int]:
        """The process id of the child that works on each run."""
        return {run: held.pid for run, held in tuple(self._held.items()) if held.pid is not None}

    def start(self) -> None:
        """Begin to claim runs."""
        self._thread.start()

    def nudge(self) -> None:
        """There may be a new run, or a cancellation: look at once."""
        self._heard.put(lambda: None)

    def close(self) -> None:
        """Claim nothing more, end what goes on, and hand it back; within a second."""
        self._closing.set()
        self.nudge()
        if self._thread.ident is not None:
            self._thread.join()

    def __enter__(self) -> Keeper:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _keep(self) -> None:
        while not self._closing.is_set():
            try:
                self._listen(LOOK)
                self._round()
            except Exception:  # one run's trouble is not to be that of all others
                LOG.exception("The keeper of runs failed; it goes on.")
        self._leave()

    def _listen(self, seconds: float) -> None:
        """Take in what children said, and wait for a word where they said nothing."""
        try:
            self._heard.get(timeout=seconds)()
            while True:
                self._heard.get_nowait()()
        except queue.Empty:
            return

    def _round(self) -> None:
        # Whether runs are still ours comes first: this process may have been frozen for a long time.
        for held in tuple(self._held.values()):
            self._beat(held)
        for run in self._writer.cancelled():
            if run in self._held:
                self._held[run].cancel()
        for held in tuple(self._held.values()):
            self._write(held)
        if not self._has_taken_over:
            self._has_taken_over = self._writer.take_from_dead() is True
        while self._is_free() and self._claim():
            pass
        if time.monotonic() - self._upkept > UPKEEP:
            self._upkept = time.monotonic()
            self._writer.reached(self._upkeep)

    # What is ours

    def _is_free(self) -> bool:
        busy = sum(held.outcome is None for held in self._held.values())
        # What nobody here is ready for may be begun sooner by another server, and counts as lost if this one ends.
        is_ready = self._children.warm > busy and self._children.free > 0
        return busy < self._workers and is_ready and not self._closing.is_set()

    def _claim(self) -> bool:
        """Begin the next run; whether there was one that could be begun."""
        now = time.monotonic()
        run = self._writer.claim()
        if run is None:
            return False
        if run.id in self._held:  # its lease was out before it could be held for another: it is begun anew
            self._give_up(self._held[run.id])
        held = self._held[run.id] = _Held(run, now)
        try:
            held.job = self._children.begin(
                self._question(run), lambda _, what: self._heard.put(lambda: held.take_in(what))
            )
        except (RuntimeError, StoreError) as error:
            held.outcome = trouble_of(error) if isinstance(error, LookupError) else Gone()
            LOG.warning("Run %s could not be begun.", run.id, exc_info=True)
            return False
        except Exception as error:
            LOG.exception("Run %s could not be begun.", run.id)
            held.outcome = trouble_of(error)
        return True

    def _question(self, run: Run) -> Question:
        # The options as plain data, which can go to other processes.
        options = run.model_dump(mode="json")["options"]
        return Question(run.verb, tuple(self._contents(run.system_hash)), options, self._forms)

    def _beat(self, held: _Held) -> None:
        """Hold a run for another lease; give up one that is another's by now, or was out of reach for a lease."""
        now = time.monotonic()
        if now - held.beaten < self._writer.lease / 4:
            return
        ours = self._writer.beat(held.run)
        if ours:
            held.beaten = now
        elif ours is False or now - held.beaten > self._writer.lease:
            self._give_up(held)

    def _give_up(self, held: _Held) -> None:
        del self._held[held.run.id]
        held.cancel()

    # What is written

    def _write(self, held: _Held) -> None:
        """Write down what is new of a run; what cannot be written now is tried again in the next round."""
        if held.pid is not None and not held.begun:
            held.begun = self._writer.begun(held.run)
        if held.begun is False:
            self._give_up(held)
        elif held.outcome is not None:
            self._settle(held, held.outcome)
        elif held.told is not None and time.monotonic() - held.telling >= TELL:
            self._tell(held, held.told)

    def _tell(self, held: _Held, told: Told) -> None:
        if self._writer.tell(held.run, told):
            held.telling = time.monotonic()
            held.told = None

    def _settle(self, held: _Held, outcome: Outcome) -> None:
        if self._writer.end(held.run, outcome, begun=bool(held.begun)) is not None:
            del self._held[held.run.id]
            self._settled(held.run.id)

    def _leave(self) -> None:
        """Write down what has ended, end the rest, and let others have it once no child of ours works on it."""
        self._listen(0)
        for held in tuple(self._held.values()):
            self._write(held)
            held.cancel()
        end = time.monotonic() + PARTING
        while any(held.outcome is None for held in self._held.values()) and time.monotonic() < end:
            self._listen(0.05)
        self._writer.hand_back()
        self._held.clear()
