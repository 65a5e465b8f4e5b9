"""A linear programme as plain arrays, some columns whole: what solvers are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .index import Floats


@dataclass(frozen=True, eq=False)
class Linear:
    """The least ``costs @ x`` with ``least <= rows @ x <= most`` and ``lower <= x <= upper``.

    Attributes
    ----------
    costs
        Cost of each column.
    rows
        A sparse matrix (rows x columns).
    least, most
        Bounds of the rows; infinite is none.
    lower, upper
        Bounds of the columns.
    whole
        Which columns are whole numbers.
    """

    costs: Floats
    rows: Any
    least: Floats
    most: Floats
    lower: Floats
    upper: Floats
    whole: np.ndarray[Any, np.dtype[np.bool_]]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.costs)

    def __repr__(self) -> str:
        return f"<Linear: {self.rows.shape[0]} rows, {self.columns} columns, {int(self.whole.sum())} whole>"
