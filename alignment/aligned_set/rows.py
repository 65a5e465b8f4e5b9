"""A row of the programme, and the reason it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from alignment.duties import Duty

RowKind = Literal[
    "duty",
    "needs",
    "silent",
    "at_most",
    "balance",
    "voice",
    "sway",
    "pair",
    "collection",
    "heard",
    "loss",
    "hold",
    "keep",
    "drop",
    "candidates",
    "local",
    "achievable",
]


@dataclass(frozen=True)
class Reason:
    """Why a row is there.

    Attributes
    ----------
    kind
        The sort of row.
    about
        What it is about: ids of the agencies, tier, dimension, measures or collection.
    duties
        The duties that want it.
    """

    kind: RowKind
    about: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True)
class Row:
    """``sum of coefficient * column >= least``, or ``<= most``.

    Attributes
    ----------
    terms
        Coefficient of each column.
    least, most
        Bounds; blank is none.
    reason
        Why it is there.
    """

    terms: Mapping[int, int | Fraction]
    least: int | Fraction | None
    most: int | Fraction | None
    reason: Reason

    def value(self, values: Sequence[int | Fraction]) -> int | Fraction:
        """The left side for values of the columns."""
        return sum((number * values[at] for at, number in self.terms.items()), start=0)

    def holds(self, values: Sequence[int | Fraction]) -> bool:
        """Whether the row is kept, exactly."""
        total = self.value(values)
        return (self.least is None or total >= self.least) and (self.most is None or total <= self.most)
