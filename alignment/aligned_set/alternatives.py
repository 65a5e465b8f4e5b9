"""The sets that are as good as the proposed one, or nearly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from alignment.errors import OptionError
from alignment.models.answers.alternatives import Alternatives
from alignment.models.options.aligned_set import Options
from alignment.models.options.defaults import LIMIT
from alignment.models.system import System

from .reasons import reasoning_of


def alternatives(
    system: System,
    within: float = 0.0,
    limit: int = LIMIT,
    options: Options | None = None,
    progress: Callable[[str], None] = lambda _: None,
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
    return reasoning_of(system, options, progress, wishes).alternatives(within, limit, progress)
