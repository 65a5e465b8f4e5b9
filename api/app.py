"""The application: doors for each verb of the registry and for what is kept, and what surrounds them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from alignment.api import problems
from alignment.api.doors import about, analyses, answers, formats, runs, systems
from alignment.api.heads import Heads
from alignment.api.limits import DeclaredSize
from alignment.api.locks.exposure import own_names
from alignment.api.locks.own_pages import OwnPages
from alignment.api.server import Working, running, working_of
from alignment.api.settings import Settings
from alignment.api.watching.metrics import Metrics
from alignment.api.watching.requests import install as watch
from alignment.verbs.registry import VERBS, Verb


def create_app(
    settings: Settings | None = None,
    verbs: Sequence[Verb] = VERBS,
    working: Working | None = None,
    host: str = "127.0.0.1",
) -> FastAPI:
    """The application that keeps systems, and answers verbs over HTTP.

    Parameters
    ----------
    settings
        What it takes; blank is what the environment says.
    verbs
        What it answers.
    working
        Who works; blank is as the settings say.
    host
        Where it will listen: where no keys are needed, nobody may call it by another name.

    Returns
    -------
    fastapi.FastAPI
        To be run by uvicorn; `alignment serve` does.

    Examples
    --------
    >>> create_app(Settings()).title
    'Stakeholder alignment'
    """
    limits = settings or Settings.gather()
    metrics = Metrics()
    names = None if limits.keys == "required" else own_names(host)
    app = FastAPI(
        title="Stakeholder alignment",
        lifespan=partial(_life, limits, verbs, metrics, working or working_of(limits)),
        middleware=[
            Middleware(Heads),
            Middleware(OwnPages, names),
            Middleware(DeclaredSize, limits.body_limit),
            Middleware(RequestBodyLimitMiddleware, limits.body_limit),
        ],
        # The framework's own pages come from outside the house, and its document would know of no verbs.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    problems.install(app)
    for router in (systems.router, runs.router, formats.router):
        # Each as a route of the application's own, so that a path can be asked for all its methods.
        app.routes.extend(router.routes)
    answers.install(app)
    analyses.install(app, verbs)
    about.install(app, verbs, limits)
    watch(app, metrics)
    return app


@asynccontextmanager
async def _life(
    settings: Settings, verbs: Sequence[Verb], metrics: Metrics, working: Working, app: FastAPI
) -> AsyncGenerator[None]:
    async with running(settings, verbs, metrics, working) as server:
        app.state.server = server
        app.state.doorman = server.doorman
        yield
