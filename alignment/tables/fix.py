"""A copy of a source in which all that is harmless is mended, and every fault stands in a comment at its cell."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from alignment.errors import InputError, OptionError, UnknownWord
from alignment.models import Fault, Note

from .archive import files_in
from .assemble import Assembly
from .bare_list import list_in
from .commented import Remark, write_commented
from .doors import IDS, READERS, Ids, Source, path_of, raw_of
from .folder import File, files_of
from .guarded import content_of
from .mended_sheets import MendedSheets
from .names import ROW_TYPES
from .parts import Part, sorted_out
from .raw import RawSystem, refused
from .spreadsheet import Sheet, read_workbook, sheet_of, sheets_of


def fix(
    source: Source, path: str | os.PathLike[str], ids: Ids = "given", *, replace: bool = False
) -> tuple[Fault, ...]:
    """Write a copy of a source as a workbook, mended, and say what is still wrong with it.

    Whatever `read` notes is mended: marks and decimal commas, headings, names where ids belong, titles and footnotes,
    merged cells, percentages, dates. Whatever it refuses stays as it was written, with a comment at the cell that
    says what is wrong and what to do. The first sheet, ``x-faults``, lists both. Columns and sheets that are no part
    of a system are kept under names that begin with x-. Of a bare list the copy is the list again, as it is. Formulas
    become their values; formats, charts and comments stay behind.

    Parameters
    ----------
    source
        As `read` takes it. It is never changed.
    path
        Where to: a file that ends in .xlsx.
    ids
        Where ids are from, as `read` has it.
    replace
        Whether a file that is there already is written over.

    Returns
    -------
    tuple of Fault
        What is left to do, each with its cell in the copy; none where `read` takes the copy.

    Raises
    ------
    UnknownWord
        `ids` is neither given nor make.
    OptionError
        There is a file already, or it is the source itself.
    InputError
        The source as a whole cannot be read, or the path is of another kind.

    Examples
    --------
    >>> import tempfile
    >>> tables = {
    ...     "agencies": [{"id": "trust", "name": "Acute trust"}],
    ...     "measures": [{"id": "beds", "name": "Beds in use", "baseline": "94,5"}],
    ...     "targets": [{"agency": "Acute trust", "measure": "beds", "sense": "at_mst", "value": "n/a"}],
    ... }
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for fault in fix(tables, f"{folder}/copy.xlsx"):
    ...         print(f"{fault.where}: {fault.remedy}")
    sheet targets, cell C2, column sense: Did you mean 'at_most'?
    """
    if ids not in IDS:
        raise UnknownWord(ids, IDS, "where ids are from")
    target = Path(path)
    _check(source, target, replace=replace)
    assembly = Assembly(raw_of(source), {}, make=ids == "make")
    before, notes = _outcome(assembly)
    sheets = MendedSheets(assembly, _parts(source))
    copy = [Sheet(page.title, [list(line) for line in page.rows], hidden=page.hidden) for page in sheets.pages]
    again = _read_again(copy, is_list=assembly.raw.listed is not None)
    left, _ = _outcome(Assembly(again, {}, make=False))
    unsaid = _unsaid(before, left, {*sheets.own, *_asked(again)})
    write_commented(sheets.pages, [*_remarks(left), *_listed((*unsaid, *notes, *sheets.notes))], target)
    return (*left, *unsaid)


def _check(source: Source, target: Path, *, replace: bool) -> None:
    """Refuse a place where the copy may not go."""
    if target.suffix.lower() != ".xlsx" or target.is_dir():
        raise refused(str(target), "is not the name of a workbook", "Give the copy a name that ends in .xlsx")
    if not target.exists():
        return
    if not isinstance(source, Mapping) and path_of(source).exists() and path_of(source).samefile(target):
        raise OptionError(f"{target} is the source itself. Give the copy another name.")
    if not replace:
        raise OptionError(f"{target} is there already. Give replace=True (--replace) to write over it.")


def _outcome(assembly: Assembly) -> tuple[tuple[Fault, ...], tuple[Note, ...]]:
    """What is wrong with tables, and what of them was put right."""
    try:
        return (), assembly.system().notes
    except InputError as error:
        return error.faults, error.notes


def _parts(source: Source) -> list[Part]:
    """The sheets or files of a source that has any."""
    if isinstance(source, Mapping):
        return []
    path = path_of(source)
    reader = READERS.get(path.suffix.lower())
    if not path.is_dir() and reader is read_workbook:
        return list[Part](sheets_of(path.name, content_of(path)))
    return [file for file in _files(path) if file.may_be_a_table]


def _files(path: Path) -> Sequence[File]:
    """The files of a folder, also of one that is packed."""
    if path.is_dir():
        return files_of(path)
    return files_in(path.name, content_of(path)) if path.suffix.lower() == ".zip" else []


def _asked(again: RawSystem) -> Iterator[tuple[str, str]]:
    """The columns that the copy asks about at a heading; in a document, where programs write, they are just missing."""
    for name, raw in again.tables.items():
        yield from ((name, column) for could in raw.open_titles.values() for column in could)


def _unsaid(
    before: tuple[Fault, ...], left: tuple[Fault, ...], settled: Collection[tuple[str, str | None]]
) -> list[Fault]:
    """The faults that a workbook cannot repeat, such as a name that is given twice in a row of JSON."""
    said = {(fault.table, fault.index, fault.column) for fault in left}
    # What a system is about is written as a sheet, whatever it was.
    gone = {*settled, ("about", None)}
    return [
        fault
        for fault in before
        if (fault.table, fault.index, fault.column) not in said and (fault.table, fault.column) not in gone
    ]


def _read_again(copy: Sequence[Sheet], *, is_list: bool) -> RawSystem:
    """The tables of a copy."""
    filled = [sheet for sheet in copy if not sheet.is_blank or sheet.name in ROW_TYPES]
    if is_list and (made := list_in(filled)):
        return made
    found = sorted_out(filled)
    return RawSystem(found.tables, sheet_of, found.notes)


def _remarks(faults: Iterable[Fault]) -> Iterator[Remark]:
    """Faults of the copy, at their cells."""
    for fault in faults:
        what = fault.what + fault.elsewhere
        yield Remark("fault", fault.where, what, fault.remedy, fault.place, _cell(fault))


def _listed(found: Iterable[Fault | Note]) -> Iterator[Remark]:
    """What is told of the source, whose cells are others."""
    for one in found:
        if isinstance(one, Fault):
            yield Remark("fault", one.where, one.what + one.elsewhere, one.remedy)
        else:
            yield Remark("note", one.where, one.what)


def _cell(fault: Fault) -> str | None:
    """The cell at which a fault is told: its own, or the first of its row."""
    return fault.cell or (f"A{fault.row}" if fault.row is not None and fault.place.startswith("sheet ") else None)
