"""The graph holds what the tables say."""

from __future__ import annotations

import io
from typing import Any

import networkx as nx
import pytest

import alignment as al
from alignment.models import System


@pytest.fixture(scope="module")
def london() -> System:
    return al.read(al.example("london-2018"))


def test_there_is_a_node_a_row_and_an_edge_a_link(london: System) -> None:
    graph: Any = al.graph(london)
    tables = (
        london.tiers,
        london.agencies,
        london.populations,
        london.outcomes,
        london.measures,
        london.collections,
        london.resources,
    )
    assert graph.number_of_nodes() == sum(len(table) for table in tables)
    kinds: dict[str, int] = {}
    for *_, kind in graph.edges(data="kind"):
        kinds[str(kind)] = kinds.get(str(kind), 0) + 1
    assert kinds["influence"] == len(london.influences)
    assert kinds["target"] == len(london.targets)
    assert kinds["captures"] == len(london.captures) + sum(row.outcome is not None for row in london.measures)
    assert kinds["incentive"] == len(london.incentives)


def test_wishes_and_steps_are_on_the_edges(london: System) -> None:
    graph = al.graph(london)
    (edge,) = graph.get_edge_data("measure:bed-occupancy", "measure:ae-4h").values()
    assert edge["steps"] == pytest.approx(-2 / 3)
    wishes = {
        data["wish"]
        for _, other, data in graph.edges(data=True)
        if other == "measure:ae-4h" and data["kind"] == "target"
    }
    assert wishes == {"up"}
    assert graph.nodes["agency:dhsc"]["counts"]
    assert not graph.nodes["agency:parliament"]["counts"]


@pytest.mark.parametrize("name", ["london-2018", "england-frameworks", "winter-pressure"])
def test_graph_files_can_hold_it(name: str) -> None:
    graph = al.graph(al.read(al.example(name)))
    file = io.BytesIO()
    nx.write_graphml(graph, file)  # pyright: ignore[reportUnknownMemberType]
    again = nx.read_graphml(io.BytesIO(file.getvalue()), force_multigraph=True)
    assert (again.number_of_nodes(), again.number_of_edges()) == (graph.number_of_nodes(), graph.number_of_edges())
