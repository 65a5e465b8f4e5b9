"""Answers by question: the proven stay, the others give way, the oldest make room."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from alignment.api.store import answers
from alignment.api.store.engine import Database
from alignment.api.store.nouns import PROBLEM, Answer
from alignment.api.store.store import Store
from alignment.api.store.tables import AnswerRow
from tests.store.together import together

PROVEN = Answer(data=b"proven", proven=True)
CUT = Answer(data=b"cut", proven=False)


def test_an_answer_comes_back_by_question_and_form(store: Store) -> None:
    assert store.answers.get("q") is None
    store.answers.put("q", "h", PROVEN)
    store.answers.put("q", "h", Answer(data=b"a,b", proven=True, media="text/csv"))
    found = store.answers.get("q")
    assert found is not None
    assert (found.data, found.proven, found.media) == (b"proven", True, "application/json")
    assert found.at is not None
    csv = store.answers.get("q", "text/csv")
    assert csv is not None
    assert csv.data == b"a,b"
    assert store.answers.get("q", "text/html") is None
    assert store.answers.get("p") is None


@pytest.mark.parametrize(("first", "then", "kept"), [(CUT, PROVEN, PROVEN), (CUT, CUT, CUT), (PROVEN, CUT, PROVEN)])
def test_what_is_proven_stays(store: Store, first: Answer, then: Answer, kept: Answer) -> None:
    store.answers.put("q", "h", first)
    store.answers.put("q", "h", then)
    found = store.answers.get("q")
    assert found is not None
    assert (found.data, found.proven) == (kept.data, kept.proven)


def test_the_forms_of_two_searches_are_not_mixed(store: Store) -> None:
    first, then = (
        [Answer(data=data, proven=proven, media=media) for media in ("json", "csv")]
        for data, proven in ((b"first", False), (b"then", True))
    )

    def found() -> dict[str, bytes]:
        there = {media: store.answers.get("q", media) for media in ("json", "csv", "html")}
        return {media: answer.data for media, answer in there.items() if answer is not None}

    store.answers.put("q", "h", *first, Answer(data=b"first", proven=False, media="html"))
    store.answers.put("q", "h", *then)
    assert found() == {"json": b"then", "csv": b"then"}
    # What is proven is the same whoever asks, so that forms may be added; of what is not, nothing.
    store.answers.put("q", "h", Answer(data=b"cut", proven=False, media="html"))
    assert found() == {"json": b"then", "csv": b"then"}
    store.answers.put("q", "h", Answer(data=b"too", proven=True, media="html"))
    assert found() == {"json": b"then", "csv": b"then", "html": b"too"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_that_none_was_found_in_time_gives_way_to_one_that_was(store: Store, order: tuple[int, int]) -> None:
    none, some = Answer(data=b"none", proven=False, media=PROBLEM), CUT
    for which in order:
        store.answers.put("q", "h", (none, some)[which])
    assert store.answers.get("q", PROBLEM) is None
    assert store.answers.get("q") is not None


def test_many_may_put_the_same_answer(store: Store) -> None:
    together(6, lambda which: store.answers.put("q", "h", Answer(data=b"%d" % which, proven=True)))
    assert store.answers.get("q") is not None


def test_what_was_not_read_for_longest_makes_room(store: Store, database: Database) -> None:
    for question in ("a", "b", "c", "d"):
        store.answers.put(question, "h", Answer(data=b"same size", proven=True))
    with database.writing() as session:
        (size,) = set(session.scalars(select(AnswerRow.size)))
        # Read last: b, then a, then d, then c.
        for question, ago in {"c": 400, "d": 300, "a": 200, "b": 100}.items():
            session.execute(
                text("UPDATE answers SET used = used - :ago WHERE question = :question"),
                {"ago": ago, "question": question},
            )
    assert store.answers.get("c") is not None  # is now the one that was read last
    assert store.answers.evict(4 * size) == 0
    assert store.answers.evict(3 * size - 1) == 2
    assert [question for question in "abcd" if store.answers.get(question)] == ["b", "c"]
    assert store.answers.evict(0) == 2


def test_few_reads_write(store: Store, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store.answers.put("q", "h", PROVEN)

    def used() -> float:
        with database.reading() as session:
            return session.scalars(select(AnswerRow.used)).one()

    before = used()
    store.answers.get("q")
    assert used() == before
    monkeypatch.setattr(answers, "MINUTE", -1.0)
    store.answers.get("q")
    assert used() > before
