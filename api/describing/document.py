"""The OpenAPI document: operations of verbs, from their registry, and of ordinary routes, each with an example."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

import alignment as al
from alignment.api.problems import MEDIA_TYPE, titles
from alignment.api.settings import Settings
from alignment.verbs.verb import Verb

from .kept import examples_of_kept
from .verbs import VerbOperations

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
    ("analyses", "Answers about a system that a request brings; nothing of it is kept."),
    ("about", "The tables of a system, kinds of conflicts, and the server itself."),
)


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
    """

    examples: Mapping[str, Json] | None = None

    def __init__(self, app: FastAPI, verbs: Sequence[Verb], settings: Settings) -> None:
        self._app = app
        self._verbs = verbs
        self._settings = settings

    @cached_property
    def document(self) -> Json:
        """The OpenAPI document."""
        made = get_openapi(
            title="Stakeholder alignment",
            version=al.__version__,
            description=f"{ABOUT}\n\n{_limits(self._settings)}",
            routes=self._app.routes,
            tags=[{"name": name, "description": says} for name, says in TAGS],
        )
        operations = VerbOperations(self._verbs, self.examples or {})
        for path, item in operations.paths():
            made["paths"][path] = item
        examples_of_kept(made["paths"])
        own = made.get("components", {}).get("schemas", {})
        made["components"] = {
            "schemas": {**own, **operations.schemas},
            "responses": _responses(),
            "parameters": operations.parameters,
            "examples": operations.examples,
            "securitySchemes": SECURITY,
        }
        made["security"] = [{}, *({name: list[str]()} for name in SECURITY)]
        return made

    @cached_property
    def text(self) -> bytes:
        """The OpenAPI document as JSON."""
        return json.dumps(self.document, ensure_ascii=False).encode()


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


def _responses() -> Json:
    """The problems by their status, for operations to refer to."""
    found: Json = {}
    for status, said in titles().items():
        found[f"Problem{status}"] = {
            "description": said,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        if status in (429, 503):
            wait = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
            found[f"Problem{status}"]["headers"] = {"Retry-After": wait}
    return found
