"""The graph holds what the tables say, and conflicts where they are asked for."""

from __future__ import annotations

from collections import Counter
from typing import Any

import networkx as nx
import pytest

import alignment as al
from alignment.models import System
from alignment.network.graph import NODES
from tests.graphs import WRITERS, said
from tests.small import push, small, target

TAKEN = {
    *("id", "label", "source", "target", "key", "weight", "type", "for"),
    *("start", "end", "startopen", "endopen", "mode", "spells", "slices", "timeformat"),
    *("viz", "pid", "parents", "networkx_key", "graphics", "node", "edge", "directed", "multigraph"),
}
"""Names that networkx or the files it writes use themselves."""


@pytest.fixture(scope="module")
def london() -> System:
    return al.read("london-2018")


@pytest.fixture(scope="module")
def plan() -> System:
    """A measure and an outcome of one id, and rows with the source and start of what they say."""
    return small(
        outcomes=[{"id": "safe"}, {"id": "occupancy"}],
        measures=[
            {"id": "occupancy", "outcome": "occupancy", "baseline": 95, "source": "return", "reported_at": ["local"]},
            {"id": "fee", "outcome": "safe", "baseline": 700},
        ],
        tiers=[{"id": "local", "level": 0}],
        targets=[
            target("dept", "occupancy", "at_most", 92, source="plan", start="2018", weight=0.5),
            target("borough", "fee", "at_most", 650, source="plan"),
            target("hospital", "fee", "at_least", 720, source="contract", id="rates"),
        ],
        influences=[push("fee", "occupancy", -1, source="study")],
    )


def test_there_is_a_node_a_row_and_an_edge_a_link(london: System) -> None:
    graph: Any = al.graph(london)
    assert graph.number_of_nodes() == sum(len(london.table(table)) for table in NODES)
    kinds = Counter(kind for *_, kind in graph.edges(data="kind"))
    assert kinds["influence"] == len(london.influences)
    assert kinds["target"] == len(london.targets)
    assert kinds["captures"] == len(london.captures) + sum(row.outcome is not None for row in london.measures)
    assert kinds["incentive"] == len(london.incentives)
    assert kinds["conflict"] == 0


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


def test_columns_whose_names_are_taken_have_others(plan: System) -> None:
    graph: Any = al.graph(plan)
    assert graph.nodes["measure:occupancy"] == {
        "kind": "measure",
        "row": "occupancy",
        "name": "Occupancy",
        "outcome": "occupancy",
        "baseline": 95.0,
        "published": "return",
        "reported_at": "local",
    }
    assert graph.nodes["outcome:occupancy"]["kind"] == "outcome"
    assert graph.edges["agency:dept", "measure:occupancy", "target-2"] == {
        "kind": "target",
        "row": "dept:occupancy:at_most:value=92:start=2018:weight=0.5",
        "wish": "down",
        "deliverer": "agency:dept",
        "sense": "at_most",
        "value": 92.0,
        "begins": "2018",
        "importance": 0.5,
        "published": "plan",
    }
    assert graph.edges["agency:hospital", "measure:fee", "target-3"]["row"] == "rates"
    assert graph.edges["measure:fee", "measure:occupancy", "influence-1"]["published"] == "study"


@pytest.mark.parametrize("name", ["london-2018", "england-frameworks", "winter-pressure"])
def test_no_attribute_has_a_name_that_is_taken_nor_a_value_that_is_no_cell(name: str) -> None:
    graph: Any = al.graph(al.read(name), conflicts=True)
    cells = [*(cells for _, cells in graph.nodes(data=True)), *(cells for *_, cells in graph.edges(data=True))]
    assert not {attribute for row in cells for attribute in row} & TAKEN
    assert {type(value) for row in cells for value in row.values()} <= {str, int, float, bool}
    keys = [key for *_, key in graph.edges(keys=True)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("writer", WRITERS)
def test_rows_of_one_id_and_their_sources_survive_every_file(writer: str, plan: System) -> None:
    graph = al.graph(plan)
    assert said(WRITERS[writer](graph)) == said(graph)


def test_conflicts_are_edges_between_those_who_meet_in_them(plan: System) -> None:
    graph: Any = al.graph(plan, conflicts=True)
    found = {
        (one, two): cells
        for one, two, cells in graph.edges(data=True)
        if cells["kind"] == "conflict" and cells["conflict"] == "opposed"
    }
    (conflict,) = al.find_conflicts(plan, "opposed")
    assert set(found) == {("agency:hospital", "agency:borough"), ("measure:fee", "measure:fee")}
    for cells in found.values():
        assert cells == {
            "kind": "conflict",
            "conflict": "opposed",
            "conflict_id": conflict.id,
            "severity": conflict.severity,
            "confidence": conflict.confidence,
        }


def test_an_effect_on_another_is_an_edge_from_the_measure_that_pushes(plan: System) -> None:
    graph: Any = al.graph(plan, conflicts=al.find_conflicts(plan, "spillover"))
    (found,) = [(one, two) for one, two, cells in graph.edges(data=True) if cells.get("conflict") and "measure" in one]
    (conflict,) = al.find_conflicts(plan, "spillover")
    assert found == tuple(f"measure:{name}" for name in conflict.path) == ("measure:fee", "measure:occupancy")


def test_only_the_conflicts_that_are_given_are_edges(plan: System, london: System) -> None:
    every = al.graph(plan, conflicts=True)
    assert said(al.graph(plan, conflicts=al.find_conflicts(plan))) == said(every)
    assert said(al.graph(plan, conflicts=al.find_conflicts(plan)[:0])) == said(al.graph(plan))
    with pytest.raises(al.OptionError, match="another system"):
        al.graph(london, conflicts=al.find_conflicts(plan))


def test_a_conflict_about_nobody_and_no_measure_is_a_loop_on_its_outcome() -> None:
    system = small(agencies=[{"id": "trust"}], outcomes=[{"id": "well"}], measures=[], targets=[])
    graph: Any = al.graph(system, conflicts=True)
    ((one, two, kind),) = graph.edges(data="conflict")
    assert (one, two, kind) == ("outcome:well", "outcome:well", "unowned")


def test_the_graph_is_a_plain_one_of_networkx(plan: System) -> None:
    graph = al.graph(plan)
    assert type(graph) is nx.MultiDiGraph
    assert graph.graph == {"name": "", "hash": plan.hash}
