"""The system as a networkx graph."""

from __future__ import annotations

from typing import Any, cast

import networkx as nx

from alignment.index import Index, in_order
from alignment.models.fields import Row
from alignment.models.system import System
from alignment.wording import WAYS

NODES = {
    "tiers": "tier",
    "agencies": "agency",
    "populations": "population",
    "outcomes": "outcome",
    "measures": "measure",
    "collections": "collection",
    "resources": "resource",
}


def graph(system: System) -> nx.MultiDiGraph[str]:
    """The system as a directed graph with parallel edges.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are called ``kind:id``, such as ``agency:dhsc``; ``kind`` is tier, agency, population, outcome, measure,
        collection or resource. A node has ``kind``, ``id``, ``name`` and the other filled cells of its row.
        Agencies also have ``counts`` (bool).

        Edges have a ``kind`` and the other filled cells of their row:

        | kind | from, to | attributes besides those of the row |
        | --- | --- | --- |
        | parent | tier or population, its parent | |
        | tier | agency, tier | |
        | accountability | agency, agency | ``accountability`` (its kind) |
        | target | agency, measure | ``target`` (key), ``wish`` (up, down, hold), ``deliverer`` (node) |
        | captures | measure, outcome | ``validity`` (0 to 1; 1 for the measure's own outcome) |
        | overlap | measure, measure | ``overlap`` (its kind) |
        | collection | measure, collection | |
        | influence | measure, measure | ``steps`` (steps per step) |
        | control | agency, measure | ``share`` (0 to 1) |
        | incentive | payer, payee | ``measure`` (id) |
        | draw | measure, resource | |

    Examples
    --------
    >>> import alignment as al
    >>> found = al.graph(al.read(al.example("london-2018")))
    >>> found.nodes["measure:ae-4h"]["name"]
    'A&E patients dealt with within four hours'
    >>> sum(1 for *_, kind in found.edges(data="kind") if kind == "target")
    88
    """
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=system.about.name or "", hash=system.hash)
    _add_nodes(found, system)
    _add_places(found, system)
    _add_targets(found, system)
    _add_links(found, system)
    return found


def _cells(row: Row, *without: str) -> dict[str, Any]:
    """The filled cells of a row, as a graph file can hold them."""
    cells = row.model_dump(exclude_none=True, exclude=set(without))
    return {
        name: "; ".join(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value
        for name, value in cells.items()
    }


def _add_nodes(found: nx.MultiDiGraph[str], system: System) -> None:
    index = system.derive(Index)
    for table, kind in NODES.items():
        for row in in_order(system.table(table)):
            cells = _cells(row, "kind")
            if kind == "agency":
                cells["counts"] = index.agency_at[row.id] in index.counting
                cells |= {"body": row.kind} if row.kind else {}
            found.add_node(f"{kind}:{row.id}", kind=kind, **cells)


def _edge(found: nx.MultiDiGraph[str], one: str, two: str, kind: str, **cells: Any) -> None:
    found.add_edge(one, two, kind=kind, **cells)


def _add_places(found: nx.MultiDiGraph[str], system: System) -> None:
    for kind, rows in (("tier", system.tiers), ("population", system.populations)):
        for row in in_order(rows):
            if row.parent:
                _edge(found, f"{kind}:{row.id}", f"{kind}:{row.parent}", "parent")
    for row in in_order(system.agencies):
        if row.tier:
            _edge(found, f"agency:{row.id}", f"tier:{row.tier}", "tier")
    for row in in_order(system.accountability):
        cells = _cells(row, "agency", "answers_to", "kind")
        kind = {"accountability": row.kind} if row.kind else {}
        _edge(found, f"agency:{row.agency}", f"agency:{row.answers_to}", "accountability", **kind, **cells)


def _add_targets(found: nx.MultiDiGraph[str], system: System) -> None:
    targets = system.derive(Index).targets
    for at, row in enumerate(targets.rows):
        facts = {
            "target": targets.keys[at],
            "wish": WAYS[int(targets.wish[at])],
            "deliverer": f"agency:{row.deliverer}",
        }
        cells = _cells(row, "agency", "measure", "id")
        _edge(found, f"agency:{row.agency}", f"measure:{row.measure}", "target", **facts, **cells)
    for row in in_order(system.measures):
        if row.outcome:
            _edge(found, f"measure:{row.id}", f"outcome:{row.outcome}", "captures", validity=1.0)
        if row.collection:
            _edge(found, f"measure:{row.id}", f"collection:{row.collection}", "collection")
    for row in in_order(system.captures):
        _edge(
            found,
            f"measure:{row.measure}",
            f"outcome:{row.outcome}",
            "captures",
            **_cells(row, "measure", "outcome"),
        )


def _add_links(found: nx.MultiDiGraph[str], system: System) -> None:
    for row in in_order(system.overlaps):
        cells = _cells(row, "measure_a", "measure_b", "kind")
        _edge(
            found,
            f"measure:{row.measure_a}",
            f"measure:{row.measure_b}",
            "overlap",
            overlap=row.kind,
            **cells,
        )
    for row in in_order(system.influences):
        cells = _cells(row, "source_measure", "target_measure")
        _edge(
            found,
            f"measure:{row.source_measure}",
            f"measure:{row.target_measure}",
            "influence",
            steps=row.steps,
            **cells,
        )
    for row in in_order(system.controls):
        _edge(
            found,
            f"agency:{row.agency}",
            f"measure:{row.measure}",
            "control",
            **_cells(row, "agency", "measure"),
        )
    for row in in_order(system.incentives):
        _edge(found, f"agency:{row.payer}", f"agency:{row.payee}", "incentive", **_cells(row, "payer", "payee"))
    for row in in_order(system.draws):
        _edge(
            found,
            f"measure:{row.measure}",
            f"resource:{row.resource}",
            "draw",
            **_cells(row, "measure", "resource"),
        )
