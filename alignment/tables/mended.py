"""Cells put right where it is plain what was meant, each with a note; where it is not, a fault says so."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from alignment.models.cell_fault_words import rules, shown
from alignment.models.fields import APRIL, as_text, financial_year

from .cell_kinds import Kind, kind_of, vocabulary
from .columns import columns
from .days import is_open, month_of, order_of, span
from .marks import TURNS, UNSEEN, is_mark, seen
from .names import WITH_IDS
from .naming import is_id
from .numerals import PLAIN, Numeral, Style, numeral, read_in, style_of, which_of_two
from .raw import Percent, plain
from .vocabulary import TICKS, meant_by
from .working import Working

MOMENT: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}-[0-9]{2}|/[0-9]{2})?")
"""A time as it is kept."""

LEAST_THOUSAND: Final = 1000
"""No number with thousands set apart is smaller."""

WORDS_OF_TRUTH: Final = frozenset(["yes", "no", "true", "false", "1", "0", "y", "n", "t", "f", "on", "off"])


def mended(tables: Mapping[str, Working]) -> None:
    """Put the cells of every column right but ids and what refers to them.

    Parameters
    ----------
    tables
        Every table; ids, references and percentages are left for later.
    """
    _unpacked(tables)
    about = tables.get("about")
    if about is not None:
        _mend(about, APRIL)
    begins = year_begins(about)
    for name, table in tables.items():
        if name != "about":
            _mend(table, begins)


def year_begins(about: Working | None) -> int:
    """The month with which a financial year of the system begins."""
    said = about.cell(0, "year_begins") if about is not None and (about.rows or about.ready) else None
    try:
        return int(said) if said is not None and 1 <= int(said) <= 12 else APRIL
    except (TypeError, ValueError):
        return APRIL


def _mend(table: Working, begins: int) -> None:
    present = {column for row in table.rows for column in row}
    for column in columns(table.row_type):
        if column in present:
            kind = kind_of(table.row_type, column)
            if kind == "time":
                _times(table, column, begins)
            elif kind in MENDERS and not (column == "id" and table.name in WITH_IDS):
                MENDERS[kind](table, column)


def _unpacked(tables: Mapping[str, Working]) -> None:
    """Take the one value out of each list of one, as R writes what is no list."""
    found: list[tuple[Working, int, str]] = []
    for table in tables.values():
        for index, row in enumerate(table.rows):
            for column, cell in list(row.items()):
                if type(cell) is list and len(cell) <= 1 and _is_single(table, column):  # pyright: ignore[reportUnknownArgumentType]
                    table.change(index, column, plain(cell[0]) if cell else None)
                    found.append((table, index, column))
    if found:
        table, index, column = found[0]
        more = f"; so {'was' if len(found) == 2 else 'were'} {len(found) - 1:,} more" if len(found) > 1 else ""
        why = "as R writes what is no list (auto_unbox=TRUE undoes it)"
        what = f"is a list of one, {why}, and was read as its value{more}"
        table.note(index, column, "list", what)


def _is_single(table: Working, column: str) -> bool:
    return column in table.row_type.model_fields and kind_of(table.row_type, column) != "references"


def _tidy(table: Working, index: int, column: str, cell: Any) -> str:
    """A cell as the text that is seen, with a note where it holds signs that are not."""
    text = seen(str(as_text(cell)))
    if isinstance(cell, str) and UNSEEN.search(cell):
        signs = ", ".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in UNSEEN.findall(cell)))
        table.note(index, column, "unseen", f"a sign that nobody sees ({signs}) was left out of {shown(text)}")
    return text


# Numbers


def _numbers(table: Working, column: str) -> None:
    """Numbers with decimal commas, thousands set apart, signs of money and per cent; marks for blanks."""
    strings = [(index, cell) for index, cell in table.cells(column) if isinstance(cell, str)]
    if all(PLAIN.fullmatch(cell) for _, cell in strings):
        _stored_as_text(table, column, strings)
        return
    texts = {index: _tidy(table, index, column, cell) for index, cell in strings}
    numerals = {index: found for index, text in texts.items() if (found := numeral(text))}
    style = style_of(numerals.values())
    for index, cell in strings:
        if index in numerals:
            _number(table, index, column, cell, numerals[index], style)
        elif is_mark(texts[index]):
            table.blank(index, column, texts[index])


def _stored_as_text(table: Working, column: str, strings: Iterable[tuple[int, str]]) -> None:
    """Say of a sheet, where it makes a difference, that numbers are text in it."""
    if table.raw.letters:
        for index, cell in strings:
            table.note(index, column, "text", f"the number {cell} is text in the sheet, and was read as a number")


def _number(table: Working, index: int, column: str, cell: str, found: Numeral, style: Style | None) -> None:
    if found.per_cent:
        # An open one is the same question as in any other cell.
        value = read_in(found, style)
        if value is not None:
            table.change(index, column, Percent(value / 100))
            return
    value = read_in(found, style, lambda number: _fits(table, column, number))
    if value is None:
        table.fault(index, column, which_of_two(cell, found))
    elif not PLAIN.fullmatch(cell) or value != float(cell):
        table.change(index, column, value)
        table.note(index, column, "number", f"{shown(cell)} was read as {value:.15g}")
    elif table.raw.letters:
        _stored_as_text(table, column, [(index, cell)])


def _fits(table: Working, column: str, number: float) -> bool:
    """Whether a column takes a number."""
    rule = rules(table.row_type, column)
    inside = rule.get("minimum", -math.inf) <= number <= rule.get("maximum", math.inf)
    # Whole numbers have no thousandths, not even 0 of them.
    return inside and (rule["type"] != "integer" or number >= LEAST_THOUSAND)


# Words


def _words(table: Working, column: str) -> None:
    """The words of a vocabulary in any case, and those that people use for them."""
    known = vocabulary(table.row_type, column)
    for index, cell in table.cells(column):
        if cell in known or not isinstance(cell, str):
            continue
        text = _tidy(table, index, column, cell)
        meant = meant_by(text, column, known)
        if meant is not None:
            table.change(index, column, meant)
            if meant != cell:
                table.note(index, column, f"word {meant}", f"{shown(cell)} was read as {meant}")
        elif is_mark(text):
            table.blank(index, column, text)


def _truths(table: Working, column: str) -> None:
    """Yes and no as people write them."""
    for index, cell in table.cells(column):
        if not isinstance(cell, str) or cell.casefold() in WORDS_OF_TRUTH:
            continue
        text = _tidy(table, index, column, cell).casefold()
        if text in TICKS or text in WORDS_OF_TRUTH:
            table.change(index, column, "yes" if text in TICKS else text)
            table.note(index, column, "tick", f"{shown(cell)} was read as {'yes' if text in TICKS else text}")
        elif is_mark(text):
            table.blank(index, column, text)


def _codes(table: Working, column: str) -> None:
    """Ids that nothing refers to: without signs that nobody sees, and blank where they say that none is known."""
    for index, cell in table.cells(column):
        if isinstance(cell, str) and not is_id(cell):
            text = _tidy(table, index, column, cell)
            if is_mark(text):
                table.blank(index, column, text)
            elif is_id(text):
                table.change(index, column, text)


# Times


def _times(table: Working, column: str, begins: int) -> None:
    """Days, months, quarters and financial years as people write them."""
    odd = [
        (index, cell)
        for index, cell in table.cells(column)
        if isinstance(cell, str) and (not MOMENT.fullmatch(cell) or ("/" in cell and begins != APRIL))
    ]
    texts = {index: _tidy(table, index, column, cell) for index, cell in odd}
    order = order_of(texts.values())
    for index, cell in odd:
        text = texts[index]
        if is_mark(text) or text.casefold() == "none":
            table.blank(index, column, text)
        elif is_open(text) and order is None:
            _open_date(table, index, column, text)
        else:
            read = _time(text, column, order, begins)
            if read is not None and read != cell:
                table.change(index, column, read)
                table.note(index, column, "time", f"{shown(cell)} was read as {read}")


def _open_date(table: Working, index: int, column: str, text: str) -> None:
    days = [found.first.isoformat() for order in ("day", "month") if (found := span(text, order))]
    what = f"{shown(text)} could be {' or '.join(days)}: no other date of the column tells"
    table.fault(index, column, (what, f"Write {' or '.join(days)}"))


BEGINS: Final = frozenset({"start", "period"})
"""The columns of times that are told by their first day."""


def _time(text: str, column: str, order: Any, begins: int) -> str | None:
    """A time as it is kept; nothing where it is none."""
    if begins == APRIL and (year := financial_year(text)):
        return year
    if re.fullmatch("[0-9]{4}", text):
        return text
    found = span(text, order, begins)
    if found is None:
        return None
    return (found.first if column in BEGINS else found.last).isoformat()


# Text


def _texts(table: Working, column: str) -> None:
    """Text stays as it is; of signs that turn it round the reader is told."""
    for index, cell in table.cells(column):
        if isinstance(cell, Percent):
            table.change(index, column, cell.text)
        elif isinstance(cell, str) and not cell.isascii() and TURNS.search(cell):
            table.note(
                index, column, "turn", "holds signs that turn the direction of writing: it may not be as it looks"
            )


def _whole(table: Working, column: str) -> None:
    """Whole numbers; of the month with which a year begins, its name too."""
    if column == "year_begins":
        for index, cell in list(table.cells(column)):
            month = month_of(seen(cell)) if isinstance(cell, str) else None
            if month is not None:
                table.change(index, column, month)
                table.note(index, column, "month", f"{shown(cell)} was read as month {month}")
    _numbers(table, column)


MENDERS: Final[Mapping[Kind, Callable[[Working, str], None]]] = {
    "number": _numbers,
    "share": _numbers,
    "whole": _whole,
    "word": _words,
    "yes-or-no": _truths,
    "text": _texts,
    "id": _codes,
}
"""What puts the cells of a column right, by what it holds."""


def half_bands(targets: Working) -> None:
    """Make a band of which one end is given a target that has that end only."""
    for index, row in enumerate(targets.rows):
        ends = [name for name in ("value", "upper") if name in row]
        if row.get("sense") != "between" or len(ends) != 1 or not all(map(_sound(targets, index), ENDS)):
            continue
        sense = "at_least" if ends == ["value"] else "at_most"
        targets.change(index, "value", row[ends[0]])
        targets.change(index, "upper", None)
        targets.change(index, "sense", sense)
        targets.note(index, "sense", "band", f"between with no {_other(ends)} was read as {sense}")


ENDS: Final[Sequence[str]] = ("sense", "value", "upper")


def _sound(targets: Working, index: int) -> Callable[[str], bool]:
    return lambda column: targets.sound(index, column)


def _other(ends: Sequence[str]) -> str:
    return "upper" if ends == ["value"] else "value"
