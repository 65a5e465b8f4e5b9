"""Answers by question: the proven stay, the others give way, the oldest make room."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from alignment.api.store import answers
from alignment.api.store.engine import Database
from alignment.api.store.nouns import Answer
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
