"""Applications that are watched in tests."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from alignment.api.watching import requests
from alignment.api.watching.metrics import Metrics
from alignment.api.watching.request_ids import request_id


async def hello(request: Request) -> Response:
    request.state.key = request.headers.get("authorization", "").removeprefix("Bearer ") or None
    return PlainTextResponse("hello")


async def echo(request: Request) -> Response:
    return Response(await request.body())


def named(_: Request) -> Response:
    return PlainTextResponse(request_id() or "")


async def fails(request: Request) -> Response:
    """Raise all that was asked, and so what it came of."""
    asked = f"{await request.body()} {request.url} {request.headers} {request.path_params}"
    nothing: dict[str, str] = {}
    try:
        return PlainTextResponse(nothing[asked])
    except KeyError as error:
        raise ValueError(asked) from error


def watched(metrics: Metrics | None = None, **given: Any) -> Starlette:
    """An application with routes of every sort."""
    routes = [
        Route("/", hello),
        Route("/echo", echo, methods=["POST"]),
        Route("/named", named),
        Route("/systems/{system}/fails", fails, methods=["POST"]),
    ]
    app = Starlette(routes=routes, **given)
    requests.install(app, metrics or Metrics())
    return app
