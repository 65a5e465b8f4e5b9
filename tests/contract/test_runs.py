"""What takes longer is a run: where it stands is told, it can be ended, and its answer is that of the question."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from typing import Any

import pytest
from starlette.testclient import TestClient

from alignment.solver import Clock

from .doors import opened, tiny, verb

PLACE = "/v1/systems/tiny"


class Doing:
    """Work that a test lets go on, and sees the end of."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.stopped = list[str]()

    def __call__(self) -> str:
        clock = Clock(60)
        while clock.stopped == "finished" and not self.go.is_set():
            time.sleep(0.01)
        self.stopped.append(clock.stopped)
        return "done"


@pytest.fixture
def doing() -> Doing:
    return Doing()


@pytest.fixture
def slow(database: str, doing: Doing) -> Generator[TestClient]:
    """A client of a server whose verbs take as long as the test likes."""
    work = verb(doing), verb(doing, "other"), verb(doing, "third"), verb(lambda: "at once", "quick")
    with opened(*work, database=database, wait=0.05, table_wait=30, queue=1, workers=1) as client:
        client.put(PLACE, json=tiny()["system"], headers={"If-None-Match": "*"})
        yield client
        doing.go.set()
        for run in client.get("/v1/runs").json()["runs"]:
            ended(client, run["id"])
        forget(client)


def forget(client: TestClient) -> None:
    """Let a server forget its answers."""
    app: Any = client.app
    app.state.server.store.answers.evict(0)


def begun(client: TestClient, what: str = "tested", state: str = "running") -> str:
    """A run that was begun."""
    response = client.get(f"{PLACE}/{what}")
    assert response.status_code == 202, response.text
    run = response.json()["id"]
    assert response.headers["location"] == f"/v1/runs/{run}"
    assert int(response.headers["retry-after"]) > 0
    until(lambda: client.get(f"/v1/runs/{run}").json()["state"] == state)
    return run


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def ended(client: TestClient, run: str) -> Any:
    until(lambda: client.get(f"/v1/runs/{run}").json()["ended"] is not None)
    return client.get(f"/v1/runs/{run}").json()


def test_what_is_quick_is_no_business_of_runs(slow: TestClient) -> None:
    response = slow.get(f"{PLACE}/quick", params={"wait": 30})
    assert response.json()["word"] == "at once"


def test_a_run_is_told_of_and_answers(slow: TestClient, doing: Doing) -> None:
    run = begun(slow)
    assert slow.get(f"{PLACE}/tested").json()["id"] == run
    there = slow.get(f"/v1/runs/{run}/answer")
    assert (there.status_code, there.json()["id"]) == (202, run)
    doing.go.set()
    assert ended(slow, run)["state"] == "finished"
    assert slow.get(slow.get(f"/v1/runs/{run}").json()["answer"]).json()["word"] == "done"
    assert slow.get(f"/v1/runs/{run}/answer", headers={"Accept": "text/plain"}).text == "done"
    assert slow.get(f"{PLACE}/tested").json()["word"] == "done"
    assert doing.stopped == ["finished"]


def test_a_spreadsheet_is_told_to_come_back(slow: TestClient) -> None:
    response = slow.get(f"{PLACE}/tested.csv", params={"wait": 0.05})
    assert response.status_code == 503
    assert response.json()["type"] == "/docs#not-yet"
    assert {"retry-after", "location"} <= set(response.headers)


@pytest.mark.parametrize("how", ["query", "header"])
def test_who_asks_says_how_long_to_wait(slow: TestClient, doing: Doing, how: str) -> None:
    threading.Timer(0.5, doing.go.set).start()
    params, headers = ({"wait": 30}, {}) if how == "query" else ({}, {"Prefer": "wait=30"})
    response = slow.get(f"{PLACE}/tested", params=params, headers=headers)
    assert response.json()["word"] == "done"


def test_a_run_that_is_worked_on_is_cancelled(slow: TestClient, doing: Doing) -> None:
    run = begun(slow)
    assert slow.delete(f"/v1/runs/{run}").status_code == 202
    assert ended(slow, run)["state"] == "cancelled"
    until(lambda: doing.stopped == ["interrupted"])
    again = slow.delete(f"/v1/runs/{run}")
    assert (again.status_code, again.json()["type"]) == (409, "/docs#run-ended")
    answer = slow.get(f"/v1/runs/{run}/answer")
    assert (answer.status_code, answer.json()["type"]) == (409, "/docs#cancelled")
    # Asking again makes a new run.
    assert slow.get(f"{PLACE}/tested").json()["id"] != run


def test_the_queue_is_bounded_and_who_waits_there_is_cancelled_at_once(slow: TestClient) -> None:
    begun(slow)
    waiting = begun(slow, "other", "queued")
    full = slow.get(f"{PLACE}/third")
    assert (full.status_code, full.json()["type"]) == (429, "/docs#queue-full")
    assert "1 runs wait already" in full.json()["detail"]
    assert int(full.headers["retry-after"]) > 0
    assert slow.delete(f"/v1/runs/{waiting}").json()["state"] == "cancelled"
    assert slow.get(f"{PLACE}/third").status_code == 202


def test_events_go_on_where_one_was(slow: TestClient, doing: Doing) -> None:
    run = begun(slow)
    threading.Timer(0.3, doing.go.set).start()
    told = slow.get(f"/v1/runs/{run}/events").text
    assert [line[7:] for line in told.splitlines() if line.startswith("event: ")] == ["state"] * 3
    numbers = [int(line[4:]) for line in told.splitlines() if line.startswith("id: ")]
    assert numbers == sorted(set(numbers))
    rest = slow.get(f"/v1/runs/{run}/events", headers={"Last-Event-ID": str(numbers[-2])}).text
    assert told.endswith(rest)
    assert '"state": "finished"' in rest or '"state":"finished"' in rest


def test_runs_are_listed_newest_first(slow: TestClient) -> None:
    first, second = begun(slow), begun(slow, "other", "queued")
    found = slow.get("/v1/runs", params={"page_size": 1}).json()
    assert [each["id"] for each in found["runs"]] == [second]
    assert slow.get(found["next"]).json()["runs"][0]["id"] == first
    assert [each["id"] for each in slow.get("/v1/runs", params={"state": "running"}).json()["runs"]] == [first]


@pytest.mark.parametrize("path", ["", "/answer", "/events"])
def test_runs_that_are_not_there(slow: TestClient, path: str) -> None:
    response = slow.get(f"/v1/runs/nothing{path}")
    assert (response.status_code, response.json()["type"]) == (404, "/docs#not-there")


def test_what_fails_says_why_and_is_tried_anew(database: str) -> None:
    def fail() -> str:
        raise KeyError("a council's secret")

    with opened(verb(fail), database=database) as client:
        client.put(PLACE, json=tiny()["system"], headers={"If-None-Match": "*"})
        found = client.get(f"{PLACE}/tested", params={"wait": 30})
        assert (found.status_code, found.json()["type"]) == (500, "/docs#server-error")
        assert "secret" not in found.text
        run = client.get("/v1/runs").json()["runs"][0]
        assert (run["state"], run["problem"]["instance"]) == ("failed", found.json()["instance"])
        assert client.get(f"{PLACE}/tested", params={"wait": 30}).json()["instance"] != found.json()["instance"]
