"""Journey: whether a person's path through services is seamless (Green).

At each hand-over the two agencies, and the measures that their steps name: a finding that stands between the two on
these makes it *in conflict*; else both working to one of them, or to two that are declared the same, shared or part of
each other, makes it *shared*; two that are not, *each its own*; else *one side*. Where neither works to what is named
and a step names nothing, it is *not known*; else *others only* where somebody else works to it, or *nobody*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from alignment.aligned_set.adoption import called, ids
from alignment.conflicts.collection import find_conflicts
from alignment.index import BLANK, Index, positions
from alignment.models.answers.conflict import Conflict
from alignment.models.answers.journey import HandOver, Journey, State
from alignment.models.options.lenses import JourneyOptions
from alignment.models.system import System
from alignment.models.system.keys import Keys
from alignment.options.verb import verb
from alignment.wording import upper_first

from .handovers import Seam, seams_of
from .journey_told import missing, paragraph
from .pulls import KINDS, Pull, Pulls, published
from .quarrels import Quarrels


@verb(JourneyOptions)
def journey(system: System, asked: JourneyOptions) -> Journey:
    """Whether the person's path is seamless: at each hand-over, who works to a measure of it.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Journey
        A row for each hand-over of the table pathways: shared, in conflict, each its own, one side, others only,
        nobody, or not known; with the measures, who works to which, and the worst finding between the two.

    References
    ----------
    Green's question, as METHOD reads it: whether a person's path through services has seams that nobody looks at.

    Examples
    --------
    >>> import alignment as al
    >>> steps = [
    ...     {"pathway": "winter-fall", "step": 1, "agency": "trust", "measure": "length-of-stay"},
    ...     {"pathway": "winter-fall", "step": 2, "agency": "council", "measure": "delayed-discharges"},
    ... ]
    >>> al.journey(al.read("winter-pressure").replace(pathways=steps)).handovers[0].state
    'each its own'
    """
    index = system.derive(Index)
    rows = tuple(_Journey(system, index, asked).rows())
    return Journey(
        system=system.hash,
        handovers=rows,
        paragraph=" ".join(paragraph(system, rows)),
        missing=tuple(missing(system, rows)),
    )


class _Journey:
    def __init__(self, system: System, index: Index, asked: JourneyOptions) -> None:
        self.system, self.index, self.asked = system, index, asked
        self.keys = system.derive(Keys)
        self.alike = _alike(system, index)
        self.quarrels = Quarrels(index)
        self.published = published(index)

    def rows(self) -> Iterator[HandOver]:
        """The hand-overs, in order."""
        seams = list(seams_of(self.system, self.index))
        if not seams:
            return
        asked = {name: getattr(self.asked, name) for name in ("tolerance", "steps", "decay", "evidence")}
        self.conflicts = find_conflicts(self.system, KINDS, **asked)
        pulls = Pulls(self.conflicts, self.alike)
        for seam in seams:
            measures = seam.measures(self.index)
            yield self._row(seam, measures, pulls.worst(seam, measures))

    def _row(self, seam: Seam, measures: frozenset[int], worst: Pull | None) -> HandOver:
        index, agencies = self.index, self.index.agencies
        gives, takes = (measures & self._holds(who) for who in (seam.giver, seam.receiver))
        shared = self._shared(gives, takes)
        inferred = {
            at
            for who, held in ((seam.giver, gives), (seam.receiver, takes))
            for at in held
            if (who, at) not in self.published
        }
        unmeasured = tuple(
            word
            for word, rows in zip(("giver", "receiver"), seam.rows, strict=True)
            if not any(row.measure for row in rows)
        )
        others = self._others(seam, measures)
        first = measures & self._holds(others[0]) if others else frozenset[int]()
        return HandOver(
            pathway=seam.pathway,
            journey=in_words(seam.pathway),
            step=seam.steps[0],
            next_step=seam.steps[1],
            giver=agencies[seam.giver].id,
            giver_name=agencies[seam.giver].name,
            receiver=agencies[seam.receiver].id,
            receiver_name=agencies[seam.receiver].name,
            measures=ids(index, measures),
            measure_names=called(index, measures),
            giver_holds=ids(index, gives),
            giver_holds_names=called(index, gives),
            receiver_holds=ids(index, takes),
            receiver_holds_names=called(index, takes),
            inferred=ids(index, inferred),
            inferred_names=called(index, inferred),
            state=_state(worst, shared, (gives, takes), unmeasured, others),
            shared=ids(index, shared),
            shared_names=called(index, shared),
            severity=None if worst is None else self._severity(worst),
            **self._pulled(worst, seam),
            unmeasured=unmeasured,
            others=tuple(agencies[who].id for who in others),
            other_names=tuple(agencies[who].name for who in others),
            other_holds=ids(index, first),
            other_holds_names=called(index, first),
            rows=tuple(self.keys.key("pathways", row) for side in seam.rows for row in side),
            targets=tuple(self._targets(seam, measures)),
        )

    def _severity(self, pull: Pull) -> float:
        finding = self.conflicts.findings[pull.place]
        return round(finding.severity * finding.confidence, 6)

    def _others(self, seam: Seam, measures: frozenset[int]) -> list[int]:
        """The other agencies that work to one of some measures: to most of them first, then to most in all."""
        held = self.index.holding_live
        some = [who for who in held if held[who] & measures and who not in (seam.giver, seam.receiver)]
        return sorted(some, key=lambda who: (-len(held[who] & measures), -len(held[who]), who))

    def _pulled(self, pull: Pull | None, seam: Seam) -> dict[str, str | None]:
        """What is told of the finding between the two."""
        finding = None if pull is None else self.conflicts[pull.place]
        wants = None if pull is None else pull.wants
        ends = [None, None] if wants is None else [self.index.measures[at] for at in wants]
        gives, takes = ends
        return {
            "conflict": finding and finding.id,
            "conflict_title": finding and finding.title,
            "giver_wants": gives and gives.id,
            "giver_wants_name": gives and gives.name,
            "receiver_wants": takes and takes.id,
            "receiver_wants_name": takes and takes.name,
            "quarrel": finding and pull and self._quarrel(finding, pull, seam),
        }

    def _quarrel(self, told: Conflict, pull: Pull, seam: Seam) -> str:
        return self.quarrels.said(self.conflicts.findings[pull.place], told, pull, seam)

    def _holds(self, who: int) -> frozenset[int]:
        return self.index.holding_live.get(who, frozenset())

    def _shared(self, gives: frozenset[int], takes: frozenset[int]) -> frozenset[int]:
        """The measures that both work to, and pairs of them that are declared one thing or parts of one."""
        pairs = (pair for pair in product(gives, takes) if pair in self.alike)
        return (gives & takes).union(at for pair in pairs for at in pair)

    def _targets(self, seam: Seam, measures: frozenset[int]) -> Iterator[str]:
        rows, ends = self.index.targets, {seam.giver, seam.receiver}
        columns = (positions(each) for each in (rows.measure, rows.agency, rows.deliverer))
        for key, measure, agency, deliverer in zip(rows.keys, *columns, strict=True):
            if measure in measures and ends & {agency, deliverer}:
                yield key


def _alike(system: System, index: Index) -> frozenset[tuple[int, int]]:
    """Pairs of measures that are declared the same, shared, or part of each other, either way round."""
    pairs = [
        (index.measure_at[row.measure_a], index.measure_at[row.measure_b])
        for row in system.overlaps
        if row.kind in BLANK
    ]
    return frozenset(pairs) | {(two, one) for one, two in pairs}


def _state(
    worst: Pull | None,
    shared: frozenset[int],
    works: tuple[frozenset[int], frozenset[int]],
    unmeasured: Sequence[str],
    others: Sequence[int],
) -> State:
    if worst is not None:
        return "in conflict"
    if shared:
        return "shared"
    if any(works):
        return "each its own" if all(works) else "one side"
    if unmeasured:
        return "not known"
    return "others only" if others else "nobody"


def in_words(pathway: str) -> str:
    """A journey as people call it: it has no name but its id.

    >>> in_words("older-person-fall")
    'Older person fall'
    """
    return upper_first(pathway.replace("-", " ").replace("_", " "))
