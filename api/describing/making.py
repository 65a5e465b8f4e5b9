"""The operations that make a system of what a body holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

from alignment.api.arriving import JSON
from alignment.api.doors.described import problems
from alignment.api.doors.nouns import MadeSystem

from .bodies import making_types
from .operations import Json, Operations

SUBSET: Final = (
    "Cut a part out of a system",
    "Only what some agencies, tiers, outcomes or measures are about; the notes say what was left out.",
)

JOIN: Final = (
    "Make one system of several",
    "Rows that are the same thing in several places become one; the notes say what was matched and kept apart.",
)


def paths_of_making(operations: Operations) -> Iterator[tuple[str, Json]]:
    """Every path where a system is made of others, with its operation.

    Parameters
    ----------
    operations
        What operations are made of.
    """
    part, whole = making_types()
    yield "/v1/subsets", {"post": _operation("make_subset", "subset", SUBSET, part, operations)}
    yield "/v1/joins", {"post": _operation("join_systems", "join", JOIN, whole, operations)}


def _operation(name: str, word: str, says: tuple[str, str], body: type[BaseModel], operations: Operations) -> Json:
    made = {"description": "The system.", "content": {JSON: operations.json(MadeSystem, word, "answered")}}
    refused = {str(status): each for status, each in problems(400, 408, 413, 415, 504).items()}
    return {
        "operationId": name,
        "tags": ["analyses"],
        "summary": says[0],
        "description": says[1],
        "requestBody": operations.body(body, word),
        "responses": {"200": made, **refused},
    }
