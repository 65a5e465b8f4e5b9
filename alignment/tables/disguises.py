"""What a file is whose name says that it is something else, and what to do about it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Disguise(NamedTuple):
    """What a file is in truth."""

    what: str
    """The end of a sentence."""
    remedy: str


OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files begin that old Office wrote, and new Office where it locks a file."""

ZIP: Final = b"PK\x03\x04"
"""How workbooks begin, and other archives."""

PROTECTED: Final = Disguise(
    "is protected by a password or a sensitivity label",
    "Open it in Excel, take off the password (File, Info, Protect Workbook) or the label, and save it as .xlsx",
)

LOCKED: Final = "EncryptedPackage".encode("utf-16-le")

AS_WORKBOOK: Final = "Open it in Excel, and save it as an Excel workbook (.xlsx)"


def what_it_is(content: bytes) -> Disguise | None:
    """What content is that ought to be text; nothing where it may be.

    >>> what_it_is(b"<html><table>").what
    'is a web page'
    """
    if content.startswith(OLE):
        return PROTECTED if LOCKED in content else Disguise("is an old Excel workbook, not text", _AS_TEXT)
    if content.startswith(ZIP):
        return Disguise("is a workbook or another archive, not text", _AS_TEXT)
    return _text_in_disguise(content)


def why_no_workbook(content: bytes) -> Disguise | None:
    """Why content is no workbook; nothing where it may be."""
    if content.startswith(OLE):
        return PROTECTED if LOCKED in content else None
    if content.startswith(ZIP):
        return None
    found = _text_in_disguise(content)
    if found is None and content.strip() and _is_text(content[:4000]):
        remedy = "Open it in Excel and save it as .xlsx; or put it into a folder as a .csv with the name of its table"
        return Disguise("cannot be read as a workbook: it is plain text", remedy)
    return found


_AS_TEXT: Final = "Give it the ending .xlsx or .xls, and give that file by itself; or save the sheet as CSV"


def _text_in_disguise(content: bytes) -> Disguise | None:
    start = content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF"):
        return Disguise("is a PDF document", "Copy its tables into a workbook, a sheet a table")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return Disguise("is a spreadsheet in the XML of 2003", AS_WORKBOOK)
    if re.match(rb"<(!doctype html|html|table|meta|head|body)\b", start, re.IGNORECASE):
        return Disguise("is a web page", AS_WORKBOOK)
    if re.match(rb'(\{\s*"|\[\s*\{)', start):
        return Disguise("is a JSON document", "Give it the ending .json, and give that file by itself")
    return None


def _is_text(content: bytes) -> bool:
    return b"\0" not in content and sum(byte < 9 for byte in content) == 0
