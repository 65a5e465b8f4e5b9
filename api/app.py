"""The application: doors for each verb of the registry and for what is kept, and what surrounds them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from alignment.verbs.registry import VERBS, Verb

from . import problems
from .doors import about, analyses, answers, runs, systems
from .limits import DeclaredSize
from .runs.children import Children
from .server import Working, running
from .settings import Settings


def create_app(settings: Settings | None = None, verbs: Sequence[Verb] = VERBS, working: Working = Children) -> FastAPI:
    """The application that keeps systems, and answers verbs over HTTP.

    Parameters
    ----------
    settings
        What it takes; blank is what the environment says.
    verbs
        What it answers.
    working
        Who works: children of this machine, or others.

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
    app = FastAPI(
        title="Stakeholder alignment",
        lifespan=partial(_life, limits, verbs, working),
        middleware=[
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
    for router in (systems.router, runs.router):
        app.include_router(router)
    answers.install(app)
    analyses.install(app, verbs)
    about.install(app, verbs, limits)
    return app


@asynccontextmanager
async def _life(settings: Settings, verbs: Sequence[Verb], working: Working, app: FastAPI) -> AsyncGenerator[None]:
    async with running(settings, verbs, working) as server:
        app.state.server = server
        app.state.doorman = server.doorman
        yield
