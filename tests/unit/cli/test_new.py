"""A template by command."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import alignment as al
from tests.running import Runner


def test_a_template_and_what_to_do_with_it(run: Runner, tmp_path: Path) -> None:
    done = run("new", tmp_path / "region.xlsx")
    assert (done.code, done.out) == (0, "")
    assert "its sheet x-start-here says what to fill first. Then: alignment validate" in done.said
    assert run("validate", tmp_path / "region.xlsx").code == 0


def test_what_is_there_stays_unless_it_may_go(run: Runner, tmp_path: Path) -> None:
    run("new", tmp_path / "region")
    again = run("new", tmp_path / "region", "--empty")
    assert again.code == 2
    assert "is there already. Give another name, or say that it may be replaced: --replace" in again.said
    assert al.read(tmp_path / "region") == al.read("winter-pressure")
    assert run("new", tmp_path / "region", "--empty", "--replace").code == 0
    assert "targets.csv, row 2" in run("validate", tmp_path / "region").out


def test_converting_says_what_is_kept(run: Runner, tmp_path: Path) -> None:
    run("convert", "london-2018", tmp_path / "place")
    pathways = (tmp_path / "place" / "pathways.csv").read_bytes()
    done = run("convert", "winter-pressure", tmp_path / "place", "--replace")
    assert done.code == 0
    assert "was there and is kept:" in done.said
    assert "pathways.csv.old" in done.said.replace("- ", "-")
    assert (tmp_path / "place" / "pathways.csv.old").read_bytes() == pathways
    assert al.read(tmp_path / "place") == al.read("winter-pressure")


def test_notes_of_a_list_are_a_table_also_where_one_has_no_row(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("measure,owner,wish\nBeds,Trust,down\nWaits,Trust,at least 95\n")
    shown = run("validate", tmp_path / "list.csv", "--show", "notes")
    assert shown.code == 0
    rows = run("validate", tmp_path / "list.csv", "--show", "notes", "--csv").frame
    assert [None if pd.isna(row) else int(row) for row in rows["row"]] == [None, 2, 3]
    assert "NA" not in shown.out
