"""What the tests of the API share: a client, bodies, and verbs that do as a test tells them."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
from fastapi import FastAPI
from starlette.testclient import TestClient

import alignment as al
from alignment.api.app import create_app
from alignment.api.runs.child import Answering
from alignment.api.runs.limits import RunLimits
from alignment.api.settings import Settings
from alignment.models import System
from alignment.models.answers.answer import AnswerNoun, Frames
from alignment.models.options.fields import Asked
from alignment.verbs.registry import Verb

from .threads import Threads

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


def verb(run: Callable[[], str], command: str = "tested") -> Verb:
    """A verb that answers with what a function says."""
    return Told(
        command=command,
        alias=f"/v1/{command}",
        home=("alignment.lint.validate", "validate"),
        options=Asked,
        kind=("none", "Word"),
        summary="A verb for tests",
        doing="Testing",
        tables=("words",),
        line="alignment tested",
        run=run,
    )


BASE = "http://127.0.0.1:8765"
"""How the server of a test is called."""


@contextmanager
def application(*verbs: Verb, crew: int | None = None, **settings: Any) -> Generator[FastAPI]:
    """An application with these verbs and limits, which keeps things for as long as the test takes.

    `crew` is how many work at once, where that is not to be what the settings make of it.
    """

    def working(limits: RunLimits, answering: Answering) -> Threads:
        return Threads(limits if crew is None else limits.model_copy(update={"children": crew}), answering)

    with tempfile.TemporaryDirectory() as folder:
        given = {"database": f"sqlite:///{folder}/kept.db", **settings}
        yield create_app(Settings.model_validate(given), verbs, working)


@contextmanager
def opened(*verbs: Verb, crew: int | None = None, **settings: Any) -> Generator[TestClient]:
    """A client of a server with these verbs and limits."""
    with (
        application(*verbs, crew=crew, **settings) as app,
        TestClient(app, base_url=BASE, raise_server_exceptions=False) as client,
    ):
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
