"""One minimal conflicting set as others find it: PuLP problems built anew, HiGHS' own search, Pyomo's explanation."""

from __future__ import annotations

import importlib
import logging
import re
import time
from collections.abc import Sequence
from typing import Any

from alignment.feasibility.conflicting_sets import Cores
from alignment.feasibility.moves import TOLERANCE


def rebuilt(cores: Cores, cap: float) -> tuple[tuple[int, ...] | None, float]:
    """One set by leaving out one target after the other, each time a fresh PuLP problem; nothing after the cap."""
    started = time.perf_counter()
    kept = list(range(len(cores)))
    for each in range(len(cores)):
        if time.perf_counter() - started > cap:
            return None, cap
        rest = [one for one in kept if one != each]
        if not _solved(cores, rest):
            kept = rest
    return tuple(kept), time.perf_counter() - started


def _solved(cores: Cores, demands: Sequence[int]) -> bool:
    import pulp  # pyright: ignore[reportMissingTypeStubs]

    moves = cores.moves
    problem: Any = pulp.LpProblem("filter", pulp.LpMinimize)
    bounds = zip(moves.lower.tolist(), moves.upper.tolist(), strict=True)
    levers = [problem.add_variable(f"x{at}", low, high) for at, (low, high) in enumerate(bounds)]
    rows = moves.rows.tocsr()
    for demand in demands:
        at = int(cores.row[demand])
        span = slice(rows.indptr[at], rows.indptr[at + 1])
        columns, numbers = rows.indices[span].tolist(), rows.data[span].tolist()
        terms = [(levers[column], number) for column, number in zip(columns, numbers, strict=True)]
        least = float(cores.low[demand]) - TOLERANCE
        problem.addConstraint(pulp.LpConstraint(pulp.LpAffineExpression(terms), pulp.LpConstraintGE, rhs=least))
    solver: Any = pulp.HiGHS(msg=False, threads=1)
    problem.solve(solver)
    return int(problem.status) == 1


def by_highs(cores: Cores) -> tuple[tuple[int, ...], float]:
    """One set by HiGHS' own search (strategy 6)."""
    import highspy

    from alignment.solver.highs import bulk

    least, most = cores.bounds(cores.every)
    started = time.perf_counter()
    model: Any = highspy.Highs()
    for name, value in (("output_flag", False), ("threads", 1), ("iis_strategy", 6)):
        model.setOptionValue(name, value)
    model.passModel(bulk(cores.moves.linear(least - TOLERANCE, most + TOLERANCE)))
    model.run()
    _, found = model.getIis()
    rows = set(found.row_index_)
    return tuple(at for at in range(len(cores)) if int(cores.row[at]) in rows), time.perf_counter() - started


def by_pyomo(cores: Cores) -> tuple[tuple[int, ...], float]:
    """One set by Pyomo's explanation (elastic relaxations, then a deletion filter), solved by HiGHS.

    It is told as text, and is minimal together with the bounds of the levers.
    """
    pyo: Any = importlib.import_module("pyomo.environ")
    explain: Any = importlib.import_module("pyomo.contrib.iis.mis").compute_infeasibility_explanation
    moves, said = cores.moves, _Said()
    started = time.perf_counter()
    model: Any = pyo.ConcreteModel()
    bounds = list(zip(moves.lower.tolist(), moves.upper.tolist(), strict=True))
    model.x = pyo.Var(range(len(bounds)), bounds=dict(enumerate(bounds)))
    rows = moves.rows.tocsr()
    for demand in range(len(cores)):
        at = int(cores.row[demand])
        span = slice(rows.indptr[at], rows.indptr[at + 1])
        terms = zip(rows.indices[span].tolist(), rows.data[span].tolist(), strict=True)
        total = pyo.quicksum(number * model.x[column] for column, number in terms)
        model.add_component(f"t{demand}", pyo.Constraint(expr=total >= float(cores.low[demand]) - TOLERANCE))
    model.aim = pyo.Objective(expr=0)
    explain(model, _Highs(pyo), logger=said.logger)
    found = re.findall(r"constraint: t(\d+)$", said.text.partition("Constraints / bounds in MIS:")[2], re.MULTILINE)
    return tuple(sorted(map(int, found))), time.perf_counter() - started


class _Highs:
    """Pyomo's HiGHS, which raises an error where there is no solution; the explanation wants to be told."""

    def __init__(self, pyo: Any) -> None:
        self._pyo, self._inner = pyo, pyo.SolverFactory("appsi_highs")

    def available(self) -> bool:
        return True

    def solve(self, model: Any, *, tee: bool) -> Any:
        try:
            return self._inner.solve(model, tee=tee)
        except RuntimeError:
            results: Any = importlib.import_module("pyomo.opt").SolverResults()
            results.solver.termination_condition = self._pyo.TerminationCondition.infeasible
            return results


class _Said(logging.Handler):
    """Keeps what a logger is told."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.logger = logging.Logger("said")
        self.logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.text += record.getMessage()
