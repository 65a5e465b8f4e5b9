"""When aligning pays, and whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun

from .answer import Frames
from .frame import frame_of
from .layout import SHOWN, grid
from .lens import Lens

if TYPE_CHECKING:
    import pandas as pd

Purse = Literal["only pays", "pays more than it gains", "comes out even", "gains more than it pays", "only gains"]
"""How an agency stands after the last year."""


LARGE: Final = 10_000
"""From such a sum on the text tells none to less than one."""


class PaybackBody(Noun):
    """What aligning costs and saves one agency over all years, or everybody together."""

    agency: str | None
    """The agency, by id; blank is everybody together."""
    name: str
    """What people call it."""
    cost: float
    """What it pays over all years. Unit: the system's currency."""
    saving: float
    """What it saves over all years. Unit: the system's currency."""
    net: float
    """Savings less costs over all years. Unit: the system's currency."""
    deepest: float
    """The most that it has paid before it is saved again, from 0. Unit: the system's currency."""
    deepest_year: int | None
    """When that is; blank where it never is behind. Unit: year."""
    break_even: int | None
    """The first year from which on it is never behind; blank where it is behind after the last. Unit: year."""
    purse: Purse
    """How it stands after the last year."""
    items: tuple[str, ...]
    """What its money is for: ids of measures, or other words."""
    rows: tuple[str, ...]
    """The rows of finances, by key."""


class PaybackYear(Noun):
    """What aligning costs and saves one agency in one year, or everybody together."""

    agency: str | None
    """The agency, by id; blank is everybody together."""
    name: str
    """What people call it."""
    year: int
    """The year. Unit: year."""
    cost: float
    """What it pays. Unit: the system's currency, worth what the first year's is."""
    saving: float
    """What it saves. Unit: the system's currency, worth what the first year's is."""
    net: float
    """Savings less costs. Unit: the system's currency, worth what the first year's is."""
    cumulative: float
    """The same since the first year. Unit: the system's currency, worth what the first year's is."""


class Payback(Lens):
    """When aligning pays, whom, and who pays without gaining."""

    currency: str | None
    """What sums are counted in; blank where the system does not say."""
    discount: float
    """How much less money is worth a year later. Share a year, from 0."""
    bodies: tuple[PaybackBody, ...]
    """Everybody together, then each agency with a row in finances, those that lose most first."""
    years: tuple[PaybackYear, ...]
    """Everybody together, then each of them, in every year that finances has."""

    @property
    def needs(self) -> str | None:
        """The table finances, where it has no rows."""
        return None if self.bodies else "finances"

    @property
    def frames(self) -> Frames:
        """Tables by name: ``bodies``, ``years``."""
        return {"bodies": self._bodies, "years": self._years}

    def _bodies(self) -> pd.DataFrame:
        """A row for everybody together, and one for each agency, those that lose most first.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id, blank is everybody together), ``name``, ``cost``, ``saving``, ``net`` (float, over all
            years, the system's currency), ``deepest`` (float, the most it is ever behind, the system's currency),
            ``deepest_year`` (year or blank), ``break_even`` (the first year from which on it is never behind, or
            blank), ``purse`` (how it stands after the last year), ``items`` (what the money is for), ``rows`` (keys of
            finances). Lists are joined by "; ".
        """
        found = frame_of(self.bodies, tuple(PaybackBody.model_fields))
        return found.astype({"deepest_year": "Int64", "break_even": "Int64"})

    def _years(self) -> pd.DataFrame:
        """A row for each year of everybody together, then of each agency, fit for a chart.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id, blank is everybody together), ``name``, ``year`` (int), ``cost``, ``saving``, ``net``,
            ``cumulative`` (float, since the first year; the system's currency, worth what the first year's is).
        """
        return frame_of(self.years, tuple(PaybackYear.model_fields))

    def _glimpse(self) -> pd.DataFrame:
        return self._bodies()[["name", "cost", "saving", "net", "deepest", "break_even"]]

    def _shown(self, width: int) -> Iterator[str]:
        if self.bodies:
            yield ""
            yield from grid(self._sums(), width, SHOWN)

    def _sums(self) -> pd.DataFrame:
        import pandas as pd

        # Of large sums nobody wants the pence.
        digits = 0 if max(row.cost + row.saving for row in self.bodies) >= LARGE else 2
        rows = [
            (row.name, *_rounded(row, digits), _year(row.deepest_year), _year(row.break_even)) for row in self.bodies
        ]
        # Years as words: a number of a table has a comma after its thousands.
        return pd.DataFrame(rows, columns=["who", "pays", "saves", "net", "deepest", "in", "even from"])


def _year(year: int | None) -> str:
    return "" if year is None else str(year)


def _rounded(row: PaybackBody, digits: int) -> tuple[float, ...]:
    return tuple(round(value, digits) + 0.0 for value in (row.cost, row.saving, row.net, row.deepest))
