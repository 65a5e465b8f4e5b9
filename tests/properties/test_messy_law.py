"""However a system is written down, it is the same system: encoding, separator, titles, blanks, headings, footnotes."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, given, settings, strategies as st

from alignment.models import System
from alignment.tables import read, write
from tests.strategies import systems
from tests.thoroughly import most

law = settings(max_examples=most(150, 15), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Mess:
    """How a table is written down."""

    codec: str
    separator: str
    said: bool
    titles: tuple[str, ...]
    case: str
    column: int | None
    rows: frozenset[int]
    footnotes: tuple[str, ...]

    def laid_out(self, rows: list[list[str]]) -> list[list[str]]:
        """The rows with all that stands around and between them."""
        headings, *others = rows
        found = [[title] for title in self.titles]
        found.append([_cased(heading, self.case) for heading in headings])
        for at, row in enumerate(others):
            found.extend([[]] if at in self.rows else [])
            found.append(row)
        if self.column is not None:
            at = self.column
            found = [[*row[:at], "", *row[at:]] if row else row for row in found]
        if others and self.footnotes:
            found.extend([[], *([note] for note in self.footnotes)])
        return found

    def written(self, rows: list[list[str]]) -> bytes:
        """The rows as the bytes of a file."""
        out = io.StringIO()
        csv.writer(out, delimiter=self.separator, lineterminator="\r\n").writerows(self.laid_out(rows))
        said = f"sep={self.separator}\r\n" if self.said else ""
        return (said + out.getvalue()).encode(self.codec)


def _cased(heading: str, case: str) -> str:
    return {
        "as it is": heading,
        "title": heading.replace("_", " ").title(),
        "upper": heading.upper(),
        "hyphens": f" {heading.replace('_', '-').capitalize()}: ",
    }[case]


messes = st.builds(
    Mess,
    codec=st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")),
    separator=st.sampled_from((",", ";", "\t", "|")),
    said=st.booleans(),
    titles=st.lists(st.sampled_from(("Targets agreed for 2026/27", "Official", "")), max_size=3).map(tuple),
    case=st.sampled_from(("as it is", "title", "upper", "hyphens")),
    column=st.none() | st.integers(0, 3),
    rows=st.frozensets(st.integers(0, 5), max_size=2),
    footnotes=st.lists(
        st.sampled_from(("Source: our own returns", "Notes", "[x] not available", "1. Rounded to whole numbers")),
        max_size=2,
    ).map(tuple),
)


def rows_in(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@law
@given(system=systems(), messes=st.lists(messes, min_size=20, max_size=20))
def test_a_folder_says_the_same_however_it_is_written(system: System, messes: list[Mess]) -> None:
    with tempfile.TemporaryDirectory() as home:
        write(system, home)
        plain = read(home)
        for path, mess in zip(sorted(Path(home).glob("*.csv")), messes, strict=False):
            path.write_bytes(mess.written(rows_in(path)))
        messy = read(home)
    assert messy == plain == system
    assert messy.hash == plain.hash


@law
@given(system=systems(), mess=messes, hidden=st.booleans())
def test_a_workbook_says_the_same_however_it_is_laid_out(system: System, mess: Mess, hidden: bool) -> None:
    with tempfile.TemporaryDirectory() as home:
        write(system, home)
        book = openpyxl.Workbook()
        cover = book.worksheets[0]
        cover.title, cover["B2"] = "Cover", "Performance framework"
        for path in sorted(Path(home).glob("*.csv")):
            sheet = book.create_sheet(path.stem)
            sheet.sheet_state = "hidden" if hidden else "visible"
            for row in mess.laid_out(rows_in(path)):
                sheet.append([cell or None for cell in row])
        book.save(Path(home) / "messy.xlsx")
        messy = read(Path(home) / "messy.xlsx")
    assert messy == system.replace(about=None)
