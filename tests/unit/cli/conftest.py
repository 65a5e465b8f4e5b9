"""A command in this process, and systems to give it."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import alignment as al
from alignment.cli import main
from alignment.solver.highs import Highs
from alignment.verbs.registry import Verb
from tests.running import Ran, Runner


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Runs a command in this process."""
    monkeypatch.setenv("COLUMNS", "80")

    def running(*words: str | Path, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return running


@pytest.fixture
def ctrl_c(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Presses Ctrl-C in this process once a solver has begun to search, and lists when it did."""
    begin: Callable[[Highs], None] = Highs.begin
    pressed: list[str] = []

    def pressing(highs: Highs) -> None:
        begin(highs)
        pressed.append("Ctrl-C")
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Highs, "begin", pressing)
    return pressed


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Any]], None]:
    """Lets a function answer in place of every verb."""

    def answer_with(function: Callable[..., Any]) -> None:
        monkeypatch.setattr(Verb, "ask", function)

    return answer_with


@pytest.fixture(scope="module")
def winter() -> al.System:
    return al.read(al.example("winter-pressure"))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with 25 faults in one table and one in another."""
    home = tmp_path / "broken"
    home.mkdir()
    (home / "agencies.csv").write_text("id,name,tier\ntrust,Trust,provder\n")
    (home / "tiers.csv").write_text("id,name,level\nprovider,Provider,1\n")
    (home / "measures.csv").write_text("id,name\nbeds,Beds\n")
    rows = "".join(f"t{at},trust,no-such-{at},increase\n" for at in range(25))
    (home / "targets.csv").write_text(f"id,agency,measure,sense\n{rows}")
    return home
