"""Who helps and who hinders an organisation."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from alignment.effects.alignment import pulls, ratio
from alignment.index import Index
from alignment.models.answers.view import Neighbour
from alignment.models.options.aligned_set import Options

DIGITS: Final = 9
"""Sums of effects are rounded to so many decimals."""


class Neighbours:
    """Whose targets touch an organisation's own.

    Parameters
    ----------
    index
        The system as arrays, with weights as they are asked for.
    who
        The organisation, by position.
    options
        How effects are followed.
    """

    def __init__(self, index: Index, who: int, options: Options) -> None:
        self._index, self._options = index, options
        self._id = index.agencies[who].id

    @cached_property
    def rows(self) -> tuple[Neighbour, ...]:
        """Whose targets touch its own, first whoever hinders it most."""
        asked = self._options
        groups, helped, hindered = pulls(self._index.system, "agency", None, asked.steps, asked.decay, asked.evidence)
        me = groups.index(self._id) if self._id in groups else None
        if me is None:
            return ()
        rows: list[Neighbour] = []
        for at, name in enumerate(groups):
            one, two = float(helped[at, me]), float(hindered[at, me])
            three, four = float(helped[me, at]), float(hindered[me, at])
            if at != me and one + two + three + four > 0:
                rows.append(
                    Neighbour(
                        agency=name,
                        agency_name=self._index.agencies[self._index.agency_at[name]].name,
                        helps=round(one, DIGITS),
                        hinders=round(two, DIGITS),
                        alignment=ratio(one, two),
                        helped=round(three, DIGITS),
                        hindered=round(four, DIGITS),
                    )
                )
        return tuple(sorted(rows, key=lambda row: (-row.hinders, row.agency)))
