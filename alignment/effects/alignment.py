r"""Who helps and who hinders whom: alignment and congruity.

For groups A, B of agencies, help and hinder are the sums over targets t of A on i and u of B on j of

.. math:: w(t) w(u) \max(0, \pm g(t) (I + N)_{ij} g(u))

and alignment = (help - hinder) / (help + hinder).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import linalg

from alignment.errors import UnknownWord
from alignment.index import Floats, Index, Ints, positions
from alignment.models.system import System

from .net_effects import NetEffects, net_effects

By = Literal["agency", "tier", "sector"]


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
    groups, code = _groups(index, by)
    use = _targets_on(index, measures)
    reach = net_effects(system, steps, decay).with_itself
    up, down = (_wishes(index, code, len(groups), use, wish) for wish in (1, -1))
    positive, negative = reach.maximum(0), -reach.minimum(0)
    same = [(up, up), (down, down)]
    across = [(up, down), (down, up)]
    helped = _sum(same, positive) + _sum(across, negative)
    hindered = _sum(same, negative) + _sum(across, positive)
    return Alignment(by, groups, helped, hindered)


def _groups(index: Index, by: By | None) -> tuple[tuple[str, ...], Ints]:
    """The groups' names, and the group of each agency; -1 for agencies that do not count or belong to none."""
    if by is None:
        labels: list[str | None] = ["system" for _ in index.agencies]
    elif by == "agency":
        labels = [row.id for row in index.agencies]
    else:
        labels = [getattr(row, by) for row in index.agencies]
    names = sorted({label for who, label in enumerate(labels) if label is not None and who in index.counting})
    place = {name: at for at, name in enumerate(names)}
    return tuple(names), np.array([place.get(label or "", -1) for label in labels], dtype=np.int64)


def _targets_on(index: Index, measures: Iterable[str] | None) -> Ints:
    if measures is None:
        return np.arange(len(index.targets))
    found: list[int] = []
    for word in measures:
        if word not in index.measure_at:
            raise UnknownWord(word, index.measure_at, "a measure")
        found.append(index.measure_at[word])
    return np.flatnonzero(np.isin(index.targets.measure, found))


def _wishes(index: Index, code: Ints, size: int, use: Ints, wish: int) -> Any:
    """The weight of each group's wishes on each measure (groups x measures)."""
    rows = index.targets
    group = code[rows.agency[use]]
    use = use[(group >= 0) & (rows.wish[use] == wish)]
    entries = (rows.weight[use], (code[rows.agency[use]], rows.measure[use]))
    return sparse.coo_array(entries, shape=(size, len(index.measures))).tocsr()


def _sum(pairs: list[tuple[Any, Any]], effect: Any) -> Floats:
    return np.asarray(sum((one @ effect @ two.T).toarray() for one, two in pairs), dtype=float)


@dataclass(frozen=True)
class Congruity:
    """How well what people are judged on matches what is good for people.

    Attributes
    ----------
    agencies
        The cosine of each agency with targets, -1 to 1 or blank, by id.
    reach
        The share of what is good for people that judging on the set of measures can reach, 0 to 1 or blank.
    """

    agencies: dict[str, float | None]
    reach: float | None

    def to_frame(self) -> pd.DataFrame:
        """The cosine of each agency.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``congruity`` (float, -1 to 1 or blank), the least first.
        """
        frame = pd.DataFrame(list(self.agencies.items()), columns=["agency", "congruity"])
        frame["congruity"] = frame["congruity"].astype(float)
        return frame.sort_values(["congruity", "agency"]).reset_index(drop=True)

    def __str__(self) -> str:
        reach = "blank" if self.reach is None else f"{self.reach:.2f}"
        return f"Reach of the set: {reach}\n\n{self.to_frame().to_string(index=False, na_rep='')}"


def congruity(system: System, measures: Iterable[str] | None = None, steps: int = 2, decay: float = 0.5) -> Congruity:
    """How well what people are judged on matches what is good for people.

    With f = (I + N) d, what a step of effort on each measure is worth to people, and h(t) = g(t) (I + N) e(m), what
    it is worth to somebody judged by target t on measure m: for an agency the cosine between f and the weighted sum
    of h over its targets; for a set of measures the squared length of f's projection on the span of (I + N) e(m), over
    that of f.

    Parameters
    ----------
    system
        The system.
    measures
        The set; blank is the measures with targets. An agency's targets on other measures do not count.
    steps
        K of the net effects, as in `net_effects`.
    decay
        delta of the net effects, as in `net_effects`.

    Raises
    ------
    UnknownWord
        A measure is not known.

    References
    ----------
    Feltham and Xie (1994), The Accounting Review 69. Baker (2002), Journal of Human Resources 37.

    Examples
    --------
    >>> import alignment as al
    >>> sorted(al.congruity(al.read(al.example("winter-pressure"))).agencies)
    ['commissioner', 'council', 'region', 'trust']
    """
    index = system.derive(Index)
    effects = net_effects(system, steps, decay)
    use = _targets_on(index, measures)
    chosen = sorted(index.by_measure) if measures is None else sorted({index.measure_at[word] for word in measures})
    worth = effects.with_itself @ index.good.astype(float)
    return Congruity(_cosines(index, effects, use, worth), _reach(effects, chosen, worth))


def _cosines(index: Index, effects: NetEffects, use: Ints, worth: Floats) -> dict[str, float | None]:
    groups, code = _groups(index, "agency")
    wishes = _wishes(index, code, len(groups), use, 1) - _wishes(index, code, len(groups), use, -1)
    judged = (effects.with_itself @ wishes.T).toarray()
    lengths = np.linalg.norm(judged, axis=0) * np.linalg.norm(worth)
    have = {groups[at] for at in positions(np.unique(code[index.targets.agency[use]])) if at >= 0}
    dots = worth @ judged
    return {
        name: (round(float(dots[at] / lengths[at]), 6) if lengths[at] else None)
        for at, name in enumerate(groups)
        if name in have
    }


def _reach(effects: NetEffects, chosen: list[int], worth: Floats) -> float | None:
    total = float(worth @ worth)
    if not total:
        return None
    if not chosen:
        return 0.0
    columns = effects.with_itself[:, chosen]
    weights = linalg.lsmr(columns, worth, atol=1e-13, btol=1e-13, maxiter=20 * len(worth) + 200)[0]
    projected = columns @ weights
    return round(min(1.0, float(projected @ projected) / total), 6)
