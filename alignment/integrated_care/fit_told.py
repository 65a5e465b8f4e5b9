"""Square pegs in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from alignment.index import Index
from alignment.models.answers.fit import Peg, SectorPair
from alignment.models.numbers import count
from alignment.wording import names, quoted, upper_first

from .differences import APART

COLUMNS: Final = {"unit": "the column unit of measures", "timing": "the column due of targets, or window of measures,"}
"""What would tell whether two measures agree in a thing."""


def paragraph(pegs: Sequence[Peg], sectors: Sequence[SectorPair], outcomes: int) -> Iterator[str]:
    """What is found, a sentence at a time.

    Parameters
    ----------
    pegs
        The pairs of measures, near ones first.
    sectors
        Every two sectors, those with most near pairs first.
    outcomes
        How many outcomes there are.
    """
    if not pegs:
        every = count(outcomes, "outcome", "outcomes")
        yield f"Of {every} none is measured apart by two sectors, each with a measure that the other does not work to."
        return
    near = [row for row in pegs if row.near]
    are = "pair of measures is" if len(pegs) == 1 else "pairs of measures are"
    close = f"{len(near) or 'none'} of them {'is' if len(near) == 1 else 'are'} near each other"
    yield (
        f"{len(pegs):,} {are} of one outcome, each worked to in a sector that does not work to the other; {close}, by "
        "what is declared or by name."
    )
    if near:
        yield from _near(near)
        yield from _between(sectors)


def _near(near: Sequence[Peg]) -> Iterator[str]:
    first = next((row for row in near if row.overlap not in APART), near[0])
    ends = f"{quoted(first.name_a)} ({names(first.sectors_a)}) and {quoted(first.name_b)} ({names(first.sectors_b)})"
    yield f"Nearest are {ends}: {first.said}."
    things = Counter(thing for row in near for thing in row.differs)
    if things:
        order = sorted(things.items(), key=lambda each: (-each[1], each[0]))
        done = sum(bool(row.differs) and row.differs == row.explained for row in near)
        rows = f"; in {done} a row of overlaps explains all of it" if done else ""
        yield f"What differs: {names([f'the {thing} in {number}' for thing, number in order], 4)}{rows}."


def _between(sectors: Sequence[SectorPair]) -> Iterator[str]:
    most, *others = sectors
    if most.near > 1 and all(row.near < most.near for row in others):
        yield f"Most of them, {most.near}, stand between {most.a} and {most.b}."


def missing(index: Index, pegs: Sequence[Peg]) -> Iterator[str]:
    """What the tables do not say, and what it would add.

    Parameters
    ----------
    index
        The rows by position.
    pegs
        The pairs of measures.
    """
    near = [row for row in pegs if row.near]
    undeclared = [row for row in near if row.definition == "not known"]
    if undeclared:
        some = names([f"{quoted(row.name_a)} and {quoted(row.name_b)}" for row in undeclared], 2)
        yield (
            f"Of {count(len(undeclared), 'near pair', 'near pairs')} neither overlaps nor the columns numerator and "
            f"denominator of measures say how the definitions go together ({some}): a row of overlaps would."
        )
    for thing, columns in COLUMNS.items():
        blank = sum(getattr(row, thing) == "not known" for row in near)
        if blank:
            pairs = count(blank, "near pair", "near pairs")
            yield f"Of {pairs} it is not known whether the {thing} is the same: {columns} would tell."
    bare = sorted(index.agencies[who].name for who in index.counting if index.agencies[who].sector is None)
    if bare:
        have = "has no sector and counts by its tier" if len(bare) == 1 else "have no sector and count by their tiers"
        yield f"{upper_first(names(bare))} {have}: the column sector of agencies would say with whom."
