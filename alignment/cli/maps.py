"""Maps of other tools to systems and back."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

import alignment as al
from alignment.errors import OptionError
from alignment.models import TABLES
from alignment.models.faults import Note
from alignment.tables.columns import columns
from alignment.tables.doors import READERS
from alignment.tables.folder import SUFFIXES as TEXT
from alignment.tables.safely import replacing

from .asking import read
from .command import command
from .streams import busy, say

if TYPE_CHECKING:
    from alignment.maps.map import Map


COATS: Final = frozenset(READERS) - frozenset(TEXT)
"""The ends of names of files that may hold a system as well as a map."""


@command("map", "alignment map london-2018 london.graphml")
def map_command(  # noqa: PLR0913 - an option each
    source: Annotated[str, typer.Argument(metavar="FILE", help="A map of another tool, or a system as elsewhere.")],
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET",
            help="Of a map: a system, as in convert, or another map. Of a system: a map. .prsm, .graphml and .gexf are "
            "maps; .csv is an edge list.",
        ),
    ],
    *,
    scale: Annotated[
        float | None,
        typer.Option(
            metavar="NUMBER", help="The largest weight of the map's scale: 1 for -1 to 1, 3 for -3 to 3. Never guessed."
        ),
    ] = None,
    word: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD=MEANING",
            help="What a type, style or label of links means: +, - or a number. Repeatable. '=+' is what says nothing.",
        ),
    ] = None,
    strength: Annotated[
        float, typer.Option(metavar="NUMBER", help="How strong a link is that says only its sign; 0 to 3.")
    ] = 2,
    read_as: Annotated[
        str | None, typer.Option("--from", metavar="FORMAT", help="What the map is, where that cannot be told.")
    ] = None,
    write_as: Annotated[
        str | None, typer.Option("--to", metavar="FORMAT", help="What is written, where the suffix is not enough.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over what is there already.")] = False,
) -> int:
    """Make measures and influences of a systems map, or write one for another tool.

    A system made of a map has empty tables of agencies and targets to be filled. What one side cannot say is listed.
    """
    from alignment.maps.formats import written_as

    if not replace and _is_there(Path(target)):
        raise OptionError(f"{target} is there already. Give --replace to write over it.")
    found = _found(source, read_as)
    to_map = write_as is not None or (
        written_as(Path(target)) is not None and Path(target).suffix.lower() not in (".json", ".xlsx")
    )
    if to_map or isinstance(found, al.System):
        with busy(f"Writing {target}"), _naming(target):
            lost = al.write_map(found, target, write_as)
        _tell(lost)
    else:
        found = found.system(scale, _meanings(word or []), strength)
        with busy(f"Writing {target}"), _naming(target):
            al.write(found, target)
            _name_columns(Path(target))
        _tell(found.notes)
        say("Fill agencies and targets, then: alignment validate")
    say(f"Wrote {target}: {found}")
    return 0


@contextmanager
def _naming(target: str) -> Generator[None]:
    """Say of an error of the disk where it was: it names a file beside the target, which people never heard of."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), target) from error


def _name_columns(target: Path) -> None:
    """In a folder, name every column of the tables that are to be filled."""
    if target.is_dir():
        for name in ("agencies", "targets"):
            heads = ",".join(columns(TABLES[name]))
            with replacing(target / f"{name}.csv") as file:
                file.write_text(f"{heads}\n", encoding="utf-8", newline="\n")


def _found(source: str, read_as: str | None) -> Map | al.System:
    """The map at a path; where it is none, the system."""
    from alignment.maps.contents import Contents
    from alignment.maps.doors import map_in
    from alignment.maps.formats import told

    path = Path(source)
    if read_as is None and (path.is_dir() or not path.exists()):
        return read(source)
    contents = Contents(path)
    if read_as is None and path.suffix.lower() in COATS and told(contents) is None:
        return read(source)
    with busy(f"Reading {source}"):
        return map_in(contents, read_as)


def _is_there(target: Path) -> bool:
    return target.is_file() or (target.is_dir() and any(target.iterdir()))


def _meanings(words: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in words:
        word, sign, meaning = each.rpartition("=")
        if not sign:
            raise OptionError(f"--word is a word, = and what it means, such as {each}=+; not {each!r}.")
        found[word.strip()] = meaning.strip()
    return found


def _tell(notes: Iterable[Note]) -> None:
    for note in notes:
        say(f"Note: {note}")
