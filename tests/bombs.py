"""Uploads that are small and mean to be large: each takes a size from 0 to 1, and gives a form and bytes."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from alignment.api.media import SystemForm
from tests.seeds import SMALL, SPREADSHEET, packed, systems, unpacked

Bomb = Callable[[float], tuple[SystemForm, bytes]]
"""What makes one."""

SHEET: Final = "xl/worksheets/sheet5.xml"
"""A sheet of the small workbook."""

STRINGS: Final = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>'
REFERRED: Final = b"""<Relationship Id="rId98" Target="sharedStrings.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>"""

KIND: Final = b"application/vnd.oasis.opendocument.spreadsheet"


def _many(size: float, most: int) -> int:
    """A number up to a most, small ones as often as large ones."""
    return int(most**size)


def high_ratio(size: float) -> tuple[SystemForm, bytes]:
    """A table of blanks, a thousandth of it packed."""
    return "zip", packed({"measures.csv": b"id,name\n" + b" " * _many(size, 400_000_000)})


def short_rows(size: float) -> tuple[SystemForm, bytes]:
    """A table of very many short rows."""
    return "zip", packed({"measures.csv": b"id,name\n" + b"a,b\n" * _many(size, 20_000_000)})


def zip_of_zips(size: float) -> tuple[SystemForm, bytes]:
    """Archives in archives, and a table beside them."""
    inner = packed({"measures.csv": b" " * 1_000_000})
    for at in range(1 + int(size * 8)):
        inner = packed({f"{at}-{each}.zip": inner for each in range(10)} | {"a.csv": b"id"})
    return "zip", packed({"measures.csv": inner, "more.zip": inner})


def _relabelled(content: bytes, told: int) -> bytes:
    """An archive whose list says that each part has so many bytes."""
    spoilt = bytearray(content)
    at = spoilt.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", spoilt, at + 24, told)
        at = spoilt.find(b"PK\x01\x02", at + 4)
    return bytes(spoilt)


def told_too_much(size: float) -> tuple[SystemForm, bytes]:
    """Parts that say they hold up to two gigabytes each."""
    return "xlsx", _relabelled(systems()["a.xlsx"], _many(size, 2**31))


def told_too_little(size: float) -> tuple[SystemForm, bytes]:
    """A part that holds a hundred megabytes and says that it has a few bytes."""
    blank = {"measures.csv": b"id,name\n" + b" " * 100_000_000}
    return "zip", _relabelled(packed(unpacked(systems()["a.zip"]) | blank), _many(size, 4_000))


def one_name_many_times(size: float) -> tuple[SystemForm, bytes]:
    """A thousand parts of one name, of which the last is large."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for at in range(1000):
            archive.writestr(f"measures-{at:04}.csv", b"id")
        archive.writestr("measures-9999.csv", b" " * _many(size, 50_000_000))
    content = file.getvalue()
    for at in (*range(1000), 9999):
        content = content.replace(b"measures-%04d.csv" % at, b"measures-once.csv")
    return "zip", content


def _in_sheet(after: bytes, *, head: bytes = b"") -> bytes:
    """The small workbook with something at the end of a sheet."""
    parts = unpacked(systems()["a.xlsx"])
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", after + b"</sheetData>")
    if head:
        parts[SHEET] = parts[SHEET].replace(b"<sheetData>", head + b"<sheetData>")
    return packed(parts)


def far_row(size: float) -> tuple[SystemForm, bytes]:
    """A row whose number is up to two thousand million, with a cell that says so or none."""
    row = _many(size, 2_000_000_000)
    address = b' r="A%d"' % row if int(size * 100) % 2 else b""
    return "xlsx", _in_sheet(b'<row r="%d"><c%s t="inlineStr"><is><t>x</t></is></c></row>' % (row, address))


def far_row_alone(size: float) -> tuple[SystemForm, bytes]:
    """A row far below without cells, or whose cell says that it is the first."""
    cell = b'<c r="A1"><v>1</v></c>' if int(size * 100) % 2 else b""
    return "xlsx", _in_sheet(b'<row r="%d">%s</row>' % (_many(size, 2_000_000_000), cell))


def _letters(number: int) -> bytes:
    found = ""
    while number:
        number, at = divmod(number - 1, 26)
        found = chr(65 + at) + found
    return found.encode()


def far_column(size: float) -> tuple[SystemForm, bytes]:
    """A cell in one of 18,278 columns, or all of them."""
    last = _many(size, 18_278)
    every = range(1, last + 1) if int(size * 100) % 2 else (last,)
    cells = b"".join(b'<c r="%s1" t="inlineStr"><is><t>x%d</t></is></c>' % (_letters(at), at) for at in every)
    return "xlsx", _in_sheet(b'<row r="1">%s</row>' % cells)


def told_extent(size: float) -> tuple[SystemForm, bytes]:
    """A sheet that says it reaches far."""
    head = b'<dimension ref="A1:%s%d"/>' % (_letters(_many(size, 18_278)), _many(size, 2_000_000_000))
    return "xlsx", _in_sheet(b"", head=head)


def merged(size: float) -> tuple[SystemForm, bytes]:
    """A sheet of which all cells are merged, many times over."""
    parts = unpacked(systems()["a.xlsx"])
    cells = b'<mergeCell ref="A1:%s%d"/>' % (_letters(_many(size, 16_384)), _many(size, 1_048_576))
    merges = b"</sheetData><mergeCells>%s</mergeCells>" % (cells * _many(size, 1_000))
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", merges)
    return "xlsx", packed(parts)


def shared_text(size: float) -> tuple[SystemForm, bytes]:
    """One text that ten thousand cells show."""
    parts, rels = unpacked(systems()["a.xlsx"]), "xl/_rels/workbook.xml.rels"
    cells = b"".join(b'<row r="%d"><c r="Z%d" t="s"><v>0</v></c></row>' % (at, at) for at in range(20, 10_000))
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", cells + b"</sheetData>")
    parts[rels] = parts[rels].replace(b"</Relationships>", REFERRED)
    return "xlsx", packed(parts | {"xl/sharedStrings.xml": STRINGS % (b"x" * _many(size, 10_000_000))})


def many_texts(size: float) -> tuple[SystemForm, bytes]:
    """Very many texts that nobody shows."""
    parts = unpacked(systems()["a.xlsx"])
    texts = STRINGS.replace(b"<si><t>%s</t></si>", b"<si><t>x</t></si>" * _many(size, 8_000_000))
    return "xlsx", packed(parts | {"xl/sharedStrings.xml": texts})


def laughs(size: float) -> tuple[SystemForm, bytes]:
    """Entities made of entities."""
    names = [f"e{at}" for at in range(2 + int(size * 10))]
    made = [f'<!ENTITY {names[0]} "ha">']
    made += [f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)]
    head = f'<?xml version="1.0"?><!DOCTYPE a [{"".join(made)}]>'.encode()
    parts = unpacked(systems()["a.xlsx"])
    return "xlsx", packed(parts | {SHEET: head + parts[SHEET].partition(b"?>")[2] if size < 0.5 else head + b"<a/>"})


def repeated(size: float) -> tuple[SystemForm, bytes]:
    """A cell of an OpenDocument spreadsheet that is repeated in all directions."""
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="{}"><text:p>x</text:p>'
    across, down = _many(size, 16_384), _many(1 - size / 2, 1_048_576)
    row = f'<table:table-row table:number-rows-repeated="{down}">{cell.format(across)}</table:table-cell>'
    table = f'<table:table table:name="measures">{row}</table:table-row></table:table>'
    return "ods", packed({"mimetype": KIND, "content.xml": SPREADSHEET.format(table).encode()})


def deep(size: float) -> tuple[SystemForm, bytes]:
    """Lists in lists, or objects in objects."""
    levels = _many(size, 1_000_000)
    if int(size * 100) % 2:
        return "json", b'{"agencies": ' + b"[" * levels + b"]" * levels + b"}"
    return "json", b'{"agencies": ' * levels + b"1" + b"}" * levels


def twice(size: float) -> tuple[SystemForm, bytes]:
    """An object that gives very many names twice."""
    names = [f'"k{at}": 1' for at in range(_many(size, 200_000))]
    row = "{" + ", ".join(names + names) + "}"
    text = json.dumps(SMALL)[:-1] + f', "controls": [{row}]}}' if int(size * 100) % 2 else row
    return "json", text.encode()


def one_name(size: float) -> tuple[SystemForm, bytes]:
    """An object that gives one name again and again."""
    return "json", b'{"agencies": [], ' + b'"measures": [], ' * _many(size, 300_000) + b'"targets": []}'


def long_text(size: float) -> tuple[SystemForm, bytes]:
    """One very long text or number."""
    many = _many(size, 15_000_000)
    text = b'"' + b"x" * many + b'"' if int(size * 100) % 2 else b"9" * many
    return "json", b'{"agencies": [{"id": "a", "name": %s}], "measures": [], "targets": []}' % text


def many_rows(size: float) -> tuple[SystemForm, bytes]:
    """Very many rows, none of them right."""
    return "json", b'{"agencies": [' + b"1," * _many(size, 5_000_000) + b'1], "measures": [], "targets": []}'


def many_strays(size: float) -> tuple[SystemForm, bytes]:
    """Very many rows that refer to what is not there."""
    rows = [{"agency": f"a{at}", "measure": f"m{at}", "sense": "increase"} for at in range(_many(size, 100_000))]
    return "json", json.dumps({"agencies": [], "measures": [], "targets": rows}).encode()


def long_line(size: float) -> tuple[SystemForm, bytes]:
    """A table whose only line has very many cells."""
    return "zip", packed({"measures.csv": b"id,name," + b"x," * _many(size, 50_000_000)})


BOMBS: Final[tuple[Bomb, ...]] = (
    high_ratio,
    short_rows,
    zip_of_zips,
    told_too_much,
    told_too_little,
    one_name_many_times,
    far_row,
    far_row_alone,
    far_column,
    told_extent,
    merged,
    shared_text,
    many_texts,
    laughs,
    repeated,
    deep,
    twice,
    one_name,
    long_text,
    many_rows,
    many_strays,
    long_line,
)
"""All of them."""
