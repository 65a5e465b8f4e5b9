r"""Triage: which outcomes need joint work at all (Glasby), as partnership is a means and no end.

With c(a, m) the control share of agency a and v(m) the validity of the measures m that capture an outcome and whose
controls are given

.. math:: s(a) = \sum_m v(m) c(a, m) / \sum_m v(m), \qquad
    \min |G| \text{ such that } \sum_{a \in G} s(a) \ge \text{enough} \sum_a s(a)

Shares are those that the rows give: a partnership body is not credited with what its members control, as their working
together is what is asked about.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, Literal

from alignment.duties import Duties
from alignment.index import Index, group, positions
from alignment.models.answers.triage import OutcomeShare, Triage, Triaged, Work
from alignment.models.options.lenses import TriageOptions
from alignment.models.system import System
from alignment.models.system.keys import Keys
from alignment.models.system.measures import Outcome
from alignment.options.verb import verb
from alignment.shortfall import Shortfall, shortfall

from .bases import Basis, bases_of
from .triage_words import missing, paragraph

ROUNDING: Final = 1e-9
"""Shares that miss what is asked by less reach it."""

Standing = Literal["unmet", "unknown", "change", "met", "asked", "other"]
"""How a target stands: today's level is not in what it accepts; that cannot be told; it asks for a change from today,
which cannot be met or not yet; it is met; it is no target but an ask without authority; or it is a guardrail, or goes
another way than people's."""

STANDINGS: Final[tuple[Standing, ...]] = ("unmet", "unknown", "change", "met", "asked", "other")
"""The one that says most of a measure first."""

ORDER: Final[tuple[Work, ...]] = ("joint", "single", "nobody", "unknown")
"""The order in which outcomes are told."""


@verb(TriageOptions)
def triage(system: System, asked: TriageOptions) -> Triage:
    """Which outcomes need joint work at all: who controls enough of each, and what is at stake for each link.

    For each outcome the smallest group of agencies that together hold `enough` of all control that is known. Several
    would have to coordinate in pairs. What is at stake is the weight of the targets set on the outcome's measures that
    can be shown not to be met: what is met needs no new links, and where today's level is not known that is said.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Triage
        For each outcome whether several agencies are needed, one holds enough, nobody controls much, or controls are
        not known; the smallest group, links, measures not met, what is at stake for each link, and whether success and
        failure are stated. Outcomes of the use of resources are told after those for people.

    Raises
    ------
    OptionError
        An option is out of its range.

    References
    ----------
    Glasby's question, which outcomes, for whom, need partnership, and what would success or failure look like.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.triage(al.read(al.example("winter-pressure")))
    >>> [(row.outcome_name, row.work, row.agencies) for row in found.outcomes[:2]]  # doctest: +NORMALIZE_WHITESPACE
    [('People stay well through the winter', 'joint', ('trust', 'council')),
     ('People go home when they are ready', 'single', ('council',))]
    """
    return _Triage(system, asked).answer()


class _Triage:
    def __init__(self, system: System, asked: TriageOptions) -> None:
        self.system, self.asked = system, asked
        self.index = system.derive(Index)
        self.speaking = Duties(system, asked.theta).speaking

    @cached_property
    def _bases(self) -> Sequence[Basis]:
        return bases_of(self.system)

    def answer(self) -> Triage:
        """The answer."""
        rows = sorted((self._triaged(row) for row in self.system.outcomes), key=_order)
        shares = (share for row in rows for share in self._shares(row))
        return Triage(
            system=self.system.hash,
            enough=self.asked.enough,
            outcomes=tuple(rows),
            shares=tuple(shares),
            paragraph=paragraph(rows, self.asked),
            missing=tuple(missing(rows)),
        )

    def _triaged(self, outcome: Outcome) -> Triaged:
        measures = self.speaking.get(outcome.id, ())
        controlled = self._controlled(outcome.id)
        shares = self._share_of(outcome.id)
        control = sum(shares.values())
        few = smallest(shares, self.asked.enough)
        work = self._work(control, few, known=bool(controlled))
        for_people = outcome.dimension != "resource-use"
        by_measure = {at: self._standing(at, for_people=for_people) for at in measures}
        stand = {
            standing: [at for at in measures if next(iter(by_measure[at]), None) == standing] for standing in STANDINGS
        }
        targets = [at for measure in stand["unmet"] for at in by_measure[measure]["unmet"]]
        stake = round(sum(float(self.index.targets.weight[at]) for at in targets), 6)
        links = len(few) * (len(few) - 1) // 2
        return Triaged(
            outcome=outcome.id,
            outcome_name=outcome.name,
            for_people=for_people,
            work=work,
            agencies=tuple(self.index.agencies[who].id for who in few),
            agency_names=tuple(self.index.agencies[who].name for who in few),
            held=round(sum(shares[who] for who in few) / control, 6) if control else None,
            control=round(control, 6) if controlled else None,
            links=links,
            stake=stake,
            per_link=round(stake / links, 6) if work == "joint" else None,
            success=outcome.success,
            failure=outcome.failure,
            measures=tuple(self.index.measures[at].id for at in measures),
            measure_names=tuple(self.index.measures[at].name for at in measures),
            controlled=tuple(self.index.measures[at].id for at in controlled),
            controlled_names=tuple(self.index.measures[at].name for at in controlled),
            **{standing: self._ids(some) for standing, some in stand.items()},
            **{f"{standing}_names": self._called(some) for standing, some in stand.items()},
            targets=self._keys(targets),
            missed=self._keys(at for at in targets if self._short(at) == "missed"),
            not_due=self._keys(at for at in targets if self._short(at) == "not met yet"),
        )

    def _keys(self, targets: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.index.targets.keys[at] for at in sorted(targets))

    def _short(self, at: int) -> Shortfall:
        return shortfall(self.index.targets.rows[at].due, self.system.about.year)

    def _ids(self, measures: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.index.measures[at].id for at in measures)

    def _called(self, measures: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.index.measures[at].name for at in measures)

    def _work(self, control: float, few: Sequence[int], *, known: bool) -> Work:
        if not known:
            return "unknown"
        if control < self.asked.least - ROUNDING or not few:
            return "nobody"
        return "single" if len(few) == 1 else "joint"

    def _controlled(self, outcome: str) -> tuple[int, ...]:
        """The measures of an outcome whose controls are given."""
        return tuple(at for at in self.speaking.get(outcome, ()) if at in self.index.controls)

    def _share_of(self, outcome: str) -> Mapping[int, float]:
        """How much of an outcome each agency controls."""
        measures = self._controlled(outcome)
        validity = {at: self.index.validity[at][outcome] for at in measures}
        whole = sum(validity.values())
        shares: dict[int, float] = {}
        for at in measures:
            for who, share in self.index.controls[at].items():
                shares[who] = shares.get(who, 0.0) + validity[at] * share / whole
        return {who: share for who, share in shares.items() if share > 0}

    def _standing(self, measure: int, *, for_people: bool) -> Mapping[Standing, Sequence[int]]:
        """The targets on a measure that are still to be met, by how they stand, what says most first."""
        rows = self.index.by_measure.get(measure)
        live = [at for at in ([] if rows is None else positions(rows)) if self.index.live[at]]
        told = group((self._stands(at, for_people=for_people), at) for at in live if self._bases[at] != "inferred")
        return {standing: told[standing] for standing in STANDINGS if standing in told}

    def _stands(self, at: int, *, for_people: bool) -> Standing:
        rows, way = self.index.targets, self.index.for_people[at]
        # Where no way is better for people, a target on the use of resources (a price, a budget) can be short still.
        if rows.hold[at] or way < 0 or (for_people and not way):
            return "other"
        if self._bases[at] == "asked":
            return "asked"
        if rows.change[at]:
            return "change"
        if not rows.known[at] or math.isnan(rows.now[at]):
            return "unknown"
        return "met" if rows.met[at] else "unmet"

    def _shares(self, row: Triaged) -> Iterator[OutcomeShare]:
        shares = self._share_of(row.outcome)
        for who in by_share(shares):
            agency = self.index.agencies[who]
            yield OutcomeShare(
                outcome=row.outcome,
                outcome_name=row.outcome_name,
                agency=agency.id,
                agency_name=agency.name,
                share=round(shares[who], 6),
                needed=agency.id in row.agencies,
                controls=tuple(
                    self._rows[agency.id, measure] for measure in row.controlled if (agency.id, measure) in self._rows
                ),
            )

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], str]:
        """The key of the row that says what an agency controls of a measure."""
        keys = self.system.derive(Keys).of("controls")
        return {(row.agency, row.measure): key for row, key in zip(self.system.controls, keys, strict=True)}


def by_share(shares: Mapping[int, float]) -> list[int]:
    """Agencies by what they control, the largest share first."""
    return sorted(shares, key=lambda who: (-round(shares[who], 9), who))


def smallest(shares: Mapping[int, float], enough: float) -> tuple[int, ...]:
    """The smallest group that holds enough of all that anybody controls, the largest share first.

    Parameters
    ----------
    shares
        What each agency controls, by position. No unit, 0 to 1.
    enough
        The part of their sum that the group has to hold. Above 0 to 1.

    Examples
    --------
    >>> smallest({0: 0.1, 1: 0.5, 2: 0.2}, 0.8)
    (1, 2)
    """
    # Shares add up, so no k agencies hold more than the k largest: where these do not reach, no group of k does, and
    # the first k with which they do is the smallest. Greedy is exact.
    needed, held = enough * sum(shares.values()), 0.0
    few: list[int] = []
    for who in by_share(shares):
        if held >= needed - ROUNDING:
            break
        few.append(who)
        held += shares[who]
    return tuple(few)


def _order(row: Triaged) -> tuple[int, bool, int, float, str]:
    return ORDER.index(row.work), not row.for_people, -len(row.unmet), -row.stake, row.outcome
