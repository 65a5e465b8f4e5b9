"""Minimal sets of targets that cannot all be met, though every part of each can (METHOD section 5)."""

from __future__ import annotations

from itertools import islice
from typing import Final

from alignment.judge import joint
from alignment.judge.refuse import refuse
from alignment.models.answers.joint import JointConflicts
from alignment.models.options.feasibility import JointOptions
from alignment.models.progress import Progress, quiet
from alignment.models.system import System
from alignment.options.verb import verb

from .conflicting_sets import Spent
from .demands import cores_of, expanded, missing
from .enumeration import Listed, list_all
from .hard_facts import check_hard_facts
from .reach import of_sets
from .repair_search import mend
from .witness import allowed, claims

LIMIT: Final = 1000
"""How many sets are listed unless more are asked for."""


@verb(JointOptions, "limit")
def find_joint_conflicts(system: System, asked: JointOptions, *, progress: Progress = quiet) -> JointConflicts:
    """Minimal sets of targets that cannot all be met, though any part of each can.

    By default those that prove the smallest repair: enough that whatever hits all of them lets the rest be met.

    Parameters
    ----------
    system
        The system.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    JointConflicts
        The sets, smallest first, each verified without the solver, and whether these are all.

    Raises
    ------
    InputError
        The hard facts alone contradict each other.
    OptionError
        An option is out of its range.
    SolverTrouble
        The answer did not survive the judge.

    References
    ----------
    Gleeson and Ryan (1990), Identifying minimally infeasible subsystems of inequalities, ORSA Journal on Computing 2.
    Liffiton and others (2016), Fast, flexible MUS enumeration, Constraints 21. Davies and Bacchus (2011), Solving
    MAXSAT by solving a sequence of simpler SAT instances, CP 2011.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.find_joint_conflicts(al.read(al.example("winter-pressure")), every=True)
    >>> [each.size for each in found.sets], found.complete
    ([2, 2, 2], True)
    """
    cores = cores_of(system, asked)
    listed = Listed()
    try:
        check_hard_facts(cores)
        if asked.every:
            listed = list_all(cores, limit=asked.limit, tell=progress)
        else:
            mended = mend(cores, progress)
            proven = mended.proven and not mended.contradictions
            found = sorted(mended.contradictions, key=lambda each: (len(each.demands), each.demands))
            listed = Listed(found, proven, len(cores) if proven else 0)
    except Spent:
        pass
    except KeyboardInterrupt:
        cores.clock.interrupt()
    sets = list(islice(expanded(cores, listed.contradictions, every=asked.every), asked.limit + 1))
    sets = sorted(sets, key=lambda each: (each.size, each.targets))
    answer = JointConflicts(
        system=system.hash,
        sets=tuple(sets[: asked.limit]),
        reaches=of_sets(cores.moves.index, sets[: asked.limit]),
        complete=len(cores.moves.targets) > 0 and listed.complete and len(sets) <= asked.limit,
        up_to=min([listed.up_to, *(each.size - 1 for each in sets[asked.limit :])]),
        assessed=len(cores.moves.targets),
        not_assessed=missing(cores),
        stopped=cores.clock.ending,
    )
    refuse(joint.objections(system, answer, allowed(asked), claims(cores, listed.contradictions)))
    return answer
