"""How commands end: served, failed, interrupted."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

import alignment as al
from alignment import cli
from alignment.cli import main
from tests.running import Runner, finished, interrupted, posix, process


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@posix
def test_serve_answers_until_it_is_interrupted(port: int) -> None:
    with process("serve", "--port", str(port)) as job:
        try:
            assert heard(job, f"Uvicorn running on http://127.0.0.1:{port}")
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=60) as answer:
                assert json.load(answer)["status"] == "ok"
            job.send_signal(signal.SIGINT)
            code, out, err = finished(job)
        finally:
            job.kill()
    assert (code, out) == (0, b"")
    assert "Traceback" not in err


def heard(job: subprocess.Popen[bytes], words: str) -> bool:
    """Whether a command says some words before it ends."""
    assert job.stderr is not None
    return any(words in line.decode() for line in iter(job.stderr.readline, b""))


def test_a_port_that_is_taken(port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        code, out, err = finished(process("serve", "--port", str(port)))
    assert (code, out) == (2, b"")
    assert "address already in use" in err
    assert "Traceback" not in err


def test_serve_hands_its_limits_on_and_logs_to_stderr(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []

    def answering(*words: Any) -> None:
        given.extend(words)
        sys.stdout.write("GET /healthz\n")
        raise SystemExit(given[1] - 8000)

    monkeypatch.setattr("alignment.api.serve.serve", answering)
    ran = run("serve", "--port", "8000", "--workers", "3", "--body-limit", "1000")
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (0, "", "GET /healthz")
    assert (given[:2], given[2].workers, given[2].body_limit) == (["127.0.0.1", 8000], 3, 1000)
    given.clear()
    assert run("serve", "--port", "8001").code == 2


def test_serve_names_the_extra_that_it_needs(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    ran = run("serve")
    assert (ran.code, ran.out) == (2, "")
    assert 'pip install "stakeholder-alignment[api]"' in ran.said


def test_limits_of_a_server_are_checked(run: Runner) -> None:
    ran = run("serve", "--workers", "0")
    assert ran.code == 2
    assert "workers" in ran.said


Asking = Callable[[Callable[..., Any]], None]


def test_our_own_fault_is_owned_up_to_without_a_traceback(
    run: Runner, monkeypatch: pytest.MonkeyPatch, asking: Asking
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("nothing by nothing")

    asking(fail)
    monkeypatch.delenv("ALIGNMENT_TRACEBACK", raising=False)
    ran = run("conflicts", "winter-pressure")
    assert (ran.code, ran.out) == (70, "")
    assert "ZeroDivisionError: nothing by nothing" in ran.said
    assert "Traceback" not in ran.err
    monkeypatch.setenv("ALIGNMENT_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["conflicts", "winter-pressure"])


def test_an_interruption_outside_of_a_search(run: Runner, asking: Asking) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    asking(interrupt)
    ran = run("conflicts", "winter-pressure")
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (130, "", "Interrupted.")


@pytest.mark.parametrize("left_behind", [False, True])
def test_the_installed_command_ends_whatever_still_runs(monkeypatch: pytest.MonkeyPatch, left_behind: bool) -> None:
    hard: list[int] = []

    def leave(code: int) -> None:
        hard.append(code)
        raise SystemExit(code)

    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setattr(threading, "active_count", lambda: 1 + left_behind)
    monkeypatch.setattr(sys, "argv", ["alignment", "validate", "no/such/place"])
    monkeypatch.setattr(sys, "warnoptions", [])
    with warnings.catch_warnings(), pytest.raises(SystemExit) as end:
        cli.run()
    assert (end.value.code, hard) == (2, [2] if left_behind else [])


def test_an_interruption_before_a_command_begins(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("alignment.cli.app.program", interrupt)
    assert run("demo") == (130, "", "")


def hard(measures: int = 260, outcomes: int = 220) -> dict[str, Any]:
    """A system whose burden takes minutes to prove."""
    chance = random.Random(1)
    own = [chance.randrange(outcomes) for _ in range(measures)]
    return {
        "agencies": [{"id": "a", "name": "A"}],
        "outcomes": [{"id": f"o{at}", "name": f"Outcome {at}"} for at in range(outcomes)],
        "measures": [
            {
                "id": f"m{at}",
                "name": f"Measure {at}",
                "outcome": f"o{own[at]}",
                "cost": chance.randint(5, 15),
                "direction": "in-range",
            }
            for at in range(measures)
        ],
        "captures": [
            {"measure": f"m{at}", "outcome": f"o{outcome}", "validity": 0.9}
            for at in range(measures)
            for outcome in chance.sample(range(outcomes), 10)
            if outcome != own[at]
        ],
        "targets": [{"agency": "a", "measure": f"m{at}", "sense": "increase"} for at in range(measures)],
    }


@posix
def test_an_interrupted_search_gives_the_best_set_so_far(tmp_path: Path) -> None:
    path = tmp_path / "hard.json"
    al.write(al.read(hard()), path)
    # Once the wheel has turned a few times in that stage, the solver has begun.
    asked = ("propose", str(path), "--json", "--time-limit", "100", "--order", "conflict-first")
    code, out, heard = interrupted(*asked, once="(?s)(stage burden.*){6}")
    proposal = json.loads(out)
    assert (code, proposal["proven"], proposal["stopped"]) == (130, False, "interrupted")
    assert "Interrupted: this is the best set found so far" in heard
    assert al.check(al.read(path), [row["measure"] for row in proposal["kept"]]).aligned
