"""What verbs about feasibility share: the demands of a system under a clock, and contradictions as answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from alignment.effects.net_effects import effects_of
from alignment.index import Index
from alignment.models.answers.achieve import (
    ConflictingSet,
    GivenUp,
    NotAssessed,
)
from alignment.models.options.feasibility import MoveOptions
from alignment.models.system import System
from alignment.solver import Clock

from .conflicting_sets import Contradiction, Cores
from .hard_facts import conflicting_set, not_assessed, wanted
from .moves import moves_of

MANY: Final = 500
"""From so many measures and wishes on each effort is a column up and a column down."""


def cores_of(system: System, asked: MoveOptions) -> Cores:
    """The demands of a system under a clock."""
    clock, effects = Clock(asked.time_limit), effects_of(system, asked.steps, asked.decay, asked.evidence)
    # A column each way begins at no effort at all, which meets most of many targets; of few it is one column too many.
    apart = len(effects.index.by_wish) > MANY
    return Cores(moves_of(effects, asked.reach, asked.effort, apart=apart), clock)


def missing(cores: Cores) -> tuple[NotAssessed, ...]:
    """What was not assessed."""
    return not_assessed(cores.moves.index, cores.moves.missing.tolist())


def told(cores: Cores, each: Contradiction) -> ConflictingSet:
    """A contradiction with the first target of each demand."""
    return next(expanded(cores, [each], every=False))


def expanded(cores: Cores, found: Sequence[Contradiction], *, every: bool) -> Iterator[ConflictingSet]:
    """Contradictions as sets of targets: of targets that ask the same the first, or each in turn."""
    for each in found:
        verified = cores.hold(each)
        members = [cores.members[demand] if every else cores.members[demand][:1] for demand in each.demands]
        for pick in product(*members):
            targets = sorted(int(cores.moves.targets[at]) for at in pick)
            yield conflicting_set(cores, each, targets, verified=verified)


def given_up(index: Index, target: int) -> GivenUp:
    """A target to give up, as an answer."""
    return GivenUp(**wanted(index, target))
