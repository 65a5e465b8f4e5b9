"""The command that cuts a part out of a system and writes it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from alignment.errors import OptionError
from alignment.models.options.scenarios import SubsetOptions

from .arguments import Source
from .asking import read
from .command import command
from .streams import say
from .writing import written


@command("subset", "alignment subset london-2018 --agency london-ccg --to ccg.xlsx", SubsetOptions)
def subset(
    path: Source,
    *,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="PART",
            help="Where to: .xlsx is a workbook, .json a document, .zip or no ending a folder of CSVs.",
        ),
    ],
    replace: Annotated[bool, typer.Option("--replace", help="Write over a system that is there already.")] = False,
    asked: dict[str, Any],
) -> int:
    """Cut out a part of a system, with all that it refers to.

    Several words of one option widen the part, several options narrow it. What is left out that touches it is counted.
    """
    from alignment.options.asked import asked_of
    from alignment.scenarios.subset import subset_of

    options = asked_of(SubsetOptions, asked)
    if not asked:
        raise OptionError("Say what to keep: --agency, --tier, --outcome or --measure; --help says what each does.")
    system = read(path)
    part = subset_of(system, options)
    written(part, to, replace=replace)
    for note in part.notes[len(system.notes) :] if part is not system else ():
        say(f"{note.what}.")
    return 0
