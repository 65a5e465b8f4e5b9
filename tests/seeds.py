"""A small valid file of every format that is read, to be spoilt."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import alignment as al
from alignment.maps.map import Factor, Link, Map
from tests.old_workbook import old_workbook
from tests.squeezed import compressed

SMALL: Final[dict[str, Any]] = {
    "about": {"name": "Small", "year": 2018},
    "tiers": [{"id": "national", "name": "National", "level": 0}, {"id": "local", "name": "Local", "level": 1}],
    "agencies": [
        {"id": "ministry", "name": "Ministry", "tier": "national"},
        {"id": "trust", "name": "Trust", "tier": "local"},
    ],
    "outcomes": [{"id": "well", "name": "People are well"}],
    "measures": [
        {"id": "beds", "name": "Beds in use", "outcome": "well", "baseline": 95.5, "unit": "%", "direction": "lower"},
        {"id": "waits", "name": "Long waits", "reported_at": ["national", "local"], "statutory": True},
    ],
    "targets": [
        {"agency": "ministry", "measure": "beds", "sense": "at_most", "value": 92.0, "for_agency": "trust"},
        {"agency": "trust", "measure": "waits", "sense": "decrease", "due": "2019", "start": "2018-04-01"},
    ],
    "influences": [{"source_measure": "beds", "target_measure": "waits", "strength": 2.0}],
    "controls": [{"agency": "trust", "measure": "beds", "share": 0.5}],
    "overlaps": [{"measure_a": "beds", "measure_b": "waits", "kind": "same"}],
    "levels": [{"measure": "beds", "agency": "trust", "value": 97.0, "period": "2018/19"}],
}

DRAWN: Final = Map(
    name="Winter",
    factors=(
        Factor(id="beds", label="Beds in use", type="stock", tags=("bed", "ward"), note="Counted\nat noon", x=1, y=2),
        Factor(id="waits", label="Long waits", attributes={"colour": "red", "size": 3.0}),
    ),
    links=(
        Link(source="beds", target="waits", id="l1", sign="+", weight=0.5, label="fills", note="sure"),
        Link(source="waits", target="beds", id="l2", sign="-", type="feedback", direction="mutual", delayed=True),
    ),
)

SPREADSHEET: Final = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>{}
</office:spreadsheet></office:body></office:document-content>"""

MANIFEST: Final = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{}"/></manifest:manifest>'
)


def ods() -> bytes:
    """The small system as an OpenDocument spreadsheet."""
    tables: dict[str, list[dict[str, Any]]] = {name: rows for name, rows in SMALL.items() if name != "about"}
    xml = SPREADSHEET.format("".join(_ods_table(name, rows) for name, rows in tables.items()))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "content.xml": xml, "META-INF/manifest.xml": MANIFEST.format(kind)}
    return packed({name: text.encode() for name, text in parts.items()})


def _ods_table(name: str, rows: list[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(column for row in rows for column in row))
    lines = [names, *([row.get(column) for column in names] for row in rows)]
    cells = "".join(f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>" for line in lines)
    return f'<table:table table:name="{name}">{cells}</table:table>'


def _ods_cell(value: Any) -> str:
    if isinstance(value, float):
        kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"
    text = ";".join(cast("list[str]", value)) if isinstance(value, list) else "" if value is None else str(value)
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def packed(parts: dict[str, bytes]) -> bytes:
    """An archive of some parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def systems() -> dict[str, bytes]:
    """The small system in every coat, by file name; that of a folder is packed."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        system = al.read(SMALL)
        for name in ("a.json", "a.xlsx", "folder"):
            al.write(system, home / name)
        folder = packed({path.name: path.read_bytes() for path in sorted((home / "folder").iterdir())})
        book = (home / "a.xlsx").read_bytes()
        document = (home / "a.json").read_bytes()
    old = {"a.xls": old_workbook()}
    return {"a.json": document, "a.xlsx": book, "a.xlsm": book, "a.ods": ods(), "a.zip": folder, "folder": folder} | old


@cache
def maps() -> dict[str, bytes]:
    """A small map in every format, by file name."""
    found: dict[str, bytes] = {}
    kinds = {
        "kumu.json": "kumu",
        "a.prsm": "prsm",
        "prsm.xlsx": "prsm-workbook",
        "kumu.xlsx": "kumu-workbook",
        "matrix.csv": "matrix",
        "matrix.xlsx": "matrix",
        "edges.csv": "edges",
        "edges.xlsx": "edges",
        "a.graphml": "graphml",
        "a.gexf": "gexf",
    }
    with tempfile.TemporaryDirectory() as place:
        for name, kind in kinds.items():
            al.write_map(DRAWN, Path(place) / name, kind)
            found[name] = (Path(place) / name).read_bytes()
    found["packed.prsm"] = compressed(found["a.prsm"].decode()).encode("utf-8", "surrogatepass")
    return found


TABLES: Final[dict[str, bytes]] = {
    "relations.csv": b"a,b,weight\nministry,trust,1\ntrust,council,-0.5\ncouncil,ministry,-2\n",
    "influence.csv": b",ministry,trust\nministry,0,3\ntrust,1,0\n",
    "positions.csv": b",beds,waits\nministry,-2,3\ntrust,1,-4\n",
    "changes.json": json.dumps([{"change": "reweigh", "target": "ministry", "weight": 0.5}]).encode(),
    "measures.csv": b"measure,decision\nbeds,kept\nwaits,retired\n",
    "scp.txt": b"3 2\n4 5\n1  1\n2  1 2\n1  2\n",
}
"""Files of the command line."""
