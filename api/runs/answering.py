"""What a child does with a question: the library's own answer, in the forms that are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

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
from alignment.tables import read
from alignment.tables.json_text import NotJsonError, parsed
from alignment.verbs.registry import BY_COMMAND, COMPARE
from alignment.verbs.renderers import Form, Page, rendered
from alignment.verbs.verb import Verb

from .question import Answered, Question

REMEDY: Final = "Give the tables of the system as an object"
"""What to do about what is no system."""


def answer(question: Question, progress: Progress) -> Answered:
    """The answer to a question.

    Parameters
    ----------
    question
        What is asked.
    progress
        Told what is being done.

    Raises
    ------
    AlignmentError
        As the library does.
    """
    systems = [_system(each) for each in question.systems]
    found = _asked(question, systems, progress)
    stopped: Stopped = getattr(found, "stopped", "finished")
    return Answered({form: _bytes(found, form) for form in question.forms}, stopped)


def _asked(question: Question, systems: list[System], progress: Progress) -> Answer:
    """What the verb answers."""
    if question.verb == COMPARE.command:
        options = _options(COMPARE, question.options)
        return several_of(COMPARE.function).ask_of(systems, options, **_means(several_of(COMPARE.function), progress))
    verb = BY_COMMAND[question.verb]
    [system] = systems
    return verb.ask(system, _options(verb, question.options), **_means(verb_of(verb.function), progress))


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


def _bytes(found: Answer, form: Form) -> bytes:
    return rendered(found, form, Page(indent=None)).encode("utf-8", "backslashreplace")
