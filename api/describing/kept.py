"""Examples of what is kept: a system that was put, its versions, a run; on the operations that answer with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

import alignment as al
from alignment.api.doors.nouns import Put, RunPage, RunState, SystemPage, SystemVersion, VersionPage
from alignment.api.watching.health import Health, Readiness
from alignment.models.fields import Noun

from .worked import EXAMPLE

Json = dict[str, Any]

JSON: Final = "application/json"

AT: Final = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

HASH: Final = "5c1b3f7a9d20e864" * 4

VERSION: Final = SystemVersion(
    system=EXAMPLE,
    number=1,
    hash=HASH,
    form="xlsx",
    size=16_204,
    at=AT,
    note="As agreed in October",
    etag=f'"1-{HASH[:16]}-json"',
    url=f"/v1/systems/{EXAMPLE}?version=1",
)

RUN: Final = RunState(
    id="8f0c2b7de1a94536b2f7c9d05e6a1843",
    verb="frontier",
    options={"steps": 2, "decay": 0.5},
    state="running",
    stage="burden",
    incumbent=14.0,
    bound=12.5,
    gap=0.107143,
    attempt=1,
    created=AT,
    begun=AT,
)


@cache
def _nouns() -> Mapping[str, Noun]:
    """What each operation answers with."""
    return {
        "list_systems": SystemPage(systems=(VERSION,)),
        "list_versions": VersionPage(versions=(VERSION,)),
        "put_system": Put(**VERSION.model_dump(), notes=()),
        "list_runs": RunPage(runs=(RUN,)),
        "get_run": RUN,
        "cancel_run": RUN,
        "get_health": Health(version=al.__version__),
        "get_readiness": Readiness(status="ready"),
    }


def examples_of_kept(paths: Mapping[str, Json]) -> None:
    """Put the examples on the operations that are in a document.

    Parameters
    ----------
    paths
        The paths of the document, each with its operations.
    """
    for item in paths.values():
        for operation in item.values():
            noun = _nouns().get(operation["operationId"])
            if noun is not None:
                _right(operation)["content"][JSON]["examples"] = {EXAMPLE: {"value": noun.model_dump(mode="json")}}


def _right(operation: Json) -> Json:
    """The answer of an operation that went well."""
    return next(each for status, each in operation["responses"].items() if status.startswith("2"))
