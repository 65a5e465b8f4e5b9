"""What the tables leave open of two measures: whether the one says what the other said (METHOD 6)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from alignment.aligned_set.standing import ONE, Standings
from alignment.conflicts.finding import Group, Search
from alignment.conflicts.rules import RULES
from alignment.conflicts.search import search_of
from alignment.models.answers.advice import Hint
from alignment.models.system.measures import Measure
from alignment.wording import number, quoted

from .material import Bears, Material, Place, Words

ASKED: Final = 5
"""So many pairs are asked about, the heaviest first."""

LOOKED_AT: Final = 50
"""So many pairs at a time are looked at for what harms their measures."""

HALF: Final = ONE // 2
"""From this standing on a people's target may go."""


MONEY: Final = re.compile(r"\b[A-Z]{3}\b|[£$€]")
"""The code of a currency, or its sign."""


@dataclass(frozen=True)
class _Pair:
    """A measure that another is taken to say, and for which targets."""

    measure: int
    other: int
    size: int
    targets: frozenset[int]


class _Unguarded(Standings):
    """Standing as if no measure were a guard: what is, is looked for afterwards, among the few that matter."""

    @cached_property
    def guards(self) -> frozenset[int]:
        """None."""
        return frozenset()


class _Harm(Search):
    """A search for the pushes that harm some measures alone."""

    hurt: frozenset[int] = frozenset()

    def groups_of(self, measure: int) -> Iterable[Group]:
        """The groups of targets on a measure, where it is one of these."""
        return super().groups_of(measure) if measure in self.hurt else ()


def overlap_not_told(material: Material) -> Iterator[Hint]:
    """Pairs of targeted measures where one may go for the other, and no row of overlaps says so."""
    if material.system.influences or material.system.captures:
        pairs = sorted(_pairs(material), key=lambda pair: (-material.weight(pair.targets), pair.measure, pair.other))
        for pair in islice(_not_guarding(material, pairs), ASKED):
            yield _question(material, pair)


def _not_guarding(material: Material, pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Pairs whose first measure is no guard; guards are said by what is declared alone."""
    for begin in range(0, len(pairs), LOOKED_AT):
        some = pairs[begin : begin + LOOKED_AT]
        guards = _guards(material, frozenset(pair.measure for pair in some))
        yield from (pair for pair in some if pair.measure not in guards)


def _guards(material: Material, measures: frozenset[int]) -> frozenset[int]:
    """Those of some measures that are guards."""
    options, effects = material.options, material.sight.effects
    search = _Harm(
        effects,
        options.tolerance,
        lambda search, kind: [each for each in RULES[kind].find(search) if each.severity > 0],
    )
    search.hurt = measures
    return Standings(material.sight, search).guards


def _pairs(material: Material) -> Iterator[_Pair]:
    sight, options = material.sight, material.options
    standings = _Unguarded(
        sight, search_of(material.system, options.tolerance, options.steps, options.decay, options.evidence)
    )
    found: dict[tuple[int, int], dict[int, int]] = {}
    for voiced in standings.voiced:
        for other, standing in standings.of(voiced.agency, voiced.measure).items():
            half = standing.ground in ("shows", "speaks") and standing.size >= HALF and other in material.on
            if half and sight.overlap(voiced.measure, other) is None and sight.overlap(other, voiced.measure) is None:
                found.setdefault((voiced.measure, other), {})[voiced.agency] = standing.size
    for (measure, other), sizes in found.items():
        yield _Pair(measure, other, max(sizes.values()), _touched(material, measure, sizes))


def _touched(material: Material, measure: int, agencies: Collection[int]) -> frozenset[int]:
    """The targets of some agencies on a measure that do not go against people."""
    targets, good = material.index.targets, material.index.for_people
    return frozenset(at for at in material.on[measure] if targets.agency[at] in agencies and good[at] >= 0)


def _counted(measure: Measure) -> str:
    """What a measure counts: money, or people and events."""
    return "money" if MONEY.search(measure.unit or "") else "people or events"


def _question(material: Material, pair: _Pair) -> Hint:
    one, two = (material.index.measures[at] for at in (pair.measure, pair.other))
    return material.hint(
        "overlap-not-told",
        Words(
            f"Would at least half of the {_counted(one)} in {quoted(one.name)} be counted in {quoted(two.name)}?",
            f"no row of overlaps says so, yet the second is taken to say {number(pair.size / ONE)} of the first (1 is "
            "all), so a set may let the first go.",
            f"if so, a row of overlaps: {one.id} is part of {two.id}, or shared with a share of 0.5 or more; if not, "
            "kind distinct.",
        ),
        Place("overlaps", None, ((one.id, one.name), (two.id, two.name))),
        Bears(pair.targets, ("standing", "duties")),
    )
