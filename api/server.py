"""What a server is made of: what it keeps, who works, and who comes in; made when it starts, ended when it stops."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from alignment.verbs.verb import Verb

from .answers import SEVERAL, Answers
from .desk import Desk
from .places import Places
from .problems import problem_of_trouble
from .runs.answering import Answering
from .runs.children import Children
from .runs.keeper import Keeper
from .runs.limits import RunLimits
from .runs.question import EVERY
from .runs.where import Where
from .settings import Settings
from .settled import Settled
from .store.opening import open_store
from .store.store import Store

Working = Callable[[RunLimits, Answering], Where]
"""Who works, given how far they go and what they do."""


@dataclass(frozen=True)
class Server:
    """The parts of a server.

    Attributes
    ----------
    settings
        What it takes.
    verbs
        What it can be asked, by the word of the command.
    store
        What it keeps.
    children
        Who works.
    desk
        Where questions are put of which nothing is kept.
    answers
        Answers about what is kept.
    settled
        Who waits for runs.
    places
        How many may bring a body at once.
    keeper
        Who sees to runs.
    """

    settings: Settings
    verbs: dict[str, Verb]
    store: Store
    children: Where
    desk: Desk
    answers: Answers
    settled: Settled
    places: Places
    keeper: Keeper


@asynccontextmanager
async def running(settings: Settings, verbs: Sequence[Verb], working: Working = Children) -> AsyncGenerator[Server]:
    """A server from its start until it stops.

    Parameters
    ----------
    settings
        What it takes.
    verbs
        What it can be asked.
    working
        Who works.
    """
    async with AsyncExitStack() as stack:
        store = await run_in_threadpool(open_store, settings.database, settings.queue)
        stack.push_async_callback(run_in_threadpool, store.close)
        limits = _limits(settings)
        children = working(limits, Answering(settings, verbs))
        stack.push_async_callback(run_in_threadpool, children.close)
        settled = Settled(store.runs)
        keeper = Keeper(
            store.runs,
            children,
            lambda content: [store.systems.content(each) for each in content.split(SEVERAL)],
            limits,
            forms=EVERY,
            settled=settled.tell,
            problem_of=lambda trouble: problem_of_trouble(trouble).model_dump(mode="json"),
        )
        keeper.start()
        stack.push_async_callback(run_in_threadpool, keeper.close)
        yield Server(
            settings=settings,
            verbs={verb.command: verb for verb in verbs},
            store=store,
            children=children,
            desk=Desk(children, settings.patience, settings.answer_limit),
            answers=Answers(store, settled, keeper.nudge),
            settled=settled,
            places=Places(settings.places, settings.patience),
            keeper=keeper,
        )


def _limits(settings: Settings) -> RunLimits:
    """How far runs go; one child more than there are runs at once answers questions of which nothing is kept."""
    return RunLimits(
        children=settings.workers + 1, time=settings.answer_limit, memory=settings.memory, lease=settings.lease
    )


def server_of(request: Request) -> Server:
    """The server that a request came to."""
    return cast("Server", request.app.state.server)


Here = Annotated[Server, Depends(server_of)]
"""The server, as a parameter of a door."""
