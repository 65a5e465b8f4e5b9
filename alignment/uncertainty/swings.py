r"""How far sets depend on an influence: whether draws in which it is one way keep other measures than the rest.

Of n draws a share q lies on one side (the sign is as given; or the size is above what was given) and keeps measure m in
a share p1 of them, the others in a share p2. When one learns the side, the chances of the measures being kept move, on
average and added up, by

.. math:: S = 2 q (1 - q) \sum_m |p_1(m) - p_2(m)|

Were the sides dealt out at random, each difference would have, with p the share of all draws, the variance

.. math:: v(m) = p (1 - p) \frac{n}{n - 1} \left(\frac{1}{n q} + \frac{1}{n (1 - q)}\right)

which is that of all permutations, and its size a mean of about :math:`\sqrt{2 v / \pi}`: what S comes to by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from alignment.index import Bools, Floats

MEAN: Final = float(np.sqrt(2 / np.pi))
"""The mean size of a standard normal number."""

DEVIATION: Final = float(np.sqrt(1 - 2 / np.pi))
"""Its standard deviation."""

CLEAR: Final = 3.0
"""Standard deviations beyond chance from which a swing is clear, were all measures to move together."""


@dataclass(frozen=True, eq=False)
class Swings:
    """How far sets depend on each of some influences; arrays by influence.

    Attributes
    ----------
    swing
        S. Unit: measures.
    chance
        What it would be on average if the side did not matter. Unit: measures.
    clear
        Whether it is clearly more.
    """

    swing: Floats
    chance: Floats
    clear: Bools


def swings(kept: Bools, side: Bools, among: Bools) -> Swings:
    """How far sets depend on which side influences are on.

    Parameters
    ----------
    kept
        Which measures (columns) each draw (rows) keeps.
    side
        On which side each influence (columns) is in each draw (rows).
    among
        Which draws count for each influence, in the same shape; the others dilute the swing.

    Examples
    --------
    >>> kept = np.array([[True], [True], [False], [False]])
    >>> side = np.array([[True, True], [True, False], [False, True], [False, False]])
    >>> swings(kept, side, np.ones_like(side)).swing.tolist()
    [0.5, 0.0]
    """
    ones = (side & among).astype(float)
    counted = among.astype(float)
    n, n1 = counted.sum(axis=0), ones.sum(axis=0)
    n2 = n - n1
    both = (n1 > 0) & (n2 > 0)
    n, n1, n2 = (np.where(both, each, 2.0 if at == 0 else 1.0) for at, each in enumerate((n, n1, n2)))
    k, k1 = counted.T @ kept, ones.T @ kept
    difference = np.abs(k1 / n1[:, None] - (k - k1) / n2[:, None])
    p = k / n[:, None]
    deviation = np.sqrt(np.clip(p * (1 - p), 0, None) * (n / (n - 1) * (1 / n1 + 1 / n2))[:, None])
    weight = np.where(both, 2 * n1 * n2 / (n * n) * n / max(1, len(kept)), 0.0)
    swing, chance, noise = (weight * each.sum(axis=1) for each in (difference, MEAN * deviation, DEVIATION * deviation))
    return Swings(swing, chance, swing > chance + CLEAR * noise)
