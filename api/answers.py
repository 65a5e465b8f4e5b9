"""A question about systems that are kept: its answer is kept as well, or is being worked out, or a run is begun."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool

from alignment.models.options.fields import Asked
from alignment.options.verb import versions
from alignment.verbs.verb import Verb

from .problems import Problem, ProblemError
from .refusals import CancelledError, GivenUpError
from .settled import Settled
from .store.nouns import Answer, Run
from .store.store import Store
from .watching.metrics import Metrics

PROBLEM: Final = "problem"
"""The form of an answer that is none: what was asked for does not exist."""

SEVERAL: Final = "+"
"""What stands between the hashes of several systems."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of which content.

    Attributes
    ----------
    verb
        The word of the verb.
    content
        The hash of the content of the system, or those of several.
    options
        Everything that is asked, defaults included.
    """

    verb: str
    content: str
    options: Mapping[str, Any]

    @property
    def question(self) -> str:
        """The SHA-256 of all that decides the answer, in hexadecimal."""
        parts = [self.content, self.verb, self.options, dict(versions())]
        text = json.dumps(parts, sort_keys=True, ensure_ascii=True, allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()


def wanted_of(verb: Verb, content: str, asked: Asked) -> Wanted:
    """What is asked of which content, with every default filled in."""
    return Wanted(verb.command, content, asked.model_dump(mode="json"))


class Answers:
    """The answers of a server.

    Parameters
    ----------
    store
        Where they are kept.
    settled
        Who waits for runs.
    nudge
        Tells the keeper that there may be a new run.
    metrics
        Where answers are counted.
    """

    def __init__(self, store: Store, settled: Settled, nudge: Callable[[], None], metrics: Metrics) -> None:
        self._store, self._settled, self._nudge, self._metrics = store, settled, nudge, metrics

    async def find(
        self, wanted: Wanted, form: str, seconds: float, key: str | None = None, *, again: bool = False
    ) -> Answer | Run:
        """An answer in a form, or the run that is to give it and has not ended after some seconds.

        Parameters
        ----------
        wanted
            What is asked.
        form
            The form.
        seconds
            How long to wait.
        key
            Which key asks.
        again
            Whether to ask anew where the answer that is kept is not proven.

        Raises
        ------
        ProblemError
            There is no answer; it says why.
        CancelledError, GivenUpError
            The run was ended, or lost too often.
        QueueFull
            As many runs wait as may.
        """
        kept = await run_in_threadpool(self.kept, wanted.question, form)
        if kept is not None and (kept.proven or not again):
            self._metrics.answered("store")
            return kept
        run = await run_in_threadpool(self._enqueued, wanted, key)
        self._nudge()
        run = await self._settled.ended(run, seconds)
        if not run.has_ended:
            return run
        found = await run_in_threadpool(self.of, run, form)
        self._metrics.answered("worked-out")
        return found

    def of(self, run: Run, form: str) -> Answer:
        """The answer of a run that has ended.

        Raises
        ------
        ProblemError
            There is no answer; it says why.
        CancelledError, GivenUpError
            The run was ended, or lost too often.
        """
        if run.state == "cancelled":
            raise CancelledError("The run was cancelled. Ask again for another.")
        if run.state == "interrupted":
            raise GivenUpError(f"The run was begun {run.tries} times, and lost each time. Ask again for another.")
        if run.problem is not None:
            raise ProblemError(Problem.model_validate(dict(run.problem)))
        kept = self.kept(run.question, form)
        if kept is None:
            raise GivenUpError("The answer has had to make room for others. Ask again.")
        return kept

    def kept(self, question: str, form: str) -> Answer | None:
        """The answer to a question, if it is kept.

        Raises
        ------
        ProblemError
            What is kept says that there is none.
        """
        found = self._store.answers.get(question, form)
        if found is None and (problem := self._store.answers.get(question, PROBLEM)) is not None:
            raise ProblemError(Problem.model_validate_json(problem.data))
        return found

    def _enqueued(self, wanted: Wanted, key: str | None) -> Run:
        return self._store.runs.enqueue(wanted.question, wanted.content, wanted.verb, wanted.options, key)
