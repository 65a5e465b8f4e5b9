"""Options from keywords, with faults in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from pydantic import ValidationError

from .errors import OptionError, UnknownWord
from .models.options import Options
from .models.system import System

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
    known = {row.id for row in system.measures}
    for word in (*asked.keep, *asked.drop):
        if word not in known:
            raise UnknownWord(word, known, "a measure")
    kept = set(asked.keep) | (
        {row.id for row in system.measures if row.statutory} if asked.keep_statutory else set[str]()
    )
    both = sorted(kept & set(asked.drop))
    if both:
        raise OptionError(f"Asked to keep and to drop the same: {', '.join(both)}.")
    return asked.model_copy(update={"keep": tuple(sorted(set(asked.keep))), "drop": tuple(sorted(set(asked.drop)))})


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
