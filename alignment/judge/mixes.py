"""What fits a budget: each mix is added up anew from the bundles, and tried against all choices where these are few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from alignment.models.answers.targeting import Mix, MixKind, ServiceBundle, Targeting
from alignment.models.system import System

NEAR: Final = 1e-6
"""What sums may be off by, in parts of them and 1: the bundles' own figures are rounded."""

FEW: Final = 12
"""Of so many things that can be chosen every choice is tried."""


def objections(system: System, answer: Targeting) -> tuple[str, ...]:
    """What is wrong with mixes, in words.

    Parameters
    ----------
    system
        The system.
    answer
        The mixes, and the bundles that they are made of.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> objections(system, al.targeting(system))
    ()
    """
    if answer.budget is None:
        return ()
    parents = {row.id: row.parent for row in system.populations}
    return tuple(said for mix in answer.mixes for said in _Judged(answer, mix, parents).objections())


class _Judged:
    def __init__(self, answer: Targeting, mix: Mix, parents: dict[str, str | None]) -> None:
        self._answer, self._mix, self._parents = answer, mix, parents
        self._pieces = list(self._all(mix.kind))

    def objections(self) -> Iterator[str]:
        """What is wrong with one mix."""
        mix, budget = self._mix, self._answer.budget or 0.0
        chosen = [at for at, piece in enumerate(self._pieces) if piece and mix.kind in piece[0].chosen]
        held = [row for at in chosen for row in self._pieces[at]]
        if sorted(map(id, held)) != sorted(id(row) for row in self._answer.bundles if mix.kind in row.chosen):
            yield f"the {mix.kind} does not hold people or services whole"
            return
        if not self._together(chosen):
            yield f"the {mix.kind} does one thing twice"
            return
        benefit, cost = sum(row.benefit for row in held), sum(row.cost for row in held)
        if not _near(benefit, mix.benefit) or not _near(cost, mix.cost):
            yield f"the {mix.kind} does {benefit:g} for {cost:g}, not {mix.benefit:g} for {mix.cost:g}"
        if cost > budget + NEAR * (1 + budget):
            yield f"the {mix.kind} takes {cost:g} of {budget:g}"
        if mix.bound < benefit - NEAR * (1 + abs(benefit)) or mix.proven != _near(mix.bound, benefit):
            yield f"the bound of the {mix.kind} is {mix.bound:g}"
        yield from self._better(budget)

    def _better(self, budget: float) -> Iterator[str]:
        """A choice that does more than the bound allows, of all where there are few, else of those that take in one."""
        few = len(self._pieces) <= FEW
        best = (
            max((self._worth(some, budget) for some in self._every()), default=0.0) if few else self._with_one(budget)
        )
        if best > self._mix.bound + NEAR * (1 + abs(best)):
            yield f"another {self._mix.kind} does {best:g}, which {self._mix.bound:g} is said to rule out"

    def _every(self) -> Iterator[Sequence[int]]:
        places = range(len(self._pieces))
        yield from (some for size in range(len(places) + 1) for some in combinations(places, size))

    def _with_one(self, budget: float) -> float:
        """The most that the mix could do with one thing more."""
        left = budget - self._mix.cost
        held = [row for piece in self._pieces for row in piece if self._mix.kind in row.chosen]
        by_service = {row.service: [other for other in held if other.service == row.service] for row in held}
        rest = [piece for piece in self._pieces if self._mix.kind not in piece[0].chosen]
        more = [
            sum(row.benefit for row in piece)
            for piece in rest
            if sum(row.cost for row in piece) <= left
            and not any(self._same(row, other) for row in piece for other in by_service.get(row.service, []))
        ]
        return self._mix.benefit + max([0.0, *more])

    def _worth(self, some: Sequence[int], budget: float) -> float:
        rows = [row for at in some for row in self._pieces[at]]
        fits = sum(row.cost for row in rows) <= budget and self._together(some)
        return sum(row.benefit for row in rows) if fits else 0.0

    def _all(self, kind: MixKind) -> Iterator[list[ServiceBundle]]:
        """What can be chosen whole: bundles, people with all that is for them, or services for the widest people."""
        rows = self._answer.bundles
        if kind == "best mix":
            yield from ([row] for row in rows)
        elif kind == "all services for some":
            for people in {row.population for row in rows}:
                yield [row for row in rows if row.population == people]
        else:
            for service in {(row.service, row.way) for row in rows}:
                mine = [row for row in rows if (row.service, row.way) == service]
                yield [row for row in mine if not any(self._within(row, other) for other in mine)]

    def _together(self, some: Sequence[int]) -> bool:
        """Whether nothing is done twice: of one service no people and others who hold them."""
        pairs = combinations([row for at in some for row in self._pieces[at]], 2)
        return not any(one.service == two.service and self._same(one, two) for one, two in pairs)

    def _same(self, one: ServiceBundle, two: ServiceBundle) -> bool:
        """Whether two bundles of one service are for the same people, or for some and others who hold them."""
        return one.population == two.population or self._within(one, two) or self._within(two, one)

    def _within(self, row: ServiceBundle, other: ServiceBundle) -> bool:
        """Whether the people of one are among those of another, and not the same."""
        people = row.population
        if people == other.population:
            return False
        while people is not None and people != other.population:
            people = self._parents.get(people)
        return people == other.population


def _near(one: float, two: float) -> bool:
    return abs(one - two) <= NEAR * (1 + abs(one) + abs(two))
