"""Which question uses which column: those whose answer changes with it.

Every column of a place is altered, one at a time, and every question that reads it is asked again. What is found
stands in `used.csv` beside this file: python docs/generate.py --usage finds it anew, which takes some ten minutes.
Tests hold that every question named there reads the column, and that none that is not named has another answer.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from inspect import currentframe
from pathlib import Path
from types import FrameType
from typing import Any, Final, Literal, get_args, get_origin

import alignment as al
from alignment.models.fields import Row
from alignment.models.options.aligned_set import Options
from alignment.models.options.conflicts import KINDS
from alignment.models.options.fields import Asked
from alignment.tables.names import ROW_TYPES
from alignment.verbs.registry import BY_COMMAND, VERBS, Verb

from .altering import altered, columns_of
from .place import place

Column = tuple[str, str]
"""A table and one of its columns."""

Used = Mapping[Column, Collection[str]]
"""For each column the questions that use it: a command, or a kind of conflict as conflicts:kind."""

FILE: Final = Path(__file__).parent / "used.csv"

AGAIN: Final[Mapping[str, tuple[str, ...]]] = {
    "why": ("propose",),
    "alternatives": ("propose",),
    "frontier": ("propose",),
    "coverage": ("propose",),
    "sway": ("propose",),
    "two-year-test": ("propose",),
    "themes": ("conflicts",),
    "agenda": ("conflicts",),
    "balance": ("propose",),
    "layers": ("conflicts", "alignment"),
    "lenses": ("conflicts", "alignment", "propose", *(verb.command for verb in VERBS if verb.lens)),
    "readiness": ("conflicts",),
    "journey": ("conflicts",),
    "fragmentation": ("propose",),
    "certainty": ("conflicts", "propose"),
}
"""Verbs that ask others again, and which: they are named only where they use more than these do."""

BYSTANDERS: Final = ("validate", "advice", "what-if")
"""Verbs that use no cell themselves: they count rows, look over all of them, or quote those that a change touches."""

NEUTRAL: Final = ("solver", "order", "time_limit")
"""Options that change how an answer is found, or how what is read is weighed."""

CARRIERS: Final = ("alignment.scenarios", "alignment.tables", "alignment.models.system.checks")
"""Code that carries cells from row to row, or checks them, whatever they say."""


@dataclass(frozen=True, eq=False)
class Question:
    """A verb with some options."""

    verb: Verb
    options: Asked

    def answers(self, system: al.System) -> Mapping[str, str]:
        """The answer in words and as JSON; that to conflicts kind by kind. What names the system is left out."""
        try:
            answer = self.verb.ask(system, self.options)
        except al.AlignmentError as none:
            return {self.verb.command: str(none)}
        if isinstance(answer, al.Conflicts):
            return {f"conflicts:{kind}": repr(list(map(_plain, answer.of_kind(kind)))) for kind in KINDS}
        return {self.verb.command: f"{answer.to_text()}\n{_plain(answer.document())}"}


def _plain(noun: Any) -> Any:
    return {name: value for name, value in noun.model_dump().items() if name not in ("record", "system", "options")}


@cache
def questions(command: str) -> tuple[Question, ...]:
    """A verb with the options of its example, and with each option that is a choice chosen otherwise."""
    verb = BY_COMMAND[command]
    plain = {**verb.example, **({"draws": 5} if "draws" in verb.options.model_fields else {})}
    shared = Options.model_fields if command in AGAIN else ()
    variants = [plain, *({**plain, name: value} for name, value in _choices(verb.options) if name not in shared)]
    return tuple(Question(verb, verb.options.model_validate(each)) for each in variants)


def _choices(options: type[Asked]) -> Iterator[tuple[str, Any]]:
    for name, field in options.model_fields.items():
        if name in NEUTRAL:
            continue
        if field.annotation is bool:
            yield name, not field.default
        for each in (field.annotation, *get_args(field.annotation)):
            if get_origin(each) is Literal:
                yield from ((name, word) for word in get_args(each) if word != field.default)


# What is read


@contextmanager
def recorded() -> Generator[set[Column]]:
    """Every column that is read meanwhile, other than by code that carries cells."""
    names = {row_type: table for table, row_type in ROW_TYPES.items()}
    found: set[Column] = set()

    def read(row: Row, name: str) -> Any:
        table = names.get(type(row))
        if table is not None and name in type(row).model_fields and not _carries(currentframe()):
            found.add((table, name))
        return object.__getattribute__(row, name)

    setattr(Row, "__getattribute__", read)  # noqa: B010 - type checkers would have it be a method
    try:
        yield found
    finally:
        delattr(Row, "__getattribute__")


def _carries(frame: FrameType | None) -> bool:
    """Whether whoever reads a cell only carries it: the frame is the reading's own."""
    reader = frame and frame.f_back
    return reader is not None and str(reader.f_globals.get("__name__", "")).startswith(CARRIERS)


@cache
def reads(question: Question) -> frozenset[Column]:
    """The columns that a question reads."""
    system = al.read(place())
    with recorded() as seen:
        question.answers(system)
    return frozenset(seen)


@cache
def usual(question: Question) -> Mapping[str, str]:
    """The answer about the place as it is."""
    return question.answers(al.read(place()))


# What is used


def columns() -> list[Column]:
    """Every column that says something of its own."""
    return [(table, column) for table, row_type in ROW_TYPES.items() for column in columns_of(row_type)]


def asked() -> list[str]:
    """Every verb, those that ask others again last."""
    return sorted((verb.command for verb in VERBS if verb.command not in BYSTANDERS), key=AGAIN.__contains__)


def find(column: Column) -> list[str]:
    """The questions that use a column."""
    first, again = (
        [each for each in asked() if (each in AGAIN) == late and any(column in reads(one) for one in questions(each))]
        for late in (False, True)
    )
    found = _changed(first, column)
    rest = [each for each in again if not {_verb_of(name) for name in found} & set(AGAIN[each])]
    found |= _changed(rest, column)
    return [name for command in asked() for name in _names(command) if name in found]


def _changed(commands: Sequence[str], column: Column) -> set[str]:
    """The verbs, and kinds of conflict, whose answers change with a column."""
    found: set[str] = set()
    for system in altered(place(), *column):
        left = [each for each in commands if not found.issuperset(_names(each))]
        if not left:
            break
        # What one verb works out of a system, the next finds there.
        found |= {name for each in left for question in _reading(each, column) for name in _news(question, system)}
    return found


def _reading(command: str, column: Column) -> Sequence[Question]:
    """The plainest question that reads a column."""
    return [question for question in questions(command) if column in reads(question)][:1]


def _news(question: Question, system: al.System) -> Iterator[str]:
    now = question.answers(system)
    yield from (name for name, answer in usual(question).items() if now.get(name) != answer)


def _names(command: str) -> list[str]:
    return [f"conflicts:{kind}" for kind in KINDS] if command == "conflicts" else [command]


def _verb_of(question: str) -> str:
    return question.partition(":")[0]


def used() -> Used:
    """What `used.csv` says."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["column"]): row["questions"].split() for row in csv.DictReader(file)}


def find_anew() -> None:
    """Find what uses what, on every core, and write it down."""
    told: dict[Column, list[str]] = {}
    with ProcessPoolExecutor() as executor:
        for column, found in zip(columns(), executor.map(find, columns()), strict=True):
            told[column] = found
            sys.stderr.write(f"{'.'.join(column)}: {', '.join(found) or 'nobody'}\n")
    with FILE.open("w", encoding="utf-8", newline="\n") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["table", "column", "questions"])
        for column, found in told.items():
            writer.writerow([*column, " ".join(found)])
