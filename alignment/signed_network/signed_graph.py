"""A signed graph in whole numbers, and what a split of it costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from alignment.index import Bools, Ints


@dataclass(frozen=True, eq=False)
class Signed:
    """A signed graph in whole numbers.

    Attributes
    ----------
    size
        How many nodes there are.
    ends
        The two nodes of each edge (edges x 2), the smaller first.
    weights
        Above or below 0, whole.
    """

    size: int
    ends: Ints
    weights: Ints

    @property
    def total(self) -> int:
        """The sum of all weights without their signs."""
        return int(np.abs(self.weights).sum())

    def against(self, camps: Ints) -> Bools:
        """Which edges go against the grain: negative within a camp, positive between camps."""
        same = camps[self.ends[:, 0]] == camps[self.ends[:, 1]]
        return same == (self.weights < 0)

    def cost(self, camps: Ints) -> int:
        """The weight of the edges against the grain."""
        return int(np.abs(self.weights[self.against(camps)]).sum())

    @cached_property
    def matrix(self) -> Any:
        """The weights, nodes x nodes, symmetric, sparse."""
        one, two = self.ends.T
        entries = (np.tile(self.weights, 2), (np.r_[one, two], np.r_[two, one]))
        return sparse.csr_array(entries, shape=(self.size, self.size))

    def components(self) -> list[Ints]:
        """The nodes of each connected part, in the order of their first."""
        number, of = csgraph.connected_components(self.matrix, directed=False)
        return [np.flatnonzero(of == at) for at in range(number)]

    def part(self, nodes: Ints) -> Signed:
        """The graph on some nodes, numbered anew."""
        place = np.full(self.size, -1)
        place[nodes] = np.arange(len(nodes))
        ends = place[self.ends]
        inside = (ends >= 0).all(axis=1)
        return Signed(len(nodes), ends[inside], self.weights[inside])


def canonical(camps: Ints) -> Ints:
    """Camps numbered in the order of their first nodes.

    >>> canonical(np.array([2, 0, 2, 1])).tolist()
    [0, 1, 0, 2]
    """
    _, first, of = np.unique(camps, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[of]
