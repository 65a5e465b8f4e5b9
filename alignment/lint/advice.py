r"""Advice on one's own tables: a lint, ordered by what it would change.

Each sort of advice touches targets; with T the targets that a piece touches and p the part of what is said of them that
rests on it (`PART`), its weight is

.. math:: p \sum_{t \in T} w(t)

What looks like a slip of the pen comes first, then what weighs most.
"""

from __future__ import annotations

from typing import Final

from alignment.models.answers.advice import Advice, Hint
from alignment.models.options.lint import AdviceOptions
from alignment.models.system import System
from alignment.options.verb import verb

from .blanks import already_met, direction_none, no_baseline, no_direction, no_outcome, no_year
from .everywhere import any_population, any_tier, broad_outcome
from .levels import level_as_baseline, unused_levels
from .material import PART, Material, Rule
from .missing import missing, unread_table, unseen, unused_rows
from .overlaps import overlap_not_told
from .slips import fuzzy_scale, same_target_twice, share_for_percent

RULES: Final[tuple[Rule, ...]] = (
    fuzzy_scale,
    share_for_percent,
    same_target_twice,
    no_outcome,
    no_direction,
    direction_none,
    no_baseline,
    no_year,
    any_population,
    any_tier,
    broad_outcome,
    overlap_not_told,
    already_met,
    missing,
    unread_table,
    unused_rows,
    unused_levels,
    level_as_baseline,
)
"""What looks for advice."""

SORTS: Final = tuple(PART)
"""The sorts of advice, of equals the first first."""


@verb(AdviceOptions)
def advice(system: System, asked: AdviceOptions) -> Advice:  # noqa: ARG001 - there is nothing to ask
    """What one's own tables leave open, and what that decides: a lint, ordered by what it would change.

    Which blanks decide the answer, what looks like a slip of the pen, what is filled and read by nothing, what each
    empty table would add, and which kinds of conflict cannot be seen. Nothing in it is a fault; nothing is searched.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Advice
        Pieces of advice, each with what the tables say, why it matters, what to do, where, and a weight: that of the
        targets it touches, times the part of what is said of them that rests on it. What looks like a slip comes first.

    References
    ----------
    Johnson (1978), Lint, a C program checker. Bell Laboratories, Computing Science Technical Report 65.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.advice(al.read(al.example("winter-pressure")))
    >>> [(hint.code, hint.table, hint.touched) for hint in found.hints[:2]]
    [('missing-column', 'measures', 11), ('already-met', 'targets', 2)]
    """
    material = Material(system)
    hints = [hint for rule in RULES for hint in rule(material)]
    return Advice(system=system.hash, hints=tuple(sorted(hints, key=_order)), unseen=tuple(unseen(system)))


def _order(hint: Hint) -> tuple[bool, float, int]:
    """Its place; of equals of one sort the first found."""
    return not hint.slip, -hint.weight, SORTS.index(hint.code)
