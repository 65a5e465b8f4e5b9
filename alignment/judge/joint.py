"""Minimal conflicting sets: each cannot be met, any part of each can, and a complete list leaves nothing out.

That a list is complete is looked at from one side only: once a target of each set is given up, the rest can be met.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from alignment.models.achievement import ConflictingSet, JointConflicts, NotAssessed
from alignment.models.system import System

from .claims import Claim, Sets
from .feasibility import Allowed, Feasibility


def objections(
    system: System, answer: JointConflicts, allowed: Allowed | None = None, claims: Iterable[Claim] = ()
) -> tuple[str, ...]:
    """What is wrong with a list of minimal conflicting sets, in words.

    Parameters
    ----------
    system
        The system.
    answer
        The list.
    allowed
        What moves were allowed.
    claims
        What the search can show for sets; those it shows nothing for are worked out.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> objections(system, al.find_joint_conflicts(system, every=True))
    ()
    """
    able = Feasibility(system, allowed)
    found = [*of_assessed(able, answer.assessed, answer.not_assessed)]
    found += of_sets(Sets(able, claims), answer.sets)
    if answer.complete and not found and not able.can([key for key in able.demands if key not in _hit(answer.sets)]):
        found.append("there are more sets than the list of all has")
    return tuple(found)


def of_sets(sets: Sets, told: Sequence[ConflictingSet]) -> Iterator[str]:
    """What is wrong with some sets: with each by itself, and with one that holds another."""
    seen: list[frozenset[str]] = []
    for each in told:
        objection = sets.objection(each.targets)
        if objection is not None:
            yield objection
        mine = frozenset(each.targets)
        if any(mine <= one or one <= mine for one in seen):
            yield f"{', '.join(each.targets)} hold another set, or are held by one"
        seen.append(mine)


def of_assessed(able: Feasibility, assessed: int, missing: Sequence[NotAssessed]) -> Iterator[str]:
    """What is wrong with what was assessed."""
    if assessed != len(able.demands):
        yield f"{assessed} targets are said to be assessed, {len(able.demands)} can be"
    if sorted(row.target for row in missing) != able.missing:
        yield "others are without a baseline than is said"


def _hit(sets: Sequence[ConflictingSet]) -> set[str]:
    """A target of each set."""
    found: set[str] = set()
    for each in sets:
        if found.isdisjoint(each.targets):
            found.update(each.targets[:1])
    return found
