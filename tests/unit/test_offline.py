"""No network, odd paths, read-only places, and nothing said of where somebody's home is."""

from __future__ import annotations

import ast
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import alignment as al
from alignment.cli import main
from tests.seeds import SMALL, maps, systems

ROOT: Final = Path(__file__).parents[2]

CALLERS: Final = frozenset({"socket", "urllib", "http", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "ssl"})
"""Modules that call somebody."""

ODD: Final = "Ünsere Ablage (März) 健康 💷 a'b & c"
"""What a folder may be called."""


def test_nobody_can_be_called_here() -> None:
    with pytest.raises(AssertionError, match="calls nobody"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with socket.socket() as one, pytest.raises(AssertionError, match="calls nobody"):
        one.connect(("127.0.0.1", 9))
    one, other = socket.socketpair()
    one.close()
    other.close()


def imported(file: Path) -> Iterator[str]:
    """The modules that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def test_nothing_of_the_library_imports_what_calls_somebody() -> None:
    files = [file for part in ("alignment", "models") for file in (ROOT / part).rglob("*.py")]
    own = [file for file in files if not file.is_relative_to(ROOT / "alignment" / "api")]
    assert len(own) > 200
    assert [file.name for file in own if not CALLERS.isdisjoint(imported(file))] == []


@pytest.mark.parametrize("name", ["a.json", "a.xlsx", "a.ods", "a.zip", "a.xls"])
def test_systems_in_odd_places(tmp_path: Path, name: str) -> None:
    file = tmp_path / ODD / f"Entwurf {ODD}{Path(name).suffix}"
    file.parent.mkdir()
    file.write_bytes(systems()[name])
    system = al.read(file)
    for end in (".json", ".xlsx", ""):
        copy = tmp_path / ODD / f"neu {ODD}{end}"
        al.write(system, copy)
        assert al.read(copy) == system, end


def test_maps_in_odd_places(tmp_path: Path) -> None:
    for name, content in maps().items():
        file = tmp_path / ODD / f"{ODD} {name}"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        drawn = al.read_map(file)
        al.write_map(drawn, tmp_path / ODD / f"neu {ODD}.graphml")
        assert drawn.factors, name


def test_what_may_only_be_read_is_read_and_stays(tmp_path: Path) -> None:
    home = tmp_path / "small"
    al.write(al.read(SMALL), home)
    for path in (*home.iterdir(), home):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        before = {path.name: path.read_bytes() for path in home.iterdir()}
        assert al.read(home).measures
        if os.geteuid():  # the superuser may write anywhere
            with pytest.raises(OSError, match="denied"):
                al.write(al.read("winter-pressure"), home)
            with pytest.raises(OSError, match="denied"):
                al.write(al.read("winter-pressure"), home / "new.json")
        assert {path.name: path.read_bytes() for path in home.iterdir()} == before
    finally:
        home.chmod(0o755)


BROKEN: Final = {
    "a.json": b'{"measures": [{"id": "a b"}]}',
    "b.json": b"[",
    "a.xlsx": b"PK\x03\x04",
    "a.zip": b"PK\x03\x04",
    "a.ods": b"text",
    "m.prsm": b"x",
    "m.graphml": b"<a>",
    "m.csv": b"\xff\xfe\xff",
}


@pytest.mark.parametrize("name", [*BROKEN, "nowhere.json"])
def test_faults_name_the_file_as_it_was_given(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name in BROKEN:
        (tmp_path / name).write_bytes(BROKEN[name])
    monkeypatch.chdir(tmp_path)
    with pytest.raises(al.InputError) as raised:
        (al.read_map if name.startswith("m.") else al.read)(name)
    assert str(tmp_path) not in str(raised.value)
    assert name in str(raised.value)


def test_commands_name_the_file_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "place").write_text("no folder")
    (tmp_path / "changes.json").write_text(json.dumps([1]))
    for words in (
        ["validate", "nowhere"],
        ["convert", "winter-pressure", "place/new.json"],
        ["conflicts", "place"],
        ["what-if", "winter-pressure", "--changes", "changes.json"],
        ["camps", "--edges", "place"],
        ["replay", "place", "winter-pressure"],
        ["map", "place", "new"],
    ):
        assert main(words) != 0, words
        said = "".join(capsys.readouterr())
        assert str(tmp_path) not in said, words


def test_a_fault_of_our_own_names_no_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError(f"lost in {Path.home()}/secret and {Path.cwd()}/here")

    monkeypatch.setattr("alignment.tables.doors.assemble", breaks)
    monkeypatch.chdir(tmp_path)
    assert main(["validate", "winter-pressure"]) == 70
    said = " ".join("".join(capsys.readouterr()).split())
    assert "RuntimeError: lost in ~/secret and ./here" in said
