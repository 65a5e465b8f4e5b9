"""What to call a target that today's figure does not meet: only what is due can be missed."""

from __future__ import annotations

from typing import Literal

from alignment.models.fields import last_year

Shortfall = Literal["missed", "not met", "not met yet"]
"""It is due by the year that the system is about; it has no date (or the system no year); it is due later."""


def shortfall(due: str | None, year: int | None) -> Shortfall:
    """What to call a target that today's figure does not meet.

    Parameters
    ----------
    due
        When it is due, as written in the table; blank is no date.
    year
        The year that the system is about; blank is not known.

    Examples
    --------
    >>> shortfall("2018-03-31", 2018), shortfall("2019", 2018), shortfall(None, 2018)
    ('missed', 'not met yet', 'not met')
    """
    if due is None or year is None:
        return "not met"
    return "missed" if last_year(due) <= year else "not met yet"
