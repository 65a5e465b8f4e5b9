"""What was put right while a system was read goes with it, and is no part of what it says."""

from __future__ import annotations

import pickle

import alignment as al
from alignment.models import Note
from alignment.tables.assemble import assemble
from alignment.tables.raw import RawSystem, RawTable

TABLES = {
    "agencies": RawTable("agencies", "sheet agencies", ("id", "name"), [{"id": "trust", "name": "Trust"}]),
    "measures": RawTable(
        "measures",
        "sheet measures",
        ("id", "name"),
        [{"id": "beds", "name": "Beds"}],
        numbers=[3],
        header=2,
        letters={"id": "A", "name": "B"},
        notes=[Note(table="measures", index=0, column="name", what="two spaces are read as one")],
    ),
    "targets": RawTable("targets", "sheet targets", ("agency", "measure", "sense")),
}


def test_notes_name_the_cell_and_travel_with_the_system() -> None:
    passed = Note(table="", place="sheet Cover", what="is no table, and was passed over")
    system = assemble(RawSystem(TABLES, lambda name: name, [passed]))
    assert list(map(str, system.notes)) == [
        "sheet Cover: is no table, and was passed over.",
        "sheet measures, cell B3, column name: two spaces are read as one.",
    ]
    again = pickle.loads(pickle.dumps(system))
    assert again.notes == system.notes
    assert again == system


def test_a_system_without_notes_is_the_same_system() -> None:
    system = assemble(RawSystem(TABLES, lambda name: name))
    plain = al.read(
        {"agencies": [{"id": "trust", "name": "Trust"}], "measures": [{"id": "beds", "name": "Beds"}], "targets": []}
    )
    assert system == plain
    assert system.hash == plain.hash
    assert not plain.notes
