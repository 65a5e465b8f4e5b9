"""A system as one JSON document, in a file and as plain data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from alignment.tables import read, to_document, write

from .conftest import LONDON, Faults

Small = dict[str, Any]


def test_a_document_says_what_was_said(small: Small) -> None:
    assert to_document(read(small)) == small


def test_london_comes_back(tmp_path: Path) -> None:
    system = read(LONDON)
    write(system, tmp_path / "london.json")
    assert read(tmp_path / "london.json") == system
    assert read(json.loads(json.dumps(to_document(system)))) == system
    assert str(read(tmp_path / "london.json")).startswith("6 tiers · 137 agencies")


def test_a_file_has_a_row_a_line(tmp_path: Path, small: Small) -> None:
    write(read({**small, "targets": []}), tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert text.splitlines()[:4] == [
        "{",
        '"about": {"name": "Small", "year": 2018},',
        '"tiers": [',
        '{"id": "national", "name": "National", "level": 0.0},',
    ]
    assert '"targets": [],' in text
    assert json.loads(text) == {**small, "targets": []}


def test_blanks_and_the_order_of_cells_do_not_matter(small: Small) -> None:
    system = read(small)
    for row in small["targets"]:
        cells = {**row, "note": None, "weight": "", "upper": float("nan")}
        row.clear()
        row.update(reversed(cells.items()))
    assert read({**small, "series": [], "draws": None}) == system


def test_cells_as_tables_write_them_are_understood_too(small: Small) -> None:
    system = read(small)
    small["measures"][1].update(statutory="yes", reported_at="national; local")
    small["measures"][0].update(baseline=" 95 ")
    small["targets"][1].update(due=2019)
    assert read(small) == system


def test_the_source_is_not_changed(small: Small) -> None:
    before = json.dumps(small)
    read(small)
    assert json.dumps(small) == before


def test_places_in_a_file_and_in_plain_data(tmp_path: Path, small: Small, faults: Faults) -> None:
    small["targets"][2]["sense"] = "sideways"
    del small["measures"]
    small["tiers"] = "national"
    (tmp_path / "a.json").write_text(json.dumps(small))
    assert [fault.where for fault in faults(small)] == ["tiers", "measures", "targets[2].sense"]
    assert [fault.where for fault in faults(tmp_path / "a.json")] == ["a.json", "a.json", "a.json, targets[2].sense"]
    assert "a.json: tiers is not a list of rows. Write a list of objects" in str(faults(tmp_path / "a.json")[0])


def test_a_document_with_the_envelope_of_a_request(tmp_path: Path, small: Small) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"system": small, "steps": 2}))
    system = read(tmp_path / "a.json")
    assert system == read(small)
    assert list(map(str, system.notes)) == ["a.json: holds the tables under 'system', and was read from there."]


def test_about_that_is_no_object(small: Small, faults: Faults) -> None:
    small["about"] = "London"
    (fault,) = faults(small)
    assert str(fault) == "about: about is not an object. Write an object with name, year and so on."


def test_rows_that_are_no_rows(small: Small, faults: Faults) -> None:
    small["agencies"][1:2] = ["trust", 3, {}]
    found = faults(small)
    assert [fault.where for fault in found] == [
        *("agencies[1]", "agencies[2]", "agencies[3].id", "agencies[3].name"),
    ]
    assert found[0].what == "'trust' is not a row"


def test_names_that_are_given_twice(tmp_path: Path, faults: Faults) -> None:
    (tmp_path / "a.json").write_text(
        '{"agencies": [{"id": "a", "name": "A", "name": "B"}], "measures": [], "targets": [], "targets": []}'
    )
    assert [str(fault) for fault in faults(tmp_path / "a.json")] == [
        "a.json, agencies[0].name: is given twice. Begin the name of one with x-, or join the two.",
        "a.json: gives targets twice. Make one list of the two.",
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is not JSON (line 1, character 1: expecting value)"),
        (b'{"a": [1,\n 2,,]}', "is not JSON (line 2, character 4: "),
        (b"[]", "is not an object"),
        (b'{"year": NaN}', "is not JSON (NaN is no number of JSON)"),
        (b'{"a": "\xe9"}', "is not UTF-8 text (line 1)"),
        (b"[" * 100_000, "is nested too deeply"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "is not JSON ("),
    ],
)
def test_what_is_no_document(content: bytes, what: str, tmp_path: Path, faults: Faults) -> None:
    (tmp_path / "a.json").write_bytes(content)
    (fault,) = faults(tmp_path / "a.json")
    assert fault.where == "a.json"
    assert fault.what.startswith(what)


def test_a_byte_order_mark(tmp_path: Path, small: Small) -> None:
    (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(small).encode())
    assert read(tmp_path / "a.json") == read(small)


def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = read(small)
    write(system, tmp_path / "a.json")

    def interrupted(_: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("alignment.tables.document._text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(system, tmp_path / "a.json")
    assert read(tmp_path / "a.json") == system
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
