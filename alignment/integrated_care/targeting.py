"""Targeting: whether all services for some, or some for all, do more within a budget (Leutz's first law).

With bundles (p, s) of people and services, each with a benefit and a cost (`bundles`), the best of three ways to choose
within the budget, each a 0-1 programme (`knapsack`): any bundles; people with all that is for them; services for all
whom they are for. Of one service only one of two bundles is chosen whose people hold each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import combinations, pairwise
from typing import Final, get_args

import numpy as np

from alignment.errors import OptionError
from alignment.index import group
from alignment.judge.mixes import objections
from alignment.judge.refuse import refuse
from alignment.models.answers.targeting import EVERYONE, Mix, MixKind, ServiceBundle, Targeting
from alignment.models.options.targeting import TargetingOptions
from alignment.models.system import System
from alignment.models.system.links import Resource
from alignment.options.verb import verb
from alignment.solver import Clock

from . import targeting_words as words
from .bundles import Nesting, Services, handed_in, owners_of
from .knapsack import Chosen, Piece, choose

KINDS: Final[tuple[MixKind, ...]] = get_args(MixKind)

DIGITS: Final = 6
"""Sums are told to this many decimals."""


@verb(TargetingOptions, "budget")
def targeting(system: System, asked: TargetingOptions) -> Targeting:
    """Which services, for whom, fit a budget: all services for some people, some for all, or the best mix.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Targeting
        Every bundle of a service and people with its benefit and cost, and the best of each way of choosing within
        the budget, proven or marked.

    Raises
    ------
    UnknownWord
        A resource is not known.
    OptionError
        An option is out of its range, or resources differ in their unit.
    InputError
        Something is wrong with bundles.
    SolverTrouble
        The answer did not survive the judge.

    References
    ----------
    Leutz (1999), Five laws for integrating medical and social services: lessons from the United States and the United
    Kingdom, Milbank Quarterly 77(1): all services for some, or some for all, but not all for all. Dantzig (1957),
    Discrete-variable extremum problems, Operations Research 5 (the knapsack problem).

    Examples
    --------
    >>> import alignment as al
    >>> made_up = [
    ...     {"population": "older-people", "service": "falls clinic", "benefit": 6, "cost": 40},
    ...     {"population": "older-people", "service": "home team", "benefit": 9, "cost": 50},
    ...     {"population": "children", "service": "home team", "benefit": 5, "cost": 40},
    ... ]
    >>> found = al.targeting(al.read("winter-pressure"), 90, bundles=made_up)
    >>> [(row.kind, row.benefit) for row in found.mixes]
    [('best mix', 15.0), ('all services for some', 15.0), ('some services for all', 14.0)]
    """
    return _Targeting(system, asked).answer()


class _Targeting:
    def __init__(self, system: System, asked: TargetingOptions) -> None:
        self.system, self.asked = system, asked
        self.clock, self.nesting = Clock(asked.time_limit), Nesting(system)
        self.services = Services(system, asked)
        self.resources = self._resources()
        given = asked.bundles is not None
        found = handed_in(system, asked.bundles or ()) if given else self.services.bundles(self.resources)
        self.bundles = sorted(found, key=_name)
        for one, other in pairwise(self.bundles):
            if (one.population, one.service) == (other.population, other.service):
                who = one.population or EVERYONE
                raise OptionError(f"bundles: {one.service} for {who} is there twice. Leave one of the two out.")

    def answer(self) -> Targeting:
        """The answer."""
        budget = self._budget()
        mixes, chosen = self._mixes(budget)
        every = self.pieces["some services for all"]
        bundles = [row.model_copy(update={"chosen": kinds}) for row, kinds in zip(self.bundles, chosen, strict=True)]
        answer = Targeting(
            system=self.system.hash,
            unit=self._unit(),
            resources=tuple(row.id for row in self.resources),
            budget=budget,
            needed=_tidy(sum(self.bundles[at].cost for piece in every for at in piece)),
            whole=_tidy(self.whole),
            bundles=tuple(sorted(bundles, key=_order)),
            mixes=mixes,
            stopped=self.clock.ending,
            paragraph="",
            missing=tuple(words.missing(self.services, self.resources, self.bundles, self.asked)),
        )
        called = [row.name for row in self.resources]
        answer = answer.model_copy(update={"paragraph": words.paragraph(answer, called, owners_of(self.system))})
        refuse(objections(self.system, answer))
        return answer

    def _resources(self) -> tuple[Resource, ...]:
        if self.asked.bundles is not None:
            return ()
        found = self.services.resources(self.asked.resources)
        units = sorted({row.unit or "no unit" for row in found})
        if len(units) > 1:
            raise OptionError(f"resources: {' and '.join(units)} cannot be added up. Name resources of one unit.")
        return found

    def _unit(self) -> str | None:
        if self.asked.bundles is not None:
            return self.system.about.currency
        return next((row.unit for row in self.resources), None)

    def _budget(self) -> float | None:
        """What there is to spend: what was asked for, or what is left of all the resources."""
        if self.asked.budget is not None:
            return self.asked.budget
        left = [None if row.capacity is None else row.capacity - (row.in_use or 0.0) for row in self.resources]
        known = [each for each in left if each is not None]
        return max(0.0, _tidy(sum(known))) if left and len(known) == len(left) else None

    def _mixes(self, budget: float | None) -> tuple[tuple[Mix, ...], list[tuple[MixKind, ...]]]:
        """The best of each kind, and the kinds that hold each bundle."""
        if budget is None or not self.bundles:
            return (), [()] * len(self.bundles)
        found: dict[MixKind, Chosen] = {kind: self._choose(kind, budget) for kind in KINDS}
        held: dict[MixKind, set[int]] = {kind: set(self._held(kind, chosen)) for kind, chosen in found.items()}
        mixes = tuple(self._mix(kind, chosen) for kind, chosen in found.items())
        return mixes, [tuple(kind for kind in KINDS if at in held[kind]) for at in range(len(self.bundles))]

    @cached_property
    def whole(self) -> float:
        """All that could be had without a budget."""
        every = self._choose("best mix", np.inf)
        return sum(self.bundles[at].benefit for at in self._held("best mix", every))

    def _mix(self, kind: MixKind, chosen: Chosen) -> Mix:
        rows = [self.bundles[at] for at in self._held(kind, chosen)]
        benefit = sum(row.benefit for row in rows)
        people = {row.population: row.population_name for row in rows}
        services = {row.service: row.service_name for row in rows}
        return Mix(
            kind=kind,
            benefit=_tidy(benefit),
            bound=_tidy(benefit if chosen.proven else chosen.bound),
            share=min(1.0, round(benefit / self.whole, DIGITS)) if self.whole > 0 else None,
            cost=_tidy(sum(row.cost for row in rows)),
            proven=chosen.proven,
            bundles=len(rows),
            populations=tuple(sorted(who for who in people if who is not None)),
            population_names=tuple(people[who] or who for who in sorted(who for who in people if who is not None)),
            services=tuple(sorted(services)),
            service_names=tuple(services[service] for service in sorted(services)),
        )

    def _choose(self, kind: MixKind, budget: float) -> Chosen:
        """The best choice of a kind."""
        pieces = [
            Piece(sum(self.bundles[at].benefit for at in some), sum(self.bundles[at].cost for at in some))
            for some in self.pieces[kind]
        ]
        return choose(pieces, self._exclusions(kind), budget, self.clock, self.asked.solver)

    def _held(self, kind: MixKind, chosen: Chosen) -> list[int]:
        """The bundles of a choice."""
        return sorted(at for place in chosen.pieces for at in self.pieces[kind][place])

    @cached_property
    def pieces(self) -> Mapping[MixKind, Sequence[tuple[int, ...]]]:
        """What is chosen whole or not at all, of each kind, as bundles by place."""
        people = group((row.population, at) for at, row in enumerate(self.bundles))
        services = group(((row.service, row.way), at) for at, row in enumerate(self.bundles))
        return {
            "best mix": [(at,) for at in range(len(self.bundles))],
            "all services for some": [tuple(some) for some in people.values()],
            "some services for all": [self._widest(some) for some in services.values()],
        }

    def _widest(self, places: Sequence[int]) -> tuple[int, ...]:
        """Of one service those bundles whose people are held by no other's."""
        people = [self.bundles[at].population for at in places]
        return tuple(
            at
            for at, who in zip(places, people, strict=True)
            if not any(other != who and self.nesting.holds(other, who) for other in people)
        )

    @cached_property
    def _twice(self) -> Sequence[tuple[int, int]]:
        """Bundles that would do one thing twice: one service for people and others who hold them, or both ways."""
        services: Mapping[str, Sequence[int]] = group((row.service, at) for at, row in enumerate(self.bundles))
        return [
            (one, other)
            for some in services.values()
            for one, other in combinations(some, 2)
            if self.nesting.nested(self.bundles[one].population, self.bundles[other].population)
        ]

    def _exclusions(self, kind: MixKind) -> list[tuple[int, int]]:
        """What of a kind would do one thing twice."""
        place = {at: number for number, some in enumerate(self.pieces[kind]) for at in some}
        pairs = {
            tuple(sorted((place[one], place[other])))
            for one, other in self._twice
            if one in place and other in place and place[one] != place[other]
        }
        return sorted((one, other) for one, other in pairs)


def _name(row: ServiceBundle) -> tuple[str, str, str, float, float]:
    return row.population or "", row.service, row.way or "", row.cost, row.benefit


def _order(row: ServiceBundle) -> tuple[float, tuple[str, str, str, float, float]]:
    """Most benefit for what is taken first; what costs nothing before all others, if it does any good."""
    rate = row.benefit / row.cost if row.cost > 0 else np.inf if row.benefit > 0 else -np.inf
    return -rate, _name(row)


def _tidy(value: float) -> float:
    return round(value, DIGITS) + 0.0
