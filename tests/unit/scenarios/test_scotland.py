"""Thirty-two councils as one system with levels, and by family: against counts that pandas makes of the same files."""

from __future__ import annotations

from collections import Counter

import pytest

import alignment as al
from alignment.index import Index
from tests.scotland import councils, families, readings, scotland, there

pytestmark = there


def test_joined_they_are_one_system_in_which_each_keeps_its_figures() -> None:
    joined, rows = scotland(), readings()
    assert len(joined.agencies) == 32
    assert len(joined.measures) == rows.measure_id.nunique()
    assert len(joined.targets) == len(rows)
    names = {row.id: row.name for row in joined.measures}
    bodies = {row.id: row.name for row in joined.agencies}
    known = {(bodies[row.agency], names[row.measure]): row.value for row in joined.levels}
    # A measure at which every council stands alike keeps its one baseline instead.
    alike = {row.name: row.baseline for row in joined.measures if row.baseline is not None}
    for row in rows.itertuples():
        assert known.get((row.council, row.title), alike.get(row.title)) == row.value


def test_what_is_met_is_what_pandas_says() -> None:
    rows = readings()
    lower = rows.direction == "lower_is_better"
    met = (lower & (rows.value <= rows.wanted)) | (~lower & (rows.value >= rows.wanted))
    assert int(scotland().derive(Index).targets.met.sum()) == int(met.sum())


def test_families_side_by_side() -> None:
    members = Counter(families().values())
    groups = {
        family: al.join(*(system for name, system in councils().items() if families()[name] == family))
        for family in sorted(members)
    }
    found = al.compare(*groups.values(), names=tuple(groups), core=False)
    figures = {row.figure: row.values for row in found.figures}
    assert figures["working"] == tuple(members[family] for family in groups)
    assert figures["targets"] == tuple(int((readings().family == family).sum()) for family in groups)
    assert not [row for row in found.differences if row.table == "targets" and row.what == "only in"]


def test_two_councils_are_one_screen() -> None:
    text = al.compare(councils()["Stirling"], councils()["Falkirk"]).to_text(80)
    assert text.splitlines()[0] == "Another level is wanted of 104 measures."
    assert len(text.splitlines()) <= 50


def test_a_part_of_them_joined_with_all_is_all() -> None:
    some = al.subset(scotland(), agencies=[row.id for row in scotland().agencies[:3]])
    assert al.join(scotland(), some) == scotland()


@pytest.mark.parametrize("name", ["Stirling", "Shetland Islands"])
def test_one_council_of_all_is_told_from_its_own_level(name: str) -> None:
    body = next(row.id for row in scotland().agencies if row.name == name)
    page = al.view(scotland(), body)
    rows = readings().query("council == @name")
    assert len(page.targets) == len(rows)
