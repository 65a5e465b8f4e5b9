"""Options from keywords, words or JSON: one check, and faults in words that fit each of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar, cast, get_args

from pydantic import ValidationError

from alignment.errors import InputError, OptionError, UnknownWord
from alignment.models.faults import Fault
from alignment.models.fields import Refers
from alignment.models.options.fields import Asked
from alignment.models.system import System
from alignment.models.system.keys import Keys

from .fault_words import TABLE, faults_of

Kind = TypeVar("Kind", bound=Asked)


def asked_of(kind: type[Kind], given: Mapping[str, Any]) -> Kind:
    """What is asked, checked.

    Parameters
    ----------
    kind
        The options of a verb.
    given
        Values by the name of the option.

    Raises
    ------
    OptionError
        Whatever is wrong, all of it.
    InputError
        So too, where something is wrong with changes.
    """
    try:
        return kind.model_validate(dict(given))
    except ValidationError as error:
        faults = faults_of(error, kind)
        if len(faults) == 1 and error.errors()[0]["type"] in WORDS:
            raise UnknownWord.of(faults) from None
    # What is wrong with changes is wrong with rows.
    raise OptionError.of(faults) if all(fault.table == TABLE for fault in faults) else InputError(faults)


WORDS: Final = ("literal_error", "extra_forbidden")
"""What pydantic calls a word that is not known."""


def fitted(system: System, asked: Kind) -> Kind:
    """What is asked of a system: every id is known there; lists without repeats and in order.

    Parameters
    ----------
    system
        The system.
    asked
        What is asked.

    Raises
    ------
    UnknownWord
        One id is not known.
    OptionError
        Several are not.
    """
    return fitted_to_any([system], asked)


def fitted_to_any(systems: Sequence[System], asked: Kind) -> Kind:
    """What is asked of several systems: every id is known in one of them at least.

    Parameters
    ----------
    systems
        The systems.
    asked
        What is asked.

    Raises
    ------
    UnknownWord
        One id is not known.
    OptionError
        Several are not.
    """
    unknown: list[tuple[str, UnknownWord]] = []
    changes: dict[str, Any] = {}
    for name, tables in references(type(asked)).items():
        value = getattr(asked, name)
        if value is None or isinstance(value, str):
            continue
        known = frozenset[str]().union(*(_ids(system, tables) for system in systems))
        unknown += [(name, UnknownWord(word, known, _noun(tables))) for word in value if word not in known]
        changes[name] = _in_order(value)
    if len(unknown) == 1:
        raise unknown[0][1]
    if unknown:
        faults = [Fault(table=TABLE, column=name, what=each.what, remedy=each.remedy) for name, each in unknown]
        raise OptionError.of(faults)
    return asked.model_copy(update=changes) if changes else asked


def references(kind: type[Asked]) -> Mapping[str, Sequence[str]]:
    """The options that hold ids, each with the tables of these.

    Parameters
    ----------
    kind
        The options of a verb.
    """
    found: dict[str, Sequence[str]] = {}
    for name, field in kind.model_fields.items():
        inner = [mark for part in get_args(field.annotation) for mark in getattr(part, "__metadata__", ())]
        tables = [mark.table for mark in (*field.metadata, *inner) if isinstance(mark, Refers)]
        if tables:
            found[name] = tables
    return found


def _ids(system: System, tables: Iterable[str]) -> frozenset[str]:
    return frozenset(key for table in tables for key in system.derive(Keys).of(table))


def _noun(tables: Sequence[str]) -> str:
    return " or ".join(NOUNS[name] for name in tables)


NOUNS: Final = {
    "measures": "a measure",
    "agencies": "an agency",
    "targets": "a target",
    "tiers": "a tier",
    "outcomes": "an outcome",
    "resources": "a resource",
}


def _in_order(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(sorted(cast("Mapping[str, float]", value).items()))
    return tuple(sorted(set(value)))
