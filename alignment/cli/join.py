"""The command that makes one system of several and writes it."""

from __future__ import annotations

from typing import Annotated

import typer

import alignment as al
from alignment.errors import OptionError
from alignment.models.answers.note_lines import note_lines
from alignment.verbs.registry import BY_COMMAND
from alignment.verbs.renderers import Form

from .arguments import Show
from .asking import AnswerOf, answered, read, table_of
from .command import command
from .streams import busy, show, width
from .writing import written


@command("join", "alignment join my-place.xlsx london-2018 --to both.xlsx")
def join(  # noqa: PLR0913 - an option each
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Systems as elsewhere, two or more.")],
    *,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="JOINED",
            help="Where to: .xlsx is a workbook, .json a document, .zip or no ending a folder of CSVs.",
        ),
    ],
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="PLACE", help="A short name for each system, in order, for ids and notes. Repeatable."),
    ] = None,
    same: Annotated[
        list[str] | None, typer.Option(metavar="A:B", help="Two measures of other ids that are one. Repeatable.")
    ] = None,
    apart: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="What is each place's own all the same. Repeatable.")
    ] = None,
    shared: Annotated[
        list[str] | None, typer.Option(metavar="AGENCY", help="A body that is one all the same. Repeatable.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a system that is there already.")] = False,
    what: Show = None,
    form: Form,
) -> int:
    """Make one system of several and write it.

    Rows that are the same are one, ids that clash are kept apart by place. What was matched, kept apart or decided is
    said; --show notes lists all of it, and the other forms are those of validate.
    """
    verb = BY_COMMAND["validate"]
    table = table_of(verb, what)
    systems = [read(path) for path in paths]
    with busy("Joining"):
        overlaps = [_overlap(pair) for pair in same or ()]
        joined = al.join(*systems, names=name, overlaps=overlaps, apart=apart or (), shared=shared or ())
    written(joined, to, replace=replace)
    if form == "text" and table is None:
        show("\n".join(note_lines(joined.notes, width(), "--show notes", "Joined")))
        return 0
    return answered(verb, AnswerOf(al.validate(joined), joined), form, table)


def _overlap(pair: str) -> dict[str, str]:
    one, colon, two = pair.partition(":")
    if not (colon and one and two):
        raise OptionError(f"--same is two measures with a colon between, such as waits:housing-waits; not {pair!r}.")
    return {"measure_a": one, "measure_b": two, "kind": "same"}
