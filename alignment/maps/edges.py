"""An edge list: a row a link, with any clear headings."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from alignment.tables.link_headings import Columns, columns_of
from alignment.tables.link_signs import ends, number_of, sign_of
from alignment.tables.map_headings import edges_at, text_of
from alignment.tables.raw import refused

from .drawing import Drawing, free, long_text, values_of
from .map import Link, Map
from .sheets import Sheet, write_rows

OF_LINKS: Final = ("id", "type", "label", "note", "description")


def edges_map(sheet: Sheet, place: str) -> Map:
    """The map of an edge list: its factors are the names in it, in the order in which they are met."""
    sheet = sheet.below(edges_at(sheet.cells))
    columns = columns_of(sheet.header)
    if columns is None:
        found = ", ".join(filter(None, sheet.header)) or "none"
        remedy = "Call the ends of a link source and target, and what is known of it weight or sign"
        raise refused(place, f"has no columns for the two ends of a link; its columns are {found}", remedy)
    drawing = Drawing(place, "names", "links")
    drawing.reading(sheet)
    signs = [text_of(_cell(cells, columns.sign)) for _, cells in sheet.rows[1:]]
    two_ended = ends(signs)
    for row, cells in sheet.rows[1:]:
        _row(drawing, sheet, columns, row, cells, two_ended=two_ended)
    return drawing.map()


def _cell(cells: Any, at: int | None) -> Any:
    return cells[at] if at is not None and at < len(cells) else None


def _row(drawing: Drawing, sheet: Sheet, columns: Columns, row: int, cells: Any, *, two_ended: bool) -> None:
    names = [text_of(_cell(cells, at)) for at in columns.ends]
    for heading, name in zip((sheet.header[at] for at in columns.ends), names, strict=True):
        if name is None:
            drawing.fault("links", "is blank", "Write a name, or clear the row", row=row, column=heading)
    if None in names:
        return
    given, said = _cell(cells, columns.weight), text_of(_cell(cells, columns.sign))
    weight, told = number_of(given), number_of(said)
    # In a column of weights people write + and -, and in one of signs 1 and -1.
    sign = "+" if two_ended and said == "--" else sign_of(said) or (sign_of(text_of(given)) if weight is None else None)
    if told and sign is None:
        sign = "+" if told > 0 else "-"
    rest = {
        heading: cell
        for at, (heading, cell) in enumerate(zip(sheet.header, cells, strict=False))
        if at not in columns.taken and heading and cell is not None
    }
    unread = _unread(sheet, columns, given if weight is None and sign is None else None, said if sign is None else None)
    own = {name.lower(): cell for name, cell in rest.items()}
    source, target = (drawing.named(name) for name in names if name is not None)
    drawing.link(
        source,
        target,
        row=row,
        sign=sign,
        weight=weight,
        id=text_of(own.get("id")),
        type=text_of(own.get("type")),
        label=text_of(own.get("label")),
        note=long_text(own.get("note") or own.get("description")),
        attributes=values_of(rest, OF_LINKS) | unread,
    )


def _unread(sheet: Sheet, columns: Columns, weight: Any, sign: str | None) -> dict[str, Any]:
    """The words in the columns of weight and sign that are neither: words may say what they mean."""
    pairs = ((columns.weight, text_of(weight)), (columns.sign, sign))
    return {sheet.header[at]: said for at, said in pairs if at is not None and said}


def _rows(drawn: Map) -> list[dict[str, Any]]:
    return [_plain(drawn, link) for link in drawn.links]


def _plain(drawn: Map, link: Link) -> dict[str, Any]:
    own: dict[str, Any] = {"source": drawn.labels[link.source], "target": drawn.labels[link.target]}
    cells = {"weight": link.weight, "sign": link.sign, "type": link.type, "label": link.label, "note": link.note}
    return own | {name: cell for name, cell in cells.items() if cell is not None} | free(link.attributes, TAKEN)


HEADINGS: Final = ("source", "target", "weight", "sign")

TAKEN: Final = frozenset({*HEADINGS, *OF_LINKS})
"""Headings that are no attributes."""


def write_edges(drawn: Map, path: Path) -> None:
    """Write a map as an edge list: source, target, weight, sign and what else is known of links."""
    rows = _rows(drawn)
    headings = list(dict.fromkeys((*HEADINGS, *(name for row in rows for name in row))))
    write_rows(path, "Links", headings, [[row.get(name) for name in headings] for row in rows])
