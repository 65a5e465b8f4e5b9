"""Ordinary routes: what the framework gathers of them, told as the rest is told, each with an example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.routing import BaseRoute

from alignment.api.doors.parameters import plain

from .kept import RUN
from .operations import Json, Operations
from .worked import EXAMPLE

GIVEN: Final = {"system": EXAMPLE, "run": RUN.id, "form": "json"}
"""What the examples have in their paths."""


def models_of(routes: Sequence[BaseRoute]) -> Iterator[type[BaseModel]]:
    """The types with which routes answer."""
    for route in routes:
        if isinstance(route, APIRoute) and route.include_in_schema:
            found = [route.response_model, *(each.get("model") for each in route.responses.values())]
            yield from (each for each in found if isinstance(each, type) and issubclass(each, BaseModel))


def finish(paths: Mapping[str, Json], operations: Operations) -> None:
    """Make the operations of ordinary routes like those of verbs.

    Parameters
    ----------
    paths
        The paths as the framework describes them.
    operations
        What operations are made of.
    """
    for item in paths.values():
        for operation in item.values():
            name = operation["operationId"]
            operation["summary"] = summary_of(operation["description"])
            if "parameters" in operation:
                operation["parameters"] = [_shared(each, name, operations) for each in operation["parameters"]]
            if "requestBody" in operation:
                _exemplify(operation["requestBody"], name, "asked", operations)
            for status, response in operation["responses"].items():
                operation["responses"][status] = _bare(response, operation["summary"])
                _exemplify(response, name, status, operations)


def summary_of(said: str) -> str:
    """The beginning of a description, of which a heading can be made.

    >>> summary_of("End a run: at once where it waits. Or later.")
    'End a run'
    """
    return re.split(r"[.:;](?:\s|$)", said, maxsplit=1)[0]


def _shared(parameter: Json, owner: str, operations: Operations) -> Json:
    """A parameter, which is told once; its schema does not say again what it says itself."""
    name: str = parameter["name"].title() if parameter["in"] == "header" else parameter["name"]
    found = {"description": "", **parameter, "name": name, "schema": plain(parameter["schema"])}
    if parameter["in"] == "path":
        found["example"] = GIVEN[name]
    return operations.parameters.refer(name, found, owner)


def _bare(response: Json, summary: str) -> Json:
    """A response: nothing beside a reference, and something of an answer of which the framework knows nothing."""
    if "$ref" in response:
        return {"$ref": response["$ref"]}
    if response["description"] == "Successful Response":
        response["description"] = f"{summary}."
    return response


def _exemplify(held: Json, name: str, what: str, operations: Operations) -> None:
    """Put an example to the first form of what is sent or answered."""
    for media in list(held.get("content", {}))[:1]:
        held["content"][media].update(operations.example(name, what))
