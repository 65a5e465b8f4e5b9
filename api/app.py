"""The application: a route for each verb of the registry, and what surrounds them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Literal

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

import alignment as al
from alignment.models.fields import Noun
from alignment.verbs.registry import COMPARE, VERBS, Verb
from alignment.verbs.renderers import RENDERERS, Form

from . import page, problems
from .accepting import form_of
from .asking import body_of, work
from .describing import Description
from .limits import DeclaredSize
from .making import compare_in, cut, join_in
from .settings import Settings
from .workers import Workers


class Health(Noun):
    """A server that answers."""

    status: Literal["ok"] = "ok"
    """That it does."""
    version: str
    """The version of the library behind it."""


Door = Callable[[Request], Awaitable[Response]]
"""What answers a request."""


def create_app(settings: Settings | None = None, verbs: Sequence[Verb] = VERBS) -> FastAPI:
    """The application that answers verbs over HTTP. It stores nothing.

    Parameters
    ----------
    settings
        Its limits; blank takes those of the environment.
    verbs
        What it answers.

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
        lifespan=partial(_workers, limits),
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
    for verb in verbs:
        app.add_api_route(verb.path, _door(partial(work, verb), limits), methods=["POST"], include_in_schema=False)
    app.add_api_route("/v1/subsets", _making(cut, limits), methods=["POST"], include_in_schema=False)
    app.add_api_route("/v1/joins", _making(join_in, limits), methods=["POST"], include_in_schema=False)
    app.add_api_route(COMPARE.path, _door(compare_in, limits), methods=["POST"], include_in_schema=False)
    app.add_api_route("/healthz", _health, response_model=Health, operation_id="healthz", summary="Whether it answers")
    _describe(app, Description(app, verbs, limits))
    return app


@asynccontextmanager
async def _workers(settings: Settings, app: FastAPI) -> AsyncGenerator[None]:
    app.state.workers = Workers(settings)
    yield
    app.state.workers.close()


def _door(answering: Callable[[bytes, Settings, Form], bytes], settings: Settings) -> Door:
    """What gives an answer in the form that is wanted."""

    async def answer(request: Request) -> Response:
        workers: Workers = request.app.state.workers
        form = form_of(request)
        with workers.place():
            body = await body_of(request, settings)
            content = await workers.run(partial(answering, body, settings, form), request.receive())
        return Response(content, media_type=RENDERERS[form].media)

    return answer


def _making(making: Callable[[bytes, Settings], bytes], settings: Settings) -> Door:
    """What gives a system rather than an answer."""

    async def answer(request: Request) -> Response:
        workers: Workers = request.app.state.workers
        with workers.place():
            body = await body_of(request, settings)
            content = await workers.run(partial(making, body, settings), request.receive())
        return Response(content, media_type="application/json")

    return answer


async def _health() -> Health:
    """Whether the server answers; also while its workers are busy."""
    return Health(version=al.__version__)


def _describe(app: FastAPI, description: Description) -> None:
    # These are plain functions, which the framework runs beside the event loop: examples take a moment.
    def document() -> Response:
        return Response(description.text, media_type="application/json")

    def docs(request: Request) -> HTMLResponse:
        return HTMLResponse(page.render(description.document, str(request.base_url)), headers=page.HEADERS)

    def example(name: str) -> Response:
        return Response(page.example(description.document, name), media_type="application/json")

    def front() -> RedirectResponse:
        return RedirectResponse("docs")

    for path, function in {
        "/openapi.json": document,
        "/docs": docs,
        "/docs/{name}.json": example,
        "/": front,
    }.items():
        app.add_api_route(path, function, include_in_schema=False)
