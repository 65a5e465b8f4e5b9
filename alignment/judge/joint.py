"""Minimal conflicting sets: each cannot be met, any part of each can, and a complete list leaves nothing out.

A list of all is tried: as many targets as hold no set of the list are taken together, beginning with one, then with
another; they can be met, or a set is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from alignment.models.answers.achieve import ConflictingSet, NotAssessed
from alignment.models.answers.joint import JointConflicts
from alignment.models.system import System

from .claims import Claim, Sets
from .feasibility import TOLERANCE, Allowed, Feasibility

TRIED: Final = 10
"""With how many targets the trial of a list of all begins."""

REACHES: Final = 3
"""Of how many sets the assumed reach that would be enough is tried."""

PART: Final = 1e-6
"""A reach is told to so much, in parts of it."""

LESS: Final = 1e-2
"""By how much less than is said a reach must not be enough, in parts of it."""


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
    if answer.complete and not found and any(able.miss(some).bound > 2 * TOLERANCE for some in _free(able, answer)):
        found.append("there are more sets than the list of all has")
    return tuple(found)


def of_sets(sets: Sets, told: Sequence[ConflictingSet]) -> Iterator[str]:
    """What is wrong with some sets: with each by itself, and with one that holds another."""
    seen: list[frozenset[str]] = []
    for each in told:
        objection = sets.objection(each.targets)
        if objection is not None:
            yield objection
        able = sets.feasibility
        for row in each.wants:
            if row.target in able.targets and row.level_of != able.level_of(able.targets[row.target]):
                yield f"{row.target} is told from another place's level than is said"
        mine = frozenset(each.targets)
        if any(mine <= one or one <= mine for one in seen):
            yield f"{', '.join(each.targets)} hold another set, or are held by one"
        seen.append(mine)
    yield from of_reach(sets.feasibility, told)


def of_reach(able: Feasibility, told: Sequence[ConflictingSet]) -> Iterator[str]:
    """What is wrong with the assumed reach that is said to be enough, of the first sets that rest on one."""
    asked = [(each.targets, fact) for each in told for fact in each.facts if fact.assumed and fact.enough is not None]
    for targets, fact in asked[:REACHES]:
        enough = fact.enough or 0.0
        if not _with(able, enough * (1 + PART)).can(targets):
            yield f"with a reach of {enough:g} steps {', '.join(targets)} cannot all be met"
        if enough * (1 - LESS) > able.allowed.assumed and (
            _with(able, enough * (1 - LESS)).miss(targets).value <= TOLERANCE / 2
        ):
            yield f"less than a reach of {enough:g} steps is enough for {', '.join(targets)}"


def _with(able: Feasibility, assumed: float) -> Feasibility:
    return Feasibility(able.system, replace(able.allowed, assumed=assumed))


def of_assessed(able: Feasibility, assessed: int, missing: Sequence[NotAssessed]) -> Iterator[str]:
    """What is wrong with what was assessed."""
    if assessed != len(able.demands):
        yield f"{assessed} targets are said to be assessed, {len(able.demands)} can be"
    if sorted(row.target for row in missing) != able.missing:
        yield "others are without a baseline than is said"


def _free(able: Feasibility, answer: JointConflicts) -> Iterator[list[str]]:
    """Targets that hold no set of a list, as many as go together, beginning with one after the other."""
    of: dict[str, list[frozenset[str]]] = {}
    for each in answer.sets:
        for key in each.targets:
            of.setdefault(key, []).append(frozenset(each.targets))
    keys = list(able.demands)
    for first in range(min(TRIED, max(1, len(keys)))):
        taken: set[str] = set()
        for key in keys[first:] + keys[:first]:
            if not any(each <= taken | {key} for each in of.get(key, ())):
                taken.add(key)
        yield sorted(taken)
        if not answer.sets:
            return
