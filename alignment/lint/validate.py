"""What a system holds, in figures."""

from __future__ import annotations

from typing import Final

from alignment.models.answers.validate import Summary
from alignment.models.options.fields import Asked
from alignment.models.system import TABLES, System
from alignment.options.verb import verb

from .advice import advice

FIRST: Final = 3
"""So many pieces of advice are told."""


@verb(Asked)
def validate(system: System, asked: Asked) -> Summary:  # noqa: ARG001 - there is nothing to ask
    """What a system that was read without a fault holds, in figures, and the first of the advice on its tables.

    Whatever is wrong with one is said when it is read, all at once.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Summary
        Its size, its hash and the number of rows of each table; what was put right or passed over while it was read;
        the first three pieces of `advice`, and how many there are.

    Examples
    --------
    >>> import alignment as al
    >>> al.validate(al.read(al.example("winter-pressure")))
    <Summary: 3 tiers · 4 agencies · 10 measures · 14 targets · 10 influences>
    """
    rows = {name: len(system.table(name)) for name in TABLES}
    hints = advice(system).hints
    return Summary(
        system=system.hash,
        name=system.about.name,
        summary=str(system),
        rows=rows,
        advice=hints[:FIRST],
        pieces=len(hints),
        notes=system.notes,
    )
