"""The report: one page for those who decide, in one file that opens without a network."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any, Final

from alignment.errors import OptionError
from alignment.models.options.aligned_set import Options
from alignment.models.progress import Progress, quiet
from alignment.models.system import System
from alignment.options.asked import asked_of, fitted
from alignment.tables.safely import replacing

SUFFIXES: Final = (".html", ".htm")
"""How the name of a page may end."""

START: Final = 2_000
"""By so many bytes a report can be told from other pages."""


def report(
    system: System,
    path: str | os.PathLike[str] | None = None,
    *,
    for_agency: str | None = None,
    date: dt.date | None = None,
    progress: Progress = quiet,
    **options: Any,
) -> str:
    """The report that a leader reads: one HTML page that loads nothing, runs nothing and prints on A4.

    In this order: the finding with four numbers, the worst quarrels with a way out of each and whom to bring together,
    who gives up what, the proposed measures, what stands for those retired, what people will ask about, what no choice
    of measures can mend, who hinders whom, how far to go, what could not be judged, how sure it is, how it was made.

    Parameters
    ----------
    system
        The system.
    path
        Where to, ending in .html; another report there is replaced. Blank writes no file.
    for_agency
        The body whose own part comes first, by id or name; blank is none.
    date
        The day that it bears; blank is none, so that the same system gives the same page.
    progress
        Told in words what is being done.
    **options
        What is asked of the set, by name, as in `propose`. `time_limit` holds for each search.

    Returns
    -------
    str
        The page.

    Raises
    ------
    OptionError
        An option is out of its range, or the path is no place for a page.
    UnknownWord
        The body, a measure or an option is not known.
    OSError
        The path cannot be written to.

    Examples
    --------
    >>> import alignment as al
    >>> page = al.report(al.read("winter-pressure"), for_agency="council")
    >>> page[:15], "For the council" in page
    ('<!DOCTYPE html>', True)
    """
    from .leaflet.document import document
    from .leaflet.material import material

    if path is not None:
        check_place(Path(path))
    asked = fitted(system, asked_of(Options, options))
    page = document(material(system, asked, for_agency, date, progress))
    if path is not None:
        with replacing(Path(path)) as file:
            file.write_text(page, encoding="utf-8", newline="\n")
    return page


def check_place(path: Path) -> None:
    """Refuse a path that is no place for a report.

    Raises
    ------
    OptionError
        It does not end in .html, or there is something else already.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise OptionError(f"{path} is to be a page. Give it a name that ends in .html.")
    if path.exists() and not is_report(path):
        raise OptionError(f"{path} is there already, and no report. Choose another name.")


def is_report(path: Path) -> bool:
    """Whether a file is a report, over which another may be written."""
    from .leaflet.document import GENERATOR

    if not path.is_file():
        return False
    with path.open("rb") as file:
        return f'content="{GENERATOR}"'.encode() in file.read(START)
