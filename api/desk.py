"""Where questions of which nothing is kept are put to children directly, and waited for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any, Final

from .problems import ProblemError, problem_of_trouble
from .refusals import BusyError, TooSlowError
from .runs.question import Answered, Begun, Gone, Outcome, Question, Told, Trouble
from .runs.where import Where, Work

LOG: Final = logging.getLogger("alignment.api")

TRIES: Final = 2
"""How often a question is put whose child somebody ended from outside."""

LOOK: Final = 0.01
"""Seconds between two looks for a child that is free, of the one who is next."""


class Desk:
    """Puts questions to children, in the order in which they come.

    Parameters
    ----------
    children
        Who answers.
    patience
        How long a question waits for its turn. Unit: seconds.
    limit
        How long an answer may take, waiting included. Unit: seconds.
    """

    def __init__(self, children: Where, patience: float, limit: float) -> None:
        self._children, self._patience, self._limit = children, patience, limit
        self._next = asyncio.Lock()

    async def answer(self, question: Question, gone: Awaitable[Any]) -> Answered:
        """The answer to a question.

        Parameters
        ----------
        question
            What is asked.
        gone
            Done when nobody waits for the answer any more: the child is then ended.

        Raises
        ------
        BusyError
            No child was free in time, or nobody waits for the answer any more.
        TooSlowError
            The answer takes longer than is allowed.
        ProblemError
            As the child says.
        """
        left = asyncio.ensure_future(gone)
        until = asyncio.get_running_loop().time() + self._limit
        try:
            return self._told(await self._outcome(question, left, until))
        finally:
            left.cancel()

    def _told(self, outcome: Outcome) -> Answered:
        if isinstance(outcome, Answered):
            return outcome
        if isinstance(outcome, Trouble):
            problem = problem_of_trouble(outcome)
            if problem.status == 500:
                LOG.error("%s: %s (%s)", problem.instance, outcome.error, " < ".join(reversed(outcome.trace)))
            raise ProblemError(problem)
        raise BusyError(self._patience)

    async def _outcome(self, question: Question, left: asyncio.Future[Any], until: float) -> Outcome:
        outcome: Outcome = Gone()
        for _ in range(TRIES):
            outcome = await self._tried(question, left, until)
            if not isinstance(outcome, Gone):
                break
        return outcome

    async def _tried(self, question: Question, left: asyncio.Future[Any], until: float) -> Outcome:
        heard = asyncio.Queue[Outcome]()
        work = await self._begun(question, heard, left)
        ended = asyncio.ensure_future(heard.get())
        seconds = max(0.0, until - asyncio.get_running_loop().time())
        try:
            await asyncio.wait({ended, left}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                return ended.result()
            raise BusyError(self._patience) if left.done() else TooSlowError(self._limit)
        finally:
            # Whoever has ended hears nothing of this.
            work.cancel()
            ended.cancel()

    async def _begun(self, question: Question, heard: asyncio.Queue[Outcome], left: asyncio.Future[Any]) -> Work:
        begins = asyncio.ensure_future(self._turn(question, heard))
        try:
            patience = min(self._patience, self._limit)
            await asyncio.wait({begins, left}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            if not begins.done():
                raise BusyError(self._patience)
            return begins.result()
        finally:
            begins.cancel()

    async def _turn(self, question: Question, heard: asyncio.Queue[Outcome]) -> Work:
        loop = asyncio.get_running_loop()

        def hear(_: Work, what: Begun | Told | Outcome) -> None:
            if not isinstance(what, Begun | Told):
                loop.call_soon_threadsafe(heard.put_nowait, what)

        async with self._next:
            while self._children.free == 0:
                await asyncio.sleep(LOOK)
            try:
                return self._children.begin(question, hear)
            except RuntimeError:
                raise BusyError(self._patience) from None
