"""What goes where, and what happens when it cannot."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import alignment as al
from tests.running import Runner, finished, posix, process
from tests.thoroughly import part_of


def test_answers_go_to_stdout_and_talk_to_stderr(run: Runner, winter: al.System) -> None:
    ran = run("validate", "winter-pressure")
    assert ran.code == 0
    assert ran.out.startswith(f"{winter}\nhash {winter.hash}\n\nWhat these tables leave open")
    assert ran.err == "Using the example winter-pressure that comes with alignment.\n"


def test_a_path_comes_before_an_example_of_that_name(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: Path
) -> None:
    broken.rename(tmp_path / "winter-pressure")
    monkeypatch.chdir(tmp_path)
    ran = run("conflicts", "winter-pressure")
    assert (ran.code, ran.out) == (2, "")
    assert "provder" in ran.err


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_text_fits_the_width_and_words_stay_whole(run: Runner, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    found = al.find_conflicts(al.read(al.example("london-2018")))
    ran = run("conflicts", "london-2018", "--limit", "0")
    longest = max(len(word) for word in ran.out.split())
    assert max(map(len, ran.out.splitlines())) <= max(columns, longest + 4)
    assert {finding.id for finding in found} <= set(ran.out.split())


WIDE = [
    ["demo"],
    ["propose", "london-2018"],
    ["check", "london-2018", "rtt-18w"],
    ["alignment", "london-2018", "--by", "agency"],
    ["alignment", "london-2018", "--by", "sector"],
    ["conflicts", "london-2018", "--by", "agency"],
]


@pytest.mark.parametrize("words", part_of(WIDE))
def test_nothing_is_wider_than_a_pipe(words: list[str]) -> None:
    code, out, _ = finished(process(*words))
    text = out.decode()
    assert code == 0
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text
    assert not set(text) & set("─│┌┐└┘━┃╭╮╰╯…")


def test_a_table_cuts_no_id(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run("conflicts", "london-2018", "--by", "agency", "--limit", "0")
    frame = al.find_conflicts(al.read(al.example("london-2018"))).counts("agency")
    assert [line.split() for line in ran.out.splitlines()] == [
        list(frame.columns),
        *([str(cell) for cell in row] for row in frame.itertuples(index=False)),
    ]
    monkeypatch.setenv("COLUMNS", "34")
    rows = run("conflicts", "london-2018", "--by", "agency", "--limit", "1").out.splitlines()
    assert rows[:2] == ["a: acute-trust", "  b: london-ccg"]
    assert max(map(len, rows)) <= 34


@pytest.mark.parametrize("form", part_of([[], ["--json"], ["--csv"]], 3))
def test_a_reader_that_leaves_ends_it_quietly(form: list[str]) -> None:
    with process("conflicts", "london-2018", "--limit", "0", *form) as job:
        assert job.stdout is not None
        assert job.stderr is not None
        job.stdout.read(10)
        job.stdout.close()
        assert job.stderr.read().decode() == "Using the example london-2018 that comes with alignment.\n"
        assert job.wait(60) == 0


def test_who_reads_nothing_still_gets_the_exit_code() -> None:
    with process("conflicts", "london-2018", "--limit", "0", "--strict") as job:
        assert job.stdout is not None
        job.stdout.close()
        assert job.wait(60) == 1


class Full(io.StringIO):
    """A stream that takes nothing."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, _: str, /) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("error", "code"),
    [(BrokenPipeError(errno.EPIPE, "Broken pipe"), 0), (OSError(errno.ENOSPC, "No space left on device"), 2)],
)
@pytest.mark.parametrize("form", ["--json", "--csv"])
def test_an_answer_that_cannot_be_given(
    run: Runner, monkeypatch: pytest.MonkeyPatch, error: OSError, code: int, form: str
) -> None:
    monkeypatch.setattr(sys, "stdout", Full(error))
    ran = run("validate", "winter-pressure", form)
    assert ran.code == code
    assert ("Error: The answer: No space left on device." in ran.err) == (code == 2)


def test_talk_that_nobody_hears_is_no_error(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Full(OSError(errno.ENOSPC, "No space left on device")))
    assert run("validate", "winter-pressure").code == 0
    monkeypatch.setattr(sys, "stderr", None)
    assert run("validate", "winter-pressure").code == 0
    monkeypatch.setattr(sys, "stdout", None)
    assert run("validate", "no/such/place").code == 2


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_an_error_in_words() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "alignment", "conflicts", "winter-pressure"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[1:] == ["Error: The answer: No space left on device."]


@pytest.mark.parametrize("encoding", part_of(["ascii", "cp1252"], 2))
def test_a_console_without_the_letters_is_no_reason_to_fail(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "place.json"
    al.write(al.read({**SMALL, "agencies": [{"id": "trust", "name": "Žatec → 北京"}]}), path)
    code, out, err = finished(process("conflicts", str(path), "--all", PYTHONIOENCODING=encoding))
    assert (code, err) == (0, "")
    assert out.decode(encoding).startswith("1 conflict: 1 no-control")
    code, out, _ = finished(process("conflicts", str(path), "--json", PYTHONIOENCODING=encoding))
    assert "Žatec → 北京" in json.loads(out.decode("utf-8"))["conflicts"][0]["sentence"]
    code, out, _ = finished(process("conflicts", str(path), "--csv", PYTHONIOENCODING=encoding))
    assert "Žatec → 北京" in out.decode("utf-8")


SMALL: Mapping[str, Any] = {
    "agencies": [{"id": "trust", "name": "Trust"}, {"id": "council", "name": "Council"}],
    "measures": [{"id": "beds", "name": "Beds"}],
    "targets": [{"agency": "trust", "measure": "beds", "sense": "increase"}],
    "controls": [{"agency": "trust", "measure": "beds", "share": 0.1}],
}


def test_what_moves_cursors_does_not_reach_the_terminal(run: Runner, tmp_path: Path) -> None:
    ran = run("validate", tmp_path / "a\x1b[2Jb")
    assert ran.code == 2
    assert "\x1b" not in ran.out + ran.err
    assert "a�[2Jb" in ran.out


def test_progress_is_told_where_a_person_watches(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    ran = run("propose", "winter-pressure", "--json")
    assert ran.json["proven"]
    assert "Looking for an aligned set" in ran.err
    monkeypatch.setenv("TERM", "dumb")
    ran = run("propose", "winter-pressure", "--json")
    assert ran.err == "Using the example winter-pressure that comes with alignment.\n"


@posix
def test_progress_is_shown_to_a_person_only() -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    job = subprocess.Popen(
        [sys.executable, "-m", "alignment", "propose", "london-2018", "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    out, _ = job.communicate(timeout=60)
    assert json.loads(out)["proven"]
    assert b"Looking for an aligned set" in os.read(ours, 100_000)
    os.close(ours)
