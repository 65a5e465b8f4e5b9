"""Help: plain, narrow, quick, and its examples run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import alignment as al
from tests.running import Ran, Runner, finished, process
from tests.thoroughly import part_of

COMMANDS = (
    "demo",
    "new",
    "validate",
    "advice",
    "suggest-overlaps",
    "conflicts",
    "themes",
    "agenda",
    "effects",
    "alignment",
    "congruity",
    "mactor",
    "camps",
    "achieve",
    "joint",
    "effort",
    "repair",
    "shared-values",
    "propose",
    "check",
    "why",
    "alternatives",
    "frontier",
    "coverage",
    "what-if",
    "view",
    "lens",
    "lenses",
    "certainty",
    "report",
    "cover",
    "replay",
    "compare",
    "join",
    "convert",
    "subset",
    "map",
    "serve",
    "keys",
)


def test_the_root_help_names_every_command_and_every_exit_code(run: Runner) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert re.findall(r"^  ([a-z][a-z-]*)  +[A-Z].*\.$", ran.out, re.MULTILINE) == list(COMMANDS)
    assert all(f" {code} " in f" {ran.out.split('Ends with')[1]} " for code in (0, 1, 3, 4, 130))
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_plain_and_narrow_and_has_an_example(run: Runner, command: str) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert f"Example: alignment {'propose' if command == 'check' else command}" in ran.out
    assert ran.out.isascii()
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("command", part_of([name for name in COMMANDS if name != "serve"], 3))
def test_the_example_in_the_help_runs(
    run: Runner, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = run(command, "--help").out.split("Example: ")[1]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALIGNMENT_DATABASE", "sqlite:///kept.db")
    if "my-place.xlsx" in example:
        run("convert", "winter-pressure", "my-place.xlsx")
    if "answer.json" in example:
        (tmp_path / "answer.json").write_text(run("congruity", "london-2018", "--json").out)
    (tmp_path / "scp.txt").write_text("3 2\n4 5\n1  1\n2  1 2\n1  2\n")
    ran = Ran(0, "", "")
    for line in example.split("|"):
        ran = run(*shlex.split(line)[1:], stdin=ran.out)
        assert ran.code == 0, ran.err


def test_what_the_demonstration_suggests_runs(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^  alignment (.*)$", run("demo").out.split("What next:")[1], re.MULTILINE)
    assert len(lines) >= 3
    for line in lines:
        ran = run(*shlex.split(line))
        assert ran.code == 0, ran.err


def test_help_waits_for_nothing_slow() -> None:
    script = "import sys; from alignment.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "alignment.cli.app" in loaded
    assert not loaded & {
        "pandas",
        "numpy",
        "scipy",
        "pulp",
        "highspy",
        "networkx",
        "openpyxl",
        "fastapi",
        "rich.console",
    }


def test_version(run: Runner) -> None:
    assert run("--version") == (0, f"alignment {al.__version__}\n", "")


def test_version_through_the_module() -> None:
    assert finished(process("--version")) == (0, f"alignment {al.__version__}{os.linesep}".encode(), "")
