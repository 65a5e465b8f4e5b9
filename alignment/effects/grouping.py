"""Which agencies and targets count together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import numpy as np
from scipy import sparse

from alignment.errors import UnknownWord
from alignment.index import Index, Ints

By = Literal["agency", "tier", "sector"]


def groups_of(index: Index, by: By | None) -> tuple[tuple[str, ...], Ints]:
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


def targets_on(index: Index, measures: Iterable[str] | None) -> Ints:
    """The positions of the targets on some measures, by id; blank is all."""
    if measures is None:
        return np.arange(len(index.targets))
    found: list[int] = []
    for word in measures:
        if word not in index.measure_at:
            raise UnknownWord(word, index.measure_at, "a measure")
        found.append(index.measure_at[word])
    return np.flatnonzero(np.isin(index.targets.measure, found))


def wishes_of(index: Index, code: Ints, size: int, use: Ints, wish: int) -> Any:
    """The weight of each group's wishes on each measure (groups x measures)."""
    rows = index.targets
    group = code[rows.agency[use]]
    use = use[(group >= 0) & (rows.wish[use] == wish)]
    entries = (rows.weight[use], (code[rows.agency[use]], rows.measure[use]))
    return sparse.coo_array(entries, shape=(size, len(index.measures))).tocsr()
