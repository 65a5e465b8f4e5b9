"""What one server does about runs: claims them while children are free, and answers for each until it ends."""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from alignment.verbs.renderers import Form

from .ledger import Ledger, Run
from .limits import RunLimits
from .question import Answered, Begun, Cancelled, Gone, Outcome, Question, Told, Trouble
from .troubles import EMPTY, trouble_of
from .where import Where, Work

LOG: Final = logging.getLogger("alignment.api")

LOOK: Final = 0.25
"""Seconds between two looks for cancellations and for new runs."""

TELL: Final = 0.5
"""Seconds between two words on a run, at least."""

PARTING: Final = 0.8
"""Seconds that children which are ended have at the end of their server."""

FORMS: Final[tuple[Form, ...]] = ("json", "csv", "html")
"""The forms in which answers are kept."""

Found = TypeVar("Found")

Contents = Callable[[str], Sequence[bytes]]
"""The documents of the system, or systems, of a content hash."""


@dataclass
class _Held:
    """A run that this server holds."""

    run: Run
    beaten: float
    """When it was last known to be ours."""
    job: Work | None = None
    pid: int | None = None
    begun: bool = False
    told: Told | None = None
    telling: float = 0.0
    outcome: Outcome | None = None


class Keeper:
    """The loop of one server, in a thread of its own; a context, at whose end its runs are handed back.

    Parameters
    ----------
    ledger
        Where runs are written down.
    children
        Who answers, here or on a cluster; to be closed after the keeper.
    contents
        The documents of a system by the hash of its content.
    limits
        How long a lease is.
    owner
        A word for this server that no other has; blank makes one.
    forms
        The forms in which answers are wanted.
    settled
        Told the id of a run that has ended here, in the keeper's thread.
    """

    def __init__(
        self,
        ledger: Ledger,
        children: Where,
        contents: Contents,
        limits: RunLimits,
        *,
        owner: str | None = None,
        forms: tuple[Form, ...] = FORMS,
        settled: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.owner = owner or secrets.token_hex(8)
        self._ledger, self._children, self._contents, self._lease = ledger, children, contents, limits.lease
        self._forms, self._settled = forms, settled
        self._held: dict[str, _Held] = {}
        self._heard: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="alignment-keeper", daemon=True)

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
        for run in self._asked(lambda: self._ledger.cancelled_of(self.owner)) or ():
            self._cancel(run)
        for held in tuple(self._held.values()):
            self._write(held)
        while self._children.free > 0 and not self._closing.is_set() and self._claim():
            pass

    # What is ours

    def _claim(self) -> bool:
        """Begin the next run; whether there was one."""
        now = time.monotonic()
        run = self._asked(lambda: self._ledger.claim(self.owner, self._lease))
        if run is None:
            return False
        held = self._held[run.id] = _Held(run, now)
        try:
            question = Question(run.verb, tuple(self._contents(run.system_hash)), run.options, self._forms)
            held.job = self._children.begin(
                question, lambda _, what: self._heard.put(lambda: self._take_in(held, what))
            )
        except RuntimeError:  # no children: perhaps another server has some
            LOG.exception("No child could be asked.")
            held.outcome = Gone()
            return False
        except Exception as error:
            LOG.exception("The system of a run could not be had.")
            held.outcome = trouble_of(error)
        return True

    def _take_in(self, held: _Held, what: Begun | Told | Outcome) -> None:
        if isinstance(what, Begun):
            held.pid = what.pid
        elif isinstance(what, Told):
            held.told = what
        else:
            held.outcome = what

    def _beat(self, held: _Held) -> None:
        """Hold a run for another lease; give up one that is another's by now, or was out of reach for a lease."""
        now = time.monotonic()
        if now - held.beaten < self._lease / 4:
            return
        run = held.run
        ours = self._asked(lambda: self._ledger.beat(run.id, self.owner, run.attempt, self._lease))
        if ours:
            held.beaten = now
        elif ours is False or now - held.beaten > self._lease:
            self._give_up(held)

    def _give_up(self, held: _Held) -> None:
        del self._held[held.run.id]
        if held.job is not None:
            held.job.cancel()

    def _cancel(self, run: str) -> None:
        held = self._held.get(run)
        if held is not None and held.job is not None:
            held.job.cancel()

    # What is written

    def _write(self, held: _Held) -> None:
        """Write down what is new of a run; what cannot be written now is tried again in the next round."""
        run = held.run
        if held.pid is not None and not held.begun:
            held.begun = self._done(lambda: self._ledger.begun(run.id, self.owner, run.attempt))
        if held.outcome is not None:
            self._settle(held, held.outcome)
        elif held.told is not None and time.monotonic() - held.telling >= TELL:
            self._tell(held, held.told)

    def _tell(self, held: _Held, told: Told) -> None:
        run = held.run
        numbers = told.incumbent, told.bound, told.gap
        if self._done(lambda: self._ledger.tell(run.id, self.owner, run.attempt, told.stage, *numbers)):
            held.telling = time.monotonic()
            held.told = None

    def _settle(self, held: _Held, outcome: Outcome) -> None:
        if self._done(lambda: self._end(held.run, outcome)):
            del self._held[held.run.id]
            self._settled(held.run.id)

    def _end(self, run: Run, outcome: Outcome) -> None:
        ending = run.id, self.owner, run.attempt
        if isinstance(outcome, Gone):
            LOG.warning("The child of run %s is gone (attempt %d); the run is handed back.", run.id, run.attempt)
            self._ledger.hand_back(self.owner, run.id)
        elif isinstance(outcome, Cancelled):
            self._ledger.finish(*ending, "cancelled", None)
        elif isinstance(outcome, Answered) or outcome.error in EMPTY:
            self._ledger.finish(*ending, "finished", outcome)
        else:
            _log(run, outcome)
            self._ledger.finish(*ending, "failed", outcome)

    def _leave(self) -> None:
        """Write down what has ended, end the rest, and let others have it once no child of ours works on it."""
        self._listen(0)
        for held in tuple(self._held.values()):
            self._write(held)
            if held.job is not None:
                held.job.cancel()
        end = time.monotonic() + PARTING
        while any(held.outcome is None for held in self._held.values()) and time.monotonic() < end:
            self._listen(0.05)
        self._done(lambda: self._ledger.hand_back(self.owner))
        self._held.clear()

    # The database may be away

    def _asked(self, ask: Callable[[], Found]) -> Found | None:
        """What the ledger says; None where it cannot be reached."""
        try:
            return ask()
        except Exception as error:  # noqa: BLE001 - whatever a database raises: runs go on for a lease
            LOG.warning("The ledger of runs cannot be reached: %s.", type(error).__name__)
            return None

    def _done(self, write: Callable[[], Any]) -> bool:
        """Whether something could be written."""
        return self._asked(lambda: (write(), True)[1]) is True


def _log(run: Run, trouble: Trouble) -> None:
    if trouble.error in ("Exception", "SolverTrouble"):
        LOG.error("Run %s failed: %s (%s)", run.id, trouble.error, " < ".join(reversed(trouble.trace)))
