"""A core with local choice: the further measures of its own that each agency may go on with.

Leutz (1999): no square pegs in round holes. The core is what all are judged on; beside it each agency keeps up to k
measures that it has a target on itself, so long as no residual conflict is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alignment.index import group
from alignment.solver import Clock

from .programme import Derived, Objective, Programme, Reason, Row, micro
from .stages import Answer, solve


@dataclass(frozen=True)
class Local:
    """What agencies go on with beside a core.

    Attributes
    ----------
    chosen
        Agency and measure, by position, in order.
    proven
        Whether no other choice keeps more of what they want.
    """

    chosen: tuple[tuple[int, int], ...]
    proven: bool


def local_choice(programme: Programme, core: Answer, clock: Clock) -> Local:
    """The further measures of their own that keep most of the weight of agencies' targets.

    Of equal choices the one with fewest measures, then the first by agency and measure.

    Parameters
    ----------
    programme
        The programme of the core; its options say how many measures each agency may have.
    core
        Its answer.
    clock
        How long there is.
    """
    able = _able(programme, core)
    pairs = [(who, at) for who, own in sorted(programme.duties.own.items()) for at in sorted(own) if at in able]
    if not programme.options.local_choice or not pairs:
        return Local((), proven=True)
    answer = solve(_programme(programme, pairs, _apart(programme, able)), clock, begin=())
    return Local(tuple(pairs[at] for at in sorted(answer.kept)), answer.best_proven and answer.first_proven)


def _able(programme: Programme, core: Answer) -> frozenset[int]:
    """The measures outside the core that bring no conflict of their own and none with the core."""
    outside = frozenset(range(len(programme.candidates))) - core.kept
    clashing = {one for pair in programme.pairs for one in pair if core.kept.intersection(pair)}
    return frozenset(
        programme.candidates[at] for at in outside if not programme.severity.get(at) and at not in clashing
    )


def _apart(programme: Programme, able: Iterable[int]) -> list[tuple[int, int]]:
    """The pairs of measures of which only one can be had."""
    known = set(able)
    pairs = ((programme.candidates[one], programme.candidates[two]) for one, two in programme.pairs)
    return [pair for pair in pairs if known.issuperset(pair)]


def _programme(core: Programme, pairs: list[tuple[int, int]], apart: list[tuple[int, int]]) -> Programme:
    """A column for each agency and measure, and one that says whether anybody has a measure."""
    holders = {
        at: tuple(columns) for at, columns in group((at, column) for column, (_, at) in enumerate(pairs)).items()
    }
    had = {at: len(pairs) + place for place, at in enumerate(sorted(holders))}
    most, each = core.options.local_choice, group((who, column) for column, (who, _) in enumerate(pairs))
    rows = [Row(dict.fromkeys(columns, 1), None, most, Reason("local")) for columns in each.values()]
    rows += [
        Row({had[at]: 1, column: -1}, 0, None, Reason("local")) for at, columns in holders.items() for column in columns
    ]
    rows += [Row({had[one]: 1, had[two]: 1}, None, 1, Reason("local")) for one, two in apart]
    weight = _weights(core)
    terms = {column: -weight[pair] for column, pair in enumerate(pairs)}
    return Programme(
        index=core.index,
        duties=core.duties,
        sight=core.sight,
        standings=core.standings,
        options=core.options,
        candidates=tuple(range(len(pairs))),
        pairs={},
        severity={},
        columns=tuple(f"choice {column}" for column in range(len(pairs) + len(had))),
        whole=tuple(column < len(pairs) for column in range(len(pairs) + len(had))),
        rows=tuple(rows),
        objectives=(
            Objective("unsaid", terms, -sum(terms.values())),
            Objective("measures", dict.fromkeys(range(len(pairs)), 1)),
        ),
        ladder=core.ladder,
        unserved=(),
        served=(),
        voices=(),
        loss=-1,
        forced=frozenset(),
        derived={had[at]: Derived("enough", columns) for at, columns in holders.items()},
    )


def _weights(core: Programme) -> Mapping[tuple[int, int], int]:
    """The weight of each agency's own targets on each measure, in millionths."""
    rows = core.index.targets
    found: dict[tuple[int, int], int] = {}
    for who, at, weight in zip(rows.agency.tolist(), rows.measure.tolist(), rows.weight.tolist(), strict=True):
        found[who, at] = found.get((who, at), 0) + micro(weight)
    return found
