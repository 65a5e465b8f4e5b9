"""The sets that are as good as the proposed one, or nearly."""

from __future__ import annotations

from alignment.models.answers.alternatives import Alternatives
from alignment.models.options.aligned_set import AlternativeOptions
from alignment.models.progress import Progress, quiet
from alignment.models.system import System
from alignment.options.verb import verb

from .why import reasoning_of


@verb(AlternativeOptions, "within", "limit", "options", "progress")
def alternatives(system: System, asked: AlternativeOptions, progress: Progress = quiet) -> Alternatives:
    """The sets that are as good as the proposed one, or nearly, and which measures are in all of them.

    Parameters
    ----------
    system
        The system.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

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
    return reasoning_of(system, asked.of_set, progress).alternatives(asked.within, asked.limit, progress)
