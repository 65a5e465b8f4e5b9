r"""The 0-1 programme of the splits of a signed graph into camps.

With x(v, c) = 1 where node v is in camp c, and f(e) = 1 where edge e goes against the grain:

.. math::
    \min \sum_e |w_e| f_e \quad \text{with} \quad
    f_{uv} \ge |x_{uc} - x_{vc}| \; (w_{uv} > 0), \quad
    f_{uv} \ge x_{uc} + x_{vc} - 1 \; (w_{uv} < 0)

Camp 0 is what is in no other, so two camps take one column a node, as in the XOR model of Aref, Mason and Wilson
(2020). A split has one form only: camps are numbered in the order of their first nodes. Cycles that hold an edge
against the grain are further rows; alone, as a covering problem over f, they give a bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from scipy import sparse

from alignment.index import Floats, Ints, positions
from alignment.linear import Linear

from .signed_graph import Signed

Row = tuple[dict[int, float], float]
"""Columns with their numbers, and the least that they add up to."""


class Model:
    """The programme of the splits of a graph: a column for each node and camp but camp 0, then one for each edge.

    Parameters
    ----------
    graph
        The graph.
    k
        The most camps, from 2.
    """

    def __init__(self, graph: Signed, k: int) -> None:
        self.graph, self.k = graph, k
        self.nodes = graph.size * (k - 1)
        self._cycles: dict[tuple[int, ...], None] = {}

    @property
    def entries(self) -> int:
        """About how many numbers the rows of the programme hold."""
        numbering = self.graph.size**2 // 2 if self.k > 2 else 0
        return self.k * (6 * len(self.graph.weights) + numbering)

    def add(self, cycles: Sequence[tuple[int, ...]]) -> bool:
        """Add rows for cycles; whether any of them is new."""
        before = len(self._cycles)
        self._cycles.update(dict.fromkeys(cycles))
        return len(self._cycles) > before

    def covering(self) -> Linear:
        """The bound: every cycle found so far holds an edge against the grain."""
        number, cycles = len(self.graph.weights), len(self._cycles)
        rows = self._rows([dict.fromkeys(cycle, 1) for cycle in self._cycles], number)
        return Linear(
            costs=np.abs(self.graph.weights).astype(float),
            rows=rows,
            least=np.ones(cycles),
            most=np.full(cycles, np.inf),
            lower=np.zeros(number),
            upper=np.ones(number),
            whole=np.zeros(number, dtype=bool),
        )

    def linear(
        self,
        most: int | None = None,
        without: Ints | None = None,
        held: Ints | None = None,
        first: Ints | None = None,
    ) -> Linear:
        """The programme.

        Parameters
        ----------
        most
            No split costs more; blank is no limit.
        without
            A split that does not count.
        held
            The camps of the first nodes.
        first
            Instead of the cost, minimise the row of the camps of these nodes.
        """
        width = self.nodes + len(self.graph.weights)
        terms = [*self._edge_rows(), *self._form_rows(), *self._cycle_rows()]
        if most is not None:
            sizes = positions(np.abs(self.graph.weights))
            terms.append(({self.nodes + at: -size for at, size in enumerate(sizes)}, -most - 0.5))
        if without is not None:
            terms.append(self._other_than(without))
        lower, upper = self._bounds(width, held)
        return Linear(
            costs=self._costs(width) if first is None else self._places(width, first),
            rows=self._rows([row for row, _ in terms], width),
            least=np.array([least for _, least in terms], dtype=float),
            most=np.full(len(terms), np.inf),
            lower=lower,
            upper=upper,
            whole=np.arange(width) < self.nodes,
        )

    def column(self, node: int, camp: int) -> int:
        """The column of a node and a camp from 1."""
        return node * (self.k - 1) + camp - 1

    def camps(self, values: Sequence[float]) -> Ints:
        """The camp of each node."""
        inside = np.array(values[: self.nodes]).reshape(self.graph.size, self.k - 1)
        return np.where(inside.max(axis=1) > 0.5, inside.argmax(axis=1) + 1, 0)

    def values(self, camps: Ints) -> list[float]:
        """The columns of a split."""
        found = np.zeros(self.nodes)
        inside = np.flatnonzero(camps)
        found[inside * (self.k - 1) + camps[inside] - 1] = 1
        return [*found.tolist(), *self.graph.against(camps).astype(float).tolist()]

    @staticmethod
    def _rows(terms: Sequence[dict[int, float]], width: int) -> Any:
        number = [len(row) for row in terms]
        entries = [value for row in terms for value in row.values()]
        columns = [column for row in terms for column in row]
        where = (np.repeat(np.arange(len(terms)), number), np.array(columns, dtype=np.int64))
        return sparse.csr_array((np.array(entries, dtype=float), where), shape=(len(terms), width))

    def _edge_rows(self) -> Iterator[Row]:
        """What an edge against the grain is."""
        every = range(1, self.k)
        for at, ((one, two), weight) in enumerate(
            zip(self.graph.ends.tolist(), self.graph.weights.tolist(), strict=True)
        ):
            edge = self.nodes + at
            if weight > 0:
                for camp in every:
                    yield {edge: 1, self.column(one, camp): 1, self.column(two, camp): -1}, 0
                    yield {edge: 1, self.column(one, camp): -1, self.column(two, camp): 1}, 0
            else:
                for camp in every:
                    yield {edge: 1, self.column(one, camp): -1, self.column(two, camp): -1}, -1
                yield {edge: 1, **{self.column(node, camp): 1 for node in (one, two) for camp in every}}, 1

    def _form_rows(self) -> Iterator[Row]:
        """A node is in one camp, and in a camp from 2 only if a node before it is in the camp before."""
        if self.k == 2:
            return
        for node in range(1, self.graph.size):
            yield {self.column(node, camp): -1 for camp in range(1, self.k)}, -1
            for camp in range(2, min(node, self.k - 1) + 1):
                earlier = {self.column(other, camp - 1): 1 for other in range(node)}
                yield {**earlier, self.column(node, camp): -1}, 0

    def _cycle_rows(self) -> Iterator[Row]:
        for cycle in self._cycles:
            yield {self.nodes + edge: 1 for edge in cycle}, 1

    def _other_than(self, camps: Ints) -> Row:
        """At least one node is in another camp."""
        row: dict[int, float] = {}
        least = 1.0
        for node, camp in enumerate(positions(camps)):
            if camp:
                row[self.column(node, camp)] = -1
                least -= 1
            else:
                row.update({self.column(node, other): 1 for other in range(1, self.k)})
        return row, least

    def _costs(self, width: int) -> Floats:
        costs = np.zeros(width)
        costs[self.nodes :] = np.abs(self.graph.weights)
        return costs

    def _places(self, width: int, nodes: Ints) -> Floats:
        """The row of camps as a number, in base k."""
        costs = np.zeros(width)
        for place, node in enumerate(reversed(positions(nodes))):
            for camp in range(1, self.k):
                costs[self.column(node, camp)] = camp * self.k**place
        return costs

    def _bounds(self, width: int, held: Ints | None) -> tuple[Floats, Floats]:
        """The first node is in camp 0, the second in 0 or 1, and so on; nodes that are held stay where they are."""
        lower, upper = np.zeros(width), np.ones(width)
        for node in range(min(self.graph.size, self.k - 1)):
            upper[self.column(node, node + 1) : self.column(node, self.k)] = 0
        if held is not None:
            fixed = self.values(np.r_[held, np.zeros(self.graph.size - len(held), dtype=np.int64)])
            span = slice(0, self.column(len(held), 1))
            lower[span] = upper[span] = fixed[span]
        return lower, upper
