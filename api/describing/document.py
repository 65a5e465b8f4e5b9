"""The OpenAPI document: operations of verbs, from their registry, and of ordinary routes, each with an example."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

import alignment as al
from alignment.api.doors.described import PLACE, TAG, WAIT, header
from alignment.api.doors.nouns import MadeSystem, RunState
from alignment.api.doors.tables import TablePage
from alignment.api.problems import MEDIA_TYPE, Problem, titles
from alignment.api.settings import Settings
from alignment.verbs.registry import COMPARE
from alignment.verbs.verb import Verb

from .bodies import body_type, making_types
from .choices import name_choices
from .kept import examples_of_kept
from .making import paths_of_making
from .operations import Operations
from .ordinary import finish, models_of
from .schemas import Schemas
from .verbs import paths_of

Json = dict[str, Any]

ABOUT: Final = (
    "Finds where public bodies' targets pull against each other, and the few measures that would serve them all.\n\n"
    "`PUT /v1/systems/{system}` keeps a system: a JSON document, a workbook or a zip of CSV files. From then on every "
    "analysis is a URL: `GET /v1/systems/{system}/conflicts` as JSON, `.csv` for spreadsheets, `.html` for people; its "
    "tables one by one below it, filtered and by the page. Options are parameters, under the names that the Python "
    "library gives them. What takes longer than two seconds is a run: the answer is 202 and says where it stands.\n\n"
    "`POST /v1/analyses/{analysis}` answers about a system in the body, of which nothing is kept. "
    "Whatever goes wrong is said as a problem (RFC 9457, `application/problem+json`) with every fault of the input."
)

SECURITY: Final[Json] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key, as `alignment keys new` gives it."},
    "basic": {
        "type": "http",
        "scheme": "basic",
        "description": "The same with the key as the password of any user name, as Excel and Power BI ask for it.",
    },
}

TAGS: Final = (
    ("systems", "Systems that are kept, and their versions."),
    ("answers", "Answers about a system that is kept."),
    ("runs", "Answers that take longer."),
    ("analyses", "Answers about a system that a request brings, or systems made of it; nothing of it is kept."),
    ("about", "The tables of a system, kinds of conflicts, and the server itself."),
)


HEADERS: Final = {
    401: header("WWW-Authenticate", "The ways to show a key."),
    429: WAIT,
    503: WAIT,
}
"""What some problems say besides."""


class Description:
    """What there is to say of an application; worked out when first asked.

    Parameters
    ----------
    app
        The application; its ordinary routes describe themselves.
    verbs
        The verbs that it answers.
    settings
        Its limits.

    Attributes
    ----------
    examples
        What the example of each verb asks and is answered, as `worked` gives it; to be set before the document is
        asked for.
    required
        Whether visitors need a key; to be set before, too.
    """

    examples: Mapping[str, Json] | None = None
    required: bool = False

    def __init__(self, app: FastAPI, verbs: Sequence[Verb], settings: Settings) -> None:
        self._app = app
        self._verbs = verbs
        self._settings = settings

    @cached_property
    def document(self) -> Json:
        """The OpenAPI document."""
        routes = self._app.routes
        made = get_openapi(
            title="Stakeholder alignment",
            version=al.__version__,
            description=f"{ABOUT}\n\n{_limits(self._settings)}",
            routes=routes,
            tags=[{"name": name, "description": says} for name, says in TAGS],
        )
        verbs, worked = (*self._verbs, COMPARE), self.examples or {}
        answered = [*(each.answer for each in verbs), MadeSystem, TablePage, Problem, *models_of(routes)]
        schemas = Schemas([*map(body_type, verbs), *making_types()], answered)
        operations = Operations(schemas, {**worked, **examples_of_kept(worked)})
        paths = {**dict(paths_of(verbs, operations)), **dict(paths_of_making(operations))}
        finish(made["paths"], operations)
        name_choices(schemas.told, operations.parameters.told)
        made["paths"] |= paths
        made["components"] = {
            "schemas": schemas.told,
            "responses": {**_problems(), **_common(operations)},
            "parameters": operations.parameters.told,
            "examples": operations.examples.told,
            "securitySchemes": SECURITY,
        }
        made["security"] = [*([] if self.required else [{}]), *({name: list[str]()} for name in SECURITY)]
        return made

    @cached_property
    def text(self) -> bytes:
        """The OpenAPI document as JSON."""
        return json.dumps(self.document, ensure_ascii=False, separators=(",", ":")).encode()


def _limits(settings: Settings) -> str:
    """What a server takes, in a list."""
    fields = type(settings).model_fields
    numbers = {name: getattr(settings, name) for name in fields}
    lines = [
        f"- `{name}` {number:,.10g}: {fields[name].description}"
        for name, number in numbers.items()
        if isinstance(number, int | float)
    ]
    return "\n".join(["The limits of this server:", "", *lines])


def _problems() -> Json:
    """The problems by their status, for operations to refer to."""
    found: Json = {}
    for status, said in titles().items():
        found[f"Problem{status}"] = {
            "description": said,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        if status in HEADERS:
            found[f"Problem{status}"]["headers"] = HEADERS[status]
    return found


def _common(operations: Operations) -> Json:
    """Other answers that many operations give."""
    run = {"application/json": operations.json(RunState, "get_run", "200")}
    return {
        "Same": {"description": "What one has is the same still.", "headers": TAG},
        "Later": {"description": "It takes longer: a run.", "headers": PLACE | WAIT, "content": run},
    }
