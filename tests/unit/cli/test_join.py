"""Systems joined by command."""

from __future__ import annotations

import json
from pathlib import Path

import alignment as al
from tests.running import Runner
from tests.small import small, target


def written(folder: Path, name: str, now: float) -> str:
    """The path of a system of a place, as a document."""
    system = small(measures=[{"id": "waits", "baseline": now}], targets=[target("council", "waits", "decrease")])
    file = folder / f"{name}.json"
    al.write(system.replace(about={"name": name}), file)
    return str(file)


def test_two_places_are_joined_and_it_is_said_how(run: Runner, tmp_path: Path) -> None:
    one, two = written(tmp_path, "Croydon", 40), written(tmp_path, "Sutton", 31)
    done = run("join", two, one, "--to", tmp_path / "both.xlsx")
    assert done.code == 0
    assert done.out.startswith("Joined with 5 notes, of what was matched, kept apart and decided:")
    assert "croydon.council" in done.out
    assert "2 agencies · 1 measure · 2 targets" in done.said
    assert al.read(tmp_path / "both.xlsx").hash == al.join(al.read(one), al.read(two)).hash


def test_options_are_passed_on(run: Runner, tmp_path: Path) -> None:
    paths = [written(tmp_path, "Croydon", 40), written(tmp_path, "Sutton", 31)]
    run("join", *paths, "--to", tmp_path / "apart", "--name", "c", "--name", "s", "--apart", "waits")
    joined = al.read(tmp_path / "apart")
    assert sorted(row.id for row in joined.measures) == ["c.waits", "s.waits"]
    run("join", *paths, "--to", tmp_path / "one", "--shared", "council")
    assert len(al.read(tmp_path / "one").agencies) == 1
    again = run("join", *paths, "--to", tmp_path / "one", "--same", "waits")
    assert again.code == 2
    assert "--same is two measures with a colon between" in again.said


def test_all_notes_are_shown_when_asked_for(run: Runner, tmp_path: Path) -> None:
    paths = [written(tmp_path, "Croydon", 40), written(tmp_path, "Sutton", 31)]
    done = run("join", *paths, "--to", tmp_path / "both.json", "--json")
    joined = al.join(*map(al.read, paths))
    assert [note["what"] for note in json.loads(done.out)["notes"]] == [note.what for note in joined.notes]
    assert "where" in run("join", *paths, "--to", tmp_path / "b.json", "--show", "notes").out


def test_what_is_there_stays(run: Runner, tmp_path: Path) -> None:
    paths = [written(tmp_path, "Croydon", 40), written(tmp_path, "Sutton", 31)]
    assert run("join", *paths, "--to", paths[0]).code == 2
    assert run("join", *paths, "--to", paths[0], "--replace").code == 0
    assert al.read(paths[0]).about.name == "Croydon and Sutton"
