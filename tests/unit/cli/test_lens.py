"""alignment lens: its help, wrong names, and the forms of an answer."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

import alignment as al
from alignment.integrated_care.every import NAMES
from alignment.models.options.lenses import LensName
from alignment.verbs.renderers import Page, rendered
from tests.running import Runner

pytestmark = pytest.mark.usefixtures("answered_once")


def test_alone_it_lists_the_lenses_in_the_order_of_the_method(run: Runner) -> None:
    for ran in (run("lens"), run("lens", "--help")):
        listed = (ran.out + ran.err).split("Commands:")[1]
        assert tuple(re.findall(r"^  ([a-z][a-z-]*)  +[A-Z]", listed, re.MULTILINE)) == NAMES
        assert max(map(len, listed.splitlines())) <= 80


def test_the_help_of_all_commands_names_the_group_alone(run: Runner) -> None:
    listed = re.findall(r"^  ([a-z][a-z-]*)  +[A-Z]", run("--help").out, re.MULTILINE)
    assert {"lens", "lenses"} <= set(listed)
    assert not set(NAMES) & set(listed)


def test_an_unknown_lens_ends_with_2_and_names_the_closest(run: Runner) -> None:
    ran = run("lens", "layres", "winter-pressure")
    assert (ran.code, ran.out) == (2, "")
    assert "No such command 'layres'" in ran.said
    assert "'layers'" in ran.said


@pytest.mark.parametrize("name", NAMES)
def test_every_lens_in_every_form(run: Runner, winter: al.System, tmp_path: Path, name: LensName) -> None:
    found = al.lens(winter, name)
    words = ("lens", name, "winter-pressure")
    ran = run(*words)
    assert (ran.code, ran.out.split()) == (0, found.to_text(80).split())
    assert run(*words, "--json").out == f"{found.to_json()}\n"
    assert run(*words, "--csv").out == rendered(found, "csv", Page(80))
    assert run(*words, "--xlsx", tmp_path / "lens.xlsx").code == 0
    sheets = openpyxl.load_workbook(tmp_path / "lens.xlsx").sheetnames
    full = {table for table, made in found.frames.items() if len(made())}
    assert full <= {sheet.replace(" ", "_").lower() for sheet in sheets}


def test_a_set_is_given_as_words_or_from_a_proposal(run: Runner, winter: al.System) -> None:
    found = al.sway(winter, ["bed-occupancy", "flu-vaccination"])
    assert run("lens", "sway", "winter-pressure", "bed-occupancy", "flu-vaccination").out == f"{found}\n"
    ran = run("lens", "sway", "winter-pressure", "bed-ocupancy")
    assert ran.code == 2
    assert "Did you mean 'bed-occupancy'?" in ran.said
