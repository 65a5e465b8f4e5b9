"""Published set covering: Steiner triples and hypercubes, made by their rules.

Values of A9, A15, A27 (Fulkerson, Nemhauser and Trotter 1974) as OR-Tools lists them in
examples/data/scp/README.steiner_triple.txt. The small hypercube is proven here by both solvers.
"""

from __future__ import annotations

import pytest

import alignment as al
from alignment.solver import How
from tests.covers import hypercube, matrix_of, steiner_9_or_27, steiner_15

PUBLISHED = {
    "A9": (lambda: steiner_9_or_27(2), 12, 5),
    "A15": (lambda: matrix_of(steiner_15(), 15), 35, 9),
    "A27": (lambda: steiner_9_or_27(3), 117, 18),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_steiner_triples(name: str) -> None:
    make, rows, best = PUBLISHED[name]
    matrix = make()
    assert matrix.shape == (rows, int(name[1:]))
    found = al.cover(matrix, [1] * matrix.shape[1], time_limit=120)
    assert (found.cost, found.proven) == (best, True)


@pytest.mark.parametrize("solver", ["highs", "cbc", "race"])
def test_every_solver_agrees_on_a_hypercube(solver: How) -> None:
    matrix = hypercube(4)
    assert matrix.shape == (24, 32)
    found = al.cover(matrix, [1] * 32, solver=solver)
    assert (found.cost, found.proven) == (8, True)
