"""How much of each resource is left, and what rules of payment cap, whether or not moves draw on it in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alignment.index import group
from alignment.models.answers.ring_fence import PaymentCap, Room
from alignment.models.fields import last_year
from alignment.models.system import System
from alignment.models.system.keys import Keys
from alignment.models.system.links import Resource
from alignment.wording import in_words, names, number, percent, quantity, quoted, sums, upper_first, verb

NAMED: Final = 2
"""So many resources with figures are told in a sentence each; the rest stands in the table."""


def rooms_of(system: System) -> tuple[Room, ...]:
    """What is left of each resource that has a cap, a floor, or is given as limited, by id."""
    rows = sorted(system.resources, key=lambda row: row.id)
    return tuple(_room(row) for row in rows if row.capacity is not None or row.floor is not None or row.limited)


def _room(row: Resource) -> Room:
    return Room(
        resource=row.id,
        name=row.name,
        unit=row.unit,
        capacity=row.capacity,
        in_use=row.in_use,
        left=round(row.capacity - row.in_use, 6) if row.capacity is not None and row.in_use is not None else None,
        used=_share(row.in_use, row.capacity),
        floor=row.floor,
        floor_share=_share(row.floor, row.capacity),
        limited=row.limited,
    )


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else round(part / whole, 6)


def payment_caps(system: System) -> tuple[PaymentCap, ...]:
    """What rules of payment cap today, by who may not exceed it."""
    agencies = {row.id: row.name for row in system.agencies}
    measures = {row.id: row.name for row in system.measures}
    year, keys = system.about.year, system.derive(Keys).of("incentives")
    rows = [
        PaymentCap(
            payer=row.payer,
            payer_name=agencies[row.payer],
            payee=row.payee,
            payee_name=agencies[row.payee],
            measure=row.measure,
            measure_name=measures[row.measure],
            incentive=key,
        )
        for row, key in zip(system.incentives, keys, strict=True)
        if row.basis == "cap" and (row.due is None or year is None or last_year(row.due) >= year)
    ]
    return tuple(sorted(rows, key=lambda row: (row.payee, row.payer, row.measure, row.incentive)))


def room_words(rooms: Sequence[Room]) -> Iterator[str]:
    """What is left of resources, the fullest first, and what of them is ring-fenced.

    Parameters
    ----------
    rooms
        Every limited resource.
    """
    told = sorted((row for row in rooms if row.used is not None), key=lambda row: (-(row.used or 0.0), row.resource))
    for row in told[:NAMED]:
        yield f"{_used(row)}{_fenced(row)}."
    fenced = [row for row in rooms if row.floor is not None and row not in told[:NAMED]]
    for row in fenced[:NAMED]:
        yield f"Of {quoted(row.name)} at least {_amount(row.floor, row)} must be used."
    bare = [quoted(row.name) for row in rooms if row.limited and row.capacity is None]
    if bare:
        other = " more" if told or fenced else ""
        yield (
            f"{upper_first(in_words(len(bare)))}{other} {verb(len(bare), 'is', 'are')} given as limited, without a "
            f"figure: {names(bare)}."
        )


def _used(row: Room) -> str:
    left = row.left or 0.0
    if not left:
        return f"All of {quoted(row.name)} ({_amount(row.capacity, row)}) is in use"
    head = f"Of {quoted(row.name)} {number(row.in_use or 0.0)} of {_amount(row.capacity, row)} are in use"
    if left < 0:
        return f"{head}, {number(-left)} more than the cap"
    return f"{head} ({percent(row.used or 0.0)})"


def _fenced(row: Room) -> str:
    share = f" ({percent(row.floor_share)})" if row.floor_share is not None else ""
    return "" if row.floor is None else f"; {_amount(row.floor, row)} of it{share} is ring-fenced"


def _amount(value: float | None, row: Room) -> str:
    return sums(quantity(value or 0.0, row.unit))


def cap_words(caps: Sequence[PaymentCap]) -> Iterator[str]:
    """Who may not exceed what by a rule of payment.

    Parameters
    ----------
    caps
        Every such rule.
    """
    if caps:
        pairs: Mapping[tuple[str, str], Sequence[str]] = group(
            ((row.payer_name, row.payee_name), quoted(row.measure_name)) for row in caps
        )
        said = [f"{payer} caps {names(list(dict.fromkeys(of)))} of {payee}" for (payer, payee), of in pairs.items()]
        yield f"Rules of payment set caps too, which have no shadow price: {'; '.join(said)}."
