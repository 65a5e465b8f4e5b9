"""The command targeting: the library's answer for bundles of a file, and what is wrong with them by row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import alignment as al
from tests.running import Runner

BUNDLES = "Population,Service,Benefit,Cost\nolder-people,clinic,6,40\n,team,9,50\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bundles.csv"


def test_bundles_of_a_file_are_the_library_s(run: Runner, winter: al.System, file: Path) -> None:
    file.write_text(BUNDLES, encoding="utf-8-sig")
    ran = run("lens", "targeting", "winter-pressure", "--budget", "60", "--bundles", str(file), "--json")
    wanted = al.targeting(
        winter,
        60,
        bundles=[
            al.Bundle(population="older-people", service="clinic", benefit=6, cost=40),
            {"service": "team", "benefit": 9, "cost": 50},
        ],
    )
    assert ran.code == 0
    assert ran.json == json.loads(wanted.to_json())
    assert [row["benefit"] for row in ran.json["mixes"]] == [9, 9, 9]


def test_what_is_wrong_is_told_by_file_row_and_column(run: Runner, file: Path) -> None:
    file.write_text(BUNDLES + "older-people,team,much,\n,,1,1\n", encoding="utf-8")
    ran = run("lens", "targeting", "winter-pressure", "--budget", "60", "--bundles", str(file))
    assert (ran.code, ran.out) == (2, "")
    for said in (
        f'{file}, row 4, column benefit: "much" is not a number.',
        f"{file}, row 4, column cost: is missing.",
        f"{file}, row 5, column service: is missing.",
    ):
        assert said in " ".join(ran.said.split()), ran.said
    file.write_text("population,service,benefit,cost\nolder-people,team\n", encoding="utf-8")
    ran = run("lens", "targeting", "winter-pressure", "--bundles", str(file))
    assert ran.code == 2
    assert "row 2, column benefit: is missing." in " ".join(ran.said.split())


def test_without_a_file_it_reads_the_tables(run: Runner, winter: al.System) -> None:
    ran = run("lens", "targeting", "winter-pressure", "--resource", "home-care-hours", "--csv")
    assert ran.code == 0
    assert list(ran.frame["benefit"]) == [row.benefit for row in al.targeting(winter).mixes]
