"""What docs/tables.md says of the use of a column is true of a place that has a cell in each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest
from generating.altering import altered
from generating.place import place
from generating.usage import AGAIN, Column, asked, columns, questions, reads, used, usual

import alignment as al
from alignment.models.options.conflicts import KINDS
from tests.thoroughly import part_of


def users(command: str) -> set[str]:
    """A verb and those that it asks again."""
    return {command, *AGAIN.get(command, ())}


def uses(command: str) -> set[Column]:
    """The columns that a verb is said to use, itself or through those that it asks again."""
    return {column for column, by in used().items() if users(command) & {name.partition(":")[0] for name in by}}


@cache
def otherwise(left: frozenset[Column]) -> al.System:
    """The place with some columns altered, each as far as the others allow."""
    system = al.read(place())
    for column in sorted(left):
        system = next(altered(al.to_document(system), *column), system)
    return system


def altered_beside(these: Iterable[Column]) -> al.System:
    """The place with all other columns altered."""
    return otherwise(frozenset(columns()) - frozenset(these))


def test_every_column_has_a_cell() -> None:
    system = al.read(place())
    blank = {
        (table, column)
        for table, column in columns()
        if all(getattr(row, column) is None for row in ([system.about] if table == "about" else system.table(table)))
    }
    assert not blank


def test_every_column_is_told_of_and_each_can_be_altered() -> None:
    assert list(used()) == columns(), "Run python docs/generate.py --usage"
    tables = place()
    assert not [column for column in columns() if next(altered(tables, *column), None) is None]


@pytest.mark.parametrize("command", part_of(asked(), 3))
def test_what_is_said_to_be_used_is_read(command: str) -> None:
    named = {column for column, by in used().items() if command in {name.partition(":")[0] for name in by}}
    read = frozenset[Column]().union(*(reads(question) for question in questions(command)))
    assert named <= read, "Run python docs/generate.py --usage"


@pytest.mark.parametrize("command", part_of(asked(), 12))
def test_nothing_else_changes_an_answer(command: str) -> None:
    question = questions(command)[0]
    assert question.answers(altered_beside(uses(command))) == usual(question), "Run python docs/generate.py --usage"


@pytest.mark.parametrize("kind", part_of(KINDS, 14))
def test_nothing_else_changes_the_conflicts_of_a_kind(kind: str) -> None:
    question, name = questions("conflicts")[0], f"conflicts:{kind}"
    system = altered_beside(column for column, by in used().items() if name in by)
    assert question.answers(system)[name] == usual(question)[name], "Run python docs/generate.py --usage"
