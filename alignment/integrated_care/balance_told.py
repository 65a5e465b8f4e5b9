"""What the tables do not say of dimensions and views, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from alignment.index import Index
from alignment.models.numbers import count
from alignment.wording import names, quoted, upper_first


def missing(index: Index, measures: Collection[int]) -> Iterator[str]:
    """What is blank, and what it would add.

    Parameters
    ----------
    index
        The rows by position.
    measures
        Those that anybody works to, today or with the set.
    """
    rows = [index.measures[at] for at in sorted(measures)]
    used = {row.outcome for row in rows}
    undimensioned = [row.name for row in index.system.outcomes if row.id in used and row.dimension is None]
    yield from _blank([row.name for row in rows if row.outcome is None], "measure", "outcome", "say what it is for")
    yield from _blank(sorted(undimensioned), "outcome", "dimension", "count their measures")
    unseen = [row.name for row in rows if row.perspective is None]
    yield from _blank(unseen, "measure", "perspective", "say whose view is taken")
    yield from untiered(index)


def _blank(words: Sequence[str], noun: str, column: str, adds: str) -> Iterator[str]:
    if words:
        number = count(len(words), f"{noun} has", f"{noun}s have")
        some = names([quoted(word) for word in words])
        yield f"{number} no {column} ({some}): the column {column} of {noun}s would {adds}."


def untiered(index: Index) -> Iterator[str]:
    """Agencies that count and have no tier.

    Parameters
    ----------
    index
        The rows by position.
    """
    homeless = sorted(index.agencies[who].name for who in index.counting if index.agencies[who].tier is None)
    if homeless:
        have = "has no tier and counts" if len(homeless) == 1 else "have no tier and count"
        yield (
            f"{upper_first(names(homeless))} {have} only in all tiers together: the column tier of agencies would add "
            "what they work to."
        )
