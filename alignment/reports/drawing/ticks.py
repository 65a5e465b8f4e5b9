"""Round figures for an axis."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
"""What between two figures of an axis is round, times a power of ten."""


def ticks(values: Iterable[float], most: int = 5, *, whole: bool = False) -> list[float]:
    """Round figures that lie as far apart as each other and hold all values between them.

    Parameters
    ----------
    values
        What is to lie between them.
    most
        How many steps there are at most between the first and the last.
    whole
        Whether only whole numbers will do, as for counts.

    Examples
    --------
    >>> ticks([1, 22], whole=True), ticks([0, 0.97]), ticks([3, 3], whole=True)
    ([0.0, 5.0, 10.0, 15.0, 20.0, 25.0], [0.0, 0.2, 0.4, 0.6, 0.8, 1.0], [3.0, 4.0])
    """
    some = list(values)
    low, high = min(some), max(some)
    if high <= low:
        high = low + 1
    step = _step((high - low) / most, whole=whole)
    # From one round figure below to one above there may be a step more than fits.
    while math.ceil(high / step - 1e-9) - math.floor(low / step + 1e-9) > most:
        step = _step(step * 1.01, whole=whole)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * at, 9) for at in range(first, last + 1)]


def _step(least: float, *, whole: bool) -> float:
    """The least round step that is no smaller."""
    power = 10.0 ** math.floor(math.log10(least))
    tries = (step * power * ten for ten in (1.0, 10.0) for step in STEPS)
    return next(step for step in tries if step >= least * (1 - 1e-9) and (not whole or step.is_integer()))
