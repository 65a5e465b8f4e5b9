"""Why this one, and what else: the reasons of an aligned set, and the sets that are as good."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .errors import OptionError
from .models.defaults import LIMIT, Progress, quiet
from .models.options import Options
from .models.reasons import Alternatives, Reasons
from .models.system import System
from .programme.pricing import Reasoning
from .proposal import propose


def why(
    system: System,
    measures: Iterable[str] | None = None,
    options: Options | None = None,
    progress: Progress = quiet,
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
    return _reasoning(system, options, progress, wishes).reasons(measures, progress)


def alternatives(
    system: System,
    within: float = 0.0,
    limit: int = LIMIT,
    options: Options | None = None,
    progress: Progress = quiet,
    **wishes: Any,
) -> Alternatives:
    """The sets that are as good as the proposed one, or nearly, and which measures are in all of them.

    Parameters
    ----------
    system
        The system.
    within
        By what share residual conflict and burden may be worse than the best; unserved duties may not. Above 0,
        voice and change are told but not asked for, and no set holds all of another: none has a measure too many.
        0 is the best sets: as good in every stage.
    limit
        How many sets to look for.
    options
        What is asked of the sets; or give its fields as keywords.
    progress
        Told in words what is being done.
    **wishes
        Fields of `alignment.models.Options`.

    Returns
    -------
    Alternatives
        The proposed set first, then those most like it, each with what distinguishes it; whether these are all.

    Raises
    ------
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set of measures meets all wishes.

    Examples
    --------
    >>> import alignment as al
    >>> print(al.alternatives(al.read(al.example("winter-pressure"))).headline)
    Exactly 1 set is best.
    """
    if not 0 <= within <= 1:
        raise OptionError(f"within is a share from 0 to 1, not {within}.")
    if limit < 1:
        raise OptionError(f"limit is at least 1, not {limit}.")
    return _reasoning(system, options, progress, wishes).alternatives(within, limit, progress)


def _reasoning(
    system: System, options: Options | None, progress: Callable[[str], None], wishes: dict[str, Any]
) -> Reasoning:
    found = propose(system, options, progress, **wishes).reasoning
    assert isinstance(found, Reasoning)
    return found
