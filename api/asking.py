"""A request's body as a system and options, or every fault of both."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final, TypeVar, cast

from fastapi import Request

from alignment.errors import InputError, OptionError
from alignment.models.cell_fault_words import sentence
from alignment.models.faults import Fault
from alignment.models.options.fields import Asked
from alignment.models.options.joining import JoinOptions
from alignment.models.system import System
from alignment.options.asked import asked_of
from alignment.options.several import verb_of
from alignment.scenarios.join import join_of
from alignment.tables import read, to_document
from alignment.tables.json_text import NotJsonError, Repeating, parsed
from alignment.verbs.registry import COMPARE, Verb
from alignment.verbs.renderers import Form, Page, rendered

from .limits import check_size
from .problems import NotJsonBodyError, UploadError, WrongTypeError
from .settings import Settings

Found = TypeVar("Found")

SYSTEM: Final = "system"
"""Where in the body the tables are; everything beside it is an option."""

CAPPED: Final = {"steps": "steps", "limit": "most", "draws": "most", "curve": "most", "confirm": "most"}
"""The options that ask for so many of something, each with the setting that says how many a server gives."""

TOLD: Final = frozenset({"agencies", "targets"})
"""Tables that every system has, and options never hold."""

REMEDY: Final = 'Write {"system": {...}} with the tables of the system, and options beside it'


async def body_of(request: Request, settings: Settings) -> bytes:
    """The body of a request.

    Raises
    ------
    WrongTypeError
        It is not of type JSON.
    UploadError
        It does not arrive in time.
    """
    check_type(request)
    try:
        async with asyncio.timeout(settings.upload_limit):
            return await request.body()
    except TimeoutError as error:
        raise UploadError(f"The body did not arrive within {settings.upload_limit:g} seconds.") from error


def check_type(request: Request) -> None:
    """Refuse what does not say that it is JSON, which also keeps the forms of strange web pages out."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json" and not (media.startswith("application/") and media.endswith("+json")):
        raise WrongTypeError(
            "Send JSON, and say so: Content-Type: application/json.", {"Accept-Post": "application/json"}
        )
    if request.headers.get("content-encoding", "identity") != "identity":
        raise WrongTypeError("Send the body as it is, not compressed.", {"Accept-Encoding": "identity"})


def work(verb: Verb, body: bytes, settings: Settings, form: Form) -> bytes:
    """The answer to a body, in a form."""
    system, options = ask(verb, body, settings)
    return rendered(verb.ask(system, options), form, Page(indent=None)).encode("utf-8", "backslashreplace")


def ask(verb: Verb, body: bytes, settings: Settings) -> tuple[System, Asked]:
    """What a body asks of a verb.

    Raises
    ------
    NotJsonBodyError
        The body is not JSON.
    TooLargeError
        A table is longer than this server takes.
    InputError
        With every fault of the system and of the options.
    """
    document = _document(body)
    if SYSTEM not in document and TOLD.issubset(document):
        what = "holds the tables themselves, which belong one level down"
        raise InputError([Fault(table="", place="the body", what=what, remedy=REMEDY)])
    check_size(document.get(SYSTEM), settings)
    faults = list(_twice(document))
    system = _gathered(faults, lambda: _system(document))
    options = _gathered(faults, lambda: _options(verb, document, settings))
    if faults or system is None or options is None:
        raise InputError(faults)
    return system, options


def _document(body: bytes) -> Mapping[str, Any]:
    try:
        found = parsed(body)
    except NotJsonError as error:
        raise NotJsonBodyError(f"The body {error}.") from error
    if not isinstance(found, dict):
        raise InputError([Fault(table="", place="the body", what="is not an object", remedy=REMEDY)])
    return cast("dict[str, Any]", found)


def _twice(document: Mapping[str, Any]) -> Iterator[Fault]:
    for name in document.repeated if isinstance(document, Repeating) else ():
        table, column = (SYSTEM, None) if name == SYSTEM else ("options", name)
        yield Fault(table=table, column=column, what="is given twice", remedy="Keep one of the two")


def _gathered(faults: list[Fault], make: Callable[[], Found]) -> Found | None:
    """What is made, or nothing and its faults among the others."""
    try:
        return make()
    except InputError as error:
        faults.extend(error.faults)
        return None


def _system(document: Mapping[str, Any]) -> System:
    tables = document.get(SYSTEM)
    # Anything but tables could be taken for the path of a file on the server.
    if not isinstance(tables, Mapping):
        what = "is not an object" if SYSTEM in document else "is missing"
        raise InputError([Fault(table=SYSTEM, what=what, remedy=REMEDY)])
    return read(cast("Mapping[str, Any]", tables))


def _options(verb: Verb, document: Mapping[str, Any], settings: Settings) -> Asked:
    given = {name: value for name, value in document.items() if name != SYSTEM}
    try:
        asked = asked_of(verb.options, given)
    except OptionError as error:
        raise InputError(error.faults) from None
    return capped(asked, settings)


def capped(asked: Asked, settings: Settings) -> Asked:
    """Options within what the server does: a longer search is cut, longer walks would be another answer.

    Raises
    ------
    InputError
        With a fault for each number that is more than the server goes to.
    """
    faults = list(_beyond(asked, settings))
    if faults:
        raise InputError(faults)
    longest = settings.time_limit
    long = [name for name in ("time_limit", "seconds") if hasattr(asked, name) and _is_over(asked, name, longest)]
    return asked.model_copy(update=dict.fromkeys(long, longest)) if long else asked


def _beyond(asked: Asked, settings: Settings) -> Iterator[Fault]:
    """A fault for each number that is more than this server does."""
    for name, setting in CAPPED.items():
        number, most = getattr(asked, name, 0), getattr(settings, setting)
        if number > most:
            what = f"{number:,} is more than the {most:,} that this server goes to"
            remedy = f"Ask for {most:,} or fewer: {sentence(type(asked), name)}"
            yield Fault(table="options", column=name, what=what, remedy=remedy)


def _is_over(asked: Asked, name: str, longest: float) -> bool:
    """Whether an option asks for more time than there is; blank is no limit."""
    seconds: float | None = getattr(asked, name)
    return seconds is None or seconds > longest


# Several systems

SYSTEMS: Final = "systems"
"""Where in a body the systems are that are joined or compared, each with its tables."""


def join_in(body: bytes, settings: Settings) -> bytes:
    """The one system of those in a body, as a document, and what was matched, kept apart and decided.

    Raises
    ------
    InputError
        With every fault of the systems and of the options.
    """
    systems, options = _systems_in(body, settings)
    joined = _told(lambda: join_of(systems, asked_of(JoinOptions, options)))
    notes = [str(note) for note in joined.notes]
    return json.dumps({SYSTEM: to_document(joined), "notes": notes}, ensure_ascii=False).encode()


def compare_in(body: bytes, settings: Settings, form: Form) -> bytes:
    """The systems of a body side by side, in a form.

    Raises
    ------
    InputError
        With every fault of the systems and of the options.
    """
    systems, options = _systems_in(body, settings)
    asked = capped(_told(lambda: asked_of(COMPARE.options, options)), settings)
    answer = _told(lambda: verb_of(COMPARE.function).ask_of(systems, asked))
    return rendered(answer, form, Page(indent=None)).encode("utf-8", "backslashreplace")


def _systems_in(body: bytes, settings: Settings) -> tuple[list[System], dict[str, Any]]:
    """The systems of a body, and what stands beside them."""
    document = _document(body)
    faults = list(_twice(document))
    found = [_gathered(faults, partial(_placed, at, each, settings)) for at, each in enumerate(_several(document))]
    if faults:
        raise InputError(faults)
    options = {name: value for name, value in document.items() if name != SYSTEMS}
    return [each for each in found if each is not None], options


def _told(make: Callable[[], Found]) -> Found:
    """What is made, or what is wrong with the options as faults of the body."""
    try:
        return make()
    except OptionError as error:
        raise InputError(error.faults or (Fault(table=SYSTEMS, what=str(error), remedy=""),)) from None


def _several(document: Mapping[str, Any]) -> list[Any]:
    given = document.get(SYSTEMS)
    if not isinstance(given, list) or not given:
        what = "is not a list of systems" if SYSTEMS in document else "is missing"
        remedy = 'Write {"systems": [{...}, {...}]} with the tables of each, and options beside it'
        raise InputError([Fault(table=SYSTEMS, what=what, remedy=remedy)])
    return cast("list[Any]", given)


def _placed(at: int, tables: Any, settings: Settings) -> System:
    """One of several systems, with its place in every fault."""
    check_size(tables, settings)
    try:
        return _system({SYSTEM: tables})
    except InputError as error:
        place = f"{SYSTEMS}[{at}]"
        raise InputError([fault.model_copy(update={"place": place}) for fault in error.faults]) from None
