"""The command that lays several systems side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

import alignment as al
from alignment.options.asked import asked_of
from alignment.options.several import verb_of
from alignment.verbs.registry import COMPARE
from alignment.verbs.renderers import Form

from .arguments import Show
from .asking import AnswerOf, answered, read, table_of
from .command import command
from .streams import busy


@command("compare", COMPARE.line, COMPARE.options, ("names",))
def compare(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Systems as elsewhere, two or more.")],
    *,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="PLACE", help="A short name for each system, in order. Repeatable."),
    ] = None,
    what: Show = None,
    asked: dict[str, Any],
    form: Form,
) -> int:
    """Lay two or more systems side by side, and say which rows make the difference.

    Regions, years, before and after: figures, tiers, quarrels, proposed sets, and a core that all could share.
    """
    table = table_of(COMPARE, what)
    systems = [read(path) for path in paths]
    options = asked_of(COMPARE.options, {**asked, "names": name or _named(systems, paths)})
    with busy(COMPARE.doing) as tell:
        answer = verb_of(COMPARE.function).ask_of(systems, options, progress=tell)
    return answered(COMPARE, AnswerOf(answer), form, table)


def _named(systems: Sequence[al.System], paths: Sequence[str]) -> list[str] | None:
    """What systems are called by their files, where their own names do not tell them apart and these do."""
    names = {system.about.name for system in systems}
    files = [Path(path).stem or path for path in paths]
    return files if len(names) < len(systems) == len({name.casefold() for name in files}) else None
