"""What one row says: the step of a measure, the wish of a target, what it asks for, what it weighs."""

from __future__ import annotations

import numpy as np

from alignment.models.system.measures import Measure, Target


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


def weight_of(target: Target) -> float:
    """What a target weighs; a blank is 1."""
    return 1.0 if target.weight is None else target.weight


def wish_of(target: Target, baseline: float | None) -> int:
    """The way a target wants its measure to move: +1, -1, or 0 within a band or where nobody knows.

    >>> wish_of(Target(agency="a", measure="m", sense="between", value=2, upper=4), 1)
    1
    """
    if target.sense != "between":
        return 1 if target.sense in ("at_least", "increase") else -1
    if baseline is None or target.value is None or target.upper is None:
        return 0
    return 1 if baseline < target.value else -1 if baseline > target.upper else 0


def asked_of(target: Target, measure: Measure) -> tuple[float, float]:
    """The least and the most steps from the baseline that satisfy a target; a change without a value is one step.

    >>> wait = Measure(id="wait", name="Wait", baseline=8, step=2)
    >>> asked_of(Target(agency="a", measure="wait", sense="at_most", value=4), wait)
    (-inf, -2.0)
    """
    base, step = measure.baseline or 0.0, step_of(measure)
    value = target.value
    if target.sense in ("increase", "decrease"):
        size = 1.0 if value is None else value / step
        return (size, np.inf) if target.sense == "increase" else (-np.inf, -size)
    assert value is not None
    top = target.upper if target.sense == "between" else value
    assert top is not None
    low = -np.inf if target.sense == "at_most" else (value - base) / step
    return low, (np.inf if target.sense == "at_least" else (top - base) / step)
