"""Notes of reading as a few lines of text, and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.faults import Note
from alignment.models.numbers import count

from .layout import fold

if TYPE_CHECKING:
    import pandas as pd

TOLD: Final = 10
"""So many lines of notes are told; those that say the same are one."""

NOTED: Final = {"Read": "put right or passed over", "Joined": "matched, kept apart and decided"}
"""What notes are of, by how a system came about."""

COLUMNS: Final = ("where", "what", "place", "row", "column", "cell", "table")


def note_lines(notes: Sequence[Note], width: int, more: str, made: Literal["Read", "Joined"] = "Read") -> Iterator[str]:
    """What was put right or passed over, or matched and kept apart, those that say the same in a line.

    Parameters
    ----------
    notes
        The notes.
    width
        Of a line, in characters.
    more
        How the rest is shown.
    made
        How the system came about.
    """
    places: dict[str, list[str]] = {}
    for note in notes:
        places.setdefault(note.what, []).append(note.where)
    yield f"{made} with {count(len(notes), 'note', 'notes')}, of what was {NOTED[made]}:"
    for what, where in list(places.items())[:TOLD]:
        rest = f" and {len(where) - 1:,} more" if len(where) > 1 else ""
        yield from fold(f"{where[0]}{rest}: {what}." if where[0] else f"{what}.", width, 2, 4, hyphens=False)
    left = sum(map(len, list(places.values())[TOLD:]))
    if left:
        yield f"{left:,} more: {more}"


def note_frame(notes: Sequence[Note]) -> pd.DataFrame:
    """A row for each note: where, what, place, row (its number there), column, cell, table."""
    # A third of a second that only DataFrames need.
    import pandas as pd

    rows = [[getattr(note, name) for name in COLUMNS] for note in notes]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"row": "Int64"})
