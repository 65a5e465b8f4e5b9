"""The smallest repair: the least weight of targets to give up so that all others can be met (METHOD section 5)."""

from __future__ import annotations

from typing import Final

from alignment.judge import repair
from alignment.judge.refuse import refuse
from alignment.models.answers.repair import Repair
from alignment.models.options.feasibility import RepairOptions
from alignment.models.progress import Progress, quiet
from alignment.models.system import System
from alignment.options.verb import verb

from .conflicting_sets import Spent, chosen
from .demands import cores_of, given_up, missing, told
from .hard_facts import check_hard_facts
from .reach import of_sets
from .repair_search import Mended, every_mend, mend
from .witness import Witness, allowed, claims

OTHERS: Final = 10
"""How many repairs that weigh the same the judge looks at."""


@verb(RepairOptions)
def smallest_repair(system: System, asked: RepairOptions, *, progress: Progress = quiet) -> Repair:
    """The least weight of targets to give up such that all others can be met, with proof.

    Parameters
    ----------
    system
        The system.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Repair
        What to give up, what it weighs, and the conflicting sets that prove that nothing lighter is enough.

    Raises
    ------
    InputError
        The hard facts alone contradict each other.
    OptionError
        An option is out of its range.
    SolverTrouble
        The answer did not survive the judge.

    Examples
    --------
    >>> import alignment as al
    >>> repair = al.smallest_repair(al.read(al.example("winter-pressure")), every=True)
    >>> repair.weight, repair.proven, len(repair.repairs)
    (2.0, True, 2)
    """
    cores = cores_of(system, asked)
    found, others, complete = Mended(), list[tuple[int, ...]](), False
    try:
        check_hard_facts(cores)
        found = mend(cores, progress)
        others = [found.given] if found.given is not None else []
        if asked.every and found.proven:
            others, complete = every_mend(cores, found, asked.limit)
    except Spent:
        pass
    except KeyboardInterrupt:
        cores.clock.interrupt()
    keys = cores.moves.index.targets.keys
    given = cores.every.tolist() if found.given is None else others[0]
    repaired = chosen(cores, {demand for each in others for demand in each})
    sets = tuple(told(cores, each) for each in found.contradictions if each.demands)
    answer = Repair(
        system=system.hash,
        given_up=tuple(given_up(cores.moves.index, at) for at in chosen(cores, given)),
        weight=sum(cores.weights[each] for each in given) / 1_000_000,
        bound=found.bound / 1_000_000,
        proven=found.proven and len(cores.moves.targets) > 0,
        repairs=tuple(tuple(keys[at] for at in chosen(cores, each)) for each in others if len(cores.moves.targets)),
        repair_targets=tuple(given_up(cores.moves.index, at) for at in repaired),
        repairs_complete=complete,
        conflicts=sets,
        reaches=of_sets(cores.moves.index, sets),
        apart=found.apart,
        assessed=len(cores.moves.targets),
        not_assessed=missing(cores),
        stopped="finished" if found.proven and (complete or not asked.every) else cores.clock.ending,
    )
    way = None if found.values is None else Witness(cores.moves).way(found.values)
    refuse(repair.objections(system, answer, allowed(asked), claims(cores, found.contradictions), way, OTHERS))
    return answer
