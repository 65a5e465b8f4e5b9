"""Good splits of a signed graph without a programme: climbing, shaking, rounding. They prove nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from alignment.index import Floats, Ints

from .signed_graph import Signed, canonical

STARTS: Final = 30
"""How many random splits are climbed from."""

SHAKES: Final = 300
"""How often a split is shaken."""


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


def shaken(graph: Signed, k: int, camps: Ints) -> Iterator[Ints]:
    """Splits climbed to after the nodes around some node have all changed camps, each from the best so far."""
    draw = random.Random(1)  # noqa: S311 - the same every time
    cost = graph.cost(camps)
    for _ in range(SHAKES):
        order = csgraph.breadth_first_order(
            graph.matrix, draw.randrange(graph.size), directed=False, return_predecessors=False
        )
        moved = order[: draw.randint(1, max(1, graph.size // 2))]
        other = camps.copy()
        other[moved] = (other[moved] + draw.randint(1, k - 1)) % k
        other = climb(graph, k, other)
        if graph.cost(other) <= cost:
            camps, cost = other, graph.cost(other)
            yield camps


def rounded(graph: Signed, k: int, f: Floats) -> Ints:
    """The split that f means: as it says along a tree of the edges of which it is surest, then climbed from.

    Parameters
    ----------
    graph
        A connected graph.
    k
        The most camps.
    f
        How far each edge goes against the grain, 0 to 1.
    """
    one, two = graph.ends.T
    doubt = sparse.csr_array((np.minimum(f, 1 - f) + 1, (one, two)), shape=(graph.size, graph.size))
    apart = sparse.csr_array(((graph.weights < 0) != (f > 0.5), (one, two)), shape=doubt.shape)
    tree = csgraph.minimum_spanning_tree(doubt)
    order, before = csgraph.breadth_first_order(tree, 0, directed=False)
    camps = np.zeros(graph.size, dtype=np.int64)
    for node in order[1:].tolist():
        parent = int(before[node])
        step = int(apart[min(node, parent), max(node, parent)])
        camps[node] = (camps[parent] + step) % k
    return climb(graph, k, camps)
