from __future__ import annotations

import json
import logging
import string
import sys
import threading
import warnings
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from alignment.api.watching.cleaning import DEEPEST, cleaner, kinds_of, places_of

from .apps import watched
from .asking import ask, lines_of, logged

SERVER = logging.getLogger("uvicorn.error")
OURS = logging.getLogger("alignment.api")

letters = st.sampled_from(string.ascii_letters + string.digits + "-_")
secrets = st.text(letters, min_size=43, max_size=43).map("al_".__add__)
words = st.text(st.sampled_from(string.ascii_lowercase), min_size=6, max_size=20).map("Zq9".__add__)
"""Words that nothing else holds."""


@settings(max_examples=40)
@given(secrets, words, words, words, st.booleans())
def test_nothing_of_what_was_asked_is_logged(secret: str, body: str, query: str, system: str, as_json: bool) -> None:
    headers = [("Authorization", f"Bearer {secret}"), ("X-Request-ID", secret), ("Cookie", body)]
    with logged(as_json=as_json) as log:
        path, content = f"/systems/{system}/fails", f"{body} {secret}".encode()
        answer = ask(watched(), path, content, method="POST", query=query.encode(), headers=headers)
        # Once it has the application's error, a server logs it, too.
        SERVER.error("Exception in ASGI application\n", exc_info=answer.error)
        OURS.error("urn:uuid:1", exc_info=answer.error)
    assert secret in str(answer.error)
    text = log.getvalue()
    assert text.count("\n") == 3
    assert not [word for word in (secret[3:], body, query, system) if word in text]


def test_an_error_is_told_as_types_and_places() -> None:
    with logged() as log:
        answer = ask(watched(), "/systems/x/fails", method="POST")
        OURS.error("urn:uuid:1", exc_info=answer.error)
    line = lines_of(log)[-1]
    assert line["event"] == "urn:uuid:1"
    assert line["error"] == "ValueError from KeyError"
    assert line["places"].startswith("apps.py:")
    assert "fails < " in line["places"]
    assert str(Path(__file__).parent) not in log.getvalue()


@given(st.text(max_size=300), st.booleans())
def test_whatever_a_message_holds_it_is_one_line_of_signs(text: str, as_json: bool) -> None:
    with logged(as_json=as_json) as log:
        OURS.warning("%s", f"\x1b[31m\u202e{text}\r\n\u2028fake line")
    said = log.getvalue()
    assert said[-1] == "\n"
    assert said[:-1].isprintable()
    said.encode()
    if as_json:
        assert json.loads(said)["event"].isprintable()


@given(secrets, st.text(letters, max_size=5), st.text(max_size=5))
def test_a_key_is_cut_down_to_what_is_public(secret: str, before: str, after: str) -> None:
    said = cleaner(None)(f"{before}{secret} {after}")
    assert secret[:24] not in said
    assert f"{secret[:11]}…" in said


def test_words_that_only_begin_like_keys_are_told() -> None:
    text = "final_report and al_public12 are words"
    assert cleaner(None)(text) == text


@pytest.mark.parametrize(
    ("home", "text", "said"),
    [
        (PurePosixPath("/home/ann"), "open /home/ann/a b.db", "open ~/a b.db"),
        (PurePosixPath("/home/ann"), "sqlite:////home/ann/a.db", "sqlite:///~/a.db"),
        (PurePosixPath("/home/ann"), "/home/ann", "~"),
        (PurePosixPath("/home/ann"), "/home/anne/a.db and /home/ann-b", "/home/anne/a.db and /home/ann-b"),
        (PurePosixPath("/"), "/var/lib/a.db", "/var/lib/a.db"),
        (PureWindowsPath(r"C:\Users\Ann"), r"open C:\Users\Ann\a.db", r"open ~\a.db"),
        (PureWindowsPath(r"C:\Users\Ann"), r"open 'c:\\users\\ann\\a.db'", r"open '~\\a.db'"),
        (PureWindowsPath(r"C:\Users\Ann"), "sqlite:///C:/Users/Ann/a.db", "sqlite:///~/a.db"),
        (None, "/home/ann/a.db", "/home/ann/a.db"),
    ],
)
def test_the_home_folder_is_told_short(home: Any, text: str, said: str) -> None:
    assert cleaner(home)(text) == said


def test_the_log_knows_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    with logged() as log:
        OURS.warning("%s is full.", tmp_path / "kept.db")
    assert lines_of(log)[0]["event"].startswith("~")


# What others say


@pytest.mark.parametrize(
    ("name", "message", "filled", "said"),
    [
        # From the code of uvicorn's websockets and of its life of an application, and of asyncio.
        ("uvicorn.error", '%s - "WebSocket %s" 403', ("1.2.3.4", "/x?key=secret"), '%s - "WebSocket %s" 403'),
        ("uvicorn.error", "Traceback:\n  ValueError: secret", (), "Traceback:"),
        ("uvicorn.error", "Invalid HTTP request received.", (), "Invalid HTTP request received."),
        ("asyncio", "Task exception\nfuture: <Task exception=ValueError('secret')>", (), None),
        ("sqlalchemy.pool", "Exception during reset of %s", ("secret",), None),
    ],
)
def test_others_are_heard_without_what_they_fill_in(name: str, message: str, filled: Any, said: str | None) -> None:
    with logged() as log:
        logging.getLogger(name).error(message, *filled, extra={"body": "secret", "status": 1})
    (line,) = lines_of(log)
    assert line["logger"] == name
    assert "secret" not in log.getvalue()
    if said is None:
        assert line["event"].startswith("Something was said at test_logs.py:")
    else:
        assert line["event"] == said


def test_uvicorn_says_where_it_listens() -> None:
    record = SERVER.makeRecord(SERVER.name, logging.INFO, "server.py", 1, "Listens on %s:%d", ("127.0.0.1", 8765), None)
    with logged() as log:
        SERVER.handle(record)
    assert lines_of(log)[0]["event"] == "Listens on 127.0.0.1:8765"


def test_a_line_that_cannot_be_written_is_told_of_without_what_was_in_it(capfd: pytest.CaptureFixture[str]) -> None:
    with logged() as log:
        OURS.error("%d", "secret")
        logging.getLogger("alignment.api").error("after")
    assert [line["event"] for line in lines_of(log)] == ["A line of the log could not be written.", "after"]
    assert capfd.readouterr() == ("", "")


def test_a_stream_that_is_closed_harms_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    with logged() as log:
        log.close()
        OURS.error("secret")
    assert capfd.readouterr() == ("", "")


def test_threads_warnings_and_errors_told_to_nobody_say_where() -> None:
    def fail() -> None:
        raise ValueError("secret")

    class Left:
        def __del__(self) -> None:
            raise KeyError("secret")

    with logged() as log:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        Left()
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            showing = warnings.showwarning
            showing(UserWarning("secret"), UserWarning, "/home/ann/x.py", 7)
    lines = lines_of(log)
    assert [line.get("error") for line in lines] == ["ValueError", "KeyError", None]
    assert lines[2]["event"] == "UserWarning at x.py:7."
    assert "secret" not in log.getvalue()


# Errors


def deep(levels: int) -> None:
    if levels == 0:
        raise ValueError("secret")
    deep(levels - 1)


def raised(levels: int) -> ValueError:
    try:
        deep(levels)
    except ValueError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize("levels", [0, 3, 500])
def test_the_innermost_places_are_told(levels: int) -> None:
    places = places_of(raised(levels)).split(" < ")
    assert places[0].endswith(" deep")
    assert len(places) == min(levels + 2, DEEPEST)


def test_errors_that_came_of_each_other() -> None:
    first, second = raised(0), raised(0)
    first.__cause__, second.__cause__ = second, first
    assert kinds_of(first) == "ValueError from ValueError"
    first.__cause__, first.__context__ = None, KeyError("secret")
    assert kinds_of(first) == "ValueError"
    group = ExceptionGroup("secret", [ValueError("secret"), ExceptionGroup("secret", [KeyError("secret")])])
    assert kinds_of(group) == "ExceptionGroup(ValueError, ExceptionGroup(KeyError))"


def test_hooks_are_put_back_after_a_test() -> None:
    before = threading.excepthook, sys.unraisablehook, warnings.showwarning
    with logged():
        assert threading.excepthook is not before[0]
    assert (threading.excepthook, sys.unraisablehook, warnings.showwarning) == before
