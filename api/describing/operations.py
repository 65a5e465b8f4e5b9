"""Parts of operations: bodies, answers, parameters; and where each of them is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel

from alignment.api.arriving import JSON
from alignment.api.doors.parameters import parameters
from alignment.models.options.fields import Asked

from .schemas import Schemas
from .shared import Shared
from .worked import EXAMPLE

Json = dict[str, Any]


class Operations:
    """What operations are made of.

    Parameters
    ----------
    schemas
        The schemas that they refer to.
    worked
        What the example of each asks and is answered, as `worked` gives it.

    Attributes
    ----------
    parameters, examples
        What they have in common.
    """

    def __init__(self, schemas: Schemas, worked: Mapping[str, Json]) -> None:
        self.schemas, self._worked = schemas, worked
        self.parameters, self.examples = Shared("parameters"), Shared("examples")
        self._options: dict[type[Asked], Sequence[Json]] = {}

    def body(self, model: type[BaseModel], word: str) -> Json:
        """A body with its example."""
        return {"required": True, "content": {JSON: self.json(model, word, "asked")}}

    def json(self, model: type[BaseModel], word: str, what: str) -> Json:
        """JSON of a type with its example."""
        return {"schema": self.schemas.reference(model), **self.example(word, what)}

    def example(self, word: str, what: str) -> Json:
        """What an example asks or is answered; nothing where none was worked out."""
        if what not in self._worked.get(word, {}):
            return {}
        found = {"value": self._worked[word][what]}
        return {"examples": {EXAMPLE: self.examples.refer(f"{word}.{what}", found, word)}}

    def query(self, options: type[Asked], given: Mapping[str, Any], word: str) -> Iterator[Json]:
        """Options as parameters, with what the example gives of them."""
        if options not in self._options:
            self._options[options] = [_plain(each) for each in parameters(options)]
        for each in self._options[options]:
            name = each["name"]
            said = {**each, "example": _in_query(each, given[name])} if name in given else each
            yield self.parameters.refer(name, said, word)

    def path(self, name: str, schema: Json, says: str, example: str, key: str) -> Json:
        """A part of a path as a parameter, which is told under a key."""
        found = {"name": name, "in": "path", "required": True, "description": says, "schema": schema}
        return self.parameters.refer(key, {**found, "example": example}, key)

    def headers(self, word: str) -> Iterator[Json]:
        """What the header of a question about what is kept can say."""
        for name, says in HEADERS.items():
            found = {"name": name, "in": "header", "required": False, "description": says, "schema": {"type": "string"}}
            yield self.parameters.refer(name, found, word)


HEADERS: Final = {
    "If-None-Match": "The ETag of what one has already: where it is the same still, the answer is a bare 304.",
    "Prefer": "How long to wait, such as wait=10, where the address does not say so.",
}


def _plain(parameter: Json) -> Json:
    """A parameter of which makers of clients know what to do: they pass over those that hold JSON."""
    if "content" not in parameter:
        return parameter
    [(media, held)] = parameter["content"].items()
    text = {"type": "string", "contentMediaType": media, "contentSchema": held["schema"]}
    return {**{word: value for word, value in parameter.items() if word != "content"}, "schema": text}


def _in_query(parameter: Json, value: Any) -> Any:
    return json.dumps(value) if "contentSchema" in parameter["schema"] else value
