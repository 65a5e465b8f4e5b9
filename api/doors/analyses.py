"""Answers about what a request brings itself; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from fastapi import Depends, FastAPI, Request, Response

from alignment.api.accepting import form_of
from alignment.api.arriving import JSON, gone, json_of
from alignment.api.describing.page import HEADERS as SAFE
from alignment.api.locks.doorman import needs
from alignment.api.runs.question import Question, Task
from alignment.api.server import server_of
from alignment.verbs.registry import COMPARE, Verb
from alignment.verbs.renderers import RENDERERS

Door = Callable[[Request], Awaitable[Response]]
"""What answers a request."""

MAKING: Final = {"/v1/subsets": "subset", "/v1/joins": "join"}
"""Where systems are made of what a body holds, and how."""


def install(app: FastAPI, verbs: Sequence[Verb]) -> None:
    """Add the doors of some verbs.

    Parameters
    ----------
    app
        The application.
    verbs
        The verbs.
    """
    for verb in (*verbs, COMPARE):
        for path in (verb.path, verb.alias):
            _add(app, path, _answering(verb))
    for path, what in MAKING.items():
        _add(app, path, _making(what))


def _add(app: FastAPI, path: str, door: Door) -> None:
    app.add_api_route(path, door, methods=["POST"], include_in_schema=False, dependencies=[Depends(needs("reader"))])


def _answering(verb: Verb) -> Door:
    """What gives an answer in the form that is wanted."""

    async def answer(request: Request) -> Response:
        form = form_of(request)
        content = await _asked(request, verb.command, "body", form)
        return Response(content, headers=SAFE if form == "html" else None, media_type=RENDERERS[form].media)

    return answer


def _making(what: str) -> Door:
    """What gives a system rather than an answer."""

    async def answer(request: Request) -> Response:
        return Response(await _asked(request, what, "make", "json"), media_type=JSON)

    return answer


async def _asked(request: Request, word: str, task: Task, form: str) -> bytes:
    """What a child says to the body of a request."""
    server = server_of(request)
    with server.places.place():
        body = await json_of(request, server.settings)
        answered = await server.desk.answer(Question(word, (body,), forms=(form,), task=task), gone(request))
    return answered.content[form]
