"""Every command gives the library's answer in every form, and each of its tables by name."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import pytest

import alignment as al
from alignment.cli.command import flag
from alignment.models.answers.columns import LONGEST
from alignment.verbs.registry import VERBS, Verb
from alignment.verbs.renderers import Page, rendered
from tests.running import Runner
from tests.thoroughly import part_of

pytestmark = pytest.mark.usefixtures("answered_once")

verbs = pytest.mark.parametrize("each", VERBS, ids=[each.command for each in VERBS])

MERGER = {"change": "merge-agencies", "agency": "trust", "into": "council"}


def asked(each: Verb) -> dict[str, Any]:
    """What makes a good example, and a short one."""
    return {**each.example, "draws": 3} if each.command == "certainty" else dict(each.example)


def words(each: Verb) -> list[str]:
    """The same at the command line."""
    found: list[str] = ["--workers", "1"] if each.command == "certainty" else []
    for name, value in asked(each).items():
        if name == each.argument:
            found = [*([value] if isinstance(value, str) else value), *found]
        elif name == "changes":
            assert value == [MERGER]
            found += ["--merge", "trust=council"]
        else:
            found += [flag(name)] if value is True else [flag(name), str(value)]
    return found


@verbs
def test_text_json_and_html_are_the_library_s(run: Runner, winter: al.System, each: Verb) -> None:
    answer: al.Answer = getattr(al, each.home[1])(winter, **asked(each))
    every = ("--all",) if each.command == "conflicts" else ()  # which else are quarrels for people
    ran = run(each.command, "winter-pressure", *words(each), *every)
    assert (ran.code, ran.out.split()) == (0, answer.to_text(80).split())
    assert max(map(len, ran.out.splitlines())) <= 80
    ran = run(each.command, "winter-pressure", *words(each), "--json")
    assert (ran.code, ran.out) == (0, f"{answer.to_json()}\n")
    assert next(iter(ran.json)) == "record"
    ran = run(each.command, "winter-pressure", *words(each), "--html")
    assert (ran.code, ran.out) == (0, f"{rendered(answer, 'html', Page(80))}\n")


@verbs
def test_every_table_can_be_shown(run: Runner, winter: al.System, each: Verb) -> None:
    answer: al.Answer = getattr(al, each.home[1])(winter, **asked(each))
    for at, table in enumerate(part_of(each.tables, 3)):
        csv = answer.to_frame(table).to_csv(index=False, lineterminator="\n")
        ran = run(each.command, "winter-pressure", *words(each), "--show", table, "--csv")
        assert (ran.code, ran.out) == (0, csv)
        if at == 0:
            assert run(each.command, "winter-pressure", *words(each), "--csv").out == csv
            ran = run(each.command, "winter-pressure", *words(each), "--show", table)
            assert ran.code == 0
            # However it is laid out, no word of its first column is broken.
            assert max(map(len, ran.out.splitlines())) <= 80
            first = pd.read_csv(io.StringIO(csv), dtype=str).iloc[:, 0].dropna()
            assert {word for cell in first for word in cell.split() if len(word) <= LONGEST} <= {*ran.out.split()}


@verbs
def test_a_table_that_there_is_not(run: Runner, each: Verb) -> None:
    ran = run(each.command, "winter-pressure", *words(each), "--show", f"{each.tables[0]}x")
    assert (ran.code, ran.out) == (2, "")
    assert f"Did you mean '{each.tables[0]}'?" in ran.said


def test_only_one_form_at_a_time(run: Runner) -> None:
    for one, two in (("--json", "--csv"), ("--csv", "--html"), ("--json", "--html")):
        ran = run("effects", "winter-pressure", two, one)
        assert (ran.code, ran.out) == (2, "")
        assert f"Give {one} or {two}, not both." in ran.said
