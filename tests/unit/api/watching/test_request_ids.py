from __future__ import annotations

import asyncio
import string
from typing import Any

from hypothesis import given, strategies as st
from starlette.types import Message, Receive, Scope, Send

from alignment.api.watching.request_ids import HEADER, RequestIds, id_for, request_id

from .apps import watched
from .asking import Answer, ask, scope_of

PLAIN = frozenset(string.ascii_letters + string.digits + "-_.")

SECRET = "al_" + "Ab3-_" * 8 + "xyz"

words = st.text(st.sampled_from(sorted(PLAIN)), min_size=1, max_size=70) | st.text(
    st.characters(codec="latin-1"), max_size=70
)


def is_plain(word: str) -> bool:
    return 1 <= len(word) <= 64 and set(word) <= PLAIN


@given(words)
def test_a_caller_s_word_is_taken_where_it_is_plain(given: str) -> None:
    found = id_for(given)
    assert is_plain(found)
    assert (found == given) == is_plain(given)


def test_every_other_request_has_a_new_one() -> None:
    assert len({id_for(None) for _ in range(100)} | {id_for("two words")}) == 101


def test_a_key_is_no_id() -> None:
    assert SECRET not in id_for(SECRET)
    assert id_for(f"x.{SECRET}"[:60]) != f"x.{SECRET}"[:60]


def test_the_answer_bears_it_also_where_the_server_fails() -> None:
    app = watched()
    asked: dict[str, Any] = {"headers": [(HEADER, "report.7")]}
    assert ask(app, **asked).headers["x-request-id"] == "report.7"
    failed = ask(app, "/systems/x/fails", method="POST", **asked)
    assert (failed.status, failed.headers["x-request-id"]) == (500, "report.7")
    assert ask(app, "/nowhere", **asked).headers["x-request-id"] == "report.7"


def test_it_is_known_in_threads_of_the_request_and_not_afterwards() -> None:
    assert ask(watched(), "/named", headers=[(HEADER, "report.7")]).body == b"report.7"
    assert request_id() is None


def test_requests_at_the_same_time_have_their_own() -> None:
    met = asyncio.Barrier(2)
    told: list[tuple[str, str | None]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        before = request_id()
        await met.wait()
        assert before is not None
        told.append((before, request_id()))

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    async def both() -> None:
        asked = [scope_of(headers=[(HEADER, word)]) for word in ("one", "two")]
        await asyncio.gather(*(RequestIds(app)(scope, nothing, Answer().take) for scope in asked))

    asyncio.run(both())
    assert sorted(told) == [("one", "one"), ("two", "two")]
