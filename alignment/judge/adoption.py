"""Adoption, from the rows alone: what bodies keep, take on and give up, what tiers share, and what is said to whom.

Of a set that is aligned only when bodies share it (METHOD 6): for every duty that is served its agency works to a kept
measure, its own where it has one, else the one with the largest standing over the measures behind the duty, then first
by id. Two tiers share what both work to over what either does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from typing import Final

from alignment.models.answers.adoption import Adopter
from alignment.models.answers.proposal import Proposal, RetiredMeasure
from alignment.models.system import System

from .conflicts import Pulls
from .duties import Facts, counting, facts_of
from .standing import WHOLE, Saying

OFF: Final = 1e-6
"""How far a share may be from what it is."""


def objections(system: System, answer: Proposal, facts: Facts | None = None) -> tuple[str, ...]:
    """What is wrong with what a proposal says of adoption and of what is said to whom, in words.

    Parameters
    ----------
    system
        The system, with weights as they were asked for.
    answer
        The proposal.
    facts
        What the rows say, where that is known.
    """
    asked, kept = answer.options, frozenset(answer.measures)
    facts = facts_of(system, asked) if facts is None else facts
    guards = Pulls(system, kept, asked.tolerance, asked.steps, asked.decay, asked.evidence).guards
    saying = Saying(system, facts, guards)
    who = counting(system)
    today = {agency: facts.held.get(agency, frozenset()) for agency in who}
    then = _then(facts, saying, kept, today)
    return (
        *_adopters(answer, today, then, kept),
        *_layers(system, answer, today, then),
        *_holders(facts, answer, then),
        *(said for row in answer.retired for said in _said(saying, row, kept, asked.said)),
    )


Works = Mapping[str, frozenset[str]]
"""The measures that each body works to."""


def _then(facts: Facts, saying: Saying, kept: frozenset[str], today: Works) -> Works:
    found = {agency: set(measures & kept) for agency, measures in today.items()}
    for duty in facts.weight:
        agency, able = duty[0], facts.servants(duty, kept)
        if agency not in found or not able or any(name in today[agency] for name in able):
            continue
        sizes = {name: max(_size(saying, agency, each, name) for each in facts.behind[duty]) for name in able}
        found[agency].add(min(able, key=lambda name: (-sizes[name], name)))
    return {agency: frozenset(measures) for agency, measures in found.items()}


def _size(saying: Saying, agency: str, measure: str, other: str) -> int:
    return WHOLE if other == measure else saying.standing(agency, measure).get(other, 0)


def _adopters(answer: Proposal, today: Works, then: Works, kept: frozenset[str]) -> Iterator[str]:
    told = {row.agency: row for row in answer.adoption}
    for agency in sorted(today.keys() | told.keys()):
        mine, after = today.get(agency, frozenset()), then.get(agency, frozenset())
        is_ = (mine & kept, after - mine, mine - kept)
        if _told(told.get(agency)) != is_:
            yield f"{agency} keeps, takes on and gives up {_in_words(is_)}, not {_in_words(_told(told.get(agency)))}"


def _told(row: Adopter | None) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    if row is None:
        return frozenset(), frozenset(), frozenset()
    return frozenset(row.keeps), frozenset(row.takes_on), frozenset(row.gives_up)


def _in_words(parts: Collection[frozenset[str]]) -> str:
    return " / ".join(", ".join(sorted(each)) or "nothing" for each in parts)


def _layers(system: System, answer: Proposal, today: Works, then: Works) -> Iterator[str]:
    tier = {row.id: row.tier for row in system.agencies}
    before, after = (_by_tier(works, tier) for works in (today, then))
    told = {frozenset((row.a, row.b)): (row.today, row.proposed) for row in answer.layers}
    pairs = [frozenset(pair) for pair in combinations(sorted(before), 2)]
    if set(pairs) != told.keys():
        yield f"{len(told)} pairs of tiers are compared, and there are {len(pairs)}"
        return
    for pair in pairs:
        one, two = sorted(pair)
        is_ = (_share(before[one], before[two]), _share(after.get(one, set()), after.get(two, set())))
        if any(not _near(said, each) for said, each in zip(told[pair], is_, strict=True)):
            yield f"{one} and {two} share {is_[0]} today and {is_[1]} then, not {told[pair][0]} and {told[pair][1]}"


def _by_tier(works: Works, tier: Mapping[str, str | None]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for agency, measures in works.items():
        name = tier[agency]
        if name is not None and measures:
            found[name] |= measures
    return dict(found)


def _share(one: Collection[str], two: Collection[str]) -> float | None:
    either = set(one) | set(two)
    return len(set(one) & set(two)) / len(either) if either else None


def _near(said: float | None, is_: float | None) -> bool:
    return said is is_ if said is None or is_ is None else abs(said - is_) <= OFF


def _holders(facts: Facts, answer: Proposal, then: Works) -> Iterator[str]:
    for row in answer.kept:
        told = {(each.tier, agency) for each in row.holders for agency in each.agencies}
        is_ = {(facts.tier[agency], agency) for agency, measures in then.items() if row.measure in measures}
        if told != is_:
            yield f"other bodies work to {row.measure} than is said"


def _said(saying: Saying, row: RetiredMeasure, kept: Collection[str], least: float) -> Iterator[str]:
    """What is said to each body that wanted something of a retired measure."""
    told = {each.agency: each for each in row.said}
    wanted = saying.wanted(row.measure)
    if told.keys() != wanted.keys():
        yield f"other bodies want something of {row.measure} than is said"
        return
    for agency, weight in wanted.items():
        each, sizes = told[agency], saying.standing(agency, row.measure)
        size = max((number for name, number in sizes.items() if name in kept), default=0)
        named = 0 if each.measure is None else sizes.get(each.measure, 0) * (each.measure in kept)
        if round(each.weight * WHOLE) != weight:
            yield f"{agency} wants {weight / WHOLE:g} of {row.measure}, not {each.weight:g}"
        if round(each.standing * WHOLE) != size:
            yield f"{row.measure} is said to {agency} as far as {size / WHOLE:g}, not {each.standing:g}"
        if named != size:
            yield f"{each.measure or 'nothing'} does not say {row.measure} to {agency} as far as {size / WHOLE:g}"
        if each.said != (size >= round(least * WHOLE)):
            yield f"{row.measure} is {'' if not each.said else 'not '}said to {agency} as far as was asked for"
    if row.argued != (bool(told) and all(each.said for each in row.said)):
        yield f"{row.measure} is {'not ' if row.argued else ''}argued for"
