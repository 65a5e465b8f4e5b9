"""The rule of each kind of conflict."""

from __future__ import annotations

from typing import Final

from alignment.models.answers.conflict import Kind

from .finding import Rule
from .kinds import (
    against_people,
    capacity,
    cascade,
    duplicate,
    inconsistent,
    joint,
    judged_by_rival,
    no_control,
    opposed,
    perverse,
    spillover,
    torn,
    two_masters,
    unguarded,
    unowned,
    wrong_pocket,
)

RULES: Final[dict[Kind, Rule]] = {
    rule.kind: rule
    for rule in (
        opposed.RULE,
        inconsistent.RULE,
        spillover.RULE,
        unguarded.RULE,
        torn.RULE,
        against_people.RULE,
        capacity.RULE,
        joint.RULE,
        two_masters.RULE,
        no_control.RULE,
        judged_by_rival.RULE,
        unowned.RULE,
        perverse.RULE,
        wrong_pocket.RULE,
        duplicate.RULE,
        cascade.RULE,
    )
}
