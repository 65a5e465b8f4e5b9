"""Children: their answers are the library's; each can be ended, by us or by others, with no harm to its neighbour."""

from __future__ import annotations

import json
import time
from typing import Any

import psutil
import pytest

import alignment as al
from alignment.api import problems
from alignment.api.runs.children import Children, warm_within
from alignment.api.runs.limits import RunLimits
from alignment.api.runs.processes import MARK
from alignment.api.runs.question import Answered, Begun, Cancelled, Gone, Question, Trouble
from alignment.api.runs.troubles import EMPTY, MEMORY, TIME
from alignment.tables import to_document
from alignment.verbs.renderers import Page, rendered

from .conftest import Ear, is_gone, until_true
from .work import cold, doing

LONDON = al.read(al.example("london-2018"))
SYSTEM = json.dumps(to_document(LONDON)).encode()
FIRST = LONDON.measures[0].id


def asked(children: Children, question: Question) -> Any:
    """How a question ends."""
    ear = Ear()
    children.begin(question, ear)
    first = ear.next()
    return ear.next() if isinstance(first, Begun) else first


def begun(children: Children, verb: str, **options: Any) -> tuple[Any, Ear, int]:
    """A question that a child has taken."""
    ear = Ear()
    job = children.begin(Question(verb, (), options), ear)
    first = ear.next()
    assert isinstance(first, Begun)
    return job, ear, first.pid


def test_an_answer_is_the_librarys_in_every_form(children: Children) -> None:
    found = asked(children, Question("conflicts", (SYSTEM,), {"kinds": ["opposed"]}, ("json", "csv", "html")))
    library = al.find_conflicts(LONDON, kinds=["opposed"])
    page = Page(indent=None)
    assert found.content == {form: rendered(library, form, page).encode() for form in ("json", "csv", "html")}
    assert found.proven


def test_several_systems_are_compared(children: Children) -> None:
    other = al.read(al.example("winter-pressure"))
    found = asked(children, Question("compare", (SYSTEM, json.dumps(to_document(other)).encode()), {"core": False}))
    assert json.loads(found.content["json"]) == json.loads(al.compare(LONDON, other, core=False).to_json())


@pytest.mark.parametrize(
    ("question", "error", "faults"),
    [
        (Question("conflicts", (b"[1]",)), "InputError", ["is not an object"]),
        (Question("conflicts", (SYSTEM,), {"kinds": ["war"], "steps": -1}), "InputError", None),
        (Question("check", (SYSTEM,), {"measures": ["no-such"]}), "UnknownWord", []),
        (Question("propose", (SYSTEM,), {"keep": [FIRST], "drop": [FIRST]}), "NoAlignedSet", []),
    ],
)
def test_an_error_of_the_library_is_plain_data(
    children: Children, question: Question, error: str, faults: list[str] | None
) -> None:
    found = asked(children, question)
    assert isinstance(found, Trouble)
    assert found.error == error
    assert [each["what"] for each in found.faults] == faults or (faults is None and len(found.faults) == 2)
    assert [each["option"] for each in found.clash] == (["keep", "drop"] if error == "NoAlignedSet" else [])
    json.dumps(found.model_dump())


def test_every_word_for_an_error_is_one_that_problems_know() -> None:
    known = {kind.__name__ for kind in problems.KINDS}
    assert {TIME, MEMORY, *EMPTY, "InputError", "UnknownWord", "OptionError", "SolverTrouble", "Exception"} <= known


def test_an_error_that_was_not_meant_for_people_says_where_and_not_what(children: Children) -> None:
    found = asked(children, Question("fail", ()))
    assert (found.error, found.detail) == ("Exception", "KeyError")
    assert any("work.py" in place for place in found.trace)
    assert "SECRET" not in found.model_dump_json()


@pytest.mark.parametrize("verb", ["hard", "stubborn"])
def test_a_run_is_cancelled_within_a_second_and_its_neighbour_goes_on(children: Children, verb: str) -> None:
    until_true(lambda: children.warm == 3)
    _, neighbour, other = begun(children, "nap", seconds=1.5)
    job, ear, pid = begun(children, verb)
    time.sleep(0.5)
    begin = time.monotonic()
    job.cancel()
    assert isinstance(ear.next(), Cancelled)
    assert time.monotonic() - begin < 1
    assert is_gone(pid)
    assert neighbour.next() == Answered({"json": str(other).encode()})


def test_a_run_that_no_child_has_taken_is_cancelled_at_once(children: Children) -> None:
    ear = Ear()
    job = children.begin(Question("nap", (), {"seconds": 30}), ear)
    job.cancel()
    found = ear.next(1.0)
    assert isinstance(ear.next(1.0) if isinstance(found, Begun) else found, Cancelled)


def test_progress_arrives_with_stage_incumbent_and_bound(children: Children) -> None:
    job, ear, _ = begun(children, "hard")
    until_true(lambda: any(told.bound is not None and told.incumbent is not None for told in ear.told))
    job.cancel()
    last = next(told for told in ear.told if told.bound is not None)
    assert ear.told[0].stage == "solving"
    assert last.incumbent is not None
    assert last.bound is not None
    assert last.bound < last.incumbent
    assert last.gap == pytest.approx((last.incumbent - last.bound) / last.incumbent)
    assert isinstance(ear.next(), Cancelled)


def test_a_run_that_is_asked_to_end_answers_with_the_best_it_has(children: Children) -> None:
    job, ear, _ = begun(children, "hard", columns=400)
    time.sleep(0.3)
    job.ask_to_end()
    found = ear.next()
    assert isinstance(found, Answered)
    assert (found.stopped, found.proven) == ("interrupted", False)


@pytest.mark.parametrize("once", [0, 20_000_000_000])
def test_a_run_that_takes_too_much_memory_fails(children: Children, once: int) -> None:
    _, ear, _ = begun(children, "hog", once=once)
    found = ear.next()
    assert isinstance(found, Trouble)
    assert found.error == MEMORY


def test_a_child_that_is_killed_harms_no_neighbour(children: Children) -> None:
    until_true(lambda: children.warm >= 2)
    _, neighbour, other = begun(children, "nap", seconds=1.0)
    _, ear, pid = begun(children, "nap", seconds=60)
    psutil.Process(pid).kill()
    assert isinstance(ear.next(2.0), Gone)
    assert neighbour.next() == Answered({"json": str(other).encode()})


def test_what_a_child_had_started_ends_with_it(children: Children) -> None:
    _, ear, pid = begun(children, "parent")
    until_true(lambda: bool(ear.told))
    started = int(ear.told[0].stage)
    assert psutil.Process(started).environ()[MARK].endswith(f".{pid}")
    psutil.Process(pid).kill()
    assert isinstance(ear.next(2.0), Gone)
    until_true(lambda: is_gone(started), 2.0)


def test_where_a_child_is_killed_while_none_works_the_rest_starts_anew_and_questions_wait() -> None:
    before = set(psutil.Process().children())
    with Children(RunLimits(children=1), doing, cold) as pool:
        assert warm_within(pool, 2, 60)
        idle = set(psutil.Process().children()) - before
        next(each for each in idle if "resource_tracker" not in " ".join(each.cmdline())).kill()
        ear = Ear()
        pool.begin(Question("nap", (), {"seconds": 0.1}), ear)
        assert isinstance(ear.next(), Begun)
        assert isinstance(ear.next(), Answered)


def test_where_somebody_was_killed_with_pebbles_lock_the_children_start_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alignment.api.runs.children.STUCK", 0.5)
    with Children(RunLimits(children=1), doing, cold) as pool:
        assert warm_within(pool, 2, 60)
        inner: Any = pool
        inner._pool._pool_manager.worker_manager.workers_channel.mutex.acquire()
        ear = Ear()
        pool.begin(Question("nap", (), {"seconds": 0.1}), ear)
        assert isinstance(ear.next(), Begun)
        assert isinstance(ear.next(), Answered)
