"""joint: three or more targets that cannot all be met though every part of them can.

Condition: no efforts within reach, and within what agencies can spend, meet them all with every measure between floor
and ceiling and every resource between ring-fence and cap; any of them left out, some do. Severity: the geometric mean
of the weights, of each side its heaviest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, assumed_steps, identity, rounded
from alignment.conflicts.naming import details, fitting, how_many, named
from alignment.feasibility.conflicting_sets import Contradiction, Cores, Spent
from alignment.feasibility.enumeration import list_all
from alignment.feasibility.hard_facts import because, hard_facts, slack_of
from alignment.feasibility.moves import moves_of
from alignment.feasibility.repair_search import mend
from alignment.index import Ints, positions
from alignment.models.answers.achieve import HardFact
from alignment.models.answers.conflict import Evidence
from alignment.solver import Clock
from alignment.wording import names, number, verb

PROGRAMMES: Final = 600
"""How many linear programmes are solved at most: a count, so that the answer is the same on every machine."""

GROUPS: Final = 300
"""The most measures and wishes together that are looked at; `find_joint_conflicts` has no such limit."""

SETS: Final = 200
"""How many sets are listed at most."""

LONG: Final = 3600.0
"""Seconds; the count ends the search long before."""


@dataclass(frozen=True)
class _Facts:
    targets: tuple[int, ...]
    facts: tuple[HardFact, ...]
    ease: float
    """How many steps each side would have to give way, were all to give way alike."""


def find(search: Search) -> Iterator[Finding]:
    """One finding for each set of measures and wishes."""
    known: set[str] = set()
    for cores, each in _sets(search):
        finding = _finding(search, cores, each)
        if finding.id not in known:
            known.add(finding.id)
            yield finding


def _sets(search: Search) -> list[tuple[Cores, Contradiction]]:
    if len(search.index.by_wish) > GROUPS:
        search.notes["joint"] = "joint conflicts not assessed: the system is large; find_joint_conflicts looks for them"
        return []
    moves = moves_of(search.effects)
    if not len(moves.targets):
        return []
    cores = Cores(moves, Clock(LONG), PROGRAMMES)
    try:
        if not cores.meets(np.array([], dtype=np.int64)):
            search.notes["joint"] = "joint conflicts not assessed: floors, caps and efforts alone contradict each other"
            return []
        found = mend(cores)
        listed = list_all(cores, found.contradictions, SETS)
    except Spent:
        search.notes["joint"] = "joint conflicts not assessed: too many linear programmes"
        return []
    if cores.clock.interrupted:
        # What was found so far would pass for all there is: whoever asked for conflicts is to stop.
        raise KeyboardInterrupt
    if not listed.complete:
        search.notes["joint"] = "there may be more joint conflicts; find_joint_conflicts looks for all"
    return [(cores, each) for each in listed.contradictions if len(each.demands) > 2]


def _finding(search: Search, cores: Cores, each: Contradiction) -> Finding:
    sides = tuple(_sides(search, cores, each.demands))
    weights = [side.weight_of_heaviest for side in sides]
    marks = [(side.row.id, side.wish) for side in sides]
    targets = tuple(sorted(int(cores.moves.targets[cores.members[demand][0]]) for demand in each.demands))
    return Finding(
        kind="joint",
        id=identity("joint", *marks),
        severity=rounded(math.prod(weights) ** (1 / len(weights))),
        confidence=_confidence(search, sides),
        sides=sides,
        measures=tuple(dict.fromkeys(side.measure for side in sides)),
        facts=_Facts(targets, hard_facts(cores, each), slack_of(cores, each.demands)),
    )


def _sides(search: Search, cores: Cores, demands: Sequence[int]) -> Iterator[Group]:
    """For each measure and wish the targets that ask as much as the set needs, or more: each would do in it."""
    index, found = search.index, dict[tuple[int, int], set[int]]()
    moves = cores.moves
    for demand in demands:
        some = moves.targets[list(cores.members[demand])]
        enough = (
            (moves.row == cores.row[demand]) & (moves.low >= cores.low[demand]) & (moves.high <= cores.high[demand])
        )
        for wish in sorted(set(positions(index.targets.wish[some]))):
            same = index.targets.wish[moves.targets] == wish
            measure = int(index.targets.measure[some[0]])
            found.setdefault((measure, wish), set()).update(positions(moves.targets[enough & same]))
    for (measure, wish), targets in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        chosen: Ints = np.array(sorted(targets), dtype=np.int64)
        yield search.groups[measure, wish].only(chosen)


def _walks(search: Search, sides: Sequence[Group]) -> Iterator[tuple[int, ...]]:
    """The strongest walks by which one side's wish pushes against another's."""
    for one in sides:
        for two in sides:
            effect = search.effects.net[one.measure, two.measure] if one.measure != two.measure else 0.0
            if effect * one.wish * two.wish < 0:
                nodes = search.effects.walk(one.measure, two.measure, 1 if effect > 0 else -1)
                if nodes is not None:
                    yield nodes


def _confidence(search: Search, sides: Sequence[Group]) -> float:
    """That of the weakest influence; 1 where it rests on none."""
    return rounded(min((search.effects.confidence(nodes) for nodes in _walks(search, sides)), default=1.0))


def title(_: Search, finding: Finding) -> str:
    """What it is about."""
    names_of = list(dict.fromkeys(side.name for side in finding.sides))
    if len(names_of) > 3:
        return f"{how_many(len(names_of), 'measure', 'measures')} that cannot all be met, first {names_of[0]}"
    return f"{names(names_of)}, not all together"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    facts: _Facts = finding.facts
    wanting = frozenset[int]().union(*(side.agencies for side in finding.sides))
    wishes = f"{verb(len(wanting), 'wants', 'want')} {how_many(len(finding.sides), 'thing', 'things')}"
    return fitting(
        f"{named(search.index, wanting, detail.limit)} {wishes} of which any part can be met, but not all "
        f"together{because(facts.facts[:some])}"
        for some in range(min(2, len(facts.facts)), -1, -1)
        for detail in details(wanting)
    )


def suggestion(_: Search, finding: Finding) -> str:
    """What could be done."""
    facts: _Facts = finding.facts
    if facts.ease:
        return f"Agree who gives way: if each gave way by {number(facts.ease)} steps, all could be met"
    return "Agree who gives way: a very small step by each is enough"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The targets, the hard facts, the influences by which they push against each other."""
    facts: _Facts = finding.facts
    index = search.index
    targets = [evidence.target(index, at) for at in facts.targets]
    held = [each for fact in facts.facts if (each := _row(search, fact)) is not None]
    influences = [row for nodes in _walks(search, finding.sides) for row in search.effects.rows(nodes)]
    return [*targets, *held, *(evidence.influence(index, row) for row in dict.fromkeys(influences))]


def _row(search: Search, fact: HardFact) -> Evidence | None:
    if fact.id is None:
        return None
    index = search.index
    if fact.what in ("cap", "ring-fence"):
        return evidence.resource(index, next(row for row in index.system.resources if row.id == fact.id))
    if fact.what == "effort":
        return evidence.of_row(index, "agencies", index.agencies[index.agency_at[fact.id]], fact.says)
    return evidence.measure(index, index.measures[index.measure_at[fact.id]], fact.says)


RULE = Rule("joint", find, title, sentence, suggestion, rows, assumed_steps)
