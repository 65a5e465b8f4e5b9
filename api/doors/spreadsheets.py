"""CSV as spreadsheets want it."""

from __future__ import annotations

import codecs
import re
from typing import Final

from alignment.models.options.fields import Asked

MEDIA: Final = "text/csv; charset=utf-8; header=present"
"""What CSV is called (RFC 4180), with a line of headings."""

LONGEST: Final = 100
"""The longest name of a file, without its suffix. Unit: characters."""


class SheetOptions(Asked):
    """How CSV is written."""

    bom: bool = True
    """Whether a mark of UTF-8 comes first, without which Excel takes a file that is opened for one of old letters."""


def sheet(text: str, *, bom: bool = True) -> bytes:
    r"""CSV as bytes: UTF-8, with the line ends of RFC 4180; what stands in a cell stays.

    Parameters
    ----------
    text
        The CSV.
    bom
        Whether a mark of UTF-8 comes first.

    Examples
    --------
    >>> sheet('a,b\n1,"x\ny"\n', bom=False)
    b'a,b\r\n1,"x\ny"\r\n'
    """
    # Between one quote and the next is a cell, or nothing where a quote stands in one.
    parts = text.split('"')
    parts[::2] = [part.replace("\r\n", "\n").replace("\n", "\r\n") for part in parts[::2]]
    # Half a character is no UTF-8.
    return (codecs.BOM_UTF8 if bom else b"") + '"'.join(parts).encode("utf-8", "backslashreplace")


def sheet_headers(*words: str) -> dict[str, str]:
    """The headers of an answer in CSV.

    Parameters
    ----------
    *words
        What the file is of, such as the system, the analysis and the table.

    Examples
    --------
    >>> sheet_headers("london", "conflicts")["content-disposition"]
    'inline; filename="london-conflicts.csv"'
    """
    return {"content-type": MEDIA, "content-disposition": f'inline; filename="{file_name(*words)}.csv"'}


def file_name(*words: str) -> str:
    """A name that is safe in a header and on every disk, without a suffix.

    >>> file_name("london", "../it's; so", "3DAA"), file_name("")
    ('london-it-s-so-3DAA', 'table')
    """
    return re.sub(r"[^A-Za-z0-9_]+", "-", "-".join(words))[:LONGEST].strip("-") or "table"
