"""Hand-overs: consecutive steps of a journey at which the person passes from one agency to another.

A person is handed over from a to b where b stands at the next step of the journey and not at the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from alignment.index import Index, group
from alignment.models.system import System
from alignment.models.system.bodies import PathwayStep


@dataclass(frozen=True)
class Seam:
    """A hand-over before anything is known of it.

    Attributes
    ----------
    pathway
        The journey.
    steps
        The step that is left and the one that is come to.
    giver, receiver
        Positions of the agencies.
    rows
        The rows of pathways of the giver at the first step, and of the receiver at the next.
    """

    pathway: str
    steps: tuple[float, float]
    giver: int
    receiver: int
    rows: tuple[tuple[PathwayStep, ...], tuple[PathwayStep, ...]]

    def measures(self, index: Index) -> frozenset[int]:
        """The measures that the steps name, by position."""
        named = (row.measure for side in self.rows for row in side)
        return frozenset(index.measure_at[word] for word in named if word is not None)


def seams_of(system: System, index: Index) -> Iterator[Seam]:
    """The hand-overs of every journey, in order."""
    journeys = group((row.pathway, row) for row in system.pathways)
    for pathway in sorted(journeys):
        steps = group((row.step, row) for row in journeys[pathway])
        for one, two in pairwise(sorted(steps)):
            yield from _between(pathway, (one, two), _by_agency(steps[one], index), _by_agency(steps[two], index))


ByAgency = Mapping[int, Sequence[PathwayStep]]


def _by_agency(rows: Sequence[PathwayStep], index: Index) -> ByAgency:
    """The rows of a step, by the agency that the person meets."""
    ordered = sorted(rows, key=lambda row: (row.measure or "", row.population or ""))
    return group((index.agency_at[row.agency], row) for row in ordered)


def _between(pathway: str, steps: tuple[float, float], before: ByAgency, after: ByAgency) -> Iterator[Seam]:
    for giver in sorted(before):
        for receiver in sorted(after.keys() - before.keys()):
            yield Seam(pathway, steps, giver, receiver, (tuple(before[giver]), tuple(after[receiver])))
