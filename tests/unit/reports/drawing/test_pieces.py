"""Tables with shades and bars, and small charts: figures that are the answer's, and words beside every colour."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import alignment as al
from alignment.reports.drawing.bars import Bar, bars
from alignment.reports.drawing.curves import coverage_curve, frontier_curve
from alignment.reports.drawing.heatmap import finding, heatmap
from alignment.reports.drawing.letters import cut_to, lines_of, width_of
from alignment.reports.drawing.markup import element, escaped
from alignment.reports.drawing.ticks import ticks
from tests.drawn import boxes, on_each_other, outside, parsed, words
from tests.small import small, target
from tests.strategies import wild_words
from tests.thoroughly import most

anything = st.text(st.characters(), max_size=30)


@cache
def london(by: str) -> al.Alignment:
    return al.alignment(al.read("london-2018"), by=by)  # pyright: ignore[reportArgumentType]


def test_a_heatmap_says_what_the_answer_says() -> None:
    found = london("tier")
    page = parsed(heatmap(found))
    rows = [[words(cell) for cell in row] for row in page.iter("tr")]
    assert rows[0] == ["Whose targets", *found.names]
    with np.errstate(invalid="ignore"):
        parts = 100 * found.hinder / (found.help + found.hinder)
    for name, row, line in zip(found.names, parts.tolist(), rows[1:], strict=True):
        said = ["– no known effect" if part != part else f"{part:.0f}" for part in row]  # noqa: PLR0124
        assert [cell.removesuffix(" ▼") for cell in line] == [name, *said]
    assert [cell.attrib["scope"] for cell in page.iter("th")] == ["col"] * 5 + ["row"] * 4
    assert finding(found) == "National hinders Borough most: 30% of what its targets do there works against them"
    table = page.find(".//table")
    assert table is not None
    assert table.attrib["aria-label"] == finding(found)


def test_steps_are_told_by_figures_and_a_mark_not_by_colour_alone() -> None:
    for cell in parsed(heatmap(london("agency"))).iter("td"):
        step, said = cell.attrib["class"], words(cell)
        if said == "– no known effect":
            assert step == "heat-0"
            continue
        part = int(said.removesuffix(" ▼"))
        assert step == f"heat-{sum(part >= least for least in (0, 10, 25, 50, 75))}"
        assert said.endswith("▼") == (part >= 50)


def test_of_many_groups_those_in_most_hindrance_are_shown_by_number() -> None:
    found = london("agency")
    page = parsed(heatmap(found, most=3))
    against = found.hinder.sum(axis=0) + found.hinder.sum(axis=1)
    worst: list[int] = sorted(np.argsort(-against, kind="stable")[:3].tolist())
    names = [found.names[at].removesuffix(" (type)") for at in worst]
    assert [words(row[0]) for row in page.iter("tr")] == ["Whose targets", *names]
    assert f"Not shown: {len(found.groups) - 3} " in words(page)
    many = parsed(heatmap(found))
    rows = [words(row[0]) for row in many.iter("tr")][1:]
    columns = [words(cell) for cell in many.iter("th") if cell.attrib["scope"] == "col"][1:]
    assert [f"{at}. {column.partition(' ')[2]}" for at, column in enumerate(columns, start=1)] == rows


def test_where_nobody_hinders_there_is_a_sentence() -> None:
    one = small(measures=[{"id": "wait"}], targets=[target("a", "wait", "decrease")])
    assert [each.tag for each in parsed(heatmap(al.alignment(one, by="agency")))] == ["p"]
    both = small(measures=[{"id": "wait"}], targets=[target("a", "wait", "decrease"), target("a", "wait", "increase")])
    assert finding(al.alignment(both, by="agency")).startswith("A hinders itself most: 50%")


@settings(max_examples=most(60, 15), deadline=None)
@given(wild_words, wild_words)
def test_names_in_a_heatmap_are_words(one: str, two: str) -> None:
    system = small(
        agencies=[{"id": "one", "name": one}, {"id": "two", "name": two}],
        measures=[{"id": "wait"}],
        targets=[target("one", "wait", "decrease"), target("two", "wait", "increase")],
    )
    page = parsed(heatmap(al.alignment(system, by="agency")))
    names = [" ".join(row.name.split()) for row in system.agencies]
    assert [words(row[0]) for row in page.iter("tr")][1:] == names


@settings(max_examples=most(100, 25), deadline=None)
@given(st.lists(st.tuples(anything, st.integers(0, 999), st.integers(0, 999)), max_size=5), anything)
def test_bars_are_as_long_as_what_they_count(rows: list[tuple[str, int, int]], title: str) -> None:
    page = parsed(bars(title, [Bar(*row) for row in rows]))
    lines = [*page.iter("tr")][1:]
    most_of_all = max((max(before, after) for _, before, after in rows), default=0)
    for line, (_, before, after) in zip(lines, rows, strict=True):
        assert [words(cell) for cell in line[1:3]] == [f"{before}", f"{after}"]
        assert line[0].attrib["scope"] == "row"
        assert line[3].attrib["aria-hidden"] == "true"
        for rect, value in zip(line.iter("rect"), (before, after), strict=True):
            assert float(rect.attrib["width"]) == pytest.approx(100 * value / (most_of_all or 1), abs=0.051)
    assert [rect.attrib["class"] for rect in page.iter("rect")] == ["before", "after"] * len(rows)


@given(anything)
def test_any_text_comes_back_as_it_is_read(text: str) -> None:
    page = parsed(element("text", text, data_m=text))
    clean = "".join(sign for sign in text if sign >= " " or sign in "\t\n\r")
    clean = "".join(sign for sign in clean if not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff")
    said = " ".join(clean.split())
    assert (page[0].text or "", page[0].attrib["data-m"]) == (said, said)
    assert parsed(element("g", escaped(text)))[0].tag == "g"


@given(anything, st.integers(30, 300), st.integers(1, 3))
def test_labels_are_broken_and_cut_to_fit(text: str, width: int, most_lines: int) -> None:
    lines = lines_of(text, width, most_lines)
    assert len(lines) <= most_lines
    assert all(width_of(line) <= width for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert " ".join(lines) == " ".join(text.split())
    assert cut_to(text, width_of(text)) == text


def test_charts_show_every_point_and_say_its_figures() -> None:
    winter = al.read("winter-pressure")
    frontier, coverage = al.frontier(winter), al.coverage(winter)
    for found, drawn in ((frontier, frontier_curve(frontier)), (coverage, coverage_curve(coverage))):
        assert drawn is not None
        svg = parsed(drawn).find(".//svg")
        assert svg is not None
        assert len([*svg.iter("circle")]) + len([*svg.iter("rect")]) == len(found.points)
        assert on_each_other(svg) == []
        assert outside(svg) == []
        assert float(svg.attrib["width"]) <= 358  # so that it is not made smaller on a phone
    assert "3 choices, from a burden of 5 that leaves 4.35 in conflict or unsaid to one of 7 that leaves 2.5" in words(
        parsed(frontier_curve(frontier) or "")
    )
    assert "5: 4.35; 6: 3.35; 7: 2.5" in words(parsed(frontier_curve(frontier) or ""))
    assert "1 serves 41%, 3 serve 83%, 5 serve 100%" in words(parsed(coverage_curve(coverage) or ""))


def test_the_knee_is_marked_by_shape_and_word() -> None:
    frontier = al.frontier(al.read("winter-pressure"))
    assert frontier.knee == 2
    page = parsed(frontier_curve(frontier) or "")
    assert [words(each) for each in page.iter("rect")] == ["6: 3.35"]
    svg = page.find(".//svg")
    assert svg is not None
    assert "the knee" in [box.text for box in boxes(svg)]


def test_one_point_is_no_chart() -> None:
    winter = al.read("winter-pressure")
    frontier, coverage = al.frontier(winter), al.coverage(winter)
    assert frontier_curve(frontier.model_copy(update={"points": frontier.points[:1]})) is None
    assert coverage_curve(coverage.model_copy(update={"points": coverage.points[:1]})) is None


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=5), st.booleans())
def test_ticks_are_even_and_hold_all_values(values: list[float], whole: bool) -> None:
    marks = ticks(values, whole=whole)
    steps = np.diff(marks)
    size = max(map(abs, [*values, 1.0]))
    assert 2 <= len(marks) <= 7
    assert steps == pytest.approx(steps[0], rel=1e-6, abs=1e-8 * size)
    assert marks[0] <= min(values) + 1e-8 * size
    assert max(values) - 1e-8 * size <= marks[-1]
    assert not whole or all(float(mark).is_integer() for mark in marks)
