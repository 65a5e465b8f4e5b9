"""Targets that are set told apart from asks without authority, and from wishes that were only inferred."""

from __future__ import annotations

from typing import Literal

from alignment.index import Index
from alignment.models.system import System

from .authority import Authority

Basis = Literal["set", "asked", "inferred"]
"""Whether a target is set, is asked by a body that its deliverer does not answer to, or was only inferred."""


def bases_of(system: System) -> tuple[Basis, ...]:
    """What each target of a system rests on, in the order of its index.

    A body sets targets for itself, and for those over whom it has authority. Where no row says whom the deliverer
    answers to, nobody denies that the target is set.

    Parameters
    ----------
    system
        The system.

    Examples
    --------
    >>> import alignment as al
    >>> bases_of(al.read("winter-pressure")).count("asked")  # what the commissioner asks of the council
    2
    """
    index = system.derive(Index)
    authority, told = Authority(index), {index.agency_at[row.agency] for row in system.accountability}
    rows = index.targets
    over = {who: authority.over(who) for who in set(rows.deliverer.tolist()) & told}
    sets = [
        agency == deliverer or agency in over.get(deliverer, {agency})
        for agency, deliverer in zip(rows.agency.tolist(), rows.deliverer.tolist(), strict=True)
    ]
    return tuple(
        "inferred" if row.revealed else "set" if its else "asked" for row, its in zip(rows.rows, sets, strict=True)
    )
