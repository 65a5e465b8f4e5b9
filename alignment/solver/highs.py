"""HiGHS in this process: a start, a bulk hand-over, and an end when it is told to."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np

from alignment.errors import SolverTrouble
from alignment.linear import Linear

from .aside import aside
from .clock import Clock, Outcome, Stopped

TIGHT: Final = 1e-9
"""Tolerance of rows and whole values: a millionth has to be told from nothing."""

THREADS: Final = 1
"""One number for the whole process: HiGHS keeps one pool, and a second number is an error that nobody sees."""

OFTEN: Final = 0.25
"""Seconds between two words of how far a search is, where somebody listens."""


class Highs:
    """A search in a thread of its own, so that Ctrl-C reaches the one that waits for it.

    Parameters
    ----------
    linear
        The programme, handed over in bulk.
    clock
        How long there is.
    start
        Values of a known set, to begin from.
    gap
        Two sets whose objectives differ by less are not told apart.
    presolve
        Whether it may make the programme smaller first.
    """

    def __init__(
        self, linear: Linear, clock: Clock, start: Sequence[float] | None, gap: float, *, presolve: bool = True
    ) -> None:
        self._linear = linear
        self._clock = clock
        self._start = start
        self._settings = {
            "threads": THREADS,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": float(gap),
            "primal_feasibility_tolerance": TIGHT,
            "mip_feasibility_tolerance": TIGHT,
            "presolve": "choose" if presolve else "off",
        }
        self._failure: BaseException | None = None
        self.model: Any = None
        self.done = threading.Event()

    def begin(self) -> None:
        """Begin to search."""
        import highspy

        self.model = silent(time_limit=max(0.01, self._clock.left), **self._settings)
        if self._clock.heard:
            self._listen()
        self.model.passModel(bulk(self._linear))
        if self._start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = list(self._start)
            self.model.setSolution(solution)
        self.model.HandleUserInterrupt = True
        aside(self._run, self.cancel, self.done)

    def _listen(self) -> None:
        """Let it tell how far it is: it speaks only when it would write, so its words go to nobody instead."""
        for name, value in {"log_to_console": False, "output_flag": True, "mip_min_logging_interval": OFTEN}.items():
            self.model.setOptionValue(name, value)
        self.model.cbMipLogging.subscribe(self._tell)

    def _tell(self, event: Any) -> None:
        self._clock.tell(float(event.data_out.mip_primal_bound), float(event.data_out.mip_dual_bound))

    @property
    def ended(self) -> bool:
        """Whether it has come to an end."""
        return self.done.is_set()

    def end(self) -> None:
        """Leave nothing behind, as far as it hears."""
        if self.model is not None and not self.ended:
            self.cancel()

    def _run(self) -> None:
        try:
            self.model.run()
        except Exception as error:  # noqa: BLE001 - it is raised again in the thread that waits
            self._failure = error

    def cancel(self) -> None:
        """Tell it to end; it does so when it looks up next."""
        self.model.cancelSolve()

    def outcome(self) -> Outcome:
        """What it says it found; nothing while it has not ended.

        Raises
        ------
        SolverTrouble
            It failed.
        """
        import highspy

        if not self.done.is_set():
            # It goes on, or does not hear: whatever the clock says, it has not finished.
            stopped = "interrupted" if self._clock.interrupted else "time limit"
            return Outcome(None, -np.inf, infeasible=False, stopped=stopped)
        if self._failure is not None:
            raise SolverTrouble(f"The solver failed: {self._failure}") from self._failure
        status, info = self.model.getModelStatus(), self.model.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Outcome(None, np.inf, infeasible=True, stopped="finished")
        stopped = self._stopped(status, highspy.HighsModelStatus)
        has_set = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        found = self.model.getSolution()
        values = tuple(found.col_value) if has_set else None
        if self._linear.whole.any():
            return Outcome(values, float(info.mip_dual_bound), infeasible=False, stopped=stopped)
        numbers = tuple(found.row_dual) if found.dual_valid else None
        said = float(info.objective_function_value)
        return Outcome(values, said, infeasible=False, stopped=stopped, numbers=numbers)

    def _stopped(self, status: Any, known: Any) -> Stopped:
        if self._clock.interrupted:
            return "interrupted"
        if status in (known.kOptimal, known.kModelEmpty):
            return "finished"
        if status in (known.kTimeLimit, known.kInterrupt):
            return "time limit"
        # Of a programme within bounds nothing else can be said: it is asked in another way.
        return "solvers disagree"


def bulk(linear: Linear, *, whole: bool = True) -> Any:
    """A programme as HiGHS takes it.

    Parameters
    ----------
    linear
        The programme.
    whole
        Whether whole columns stay whole.
    """
    import highspy

    model = highspy.HighsLp()
    rows = linear.rows.tocsr()
    model.num_col_, model.num_row_ = linear.columns, rows.shape[0]
    model.col_cost_ = _numbers(linear.costs)
    model.col_lower_, model.col_upper_ = _numbers(linear.lower), _numbers(linear.upper)
    model.row_lower_, model.row_upper_ = _numbers(linear.least), _numbers(linear.most)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.indptr.astype(np.int32)
    model.a_matrix_.index_ = rows.indices.astype(np.int32)
    model.a_matrix_.value_ = _numbers(rows.data)
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[each] for each in linear.whole.tolist()]
    return model


def relaxed(linear: Linear) -> Linear:
    """A copy whose bounds and costs can be changed in place, with no column whole."""
    return Linear(
        costs=np.array(linear.costs, dtype=float),
        rows=linear.rows.tocsr(),
        least=np.array(linear.least, dtype=float),
        most=np.array(linear.most, dtype=float),
        lower=np.array(linear.lower, dtype=float),
        upper=np.array(linear.upper, dtype=float),
        whole=np.zeros(linear.columns, dtype=bool),
    )


def silent(**settings: Any) -> Any:
    """A HiGHS that writes nothing: standard output belongs to answers.

    Parameters
    ----------
    **settings
        Its options by name.
    """
    model = _silent()()
    for name, value in {"output_flag": False, **settings}.items():
        model.setOptionValue(name, value)
    return model


@cache
def _silent() -> Any:
    import highspy

    class Silent(highspy.Highs):
        """Since 1.16 it greets on standard output when callbacks are set, which its constructor does."""

        def enableCallbacks(self) -> None:  # noqa: N802 - its name
            self.silent()
            super().enableCallbacks()

    return Silent


def simplex(**more: Any) -> Any:
    """HiGHS for linear programmes that are solved again and again, each time from where the last one ended.

    Parameters
    ----------
    **more
        Settings of HiGHS.
    """
    settings = {"threads": THREADS, "presolve": "off", "solver": "simplex", "dual_feasibility_tolerance": 1e-9}
    return silent(**{**settings, **more})


def _numbers(values: Any) -> Any:
    return np.asarray(values, dtype=float)
