"""The smallest repair: what is given up weighs what it is said to, the rest can be met, and nothing lighter would do.

The last rests on the conflicting sets of the answer: each is confirmed, and the least weight that hits them all is
found again, by trying.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from alignment.models.answers.achieve import GivenUp
from alignment.models.answers.repair import Repair
from alignment.models.system import System

from .claims import Claim, Sets
from .feasibility import TOLERANCE, Allowed, Demand, Feasibility, Way
from .hitting import lightest
from .joint import of_assessed, of_sets
from .rows import weight_of

MICRO = 1_000_000
"""Weights are counted in millionths."""


def objections(
    system: System,
    answer: Repair,
    allowed: Allowed | None = None,
    claims: Iterable[Claim] = (),
    way: Way | None = None,
    others: int | None = None,
) -> tuple[str, ...]:
    """What is wrong with a repair, in words.

    Parameters
    ----------
    system
        The system.
    answer
        The repair.
    allowed
        What moves were allowed.
    claims
        What the search can show for conflicting sets; those it shows nothing for are worked out.
    way
        A way that meets what is not given up, where one is known.
    others
        How many of the repairs of that weight are looked at; None is all.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> objections(system, al.smallest_repair(system, every=True))
    ()
    """
    able = Feasibility(system, allowed)
    found = [*of_assessed(able, answer.assessed, answer.not_assessed)]
    if found or not answer.repairs:
        return tuple(found)
    found += of_given_up(able, answer.given_up)
    given = [row.target for row in answer.given_up]
    if round(answer.weight * MICRO) != weight_given(able, given):
        found.append(f"what is given up weighs {weight_given(able, given) / MICRO:g}, not {answer.weight:g}")
    found += of_rest(able, given, way)
    for each in answer.repairs[:others]:
        if weight_given(able, each) != weight_given(able, given):
            found.append(f"to give up {', '.join(each)} weighs {weight_given(able, each) / MICRO:g}")
        if set(each) != set(given):
            found += of_rest(able, each)
    sets = Sets(able, claims)
    found += of_sets(sets, answer.conflicts)
    bound = answer.weight if answer.proven else answer.bound
    return (*found, *(() if found else of_bound(sets, [each.targets for each in answer.conflicts], bound)))


def of_given_up(able: Feasibility, rows: Iterable[GivenUp]) -> Iterator[str]:
    """What is wrong with what is said of targets that are given up."""
    for row in rows:
        target = able.targets.get(row.target)
        if target is None:
            yield f"{row.target} is no target that can be assessed"
        elif (row.agency, row.measure, row.weight, row.level_of) != (
            target.agency,
            target.measure,
            weight_of(target),
            able.level_of(target),
        ):
            yield f"{row.target} is another target than is said"


def of_rest(able: Feasibility, given: Collection[str], way: Way | None = None) -> Iterator[str]:
    """What is wrong with what is said to be met once some targets are given up."""
    rest = [key for key in able.demands if key not in given]
    if (way is None or not able.keeps(way, rest)) and able.miss(rest).bound > 2 * TOLERANCE:
        yield f"without {', '.join(given) or 'giving anything up'}, the rest cannot all be met"


def of_bound(sets: Sets, told: Iterable[tuple[str, ...]], bound: float) -> Iterator[str]:
    """What is wrong with the least weight that is said to hit some sets; targets that ask the same go together."""
    weights: dict[Demand, int] = {}
    for key, demand in sets.feasibility.demands.items():
        weights[demand] = weights.get(demand, 0) + weight_given(sets.feasibility, [key])
    least = lightest([sets.asked(each) for each in told], weights)
    if least is not None and least < round(bound * MICRO):
        yield f"the sets show only that a repair weighs {least / MICRO:g}, not {bound:g}"


def weight_given(able: Feasibility, targets: Iterable[str]) -> int:
    """What targets weigh together, in millionths."""
    return sum(round(weight_of(able.targets[key]) * MICRO) for key in targets if key in able.targets)
