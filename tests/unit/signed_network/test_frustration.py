"""Camps against every split there is, and the laws of balance."""

from __future__ import annotations

import itertools
import random
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import alignment as al
from alignment.linear import Linear
from alignment.models.options.fields import Group
from alignment.signed_network.camps import Counted
from alignment.signed_network.cycles import violated
from alignment.signed_network.edges import edges_of
from alignment.signed_network.frustration import split_of
from alignment.signed_network.local_search import climb, rounded, shaken, starts
from alignment.signed_network.programme import Model
from alignment.signed_network.signed_graph import Signed, canonical
from alignment.solver import Clock
from tests.random_systems import random_system, shuffled
from tests.running import posix
from tests.thoroughly import most, part_of

Edges = list[tuple[str, str, float]]


def random_edges(seed: int, most: int = 7) -> Edges:
    """A signed graph that depends on the seed alone, sparse or dense, with ties or without."""
    draw = random.Random(seed)
    names = [f"n{at}" for at in range(draw.randint(2, most))]
    share = draw.choice((0.3, 0.6, 1.0))
    weights = draw.choice(((-1, 1), (-1, -1, -1, 1), (-2.5, -1, -0.25, 0.5, 1, 2, 0)))
    return [(a, b, draw.choice(weights)) for a, b in itertools.combinations(names, 2) if draw.random() < share]


def rows_of_camps(size: int, k: int) -> Iterator[tuple[int, ...]]:
    """Every split into at most k camps, once, camps numbered as they appear."""
    for row in itertools.product(range(k), repeat=size):
        if all(camp <= max(row[:at], default=-1) + 1 for at, camp in enumerate(row)):
            yield row


def cost_of(edges: Edges, camp: dict[str, int]) -> float:
    return sum(abs(weight) for a, b, weight in edges if (camp[a] == camp[b]) == (weight < 0))


def parts_of(edges: Edges) -> list[set[str]]:
    parts: list[set[str]] = []
    for a, b, weight in edges:
        if weight:
            touched = [part for part in parts if a in part or b in part]
            parts = [part for part in parts if part not in touched] + [{a, b}.union(*touched)]
    return parts


def by_trying(edges: Edges, k: int) -> tuple[float, dict[str, int], bool]:
    """The least against the grain, the first split with it, and whether it is the only one in each part."""
    total, camp, unique = 0.0, dict[str, int](), True
    for part in parts_of(edges):
        names = sorted(part)
        inside = [edge for edge in edges if edge[0] in part and edge[2]]
        costs = {
            row: cost_of(inside, dict(zip(names, row, strict=True)))
            for row in rows_of_camps(len(names), min(k, len(names)))
        }
        least = min(costs.values())
        best = [row for row, cost in costs.items() if cost == least]
        total += least
        camp |= dict(zip(names, min(best), strict=True))
        unique &= len(best) == 1
    return total, camp, unique


@pytest.mark.parametrize("k", [1, 2, 3, 4, 9])
@pytest.mark.parametrize("seed", part_of(range(80)))
def test_the_split_is_the_first_of_the_best(seed: int, k: int) -> None:
    edges = random_edges(seed, most=7 if k < 4 else 6)
    found = al.frustration(edges, k)
    index, camp, unique = by_trying(edges, k)
    assert found.index == pytest.approx(index)
    assert {name: at - 1 for name, at in found.camp_of.items()} == camp
    assert found.unique == unique
    assert found.proven
    assert found.first
    assert found.bound == found.index
    assert found.parts == len(parts_of(edges))
    assert found.stopped == "finished"
    assert sum(abs(edge.weight) for edge in found.against) == pytest.approx(index)


@pytest.mark.parametrize("solver", ["cbc", "race"])
@pytest.mark.parametrize("seed", range(6))
def test_other_solvers_say_the_same(seed: int, solver: Any) -> None:
    edges = random_edges(seed + 500)
    # They differ in what the record says of who was asked, and in nothing else.
    assert al.frustration(edges, 3, solver=solver).recorded(None) == al.frustration(edges, 3).recorded(None)


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_rows_and_names_does_not_matter(seed: int) -> None:
    edges = random_edges(seed, 8)
    turned = [(b, a, weight) for a, b, weight in edges]
    random.Random(seed).shuffle(turned)
    assert al.frustration([*turned, *turned[:2]]) == al.frustration(edges)
    frame = pd.DataFrame(turned, columns=["b", "a", "weight"])
    assert al.frustration(frame).to_frame().equals(al.frustration(edges).to_frame())


@st.composite
def graphs(draw: st.DrawFn) -> Edges:
    size = draw(st.integers(2, 7))
    pairs = list(itertools.combinations([f"n{at}" for at in range(size)], 2))
    weights = draw(st.lists(st.sampled_from((-2.0, -1.0, 0.0, 1.0, 3.0)), min_size=len(pairs), max_size=len(pairs)))
    return [(a, b, weight) for (a, b), weight in zip(pairs, weights, strict=True)]


@settings(deadline=None, max_examples=most(40, 10))
@given(graphs(), st.sets(st.integers(0, 6)))
def test_switching_leaves_the_index_of_two_camps(edges: Edges, moved: set[int]) -> None:
    """Turning the signs of all relations between some and the others changes nothing (Zaslavsky's switching)."""
    inside = {f"n{at}" for at in moved}
    switched = [(a, b, -weight if (a in inside) != (b in inside) else weight) for a, b, weight in edges]
    assert al.frustration(switched).index == al.frustration(edges).index


@settings(deadline=None, max_examples=most(30, 10))
@given(graphs(), st.lists(st.integers(0, 2), min_size=7, max_size=7))
def test_what_is_balanced_has_index_0(edges: Edges, camps: list[int]) -> None:
    camp = {f"n{at}": value for at, value in enumerate(camps)}
    balanced = [(a, b, abs(weight) if camp[a] == camp[b] else -abs(weight)) for a, b, weight in edges]
    assert al.frustration(balanced, 3).index == 0
    assert al.frustration(balanced, 3).with_grain == 1


@settings(deadline=None, max_examples=most(30, 10))
@given(graphs())
def test_more_camps_never_do_harm(edges: Edges) -> None:
    indices = [al.frustration(edges, k).index for k in (1, 2, 3, 4)]
    assert indices == sorted(indices, reverse=True)
    assert indices[0] == sum(-weight for *_, weight in edges if weight < 0)


def graph_of(edges: Edges) -> Signed:
    place = {name: at for at, name in enumerate(sorted({name for edge in edges for name in edge[:2]}))}
    ends = np.array([(place[a], place[b]) for a, b, _ in edges], dtype=np.int64).reshape(-1, 2)
    return Signed(len(place), ends, np.array([round(4 * weight) for *_, weight in edges], dtype=np.int64))


def graphs_of_one_part(number: int) -> list[Signed]:
    found = [[edge for edge in random_edges(seed, 6) if edge[2]] for seed in range(900, 1000)]
    return [graph_of(edges) for edges in found if len(parts_of(edges)) == 1][:number]


@pytest.mark.parametrize("k", [2, 3])
@pytest.mark.parametrize("graph", part_of(graphs_of_one_part(20), 3))
def test_a_cycle_that_is_found_goes_against_the_grain_of_every_split(graph: Signed, k: int) -> None:
    for cycle in violated(graph, k, np.zeros(len(graph.weights))):
        for row in rows_of_camps(graph.size, min(k, graph.size)):
            assert graph.against(np.array(row))[list(cycle)].any()


@pytest.mark.parametrize("k", [2, 3, 4])
@pytest.mark.parametrize("graph", part_of(graphs_of_one_part(12), 3))
def test_the_programme_holds_every_split_once_at_its_cost(graph: Signed, k: int) -> None:
    """Without a solver: splits numbered as they appear fulfil its rows, others and those ruled out do not."""
    k = min(k, graph.size)
    model = Model(graph, k)
    model.add(violated(graph, k, np.zeros(len(graph.weights))))
    linear, costs = model.linear(), dict[tuple[int, ...], int]()
    for row in itertools.product(range(k), repeat=graph.size):
        camps = np.array(row)
        values = np.array(model.values(camps))
        assert fits(linear, values) == (canonical(camps).tolist() == list(row))
        assert model.camps(values.tolist()).tolist() == list(row)
        assert linear.costs @ values == graph.cost(camps)
        costs[row] = graph.cost(camps)
    first = min(rows_of_camps(graph.size, k), key=costs.__getitem__)
    without = model.linear(most=costs[first], without=np.array(first))
    for row in rows_of_camps(graph.size, k):
        wanted = costs[row] == costs[first] and row != first
        assert fits(without, np.array(model.values(np.array(row)))) == wanted
    places = model.linear(held=np.array(first[:2]), first=np.arange(2, graph.size))
    for row in rows_of_camps(graph.size, k):
        values = np.array(model.values(np.array(row)))
        assert fits(places, values) == (row[:2] == first[:2])
        assert places.costs @ values == sum(camp * k ** (graph.size - 1 - at) for at, camp in enumerate(row) if at > 1)


def fits(linear: Linear, values: Any) -> bool:
    sums = linear.rows @ values
    inside = np.all((linear.lower <= values) & (values <= linear.upper))
    return bool(inside and np.all((linear.least <= sums) & (sums <= linear.most)))


@pytest.mark.parametrize("k", [2, 3])
@pytest.mark.parametrize("graph", part_of(graphs_of_one_part(12), 3))
def test_no_change_of_one_node_makes_a_start_better(graph: Signed, k: int) -> None:
    found = [*starts(graph, k), *shaken(graph, k, np.zeros(graph.size, dtype=np.int64))]
    found.append(rounded(graph, k, np.zeros(len(graph.weights))))
    for camps in found:
        for node, camp in itertools.product(range(graph.size), range(k)):
            other = camps.copy()
            other[node] = camp
            assert graph.cost(other) >= graph.cost(camps)


@pytest.mark.parametrize("graph", part_of(graphs_of_one_part(12), 3))
def test_rounding_what_a_split_says_gives_that_split(graph: Signed) -> None:
    for row in rows_of_camps(graph.size, 2):
        camps = np.array(row)
        told = rounded(graph, 2, graph.against(camps).astype(float))
        assert canonical(told).tolist() == canonical(climb(graph, 2, camps)).tolist()


def test_camps_are_numbered_as_they_appear() -> None:
    assert canonical(np.array([4, 1, 4, 0, 1])).tolist() == [0, 1, 0, 2, 1]


# Weights


def test_weights_are_counted_in_millionths() -> None:
    found = al.frustration([("a", "b", -0.1), ("b", "c", -0.2), ("a", "c", -0.3), ("c", "d", -1e-6), ("a", "d", 1e6)])
    assert found.index == pytest.approx(0.1)
    assert found.proven
    thirds = al.frustration([("a", "b", -1 / 3), ("b", "c", -1 / 3), ("a", "c", -1 / 3)])
    assert thirds.index == 0.333333


def test_0_is_no_relation() -> None:
    found = al.frustration([("a", "b", 1), ("c", "d", 0), ("a", "c", 0)])
    assert (found.camps, found.alone, found.parts) == ((("a", "b"),), ("c", "d"), 1)
    assert found.to_frame()["camp"].isna().tolist() == [False, False, True, True]
    assert "Without any relation: c, d" in str(found)


def test_nothing_is_balanced() -> None:
    found = al.frustration([])
    assert (found.index, found.camps, found.unique, found.proven, found.with_grain) == (0, (), True, True, 1)
    assert str(found).startswith("0 camps: 0 of 0 relations go against the grain")


# Faults


def test_all_faults_of_an_edge_list_are_said_at_once() -> None:
    rows: list[Any] = [
        ("council", "trust", 1),
        ("council", "council", 1),
        ("trust", "council", -1),
        ("", "trust", "much"),
        ("council", None, float("nan")),
        ("council", "trust"),
        ("region", "trust", float("inf")),
        ("region", "trust", "1e-9"),
        "council",
        ("trust", "council", "1.0"),
    ]
    with pytest.raises(al.InputError) as raised:
        al.frustration(rows)
    weight = "Write +, - or a number: above 0 for, below 0 against, 0 neither; a millionth to a million in size."
    assert [str(fault) for fault in raised.value.faults] == [
        "edges[1]: 'council' is related to itself. Name two: a relation is between two.",
        "edges[2]: 'council' and 'trust' are there already with 1, not -1. Keep one of the two.",
        "edges[3].a: is blank. Write a name.",
        f"edges[3].weight: 'much' is not a number. {weight}",
        "edges[4].b: is blank. Write a name.",
        f"edges[4].weight: is blank. {weight}",
        "edges[5]: has 2 cells. Write two names and a weight.",
        f"edges[6].weight: inf is too large. {weight}",
        f"edges[7].weight: 1e-09 is too small. {weight}",
        "edges[8]: has 1 cells. Write two names and a weight.",
    ]
    assert raised.value.faults[1].repeats == 0


def test_a_frame_without_the_columns_is_a_fault() -> None:
    for names in (("a", "b", "much"), ("who", "whom", "weight")):
        with pytest.raises(al.InputError, match=f"cannot be made out: there are {', '.join(names)}") as raised:
            al.frustration(pd.DataFrame([["x", "y", 1]], columns=list(names)))
        assert len(raised.value.faults) == 1


@pytest.mark.parametrize(
    "names",
    [("from", "to", "sign"), ("Source", "Target", "Polarity"), ("a", "b", "strength"), ("cause", "effect", "+/-")],
)
def test_other_clear_headings_and_bare_signs_say_the_same(names: tuple[str, str, str]) -> None:
    rows = [("Hospital", "Borough", "-"), ("Hospital", "Dept", "+"), ("Borough", "Dept", "\u2212")]
    meant = al.frustration([("Hospital", "Borough", -1), ("Hospital", "Dept", 1), ("Borough", "Dept", -1)])
    assert al.frustration(pd.DataFrame(rows, columns=list(names))) == meant


def test_a_sign_of_its_own_column_goes_with_the_weight() -> None:
    frame = pd.DataFrame({"from": ["x", "y"], "to": ["y", "z"], "weight": [2, 3], "sign": ["-", "+"]})
    assert al.frustration(frame).edges == al.frustration([("x", "y", -2), ("y", "z", 3)]).edges


def test_names_of_a_frame_may_be_numbers() -> None:
    frame = pd.DataFrame({"a": [1.0, 2.0], "b": [2, 3], "weight": [1, -1]})
    assert al.frustration(frame).camps == (("1", "2"), ("3",))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"k": 0}, "^k: 0 is below 1. Write a whole number from 1: the most camps"),
        ({"k": 1.5}, "^k: 1.5 is not a whole number. Write a whole number from 1"),
        ({"k": True}, "^k: true is not a whole number. Write a whole number from 1"),
        ({"time_limit": 0}, "^time_limit: 0 is not above 0. Write a number above 0: how long"),
        ({"time_limit": float("nan")}, "^time_limit: NaN is not a number that can be reckoned with"),
        ({"solver": "higs"}, "Did you mean 'highs'"),
    ],
)
def test_a_wrong_option_is_refused(asked: dict[str, Any], says: str) -> None:
    for ask in (
        lambda: al.frustration([("a", "b", 1)], **asked),
        lambda: al.camps(al.read(al.example("winter-pressure")), **asked),
    ):
        with pytest.raises(al.OptionError, match=says):
            ask()


# Time


def hard(size: int) -> Edges:
    """A complete graph of random signs: little in it is balanced."""
    draw = random.Random(size)
    names = [f"n{at:02}" for at in range(size)]
    return [(a, b, draw.choice((-1.0, 1.0))) for a, b in itertools.combinations(names, 2)]


def test_a_time_limit_gives_a_split_that_is_marked() -> None:
    edges = hard(60)
    found = al.frustration(edges, time_limit=0.5)
    assert (found.proven, found.unique, found.stopped) == (False, None, "time limit")
    assert found.bound < found.index == cost_of(edges, found.camp_of)
    assert "Not proven: a split with as little as" in str(found)
    assert "Whether another is as good is not known." in str(found)


@posix
def test_ctrl_c_gives_the_best_split_so_far() -> None:
    edges = hard(60)
    threading.Timer(1.0, signal.raise_signal, [signal.SIGINT]).start()
    began = time.monotonic()
    found = al.frustration(edges)
    assert time.monotonic() - began < 30
    assert (found.proven, found.stopped) == (False, "interrupted")
    assert found.index == cost_of(edges, found.camp_of)


def test_a_programme_too_large_is_not_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alignment.signed_network.best_split.LARGEST", 10)
    found = al.frustration(hard(8), 3)
    assert found.index == cost_of(hard(8), found.camp_of)
    assert (found.proven, found.first, found.stopped) == (found.index == found.bound, False, "finished")
    assert not found.unique
    assert "first by name" not in str(found)


def test_an_ended_clock_proves_nothing_that_takes_a_search() -> None:
    names, edges = edges_of(hard(12))
    clock = Clock(60)
    clock.interrupt()
    found = split_of(names, edges, 2, clock, "highs")
    assert (found.proven, found.stopped, len(found.camps)) == (False, "interrupted", 1)


# Camps of a system


def by_loops(system: al.System, by: Group) -> dict[tuple[str, str], tuple[float, float]]:
    """Help and hinder of every pair, both ways together."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    rows: list[dict[str, Any]] = al.alignment(system, by).to_frame().to_dict("records")  # pyright: ignore[reportAssignmentType]
    for row in rows:
        pair = (min(row["a"], row["b"]), max(row["a"], row["b"]))
        if row["a"] != row["b"]:
            helped, hindered = found.get(pair, (0.0, 0.0))
            found[pair] = (helped + row["help"], hindered + row["hinder"])
    return found


@pytest.mark.parametrize("count", ["relations", "effects"])
@pytest.mark.parametrize("by", ["agency", "tier", "sector"])
@pytest.mark.parametrize("seed", range(8))
def test_relations_of_a_system_are_its_alignment(seed: int, by: Any, count: Counted) -> None:
    system = random_system(seed)
    found = al.camps(system, by=by, count=count)
    pairs = by_loops(system, by)
    signed = {pair: round(helped - hindered, 6) for pair, (helped, hindered) in pairs.items()}
    wanted = {pair: size for pair, size in signed.items() if size}
    assert {(row.a, row.b) for row in found.relations} == set(wanted)
    assert found.neutral == len(signed) - len(wanted)
    edges: Edges = []
    for row in found.relations:
        assert (row.help, row.hinder) == pytest.approx(pairs[row.a, row.b])
        sign = 1.0 if wanted[row.a, row.b] > 0 else -1.0
        assert row.weight == (sign if count == "relations" else pytest.approx(wanted[row.a, row.b]))
        assert row.alignment == pytest.approx((row.help - row.hinder) / (row.help + row.hinder), abs=1e-6)
        edges.append((row.a, row.b, row.weight))
    split = al.frustration(edges)
    assert (found.camps, found.index, found.unique) == (split.camps, split.index, split.unique)
    assert {(row.a, row.b) for row in found.frustrated} == {(edge.a, edge.b) for edge in split.against}
    assert [row.against for row in found.relations] == sorted((row.against for row in found.relations), reverse=True)
    assert set(found.alone) == set(al.alignment(system, by).groups) - {name for pair in wanted for name in pair}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_of_a_system_does_not_matter(seed: int) -> None:
    system = random_system(seed)
    one, two = al.camps(system, 3), al.camps(shuffled(system, seed), 3)
    assert one == two
    assert one.relations_frame().equals(two.relations_frame())


@pytest.mark.parametrize(("by", "count", "says"), [("agncy", "relations", "agency"), ("tier", "effect", "effects")])
def test_words_that_are_none_are_named(by: Any, count: Any, says: str) -> None:
    with pytest.raises(al.OptionError, match=f"^(by|count): .* Did you mean '{says}'"):
        al.camps(al.read(al.example("winter-pressure")), by=by, count=count)


def test_sentences_name_agencies_and_say_who_acts_on_whom() -> None:
    found = al.camps(al.read(al.example("london-2018")))
    said = found.said()
    assert len(said) == found.index == 8
    assert said[0] == (
        "London acute trust (type) and London borough (type) hinder each other, though they are in one camp."
    )
    assert said[-1] == (
        "London home-care provider (type) and London borough (type) hinder each other, though they are in one camp."
    )
    kept = [row.sentence for row in found.relations if not row.against]
    assert all(", and they are in " in sentence for sentence in kept)


def test_it_prints_for_people() -> None:
    found = al.frustration([("a", "b", -1), ("b", "c", -1), ("a", "c", -0.25), ("x", "y", 2)])
    assert str(found).splitlines() == [
        "2 camps: 1 of 4 relations goes against the grain, weight 0.25 (94% with it).",
        "",
        "Camp 1: a, c, x, y",
        "Camp 2: b",
        "",
        "Against the grain:",
        "  a and c are against each other (-0.25), in one camp.",
        "",
        "Proven: no split has less against the grain.",
        "It is the only one as good.",
        "There are 2 parts: which camp of one goes with which of another says nothing.",
    ]
    assert repr(found) == "<Frustration: index 0.25, 2 camps>"
    frame = found.relations_frame()
    assert frame["against"].tolist() == [True, False, False, False]
    assert list(frame.iloc[0])[:3] == ["a", "c", -0.25]
    assert repr(al.camps(al.read(al.example("winter-pressure")))) == "<Camps by agency: index 0, 1 camp>"
