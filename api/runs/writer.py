"""The ledger in the hand of one server: who writes is always said, and a database that is away is no error."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from alignment.api.store.errors import StoreError
from alignment.api.store.nouns import PROBLEM, Answer, Run

from .ledger import Ledger
from .owners import is_dead, new_owner
from .question import Answered, Cancelled, Gone, Outcome, Told, Trouble
from .troubles import EMPTY

LOG: Final = logging.getLogger("alignment.api")

LATER: Final = 2.0
"""Seconds for which a run that no child could begin is left, for each time that it was claimed."""

Found = TypeVar("Found")

ProblemOf = Callable[[Trouble], Mapping[str, Any]]
"""Makes a problem document of why there is no answer."""


class Writer:
    """What a server reads and writes of runs; every method gives None where the database is away.

    Parameters
    ----------
    ledger
        Where runs are written down.
    lease
        How long a run is the server's without a beat. Unit: seconds.
    problem_of
        Makes a problem document of why there is no answer.

    Attributes
    ----------
    owner
        The word of the server, which no other has.
    """

    def __init__(self, ledger: Ledger, lease: float, problem_of: ProblemOf) -> None:
        self.owner, self.lease = new_owner(), lease
        self._ledger, self._problem_of = ledger, problem_of
        self._away = False

    def claim(self) -> Run | None:
        """The next run, now this server's; None also where there is none."""
        return self.reached(lambda: self._ledger.claim(self.owner, self.lease))

    def cancelled(self) -> Iterable[str]:
        """Which runs of this server somebody wants ended."""
        return self.reached(lambda: self._ledger.cancelled_of(self.owner)) or ()

    def beat(self, run: Run) -> bool | None:
        """Hold a run for another lease; whether it is still this server's."""
        return self.reached(lambda: self._ledger.beat(run.id, self.owner, run.attempt, self.lease))

    def begun(self, run: Run) -> bool | None:
        """Say that a child has begun; whether it is still this server's."""
        return self.reached(lambda: self._ledger.begun(run.id, self.owner, run.attempt))

    def tell(self, run: Run, told: Told) -> bool | None:
        """Say how far it is."""
        numbers = told.incumbent, told.bound, told.gap
        return self.reached(
            lambda: self._ledger.tell(run.id, self.owner, run.attempt, told.stage, *numbers) is None or True
        )

    def end(self, run: Run, outcome: Outcome, *, begun: bool) -> bool | None:
        """Say what became of a run; False where it was another's by now, or cannot be written at all."""
        try:
            return self.reached(lambda: self._ended(run, outcome, begun=begun), StoreError)
        except Exception:  # it would be the same the next time: once the lease is out, another attempt may help
            LOG.exception("The end of run %s cannot be written.", run.id)
            return False

    def _ended(self, run: Run, outcome: Outcome, *, begun: bool) -> bool:
        held = run.id, self.owner, run.attempt
        match outcome:
            case Answered():
                return self._ledger.finish(*held, "finished", answers=_answers(outcome))
            case Cancelled():
                return self._ledger.finish(*held, "cancelled")
            case Gone():
                LOG.warning("The child of run %s is gone (attempt %d); the run is handed back.", run.id, run.attempt)
                return self._ledger.release(*held, 0.0 if begun else LATER)
            case Trouble():
                return self._failed(held, outcome)

    def _failed(self, held: tuple[str, str, int], trouble: Trouble) -> bool:
        problem = dict(self._problem_of(trouble))
        if trouble.error not in EMPTY:
            _log(held[0], trouble)
            return self._ledger.finish(*held, "failed", problem=problem)
        # That there is nothing is an answer as well, which need not be worked out again.
        answer = Answer(data=json.dumps(problem).encode(), proven=trouble.proven, media=PROBLEM)
        return self._ledger.finish(*held, "finished", answers=[answer], problem=problem)

    def hand_back(self) -> int | None:
        """Let others have all that is this server's."""
        return self.reached(lambda: self._ledger.hand_back(self.owner))

    def take_from_dead(self) -> bool | None:
        """Let go of what dead processes of this machine held, so that nobody waits for their leases."""
        return self.reached(self._taken)

    def _taken(self) -> bool:
        for owner in filter(is_dead, self._ledger.owners()):
            number = self._ledger.hand_back(owner, died=True)
            LOG.warning("A server of this machine has died (%s); of its runs %d are begun again.", owner, number)
        return True

    def reached(self, ask: Callable[[], Found], away: type[Exception] = Exception) -> Found | None:
        """What the database says; None where it is away, of which the log hears once."""
        try:
            found = ask()
        except away as error:  # whatever a database raises: runs go on for a lease
            if not self._away:
                LOG.warning("The ledger of runs cannot be reached: %s.", type(error).__name__)
            self._away = True
            return None
        if self._away:
            LOG.warning("The ledger of runs is reached again.")
        self._away = False
        return found


def _answers(answered: Answered) -> Sequence[Answer]:
    return [Answer(data=data, proven=answered.proven, media=form) for form, data in answered.content.items()]


def _log(run: str, trouble: Trouble) -> None:
    if trouble.error in ("Exception", "SolverTrouble"):
        LOG.error("Run %s failed: %s (%s)", run, trouble.error, " < ".join(reversed(trouble.trace)))
