"""What has to hold with whatever versions are installed: clean standard output, and the same answers.

`make newest` runs this with the newest of everything.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import alignment as al
from alignment.cli.app import program

PINNED = os.environ.get("ALIGNMENT_PINNED")
"""A Python with the versions of constraints.txt, to compare with."""

EXAMPLES = ("winter-pressure", "london-2018", "england-frameworks")
COVER = "3 3\n2 2 5\n2\n1 3\n3\n1 2 3\n2\n2 3\n"
"""A covering problem as the OR-Library writes them."""


def commands() -> dict[str, Any]:
    """Every command that can give JSON, as the app tells."""
    every: dict[str, Any] = getattr(program, "commands")  # noqa: B009 - click's or typer's own
    return {name: each for name, each in every.items() if any("--json" in option.opts for option in each.params)}


def pipeline(name: str, command: Any) -> list[list[str]]:
    """The example that the help of a command gives, as words; without one, it is asked about the smallest example."""
    example = re.search(r"\balignment .*", command.epilog or "")
    lines = (example[0] if example else f"alignment {name} winter-pressure").split(" | ")
    return [shlex.split(line)[1:] for line in lines]


def ran(words: list[str], given: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "alignment", *words], input=given, capture_output=True, cwd=folder, check=False
    )


FORMS = ("--csv", "--html")


@pytest.mark.parametrize("name", commands())
def test_json_is_all_that_a_command_writes_to_standard_output(name: str, tmp_path: Path) -> None:
    """By a process of its own: libraries write past Python, and some only when they end."""
    al.write(al.read(al.example("winter-pressure")), tmp_path / "my-place.xlsx")
    (tmp_path / "scp.txt").write_text(COVER)
    (tmp_path / "answer.json").write_text(
        al.find_conflicts(al.read("london-2018"), "opposed").to_json(), encoding="utf-8"
    )
    *before, last = pipeline(name, commands()[name])
    given = b""
    for words in before:
        given = ran(words, given, tmp_path).stdout
    done = ran([*(word for word in last if word not in FORMS), "--json"], given, tmp_path)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert json.loads(done.stdout)


def test_every_way_to_solve_leaves_standard_output_alone() -> None:
    script = (
        "import alignment as al; from alignment.solver.highs import silent; silent();"
        "system = al.read(al.example('winter-pressure'));"
        "al.can_all_be_met(system); al.shared_values(system); al.smallest_repair(system);"
        "[al.propose(system, solver=how) for how in ('highs', 'cbc', 'race')];"
        "al.cover([[1, 0, 1], [1, 1, 1], [0, 1, 1]], [2, 2, 5], [(0, 1, 3)])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


STAGES = """
import json, sys
import alignment as al
found = al.propose(al.read(al.example(sys.argv[1])), solver=sys.argv[2], time_limit=300)
print(json.dumps([found.measures, [(each.stage, each.value, each.proven) for each in found.stages]]))
"""


def stages(python: str, name: str, solver: str = "highs") -> Any:
    done = subprocess.run([python, "-c", STAGES, name, solver], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_have_the_same_stages_whoever_solves_them(name: str) -> None:
    measures, found = stages(sys.executable, name)
    assert all(proven for _, _, proven in found)
    assert stages(sys.executable, name, "cbc") == [measures, found]
    if PINNED:
        assert stages(PINNED, name) == [measures, found]
