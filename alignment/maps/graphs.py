"""GraphML and GEXF: read whatever drew them, written so that yEd and Gephi show labels, types and weights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from alignment.network.files import new_graph, read_graph, write_graph
from alignment.network.graph import RENAMED
from alignment.tables.link_signs import number_of, sign_of
from alignment.tables.map_headings import text_of

from .contents import Contents
from .drawing import Drawing, free, long_text, tags_of, values_of
from .map import Factor, Link, Map

OF_NODES: Final = ("label", "name", "type", "kind", "tags", "note", "description", "x", "y", "row", "shape_type", "viz")
OF_EDGES: Final = ("id", "label", "name", "type", "kind", "weight", "sign", "polarity", "tags", "note", "viz", "key")

Cells = Mapping[str, Any]


def read_graph_map(found: Contents) -> Map:
    """A map of GraphML or GEXF. Of a whole system's graph only the measures and influences."""
    graph = _tidied(read_graph(found.place, found.content))
    drawing = Drawing(found.place, "nodes", "edges")
    whole = any(cells.get("kind") == "influence" for *_, cells in graph.edges(data=True))
    for own, cells in graph.nodes(data=True):
        if not whole or cells.get("kind") == "measure":
            _node(drawing, str(own), _columns(cells) if whole else cells, whole=whole)
    kept = {factor.id for factor in drawing.factors}
    directed = graph.is_directed()
    for at, (one, two, cells) in enumerate(graph.edges(data=True)):
        ends = [_own(str(end), whole=whole) for end in (one, two)]
        if not whole or (cells.get("kind") == "influence" and kept.issuperset(ends)):
            told = _columns(cells) if whole else cells
            _edge(drawing, ends[0], ends[1], at, told, directed=directed)
    if whole:
        drawing.note("of the graph of a whole system only measures and influences are read")
    return drawing.map(text_of(graph.graph.get("name")))


def _tidied(graph: Any) -> Any:
    """A graph whose texts are without the spaces and lines by which XML is laid out."""
    for cells in (*(cells for _, cells in graph.nodes(data=True)), *(cells for *_, cells in graph.edges(data=True))):
        cells.update({name: cell.strip() for name, cell in cells.items() if isinstance(cell, str)})
    return graph


def _own(node: str, *, whole: bool) -> str:
    return node.removeprefix("measure:") if whole else node


def _columns(cells: Cells) -> Cells:
    """The cells of a system's graph by the names of their columns."""
    names = {word: column for column, word in RENAMED.items() if column != "id"}
    return {names.get(name, name): cell for name, cell in cells.items()}


def _node(drawing: Drawing, own: str, cells: Cells, *, whole: bool) -> None:
    kind = None if whole else text_of(cells.get("type") or cells.get("kind"))
    drawing.factor(
        id=_own(own, whole=whole),
        label=text_of(cells.get("label") or cells.get("name")) or own,
        type=kind,
        tags=tags_of(cells.get("tags")),
        note=long_text(cells.get("note") or cells.get("description")),
        x=number_of(cells.get("x")),
        y=number_of(cells.get("y")),
        attributes=_attributes(cells, OF_NODES),
    )


def _attributes(cells: Cells, known: tuple[str, ...]) -> dict[str, Any]:
    plain = {name: cell for name, cell in cells.items() if not isinstance(cell, dict | list)}
    return values_of(plain, known)


def _edge(drawing: Drawing, one: str, two: str, at: int, cells: Cells, *, directed: bool) -> None:
    sign = sign_of(text_of(cells.get("sign") or cells.get("polarity"))) or sign_of(text_of(cells.get("label")))
    steps = number_of(cells.get("steps"))
    # The graph of a system has steps per step, a third of strength; of the rest the weight is its own.
    weight = number_of(cells.get("strength")) if steps is not None else number_of(cells.get("weight"))
    taken = (*OF_EDGES, "strength", "steps", "row") if steps is not None else OF_EDGES
    kind = text_of(cells.get("type"))
    drawing.link(
        one,
        two,
        index=at,
        id=text_of(cells.get("id")),
        sign=sign,
        weight=weight if steps is None or weight is not None else 3 * steps,
        type=None if kind in ("directed", "undirected", "mutual") else kind,
        label=text_of(cells.get("label")) if steps is None else None,
        direction="directed" if directed else "undirected",
        tags=tags_of(cells.get("tags")),
        note=long_text(cells.get("note")),
        attributes=_attributes(cells, taken),
    )


def write_graph_map(drawn: Map, path: Path) -> None:
    """Write a map as GraphML or GEXF, by the suffix."""
    graph = new_graph(drawn.name or "")
    for factor in drawn.factors:
        graph.add_node(factor.id, **_of_factor(factor))
    for at, link in enumerate(drawn.links):
        for way, (one, two) in enumerate(_ways(link)):
            graph.add_edge(one, two, key=f"{link.id or f'link-{at + 1}'}{'-back' * way}", **_of_link(link))
    write_graph(graph, path)


def _ways(link: Link) -> list[tuple[str, str]]:
    there = (link.source, link.target)
    return [there] if link.direction == "directed" else [there, (link.target, link.source)]


TAKEN: Final = frozenset({"id", "label", "source", "target", "key", "weight", "type", "for", "kind", "sign", "viz"})
"""Names that networkx, its writers, or the readers of its files use themselves."""


def _of_factor(factor: Factor) -> dict[str, Any]:
    cells = {"label": factor.label, "kind": factor.type, "tags": ", ".join(factor.tags), "note": factor.note}
    place = {"x": factor.x, "y": factor.y}
    return _filled(cells | place) | free(factor.attributes, TAKEN)


def _of_link(link: Link) -> dict[str, Any]:
    sign = link.sign or ("-" if (link.weight or 0) < 0 else "+" if link.weight else None)
    cells = {"label": link.label or sign, "kind": link.type, "sign": sign, "note": link.note}
    weight = {"weight": abs(link.weight) or 1e-9} if link.weight is not None else {}
    return _filled(cells | {"tags": ", ".join(link.tags)}) | weight | free(link.attributes, TAKEN)


def _filled(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {name: cell for name, cell in cells.items() if cell not in (None, "")}
