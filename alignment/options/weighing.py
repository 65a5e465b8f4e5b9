"""The system in which targets count for, and agencies have the power, that is asked for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from alignment.models.options.aligned_set import Options
from alignment.models.system import System

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
    kept = system.derive(_Weighed).systems
    mark = (tuple(options.weights.items()), tuple(options.power.items()))
    if mark not in kept:
        kept[mark] = _weighed(system, options.weights, options.power)
    return kept[mark]


class _Weighed:
    """The weighed systems asked for so far."""

    def __init__(self, _: System) -> None:
        self.systems: dict[Any, System] = {}


def _weighed(system: System, factors: Mapping[str, float], power: Mapping[str, float]) -> System:
    targets = tuple(
        row.model_copy(update={"weight": _times(row.weight, factors.get(row.agency, 1), factors.get(row.id or "", 1))})
        for row in system.targets
    )
    agencies = tuple(
        row.model_copy(update={"power": power[row.id]}) if row.id in power else row for row in system.agencies
    )
    tables: dict[str, Any] = {name: getattr(system, name) for name in type(system).model_fields}
    return System.model_construct(None, **{**tables, "targets": targets, "agencies": agencies})


def _times(weight: float | None, *factors: float) -> float:
    return max(1e-6, round((1.0 if weight is None else weight) * math.prod(factors), 6))


def short_fraction(value: float) -> Fraction:
    """A share or price as the nearest fraction with at most 1,000 below the line.

    What people mean by 0.3333333333333333 is a third.

    >>> short_fraction(1 / 3), short_fraction(0.1 + 0.2)
    (Fraction(1, 3), Fraction(3, 10))
    """
    return Fraction(repr(float(value))).limit_denominator(DENOMINATOR)
