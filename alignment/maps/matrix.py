"""A matrix of scores: rows act on columns, as in SDG interlinkages, fuzzy cognitive maps and MICMAC."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from alignment.tables.link_signs import number_of, sign_of
from alignment.tables.map_headings import matrix_at, text_of
from alignment.tables.raw import refused
from alignment.tables.xml_parts import MOST_CELLS

from .drawing import Drawing, values_of
from .map import Map
from .sheets import Sheet, write_rows

NOTHING: Final = frozenset({"x", "-", "–", "—", "\\", "/", ".", "..", "n/a", "na", "nan", "*"})
"""What people write on the diagonal, and where nothing acts."""

TOTALS: Final = frozenset({"sum", "sums", "total", "totals"})
"""Heads that sum the others up even where a row and a column have them."""

SUMS: Final = TOTALS | {
    *("mean", "average", "net", "rank", "outdegree", "indegree", "out-degree", "in-degree"),
    *("driving power", "dependence", "dependence power", "active sum", "passive sum"),
}
"""Heads of rows or columns that sum the others up, where only one of the two has them."""


def matrix_map(sheet: Sheet, place: str) -> Map:
    """The map of a matrix: a factor for each name, a link for each score that is not 0."""
    at = matrix_at(sheet.cells)
    if at is None:
        remedy = "Write each name at the head of a row and of a column, and the score of the row's effect on the column"
        raise refused(place, "is no matrix: its first row and first column do not share their names", remedy)
    sheet = sheet.below(at)
    if len(sheet.header) * len(sheet.rows) > MOST_CELLS:
        what = f"reaches over {len(sheet.rows):,} rows and {len(sheet.header):,} columns"
        raise refused(place, what, "Save the matrix alone, without the rows and columns beyond it")
    drawing = Drawing(place, "names", "scores")
    drawing.reading(sheet)
    sheet, attributes = _apart(drawing, sheet)
    for _, cells in sheet.rows[1:]:
        _name(drawing, cells[0], attributes.get(text_of(cells[0]) or "", {}))
    for heading in sheet.header[1:]:
        _name(drawing, heading, {})
    # Where somebody wrote +, a - is no blank.
    signed = any(text_of(cell) == "+" for _, cells in sheet.rows[1:] for cell in cells[1:])
    seen = set[str]()
    for row, cells in sheet.rows[1:]:
        source = text_of(cells[0])
        if source in seen:
            drawing.fault("names", f"'{source}' is there already", "Make one row of the two", row=row)
        elif source is not None:
            seen.add(source)
            _row(drawing, sheet.header, source, row, cells, signed=signed)
    _once(drawing, sheet.header)
    return drawing.map()


def _apart(drawing: Drawing, sheet: Sheet) -> tuple[Sheet, dict[str, dict[str, Any]]]:
    """The scores, and apart from them what other columns say of the rows; rows and columns of sums are left out."""
    names = {text_of(cells[0]) for _, cells in sheet.rows[1:]}
    sums = [at for at, name in enumerate(sheet.header) if at and _is_sum(name, names)]
    strange = [at for at, name in enumerate(sheet.header) if at and name and name not in names and at not in sums]
    told = [at for at in strange if not _all_scores(sheet, at)]
    heads = set(sheet.header[1:])
    rows = [(row, cells) for row, cells in sheet.rows[1:] if not _is_sum(text_of(cells[0]), heads)]
    left = [sheet.header[at] for at in sums]
    left += [str(cells[0]) for _, cells in sheet.rows[1:] if _is_sum(text_of(cells[0]), heads)]
    if left:
        drawing.note(f"sums are passed over: {', '.join(left)}")
    attributes = {text_of(cells[0]) or "": {sheet.header[at]: _at(cells, at) for at in told} for _, cells in rows}
    kept = [at for at in range(len(sheet.header)) if at not in (*sums, *told)]
    scores = [(row, [_at(cells, at) for at in kept]) for row, cells in (sheet.rows[0], *rows)]
    return Sheet(scores), attributes


def _at(cells: Any, at: int) -> Any:
    return cells[at] if at < len(cells) else None


def _is_sum(name: str | None, others: Collection[str | None]) -> bool:
    """Whether a head sums up: the same word at the head of a row and a column is a total, or else a name."""
    return name is not None and name.lower() in (TOTALS if name in others else SUMS)


def _all_scores(sheet: Sheet, at: int) -> bool:
    """Whether a column holds scores and marks only."""
    cells = [text_of(_at(row, at)) for _, row in sheet.rows[1:]]
    return all(_is_score(text) for text in cells if text is not None)


def _is_score(text: str) -> bool:
    return number_of(text) is not None or text.lower() in NOTHING or sign_of(text) is not None or text.upper() == "P"


def _name(drawing: Drawing, cell: Any, attributes: Mapping[str, Any]) -> None:
    name = text_of(cell)
    if name is not None:
        drawing.named(name, values_of(attributes, ()))


def _once(drawing: Drawing, header: list[str]) -> None:
    for name, times in Counter(filter(None, header[1:])).items():
        if times > 1:
            drawing.fault("names", f"the column '{name}' is there twice", "Make one column of the two")


def _row(drawing: Drawing, header: list[str], source: str, row: int, cells: Any, *, signed: bool) -> None:
    for target, cell in zip(header[1:], cells[1:], strict=False):
        text, weight = text_of(cell), number_of(cell)
        if not target or text is None or weight == 0 or _says_nothing(text, signed=signed and source != target):
            continue
        sign = None if weight is not None else sign_of(text)
        kind = text if weight is None else None
        drawing.link(source, target, row=row, weight=weight, sign=sign, type=kind)


def _says_nothing(text: str, *, signed: bool) -> bool:
    return text.lower() in NOTHING and not (signed and text == "-")


def write_matrix(drawn: Map, path: Path) -> None:
    """Write a map as a matrix: of links with one source and target the weights are added up; a sign alone is + or -."""
    at: dict[tuple[str, str], Any] = {}
    for link in drawn.links:
        ways = [(link.source, link.target)] + [(link.target, link.source)] * (link.direction != "directed")
        for way in ways:
            at[way] = _sum(at.get(way), link.signed if link.weight is not None else link.sign or link.type or "?")
    names = drawn.labels
    twice = len(set(names.values())) < len(names)
    called = {own: own if twice else label for own, label in names.items()}
    rows = [[called[one], *(at.get((one, two)) for two in names)] for one in names]
    write_rows(path, "Matrix", ["acts on", *called.values()], rows)


def _sum(before: Any, value: Any) -> Any:
    if isinstance(before, float) and isinstance(value, float):
        return before + value
    return value if before is None or not isinstance(before, float) else before
