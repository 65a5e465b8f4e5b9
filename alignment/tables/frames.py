"""A system as pandas DataFrames."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

from alignment.models import TABLES, Fault, Note, Row, System
from alignment.models.cell_fault_words import rules
from alignment.models.system.keys import Keys

from .columns import columns, required
from .headings import read_as
from .names import ROW_TYPES
from .raw import RawTable, plain
from .written_cells import cell

if TYPE_CHECKING:
    import pandas as pd


def to_frames(system: System) -> dict[str, pd.DataFrame]:
    """A system as DataFrames, ready for pandas: one for each table, also where it has no rows.

    The index of each, ``key``, holds the keys of its rows: what evidence, edits and faults call them, and what
    `alignment.Drop` and other changes take. `read` does without it.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    dict of DataFrame
        `about`, of one row (``about``), and every table by name. Each has all its columns: numbers as
        float64 (blank is NaN), calendar years as Int64, all else as text (blank is None), with yes
        and no for what holds or not, and semicolons between the tiers of `reported_at`.

    Examples
    --------
    >>> import alignment.tables as tables
    >>> system = tables.read({"agencies": [{"id": "a", "name": "A"}], "measures": [], "targets": []})
    >>> tables.to_frames(system)["agencies"].loc["a", "name"]
    'A'
    """
    keys = system.derive(Keys)
    about = _frame(ROW_TYPES["about"], [system.about], ["about"])
    return {"about": about} | {
        name: _frame(row_type, system.table(name), keys.of(name)) for name, row_type in TABLES.items()
    }


def _frame(row_type: type[Row], rows: Sequence[Row], keys: Sequence[str]) -> pd.DataFrame:
    # A third of a second that only DataFrames need.
    import pandas as pd

    index = pd.Index(list(keys), name="key", dtype=str)
    return pd.DataFrame(
        {
            name: pd.Series([cell(getattr(row, name)) for row in rows], index, _dtype(row_type, name))
            for name in columns(row_type)
        }
    )


def _dtype(row_type: type[Row], column: str) -> Any:
    return {"number": "float64", "integer": "Int64"}.get(rules(row_type, column).get("type", ""), "object")


def is_frame(value: object) -> TypeGuard[pd.DataFrame]:
    """Whether it is a DataFrame; without pandas nothing is, and nobody has to load it to know."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def raw_frame(name: str, frame: pd.DataFrame) -> RawTable:
    """A table from a DataFrame, whose index says nothing; the frame is not changed."""
    rows: list[dict[str, Any]] = [{} for _ in range(len(frame))]
    # An empty frame need not name its columns.
    written = [str(title) for title in frame.columns]
    meant = {at: could[0] for at, could in read_as(name, written).items() if len(could) == 1}
    titles = (
        [meant.get(at, title) for at, title in enumerate(written)] if written or rows else required(ROW_TYPES[name])
    )
    for at in range(len(frame.columns)):
        column = frame.iloc[:, at]
        for row, value, blank in zip(rows, column.tolist(), column.isna().tolist(), strict=True):
            if not blank and (bare := plain(value)) is not None:
                row.setdefault(titles[at], bare)
    told = ", ".join(f"'{written[at]}' as {column}" for at, column in meant.items())
    notes = [Note(table=name, what=f"headings are read as columns: {told}")] if told else []
    return RawTable(
        name, columns=tuple(dict.fromkeys(titles)), rows=rows, faults=list(_twice(name, titles)), notes=notes
    )


def _twice(name: str, titles: Sequence[str]) -> Iterator[Fault]:
    for title, times in Counter(titles).items():
        if times > 1:
            what = f"the column {title} is there {times} times"
            yield Fault(
                table=name, column=title, what=what, remedy="Begin the name of all but one with x-, or join them"
            )
