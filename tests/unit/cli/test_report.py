"""A report by command."""

from __future__ import annotations

from pathlib import Path

import alignment as al
from tests.running import Runner


def test_a_page_for_a_body(run: Runner, tmp_path: Path) -> None:
    page = tmp_path / "winter.html"
    done = run("report", "winter-pressure", page, "--for", "council", "--keep", "length-of-stay")
    assert (done.code, done.out) == (0, "")
    assert "any browser opens and prints it" in done.said
    same = al.report(al.read("winter-pressure"), for_agency="council", keep="length-of-stay")
    assert page.read_text(encoding="utf-8") == same


def test_what_is_wrong_is_said_before_anything_is_searched(run: Runner, tmp_path: Path) -> None:
    asked = ("report", "winter-pressure", tmp_path / "winter.html")
    assert "--date is a day such as 2026-11-26, not soon." in run(*asked, "--date", "soon").said
    assert "'nobody' is not an agency" in run(*asked, "--for", "nobody").said
    assert run("report", "winter-pressure", tmp_path / "winter.pdf").code == 2
    assert not list(tmp_path.iterdir())
