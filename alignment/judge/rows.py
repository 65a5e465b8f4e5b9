"""What one row says: the step of a measure; the wish of a target, what it accepts, needs, leaves and weighs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from alignment.models.fields import first_day, last_day
from alignment.models.system import System
from alignment.models.system.measures import Level, Measure, Target

SAME: Final = 1e-9
"""Two levels that differ by no more, in parts of the larger, are one."""

GOOD: Final = {"higher": 1, "lower": -1}


def step_of(measure: Measure) -> float:
    """One step of a measure, in its unit.

    >>> step_of(Measure(id="wait", name="Wait", baseline=-40))
    2.0
    """
    if measure.step is not None:
        return measure.step
    if measure.floor is not None and measure.ceiling is not None and measure.floor < measure.ceiling:
        return (measure.ceiling - measure.floor) / 20
    return abs(measure.baseline) / 20 if measure.baseline else 1.0


def local(system: System) -> Callable[[Target], Measure]:
    """The measure of a target as its deliverer has it: its own level of today in the baseline's place.

    One step stays one step of the measure. Of several rows of levels the one without a period counts, else the last to
    begin that has begun by the end of the year of `about`.
    """
    measures = {row.id: row for row in system.measures}
    latest: dict[tuple[str, str], Level] = {}
    for row in system.levels:
        before = latest.get((row.measure, row.agency))
        if _begun(row, system.about.year) and (before is None or _later(row, before)):
            latest[row.measure, row.agency] = row
    there = {
        (measure, agency): measures[measure].model_copy(
            update={"baseline": row.value, "step": step_of(measures[measure])}
        )
        for (measure, agency), row in latest.items()
    }

    def of(target: Target) -> Measure:
        return there.get((target.measure, target.deliverer), measures[target.measure])

    return of


def _begun(row: Level, year: int | None) -> bool:
    return row.period is None or year is None or int(row.period[:4]) <= year


def _later(row: Level, other: Level) -> bool:
    if other.period is None:
        return False
    return row.period is None or (first_day(row.period), last_day(row.period)) > (
        first_day(other.period),
        last_day(other.period),
    )


def weight_of(target: Target) -> float:
    """What a target weighs; a blank is 1."""
    return 1.0 if target.weight is None else target.weight


def good_of(measure: Measure) -> int:
    """The way that is better for people: +1, -1, or 0 where there is none."""
    return GOOD.get(measure.direction or "", 0)


def wish_of(target: Target, measure: Measure) -> int:
    """The way a target wants its measure to move: +1, -1, or 0 within a band or where nobody knows.

    >>> wait = Measure(id="wait", name="Wait", baseline=1)
    >>> wish_of(Target(agency="a", measure="wait", sense="between", value=2, upper=4), wait)
    1
    """
    if target.sense == "hold":
        return good_of(measure)
    if target.sense != "between":
        return 1 if target.sense in ("at_least", "increase") else -1
    base = measure.baseline
    if base is None or target.value is None or target.upper is None:
        return 0
    return 1 if base < target.value else -1 if base > target.upper else 0


def accepted_by(target: Target, measure: Measure) -> tuple[float, float]:
    """The least and the largest level that satisfy a target, both nan where that is not known.

    >>> wait = Measure(id="wait", name="Wait", baseline=8, step=2)
    >>> accepted_by(Target(agency="a", measure="wait", sense="decrease"), wait)
    (-inf, 6.0)
    """
    base, value = measure.baseline, target.value
    if target.sense in ("at_least", "at_most", "between"):
        assert value is not None
        top = target.upper if target.sense == "between" else value
        assert top is not None
        return (-np.inf if target.sense == "at_most" else value), (np.inf if target.sense == "at_least" else top)
    if base is None:
        return np.nan, np.nan
    if target.sense == "hold":
        far, good = value or 0.0, good_of(measure)
        return (-np.inf if good < 0 else base - far), (np.inf if good > 0 else base + far)
    far = step_of(measure) if value is None else value
    return (base + far, np.inf) if target.sense == "increase" else (-np.inf, base - far)


def is_met(target: Target, measure: Measure) -> bool:
    """Whether today's level is known to satisfy a target."""
    base, (low, high) = measure.baseline, accepted_by(target, measure)
    return base is not None and not_above(low, base) and not_above(base, high)


def not_above(one: float, two: float) -> bool:
    """Whether one level is at most another, or the same but for rounding.

    >>> not_above(0.1 + 0.2, 0.3)
    True
    """
    if one <= two:
        return True
    return bool(np.isfinite(one) and np.isfinite(two)) and one - two <= SAME * max(abs(one), abs(two))


def need_of(target: Target, measure: Measure) -> float:
    """The steps from the baseline to what satisfies a target; where that is not known 1.

    >>> wait = Measure(id="wait", name="Wait", baseline=8, step=2)
    >>> need_of(Target(agency="a", measure="wait", sense="at_most", value=3), wait)
    2.5
    """
    if target.sense == "hold" or is_met(target, measure):
        return 0.0
    if target.sense in ("increase", "decrease"):
        return 1.0 if target.value is None else target.value / step_of(measure)
    if measure.baseline is None:
        return 1.0
    low, high = accepted_by(target, measure)
    return max(low - measure.baseline, measure.baseline - high) / step_of(measure)


def slack_of(target: Target, measure: Measure) -> float:
    """The steps that a measure may move against the wish before a target is missed.

    >>> wait = Measure(id="wait", name="Wait", baseline=8, step=2, direction="lower")
    >>> slack_of(Target(agency="a", measure="wait", sense="hold", value=1), wait)
    0.5
    """
    if target.sense == "hold":
        return (target.value or 0.0) / step_of(measure)
    wish = wish_of(target, measure)
    if not wish or measure.baseline is None or not is_met(target, measure):
        return 0.0
    low, high = accepted_by(target, measure)
    return max(0.0, measure.baseline - low if wish > 0 else high - measure.baseline) / step_of(measure)


def pushes(target: Target, measure: Measure) -> bool:
    """Whether a target wants its measure to move; if not it guards."""
    return target.sense != "hold" and wish_of(target, measure) != 0 and not is_met(target, measure)


def asked_of(target: Target, measure: Measure) -> tuple[float, float]:
    """The least and the most steps from the baseline that satisfy a target; a change without a value is one step.

    >>> wait = Measure(id="wait", name="Wait", baseline=8, step=2)
    >>> asked_of(Target(agency="a", measure="wait", sense="at_most", value=4), wait)
    (-inf, -2.0)
    """
    base, step = measure.baseline or 0.0, step_of(measure)
    value = target.value
    if target.sense == "hold":
        margin, good = (value or 0.0) / step, good_of(measure)
        return (-np.inf if good < 0 else -margin), (np.inf if good > 0 else margin)
    if target.sense in ("increase", "decrease"):
        size = 1.0 if value is None else value / step
        return (size, np.inf) if target.sense == "increase" else (-np.inf, -size)
    assert value is not None
    top = target.upper if target.sense == "between" else value
    assert top is not None
    low = -np.inf if target.sense == "at_most" else (value - base) / step
    return low, (np.inf if target.sense == "at_least" else (top - base) / step)
