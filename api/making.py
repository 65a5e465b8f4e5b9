"""Bodies of which a system is made (a part of one, one of several), and those that hold several to compare."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, cast

from alignment.errors import InputError, OptionError
from alignment.models.faults import Fault
from alignment.models.options.joining import JoinOptions
from alignment.models.options.scenarios import CompareOptions, SubsetOptions
from alignment.models.system import System
from alignment.options.asked import asked_of
from alignment.scenarios.join import join_of
from alignment.scenarios.subset import subset_of
from alignment.tables import to_document

from .asking import SYSTEM, Found, ask, capped, document_of, gathered, system_in, twice
from .limits import check_size
from .settings import Settings

SYSTEMS: Final = "systems"
"""Where in a body the systems are that are joined or compared, each with its tables."""


def cut(body: bytes, settings: Settings) -> bytes:
    """The part of a body's system that its options ask for, as a document, and what it leaves out."""
    system, asked = ask(SubsetOptions, body, settings)
    part = subset_of(system, asked)
    said = [str(note) for note in part.notes[len(system.notes) :]] if part is not system else []
    return json.dumps({SYSTEM: to_document(part), "notes": said}, ensure_ascii=False).encode()


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


def several_in(body: bytes, settings: Settings) -> tuple[list[System], CompareOptions]:
    """The systems of a body that are to be laid side by side, and how.

    Raises
    ------
    InputError
        With every fault of the systems and of the options.
    """
    systems, options = _systems_in(body, settings)
    return systems, capped(_told(lambda: asked_of(CompareOptions, options)), settings)


def _systems_in(body: bytes, settings: Settings) -> tuple[list[System], dict[str, Any]]:
    """The systems of a body, and what stands beside them."""
    document = document_of(body)
    faults = list(twice(document))
    found = [gathered(faults, partial(_placed, at, each, settings)) for at, each in enumerate(_several(document))]
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
        return system_in({SYSTEM: tables})
    except InputError as error:
        place = f"{SYSTEMS}[{at}]"
        raise InputError([fault.model_copy(update={"place": place}) for fault in error.faults]) from None
