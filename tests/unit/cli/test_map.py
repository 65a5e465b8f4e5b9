"""The command map: from a map to a system, from a system to a map, and from one map to another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import alignment as al
from alignment.models import Agency, Target
from alignment.tables.columns import columns
from tests.running import Runner

KUMU = {
    "elements": [{"label": "Bed occupancy"}, {"label": "Long waits"}, {"label": "Morale"}],
    "connections": [
        {"from": "Bed occupancy", "to": "Long waits", "type": "+"},
        {"from": "Long waits", "to": "Morale", "type": "erodes"},
    ],
}


@pytest.fixture
def kumu(tmp_path: Path) -> str:
    (tmp_path / "map.json").write_text(json.dumps(KUMU), encoding="utf-8")
    return str(tmp_path / "map.json")


def test_a_map_becomes_a_folder_with_tables_to_fill(run: Runner, kumu: str, tmp_path: Path) -> None:
    ran = run("map", kumu, str(tmp_path / "place"))
    assert (ran.code, ran.out) == (0, "")
    said = " ".join(ran.said.split())
    assert "1 link says no sign and is left out: Long waits -> Morale" in said
    assert "Fill agencies and targets" in said
    heads = {name: (tmp_path / "place" / f"{name}.csv").read_text().strip() for name in ("agencies", "targets")}
    assert heads == {"agencies": ",".join(columns(Agency)), "targets": ",".join(columns(Target))}
    system = al.read(tmp_path / "place")
    assert (len(system.measures), len(system.influences)) == (3, 1)
    assert run("validate", str(tmp_path / "place")).code == 0


def test_words_and_strength_are_asked_for_at_the_command_line_too(run: Runner, kumu: str, tmp_path: Path) -> None:
    ran = run("map", kumu, str(tmp_path / "a.json"), "--word", "erodes=-", "--strength", "1")
    assert ran.code == 0, ran.said
    assert [row.strength for row in al.read(tmp_path / "a.json").influences] == [1, -1]
    assert run("map", kumu, str(tmp_path / "b.json"), "--word", "erodes").code == 2
    ran = run("map", kumu, str(tmp_path / "b.json"), "--word", "erodes=much")
    assert (ran.code, "means +, - or a number" in " ".join(ran.said.split())) == (2, True)


def test_weights_without_a_scale_are_refused_with_their_range(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(",a,b\na,0,0.5\nb,-1,0\n", encoding="utf-8")
    ran = run("map", str(tmp_path / "m.csv"), str(tmp_path / "place"))
    assert ran.code == 2
    assert "run from -1 to 0.5" in " ".join(ran.said.split())
    assert not (tmp_path / "place").exists()
    assert run("map", str(tmp_path / "m.csv"), str(tmp_path / "place"), "--scale", "1").code == 0
    ran = run("map", str(tmp_path / "m.csv"), str(tmp_path / "place"), "--scale", "1")
    assert (ran.code, "Give --replace" in ran.said) == (2, True)
    assert run("map", str(tmp_path / "m.csv"), str(tmp_path / "place"), "--scale", "1", "--replace").code == 0


@pytest.mark.parametrize("name", ["w.prsm", "w.graphml", "w.gexf", "w.csv"])
def test_a_system_becomes_a_map_by_the_suffix(run: Runner, tmp_path: Path, name: str) -> None:
    assert run("map", "winter-pressure", str(tmp_path / name)).code == 0
    again = al.read_map(tmp_path / name).system(scale=3)
    winter = al.read("winter-pressure")
    assert len(again.influences) == len(winter.influences)


def test_a_system_in_a_workbook_or_a_document_becomes_a_map(run: Runner, tmp_path: Path) -> None:
    for name in ("w.xlsx", "w.json"):
        al.write(al.read("winter-pressure"), tmp_path / name)
        assert run("map", str(tmp_path / name), str(tmp_path / f"{name}.prsm")).code == 0
        assert len(al.read_map(tmp_path / f"{name}.prsm").factors) == 10


def test_a_map_becomes_another_when_it_is_asked_for(run: Runner, kumu: str, tmp_path: Path) -> None:
    assert run("map", kumu, str(tmp_path / "m.prsm")).code == 0
    assert run("map", str(tmp_path / "m.prsm"), str(tmp_path / "m.xlsx"), "--to", "matrix").code == 0
    drawn = al.read_map(tmp_path / "m.xlsx")
    assert {(each.source, each.target) for each in drawn.links} == {
        ("Bed occupancy", "Long waits"),
        ("Long waits", "Morale"),
    }
    ran = run("map", kumu, str(tmp_path / "x"), "--from", "prsn")
    assert (ran.code, "Did you mean 'prsm'" in ran.said) == (2, True)


def test_what_is_wrong_with_a_map_is_said_as_a_map_s(run: Runner, tmp_path: Path) -> None:
    broken = {"elements": [{"label": "a"}], "connections": [{"from": "a", "to": "z"}]}
    (tmp_path / "m.json").write_text(json.dumps(broken), encoding="utf-8")
    ran = run("map", str(tmp_path / "m.json"), str(tmp_path / "x"))
    assert (ran.code, "'z' is neither an id nor a label" in " ".join(ran.said.split())) == (2, True)
    (tmp_path / "s.json").write_text('{"measures": [], "targts": []}', encoding="utf-8")
    ran = run("map", str(tmp_path / "s.json"), str(tmp_path / "x.prsm"))
    assert (ran.code, "Did you mean 'targets'" in " ".join(ran.said.split())) == (2, True)
