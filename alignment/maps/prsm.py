"""The Participatory System Mapper (prsm.uk): its .prsm file, and its workbook with the sheets Factors and Links."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

from alignment.tables.json_text import NotJsonError, parsed
from alignment.tables.link_signs import number_of, sign_of
from alignment.tables.map_headings import text_of
from alignment.tables.raw import refused
from alignment.tables.safely import replacing

from .contents import Contents
from .drawing import Drawing, long_text, values_of
from .lz import NotCompressedError, decompressed
from .map import Factor, Link, Map, Value
from .sheets import write_sheets

Cells = Mapping[str, Any]

LOOKS: Final = (
    *("id", "label", "grp", "group", "note", "title", "x", "y", "from", "to", "color", "font", "borderWidth", "shape"),
    *("shapeProperties", "margin", "created", "modified", "arrows", "dashes", "width", "smooth", "hidden", "fixed"),
    *(
        "thumbUp",
        "thumbDown",
        "scaling",
        "value",
        "val",
        "level",
        "locked",
        "size",
        "bc",
        "opacity",
        "labelHighlightBold",
    ),
    *("borderWidthSelected", "heightConstraint", "widthConstraint", "shadow", "oldLabel", "oldFont", "oldFontColor"),
)
"""What a factor or link has besides its attributes; most of it is how it looks."""

WEIGHTS: Final = ("strength", "weight")
POLARITIES: Final = ("polarity", "sign")

STYLES: Final = 9
"""So many styles of factors, and of links, a map has."""

NAMES_OF_SHEETS: Final = frozenset({"factors", "links"})


def recognises_prsm(document: Any) -> bool:
    """Whether a JSON document is a map of PRSM."""
    return isinstance(document, dict) and {"nodes", "edges", "styles"} <= cast("dict[str, Any]", document).keys()


def read_prsm(found: Contents) -> Map:
    """A map of a .prsm file, compressed or plain, of any version since 1."""
    remedy = "Save it from PRSM again"
    try:
        text = found.content.decode("utf-8-sig")
        plain = text if text.lstrip().startswith("{") else decompressed(text)
        document = parsed(plain.encode("utf-8", "replace"))
    except UnicodeDecodeError as error:
        raise refused(found.place, "is no file of PRSM: not UTF-8 text", remedy) from error
    except (NotJsonError, NotCompressedError) as error:
        raise refused(found.place, f"is no file of PRSM ({error})", remedy) from error
    if not (isinstance(document, dict) and {"nodes", "edges"} <= cast("dict[str, Any]", document).keys()):
        raise refused(found.place, "is no file of PRSM: it has no nodes and edges", remedy)
    return _read(cast("dict[str, Any]", document), found.place)


def _read(document: Cells, place: str) -> Map:
    drawing = Drawing(place)
    styles: Any = document.get("styles") or document.get("samples") or {}
    titles = _dict(document.get("attributeTitles"))
    for at, node in enumerate(_dicts(document.get("nodes"))):
        if not node.get("isCluster"):
            _factor(drawing, node, at, _style(styles, "nodes", node), titles)
    for at, edge in enumerate(_dicts(document.get("edges"))):
        if not edge.get("isClusterEdge"):
            _link(drawing, edge, at, _style(styles, "edges", edge), titles)
    drawing.note("how the map looks is passed over: colours, shapes, fonts, background and history")
    return drawing.map(text_of(document.get("mapTitle")))


def _dict(value: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [_dict(each) for each in cast("list[Any]", value)] if isinstance(value, list) else []


def _style(styles: Any, part: str, cells: Cells) -> str | None:
    """The name of a style, where somebody gave it one; else its number, where it is not the first."""
    group = text_of(cells.get("grp"))
    name = text_of(_dict(_dict(_dict(styles).get(part)).get(group or "")).get("groupLabel"))
    if name and name != "Sample":
        return name
    number = re.search(r"\d+$", group or "")
    return f"Style {int(number[0]) + 1}" if number and int(number[0]) else None


def _titled(cells: Cells, titles: Cells) -> dict[str, Value]:
    """Attributes by the titles that people gave them."""
    found = values_of(cells, LOOKS)
    return {text_of(titles.get(name)) or name: value for name, value in found.items()}


def _quill(note: Any) -> str | None:
    """A note as text: Quill keeps it as a list of inserts."""
    if isinstance(note, dict):
        inserts = [each.get("insert") for each in _dicts(cast("dict[str, Any]", note).get("ops"))]
        return long_text("".join(each for each in inserts if isinstance(each, str)))
    return long_text(re.sub(r"<br>|<p>", "\n", note)) if isinstance(note, str) else None


def _factor(drawing: Drawing, node: Cells, at: int, style: str | None, titles: Cells) -> None:
    own, label = text_of(node.get("id")), text_of(node.get("label"))
    if own is None:
        drawing.fault("factors", "has no id", "Save it from PRSM again", index=at)
        return
    if label is None:
        drawing.note(f"'{own}' has no label and goes by its id", "factors", index=at)
    drawing.factor(
        index=at,
        id=own,
        label=label or own,
        type=style,
        note=_quill(node.get("note") or node.get("title")),
        x=number_of(node.get("x")),
        y=number_of(node.get("y")),
        attributes=_titled(node, titles),
    )


def _link(drawing: Drawing, edge: Cells, at: int, style: str | None, titles: Cells) -> None:
    ends = [text_of(edge.get(end)) or "" for end in ("from", "to")]
    note, own = _quill(edge.get("note") or edge.get("title")), text_of(edge.get("id"))
    _add_link(drawing, ends, style, edge, _titled(edge, titles), note=note, id=own, index=at, direction=_way(edge))


def _way(edge: Cells) -> str:
    """Which way an edge is drawn: an arrow at its start as well makes it mutual."""
    arrows = _dict(edge.get("arrows"))
    at_start = bool(_dict(arrows.get("from")).get("enabled"))
    return "mutual" if at_start and _dict(arrows.get("to")).get("enabled", True) else "directed"


def _add_link(
    drawing: Drawing,
    ends: Sequence[str],
    style: str | None,
    cells: Cells,
    given: Mapping[str, Value],
    **more: Any,
) -> None:
    """A link, its sign taken from its polarity, else its style, else its label; its strength from an attribute."""
    label, named = text_of(cells.get("label")), {name.casefold(): value for name, value in given.items()}
    weight = next((found for name in WEIGHTS if (found := number_of(named.get(name))) is not None), None)
    polarity = next((text_of(named[name]) for name in POLARITIES if name in named), None)
    sign = sign_of(polarity) or sign_of(style) or sign_of(label)
    if weight is None and sign is None:
        weight = number_of(label)
    taken = (*(WEIGHTS if weight is not None else ()), *(POLARITIES if sign_of(polarity) else ()))
    rest = {name: value for name, value in given.items() if name.casefold() not in taken}
    drawing.link(ends[0], ends[1], sign=sign, weight=weight, type=style, label=label, attributes=rest, **more)


def write_prsm(drawn: Map, path: Path) -> None:
    """Write a map as a .prsm file, not compressed, which PRSM opens."""
    factor_styles, link_styles = (_groups(things) for things in (drawn.factors, drawn.links))
    titles = _titles(drawn)
    codes = {title: code for code, title in titles.items()}
    document = {
        "version": "2.0.0",
        "mapTitle": drawn.name or "Untitled map",
        "lastNodeSample": "group0",
        "lastLinkSample": "edge0",
        "attributeTitles": titles,
        "styles": {"nodes": _styles("group", factor_styles), "edges": _styles("edge", link_styles)},
        "nodes": [_node(at, factor, factor_styles, codes) for at, factor in enumerate(drawn.factors)],
        "edges": [_edge(at, link, link_styles, codes) for at, link in enumerate(drawn.links)],
        "history": [],
    }
    with replacing(path) as file:
        file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _groups(things: Iterable[Factor | Link]) -> dict[str | None, int]:
    """The style of each type, from 0: the first is that of things without a type, and a map has no more than nine."""
    types = dict.fromkeys(thing.type for thing in things if thing.type)
    numbered = {kind: int(found[1]) - 1 for kind in types if (found := re.fullmatch(r"Style ([1-9])", kind))}
    free = [at for at in range(1, STYLES) if at not in numbered.values()]
    named = dict(zip((kind for kind in types if kind not in numbered), free, strict=False))
    return {None: 0, **numbered, **named}


def _styles(prefix: str, groups: Mapping[str | None, int]) -> dict[str, Any]:
    return {
        f"{prefix}{at}": {"groupLabel": kind}
        for kind, at in groups.items()
        if kind and not re.fullmatch(r"Style [1-9]", kind)
    }


def _titles(drawn: Map) -> dict[str, str]:
    """A code for each attribute that factors or links have."""
    names = dict.fromkeys(name for thing in (*drawn.factors, *drawn.links) for name in _attributes(thing, {}))
    return {f"att{at}": name for at, name in enumerate(names, start=1)}


def _attributes(thing: Factor | Link, groups: Mapping[str | None, int]) -> dict[str, Value]:
    """The attributes of a factor or link, and what only an attribute can say of it."""
    found = dict(thing.attributes)
    if thing.tags:
        found["Tags"] = ", ".join(thing.tags)
    if thing.type and groups and thing.type not in groups:
        found["Type"] = thing.type
    if isinstance(thing, Link):
        said = sign_of(thing.type) or sign_of(thing.label)
        found |= {} if thing.weight is None else {"Strength": thing.weight}
        found |= {} if thing.sign is None or said == thing.sign else {"Polarity": thing.sign}
        found |= {"Delayed": "yes"} if thing.delayed else {}
        found |= {"Direction": thing.direction} if thing.direction == "undirected" else {}
    return found


def _coded(thing: Factor | Link, groups: Mapping[str | None, int], codes: Mapping[str, str]) -> dict[str, Any]:
    return {codes.get(name, name): value for name, value in _attributes(thing, groups).items()}


def _noted(note: str | None) -> dict[str, Any]:
    return {"note": {"ops": [{"insert": f"{note}\n"}]}} if note else {}


def _node(at: int, factor: Factor, groups: Mapping[str | None, int], codes: Mapping[str, str]) -> dict[str, Any]:
    place = {
        "x": factor.x if factor.x is not None else at % 8 * 200,
        "y": factor.y if factor.y is not None else at // 8 * 150,
    }
    own = {"id": factor.id, "label": factor.label, "grp": f"group{groups.get(factor.type, 0)}"}
    return own | place | _noted(factor.note) | _coded(factor, groups, codes)


def _edge(at: int, link: Link, groups: Mapping[str | None, int], codes: Mapping[str, str]) -> dict[str, Any]:
    own = {"id": link.id or f"link-{at + 1}", "from": link.source, "to": link.target, "label": link.label or ""}
    way = {"to": {"enabled": True}, "from": {"enabled": True}} if link.direction == "mutual" else None
    arrows = {"arrows": way} if way else {}
    style = {"grp": f"edge{groups.get(link.type, 0)}"}
    return own | style | arrows | _noted(link.note) | _coded(link, groups, codes)


def recognises_prsm_sheets(names: Collection[str]) -> bool:
    """Whether a workbook with sheets of such names, in small letters, is one of PRSM."""
    return set(names) >= NAMES_OF_SHEETS


OF_FACTORS: Final = (
    *("label", "style", "grouplabel", "note", "description", "x", "y", "shape", "id"),
    *("creator", "createdtime", "modifier", "modifiedtime"),
)
OF_LINKS: Final = (*OF_FACTORS, "from", "to", "direction")


def read_prsm_sheets(found: Contents) -> Map:
    """A map of a workbook with the sheets Factors and Links."""
    sheets = {name.strip().lower(): sheet for name, sheet in found.sheets.items()}
    missing = sorted(NAMES_OF_SHEETS - sheets.keys())
    if missing:
        remedy = "Name the sheets Factors and Links, as PRSM does"
        raise refused(found.place, f"has no sheet {' and no sheet '.join(missing)}", remedy)
    drawing = Drawing(found.place, "Factors", "Links")
    for row, cells in sheets["factors"].records(OF_FACTORS, ("label",)):
        _factor_row(drawing, cells, row)
    for row, cells in sheets["links"].records(OF_LINKS, ("from", "to")):
        ends = [text_of(cells.get(end)) or "" for end in ("from", "to")]
        note, own = long_text(cells.get("note") or cells.get("description")), text_of(cells.get("id"))
        given = values_of(cells, OF_LINKS)
        way = "mutual" if text_of(cells.get("direction")) == "mutual" else "directed"
        _add_link(drawing, ends, _style_of_row(cells), cells, given, note=note, id=own, row=row, direction=way)
    others = sorted(sheets.keys() - NAMES_OF_SHEETS)
    if others:
        drawing.note(f"sheets that are neither Factors nor Links are passed over: {', '.join(others)}")
    return drawing.map()


def _factor_row(drawing: Drawing, cells: Cells, row: int) -> None:
    label = text_of(cells.get("label"))
    if label is None:
        drawing.fault("Factors", "has no label", "Give it one", row=row, column="label")
        return
    x, y = (number_of(cells.get(axis)) for axis in ("x", "y"))
    note = long_text(cells.get("note") or cells.get("description"))
    own = text_of(cells.get("id")) or label
    given = values_of(cells, OF_FACTORS)
    drawing.factor(row=row, id=own, label=label, type=_style_of_row(cells), note=note, attributes=given, x=x, y=y)


def _style_of_row(cells: Cells) -> str | None:
    name, style = text_of(cells.get("grouplabel")), text_of(cells.get("style"))
    if name or style is None or number_of(style) is None:
        return name or style
    return f"Style {style}" if style != "1" else None


def write_prsm_sheets(drawn: Map, path: Path) -> None:
    """Write a map as a workbook with the sheets Factors and Links; ids are columns of their own."""
    factor_styles, link_styles = (_groups(things) for things in (drawn.factors, drawn.links))
    factors = [_factor_cells(factor, factor_styles) for factor in drawn.factors]
    ends = {factor.id: factor.label for factor in drawn.factors}
    twice = {label for label, times in Counter(ends.values()).items() if times > 1}
    called = {own: own if label in twice else label for own, label in ends.items()}
    links = [_link_cells(link, link_styles, called) for link in drawn.links]
    write_sheets(path, {"Factors": factors, "Links": links})


def _cells(thing: Factor | Link, groups: Mapping[str | None, int]) -> dict[str, Any]:
    at = groups.get(thing.type, 0)
    named = {"GroupLabel": thing.type} if thing.type in groups and not _is_number(thing.type) else {}
    return {"Style": at + 1, **named, "Note": thing.note, **_attributes(thing, groups)}


def _is_number(kind: str | None) -> bool:
    return kind is None or re.fullmatch(r"Style [1-9]", kind) is not None


def _factor_cells(factor: Factor, groups: Mapping[str | None, int]) -> dict[str, Any]:
    own = {"Label": factor.label, **({"Id": factor.id} if factor.id != factor.label else {})}
    return own | {"x": factor.x, "y": factor.y} | _cells(factor, groups)


def _link_cells(link: Link, groups: Mapping[str | None, int], called: Mapping[str, str]) -> dict[str, Any]:
    own = {"From": called[link.source], "To": called[link.target], "Label": link.label}
    named = {"Id": link.id} if link.id else {}
    way = {"Direction": link.direction} if link.direction != "directed" else {}
    return own | named | way | _cells(link, groups)
