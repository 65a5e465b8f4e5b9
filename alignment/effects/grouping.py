"""Which agencies and targets count together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from scipy import sparse

from alignment.index import Index, Ints
from alignment.models.options.fields import Group
from alignment.models.system import System


def groups_of(index: Index, by: Group | None) -> tuple[tuple[str, ...], Ints]:
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


def names_of(system: System, by: Group | None, groups: Iterable[str]) -> tuple[str, ...]:
    """What people call groups; a sector is its name."""
    rows = {"agency": system.agencies, "tier": system.tiers}.get(by or "", ())
    names = {row.id: row.name for row in rows}
    return tuple(names.get(group, group) for group in groups)


def targets_on(index: Index, measures: Iterable[str] | None) -> Ints:
    """The positions of the targets on some measures, by id; blank is all."""
    if measures is None:
        return np.arange(len(index.targets))
    return np.flatnonzero(np.isin(index.targets.measure, [index.measure_at[word] for word in measures]))


def wishes_of(index: Index, code: Ints, size: int, use: Ints, wish: int) -> Any:
    """The weight of each group's wishes on each measure (groups x measures)."""
    rows = index.targets
    group = code[rows.agency[use]]
    use = use[(group >= 0) & (rows.wish[use] == wish)]
    entries = (rows.weight[use], (code[rows.agency[use]], rows.measure[use]))
    return sparse.coo_array(entries, shape=(size, len(index.measures))).tocsr()
