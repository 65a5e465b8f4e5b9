"""A mended copy says what its source says: read again it has the same faults and no others, or is the same system."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import openpyxl
from hypothesis import HealthCheck, given, settings, strategies as st

import alignment as al
from alignment.models import Fault, Note, System
from tests.strategies import systems
from tests.thoroughly import most
from tests.unit.tables.cases import Tables, place

law = settings(max_examples=most(400, 20), deadline=None, suppress_health_check=[HealthCheck.too_slow])

CELLS: Final = (
    *("9O", "1.234", "1,5", "1.234,5", "92%", "3/4/2018", "31/3/2018", "2026-03-01", "2018", "n/a", "..", "yes"),
    *("Two Words", "beds!", "Hospital", "HOSPITAL", "at_mst", "At least", "maybe", "\u202eabc", "a\x01b", "_x0001_"),
    *("=1+1", "+44", "#REF!", "Source: us", "x" * 90, "[1]", "occupancy", "d\u0435pt", "a;b", "\u00a0", 7, -3.5, 1e15),
)
"""Cells of which some are harmless, and some faults, according to where they stand."""

HEADINGS: Final = ("colour", "Reference", "levels", "x-ours", "name", "Basline", "Indicator", "Notes", "strength")

spots: st.SearchStrategy[tuple[str, int, int]] = st.tuples(
    st.sampled_from(sorted(place())), st.integers(0, 4), st.integers(0, 5)
)
slips = st.lists(st.tuples(spots, st.sampled_from(CELLS)), max_size=5)
columns = st.lists(
    st.tuples(st.sampled_from(sorted(place())), st.sampled_from(HEADINGS), st.sampled_from(CELLS)), max_size=2
)
renamed = st.lists(st.tuples(spots, st.sampled_from((*HEADINGS, None))), max_size=1)
titles = st.lists(st.sampled_from(("Agreed by the board", "Draft")), max_size=2)
footnotes = st.lists(st.sampled_from(("Source: our own returns", "Notes", "[x] not available")), max_size=2)

Grids = dict[str, list[list[Any]]]
"""Each table's rows, the headings first."""


def grids(tables: Tables) -> Grids:
    found: Grids = {}
    for name, rows in tables.items():
        headings = list(rows[0])
        found[name] = [headings, *([row.get(heading) for heading in headings] for row in rows)]
    return found


def as_book(tables: Grids, home: Path) -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Cover"
    book.worksheets[0]["B2"] = "Performance framework"
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([one.replace("\x01", "") if isinstance(one, str) else one for one in row])
    book.save(home / "system.xlsx")
    return home / "system.xlsx"


def as_folder(tables: Grids, home: Path) -> Path:
    for name, rows in tables.items():
        with (home / f"{name}.csv").open("w", encoding="utf-16", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    return home


def as_document(tables: Grids, home: Path) -> Path:
    found = {
        name: [{str(key): one for key, one in zip(rows[0], row, strict=False)} for row in rows[1:]]
        for name, rows in tables.items()
    }
    (home / "system.json").write_text(json.dumps(found), encoding="utf-8")
    return home / "system.json"


COATS: Final[tuple[Callable[[Grids, Path], Path], ...]] = (as_book, as_folder, as_document)


def outcome(path: Path) -> tuple[System | None, tuple[Fault, ...], tuple[Note, ...]]:
    try:
        found = al.read(path)
    except al.InputError as error:
        return None, error.faults, error.notes
    return found, (), found.notes


def where(faults: tuple[Fault, ...]) -> list[tuple[str, int, str]]:
    return sorted((fault.table, -1 if fault.index is None else fault.index, fault.column or "") for fault in faults)


def true_faults(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Those left out of columns of which one says that they may be their owner's: the copy calls them so.

    Where a column is missing, another may be meant by it, and stays.
    """
    lacking = {fault.table for fault in faults if fault.what == f"the column {fault.column} is missing"}
    own = {
        (fault.table, fault.column)
        for fault in faults
        if fault.table not in lacking and fault.remedy.startswith("If it is your own")
    }
    return tuple(fault for fault in faults if (fault.table, fault.column) not in own)


def agree(source: Path) -> None:
    """Whether the copy of a source says the same."""
    system, faults, _ = outcome(source)
    with tempfile.TemporaryDirectory() as other:
        left = al.fix(source, Path(other) / "copy.xlsx")
        again, found, notes = outcome(Path(other) / "copy.xlsx")
    assert where(found) == where(left) == where(true_faults(faults))
    assert again == system or (system is None and not left)
    # Look-alikes stay what they are, and what is left wrong may be noted beside.
    assert left or all("looks like" in note.what or "direction" in note.what for note in notes)


@law
@given(
    slips=slips,
    columns=columns,
    renamed=renamed,
    titles=titles,
    footnotes=footnotes,
    coat=st.sampled_from(COATS),
)
def test_a_copy_has_the_true_faults_and_no_others(
    slips: list[tuple[tuple[str, int, int], Any]],
    columns: list[tuple[str, str, Any]],
    renamed: list[tuple[tuple[str, int, int], str | None]],
    titles: list[str],
    footnotes: list[str],
    coat: Callable[[Grids, Path], Path],
) -> None:
    tables = grids(place())
    for (table, row, column), cell in slips:
        rows = tables[table]
        rows[1 + row % (len(rows) - 1)][column % len(rows[0])] = cell
    for table, heading, cell in columns:
        for at, row in enumerate(tables[table]):
            row.append(heading if at == 0 else cell if at == 1 else None)
    for (table, _, column), heading in renamed:
        headings = tables[table][0]
        # The names in a document are words of programs: only the copy asks which column a person's heading means.
        if coat is not as_document or heading != "Reference":
            headings[column % len(headings)] = heading
    if coat is not as_document:
        for table in ("targets", "measures"):
            tables[table] = [*([title] for title in titles), *tables[table], *([note] for note in footnotes)]
    with tempfile.TemporaryDirectory() as home:
        agree(coat(tables, Path(home)))


@settings(law, max_examples=most(150, 8))
@given(system=systems(), suffix=st.sampled_from((".xlsx", ".json", "")))
def test_a_copy_of_what_has_no_fault_is_the_same(system: System, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / f"system{suffix}"
        al.write(system, path)
        agree(path)
