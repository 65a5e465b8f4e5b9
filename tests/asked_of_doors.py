"""What schemathesis asks of the doors by the OpenAPI document, and what came of it."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, cast

import jsonschema_rs
import requests
import schemathesis
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events

import alignment as al
from alignment.api.describing.worked import EXAMPLE
from tests.small import with_notes

Json = dict[str, Any]

PHASES: Final = ("examples", "coverage", "fuzzing", "stateful")
"""The examples of the document; the edges of each parameter, one by one; random requests; what one answer leads to."""

MAKING: Final = ("/v1/subsets", "/v1/joins", "/v1/conversions", "/v1/systems/{system}")
"""Where whatever systems are sent; elsewhere they are sound, so that what is asked about them matters."""

RUNS: Final = ("get_run", "get_run_events", "get_run_answer", "cancel_run")

CONFIG: Final[Json] = {
    "request-timeout": 120,
    "max-stream-events": 5,
    "continue-on-failure": True,
    "warnings": False,
    "checks": {
        # That rows go together no schema says: an id that is there, targets that can be met.
        "positive_data_acceptance": {"enabled": False},
        # It is given again in a version of before, or put anew by another step.
        "ensure_resource_availability": {"enabled": False},
    },
}


@dataclass
class Tally:
    """What came of requests.

    Attributes
    ----------
    ends
        How often an operation ended in a status.
    phases
        How many requests each phase made.
    lenient
        How often something was read that is not as the document says: a table as people write them, what is blank.
    waiting
        How often a table for a spreadsheet was not there in time, which is 503 by design.
    failures
        Every breach, with the request of the first.
    """

    ends: Counter[tuple[str, int]] = field(default_factory=Counter[tuple[str, int]])
    phases: Counter[str] = field(default_factory=Counter[str])
    lenient: int = 0
    waiting: int = 0
    failures: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def cases(self) -> int:
        """How many requests were made."""
        return self.ends.total()

    def statuses(self, operation: str = "") -> Counter[int]:
        """How often each status was answered, to one operation or to all."""
        found = Counter[int]()
        for (label, status), times in self.ends.items():
            found[status] += times if operation in ("", label) else 0
        return +found

    def add(self, other: Tally) -> None:
        """Count what came of others too."""
        self.ends += other.ends
        self.phases += other.phases
        self.lenient += other.lenient
        self.waiting += other.waiting
        self.failures = {**other.failures, **self.failures}

    def lines(self) -> Iterator[str]:
        """The figures, for people."""
        for label in sorted({label for label, _ in self.ends}):
            yield f"{label}: {_counted(self.statuses(label))}"
        yield f"all {self.cases}: {_counted(self.statuses())}"
        yield f"by phase: {_counted(self.phases)}"
        yield f"read though the document says otherwise: {self.lenient}; tables that were not yet there: {self.waiting}"
        yield f"failures: {len(self.failures)}"


def _counted(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{word} x {times:,}" for word, times in sorted(counts.items()))


def enriched(document: Json) -> Json:
    """The document with what it says in words alone: links from what is kept, and sound systems to be asked about.

    Parameters
    ----------
    document
        The OpenAPI document.
    """
    found = copy.deepcopy(document)
    for schema in _asked_about(found):
        schema["properties"].update(_sound(schema["properties"]))
    put = found["paths"]["/v1/systems/{system}"]["put"]
    body = put["requestBody"]["content"]["application/json"]
    body["schema"] = {"anyOf": [{"enum": _systems()}, body["schema"]]}
    led = _links(found)
    for status in ("200", "201"):
        put["responses"][status]["links"] = led
    runs = {name: {"operationId": name, "parameters": {"path.run": "$response.body#/id"}} for name in RUNS}
    found["components"]["responses"]["Later"]["links"] = runs
    return found


def _asked_about(document: Json) -> Iterator[Json]:
    """The schemas of bodies that ask about a system."""
    for path, item in document["paths"].items():
        if "post" in item and path not in MAKING:
            reference = item["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            yield document["components"]["schemas"][reference.rpartition("/")[2]]


@cache
def _systems() -> Sequence[Json]:
    return [al.to_document(with_notes()), {"agencies": [], "measures": [], "targets": []}]


def _sound(properties: Json) -> Json:
    one = {"enum": _systems()}
    return {"system": one} if "system" in properties else {"systems": {"type": "array", "minItems": 1, "items": one}}


def _links(document: Json) -> Json:
    """From a system that was put to every operation on it."""
    led: Json = {}
    for path, item in document["paths"].items():
        if path.startswith("/v1/systems/{system}"):
            for method, operation in item.items():
                where = {"path.system": "$response.body#/system"}
                where |= {"path.other": "$response.body#/system"} if "{other}" in path else {}
                where |= {"header.If-Match": "$response.body#/etag"} if method != "get" else {}
                name = operation["operationId"]
                led[name] = {"operationId": name, "parameters": where}
    return led


def put(session: requests.Session, base: str) -> None:
    """Put the system that the examples of the document ask about, where it is not there any more."""
    document = al.to_document(al.read(al.example(EXAMPLE)))
    answer = session.put(f"{base}/v1/systems/{EXAMPLE}", json=document, headers={"If-None-Match": "*"})
    assert answer.status_code in (200, 201, 412), answer.text


def fuzzed(
    document: Json, base: str, asked: Json | None = None, *, app: Any = None, ids: Sequence[str] | None = None
) -> Tally:
    """Ask, in every phase that is wanted.

    Parameters
    ----------
    document
        The OpenAPI document of the server.
    base
        Where the server is.
    asked
        More configuration of schemathesis, such as phases, seed, headers.
    app
        The application itself, instead of a server there.
    ids
        The operations that are asked; blank is all.
    """
    config = cast("Any", SchemathesisConfig).from_dict({**CONFIG, "base-url": base, **(asked or {})})
    schema: Any = schemathesis.openapi.from_dict(enriched(document), config=config)
    schema = schema if ids is None else schema.include(operation_id=list(ids))
    schema.app = app
    tally = Tally()
    judge = _Judge(document, tally)

    def filter_failure(_: Any, failure: Any, case: Any, response: Any) -> bool:
        return judge.is_failure(failure, case, response)

    schema.hook(filter_failure)
    for event in engine.from_schema(schema).execute():
        _count(tally, event)
    return tally


def _count(tally: Tally, event: Any) -> None:
    if isinstance(event, events.NonFatalError):
        tally.failures.setdefault(
            f"{event.label}: {event.info.title}", str(getattr(event.info, "traceback", "")) + str(event.info.message)
        )
    if not isinstance(event, events.ScenarioFinished):
        return
    said: Any = event.recorder
    for name, interaction in said.interactions.items():
        label = said.cases[name].value.operation.label
        tally.phases[event.phase.value] += 1
        if interaction.response is None:
            tally.failures.setdefault(f"{label}: no answer", str(interaction.request.uri))
        else:
            tally.ends[label, interaction.response.status_code] += 1
    for name, checked in said.checks.items():
        for each in checked:
            if each.failure_info is not None:
                failure: Any = each.failure_info.failure
                what = f"{each.name} at {said.cases[name].value.operation.label}: {failure.title}: {failure.message}"
                tally.failures.setdefault(what[:600], each.failure_info.code_sample[:2_000])


class _Judge:
    """Tells failures from what is meant."""

    def __init__(self, document: Json, tally: Tally) -> None:
        self._document, self._tally = document, tally

    def is_failure(self, failure: Any, case: Any, response: Any) -> bool:
        """Whether something that is found is wrong."""
        kind = type(failure).__name__
        if kind == "ServerError" and response.status_code == 503 and self._is_not_yet(response):
            self._tally.waiting += 1
            return False
        if kind == "AcceptedNegativeData" and self._is_lenient(case):
            self._tally.lenient += 1
            return False
        # A run that was ended is there still, and says so.
        return kind != "UseAfterFree" or not case.operation.path.startswith("/v1/runs/")

    def _is_not_yet(self, response: Any) -> bool:
        return bool(response.headers.get("retry-after")) and response.json()["type"] == "/docs#not-yet"

    def _is_lenient(self, case: Any) -> bool:
        """Whether all but what is read leniently is as the document says: rows of systems, and what is left blank."""
        path: str = case.operation.path
        query: Json = case.query or {}
        if path in MAKING[2:] or any(not str(value).strip() for value in query.values()):
            return True
        if not isinstance(case.body, dict):
            return False
        sound: Json = {"system": _systems()[1], "systems": _systems()[1:]}
        body = cast("Json", case.body)  # pyright: ignore[reportUnknownMemberType]
        given = {name: sound.get(name, value) for name, value in body.items() if name in sound or value is not None}
        return _validator(json.dumps(self._document), path).is_valid(given)


@cache
def _validator(document: str, path: str) -> Any:
    held: Json = json.loads(document)
    schema = held["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    return cast("Any", jsonschema_rs).Draft202012Validator({**schema, "components": held["components"]})
