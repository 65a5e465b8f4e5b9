"""A command gives its answer as a workbook, which goes into a file instead of to stdout."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from .streams import busy, say

if TYPE_CHECKING:
    import alignment as al
    from alignment.verbs.renderers import Form


class ToWorkbook(str):
    """Stands where a form stands, and is the file that a workbook goes to."""

    __slots__ = ()


def workbook_at(file: str) -> ToWorkbook:
    """The form that is a workbook at a place.

    Raises
    ------
    OptionError
        It is no place for one: said before anything is searched.
    """
    from alignment.reports.answer_workbook import check_place

    check_place(Path(file))
    return ToWorkbook(file)


def printed(form: Form) -> Form:
    """The form of what is no answer: text, where the answer was to be a workbook."""
    return "text" if isinstance(form, ToWorkbook) else form


def write_workbook(answer: al.Answer, file: str, of: al.System | None = None) -> None:
    """Write an answer as a workbook, with the day of today on its cover, and say so.

    Parameters
    ----------
    answer
        The answer.
    file
        Where to.
    of
        The system that was asked, of which a workbook tells more than the answer holds; none where files were.
    """
    with busy(f"Writing {file}"):
        answer.to_excel(Path(file), of, date=dt.datetime.now().astimezone().date())
    say(f"Wrote {file}: {repr(answer).strip('<>')}")
