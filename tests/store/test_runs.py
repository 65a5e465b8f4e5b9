"""Runs as those who ask see them: one run a question, a queue with an end, pages, cancelling."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from alignment.api.store import leases
from alignment.api.store.engine import Database, now
from alignment.api.store.errors import NotThere, QueueFull, RunEnded
from alignment.api.store.nouns import Run
from alignment.api.store.store import Store
from alignment.api.store.tables import RunRow
from tests.store.together import together


def asked(store: Store, question: str = "q") -> Run:
    return store.runs.enqueue(question, "h", "propose", {"steps": 2})


def test_a_run_says_what_was_asked(store: Store) -> None:
    options = {"steps": 2, "weights": {"trust": 0.5}, "keep": ["a", "b"], "cap": None}
    run = store.runs.enqueue("q", "h", "propose", options, "al_12345678")
    assert store.runs.get(run.id) == run
    assert (run.state, run.attempt, run.verb, run.system_hash, run.key) == ("queued", 0, "propose", "h", "al_12345678")
    assert run.options == {"steps": 2, "weights": {"trust": 0.5}, "keep": ("a", "b"), "cap": None}
    assert [(event.seq, event.kind, event.data) for event in store.runs.events(run.id)] == [
        (1, "state", {"state": "queued"})
    ]
    with pytest.raises(NotThere, match="no run 'x'"):
        store.runs.get("x")
    assert store.runs.events("x") == ()
    assert store.runs.events(run.id, after=2**70) == ()


def test_the_same_question_joins_the_run_that_is_yet_to_end(store: Store) -> None:
    first = asked(store)
    assert asked(store).id == first.id
    assert asked(store, "other").id != first.id
    claimed = store.runs.claim("a", 60)
    assert claimed is not None
    assert asked(store).id == first.id
    store.runs.finish(first.id, "a", 1, "finished")
    assert asked(store).id != first.id


def test_many_who_ask_the_same_at_once_get_one_run(store: Store) -> None:
    assert len({run.id for run in together(8, lambda _: asked(store))}) == 1


def test_the_database_itself_refuses_a_second_live_run_of_a_question(store: Store, database: Database) -> None:
    row: dict[str, Any] = {
        "question": "q",
        "system_hash": "h",
        "verb": "propose",
        "options": {},
        "attempt": 0,
        "tries": 0,
        "last": 0,
    }
    asked(store)
    with database.writing() as session:
        session.add(RunRow(id="ended", state="failed", cancel=False, created=now(), **row))
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(RunRow(id="live", state="running", cancel=False, created=now(), **row))


def test_the_queue_has_an_end(store: Store) -> None:
    store.runs.queue = 2
    first = asked(store, "1")
    asked(store, "2")
    with pytest.raises(QueueFull, match="2 runs wait"):
        asked(store, "3")
    assert asked(store, "1").id == first.id  # who joins takes no room
    assert store.runs.claim("a", 60) is not None
    asked(store, "3")
    assert store.runs.counts() == {"queued": 2, "running": 1}


def test_pages_are_newest_first(store: Store) -> None:
    ids = [asked(store, str(number)).id for number in range(5)]
    pages, last = list[str](), None
    while page := store.runs.list(after=last, most=2):
        pages += [run.id for run in page]
        last = page[-1].id
    assert pages == ids[::-1]
    store.runs.cancel(ids[3])
    assert [run.id for run in store.runs.list(state="cancelled")] == [ids[3]]
    with pytest.raises(NotThere):
        store.runs.list(after="x")


def test_a_queued_run_is_cancelled_at_once(store: Store) -> None:
    run = asked(store)
    ended = store.runs.cancel(run.id)
    assert (ended.state, ended.has_ended) == ("cancelled", True)
    assert ended.ended is not None
    assert store.runs.get(run.id) == ended
    assert store.runs.claim("a", 60) is None
    with pytest.raises(RunEnded) as refused:
        store.runs.cancel(run.id)
    assert refused.value.state == "cancelled"
    with pytest.raises(NotThere):
        store.runs.cancel("x")


def test_the_owner_of_a_running_run_is_told_to_cancel_it(store: Store) -> None:
    run, other = asked(store), asked(store, "other")
    for _ in range(2):
        store.runs.claim("a", 60)
    assert store.runs.cancelled_of("a") == ()
    told = store.runs.cancel(run.id)
    assert (told.state, told.cancel) == ("running", True)
    assert store.runs.cancelled_of("a") == (run.id,)
    assert store.runs.cancelled_of("b") == ()
    assert store.runs.finish(run.id, "a", 1, "cancelled")
    assert store.runs.cancelled_of("a") == ()
    assert store.runs.get(other.id).state == "running"


def test_runs_that_ended_long_ago_are_forgotten(
    store: Store, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "BATCH", 2)
    runs = [asked(store, str(number)).id for number in range(7)]
    for run in runs[:6]:
        store.runs.cancel(run)
    with database.writing() as session:
        old = update(RunRow).where(RunRow.id.in_(runs[:5])).values(ended=RunRow.ended - 3 * leases.DAY)
        session.execute(old)
    assert store.runs.purge(4) == 0
    assert store.runs.purge(2) == 5
    assert {run.id for run in store.runs.list()} == set(runs[5:])  # one that ended just now, and one that has not
    assert [len(store.runs.events(run)) for run in runs] == [0, 0, 0, 0, 0, 2, 1]


def test_a_run_whose_owner_is_lost_is_cancelled_at_once(store: Store) -> None:
    run = asked(store)
    store.runs.claim("a", -1)  # out before it begins
    assert store.runs.cancel(run.id).state == "cancelled"
    assert not store.runs.beat(run.id, "a", 1, 60)
