"""The only file that knows PuLP: one solve of a programme, through HiGHS in process.

What a solver says is three things: why it stopped, the values it found, and a bound. Values are taken only where it has
a whole set; whether that is proven is decided in whole numbers by the caller.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal

import numpy as np
import pulp  # pyright: ignore[reportMissingTypeStubs]

from .errors import SolverTrouble
from .programme import Programme, Row, needed

Stopped = Literal["finished", "time limit", "interrupted"]

TIGHT: Final = 1e-9
"""Tolerance of rows and whole values: a millionth has to be told from nothing."""

GRACE: Final = 2.0
"""Seconds after its time limit, or after Ctrl-C, in which HiGHS is expected to end; twice that is the longest wait."""

THREADS: Final = 1
"""One number for the whole process: HiGHS keeps one pool, and a second number is an error that nobody sees."""


@dataclass(frozen=True)
class Outcome:
    """What one solve gave.

    Attributes
    ----------
    values
        A value for each column; nothing when no whole set was found.
    bound
        No set has a smaller objective.
    infeasible
        Whether it is proved that there is no set at all.
    stopped
        Why it stopped.
    """

    values: tuple[float, ...] | None
    bound: float
    infeasible: bool
    stopped: Stopped


class Clock:
    """A time limit over several solves.

    Parameters
    ----------
    seconds
        The limit.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._interrupted = threading.Event()

    def part(self, share: float) -> Clock:
        """A clock for a share of the time left; an interruption ends both."""
        found = Clock(self.left * share)
        found._interrupted = self._interrupted
        return found

    def interrupt(self) -> None:
        """End every search under this clock."""
        self._interrupted.set()

    @property
    def interrupted(self) -> bool:
        """Whether somebody has ended the search."""
        return self._interrupted.is_set()

    @property
    def left(self) -> float:
        """Seconds left, not below 0."""
        return max(0.0, self._end - time.monotonic())

    @property
    def stopped(self) -> Stopped:
        """Why there is no time left; finished while there is."""
        if self.interrupted:
            return "interrupted"
        return "finished" if self.left > 0 else "time limit"


def minimise(
    programme: Programme,
    objective: Mapping[int, float],
    holds: Sequence[Row],
    clock: Clock,
    start: Sequence[float] | None = None,
    gap: float = 0.0,
) -> Outcome:
    """The values of the columns that make an objective small.

    Parameters
    ----------
    programme
        Columns and rows.
    objective
        Coefficient of each column.
    holds
        Further rows.
    clock
        How long there is. Ctrl-C ends the search and marks the clock; nothing is raised.
    start
        Values of a known set, to begin from.
    gap
        Two sets whose objectives differ by less are not told apart.

    Raises
    ------
    SolverTrouble
        The solver failed.
    """
    problem, variables = _problem(programme, objective, holds)
    solver = _Highs(variables, clock, start, gap)
    try:
        problem.solve(solver)
    except pulp.PulpSolverError as error:
        raise SolverTrouble(f"The solver failed: {error}") from error
    return solver.outcome(problem)


def _problem(programme: Programme, objective: Mapping[int, float], holds: Sequence[Row]) -> tuple[Any, list[Any]]:
    problem: Any = pulp.LpProblem("aligned", pulp.LpMinimize)
    kinds = {True: pulp.LpInteger, False: pulp.LpContinuous}
    variables = [problem.add_variable(f"x{at}", 0, 1, kinds[whole]) for at, whole in enumerate(programme.whole)]
    problem.setObjective(pulp.LpAffineExpression([(variables[at], number) for at, number in objective.items()]))
    for row in (*needed(programme, objective, holds), *holds):
        terms, least, most = _scaled(row)
        expression = [(variables[at], number) for at, number in terms.items()]
        if least is not None:
            problem.addConstraint(
                pulp.LpConstraint(pulp.LpAffineExpression(expression), pulp.LpConstraintGE, rhs=least)
            )
        if most is not None:
            problem.addConstraint(pulp.LpConstraint(pulp.LpAffineExpression(expression), pulp.LpConstraintLE, rhs=most))
    return problem, variables


def _scaled(row: Row) -> tuple[dict[int, float], float | None, float | None]:
    """A row in numbers around 1. Held objectives get half a unit of air: their values are whole."""
    air = Fraction(1, 2) if row.reason.kind == "hold" else Fraction(0)
    largest = max((abs(number) for number in row.terms.values()), default=1) or 1
    size = largest if row.reason.kind == "hold" else 1
    terms = {at: float(number / size) if size != 1 else float(number) for at, number in row.terms.items()}
    least = None if row.least is None else float((row.least - air) / size)
    most = None if row.most is None else float((row.most + air) / size)
    return terms, least, most


class _Highs(pulp.HiGHS):
    """HiGHS with a start, a bulk hand-over, and an end when it is told to."""

    def __init__(self, variables: list[Any], clock: Clock, start: Sequence[float] | None, gap: float) -> None:
        super().__init__(  # pyright: ignore[reportUnknownMemberType]
            msg=False,
            timeLimit=max(0.01, clock.left),
            threads=THREADS,
            gapRel=0.0,
            gapAbs=gap,
            primal_feasibility_tolerance=TIGHT,
            mip_feasibility_tolerance=TIGHT,
        )
        self._variables = variables
        self._clock = clock
        self._start = start
        self._failure: BaseException | None = None
        self._left_behind = False
        self._done = threading.Event()

    def buildSolverModel(self, lp: Any) -> None:  # noqa: N802 - PuLP's name
        import highspy

        variables = self._variables
        for at, variable in enumerate(variables):
            variable.index = at
        model = highspy.HighsLp()
        rows: list[Any] = list(lp.constraints())
        model.num_col_, model.num_row_ = len(variables), len(rows)
        model.col_cost_ = np.array([lp.objective.get(variable, 0.0) for variable in variables], dtype=float)
        model.col_lower_ = np.array([variable.lowBound for variable in variables], dtype=float)
        model.col_upper_ = np.array([variable.upBound for variable in variables], dtype=float)
        infinity = highspy.kHighsInf
        lows, highs = [row.getLb() for row in rows], [row.getUb() for row in rows]
        model.row_lower_ = np.array([-infinity if low is None else low for low in lows], dtype=float)
        model.row_upper_ = np.array([infinity if high is None else high for high in highs], dtype=float)
        lengths = np.array([len(row) for row in rows], dtype=np.int32)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        model.a_matrix_.index_ = np.array([variable.index for row in rows for variable in row], dtype=np.int32)
        model.a_matrix_.value_ = np.array([number for row in rows for number in row.values()], dtype=float)
        kinds = {"Integer": highspy.HighsVarType.kInteger, "Continuous": highspy.HighsVarType.kContinuous}
        model.integrality_ = [kinds[variable.cat] for variable in variables]
        lp.solverModel.passModel(model)
        if self._start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = list(self._start)
            lp.solverModel.setSolution(solution)

    def callSolver(self, lp: Any) -> None:  # noqa: N802 - PuLP's name
        # The search runs in a thread of its own, so that Ctrl-C reaches the one that waits for it.
        highs = lp.solverModel
        highs.HandleUserInterrupt = True
        # Waited for by an event: a join that Ctrl-C breaks into takes a running thread for ended (CPython < 3.13).
        threading.Thread(target=self._run, args=(highs,), daemon=True).start()
        late = time.monotonic() + self._clock.left + GRACE
        while not self._done.is_set() and time.monotonic() < late + GRACE:
            try:
                self._done.wait(0.1)
            except KeyboardInterrupt:
                self._clock.interrupt()
                late = time.monotonic()
            # HiGHS does not look at the clock everywhere: it is told, and left behind if it does not hear.
            if self._clock.interrupted or time.monotonic() > late:
                highs.cancelSolve()
        self._left_behind = not self._done.is_set()
        if self._failure is not None:
            raise pulp.PulpSolverError(str(self._failure))

    def _run(self, highs: Any) -> None:
        try:
            highs.run()
        except Exception as error:  # noqa: BLE001 - it is raised again in the thread that waits
            self._failure = error
        finally:
            self._done.set()

    def findSolutionValues(self, lp: Any) -> tuple[int, int]:  # noqa: N802, ARG002 - PuLP's name
        # PuLP takes an unproven set for an optimal one; `outcome` asks HiGHS itself.
        return pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound

    def outcome(self, problem: Any) -> Outcome:
        """What HiGHS says of a problem it has solved."""
        import highspy

        if self._left_behind:
            return Outcome(None, -np.inf, infeasible=False, stopped=self._clock.stopped)
        highs = problem.solverModel
        status = highs.getModelStatus()
        info = highs.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Outcome(None, np.inf, infeasible=True, stopped="finished")
        stopped = self._stopped(status, highspy.HighsModelStatus)
        has_set = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = tuple(highs.getSolution().col_value) if has_set else None
        return Outcome(values, float(info.mip_dual_bound), infeasible=False, stopped=stopped)

    def _stopped(self, status: Any, known: Any) -> Stopped:
        if self._clock.interrupted:
            return "interrupted"
        if status in (known.kOptimal, known.kModelEmpty):
            return "finished"
        if status in (known.kTimeLimit, known.kInterrupt):
            return "time limit"
        raise SolverTrouble(f"The solver stopped without an answer: {status}.")
