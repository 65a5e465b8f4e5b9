"""What money follows which measure, to an organisation and from it: earned, lost, or not to be passed, each apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from alignment.conflicts.kinds.perverse import raised
from alignment.conflicts.naming import called, measure_name
from alignment.index import Index, group
from alignment.models.answers.view import Payment
from alignment.models.system.links import Incentive
from alignment.wording import names

from .plain import first_of, sum_of

MOVES: Final = {"increase": "up", "decrease": "down", "target": "meeting its target"}
"""What is paid for, in words."""

AGAINST: Final = {"increase": "goes down", "decrease": "goes up", "target": "misses its target"}
"""What is lost for, in words."""

BODIES: Final = 3
"""So many of those at the other end are named in a sentence."""

TOLD: Final = 3
"""So many sentences are told: of what it earns, loses and pays each the one on what it quarrels over most."""


class Words(NamedTuple):
    """What is said of one sort of incentive."""

    received: str
    """What the organisation is to it where it is paid, or bears it."""
    given: str
    """What it is to it where it pays, or withholds."""
    lost: bool
    """Whether it is lost where the measure goes the other way."""


WORDS: Final[dict[str | None, Words]] = {
    "activity": Words("{other} {pays} it for", "It pays {other} for", lost=False),
    "bonus": Words("{other} {pays} it a bonus for", "It pays {other} a bonus for", lost=False),
    "grant": Words("{other} {gives} it a grant for", "It gives {other} a grant for", lost=False),
    "tax": Words("It raises money from {other} by", "{other} {raises} money from it by", lost=False),
    None: Words("{other} {pays} it for", "It pays {other} for", lost=False),
    "penalty": Words("It loses money to {other} if", "It withholds money from {other} if", lost=True),
    "threat": Words("{other} {threatens} to take money from it if", "It threatens {other} with a loss if", lost=True),
    "cap": Words("It may not exceed a cap that {other} {sets} on", "It holds {other} to a cap on", lost=False),
    "unpaid": Words("{other} {does} not pay it beyond a cap on", "It does not pay {other} beyond a cap on", lost=False),
}
"""By basis; a tax is a grant of those who elect who is paid, unpaid a cap on what is otherwise paid for."""

LOST: Final = ("penalty", "threat", "cap", "unpaid")
"""What takes from who is paid, or sets a limit."""

ORDER: Final = tuple(WORDS)
"""Earned first, then lost, then what may not be passed."""


class Money:
    """What money follows.

    Parameters
    ----------
    index
        The system as arrays.
    who
        The organisation, by position.
    weight
        How much of its quarrels is about each measure, by position.
    """

    def __init__(self, index: Index, who: int, weight: Mapping[int, int]) -> None:
        self._index, self._id, self._weight = index, index.agencies[who].id, weight

    @cached_property
    def rows(self) -> tuple[Payment, ...]:
        """What money follows, by who is at the other end."""
        found = [self._payment(row) for row in self._incentives]
        return tuple(sorted(found, key=lambda each: (each.way, each.agency, each.measure, _whole(each))))

    @cached_property
    def _incentives(self) -> Sequence[Incentive]:
        return [row for row in self._index.system.incentives if self._id in (row.payer, row.payee)]

    def _payment(self, row: Incentive) -> Payment:
        index, other = self._index, row.payer if row.payee == self._id else row.payee
        return Payment(
            way="is paid" if row.payee == self._id else "pays",
            agency=other,
            agency_name=index.agencies[index.agency_at[other]].name,
            measure=row.measure,
            name=index.measures[index.measure_at[row.measure]].name,
            pays_for=row.pays_for,
            basis=row.basis,
            rate=row.rate,
            at_risk=row.at_risk,
            unit=row.unit,
        )

    # In sentences

    def sentences(self) -> Iterator[str]:
        """What it is paid for, what it loses for, what it may not pass; then the same of whom it pays."""
        told = [*self._told(mine=True), *self._told(mine=False)]
        order = sorted(range(len(told)), key=lambda at: (-told[at][0], at))
        best = {told[at][2]: at for at in reversed(order)}
        first = [*sorted(best.values()), *(at for at in order if at not in best.values())][:TOLD]
        said = [told[at][1] for at in sorted(first)]
        if (rest := len(told) - TOLD) > 0:
            said[-1] += f" ... and {rest} more (table money)."
        yield from said

    def _told(self, *, mine: bool) -> Iterator[tuple[int, str, str]]:
        """How much of its quarrels is about it, the sentence, and whether it earns, loses or pays by it."""
        rows = [row for row in self._incentives if (row.payee == self._id) == mine]
        sorts = group(((self._sort(row), row.payer if mine else row.payee), row) for row in rows)
        alike = group(((sort, self._follows(sort, some)), (other, some)) for (sort, other), some in sorts.items())
        for (sort, what), ends in sorted(alike.items(), key=lambda pair: (ORDER.index(pair[0][0]), pair[1][0][0])):
            others = [self._called(other) for other in sorted(other for other, _ in ends)]
            about = max(self._about(row) for _, some in ends for row in some)
            way = "pays" if not mine else "loses" if sort in LOST else "earns"
            yield about, f"{_begins(sort, others, mine=mine)} {what}.", way

    def _about(self, row: Incentive) -> int:
        return self._weight.get(self._index.measure_at[row.measure], 0)

    def _sort(self, row: Incentive) -> str | None:
        """The basis, but for a tax, and for a cap on what is otherwise paid for."""
        if raised(self._index, [row]):
            return "tax"
        paid = any(
            (each.payer, each.payee, each.measure, each.basis) == (row.payer, row.payee, row.measure, "activity")
            for each in self._index.system.incentives
        )
        return "unpaid" if row.basis == "cap" and paid else row.basis

    def _called(self, agency: str) -> str:
        return called(self._index, self._index.agency_at[agency])

    def _follows(self, sort: str | None, some: Sequence[Incentive]) -> str:
        """The measures and the ways, those with most money first, then those it quarrels over most."""
        rows = sorted(some, key=lambda row: (-(row.at_risk or 0.0), -self._about(row), row.measure, row.pays_for))
        return first_of([self._moved(sort, row) for row in rows])

    def _moved(self, sort: str | None, row: Incentive) -> str:
        name = measure_name(self._index, self._index.measure_at[row.measure])
        if sort in ("cap", "unpaid"):
            way = ""
        elif WORDS[sort].lost:
            way = f" {AGAINST[row.pays_for]}"
        else:
            way = f" {'' if row.pays_for == 'target' else 'going '}{MOVES[row.pays_for]}"
        return f"{name}{way}{self._sums(row)}"

    def _sums(self, row: Incentive) -> str:
        """What it is worth, in a bracket, where anybody says."""
        units = [part.strip() for part in (row.unit or "").split(";")]
        values = [value for value in (row.rate, row.at_risk) if value is not None]
        paired = zip(values, units if len(units) == len(values) else [row.unit] * len(values), strict=True)
        said = [sum_of(value, unit, self._index.system.about.currency) for value, unit in paired]
        return f" ({'; '.join(said)})" if said else ""


def _begins(sort: str | None, others: Sequence[str], *, mine: bool) -> str:
    one = len(others) == 1
    verbs = {"pays": "pay", "gives": "give", "raises": "raise", "threatens": "threaten", "sets": "set", "does": "do"}
    words = WORDS[sort].received if mine else WORDS[sort].given
    return words.format(other=names(others, BODIES), **{verb: verb if one else many for verb, many in verbs.items()})


def _whole(each: Payment) -> Any:
    return each.pays_for, each.basis or "", each.rate or 0.0, each.at_risk or 0.0
