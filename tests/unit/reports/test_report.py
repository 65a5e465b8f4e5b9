"""The report: a valid page of any system, which says what the verbs say, and loads, runs and promises nothing."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

import alignment as al
from alignment.errors import OptionError, UnknownWord
from alignment.reports.leaflet.markup import element
from alignment.reports.leaflet.plain_names import plainly_named
from alignment.reports.leaflet.style import STYLE, TEXTS
from alignment.reports.leaflet.tables import Head, worst
from tests.strategies import systems, wild_words
from tests.thoroughly import most

VOID = ("meta",)
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "main", "section", "nav", "footer"),
    *("h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "dd", "div", "strong", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}


class Page(HTMLParser):
    """A page read by somebody who knows nothing of how it was made, and who minds every slip."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tables: list[set[str]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        named = dict(attrs)
        assert len(named) == len(attrs)
        assert not {"style", "src", "onclick", "action"} & set(named)
        self.ids += [named["id"] or ""] if "id" in named else []
        self.links += [named["href"] or ""] if "href" in named else []
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "table":
            self.tables.append(set())
        if tag == "caption":
            self.tables[-1].add(tag)
        if tag == "th":
            assert named.get("scope") in {"row", "col"}
            self.tables[-1].add(named["scope"] or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def valid(text: str) -> Page:
    """The page, once all that holds for any of them was seen to hold."""
    page = Page(text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert page.levels.count(1) == 1
    assert page.levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(page.levels, page.levels[1:], strict=False))
    assert len(set(page.ids)) == len(page.ids)
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert all(parts == {"caption", "row", "col"} for parts in page.tables)
    return page


@pytest.fixture(scope="module")
def winter() -> al.System:
    return al.read("winter-pressure")


@pytest.fixture(scope="module")
def text(winter: al.System) -> str:
    return al.report(winter)


def test_the_headline_counts_what_the_verbs_count(winter: al.System, text: str) -> None:
    proposal = al.propose(winter)
    gone = [row.measure for row in proposal.retired]
    assert gone == ["length-of-stay"]
    targets = [row.id for row in winter.targets if row.measure in gone]
    left = al.find_conflicts(al.apply(winter, [al.Drop(table="targets", row=each) for each in targets if each]))
    said = valid(text).text
    assert "Letting go of 1 of 8 measures would take 5 clashes between what bodies want down to 3." in said
    assert (proposal.before.conflicts, proposal.after.conflicts) == (5, 3)
    assert f"{len(al.find_conflicts(winter))} → {len(left)}" in said
    assert "17 → 15" in said


def test_everything_is_said_in_the_order_of_reading(text: str) -> None:
    parts = ("quarrels", "agenda", "changes", "kept", "retired", "asked", "left", "hindering", "map", "far", "lenses")
    places = [text.index(f'<h2 id="{name}">') for name in (*parts, "open", "sure", "record")]
    assert places == sorted(places)


def test_measures_that_go_and_stay_are_named_with_what_stands_for_them(winter: al.System, text: str) -> None:
    said = valid(text).text
    assert "To the trust: “Bed occupancy”, as progress on the retired one shows in it." in said
    proposal = al.propose(winter)
    assert all(row.name in said for row in (*proposal.kept, *proposal.retired))
    assert all(theme.suggestion in said for theme in al.themes(winter).themes)
    assert winter.hash in said


def test_a_band_of_one_value_is_that_value(text: str) -> None:
    said = valid(text).text
    assert "GBP 42 thousand a week (due 2031-03-31), to be negotiated" in said
    assert "between 42 and 42" not in said.lower()


def test_the_same_system_gives_the_same_bytes(winter: al.System, text: str) -> None:
    assert al.report(winter) == text


def test_only_a_day_that_is_given_stands_on_it(winter: al.System, text: str) -> None:
    dated = al.report(winter, date=dt.date(2026, 11, 26))
    assert dated.replace(" 26 November 2026.", "") == text


def test_nothing_but_its_own_style_is_let_in(text: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert policy
    assert style
    seal = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{seal}'"]
    assert "<" not in STYLE
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_a_body_finds_itself_first(winter: al.System) -> None:
    by_id, by_name = al.report(winter, for_agency="trust"), al.report(winter, for_agency="The Trust")
    assert by_id == by_name
    page = valid(by_id)
    assert by_id.index('id="own"') < by_id.index('id="quarrels"')
    assert "If the proposed set of 7 measures is agreed, it keeps three of these four and gives up one." in page.text
    with pytest.raises(UnknownWord, match="'trusty' is not an agency"):
        al.report(winter, for_agency="trusty")


def test_where_no_set_is_possible_the_quarrels_are_told(winter: al.System) -> None:
    said = valid(al.report(winter, at_most=0)).text
    assert "The tables show 17 ways in which targets pull apart, and allow no choice of measures." in said
    assert "No set: No set of measures meets all of these together" in said
    assert "What pulls apart" in said
    assert "The proposed measures" not in said


def test_options_are_those_of_the_set_and_stand_in_the_record(winter: al.System) -> None:
    said = valid(al.report(winter, keep=["length-of-stay"], worth=1)).text
    assert "worth 1.0; keep length-of-stay" in said
    with pytest.raises(UnknownWord, match="worht"):
        al.report(winter, worht=1)


def test_bodies_are_called_as_people_call_them() -> None:
    london = al.read("london-2018")
    plain = plainly_named(london)
    names = [row.name for row in plain.agencies]
    assert not [name for name in names if "(type)" in name]
    assert len({name.casefold() for name in names}) == len(names)
    assert [row.id for row in plain.agencies] == [row.id for row in london.agencies]


def test_of_bodies_with_one_name_the_tier_or_else_the_id_is_said(winter: al.System) -> None:
    rows = [row.model_copy(update={"name": "Health Board (type)"}) for row in winter.agencies]
    names = {row.id: row.name for row in plainly_named(winter.replace(agencies=rows)).agencies}
    tiers = {row.id: row.tier for row in rows}
    assert names["trust"] == "Health Board (Provider)"
    twins = [each for each in names if list(tiers.values()).count(tiers[each]) > 1]
    assert twins
    assert all(names[each] == f"Health Board ({each})" for each in twins)


def test_a_place_that_holds_something_else_is_left_alone(winter: al.System, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>mine</p>", encoding="utf-8")
    with pytest.raises(OptionError, match=r"page\.html is there already, and no report"):
        al.report(winter, page)
    assert page.read_text(encoding="utf-8") == "<p>mine</p>"
    with pytest.raises(OptionError, match=r"a name that ends in \.html"):
        al.report(winter, tmp_path / "page.pdf")


def test_a_report_takes_the_place_of_another(winter: al.System, text: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    al.report(winter, page, date=dt.date(2026, 1, 1))
    assert al.report(winter, page) == text
    assert page.read_bytes() == text.encode()


def test_it_is_no_folder_whatever_is_imported_first() -> None:
    code = "import alignment.reports.answer_workbook, inspect, alignment as al; assert inspect.isfunction(al.report)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_ten_are_read_and_the_rest_is_folded_or_counted() -> None:
    rows = [(f"row {number}", str(number)) for number in range(300)]
    made = worst(Head("Rows", ("Row", "Number#"), "Ask for them."), rows, 5_000)
    assert made is not None
    above, below = made.split("<details>")
    assert (above.count('scope="row"'), below.count('scope="row"')) == (10, 200)
    assert "4,790 more are not on this page. Ask for them." in below
    assert "details" not in (worst(Head("Rows", ("Row", "Number#")), rows[:10]) or "")


def test_what_is_no_markup_is_escaped() -> None:
    made = element("p", "<b>&", element("i", '"'), title="'\"><script>")
    assert made == ('<p title="&#x27;&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;<i>&quot;</i></p>')


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("ink", "paper"), TEXTS)
def test_words_stand_out_from_what_they_stand_on(ink: str, paper: str) -> None:
    lighter, darker = sorted(map(luminance, (ink, paper)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@settings(max_examples=most(60, 8), deadline=None)
@given(systems(words=wild_words, targets=(0, 6)))
def test_any_system_gives_a_valid_page(system: al.System) -> None:
    try:
        text = al.report(system, time_limit=5)
    except al.DivergentEffects:
        return
    page = valid(text)
    assert text.encode().decode() == text
    assert system.hash in page.text
