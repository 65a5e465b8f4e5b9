"""What is asked in a URL: options under the names that the library gives them.

A list is given as several values, `keep=a&keep=b`; where it is of ids or of known words, none of which holds a comma,
`keep=a,b` says the same. An object, and a list of objects, is JSON text. A blank value is the default.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar, cast

from starlette.datastructures import QueryParams

from alignment.errors import InputError, OptionError
from alignment.models.faults import Fault, meant
from alignment.models.options.fields import Asked
from alignment.options.asked import asked_of, references
from alignment.options.fault_words import TABLE
from alignment.tables.json_text import NotJsonError, Repeating, parsed

Options = TypeVar("Options", bound=Asked)
Own = TypeVar("Own", bound=Asked)

LONGEST: Final = 60
"""Of a name that is not known so much is told. Unit: characters."""


class Shape(Enum):
    """How an option is written in a URL."""

    ONE = "one value"
    SPLIT = "several values, or one with commas"
    SEVERAL = "several values"
    OBJECT = "an object as JSON text"
    ROWS = "objects as JSON text"


REMEDIES: Final[Mapping[Shape, str]] = {
    Shape.OBJECT: 'Write an object as JSON text, such as {"a": 1}',
    Shape.ROWS: 'Write a list of objects as JSON text, such as [{"a": 1}]',
}


def asked(params: QueryParams, options: type[Options], own: type[Own]) -> tuple[Options, Own]:
    """What a URL asks of a verb and of the door, checked.

    Parameters
    ----------
    params
        What the URL says.
    options
        The options of the verb.
    own
        What the door itself takes, such as the page of a table. Its names are not those of options.

    Raises
    ------
    InputError
        Everything that is wrong.

    Examples
    --------
    >>> from alignment.models.options.effects import CongruityOptions
    >>> from alignment.api.doors.waiting import Waiting
    >>> options, own = asked(QueryParams("steps=3&measures=a,b&wait=5"), CongruityOptions, Waiting)
    >>> options.steps, options.measures, own.wait
    (3, ('a', 'b'), 5.0)
    """
    faults = list(_unknown(params, [*options.model_fields, *own.model_fields]))
    found, of_door = _checked(params, options, faults), _checked(params, own, faults)
    if faults or found is None or of_door is None:
        raise InputError(faults)
    return found, of_door


def given(params: QueryParams, options: type[Asked], own: Collection[str] = ()) -> Mapping[str, Any]:
    """The options that a URL gives, as `asked_of` takes them.

    Parameters
    ----------
    params
        What the URL says.
    options
        The options.
    own
        The names of parameters that somebody else reads.

    Raises
    ------
    InputError
        A name is not known, a single value is given twice, or what should be JSON is not.

    Examples
    --------
    >>> from alignment.models.options.aligned_set import Options
    >>> given(QueryParams('keep=a&keep=b&weights={"trust":0.5}&page=x'), Options, ["page"])
    {'keep': ['a', 'b'], 'weights': {'trust': 0.5}}
    """
    faults = list(_unknown(params, [*options.model_fields, *own]))
    found = _read(params, options, faults)
    if faults:
        raise InputError(faults)
    return found


def _unknown(params: QueryParams, known: Sequence[str]) -> Iterator[Fault]:
    """A fault for each name that is not known."""
    for name in params:
        if name not in known:
            remedy = meant(name, known, f"There are: {', '.join(known) or 'none'}.")
            yield Fault(table=TABLE, column=_shown(name), what="is not known here", remedy=remedy)


def _shown(name: str) -> str:
    plain = "".join(sign if sign.isprintable() else " " for sign in name[: LONGEST + 1])
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 3]}..."


def _checked(params: QueryParams, options: type[Options], faults: list[Fault]) -> Options | None:
    """Options of one type; nothing where there are faults, which come to the others."""
    own = list[Fault]()
    values = _read(params, options, own)
    try:
        return asked_of(options, values)
    except (OptionError, InputError) as error:
        # What could not be read is not missing.
        told = {fault.column for fault in own}
        own += [fault for fault in error.faults if fault.column not in told]
        return None
    finally:
        faults += own


def _read(params: QueryParams, options: type[Asked], faults: list[Fault]) -> dict[str, Any]:
    """The values of options; what cannot be read comes to the faults."""
    found: dict[str, Any] = {}
    for name, shape in shapes(options).items():
        texts = [text for text in params.getlist(name) if text.strip()]
        if len(texts) > 1 and shape in (Shape.ONE, Shape.OBJECT):
            faults.append(Fault(table=TABLE, column=name, what="is given twice", remedy="Keep one of the two"))
        elif texts:
            try:
                found[name] = _value(texts, shape)
            except NotJsonError as error:
                faults.append(Fault(table=TABLE, column=name, what=str(error), remedy=REMEDIES[shape]))
    return found


def _value(texts: Sequence[str], shape: Shape) -> Any:
    if shape is Shape.SPLIT:
        return [word.strip() for text in texts for word in text.split(",") if word.strip()]
    if shape is Shape.SEVERAL:
        return list(texts)
    if shape is Shape.OBJECT:
        return _json(texts[0])
    if shape is Shape.ROWS:
        return [row for text in texts for row in _listed(_json(text))]
    return texts[0]


def _listed(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _json(text: str) -> Any:
    value = parsed(text.encode("utf-8", "replace"))
    for each in _listed(value):
        if isinstance(each, Repeating):
            raise NotJsonError(f"gives {_shown(each.repeated[0])} twice")
    return value


@cache
def shapes(options: type[Asked]) -> Mapping[str, Shape]:
    """How each of some options is written in a URL.

    Parameters
    ----------
    options
        The options.

    Examples
    --------
    >>> from alignment.models.options.scenarios import ChangeOptions
    >>> [shapes(ChangeOptions)[name].name for name in ("steps", "keep", "weights", "changes")]
    ['ONE', 'SPLIT', 'OBJECT', 'ROWS']
    """
    ids, properties = references(options), options.model_json_schema()["properties"]
    return {name: _shape(kinds_in(schema), is_id=name in ids) for name, schema in properties.items()}


def kinds_in(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What a value may be, as its schema says it; that it may be null is nothing for a URL."""
    return [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]


def _shape(kinds: Sequence[Mapping[str, Any]], *, is_id: bool) -> Shape:
    if any(kind.get("type") == "object" for kind in kinds):
        return Shape.OBJECT
    items = next((kind["items"] for kind in kinds if kind.get("type") == "array"), None)
    if items is None:
        return Shape.ONE
    if items.get("type") != "string":
        return Shape.ROWS
    return Shape.SPLIT if is_id or "enum" in items else Shape.SEVERAL
