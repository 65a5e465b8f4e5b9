"""The formats of maps: a row each, which says how it is told, read and written, and what is lost.

Others add a row by an entry point of the group `alignment.formats` whose object is a `Format`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final

from alignment.errors import OptionError, UnknownWord
from alignment.tables.map_headings import edges_at, matrix_at
from alignment.tables.raw import refused
from alignment.tables.spreadsheet import SUFFIXES

from .contents import Contents
from .edges import edges_map, write_edges
from .graphs import read_graph_map, write_graph_map
from .kumu import (
    read_kumu,
    read_kumu_sheets,
    recognises_kumu,
    recognises_kumu_sheets,
    write_kumu,
    write_kumu_sheets,
)
from .map import Map
from .matrix import matrix_map, write_matrix
from .prsm import (
    read_prsm,
    read_prsm_sheets,
    recognises_prsm,
    recognises_prsm_sheets,
    write_prsm,
    write_prsm_sheets,
)

GROUP: Final = "alignment.formats"
"""The group of entry points by which others add a format."""


@dataclass(frozen=True)
class Format:
    """One format of maps.

    Attributes
    ----------
    name
        The word it is asked for by.
    title
        What people call it.
    suffixes
        The ends of its files' names, with the dot. A file to be written is of the first format that has the suffix
        of its name.
    read
        Makes a map of what is in a file; none where it is only written.
    write
        Writes a map to a file; none where it is only read.
    recognises
        Whether a file of one of the suffixes is of this format, by what is in it; none where the suffix tells.
    lost
        What of a map a written file does not hold, in words.
    by_suffix
        Whether a file to be written is of this format by its name alone; otherwise only where it is asked for.
    also_read
        Further ends of names, of files that are read and not written.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[Contents], Map] | None = None
    write: Callable[[Map, Path], None] | None = None
    recognises: Callable[[Contents], bool] | None = None
    lost: str = ""
    by_suffix: bool = True
    also_read: tuple[str, ...] = ()


TABLES: Final = (".csv", ".tsv", ".txt", ".xlsx")
BOOKS: Final = tuple(suffix for suffix in SUFFIXES if suffix != ".xlsx")
"""Workbooks that are read and not written."""

FORMATS: Final[tuple[Format, ...]] = (
    Format(
        "kumu",
        "Kumu, project or blueprint",
        (".json",),
        read_kumu,
        write_kumu,
        lambda found: recognises_kumu(found.document),
        "how the project looks: maps, views, positions",
    ),
    Format(
        "prsm",
        "Participatory System Mapper",
        (".prsm", ".json"),
        read_prsm,
        write_prsm,
        lambda found: found.suffix == ".prsm" or recognises_prsm(found.document),
        "loops; types beyond nine, tags and marks of delay are attributes; colours, background and history",
    ),
    Format(
        "prsm-workbook",
        "Participatory System Mapper, workbook",
        (".xlsx",),
        read_prsm_sheets,
        write_prsm_sheets,
        lambda found: recognises_prsm_sheets(found.sheet_names),
        "as its file, and the name of the map",
        also_read=BOOKS,
    ),
    Format(
        "kumu-workbook",
        "Kumu, workbook",
        (".xlsx",),
        read_kumu_sheets,
        write_kumu_sheets,
        lambda found: recognises_kumu_sheets(found.sheet_names),
        "loops and the name of the map",
        also_read=BOOKS,
    ),
    Format(
        "matrix",
        "matrix of scores",
        TABLES,
        lambda found: matrix_map(found.sheet, found.place),
        write_matrix,
        lambda found: found.begins(matrix_at),
        "everything but labels, weights and signs; parallel links are added up",
        by_suffix=False,
        also_read=(".tab", *BOOKS),
    ),
    Format(
        "edges",
        "edge list",
        TABLES,
        lambda found: edges_map(found.sheet, found.place),
        write_edges,
        lambda found: found.begins(edges_at),
        "ids, and everything of factors but their labels; direction, tags, loops",
        also_read=(".tab", *BOOKS),
    ),
    Format("graphml", "GraphML (yEd, Gephi)", (".graphml",), read_graph_map, write_graph_map, None, "loops"),
    Format("gexf", "GEXF (Gephi)", (".gexf",), read_graph_map, write_graph_map, None, "loops"),
)
"""Every format of the library's own."""


@cache
def formats() -> Mapping[str, Format]:
    """Every format by its name, those of others last; one of a name that is there already is refused.

    Raises
    ------
    OptionError
        What others added is no format, or has the name of another.
    """
    found = {each.name: each for each in FORMATS}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        added = _loaded(point)
        if added.name in found:
            raise OptionError(f"Two formats are called {added.name}: uninstall what brings one ({point.value}).")
        found[added.name] = added
    return found


def _loaded(point: Any) -> Format:
    try:
        added = point.load()
    except Exception as error:
        raise OptionError(f"The format {point.name} ({point.value}) cannot be loaded: {error}.") from error
    if not isinstance(added, Format):
        raise OptionError(f"The format {point.name} ({point.value}) is no alignment.maps.formats.Format.")
    return added


def asked_for(name: str) -> Format:
    """The format of a name.

    Raises
    ------
    UnknownWord
        There is none.
    """
    if name not in formats():
        raise UnknownWord(name, formats(), "a format of maps")
    return formats()[name]


def told(contents: Contents) -> Format | None:
    """The format of a file that is there, by its suffix and by what is in it; none where it is of none."""
    return next(
        (each for each in _likely(contents.suffix) if each.recognises is None or each.recognises(contents)), None
    )


def format_of(contents: Contents) -> Format:
    """The format of a file that is there.

    Raises
    ------
    InputError
        It is of none.
    """
    found = told(contents)
    if found is None:
        raise refused(contents.place, *_strange(contents.suffix, _likely(contents.suffix)))
    return found


def _likely(suffix: str) -> list[Format]:
    return [
        each for each in formats().values() if each.read is not None and suffix in (*each.suffixes, *each.also_read)
    ]


def _strange(suffix: str, likely: list[Format]) -> tuple[str, str]:
    known = sorted({each for one in formats().values() for each in one.suffixes})
    if not likely:
        return f"is no map: no format has the suffix '{suffix}'", f"Save it as one of {', '.join(known)}"
    titles = " nor ".join(each.title for each in likely)
    return (
        f"is no map that can be told: neither {titles}",
        f"Say which it is: {', '.join(each.name for each in likely)}",
    )


def written_as(path: Path) -> Format | None:
    """The format that a file of this name is written in; none where no format has its suffix."""
    suffix = path.suffix.lower()
    able = (each for each in formats().values() if each.write is not None and each.by_suffix)
    return next((each for each in able if suffix in each.suffixes), None)
