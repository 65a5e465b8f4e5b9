"""`alignment report`: a page for those who decide, written to a file."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

import alignment as al
from alignment.errors import OptionError
from alignment.models.options.aligned_set import Options

from .arguments import Source
from .asking import read
from .command import command
from .streams import busy, say


@command("report", "alignment report london-2018 london.html --for london-borough", Options)
def report(
    path: Source,
    target: Annotated[
        str, typer.Argument(metavar="FILE", help="Where to, ending in .html; a report there is replaced.")
    ],
    *,
    for_agency: Annotated[
        str | None,
        typer.Option("--for", metavar="AGENCY", help="The body whose own part comes first, by id or name."),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day that it bears. Blank is none.")
    ] = None,
    asked: dict[str, Any],
) -> int:
    """Write the report that a leader reads: one page that opens without a network and prints on A4."""
    day = _day(date)
    system = read(path)
    with busy(f"Writing {target}") as tell:
        page = al.report(system, target, for_agency=for_agency, date=day, progress=tell, **asked)
    say(f"Wrote {target}: {len(page.encode()) / 1_000:,.0f} kB; any browser opens and prints it.")
    return 0


def _day(date: str | None) -> dt.date | None:
    try:
        return None if date is None else dt.date.fromisoformat(date)
    except ValueError:
        raise OptionError(f"--date is a day such as 2026-11-26, not {date}.") from None
