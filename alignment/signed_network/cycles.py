"""Cycles of a signed graph that go against the grain however it is split.

One with an odd number of negative edges does in two camps (Harary 1953), one with a single negative edge in any number
of camps (Davis 1967).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from alignment.index import Floats

from .signed_graph import Signed

EVEN: Final = 1e-7
"""Added to every edge: of walks that weigh the same, the shorter."""


def violated(graph: Signed, k: int, f: Floats) -> list[tuple[int, ...]]:
    """Cycles that hold an edge against the grain, of which f is below 1 in all: the shortest at each node or edge.

    Parameters
    ----------
    graph
        The graph.
    k
        The most camps; for two, cycles with an odd number of negative edges, for more those with one.
    f
        How far each edge goes against the grain, 0 to 1.

    Returns
    -------
    list of tuple of int
        The edges of each cycle, the most violated cycle first.
    """
    walks = _odd_walks(graph, f) if k == 2 else _single_walks(graph, f)
    found = {tuple(sorted(cycle)) for cycle in walks}
    worst = sorted((float(f[list(cycle)].sum()), cycle) for cycle in found)
    return [cycle for size, cycle in worst if size < 1 - 1e-6]


def _odd_walks(graph: Signed, f: Floats) -> Iterator[list[int]]:
    """The shortest closed walks with an odd number of negative edges, in a graph with two copies of each node."""
    size, (one, two) = graph.size, graph.ends.T
    cross = np.where(graph.weights < 0, size, 0)
    tails, heads = np.r_[one, one + size], np.r_[two + cross, two + size - cross]
    lengths = np.tile(np.maximum(f, 0) + EVEN, 2)
    double = sparse.csr_array((lengths, (tails, heads)), shape=(2 * size, 2 * size))
    far, before = csgraph.dijkstra(double, directed=False, indices=np.arange(size), return_predecessors=True)
    edge = _edges(graph)
    for node in np.flatnonzero(far[np.arange(size), size + np.arange(size)] < 1).tolist():
        path = [at % size for at in _path(before[node], node + size)]
        yield [edge[pair] for pair in _odd_cycle(path, graph, edge)]


def _path(before: Any, end: int) -> list[int]:
    path = [end]
    while before[path[-1]] >= 0:
        path.append(int(before[path[-1]]))
    return path


def _odd_cycle(path: list[int], graph: Signed, edge: dict[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The steps of a closed walk without its even detours: a cycle with an odd number of negative edges."""
    seen, steps = {path[0]: 0}, list[tuple[int, int]]()
    for one, two in pairwise(path):
        steps.append((one, two))
        if two in seen:
            loop = steps[seen[two] :]
            if sum(int(graph.weights[edge[step]] < 0) for step in loop) % 2:
                return loop
            del steps[seen[two] :]
            seen = {node: at for node, at in seen.items() if at <= seen[two]}
        else:
            seen[two] = len(steps)
    return steps


def _edges(graph: Signed) -> dict[tuple[int, int], int]:
    """The edge between two nodes, either way round."""
    found = {(one, two): at for at, (one, two) in enumerate(graph.ends.tolist())}
    return found | {(two, one): at for (one, two), at in found.items()}


def _single_walks(graph: Signed, f: Floats) -> Iterator[list[int]]:
    """Negative edges, each with the shortest way along positive ones from end to end."""
    good, edge = graph.weights > 0, _edges(graph)
    one, two = graph.ends[good].T
    way = sparse.csr_array((np.maximum(f[good], 0) + EVEN, (one, two)), shape=(graph.size, graph.size))
    bad = np.flatnonzero(~good).tolist()
    sources = sorted({int(graph.ends[at, 0]) for at in bad})
    if not sources:
        return
    far, before = csgraph.dijkstra(way, directed=False, indices=sources, return_predecessors=True)
    row = {source: at for at, source in enumerate(sources)}
    for at in bad:
        start, end = graph.ends[at].tolist()
        if f[at] + far[row[start], end] < 1:
            path = _path(before[row[start]], end)
            yield [at, *(edge[step] for step in pairwise(path))]
