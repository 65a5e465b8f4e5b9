"""A linear programme as a PuLP problem."""

from __future__ import annotations

from typing import Any

import numpy as np
import pulp  # pyright: ignore[reportMissingTypeStubs]

from alignment.linear import Linear


def problem_of(linear: Linear) -> tuple[Any, list[Any]]:
    """The problem and its variables; a fresh one each time, as solving changes it.

    Parameters
    ----------
    linear
        The programme.
    """
    problem: Any = pulp.LpProblem("aligned", pulp.LpMinimize)
    bounds = zip(_known(linear.lower), _known(linear.upper), linear.whole.tolist(), strict=True)
    kinds = {True: pulp.LpInteger, False: pulp.LpContinuous}
    # Named by number: no user's text reaches a solver's file.
    variables = [
        problem.add_variable(f"x{at}", low, high, kinds[whole]) for at, (low, high, whole) in enumerate(bounds)
    ]
    used = np.flatnonzero(linear.costs).tolist()
    problem.setObjective(pulp.LpAffineExpression([(variables[at], float(linear.costs[at])) for at in used]))
    rows = linear.rows.tocsr()
    starts, columns, numbers = rows.indptr.tolist(), rows.indices.tolist(), rows.data.tolist()
    for at, (least, most) in enumerate(zip(_known(linear.least), _known(linear.most), strict=True)):
        span = slice(starts[at], starts[at + 1])
        terms = [(variables[column], number) for column, number in zip(columns[span], numbers[span], strict=True)]
        for sense, bound in ((pulp.LpConstraintGE, least), (pulp.LpConstraintLE, most)):
            if bound is not None:
                problem.addConstraint(pulp.LpConstraint(pulp.LpAffineExpression(terms), sense, rhs=bound))
    return problem, variables


def owners(linear: Linear) -> list[int]:
    """For each row of the problem, in order, which row of the programme it is: one with two bounds is there twice."""
    bounds = zip(np.isfinite(linear.least).tolist(), np.isfinite(linear.most).tolist(), strict=True)
    return [at for at, known in enumerate(bounds) for bound in known if bound]


def _known(bounds: Any) -> list[float | None]:
    return [float(bound) if np.isfinite(bound) else None for bound in bounds]
