"""Small coverings at random, the best of all their sets by trying each, and published ones by their rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import numpy as np
from scipy import sparse

from alignment.covering import Covering

STEINER_15 = """
3 4 6,4 5 7,1 5 8,1 2 9,2 3 10,2 5 6,1 3 7,2 4 8,3 5 9,1 4 10,8 9 11,9 10 12,6 10 13,6 7 14,7 8 15,7 10 11,6 8 12,
7 9 13,8 10 14,6 9 15,1 13 14,2 14 15,3 11 15,4 11 12,5 12 13,1 12 15,2 11 13,3 12 14,4 13 15,5 11 14,1 6 11,2 7 12,
3 8 13,4 9 14,5 10 15"""
"""The triples of A15, as OR-Tools gives them (examples/data/scp/data.15)."""


def random_covering(seed: int, *, also: bool = False) -> Covering:
    """A covering of a few rows and columns; some rows may have no column."""
    dice = np.random.default_rng(seed)
    rows, columns = int(dice.integers(1, 9)), int(dice.integers(1, 10))
    matrix = dice.random((rows, columns)) < dice.uniform(0.15, 0.6)
    every = np.array(list(combinations(range(columns), 2)), dtype=np.int64).reshape(-1, 2)
    pairs = every[dice.permutation(len(every))[: int(dice.integers(0, len(every) + 1))]]
    return Covering(
        matrix=sparse.csr_array(matrix.astype(float)),
        costs=dice.integers(0, 6, columns).astype(float),
        pairs=pairs,
        penalties=dice.integers(0, 5, len(pairs)).astype(float),
        whole=np.ones(columns, dtype=bool),
        **(_further(dice, columns, len(pairs)) if also else {}),
    )


def _further(dice: np.random.Generator, columns: int, pairs: int) -> dict[str, Any]:
    """One or two further rows, some over pairs; one of them may ask for at least something."""
    number = int(dice.integers(1, 3))
    rows = np.zeros((number, columns + pairs))
    rows[:, :columns] = dice.integers(-1, 3, (number, columns))
    rows[:, columns:] = dice.integers(0, 3, (number, pairs)) * dice.integers(0, 2)
    least, most = np.full(number, -np.inf), dice.integers(1, 6, number).astype(float)
    if dice.random() < 0.4:
        rows[0, columns:] = 0
        least[0], most[0] = 1, np.inf
    return {"also": sparse.csr_array(rows), "least": least, "most": most}


def sets_of(columns: int) -> Iterator[np.ndarray[Any, np.dtype[np.bool_]]]:
    """Every set of some columns."""
    return (np.array(chosen) for chosen in product((False, True), repeat=columns))


def least_of(covering: Covering) -> float:
    """The cost of the cheapest set, by trying each; infinite where there is none."""
    return min((covering.cost(each) for each in sets_of(covering.columns) if covering.holds(each)), default=np.inf)


def matrix_of(rows: list[list[int]], columns: int) -> Any:
    """A sparse matrix from the columns of each row."""
    matrix = np.zeros((len(rows), columns))
    for at, row in enumerate(rows):
        matrix[at, row] = 1
    return sparse.csr_array(matrix)


def steiner_9_or_27(power: int) -> Any:
    """The lines of the affine space over three elements: A9 in the plane, A27 in space."""
    points = list(product(range(3), repeat=power))
    place = {point: at for at, point in enumerate(points)}
    third = [
        (one, two, tuple((-x - y) % 3 for x, y in zip(one, two, strict=True))) for one, two in combinations(points, 2)
    ]
    lines = sorted({tuple(sorted(place[point] for point in line)) for line in third})
    return matrix_of([list(line) for line in lines], len(points))


def steiner_15() -> list[list[int]]:
    """A15: the points of each triple, counted from 0."""
    return [[int(word) - 1 for word in triple.split()] for triple in STEINER_15.strip().split(",")]


def steiner_45() -> Any:
    """A15 tripled: three copies of each point are a triple, and so are copies of a triple whose numbers add up to 0."""
    rows = [[3 * point, 3 * point + 1, 3 * point + 2] for point in range(15)]
    for one, two, three in steiner_15():
        rows += [[3 * one + i, 3 * two + j, 3 * three + (-i - j) % 3] for i, j in product(range(3), repeat=2)]
    return matrix_of(rows, 45)


def hypercube(dimension: int) -> Any:
    """CYC of Grossman and Wool (1997): edges of a hypercube that meet each of its squares."""
    edges = [(at, way) for at in range(2**dimension) for way in range(dimension) if not at >> way & 1]
    place = {edge: at for at, edge in enumerate(edges)}
    rows = [
        [place[at, one], place[at, two], place[at | 1 << one, two], place[at | 1 << two, one]]
        for at in range(2**dimension)
        for one, two in combinations(range(dimension), 2)
        if not at >> one & 1 and not at >> two & 1
    ]
    return matrix_of(rows, len(edges))
