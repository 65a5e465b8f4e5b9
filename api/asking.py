"""A request's body as a system and options, or every fault of both: what children do with it; knows nothing of HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar, cast

from alignment.errors import InputError, OptionError
from alignment.models.cell_fault_words import sentence
from alignment.models.faults import Fault
from alignment.models.options.fields import Asked
from alignment.models.system import System
from alignment.options.asked import asked_of
from alignment.tables import read
from alignment.tables.json_text import NotJsonError, Repeating, parsed
from alignment.tables.others_maps import ONLY_TABLES

from .limits import check_size
from .refusals import NotJsonBodyError
from .settings import Settings

Found = TypeVar("Found")
Kind = TypeVar("Kind", bound=Asked)

SYSTEM: Final = "system"
"""Where in the body the tables are; everything beside it is an option."""

CAPPED: Final = {
    "steps": "steps",
    "limit": "most",
    "draws": "most",
    "curve": "most",
    "confirm": "most",
    "meetings": "most",
}
"""The options that ask for so many of something, each with the setting that says how many a server gives."""

REMEDY: Final = 'Write {"system": {...}} with the tables of the system, and options beside it'


def ask(options: type[Kind], body: bytes, settings: Settings) -> tuple[System, Kind]:
    """What a body asks.

    Raises
    ------
    NotJsonBodyError
        The body is not JSON.
    TooLargeError
        A table is longer than this server takes.
    InputError
        With every fault of the system and of the options.
    """
    document = document_of(body)
    if SYSTEM not in document and ONLY_TABLES.issubset(document):
        what = "holds the tables themselves, which belong one level down"
        raise InputError([Fault(table="", place="the body", what=what, remedy=REMEDY)])
    check_size(document.get(SYSTEM), settings)
    faults = list(twice(document))
    system = gathered(faults, lambda: system_in(document))
    asked = gathered(faults, lambda: _options(options, document, settings))
    if faults or system is None or asked is None:
        raise InputError(faults)
    return system, asked


def document_of(body: bytes) -> Mapping[str, Any]:
    """A body as an object."""
    try:
        found = parsed(body)
    except NotJsonError as error:
        raise NotJsonBodyError(f"The body {error}.") from error
    if not isinstance(found, dict):
        raise InputError([Fault(table="", place="the body", what="is not an object", remedy=REMEDY)])
    return cast("dict[str, Any]", found)


def twice(document: Mapping[str, Any]) -> Iterator[Fault]:
    """A fault for each name that is given twice."""
    for name in document.repeated if isinstance(document, Repeating) else ():
        table, column = (SYSTEM, None) if name == SYSTEM else ("options", name)
        yield Fault(table=table, column=column, what="is given twice", remedy="Keep one of the two")


def gathered(faults: list[Fault], make: Callable[[], Found]) -> Found | None:
    """What is made, or nothing and its faults among the others."""
    try:
        return make()
    except InputError as error:
        faults.extend(error.faults)
        return None


def system_in(document: Mapping[str, Any]) -> System:
    """The system whose tables an object holds."""
    tables = document.get(SYSTEM)
    # Anything but tables could be taken for the path of a file on the server.
    if not isinstance(tables, Mapping):
        what = "is not an object" if SYSTEM in document else "is missing"
        raise InputError([Fault(table=SYSTEM, what=what, remedy=REMEDY)])
    return read(cast("Mapping[str, Any]", tables))


def _options(options: type[Kind], document: Mapping[str, Any], settings: Settings) -> Kind:
    given = {name: value for name, value in document.items() if name != SYSTEM}
    try:
        asked = asked_of(options, given)
    except OptionError as error:
        raise InputError(error.faults) from None
    return capped(asked, settings)


def capped(asked: Kind, settings: Settings) -> Kind:
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
