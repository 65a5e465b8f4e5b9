"""Whatever goes wrong is a problem of RFC 9457 that says everything and gives nothing away."""

from __future__ import annotations

import json
import logging
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

import alignment as al
from alignment.api import problems
from alignment.api.problems import KINDS, Problem, install
from alignment.api.store.errors import StoreError
from alignment.models import Fault
from alignment.models.wishes import ClashingWish

from .doors import JSON, Json, document, opened, tiny, verb

BROKEN: Json = {
    "agencies": [{"id": "trust", "name": "Trust"}, {"id": "trust", "name": "Trust again"}, {"id": "Not Kebab"}],
    "measures": [{"id": "beds", "name": "Beds", "direction": "hihger"}, "not a row"],
    "targets": [{"agency": "trsut", "measure": "beds", "sense": "at_least", "value": "many"}],
    "tragets": [],
    "influences": {"not": "a list"},
}

ERRORS: dict[type[Exception], Exception] = {
    problems.NotJsonBodyError: problems.NotJsonBodyError("no"),
    RecursionError: RecursionError("maximum"),
    problems.ClientDisconnect: problems.ClientDisconnect(),
    problems.NoKeyError: problems.NoKeyError("no"),
    problems.NotAllowedError: problems.NotAllowedError("no"),
    problems.ForeignPageError: problems.ForeignPageError("no"),
    problems.NotAcceptableError: problems.NotAcceptableError("no"),
    problems.UploadError: problems.UploadError("no"),
    al.NothingToJudge: al.NothingToJudge("No set can be judged: of 2 measures the outcome of none is known."),
    al.NoAlignedSet: al.NoAlignedSet(
        [ClashingWish(wish="This.", option="balance", relaxation="Do without.", enough=True)] * 2
    ),
    problems.TooLargeError: problems.TooLargeError("no"),
    MemoryError: MemoryError("9 TB"),
    problems.WrongTypeError: problems.WrongTypeError("no"),
    problems.ForeignHostError: problems.ForeignHostError("no"),
    al.InputError: al.InputError([Fault(table="targets", index=3, what="is odd", remedy="Mend it")]),
    al.UnknownWord: al.UnknownWord("bed", ["beds"], "a measure"),
    al.OptionError: al.OptionError("theta is above 0."),
    al.DivergentEffects: al.DivergentEffects(1.5),
    al.SolverTrouble: al.SolverTrouble("failed in /srv/secret/solver.py"),
    Exception: ValueError("failed in /srv/secret/verbs.py"),
    problems.BusyError: problems.BusyError(7.5),
    problems.TooSlowError: problems.TooSlowError(60),
    problems.NothingHereError: problems.NothingHereError("no"),
    problems.NoConditionError: problems.NoConditionError("no"),
    problems.CancelledError: problems.CancelledError("no"),
    problems.GivenUpError: problems.GivenUpError("no"),
    problems.NotYetError: problems.NotYetError("no", {"Retry-After": "2"}),
    problems.NotThere: problems.NotThere("system", "london"),
    problems.Gone: problems.Gone("system", "london"),
    problems.VersionDiffers: problems.VersionDiffers("london", 3),
    problems.RunEnded: problems.RunEnded("8f0c", "failed"),
    problems.NotText: problems.NotText(),
    problems.QueueFull: problems.QueueFull(20),
    problems.StoreAway: problems.StoreAway("it is busy"),
    problems.StoreFull: problems.StoreFull(),
}
"""One of each."""

CHILDRENS = [
    error
    for error in KINDS
    if error in (Exception, MemoryError, RecursionError) or issubclass(error, al.AlignmentError)
]
"""What may go wrong where a question is answered."""


def problem(response: Any, status: int, word: str) -> Problem:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found = Problem.model_validate_json(response.content)
    assert (found.status, found.type) == (status, f"/docs#{word}")
    assert found.instance.startswith("urn:uuid:")
    return found


def faults(*found: Fault) -> list[Json]:
    return [fault.model_dump() for fault in found]


def test_every_fault_of_a_system_at_once(client: TestClient) -> None:
    with pytest.raises(al.InputError) as caught:
        al.read(BROKEN)
    found = problem(client.post("/v1/analyses/validate", json={"system": BROKEN}), 422, "input-faults")
    assert found.faults == caught.value.faults
    assert len(found.faults) >= 8
    assert found.detail == f"{len(found.faults)} faults in the input."
    assert all(fault.what and fault.remedy for fault in found.faults)


def test_faults_of_system_and_options_together(client: TestClient) -> None:
    with pytest.raises(al.InputError) as caught:
        al.read(BROKEN)
    body = {"system": BROKEN, "theta": 7, "order": "conflictfirst", "steps": "many", "vioce": 0.5, "keep": 3}
    found = problem(client.post("/v1/analyses/propose", json=body), 422, "input-faults")
    system = len(caught.value.faults)
    assert found.faults[:system] == caught.value.faults
    options = {fault.column: fault for fault in found.faults[system:]}
    assert options.keys() == {"theta", "order", "steps", "vioce", "keep"}
    assert options["order"].remedy == "Did you mean 'conflict-first'?"
    assert options["vioce"].remedy == "Did you mean 'voice'?"
    assert options["theta"].what == "7 is above 1"
    assert options["theta"].remedy.startswith("Write a number above 0 to 1: how well a measure")
    assert options["steps"].what == '"many" is not a whole number'
    assert (options["keep"].what, options["keep"].table) == ("3 is not a list", "options")


def test_what_a_check_needs(client: TestClient) -> None:
    found = problem(
        client.post("/v1/analyses/check", json={"system": document("winter-pressure")}), 422, "input-faults"
    )
    assert [(fault.table, fault.column, fault.what) for fault in found.faults] == [
        ("options", "measures", "is missing")
    ]


def test_validate_has_no_options(client: TestClient) -> None:
    found = problem(client.post("/v1/analyses/validate", json={**tiny(), "steps": 2}), 422, "input-faults")
    assert [fault.remedy for fault in found.faults] == ["There are: none."]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("[]", "is not an object"),
        ("7", "is not an object"),
        ("{}", "is missing"),
        ('{"system": "/etc/passwd"}', "is not an object"),
        ('{"system": null}', "is not an object"),
        ('{"system": [1]}', "is not an object"),
        ('{"system": {"agencies": [], "measures": [], "targets": []}, "system": {}}', "is given twice"),
    ],
)
def test_where_the_system_should_be(client: TestClient, body: str, what: str) -> None:
    found = problem(client.post("/v1/analyses/validate", content=body, headers=JSON), 422, "input-faults")
    assert found.faults[0].what == what


def test_a_document_without_its_envelope_is_one_fault(client: TestClient) -> None:
    found = problem(client.post("/v1/analyses/conflicts", json=tiny()["system"]), 422, "input-faults")
    assert [fault.what for fault in found.faults] == ["holds the tables themselves, which belong one level down"]
    assert found.faults[0].remedy.startswith('Write {"system": {...}}')


def test_an_option_given_twice(client: TestClient) -> None:
    body = json.dumps(tiny())[:-1] + ', "steps": 1, "steps": 2}'
    found = problem(client.post("/v1/analyses/conflicts", content=body, headers=JSON), 422, "input-faults")
    assert [(fault.column, fault.what) for fault in found.faults] == [("steps", "is given twice")]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"{'system': 1}", b'{"a": NaN}', b'{"a": Infinity}', b"\xff\xfe{}", b"{} {}", b'{"a": "\x00"}'],
)
def test_not_json(client: TestClient, body: bytes) -> None:
    found = problem(client.post("/v1/analyses/validate", content=body, headers=JSON), 400, "not-json")
    assert found.detail.startswith("The body is not ")


@pytest.mark.parametrize("depth", [50, 200, 300, 400, 600, 900, 1_000, 5_000, 100_000])
@pytest.mark.parametrize(
    "shape", ["{}", '{{"system": {}}}', '{{"system": {{"agencies": [{{"id": {}}}]}}}}', '{{"keep": {}}}']
)
@pytest.mark.parametrize("brackets", ["[]", '{"a":}'])
def test_deep_json_never_fails_the_server(client: TestClient, depth: int, shape: str, brackets: str) -> None:
    opening, closing = brackets[:-1], brackets[-1]
    body = shape.format(opening * depth + "1" + closing * depth)
    response = client.post("/v1/analyses/propose", content=body, headers=JSON)
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "cell",
    [
        '"\\ud800"',
        "1e999",
        "-1e999",
        "1" * 4_000,
        "1" * 5_000,
        '"\\u0000"',
        "true",
        "[[]]",
        "{}",
        '"' + "x" * 100_000 + '"',
    ],
)
@pytest.mark.parametrize(
    "shape",
    [
        '{{"system": {{"agencies": [{{"id": {}}}]}}}}',
        '{{"keep": [{}]}}',
        '{{"theta": {}}}',
        "{{{}: 1}}",
        '{{"system": {{{}: []}}}}',
        '{{"system": {{"agencies": [{{{}: 1}}]}}}}',
        '{{"system": {{"targets": {}}}}}',
        '{{"system": {}}}',
        '{{"order": {}}}',
    ],
)
def test_strange_cells_never_fail_the_server(client: TestClient, cell: str, shape: str) -> None:
    response = client.post("/v1/analyses/propose", content=shape.format(cell), headers=JSON)
    assert response.status_code in (400, 422)
    assert len(response.content) < 400_000
    Problem.model_validate_json(response.content)


@pytest.mark.parametrize(
    "media", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "json"]
)
def test_other_types(client: TestClient, media: str) -> None:
    response = client.post("/v1/analyses/validate", content=json.dumps(tiny()), headers={"Content-Type": media})
    problem(response, 415, "not-json-type")
    assert response.headers["accept-post"] == "application/json"


def test_compressed(client: TestClient) -> None:
    headers = {**JSON, "Content-Encoding": "gzip"}
    problem(client.post("/v1/analyses/validate", content=b"\x1f\x8b", headers=headers), 415, "not-json-type")


@pytest.mark.parametrize("path", ["/v1", "/v1/validate/", "/v2/validate", "/docs/none.json", "/../etc/passwd"])
def test_unknown_paths(client: TestClient, path: str) -> None:
    problem(client.get(path), 404, "unknown-path")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/analyses/validate", "POST"),
        ("DELETE", "/healthz", "GET, HEAD"),
        ("PUT", "/v1/systems/a.json", "GET, HEAD"),
        ("DELETE", "/v1/systems/a.xlsx", "GET, HEAD"),
        ("POST", "/v1/systems/a", "DELETE, GET, HEAD, PUT"),
    ],
)
def test_wrong_methods(client: TestClient, method: str, path: str, allowed: str) -> None:
    response = client.request(method, path)
    problem(response, 405, "wrong-method")
    assert response.headers["allow"] == allowed


def test_unknown_words(client: TestClient) -> None:
    body = {"system": document("winter-pressure"), "measures": ["delayed-discharge"]}
    found = problem(client.post("/v1/analyses/check", json=body), 422, "unknown-word")
    assert "Did you mean 'delayed-discharges'?" in found.detail


def test_wishes_that_clash(client: TestClient) -> None:
    names = [row["id"] for row in document("winter-pressure")["measures"]]
    body = {"system": document("winter-pressure"), "sway": 0.01, "keep": names}
    found = problem(client.post("/v1/analyses/propose", json=body), 409, "no-aligned-set")
    assert found.clash
    assert found.faults == ()


def test_options_that_contradict_each_other(client: TestClient) -> None:
    body = {"system": document("winter-pressure"), "keep": ["care-visits"], "drop": ["care-visits"]}
    names = [row["id"] for row in document("winter-pressure")["measures"]]
    body |= {"keep": names[:1], "drop": names[:1]}
    found = problem(client.post("/v1/analyses/propose", json=body), 409, "no-aligned-set")
    assert [(each.option, each.about) for each in found.clash] == [("keep", (names[0],)), ("drop", (names[0],))]
    assert all(each.enough for each in found.clash)


def test_without_outcomes_nothing_can_be_judged(client: TestClient) -> None:
    body = document("winter-pressure")
    body = {**body, "measures": [{**row, "outcome": None} for row in body["measures"]], "captures": []}
    found = problem(client.post("/v1/analyses/propose", json={"system": body}), 409, "nothing-to-judge")
    assert "the outcome of none is known" in found.detail
    assert found.clash == ()


def test_effects_without_end(client: TestClient) -> None:
    tables = {
        "agencies": [],
        "measures": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        "targets": [],
        "influences": [
            {"source_measure": "a", "target_measure": "b", "effect": 2},
            {"source_measure": "b", "target_measure": "a", "effect": 2},
        ],
    }
    problem(client.post("/v1/analyses/conflicts", json={"system": tables, "steps": 0}), 422, "divergent-effects")


def test_one_of_each_error_is_tried() -> None:
    assert ERRORS.keys() == KINDS.keys()


@contextmanager
def failing(error: Exception) -> Generator[TestClient]:
    """A client of an application that only fails."""
    app = FastAPI()
    install(app)

    @app.get("/")
    def fail() -> None:  # pyright: ignore[reportUnusedFunction] - the framework calls it
        raise error

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("error", [each for each in CHILDRENS if not issubclass(each, StoreError)])
def test_what_goes_wrong_in_a_child_is_told_alike(error: type[Exception]) -> None:
    def fail() -> str:
        raise ERRORS[error]

    with opened(verb(fail)) as client:
        response = client.post("/v1/analyses/tested", json=tiny())
    with failing(ERRORS[error]) as client:
        told = client.get("/")
    assert response.status_code == told.status_code
    one, two = ({**each.json(), "instance": ""} for each in (response, told))
    assert one == two


@pytest.mark.parametrize("error", KINDS)
def test_every_row_of_the_table(error: type[Exception], caplog: pytest.LogCaptureFixture) -> None:
    kind = KINDS[error]
    with failing(ERRORS[error]) as client, caplog.at_level(logging.ERROR, "alignment.api"):
        response = client.get("/")
    found = problem(response, kind.status, kind.word)
    assert found.title == kind.title
    assert "Traceback" not in response.text
    assert "secret" not in response.text
    assert list(found.clash) == list(getattr(ERRORS[error], "clash", ()))
    assert faults(*found.faults) == faults(*getattr(ERRORS[error], "faults", ()))
    assert ("retry-after" in response.headers) == (kind.status in (429, 503))
    # The log says what the answer does not, under its instance.
    assert (found.instance in caplog.text) == (kind.status == 500)


def test_errors_of_the_library_without_a_row_are_the_server_s() -> None:
    def fail() -> str:
        raise al.MissingExtra("api", "This")

    with opened(verb(fail)) as client:
        problem(client.post("/v1/analyses/tested", json=tiny()), 500, "server-error")


def test_statuses_of_the_framework_without_a_row() -> None:
    with failing(HTTPException(418, headers={"X-Pot": "tea"})) as client:
        response = client.get("/")
    assert problem(response, 418, "i'm-a-teapot").detail == "I'm a Teapot."
    assert response.headers["x-pot"] == "tea"


def test_nothing_of_another_origin_is_allowed(client: TestClient) -> None:
    response = client.post("/v1/analyses/validate", json=tiny(), headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in response.headers if name.startswith("access-control")]
