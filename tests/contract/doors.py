"""What the tests of the API share: a client, bodies, and verbs that do as a test tells them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache
from typing import Any

from starlette.testclient import TestClient

import alignment as al
from alignment.api.app import create_app
from alignment.api.settings import Settings
from alignment.models import Noun, System
from alignment.verbs.registry import NoOptions, Verb

Json = dict[str, Any]

JSON = {"Content-Type": "application/json"}


class Word(Noun):
    """A word."""

    word: str
    """The word."""


def verb(run: Callable[[], str], path: str = "/v1/tested") -> Verb:
    """A verb that answers with what a function says."""

    def answer(_: System, __: NoOptions) -> Word:
        return Word(word=run())

    return Verb(path, "read", NoOptions, Word, "A verb for tests", answer)


@contextmanager
def opened(*verbs: Verb, **settings: Any) -> Generator[TestClient]:
    """A client of a server with these verbs and limits."""
    app = create_app(Settings(**settings), verbs)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@cache
def system(name: str) -> System:
    """An example."""
    return al.read(al.example(name))


@cache
def document(name: str) -> Json:
    """An example as JSON."""
    return al.to_document(system(name))


def tiny() -> Json:
    """The smallest body."""
    return {"system": {"agencies": [], "measures": [], "targets": []}}


class Held:
    """Work that begins when a worker is free and ends when the test lets it."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.end = threading.Event()
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        self.begun.set()
        assert self.end.wait(30)
        return "done"
