"""What any writer of networkx makes of the graph says the same when it is read back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import alignment as al
from alignment.models import System
from tests.graphs import WRITERS, said
from tests.random_systems import random_system
from tests.strategies import systems, wild_numbers, wild_words
from tests.thoroughly import most, part_of


@pytest.mark.parametrize("name", part_of(["winter-pressure", "london-2018", "england-frameworks"], 3))
@pytest.mark.parametrize("writer", WRITERS)
def test_the_graph_of_an_example_comes_back_equal(name: str, writer: str) -> None:
    graph = al.graph(al.read(name), conflicts=True)
    assert said(WRITERS[writer](graph)) == said(graph)


@pytest.mark.parametrize("seed", range(6))
def test_the_graph_of_a_random_system_comes_back_equal(seed: int) -> None:
    graph = al.graph(random_system(seed), conflicts=True)
    for name, written in WRITERS.items():
        assert said(written(graph)) == said(graph), name


@settings(max_examples=most(25, 8), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(systems(words=wild_words, numbers=wild_numbers))
def test_text_and_numbers_that_a_careless_writer_would_change_come_back_equal(system: System) -> None:
    graph = al.graph(system)
    for name, written in WRITERS.items():
        assert said(written(graph)) == said(graph), name


@pytest.mark.parametrize("writer", ["graphml", "gml", "node_link", "adjacency", "edge_list"])
def test_parallel_edges_keep_their_keys(writer: str) -> None:
    graph: Any = al.graph(al.read("london-2018"))
    again = WRITERS[writer](graph)
    assert sorted(again.edges(keys=True)) == sorted(graph.edges(keys=True))


@pytest.mark.parametrize("seed", part_of(range(30)))
def test_conflicts_are_as_many_edges_between_two_agencies_as_are_counted(seed: int) -> None:
    system = random_system(seed)
    graph: Any = al.graph(system, conflicts=True)
    found = [
        (*sorted((one.removeprefix("agency:"), two.removeprefix("agency:"))), cells["conflict_id"])
        for one, two, cells in graph.edges(data=True)
        if cells["kind"] == "conflict" and one.startswith("agency:")
    ]
    assert len(found) == len(set(found))
    counted = al.find_conflicts(system).counts("agency")
    pairs = [pair[:2] for pair in found]
    assert {pair: pairs.count(pair) for pair in pairs} == {
        (row.a, row.b): row.conflicts for row in counted.itertuples()
    }


@pytest.mark.parametrize("seed", part_of(range(30)))
def test_every_conflict_is_an_edge_and_says_what_it_is(seed: int) -> None:
    system = random_system(seed)
    graph: Any = al.graph(system, conflicts=True)
    edges = [cells for *_, cells in graph.edges(data=True) if cells["kind"] == "conflict"]
    told = {(row["conflict_id"], row["conflict"], row["severity"], row["confidence"]) for row in edges}
    assert told == {(row.id, row.kind, row.severity, row.confidence) for row in al.find_conflicts(system)}
    assert {*graph.nodes} == {*al.graph(system).nodes}
