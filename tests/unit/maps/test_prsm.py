"""The Participatory System Mapper's files and workbooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

import alignment as al
from alignment.maps.lz import NotCompressedError, decompressed
from alignment.maps.map import Factor
from tests.squeezed import compressed


def file_of(path: Path, document: Any) -> Path:
    file = path / "map.prsm"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


DOCUMENT = {
    "version": "2.1.0",
    "mapTitle": "Supply",
    "attributeTitles": {"att1": "Owner", "att2": "Strength"},
    "styles": {
        "nodes": {"group0": {"groupLabel": "Sample"}, "group3": {"groupLabel": "Outcome"}},
        "edges": {"edge2": {"groupLabel": "Negative influence"}, "edge7": {"groupLabel": "Positive influence"}},
    },
    "nodes": [
        {"id": "c1", "label": "Energy\nefficiency", "grp": "group3", "x": -86, "y": 47, "att1": "Firm"},
        {"id": "c2", "label": "Costs", "grp": "group0", "note": {"ops": [{"insert": "a "}, {"insert": "note\n"}]}},
        {"id": "c3", "label": "Fuel", "grp": "group0", "title": "old<br>note"},
        {"id": "k", "label": "cluster", "isCluster": True},
    ],
    "edges": [
        {"id": "e1", "from": "c1", "to": "c2", "grp": "edge2", "label": ""},
        {"id": "e2", "from": "c3", "to": "c2", "grp": "edge7", "att2": 2},
        {"id": "e3", "from": "c1", "to": "c3", "grp": "edge4", "arrows": {"from": {"enabled": True}}},
        {"id": "e4", "from": "c2", "to": "c3", "grp": "edge0", "label": "-0.5"},
        {"id": "e5", "from": "c1", "to": "k", "isClusterEdge": True},
    ],
}


def test_styles_labels_and_attributes_say_signs_and_strengths(tmp_path: Path) -> None:
    drawn = al.read_map(file_of(tmp_path, DOCUMENT))
    assert (drawn.name, [each.label for each in drawn.factors]) == ("Supply", ["Energy efficiency", "Costs", "Fuel"])
    first = drawn.factors[0]
    assert (first.type, first.x, first.y, dict(first.attributes)) == ("Outcome", -86, 47, {"Owner": "Firm"})
    assert [each.note for each in drawn.factors] == [None, "a note", "old\nnote"]
    assert [(each.sign, each.weight, each.type, each.direction) for each in drawn.links] == [
        ("-", None, "Negative influence", "directed"),
        ("+", 2, "Positive influence", "directed"),
        (None, None, "Style 5", "mutual"),
        (None, -0.5, None, "directed"),
    ]


def test_there_and_back_as_file_and_as_workbook(tmp_path: Path) -> None:
    drawn = al.read_map(file_of(tmp_path, DOCUMENT))
    for name in ("again.prsm", "again.xlsx"):
        al.write_map(drawn, tmp_path / name)
        again = al.read_map(tmp_path / name)
        assert [placeless(each) for each in again.factors] == [placeless(each) for each in drawn.factors]
        assert again.links == drawn.links


def placeless(factor: Factor) -> Factor:
    """A factor without its place: those that had none are put side by side."""
    return factor.model_copy(update={"x": None, "y": None})


def test_what_a_style_means_can_be_said(tmp_path: Path) -> None:
    drawn = al.read_map(file_of(tmp_path, DOCUMENT))
    assert len(drawn.system(scale=2).influences) == 3
    system = drawn.system(scale=2, words={"style 5": "-"})
    assert [row.strength for row in system.influences] == [-2, 3, -2, -2, -0.75]


def test_a_workbook_as_people_write_it(tmp_path: Path) -> None:
    book = Workbook()
    factors, links = book.worksheets[0], book.create_sheet("Links")
    factors.title = "Factors"
    for row in (
        ("Label", "Style", "Note", "x", "y", "Owner"),
        ("Beds", 1, "At midnight", 10, 20, "Trust"),
        ("Waits", 2),
    ):
        factors.append(row)
    for row in (
        ("From", "To", "Label", "Style", "Note", "polarity"),
        ("Beds", "Waits", "fills", 1, "seen", "+"),
        ("Waits", "Beds", None, 3, None, "-"),
        ("Waits", "Bed", None, 1),
    ):
        links.append(row)
    book.save(tmp_path / "map.xlsx")
    with pytest.raises(al.InputError) as raised:
        al.read_map(tmp_path / "map.xlsx")
    (fault,) = raised.value.faults
    assert (fault.table, fault.row, fault.column) == ("Links", 4, "to")
    assert fault.remedy == "Did you mean 'Beds'?"
    links.delete_rows(4)
    book.save(tmp_path / "map.xlsx")
    drawn = al.read_map(tmp_path / "map.xlsx")
    assert [(each.label, each.type, each.note) for each in drawn.factors] == [
        ("Beds", None, "At midnight"),
        ("Waits", "Style 2", None),
    ]
    assert [(each.sign, each.label, each.type, each.note) for each in drawn.links] == [
        ("+", "fills", None, "seen"),
        ("-", None, "Style 3", None),
    ]


@pytest.mark.parametrize(
    "text", ["a", "aaaa", "abcabcabc", '{"nodes": []}', "Qualität – 质量", "".join(map(chr, range(32, 600)))]
)
def test_compressed_text_is_read(text: str) -> None:
    assert decompressed(compressed(text)) == text


def test_a_compressed_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "map.prsm").write_text(compressed(json.dumps(DOCUMENT)), encoding="utf-8")
    assert len(al.read_map(tmp_path / "map.prsm").links) == 4


@pytest.mark.parametrize("text", ["", "a", "\u2e53", "hello, this is no map", "\uffff" * 50, "質量" * 40])
def test_other_text_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "map.prsm").write_text(text, encoding="utf-8")
    with pytest.raises(al.InputError, match="is no file of PRSM"):
        al.read_map(tmp_path / "map.prsm")


def test_what_ends_too_early_is_told() -> None:
    with pytest.raises(NotCompressedError):
        decompressed(compressed("abcdefgh")[:2])


def test_a_prsm_file_is_no_system(tmp_path: Path) -> None:
    file = file_of(tmp_path, DOCUMENT)
    with pytest.raises(al.InputError, match="systems map"):
        al.read(file)
    with pytest.raises(al.InputError, match="systems map"):
        al.write(al.read("winter-pressure"), file)
