"""Files that mean harm: each ends in one clear fault, quickly and in little memory."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import alignment as al
from alignment.tables import guarded
from alignment.tables.guarded import RAISED_BY, content_of
from tests.seeds import SMALL, packed, systems, unpacked

Faults = Callable[[Any], tuple[Any, ...]]

READERS = ["a.json", "a.csv", "a.xlsx", "a.ods", "a.xls", "a.zip", "m.prsm", "m.graphml", "m.csv"]


def read(path: Path) -> object:
    return (al.read_map if path.name.startswith("m.") else al.read)(path)


def what(source: Any) -> str:
    """The one fault of a source, with its remedy."""
    with pytest.raises(al.InputError) as raised:
        read(source) if isinstance(source, Path) and source.is_file() else al.read(source)
    (fault,) = raised.value.faults
    assert fault.place
    assert fault.remedy
    return f"{fault.what}. {fault.remedy}"


def spoilt(name: str, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The small system in a coat, one of its parts changed."""
    parts = unpacked(systems()[name])
    assert change(parts[part]) != parts[part]
    return packed(parts | {part: change(parts[part])})


@pytest.mark.parametrize("name", READERS)
def test_a_pipe_is_refused_before_anybody_waits_for_it(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(al.InputError, match="is a pipe"):
        content_of(tmp_path / name)
    with pytest.raises(al.InputError, match="is a pipe"):
        read(tmp_path / name)


def test_a_pipe_or_a_device_among_the_tables_is_a_fault_of_that_table(tmp_path: Path) -> None:
    al.write(al.read(SMALL), tmp_path / "small")
    (tmp_path / "small" / "targets.csv").unlink()
    os.mkfifo(tmp_path / "small" / "targets.csv")
    assert "is a pipe" in what(tmp_path / "small")
    with pytest.raises(al.InputError, match="zero: is a device"):
        content_of(Path("/dev/zero"))


@pytest.mark.parametrize("name", READERS)
def test_what_is_too_large_is_not_read(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(2**30)
    said = what(tmp_path / name)
    assert "has 1,074 MB, and at most 64 are read. If it is what you mean to read, set ALIGNMENT_LARGEST_MB" in said


def test_files_that_are_too_large_together(tmp_path: Path) -> None:
    al.write(al.read(SMALL), tmp_path / "small")
    for at in range(3):
        with (tmp_path / "small" / f"x{at}.csv").open("wb") as file:
            file.truncate(30_000_000)
    assert "has 90 MB" in what(tmp_path / "small")
    (tmp_path / "many").mkdir()
    for at in range(guarded.MOST_FILES + 1):
        (tmp_path / "many" / f"{at}.csv").touch()
    assert "holds 1,001 files that may be tables" in what(tmp_path / "many")


def test_the_limit_can_be_raised_and_lowered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").write_bytes(b" " * 1_500_000 + systems()["a.json"])
    monkeypatch.setenv(RAISED_BY, "1")
    assert "has 2 MB, and at most 1 are read" in what(tmp_path / "a.json")
    monkeypatch.setenv(RAISED_BY, "2")
    assert al.read(tmp_path / "a.json").measures
    monkeypatch.setenv(RAISED_BY, "lots")
    with pytest.raises(al.OptionError, match="ALIGNMENT_LARGEST_MB in the environment is not a number of MB"):
        al.read(tmp_path / "a.json")


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(systems()["a.json"])
    look = os.fstat

    def grows(number: int) -> os.stat_result:
        found = look(number)
        with file.open("ab") as out:
            out.write(b" ")
        return found

    monkeypatch.setattr("os.fstat", grows)
    assert "changed while it was read" in what(file)


def test_links_out_of_the_folder_are_refused_and_links_within_followed(tmp_path: Path) -> None:
    home = tmp_path / "small"
    al.write(al.read(SMALL), home)
    (home / "measures.csv").rename(home / "kept.txt")
    (home / "measures.csv").symlink_to("kept.txt")
    assert al.read(home).measures
    (home / "measures.csv").unlink()
    (tmp_path / "secret").write_text("id,name\nsecret,word\n")
    (home / "measures.csv").symlink_to(tmp_path / "secret")
    said = what(home)
    assert "is a link that leads out of the folder. Put a copy of the file in its place" in said
    (home / "measures.csv").unlink()
    (home / "measures.csv").symlink_to(tmp_path / "nowhere")
    assert "link" in what(home)


def test_bombs_in_archives(tmp_path: Path) -> None:
    bomb = packed({"measures.csv": b"0" * 300_000_000})
    for name in ("a.zip", "a.xlsx"):
        (tmp_path / name).write_bytes(bomb)
        assert "256 MB unpacked" in what(tmp_path / name)
        # An archive in an archive is never opened.
        (tmp_path / name).write_bytes(packed({"inner.zip": bomb}))
        assert what(tmp_path / name)


def test_an_archive_that_says_less_than_it_holds(tmp_path: Path) -> None:
    content = bytearray(packed({"measures.csv": b"0" * 50_000_000}))
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 100)
    (tmp_path / "a.zip").write_bytes(content)
    assert what(tmp_path / "a.zip")


def test_parts_that_lie_in_each_other(tmp_path: Path) -> None:
    content = packed({f"{at}.csv": b"0" * 5_000_000 for at in range(3)})
    first = content[content.index(b"PK\x01\x02") : content.index(b"PK\x05\x06")]
    end = bytearray(content[content.index(b"PK\x05\x06") :])
    entries = [entry for entry in first.split(b"PK\x01\x02") if entry] * 10
    listed = b"".join(b"PK\x01\x02" + entry for entry in entries)
    struct.pack_into("<HHI", end, 8, len(entries), len(entries), len(listed))
    (tmp_path / "a.zip").write_bytes(content[: content.index(b"PK\x01\x02")] + listed + end)
    assert "parts that lie in each other" in what(tmp_path / "a.zip")


def test_ten_thousand_sheets_and_parts(tmp_path: Path) -> None:
    sheets = "".join(f'<sheet name="s{at}" sheetId="{at}" r:id="rId1"/>' for at in range(10_000)).encode()
    (tmp_path / "a.xlsx").write_bytes(
        spoilt("a.xlsx", "xl/workbook.xml", lambda xml: xml.replace(b"</sheets>", sheets + b"</sheets>"))
    )
    assert "500 sheets" in what(tmp_path / "a.xlsx")
    parts = {f"xl/{at}.xml": b"<a/>" for at in range(4_000)}
    (tmp_path / "b.xlsx").write_bytes(packed(unpacked(systems()["a.xlsx"]) | parts))
    assert "3,000 parts" in what(tmp_path / "b.xlsx")


SHEET = "xl/worksheets/sheet5.xml"


def test_a_million_columns_and_rows(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    (tmp_path / "a.xlsx").write_bytes(spoilt("a.xlsx", SHEET, lambda xml: xml.replace(b"</sheetData>", far)))
    assert "reaches over 1,048,576 rows and 16,384 columns" in what(tmp_path / "a.xlsx")


SHARED = b"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>"""
REFERRED = b"""<Relationship Id="rId98" Target="sharedStrings.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>"""


@pytest.mark.parametrize(("size", "sound"), [(10, True), (30_000, False)])
def test_one_text_shown_ten_thousand_times(tmp_path: Path, size: int, sound: bool) -> None:
    parts, rels = unpacked(systems()["a.xlsx"]), "xl/_rels/workbook.xml.rels"
    cells = b"".join(b'<row r="%d"><c r="Z%d" t="s"><v>0</v></c></row>' % (at, at) for at in range(20, 10_000))
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", cells + b"</sheetData>")
    parts[rels] = parts[rels].replace(b"</Relationships>", REFERRED)
    (tmp_path / "a.xlsx").write_bytes(packed(parts | {"xl/sharedStrings.xml": SHARED % (b"x" * size)}))
    if sound:
        with pytest.raises(al.InputError, match="cell A20, column id: is blank"):
            al.read(tmp_path / "a.xlsx")
        return
    assert "shows more than 200,000,000 characters" in what(tmp_path / "a.xlsx")


LAUGHS = b"""<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_xml_is_read(tmp_path: Path, encoding: str) -> None:
    def declares(xml: bytes) -> bytes:
        _, mark, rest = xml.partition(b"?>")
        text = (LAUGHS + (rest if mark else xml)).decode()
        return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)

    (tmp_path / "a.xlsx").write_bytes(spoilt("a.xlsx", SHEET, declares))
    (tmp_path / "a.ods").write_bytes(spoilt("a.ods", "content.xml", declares))
    (tmp_path / "m.graphml").write_bytes(declares(b"<graphml>&b;&f;</graphml>"))
    (tmp_path / "m.gexf").write_bytes(declares(b"<gexf>&b;&f;</gexf>"))
    for name in ("a.xlsx", "a.ods", "m.graphml", "m.gexf"):
        assert "declar" in what(tmp_path / name), name


def test_external_links_are_nobodys_business(tmp_path: Path) -> None:
    parts = unpacked(systems()["a.xlsx"])
    target = b'Target="http://192.0.2.1/a.xlsx" TargetMode="External"'
    link = b'<Relationship Id="rId99" Type="http://x/externalLink" %s/>' % target
    rels = parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", link + b"</Relationships>")
    (tmp_path / "a.xlsx").write_bytes(packed(parts | {"xl/_rels/workbook.xml.rels": rels}))
    assert al.read(tmp_path / "a.xlsx") == al.read(SMALL)


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    """The small system as a folder with other measures."""
    al.write(al.read({**SMALL, "influences": [], "controls": [], "overlaps": [], "targets": []}), tmp_path / "small")
    (tmp_path / "small" / "measures.csv").write_text(text, encoding=encoding)
    return tmp_path / "small"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,name\nbeds," + "x" * 1_000_001, "holds a cell of more than 1,000,000 characters (row 2)"),
        ("id,name\nbeds," + "x," * 6_000_000, "holds a line of more than 10,000,000 characters"),
        ("id,name\nbeds," + "x," * 20_000, "has 20,002 cells in row 2, and at most 16,384 are read"),
        (("id,name" + "," * 15_000 + "\n") * 300, "has more than 4,000,000 cells"),
        ('id,name\n"beds,' + "x\n" * 600_000, "holds a cell of more than"),
    ],
)
def test_huge_cells_lines_and_rows(tmp_path: Path, text: str, says: str) -> None:
    assert says in what(table(tmp_path, text))


def test_documents_that_are_too_deep_or_say_too_much(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    for deep in (65, 500, 100_000):
        file.write_text('{"measures": ' + "[" * deep + "]" * deep + "}")
        assert "nested too deeply" in what(file), deep
    file.write_text("[" + "[]," * 2_000_001 + "[]]")
    assert "holds more than 2,000,000 values" in what(file)


def test_a_name_given_a_hundred_thousand_times(tmp_path: Path) -> None:
    rows = ",".join(f'"k{at}": 1, "k{at}": 2' for at in range(100_000))
    file = tmp_path / "a.json"
    file.write_text(f'{{"agencies": [], "targets": [], "measures": [], {rows}}}')
    assert "holds 100,003 names, and a system has some twenty tables" in what(file)
    file.write_text(f'{{"agencies": [], "targets": [], "measures": [{{"id": "a", "name": "A", {rows}}}]}}')
    assert "measures has 100,002 columns, and at most 16,384 are read" in what(file)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" * 400, "1" * 5_000])
def test_numbers_that_are_none(tmp_path: Path, number: str) -> None:
    document = json.loads(systems()["a.json"])
    document["measures"][0]["baseline"] = 12345.5
    (tmp_path / "a.json").write_text(json.dumps(document).replace("12345.5", number))
    assert what(tmp_path / "a.json")


def test_many_words_astray_are_all_named_and_few_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alignment.models.faults.MOST_COMPARED", 1_000)
    measures = [{"id": f"m{at:05}", "name": f"M {at}"} for at in range(20)]
    targets = [{"agency": "trust", "measure": f"n{at:05}", "sense": "hold"} for at in range(90)]
    with pytest.raises(al.InputError) as raised:
        al.read({"agencies": SMALL["agencies"], "tiers": SMALL["tiers"], "measures": measures, "targets": targets})
    faults = raised.value.faults
    assert len(faults) == 90
    assert sum("Did you mean" in fault.remedy for fault in faults) == 1_000 // 20


@pytest.mark.parametrize("cell", ["x y", "1.234,5,6", "?"])
def test_more_faults_than_anybody_reads_are_counted_and_not_told(tmp_path: Path, cell: str) -> None:
    rows = "".join(f'"m {at}","{cell}"\n' for at in range(12_000))
    folder = table(tmp_path, f"id,baseline\n{rows}")
    with pytest.raises(al.InputError) as raised:
        al.read(folder)
    assert len(raised.value.faults) <= 10_001
    assert any("has more than 10,000 faults" in fault.what and fault.place for fault in raised.value.faults)


def test_look_alikes_and_signs_that_nobody_sees_are_said(tmp_path: Path) -> None:
    measures = [{"id": "beds", "name": "Beds\u202e in use"}, {"id": "waits", "name": "Waits"}]
    targets = [{"agency": "trust", "measure": "b\u0435ds", "sense": "hold"}]
    system = al.read({"agencies": SMALL["agencies"], "tiers": SMALL["tiers"], "measures": measures, "targets": targets})
    said = " ".join(map(str, system.notes))
    assert "what only looks like a letter of it: cyrillic small letter ie" in said
    assert system.targets[0].measure == "beds"
    assert "holds signs that turn the direction of writing" in said


def test_text_in_disguise_and_archives_packed_strangely(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("measures.csv", "id,name\n")
    (tmp_path / "a.zip").write_bytes(file.getvalue())
    with pytest.raises(al.InputError, match="packed in an unusual way"):
        al.read(tmp_path / "a.zip")


def test_more_rows_than_any_table_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RAISED_BY, "1")
    most = guarded.most_rows()
    assert "3,907 rows, and at most 3,906 are read" in what(table(tmp_path, "id,name\n" + "b,c\n" * most))
    rows = [{"id": f"m{at}", "name": "M"} for at in range(most + 1)]
    (tmp_path / "a.json").write_text(json.dumps({"agencies": [], "targets": [], "measures": rows}))
    assert "measures has 3,907 rows" in what(tmp_path / "a.json")
    (tmp_path / "m.csv").write_text("from,to,sign\n" + "".join(f"a{at},b,+\n" for at in range(most + 1)))
    assert "has more than 3,906 names" in what(tmp_path / "m.csv")
    # What is in memory already may have as many as it has.
    assert len(al.read({"agencies": [], "targets": [], "measures": rows}).measures) == most + 1


def test_a_cell_repeated_a_million_times(tmp_path: Path) -> None:
    cell = '<table:table-row table:number-rows-repeated="700000">{}</table:table-row></table:table>'
    again = 'table:number-columns-repeated="7" office:value-type="float" office:value="1"'
    row = cell.format(f"<table:table-cell {again}><text:p>1</text:p></table:table-cell>").encode()
    file = tmp_path / "a.ods"
    file.write_bytes(spoilt("a.ods", "content.xml", lambda xml: xml.replace(b"</table:table>", row, 1)))
    assert "has more than 4,000,000 filled cells" in what(file)
    row = cell.format(f"<table:table-cell><text:p>{'x' * 400}</text:p></table:table-cell>").encode()
    file.write_bytes(spoilt("a.ods", "content.xml", lambda xml: xml.replace(b"</table:table>", row, 1)))
    assert "shows more than 200,000,000 characters" in what(file)


def test_a_writer_leaves_what_was_there_where_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.seeds import DRAWN

    kinds = {"m.json": None, "m.prsm": None, "m.xlsx": None, "m.csv": None, "m.graphml": None, "m.gexf": None}
    for name in kinds:
        (tmp_path / name).write_text("before")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fails)
    for name in kinds:
        with pytest.raises(OSError, match="No space"):
            al.write_map(DRAWN, tmp_path / name)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys(kinds, "before")


@pytest.mark.parametrize("text", ["\u00a0" * 50, "a" * 200_000 + "\u00e9", "x\u00a0y, caf\u00e9\n" * 3])
def test_long_words_and_bare_spaces_of_windows(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.csv").write_bytes(text.encode("cp1252"))
    assert what(tmp_path / "m.csv")
