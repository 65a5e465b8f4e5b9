"""The set of measures that a lens looks at: the one given, or the proposed one."""

from __future__ import annotations

from alignment.aligned_set.proposal import propose
from alignment.errors import UnknownWord
from alignment.models.answers.answer import Stop
from alignment.models.options.lenses import SetLensOptions
from alignment.models.system import System


def chosen(system: System, asked: SetLensOptions) -> tuple[tuple[str, ...], Stop]:
    """The measures that are kept, by id, in order, and why the search for them ended.

    Parameters
    ----------
    system
        The system.
    asked
        The set, or what is asked of the proposed one.

    Raises
    ------
    UnknownWord
        A measure of the set is not known.
    NoAlignedSet
        No set was given, and none meets all wishes.
    """
    if asked.measures is None:
        proposal = propose(system, asked.of_set)
        return proposal.measures, proposal.stopped
    known = {row.id for row in system.measures}
    for word in asked.measures:
        if word not in known:
            raise UnknownWord(word, known, "a measure")
    return tuple(sorted(set(asked.measures))), "finished"
