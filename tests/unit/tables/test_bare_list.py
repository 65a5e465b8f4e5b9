"""A bare list of measures, owners and wishes becomes a system."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import alignment as al
from alignment.tables import read
from alignment.tables.wish_words import UnclearWishError, wish_of

from .conftest import Faults

LIST = """\
Measure,Owner,Wish,Value
Bed occupancy,Acute trust,at most,92
Beds emptied by noon,Acute Trust,up,
Planned operations,Commissioner,increase by 10,
Bed occupancy,Commissioner,at least 95%,
"""


def written(home: Path, text: str, encoding: str = "utf-8") -> Path:
    path = home / "list.csv"
    path.write_text(text, encoding=encoding)
    return path


def in_a_sheet(home: Path, text: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in text.splitlines():
        sheet.append([float(cell) if cell.isdigit() else cell or None for cell in line.split(",")])
    book.save(home / "list.xlsx")
    return home / "list.xlsx"


@pytest.mark.parametrize("make", [written, in_a_sheet])
def test_owners_are_agencies_and_wishes_are_targets(make: type[Path], tmp_path: Path) -> None:
    system = read(make(tmp_path, LIST))
    assert [(row.id, row.name) for row in system.agencies] == [
        ("acute-trust", "Acute trust"),
        ("commissioner", "Commissioner"),
    ]
    assert [(row.id, row.unit) for row in system.measures] == [
        ("bed-occupancy", "%"),
        ("beds-emptied-by-noon", None),
        ("planned-operations", None),
    ]
    assert [(row.agency, row.measure, row.sense, row.value) for row in system.targets] == [
        ("acute-trust", "bed-occupancy", "at_most", 92),
        ("acute-trust", "beds-emptied-by-noon", "increase", None),
        ("commissioner", "planned-operations", "increase", 10),
        ("commissioner", "bed-occupancy", "at_least", 95),
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (LIST.replace("Measure,Owner,Wish,Value", "name,agency,sense,value"), "utf-8"),
        (LIST.replace(",", ";"), "utf-8-sig"),
        (LIST.replace(",", "\t"), "cp1252"),
        ("Our measures,,,\n\n" + LIST, "utf-8"),
        (LIST.replace("Value", "Value,x-mine").replace("92", "92,1"), "utf-8"),
    ],
)
def test_a_list_says_the_same_however_it_is_written(text: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert read(written(tmp_path, text, encoding)) == read(written(tmp_path / "other", LIST))


def test_what_was_made_of_it_is_noted(tmp_path: Path) -> None:
    system = read(written(tmp_path, LIST.replace("Value\n", "Value,RAG\n")))
    assert [str(note) for note in system.notes] == [
        ("list.csv: a list of measures was read as 3 measures, 2 agencies, 4 targets; ids are made of the names."),
        "list.csv, row 1: the column 'RAG' is none of a list of measures, and was passed over.",
        "list.csv, row 2, column sense: 'at most 92' is read as at_most, value 92.",
        "list.csv, row 3, column sense: 'up' is read as increase.",
        "list.csv, row 4, column sense: 'increase by 10' is read as increase, value 10.",
        "list.csv, row 5, column sense: 'at least 95%' is read as at_least, value 95%.",
        "list.csv, row 5, column value: 95% was read as 95, as the unit is %.",
    ]


def test_what_is_wrong_is_said_with_its_cell(tmp_path: Path, faults: Faults) -> None:
    path = in_a_sheet(tmp_path, LIST.replace("increase by 10", "improve").replace("Acute Trust,up", ",up"))
    assert [str(fault) for fault in faults(path)] == [
        (
            "sheet Sheet, cell B3, column owner: is blank, and there is a wish. "
            "Write whose wish it is, or clear the wish."
        ),
        "sheet Sheet, cell C4, column wish: 'improve' does not say which way is meant. Write up or down.",
    ]


def test_a_measure_without_a_wish_is_kept(tmp_path: Path) -> None:
    system = read(written(tmp_path, LIST + "Length of stay,Acute trust,,\n"))
    assert (len(system.measures), len(system.targets)) == (4, 4)
    assert str(system.notes[-2]) == "list.csv, row 6: no wish is said, and the measure is kept without."


def test_several_owners_want_the_same(tmp_path: Path) -> None:
    system = read(written(tmp_path, "measure,owner,wish\nBeds,Trust; Council,down\n"))
    assert [row.agency for row in system.targets] == ["trust", "council"]


def test_names_that_make_one_id_stay_two(tmp_path: Path) -> None:
    system = read(written(tmp_path, "measure,owner,wish\nA+E waits,Trust,down\nA E waits,Trust,down\n床,Trust,up\n"))
    assert [row.id for row in system.measures] == ["a-e-waits", "a-e-waits-2", "measure"]


def test_a_table_of_a_folder_is_no_list(tmp_path: Path, faults: Faults) -> None:
    (tmp_path / "targets.csv").write_text(LIST)
    assert faults(tmp_path / "targets.csv")[0].remedy.startswith("Give the folder that it is in")
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    assert "Name three columns measure, owner and wish" in faults(tmp_path / "odd.csv")[0].remedy


def test_the_advice_says_what_to_add_next(tmp_path: Path) -> None:
    system = read(written(tmp_path, LIST))
    codes = [(hint.code, hint.table, hint.column) for hint in al.advice(system).hints]
    assert codes[0][0] == "no-outcome"
    assert ("missing-table", "influences", None) in codes
    assert ("missing-table", "controls", None) in codes
    assert len(al.find_conflicts(system)) >= 1


@pytest.mark.parametrize(
    ("words", "sense", "value", "upper", "unit"),
    [
        ("Up", "increase", None, None, None),
        ("down ", "decrease", None, None, None),
        ("Reduce by", "decrease", None, None, None),
        ("≥95%", "at_least", 95, None, "%"),
        (">= 95", "at_least", 95, None, None),
        ("95+", "at_least", 95, None, None),
        ("no more than 4 hours", "at_most", 4, None, "hours"),
        ("reduce to 10,000.5", "at_most", 10_000.5, None, None),
        ("reduce to 10.000,5", "at_most", 10_000.5, None, None),
        ("at least 1 250 000", "at_least", 1_250_000, None, None),
        ("at most £10,000", "at_most", 10_000, None, "£"),
        ("at least 1.250", "at_least", 1.25, None, None),
        ("at least 95% of patients", "at_least", 95, None, "% of patients"),
        ("raise to £2.5 million", "at_least", 2.5, None, "£ million"),
        ("reduce by 0,5", "decrease", 0.5, None, None),
        ("85 – 92", "between", 85, 92, None),
        ("between −5 and 5 points", "between", -5, 5, "points"),
        ("maintain", "hold", None, None, None),
        ("keep within 3", "hold", 3, None, None),
    ],
)
def test_wishes(words: str, sense: str, value: float | None, upper: float | None, unit: str | None) -> None:
    found = wish_of(words)
    assert (found.sense, found.value, found.upper, found.unit) == (sense, value, upper, unit)


def test_a_wish_can_say_by_when() -> None:
    assert str(wish_of("cut by 10 by the end of 2028")) == "decrease, value 10, due 2028"


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        ("95", "Write at least or at most"),
        ("up to 95", "Write at least or at most"),
        ("improve", "Write up or down"),
        ("cut by 10%", "Write the size in the measure's unit"),
        ("at least 1,23,4", "Write up, down, hold"),
        ("reduce to 10,000", "Write 10000 or 10"),
        ("between 5 and 1,250", "Write 1250 or 1.25"),
        ("x" * 100_000, "Write up, down, hold"),
        ("1" * 100_000, "Write at least or at most"),
    ],
)
def test_words_that_could_mean_two_things_are_asked_about(words: str, remedy: str) -> None:
    with pytest.raises(UnclearWishError) as caught:
        wish_of(words)
    assert caught.value.remedy.startswith(remedy)
    assert len(caught.value.what) < 150


def numbers(system: al.System) -> list[float | None]:
    return [row.value for row in system.targets]


def tabbed(home: Path, *rows: str, head: str = "measure\towner\twish\tvalue") -> Path:
    return written(home, "\n".join([head, *rows]) + "\n")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("at most\t1,250", "at most\t2,5"), [1.25, 2.5]),
        (("at most\t1,250", "at most\t1,000.5"), [1250, 1000.5]),
        (("at most\t1.250", "at most\t2,5"), [1250, 2.5]),
        (("at most 1,250\t", "at least 2,5 hours\t"), [1.25, 2.5]),
        (("at most 1,250\t", "between 1,000.5 and 3000\t"), [1250, 1000.5]),
        (("between\t1,250 to 1,300", "at most\t2,5"), [1.25, 2.5]),
    ],
)
def test_numbers_are_read_as_the_whole_column_writes_them(
    cells: tuple[str, str], found: list[float], tmp_path: Path
) -> None:
    assert numbers(read(tabbed(tmp_path, *(f"M{at}\tTrust\t{cell}" for at, cell in enumerate(cells))))) == found


@pytest.mark.parametrize(("row", "column"), [("at most 1,250\t", "wish"), ("at most\t1,250", "value")])
def test_a_number_that_could_be_two_is_asked_about(row: str, column: str, tmp_path: Path, faults: Faults) -> None:
    # A number that is one in either style tells nothing, and one of another column neither.
    other = "at most\t7" if column == "value" else "at most 7\t"
    (fault,) = faults(tabbed(tmp_path, f"Beds\tTrust\t{row}", f"Waits\tTrust\t{other}"))
    assert (fault.row, fault.column, fault.remedy) == (2, column, "Write 1250 or 1.25")


def test_numbers_of_a_sheet_tell_nothing_of_its_texts(tmp_path: Path, faults: Faults) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["measure", "owner", "wish", "value"], ["A", "T", "up", 2.5], ["B", "T", "up", "1,250"]):
        sheet.append(line)
    book.save(tmp_path / "list.xlsx")
    (fault,) = faults(tmp_path / "list.xlsx")
    assert (fault.cell, fault.remedy) == ("D3", "Write 1250 or 1.25")


@pytest.mark.parametrize(
    ("unit", "baseline", "value", "read_unit"),
    [("", "95", 92, "%"), ("", "0.95", 0.92, None), ("", "", 92, "%"), ("per cent", "0.95", 92, "per cent")],
)
def test_a_percentage_is_of_the_size_of_the_baseline(
    unit: str, baseline: str, value: float, read_unit: str | None, tmp_path: Path
) -> None:
    head = "measure\towner\twish\tunit\tbaseline"
    system = read(tabbed(tmp_path, f"Beds\tTrust\tat least 92%\t{unit}\t{baseline}", head=head))
    assert (numbers(system), system.measures[0].unit) == ([value], read_unit)


def test_a_percentage_in_another_unit_is_asked_about(tmp_path: Path, faults: Faults) -> None:
    head = "measure\towner\twish\tunit"
    (fault,) = faults(tabbed(tmp_path, "Fee\tTrust\tat least 92%\tGBP", head=head))
    assert fault.what == "'92%' could be 92 or 0.92: fee has the unit GBP, and none of its other figures tells"


@pytest.mark.parametrize("make", [written, in_a_sheet])
def test_two_headings_for_one_column_are_one_fault(make: type[Path], tmp_path: Path, faults: Faults) -> None:
    path = make(tmp_path, "Measure,Lead,Department,Wish\nBeds,Ann,Trust,up\nWaits,Bob,Trust,no idea\n")
    (fault,) = faults(path)
    assert fault.what == "'Lead' and 'Department' could both be the owner"
    assert fault.remedy == "Begin the heading of one with x-, or join the two"
    assert (fault.row, fault.cell) == (1, "C1" if path.suffix == ".xlsx" else None)


def test_sheets_beside_a_list_are_noted_and_those_of_ones_own_are_not(tmp_path: Path) -> None:
    path = in_a_sheet(tmp_path, LIST)
    book = openpyxl.load_workbook(path)
    for name in ("Cover", "x-old"):
        book.create_sheet(name, 0).append(["Measure", "Owner", "Plan" if name == "Cover" else "Wish"])
    book.save(path)
    system = read(path)
    assert len(system.measures) == 3
    assert [note.place for note in system.notes if "no part of the list" in note.what] == ["sheet Cover"]
