"""A core that all could share: one set for the joined system, and what it adds for each place alone.

A kept measure is of the core where it serves a duty in every place; it is a place's own addition where all duties that
it serves are there. What is one here is what can be joined: measures of one id but another definition are two, as a set
cannot hold a measure that is two things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from alignment.models.answers.compared import Core, CoreMeasure
from alignment.models.answers.proposal import DutyRef, Proposal
from alignment.scenarios.joining.things import Things
from alignment.scenarios.matching import Thing
from alignment.scenarios.state import State

from .sides import Sides


def core_of(sides: Sides, joined: State, things: Things) -> Core | None:
    """The core, where a set was found for all.

    Parameters
    ----------
    sides
        The systems.
    joined
        The joined system, with its set.
    things
        The ids of things in the joined system.
    """
    if joined.proposal is None:
        return None
    rows = tuple(_measures(sides, joined.proposal, things))
    separate = {things.matching.of[p]["measures"][name] for p in sides.places for name in sides.states[p].measures}
    return Core(
        measures=tuple(sorted(rows, key=lambda row: (-len(row.serves_in), row.serves_in, row.name, row.measure))),
        separately=len(separate),
        proven=joined.proposal.proven,
        stopped=joined.proposal.stopped,
    )


def _measures(sides: Sides, proposal: Proposal, things: Things) -> Iterator[CoreMeasure]:
    duties = _duties(sides, things)
    by_id = {things.id[thing]: thing for thing in things.matching.things["measures"]}
    for row in proposal.kept:
        served = [frozenset(place for place in sides.places if duty in duties[place]) for duty in row.serves]
        places = frozenset[int]().union(*served)
        thing = by_id[row.measure]
        yield CoreMeasure(
            measure=row.measure,
            name=sides.thing_name(thing),
            part="core" if len(places) == len(sides.states) else "local" if len(places) == 1 else "some",
            serves_in=sides.where(places),
            duties=sides.spread([sum(place in each for each in served) for place in sides.places]),
            kept_in=sides.where({place for place in sides.places if _is_kept(sides, place, thing)}),
        )


def _is_kept(sides: Sides, place: int, thing: Thing) -> bool:
    return place in thing.rows and thing.rows[place].id in sides.states[place].measures


def _duties(sides: Sides, things: Things) -> Mapping[int, set[DutyRef]]:
    """By place, its duties as the joined system calls them."""
    found = defaultdict[int, set[DutyRef]](set)
    for place in sides.places:
        ids = things.ids[place]
        for duty in sides.states[place].duties:
            people = None if duty.population is None else ids["populations"][duty.population]
            found[place].add(
                DutyRef(agency=ids["agencies"][duty.agency], outcome=ids["outcomes"][duty.outcome], population=people)
            )
    return found
