"""Why this one, and what else: the reasons of an aligned set, and the sets that are as good."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from alignment.models.answers.reasons import Reasons
from alignment.models.options.aligned_set import Options
from alignment.models.system import System

from .prices import Reasoning
from .proposal import propose


def why(
    system: System,
    measures: Iterable[str] | None = None,
    options: Options | None = None,
    progress: Callable[[str], None] = lambda _: None,
    **wishes: Any,
) -> Reasons:
    """Why measures are kept or not, and what it would cost to do otherwise.

    The price of leaving out a kept measure is what the best set without it is worse by, stage by stage; the price of
    keeping any other is the same for the best set with it. Both are exact: another search, judged like the first.

    Parameters
    ----------
    system
        The system.
    measures
        Ids; blank is every measure.
    options
        What is asked of the set; or give its fields as keywords.
    progress
        Told in words what is being done.
    **wishes
        Fields of `alignment.models.Options`.

    Returns
    -------
    Reasons
        For each measure the decision, its reason, its prices, what comes and goes instead, and whether it is in every,
        some or no best set.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set of measures meets all wishes.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> al.why(system, ["patient-experience"]).measures[0].decision
    'kept'
    """
    return reasoning_of(system, options, progress, wishes).reasons(measures, progress)


def reasoning_of(
    system: System, options: Options | None, progress: Callable[[str], None], wishes: dict[str, Any]
) -> Reasoning:
    """What answers questions about the proposed set."""
    found = propose(system, options, progress, **wishes).reasoning
    assert isinstance(found, Reasoning)
    return found
