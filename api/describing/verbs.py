"""The operations of verbs: the same questions of a system that is kept, and one of a system in the body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from alignment.api.accepting import MEDIA
from alignment.api.arriving import JSON
from alignment.api.doors.answers import AnswerOptions, PageAnswerOptions, SheetAnswerOptions
from alignment.api.doors.described import LATER, SAME, TAG, TEXT, header, problems
from alignment.api.doors.spreadsheets import MEDIA as SHEET
from alignment.api.doors.systems import ID, ID_IS
from alignment.api.doors.tables import TablePage
from alignment.models.options.fields import Asked
from alignment.verbs.registry import COMPARE
from alignment.verbs.verb import Verb

from .bodies import body_type
from .operations import Json, Operations
from .worked import EXAMPLE

BROUGHT: Final = (400, 406, 408, 409, 413, 415, 504)
"""The problems of a question about a system in the body, besides those of every operation."""

STORED: Final = (404, 409, 410, 413, 429, 504, 507)
"""Those of a question about what is kept."""

CHOSEN: Final = 406
"""That of an address that leaves the form to what is accepted."""

CSV: Final = "The first table of the answer, for spreadsheets; it waits longer, and is never a run."

TABLE: Final = "One of the tables of the answer: rows that fit, by the page; as CSV all of them."


def paths_of(verbs: Sequence[Verb], operations: Operations) -> Iterator[tuple[str, Json]]:
    """Every path of verbs with its operations.

    Parameters
    ----------
    verbs
        The verbs.
    operations
        What operations are made of.
    """
    for verb in verbs:
        yield verb.path, {"post": _brought(verb, operations)}
        base = place_of(verb)
        yield base, {"get": _whole(verb, operations)}
        yield f"{base}.csv", {"get": _sheet(verb, operations)}
        yield f"{base}/{{table}}", {"get": _table(verb, operations)}


def place_of(verb: Verb) -> str:
    """Where the answer of a verb about what is kept is.

    >>> place_of(COMPARE)
    '/v1/systems/{system}/compare/{other}'
    """
    end = "compare/{other}" if verb is COMPARE else verb.command
    return f"/v1/systems/{{system}}/{end}"


def snake(verb: Verb) -> str:
    """The word of a verb as a name in programs.

    >>> snake(COMPARE)
    'compare'
    """
    return verb.command.replace("-", "_")


def _brought(verb: Verb, operations: Operations) -> Json:
    return {
        "operationId": f"analyse_{snake(verb)}",
        "tags": ["analyses"],
        "summary": verb.summary,
        "description": verb.description,
        "requestBody": operations.body(body_type(verb), verb.command if verb.example or verb is COMPARE else "system"),
        "responses": {"200": _answer(verb, operations), **_said(*BROUGHT)},
    }


def _whole(verb: Verb, operations: Operations) -> Json:
    right = _answer(verb, operations) | {"headers": TAG}
    responses = {"200": right, "202": LATER, "304": SAME, **_said(*STORED, CHOSEN)}
    return {
        "operationId": f"get_{snake(verb)}",
        "tags": ["answers"],
        "summary": verb.summary,
        "description": verb.description,
        "parameters": [*_asked(verb, operations, AnswerOptions)],
        "responses": responses,
    }


def _sheet(verb: Verb, operations: Operations) -> Json:
    content = {SHEET.partition(";")[0]: {"schema": TEXT, **operations.example(verb.command, "csv")}}
    right = {"description": "The table.", "headers": TAG, "content": content}
    return {
        "operationId": f"get_{snake(verb)}_csv",
        "tags": ["answers"],
        "summary": f"{verb.summary} (CSV)",
        "description": CSV,
        "parameters": [*_asked(verb, operations, SheetAnswerOptions)],
        "responses": {"200": right, "304": SAME, **_said(*STORED)},
    }


def _table(verb: Verb, operations: Operations) -> Json:
    page = operations.json(TablePage, verb.command, "page")
    headers = TAG | header("Link", "Where the next page is, where there is one.")
    content = {JSON: page, "text/csv": {"schema": TEXT, **operations.example(verb.command, "csv")}}
    right = {"description": "Rows of the table.", "headers": headers, "content": content}
    says, kind = "A table of the answer.", {"type": "string", "enum": list(verb.tables)}
    return {
        "operationId": f"get_{snake(verb)}_table",
        "tags": ["answers"],
        "summary": f"{verb.summary} (one table)",
        "description": TABLE,
        "parameters": [
            *_asked(verb, operations, PageAnswerOptions),
            operations.path("table", kind, says, verb.tables[0], f"{verb.command}.table"),
        ],
        "responses": {"200": right, "202": LATER, "304": SAME, **_said(*STORED, CHOSEN)},
    }


def _asked(verb: Verb, operations: Operations, own: type[Asked]) -> Iterator[Json]:
    """The parameters of a question about what is kept."""
    for name in ["system", "other"] if verb is COMPARE else ["system"]:
        yield operations.path(name, {"type": "string", "pattern": ID}, ID_IS, EXAMPLE, name)
    yield from operations.query(verb.options, verb.example, verb.command)
    yield from operations.query(own, {}, verb.command)
    yield from operations.headers(verb.command)


def _answer(verb: Verb, operations: Operations) -> Json:
    """An answer in every form; JSON comes first, which makers of clients take."""
    content: Json = {JSON: operations.json(verb.answer, verb.command, "answered")}
    content |= {media: {"schema": TEXT} for media in MEDIA.values() if media != JSON}
    return {"description": operations.schemas.told_of(verb.answer), "content": content}


def _said(*statuses: int) -> dict[str, Any]:
    return {str(status): each for status, each in problems(*statuses).items()}
