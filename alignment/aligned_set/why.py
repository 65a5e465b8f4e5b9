"""Why this one, and what else: the reasons of an aligned set, and the sets that are as good."""

from __future__ import annotations

from alignment.models.answers.reasons import Reasons
from alignment.models.options.aligned_set import Options, WhyOptions
from alignment.models.progress import Progress, quiet
from alignment.models.system import System
from alignment.options.verb import verb

from .proposal import propose
from .reasons import Reasoning


@verb(WhyOptions, "measures", "options", "progress")
def why(system: System, asked: WhyOptions, progress: Progress = quiet) -> Reasons:
    """Why measures are kept or not, and what it would cost to do otherwise.

    The price of leaving out a kept measure is what the best set without it is worse by, stage by stage; the price of
    keeping any other is the same for the best set with it. Both are exact: another search, judged like the first.

    Parameters
    ----------
    system
        The system.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

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
    return reasoning_of(system, asked.of_set, progress).reasons(asked.measures, progress)


def reasoning_of(system: System, options: Options, progress: Progress) -> Reasoning:
    """What answers questions about the proposed set."""
    found = propose(system, options, progress).reasoning
    assert isinstance(found, Reasoning)
    return found
