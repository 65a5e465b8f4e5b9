"""Small inputs that failed, each the smallest of its kind (tests/cases), and the right outcome of each command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import networkx  # noqa: ICN001 - told as Any below
import pytest

import alignment as al
from tests.terminal import in_terminal

nx: Any = networkx

CASES: Final = Path(__file__).parents[1] / "cases"

SILENT: Final = "Read with"
"""What validate says where something is noted."""


class Case(NamedTuple):
    """A command, and what comes of it."""

    name: str
    command: str
    """FILE stands for the input."""
    code: int
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


TABLE: Final = (
    Case("no-outcomes", "propose FILE", 3, ("the outcome of none is known", "captures"), ("Proven", "best")),
    Case("no-outcomes", "propose FILE --json", 3, ("the outcome of none is known",), ('"proven": true',)),
    Case("merged-outcome", "validate FILE", 0, ("C2:C4 is merged",)),
    Case("merged-deliverer", "validate FILE", 0, ("E2:E6 is merged",)),
    Case("percent-one-cell", "validate FILE", 0, ("cell D2", "92% was read as 92, as the unit is %")),
    Case("semicolons", "validate FILE", 0, ("has semicolons between its cells",), ("Delete",)),
    Case("sep-line", "validate FILE", 0, ("has semicolons between its cells", "sep=;, which is no row"), ("Delete",)),
    Case("tabs", "validate FILE", 0, ("has tabs between its cells",), ("Delete",)),
    Case("codes-as-ids", "validate FILE", 2, ("1 fault in", "cell A4, column id", "Write 'ETS-01'", "so too in")),
    Case(
        "names-for-agencies",
        "validate FILE",
        0,
        ("cell A2", "'Department of Health' was read as dept, whose name it is"),
        ("department-of-health",),
    ),
    Case("dates-for-ids", "validate FILE", 2, ("1 fault in", "sheet measures, cell A2", "Excel makes dates")),
    Case(
        "proper-names",
        "conflicts FILE --all",
        0,
        ("Ofsted rating", "English Housing Survey", "Friends and Family Test"),
        ("ofsted", "english housing", "friends and family"),
    ),
    Case("cover-sheets", "validate FILE --show notes", 0, ("sheet Cover", "sheet Contents", "sheet Notes")),
    Case("hidden-lists", "validate FILE", 0, ("sheet Lists: is hidden", "passed over")),
    Case("title-row", "validate FILE", 0, ("is read from row 3, where the headings are",)),
    Case("headings-capitals", "validate FILE", 0, ("Read with 5 notes", "'Source Measure' as source_measure")),
    Case("not-available", "validate FILE", 0, ("'..' was read as blank", "3 more cells"), ("Write a number",)),
    Case("trajectory", "conflicts FILE --all", 0, ("conflict",), ("inconsistent",)),
    Case("float-noise", "conflicts FILE --all", 0, ("conflict",), ("inconsistent", "91.99")),
    Case("kumu-map", "validate FILE", 2, ("1 fault in", "is a systems map of Kumu", "alignment map"), ("collections",)),
    Case("protected", "validate FILE", 2, ("1 fault in", "is protected by a password", "take off the password")),
    Case("edges-other-headings", "camps --edges FILE", 0, ("from, to and sign are taken for a, b and weight",)),
    Case("edges-signs", "camps --edges FILE", 0, ("Camp 1: Borough", "Camp 2: Dept, Hospital")),
    Case("certainty-empty-set", "certainty FILE --draws 5 --workers 1", 3, ("the outcome of none is known",)),
    Case("fuzzy-weights", "validate FILE", 0, ("lie between -1 and 1, as in fuzzy maps", "column effect")),
    Case("fuzzy-weights", "advice FILE", 0, ("lie between -1 and 1, as in fuzzy maps",)),
    Case("graph-same-id", "validate FILE", 0, (), (SILENT,)),
    Case("graph-sources", "validate FILE", 0, (), (SILENT,)),
)


def path_of(name: str) -> Path:
    """The one input of a case."""
    (path,) = (CASES / name).iterdir()
    return path


@pytest.mark.parametrize("case", TABLE, ids=lambda case: f"{case.name}-{case.command.split()[0]}")
def test_a_command_ends_and_says_what_is_right(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES)
    file = path_of(case.name).relative_to(CASES).as_posix()
    code, said = in_terminal(f"alignment {case.command.replace('FILE', file)}", monkeypatch)
    told = " ".join(said.split())
    assert code == case.code, told
    assert [word for word in case.says if word not in told] == [], told
    assert [word for word in case.never if word in told] == [], told


def test_every_case_is_here() -> None:
    others = {"scalars-in-arrays"}
    assert {path.name for path in CASES.iterdir()} == {case.name for case in TABLE} | others


def system(name: str) -> al.System:
    return al.read(path_of(name))


def test_the_values_are_those_that_are_meant() -> None:
    assert [row.outcome for row in system("merged-outcome").measures[:3]] == ["value"] * 3
    assert {row.for_agency for row in system("merged-deliverer").targets} == {"hospital"}
    assert system("percent-one-cell").targets[0].value == 92
    assert [row.baseline for row in system("not-available").measures] == [None] * 4
    plain = system("tabs")
    for name in ("semicolons", "sep-line", "cover-sheets", "hidden-lists", "title-row", "headings-capitals"):
        assert system(name) == plain
    assert system("names-for-agencies") == system("percent-one-cell") == plain


def test_a_request_in_lists_of_one_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    file = path_of("scalars-in-arrays")
    line = (
        f"curl -s http://127.0.0.1:8765/v1/analyses/conflicts -H 'Content-Type: application/json' --data-binary @{file}"
    )
    code, said = in_terminal(line, monkeypatch)
    assert code == 0
    found = json.loads(said)
    asked = json.loads(file.read_text(encoding="utf-8"))["system"]
    plain = {table: [{name: one for name, (one,) in row.items()} for row in rows] for table, rows in asked.items()}
    assert found["conflicts"]
    assert len(found["conflicts"]) == len(al.find_conflicts(al.read(plain)))


def by_gexf(graph: Any, home: Path) -> Any:
    nx.write_gexf(graph, home / "graph.gexf")
    return nx.read_gexf(home / "graph.gexf")


def by_list(graph: Any, home: Path) -> Any:
    return nx.from_pandas_edgelist(nx.to_pandas_edgelist(graph), edge_attr=True, create_using=nx.MultiDiGraph)


def by_data(graph: Any, home: Path) -> Any:
    return nx.node_link_graph(nx.node_link_data(graph, edges="edges"), edges="edges")


@pytest.mark.parametrize("there_and_back", [by_gexf, by_list, by_data])
@pytest.mark.parametrize("name", ["graph-same-id", "graph-sources"])
def test_a_graph_survives_networkx(name: str, there_and_back: Callable[[Any, Path], Any], tmp_path: Path) -> None:
    graph: Any = al.graph(system(name))
    after = there_and_back(graph, tmp_path)
    if there_and_back is not by_list:
        # A list of edges has no nodes without one.
        assert len(after) == len(graph)
    assert after.number_of_edges() == graph.number_of_edges()


def test_the_sources_of_rows_are_under_names_that_networkx_does_not_use() -> None:
    graph: Any = al.graph(system("graph-sources"))
    data: Any = nx.node_link_data(graph, edges="edges")
    plans = [edge for edge in data["edges"] if "plan" in edge.values()]
    assert len(plans) == len(system("graph-sources").targets)
    assert all(edge["source"] in graph and edge["target"] in graph for edge in data["edges"])
