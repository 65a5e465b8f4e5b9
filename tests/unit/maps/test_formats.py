"""The formats of maps: those of the library and those that others add."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

import alignment as al
from alignment.maps import contents
from alignment.maps.formats import FORMATS, formats
from alignment.tables.guarded import content_of

DOCS = Path(__file__).parents[3] / "docs" / "how-to" / "maps.md"

PLUGIN = """
from pathlib import Path

from alignment.maps.contents import Contents
from alignment.maps.formats import Format
from alignment.maps.map import Factor, Link, Map


def read(found: Contents) -> Map:
    pairs = [line.split(" > ") for line in found.text.splitlines()]
    names = dict.fromkeys(name for pair in pairs for name in pair)
    return Map(
        factors=tuple(Factor(id=name, label=name) for name in names),
        links=tuple(Link(source=one, target=two, sign="+") for one, two in pairs),
    )


def write(drawn: Map, path: Path) -> None:
    path.write_text("".join(f"{link.source} > {link.target}\\n" for link in drawn.links), encoding="utf-8")


ARROWS = Format("NAME", "arrows", (".arrows",), read, write, None, "everything but who acts on whom")
BROKEN = 3
"""


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """Nobody else sees what a test installs."""
    formats.cache_clear()
    yield
    formats.cache_clear()
    sys.modules.pop("arrows_of_others", None)


def install(home: Path, monkeypatch: pytest.MonkeyPatch, name: str = "arrows", thing: str = "ARROWS") -> None:
    """A distribution with a module and an entry point, as pip would leave it."""
    (home / "arrows_of_others.py").write_text(PLUGIN.replace("NAME", name), encoding="utf-8")
    info = home / "arrows_of_others-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: arrows-of-others\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        f"[alignment.formats]\narrows = arrows_of_others:{thing}\n", encoding="utf-8"
    )
    monkeypatch.setattr(sys, "path", [str(home), *sys.path])


def test_a_format_of_others_is_read_and_written_by_its_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch)
    (tmp_path / "m.arrows").write_text("Beds > Waits\n", encoding="utf-8")
    drawn = al.read_map(tmp_path / "m.arrows")
    assert [row.strength for row in drawn.system().influences] == [2]
    (note,) = al.write_map(drawn, tmp_path / "again.arrows")
    assert "everything but who acts on whom" in note.what
    assert al.read_map(tmp_path / "again.arrows") == drawn


def test_a_format_that_is_none_or_takes_a_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, name="kumu")
    with pytest.raises(al.OptionError, match="Two formats are called kumu"):
        formats()


@pytest.mark.parametrize(("thing", "says"), [("BROKEN", "is no alignment.maps"), ("ABSENT", "cannot be loaded")])
def test_an_entry_point_that_leads_nowhere_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, thing: str, says: str
) -> None:
    install(tmp_path, monkeypatch, thing=thing)
    with pytest.raises(al.OptionError, match=says):
        al.read_map(DOCS)


def test_an_unknown_word_and_an_unknown_suffix_say_what_there_is(tmp_path: Path) -> None:
    (tmp_path / "m.txt").write_text("from,to,sign\na,b,+\n", encoding="utf-8")
    with pytest.raises(al.UnknownWord, match="Did you mean 'kumu'"):
        al.read_map(tmp_path / "m.txt", "kumo")
    assert len(al.read_map(tmp_path / "m.txt").links) == 1
    for act in (
        lambda: al.read_map(tmp_path),
        lambda: al.read_map(tmp_path / "absent.prsm"),
        lambda: al.write_map(al.read("winter-pressure"), tmp_path / "m.pdf"),
    ):
        with pytest.raises(al.InputError):
            act()


def test_the_docs_have_a_row_for_each_format() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [each.name for each in FORMATS]


@pytest.mark.parametrize(
    "name", ["m.json", "p.json", "m.prsm", "p.xlsx", "k.xlsx", "m.csv", "e.tsv", "m.graphml", "m.gexf"]
)
def test_a_file_is_opened_once_however_many_formats_look(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = {"p.json": "prsm", "k.xlsx": "kumu-workbook", "m.csv": "matrix"}
    al.write_map(al.read("winter-pressure"), tmp_path / name, kinds.get(name))
    opened: list[Path] = []

    def opening(path: Path) -> bytes:
        opened.append(path)
        return content_of(path)

    monkeypatch.setattr(contents, "content_of", opening)
    assert al.read_map(tmp_path / name).links
    assert opened == [tmp_path / name]


KINDS = {
    "k.json": "kumu",
    "p.json": "prsm",
    "p.prsm": "prsm",
    "p.xlsx": "prsm-workbook",
    "k.xlsx": "kumu-workbook",
    **{f"{kind[0]}.{suffix}": kind for kind in ("matrix", "edges") for suffix in ("csv", "tsv", "txt", "xlsx")},
    "g.graphml": "graphml",
    "g.gexf": "gexf",
}
"""A file for each format, and each end of its name."""


@pytest.mark.parametrize("name", KINDS)
def test_a_map_in_the_place_of_a_system_is_one_fault_that_says_what_to_do(name: str, tmp_path: Path) -> None:
    al.write_map(al.read("winter-pressure"), tmp_path / name, KINDS[name])
    with pytest.raises(al.InputError) as raised:
        al.read(tmp_path / name)
    (fault,) = raised.value.faults
    assert (fault.place, "is a systems map" in fault.what) == (str(tmp_path / name), True)
    assert f"alignment map {name} FOLDER" in fault.remedy


def test_what_kumu_exports_as_two_files_is_a_map_too(tmp_path: Path) -> None:
    (tmp_path / "elements.csv").write_text("Label\nBeds\nWaits\n", encoding="utf-8")
    (tmp_path / "connections.csv").write_text("From,To,Type\nBeds,Waits,+\n", encoding="utf-8")
    with pytest.raises(al.InputError, match="is a systems map of Kumu") as raised:
        al.read(tmp_path)
    assert "alignment map map.xlsx FOLDER" in raised.value.faults[0].remedy


def test_a_list_of_measures_is_one_whatever_else_it_says(tmp_path: Path) -> None:
    text = "measure,owner,wish,from,to\nBeds,Trust,down,2019,2020\n"
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    assert len(al.read(tmp_path / "list.csv").targets) == 1


def test_a_system_with_other_sheets_is_told_what_is_missing(tmp_path: Path) -> None:
    book = Workbook()
    sheets = {"measures": (("id", "name"), ("a", "A")), "Scores": ((None, "a", "b"), ("a", 0, 1), ("b", 1, 0))}
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "part.xlsx")
    with pytest.raises(al.InputError, match="the table agencies is missing"):
        al.read(tmp_path / "part.xlsx")


def test_workbooks_of_other_programs_hold_maps_too(tmp_path: Path) -> None:
    al.write_map(al.read("winter-pressure"), tmp_path / "m.xlsx", "matrix")
    (tmp_path / "m.xlsx").rename(tmp_path / "m.xlsm")
    assert al.read_map(tmp_path / "m.xlsm").links
    for kind in (None, "matrix"):
        with pytest.raises(al.InputError, match="is no name of a map that can be written"):
            al.write_map(al.read("winter-pressure"), tmp_path / "m.ods", kind)
