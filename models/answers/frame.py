"""How rows of an answer become a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from alignment.models.fields import Noun

from .layout import joined

if TYPE_CHECKING:
    import pandas as pd


def frame_of(rows: Iterable[Noun | Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a table; lists are joined by "; ".

    Parameters
    ----------
    rows
        Nouns, or cells by column.
    columns
        The columns, in order: fields of the nouns.
    """
    import pandas as pd

    return pd.DataFrame([[_cell(row, name) for name in columns] for row in rows], columns=list(columns))


def _cell(row: Noun | Mapping[str, Any], name: str) -> Any:
    cell = row[name] if isinstance(row, Mapping) else getattr(row, name)
    return joined(cast("Sequence[Any]", cell)) if isinstance(cell, tuple | list) else cell


def beside(row: Noun, **cells: Any) -> dict[str, Any]:
    """The fields of a noun, with cells of one's own.

    Parameters
    ----------
    row
        The noun.
    **cells
        The cells, by column.
    """
    return {**{name: getattr(row, name) for name in type(row).model_fields}, **cells}


def measure_rows(measures: Iterable[str], names: Iterable[str], **cells: Any) -> list[dict[str, Any]]:
    """A row for each of some measures.

    Parameters
    ----------
    measures, names
        Their ids, and what people call them.
    **cells
        What is the same in each row, by column.
    """
    return [{**cells, "measure": measure, "name": name} for measure, name in zip(measures, names, strict=True)]
