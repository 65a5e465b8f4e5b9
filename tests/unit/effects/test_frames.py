"""The tables, texts and plain data of what moves what, and who hinders whom."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

import alignment as al
from alignment.models import System
from alignment.models.options.fields import Group
from tests.small import small, target


@pytest.fixture(scope="module")
def winter() -> System:
    return al.read(al.example("winter-pressure"))


def alone() -> System:
    """One target, of which nobody knows whether it is good for anybody."""
    return small(measures=[{"id": "m"}, {"id": "other"}], targets=[target("a", "m", "increase")])


def test_net_effects_as_plain_data_are_those_of_the_table(winter: System) -> None:
    found = al.net_effects(winter, steps=3, decay=0.25)
    plain = json.loads(found.to_json())
    assert (plain["system"], plain["steps"], plain["decay"]) == (winter.hash, 3, 0.25)
    assert plain["record"]["options"] == {"steps": 3, "decay": 0.25, "evidence": "declared"}
    frame = found.to_frame()
    assert [(row["source"], row["target"], row["net"]) for row in plain["effects"]] == list(
        zip(frame["source"], frame["target"], frame["net"], strict=True)
    )
    called = {row.id: row.name for row in winter.measures}
    assert list(frame["path"]) == [" > ".join(row["path"]) for row in plain["effects"]]
    assert list(frame["path_names"]) == [" > ".join(called[each] for each in row["path"]) for row in plain["effects"]]
    assert [(row["source"], row["target"]) for row in plain["effects"]] == sorted(
        (row["source"], row["target"]) for row in plain["effects"]
    )
    for row in plain["effects"]:
        assert row["net"] == pytest.approx(
            found.net[found.index.measure_at[row["source"]], found.index.measure_at[row["target"]]]
        )
        assert row["mixed"] is None or 0.5 <= row["mixed"] <= 1


def test_their_text_begins_with_the_largest() -> None:
    found = al.net_effects(al.read(al.example("london-2018")))
    measures, number = len(found.index.measures), len(found.to_frame())
    head, *lines = found.to_text(200).splitlines()
    assert head == f"{measures} measures, {number} net effects:"
    assert lines[0].split() == ["source", "target", "net", "confidence", "path"]
    largest: list[Any] = sorted(found.to_frame().itertuples(), key=lambda row: -abs(float(str(row.net))))[:20]
    assert [line.split()[:2] for line in lines[1:21]] == [[row.source, row.target] for row in largest]
    assert lines[21:] == [f"... and {number - 20} more."]
    page = found._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert f"{number} net effects between {measures} measures" in page
    assert all(
        f">{name}</th>" in page for name in ("source_name", "target_name", "direct", "net", "confidence", "path_names")
    )
    assert str(largest[0].source_name) in page.split("</tr>")[1]
    assert repr(found) == f"<NetEffects of {measures} measures: {number} pairs, K=2>"


def test_net_effects_are_equal_where_their_question_is(winter: System) -> None:
    found = al.net_effects(winter)
    assert found == al.net_effects(winter, 2, 0.5) == pickle.loads(pickle.dumps(found))
    assert hash(found) == hash(al.net_effects(winter, 2, 0.5))
    assert found != al.net_effects(winter, 3)
    assert found != al.net_effects(winter, 2, 0.25)
    assert found != 3
    assert pickle.loads(pickle.dumps(found)).record == found.record
    with pytest.raises(AttributeError):
        del found.net


@pytest.mark.parametrize("by", ["agency", "tier", "sector", None])
def test_alignment_as_plain_data_is_what_it_shows(winter: System, by: Group | None) -> None:
    found = al.alignment(winter, by)
    plain = json.loads(found.to_json())
    assert (plain["system"], plain["by"], plain["value"]) == (winter.hash, by, found.value)
    assert plain["groups"] == list(found.groups)
    assert [(row["a"], row["b"], row["alignment"]) for row in plain["pairs"]] == [
        (row.a, row.b, row.alignment) for row in found.pairs
    ]
    assert {row["agency"]: row["congruity"] for row in plain["congruity"]} == dict(al.congruity(winter).agencies)
    assert plain["reach"] == al.congruity(winter).reach
    rows = winter.agencies if by == "agency" else winter.tiers if by == "tier" else ()
    called = {row.id: row.name for row in rows}
    assert [(row.a_name, row.b_name) for row in found.pairs] == [
        (called.get(row.a, row.a), called.get(row.b, row.b)) for row in found.pairs
    ]
    matrix = found.to_frame("matrix")
    assert list(matrix.columns) == ["group", *found.groups]
    assert list(matrix["group"]) == list(found.groups)
    for row in found.pairs:
        cell = matrix.loc[matrix["group"] == row.a, row.b].item()
        assert cell == row.alignment or row.alignment is None
    page = found._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert all(f">{name}</th>" in page for name in ("a_name", "b_name", "help", "hinder", "alignment"))


def test_alignment_says_the_whole_then_the_groups_as_far_as_there_is_room(winter: System) -> None:
    found = al.alignment(winter, "tier")
    wide, narrow = found.to_text(100), found.to_text(30)
    assert wide.splitlines()[0] == f"Alignment of the whole: {found.value:+.2f} (-1 all hinder, +1 all help)"
    assert "Whose targets push (row) on whose wishes (column):" in wide
    rows = {line.split()[0]: line.split()[1:] for line in wide.splitlines() if line.strip()}
    matrix = found.to_frame("matrix").set_index("group")
    for group in found.groups:
        assert rows[group] == [f"{cell:+.2f}" for cell in matrix.loc[group].dropna()]
    assert "Whose targets (a) push on whose wishes (b):" in narrow
    assert all(f"a: {row.a}" in narrow for row in found.pairs)
    assert "Whose targets" not in al.alignment(winter).to_text()
    nothing = al.alignment(alone(), measures=["other"])
    assert nothing.to_text().startswith("Alignment of the whole: blank: no targets meet (")


def test_congruity_as_plain_data_and_text(winter: System) -> None:
    found = al.congruity(winter)
    plain = json.loads(found.to_json())
    assert (plain["system"], plain["reach"]) == (winter.hash, found.reach)
    assert {row["agency"]: row["congruity"] for row in plain["agencies"]} == dict(found.agencies)
    text = found.to_text(300).splitlines()
    assert text[0].startswith(f"Congruity of the whole: {found.reach:.2f} (the share of what is good for people")
    assert text[2] == "Congruity of each agency (-1 against what is good for people, +1 with it):"
    assert text[3].split() == ["agency", "congruity"]
    assert [line.split()[0] for line in text[4:]] == list(found.to_frame()["agency"])
    page = found._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert ">name</th>" in page
    assert ">congruity</th>" in page
    assert al.congruity(alone()).to_text().startswith("Congruity of the whole: blank (")
