"""What is wrong with one cell, in plain sentences: what it is, and the remedy."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from .faults import closest
from .fields import ID, LARGEST, LONGEST_ID
from .lookalikes import in_latin, strange_letters

ELSEWHERE: Final = "keep the row elsewhere until it is known"
"""What to do with a row that lacks a figure that it cannot do without."""

ROOM: Final = 6
"""What is left of the longest id for a number after it. Unit: characters."""

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
        # Nobody should be led to make up a number.
        figure = rules(noun, column).get("type") in ("number", "integer")
        return "is blank", f"Fill it in: {sentence(noun, column)}" + (f", or {ELSEWHERE}" if figure else "")
    say = WORDINGS.get(error["type"])
    if say is None:
        return f"{shown(error['input'])} does not fit: {error['msg']}", "Correct the cell"
    what, remedy = say(error, rules(noun, column))
    if error["type"] not in NUMERALS:
        return what, remedy
    needed = noun.model_fields[column].is_required()
    return what, f"{remedy}, or {ELSEWHERE if needed else 'clear the cell if it is not known'}"


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
    return f"{shown(error['input'])} is not a number", f"Write {_range(rules) or 'the number in digits'}"


def _endless(error: ErrorDetails, rules: Rules) -> Words:
    what = f"{shown(error['input'])} is not a number that can be reckoned with"
    return what, f"Write {_range(rules) or 'the number in digits'}"


def _whole(error: ErrorDetails, rules: Rules) -> Words:
    return f"{shown(error['input'])} is not a whole number", f"Write a whole number{_range(rules)[len('a number') :]}"


def _outside(error: ErrorDetails, rules: Rules) -> Words:
    (bound, limit), *_ = error.get("ctx", {}).items()
    side = {"ge": "below", "gt": "not above", "le": "above", "lt": "not below"}[bound]
    if 0 < limit < A_LITTLE and float(error["input"]) <= 0:
        side, limit = "not above", 0
    if rules.get("maximum") == 1 and bound == "le" and 2 <= float(error["input"]) <= PER_CENT:
        hundredth = f"{float(error['input']) / PER_CENT:g}"
        return (
            f"{shown(error['input'])} is above 1",
            f"Write {hundredth}, or {float(error['input']):g}%, if it is of 100",
        )
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
    if error.get("ctx", {})["pattern"] != ID:
        return "holds a control character, which no spreadsheet can keep", "Type the text again without it"
    return bad_id(error["input"])


def bad_id(text: str, taken: Collection[str] = ()) -> Words:
    """What is wrong with a text as an id, and the remedy.

    Parameters
    ----------
    text
        The text.
    taken
        Ids that other rows have, in small letters.

    Examples
    --------
    >>> bad_id("ETS 01")
    ("'ETS 01' is not an id, which has only letters, digits, '-', '_' and '.'", "Write 'ETS-01'")
    """
    if len(text) > LONGEST_ID:
        what = f"{shown(text)} has {len(text)} characters, and an id has {LONGEST_ID} at most"
        return what, "Write a shorter one here, and wherever it is referred to"
    latin = in_latin(text)
    if latin != text and re.fullmatch(ID, latin):
        strange = ", ".join(dict.fromkeys(strange_letters(text))).lower()
        return f"{shown(text)} holds what only looks like its letters: {strange}", f"Write '{free_id(latin, taken)}'"
    id_ = free_id(id_of(text), taken)
    what = f"{shown(text)} is not an id, which has only letters, digits, '-', '_' and '.'"
    return what, f"Write '{id_}'" if id_ else "Write a code or short name of these, as in 'acute-trust'"


def free_id(id_: str, taken: Collection[str]) -> str:
    """An id, with a number after it where another row has it.

    Parameters
    ----------
    id_
        What it would be.
    taken
        Ids that other rows have, in small letters.

    Examples
    --------
    >>> free_id("Ward", {"bed"}), free_id("Ward", {"ward", "ward-2"})
    ('Ward', 'Ward-3')
    """
    if id_.casefold() not in taken:
        return id_
    stem = id_[: LONGEST_ID - ROOM].rstrip("-")

    def is_free(number: int) -> bool:
        return f"{stem}-{number}".casefold() not in taken

    # By halves, not one by one: a hundred thousand rows may have one name, or names of which no letter can stay.
    high = 2
    while not is_free(high):
        high *= 2
    return f"{stem}-{bisect_left(range(high), x=True, lo=high // 2 + 1, key=is_free)}"


def made_id(name: str, noun: str, taken: Collection[str]) -> str:
    """An id that is made of a name, and that no other row has; of a noun where no letter of the name can stay.

    >>> made_id("Acute Trust (Ealing)", "agency", ()), made_id("\u5e8a", "measure", {"measure"})
    ('acute-trust-ealing', 'measure-2')
    """
    return free_id(kebab(name)[: LONGEST_ID - ROOM].strip("-") or noun, taken)


def id_of(text: str) -> str:
    """Text as an id, its letters as they are, hyphens for what no id has; blank where nothing is left.

    >>> id_of("ETS 01"), id_of("A&E, 4 hours")
    ('ETS-01', 'A-E-4-hours')
    """
    bare = unicodedata.normalize("NFKD", in_latin(text)).encode("ascii", "ignore").decode()
    id_ = re.sub(r"[^A-Za-z0-9_.]+", "-", bare).strip("-")[:LONGEST_ID].strip("-")
    return id_ if re.fullmatch(ID, id_) else ""


def _long_id(error: ErrorDetails, _: Rules) -> Words:
    return bad_id(error["input"])


def _date_for_id(error: ErrorDetails, _: Rules) -> Words:
    return date_for_id(error["input"])


def date_for_id(value: Any) -> Words:
    """What to say of a date where an id belongs, and the remedy."""
    what = f"{shown(value)} is a date, not an id: Excel makes dates of ids such as 3-1 or MAR1"
    return what, "Format the column as text, and type the id again"


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
    what = f"{shown(error['input'])} {said}"
    return what, "Write a year (2018), a financial year (2018/19) or a date (2018-03-31)"


NUMERALS: Final = frozenset(
    {"finite_number", "float_parsing", "float_type", "int_from_float", "int_parsing", "int_type"}
)
"""The errors of cells that hold no number."""

PER_CENT: Final = 100


A_LITTLE: Final = 1e-5
"""Limits between 0 and this stand for above 0."""

Say = Callable[[ErrorDetails, Rules], Words]

WORDINGS: Final[dict[str, Say]] = {
    "bool_parsing": _yes_or_no,
    "bool_type": _yes_or_no,
    "date_for_id": _date_for_id,
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
    "string_too_long": _long_id,
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
    schema = _schemas(noun)[column]
    return schema["anyOf"][0] if "anyOf" in schema else schema


@cache
def _schemas(noun: type[BaseModel]) -> Mapping[str, Any]:
    """The JSON schema of every column, made once for all of them."""
    return noun.model_json_schema()["properties"]
