r"""Who helps and who hinders whom: alignment and congruity.

For groups A, B of agencies, help and hinder are the sums over targets t of A on i and u of B on j of

.. math:: w(t) w(u) \max(0, \pm g(t) (I + N)_{ij} g(u))

and alignment = (help - hinder) / (help + hinder).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from alignment.errors import UnknownWord
from alignment.index import Floats, Index
from alignment.models.system import System

from .grouping import By, groups_of, targets_on, wishes_of
from .net_effects import net_effects


@dataclass(frozen=True, eq=False)
class Alignment:
    """How far groups of agencies help or hinder each other.

    Attributes
    ----------
    by
        What the groups are; None is the whole system as one.
    groups
        Ids of agencies or tiers, or sectors.
    help, hinder
        Sums of weighted effects, groups x groups: whose targets push (row) on whose wishes (column).
    """

    by: By | None
    groups: tuple[str, ...]
    help: Floats
    hinder: Floats

    @property
    def value(self) -> float | None:
        """The alignment of everybody with everybody, -1 to 1; blank when nothing meets."""
        helped, hindered = float(self.help.sum()), float(self.hinder.sum())
        return _ratio(helped, hindered)

    @property
    def matrix(self) -> pd.DataFrame:
        """Alignment, -1 to 1 or blank, groups x groups: whose targets push (row) on whose wishes (column)."""
        with np.errstate(invalid="ignore"):
            values = (self.help - self.hinder) / (self.help + self.hinder)
        return pd.DataFrame(np.round(values, 6), index=list(self.groups), columns=list(self.groups))

    def to_frame(self) -> pd.DataFrame:
        """The pairs of groups that touch each other.

        Returns
        -------
        pandas.DataFrame
            ``a`` (whose targets push), ``b`` (on whose wishes), ``help``, ``hinder`` (float, sums of weighted effects),
            ``alignment`` (float, -1 to 1), the most hindered first.
        """
        ones, twos = np.nonzero(self.help + self.hinder)
        rows = [
            (
                self.groups[a],
                self.groups[b],
                _tidy(self.help[a, b]),
                _tidy(self.hinder[a, b]),
                _ratio(self.help[a, b], self.hinder[a, b]),
            )
            for a, b in zip(ones.tolist(), twos.tolist(), strict=True)
        ]
        rows.sort(key=lambda row: (-row[3], row[0], row[1]))
        return pd.DataFrame(rows, columns=["a", "b", "help", "hinder", "alignment"])

    def __str__(self) -> str:
        value = "blank: no targets meet" if self.value is None else f"{self.value:+.2f}"
        head = f"Alignment of the whole: {value} (-1 all hinder, +1 all help)"
        if self.by is None:
            return head
        return f"{head}\n\n{self.matrix.to_string(na_rep='', float_format='{:+.2f}'.format)}"

    def __repr__(self) -> str:
        return f"<Alignment by {self.by or 'system'}: {self.value}>"


def _tidy(value: float) -> float:
    return round(float(value), 9)


def _ratio(helped: float, hindered: float) -> float | None:
    total = helped + hindered
    return round(float((helped - hindered) / total), 6) if total else None


def alignment(
    system: System,
    by: By | None = None,
    measures: Iterable[str] | None = None,
    steps: int = 2,
    decay: float = 0.5,
) -> Alignment:
    """How far targets help or hinder each other.

    Parameters
    ----------
    system
        The system.
    by
        "agency", "tier" or "sector"; blank is the whole system as one group.
    measures
        Only targets on these measures count; blank is all.
    steps
        K of the net effects, as in `net_effects`.
    decay
        delta of the net effects, as in `net_effects`.

    Returns
    -------
    Alignment
        ``.value`` for the whole, ``.matrix`` and ``.to_frame()`` by group.

    Raises
    ------
    UnknownWord
        ``by`` or a measure is not known.

    Examples
    --------
    >>> import alignment as al
    >>> al.alignment(al.read(al.example("winter-pressure"))).value
    0.717358
    """
    if by not in (None, "agency", "tier", "sector"):
        raise UnknownWord(str(by), ("agency", "tier", "sector"), "something to group by")
    index = system.derive(Index)
    groups, code = groups_of(index, by)
    use = targets_on(index, measures)
    reach = net_effects(system, steps, decay).with_itself
    up, down = (wishes_of(index, code, len(groups), use, wish) for wish in (1, -1))
    positive, negative = reach.maximum(0), -reach.minimum(0)
    same = [(up, up), (down, down)]
    across = [(up, down), (down, up)]
    helped = _sum(same, positive) + _sum(across, negative)
    hindered = _sum(same, negative) + _sum(across, positive)
    return Alignment(by, groups, helped, hindered)


def _sum(pairs: list[tuple[Any, Any]], effect: Any) -> Floats:
    return np.asarray(sum((one @ effect @ two.T).toarray() for one, two in pairs), dtype=float)
