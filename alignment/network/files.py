"""Graphs as files that yEd and Gephi open: GraphML and GEXF, with labels, types and weights."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Final, cast
from xml.etree import ElementTree as ET

import networkx as nx

from alignment.tables.raw import refused
from alignment.tables.safely import replacing
from alignment.tables.xml_parts import StrangePartsError, TooLargeError, check_xml

GRAPHML: Final = "{http://graphml.graphdrawing.org/xmlns}"
YED: Final = "{http://www.yworks.com/xml/graphml}"

COLOURS: Final = {
    "measure": "#cfe3f7",
    "agency": "#fde3c2",
    "outcome": "#d5ecd0",
    "resource": "#f3d3dc",
    "tier": "#e4e4e4",
    "population": "#e6dcf2",
}
"""The fill of a node by its kind; other kinds are white."""

WEIGHTS: Final = ("steps", "importance", "validity", "share", "severity")
"""What of an edge says how much it weighs, the first that is there."""

Graph = Any
"""A directed graph of networkx with parallel edges."""


def labelled(graph: Graph) -> Graph:
    """A copy of a graph whose nodes and edges have labels, and edges a weight above 0 and a sign.

    Gephi takes no weight below 0, so that of an edge is a size, and the attribute sign says + or -.
    """
    found = graph.copy()
    for own, cells in found.nodes(data=True):
        cells.setdefault("label", cells.get("name", own))
    for *_, cells in found.edges(data=True):
        cells.setdefault("label", str(cells.get("kind", "")))
        amount = next((float(cells[name]) for name in WEIGHTS if name in cells), None)
        if amount is not None and "weight" not in cells:
            cells["weight"] = abs(amount) or 1e-9
        if "steps" in cells and "sign" not in cells:
            cells["sign"] = "-" if cells["steps"] < 0 else "+"
    return found


def write_graph(graph: Graph, path: Path) -> None:
    """Write a graph: .gexf is GEXF, all else GraphML with what yEd draws of it."""
    found = labelled(graph)
    if path.suffix.lower() == ".gexf":
        with replacing(path) as file:
            nx.write_gexf(found, file)
        return
    text = io.BytesIO()
    writer: Any = nx
    writer.write_graphml(found, text)
    tree = _drawn(ET.fromstring(text.getvalue()))  # noqa: S314 - written a line above
    with replacing(path) as file:
        tree.write(file, encoding="utf-8", xml_declaration=True)


def _drawn(root: ET.Element) -> ET.ElementTree[ET.Element]:
    """GraphML with the shapes, labels and colours that yEd shows."""
    ET.register_namespace("", GRAPHML[1:-1])
    ET.register_namespace("y", YED[1:-1])
    names = {key.get("id"): key.get("attr.name") for key in root.iter(f"{GRAPHML}key")}
    for own, owner, kind in (("drawn-node", "node", "nodegraphics"), ("drawn-edge", "edge", "edgegraphics")):
        root.insert(0, ET.Element(f"{GRAPHML}key", {"id": own, "for": owner, "yfiles.type": kind}))
    for node in root.iter(f"{GRAPHML}node"):
        cells = _cells(node, names)
        _graphics(node, "drawn-node", "ShapeNode", "NodeLabel", cells.get("label"), cells.get("kind"))
    for edge in root.iter(f"{GRAPHML}edge"):
        cells = _cells(edge, names)
        said = cells.get("sign") or cells.get("label")
        _graphics(edge, "drawn-edge", "PolyLineEdge", "EdgeLabel", said, None, sign=cells.get("sign"))
    return ET.ElementTree(root)


def _cells(owner: ET.Element, names: dict[str | None, str | None]) -> dict[str, str]:
    found = {names.get(data.get("key")): data.text or "" for data in owner.iter(f"{GRAPHML}data")}
    return {name: text for name, text in found.items() if name is not None}


def _graphics(
    owner: ET.Element,
    key: str,
    shape: str,
    label: str,
    text: str | None,
    kind: str | None,
    sign: str | None = None,
) -> None:
    data = ET.SubElement(owner, f"{GRAPHML}data", {"key": key})
    drawn = ET.SubElement(data, f"{YED}{shape}")
    if shape == "ShapeNode":
        size = str(max(60, 7 * len(text or "")))
        ET.SubElement(drawn, f"{YED}Geometry", {"height": "30.0", "width": size, "x": "0.0", "y": "0.0"})
        ET.SubElement(drawn, f"{YED}Fill", {"color": COLOURS.get(kind or "", "#ffffff")})
    else:
        style = {"color": "#b00020" if sign == "-" else "#333333", "type": "dashed" if sign == "-" else "line"}
        ET.SubElement(drawn, f"{YED}LineStyle", {**style, "width": "1.0"})
        ET.SubElement(drawn, f"{YED}Arrows", {"source": "none", "target": "standard"})
    ET.SubElement(drawn, f"{YED}{label}").text = text or ""


def read_graph(place: str, content: bytes) -> Graph:
    """The graph of a GraphML or GEXF file, with parallel edges.

    Parameters
    ----------
    place
        The name of the file, whose end tells which of the two it is.
    content
        What is in it.
    """
    gexf = place.lower().endswith(".gexf")
    reader: Any = nx.read_gexf if gexf else nx.read_graphml
    try:
        check_xml(content)
        found = reader(io.BytesIO(content))
    except TooLargeError as error:
        raise refused(place, str(error), error.remedy) from error
    except StrangePartsError as error:
        remedy = "Save it again from the program that drew it, without a document type"
        raise refused(place, "declares entities, which no map needs", remedy) from error
    except Exception as error:
        # networkx and the parser below it fail in as many ways as a file can be broken.
        what = f"cannot be read as {'gexf' if gexf else 'graphml'} ({type(error).__name__})"
        raise refused(place, what, "Save it again from the program that drew it") from error
    # networkx takes an end that is not there for a node of that name.
    if "None" in found and b'"None"' not in content:
        what = "has an edge without a source or a target"
        raise refused(place, what, "Save it again from the program that drew it")
    return found


def new_graph(name: str) -> Graph:
    """An empty directed graph that takes parallel edges."""
    return cast("Graph", nx.MultiDiGraph(name=name))
