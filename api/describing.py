"""The OpenAPI document: operations from the registry of verbs, each with an example worked out by the library."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field, create_model
from pydantic.json_schema import JsonSchemaMode, models_json_schema

import alignment as al
from alignment.models.system import System
from alignment.verbs.registry import Verb
from alignment.verbs.renderers import RENDERERS

from .asking import capped
from .problems import ALL_KINDS, MEDIA_TYPE, Kind, Problem
from .settings import Settings

Json = dict[str, Any]

Refer = Callable[[type[BaseModel], JsonSchemaMode], Json]
"""The schema of a type, going in or coming out."""

BODY: Final = "Request"
"""How the name of a body's schema ends."""

EXAMPLE: Final = "winter-pressure"
"""The system of every example."""

SCHEMAS: Final = "#/components/schemas/{model}"

ABOUT: Final = (
    "Finds where public bodies' targets pull against each other, and the few measures that would serve them all. "
    "Nothing is stored: a request carries the whole system under `system`, as a JSON file of it would "
    "(`alignment convert` makes one of a folder or a workbook), and options beside it under the names that the "
    "Python library gives them. Whatever goes wrong is said as a problem (RFC 9457, `application/problem+json`) "
    "with every fault of the input. `POST /v1/subsets` answers no question but cuts out a part: with `agencies`, "
    "`tiers`, `outcomes` or `measures` beside the system it gives a `system` to ask of, and in `notes` what it left "
    "out. "
    "`POST /v1/joins` answers no question but makes one system of several: with a list of `systems`, and `names`, "
    "`overlaps`, `apart` or `shared` beside them, it gives a `system` to ask of, and `notes` of what was matched, kept "
    "apart and decided. `POST /v1/comparisons` lays several side by side: `systems`, "
    "and `names`, `same`, `core` or the options of `propose` beside them, in any form of an answer."
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
    """

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
        )
        bodies, schemas = _schemas(self._verbs)
        for verb in self._verbs:
            made["paths"][verb.path] = {"post": _operation(verb, bodies, self._settings)}
        schemas |= made.get("components", {}).get("schemas", {})
        made["components"] = {"schemas": schemas}
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


def _schemas(verbs: Sequence[Verb]) -> tuple[Refer, Json]:
    """How to refer to the schema of a type, going in or coming out; and all schemas."""
    bodies = [(body_type(verb), "validation") for verb in verbs]
    answers = [(answer, "serialization") for answer in (*(verb.answer for verb in verbs), Problem)]
    models: Any = list(dict.fromkeys([*bodies, *answers]))
    references, found = models_json_schema(models, ref_template=SCHEMAS)
    schemas: Json = found["$defs"]
    return lambda model, mode: references[model, mode], schemas


@cache
def body_type(verb: Verb) -> type[BaseModel]:
    """The type of a verb's body: its options, and the system beside them."""
    where = Field(description="The tables of the system, each a list of rows.")
    name = f"{verb.name.capitalize()}{BODY}"
    return create_model(name, __base__=verb.options, __doc__=verb.options.__doc__, system=(System, where))


def _operation(verb: Verb, schema: Refer, settings: Settings) -> Json:
    asked, answered = _example(verb, settings)  # pyright: ignore[reportArgumentType] - settings are frozen
    problem = schema(Problem, "serialization")
    right = {
        **_content("application/json", schema(verb.answer, "serialization"), answered),
        **{each.media: {"schema": {"type": "string"}} for form, each in RENDERERS.items() if form != "json"},
    }
    wrong = {str(status): _problems(kinds, problem) for status, kinds in _by_status().items()}
    return {
        "operationId": verb.name,
        "summary": verb.summary,
        "description": verb.description,
        "requestBody": {
            "required": True,
            "content": _content("application/json", schema(body_type(verb), "validation"), asked),
        },
        "responses": {"200": {"description": verb.answer.__doc__, "content": right}, **wrong},
    }


def _content(media: str, schema: Json, value: Json) -> Json:
    return {media: {"schema": schema, "examples": {EXAMPLE: {"value": value}}}}


@cache
def _example(verb: Verb, settings: Settings) -> tuple[Json, Json]:
    """A body and what it is answered with."""
    system = al.read(al.example(EXAMPLE))
    answer = verb.ask(system, capped(verb.options.model_validate(verb.example), settings))
    return {"system": al.to_document(system), **verb.example}, json.loads(answer.to_json())


def _by_status() -> Mapping[int, Sequence[Kind]]:
    """The kinds of problem that a verb may answer with."""
    found: dict[int, list[Kind]] = {}
    for kind in ALL_KINDS:
        if kind.status not in (404, 405):
            found.setdefault(kind.status, []).append(kind)
    return dict(sorted(found.items()))


def _problems(kinds: Sequence[Kind], schema: Json) -> Json:
    found: Json = {
        "description": ". ".join(kind.title for kind in kinds) + ".",
        "content": {MEDIA_TYPE: {"schema": schema}},
    }
    if kinds[0].status == 503:
        found["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    return found
