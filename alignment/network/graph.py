"""The system as a networkx graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, cast

import networkx as nx

from alignment.errors import OptionError
from alignment.index import Index, in_order
from alignment.models.fields import Row
from alignment.models.system import System
from alignment.models.system.keys import Keys
from alignment.wording import WAYS

if TYPE_CHECKING:
    from alignment.conflicts.collection import Conflicts
    from alignment.conflicts.finding import Finding

NODES: Final[Mapping[str, str]] = {
    "tiers": "tier",
    "agencies": "agency",
    "populations": "population",
    "outcomes": "outcome",
    "measures": "measure",
    "collections": "collection",
    "resources": "resource",
}


"""What a row of each table is as a node."""

RENAMED: Final[Mapping[str, str]] = {"id": "row", "source": "published", "start": "begins", "weight": "importance"}
"""Columns whose names networkx, or one of its writers, takes for something else."""


def graph(system: System, conflicts: bool | Conflicts = False) -> nx.MultiDiGraph[str]:  # noqa: FBT001, FBT002 - a verb's
    """The system as a directed graph with parallel edges, which every writer of networkx takes.

    Parameters
    ----------
    system
        The system.
    conflicts
        Whether conflicts are edges too: those that `find_conflicts` finds, or some of the system's that are given.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are called ``kind:id``, such as ``agency:dhsc``; ``kind`` is tier, agency, population, outcome, measure,
        collection or resource. A node has ``kind``, ``row`` (its id in its table), ``name`` and the other filled cells
        of its row. Agencies also have ``counts`` (bool), and their own kind as ``body``.

        Edges have a ``kind`` and the other filled cells of their row; their keys, such as ``target-1``, are no other
        edge's:

        | kind | from, to | attributes besides those of the row |
        | --- | --- | --- |
        | parent | tier or population, its parent | |
        | tier | agency, tier | |
        | accountability | agency, agency | ``accountability`` (its kind) |
        | target | agency, measure | ``row`` (key), ``wish`` (up, down, hold), ``deliverer`` (node) |
        | captures | measure, outcome | ``validity`` (0 to 1; 1 for the measure's own outcome) |
        | overlap | measure, measure | ``overlap`` (its kind) |
        | collection | measure, collection | |
        | influence | measure, measure | ``steps`` (steps per step) |
        | control | agency, measure | ``share`` (0 to 1) |
        | incentive | payer, payee | ``measure`` (id) |
        | draw | measure, resource | |
        | conflict | agencies, measures | ``conflict_id``, ``conflict`` (its kind), ``severity``, ``confidence`` |

        A conflict is an edge between each two agencies that meet in it, as `Conflicts.counts` counts them, and between
        each two of its measures; an agency that stands on both sides, or a single measure, has a loop. One that has
        neither agencies nor measures is a loop on its outcome.

        A blank is an attribute that is not there, and a list is text with "; " between. Four columns have other names,
        as networkx and the files it writes use theirs themselves: ``id`` is ``row``, ``source`` is ``published``,
        ``start`` is ``begins``, and ``weight`` of a target is ``importance``.

    Raises
    ------
    OptionError
        The conflicts that are given are those of another system.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.graph(al.read("london-2018"))
    >>> found.nodes["measure:ae-4h"]["name"]
    'A&E patients dealt with within four hours'
    >>> sum(1 for *_, kind in found.edges(data="kind") if kind == "target")
    88
    """
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=system.about.name or "", hash=system.hash)
    _add_nodes(found, system)
    edges = _Edges(found, system)
    _add_places(edges, system)
    _add_targets(edges, system)
    _add_links(edges, system)
    if conflicts is not False:
        _add_conflicts(edges, system, conflicts)
    return found


def _cells(row: Row, *without: str) -> dict[str, Any]:
    """The filled cells of a row, as a graph file can hold them."""
    cells = row.model_dump(exclude_none=True, exclude=set(without))
    return {
        RENAMED.get(name, name): "; ".join(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value
        for name, value in cells.items()
    }


class _Edges:
    """The edges of a graph being made: each has a key of its own, numbered within its kind."""

    def __init__(self, found: nx.MultiDiGraph[str], system: System) -> None:
        self._found = found
        self._keys = system.derive(Keys)
        self._numbers = Counter[str]()

    def key(self, table: str, row: Row) -> str:
        """The key of a row of the system."""
        return self._keys.key(table, row)

    def add(self, one: str, two: str, kind: str, **cells: Any) -> None:
        """One more edge."""
        self._numbers[kind] += 1
        self._found.add_edge(one, two, key=f"{kind}-{self._numbers[kind]}", kind=kind, **cells)


def _add_nodes(found: nx.MultiDiGraph[str], system: System) -> None:
    index = system.derive(Index)
    for table, kind in NODES.items():
        for row in in_order(system.table(table)):
            cells = _cells(row, "kind")
            if kind == "agency":
                cells["counts"] = index.agency_at[row.id] in index.counting
                cells |= {"body": row.kind} if row.kind else {}
            found.add_node(f"{kind}:{row.id}", kind=kind, **cells)


def _add_places(edges: _Edges, system: System) -> None:
    for kind, rows in (("tier", system.tiers), ("population", system.populations)):
        for row in in_order(rows):
            if row.parent:
                edges.add(f"{kind}:{row.id}", f"{kind}:{row.parent}", "parent")
    for row in in_order(system.agencies):
        if row.tier:
            edges.add(f"agency:{row.id}", f"tier:{row.tier}", "tier")
    for row in in_order(system.accountability):
        cells = _cells(row, "agency", "answers_to", "kind")
        kind = {"accountability": row.kind} if row.kind else {}
        edges.add(
            f"agency:{row.agency}",
            f"agency:{row.answers_to}",
            "accountability",
            **kind,
            row=edges.key("accountability", row),
            **cells,
        )


def _add_targets(edges: _Edges, system: System) -> None:
    targets = system.derive(Index).targets
    for at, row in enumerate(targets.rows):
        facts = {
            "row": targets.keys[at],
            "wish": WAYS[int(targets.wish[at])],
            "deliverer": f"agency:{row.deliverer}",
        }
        cells = _cells(row, "agency", "measure", "id")
        edges.add(f"agency:{row.agency}", f"measure:{row.measure}", "target", **facts, **cells)
    for row in in_order(system.measures):
        if row.outcome:
            edges.add(f"measure:{row.id}", f"outcome:{row.outcome}", "captures", validity=1.0)
        if row.collection:
            edges.add(f"measure:{row.id}", f"collection:{row.collection}", "collection")
    for row in in_order(system.captures):
        edges.add(
            f"measure:{row.measure}",
            f"outcome:{row.outcome}",
            "captures",
            row=edges.key("captures", row),
            **_cells(row, "measure", "outcome"),
        )


def _add_links(edges: _Edges, system: System) -> None:
    for row in in_order(system.overlaps):
        cells = _cells(row, "measure_a", "measure_b", "kind")
        edges.add(
            f"measure:{row.measure_a}",
            f"measure:{row.measure_b}",
            "overlap",
            overlap=row.kind,
            row=edges.key("overlaps", row),
            **cells,
        )
    for row in in_order(system.influences):
        cells = _cells(row, "source_measure", "target_measure")
        edges.add(
            f"measure:{row.source_measure}",
            f"measure:{row.target_measure}",
            "influence",
            steps=row.steps,
            row=edges.key("influences", row),
            **cells,
        )
    for row in in_order(system.controls):
        edges.add(
            f"agency:{row.agency}",
            f"measure:{row.measure}",
            "control",
            row=edges.key("controls", row),
            **_cells(row, "agency", "measure"),
        )
    for row in in_order(system.incentives):
        edges.add(f"agency:{row.payer}", f"agency:{row.payee}", "incentive", **_cells(row, "payer", "payee"))
    for row in in_order(system.draws):
        edges.add(
            f"measure:{row.measure}",
            f"resource:{row.resource}",
            "draw",
            row=edges.key("draws", row),
            **_cells(row, "measure", "resource"),
        )


def _add_conflicts(edges: _Edges, system: System, conflicts: bool | Conflicts) -> None:  # noqa: FBT001 - the verb's
    # Graphs without conflicts need none of what looks for them.
    from alignment.conflicts.collection import find_conflicts

    shown = find_conflicts(system) if isinstance(conflicts, bool) else conflicts
    index = shown.arrays
    if index.system != system:
        raise OptionError("These conflicts are those of another system.")
    for finding in shown.findings:
        facts = {
            "conflict_id": finding.id,
            "conflict": finding.kind,
            "severity": finding.severity,
            "confidence": finding.confidence,
        }
        for one, two in _meetings(finding):
            edges.add(f"agency:{index.agencies[one].id}", f"agency:{index.agencies[two].id}", "conflict", **facts)
        for one, two in _pairs(finding.measures):
            edges.add(f"measure:{index.measures[one].id}", f"measure:{index.measures[two].id}", "conflict", **facts)
        if not any(finding.between) and not finding.measures:
            edges.add(f"outcome:{finding.outcome}", f"outcome:{finding.outcome}", "conflict", **facts)


def _meetings(finding: Finding) -> Iterator[tuple[int, int]]:
    """The agencies that meet in a conflict, each two once: those of one side with those of another."""
    met = set[frozenset[int]]()
    for left, right in combinations(finding.parties, 2):
        for one in sorted(left):
            for two in sorted(right):
                if (pair := frozenset((one, two))) not in met:
                    met.add(pair)
                    yield one, two


def _pairs(measures: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Each two measures of a conflict, in its order; a single one with itself."""
    return combinations(measures if len(measures) != 1 else measures * 2, 2)
