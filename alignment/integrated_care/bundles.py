r"""Bundles of a system: what could be done for whom, what it would take of some resources, and what it is worth.

A service is a measure that targets for people push (way g) and that draws on the resources in numbers. For the people p
that these targets are about, meeting them takes n steps, the most that one of them needs; and

.. math::
    \text{cost} = n\, g \sum_r \text{draw}_r(m), \qquad
    \text{benefit} = n\, g \sum_j (I + N)[m, j]\, d(j)\, w_p(j)

with w_p(j) the weight of the heaviest target for people on j that is about p, about people among them, or about all of
them and others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy import sparse

from alignment.effects.net_effects import effects_of
from alignment.feasibility.moves import draws_of
from alignment.index import Floats, Index
from alignment.models.answers.targeting import ServiceBundle
from alignment.models.options.targeting import Bundle, TargetingOptions
from alignment.models.system import System
from alignment.models.system.links import Resource

DIGITS: Final = 6
"""Benefits and costs are told to this many decimals."""


class Drawn(NamedTuple):
    """Targets that one service for some people would meet."""

    measure: int
    way: int
    population: int
    targets: tuple[int, ...]


class Services:
    """The services of a system, and the resources that they can be paid from.

    Parameters
    ----------
    system
        The system.
    asked
        How far effects are followed.
    """

    def __init__(self, system: System, asked: TargetingOptions) -> None:
        self.system, self.index = system, system.derive(Index)
        self.draws = draws_of(self.index)
        self.wanted = tuple(self._wanted())
        effects = effects_of(system, asked.steps, asked.decay, asked.evidence)
        self._worth = sparse.csr_array(effects.with_itself @ sparse.diags_array(self.index.good.astype(float)))
        self._weighed: dict[int, Floats] = {}

    def _wanted(self) -> Iterator[Drawn]:
        """What targets for people push, by measure, way and people."""
        rows, found = self.index.targets, defaultdict[tuple[int, int, int], list[int]](list)
        for at in np.flatnonzero(rows.pushes & (self.index.for_people >= 0)).tolist():
            found[int(rows.measure[at]), int(rows.wish[at]), int(rows.population[at])].append(at)
        for (measure, way, population), targets in sorted(found.items()):
            yield Drawn(measure, way, population, tuple(targets))

    def resources(self, asked: Collection[str] | None) -> tuple[Resource, ...]:
        """The resources that are spent: those asked for, or the money, or else whatever most services draw on."""
        rows = sorted(self.system.resources, key=lambda row: row.id)
        if asked is not None:
            return tuple(row for row in rows if row.id in asked)
        known = [row for row in rows if self._served(row)]
        money = [row for row in known if _is_money(row, self.system.about.currency)]
        units = defaultdict[str | None, list[Resource]](list)
        for row in money:
            units[row.unit].append(row)
        if units:
            return tuple(units[max(units, key=lambda unit: (len(units[unit]), unit or ""))])
        return tuple(sorted(known, key=lambda row: (-self._served(row), row.id))[:1])

    def _served(self, resource: Resource) -> int:
        """How many services draw on a resource in numbers."""
        drawn = self.draws.get(resource.id, {})
        return len({each.measure for each in self.wanted if each.measure in drawn})

    def bundles(self, resources: Sequence[Resource]) -> Iterator[ServiceBundle]:
        """What can be done for whom with some resources."""
        costs: dict[int, float] = defaultdict(float)
        for resource in resources:
            for measure, use in self.draws.get(resource.id, {}).items():
                costs[measure] += use
        best: dict[tuple[int, int], ServiceBundle] = {}
        for each in self.wanted:
            if each.measure in costs:
                bundle, mark = self._bundle(each, costs[each.measure]), (each.measure, each.population)
                # Where no way is better for people some may ask for each: nobody is served by both.
                if mark not in best or bundle.benefit > best[mark].benefit:
                    best[mark] = bundle
        yield from best.values()

    def _bundle(self, drawn: Drawn, use: float) -> ServiceBundle:
        index, rows = self.index, self.index.targets
        known = [at for at in drawn.targets if not rows.need_assumed[at]]
        steps = float(max((rows.need[at] for at in known), default=1.0))
        population = index.population_ids[drawn.population]
        measure = index.measures[drawn.measure]
        # A weight times effects in steps per step, and the steps.
        worth = float((self._worth[[drawn.measure]] @ self._weights(drawn.population))[0])
        return ServiceBundle(
            population=population,
            population_name=next((row.name for row in self.system.populations if row.id == population), None),
            service=measure.id,
            service_name=measure.name,
            way="up" if drawn.way > 0 else "down",
            steps=round(steps, DIGITS),
            assumed=not known,
            benefit=round(drawn.way * worth * steps, DIGITS) + 0.0,
            cost=round(drawn.way * use * steps, DIGITS) + 0.0,
            chosen=(),
            targets=tuple(rows.keys[at] for at in drawn.targets),
        )

    def _weights(self, population: int) -> Floats:
        """For each measure the weight of the heaviest target for people on it that is about some people."""
        if population in self._weighed:
            return self._weighed[population]
        rows, found = self.index.targets, np.zeros(len(self.index.measures))
        for at in np.flatnonzero(self.index.for_people > 0).tolist():
            if self.index.nested(int(rows.population[at]), population):
                measure = int(rows.measure[at])
                found[measure] = max(found[measure], float(rows.weight[at]))
        self._weighed[population] = found
        return found


def owners_of(system: System) -> tuple[str, ...]:
    """Those who pay for a resource that some move draws on, as people call them.

    Parameters
    ----------
    system
        The system.

    Examples
    --------
    >>> import alignment as al
    >>> owners_of(al.read("winter-pressure"))
    ('the council',)
    """
    drawn = {row.resource for row in system.draws}
    owners = {row.owner for row in system.resources if row.owner and row.id in drawn}
    return tuple(sorted(row.name for row in system.agencies if row.id in owners))


def handed_in(system: System, bundles: Sequence[Bundle]) -> Iterator[ServiceBundle]:
    """Bundles that people hand in, called as the system's tables call people and measures.

    Parameters
    ----------
    system
        The system.
    bundles
        The bundles.
    """
    people = {row.id: row.name for row in system.populations}
    measures = {row.id: row.name for row in system.measures}
    for row in bundles:
        yield ServiceBundle(
            population=row.population,
            population_name=None if row.population is None else people.get(row.population, row.population),
            service=row.service,
            service_name=measures.get(row.service, row.service),
            way=None,
            steps=None,
            assumed=False,
            benefit=round(row.benefit, DIGITS),
            cost=round(row.cost, DIGITS),
            chosen=(),
            targets=(),
        )


class Nesting:
    """Whose people hold whose, by id; words that are no id hold nobody but themselves.

    Parameters
    ----------
    system
        The system.
    """

    def __init__(self, system: System) -> None:
        self._parents: Mapping[str, str | None] = {row.id: row.parent for row in system.populations}

    def holds(self, wide: str | None, narrow: str | None) -> bool:
        """Whether some people hold others, or are they; blank is everyone."""
        while narrow is not None and narrow != wide:
            narrow = self._parents.get(narrow)
        return narrow == wide

    def nested(self, one: str | None, other: str | None) -> bool:
        """Whether one of two holds the other."""
        return self.holds(one, other) or self.holds(other, one)


def _is_money(resource: Resource, currency: str | None) -> bool:
    """Whether a resource is counted in the system's currency."""
    return bool(currency and resource.unit and currency.split()[0] in resource.unit.split())
