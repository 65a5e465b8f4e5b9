"""One target a measure: what all who work to a kept measure could share, where today they ask for different things.

Where a baseline is known, the values of section 5 of the method: the least concessions with which all that differ can
be met together, and of those the most demanding, which meets them all. Else the weighted median of today's values. The
date is the latest of today's. Whatever differs today is a proposal to negotiate.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from alignment.errors import InputError
from alignment.feasibility.shared_values import shared_values
from alignment.index import Index, group, positions
from alignment.models.answers.adoption import Basis, OneTarget
from alignment.models.answers.shared_values import SharedValues
from alignment.models.fields import last_day
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.models.system.measures import Measure, Target
from alignment.wording import ask, quoted

MANY: Final = 1_000
"""Of more targets that differ no values are shared: fairness to the last of them takes longer than the set itself."""

DIGITS: Final = 4
"""A value that nobody asks for is told to so many digits that count."""


@dataclass(frozen=True)
class _Ask:
    """What a target asks for, so that it can be compared with others on its measure.

    Attributes
    ----------
    key
        The key of the target.
    wish
        The way it wants the measure to move.
    known
        Whether value is a level; else it is the size of a change, or nothing. Of changes that bodies make from
        different levels of today it is the size that can be compared.
    value, upper
        In the measure's unit.
    due
        When it is due.
    weight
        What it counts for.
    row
        The target.
    """

    key: str
    wish: int
    known: bool
    value: float | None
    upper: float | None
    due: str | None
    weight: float
    row: Target

    @property
    def what(self) -> tuple[object, ...]:
        """Targets that ask for the same are alike in this, whenever it is due."""
        return self.wish, self.known, self.value, self.upper


class OneTargets:
    """The one target of each kept measure.

    Parameters
    ----------
    system
        The system, with weights as they are asked for.
    kept
        The set, by position.
    options
        What was asked of it.
    shared
        Values that all targets on the set could share, where they were worked out.
    seconds
        How long there is to look for them else.
    """

    def __init__(
        self, system: System, kept: Iterable[int], options: Options, shared: SharedValues | None, seconds: float
    ) -> None:
        self._system, self._options, self._seconds = system, options, seconds
        self._index = system.derive(Index)
        self._asks = {at: self._asked(at) for at in kept if at in self._index.by_measure}
        self._shared = shared

    def of(self, at: int) -> OneTarget | None:
        """The one target of a kept measure; nothing where nobody has a target on it today."""
        asks = self._asks.get(at)
        if not asks:
            return None
        due = max((each.due for each in asks if each.due), key=last_day, default=None)
        if not self._differ(asks):
            one = next((each for each in asks if each.value is not None), asks[0])
            dates = {each.due for each in asks if each.due}
            return self._told(at, asks, one.row, due, "agreed" if len(dates) < 2 else "latest date")
        # What each holds, or changes from a level of its own, is no level that all could share.
        own = any(each.row.sense == "hold" or (each.value is not None and not each.known) for each in asks)
        values = [] if own else [self._values[each.key] for each in asks if each.key in self._values]
        if len(values) == len(asks):
            pairs = list(zip(asks, values, strict=True))
            return self._told(at, asks, self._met_by_all(at, pairs), due, "shared value")
        return self._told(at, asks, self._middle(at, asks), due, "median")

    @staticmethod
    def _differ(asks: Sequence[_Ask]) -> bool:
        """Whether they want it two ways, or name more than one value; who names none takes that of others."""
        return len({each.wish for each in asks}) > 1 or len({each.what for each in asks if each.value is not None}) > 1

    def _asked(self, at: int) -> tuple[_Ask, ...]:
        """What is asked of a measure.

        Lapsed targets, inferred wishes and guardrails only where there are no others; of the milestones of one body the
        last.
        """
        index, targets = self._index, self._index.targets
        left = positions(index.by_measure[at])
        rows = targets.rows
        left = [row for row in left if index.live[row]] or left
        left = [row for row in left if not rows[row].revealed] or left
        left = [row for row in left if rows[row].sense != "hold"] or left
        last: dict[tuple[int, int, int, int], int] = {}
        for row in left:
            mark = tuple(
                int(each[row]) for each in (targets.agency, targets.deliverer, targets.wish, targets.population)
            )
            if mark not in last or targets.end[last[mark]] < targets.end[row]:  # pyright: ignore[reportArgumentType]
                last[mark] = row  # pyright: ignore[reportArgumentType]
        begins = {str(targets.now[row]) for row in last.values() if targets.change[row]}
        return tuple(self._ask(row, one_place=len(begins) < 2) for row in sorted(last.values()))

    def _ask(self, at: int, *, one_place: bool) -> _Ask:
        targets = self._index.targets
        row, low, high = targets.rows[at], float(targets.low[at]), float(targets.high[at])
        if row.sense == "between":
            value, upper, known = row.value, row.upper, True
        elif row.sense == "hold":
            value, upper, known = row.value or 0.0, None, False
        elif row.sense in ("increase", "decrease") and row.value is None:
            value, upper, known = None, None, False
        else:
            level = low if targets.wish[at] > 0 else high
            if targets.change[at] and not one_place:
                level = math.nan
            known, upper = not math.isnan(level), None
            value = level if known else row.value
        weight = float(targets.weight[at])
        return _Ask(targets.keys[at], int(targets.wish[at]), known, value, upper, row.due, weight, row)

    @cached_property
    def _values(self) -> Mapping[str, float]:
        """The shared value of each target on a measure of which different things are asked."""
        found = self._shared
        if found is None:
            places = [at for at, asks in self._asks.items() if self._differ(asks)]
            if not places or sum(len(self._index.by_measure[at]) for at in places) > MANY:
                return {}
            ids = [self._index.measures[at].id for at in places]
            asked = self._options
            try:
                found = shared_values(
                    self._system,
                    ids,
                    reach=asked.reach,
                    prices=False,
                    steps=asked.steps,
                    decay=asked.decay,
                    evidence=asked.evidence,
                    time_limit=self._seconds,
                )
            except InputError:  # hard facts that contradict each other: nothing can be assessed
                return {}
        return {row.target: row.shared for row in found.targets}

    def _met_by_all(self, at: int, pairs: Sequence[tuple[_Ask, float]]) -> Target:
        """The target that meets all shared values: the most demanding of them, or a band between two ways."""
        # A change of which nobody says how large is met by any that others ask for.
        sized = [(each, value) for each, value in pairs if each.value is not None]
        ways = {each.wish for each, _ in sized}
        some = [*sized, *((each, value) for each, value in pairs if each.value is None and each.wish not in ways)]
        up = [value for each, value in some if each.wish > 0]
        down = [value for each, value in some if each.wish < 0]
        ends = [end for each, _ in pairs if each.wish == 0 for end in (each.value, each.upper) if end is not None]
        low = max(up, default=None)
        high = min(down, default=None)
        if ends:
            return self._target(at, "between", min(ends), max(ends))
        if low is not None and high is not None:
            return self._target(at, "between", min(low, high), max(low, high))
        return self._target(at, "at_least", low) if low is not None else self._target(at, "at_most", high)

    def _middle(self, at: int, asks: Sequence[_Ask]) -> Target:
        """The weighted median of the values that can be compared, of the way and sort that weigh most."""
        sorts = group(((each.wish, each.known, each.value is not None), each) for each in asks)
        # Of those with a value, the heaviest sort.
        mark = max(sorts, key=lambda mark: (mark[2], sum(each.weight for each in sorts[mark]), mark[0]))
        wish, known, valued = mark
        some = sorts[mark]
        if not valued:
            return self._target(at, "increase" if wish > 0 else "decrease", None)
        value = _median([(each.value or 0.0, each.weight) for each in some])
        if all(each.row.sense == "hold" for each in some):
            return self._target(at, "hold", value)
        if wish == 0:
            upper = _median([(each.upper or 0.0, each.weight) for each in some])
            return self._target(at, "between", value, max(value, upper))
        if known:
            return self._target(at, "at_least" if wish > 0 else "at_most", value)
        return self._target(at, "increase" if wish > 0 else "decrease", value)

    def _target(self, at: int, sense: str, value: float | None, upper: float | None = None) -> Target:
        asked = {end for each in self._asks[at] for end in (each.value, each.upper)}
        value, upper = (each if each in asked else _short(each) for each in (value, upper))
        agency = self._asks[at][0].row.agency
        return Target(agency=agency, measure=self._index.measures[at].id, sense=sense, value=value, upper=upper)  # pyright: ignore[reportArgumentType]

    def _told(self, at: int, asks: Sequence[_Ask], row: Target, due: str | None, basis: Basis) -> OneTarget:
        measure = self._index.measures[at]
        weights = group((_in_words(each.row, each.due, measure), each.weight) for each in asks)
        today = tuple(sorted(weights, key=lambda words: (-sum(weights[words]), words)))
        said = f"{quoted(measure.name)}: {_in_words(row, due, measure)}"
        more = ""
        if basis != "agreed":
            value = float("nan") if row.value is None else row.value
            most = basis == "shared value" and any(math.isclose(value, each.value or 0.0) for each in asks)
            why = "the most that is asked" if most else BASES[basis]
            more = f", to be negotiated: {why}; today {' or '.join(today)}"
        return OneTarget(
            sense=row.sense,
            value=row.value,
            upper=row.upper,
            due=due,
            basis=basis,
            today=today,
            sentence=f"{said}{more}.",
        )


BASES: Mapping[Basis, str] = {
    "shared value": "each giving way as little as can be",
    "median": "the middle of what is asked",
    "latest date": "the latest date",
}
"""Where a target to negotiate comes from."""


def _short(value: float | None) -> float | None:
    """A number to four digits that count.

    >>> _short(14321.514), _short(0.123456), _short(None)
    (14320.0, 0.1235, None)
    """
    return None if value is None else float(f"{value:.{DIGITS}g}")


def _in_words(row: Target, due: str | None, measure: Measure) -> str:
    said = ask(row, measure).removeprefix("at ")
    return said + (f" (due {due})" if due else "")


def _median(pairs: Iterable[tuple[float, float]]) -> float:
    """The lower weighted median.

    >>> _median([(90, 1.0), (95, 1.0), (97, 0.5)])
    95
    """
    ordered = sorted(pairs)
    half, so_far = sum(weight for _, weight in ordered) / 2, 0.0
    for value, weight in ordered:
        so_far += weight
        if so_far >= half - 1e-12:
            return value
    return ordered[-1][0]
