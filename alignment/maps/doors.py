"""Reading and writing maps, whatever tool they are of."""

from __future__ import annotations

import os
from pathlib import Path

from alignment.models import Note, System
from alignment.network.files import write_graph
from alignment.network.graph import graph
from alignment.tables.raw import refused

from .contents import Contents
from .formats import Format, asked_for, format_of, formats, written_as
from .from_system import map_of
from .map import Map


def read_map(path: str | os.PathLike[str], format: str | None = None) -> Map:  # noqa: A002 - the word people use
    """Read a systems map that another tool drew: factors and links as it says them.

    `Map.system` makes measures and influences of it; there a scale is asked for, where links have weights.

    Parameters
    ----------
    path
        A Kumu project or blueprint (.json), a file of the Participatory System Mapper (.prsm), a workbook of either
        (.xlsx, .ods), an edge list or a matrix in which rows act on columns (.csv, .xlsx), GraphML or GEXF.
    format
        Which of the formats it is, by name; blank tells by suffix and content.

    Returns
    -------
    Map
        Ids, labels, types, tags, signs, weights, notes and other attributes as the tool has them; `notes` say what was
        passed over.

    Raises
    ------
    InputError
        It is no map, or everything that is wrong with it.
    UnknownWord
        There is no format of that name.

    Examples
    --------
    >>> import json, tempfile
    >>> from pathlib import Path
    >>> import alignment as al
    >>> drawn = {
    ...     "elements": [{"label": "Bed occupancy"}, {"label": "Long waits"}],
    ...     "connections": [{"from": "Bed occupancy", "to": "Long waits", "attributes": {"connection type": "+"}}],
    ... }
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "map.json"
    ...     _ = file.write_text(json.dumps(drawn))
    ...     found = al.read_map(file)
    >>> found
    <Map: 2 factors · 1 link>
    >>> print(found.system())
    0 agencies · 2 measures · 0 targets · 1 influence
    """
    file = Path(path)
    try:
        if not file.exists():
            raise refused(str(path), "there is no such file", "Check the path")
        if file.is_dir():
            raise refused(str(path), "is a folder, and a map is a file", "Give the file in it")
        return map_in(Contents(file), format)
    except OSError as error:
        raise refused(str(path), f"cannot be opened: {error.strerror}", "Check that you may read it") from error


def map_in(contents: Contents, format: str | None = None) -> Map:  # noqa: A002 - as `read_map` has it
    """The map that is in a file; parameters and faults as of `read_map`."""
    kind = format_of(contents) if format is None else asked_for(format)
    if kind.read is None:
        raise refused(contents.place, f"is written as {kind.title}, which cannot be read", "Give another format")
    return kind.read(contents)


def write_map(what: System | Map, path: str | os.PathLike[str], format: str | None = None) -> tuple[Note, ...]:  # noqa: A002
    """Write a map for another tool.

    Parameters
    ----------
    what
        A map; or a system, of which GraphML and GEXF take everything (as `alignment.graph` has it), and every other
        format the measures and influences, with strengths as weights (a scale of 3).
    path
        Where to. Its suffix says which format: .json is Kumu, .prsm the Participatory System Mapper, .xlsx its
        workbook, .csv an edge list, .graphml and .gexf what yEd and Gephi open.
    format
        The format by name, where the suffix is not enough.

    Returns
    -------
    tuple of Note
        What the file does not hold.

    Raises
    ------
    InputError
        No format has the suffix, or it is only read.
    UnknownWord
        There is no format of that name.
    OSError
        The path cannot be written to.

    Examples
    --------
    >>> import tempfile
    >>> import alignment as al
    >>> winter = al.read("winter-pressure")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     notes = al.write_map(winter, f"{folder}/winter.json")
    ...     again = al.read_map(f"{folder}/winter.json").system(scale=3)
    >>> [row.id for row in again.measures] == [row.id for row in winter.measures]
    True
    >>> print(notes[-1].what)
    Kumu, project or blueprint, does not hold: how the project looks: maps, views, positions
    """
    file = Path(path)
    kind = _writing(file, format)
    assert kind.write is not None
    if isinstance(what, System) and kind.name in ("graphml", "gexf"):
        write_graph(graph(what), file)
        return ()
    drawn = map_of(what) if isinstance(what, System) else what
    kind.write(drawn, file)
    lost = [Note(table="", what=f"{kind.title}, does not hold: {kind.lost}")] if kind.lost else []
    return (*(drawn.notes if isinstance(what, System) else ()), *lost)


def _writing(file: Path, name: str | None) -> Format:
    kind = written_as(file) if name is None else asked_for(name)
    if kind is None or kind.write is None or file.suffix.lower() in kind.also_read:
        known = sorted({suffix for each in formats().values() if each.write for suffix in each.suffixes})
        raise refused(str(file), "is no name of a map that can be written", f"End it in one of {', '.join(known)}")
    if file.is_dir():
        raise refused(str(file), "is a folder", "Choose another name, or move it away")
    return kind
