"""Kumu's files: projects, blueprints, spreadsheets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

import alignment as al

CASE = {
    "elements": [{"label": "Bed occupancy", "type": "Measure"}, {"label": "Long waits", "type": "Measure"}],
    "connections": [
        {
            "from": "Bed occupancy",
            "to": "Long waits",
            "direction": "directed",
            "attributes": {"connection type": "+"},
        }
    ],
}
"""The case kumu-map of those that failed."""

PROJECT: dict[str, Any] = {
    "name": "Discharge",
    "defaultMap": "map-a",
    "elements": [
        {
            "_id": "elem-6WdXO7R5",
            "attributes": {
                "label": "Bed occupancy",
                "element type": "Stock",
                "tags": ["hospital", "flow"],
                "description": "At midnight",
                "unit": "%",
                "owner": "Trust",
            },
        },
        {"_id": "elem-BbwUSVEF", "attributes": {"label": "Long waits"}},
        {"_id": "elem-wSYe2maA", "attributes": {"label": "Staff morale"}},
    ],
    "connections": [
        {
            "_id": "conn-3FYGqEnD",
            "direction": "directed",
            "delayed": True,
            "reversed": False,
            "from": "elem-6WdXO7R5",
            "to": "elem-BbwUSVEF",
            "attributes": {"connection type": "+", "strength": 2, "description": "Full beds block the door"},
        },
        {
            "_id": "conn-062QQo3U",
            "direction": "mutual",
            "from": "elem-BbwUSVEF",
            "to": "elem-wSYe2maA",
            "attributes": {"polarity": "negative", "connection type": "erodes", "strength": 1},
        },
    ],
    "loops": [{"_id": "loop-1RFBUegh", "attributes": {"label": "Full house"}, "connections": ["conn-3FYGqEnD"]}],
    "maps": [{"_id": "map-a", "elements": []}],
}


def kept(path: Path, document: Any) -> Path:
    file = path / "map.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_the_case_is_one_fault_that_says_what_it_is_and_which_command_reads_it(tmp_path: Path) -> None:
    with pytest.raises(al.InputError) as raised:
        al.read(kept(tmp_path, CASE))
    (fault,) = raised.value.faults
    assert "is a systems map of Kumu" in fault.what
    assert "alignment map map.json FOLDER" in fault.remedy


def test_a_document_that_is_a_map_is_one_fault_too() -> None:
    with pytest.raises(al.InputError, match="is a systems map of Kumu") as raised:
        al.read(CASE)
    assert len(raised.value.faults) == 1


def test_the_case_as_a_map_becomes_a_system(tmp_path: Path) -> None:
    system = al.read_map(kept(tmp_path, CASE)).system()
    assert [(row.id, row.name, row.note) for row in system.measures] == [
        ("bed-occupancy", "Bed occupancy", "type: Measure"),
        ("long-waits", "Long waits", "type: Measure"),
    ]
    (influence,) = system.influences
    assert (influence.source_measure, influence.target_measure, influence.strength) == (
        "bed-occupancy",
        "long-waits",
        2,
    )
    assert any("says only its sign" in note.what for note in system.notes)


def test_a_project_keeps_what_tables_hold_and_says_the_rest(tmp_path: Path) -> None:
    drawn = al.read_map(kept(tmp_path, PROJECT))
    system = drawn.system(scale=2)
    beds = system.measures[0]
    assert (beds.id, beds.ref, beds.unit) == ("bed-occupancy", "elem-6WdXO7R5", "%")
    assert beds.note == "At midnight; type: Stock; tags: hospital, flow; owner: Trust"
    first, there, back = system.influences
    assert (first.strength, first.evidence, first.note) == (3, "Full beds block the door", "delayed")
    assert (there.strength, back.strength) == (-1.5, -1.5)
    assert (there.source_measure, back.source_measure) == ("long-waits", "staff-morale")
    said = " ".join(str(note) for note in system.notes)
    for what in ("maps (1)", "unit (1), owner (1)", "goes both ways", "Full house"):
        assert what in said, what


def test_there_and_back_keeps_everything_but_the_looks(tmp_path: Path) -> None:
    drawn = al.read_map(kept(tmp_path, PROJECT))
    al.write_map(drawn, tmp_path / "again.json")
    again = al.read_map(tmp_path / "again.json")
    for part in ("name", "factors", "links", "loops"):
        assert getattr(again, part) == getattr(drawn, part)


@pytest.mark.parametrize(
    ("marks", "signs"),
    [
        (("++", "--", "+-", "-+"), ("+", "+", "-", "-")),
        # Without a mark of two ends, two dashes could be a strong minus.
        (("++", "--", "+", "-"), ("+", None, "+", "-")),
        (("s", "o", "Positive", "decreases"), ("+", "-", "+", "-")),
    ],
)
def test_the_types_of_connections_say_the_sign(tmp_path: Path, marks: tuple[str, ...], signs: tuple[str, ...]) -> None:
    connections = [{"from": "a", "to": "b", "type": mark} for mark in marks]
    drawn = al.read_map(kept(tmp_path, {"elements": [{"label": "a"}, {"label": "b"}], "connections": connections}))
    assert tuple(link.sign for link in drawn.links) == signs
    assert tuple(link.type or link.sign for link in drawn.links) == marks


def test_every_fault_is_told_at_once_with_the_closest_label(tmp_path: Path) -> None:
    document = {
        "elements": [
            {"label": "Beds"},
            {"label": "Waits"},
            {"description": "?"},
            "Morale",
            {"id": "e1", "label": "Twin"},
            {"id": "e2", "label": "Twin"},
            {"label": "Beds"},
        ],
        "connections": [
            {"from": "Bed", "to": "Waits"},
            {"from": "Beds"},
            {"from": "Twin", "to": "Beds"},
            {"from": "e1", "to": "Waits", "type": "+", "strength": -2},
        ],
    }
    with pytest.raises(al.InputError) as raised:
        al.read_map(kept(tmp_path, document))
    told = [f"{fault.table}[{fault.index}]: {fault.what}. {fault.remedy}" for fault in raised.value.faults]
    assert told == [
        "elements[3]: 'Morale' is not an object. Write an object with a label",
        "elements[2]: has neither a label nor an id. Give it a label",
        "elements[6]: 'Beds' is there already. Give each an id, or a label, of its own",
        "connections[0]: 'Bed' is neither an id nor a label of elements. Did you mean 'Beds'?",
        "connections[1]: is blank. Add it to elements, or correct it",
        "connections[2]: 'Twin' is the label of 2 elements. Write the id of the one that is meant",
        "connections[3]: says + and has the weight -2. Correct one of the two",
    ]


@pytest.mark.parametrize("text", ["[]", "{", '{"elements": 3, "connections": []}', '{"elements": []}', "\u0000"])
def test_files_that_are_no_maps_end_in_a_fault(tmp_path: Path, text: str) -> None:
    (tmp_path / "map.json").write_text(text, encoding="utf-8")
    for asked in (None, "kumu"):
        with pytest.raises(al.InputError):
            al.read_map(tmp_path / "map.json", asked)


def test_a_spreadsheet_makes_elements_of_what_its_connections_name(tmp_path: Path) -> None:
    book = Workbook()
    elements = book.worksheets[0]
    elements.title = "Elements"
    for row in (("Label", "Type", "Tags"), ("Beds", "Stock", "a|b")):
        elements.append(row)
    connections = book.create_sheet("Connections")
    for row in (
        ("From", "To", "Type", "Direction"),
        ("Beds", "Waits", "+", "directed"),
        ("Waits", "Morale", "-", "mutual"),
    ):
        connections.append(row)
    book.save(tmp_path / "kumu.xlsx")
    drawn = al.read_map(tmp_path / "kumu.xlsx")
    assert [(each.label, each.type, each.tags) for each in drawn.factors] == [
        ("Beds", "Stock", ("a", "b")),
        ("Waits", None, ()),
        ("Morale", None, ()),
    ]
    assert [(each.sign, each.direction) for each in drawn.links] == [("+", "directed"), ("-", "mutual")]
    al.write_map(drawn, tmp_path / "again.xlsx", "kumu-workbook")
    again = al.read_map(tmp_path / "again.xlsx")
    assert (again.factors, again.links) == (drawn.factors, drawn.links)
