"""The ways of networkx to write a graph down, and back: what they give is compared with what they were given."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import networkx as nx
import pandas as pd

Graph = Any


def gexf(graph: Graph) -> Graph:
    file = io.BytesIO()
    nx.write_gexf(graph, file)  # pyright: ignore[reportUnknownMemberType]
    again: Graph = nx.read_gexf(io.BytesIO(file.getvalue()))  # pyright: ignore[reportUnknownMemberType]
    return without(again, nodes=("label",), edges=("id",))


def graphml(graph: Graph) -> Graph:
    file = io.BytesIO()
    nx.write_graphml(graph, file)  # pyright: ignore[reportUnknownMemberType]
    return nx.read_graphml(io.BytesIO(file.getvalue()), force_multigraph=True)


def gml(graph: Graph) -> Graph:
    file = io.BytesIO()
    nx.write_gml(graph, file)  # pyright: ignore[reportUnknownMemberType]
    return nx.read_gml(io.BytesIO(file.getvalue()))  # pyright: ignore[reportUnknownMemberType]


def node_link(graph: Graph) -> Graph:
    text = json.dumps(nx.node_link_data(graph, edges="edges"), allow_nan=False)  # pyright: ignore[reportUnknownMemberType]
    return nx.node_link_graph(json.loads(text), edges="edges")  # pyright: ignore[reportUnknownMemberType]


def adjacency(graph: Graph) -> Graph:
    text = json.dumps(nx.adjacency_data(graph), allow_nan=False)  # pyright: ignore[reportUnknownMemberType]
    return nx.adjacency_graph(json.loads(text))  # pyright: ignore[reportUnknownMemberType]


def cytoscape(graph: Graph) -> Graph:
    text = json.dumps(nx.cytoscape_data(graph), allow_nan=False)  # pyright: ignore[reportUnknownMemberType]
    again: Graph = nx.cytoscape_graph(json.loads(text))  # pyright: ignore[reportUnknownMemberType]
    return without(again, nodes=("id", "value"), edges=("source", "target", "key"))


def edge_list(graph: Graph) -> Graph:
    """Through a DataFrame, which knows only nodes that have an edge."""
    frame: pd.DataFrame = nx.to_pandas_edgelist(graph, edge_key="key")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    again: Graph = nx.MultiDiGraph()  # pyright: ignore[reportUnknownVariableType]
    again.add_nodes_from(graph.nodes(data=True))
    for row in frame.to_dict("records"):  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        cells: dict[Any, Any] = {name: cell for name, cell in row.items() if pd.notna(cell)}  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportUnknownArgumentType]
        again.add_edge(cells.pop("source"), cells.pop("target"), key=cells.pop("key"), **cells)
    return again


WRITERS: Final[Mapping[str, Callable[[Graph], Graph]]] = {
    each.__name__: each for each in (gexf, graphml, gml, node_link, adjacency, cytoscape, edge_list)
}


def without(graph: Graph, nodes: Iterable[str], edges: Iterable[str]) -> Graph:
    """A graph without what a format adds of its own."""
    for _, cells in graph.nodes(data=True):
        for name in nodes:
            del cells[name]
    for *_, cells in graph.edges(data=True):
        for name in edges:
            del cells[name]
    return graph


def said(graph: Graph) -> tuple[dict[str, Any], Counter[Any]]:
    """All that a graph says: its nodes, and its edges with how often each is there."""
    edges = Counter((one, two, frozenset(cells.items())) for one, two, cells in graph.edges(data=True))
    return dict(graph.nodes(data=True)), edges
