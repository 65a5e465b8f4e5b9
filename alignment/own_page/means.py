"""What an organisation can move, and what money follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from alignment.conflicts.naming import called, measure_name
from alignment.index import Index, group
from alignment.models.answers.view import Hold, Payment
from alignment.models.system.links import Incentive
from alignment.wording import count, in_words, names, percent, quoted

NAMED: Final = 2
"""So many measures are named in a sentence; the others are counted."""

MUCH: Final = 0.5
"""From this share on an organisation can move most of a measure."""

LITTLE: Final = 0.2
"""Below this share it can move little of a measure (METHOD 3, no-control)."""

MOVES: Final = {"increase": "up", "decrease": "down", "target": "to target"}
"""What is paid for, in a word."""

BOTH: Final = 2
"""A measure that is paid for this many ways is paid for whatever it does."""

ENDS: Final = 2
"""So many of those at the other end are told, each with what the money follows; the others are counted."""

FEW: Final = 2
"""So many measures that money follows are named; of more, one."""


class Means:
    """What an organisation can do, and what it is paid for.

    Parameters
    ----------
    index
        The system as arrays.
    who
        The organisation, by position.
    """

    def __init__(self, index: Index, who: int) -> None:
        self._index, self._who = index, who
        self._judged = {int(at) for at in index.targets.measure[index.targets.deliverer == who]}

    @cached_property
    def _shares(self) -> dict[int, float]:
        """Its share of each measure whose controls are given, with those that belong to it."""
        index = self._index
        return {at: index.control_of(self._who, shares) for at, shares in index.controls.items()}

    @cached_property
    def controls(self) -> tuple[Hold, ...]:
        """What it can move, most first."""
        found = [(at, share) for at, share in self._shares.items() if share > 0]
        return tuple(
            Hold(
                measure=self._index.measures[at].id,
                name=self._index.measures[at].name,
                share=round(share, 6),
                judged=at in self._judged,
            )
            for at, share in sorted(found, key=lambda pair: (-round(pair[1], 6), pair[0]))
        )

    @cached_property
    def money(self) -> tuple[Payment, ...]:
        """What money follows, by who is at the other end."""
        own = self._index.agencies[self._who].id
        rows = [row for row in self._index.system.incentives if own in (row.payer, row.payee)]
        found = [self._payment(row, own) for row in rows]
        return tuple(sorted(found, key=lambda each: (each.way, each.agency, each.measure, _whole(each))))

    def _payment(self, row: Incentive, own: str) -> Payment:
        index, other = self._index, row.payer if row.payee == own else row.payee
        return Payment(
            way="is paid" if row.payee == own else "pays",
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
        """What it can move, then what money follows."""
        yield from self._moves()
        for way, begins in (("is paid", "Money comes from"), ("pays", "Money goes to")):
            if said := list(self._follows(way)):
                yield f"{begins} {'; '.join(said)}."
        yield from self._holds()

    def _holds(self) -> Iterator[str]:
        """What it pays for that can run out."""
        owned = [row for row in self._index.system.resources if row.owner == self._id]
        for full, some in group((bool(row.limited), quoted(row.name)) for row in owned).items():
            yield f"It holds {names(some, NAMED)}{', known to have nothing to spare' if full else ''}."

    @property
    def _id(self) -> str:
        return self._index.agencies[self._who].id

    def _moves(self) -> Iterator[str]:
        most = [f"{self._name(row.measure)} ({percent(row.share)})" for row in self.controls if row.share >= MUCH]
        if most:
            yield f"It can bring about most of what moves {names(most, NAMED)}."
        little = sorted(at for at in self._judged if at in self._shares and self._shares[at] < LITTLE)
        little.sort(key=lambda at: (self._shares[at], at))
        if little:
            said = [measure_name(self._index, at) for at in little]
            yield f"Of what it is judged on, it can move less than a fifth of {names(said, NAMED)}."

    def _follows(self, way: str) -> Iterator[str]:
        """What is paid for, by who is at the other end; bodies that pay for the same together."""
        by_body = group((each.agency, each) for each in self.money if each.way == way)
        alike = group((self._moved(some), (-len(some), body)) for body, some in by_body.items())
        first = sorted(alike.items(), key=lambda pair: min(pair[1]))
        for moved, bodies in first[:ENDS]:
            others = [called(self._index, self._index.agency_at[body]) for _, body in bodies]
            yield f"{names(others, NAMED)} for {moved}"
        rest = {body for _, bodies in first[ENDS:] for _, body in bodies}
        if rest:
            yield f"and {count(len(rest), 'other body', 'other bodies')}"

    def _moved(self, some: Sequence[Payment]) -> str:
        """The measures and the way that is paid for: of many, the one that is paid for both ways, or most."""
        rows = group((each.measure, each) for each in some)
        said = sorted(rows.values(), key=_first)
        first = f"{self._name(said[0][0].measure)} going {_ways(said[0])}"
        if len(said) > FEW:
            return f"{in_words(len(said))} measures, {first} among them"
        alike = group((_ways(each), self._name(each[0].measure)) for each in said)
        return " and ".join(f"{names(measures)} going {ways}" for ways, measures in alike.items())

    def _name(self, measure: str) -> str:
        return measure_name(self._index, self._index.measure_at[measure])


def _ways(some: Sequence[Payment]) -> str:
    """The ways that are paid for."""
    wanted = {each.pays_for for each in some}
    return " and ".join(word for way, word in MOVES.items() if way in wanted)


def _first(some: Sequence[Payment]) -> tuple[bool, float, str]:
    """First the measures that are paid for both ways, then those with most money at risk."""
    return len({each.pays_for for each in some}) < BOTH, -max(each.at_risk or 0.0 for each in some), some[0].measure


def _whole(each: Payment) -> Any:
    return each.pays_for, each.basis or "", each.rate or 0.0, each.at_risk or 0.0
