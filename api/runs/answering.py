"""What a child does with a question: the library's own answers, in the forms that are wanted."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

from alignment.api.asking import ask
from alignment.api.describing.worked import worked
from alignment.api.doors.tables import rows_of
from alignment.api.making import cut, join_in, several_in
from alignment.api.media import SystemForm
from alignment.api.settings import Settings
from alignment.api.uploads import bytes_of, read_upload
from alignment.errors import InputError, OptionError
from alignment.models.answers.answer import Answer
from alignment.models.faults import Fault
from alignment.models.options.fields import Asked
from alignment.models.progress import Progress
from alignment.models.stopping import Stopped
from alignment.models.system import System
from alignment.options.asked import asked_of
from alignment.options.several import verb_of as several_of
from alignment.options.verb import verb_of
from alignment.reports.template import template
from alignment.tables import read
from alignment.tables.formula_text import csv_text
from alignment.tables.json_text import NotJsonError, parsed
from alignment.verbs.registry import COMPARE, VERBS
from alignment.verbs.renderers import RENDERERS, Form, Page, rendered
from alignment.verbs.verb import Verb

from .question import Answered, Question, Task

REMEDY: Final = "Give the tables of the system as an object"
"""What to do about what is no system."""

CSV: Final = "csv"
"""The form of one table; of what is kept, each has one of its own, as `csv/TABLE`."""

ROWS: Final = "rows"
"""The same table as `rows/TABLE`, of which pages and parts are made."""


class Answering:
    """What a child does with questions; it can be sent to another process.

    Parameters
    ----------
    settings
        What the server takes, and how far it goes.
    verbs
        What can be asked.
    """

    def __init__(self, settings: Settings | None = None, verbs: Sequence[Verb] = VERBS) -> None:
        self._settings = settings or Settings()
        self._verbs = {verb.command: verb for verb in verbs}

    def __call__(self, question: Question, progress: Progress) -> Answered:
        """The answer to a question.

        Parameters
        ----------
        question
            What is asked.
        progress
            Told what is being done.

        Raises
        ------
        AlignmentError, RefusalError
            As the library and the door do.
        """
        tasks: Mapping[Task, Callable[[Question, Progress], Answered]] = {
            "ask": self._ask,
            "body": self._ask_body,
            "make": self._make,
            "read": self._read,
            "write": self._write,
            "template": _template,
            "examples": self._examples,
        }
        return tasks[question.task](question, progress)

    def _ask(self, question: Question, progress: Progress) -> Answered:
        """A verb's answer about systems that are kept."""
        systems = [_system(each) for each in question.systems]
        verb = self._verb(question.verb)
        return _answered(self._answer(verb, systems, _options(verb, question.options), progress), question.forms)

    def _ask_body(self, question: Question, progress: Progress) -> Answered:
        """What a body asks of the systems in it."""
        [body] = question.systems
        verb = self._verb(question.verb)
        if verb is COMPARE:
            systems, asked = several_in(body, self._settings)
        else:
            system, asked = ask(verb.options, body, self._settings)
            systems = [system]
        return _answered(self._answer(verb, systems, asked, progress), question.forms)

    def _make(self, question: Question, _: Progress) -> Answered:
        """The system that is made of what a body holds."""
        [body] = question.systems
        making = {"subset": cut, "join": join_in}[question.verb]
        return Answered({"json": making(body, self._settings)})

    def _read(self, question: Question, _: Progress) -> Answered:
        """The system of an upload as it is kept, and what was put right while it was read."""
        [data] = question.systems
        system = read_upload(data, question.options["media"], self._settings, question.options["ids"])
        notes = json.dumps([str(note) for note in system.notes])
        return Answered({"system": bytes_of(system, "json"), "notes": notes.encode()})

    def _write(self, question: Question, _: Progress) -> Answered:
        """A system that is kept in other forms."""
        [data] = question.systems
        system = _system(data)
        return Answered({form: bytes_of(system, cast("SystemForm", form)) for form in question.forms})

    def _examples(self, _question: Question, _: Progress) -> Answered:
        return Answered({"json": worked(tuple(self._verbs.values()), self._settings)})

    def _verb(self, command: str) -> Verb:
        return COMPARE if command == COMPARE.command else self._verbs[command]

    def _answer(self, verb: Verb, systems: Sequence[System], asked: Asked, progress: Progress) -> Answer:
        if verb is COMPARE:
            asking = several_of(verb.function)
            return asking.ask_of(systems, asked, **_means(asking, progress))
        [system] = systems
        return verb.ask(system, asked, **_means(verb_of(verb.function), progress))


def _template(question: Question, _: Progress) -> Answered:
    """A workbook to fill."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        template(path, empty=question.options["empty"])
        return Answered({"xlsx": path.read_bytes()})


def _answered(found: Answer, forms: Sequence[str]) -> Answered:
    stopped: Stopped = getattr(found, "stopped", "finished")
    return Answered(dict(_contents(found, forms)), stopped)


def _contents(found: Answer, forms: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """An answer in some forms, or in all."""
    for form in forms:
        if form != "*":
            yield form, _bytes(found, form)
            continue
        yield from ((each, _bytes(found, each)) for each in RENDERERS if each != CSV)
        for name in found.frames:
            frame = found.to_frame(name)
            yield f"{CSV}/{name}", csv_text(frame).encode("utf-8", "backslashreplace")
            yield f"{ROWS}/{name}", rows_of(frame)


def _bytes(found: Answer, form: str) -> bytes:
    """An answer in a form."""
    return rendered(found, cast("Form", form), Page(indent=None)).encode("utf-8", "backslashreplace")


def _options(verb: Verb, options: Mapping[str, Any]) -> Asked:
    """What is asked; what is wrong with it, as faults like those of the system."""
    try:
        return asked_of(verb.options, options)
    except OptionError as error:
        if error.faults:
            raise InputError(error.faults) from None
        raise


def _means(asking: Any, progress: Progress) -> dict[str, Any]:
    return {"progress": progress} if "progress" in asking.means else {}


def _system(content: bytes) -> System:
    try:
        tables = parsed(content)
    except NotJsonError as error:
        raise InputError([Fault(table="", place="the system", what=str(error), remedy=REMEDY)]) from None
    # Anything but tables could be taken for the path of a file on the server.
    if not isinstance(tables, Mapping):
        raise InputError([Fault(table="", place="the system", what="is not an object", remedy=REMEDY)])
    return read(cast("Mapping[str, Any]", tables))


answer: Final = Answering()
"""What a child does whose server has the ordinary limits."""
