"""Solvers that lie: HiGHS behind a model that changes what it says, CBC behind a program that changes what it wrote."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, Literal

import highspy
import numpy as np
import pytest

from alignment.solver import cbc, highs, ladder, relaxation, warm

When = Callable[["Liar"], bool]
Lie = Literal["point", "other point", "high bound", "low bound", "status", "no time", "infeasible", "values"]

LIES: Final[tuple[Lie, ...]] = (
    "point",
    "other point",
    "high bound",
    "low bound",
    "status",
    "no time",
    "infeasible",
    "values",
)

STATUS: Final[Mapping[str, Any]] = {
    "status": highspy.HighsModelStatus.kUnbounded,
    "no time": highspy.HighsModelStatus.kTimeLimit,
    "infeasible": highspy.HighsModelStatus.kInfeasible,
}


def always(_: Liar) -> bool:
    """Whatever it is asked."""
    return True


def with_start(liar: Liar) -> bool:
    """Where it was given one, or a basis of its own."""
    return liar.started


def with_presolve(liar: Liar) -> bool:
    """Where it may make the programme smaller first."""
    return liar.settings.get("presolve") != "off"


class Liar:
    """A model of HiGHS that tells a lie."""

    def __init__(self, model: Any, settings: dict[str, Any], lie: Lie, when: When) -> None:
        self.__dict__.update(model=model, settings=settings, lie=lie, when=when, started=False, runs=0)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.model, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.model, name, value)

    def _lies(self, *lies: Lie) -> bool:
        return self.lie in lies and self.when(self)

    def setSolution(self, solution: Any) -> None:  # noqa: N802 - theirs
        """It was given a start."""
        self.__dict__["started"] = True
        self.model.setSolution(solution)

    def clearSolver(self) -> None:  # noqa: N802
        """It forgot where it was."""
        self.__dict__["started"] = False
        self.__dict__["runs"] = 0
        self.model.clearSolver()

    def run(self) -> None:
        """It solves; the next time it knows where it was."""
        self.model.run()
        self.__dict__["runs"] += 1
        if self.runs > 1:
            self.__dict__["started"] = True

    def getModelStatus(self) -> Any:  # noqa: N802
        """What it says of itself."""
        return STATUS[self.lie] if self._lies("status", "no time", "infeasible") else self.model.getModelStatus()

    def getInfo(self) -> Any:  # noqa: N802
        """What it says of its bound."""
        info = self.model.getInfo()
        off = 5.0 if self._lies("high bound") else -5.0 if self._lies("low bound") else 0.0
        return SimpleNamespace(
            primal_solution_status=info.primal_solution_status,
            mip_dual_bound=info.mip_dual_bound + off,
            objective_function_value=info.objective_function_value + off,
        )

    def getSolution(self) -> Any:  # noqa: N802
        """Its point and the numbers of its rows."""
        found = self.model.getSolution()
        values, duals = np.array(found.col_value), np.array(found.row_dual)
        if self._lies("point"):
            values = values + 0.5
        if self._lies("other point"):
            values = 1 - np.round(values)
        if self._lies("values"):
            values = values[:-1]
        if self._lies("high bound", "low bound"):
            duals = duals * 2 + 1
        return SimpleNamespace(col_value=values.tolist(), row_dual=duals.tolist(), dual_valid=found.dual_valid)

    def getDualRay(self) -> Any:  # noqa: N802
        """What it says rows contradict each other with."""
        if not self._lies("infeasible"):
            return self.model.getDualRay()
        return None, True, np.ones(self.model.getNumRow())


def lying_highs(monkeypatch: pytest.MonkeyPatch, lie: Lie, when: When = always) -> None:
    """Let every HiGHS tell a lie, sometimes."""
    honest = highs.silent

    def silent(**settings: Any) -> Liar:
        return Liar(honest(**settings), settings, lie, when)

    monkeypatch.setattr(highs, "silent", silent)


def lying_simplex(monkeypatch: pytest.MonkeyPatch, lie: Lie, when: When = always) -> None:
    """Let the HiGHS of warm programmes and relaxations tell a lie, sometimes; others are honest."""
    honest = highs.simplex

    def simplex(**settings: Any) -> Liar:
        return Liar(honest(**settings), settings, lie, when)

    for module in (warm, relaxation):
        monkeypatch.setattr(module, "simplex", simplex)


CBC: Final = """\
import re, subprocess, sys
done = subprocess.run([{path!r}, *sys.argv[1:]])
presolve = "-preprocess" not in sys.argv
start = "-mips" in sys.argv
if {when}:
    lie, text = {lie!r}, open("found.sol").read()
    head, *rows = text.splitlines()
    number = re.compile(r"value (\\S+)")
    if lie == "infeasible":
        head, rows = "Infeasible - objective value 0.00000000", []
    if lie == "status":
        head, rows = "Unbounded - objective value 0.00000000", []
    if lie == "no time":
        head, rows = "Stopped on time (no integer solution - continuous used) - objective value 0.00000000", []
    if lie in ("high bound", "low bound"):
        off = 5 if lie == "high bound" else -5
        head = number.sub(lambda found: f"value {{float(found[1]) + off:.8f}}", head)
    words = [row.split() for row in rows]
    for row in words:
        if row[1].startswith("X"):
            value = float(row[2])
            row[2] = str(value + 0.5 if lie == "point" else 1 - round(value) if lie == "other point" else value)
        elif lie in ("high bound", "low bound"):
            row[3] = str(2 * float(row[3]) + 1)
    if lie == "values":
        words = words[:-1]
    open("found.sol", "w").write("\\n".join([head, *map(" ".join, words)]) + "\\n")
sys.exit(done.returncode)
"""


def lying_cbc(monkeypatch: pytest.MonkeyPatch, folder: Path, lie: Lie, when: str = "True") -> None:
    """Let CBC tell a lie: always, or where ``start`` or ``presolve`` is."""
    path = cbc.program()
    if path is None:
        pytest.skip("there is no CBC for this machine")
    script = folder / "cbc"
    script.write_text(f"#!{sys.executable}\n" + CBC.format(path=path, lie=lie, when=when))
    script.chmod(0o755)
    for module in (cbc, ladder):
        monkeypatch.setattr(module, "program", lambda: str(script))
