"""Answers in words, for those that have no text of their own."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from alignment.errors import UnknownWord
from alignment.models.answers.conflict import KINDS
from alignment.models.system import count

if TYPE_CHECKING:
    import pandas as pd

    from alignment.conflicts.collection import Conflicts
    from alignment.effects.alignment import Alignment
    from alignment.effects.congruity import Congruity
    from alignment.mactor.matrices import Mactor
    from alignment.models.answers.conflict import Conflict
    from alignment.models.answers.proposal import Proposal
    from alignment.models.faults import Fault
    from alignment.models.system import System
    from alignment.signed_network.frustration import Frustration

CONGRUITY: Final = "-1 against what is good for people, +1 with it"

SHOWN: Final = 20
"""How many rows a list shows unless asked for more."""

KINDS_SHOWN: Final = 8
"""How many kinds of conflict the demonstration shows."""

NEXT: Final = """\
What next:
  alignment conflicts london-2018 --touching acute-trust
    all that one agency stands in
  alignment propose london-2018
    the whole answer; --help says what can be asked of it
  alignment convert london-2018 my-place.xlsx
    a workbook to replace with your own place, row by row
  alignment validate my-place.xlsx
    whatever is still wrong in it, cell by cell"""


def faults(found: Sequence[Fault], path: str) -> str:
    """Everything wrong with an input: where, what, and the remedy."""
    head = f"{count(len(found), 'fault', 'faults')} in {path}:"
    return "\n".join([head, *(line for fault in found for line in _fault(fault))])


def _fault(fault: Fault) -> Iterator[str]:
    yield ""
    yield fault.where
    yield f"    {fault.what}."
    yield f"    {fault.remedy}" + ("" if fault.remedy[-1:] in ".?!" else ".")


def fault_frame(found: Sequence[Fault]) -> pd.DataFrame:
    """A row for each fault.

    ``where``, ``what``, ``remedy``, ``place``, ``row`` (its number there), ``column``, ``cell``, ``table``, ``key``
    (the row's in the table).
    """
    import pandas as pd

    names = ["where", "what", "remedy", "place", "row", "column", "cell", "table", "key"]
    rows = [[getattr(fault, name) for name in names] for fault in found]
    return pd.DataFrame(rows, columns=names).astype({"row": "Int64"})


def table(frame: pd.DataFrame, columns: int) -> str:
    """A frame as columns of text: numbers to the right, long words folded, never cut.

    Parameters
    ----------
    frame
        Its columns are words or numbers.
    columns
        The width it has to fit in where that is possible.
    """
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    cells: list[list[str]] = []
    for name, column in frame.items():
        number = column.dtype.kind in "iuf"
        justify = "right" if number else "left"
        grid.add_column(Text(str(name)), justify=justify, overflow="fold", no_wrap=number)
        cells.append(_numbers(column.tolist()) if number else [str(value) for value in column])
    for row in zip(*cells, strict=True):
        grid.add_row(*map(Text, row))
    page = StringIO()
    Console(file=page, width=columns, color_system=None, force_terminal=False).print(grid)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())


def _numbers(values: Sequence[float]) -> list[str]:
    """Numbers to as many decimals as one of them needs, at most three; blank where there is none."""
    known = [value for value in values if not math.isnan(value)]
    digits = next((digits for digits in range(3) if all(round(value, digits) == value for value in known)), 3)
    return ["" if math.isnan(value) else f"{value:,.{digits}f}" for value in values]


def limited(frame: pd.DataFrame, columns: int, limit: int | None) -> str:
    """The first rows of a frame, and how many more there are."""
    lines = [table(frame.head(len(frame) if limit is None else limit), columns)]
    if limit is not None and len(frame) > limit:
        lines.append(f"... and {len(frame) - limit} more.")
    return "\n".join(lines)


def helping(found: Alignment, match: Congruity, columns: int) -> str:
    """Who helps and who hinders whom, and how well what agencies are judged on matches what is good for people."""
    parts = [str(found).split("\n", 1)[0]]
    if found.by is not None:
        parts.append(_groups(found, columns))
    reach = "blank" if match.reach is None else f"{match.reach:.2f}"
    parts.append(
        f"Congruity of the whole: {reach} (the share of what is good for people that judging on these measures can "
        "reach, 0 to 1)"
    )
    parts.append(f"Congruity of each agency ({CONGRUITY}):\n{table(match.to_frame(), columns)}")
    return "\n\n".join(parts)


def _groups(found: Alignment, columns: int) -> str:
    """Every pair of groups as a matrix where it fits, else those that hinder each other most as a list."""
    head = "Whose targets push (row) on whose wishes (column):\n"
    matrix = head + found.matrix.to_string(na_rep="", float_format="{:+.2f}".format)
    if all(len(line) <= columns for line in matrix.split("\n")):
        return matrix
    return "Whose targets (a) push on whose wishes (b):\n" + limited(found.to_frame(), columns, SHOWN)


MACTOR_SHOWS: Final[Mapping[str, Callable[[Mactor], pd.DataFrame]]] = {
    "figures": lambda found: found.to_frame(),
    "evidence": lambda found: found.evidence,
    "pairs": lambda found: found.pairs(),
    "objectives": lambda found: found.implications(),
}
"""What can be shown of MACTOR besides its matrices."""


def mactor_frame(found: Mactor, what: str) -> pd.DataFrame:
    """What is to be shown of MACTOR, as a table."""
    if what in MACTOR_SHOWS:
        return MACTOR_SHOWS[what](found)
    from alignment.mactor.matrices import MATRICES

    if what not in MATRICES:
        raise UnknownWord(what, [*MACTOR_SHOWS, *MATRICES], "something to show")
    return found.matrix(what).rename_axis("actor").reset_index()


def mactor(found: Mactor, what: str, frame: pd.DataFrame, columns: int) -> str:
    """MACTOR in a line, and what is to be shown of it; a matrix too wide for the page as a list of its cells."""
    head = str(found).split("\n", 1)[0]
    names = [str(name) for name in frame.columns]
    if what not in MACTOR_SHOWS and sum(max(len(name), 6) + 2 for name in names) > columns:
        cells = frame.melt("actor", var_name="on", value_name=what)
        frame = cells[cells[what] != 0].sort_values(["actor", "on"]).reset_index(drop=True)
    elif what == "figures":
        # Names of eleven figures are wider than a page.
        frame = frame.rename(columns=MACTOR_HEADS)
    elif what == "evidence":
        frame = frame[["matrix", "actor", "on", "score", "says"]]
    return f"{head}\n\n{table(frame, columns)}"


MACTOR_HEADS: Final = {
    "influence": "I",
    "dependence": "D",
    "strength": "r",
    "relative_strength": "R*",
    "mobilisation": "mobilised",
    **{f"ambivalence_{order}": f"E{order}" for order in (1, 2, 3)},
}
"""The figures by the letters that the literature gives them; E is ambivalence."""


def camps_frame(found: Frustration, what: str) -> pd.DataFrame:
    """What is to be shown of camps, as a table."""
    if what not in ("camps", "relations"):
        raise UnknownWord(what, ("camps", "relations"), "something to show")
    return found.to_frame() if what == "camps" else found.relations_frame()


def demo(system: System, conflicts: Conflicts, proposal: Proposal) -> str:
    """The whole road over one example."""
    worst = worst_of_each_kind(conflicts)
    parts = [
        f"{system.about.name}\n{system}",
        conflicts.summary(),
        f"The worst of each of {min(KINDS_SHOWN, len(worst))} kinds:",
        *(f"  {conflict.kind}: {conflict.sentence}" for conflict in worst[:KINDS_SHOWN]),
        proposal.headline,
        proposal.figures,
        "Kept:\n" + "\n".join(f"  {row.reason}" for row in proposal.kept),
        "Retired, those that would bring back most conflict:\n" + "\n".join(_retired(proposal)),
        NEXT,
    ]
    return "\n\n".join(parts)


def _retired(proposal: Proposal) -> Iterable[str]:
    worst = sorted(proposal.retired, key=lambda row: (-row.conflict, row.measure))[:5]
    yield from (f"  {row.reason}" for row in worst)
    if len(proposal.retired) > len(worst):
        yield f"  ... and {len(proposal.retired) - len(worst)} more."


def worst_of_each_kind(conflicts: Conflicts) -> list[Conflict]:
    """The worst conflict of each kind, in the order of the kinds."""
    first: dict[str, int] = {}
    for at, finding in enumerate(conflicts.findings):
        first.setdefault(finding.kind, at)
    return [conflicts[first[kind]] for kind in KINDS if kind in first]
