r"""Ring-fence: which cap or floor of a resource binds, before and after one of them is changed (Iliffe and Bourne).

With T the least sum of concessions (steps times weight) with which all targets can be met, a cap C or floor F

.. math::
    \text{it binds} \iff T(\text{without it}) < T, \qquad
    \text{price of a cap} = -\partial T / \partial C, \quad \text{of a floor} = \partial T / \partial F
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from alignment.effects.net_effects import effects_of
from alignment.errors import InputError
from alignment.feasibility.conflicting_sets import Cores, Spent
from alignment.feasibility.demands import missing as not_assessed
from alignment.feasibility.hard_facts import check_hard_facts
from alignment.feasibility.least_concession import Bound, LeastConcession
from alignment.feasibility.moves import draws_of, moves_of
from alignment.feasibility.reach import of_bounds
from alignment.feasibility.witness import allowed
from alignment.index import Index
from alignment.judge import limits as judged
from alignment.judge.refuse import refuse
from alignment.models.answers.ring_fence import Binding, Limit, RingFence
from alignment.models.fields import unchecked
from alignment.models.options.lenses import RingFenceOptions
from alignment.models.system import System
from alignment.models.system.links import Resource
from alignment.options.verb import verb
from alignment.solver import Clock

from . import ring_fence_words as words
from .room import payment_caps, rooms_of

DIGITS: Final = 6
"""Prices and concessions are told to this many decimals."""

FIGURES: Final = 6
"""What is wanted of a resource is told to this many figures: it is looked for with a little slack."""


@verb(RingFenceOptions)
def ring_fence(system: System, asked: RingFenceOptions) -> RingFence:
    """Which caps and floors of resources bind, and what would be spared if one of them were moved.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    RingFence
        For each cap and floor what is used today, what the targets would use, whether it binds, its shadow price and
        who would gain without it; with ``cap`` or ``floor`` the same after the change.

    Raises
    ------
    UnknownWord
        A resource is not known.
    OptionError
        An option is out of its range.
    SolverTrouble
        The answer did not survive the judge.

    References
    ----------
    Iliffe and Bourne's question: which cap, and which ring-fence, is it that binds?

    Examples
    --------
    >>> import alignment as al
    >>> found = al.ring_fence(al.read("winter-pressure"), cap={"home-care-hours": 600})
    >>> [(row.before.limit, row.before.binds, row.after.limit, row.after.binds) for row in found.limits]
    [(400.0, True, 600.0, False)]
    """
    return _RingFence(system, asked).answer()


@dataclass
class _Told:
    """What is known of a system's caps and floors; nothing while time ran out, or where facts contradict each other."""

    system: System
    conceded: float | None = None
    bounds: dict[tuple[str, bool], Bound] = field(default_factory=dict[tuple[str, bool], Bound])
    reaches: tuple[tuple[int, float, str], ...] = ()
    contradict: bool = False


class _RingFence:
    def __init__(self, system: System, asked: RingFenceOptions) -> None:
        self.system, self.asked = system, asked
        self.clock = Clock(asked.time_limit)
        self.index = system.derive(Index)
        self.cores = self._cores(system)

    def answer(self) -> RingFence:
        """The answer."""
        before, after = self._told(self.system), None
        if self.asked.cap or self.asked.floor:
            after = self._told(_changed(self.system, self.asked.cap or {}, self.asked.floor or {}))
        limits = self._limits(before, after)
        rooms, caps = rooms_of(self.system), payment_caps(self.system)
        answer = RingFence(
            system=self.system.hash,
            limits=limits,
            rooms=rooms,
            payment_caps=caps,
            conceded=before.conceded,
            conceded_after=after.conceded if after else None,
            reaches=of_bounds(self.cores.moves, before.reaches),
            assessed=len(self.cores.moves.targets),
            not_assessed=not_assessed(self.cores),
            stopped=self.clock.ending,
            paragraph=words.paragraph(
                words.Limits(len(self.system.resources), limits, rooms, caps),
                words.Known(before.conceded, before.contradict),
                words.Known(after.conceded, after.contradict) if after else None,
                over=self.clock.ending != "finished",
            ),
            missing=tuple(self._missing()),
        )
        refuse(judged.objections(self.system, answer, allowed(self.asked), after.system if after else None))
        return answer

    def _cores(self, system: System) -> Cores:
        asked = self.asked
        effects = effects_of(system, asked.steps, asked.decay, asked.evidence)
        return Cores(moves_of(effects, asked.reach, asked.effort), self.clock)

    def _told(self, system: System) -> _Told:
        """What is known of a system; where no cap or floor has a draw with a number nothing has to be looked for."""
        told, cores = _Told(system), self.cores if system is self.system else self._cores(system)
        if not len(cores) or not any(reason.what == "resource" for reason in cores.moves.reasons):
            return told
        try:
            check_hard_facts(cores)
            least = LeastConcession(cores)
            bounds = least.settle()
        except InputError:
            return _Told(system, contradict=True)
        except Spent:
            return told
        except KeyboardInterrupt:
            self.clock.interrupt()
            return told
        resources = words.by_id(system)
        told.conceded, told.reaches = _tidy(least.total), least.reaches
        told.bounds = {(resources[bound.resource].id, bound.top): bound for bound in bounds}
        return told

    def _limits(self, before: _Told, after: _Told | None) -> tuple[Limit, ...]:
        then = {row.id: row for row in (after.system if after else self.system).resources}
        rows: list[Limit] = []
        for row in words.by_id(self.system):
            for top in (True, False):
                limits = [_limit(each, top=top) for each in (row, then[row.id])]
                if limits != [None, None]:
                    rows.append(self._row(row, then[row.id], before, after, top=top))
        return tuple(sorted(rows, key=_order))

    def _row(self, row: Resource, then: Resource, before: _Told, after: _Told | None, *, top: bool) -> Limit:
        found = before.bounds.get((row.id, top)) or (after.bounds.get((row.id, top)) if after else None)
        owner = next((each.name for each in self.index.agencies if each.id == row.owner), None)
        return Limit(
            resource=row.id,
            name=row.name,
            unit=row.unit,
            what="cap" if top else "ring-fence",
            owner=row.owner,
            owner_name=owner,
            in_use=row.in_use,
            wanted=float(f"{found.wanted:.{FIGURES}g}") + 0.0 if found else None,
            before=self._binding(_limit(row, top=top), before.bounds.get((row.id, top))),
            after=self._binding(_limit(then, top=top), after.bounds.get((row.id, top))) if after else None,
        )

    def _binding(self, limit: float | None, bound: Bound | None) -> Binding:
        targets = bound.gaining if bound else ()
        rows = self.index.targets
        who = sorted({int(rows.agency[at]) for at in targets})
        nothing = limit is None
        return Binding(
            limit=limit,
            binds=False if nothing else None if bound is None else bound.spares > 0,
            price=0.0 if nothing else _tidy(bound.price) if bound else None,
            spares=0.0 if nothing else _tidy(bound.spares) if bound else None,
            agencies=tuple(self.index.agencies[at].id for at in who),
            agency_names=tuple(self.index.agencies[at].name for at in who),
            targets=tuple(rows.keys[at] for at in targets),
        )

    def _missing(self) -> Iterator[str]:
        cores, index = self.cores, self.index
        at = {int(index.targets.measure[target]) for target in cores.moves.missing.tolist()}
        measures = [index.measures[measure].name for measure in sorted(at)]
        return words.missing(self.system, draws_of(index), len(cores.moves.missing), measures)


def _changed(system: System, caps: Mapping[str, float], floors: Mapping[str, float]) -> System:
    """The system with other caps and floors; what is known to be full is no longer, where its cap is raised."""
    rows = tuple(
        unchecked(row, capacity=caps.get(row.id, row.capacity), floor=floors.get(row.id, row.floor))
        for row in system.resources
    )
    return unchecked(system, resources=rows)


def _limit(row: Resource, *, top: bool) -> float | None:
    return row.capacity if top else row.floor


def _order(row: Limit) -> tuple[float, str, str]:
    return -(row.before.spares or 0.0), row.resource, row.what


def _tidy(value: float) -> float:
    return round(value, DIGITS) + 0.0
