"""Options as the parameters of an OpenAPI document."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Final, cast

from alignment.models.options.fields import Asked

from .query import Shape, kinds_in, shapes

Json = dict[str, Any]

PREFIX: Final = "#/$defs/"


def parameters(options: type[Asked]) -> list[Json]:
    """A parameter object for each option, as `query.given` reads it; their schemas refer to no others.

    Parameters
    ----------
    options
        The options.

    Examples
    --------
    >>> from alignment.api.doors.waiting import Waiting
    >>> [found] = parameters(Waiting)
    >>> found["name"], found["in"], found["schema"]
    ('wait', 'query', {'minimum': 0, 'type': 'number'})
    """
    schema = options.model_json_schema()
    kinds, needed = shapes(options), schema.get("required", [])
    properties = _inlined(schema["properties"], schema.get("$defs", {}))
    return [_parameter(name, each, kinds[name], needed=name in needed) for name, each in properties.items()]


def _parameter(name: str, schema: Json, shape: Shape, *, needed: bool) -> Json:
    bare = plain(schema)
    found: Json = {"name": name, "in": "query", "description": schema.get("description", ""), "required": needed}
    if shape in (Shape.OBJECT, Shape.ROWS):
        return {**found, "content": {"application/json": {"schema": bare}}}
    return {**found, "schema": bare}


def plain(schema: Json) -> Json:
    """The schema of a value without what the parameter says itself; null is what is not given."""
    kinds = [dict(kind) for kind in kinds_in(schema)]
    kept = {word: value for word, value in schema.items() if word not in ("anyOf", "title", "description")}
    if kept.get("default", ...) is None:
        del kept["default"]
    if "anyOf" not in schema:
        return kept
    return {**kept, **kinds[0]} if len(kinds) == 1 else {**kept, "anyOf": kinds}


def _inlined(schema: Any, of: Mapping[str, Any]) -> Any:
    """A schema with others in the place of references to them, none of which refers to itself."""
    if isinstance(schema, list):
        return [_inlined(each, of) for each in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    found = cast("Json", schema)
    if "$ref" in found:
        return _inlined(copy.copy(of[found["$ref"].removeprefix(PREFIX)]), of)
    # What tells them apart is told by references, and by the constants that they hold anyway.
    return {word: _inlined(each, of) for word, each in found.items() if word != "discriminator"}
