"""What is looked for in a measure: the targets that are set on it and still to be met, whose they are, and when due."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from alignment.index import Index, Ints, group, positions
from alignment.models.fields import last_day, last_year
from alignment.models.system.measures import Target
from alignment.wording import ask, number, quantity, sums

from .bases import Basis
from .two_year_words import Wanted, told

NONE: Final[Ints] = np.array([], dtype=np.int64)
"""No targets."""


class LookedAt:
    """What is set on measures, or else asked for.

    Parameters
    ----------
    index
        The system.
    bases
        What each target rests on.
    end
        The year by which it has to show; None where the system says no year.
    """

    def __init__(self, index: Index, bases: Sequence[Basis], end: float | None) -> None:
        self.index, self.bases, self.end = index, bases, end

    def live(self, at: int) -> list[int]:
        """The targets on a measure that are still to be met."""
        return [each for each in positions(self.index.by_measure.get(at, NONE)) if self.index.live[each]]

    def bodies(self, targets: Sequence[int]) -> frozenset[int]:
        """Those who have, or must deliver, some of the targets that are set."""
        rows, some = self.index.targets, [each for each in targets if self.bases[each] == "set"]
        return frozenset(int(ends[each]) for each in some for ends in (rows.agency, rows.deliverer))

    def wanted(self, at: int) -> Wanted | None:
        """What is set on a measure, or else asked for, with a value: the last due in time, or else the first."""
        rows = self.index.targets
        valued = [each for each in self.live(at) if has_value(rows.rows[each])]
        able = _strongest([self.bases[each] for each in valued], valued)
        able = [each for each in able if not rows.hold[each]] or able
        if not able:
            return None
        best = min(able, key=self._order)
        alike = [each for each in able if self._same(each) == self._same(best)]
        others = group((self._same(each), each) for each in able if each not in alike)
        return Wanted(
            basis="asked" if self.bases[best] == "asked" else "set",
            words=self._same(best)[0],
            due=rows.rows[best].due,
            whose=self._whose(alike),
            targets=tuple(alike),
            others=tuple(sorted(told(words, self._whose(some), due) for (words, due), some in others.items())),
        )

    def _order(self, each: int) -> tuple[int, int, float, str]:
        """What is due in time comes first, the last of it in front; then what has no date; then the first due."""
        rows = self.index.targets
        due = rows.rows[each].due
        sort = 1 if due is None else 2 if self.too_late(due) else 0
        end = int(rows.end[each])
        return sort, end if sort else -end, -float(rows.weight[each]), rows.keys[each]

    def _same(self, each: int) -> tuple[str, str | None]:
        """What a target asks for, and by when."""
        row, measure = self.index.targets.rows[each], self.index.measures[int(self.index.targets.measure[each])]
        return sums(ask(row, measure).removeprefix("at ")), row.due

    def _whose(self, targets: Sequence[int]) -> tuple[str, ...]:
        agencies = sorted({int(self.index.targets.agency[each]) for each in targets})
        return tuple(self.index.agencies[who].name for who in agencies)

    def today(self, at: int, wanted: Wanted | None) -> tuple[str | None, tuple[str, ...]]:
        """Where a measure stands at those who have to deliver what is wanted, and at whom; at nobody, it is for all."""
        rows, measure = self.index.targets, self.index.measures[at]
        some = wanted.targets if wanted else ()
        levels = {float(rows.now[each]) for each in some} or {float(self.index.baseline[at])}
        known = sorted(level for level in levels if not math.isnan(level))
        if not known:
            return None, ()
        said = quantity(known[-1], measure.unit)
        own = sorted({int(rows.deliverer[each]) for each in some if rows.own[each]})
        low = "" if len(known) == 1 else f"{number(known[0])} to "
        return sums(f"{low}{said}"), tuple(self.index.agencies[who].name for who in own)

    def met(self, wanted: Wanted | None) -> bool | None:
        """Whether what is wanted is met today; not known of a change from today, nor of a guardrail."""
        rows = self.index.targets
        if wanted is None or any(rows.change[each] or rows.hold[each] for each in wanted.targets):
            return None
        if any(math.isnan(rows.now[each]) for each in wanted.targets):
            return None
        return all(bool(rows.met[each]) for each in wanted.targets)

    def too_late(self, due: str | None) -> bool:
        """Whether a date comes after the year by which it has to show."""
        return due is not None and self.end is not None and last_year(due) > self.end

    def dues(self, at: int) -> dict[str, tuple[str, ...]]:
        """When targets on a measure are due, the first first, with or without a value, and whose they are."""
        rows, live = self.index.targets, self.live(at)
        able = _strongest([self.bases[each] for each in live], live)
        dues = group((due, each) for each in able if (due := rows.rows[each].due))
        return {due: self._whose(dues[due]) for due in sorted(dues, key=lambda due: (last_day(due), due))}


def has_value(row: Target) -> bool:
    """Whether a target says how far, or that nothing may get worse; a way alone is no value.

    >>> has_value(Target(agency="trust", measure="waits", sense="decrease"))
    False
    """
    return row.value is not None or row.sense == "hold"


def _strongest(bases: Sequence[Basis], targets: Sequence[int]) -> list[int]:
    """The targets that are set, or else those that are asked for; what was inferred nobody asks for."""
    for basis in ("set", "asked"):
        if some := [each for each, its in zip(targets, bases, strict=True) if its == basis]:
            return some
    return []
