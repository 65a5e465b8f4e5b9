"""The words of servers: a dead one is told from one that lives, or of which nothing is known."""

from __future__ import annotations

import subprocess
import sys

import pytest

from alignment.api.runs import owners
from alignment.api.runs.owners import is_dead, new_owner


def other() -> tuple[str, subprocess.Popen[str]]:
    """A process and its word."""
    code = "from alignment.api.runs.owners import new_owner; print(new_owner(), flush=True); input()"
    command = [sys.executable, "-c", code]
    process = subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    return process.stdout.readline().strip(), process


def test_a_process_that_has_ended_is_dead_though_nobody_has_fetched_it() -> None:
    word, process = other()
    with process:
        assert not is_dead(word)
        process.kill()
        assert process.stdout is not None
        process.stdout.read()
        while process.poll() is None and not is_dead(word):
            pass
    assert is_dead(word)


def test_no_two_servers_have_one_word() -> None:
    assert new_owner() != new_owner()


@pytest.mark.parametrize("change", [0.5, 3600.0])
def test_a_process_that_began_at_another_time_is_another_one(change: float) -> None:
    machine, pid, started, end = new_owner().rsplit("/", 3)
    assert is_dead(f"{machine}/{pid}/{float(started) + change:.2f}/{end}") == (change > owners.SHIFT)


def test_of_other_machines_nothing_is_known() -> None:
    _, pid, started, end = new_owner().rsplit("/", 3)
    assert not is_dead(f"elsewhere/{pid}/{float(started) + 3600:.2f}/{end}")
    assert not is_dead("a word of another kind")
