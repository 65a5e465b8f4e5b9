"""What a server is made of: what it keeps, who works, and who comes in; made when it starts, ended when it stops."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from alignment.api.answers import Answers
from alignment.api.desk import Desk
from alignment.api.locks.doorman import Doorman
from alignment.api.locks.exposure import is_required
from alignment.api.places import Places
from alignment.api.problems import problem_of_trouble
from alignment.api.runs.answering import Answering
from alignment.api.runs.children import Children
from alignment.api.runs.cluster import Cluster
from alignment.api.runs.joining import keeper_of
from alignment.api.runs.keeper import Keeper
from alignment.api.runs.limits import RunLimits
from alignment.api.runs.where import Where
from alignment.api.settings import Settings
from alignment.api.settled import Settled
from alignment.api.store.opening import open_store
from alignment.api.store.store import Store
from alignment.api.watching.metrics import Metrics
from alignment.api.watching.solves import WatchedChildren
from alignment.verbs.verb import Verb

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
    doorman
        Who tells visitors apart.
    metrics
        What is counted.
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
    doorman: Doorman
    metrics: Metrics


@asynccontextmanager
async def running(
    settings: Settings, verbs: Sequence[Verb], metrics: Metrics, working: Working
) -> AsyncGenerator[Server]:
    """A server from its start until it stops.

    Parameters
    ----------
    settings
        What it takes.
    verbs
        What it can be asked.
    metrics
        Where things are counted.
    working
        Who works.
    """
    async with AsyncExitStack() as stack:
        store = await run_in_threadpool(open_store, settings.database, settings.queue)
        stack.push_async_callback(run_in_threadpool, store.close)
        limits = _limits(settings)
        children = working(limits, Answering(settings, verbs))
        stack.push_async_callback(run_in_threadpool, children.close)
        watched = WatchedChildren(children, metrics)
        metrics.follow(store.runs.counts, lambda: children.warm)
        settled = Settled(store.runs)
        keeper = keeper_of(
            store,
            watched,
            limits,
            lambda trouble: problem_of_trouble(trouble).model_dump(mode="json"),
            workers=settings.workers,
            settled=settled.tell,
        )
        keeper.start()
        stack.push_async_callback(run_in_threadpool, keeper.close)
        yield Server(
            settings=settings,
            verbs={verb.command: verb for verb in verbs},
            store=store,
            children=children,
            desk=Desk(watched, settings.patience, settings.answer_limit),
            answers=Answers(store, settled, keeper.nudge, metrics),
            settled=settled,
            places=Places(settings.places, settings.patience),
            keeper=keeper,
            doorman=Doorman(store.keys, required=await run_in_threadpool(is_required, settings, store.keys)),
            metrics=metrics,
        )


def working_of(settings: Settings) -> Working:
    """Who works: children of this computer, or of those of a cluster.

    Parameters
    ----------
    settings
        Its `cluster`.
    """
    return Children if settings.cluster is None else partial(Cluster, settings.cluster)


def _limits(settings: Settings) -> RunLimits:
    """How far runs go; one child more than there are runs at once answers questions of which nothing is kept."""
    return RunLimits(
        children=settings.workers + 1,
        time=settings.answer_limit,
        memory=settings.memory,
        lease=settings.lease,
        kept=settings.kept,
    )


def server_of(request: Request) -> Server:
    """The server that a request came to."""
    return cast("Server", request.app.state.server)


Here = Annotated[Server, Depends(server_of)]
"""The server, as a parameter of a door."""
