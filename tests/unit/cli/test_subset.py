"""The command that cuts out a part: what it writes, says and refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

import alignment as al
from tests.running import Runner


@pytest.mark.parametrize("name", ["part.xlsx", "part.json", "part"])
def test_a_part_is_written_and_what_is_left_out_is_said(
    run: Runner, winter: al.System, tmp_path: Path, name: str
) -> None:
    options = ("--agency", "council", "--agency", "trust", "--tier", "local", "--measure", "flu-vaccination")
    ran = run("subset", "winter-pressure", *options, "--to", tmp_path / name)
    assert (ran.code, ran.out) == (0, "")
    part = al.subset(winter, ["council", "trust"], tiers="local", measures="flu-vaccination")
    assert al.read(tmp_path / name).hash == part.hash
    assert f"Wrote {tmp_path / name}: {part}" in ran.said
    assert all(f"{note.what}." in ran.said for note in part.notes)


def test_nothing_is_written_over_or_cut_without_being_asked(run: Runner, winter: al.System, tmp_path: Path) -> None:
    place = tmp_path / "part.json"
    ran = run("subset", "winter-pressure", "--to", place)
    assert (ran.code, place.exists()) == (2, False)
    assert "--agency, --tier, --outcome or --measure" in ran.said
    al.write(winter, place)
    ran = run("subset", "winter-pressure", "--outcome", "bed-use", "--to", place)
    assert ran.code == 2
    assert "--replace" in ran.said
    assert run("subset", "winter-pressure", "--outcome", "bed-use", "--to", place, "--replace").code == 0
    assert al.read(place) == al.subset(winter, outcomes="bed-use")


def test_faults_name_the_options_as_they_are_typed(run: Runner, tmp_path: Path) -> None:
    ran = run("subset", "winter-pressure", "--agency", "counci", "--tier", "locl", "--to", tmp_path / "part")
    assert ran.code == 2
    assert "--agency: 'counci' is not an agency. Did you mean 'council'?" in ran.said
    assert "--tier: 'locl' is not a tier. Did you mean 'local'?" in ran.said
    ran = run("subset", "winter-pressure", "--agency", "trust", "--outcome", "home-support", "--to", tmp_path / "part")
    assert "--outcome: leaves no target of those that agencies leaves." in ran.said
