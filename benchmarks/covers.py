"""Coverings with and without penalties: textbook PuLP with HiGHS and with CBC against `cover`."""

from __future__ import annotations

import math
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Final, cast
from unittest.mock import patch

import numpy as np
import pulp  # pyright: ignore[reportMissingTypeStubs]
from scipy import sparse

import alignment as al
from alignment.covering import Covering, cuts, tree
from alignment.covering.published import covering_of
from alignment.covering.reduce import Reduced, reduced
from alignment.solver import Clock
from benchmarks.checks import Different

Pairs = list[tuple[int, int, int]]

WHOLE: Final = 1 - 1e-6


@dataclass(frozen=True)
class Problem:
    """A covering problem with a name."""

    name: str
    matrix: Any
    costs: Any
    pairs: Pairs

    @property
    def size(self) -> str:
        rows, columns = self.matrix.shape
        return f"{rows} x {columns}"


@dataclass(frozen=True)
class Timed:
    """What one way of working found: the cost if it is proven, and the seconds by the clock."""

    cost: float | None
    seconds: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f}" if self.cost is not None else f">{self.seconds:.0f}"


def random_matrix(rows: int, columns: int, density: float, seed: int) -> Any:
    """Entries at random, at least two in a row and one in a column."""
    dice = np.random.default_rng(seed)
    lists = [dice.choice(columns, max(2, int(dice.binomial(columns, density))), replace=False) for _ in range(rows)]
    place = (np.repeat(np.arange(rows), [len(each) for each in lists]), np.concatenate(lists))
    matrix = sparse.coo_array((np.ones(len(place[0])), place), shape=(rows, columns)).tolil()
    for column in np.flatnonzero(np.asarray(matrix.sum(axis=0)).ravel() == 0):
        matrix[dice.integers(rows), column] = 1
    return matrix.tocsr()


def random_costs(columns: int, seed: int) -> Any:
    return np.random.default_rng(seed).integers(1, 101, columns)


def random_pairs(columns: int, number: int, highest: int, seed: int) -> Pairs:
    """Pairs of columns at random, with penalties of 1 to some number."""
    dice = np.random.default_rng(seed)
    every = np.array(list(combinations(range(columns), 2)))
    chosen = every[dice.choice(len(every), number, replace=False)].tolist()
    return [
        (one, two, int(paid)) for (one, two), paid in zip(chosen, dice.integers(1, highest + 1, number), strict=True)
    ]


def most_overlapping(matrix: Any, costs: Any, number: int) -> Pairs:
    """The pairs that share most rows, with penalties after Carrabs et al. for what they share beyond all others."""
    for allowed in range(matrix.shape[0], -1, -1):
        pairs = al.overlap_penalties(matrix, costs, allowed)
        if len(pairs) >= number:
            return sorted(sorted(pairs, key=lambda each: -each[2])[:number])
    return al.overlap_penalties(matrix, costs, 0)


def lines_of_space() -> Any:
    """A27 of Fulkerson, Nemhauser and Trotter (1974), with much symmetry."""
    points = list(product(range(3), repeat=3))
    place = {point: at for at, point in enumerate(points)}
    thirds = (
        (one, two, tuple((-x - y) % 3 for x, y in zip(one, two, strict=True))) for one, two in combinations(points, 2)
    )
    lines = sorted({tuple(sorted(place[point] for point in line)) for line in thirds})
    matrix = np.zeros((len(lines), len(points)))
    for at, line in enumerate(lines):
        matrix[at, list(line)] = 1
    return sparse.csr_array(matrix)


def policy(density: float, seed: int, kind: str, *, unit: bool = False) -> Problem:
    """200 duties, 330 measures and 2,000 penalised pairs."""
    matrix = random_matrix(200, 330, density, seed)
    costs = np.ones(330, dtype=int) if unit else random_costs(330, seed)
    pairs = most_overlapping(matrix, costs, 2_000) if kind == "overlap" else random_pairs(330, 2_000, 50, seed)
    label = f"{kind} pairs, density {density:.0%}" + (", unit" if unit else "")
    return Problem(label, matrix, costs, pairs)


def shared(rows: int, columns: int, density: float, seed: int, allowed: int) -> Problem:
    """Penalties after Carrabs et al. (2024)."""
    matrix, costs = random_matrix(rows, columns, density, seed), random_costs(columns, seed)
    return Problem(f"overlaps beyond {allowed}", matrix, costs, al.overlap_penalties(matrix, costs, allowed))


def plain(rows: int, columns: int, density: float, seed: int, *, unit: bool = False) -> Problem:
    """No penalties."""
    costs = np.ones(columns, dtype=int) if unit else random_costs(columns, seed)
    return Problem(
        f"density {density:.0%}" + (", unit" if unit else ""), random_matrix(rows, columns, density, seed), costs, []
    )


def spread(*, quick: bool) -> Iterator[Problem]:
    """Problems of several kinds; the quick ones take a few seconds."""
    yield Problem("A27", lines_of_space(), np.ones(27, dtype=int), []) if not quick else plain(20, 40, 0.1, 0)
    if quick:
        yield shared(30, 50, 0.1, 1, 1)
        return
    yield policy(0.02, 1, "overlap")
    yield policy(0.05, 1, "overlap")
    yield policy(0.02, 1, "overlap", unit=True)
    yield policy(0.05, 1, "random")
    yield shared(100, 150, 0.05, 1, 1)
    yield shared(100, 300, 0.03, 2, 1)
    yield shared(200, 1_000, 0.02, 5, 1)
    yield plain(200, 1_000, 0.02, 1)
    yield plain(200, 1_000, 0.05, 2)
    yield plain(300, 3_000, 0.02, 3)
    yield plain(50, 500, 0.2, 5, unit=True)
    yield plain(200, 330, 0.02, 6, unit=True)


def _each_pair(problem: Problem, z: Sequence[Any], y: Sequence[Any]) -> Iterable[Any]:
    """A row a pair."""
    for at, (one, two, _) in enumerate(problem.pairs):
        yield y[at] >= z[one] + z[two] - 1


def _aggregated(problem: Problem, z: Sequence[Any], y: Sequence[Any]) -> Iterable[Any]:
    """One row a column: where it is chosen, its pairs are as many as its partners that are chosen."""
    partners: dict[int, list[tuple[int, int]]] = {}
    for at, (one, two, _) in enumerate(problem.pairs):
        partners.setdefault(one, []).append((two, at))
        partners.setdefault(two, []).append((one, at))
    for column, found in partners.items():
        others = pulp.lpSum(z[other] for other, _ in found)
        yield pulp.lpSum(y[at] for _, at in found) >= others - len(found) * (1 - z[column])


def textbook(problem: Problem, solver: Callable[[], Any], cap: float, *, aggregated: bool = False) -> Timed:
    """As a textbook writes it: a sum a row, and ``y >= z_i + z_j - 1``, or one such row a column."""
    began = time.monotonic()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model: Any = pulp.LpProblem("cover", pulp.LpMinimize)
        z: list[Any] = [model.add_variable(f"z{at}", cat="Binary") for at in range(len(problem.costs))]
        y: list[Any] = [model.add_variable(f"y{at}", 0, 1) for at in range(len(problem.pairs))]
        paid = pulp.lpSum(each[2] * y[at] for at, each in enumerate(problem.pairs))
        model += pulp.lpSum(int(cost) * column for cost, column in zip(problem.costs, z, strict=True)) + paid
        for row in np.split(problem.matrix.indices, problem.matrix.indptr[1:-1]):
            model += pulp.lpSum(z[column] for column in row) >= 1
        for row in (_aggregated if aggregated else _each_pair)(problem, z, y):
            model += row
        model.solve(solver())
    seconds = time.monotonic() - began
    if model.sol_status != 1 or seconds > cap + 1:
        return Timed(None, cap)
    return Timed(round(cast("Any", pulp).value(model.objective)), seconds)


def by_highs(problem: Problem, cap: float) -> Timed:
    return textbook(problem, lambda: pulp.HiGHS(msg=False, timeLimit=cap, gapRel=0), cap)


def by_cbc(problem: Problem, cap: float) -> Timed:
    return textbook(problem, lambda: pulp.PULP_CBC_CMD(msg=False, timeLimit=cap, gapRel=0), cap)


def ours(problem: Problem, cap: float) -> Timed:
    began = time.monotonic()
    found = al.cover(problem.matrix, problem.costs, problem.pairs, time_limit=cap)
    return Timed(found.cost if found.proven else None, time.monotonic() - began if found.proven else cap)


def covers(*, quick: bool, cap: float) -> Iterable[str]:
    """The spread of problems, each three ways."""
    yield ""
    yield "Covers (seconds by the clock, everything counted from the arrays; the same cost checked first;"
    yield f"a search that proves nothing within {cap:g} s counts as that long)"
    yield f"{'':40}{'pairs':>8}{'cost':>8}{'HiGHS':>9}{'CBC':>9}{'library':>9}{'times':>7}"
    rows: list[tuple[Timed, Timed, Timed]] = []
    for problem in spread(quick=quick):
        three = by_highs(problem, cap), by_cbc(problem, cap), ours(problem, cap)
        _same(problem, three)
        rows.append(three)
        known = next((f"{each.cost:g}" for each in three if each.cost is not None), "-")
        cells = "".join(f"{each!s:>9}" for each in three)
        times = min(three[0].seconds, three[1].seconds) / three[2].seconds
        yield f"  {problem.size:12}{problem.name:26}{len(problem.pairs):8,}{known:>8}{cells}{times:7.1f}"
    yield from _sums(rows)


def _same(problem: Problem, found: Sequence[Timed]) -> None:
    costs = {each.cost for each in found if each.cost is not None}
    if len(costs) > 1:
        raise Different(f"Not the same cost of {problem.name}: {costs}")


def _sums(rows: Sequence[tuple[Timed, Timed, Timed]]) -> Iterator[str]:
    highs, cbc = (_mean([row[at].seconds / row[2].seconds for row in rows]) for at in (0, 1))
    worst = max(row[2].seconds / min(row[0].seconds, row[1].seconds) for row in rows)
    yield f"  geometric mean: {highs:.1f} times HiGHS, {cbc:.1f} times CBC; at worst {worst:.2f} of the better's time"


def _mean(numbers: Sequence[float]) -> float:
    return math.exp(sum(map(math.log, numbers)) / len(numbers))


def _nothing(*_: Any) -> int:
    return 0


def _as_they_are(_: tree.Worker, node: tree.Node, __: float) -> tuple[Any, Any]:
    return node.low, node.high


def _all_pairs(before: Callable[..., None]) -> Callable[..., None]:
    def begin(self: Any, covering: Covering, clock: Clock) -> None:
        before(self, covering, clock)
        # Every solution breaks every row once all values are 1.
        self.relaxation.values = np.ones(covering.columns)
        self.state_pairs()
        self.relaxation.values = np.zeros(self.relaxation.columns)

    return begin


WITHOUT: Final[dict[str, Callable[[], Any]]] = {
    "every step": lambda: patch.object(tree, "BRIEF", tree.BRIEF),
    "no walk": lambda: patch.multiple(tree, BRIEF=0, STEPS=0),
    "all pair rows at once": lambda: patch.object(cuts.Cuts, "__init__", _all_pairs(cuts.Cuts.__init__)),
    "no cliques": lambda: patch.object(cuts.Cuts, "state_cliques", _nothing),
    "no products": lambda: patch.object(cuts.Cuts, "state_products", _nothing),
    "no fixing by reduced cost": lambda: patch.object(tree.Worker, "_fixed", _as_they_are),
    "nothing made smaller": lambda: patch("benchmarks.covers.smaller", _as_it_is),
}
"""The search with one step left out; two threads are one of the steps that are looked at apart."""


def smaller(covering: Covering) -> Reduced:
    return reduced(covering)


def _as_it_is(covering: Covering) -> Reduced:
    every = np.arange(covering.columns)
    return Reduced(covering, covering, every, every)


def alone(problem: Problem, cap: float, threads: int = 1) -> tuple[Timed, int]:
    """Branch and bound with nobody beside it; and how many nodes."""
    covering = covering_of(problem.matrix, problem.costs, problem.pairs)
    began = time.monotonic()
    search = tree.Tree(smaller(covering).covering, Clock(cap), None, WHOLE, threads)
    search.begin()
    search.done.wait()
    proven = search.outcome().stopped == "finished"
    return Timed(
        search.shared.least if proven else None, time.monotonic() - began if proven else cap
    ), search.shared.nodes


def steps(*, quick: bool, cap: float) -> Iterable[str]:
    """What each step of branch and bound gives."""
    chosen = list(spread(quick=quick))[1:5]
    yield ""
    yield "Branch and bound alone, with one step left out (seconds by the clock, nodes)"
    yield f"{'':28}" + "".join(f"{problem.name:>26}" for problem in chosen)
    for name, without in WITHOUT.items():
        with without():
            yield f"  {name:26}" + "".join(f"{_cell(*alone(problem, cap)):>26}" for problem in chosen)
    yield f"  {'two threads':26}" + "".join(f"{_cell(*alone(problem, cap, 2)):>26}" for problem in chosen)


def stated(*, quick: bool, cap: float) -> Iterable[str]:
    """What HiGHS makes of pair rows stated in two ways, and of looking for symmetry."""
    chosen = [*list(spread(quick=quick))[:1], *list(spread(quick=quick))[1:4]]
    yield ""
    yield "The textbook model in HiGHS, stated otherwise (seconds by the clock)"
    yield f"{'':28}" + "".join(f"{problem.name:>26}" for problem in chosen)
    ways: dict[str, Callable[[Problem], Timed]] = {
        "a row a pair": lambda problem: by_highs(problem, cap),
        "a row a column": lambda problem: textbook(problem, _highs(cap), cap, aggregated=True),
        "no look for symmetry": lambda problem: textbook(problem, _highs(cap, mip_detect_symmetry=False), cap),
    }
    for name, way in ways.items():
        yield f"  {name:26}" + "".join(f"{way(problem)!s:>26}" for problem in chosen)


def _highs(cap: float, **options: Any) -> Callable[[], Any]:
    return lambda: pulp.HiGHS(msg=False, timeLimit=cap, gapRel=0, **options)


def _cell(found: Timed, nodes: int) -> str:
    return f"{found}, {nodes:,}"


def large(*, quick: bool, seconds: float) -> Iterable[str]:
    """Beyond a million entries: the gap that is left."""
    yield ""
    yield f"Large covers: the gap after {seconds:g} s (the set is judged again, the bound is Lagrangian or a solver's)"
    sizes = [(40, 400, 0.05)] if quick else [(5_000, 50_000, 0.006), (2_000, 100_000, 0.006)]
    for rows, columns, density in sizes:
        matrix, costs = random_matrix(rows, columns, density, 1), random_costs(columns, 1)
        began = time.monotonic()
        found = al.cover(matrix, costs, time_limit=seconds)
        took = time.monotonic() - began
        yield (
            f"  {rows:,} x {columns:,}, {matrix.nnz:,} entries: cost {found.cost:g}, bound {found.bound:g}, "
            f"gap {found.gap:.1%}, {took:.0f} s"
        )
