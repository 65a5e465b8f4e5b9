"""What the server says of itself, and of what it takes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

import alignment as al
from alignment.api.describing import page
from alignment.api.describing.document import Description
from alignment.api.runs.question import Question
from alignment.api.server import Here
from alignment.api.settings import Settings
from alignment.api.watching.health import Health, ServerReadiness, readiness
from alignment.api.watching.metrics import MEDIA_TYPE
from alignment.verbs.verb import Verb

from .described import ANYHOW, told
from .visitors import Reader

router = APIRouter(tags=["about"])


OPEN: Final[dict[str, Any]] = {"security": list[Any]()}
"""What the document says of doors that need no key."""


@router.get("/healthz", operation_id="get_server_health", responses=told(*ANYHOW), openapi_extra=OPEN)
async def get_health() -> Health:
    """Say whether the server answers; also while all who work are busy."""
    return Health(version=al.__version__)


_NOT_YET: Final[dict[int | str, Any]] = {503: {"model": ServerReadiness, "description": "Not yet."}}


@router.get("/readyz", operation_id="get_server_readiness", responses=told(*ANYHOW) | _NOT_YET, openapi_extra=OPEN)
def get_readiness(here: Here, response: Response) -> ServerReadiness:
    """Say whether the server can work: whether what is kept can be reached, and a child is warm."""
    found = readiness(here.store.check, here.children.warm)
    response.status_code = found.code
    return found


_FIGURES: Final[dict[int | str, Any]] = {
    200: {"description": "The figures.", "content": {"text/plain": {"schema": {"type": "string"}}}},
    **told(401, 503, *ANYHOW),
}


@router.get("/metrics", operation_id="get_server_metrics", response_class=Response, responses=_FIGURES)
def get_metrics(here: Here, _: Reader) -> Response:
    """Give the server's figures in the text that Prometheus reads."""
    return Response(here.metrics.render(), media_type=MEDIA_TYPE)


def install(app: FastAPI, verbs: Sequence[Verb], settings: Settings) -> None:
    """Add the doors to an application.

    Parameters
    ----------
    app
        The application, which has all others already.
    verbs
        What it answers.
    settings
        What it takes.
    """
    app.routes.extend(router.routes)
    description = Description(app, verbs, settings)
    working = asyncio.Lock()

    async def described(here: Here) -> Description:
        # A child works the examples out once, when somebody first looks.
        async with working:
            if description.examples is None:
                never: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                answered = await here.desk.answer(Question("examples", (), task="examples"), never)
                description.examples = json.loads(answered.content["json"])
                description.required = here.doorman.required
        return description

    async def document(here: Here) -> Response:
        found = await described(here)
        return Response(await run_in_threadpool(lambda: found.text), media_type="application/json")

    async def docs(here: Here, request: Request) -> HTMLResponse:
        found = await described(here)
        text = await run_in_threadpool(page.render, found.document, str(request.base_url))
        return HTMLResponse(text, headers=page.HEADERS)

    async def example(here: Here, name: str) -> Response:
        found = (await described(here)).document
        return Response(await run_in_threadpool(page.example, found, name), media_type="application/json")

    async def front() -> RedirectResponse:
        return RedirectResponse("docs")

    for path, function in {
        "/openapi.json": document,
        "/docs": docs,
        "/docs/{name}.json": example,
        "/": front,
    }.items():
        app.add_api_route(path, function, include_in_schema=False)
