"""Lists of known words, each once under a name of its own: makers of clients would give every use of one a type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from .bodies import BODY
from .schemas import PLACE

Json = dict[str, Any]


class Use(NamedTuple):
    """Where a list of words stands."""

    owner: str
    """The type or parameter that holds it."""
    field: str
    """The field there."""
    schema: Json
    """The schema that lists the words."""

    @property
    def words(self) -> tuple[Any, ...]:
        """The words."""
        return tuple(self.schema["enum"])


def name_choices(schemas: Json, parameters: Mapping[str, Json]) -> None:
    """Give each list of words a schema of its own, and refer to it where it stands.

    Parameters
    ----------
    schemas
        The schemas by name, to which those of lists are added.
    parameters
        The parameters by name.

    Examples
    --------
    >>> schemas = {"Camp": {"properties": {"by": {"enum": ["tier", "sector"], "type": "string"}}}}
    >>> name_choices(schemas, {})
    >>> schemas["Camp"]["properties"]["by"], schemas["ByChoice"]["enum"]
    ({'$ref': '#/components/schemas/ByChoice'}, ['tier', 'sector'])
    """
    uses = [use for name, schema in schemas.items() for use in _uses(schema, name, name)]
    uses += [use for key, each in parameters.items() for use in _uses(each["schema"], key.partition(".")[0], _own(key))]
    names = _names(uses)
    for use in uses:
        name = names[use.words]
        schemas[name] = {"type": use.schema.pop("type", "string"), "enum": use.schema.pop("enum")}
        use.schema["$ref"] = PLACE + name


def _own(key: str) -> str:
    return key.rpartition(".")[2]


def _uses(schema: Any, owner: str, field: str) -> Iterator[Use]:
    """Every list of words within a schema."""
    if isinstance(schema, list):
        for each in cast("list[Any]", schema):
            yield from _uses(each, owner, field)
    elif isinstance(schema, dict):
        found = cast("Json", schema)
        if isinstance(found.get("enum"), list):
            yield Use(owner, field, found)
        for name, each in found.get("properties", {}).items():
            yield from _uses(each, owner, name)
        yield from _uses(found.get("items"), owner, field.removesuffix("s"))
        for word in ("anyOf", "oneOf", "additionalProperties", "contentSchema"):
            yield from _uses(found.get(word), owner, field)


def _names(uses: list[Use]) -> Mapping[tuple[Any, ...], str]:
    """A name for each list: that of its field; where several lists stand in such a field, the most used one has it."""
    first = {use.words: use for use in reversed(uses)}
    times = Counter(use.words for use in uses)
    found: dict[tuple[Any, ...], str] = {}
    for words, use in first.items():
        others = [times[each] for each, other in first.items() if other.field == use.field and each != words]
        owner = "" if times[words] > max(others, default=0) else _camel(use.owner.removesuffix(BODY))
        found[words] = f"{owner}{_camel(use.field)}Choice"
    return found


def _camel(name: str) -> str:
    parts = name.replace("-", "_").replace(".", "_").split("_")
    return "".join(part[:1].upper() + part[1:] for part in parts)
