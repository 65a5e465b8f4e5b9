"""A system as a folder of CSV files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from alignment.models import TABLES, Fault
from alignment.tables import read, write

from .conftest import LONDON, ROOT, Faults

LONDON_LINE = "6 tiers · 137 agencies · 55 measures · 88 targets · 76 influences"


def said(found: Iterable[Fault]) -> list[str]:
    return [str(fault) for fault in found]


def append(path: Path, text: str, encoding: str = "utf-8") -> None:
    with path.open("ab") as file:
        file.write(text.encode(encoding))


@pytest.mark.parametrize("name", ["london-2018", "england-frameworks"])
def test_the_example_systems_are_read_whole(name: str) -> None:
    folder = ROOT / "examples" / name
    system = read(folder)
    for path in folder.glob("*.csv"):
        # No cell of these files holds a newline, so that lines are rows.
        assert len(system.table(path.stem)) == len(path.read_text(encoding="utf-8").splitlines()) - 1


def test_london_prints_as_one_line() -> None:
    assert str(read(LONDON)) == LONDON_LINE
    assert str(read(str(LONDON))) == LONDON_LINE


def test_other_files_are_left_alone(london: Path) -> None:
    (london / "README.md").write_text("# Read me")
    (london / ".~lock.targets.csv#").write_text("somebody")
    (london / "._targets.csv").write_bytes(b"\x00\xff")
    (london / "old").mkdir()
    (london / "old" / "targets.csv").write_text("nothing")
    (london / "map.png").write_bytes(b"\x89PNG")
    assert str(read(london)) == LONDON_LINE


def test_an_unknown_csv_that_may_be_a_table_is_a_fault(london: Path, faults: Faults) -> None:
    (london / "target.csv").write_text("a\n")
    (london / "sheet1.csv").write_text("agency,measure,share\n")
    (london / "tier.csv").write_text("a\n")
    (london / "tiers.csv").unlink()
    assert said(faults(london)) == [
        (
            "sheet1.csv: 'sheet1' is not a table of a system. "
            "Begin its name with x- to keep it as your own, or give it the name of a table."
        ),
        "tier.csv: 'tier' is not a table of a system. Did you mean 'tiers'?",
    ]


def test_an_empty_folder_lacks_what_is_required(tmp_path: Path, faults: Faults) -> None:
    assert [fault.where for fault in faults(tmp_path)] == ["agencies.csv", "measures.csv", "targets.csv"]


def test_rows_are_counted_as_a_spreadsheet_counts_them(london: Path, faults: Faults) -> None:
    last = len(read(LONDON).tiers) + 1
    # A blank row, a row of two lines of text, and then the bad one: the third after the last.
    append(london / "tiers.csv", '\n,,,,,\nward,Ward,7,,"two\nlines",,\nstreet,Street,x,,,,\n')
    (fault,) = faults(london)
    assert (fault.row, fault.column) == (last + 4, "level")


def test_a_byte_order_mark_and_windows_line_ends(london: Path) -> None:
    for path in london.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read(london) == read(LONDON)


def test_blank_columns_at_the_end_are_nothing(london: Path) -> None:
    path = london / "targets.csv"
    path.write_text("\n".join(line + ",," for line in path.read_text(encoding="utf-8").splitlines()), encoding="utf-8")
    assert read(london) == read(LONDON)


def test_files_that_cannot_be_read_do_not_hide_each_other(london: Path, faults: Faults) -> None:
    append(london / "populations.csv", "cafe,\u041a\u0430\u0444\u0435,everyone\n", "cp1251")
    append(london / "incentives.csv", 'london-ccg,"unclosed\n')
    (london / "finances.csv").write_text("\n,,\n")
    (london / "about.json").write_text('{"name": "London",}')
    text = "\n".join(said(faults(london)))
    assert "about.json: is not JSON (line 1, character " in text
    assert "populations.csv: is not UTF-8 text (line 23). Save it as UTF-8: in Excel, as 'CSV UTF-8" in text
    assert "incentives.csv, row 36: the quotes cannot be made out (unexpected end of data). Put text" in text
    assert (
        "finances.csv: is empty. Name the columns in the first row, or begin its name with x- where it is not used."
        in text
    )
    assert len(text.splitlines()) == 4


def test_a_comma_too_many_is_one_fault(london: Path, faults: Faults) -> None:
    append(london / "measures.csv", "new,Waits, in days,well,higher" + "," * 18 + "x\n")
    append(london / "controls.csv", "acute-trust,new,0.1,,,\n")
    (fault,) = faults(london)
    assert fault.where == "measures.csv, row 57"
    assert fault.what == "has 23 cells, and the header has 21"


def test_columns_that_are_there_twice_or_have_no_name(tmp_path: Path, faults: Faults) -> None:
    (tmp_path / "agencies.csv").write_text("id,name,,name\na,A,stray,A again\nb,B,,\n")
    (tmp_path / "measures.csv").write_text("id,name\n")
    (tmp_path / "targets.csv").write_text("agency,measure,sense\n")
    assert said(faults(tmp_path)) == [
        (
            "agencies.csv, row 1: column 3 has no name, but something in row 2. "
            "Name the column; one of your own begins with x-."
        ),
        (
            "agencies.csv, row 1, column name: the column name is there already. Begin the heading of one with x-, or "
            "join the two."
        ),
    ]


def test_missing_and_unknown_columns_are_said_once_each(london: Path, faults: Faults) -> None:
    path = london / "influences.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("source_measure", "colour", 1), encoding="utf-8")
    assert [(fault.where, fault.what) for fault in faults(london)] == [
        ("influences.csv, row 1, column colour", "'colour' is not a column of influences"),
        ("influences.csv, row 1, column source_measure", "the column source_measure is missing"),
    ]


@pytest.mark.parametrize("text", ["[1]", '"x"', "NaN", "{", "[" * 100_000, b"\xff"])
def test_about_that_is_no_object(text: str | bytes, london: Path, faults: Faults) -> None:
    (london / "about.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    (fault,) = faults(london)
    assert fault.where == "about.json"


def test_about_is_not_a_csv(london: Path, faults: Faults) -> None:
    (london / "about.csv").write_text("name\nLondon\n")
    assert said(faults(london)) == ["about.csv: is a CSV file. Write about.json: an object with name, year and so on."]


def test_nothing_is_lost_of_what_is_not_written_again(london: Path, small: dict[str, Any]) -> None:
    (london / "notes.txt").write_text("mine")
    (london / "mine").mkdir()
    (london / "x-mine.csv").write_text("anything\n")
    draws = (london / "draws.csv").read_bytes()
    system = read({**small, "about": None})
    write(system, london)
    assert read(london) == system
    written = {f"{name}.csv" for name in TABLES if system.table(name)}
    aside = {path.name for path in LONDON.iterdir() if path.suffix in {".csv", ".json"}} - written
    others = {path.name for path in LONDON.iterdir()} - written - aside
    kept = {path.name for path in london.iterdir()}
    assert kept == {*written, *others, *(f"{name}.old" for name in aside), "notes.txt", "mine", "x-mine.csv"}
    assert (london / "draws.csv.old").read_bytes() == draws


def test_what_is_moved_aside_takes_no_name_that_is_taken(london: Path, small: dict[str, Any]) -> None:
    (london / "draws.csv.old").write_text("older")
    write(read(small), london)
    assert (london / "draws.csv.old").read_text() == "older"
    assert (london / "draws.csv.old-2").exists()


def test_only_columns_that_say_something_are_written(tmp_path: Path, small: dict[str, Any]) -> None:
    write(read(small), tmp_path / "new")
    targets = (tmp_path / "new" / "targets.csv").read_bytes()
    assert targets.splitlines()[:2] == [
        b"agency,measure,sense,value,for_agency,start,due",
        b"ministry,beds,at_most,92,trust,,",
    ]
    assert b"\r" not in targets
    assert b"national;local" in (tmp_path / "new" / "measures.csv").read_bytes()
    assert b",yes," in (tmp_path / "new" / "measures.csv").read_bytes()


def test_a_very_long_cell_comes_back(tmp_path: Path, small: dict[str, Any]) -> None:
    system = read({**small, "about": {"name": "x"}})
    text = 'a "quoted", long\n' * 20_000
    noted = tuple(row.model_copy(update={"note": text.strip()}) for row in system.agencies)
    long = system.model_copy(update={"agencies": noted})
    write(long, tmp_path / "long")
    assert read(tmp_path / "long") == long


def test_an_interrupted_write_leaves_the_old_folder(
    london: Path, small: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in london.iterdir()}

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("alignment.tables.folder._table_text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(read(small), london)
    assert {path.name: path.read_bytes() for path in london.iterdir()} == before
    with pytest.raises(KeyboardInterrupt):
        write(read(small), london.parent / "other")
    assert sorted(path.name for path in london.parent.iterdir()) == ["london"]


def test_a_disk_that_fails(london: Path, faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: Path, *_: object) -> int:
        raise OSError(5, "Input/output error", str(path))

    monkeypatch.setattr("os.open", fails)
    (fault,) = faults(london)
    assert "cannot be opened: Input/output error" in str(fault)
