"""What is wrong with an input, and what of it was put right: in every form of an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from alignment.models.answers.html import table as html_table
from alignment.models.answers.layout import grid
from alignment.models.answers.markdown import table as markdown_table
from alignment.models.answers.note_lines import note_frame, note_lines
from alignment.models.numbers import count
from alignment.tables.formula_text import csv_text

if TYPE_CHECKING:
    import pandas as pd

    from alignment.errors import InputError
    from alignment.models.faults import Fault
    from alignment.verbs.renderers import Form


def rendered(error: InputError, path: str, form: Form, table: str | None, width: int) -> str:
    """Everything wrong with an input, and what of it was put right, in a form.

    Parameters
    ----------
    error
        What is wrong.
    path
        The input.
    form
        The form; as CSV it is one table.
    table
        ``notes`` for those alone, else the faults.
    width
        Of a line of text, in characters.
    """
    notes = table == "notes"
    if form == "json":
        return _document(error)
    if form == "text":
        lines = grid(note_frame(error.notes), width) if notes else _lines(error, path, width)
        return "\n".join(lines)
    frame = note_frame(error.notes) if notes else fault_frame(error.faults)
    if form == "csv":
        return csv_text(frame)
    return markdown_table(frame) if form == "markdown" else html_table(frame)


def _lines(error: InputError, path: str, width: int) -> Iterator[str]:
    yield f"{count(len(error.faults), 'fault', 'faults')} in {path}:"
    for fault in error.faults:
        yield from _fault(fault)
    if error.notes:
        yield ""
        yield from note_lines(error.notes, width, "--show notes")


def _fault(fault: Fault) -> Iterator[str]:
    yield ""
    yield fault.where
    yield f"    {fault.what}{fault.elsewhere}."
    yield f"    {fault.remedy}" + ("" if fault.remedy[-1:] in ".?!" else ".")


def fault_frame(found: Sequence[Fault]) -> pd.DataFrame:
    """A row for each fault.

    ``where``, ``what`` (the places that repeat it at its end), ``remedy``, ``place``, ``row`` (its number there),
    ``column``, ``cell``, ``table``, ``key`` (the row's in the table).
    """
    import pandas as pd

    names = ["where", "what", "remedy", "place", "row", "column", "cell", "table", "key"]
    rows = [[getattr(fault, name) for name in names] for fault in found]
    for row, fault in zip(rows, found, strict=True):
        row[1] += fault.elsewhere
    return pd.DataFrame(rows, columns=names).astype({"row": "Int64"})


def _document(error: InputError) -> str:
    said = {
        "faults": [fault.model_dump(mode="json") for fault in error.faults],
        "notes": [note.model_dump(mode="json") for note in error.notes],
    }
    return json.dumps(said, indent=2, ensure_ascii=False)
