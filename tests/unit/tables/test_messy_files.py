"""Files as people have them: other encodings, separators, titles, headings and footnotes, each read and noted."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import alignment as al
from alignment.models import System
from alignment.tables.text import NotTextError, text_of

from .cases import place
from .conftest import Faults

PLAIN = al.read(place())


def rows_of(table: str) -> list[list[str]]:
    rows = place()[table]
    return [list(rows[0]), *([str(cell) for cell in row.values()] for row in rows)]


def lines(table: str, separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows_of(table))
    return out.getvalue()


Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Write:
    """The system as a folder, with other content for some files; None leaves one out."""

    def write(separator: str = ",", **files: str | bytes | None) -> Path:
        home = tmp_path / "system"
        home.mkdir(exist_ok=True)
        contents = {f"{table}.csv": lines(table, separator) for table in place()}
        contents |= {name.replace("__", "."): content for name, content in files.items()}
        for name, content in contents.items():
            if content is not None:
                (home / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return home

    return write


def notes(system: System) -> list[str]:
    return list(map(str, system.notes))


# The cases semicolons, tabs and sep-line of ../shared/cases.
@pytest.mark.parametrize(
    ("separator", "word"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars"), (",", None)]
)
def test_what_separates_cells_is_told_by_the_headings(separator: str, word: str | None, folder: Write) -> None:
    system = al.read(folder(separator))
    assert system == PLAIN
    assert len(system.notes) == (5 if word else 0)
    assert all(f"has {word} between its cells" in note for note in notes(system))


@pytest.mark.parametrize("line", ["sep=;\r\n", "SEP=;\n", '"sep=;"\r\n', "sep=;;;;\n"])
def test_a_line_that_tells_the_separator_is_no_heading(line: str, folder: Write) -> None:
    system = al.read(folder(measures__csv=line + lines("measures", ";")))
    assert system == PLAIN
    assert notes(system)[0] == "measures.csv: begins with the line sep=;, which is no row."


def test_rows_below_such_a_line_keep_their_numbers(folder: Write, faults: Faults) -> None:
    text = "sep=;\n" + lines("measures", ";").replace("lower;%;20", "lower;%;none of it")
    (fault,) = faults(folder(measures__csv=text))
    assert (fault.row, fault.column) == (4, "baseline")


def test_commas_in_text_do_not_hide_semicolons(folder: Write) -> None:
    text = "id;name\ndept;Department of Health, Leeds\nhospital;Hospital, Leeds\nborough;Borough, of Leeds\n"
    assert al.read(folder(agencies__csv=text)).agencies[1].name == "Hospital, Leeds"


def test_a_semicolon_too_many_is_told_in_its_words(folder: Write, faults: Faults) -> None:
    (fault,) = faults(folder(agencies__csv=lines("agencies", ";") + "gp;General; practice\r\n"))
    assert fault.remedy == 'Put text that holds a semicolon in quotes ("...")'


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8-sig", None),
        ("utf-16", "is UTF-16, and was read so"),
        ("utf-16-be", "is UTF-16 without a mark"),
        ("utf-16-le", "is UTF-16 without a mark"),
        ("cp1252", "is not UTF-8: read as Windows-1252, as in 'café' (line 3)"),
    ],
)
def test_encodings_that_can_be_told(codec: str, said: str | None, folder: Write) -> None:
    text = lines("agencies").replace("Hospital", "Hospital – café")
    system = al.read(folder(agencies__csv=text.encode(codec)))
    assert system.agencies[1].name == "Hospital – café"
    assert [note for note in notes(system) if said is None or said not in note] == []
    assert len(system.notes) == (0 if said is None else 1)


@pytest.mark.parametrize(
    "content",
    [
        "Больница".encode("cp1251"),
        "Łódź, wiśnia".encode("cp1250"),
        "病院の利用率".encode("cp932"),
        "café".encode("mac_roman"),
        "café".encode() + b" caf\xe9",
        b"a\x81",
    ],
)
def test_encodings_that_nobody_can_tell_are_faults(content: bytes, folder: Write, faults: Faults) -> None:
    with pytest.raises(NotTextError):
        text_of(content)
    (fault,) = faults(folder(agencies__csv=lines("agencies").encode() + b"x,," + content))
    assert (fault.place, fault.remedy[:16]) == ("agencies.csv", "Save it as UTF-8")


def test_nul_bytes_are_left_out(folder: Write) -> None:
    system = al.read(folder(agencies__csv=lines("agencies").replace("Hospital", "Hospital\0\0")))
    assert (system, notes(system)) == (PLAIN, ["agencies.csv: 2 NUL characters are left out."])


# The case title-row.
def test_titles_above_the_headings(folder: Write, faults: Faults) -> None:
    text = "Targets agreed for 2026/27,,,\n,,,\n" + lines("targets")
    system = al.read(folder(targets__csv=text))
    assert system == PLAIN
    assert notes(system) == ["targets.csv, row 1: is read from row 3, where the headings are."]
    (fault,) = faults(folder(targets__csv=text.replace("92", "ninety")))
    assert fault.row == 4


@pytest.mark.parametrize(
    "above", ["Measure,Who,,\n", "Source: the board\nOfficial\n\n", "agency,Two of the words,measure of them,\n"]
)
def test_the_row_with_most_headings_is_the_row_of_headings(above: str, folder: Write) -> None:
    assert al.read(folder(targets__csv=above + lines("targets"))) == PLAIN


# The case headings-capitals.
@pytest.mark.parametrize(
    "headings",
    [
        "Agency,Measure,Sense,Value",
        " AGENCY ,measure:,Sense*,VALUE ",
        "Owner,Indicator,Type of target,Target value",
        "organisation,KPI,Comparison,threshold",
    ],
)
def test_headings_as_people_write_them(headings: str, folder: Write) -> None:
    text = lines("targets").replace("agency,measure,sense,value", headings)
    system = al.read(folder(targets__csv=text))
    assert system == PLAIN
    (note,) = notes(system)
    assert note.startswith("targets.csv, row 1: headings are read as columns: ")
    assert note.endswith(" as value.")


@pytest.mark.parametrize("headings", ["Reference,Indicator,", "Reference,Reference,Indicator,"])
def test_a_heading_that_could_be_two_columns_is_asked_about_once(headings: str, folder: Write, faults: Faults) -> None:
    head, *rows = lines("measures").splitlines()
    more = "," * (headings.count(",") - 2)
    text = "\n".join([head.replace("id,name,", headings), *(more + row for row in rows)])
    (fault,) = faults(folder(measures__csv=text))
    assert str(fault) == (
        "measures.csv, row 1, column Reference: 'Reference' could be the column id or ref. Write id or ref."
    )


def test_what_is_wrong_beside_such_a_heading_is_said_too(folder: Write, faults: Faults) -> None:
    text = lines("measures").replace("id,name,", "Reference,uint,")
    assert [(fault.column, fault.what) for fault in faults(folder(measures__csv=text))] == [
        ("Reference", "'Reference' could be the column id or ref"),
        ("uint", "'uint' is not a column of measures"),
        ("name", "the column name is missing"),
    ]


def test_two_headings_for_one_column_are_asked_about(folder: Write, faults: Faults) -> None:
    text = "id,Indicator,KPI\noccupancy,Beds,x\n"
    found = faults(folder(measures__csv=text))
    assert "the column name is there already: 'Indicator' and 'KPI' both mean it" in str(found[0])


def test_what_is_written_exactly_wins(folder: Write) -> None:
    # Goal is a word for outcome; here it is another column that its owner has to name.
    text = lines("measures").replace("outcome,", "Outcome,", 1)
    assert al.read(folder(measures__csv=text)) == PLAIN


def test_columns_and_files_of_ones_own_are_left_alone(folder: Write) -> None:
    text = lines("agencies").replace("id,name", "id,name,x-score").replace("Hospital", "Hospital,7")
    system = al.read(folder(agencies__csv=text, **{"x-lists__csv": "agency,measure,share\n"}))
    assert (system, system.notes) == (PLAIN, ())


FOOTNOTES = (
    "Source: our own",
    "Notes",
    "* provisional",
    "[x] not available",
    "1. Figures are rounded",
    "\nAs agreed by the board",
    "Figures before April 2024 are not comparable with these",
)


@pytest.mark.parametrize("note", FOOTNOTES)
def test_footnotes_below_a_table_are_passed_over(note: str, folder: Write) -> None:
    system = al.read(folder(measures__csv=f"{lines('measures')}{note},,,,,\r\nand what follows it,,,,,\r\n"))
    assert system == PLAIN
    assert [note.split(": ", 1)[1] for note in notes(system)] == [
        f"'{note.strip()}' is passed over as a footnote.",
        "'and what follows it' is passed over as a footnote.",
    ]


@pytest.mark.parametrize("row", ["new-measure,,,,,", "\nnew-measure,,,,,", "Total,,,,,", ",Source: none,,,,"])
def test_rows_that_nobody_finished_are_no_footnotes(row: str, folder: Write, faults: Faults) -> None:
    (fault,) = faults(folder(measures__csv=f"{lines('measures')}{row}\r\n"))
    assert (fault.table, fault.what) == ("measures", "is blank")


def test_a_row_of_two_cells_is_never_passed_over(folder: Write) -> None:
    system = al.read(folder(measures__csv=f"{lines('measures')}Source,Beds open,,,,\r\n"))
    assert (system.measures[-1].id, system.notes) == ("Source", ())


def test_a_footnote_between_rows_is_a_row(folder: Write, faults: Faults) -> None:
    text = lines("measures").replace("long-waits", "Source: our own,,,,,\r\nlong-waits")
    assert faults(folder(measures__csv=text))[0].row == 3


def test_blank_rows_and_columns_are_passed_over(folder: Write) -> None:
    first, *others = lines("measures").splitlines()
    wide = [line.replace(",", ",,", 1) for line in (first, *others)]
    wide.insert(2, ",,,,,,")
    system = al.read(folder(measures__csv="\n".join(wide)))
    assert system == PLAIN
    assert notes(system) == [
        "measures.csv, row 3: blank rows are passed over.",
        "measures.csv, row 1: column 2 is blank, and is passed over.",
    ]


def test_names_of_files_in_any_case(folder: Write) -> None:
    home = folder()
    (home / "measures.csv").rename(home / "Measures.CSV")
    (home / "targets.csv").rename(home / "targets.TSV")
    (home / "agencies.csv").rename(home / "Organisations.csv")
    (home / "outcomes.csv").rename(home / "outcoms.csv")
    (home / "influences.csv").rename(home / "influences.txt")
    system = al.read(home)
    assert system == PLAIN
    assert [note for note in notes(system) if "read as the table" in note] == [
        "Organisations.csv: is read as the table agencies.",
        "outcoms.csv: is read as the table outcomes.",
        "Measures.CSV: is read as the table measures.",
    ]


def test_two_files_for_one_table_are_one_fault(folder: Write, faults: Faults) -> None:
    (fault,) = faults(folder(Measures__csv=lines("measures")))
    assert fault.what == "Measures.csv and measures.csv are both the table measures"


def test_files_that_are_no_tables_are_passed_over(folder: Write) -> None:
    system = al.read(folder(population_2024__csv="Area,2024\nLeeds,812000\n", README__txt="Read me"))
    assert (system, notes(system)) == (
        PLAIN,
        ["population_2024.csv: is no table of a system, and was passed over."],
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04rest", "is a workbook or another archive, not text"),
        (b"<!DOCTYPE html><html><body><table>", "is a web page"),
        (b'[{"id": "dept"}]', "is a JSON document"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "is an old Excel workbook, not text"),
    ],
)
def test_other_files_under_the_name_of_text(content: bytes, what: str, folder: Write, faults: Faults) -> None:
    (fault,) = faults(folder(agencies__csv=content))
    assert (fault.place, fault.what) == ("agencies.csv", what)


def packed(home: Path, folder: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in home.iterdir():
            archive.write(path, f"{folder}{path.name}")
        archive.writestr("__MACOSX/._agencies.csv", b"\0")
    return out.getvalue()


@pytest.mark.parametrize("inside", ["", "my system/", "a/b/"])
def test_a_zip_is_the_folder_in_it(inside: str, folder: Write, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed(folder(), inside))
    assert al.read(tmp_path / "a.zip") == PLAIN


def locked(content: bytes) -> bytes:
    """The archive with every file marked as one that a password keeps."""
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = content.split(mark)
        content = mark.join([parts[0], *(part[: at - 4] + b"\x01" + part[at - 3 :] for part in parts[1:])])
    return content


def newer(content: bytes) -> bytes:
    """The archive with every file packed as nobody does yet."""
    return b"PK\x01\x02".join(
        part[:2] + b"\xff\x00" + part[4:] if at else part for at, part in enumerate(content.split(b"PK\x01\x02"))
    )


def test_archives_that_cannot_be_read(folder: Write, tmp_path: Path, faults: Faults) -> None:
    content = packed(folder(), "")
    for bad, what in (
        (b"PK\x03\x04", "cannot be unpacked"),
        (content[: len(content) // 2], "cannot be unpacked"),
        (locked(content), "is protected by a password"),
        (newer(content), "cannot be unpacked"),
        (content.replace(b".csv", b".doc"), "holds no .csv files"),
    ):
        (tmp_path / "a.zip").write_bytes(bad)
        (fault,) = faults(tmp_path / "a.zip")
        assert (fault.place, fault.what) == ("a.zip", what)
