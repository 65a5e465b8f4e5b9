"""A command asks a verb: the system at a path, the answer, its form, and how it ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import alignment as al
from alignment.errors import UnknownWord
from alignment.models.answers.answer import Answer
from alignment.models.answers.html import table as html_table
from alignment.models.answers.layout import grid
from alignment.models.answers.markdown import table as markdown_table
from alignment.models.numbers import count
from alignment.tables.formula_text import csv_text
from alignment.verbs.registry import Verb
from alignment.verbs.renderers import RENDERERS, Form, Page, rendered

from . import INTERRUPTED
from .arguments import SHOWN
from .command import flag
from .streams import busy, hand_over, say, show, width
from .workbooks import ToWorkbook, write_workbook

if TYPE_CHECKING:
    import pandas as pd


def read(path: str, ids: Literal["given", "make"] = "given", *, notes: bool = False) -> al.System:
    """The system at a path; where there is none, the example of that name.

    Parameters
    ----------
    path
        The path.
    ids
        Where ids are from.
    notes
        Whether what was put right is told anyway.
    """
    with busy(f"Reading {path}"):
        system = al.read(path, ids=ids)
        if not Path(path).exists():
            say(f"Using the example {path} that comes with alignment.")
    if system.notes and not notes:
        say(f"Read with {count(len(system.notes), 'note', 'notes')}: alignment validate shows them.")
    return system


class AnswerOf(NamedTuple):
    """An answer, and the system that it is of."""

    answer: Any
    """The answer, as its verb has it."""
    system: al.System | None = None
    """The system; none where files were asked about."""


def give(asked: AnswerOf, form: Form, table: str | None = None) -> None:
    """Give an answer in the form that was asked for: to people within the width, to machines as it is."""
    answer: Answer = asked.answer
    if isinstance(form, ToWorkbook):
        write_workbook(answer, form, asked.system)
        return
    page = Page(width(), table)
    (show if form == "text" else hand_over)(rendered(answer, form, page))


def give_rows(frame: pd.DataFrame, form: Form, limit: int | None = None) -> None:
    """Give what is no answer but a table, in the form that was asked for.

    Parameters
    ----------
    frame
        The table.
    form
        The form; not a workbook.
    limit
        How many rows; 0 is all, blank what people can take in at once.
    """
    rows = frame[: most(limit, form)]
    if form == "text":
        show("\n".join(grid(frame, width(), most(limit, form))))
    elif form == "json":
        hand_over(rows.to_json(orient="records", indent=2, force_ascii=False, double_precision=15))
    else:
        hand_over(csv_text(rows) if form == "csv" else markdown_table(rows) if form == "markdown" else html_table(rows))


def answered(verb: Verb, asked: AnswerOf, form: Form, table: str | None) -> int:
    """Give the answer of a verb, say what its form leaves out and how its search ended, and return the exit code."""
    answer: Answer = asked.answer
    give(asked, form, table)
    whole = isinstance(form, ToWorkbook) or (RENDERERS[form].whole and (table is None or form == "json"))
    remark = None if whole else verb.remark(answer)
    if remark is not None:
        say(remark)
    return ended(answer, verb.unfinished.format_map(vars(answer)), verb.limit)


def ended(answer: Answer, so: str, limit: str = "time_limit") -> int:
    """The exit code of a search, and what to say of one that was stopped.

    Parameters
    ----------
    answer
        What it found.
    so
        What that is, where it was stopped.
    limit
        The option that stops it.
    """
    stopped = getattr(answer, "stopped", "finished")
    if stopped == "time limit":
        say(f"The time limit ended the search: {so}. Give {flag(limit)} a larger number.")
    if stopped == "solvers disagree":
        say(f"What the solvers said of it could not be true, whichever way they were asked: {so}.")
    if stopped == "interrupted":
        say(f"Interrupted: {so}.")
        return INTERRUPTED
    return 0


def table_of(verb: Verb, word: str | None) -> str | None:
    """The table that is to be shown.

    Raises
    ------
    UnknownWord
        The answer has no such table.
    """
    if word is not None and word not in verb.tables:
        raise UnknownWord(word, verb.tables, "something to show")
    return word


def asking(verb: Verb, path: str, asked: dict[str, Any], **means: Any) -> AnswerOf:
    """The answer of a verb for the system at a path."""
    from alignment.options.asked import asked_of
    from alignment.options.verb import verb_of

    options = asked_of(verb.options, asked)
    system = read(path)
    with busy(verb.doing) as tell:
        told = {"progress": tell} if "progress" in verb_of(verb.function).means else {}
        return AnswerOf(verb.ask(system, options, **told, **means), system)


def most(limit: int | None, form: Form) -> int | None:
    """How many rows are shown; None is all."""
    if limit is None:
        return SHOWN if form == "text" else None
    return limit or None
