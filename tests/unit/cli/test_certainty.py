"""How sure, at the command line: text, JSON, CSV, and Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

import alignment as al
from tests.running import Runner, posix

FEW = ("certainty", "winter-pressure", "--draws", "8", "--workers", "1")


def test_text_json_and_csv_say_the_same(run: Runner) -> None:
    found = al.certainty(al.read(al.example("winter-pressure")), draws=8)
    assert run(*FEW).out.strip() == found.to_text(80)
    assert run(*FEW, "--json").out.strip() == found.model_dump_json(indent=2)
    frame = run(*FEW, "--csv").frame
    assert list(frame["measure"]) == [row.measure for row in found.measures]


@pytest.mark.parametrize("what", ["measures", "conflicts", "influences", "sets", "draws"])
def test_csv_shows_the_table_that_was_asked_for(run: Runner, what: str) -> None:
    found = al.certainty(al.read(al.example("winter-pressure")), draws=8)
    assert len(run(*FEW, "--csv", "--show", what).frame) == len(getattr(found, what))


def test_a_table_that_there_is_not(run: Runner) -> None:
    ran = run(*FEW, "--csv", "--show", "measure")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean 'measures'?" in ran.said


def test_a_limit_of_time_is_told(run: Runner) -> None:
    ran = run("certainty", "winter-pressure", "--draws", "100000", "--workers", "1", "--seconds", "0.5", "--json")
    assert ran.code == 0
    assert ran.json["stopped"] == "time limit"
    assert "The time limit ended the draws" in ran.said


@posix
def test_ctrl_c_gives_the_draws_done_so_far() -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    job = subprocess.Popen(
        [sys.executable, "-m", "alignment", "certainty", "winter-pressure", "--draws", "100000", "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200"},
        start_new_session=True,
    )
    os.close(theirs)
    heard = b""
    while b"0 of 100000 draws" not in heard:
        heard += os.read(ours, 10_000)
    os.killpg(job.pid, signal.SIGINT)  # as a terminal does: every process of the command hears it
    out, _ = job.communicate(timeout=60)
    heard += os.read(ours, 100_000)
    os.close(ours)
    found = json.loads(out)
    assert (job.returncode, found["stopped"]) == (130, "interrupted")
    assert 0 < found["done"] == len(found["draws"]) < 100_000
    assert b"Interrupted: these are the" in heard
    assert b"Traceback" not in heard
    assert _gone(job.pid)


def _gone(group: int) -> bool:
    """Whether every process of a group ends soon."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
