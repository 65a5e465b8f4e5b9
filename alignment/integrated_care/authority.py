"""Targets that are set told apart from asks without authority, and from wishes that were only inferred."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from alignment.index import Index, group
from alignment.models.system import System
from alignment.models.system.measures import Target

Basis = Literal["set", "asked", "inferred"]
"""Whether a target is set, is asked by a body that its deliverer does not answer to, or was only inferred."""


def bases_of(system: System) -> tuple[Basis, ...]:
    """What each target of a system rests on, in the order of its index.

    A body sets targets for itself, and for those who answer to it, at first hand or through others; a partnership only
    for its own members. Where no row says whom the deliverer answers to, nobody denies that the target is set.

    Parameters
    ----------
    system
        The system.

    Examples
    --------
    >>> import alignment as al
    >>> from alignment.integrated_care.authority import bases_of
    >>> bases_of(al.read("winter-pressure")).count("asked")  # what the commissioner asks of the council
    2
    """
    above = _above(system)
    return tuple(_basis(row, above) for row in system.derive(Index).targets.rows)


def _basis(row: Target, above: Mapping[str, frozenset[str]]) -> Basis:
    if row.revealed:
        return "inferred"
    own = row.agency == row.deliverer
    return "set" if own or row.agency in above.get(row.deliverer, {row.agency}) else "asked"


def _above(system: System) -> dict[str, frozenset[str]]:
    """For each agency of which it is said, all whom it answers to."""
    rows = system.accountability
    first = group((row.agency, row.answers_to) for row in rows)
    lines = group((row.agency, row.answers_to) for row in rows if row.kind != "partnership")
    return {who: frozenset(some) | _up(lines.get(who, ()), lines) for who, some in first.items()}


def _up(some: Iterable[str], lines: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Some agencies, and all whom they answer to at first hand or through others."""
    reached, left = set[str](), list(some)
    while left:
        who = left.pop()
        if who not in reached:
            reached.add(who)
            left.extend(lines.get(who, ()))
    return frozenset(reached)
