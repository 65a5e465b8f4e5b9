"""What people call the columns of an edge list: who, whom, and how."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

PAIRS: Final = (
    ("a", "b"),
    ("from", "to"),
    ("source", "target"),
    ("source measure", "target measure"),
    ("from node", "to node"),
    ("from id", "to id"),
    ("source id", "target id"),
    ("source name", "target name"),
    ("from factor", "to factor"),
    ("from element", "to element"),
    ("start", "end"),
    ("origin", "destination"),
    ("cause", "effect"),
    ("actor a", "actor b"),
    ("agency a", "agency b"),
    ("node a", "node b"),
    ("node1", "node2"),
    ("actor1", "actor2"),
    ("actor 1", "actor 2"),
    ("node 1", "node 2"),
    ("influencer", "influenced"),
)
"""Headings of the two ends, the one that acts first."""

WEIGHTS: Final = ("weight", "strength", "score", "value", "effect size", "effect", "rating")
"""Headings of how strong a link is, the surest first."""

SIGNS: Final = ("sign", "polarity", "+/-", "+ / -", "relation", "relationship", "connection type")
"""Headings of the sign of a link, the surest first."""


@dataclass(frozen=True)
class Columns:
    """Which columns of an edge list are which, by number from 0."""

    ends: tuple[int, int]
    weight: int | None
    sign: int | None

    @property
    def taken(self) -> frozenset[int]:
        """All of them."""
        return frozenset(at for at in (*self.ends, self.weight, self.sign) if at is not None)


def columns_of(header: Sequence[str]) -> Columns | None:
    """The columns that a header names; none where its two ends cannot be made out.

    >>> columns_of(["From", "To", "Polarity"])
    Columns(ends=(0, 1), weight=None, sign=2)
    >>> columns_of(["name", "age"]) is None
    True
    """
    at: Mapping[str, int] = {word: index for index, word in reversed(list(enumerate(map(_bare, header))))}
    for one, two in PAIRS:
        if one in at and two in at:
            free = {word: index for word, index in at.items() if word not in (one, two)}
            return Columns((at[one], at[two]), _first(WEIGHTS, free), _first(SIGNS, free))
    return None


def _bare(heading: str) -> str:
    return re.sub(r"[\s_-]+", " ", heading).strip().lower() if heading.strip() != "+/-" else "+/-"


def _first(words: Sequence[str], at: Mapping[str, int]) -> int | None:
    return next((at[word] for word in words if word in at), None)
