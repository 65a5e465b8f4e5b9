"""JSON as text: what Python would let pass in silence is kept or refused."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final, NoReturn, cast

from .guarded import RAISED_BY, most_cells


class NotJsonError(ValueError):
    """The text is not JSON; the message is the end of a sentence."""


class Repeating(dict[str, Any]):
    """An object that gives some names twice, of which only the last could be kept."""

    repeated: tuple[str, ...] = ()


HOLDERS: Final = frozenset({dict, Repeating, list})
"""What holds other things in JSON."""

DEEPEST: Final = 64
"""No table and no map is nested over so many levels."""

TOO_DEEP: Final = "is nested too deeply"


def parsed(text: bytes) -> Any:
    """What a JSON text says.

    >>> parsed(b'{"year": 2018}')
    {'year': 2018}

    Raises
    ------
    NotJsonError
        It is not UTF-8, or not JSON, or too much, or nested beyond measure.
    """
    most = most_cells() // 2
    if sum(map(text.count, (b",", b"[", b"{"))) > most:
        raise NotJsonError(f"holds more than {most:,} values ({RAISED_BY} in the environment allows more)")
    try:
        found = json.loads(text.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_refused)
    except UnicodeDecodeError as error:
        raise NotJsonError(f"is not UTF-8 text (line {line_of(error)})") from error
    except json.JSONDecodeError as error:
        said = f"{error.msg[0].lower()}{error.msg[1:]}"
        raise NotJsonError(f"is not JSON (line {error.lineno}, character {error.colno}: {said})") from error
    except RecursionError as error:
        raise NotJsonError(TOO_DEEP) from error
    except ValueError as error:
        raise NotJsonError(f"is not JSON ({error})") from error
    if _is_deeper(found, DEEPEST):
        raise NotJsonError(TOO_DEEP)
    return found


def _is_deeper(found: Any, levels: int) -> bool:
    """Whether something is nested over more levels, whatever the stack would bear."""
    level = [found]
    for _ in range(levels + 1):
        level = [each for held in level if type(held) in HOLDERS for each in _held(held) if type(each) in HOLDERS]
        if not level:
            return False
    return True


def _held(holder: Any) -> Iterable[Any]:
    return cast("dict[str, Any]", holder).values() if isinstance(holder, dict) else holder


def line_of(error: UnicodeDecodeError) -> int:
    """The line of a text at which it stops being text."""
    return error.object.count(b"\n", 0, error.start) + 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    times = Counter(name for name, _ in pairs)
    twice = Repeating(found)
    twice.repeated = tuple(name for name in found if times[name] > 1)
    return twice


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")
