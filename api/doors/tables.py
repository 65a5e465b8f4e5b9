"""The rows of one of an answer's tables: kept as JSON, and given by the page or as CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

from pydantic import Field

from alignment.errors import InputError
from alignment.models.cell_fault_words import shown
from alignment.models.faults import Fault
from alignment.models.fields import FrozenMapping, Noun
from alignment.models.options.fields import WHOLE
from alignment.options.fault_words import TABLE
from alignment.tables.formula_text import guarded

from .filtering import RowOptions, Table, filtered, text_of

if TYPE_CHECKING:
    import pandas as pd

MOST: Final = 1_000
"""The most rows of a page."""

Plain = str | bool | int | float | None
"""A cell that holds one thing, or nothing."""


class PageOptions(RowOptions):
    """Which rows of a table are wanted, and which page of them."""

    page_size: Annotated[int, Field(ge=1, le=MOST), WHOLE] = 100
    """How many rows a page has at most. Unit: rows."""
    page: str | None = None
    """The page, as next of the page before says it; blank is the first."""


class TablePage(Noun):
    """Rows of a table of an answer."""

    columns: tuple[str, ...]
    """The columns, in order."""
    rows: tuple[FrozenMapping[str, Plain | tuple[Plain, ...]], ...]
    """The rows of this page in the order of the table, each as its cells by column; a blank cell is null."""
    total: int
    """How many rows fit, on all pages. Unit: rows."""
    next: str | None = None
    """What to ask for as page to get the next one; blank where this is the last."""


def rows_of(frame: pd.DataFrame) -> bytes:
    """A table as a JSON document of its columns and rows, as it is kept.

    Parameters
    ----------
    frame
        The table.

    Examples
    --------
    >>> import pandas as pd
    >>> rows_of(pd.DataFrame({"measure": ["beds", None], "score": [0.5, float("nan")]}))
    b'{"columns":["measure","score"],"rows":[["beds",0.5],[null,null]]}'
    """
    columns = [list(_cells(frame.iloc[:, at])) for at in range(frame.shape[1])]
    rows = [[column[at] for column in columns] for at in range(len(frame))]
    document = {"columns": list(map(str, frame.columns)), "rows": rows}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Half a character is no UTF-8, but JSON has a way to write it, which is Python's.
    return text.encode("utf-8", "backslashreplace")


def _cells(column: pd.Series[Any]) -> Iterator[Any]:
    return (None if blank else _plain(cell) for cell, blank in zip(column, column.isna(), strict=True))


def _plain(cell: Any) -> Any:
    """A cell as JSON has it."""
    if isinstance(cell, tuple | list):
        return list(map(_plain, cast("Sequence[Any]", cell)))
    plain = cell.item() if hasattr(cell, "item") else cell
    if isinstance(plain, float):
        return plain if math.isfinite(plain) else None
    return plain if plain is None or isinstance(plain, str | bool | int) else str(plain)


def table_of(data: bytes) -> Table:
    """A table as `rows_of` wrote it."""
    document = json.loads(data)
    return Table(document["columns"], document["rows"])


def page_of(data: bytes, asked: PageOptions) -> TablePage:
    """A page of those rows that are wanted.

    Parameters
    ----------
    data
        The table, as `rows_of` wrote it.
    asked
        What is wanted.

    Raises
    ------
    InputError
        There is no such column, or no such page of these rows of this table.

    Examples
    --------
    >>> data = b'{"columns":["kind","agency"],"rows":[["torn","trust"],["opposed","trust; council"]]}'
    >>> page = page_of(data, PageOptions(where=("agency:trust",), page_size=1))
    >>> page.rows, page.total
    (({'kind': 'torn', 'agency': 'trust'},), 2)
    >>> page_of(data, PageOptions(where=("agency:trust",), page=page.next)).rows
    ({'kind': 'opposed', 'agency': 'trust; council'},)
    """
    table = table_of(data)
    found = filtered(table, asked)
    start = _start(data, asked)
    end = start + asked.page_size
    rows: Any = tuple(dict(zip(table.columns, row, strict=True)) for row in found[start:end])
    after = _token(data, asked, end) if end < len(found) else None
    return TablePage(columns=tuple(table.columns), rows=rows, total=len(found), next=after)


OFFSET: Final = 6
"""How much of a token tells where its page begins. Unit: bytes."""

MARK: Final = 9
"""How much of a token tells which rows of which table it is of. Unit: bytes; with the other a multiple of three."""


def _token(data: bytes, asked: RowOptions, start: int) -> str:
    """The word for the page that begins at a row."""
    wanted = json.dumps([asked.where, asked.words]).encode()
    mark = blake2b(data, digest_size=MARK, key=blake2b(wanted).digest())
    return urlsafe_b64encode(start.to_bytes(OFFSET, "big") + mark.digest()).decode()


def _start(data: bytes, asked: PageOptions) -> int:
    """The row at which the page begins that is asked for."""
    if asked.page is None:
        return 0
    start = _offset(asked.page)
    # An answer may have been found anew since: its pages would not join those of the other.
    if asked.page != _token(data, asked, start):
        what = f"{shown(asked.page)} is no page of these rows as they are now"
        remedy = "Ask for the first page, without page, and go on from there"
        raise InputError([Fault(table=TABLE, column="page", what=what, remedy=remedy)])
    return start


def _offset(token: str) -> int:
    """The row at which a page begins, or 0 where a word says nothing of the sort."""
    try:
        return int.from_bytes(urlsafe_b64decode(token)[:OFFSET], "big")
    except ValueError:
        return 0


def csv_of(data: bytes, asked: RowOptions) -> str:
    r"""Those rows that are wanted as CSV, in which text stays text, for `sheet`.

    Parameters
    ----------
    data
        The table, as `rows_of` wrote it.
    asked
        What is wanted.

    Raises
    ------
    InputError
        There is no such column.

    Examples
    --------
    >>> csv_of(b'{"columns":["id","n"],"rows":[["=1+1",1],["beds",null]]}', RowOptions())
    "id,n\r\n'=1+1,1\r\nbeds,\r\n"
    """
    table = table_of(data)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(guarded, table.columns))
    writer.writerows(map(_safe, row) for row in filtered(table, asked))
    return text.getvalue()


def _safe(cell: Any) -> Any:
    return guarded(text_of(cell)) if isinstance(cell, str | list) else cell
