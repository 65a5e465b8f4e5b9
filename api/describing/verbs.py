"""The operations of verbs: the same four questions of a system that is kept, and one of a system in the body."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from alignment.api.doors.parameters import parameters
from alignment.api.doors.spreadsheets import MEDIA as SHEET
from alignment.api.doors.tables import TablePage
from pydantic import BaseModel, Field, create_model
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from alignment.api.accepting import MEDIA
from alignment.api.doors.answers import AnswerOptions, PageAnswerOptions, SheetAnswerOptions
from alignment.api.doors.described import problems
from alignment.api.doors.nouns import RunState
from alignment.api.doors.systems import ID
from alignment.api.problems import Problem
from alignment.models.options.fields import Asked
from alignment.models.system import System
from alignment.verbs.registry import COMPARE
from alignment.verbs.verb import Verb

from .worked import EXAMPLE

Json = dict[str, Any]

SCHEMAS: Final = "#/components/schemas/{model}"

JSON: Final = "application/json"

STORED: Final = (404, 406, 409, 410, 413, 429, 504, 507)
"""The problems of a question about what is kept, besides those of every operation."""

BROUGHT: Final = (400, 406, 408, 409, 413, 415, 504)
"""Those of a question about a system in the body."""


class VerbOperations:
    """The operations of some verbs, and what they refer to.

    Parameters
    ----------
    verbs
        The verbs.
    worked
        What the example of each asks and is answered.

    Attributes
    ----------
    schemas, parameters, examples
        What operations refer to.
    """

    def __init__(self, verbs: Sequence[Verb], worked: Mapping[str, Json]) -> None:
        self._verbs, self._worked = (*verbs, COMPARE), worked
        bodies: list[tuple[type[BaseModel], JsonSchemaMode]] = [(body_type(each), "validation") for each in self._verbs]
        answers = [each.answer for each in self._verbs]
        types = [*bodies, *((each, "serialization") for each in (*answers, TablePage, RunState, Problem))]
        self._references, found = models_json_schema(list(dict.fromkeys(types)), ref_template=SCHEMAS)
        self.schemas: Json = found["$defs"]
        self.parameters: Json = {}
        self.examples: Json = {}

    def paths(self) -> Iterator[tuple[str, Json]]:
        """Every path with its operations."""
        for verb in self._verbs:
            yield verb.path, {"post": self._brought(verb)}
            base = place_of(verb)
            yield base, {"get": self._stored(verb, "", AnswerOptions, self._whole(verb))}
            yield f"{base}.csv", {"get": self._stored(verb, "csv", SheetAnswerOptions, self._sheet(verb))}
            yield f"{base}/{{table}}", {"get": self._stored(verb, "table", PageAnswerOptions, self._page(verb))}

    def _brought(self, verb: Verb) -> Json:
        asked = self._example(verb, "asked")
        return {
            "operationId": f"analyse_{snake(verb)}",
            "tags": ["analyses"],
            "summary": verb.summary,
            "description": verb.description,
            "requestBody": {
                "required": True,
                "content": {JSON: {"schema": self._schema(body_type(verb), "validation"), **asked}},
            },
            "responses": {"200": self._whole(verb), **_told(problems(*BROUGHT))},
        }

    def _stored(self, verb: Verb, what: str, own: type[Asked], right: Json) -> Json:
        name = "_".join(filter(None, ("get", snake(verb), what)))
        says = {"": verb.description, "csv": "The first table of the answer, for spreadsheets.", "table": TABLE}[what]
        later: Json = {} if what == "csv" else {"202": self._later()}
        return {
            "operationId": name,
            "tags": ["answers"],
            "summary": verb.summary + {"": "", "csv": " (CSV)", "table": " (one table)"}[what],
            "description": says,
            "parameters": [*self._places(verb, what), *self._options(verb.options), *self._options(own)],
            "responses": {"200": right, **later, "304": {"description": "It is the same still."}}
            | _told(problems(*STORED)),
        }

    def _places(self, verb: Verb, what: str) -> Iterator[Json]:
        """The parameters of the path."""
        names = ["system", "other"] if verb is COMPARE else ["system"]
        for name in names:
            yield _placed(name, {"type": "string", "pattern": ID}, "The id of a system.")
        if what == "table":
            yield _placed("table", {"type": "string", "enum": list(verb.tables)}, "A table of the answer.")

    def _options(self, options: type[Asked]) -> Iterator[Json]:
        """Parameters of the query; what several operations ask in the same words is told once."""
        for each in parameters(options):
            known = self.parameters.setdefault(each["name"], each)
            yield {"$ref": f"#/components/parameters/{each['name']}"} if known == each else each

    def _whole(self, verb: Verb) -> Json:
        """An answer in every form."""
        content = {media: {"schema": {"type": "string"}} for form, media in MEDIA.items() if form != "json"}
        content[JSON] = {"schema": self._schema(verb.answer), **self._example(verb, "answered")}
        return {"description": (verb.answer.__doc__ or "").strip(), "content": content}

    def _sheet(self, verb: Verb) -> Json:
        content = {"schema": {"type": "string"}, **self._example(verb, "csv")}
        return {"description": "The table.", "content": {SHEET.partition(";")[0]: content}}

    def _page(self, verb: Verb) -> Json:
        content: Json = {JSON: {"schema": self._schema(TablePage), **self._example(verb, "page")}}
        content["text/csv"] = {"schema": {"type": "string"}}
        link = {"description": "Where the next page is, where there is one.", "schema": {"type": "string"}}
        return {"description": "Rows of the table.", "headers": {"Link": link}, "content": content}

    def _later(self) -> Json:
        where = {"description": "Where the run is.", "schema": {"type": "string"}}
        content = {JSON: {"schema": self._schema(RunState)}}
        return {"description": "It takes longer: a run.", "headers": {"Location": where}, "content": content}

    def _schema(self, model: type[BaseModel], mode: JsonSchemaMode = "serialization") -> Json:
        return self._references[model, mode]

    def _example(self, verb: Verb, what: str) -> Json:
        """The example of an operation, which is told once; none where none was worked out."""
        if verb.command not in self._worked:
            return {}
        name = f"{verb.command}-{what}"
        self.examples[name] = {"value": self._worked[verb.command][what]}
        return {"examples": {EXAMPLE: {"$ref": f"#/components/examples/{name}"}}}


TABLE: Final = "One of the tables of the answer: rows that fit, by the page, as JSON or CSV."


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


@cache
def body_type(verb: Verb) -> type[BaseModel]:
    """The type of a verb's body: its options, and the system, or the systems, beside them."""
    tables = "The tables of the system, each a list of rows."
    what: Any = {"system": (System, Field(description=tables))}
    if verb is COMPARE:
        what = {"systems": (list[System], Field(description="The systems, each with its tables.", min_length=1))}
    name = f"{verb.command.title().replace('-', '')}Request"
    make: Callable[..., type[BaseModel]] = create_model
    return make(name, __base__=verb.options, __doc__=verb.options.__doc__, **what)


def _placed(name: str, schema: Json, says: str) -> Json:
    return {"name": name, "in": "path", "required": True, "description": says, "schema": schema}


def _told(responses: Mapping[int | str, Any]) -> Json:
    return {str(status): each for status, each in responses.items()}
