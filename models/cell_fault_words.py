"""What is wrong with one cell, in plain sentences: what it is, and the remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from .faults import closest
from .fields import ID, LARGEST, LONGEST_ID

Words = tuple[str, str]
"""What is wrong, and the remedy."""

Rules = Mapping[str, Any]
"""What a cell may hold, as its JSON schema says it."""


def worded(noun: type[BaseModel], column: str, error: ErrorDetails) -> Words:
    """A fault of pydantic's in plain words.

    Parameters
    ----------
    noun
        The type of the row, or of whatever has such fields.
    column
        The column of the cell.
    error
        What pydantic says of it.

    Returns
    -------
    tuple of str
        What is wrong, and the remedy.
    """
    if error["type"] == "missing":
        return "is blank", f"Fill it in: {sentence(noun, column)}"
    say = WORDINGS.get(error["type"])
    if say is None:
        return f"{shown(error['input'])} does not fit: {error['msg']}", "Correct the cell"
    return say(error, rules(noun, column))


def shown(value: Any) -> str:
    """A cell in quotes, cut where it is long.

    >>> shown("9O"), shown(95.0), shown([1])
    ("'9O'", "'95'", "'[1]'")
    """
    text = str(value)
    if isinstance(value, float):
        text = text.removesuffix(".0")
    text = "".join(sign if sign.isprintable() else " " for sign in text[:60])
    return f"'{text[:57]}...'" if len(text) == 60 else f"'{text}'"


def kebab(text: str) -> str:
    """Text as an id: small letters and digits, hyphens between.

    >>> kebab("Acute Trust (Ealing)")
    'acute-trust-ealing'
    """
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")


def _word(error: ErrorDetails, rules: Rules) -> Words:
    known = rules["enum"] if "enum" in rules else [rules["const"]]
    meant = near(str(error["input"]), known)
    what = f"{shown(error['input'])} is not one of {', '.join(known)}"
    return what, f"Did you mean '{meant}'?" if meant else "Write one of them"


def _number(error: ErrorDetails, rules: Rules) -> Words:
    return f"{shown(error['input'])} is not a number", f"Write {_range(rules) or 'a number such as 95'}"


def _endless(error: ErrorDetails, rules: Rules) -> Words:
    what = f"{shown(error['input'])} is not a number that can be reckoned with"
    return what, f"Write {_range(rules) or 'a number such as 95'}, or leave the cell blank"


def _whole(error: ErrorDetails, _: Rules) -> Words:
    return f"{shown(error['input'])} is not a whole number", "Write a whole number such as 2018"


def _outside(error: ErrorDetails, rules: Rules) -> Words:
    (bound, limit), *_ = error.get("ctx", {}).items()
    side = {"ge": "below", "gt": "not above", "le": "above", "lt": "not below"}[bound]
    if 0 < limit < A_LITTLE and float(error["input"]) <= 0:
        side, limit = "not above", 0
    return f"{shown(error['input'])} is {side} {limit:g}", f"Write {_range(rules) or f'a number up to {LARGEST:g}'}"


def _range(rules: Rules) -> str:
    """The numbers that a cell takes, in words; nothing where it takes any."""
    low, above, high = (rules.get(name) for name in ("minimum", "exclusiveMinimum", "maximum"))
    # Limits that nobody meets but by a slip are not worth a word.
    high = None if high == LARGEST else high
    if low is not None and 0 < low < A_LITTLE:
        low, above = None, 0
    low = None if low == -LARGEST else low
    if high is not None:
        return f"a number from {low:g} to {high:g}" if above is None else f"a number above {above:g} up to {high:g}"
    if above is not None:
        return f"a number above {above:g}"
    return "" if low is None else f"{low:g} or a number above it"


def _yes_or_no(error: ErrorDetails, _: Rules) -> Words:
    return f"{shown(error['input'])} is neither yes nor no", "Write yes or no, or leave the cell blank"


def _pattern(error: ErrorDetails, _: Rules) -> Words:
    if error.get("ctx", {})["pattern"] != KEBAB:
        return "holds a control character, which no spreadsheet can keep", "Type the text again without it"
    id_ = kebab(error["input"])
    what = f"{shown(error['input'])} is not a kebab-case id"
    return what, f"Write '{id_}'" if id_ else "Use small letters, digits and hyphens, as in 'acute-trust'"


def _text(error: ErrorDetails, _: Rules) -> Words:
    return f"{shown(error['input'])} is not text", "Write words or a number"


def _half_character(_: ErrorDetails, __: Rules) -> Words:
    return "holds half a character", "Type the text again"


def _list(error: ErrorDetails, _: Rules) -> Words:
    return (
        f"{shown(error['input'])} is not a list of ids",
        "Write ids with a semicolon between, or a list of them",
    )


def _short_list(_: ErrorDetails, __: Rules) -> Words:
    return "names none", "Name at least one, or leave the cell blank for all"


def _moment(error: ErrorDetails, _: Rules) -> Words:
    said = error.get("ctx", {})["error"]
    return f"{shown(error['input'])} {said}", "Write a year such as 2018, or a date such as 2018-03-31"


A_LITTLE: Final = 1e-5
"""Limits between 0 and this stand for above 0."""

Say = Callable[[ErrorDetails, Rules], Words]

WORDINGS: Final[dict[str, Say]] = {
    "bool_parsing": _yes_or_no,
    "bool_type": _yes_or_no,
    "finite_number": _endless,
    "float_parsing": _number,
    "float_type": _number,
    "greater_than": _outside,
    "greater_than_equal": _outside,
    "int_from_float": _whole,
    "int_parsing": _whole,
    "int_parsing_size": _whole,
    "int_type": _whole,
    "less_than": _outside,
    "less_than_equal": _outside,
    "literal_error": _word,
    "string_pattern_mismatch": _pattern,
    "string_type": _text,
    "string_unicode": _half_character,
    "too_short": _short_list,
    "tuple_type": _list,
    "value_error": _moment,
}
"""How each of pydantic's types of error is said."""


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word that is meant, if only capitals, spaces, hyphens or a few letters differ.

    >>> near("At least", ["at_least", "at_most"]), near("in range", ["in-range", "none"])
    ('at_least', 'in-range')
    """
    words = {_bare(one): one for one in known}
    bare = _bare(word)
    return words.get(bare) or words.get(closest(bare, words) or "")


def _bare(word: str) -> str:
    return word.strip().casefold().replace(" ", "_").replace("-", "_")


def sentence(noun: type[BaseModel], column: str) -> str:
    """What a column says, in words that can follow others."""
    said = noun.model_fields[column].description or column
    return (said[0].lower() + said[1:]).rstrip(".")


@cache
def rules(noun: type[BaseModel], column: str) -> Mapping[str, Any]:
    """What a cell of a column may hold, as its JSON schema says it.

    >>> from alignment.models import Overlap
    >>> rules(Overlap, "share")
    {'maximum': 1, 'minimum': 0, 'type': 'number'}
    """
    schema = noun.model_json_schema()["properties"][column]
    return schema["anyOf"][0] if "anyOf" in schema else schema
