"""What a terminal shows: commands of `alignment` and `curl`, joined by pipes, without a process of their own."""

from __future__ import annotations

import argparse
import io
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from alignment.api.app import create_app
from alignment.api.settings import Settings
from alignment.cli import main


def in_terminal(line: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """The exit code of commands joined by pipes, and what a terminal shows of them."""
    line, _, target = line.partition(" > ")
    terminal, code, handed = io.StringIO(), 0, ""
    *first, last = line.split(" | ")
    for command in (*first, last):
        output = terminal if command == last and not target else io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(handed.encode())))
        with redirect_stdout(output), redirect_stderr(terminal):
            code = run_command(shlex.split(command))
        handed = output.getvalue()
    if target:
        Path(target.strip()).write_text(handed, encoding="utf-8")
    return code, terminal.getvalue()


def run_command(words: list[str]) -> int:
    """The exit code of one command."""
    if words[0] == "alignment":
        return main(words[1:])
    if words[0] == "curl":
        return curl(words[1:])
    raise NotImplementedError(f"This test cannot run {words[0]}: put it in a block that is not of type console.")


def curl(words: list[str]) -> int:
    """What curl says of the server that `alignment serve` runs."""
    asked = argparse.ArgumentParser()
    asked.add_argument("url")
    asked.add_argument("-s", action="store_true")
    asked.add_argument("-H", action="append", default=[])
    asked.add_argument("-o")
    asked.add_argument("--data-binary")
    found = asked.parse_args(words)
    headers = dict(each.split(": ", 1) for each in found.H)
    data = found.data_binary and Path(found.data_binary.removeprefix("@")).read_bytes()
    with TestClient(create_app(Settings()), base_url="http://127.0.0.1:8765") as client:
        answer = client.request("POST" if data else "GET", found.url, content=data, headers=headers)
    if found.o:
        Path(found.o).write_bytes(answer.content)
    else:
        sys.stdout.write(answer.text)
    return 0
