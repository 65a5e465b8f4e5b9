"""Quarrels: what pulls the two agencies of a hand-over apart, in a sentence that says who wants what."""

from __future__ import annotations

from typing import Final

from alignment.conflicts.finding import Finding
from alignment.index import Index, positions
from alignment.models.answers.conflict import Conflict
from alignment.wording import WAYS, quoted

from .handovers import Seam
from .pulls import Pull

IT: Final = "it"
THAT: Final = "that"
"""What a measure is called that was named just before: the only one, or the last."""


class Quarrels:
    """What pulls agencies apart, in words.

    Parameters
    ----------
    index
        The system by positions.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._resources = {row.id: row.name for row in index.system.resources}

    def said(self, finding: Finding, told: Conflict, pull: Pull, seam: Seam) -> str:
        """What pulls two agencies apart.

        Parameters
        ----------
        finding, told
            The finding, and as it is told.
        pull
            Where the two stand in it.
        seam
            The hand-over.
        """
        if pull.wants is None:
            return told.sentence.rstrip(".")
        ends = list(zip((seam.giver, seam.receiver), pull.wants, strict=True))
        (one, its), (two, others) = ends if pull.first else ends[::-1]
        if finding.kind == "torn":
            return self._torn(finding.measures[0], (one, its), (two, others))
        if finding.kind == "spillover":
            return self._spills(finding, (one, its), (two, others))
        if finding.kind == "opposed":
            first, second = finding.sides
            return f"{self._wants(one, its, first.wish)}; {self._wants(two, others, second.wish, IT)}"
        return told.title if finding.kind == "inconsistent" else self._rivals(finding, its, others)

    def _rivals(self, finding: Finding, one: int, two: int) -> str:
        both = f"{self._name(one)} and {self._name(two)}"
        if finding.resource is None:
            return f"{both} cannot both be met, with others"
        return f"{both} together need more of {quoted(self._resources[finding.resource])} than there is"

    def _name(self, measure: int) -> str:
        return quoted(self._index.measures[measure].name)

    def _torn(self, lever: int, up: tuple[int, int], down: tuple[int, int]) -> str:
        """Who needs a lever up and who down."""
        needs_up = f"{self._body(up[0])} needs {self._name(lever)} up for {self._known(*up)}"
        return f"{needs_up}; {self._body(down[0])} needs it down for {self._known(*down)}"

    def _known(self, who: int, measure: int) -> str:
        """A measure, marked where the wish on it was only inferred."""
        inferred = all(self._index.targets.rows[at].revealed for at in self._targets(who, measure, None))
        return self._name(measure) + (" (a wish only inferred)" if inferred else "")

    def _spills(self, finding: Finding, pushing: tuple[int, int], harmed: tuple[int, int]) -> str:
        push, harm = finding.sides[0].wish, finding.sides[1].wish
        wants = self._wants(*pushing, push)
        return f"{wants}, which pushes {self._name(harmed[1])} {WAYS[-harm]}; {self._wants(*harmed, harm, THAT)}"

    def _wants(self, who: int, measure: int, wish: int, called: str | None = None) -> str:
        """What a body wants of a measure, and how that is known."""
        places = self._targets(who, measure, wish)
        rows = [self._index.targets.rows[at] for at in places]
        name, body, way = called or self._name(measure), self._body(who), WAYS[wish]
        if wish == 0:
            return f"{body} wants {name} kept within a band"
        if all(row.revealed for row in rows):
            return f"{body} acts as if it wanted {name} {way}"
        if all(row.sense == "hold" for row in rows):
            return f"{body} wants {name} no worse than today"
        own = any(int(self._index.targets.agency[at]) == who for at in places)
        return f"{body} wants {name} {way}" if own else f"{body} has to bring {name} {way}"

    def _targets(self, who: int, measure: int, wish: int | None) -> list[int]:
        """The targets that an agency has, or must deliver, on a measure, that are still to be met."""
        rows, index = self._index.targets, self._index
        on = positions(index.by_measure[measure])
        mine = (at for at in on if who in (int(rows.agency[at]), int(rows.deliverer[at])) and index.live[at])
        return [at for at in mine if wish is None or int(rows.wish[at]) == wish]

    def _body(self, who: int) -> str:
        return self._index.agencies[who].name
