r"""Which findings hang together: communities of a graph of findings.

With W(a) severity times confidence of finding a and M(a) its measures, the edge between a and b weighs

.. math::
    \sum_{m \in M_a \cap M_b} \frac{\min(W_a, W_b)}{|\{c : m \in M_c\}| \sqrt{|M_a| |M_b|}}
    \; + \; \frac{\min(W_a, W_b)}{|\text{findings that a lists}|} \; [a \text{ lists } b]

Its communities are those of Louvain (Blondel, Guillaume, Lambiotte and Lefebvre 2008), with one seed, nodes in order of
their ids and edges in order of their nodes, so they do not depend on the order of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import sqrt
from typing import Any, Final, cast

from .finding import Finding
from .order import MICRO, weight_of

SEED: Final = 0
"""Louvain visits nodes in an order drawn with it."""

Edge = tuple[int, int]
"""Two places, the smaller first."""


def communities(findings: Sequence[Finding]) -> list[list[int]]:
    """Findings that hang together, as places; each finding in one list.

    Parameters
    ----------
    findings
        The findings, by id.
    """
    # networkx is slow to load, and most who look at conflicts ask for no themes.
    import networkx as nx

    graph = cast("Any", nx.Graph())
    graph.add_nodes_from(range(len(findings)))
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(edges(findings).items()))
    found: Any = nx.community.louvain_communities(graph, seed=SEED)
    return sorted(sorted(int(place) for place in each) for each in found)


def edges(findings: Sequence[Finding]) -> Mapping[Edge, float]:
    """How strongly each two findings hang together, where they do."""
    weights = [weight_of(finding) / MICRO for finding in findings]
    found: dict[Edge, float] = defaultdict(float)
    for places in _by_measure(findings).values():
        for a, b in combinations(places, 2):
            size = sqrt(len(findings[a].measures) * len(findings[b].measures))
            found[a, b] += min(weights[a], weights[b]) / len(places) / size
    for a, b, number in _listed(findings):
        found[min(a, b), max(a, b)] += min(weights[a], weights[b]) / number
    return {edge: weight for edge, weight in found.items() if weight > 0}


def _by_measure(findings: Sequence[Finding]) -> Mapping[int, list[int]]:
    """The findings on each measure; measures in order, so that sums are the same every time."""
    found: dict[int, list[int]] = defaultdict(list)
    for place, finding in enumerate(findings):
        for measure in sorted(set(finding.measures)):
            found[measure].append(place)
    return dict(sorted(found.items()))


def _listed(findings: Sequence[Finding]) -> list[tuple[int, int, int]]:
    """Each finding, another that it lists, and how many it lists."""
    place = {finding.id: at for at, finding in enumerate(findings)}
    return [
        (at, place[part.id], len(finding.parts))
        for at, finding in enumerate(findings)
        for part in finding.parts
        if part.id in place
    ]
