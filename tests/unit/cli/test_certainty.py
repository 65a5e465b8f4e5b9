"""How sure, at the command line: text, JSON, CSV, and Ctrl-C."""

from __future__ import annotations

import json

import pytest

import alignment as al
from tests.running import Runner, interrupted, posix
from tests.thoroughly import part_of

pytestmark = pytest.mark.usefixtures("answered_once")

FEW = ("certainty", "winter-pressure", "--draws", "8", "--workers", "1")


def test_text_json_and_csv_say_the_same(run: Runner) -> None:
    found = al.certainty(al.read(al.example("winter-pressure")), draws=8)
    assert run(*FEW).out.strip() == found.to_text(80)
    assert run(*FEW, "--json").out.strip() == found.model_dump_json(indent=2)
    frame = run(*FEW, "--csv").frame
    assert list(frame["measure"]) == [row.measure for row in found.measures]


@pytest.mark.parametrize("what", part_of(["measures", "conflicts", "influences", "sets", "draws"]))
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
    assert f"these are the {ran.json['done']} draws of 100000 done so far. Give --seconds a larger number." in ran.said


@posix
def test_ctrl_c_gives_the_draws_done_so_far() -> None:
    # Returns once nobody has the terminal any more: no process is left behind.
    asked = ("certainty", "winter-pressure", "--draws", "100000", "--workers", "2", "--json")
    code, out, heard = interrupted(*asked, once=r"[1-9][0-9]* of 100000 draws")
    found = json.loads(out)
    assert (code, found["stopped"]) == (130, "interrupted")
    assert 0 < found["done"] == len(found["draws"]) < 100_000
    assert f"Interrupted: these are the {found['done']} draws of 100000 done so far." in heard
    assert "Traceback" not in heard
