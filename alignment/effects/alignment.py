r"""Who helps and who hinders whom: alignment and congruity.

For groups A, B of agencies, help and hinder are the sums over targets t of A on i and u of B on j of

.. math:: w(t) w(u) \max(0, \pm g(t) (I + N)_{ij} g(u))

and alignment = (help - hinder) / (help + hinder).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from alignment.index import Floats, Index
from alignment.models.answers.alignment import AlignmentTable, Pull
from alignment.models.answers.answer import DataAnswer, Frames
from alignment.models.answers.frame import frame_of
from alignment.models.answers.layout import SHOWN, grid
from alignment.models.options.effects import AlignmentOptions
from alignment.models.options.fields import DECLARED, Counting, Group
from alignment.models.system import System
from alignment.options.verb import verb

from .congruity import Congruity, congruity_of
from .grouping import groups_of, names_of, targets_on, wishes_of
from .net_effects import effects_of


@dataclass(frozen=True, eq=False, repr=False)
class Alignment(DataAnswer):
    """How far groups of agencies help or hinder each other, and whether what they are judged on is good for people.

    Attributes
    ----------
    by
        What the groups are; None is the whole system as one.
    groups
        Ids of agencies or tiers, or sectors.
    names
        What people call them, in the same order.
    help, hinder
        Sums of weighted effects, groups x groups: whose targets push (row) on whose wishes (column).
    congruity
        How well what agencies are judged on matches what is good for people.
    """

    by: Group | None
    groups: tuple[str, ...]
    names: tuple[str, ...]
    help: Floats
    hinder: Floats
    congruity: Congruity

    @property
    def value(self) -> float | None:
        """The alignment of everybody with everybody, -1 to 1; blank when nothing meets."""
        return ratio(float(self.help.sum()), float(self.hinder.sum()))

    @property
    def matrix(self) -> pd.DataFrame:
        """Alignment, -1 to 1 or blank, groups x groups: whose targets push (row) on whose wishes (column)."""
        with np.errstate(invalid="ignore"):
            values = (self.help - self.hinder) / (self.help + self.hinder)
        return pd.DataFrame(np.round(values, 6), index=list(self.groups), columns=list(self.groups))

    @property
    def pairs(self) -> tuple[Pull, ...]:
        """The pairs of groups that touch each other, the most hindered first."""
        ones, twos = np.nonzero(self.help + self.hinder)
        rows = [self._pull(a, b) for a, b in zip(ones.tolist(), twos.tolist(), strict=True)]
        return tuple(sorted(rows, key=lambda row: (-row.hinder, row.a, row.b)))

    def _pull(self, a: int, b: int) -> Pull:
        helped, hindered = float(self.help[a, b]), float(self.hinder[a, b])
        return Pull(
            a=self.groups[a],
            a_name=self.names[a],
            b=self.groups[b],
            b_name=self.names[b],
            help=round(helped, 9),
            hinder=round(hindered, 9),
            alignment=ratio(helped, hindered),
        )

    @property
    def frames(self) -> Frames:
        """Tables by name: ``pairs``, ``matrix``, ``congruity``."""
        return {"pairs": self._pairs, "matrix": self._matrix, "congruity": self._congruity}

    def _pairs(self) -> pd.DataFrame:
        """A row for every two groups of which one's targets push on the other's wishes, the most hindered first.

        Returns
        -------
        pandas.DataFrame
            ``a`` (who pushes: an agency or tier by id, a sector, or "system"), ``a_name``, ``b`` (on whose wishes),
            ``b_name``, ``help``, ``hinder`` (float, sums of weighted effects), ``alignment`` (float, -1 to 1, or
            blank).
        """
        return frame_of(self.pairs, tuple(Pull.model_fields))

    def _matrix(self) -> pd.DataFrame:
        """`matrix` as a table: ``group`` (who pushes), then a column for each group; names are in ``pairs``."""
        return self.matrix.rename_axis("group").reset_index()

    def _congruity(self) -> pd.DataFrame:
        """A row for each agency with targets, the least congruent first.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``name``, ``congruity`` (float, -1 to 1, or blank).
        """
        return self.congruity.to_frame()

    def document(self) -> AlignmentTable:
        """The answer as plain data."""
        return AlignmentTable(
            record=self.record,
            system=self.congruity.system,
            by=self.by,
            groups=self.groups,
            value=self.value,
            pairs=self.pairs,
            congruity=self.congruity.rows,
            reach=self.congruity.reach,
        )

    def _title(self) -> str:
        value = "blank: no targets meet" if self.value is None else f"{self.value:+.2f}"
        return f"Alignment of the whole: {value} (-1 all hinder, +1 all help)"

    def _glimpse(self) -> pd.DataFrame:
        return self._pairs()[["a_name", "b_name", "help", "hinder", "alignment"]]

    def _lines(self, width: int) -> Iterator[str]:
        yield self._title()
        if self.by is not None:
            yield ""
            yield from self._groups(width)
        yield ""
        yield from self.congruity.lines(width)

    def _groups(self, width: int) -> Iterator[str]:
        """Every pair of groups as a matrix where it fits, else those that hinder each other most as a list."""
        matrix = self.matrix.to_string(na_rep="", float_format="{:+.2f}".format).split("\n")
        if all(len(line) <= width for line in matrix):
            yield "Whose targets push (row) on whose wishes (column):"
            yield from matrix
        else:
            yield "Whose targets (a) push on whose wishes (b):"
            yield from grid(self._pairs()[["a", "b", "help", "hinder", "alignment"]], width, SHOWN)


def ratio(helped: float, hindered: float) -> float | None:
    """Alignment of what helps and what hinders, -1 to 1; blank when nothing meets."""
    total = helped + hindered
    return round(float((helped - hindered) / total), 6) if total else None


@verb(AlignmentOptions, "by", "measures", "steps", "decay", "evidence")
def alignment(system: System, asked: AlignmentOptions) -> Alignment:
    """How far targets help or hinder each other.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Alignment
        ``.value`` for the whole, ``.matrix`` and ``.to_frame()`` by group, and the congruity of each agency.

    Raises
    ------
    OptionError
        An option is out of its range, or a measure is not known.

    Examples
    --------
    >>> import alignment as al
    >>> al.alignment(al.read(al.example("winter-pressure"))).value
    0.686142
    """
    groups, helped, hindered = pulls(system, asked.by, asked.measures, asked.steps, asked.decay, asked.evidence)
    good = congruity_of(system, asked.measures, asked.steps, asked.decay, asked.evidence)
    return Alignment(asked.by, groups, names_of(system, asked.by, groups), helped, hindered, good)


def pulls(
    system: System,
    by: Group | None,
    measures: Iterable[str] | None,
    steps: int,
    decay: float,
    evidence: Counting = DECLARED,
) -> tuple[tuple[str, ...], Floats, Floats]:
    """The groups, and how much the targets of each (row) help and hinder the wishes of each (column).

    Parameters
    ----------
    system
        The system.
    by, measures, steps, decay, evidence
        As in `alignment`.
    """
    index = system.derive(Index)
    groups, code = groups_of(index, by)
    use = targets_on(index, measures)
    reach = effects_of(system, steps, decay, evidence).with_itself
    up, down = (wishes_of(index, code, len(groups), use, wish) for wish in (1, -1))
    positive, negative = reach.maximum(0), -reach.minimum(0)
    same = [(up, up), (down, down)]
    across = [(up, down), (down, up)]
    helped = _sum(same, positive) + _sum(across, negative)
    hindered = _sum(same, negative) + _sum(across, positive)
    return groups, helped, hindered


def value_of(
    system: System, measures: Iterable[str], steps: int, decay: float, evidence: Counting = DECLARED
) -> float | None:
    """The alignment of everybody with everybody on some measures, -1 to 1; blank when nothing meets.

    Parameters
    ----------
    system
        The system.
    measures, steps, decay, evidence
        As in `alignment`.
    """
    _, helped, hindered = pulls(system, None, measures, steps, decay, evidence)
    return ratio(float(helped.sum()), float(hindered.sum()))


def _sum(pairs: list[tuple[Any, Any]], effect: Any) -> Floats:
    return np.asarray(sum((one @ effect @ two.T).toarray() for one, two in pairs), dtype=float)
