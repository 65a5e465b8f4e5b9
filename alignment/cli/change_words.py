"""Changes from short words: ``--drop-measure ae-4h --reweigh dhsc=0.5 --merge a=b``."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

from alignment.errors import OptionError

Cells = dict[str, Any]


def changes_in(file: str | None, words: Mapping[str, Sequence[str]]) -> list[Cells]:
    """The changes of a file, then those of each option, in the order of the options.

    Parameters
    ----------
    file
        JSON: a list of changes, or one.
    words
        For each option what was given.

    Raises
    ------
    OptionError
        A word cannot be read, or there is no change at all.
    OSError
        The file cannot be read.

    Examples
    --------
    >>> changes_in(None, {"reweigh": ["dhsc=0.5"], "remove-agency": ["cqc"]})
    [{'change': 'reweigh', 'target': 'dhsc', 'weight': '0.5'}, {'change': 'remove-agency', 'agency': 'cqc'}]
    """
    found = [] if file is None else _of_file(file)
    found += [MAKERS[option](option, word) for option, given in words.items() for word in given or ()]
    if not found:
        raise OptionError("Say what to change, such as --drop-measure ID; --help lists what there is.")
    return found


def _of_file(file: str) -> list[Cells]:
    from alignment.tables.guarded import content_of
    from alignment.tables.json_text import NotJsonError, parsed

    try:
        found = parsed(content_of(Path(file)))
    except NotJsonError as error:
        raise OptionError(f"{file} {error}.") from None
    return cast("list[Cells]", found if isinstance(found, list) else [found])


def _pair(option: str, word: str, example: str) -> tuple[str, str]:
    # A target that has no id is named by facts, which may hold an = themselves.
    what, sign, value = word.rpartition("=")
    if not sign or not what.strip():
        raise OptionError(f"--{option} is two words and =, such as {example}; not {word!r}.")
    return what.strip(), value.strip()


def _number(value: str) -> str | None:
    return None if value.lower() == "none" else value


def _drop(option: str, word: str) -> Cells:
    table, sign, row = word.partition(":")
    if not sign:
        raise OptionError(f"--{option} is a table, : and a row, such as influences:beds:waits; not {word!r}.")
    return {"change": "drop", "table": table, "row": row}


def _row_of(table: str) -> Callable[[str, str], Cells]:
    return lambda _, word: {"change": "drop", "table": table, "row": word}


def _reweigh(option: str, word: str) -> Cells:
    target, weight = _pair(option, word, "dhsc=0.5")
    return {"change": "reweigh", "target": target, "weight": weight}


def _retarget(option: str, word: str) -> Cells:
    target, value = _pair(option, word, "dhsc:ae-4h=90")
    low, band, high = value.partition("..")
    return {"change": "retarget", "target": target, "value": low, **({"upper": high} if band else {})}


def _cap(option: str, word: str) -> Cells:
    resource, value = _pair(option, word, "beds=120")
    return {"change": "change-cap", "resource": resource, "capacity": _number(value)}


def _floor(option: str, word: str) -> Cells:
    resource, value = _pair(option, word, "beds=100")
    return {"change": "change-floor", "resource": resource, "floor": _number(value)}


def _merge(option: str, word: str) -> Cells:
    agency, into = _pair(option, word, "ccg=council")
    return {"change": "merge-agencies", "agency": agency, "into": into}


def _add(option: str, word: str) -> Cells:
    table, *cells = shlex.split(word) or [""]
    return {"change": "add", "table": table, "row": dict(_cells(option, cells))}


def _cells(option: str, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for cell in cells:
        name, sign, value = cell.partition("=")
        if not sign:
            raise OptionError(f"--{option} is a table and cells, such as 'draws measure=a resource=b moving=up'.")
        yield name, value


MAKERS: Final[Mapping[str, Callable[[str, str], Cells]]] = {
    "add": _add,
    "drop-row": _drop,
    "drop-measure": _row_of("measures"),
    "drop-target": _row_of("targets"),
    "reweigh": _reweigh,
    "retarget": _retarget,
    "cap": _cap,
    "floor": _floor,
    "remove-agency": lambda _, word: {"change": "remove-agency", "agency": word},
    "merge": _merge,
}
"""What makes a change of the words of each option, in the order in which they are made."""
