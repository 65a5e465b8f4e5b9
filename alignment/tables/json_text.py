"""JSON as text: what Python would let pass in silence is kept or refused."""

from __future__ import annotations

import json
from typing import Any, NoReturn


class NotJsonError(ValueError):
    """The text is not JSON; the message is the end of a sentence."""


class Repeating(dict[str, Any]):
    """An object that gives some names twice, of which only the last could be kept."""

    repeated: tuple[str, ...] = ()


def parsed(text: bytes) -> Any:
    """What a JSON text says.

    >>> parsed(b'{"year": 2018}')
    {'year': 2018}

    Raises
    ------
    NotJsonError
        It is not UTF-8, or not JSON, or nested beyond measure.
    """
    try:
        return json.loads(text.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_refused)
    except UnicodeDecodeError as error:
        raise NotJsonError(f"is not UTF-8 text (line {line_of(error)})") from error
    except json.JSONDecodeError as error:
        said = f"{error.msg[0].lower()}{error.msg[1:]}"
        raise NotJsonError(f"is not JSON (line {error.lineno}, character {error.colno}: {said})") from error
    except RecursionError as error:
        raise NotJsonError("is nested too deeply") from error
    except ValueError as error:
        raise NotJsonError(f"is not JSON ({error})") from error


def line_of(error: UnicodeDecodeError) -> int:
    """The line of a text at which it stops being text."""
    return error.object.count(b"\n", 0, error.start) + 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _ in pairs]
    twice = Repeating(found)
    twice.repeated = tuple(name for name in found if names.count(name) > 1)
    return twice


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")
