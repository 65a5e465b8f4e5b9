"""The layered map shows all that it says, in its place, and nothing else."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings, strategies as st

import alignment as al
from alignment.errors import OptionError, UnknownWord
from alignment.models import System
from alignment.reports.drawing.layered_map import LayeredMap
from alignment.reports.drawing.letters import plain
from alignment.reports.drawing.map_bodies import MOST_BODIES
from tests.drawn import on_each_other, outside, parsed, words
from tests.random_systems import rich_system, shuffled
from tests.small import small, target
from tests.strategies import wild_words
from tests.thoroughly import most, part_of

PLACES = ("winter-pressure", "london-2018", "england-frameworks")


@cache
def place(name: str) -> System:
    return al.read(name)


@cache
def drawn(name: str) -> LayeredMap:
    return al.map(place(name))


def svg_of(found: LayeredMap) -> ET.Element:
    return parsed(found.svg)[0]


def ids(elements: Iterable[ET.Element], name: str) -> set[str]:
    """The ids that elements bear in an attribute."""
    return {word for each in elements for word in each.attrib.get(name, "").split()}


def lit(svg: ET.Element, name: str) -> set[str]:
    return ids((each for each in svg.iter() if each.attrib.get("class") == "part lit"), name)


@pytest.mark.parametrize("name", PLACES)
def test_no_label_stands_on_another_or_leaves_the_page(name: str) -> None:
    svg = svg_of(drawn(name))
    assert on_each_other(svg) == []
    assert outside(svg) == []
    assert float(svg.attrib["width"]) <= 860


@pytest.mark.parametrize("seed", part_of(range(60), 4))
def test_every_wish_and_conflict_is_there(seed: int) -> None:
    system = rich_system(seed)
    found = al.find_conflicts(system)
    svg = svg_of(al.map(system, found))
    assert on_each_other(svg) == []
    assert outside(svg) == []
    about = {each.id for each in found if each.measures or each.outcome}
    assert ids(svg.iter(), "data-c") == about
    wishes = [each for each in svg.iter("path") if "data-a" in each.attrib]
    assert {(row.agency, row.measure) for row in system.targets} <= {
        (who, measure)
        for each in wishes
        for who in each.attrib["data-a"].split()
        for measure in each.attrib["data-m"].split()
    }
    asking, standing = {row.agency for row in system.targets}, {who for each in found for who in each.agencies}
    assert ids(svg.iter(), "data-a") == asking | standing
    assert ids(svg.iter(), "data-m") == {row.id for row in system.measures}


@pytest.mark.parametrize("seed", part_of(range(12), 4))
def test_it_does_not_depend_on_the_order_of_rows(seed: int) -> None:
    system = rich_system(seed)
    assert al.map(shuffled(system, seed)) == al.map(system)


@pytest.mark.parametrize("conflict", [each.id for each in al.find_conflicts(place("winter-pressure"))])
def test_a_conflict_is_lit_with_who_and_what_stands_in_it(conflict: str) -> None:
    found = al.find_conflicts(place("winter-pressure"))[conflict]
    svg = svg_of(al.map(place("winter-pressure"), conflict=conflict))
    assert lit(svg, "data-a") == {*found.agencies}
    assert lit(svg, "data-m") == {*found.measures, *found.path}
    assert conflict in lit(svg, "data-c")
    parts = [each for each in svg.iter() if each.attrib.get("class", "").startswith("part")]
    assert all((each.attrib["class"] == "part lit") != ("opacity" in each.attrib) for each in parts)


def test_many_measures_are_folded_and_one_outcome_can_be_opened() -> None:
    england = place("england-frameworks")
    folded = svg_of(drawn("england-frameworks"))
    outcome = england.outcomes[0].id
    own = {row.id for row in england.measures if row.outcome == outcome}
    opened = svg_of(al.map(england, outcome=outcome))
    for svg, each in ((folded, set[str]()), (opened, own)):
        lines = [line.attrib["data-m"].split() for line in svg.iter("g") if "data-m" in line.attrib]
        assert {line[0] for line in lines if len(line) == 1} >= each
        assert sorted(measure for line in lines for measure in line) == sorted(row.id for row in england.measures)
    assert len([*opened.iter("text")]) > len([*folded.iter("text")])
    assert len(drawn("england-frameworks").svg) < 50_000


def test_measures_of_no_outcome_are_folded_too() -> None:
    many = [{"id": f"m{at}", "name": f"Measure {at}"} for at in range(71)]
    svg = svg_of(al.map(small(measures=many, targets=[target("a", "m3", "increase")])))
    said = [each.text for each in svg.iter("text")]
    assert said[-2:] == ["No outcome given", "71 measures, 1 targeted"]


def test_of_very_many_conflicts_the_worst_are_drawn_and_the_one_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for file in ("map_contents", "layered_map"):
        monkeypatch.setattr(f"alignment.reports.drawing.{file}.MOST_CONFLICTS", 3)
    winter = place("winter-pressure")
    every = [each.id for each in al.find_conflicts(winter)]
    found = al.map(winter, conflict=every[5])
    assert ids(svg_of(found).iter(), "data-c") == {*every[:3], every[5]}
    assert found.title.startswith("17 conflicts")
    assert "Drawn are the 3 worst conflicts and the one that is lit." in found.description
    assert "Drawn are the 3 worst conflicts." in al.map(winter).description


def test_bodies_alike_are_one_where_there_are_too_many() -> None:
    agencies = [{"id": f"c{at}", "name": f"Council {at}", "kind": "Council"} for at in range(MOST_BODIES)]
    system = small(
        agencies=[*agencies, {"id": "nhs", "kind": "Health"}],
        measures=[{"id": "wait", "baseline": 5}],
        targets=[target("nhs", "wait", "at_least", 9), *(target(row["id"], "wait", "at_most", 3) for row in agencies)],
    )
    found = al.map(system)
    svg = svg_of(found)
    assert f"Council ({MOST_BODIES} bodies)" in [each.text for each in svg.iter("text")]
    assert ids(svg.iter(), "data-a") == {row.id for row in system.agencies}
    assert len([*svg.iter("circle")]) == 2


def test_the_words_for_those_who_do_not_see_it_are_from_the_data() -> None:
    found = drawn("london-2018")
    svg = svg_of(found)
    assert svg.attrib["role"] == "img"
    assert (svg[0].tag, svg[0].text) == ("title", found.title)
    assert (svg[1].tag, svg[1].text) == ("desc", found.description)
    conflicts = al.find_conflicts(place("london-2018"))
    measures = {measure for each in conflicts for measure in each.measures}
    assert found.title.startswith(f"{len(conflicts)} conflicts, in which {len(measures)} of 55 measures")
    assert "In most conflicts: A&E patients dealt with within four hours (" in found.description
    assert "Left out: 122 bodies" in found.description
    assert "(type)" not in found.svg


@settings(max_examples=most(60, 12), deadline=None)
@given(st.lists(wild_words, min_size=6, max_size=6), st.booleans())
def test_names_are_words_whatever_they_look_like(names: list[str], fold: bool) -> None:
    tier, one, two, wait, beds, outcome = names
    tables: dict[str, Any] = {
        "tiers": [{"id": "t", "name": tier, "level": 1}],
        "agencies": [{"id": "one", "name": one, "tier": "t"}, {"id": "two", "name": two}],
        "outcomes": [{"id": "o", "name": outcome}, {"id": "unowned", "name": outcome}],
        "measures": [
            {"id": "wait", "name": wait, "outcome": "o", "baseline": 5},
            {"id": "beds", "name": beds, "outcome": "unowned"},
        ],
        "targets": [target("one", "wait", "at_least", 9), target("two", "wait", "at_most", 3)],
    }
    system = System.model_validate(tables)
    found = al.map(system, outcome="o" if fold else None)
    svg = parsed(found.to_html()).find(".//svg")
    assert svg is not None
    assert on_each_other(svg) == []
    said = words(svg)
    shown = [system.tiers[0], *system.agencies, *system.outcomes, *system.measures]
    for row in shown if not fold else [system.outcomes[0]]:
        assert " ".join(plain(row.name).split()) in said
    assert found.to_text()


def test_it_is_an_object_like_others(tmp_path: Path) -> None:
    found = drawn("winter-pressure")
    assert copy.deepcopy(found) == found == pickle.loads(pickle.dumps(found))
    assert getattr(found, "_repr_svg_")() == found.svg  # noqa: B009 - what a notebook calls
    assert getattr(found, "_repr_html_")() == found.to_html()  # noqa: B009
    assert found.svg in found.to_html()
    assert repr(found) == f"<LayeredMap: {found.title}>"
    found.write(tmp_path / "winter.svg")
    assert (tmp_path / "winter.svg").read_text("utf-8") == found.svg
    with pytest.raises(OptionError, match=r"ends in \.svg"):
        found.write(tmp_path / "winter.png")
    assert "- Delayed discharges: less: the commissioner; 7 conflicts" in found.to_text().replace("\n    ", " ")


def test_nothing_is_drawn_of_nothing() -> None:
    found = al.map(small(measures=[], targets=[]))
    assert found.title == "No conflict is known"
    assert svg_of(found).attrib["width"] == "860"


def test_what_is_not_known_is_refused() -> None:
    winter = place("winter-pressure")
    with pytest.raises(UnknownWord, match="an outcome"):
        al.map(winter, outcome="beds")
    with pytest.raises(UnknownWord, match="the id of a conflict"):
        al.map(winter, conflict="opposed")
    with pytest.raises(OptionError, match="another system"):
        al.map(winter, al.find_conflicts(place("london-2018")))
