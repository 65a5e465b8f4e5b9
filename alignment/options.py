"""Options from keywords, with faults in sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from pydantic import ValidationError

from .errors import OptionError, UnknownWord
from .models.options.aligned_set import Options
from .models.system import System
from .models.system.keys import Keys

DENOMINATOR: Final = 1_000
"""The largest number below the line of a share or price."""


def options_of(system: System, options: Options | None, wishes: Mapping[str, Any]) -> Options:
    """Options, from themselves or from keywords, checked against a system.

    Raises
    ------
    UnknownWord
        A keyword or a measure is not known.
    OptionError
        A value is out of its range, or keep and drop contradict each other.
    """
    for word in wishes:
        if word not in Options.model_fields:
            raise UnknownWord(word, Options.model_fields, "an option")
    try:
        asked = Options.model_validate({**(options.model_dump() if options else {}), **wishes})
    except ValidationError as error:
        raise OptionError(_sentences(error)) from None
    _all_known(system, asked)
    return asked.model_copy(update=_in_order(asked))


def _all_known(system: System, asked: Options) -> None:
    """Refuse ids that the system does not have."""
    measures, agencies = {row.id for row in system.measures}, {row.id for row in system.agencies}
    targets = set(system.derive(Keys).of("targets"))
    named = () if isinstance(asked.candidates, str) else asked.candidates
    for words, known, noun in (
        ((*asked.keep, *asked.drop, *named), measures, "a measure"),
        (asked.weights, agencies | targets, "an agency or a target"),
        (asked.power, agencies, "an agency"),
    ):
        for word in words:
            if word not in known:
                raise UnknownWord(word, known, noun)


def _in_order(asked: Options) -> dict[str, Any]:
    """The wishes that are lists, without repeats and in order: the same wish is the same record."""
    lists = {name: tuple(sorted(set(getattr(asked, name)))) for name in ("keep", "drop")}
    if not isinstance(asked.candidates, str):
        lists["candidates"] = tuple(sorted(set(asked.candidates)))
    return {**lists, **{name: dict(sorted(getattr(asked, name).items())) for name in ("weights", "power")}}


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
    keys = system.derive(Keys)
    targets = tuple(
        row.model_copy(update={"weight": _times(row.weight, factors.get(row.agency, 1), factors.get(key, 1))})
        for row, key in zip(system.targets, keys.of("targets"), strict=True)
    )
    agencies = tuple(
        row.model_copy(update={"power": power[row.id]}) if row.id in power else row for row in system.agencies
    )
    tables: dict[str, Any] = {name: getattr(system, name) for name in type(system).model_fields}
    found = System.model_construct(None, **{**tables, "targets": targets, "agencies": agencies})
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


def _sentences(error: ValidationError) -> str:
    return " ".join(
        f"{'.'.join(str(part) for part in each['loc'][:1])} is {each['input']!r}: {each['msg'].lower()}."
        for each in error.errors(include_url=False)
    )
