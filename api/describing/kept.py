"""Examples of what is kept: a system that was put, its versions, a run; on the operations that answer with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import alignment as al
from alignment.api.doors.formats import KindList
from alignment.api.doors.nouns import NewVersion, RunPage, RunState, SystemPage, SystemVersion, VersionPage
from alignment.api.watching.health import Health, ServerReadiness
from alignment.conflicts.described import described
from alignment.models.fields import Noun
from alignment.tables.json_schema import json_schema

from .worked import EXAMPLE

Json = dict[str, Any]

CONFLICTS: Final = "conflicts"
"""The example whose answer a run has found."""

PART: Final = "subset"
"""The example that sends the system and nothing else about it."""

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


EVENT: Final = f'id: 2\nevent: state\ndata: {{"state": "running", "attempt": 1, "at": "{AT.isoformat()}"}}\n\n'

FIGURES: Final = "# TYPE alignment_requests_inside gauge\nalignment_requests_inside 1.0\n"


def examples_of_kept(worked: Mapping[str, Json]) -> Mapping[str, Json]:
    """What the examples of ordinary routes send and are answered, by operation.

    Parameters
    ----------
    worked
        The examples of verbs: what is put is their system, and what a run has found one of their answers.
    """
    found: dict[str, Json] = {name: {status: _plain(noun)} for name, (status, noun) in _NOUNS.items()}
    found |= {"get_run_events": {"200": EVENT}, "get_server_metrics": {"200": FIGURES}}
    found["get_server_readiness"]["503"] = _plain(ServerReadiness(status="not-ready", missing=("database",)))
    found["put_system"]["200"] = found["put_system"]["201"]
    # Its beginning: whoever reads the document for references would take the rest for a part of it.
    found["get_format"] = {"200": {name: json_schema()[name] for name in ("$schema", "title", "type", "required")}}
    if CONFLICTS in worked:
        found["get_run_answer"] = {"200": worked[CONFLICTS]["answered"]}
    if PART in worked:
        tables = worked[PART]["asked"]["system"]
        found["system"] = {"asked": {"system": tables}}
        found["put_system"]["asked"] = tables
        found |= {name: {"200": tables} for name in ("get_system", "get_system_as")}
        found["convert_system"] = {"asked": tables, "200": tables}
    return found


def _plain(noun: Noun) -> Json:
    return noun.model_dump(mode="json")


_NOUNS: Final[Mapping[str, tuple[str, Noun]]] = {
    "list_systems": ("200", SystemPage(systems=(VERSION,))),
    "list_versions": ("200", VersionPage(versions=(VERSION,))),
    "put_system": ("201", NewVersion(**VERSION.model_dump(), notes=())),
    "list_runs": ("200", RunPage(runs=(RUN,))),
    "get_run": ("200", RUN),
    "cancel_run": ("202", RUN),
    "list_kinds": ("200", KindList(kinds=described()[:2])),
    "get_server_health": ("200", Health(version=al.__version__)),
    "get_server_readiness": ("200", ServerReadiness(status="ready")),
}
"""What is answered, and with which status."""
