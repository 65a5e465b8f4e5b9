"""What the tests of the API share: a client, bodies, and verbs that do as a test tells them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
from starlette.testclient import TestClient

import alignment as al
from alignment.api.app import create_app
from alignment.api.settings import Settings
from alignment.models import System
from alignment.models.answers.answer import AnswerNoun, Frames
from alignment.models.options.fields import Asked
from alignment.verbs.registry import Verb

Json = dict[str, Any]

JSON = {"Content-Type": "application/json"}


class Word(AnswerNoun):
    """A word."""

    word: str
    """The word."""

    @property
    def frames(self) -> Frames:
        """No tables."""
        return {"words": pd.DataFrame}

    def _lines(self, width: int) -> Iterator[str]:
        yield self.word


@dataclass(frozen=True, eq=False)
class Told(Verb):
    """A verb that answers with what a function says."""

    run: Callable[[], str] = str

    @property
    def answer(self) -> type[Word]:
        return Word

    def ask(self, system: System, asked: Asked, **means: Any) -> Word:
        return Word(word=self.run())


def verb(run: Callable[[], str], path: str = "/v1/tested") -> Verb:
    """A verb that answers with what a function says."""
    return Told(
        command=path.rpartition("/")[2],
        path=path,
        home=("alignment.lint.validate", "validate"),
        options=Asked,
        kind=("none", "Word"),
        summary="A verb for tests",
        doing="Testing",
        tables=("words",),
        line="alignment tested",
        run=run,
    )


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
