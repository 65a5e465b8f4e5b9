"""What stands in the way: the hard facts and the targets that a contradiction rests on, in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from scipy import sparse

from alignment.errors import InputError
from alignment.index import Index
from alignment.linear import Linear
from alignment.models.answers.achieve import ConflictingSet, HardFact, NotAssessed, WantedTarget
from alignment.models.faults import Fault
from alignment.solver import Warm
from alignment.wording import ask, lower_first, names, number, quantity, quoted, upper_first, whose

from .conflicting_sets import Contradiction, Cores
from .moves import Moves, reaching
from .reach import reach_facts


def hard_facts(cores: Cores, each: Contradiction) -> tuple[HardFact, ...]:
    """The hard facts that a contradiction rests on, in the order of the rows.

    Parameters
    ----------
    cores
        The demands.
    each
        The contradiction.
    """
    moves = cores.moves
    least, most = cores.bounds(np.array(each.demands, dtype=np.int64))
    found: list[HardFact] = []
    for row, share in sorted(each.proof):
        held = moves.least[row] == least[row] if share > 0 else moves.most[row] == most[row]
        if held:
            found.append(_fact(moves, row, top=share < 0))
    return (*found, *reach_facts(cores, each))


def _fact(moves: Moves, row: int, *, top: bool) -> HardFact:
    reason, index = moves.reasons[row], moves.index
    if reason.what == "measure":
        measure = index.measures[reason.at]
        bound = measure.ceiling if top else measure.floor
        way = "above" if top else "below"
        where = _nearest(index, reason.at, top=top)
        says = f"{quoted(measure.name)} cannot go {way} {quantity(bound or 0.0, measure.unit)}{where}"
        return HardFact(what="ceiling" if top else "floor", id=measure.id, says=says)
    if reason.what == "resource":
        resource = sorted(index.system.resources, key=lambda each: each.id)[reason.at]
        name = quoted(resource.name)
        if top:
            says = f"there is no more than {quantity(resource.capacity or 0.0, resource.unit)} of {name}"
            return HardFact(what="cap", id=resource.id, says=says)
        says = f"at least {quantity(resource.floor or 0.0, resource.unit)} of {name} has to be used"
        return HardFact(what="ring-fence", id=resource.id, says=says)
    agency = index.agencies[reason.at]
    says = f"{agency.name} has no more than {number(float(moves.most[row]))} steps of effort"
    return HardFact(what="effort", id=agency.id, says=says)


def _nearest(index: Index, measure: int, *, top: bool) -> str:
    """Which place's own level is the nearest to an end of a measure, where that is not the baseline."""
    rows, now = index.targets, float(reaching(index)[top][measure])
    place = next((at for at in index.by_measure.get(measure, ()) if rows.own[at] and rows.now[at] == now), None)
    if place is None:
        return ""
    agency = index.agencies[int(rows.deliverer[place])]
    return f" (nearest is {whose(agency.name)} own {quantity(now, index.measures[measure].unit)})"


def check_hard_facts(cores: Cores) -> None:
    """Refuse a system whose hard facts alone contradict each other.

    Raises
    ------
    InputError
        With a fault for each of those facts.
    Spent
        Nobody knows.
    """
    if cores.meets(np.array([], dtype=np.int64)):
        return
    facts = hard_facts(cores, Contradiction((), cores.proof, {}))
    told = "; ".join(fact.says for fact in facts)
    tables = {"floor": "measures", "ceiling": "measures", "cap": "resources", "ring-fence": "resources"}
    raise InputError(
        [
            Fault(
                table=tables.get(fact.what, "agencies"),
                what=f"{fact.id} cannot be as it is said to be, whatever anybody does: {told}",
                remedy="Correct one of these, or what is in use today",
            )
            for fact in facts
            if fact.id is not None
        ]
        or [Fault(table="measures", what="the hard facts contradict each other", remedy="Correct one of them")]
    )


def conflicting_set(cores: Cores, each: Contradiction, targets: Sequence[int], *, verified: bool) -> ConflictingSet:
    """A contradiction as an answer.

    Parameters
    ----------
    cores
        The demands.
    each
        The contradiction.
    targets
        One target for each of its demands, as positions in the index, in order.
    verified
        Whether arithmetic confirms it.
    """
    index = cores.moves.index
    rows, facts = index.targets, hard_facts(cores, each)
    weights = [float(rows.weight[at]) for at in targets]
    return ConflictingSet(
        targets=tuple(rows.keys[at] for at in targets),
        measures=tuple(index.measures[at].id for at in sorted({int(rows.measure[at]) for at in targets})),
        agencies=tuple(index.agencies[at].id for at in sorted({int(rows.agency[at]) for at in targets})),
        weight=round(math.prod(weights) ** (1 / len(weights)), 6),
        facts=facts,
        verified=verified,
        sentence=f"{upper_first(_sentence(index, targets, facts))}.",
        wants=tuple(WantedTarget(**wanted(index, at)) for at in targets),
    )


def _sentence(index: Index, targets: Sequence[int], facts: Sequence[HardFact]) -> str:
    asked = names([wants(index, at) for at in targets], limit=6)
    how = {1: "that cannot be met even alone", 2: "only one of these can be met"}
    tail = how.get(len(targets), "any part of that can be met, but not all of it together")
    return f"{asked}; {tail}{because(facts)}"


def because(facts: Sequence[HardFact]) -> str:
    """Hard facts as the end of a sentence."""
    return f", as {names([fact.says for fact in facts], limit=4)}" if facts else ""


def wants(index: Index, target: int) -> str:
    """What a target asks for, with who wants it, and from whose own level where that is not the baseline."""
    rows = index.targets
    measure, who = index.measures[int(rows.measure[target])], index.agencies[int(rows.agency[target])]
    return f"{who.name} wants {quoted(measure.name)} {ask(rows.rows[target], measure)}{from_own(index, target)}"


def from_own(index: Index, target: int) -> str:
    """Of a target that is told from its deliverer's own level a clause that says so."""
    rows, level = index.targets, index.own_level(target)
    if level is None:
        return ""
    deliverer, unit = int(rows.deliverer[target]), index.measures[int(rows.measure[target])].unit
    own = "its" if deliverer == rows.agency[target] else whose(index.agencies[deliverer].name)
    return f" (from {own} own {quantity(level.value, unit)})"


def level_of(index: Index, target: int) -> dict[str, str | None]:
    """The agency whose own level a target is told from, by id and name."""
    deliverer = index.agencies[int(index.targets.deliverer[target])] if index.targets.own[target] else None
    return {"level_of": deliverer and deliverer.id, "level_of_name": deliverer and deliverer.name}


def who_wants_what(index: Index, target: int) -> dict[str, Any]:
    """The key of a target, who wants it, its measure, whose level it is told from, by id and name: of many answers."""
    rows = index.targets
    agency, measure = index.agencies[int(rows.agency[target])], index.measures[int(rows.measure[target])]
    return {
        "target": rows.keys[target],
        "agency": agency.id,
        "agency_name": agency.name,
        "measure": measure.id,
        "name": measure.name,
        **level_of(index, target),
    }


def wanted(index: Index, target: int) -> dict[str, Any]:
    """The fields of a `WantedTarget`."""
    says = f"{upper_first(wants(index, target))}."
    return {**who_wants_what(index, target), "weight": float(index.targets.weight[target]), "sentence": says}


def not_assessed(index: Index, targets: Iterable[int]) -> tuple[NotAssessed, ...]:
    """Targets of which nobody says where their measure stands today, as an answer."""
    rows = index.targets
    asked = [(rows.keys[at], index.measures[int(rows.measure[at])], int(rows.deliverer[at])) for at in targets]
    elsewhere = {measure for measure, _ in index.levels}
    return tuple(
        NotAssessed(
            target=key,
            measure=measure.id,
            name=measure.name,
            why=f"nobody says where {lower_first(measure.name)} stands today"
            + (f" at {index.agencies[who].name}" if index.measure_at[measure.id] in elsewhere else ""),
        )
        for key, measure, who in asked
    )


def slack_of(cores: Cores, demands: Sequence[int]) -> float:
    """How many steps each of some demands would have to give way, were all to give way alike, so that all can be met.

    Parameters
    ----------
    cores
        The demands.
    demands
        Positions of those that are to give way; the others are not looked at.
    """
    moves, on = cores.moves, np.array(demands, dtype=np.int64)
    ways = np.concatenate([on[np.isfinite(cores.low[on])], on[np.isfinite(cores.high[on])]])
    lows = np.arange(len(ways)) < np.isfinite(cores.low[on]).sum()
    extra = sparse.csr_array(np.where(lows, 1.0, -1.0)[:, None])
    base = moves.linear()
    asked = sparse.hstack([moves.rows[cores.row[ways]], extra])
    held = sparse.hstack([moves.rows, sparse.csr_array((moves.rows.shape[0], 1))])
    linear = Linear(
        costs=np.append(base.costs, 1.0),
        rows=sparse.csr_array(sparse.vstack([held, asked])),
        least=np.append(base.least, np.where(lows, cores.low[ways], -np.inf)),
        most=np.append(base.most, np.where(lows, np.inf, cores.high[ways])),
        lower=np.append(base.lower, 0.0),
        upper=np.append(base.upper, np.inf),
        whole=np.zeros(len(base.costs) + 1, dtype=bool),
    )
    warm = Warm(linear, cores.clock)
    return round(warm.value, 6) if warm.solve() == "met" else 0.0
