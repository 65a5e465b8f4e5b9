"""GraphML and GEXF for yEd and Gephi, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

import alignment as al

YED = "{http://www.yworks.com/xml/graphml}"

SAME = {
    "agencies": [{"id": "dept", "name": "Department of Health"}, {"id": "hospital", "name": "Hospital"}],
    "outcomes": [
        {"id": "value", "name": "Money is well spent", "dimension": "resource-use"},
        {"id": "occupancy", "name": "Enough beds", "dimension": "outcomes"},
    ],
    "measures": [
        {"id": "occupancy", "name": "Bed occupancy", "outcome": "value", "direction": "lower", "baseline": 95},
        {"id": "long-waits", "name": "Long waits", "outcome": "occupancy", "direction": "lower", "baseline": 20},
    ],
    "targets": [
        {"agency": "dept", "measure": "occupancy", "sense": "at_most", "value": 92, "source": "plan"},
        {
            "agency": "hospital",
            "measure": "long-waits",
            "sense": "at_most",
            "value": 5,
            "source": "plan",
            "weight": 0.5,
        },
    ],
    "influences": [
        {"source_measure": "occupancy", "target_measure": "long-waits", "strength": 2, "source": "study"},
        {"source_measure": "long-waits", "target_measure": "occupancy", "strength": -1},
    ],
}
"""The cases graph-same-id and graph-sources of those that failed: a measure and an outcome of one id, and sources."""


def reread(path: Path) -> Any:
    reader: Any = nx.read_gexf if path.suffix == ".gexf" else nx.read_graphml
    return reader(path)


@pytest.mark.parametrize("name", ["g.gexf", "g.graphml"])
def test_as_many_nodes_and_edges_come_back_with_labels_kinds_and_weights(tmp_path: Path, name: str) -> None:
    system = al.read(SAME)
    before = al.graph(system)
    assert al.write_map(system, tmp_path / name) == ()
    found = reread(tmp_path / name)
    assert (set(found), found.number_of_edges()) == (set(before), before.number_of_edges())
    assert found.nodes["measure:occupancy"]["label"] == "Bed occupancy"
    assert found.nodes["outcome:occupancy"]["label"] == "Enough beds"
    cells = [each for *_, each in found.edges(data=True) if each.get("kind") == "influence"]
    assert sorted((each["sign"], round(each["weight"], 3)) for each in cells) == [("+", 0.667), ("-", 0.333)]
    assert all(each["weight"] > 0 for *_, each in found.edges(data=True) if "weight" in each)


def test_source_and_target_survive_under_names_that_networkx_does_not_use() -> None:
    graph = al.graph(al.read(SAME))
    edges: Any = nx.to_pandas_edgelist(graph)
    assert set(edges["published"].dropna()) == {"plan", "study"}
    data: Any = nx.node_link_data(graph, edges="edges")
    reader: Any = nx
    again = reader.node_link_graph(data, edges="edges")
    assert {*again.edges(keys=True)} == {*graph.edges(keys=True)}
    assert {each.get("published") for *_, each in again.edges(data=True)} == {None, "plan", "study"}


def test_yed_finds_a_shape_with_its_label_for_each_node_and_a_sign_on_each_influence(tmp_path: Path) -> None:
    al.write_map(al.read(SAME), tmp_path / "g.graphml")
    root = ET.parse(tmp_path / "g.graphml").getroot()  # written by the line above
    labels = [label.text for label in root.iter(f"{YED}NodeLabel")]
    assert sorted(filter(None, labels)) == sorted(
        ["Department of Health", "Hospital", "Money is well spent", "Enough beds", "Bed occupancy", "Long waits"]
    )
    edges = [label.text for label in root.iter(f"{YED}EdgeLabel")]
    assert (edges.count("+"), edges.count("-")) == (1, 1)
    keys = {key.get("id"): key.get("yfiles.type") for key in root if key.tag.endswith("key")}
    assert {"nodegraphics", "edgegraphics"} <= {*keys.values()}
    used = {data.get("key") for data in root.iter() if data.tag.endswith("}data")}
    assert used <= keys.keys()


@pytest.mark.parametrize("name", ["g.gexf", "g.graphml"])
def test_the_graph_of_a_system_is_read_as_its_measures_and_influences(tmp_path: Path, name: str) -> None:
    system = al.read("winter-pressure")
    al.write_map(system, tmp_path / name)
    again = al.read_map(tmp_path / name).system(scale=3)
    assert {(row.id, row.name) for row in again.measures} == {(row.id, row.name) for row in system.measures}
    told = [
        {(row.source_measure, row.target_measure, row.steps, row.source) for row in each.influences}
        for each in (system, again)
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("name", ["m.gexf", "m.graphml"])
def test_a_map_there_and_back_keeps_labels_signs_and_weights(tmp_path: Path, name: str) -> None:
    (tmp_path / "e.csv").write_text("from,to,sign,weight,key\nA,B,-,2,x\nB,A,+,1,y\nA,C,-,,z\n", encoding="utf-8")
    drawn = al.read_map(tmp_path / "e.csv")
    al.write_map(drawn, tmp_path / name)
    again = al.read_map(tmp_path / name)
    assert [each.label for each in again.factors] == ["A", "B", "C"]
    assert {(each.source, each.target, each.sign, each.weight) for each in again.links} == {
        (each.source, each.target, each.sign, each.weight) for each in drawn.links
    }


def test_a_graph_without_directions_is_two_influences_a_link(tmp_path: Path) -> None:
    graphs: Any = nx
    graph = graphs.Graph()
    graph.add_edge("a", "b", weight=-0.5)
    graphs.write_graphml(graph, tmp_path / "g.graphml")
    system = al.read_map(tmp_path / "g.graphml").system(scale=1)
    assert [row.strength for row in system.influences] == [-1.5, -1.5]
    assert any("has no direction" in note.what for note in system.notes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<graphml>",
        "<html/>",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph><edge source="a"/></graph></graphml>',
    ],
)
@pytest.mark.parametrize("name", ["g.graphml", "g.gexf"])
def test_files_that_are_no_graphs_end_in_one_fault(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(al.InputError) as raised:
        al.read_map(tmp_path / name)
    assert len(raised.value.faults) == 1
