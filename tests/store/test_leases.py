"""The lease: nobody works on a run beside its owner, and no run is lost with one.

A lease of -1 s is out as soon as it is given, as if its owner had been frozen or killed.
"""

from __future__ import annotations

import math
import time
from contextlib import suppress
from datetime import datetime

import pytest
from sqlalchemy import select

from alignment.api.store import engine
from alignment.api.store.errors import StoreAway
from alignment.api.store.nouns import Answer, Run
from alignment.api.store.store import Store
from alignment.api.store.tables import RunRow
from alignment.api.store.transitions import CLAIMS
from tests.store.conftest import opened
from tests.store.together import together

LONG = 60.0
OUT = -1.0


def asked(store: Store, question: str = "q") -> Run:
    return store.runs.enqueue(question, "h", "propose", {})


def claimed(store: Store, owner: str = "a", lease: float = LONG) -> Run:
    run = store.runs.claim(owner, lease)
    assert run is not None
    return run


def seconds(run: Run) -> float:
    """How long a lease holds from when it was asked, in seconds."""
    assert isinstance(run.lease, datetime)
    return (run.lease - run.created).total_seconds()


def test_the_oldest_is_claimed_first_and_nobody_else_may(store: Store) -> None:
    first, second = asked(store, "1"), asked(store, "2")
    run = claimed(store)
    assert (run.id, run.state, run.owner, run.attempt) == (first.id, "running", "a", 1)
    assert claimed(store, "b").id == second.id
    assert store.runs.claim("c", LONG) is None


def test_no_run_is_given_twice(store: Store) -> None:
    wanted = {asked(store, str(number)).id for number in range(12)}

    def all_that_come(which: int) -> list[str]:
        found = list[str]()
        # PostgreSQL may show nothing while the others hold what is next, so a look or two more.
        for _ in range(8):
            while (run := store.runs.claim(f"owner {which}", LONG)) is not None:
                found.append(run.id)
        return found

    given = [run for runs in together(6, all_that_come) for run in runs]
    assert len(given) == len(set(given))
    assert set(given) == wanted


def test_a_run_whose_lease_is_out_is_taken_over(store: Store) -> None:
    run = asked(store)
    claimed(store, "a", OUT)
    again = claimed(store, "b")
    assert (again.id, again.owner, again.attempt) == (run.id, "b", 2)
    assert [event.data for event in store.runs.events(run.id)][1:] == [
        {"state": "running", "attempt": 1},
        {"state": "running", "attempt": 2},
    ]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_run_is_taken_over_from_an_owner_who_was_frozen_while_it_wrote(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = asked(store)
    claimed(store, "a", OUT)
    monkeypatch.setattr(engine, "SILENT", 0.5)
    with opened(url) as database, suppress(StoreAway), database.writing() as session:
        session.scalar(select(RunRow).where(RunRow.id == run.id).with_for_update())
        assert store.runs.claim("b", LONG) is None
        end = time.monotonic() + 30
        while store.runs.claim("b", LONG) is None and time.monotonic() < end:
            time.sleep(0.05)
        session.scalar(select(RunRow.id))
        pytest.fail("it woke, and could go on")
    assert store.runs.get(run.id).owner == "b"


def test_what_a_frozen_owner_writes_counts_for_nothing(store: Store) -> None:
    run = asked(store).id
    claimed(store, "a", OUT)
    claimed(store, "b")
    events = store.runs.events(run)
    late = Answer(data=b"late", proven=True)
    assert not store.runs.beat(run, "a", 1, LONG)
    assert not store.runs.begun(run, "a", 1)
    assert not store.runs.finish(run, "a", 1, "finished", answers=[late])
    assert not store.runs.release(run, "a", 1)
    store.runs.tell(run, "a", 1, stage="reach", incumbent=3)
    assert store.runs.hand_back("a") == 0
    assert store.answers.get("q") is None
    assert store.runs.events(run) == events
    found = store.runs.get(run)
    assert (found.state, found.owner, found.attempt, found.stage, found.tries) == ("running", "b", 2, None, 0)


def test_nor_does_what_an_owner_writes_for_an_attempt_before_its_own(store: Store) -> None:
    run = asked(store).id
    claimed(store, "a", OUT)
    claimed(store, "a")
    assert not store.runs.finish(run, "a", 1, "finished")
    assert store.runs.finish(run, "a", 2, "finished")


def test_nothing_changes_a_run_that_has_ended(store: Store) -> None:
    run = asked(store).id
    claimed(store)
    assert store.runs.finish(run, "a", 1, "failed", problem={"status": 504})
    ended = store.runs.get(run)
    assert not store.runs.beat(run, "a", 1, LONG)
    assert not store.runs.finish(run, "a", 1, "finished", answers=[Answer(data=b"", proven=True)])
    store.runs.tell(run, "a", 1, stage="reach")
    assert store.runs.get(run) == ended
    assert (ended.problem, ended.lease) == ({"status": 504}, None)


def test_a_beat_holds_a_run_for_longer(store: Store) -> None:
    run = asked(store).id
    claimed(store, "a", OUT)
    assert store.runs.beat(run, "a", 1, LONG)  # late, but nobody took it
    assert store.runs.claim("b", LONG) is None


def test_an_answer_is_kept_with_the_end_of_its_run(store: Store) -> None:
    run = asked(store).id
    claimed(store)
    forms = [Answer(data=b"{}", proven=True), Answer(data=b"a", proven=True, media="text/csv")]
    assert store.runs.finish(run, "a", 1, "finished", answers=forms)
    for form in forms:
        found = store.answers.get("q", form.media)
        assert found is not None
        assert found.data == form.data
    assert store.runs.get(run).state == "finished"
    assert store.runs.events(run)[-1].data == {"state": "finished"}


def test_after_three_that_were_begun_a_run_is_interrupted(store: Store) -> None:
    run = asked(store).id
    for attempt in (1, 2, 3):
        assert claimed(store, f"server {attempt}", OUT).attempt == attempt
        assert store.runs.begun(run, f"server {attempt}", attempt)
    assert store.runs.claim("server 4", LONG) is None
    found = store.runs.get(run)
    assert (found.state, found.attempt, found.tries) == ("interrupted", 3, 3)
    assert store.runs.events(run)[-1].data == {"state": "interrupted"}
    assert asked(store).id != run


def test_what_was_not_begun_does_not_count_but_does_not_go_on_for_ever(store: Store) -> None:
    run = asked(store).id
    for attempt in range(1, CLAIMS + 1):
        assert claimed(store, "a", OUT).attempt == attempt
    assert store.runs.get(run).tries == 0
    assert store.runs.claim("a", LONG) is None
    assert store.runs.get(run).state == "interrupted"


def test_beginning_twice_counts_once(store: Store) -> None:
    run = asked(store).id
    claimed(store)
    for _ in range(2):
        assert store.runs.begun(run, "a", 1)
    assert store.runs.get(run).tries == 1


def test_each_attempt_waits_a_lease_longer(store: Store) -> None:
    run = asked(store).id
    for attempt in (1, 2, 3):
        held = claimed(store, "a", LONG)
        assert seconds(held) == pytest.approx(attempt * LONG, abs=5)
        store.runs.begun(run, "a", attempt)
        store.runs.beat(run, "a", attempt, LONG)
        assert seconds(store.runs.get(run)) == pytest.approx(attempt * LONG, abs=5)
        if attempt < 3:
            assert store.runs.beat(run, "a", attempt, OUT)


def test_a_lost_run_that_was_to_be_cancelled_is_not_begun_again(store: Store) -> None:
    run, other = asked(store).id, asked(store, "other").id
    claimed(store, "a")
    store.runs.cancel(run)
    store.runs.beat(run, "a", 1, OUT)
    assert claimed(store, "b").id == other
    assert store.runs.get(run).state == "cancelled"


def test_a_server_that_stops_in_order_hands_back_what_it_holds(store: Store) -> None:
    asked_ids = {asked(store, str(number)).id for number in range(3)}
    for number in range(3):
        held = claimed(store, "a" if number else "b")
        store.runs.begun(held.id, held.owner or "", 1)
    cancelled = max(run.id for run in store.runs.list() if run.owner == "a")
    store.runs.cancel(cancelled)
    assert store.runs.owners() == {"a", "b"}
    assert store.runs.hand_back("a") == 2
    assert store.runs.owners() == {"b"}
    assert store.runs.get(cancelled).state == "cancelled"
    again = claimed(store, "c")
    assert again.id in asked_ids
    assert (again.attempt, again.tries) == (2, 0)  # told as the second, but the first does not count against it
    assert store.runs.claim("c", LONG) is None


def test_stopping_in_order_never_gives_a_run_up(store: Store) -> None:
    run = asked(store).id
    for attempt in range(1, CLAIMS + 3):
        assert claimed(store).attempt == attempt
        store.runs.begun(run, "a", attempt)
        store.runs.hand_back("a")
    assert store.runs.get(run).state == "queued"


def test_of_a_server_that_died_every_attempt_counts(store: Store) -> None:
    run = asked(store).id
    for attempt in (1, 2, 3):
        claimed(store, "a")
        store.runs.begun(run, "a", attempt)
        assert store.runs.hand_back("a", died=True) == 1
    assert store.runs.get(run).state == "interrupted"


def test_a_child_that_was_killed_is_begun_again_three_times_in_all(store: Store) -> None:
    run = asked(store).id
    for attempt in (1, 2, 3):
        claimed(store)
        store.runs.begun(run, "a", attempt)
        assert store.runs.release(run, "a", attempt)
    assert store.runs.get(run).state == "interrupted"


def test_a_run_may_be_left_for_a_while_before_it_is_begun_again(store: Store) -> None:
    run = asked(store).id
    claimed(store)
    store.runs.begun(run, "a", 1)
    assert store.runs.release(run, "a", 1, wait=LONG)
    assert store.runs.get(run).state == "queued"
    assert store.runs.claim("a", LONG) is None


def test_progress_is_told_twice_a_second_and_at_every_stage(store: Store) -> None:
    run = asked(store).id
    claimed(store)
    start = time.monotonic()
    told = 0
    while time.monotonic() - start < 1.2:
        told += 1
        store.runs.tell(run, "a", 1, stage="reach", incumbent=float(told), bound=10.0, gap=0.5)
    store.runs.tell(run, "a", 1, stage="effort", incumbent=-1.0, bound=-2.0, gap=0.5)
    progress = [event for event in store.runs.events(run) if event.kind == "progress"]
    assert told > 4
    assert 3 <= len(progress) <= 4  # at 0, 0.5, and 1.0 s, and the next stage
    assert progress[0].data == {"stage": "reach", "incumbent": 1, "bound": 10, "gap": 0.5}
    assert progress[-1].data["stage"] == "effort"
    found = store.runs.get(run)
    assert (found.stage, found.incumbent, found.bound, found.gap) == ("effort", -1, -2, 0.5)


def test_infinite_numbers_are_blank(store: Store) -> None:
    run = asked(store).id
    claimed(store)
    store.runs.tell(run, "a", 1, stage="reach", incumbent=math.inf, bound=-math.inf, gap=math.nan)
    assert store.runs.events(run)[-1].data == {"stage": "reach"}
    found = store.runs.get(run)
    assert (found.incumbent, found.bound, found.gap) == (None, None, None)


def test_what_an_attempt_found_is_not_shown_as_the_next_ones(store: Store) -> None:
    run = asked(store).id
    claimed(store)
    store.runs.tell(run, "a", 1, stage="reach", incumbent=3)
    store.runs.beat(run, "a", 1, OUT)
    again = claimed(store, "b")
    assert (again.id, again.stage, again.incumbent) == (run, None, None)


def test_events_go_on_where_a_reader_left_and_twenty_are_kept(store: Store) -> None:
    run = asked(store).id
    claimed(store)
    for number in range(30):
        store.runs.tell(run, "a", 1, stage=f"stage {number}")
    # 1 queued, 2 running, 3 to 32 progress.
    assert [event.seq for event in store.runs.events(run, after=30)] == [31, 32]
    store.runs.finish(run, "a", 1, "finished")
    assert [event.seq for event in store.runs.events(run)] == list(range(14, 34))
    assert store.runs.get(run).last == 33
