"""The schemas of types, each once, under names that read well in any language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from alignment.verbs.verb import lead_of

Json = dict[str, Any]

PLACE: Final = "#/components/schemas/"

MODE: Final[JsonSchemaMode] = "validation"
"""What is answered can be asked about in turn: there is one schema of a type, not one for each direction."""


class Schemas:
    """The schemas of some types, and of all that these hold.

    Parameters
    ----------
    asked
        The types of what is sent.
    answered
        The types of what is answered.

    Attributes
    ----------
    told
        Each schema by its name.
    """

    def __init__(self, asked: Iterable[type[BaseModel]], answered: Iterable[type[BaseModel]]) -> None:
        types = list(dict.fromkeys((*asked, *answered)))
        references, found = models_json_schema(
            [(each, MODE) for each in types], ref_template=PLACE + "{model}", schema_generator=_Bare
        )
        names = {word: name_of(word) for word in found["$defs"]}
        self.told: Json = {names[word]: tidied(schema, names) for word, schema in found["$defs"].items()}
        self._names = {each: names[_word(references[each, MODE])] for each in types}
        self._fill(self._within(asked))

    def reference(self, model: type[BaseModel]) -> Json:
        """A reference to the schema of a type."""
        return {"$ref": PLACE + self._names[model]}

    def told_of(self, model: type[BaseModel]) -> str:
        """What is told of a type."""
        return self.told[self._names[model]].get("description", "")

    def _fill(self, sent: frozenset[str]) -> None:
        """Say of what is only ever answered that no field of it is left out, so that clients need not ask."""
        for name in self.told.keys() - sent:
            if "properties" in self.told[name]:
                self.told[name]["required"] = list(self.told[name]["properties"])

    def _within(self, models: Iterable[type[BaseModel]]) -> frozenset[str]:
        """The names of the schemas of some types, and of all that these hold."""
        found, left = set[str](), [self._names[each] for each in models]
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += references_in(self.told[name])
        return frozenset(found)


class _Bare(GenerateJsonSchema):
    """Schemas whose fields have no titles, which would only say their names again."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def name_of(word: str) -> str:
    """The name of a schema: that of its type; where several types have it, that of the system's own table.

    >>> name_of("Agency"), name_of("alignment__models__system__measures__Level")
    ('Agency', 'Level')
    >>> name_of("alignment__models__answers__achieve__Level")
    'AchieveLevel'
    """
    *places, name = word.split("__")
    return name if not places or "system" in places else f"{places[-1].title().replace('_', '')}{name}"


def tidied(schema: Any, names: Mapping[str, str]) -> Any:
    """A schema without its title, whose references are by name, and whose description is for people.

    Parameters
    ----------
    schema
        The schema, or a part of it.
    names
        What the schemas are to be called that it refers to.
    """
    if isinstance(schema, list):
        return [tidied(each, names) for each in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    found: Json = {}
    for word, value in cast("Json", schema).items():
        if word == "$ref":
            found[word] = PLACE + names[value.removeprefix(PLACE)]
        elif word == "description" and isinstance(value, str):
            found[word] = lead_of(value)
        elif word == "mapping":
            found[word] = {key: PLACE + names[_word({"$ref": each})] for key, each in value.items()}
        elif word != "title" or not isinstance(value, str):
            found[word] = tidied(value, names)
    return found


def references_in(schema: Any) -> Sequence[str]:
    """The names of the schemas that a schema refers to."""
    return re.findall(rf"'\$ref': '{PLACE}([^']*)'", repr(schema))


def _word(reference: Mapping[str, str]) -> str:
    return reference["$ref"].removeprefix(PLACE)
