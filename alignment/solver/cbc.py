"""CBC, that comes with PuLP, as a child process in a temporary folder; both are gone when it ends, however it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
import pulp  # pyright: ignore[reportMissingTypeStubs]

from alignment.errors import SolverTrouble
from alignment.linear import Linear

from .clock import Clock, Outcome, Stopped
from .problem import owners, problem_of

TIGHT: Final = "1e-9"
"""Tolerance of rows and whole values."""

POSSIBLE: Final = re.compile(r"(?:best possible|Lower bound:)\s+(-?[\d.]+(?:e[+-]?\d+)?)")
"""What CBC says of its bound."""


CUT_SHORT: Final = re.compile(
    r"Result - Stopped|Result - User|[Ee]xiting on maximum|[Mm]aximum (?:time|seconds)|ctrl-c", re.IGNORECASE
)
"""What CBC says when it did not end by itself."""


def program() -> str | None:
    """Where CBC is; nothing where PuLP brings none for this machine."""
    path = str(pulp.PULP_CBC_CMD.pulp_cbc_path or "")  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return path if path and os.access(path, os.X_OK) else None


class Cbc:
    """A search by a child process.

    Parameters
    ----------
    linear
        The programme.
    clock
        How long there is.
    start
        Values of a known set, to begin from.
    gap
        Two sets whose objectives differ by less are not told apart.
    presolve
        Whether it may make the programme smaller first. There it calls some infeasible that are not.
    """

    def __init__(
        self, linear: Linear, clock: Clock, start: Sequence[float] | None, gap: float, *, presolve: bool = True
    ) -> None:
        self._linear, self._clock, self._start, self._presolve = linear, clock, start, presolve
        # Less than the gap that is asked for, so that its word for the best is a bound within that gap.
        self._allowed = 0.9 * gap
        self._child: subprocess.Popen[Any] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._place: dict[str, int] = {}
        self._rows: dict[str, int] = {}
        self._early: bool | None = None
        """Whether it had ended before its time was up; not known while it runs."""

    def begin(self) -> None:
        """Begin to search.

        Raises
        ------
        SolverTrouble
            It cannot be started.
        """
        path = program()
        if path is None:
            raise SolverTrouble('There is no CBC for this machine; ask for solver="highs".')
        self._folder = tempfile.TemporaryDirectory(prefix="alignment-")
        try:
            self._child = self._started(path, Path(self._folder.name))
        except OSError as error:
            self.end()
            raise SolverTrouble(f'CBC could not be started ({error}); ask for solver="highs".') from error
        except BaseException:
            self.end()
            raise

    def _started(self, path: str, place: Path) -> subprocess.Popen[Any]:
        problem, variables = problem_of(self._linear)
        _, names, row_names, _ = problem.writeMPS(str(place / "asked.mps"), rename=1)
        # Columns that no row and no cost knows are not written; they stay as near to 0 as they may be.
        self._place = {names[each.name]: at for at, each in enumerate(variables) if each.name in names}
        self._rows = dict(zip(row_names.values(), owners(self._linear), strict=True))
        words = [path, "asked.mps", "-timeMode", "elapsed", "-sec", f"{max(0.01, self._clock.left):.3f}"]
        words += ["-ratio", "0", "-allow", f"{self._allowed:.9g}", "-primalT", TIGHT, "-integerT", TIGHT]
        if not self._presolve:
            words += ["-presolve", "off", "-preprocess", "off"]
        if self._start is not None:
            lines = [f"{at} {name} {self._start[at]:.9g}" for name, at in self._place.items()]
            (place / "start.mst").write_text("\n".join(["Stopped on time - objective value 0", *lines, ""]))
            words += ["-mips", "start.mst"]
        words += ["-solve", "-printingOptions", "all", "-solution", "found.sol"]
        with (place / "log").open("wb") as log:
            aside: Any = {"cwd": place, "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, **_apart()}
            return subprocess.Popen(words, **aside)  # noqa: S603 - PuLP's own program, and numbers

    @property
    def ended(self) -> bool:
        """Whether it has come to an end."""
        return self._child is not None and self._child.poll() is not None

    def cancel(self) -> None:
        """Ask it to end with what it has; where that cannot be asked, end it."""
        with suppress(OSError):
            if self._child is not None:
                self._child.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)

    def end(self) -> None:
        """Leave no process and no file behind."""
        if self._child is not None:
            if self._child.poll() is None:
                self._child.kill()
            self._child.wait()
        if self._folder is not None:
            _remove(self._folder)

    def outcome(self) -> Outcome:
        """What it found; nothing while it has not ended.

        Raises
        ------
        SolverTrouble
            It ended without a word, and nobody had asked it to.
        """
        if self._folder is None:
            return Outcome(None, -np.inf, infeasible=False, stopped=self._stopped)
        place = Path(self._folder.name)
        if not self.ended:
            return Outcome(None, self._bound(place), infeasible=False, stopped=self._stopped)
        head, values, rows = "", None, list[str]()
        with suppress(OSError, ValueError):
            head, *rows = (place / "found.sol").read_text().splitlines()
            values = self._values(rows)
        if not head and self._clock.stopped == "finished":
            raise SolverTrouble('CBC ended without an answer; ask for solver="highs".')
        if not head:
            return Outcome(None, self._bound(place), infeasible=False, stopped=self._stopped)
        proof = self._in_time(place)
        if proof and head.lower().startswith(("infeasible", "integer infeasible")):
            return Outcome(None, np.inf, infeasible=True, stopped="finished")
        if proof and head.startswith("Optimal"):
            objective = float(head.rsplit(None, 1)[1])
            numbers = None if self._linear.whole.any() else self._numbers(rows)
            bound = objective - self._allowed
            return Outcome(values, bound, infeasible=False, stopped="finished", numbers=numbers)
        return Outcome(_whole(head, values), self._bound(place), infeasible=False, stopped=self._stopped)

    def _values(self, rows: Sequence[str]) -> tuple[float, ...]:
        values: list[float] = np.clip(0.0, self._linear.lower, self._linear.upper).tolist()
        for row in rows:
            words = row.replace("**", "").split()
            if len(words) > 2 and words[1] in self._place:
                values[self._place[words[1]]] = float(words[2])
        return tuple(values)

    def _numbers(self, rows: Sequence[str]) -> tuple[float, ...]:
        """The dual value of each row: of its two, where it is written once for either bound."""
        numbers = [0.0] * int(self._linear.rows.shape[0])
        for row in rows:
            words = row.replace("**", "").split()
            if len(words) > 3 and words[1] in self._rows:
                numbers[self._rows[words[1]]] += float(words[3])
        return tuple(numbers)

    def _in_time(self, place: Path) -> bool:
        """Whether it ended by itself: at its time limit it may call anything infeasible."""
        if self._early is None:
            self._early = self._clock.stopped == "finished"
        with suppress(OSError):
            return self._early and not CUT_SHORT.search((place / "log").read_text(errors="replace"))
        return False

    @property
    def _stopped(self) -> Stopped:
        return "time limit" if self._clock.stopped == "finished" else self._clock.stopped

    def _bound(self, place: Path) -> float:
        with suppress(OSError):
            found = [float(number) for number in POSSIBLE.findall((place / "log").read_text(errors="replace"))]
            # It is shown with few digits, and as 1e+50 where nothing is open any more.
            known = [number - 1e-6 * max(1.0, abs(number)) for number in found if abs(number) < 1e40]
            return known[-1] if known else -np.inf
        return -np.inf


def _whole(head: str, values: tuple[float, ...] | None) -> tuple[float, ...] | None:
    """Values, if they are of a set: without one it leaves those of a relaxation, and calls it infeasible or stopped."""
    known = head.startswith(("Optimal", "Stopped")) and "no integer solution" not in head
    return values if known else None


def _apart() -> dict[str, Any]:
    """How a child is started that Ctrl-C at the terminal does not reach: we tell it."""
    if sys.platform == "win32":
        quiet = subprocess.STARTUPINFO()
        quiet.dwFlags |= subprocess.STARTF_USESHOWWINDOW
        return {"startupinfo": quiet, "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _remove(folder: tempfile.TemporaryDirectory[str]) -> None:
    for wait in (0.0, 0.1, 0.5):  # Windows lets go of the files of an ended process a little later
        time.sleep(wait)
        with suppress(OSError):
            folder.cleanup()
            return
