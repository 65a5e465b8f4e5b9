"""A signed graph in whole numbers, what a split of it costs, and splits that no change of one node makes better."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from .index import Bools, Ints

STARTS: Final = 30
"""How many random splits the local search begins from."""


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


def starts(graph: Signed, k: int) -> Iterator[Ints]:
    """Splits that no change of one node makes better, from all in one camp and from random ones."""
    draw = random.Random(0)  # noqa: S311 - the same every time
    yield climb(graph, k, np.zeros(graph.size, dtype=np.int64))
    for _ in range(STARTS):
        yield climb(graph, k, np.array(draw.choices(range(k), k=graph.size), dtype=np.int64))


def pulls(graph: Signed, k: int, camps: Ints) -> Ints:
    """What holds each node in each camp: the sum of its weights to that camp's nodes (nodes x camps)."""
    members = np.zeros((graph.size, k), dtype=np.int64)
    members[np.arange(graph.size), camps] = 1
    return graph.matrix @ members


def climb(graph: Signed, k: int, camps: Ints) -> Ints:
    """Change one node at a time for the better, as long as that is possible."""
    camps, pull = camps.copy(), pulls(graph, k, camps)
    every, matrix = np.arange(graph.size), graph.matrix
    while True:
        gains = pull.max(axis=1) - pull[every, camps]
        node = int(gains.argmax())
        if gains[node] <= 0:
            return camps
        camp = int(pull[node].argmax())
        span = slice(matrix.indptr[node], matrix.indptr[node + 1])
        pull[matrix.indices[span], camps[node]] -= matrix.data[span]
        pull[matrix.indices[span], camp] += matrix.data[span]
        camps[node] = camp


def neighbours(graph: Signed, k: int, camps: Ints) -> Iterator[Ints]:
    """Other splits, as good, in which one node is in another camp."""
    pull = pulls(graph, k, camps)
    free = np.argwhere(pull == pull[np.arange(graph.size), camps][:, None])
    for node, camp in free.tolist():
        other = camps.copy()
        other[node] = camp
        other = canonical(other)
        if other.tolist() != camps.tolist():
            yield other
