"""The system in which targets count for, and agencies have the power, that is asked for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from alignment.models.fields import unchecked
from alignment.models.memory import Memory
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.models.system.keys import Keys

DENOMINATOR: Final = 1_000
"""The largest number below the line of a share or price."""


def weighed(system: System, options: Options) -> System:
    """The system in which targets count for, and agencies have the power, that is asked for.

    A target's weight is rounded to millionths, and is never less than one.

    Parameters
    ----------
    system
        The system.
    options
        Its `weights` and `power`.
    """
    if not options.weights and not options.power:
        return system
    mark = (options.weights, options.power)
    return system.derive(_weighed_so_far).get(mark, lambda: _weighed(system, options.weights, options.power))


MOST_WEIGHED: Final = 8
"""How many weighed systems are kept with a system."""


def _weighed_so_far(_: System) -> Memory[System]:
    """The weighed systems asked for last."""
    return Memory[System](MOST_WEIGHED)


def _weighed(system: System, factors: Mapping[str, float], power: Mapping[str, float]) -> System:
    keys = system.derive(Keys)
    targets = tuple(
        unchecked(row, weight=_times(row.weight, factors.get(row.agency, 1), factors.get(key, 1)))
        for row, key in zip(system.targets, keys.of("targets"), strict=True)
    )
    agencies = tuple(unchecked(row, power=power[row.id]) if row.id in power else row for row in system.agencies)
    found = unchecked(system, targets=targets, agencies=agencies)
    # Whatever they weigh, the rows are those of the system given, and go by the keys that they have there.
    found.keep(Keys, keys)
    return found


def _times(weight: float | None, *factors: float) -> float:
    return max(1e-6, round((1.0 if weight is None else weight) * math.prod(factors), 6))


def short_fraction(value: float) -> Fraction:
    """A share or price as the nearest fraction with at most 1,000 below the line.

    What people mean by 0.3333333333333333 is a third.

    >>> short_fraction(1 / 3), short_fraction(0.1 + 0.2)
    (Fraction(1, 3), Fraction(3, 10))
    """
    return Fraction(repr(float(value))).limit_denominator(DENOMINATOR)
