"""The rows of a text file, as whoever reads separated cells takes them: tables, bare lists, maps, what experts fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .disguises import what_it_is
from .formula_text import unguarded
from .raw import refused
from .text import ONE, SEPARATORS, Known, NotTextError, QuotesError, Text, separated, text_of


@dataclass(frozen=True)
class TextRows:
    """The rows of a text file."""

    rows: Sequence[tuple[int, Sequence[str]]]
    """Each with its number; text that was kept from being a formula is as it was."""
    between: str
    """What stands between two cells, in words."""
    notes: Sequence[str] = ()
    """What of the file had to be put right, each the end of a sentence."""


def text_in(place: str, content: bytes) -> Text:
    """The text that a file holds.

    Parameters
    ----------
    place
        What its owner calls it.
    content
        What is in it.

    Raises
    ------
    InputError
        It is something else, or nobody can tell what it is.
    """
    strange = what_it_is(content)
    if strange is not None:
        raise refused(place, *strange)
    try:
        return text_of(content)
    except NotTextError as error:
        raise refused(place, str(error), error.remedy) from error


def rows_in(place: str, text: Text, known: Known) -> TextRows:
    """The rows of a text.

    Parameters
    ----------
    place
        What its owner calls it.
    text
        The text.
    known
        How many headings some rows hold, which tells what separates the cells.

    Raises
    ------
    InputError
        Its quotes cannot be made out, or there is more than any table needs.
    """
    try:
        found = separated(text, known)
    except NotTextError as error:
        raise refused(place, str(error), error.remedy) from error
    except QuotesError as error:
        raise refused(place, str(error), error.remedy, row=error.row) from error
    words, one = (named.get(found.separator, f"'{found.separator}'") for named in (SEPARATORS, ONE))
    told = list(text.notes)
    if found.told:
        told.append(f"begins with the line sep={found.separator.strip() or 'tab'}, which is no row")
    if found.separator != ",":
        told.append(f"has {words} between its cells, and was read so")
    rows = [(number, list(map(unguarded, row))) for number, row in enumerate(found.rows, found.first)]
    return TextRows(rows, one, told)
