r"""Net effects again, from the rows of influences alone.

.. math:: N = \sum_{k=1}^{K} \delta^{k-1} E^k

with E the sum of the rows, effect if given, else strength/3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from scipy import sparse

from alignment.models.system import System

DIGITS: Final = 12
"""A net effect is a number of so many decimals; what is left of walks that cancel is none."""

LAST: Final = 1e-15
"""Where all walks count, those that do less end the sum."""

LONGEST: Final = 100_000
"""No longer walk is looked at."""


def net_of(system: System, steps: int, decay: float) -> tuple[Mapping[str, int], Any]:
    """The place of each measure, and what a step of one does to another (sparse, steps per step).

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk that counts; 0 is all.
    decay
        What each further influence of a walk is multiplied by.
    """
    place = {name: at for at, name in enumerate(sorted(row.id for row in system.measures))}
    size = len(place)
    numbers = [row.effect if row.effect is not None else (row.strength or 0.0) / 3 for row in system.influences]
    ends = [[place[row.source_measure], place[row.target_measure]] for row in system.influences]
    where = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    direct = sparse.csr_array(sparse.coo_array((np.array(numbers, dtype=float), (where[0], where[1])), (size, size)))
    net = walks = direct
    for _ in range(1, steps or LONGEST):
        walks = sparse.csr_array(decay * (walks @ direct))
        if not walks.nnz or abs(walks).max() < LAST:
            break
        net = sparse.csr_array(net + walks)
    net.data = np.round(net.data, DIGITS)
    net.eliminate_zeros()
    return place, net
