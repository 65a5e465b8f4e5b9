"""Asking again, and whether the same question has the same answer."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, cast

from pydantic import ValidationError

from alignment.conflicts.collection import Conflicts
from alignment.errors import InputError, OptionError, UnknownWord
from alignment.models.answers.answer import Answer, Record
from alignment.models.answers.replay import Replay
from alignment.models.faults import Fault
from alignment.models.options.fields import Asked
from alignment.models.system import System
from alignment.options.asked import asked_of
from alignment.options.verb import record_of, versions

from .registry import BY_FUNCTION, COMPARE

RECORD: Final = "record"

REMEDY: Final = "Give the JSON of an answer of this library, such as `alignment propose london-2018 --json` prints"


def replay(answer: Answer | Mapping[str, Any] | str, system: System) -> Replay:
    """Ask again what an answer was the answer to, and say whether the same comes out, or what differs and why.

    Parameters
    ----------
    answer
        An answer, or its JSON as text or as an object.
    system
        The system to ask.

    Returns
    -------
    Replay
        Whether all but the record is the same; where it is not, what differs, and what may be the reason.

    Raises
    ------
    InputError
        It is not an answer about a system, or has no record.
    OptionError
        It compares several systems.

    Examples
    --------
    >>> import alignment as al
    >>> winter = al.read(al.example("winter-pressure"))
    >>> al.replay(al.propose(winter).to_json(), winter).same
    True
    """
    given = _document(answer)
    record = _record(given)
    if record.verb == COMPARE.home[1]:
        raise OptionError("A comparison is of several systems, and replay asks one: compare them again instead.")
    if record.verb not in BY_FUNCTION:
        raise UnknownWord(record.verb, BY_FUNCTION, "a verb that a system can be asked")
    verb = BY_FUNCTION[record.verb]
    answer = verb.ask(system, asked_of(verb.options, record.options))
    again = json.loads(_narrowed(answer, record.only).to_json())
    fresh = _record(again)
    differences = tuple(_differences(_bare(given), _bare(again)))
    return Replay(
        record=record_of("replay", system.hash, Asked()),
        verb=record.verb,
        same=not differences,
        differences=differences,
        why=tuple(_reasons(record, fresh)) if differences else (),
    )


def _narrowed(answer: Answer, only: Collection[str] | None) -> Answer:
    return answer.only(only) if isinstance(answer, Conflicts) and only is not None else answer


def _document(answer: Answer | Mapping[str, Any] | str) -> Mapping[str, Any]:
    if isinstance(answer, Mapping):
        return answer
    text = answer.to_json() if isinstance(answer, Answer) else answer
    try:
        found: Any = json.loads(text)
    except ValueError:
        raise _refused("is not JSON") from None
    if not isinstance(found, dict):
        raise _refused("is not an object")
    return cast("dict[str, Any]", found)


def _refused(what: str) -> InputError:
    return InputError([Fault(table="answer", place="the answer", what=what, remedy=REMEDY)])


def _record(answer: Mapping[str, Any]) -> Record:
    try:
        return Record.model_validate(answer.get(RECORD))
    except ValidationError:
        raise _refused("has no record of what was asked") from None


def _bare(answer: Mapping[str, Any]) -> Any:
    """An answer without records, which tell of versions."""
    return {name: value for name, value in answer.items() if name != RECORD}


def _differences(one: Any, two: Any, place: str = "") -> Iterator[str]:
    if isinstance(one, dict) and isinstance(two, dict):
        left, right = cast("dict[str, Any]", one), cast("dict[str, Any]", two)
        for name in dict.fromkeys([*left, *right]):
            if name != RECORD:
                yield from _differences(left.get(name), right.get(name), f"{place}.{name}".lstrip("."))
    elif isinstance(one, list) and isinstance(two, list):
        rows = cast("list[Any]", one), cast("list[Any]", two)
        if len(rows[0]) != len(rows[1]):
            yield f"{place}: {len(rows[1])} instead of {len(rows[0])}"
            return
        for at, (left, right) in enumerate(zip(*rows, strict=True)):
            yield from _differences(left, right, f"{place}[{at}]")
    elif one != two:
        yield f"{place}: {json.dumps(two, ensure_ascii=False)} instead of {json.dumps(one, ensure_ascii=False)}"


def _reasons(then: Record, now: Record) -> Iterator[str]:
    if then.input != now.input:
        yield f"The system is another: hash {now.input} instead of {then.input}."
    if then.versions != versions():
        for name in sorted({*then.versions, *versions()}):
            one, two = then.versions.get(name, "unknown"), versions().get(name, "unknown")
            if one != two:
                yield f"{name} is {two} instead of {one}."
    for when, record in (("then", then), ("now", now)):
        if record.stopped != "finished":
            yield f"The search was ended {when} ({record.stopped})."
