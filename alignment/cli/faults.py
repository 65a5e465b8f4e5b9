"""What is wrong with an input, in every form of an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from alignment.models.answers.html import table
from alignment.models.answers.markdown import table as markdown
from alignment.models.numbers import count
from alignment.tables.formula_text import csv_text

if TYPE_CHECKING:
    import pandas as pd

    from alignment.models.faults import Fault


def fault_text(found: Sequence[Fault], path: str) -> str:
    """Everything wrong with an input: where, what, and the remedy."""
    head = f"{count(len(found), 'fault', 'faults')} in {path}:"
    return "\n".join([head, *(line for fault in found for line in _fault(fault))])


def _fault(fault: Fault) -> Iterator[str]:
    yield ""
    yield fault.where
    yield f"    {fault.what}."
    yield f"    {fault.remedy}" + ("" if fault.remedy[-1:] in ".?!" else ".")


def fault_frame(found: Sequence[Fault]) -> pd.DataFrame:
    """A row for each fault.

    ``where``, ``what``, ``remedy``, ``place``, ``row`` (its number there), ``column``, ``cell``, ``table``, ``key``
    (the row's in the table).
    """
    import pandas as pd

    names = ["where", "what", "remedy", "place", "row", "column", "cell", "table", "key"]
    rows = [[getattr(fault, name) for name in names] for fault in found]
    return pd.DataFrame(rows, columns=names).astype({"row": "Int64"})


def fault_document(found: Sequence[Fault]) -> str:
    """Faults as JSON."""
    return json.dumps({"faults": [fault.model_dump(mode="json") for fault in found]}, indent=2, ensure_ascii=False)


def fault_csv(found: Sequence[Fault]) -> str:
    """Faults as CSV."""
    return csv_text(fault_frame(found))


def fault_page(found: Sequence[Fault]) -> str:
    """Faults as HTML."""
    return table(fault_frame(found))


def fault_markdown(found: Sequence[Fault]) -> str:
    """Faults as Markdown."""
    return markdown(fault_frame(found))


FORMS: Final[Mapping[str, Callable[[Sequence[Fault]], str]]] = {
    "json": fault_document,
    "csv": fault_csv,
    "html": fault_page,
    "markdown": fault_markdown,
}
"""The forms for machines and pages."""
