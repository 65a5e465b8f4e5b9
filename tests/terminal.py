"""What a terminal shows: commands joined by pipes, without a process of their own, and the server that `curl` asks.

Besides `alignment` and `curl` it knows as much of `cat`, `head` and `jq` as pages need, `NAME=...` and `$(...)`.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from functools import cached_property
from pathlib import Path
from typing import Final

import pytest
from starlette.testclient import TestClient

from alignment.cli import main
from alignment.verbs.registry import VERBS
from tests.contract.doors import opened
from tests.curl import curl

NAMED: Final = re.compile(r"([A-Z]+)=(.+)", re.DOTALL)

INNER: Final = re.compile(r"\$\(([^()]+)\)")
"""A command whose output stands in the place of it."""

LONG: Final = 300.0
"""How long answers are waited for, so that pages say the same on a slow machine. Unit: seconds."""


class Terminal:
    """A terminal; what its server keeps is kept until it is closed.

    Parameters
    ----------
    monkeypatch
        Undoes what the terminal does to this process.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self._stack = ExitStack()
        self._code = 0

    def __enter__(self) -> Terminal:
        # Keys that a page makes shall not be among those of whoever runs the tests.
        folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        self._patch.setenv("ALIGNMENT_DATABASE", f"sqlite:///{folder}/kept.db")
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @cached_property
    def client(self) -> TestClient:
        """Who asks the server of `alignment serve`, which starts when it is first asked something."""
        database = os.environ["ALIGNMENT_DATABASE"]
        return self._stack.enter_context(opened(*VERBS, database=database, wait=LONG, table_wait=LONG))

    def run(self, line: str) -> tuple[int, str]:
        """The exit code of a line, and what the terminal shows."""
        terminal = io.StringIO()
        self._code = 0
        with redirect_stderr(terminal):
            if named := NAMED.fullmatch(line):
                self._patch.setenv(named[1], " ".join(self._words(named[2])))
            else:
                self._pipe(line, terminal)
        return self._code, terminal.getvalue()

    def _pipe(self, line: str, shown: io.StringIO) -> None:
        """Run commands joined by pipes; what the last one says is shown, or is in a file."""
        line, _, target = line.partition(" > ")
        *first, last = line.split(" | ")
        handed = ""
        for command in first:
            handed = self._handed(command, handed, io.StringIO())
        handed = self._handed(last, handed, io.StringIO() if target else shown)
        if target:
            Path(target.strip()).write_text(handed, encoding="utf-8")

    def _handed(self, command: str, given: str, output: io.StringIO) -> str:
        words = self._words(command)
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        with redirect_stdout(output):
            self._code = self._command(words)
        return output.getvalue()

    def _words(self, text: str) -> list[str]:
        """The words of a command, with names and inner commands replaced by what they stand for."""
        said = list[str]()

        def marked(inner: re.Match[str]) -> str:
            output = io.StringIO()
            self._pipe(inner[1], output)
            said.append(output.getvalue().rstrip("\n"))
            return f"\0{len(said) - 1}\0"

        words = map(os.path.expandvars, shlex.split(INNER.sub(marked, text)))
        return [re.sub("\0([0-9]+)\0", lambda mark: said[int(mark[1])], word) for word in words]

    def _command(self, words: Sequence[str]) -> int:
        """The exit code of one command."""
        name, *rest = words
        if name == "alignment":
            return main(rest)
        if name == "curl":
            return curl(rest, self.client)
        if name not in TOOLS:
            raise NotImplementedError(f"This test cannot run {name}: put it in a block that is not of type console.")
        TOOLS[name](*rest)
        return 0


def in_terminal(line: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """The exit code of commands joined by pipes, and what a terminal of their own shows of them."""
    with Terminal(monkeypatch) as terminal:
        return terminal.run(line)


def cat(file: str) -> None:
    """Show a file."""
    sys.stdout.write(Path(file).read_text(encoding="utf-8"))


def head(_: str, lines: str) -> None:
    """Show the first lines: head -n 2."""
    sys.stdout.writelines(line for _, line in zip(range(int(lines)), sys.stdin, strict=False))


def jq(*words: str) -> None:
    """Show one value of a JSON document: jq -r .state run.json."""
    raw, path, *files = words if words[0] == "-r" else ("", *words)
    value = json.loads(Path(files[0]).read_text(encoding="utf-8") if files else sys.stdin.read())
    for name in path.split(".")[1:]:
        value = value[name]
    sys.stdout.write(f"{value if raw else json.dumps(value, ensure_ascii=False)}\n")


TOOLS: Final = {"cat": cat, "head": head, "jq": jq}
"""What else pages call."""
