"""Structural balance: published results, and cases that follow by rule.

Gahuku-Gama. Read (1954), Cultures of the central highlands, New Guinea, Southwestern Journal of Anthropology 10, 1-43:
sixteen tribes, 29 alliances and 29 enmities. The edges are those of the Koblenz Network Collection (ucidata-gama, as
stored in vkasojhaa/Comparison-of-Shortest-Path-Searching-Algorithms). Results to compare with, from the documentation
of the R package signnet (schochastics/signnet) and from a page that runs it: 86.76% of the triangles are balanced, the
exact frustration index is 7 with tribes 1, 2, 15 and 16 in one camp, and three blocks leave 2 ties against the grain.
The papers themselves were not at hand.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest

import alignment as al
from tests.thoroughly import part_of

GAMA = """
1 2 +  1 3 -  2 3 -  1 4 -  3 4 +  1 5 -  2 5 -  1 6 -  2 6 -  3 6 +  3 7 +  5 7 +  6 7 +  3 8 +  4 8 +
6 8 +  7 8 +  2 9 -  5 9 +  6 9 -  2 10 -  9 10 +  6 11 +  7 11 +  8 11 +  9 11 -  10 11 -  1 12 -  6 12 +  7 12 +
8 12 +  11 12 +  6 13 -  7 13 +  9 13 +  10 13 +  11 13 -  5 14 +  8 14 -  12 14 -  13 14 +  1 15 +  2 15 +  5 15 -
9 15 -  10 15 -  11 15 -  12 15 -  13 15 -  1 16 +  2 16 +  5 16 -  6 16 -  11 16 -  12 16 -  13 16 -  14 16 -  15 16 +
"""
Edge = tuple[str, str, float]


def gama() -> list[Edge]:
    words = iter(GAMA.split())
    return [
        (f"{int(a):02}", f"{int(b):02}", 1.0 if sign == "+" else -1.0)
        for a, b, sign in zip(words, words, words, strict=True)
    ]


def test_the_tribes_are_those_of_the_sources() -> None:
    """58 ties, half of them enmities; the balanced share of triangles is that of signnet: 0.8676471 = 59/68."""
    edges = gama()
    assert (len(edges), sum(weight < 0 for *_, weight in edges)) == (58, 29)
    sign = {frozenset(edge[:2]): edge[2] for edge in edges}
    triangles = [
        sign[frozenset((a, b))] * sign[frozenset((b, c))] * sign[frozenset((a, c))]
        for a, b, c in itertools.combinations(sorted({name for edge in edges for name in edge[:2]}), 3)
        if {frozenset((a, b)), frozenset((b, c)), frozenset((a, c))} <= set(sign)
    ]
    assert Fraction(sum(value > 0 for value in triangles), len(triangles)) == Fraction(59, 68)


def test_two_camps_of_tribes() -> None:
    found = al.frustration(gama())
    assert (found.index, found.proven, found.unique, found.parts) == (7, True, True, 1)
    assert found.camps[0] == ("01", "02", "15", "16")
    assert found.with_grain == pytest.approx(1 - 7 / 58, abs=1e-6)


def test_two_camps_of_tribes_by_trying_all() -> None:
    edges = [(int(a) - 1, int(b) - 1, weight) for a, b, weight in gama()]
    splits = (np.arange(2**15)[:, None] >> np.arange(16)) & 1
    costs = sum((splits[:, a] == splits[:, b]) == (weight < 0) for a, b, weight in edges)
    assert (int(np.min(costs)), int(np.sum(costs == np.min(costs)))) == (7, 1)


def test_three_camps_of_tribes() -> None:
    """signnet's blocks, as a page that runs it shows them: 2 2 1 1 3 1 1 1 3 3 1 1 3 3 2 2, criterion 2."""
    found = al.frustration(gama(), k=3)
    assert (found.index, found.proven, found.unique) == (2, True, True)
    blocks = dict(enumerate("2211311133113322", 1))
    wanted = {tuple(f"{at:02}" for at, block in blocks.items() if block == each) for each in "123"}
    assert set(found.camps) == wanted
    assert al.frustration(gama(), k=16).index == 2


# By rule


def foes(pairs: list[tuple[int, int]]) -> list[Edge]:
    return [(f"n{a:02}", f"n{b:02}", -1.0) for a, b in pairs]


TWO, THREE = part_of(range(2, 13), 5), part_of(range(2, 10), 3)


@pytest.mark.parametrize(("size", "k"), [*((size, 2) for size in TWO), *((size, 3) for size in THREE)])
def test_all_against_all(size: int, k: int) -> None:
    """Against the grain are the pairs within camps, fewest when camps are as even as can be (Turán)."""
    sizes = [size // k + (at < size % k) for at in range(k)]
    found = al.frustration(foes(list(itertools.combinations(range(size), 2))), k)
    assert found.index == sum(each * (each - 1) // 2 for each in sizes)
    assert [len(camp) for camp in found.camps] == [each for each in sizes if each]
    assert found.unique == (size <= k)
    if k == 2:
        assert found.index == size * (size - 1) // 2 - size**2 // 4


@pytest.mark.parametrize("size", range(3, 9))
def test_a_cycle_is_balanced_when_its_enmities_are_even(size: int) -> None:
    """Harary: a signed graph is balanced when every cycle has an even number of negative edges. In three camps one
    with a single negative edge is not, and every other is (Davis)."""
    for negative in range(size + 1):
        cycle = [(f"n{at}", f"n{(at + 1) % size}", -1.0 if at < negative else 1.0) for at in range(size)]
        assert al.frustration(cycle).index == negative % 2
        assert al.frustration(cycle, k=3).index == (negative == 1)


def test_the_petersen_graph_of_foes() -> None:
    """Ten, each with three foes: the largest cut has 12 of 15 edges, so 3 go against the grain; three camps do
    (its chromatic number is 3)."""
    outer = [(at, (at + 1) % 5) for at in range(5)]
    inner = [(5 + at, 5 + (at + 2) % 5) for at in range(5)]
    edges = foes([*outer, *inner, *((at, at + 5) for at in range(5))])
    assert al.frustration(edges).index == 3
    assert al.frustration(edges, k=3).index == 0


def test_the_four_triangles() -> None:
    """Heider's triads: the friend of a friend, and the enemy of an enemy, are friends."""
    for signs, index in (((1, 1, 1), 0), ((1, -1, -1), 0), ((1, 1, -1), 1), ((-1, -1, -1), 1)):
        a, b, c = signs
        assert al.frustration([("p", "o", a), ("o", "x", b), ("p", "x", c)]).index == index
