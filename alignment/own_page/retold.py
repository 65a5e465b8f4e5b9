"""A finding's own sentence for one reader: two or three bodies by name, and by way of what a push goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from alignment.conflicts.finding import Finding, Search
from alignment.conflicts.kinds.spillover import bracket
from alignment.conflicts.naming import by_height, called, measure_name
from alignment.index import Index
from alignment.models.system.links import Incentive
from alignment.wording import in_words, names, upper_first

from .plain import plainly

NAMED: Final = 3
"""A page names no more bodies of a group than this."""

COUNTED: Final = re.compile(
    rf"\b({'|'.join(in_words(number) for number in range(2, NAMED + 1))}) bodies\b", re.IGNORECASE
)
"""Bodies that a sentence counts, and that can be named."""


def retold(search: Search, finding: Finding, sentence: str) -> str:
    """A finding's sentence, with bodies by name and the steps of an indirect push.

    Parameters
    ----------
    search, finding
        The finding, and where it was found.
    sentence
        Its sentence.
    """
    named = _with_names(search.index, finding, _by_way(search, finding, sentence))
    return plainly(named, search.index.system.about.currency)


def _by_way(search: Search, finding: Finding, sentence: str) -> str:
    """The sentence with what lies between the two ends of a push, before how sure that is."""
    between = finding.nodes[1:-1]
    if not between:
        return sentence
    sure = f" ({bracket(search, finding)})"
    way = f" by way of {names([measure_name(search.index, at) for at in between])}"
    return sentence.replace("indirectly pushes", "pushes", 1).replace(sure, f"{way}{sure}", 1)


def _with_names(index: Index, finding: Finding, sentence: str) -> str:
    """The sentence with two or three bodies by name where it counts them, group by group in the order it tells them."""
    groups = list(_groups(index, finding))

    def name(said: re.Match[str]) -> str:
        size = next(number for number in range(2, NAMED + 1) if in_words(number) == said[1].casefold())
        group = next((each for each in groups if len(each) == size), None)
        if group is None:
            return said[0]
        groups.remove(group)
        return names([called(index, at) for at in by_height(index, group)], NAMED)

    return upper_first(COUNTED.sub(name, sentence))


def _groups(index: Index, finding: Finding) -> Iterator[frozenset[int]]:
    """The groups of bodies that a sentence tells, in its order."""
    sides = [side.agencies for side in finding.sides]
    if finding.kind == "perverse":
        yield from _parties(index, finding.facts)
    elif len(sides) == 2 and sides[0] & sides[1]:
        # Who wants both is told once.
        yield sides[0] & sides[1]
    yield from sides
    if not sides:
        yield from finding.between


def _parties(index: Index, paid: Sequence[Incentive]) -> tuple[frozenset[int], frozenset[int]]:
    """Who is paid and who pays, in the order of the sentence: who pays for activity stands first."""
    payees, payers = (frozenset(index.agency_at[getattr(row, end)] for row in paid) for end in ("payee", "payer"))
    return (payers, payees) if {row.basis for row in paid} == {"activity"} else (payees, payers)
