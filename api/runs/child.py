"""What goes on within a child: it warms up, waits for questions, and ends with its parent."""

from __future__ import annotations

import json
import multiprocessing
import os
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Client
from typing import Any, Final, NamedTuple, NoReturn

from alignment.models.progress import Progress
from alignment.solver import telling, until

from .line import Line
from .processes import MARK, bound_memory, end_own_children
from .question import EVERY, Answered, Question, Told, Trouble
from .troubles import trouble_of

Answering = Callable[[Question, Progress], Answered]
"""What is done with a question; it can be sent to another process."""

ORPHANED: Final = 3
"""The exit code of a child whose parent is gone."""

OFTEN: Final = 0.1
"""Seconds between two numbers that are told; words are always told."""


class Start(NamedTuple):
    """What a child is given when it starts.

    Attributes
    ----------
    address, key
        Where its server listens, and the word that lets it in.
    mark
        The beginning of its mark in the environment.
    memory
        How much more memory than it has when warm it may ask for, in bytes.
    answering
        What it does with a question.
    warm
        What it does first, so that no question waits for it.
    """

    address: Any
    key: bytes
    mark: str
    memory: int
    answering: Answering
    warm: Callable[[], None]


def mark_of(start: str, pid: int) -> str:
    """What a child is known by, and whatever it starts."""
    return f"{start}.{pid}"


def begin(start: Start) -> None:
    """Make this process a child that is ready: pebble calls it once."""
    _silence(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ[MARK] = mark_of(start.mark, os.getpid())
    start.warm()
    bound_memory(start.memory)
    _HERE.append(_Child(Line(Client(start.address, authkey=start.key)), start.answering))
    # What goes wrong before this is for the log; afterwards nothing of what is asked may get there.
    _silence(2)


def work(number: int) -> None:
    """Answer the question of a number, over the line."""
    _HERE[-1].work(number)


def warm_up() -> None:
    """Load and run what most questions need: a first answer takes seconds, the next a fraction of one."""
    from alignment.examples import example
    from alignment.tables import read, to_document

    from .answering import answer

    document = json.dumps(to_document(read(example("winter-pressure")))).encode()
    for verb in ("conflicts", "propose"):
        answer(Question(verb, (document,), forms=EVERY), lambda _: None)


_HERE: Final[list[Any]] = []
"""The one child of this process."""


class _Child:
    def __init__(self, line: Line, answering: Answering) -> None:
        self._line, self._answering = line, answering
        self._questions: queue.SimpleQueue[Question | None] = queue.SimpleQueue()
        self._number = 0
        self._over = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                head, pieces = self._line.receive()
                if head["word"] == "question":
                    verb, forms = head["verb"], tuple(head["forms"])
                    self._questions.put(Question(verb, pieces, head["options"], forms, head["task"]))
                elif head["word"] == "nothing":
                    self._questions.put(None)
                elif head["number"] == self._number:
                    self._over.set()
        _end()

    def work(self, number: int) -> None:
        self._number, self._over = number, threading.Event()
        self._line.send({"word": "take", "number": number, "pid": os.getpid()})
        question = self._questions.get()
        if question is not None:  # else nobody wants it any more
            self._answer(number, self._found(question))

    def _answer(self, number: int, found: Answered | Trouble) -> None:
        if isinstance(found, Trouble):
            self._line.send({"word": "trouble", "number": number, "trouble": found.model_dump()})
        else:
            head = {"word": "answer", "number": number, "stopped": found.stopped, "forms": list(found.content)}
            self._line.send(head, list(found.content.values()))

    def _found(self, question: Question) -> Answered | Trouble:
        teller = _Teller(self._line, self._number)
        try:
            with until(self._over), telling(teller.numbers):
                return self._answering(question, teller.words)
        except Exception as error:  # noqa: BLE001 - whatever it is, its data goes to who asked
            return trouble_of(error)


class _Teller:
    """Tells how far a run is: words as they come, numbers now and then."""

    def __init__(self, line: Line, number: int) -> None:
        self._line, self._number = line, number
        self._stage: str | None = None
        self._last = 0.0

    def words(self, stage: str) -> None:
        if stage != self._stage:
            self._stage = stage
            self._send(Told(stage))

    def numbers(self, stage: str, incumbent: float | None, bound: float | None) -> None:
        if time.monotonic() - self._last >= OFTEN:
            self._send(Told(self._stage or stage, incumbent, bound))

    def _send(self, told: Told) -> None:
        self._last = time.monotonic()
        numbers = {"stage": told.stage, "incumbent": told.incumbent, "bound": told.bound}
        with suppress(OSError):  # who has hung up ends this process
            self._line.send({"word": "told", "number": self._number, **numbers})


def _silence(descriptor: int) -> None:
    """Send what is written there to nobody, whoever writes it: also what is no Python."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        _end()


def _end() -> NoReturn:
    """End at once, with whatever was started here."""
    end_own_children()
    os._exit(ORPHANED)
