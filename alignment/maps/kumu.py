"""Kumu: an exported project or a blueprint, which are JSON, and its spreadsheet of elements and connections."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

from alignment.models.cell_fault_words import shown
from alignment.tables.link_signs import DASHES, Sign, ends, number_of, sign_of
from alignment.tables.map_headings import text_of
from alignment.tables.raw import refused
from alignment.tables.safely import replacing

from .contents import Contents
from .drawing import Drawing, long_text, tags_of, values_of
from .map import Direction, Factor, Link, Loop, Map
from .sheets import write_sheets

TYPES: Final = ("connection type", "type")
POLARITIES: Final = ("polarity", "sign")
WEIGHTS: Final = ("strength", "weight")
OF_ELEMENTS: Final = ("_id", "id", "label", "element type", "type", "tags", "description", "image")
OF_CONNECTIONS: Final = ("_id", "id", "from", "to", "direction", "delayed", "reversed", "label", "tags", "description")
KNOWN: Final = (*OF_CONNECTIONS, *TYPES, *POLARITIES, *WEIGHTS)
DIRECTIONS: Final[Mapping[str, Direction]] = {"mutual": "mutual", "undirected": "undirected", "directed": "directed"}

Cells = Mapping[str, Any]


def recognises_kumu(document: Any) -> bool:
    """Whether a JSON document is of Kumu."""
    return isinstance(document, dict) and {"elements", "connections"} <= cast("dict[str, Any]", document).keys()


def read_kumu(found: Contents) -> Map:
    """A map of a Kumu project or blueprint."""
    document = found.json("Export it from Kumu again, as JSON")
    if not recognises_kumu(document):
        remedy = "Export it from Kumu as JSON: an object with elements and connections"
        raise refused(found.place, "is no file of Kumu", remedy)
    return _read(document, found.place)


def _read(document: dict[str, Any], place: str) -> Map:
    drawing = Drawing(place, "elements", "connections")
    for at, element in _objects(drawing, document, "elements"):
        _element(drawing, at, element)
    connections = list(_objects(drawing, document, "connections"))
    two_ended = ends(text_of(_first(cells, TYPES)) for _, cells in connections)
    for at, cells in connections:
        _connection(drawing, cells, two_ended=two_ended, index=at)
    for at, cells in _objects(drawing, document, "loops"):
        listed = cells.get("connections")
        links = tuple(str(each) for each in cast("list[Any]", listed)) if isinstance(listed, list) else ()
        label, note = text_of(cells.get("label")), long_text(cells.get("description"))
        drawing.loops.append(Loop(id=_id(cells) or f"loop-{at + 1}", label=label, links=links, note=note))
    _pass_over(drawing, document)
    return drawing.map(text_of(document.get("name")))


def _objects(drawing: Drawing, document: dict[str, Any], part: str) -> Sequence[tuple[int, dict[str, Any]]]:
    """The objects of a part, what is nested under `attributes` beside the rest."""
    given: Any = document.get(part) or []
    if not isinstance(given, list):
        drawing.fault(part, f"{part} is not a list", "Write a list of objects")
        return []
    found: list[tuple[int, dict[str, Any]]] = []
    for at, each in enumerate(cast("list[Any]", given)):
        if isinstance(each, dict):
            cells = cast("dict[str, Any]", each)
            nested = cells.get("attributes")
            inner = cast("dict[str, Any]", nested) if isinstance(nested, dict) else {}
            found.append((at, {name: cell for name, cell in cells.items() if name != "attributes"} | inner))
        else:
            drawing.fault(part, f"{shown(each)} is not an object", "Write an object with a label", index=at)
    return found


def _pass_over(drawing: Drawing, document: dict[str, Any]) -> None:
    parts = {name: len(cast("Any", value)) for name, value in document.items() if isinstance(value, dict | list)}
    known = ("elements", "connections", "loops")
    listed = ", ".join(f"{name} ({size})" for name, size in parts.items() if name not in known and size)
    if listed:
        drawing.note(f"how the project looks in Kumu is passed over: {listed}")


def _id(cells: Cells) -> str | None:
    return text_of(cells.get("_id") or cells.get("id"))


def _first(cells: Cells, names: Sequence[str]) -> Any:
    return next((cells[name] for name in names if cells.get(name) not in (None, "")), None)


def _element(drawing: Drawing, at: int, cells: Cells, row: int | None = None) -> None:
    label, own = text_of(cells.get("label")), _id(cells)
    if not (label or own):
        drawing.fault("elements", "has neither a label nor an id", "Give it a label", index=at, row=row)
        return
    name = own or label or ""
    if not label:
        drawing.note(f"'{name}' has no label and goes by its id", "elements", index=at, row=row)
    drawing.factor(
        index=at,
        row=row,
        id=name,
        label=label or name,
        type=text_of(_first(cells, ("element type", "type"))),
        tags=tags_of(cells.get("tags")),
        note=long_text(cells.get("description")),
        attributes=values_of(cells, OF_ELEMENTS),
    )


def _connection(
    drawing: Drawing, cells: Cells, *, two_ended: bool, index: int | None = None, row: int | None = None
) -> None:
    kind, polarity, given = text_of(_first(cells, TYPES)), _first(cells, POLARITIES), _first(cells, WEIGHTS)
    weight = number_of(given)
    taken = [*OF_CONNECTIONS, *TYPES, *(WEIGHTS if weight is not None else ())]
    source, target = (text_of(cells.get(end)) or "" for end in ("from", "to"))
    if cells.get("reversed") is True:
        source, target = target, source
        drawing.note(f"is reversed, and read as from '{source}' to '{target}'", "connections", index=index)
    sign = _sign(kind, polarity, two_ended=two_ended)
    taken += POLARITIES if sign else ()
    drawing.link(
        source,
        target,
        index=index,
        row=row,
        id=_id(cells),
        sign=sign,
        weight=weight,
        type=None if kind == sign else kind,
        label=text_of(cells.get("label")),
        direction=DIRECTIONS.get(str(cells.get("direction") or "directed").strip().lower(), "directed"),
        delayed=cells.get("delayed") is True,
        tags=tags_of(cells.get("tags")),
        note=long_text(cells.get("description")),
        attributes=values_of(cells, taken),
    )


def _sign(kind: str | None, polarity: Any, *, two_ended: bool) -> Sign | None:
    """The sign that a connection says: by its polarity, else by its type."""
    said = sign_of(text_of(polarity))
    if said is None and two_ended and (kind or "").translate(DASHES) == "--":
        return "+"
    return said or sign_of(kind)


def write_kumu(drawn: Map, path: Path) -> None:
    """Write a map as a blueprint, which Kumu imports and restores."""
    parts = {
        "elements": [_plain_element(factor) for factor in drawn.factors],
        "connections": [_plain_connection(link) for link in drawn.links],
        "loops": [_plain_loop(loop) for loop in drawn.loops],
    }
    named: dict[str, Any] = {"name": drawn.name} if drawn.name else {}
    document = named | {name: rows for name, rows in parts.items() if rows or name != "loops"}
    with replacing(path) as file:
        file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _filled(cells: dict[str, Any]) -> dict[str, Any]:
    return {name: cell for name, cell in cells.items() if cell not in (None, [], "")}


def _plain_element(factor: Factor) -> dict[str, Any]:
    cells = {
        **factor.attributes,
        "label": factor.label,
        "element type": factor.type,
        "description": factor.note,
        "tags": list(factor.tags),
    }
    return {"_id": factor.id, "attributes": _filled(cells)}


def _plain_connection(link: Link) -> dict[str, Any]:
    told = sign_of(link.type) == link.sign
    cells = {
        **link.attributes,
        "label": link.label,
        "connection type": link.type or link.sign,
        "polarity": None if told or link.type is None else link.sign,
        "strength": link.weight,
        "description": link.note,
        "tags": list(link.tags),
    }
    own = {"_id": link.id, "from": link.source, "to": link.target, "direction": link.direction}
    marks = {"delayed": True} if link.delayed else {}
    return _filled(own) | marks | {"attributes": _filled(cells)}


def _plain_loop(loop: Loop) -> dict[str, Any]:
    cells = _filled({"label": loop.label, "description": loop.note})
    return {"_id": loop.id, "attributes": cells, "connections": list(loop.links)}


def recognises_kumu_sheets(names: Collection[str]) -> bool:
    """Whether a workbook with sheets of such names, in small letters, is a spreadsheet of Kumu."""
    return "connections" in names


def read_kumu_sheets(found: Contents) -> Map:
    """A map of a workbook with the sheets Elements and Connections; without the former, elements are what is linked."""
    sheets = {name.strip().lower(): sheet for name, sheet in found.sheets.items()}
    if "connections" not in sheets:
        raise refused(found.place, "has no sheet Connections", "Name the sheets Elements and Connections, as Kumu does")
    drawing = Drawing(found.place, "elements", "connections")
    elements = sheets["elements"].records(OF_ELEMENTS, ("label",)) if "elements" in sheets else []
    for at, (row, cells) in enumerate(elements):
        _element(drawing, at, cells, row)
    connections = sheets["connections"].records(KNOWN, ("from", "to"))
    two_ended = ends(text_of(_first(cells, TYPES)) for _, cells in connections)
    labels = {text for factor in drawing.factors for text in (factor.id, factor.label)}
    for row, cells in connections:
        for end in ("from", "to"):
            # Kumu itself makes an element of whatever a connection names.
            name = text_of(cells.get(end))
            if name and name not in labels:
                labels.add(drawing.named(name))
        _connection(drawing, cells, two_ended=two_ended, row=row)
    others = [name for name in sheets if name not in ("elements", "connections")]
    if others:
        drawing.note(f"sheets that are neither Elements nor Connections are passed over: {', '.join(others)}")
    return drawing.map()


def write_kumu_sheets(drawn: Map, path: Path) -> None:
    """Write a map as a workbook with the sheets Elements and Connections."""
    elements = [_row(_plain_element(factor)) for factor in drawn.factors]
    connections = [_row(_plain_connection(link)) for link in drawn.links]
    write_sheets(path, {"Elements": elements, "Connections": connections})


SHEET_NAMES: Final = {
    **{name: name.capitalize() for name in (*OF_ELEMENTS, *KNOWN)},
    "_id": "ID",
    "element type": "Type",
    "connection type": "Type",
}
"""What Kumu calls its own columns; others are called as they are."""


def _row(plain: dict[str, Any]) -> dict[str, Any]:
    """An element or connection as a row: tags with | between, as Kumu has them."""
    inner = cast("dict[str, Any]", plain["attributes"])
    cells = {**{name: cell for name, cell in plain.items() if name != "attributes"}, **inner}
    tags = {"tags": "|".join(cells["tags"])} if "tags" in cells else {}
    return {SHEET_NAMES.get(name, name): cell for name, cell in {**cells, **tags}.items()}
