"""A fault planted in the search, a line a fault: the judge says no, and there is no answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pytest
from scipy import sparse

import alignment as al
from alignment.aligned_set import coverage as most, frontier as tradeoff, programme as data, stages
from alignment.aligned_set.standing import ITSELF, Standings
from alignment.conflicts.rules import RULES
from alignment.duties import Duty
from alignment.effects.net_effects import NetEffects
from alignment.feasibility import effort as efforts, joint as joint_verb, moves, shared_values as sharing
from alignment.feasibility.conflicting_sets import Contradiction, Cores
from alignment.feasibility.hitting_sets import Hitting
from alignment.feasibility.least_concession import LeastConcession
from alignment.models import System
from alignment.sight import Sight
from alignment.signed_network import camps as factions, frustration as balance
from tests.small import Cells, measures, push, small, target

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]
Ask = Callable[[System], Any]

BUILDER: Any = data._Builder  # pyright: ignore[reportPrivateUsage]
NO = "did not survive the judge"


class Fault(NamedTuple):
    """What the search forgets, a system in which that matters, and how to plant it."""

    name: str
    system: System
    plant: Plant


def named(faults: Sequence[Any]) -> list[str]:
    return [fault[0] for fault in faults]


def instead(owner: Any, name: str, made: Callable[[Any], Any]) -> Plant:
    """A function that takes the place of another, given that."""
    return lambda patch: patch.setattr(owner, name, made(getattr(owner, name)))


def changed(owner: Any, name: str, change: Callable[[Any], Any]) -> Plant:
    """What a function returns is changed."""

    def made(honest: Any) -> Any:
        def done(*given: Any, **more: Any) -> Any:
            return change(honest(*given, **more))

        return done

    return instead(owner, name, made)


def put(owner: Any, name: str, value: Any) -> Plant:
    """Something else stands in the place of what was there."""
    return lambda patch: patch.setattr(owner, name, value)


def again(system: System) -> System:
    """The same system, of which nothing is known yet."""
    return System.model_validate(system.model_dump(exclude_none=True))


ANSWERED: set[Any] = set()
"""Questions that were answered without a fault."""


def refused(ask: Callable[..., Any], fault: Fault, patch: Patch, **wishes: Any) -> None:
    """Without the fault there is an answer; with it there is none."""
    question = (ask, fault.system, repr(wishes))
    if question not in ANSWERED:
        ask(again(fault.system), **wishes)
        ANSWERED.add(question)
    fault.plant(patch)
    with pytest.raises(al.SolverTrouble, match=NO):
        ask(again(fault.system), **wishes)


# What agencies can do


def one(sense: str, value: float, measure: Cells | None = None, **tables: Any) -> System:
    """One target on one measure that captures an outcome; it stands at 5."""
    row = {"id": "x", "outcome": "care", "baseline": 5, "step": 1, **(measure or {})}
    return small(
        outcomes=[{"id": "care", "dimension": "outcomes"}],
        measures=[row],
        targets=[target("a", "x", sense, value, id="wish")],
        **tables,
    )


def beds(per_step: float, **cells: float) -> dict[str, Any]:
    """A resource of which 10 are used, and what a step of x uses of it."""
    return {
        "resources": [{"id": "beds", "in_use": 10, **cells}],
        "draws": [{"measure": "x", "resource": "beds", "moving": "up", "per_step": per_step}],
    }


def bounds(builder: str, most: float | None = None, least: float | None = None) -> Plant:
    """The bounds of some rows, times a number."""

    def change(part: Any) -> Any:
        part = part if most is None else replace(part, most=part.most * most)
        return part if least is None else replace(part, least=part.least * least)

    return changed(moves, builder, change)


def reach(times: float) -> Plant:
    """Everybody can push further, or less far."""

    def made(honest: Any) -> Any:
        def levers(index: Any, far: float, limits: Any, **more: Any) -> Any:
            return honest(index, times * far, limits, **more)

        return levers

    return instead(moves, "_levers", made)


def nothing(_: Any) -> dict[Any, Any]:
    return {}


def all_of_it(movers: dict[int, dict[int, float]]) -> dict[int, dict[int, float]]:
    """Whoever controls a part of a measure is taken to control it all."""
    return {at: dict.fromkeys(shares, 1.0) for at, shares in movers.items()}


def half(ends: tuple[float, float]) -> tuple[float, float]:
    return ends[0] / 2, ends[1] / 2


FAR = 1000.0
HALF: dict[str, Any] = {"controls": [{"agency": "a", "measure": "x", "share": 0.5}]}

# Each target cannot be met, for one reason alone: what forgets the reason says that it can.
ANYWAY = [
    Fault("caps", one("at_least", 8, **beds(1, capacity=12)), bounds("_resources", most=FAR)),
    Fault("draws", one("at_least", 8, **beds(1, capacity=12)), put(moves, "draws_of", nothing)),
    Fault("ring-fences", one("at_least", 8, **beds(-1, floor=8)), bounds("_resources", least=FAR)),
    Fault("ceilings", one("at_least", 8, {"ceiling": 7}), bounds("_levels", most=FAR)),
    Fault("floors", one("at_most", 2, {"floor": 3}), bounds("_levels", least=FAR)),
    Fault("reach", one("at_least", 16), reach(FAR)),
    Fault("control shares", one("at_least", 11, **HALF), changed(moves, "movers", all_of_it)),
    Fault("what is asked", one("at_least", 16), changed(moves, "_asked", half)),
]
EFFORT = Fault("effort", one("at_least", 8, agencies=[{"id": "a", "effort": 2}]), bounds("_efforts", most=FAR))

# Each can be met, but only just.
STRICT = [
    Fault("caps count twice", one("at_least", 7, **beds(1, capacity=12.5)), bounds("_resources", most=0.5)),
    Fault("half the reach", one("at_least", 14), reach(0.5)),
    Fault("half the effort", one("at_least", 8, agencies=[{"id": "a", "effort": 4}]), bounds("_efforts", most=0.5)),
    Fault("no higher than today", one("at_least", 7, {"ceiling": 9}), bounds("_levels", most=0)),
]

ANSWERS: dict[str, Ask] = {
    "achieve": al.can_all_be_met,
    "joint": partial(al.find_joint_conflicts, every=True),
    "those that prove a repair": al.find_joint_conflicts,
    "repair": al.smallest_repair,
    "share": al.shared_values,
    "propose": partial(al.propose, achievable=True),
}


@pytest.mark.parametrize("ask", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("fault", [*ANYWAY, EFFORT, *STRICT], ids=named([*ANYWAY, EFFORT, *STRICT]))
def test_what_holds_anyway_is_forgotten_or_too_strict(fault: Fault, ask: Ask, monkeypatch: Patch) -> None:
    refused(ask, fault, monkeypatch)


@pytest.mark.parametrize("fault", [*ANYWAY, EFFORT], ids=named([*ANYWAY, EFFORT]))
def test_a_frontier_of_sets_that_cannot_be_met(fault: Fault, monkeypatch: Patch) -> None:
    refused(al.frontier, fault, monkeypatch, achievable=True)


@pytest.mark.parametrize("fault", [*ANYWAY, *STRICT[:2], STRICT[3]], ids=named([*ANYWAY, *STRICT[:2], STRICT[3]]))
def test_no_effort_is_enough_or_less_than_is_said(fault: Fault, monkeypatch: Patch) -> None:
    refused(al.effort_needed, fault, monkeypatch)


def test_what_pushing_one_measure_does_to_another(monkeypatch: Patch) -> None:
    both = small(
        measures=measures("x", "y", baseline=5, step=1),
        targets=[target("a", name, "at_least", 14, id=name) for name in ("x", "y")],
        influences=[push("x", "y", -1), push("y", "x", -1)],
    )
    plain = property(lambda effects: np.eye(len(effects.index.measures)))
    fault = Fault("effects", both, put(NetEffects, "with_itself", plain))
    refused(al.can_all_be_met, fault, monkeypatch, steps=1)


# What is said of targets


def budget() -> System:
    """One council can meet two of three targets, the third weighs less."""
    names = ("buses", "parks", "roads")
    return small(
        agencies=[{"id": "council", "effort": 5}],
        measures=measures(*names, "trees", baseline=10, step=1),
        targets=[
            *(target("council", name, "at_least", 12, id=name, weight=1 - at / 4) for at, name in enumerate(names)),
            target("council", "trees", "at_least", 21, id="trees"),
        ],
    )


def heaviest(self: Hitting, sets: Sequence[tuple[int, ...]], barred: object = ()) -> tuple[int, ...]:
    """What is given up is all that is in any set."""
    return tuple(sorted({each for one in sets for each in one}))


def unshrunk(self: Cores, core: Sequence[int]) -> Contradiction:
    """A set that is not minimal."""
    return Contradiction(tuple(self.every.tolist()), self.proof, dict.fromkeys(self.every.tolist(), self.values))


def one_less(listed: Any) -> Any:
    return replace(listed, contradictions=listed.contradictions[:-1])


def tug() -> System:
    """One wants 20 or more, the other 10 or less; a third target is out of anybody's reach."""
    return small(
        agencies=[{"id": "left", "power": 2}, {"id": "right"}],
        measures=measures("m", "n", baseline=15, step=1),
        targets=[
            target("left", "m", "at_least", 20, id="up"),
            target("right", "m", "at_most", 10, id="down"),
            target("right", "n", "at_most", 2, id="far"),
        ],
    )


def more_effort(honest: Any) -> Any:
    """Half as much again is said to be needed."""

    def solve(self: Any, on: Any) -> float | None:
        value = honest(self, on)
        return None if value is None else 1.5 * value

    return solve


def conceding(times: float) -> Plant:
    """Concessions are told wrong."""

    def change(rows: Any) -> Any:
        return [row.model_copy(update={"concession": row.concession * times}) for row in rows]

    return changed(SHARING, "targets", change)


def at_once(sharing: Any) -> None:
    """Everybody may concede what one has to."""
    sharing._hold(sharing._all, sharing.largest)


def levels() -> System:
    """left and right are four apart, north and south two; what north concedes weighs less."""
    return small(
        measures=measures("m", "n", baseline=15, step=1),
        targets=[
            target("left", "m", "at_least", 18, id="up"),
            target("right", "m", "at_most", 14, id="down"),
            target("north", "n", "at_least", 17, id="north", weight=0.5),
            target("south", "n", "at_most", 15, id="south"),
        ],
    )


NEED: Any = efforts._Need  # pyright: ignore[reportPrivateUsage]
SHARING: Any = sharing._Sharing  # pyright: ignore[reportPrivateUsage]


def budget_of_staff() -> System:
    """A wish of three steps, for which there is staff for one."""
    return small(
        measures=measures("visits", baseline=10, step=1),
        targets=[target("council", "visits", "at_least", 13, id="visits")],
        resources=[{"id": "staff", "capacity": 2, "in_use": 1}],
        draws=[{"measure": "visits", "resource": "staff", "moving": "up", "per_step": 1}],
    )


def stays(least: Any, *_: Any, **__: Any) -> Any:
    """A cap that is not moved at all."""
    return least._least, least._most


class Told(NamedTuple):
    """What is told wrong by whom."""

    name: str
    system: System
    plant: Plant
    ask: Ask


TOLD = [
    Told("not the lightest", budget(), put(Hitting, "lightest", heaviest), al.smallest_repair),
    Told("not minimal", budget(), put(Cores, "shrink", unshrunk), al.can_all_be_met),
    Told("not all sets", budget(), changed(joint_verb, "list_all", one_less), ANSWERS["joint"]),
    Told("effort to spare", budget(), instead(NEED, "_solve", more_effort), al.effort_needed),
    Told("too large a concession", tug(), put(SHARING, "_max", property(lambda it: it._sum)), al.shared_values),
    Told("too large a sum", tug(), put(SHARING, "_sum", property(lambda it: it._max)), al.shared_values),
    Told("fair at the first level only", levels(), put(SHARING, "_next_largest", at_once), al.shared_values),
    Told("too small concessions", tug(), conceding(0.9), al.shared_values),
    Told(
        "another sum", budget_of_staff(), changed(LeastConcession, "_least_sum", lambda value: value + 1), al.ring_fence
    ),
    Told("a cap that stays", budget_of_staff(), put(LeastConcession, "_moved", stays), al.ring_fence),
    Told("too large concessions", tug(), conceding(1.1), al.shared_values),
]


@pytest.mark.parametrize("told", TOLD, ids=named(TOLD))
def test_what_is_told_of_targets_is_wrong(told: Told, monkeypatch: Patch) -> None:
    refused(told.ask, Fault(*told[:3]), monkeypatch)


# The set of measures

CARE: list[Cells] = [
    {"id": "care", "dimension": "outcomes"},
    {"id": "cost", "dimension": "resource-use"},
    {"id": "view", "dimension": "experience"},
]


def two(second: str = "care", **third: Any) -> System:
    """Each of two agencies has a measure of its own; of a third measure something can be said."""
    return small(
        tiers=[{"id": "town", "level": 1}],
        agencies=[{"id": name, "tier": "town"} for name in "ab"],
        outcomes=CARE,
        populations=[{"id": "old"}],
        measures=[
            {"id": "x", "outcome": "care", "collection": "survey", "direction": "higher"},
            {"id": "y", "outcome": second, "direction": "higher"},
            {"id": "z", **third},
        ],
        collections=[{"id": "survey", "cost": 3}],
        targets=[target("a", "x", "increase"), target("b", "y", "increase")],
    )


def one_of(system: str) -> System:
    return al.read(al.example(system))


def no_rows(_: Any) -> frozenset[int]:
    """A builder of rows that builds none."""
    return frozenset()


def with_options(**wishes: Any) -> Callable[[Any], Any]:
    """A builder that takes something else for what was asked."""

    def made(honest: Any) -> Any:
        def built(self: Any) -> Any:
            asked = self.options
            self.options = asked.model_copy(update=wishes)
            found = honest(self)
            self.options = asked
            return found

        return built

    return made


class NoSpillovers:
    """A search that finds no spillovers."""

    def __init__(self, search: Any) -> None:
        self._search = search

    def of_kind(self, kind: str) -> list[Any]:
        return [] if kind == "spillover" else self._search.of_kind(kind)


def no_pairs(honest: Any) -> Any:
    """A builder that forgets what two measures do to each other."""

    def built(self: Any) -> Any:
        self.search = NoSpillovers(self.search)
        return honest(self)

    return built


def only_measures(costs: Any) -> Any:
    """What a collection costs is forgotten."""
    return {column: cost for column, cost in costs.items() if column < 3}


def first_duties(honest: Any) -> Any:
    """Only the first duties have a row."""

    def built(self: Any, served: dict[Any, Any], unserved: Any) -> Any:
        return honest(self, dict(list(served.items())[:1]), unserved)

    return built


def narrow() -> System:
    """y costs less, but is about the old alone."""
    return small(
        outcomes=CARE,
        populations=[{"id": "old"}],
        measures=[{"id": "x", "outcome": "care", "cost": 2}, {"id": "y", "outcome": "care", "population": "old"}],
        targets=[target("a", "x", "increase")],
    )


def no_constant(objective: Any) -> Any:
    return replace(objective, constant=objective.constant + 1)


def all_in_sight(self: Sight, *_: Any) -> frozenset[int]:
    """Everybody sees everything."""
    return frozenset(range(len(self.index.measures)))


def no_terms(_: Any) -> dict[int, int]:
    return {}


def nothing_else(found: Any) -> Any:
    """Only a measure itself says what it says."""
    return {at: each for at, each in found.items() if each is ITSELF}


def both_ends(_: Any, finding: Any) -> frozenset[int]:
    """A push is forgotten where what it harms is not kept."""
    return frozenset(finding.measures)


def no_first(rows: Any) -> Any:
    return list(rows)[1:]


def half_as_bad(rows: Any) -> Any:
    return [replace(each, severity=each.severity / 2) for each in rows]


def of_kind(kind: Any, change: Callable[[Any], Any]) -> Plant:
    """What is found of a kind is changed."""

    def plant(patch: Patch) -> None:
        rule = RULES[kind]

        def find(search: Any) -> Any:
            return change(rule.find(search))

        patch.setitem(RULES, kind, replace(rule, find=find))

    return plant


def anywhere(self: Sight, duty: Duty) -> tuple[int, ...]:
    """Whatever captures the outcome serves, whomever it is about and whoever sees it."""
    return self.duties.speaking.get(duty.outcome, ())


def first(heard: dict[Any, Any]) -> dict[Any, Any]:
    """Of the duties that an agency's own measures serve only one."""
    return dict(list(heard.items())[:1])


def own_two() -> System:
    """x serves what y does, so of b's two duties its own measures go on serving one."""
    return small(
        outcomes=CARE,
        measures=[
            {"id": "x", "outcome": "care", "direction": "higher"},
            {"id": "y", "outcome": "care", "direction": "higher"},
            {"id": "z", "outcome": "cost"},
        ],
        targets=[target("a", "x", "increase"), target("b", "y", "increase"), target("b", "z", "increase")],
    )


FREE: dict[str, Any] = {"ground": "outcome", "protect": False}
"""Any measure of the outcome serves, and nothing has to be said."""


class Wished(NamedTuple):
    """A fault, and what is asked of the set in which it matters."""

    name: str
    system: System
    plant: Plant
    wishes: dict[str, Any]


def direct_of(effects: NetEffects) -> Any:
    """The direct effects alone, as a matrix."""
    size = len(effects.index.measures)
    found = sparse.lil_array((size, size))
    for source, row in effects.direct.items():
        for target_, steps in row.items():
            found[source, target_] = steps
    return found.tocsr()


LONDON, WINTER = one_of("london-2018"), one_of("winter-pressure")
first_order = property(direct_of)
SETS = [
    Wished("conflict rows", WINTER, instead(BUILDER, "_conflict", no_pairs), {}),
    Wished("duties", two("cost"), instead(BUILDER, "_duty_rows", first_duties), {"balance": False}),
    Wished("whom a measure is about", narrow(), put(Sight, "serving", anywhere), {}),
    Wished("balance", two(outcome="view"), put(BUILDER, "_balance_rows", no_rows), {}),
    Wished("voice", two(), instead(BUILDER, "_voice_rows", with_options(voice=0.0)), {"voice": 1.0, **FREE}),
    Wished("whose voice", own_two(), changed(Sight, "voiced", first), {"keep": ["x"], **FREE}),
    Wished("burden", two(), changed(BUILDER, "_costs", only_measures), {"keep": ["x"]}),
    Wished("a price", two(), changed(BUILDER, "_costs", only_measures), {"keep": ["x"], "price": 2.0}),
    Wished("anybody's voice", LONDON, changed(Sight, "voiced", nothing), {}),
    Wished("sway", two("cost"), put(BUILDER, "_sway_rows", no_rows), {"sway": 0.3, "balance": False}),
    Wished("keep", two(), put(BUILDER, "_forced", no_rows), {"keep": ["x"], **FREE}),
    Wished("drop", two(), changed(data, "excluded_of", no_rows), {"drop": ["y"]}),
    Wished("holders", two(), changed(BUILDER, "_holders", no_constant), {}),
    Wished("lost", LONDON, changed(BUILDER, "_lost", no_constant), {"drop": ["ae-4h"]}),
    Wished("how far it is said", LONDON, changed(Standings, "of", nothing_else), {}),
    Wished("what is said of guards", LONDON, put(Standings, "guards", frozenset()), {"worth": 4.0, "protect": False}),
    Wished("who sees it", LONDON, put(Sight, "in_sight", all_in_sight), {"worth": 4.0, "protect": False}),
    Wished("who pushes", LONDON, put(data, "pushing", both_ends), {}),
    Wished("at most", two(), put(BUILDER, "_at_most_row", no_rows), {"at_most": 1, "balance": False}),
    Wished("needs", two(), changed(BUILDER, "_missing", no_terms), {"needs": 5}),
    Wished("a spillover", LONDON, of_kind("spillover", no_first), {}),
    Wished("an opposed finding", WINTER, of_kind("opposed", no_first), {}),
    Wished("an inconsistent finding", LONDON, of_kind("inconsistent", no_first), {}),
    Wished("how bad it is", LONDON, of_kind("spillover", half_as_bad), {}),
    Wished("walks of two", LONDON, put(NetEffects, "net", first_order), {}),
]


@pytest.mark.parametrize("wished", SETS, ids=named(SETS))
def test_the_set_is_built_on_less(wished: Wished, monkeypatch: Patch) -> None:
    refused(al.propose, Fault(*wished[:3]), monkeypatch, **wished.wishes)


# The frontier and camps


def backwards(answers: Any) -> Any:
    return answers[::-1]


FRONTIER = [
    Fault("conflict rows", WINTER, instead(BUILDER, "_conflict", no_pairs)),
    Fault("burden", two(), changed(BUILDER, "_costs", only_measures)),
    Fault("the order of points", WINTER, changed(tradeoff._Telling, "_undominated", backwards)),  # pyright: ignore[reportPrivateUsage]
]


@pytest.mark.parametrize("fault", FRONTIER, ids=named(FRONTIER))
def test_a_point_of_the_frontier_is_another(fault: Fault, monkeypatch: Patch) -> None:
    refused(al.frontier, fault, monkeypatch)


def no_better(outcome: Any) -> Any:
    """Nothing is found, and everything that is known already is said to be the best."""
    return replace(outcome, values=None, bound=1e9)


def nobody(_: frozenset[Duty]) -> frozenset[Duty]:
    """No duty is left unserved."""
    return frozenset()


def a_row_of_six() -> System:
    """broad serves the four duties in the middle of six; left and right serve three each, and together all."""
    speaks = {"broad": "bcde", "left": "abc", "right": "def"}
    return small(
        outcomes=[{"id": each} for each in "abcdef"],
        measures=measures(*speaks),
        captures=[{"measure": name, "outcome": each, "validity": 1} for name in speaks for each in speaks[name]],
        targets=[target("council", name, "increase") for name in speaks],
    )


def everything(self: Sight, duty: Duty) -> tuple[int, ...]:
    """Whatever there is serves."""
    return tuple(range(len(self.duties.index.measures)))


COVERAGE = [
    Fault("what serves", WINTER, put(Sight, "serving", everything)),
    Fault("duties", WINTER, instead(BUILDER, "_duty_rows", first_duties)),
    Fault("who is left out", WINTER, changed(most, "_unserved", nobody)),
    Fault("what adds most", a_row_of_six(), changed(stages, "minimise", no_better)),
]


@pytest.mark.parametrize("fault", COVERAGE, ids=named(COVERAGE))
def test_what_so_many_measures_do_is_another(fault: Fault, monkeypatch: Patch) -> None:
    refused(al.coverage, fault, monkeypatch)


def together(split: Any) -> Any:
    """Everybody in one camp, and that is said to be the best."""
    camps = np.zeros_like(split.camps)
    return replace(split, camps=camps)


def less(split: Any) -> Any:
    return replace(split, cost=split.cost - 1, bound=split.bound - 1)


def worse(split: Any) -> Any:
    """A split with one name in the other camp, what it costs told right, and said to be proven."""
    camps = split.camps.copy()
    camps[0] = 1 - camps[0]
    return replace(split, camps=camps, cost=3, bound=3)


FOES = [("ann", "bob", -1), ("bob", "cid", -1), ("ann", "cid", -1), ("cid", "dan", 1), ("ann", "dan", -1)]
SPLITS = {"index": less, "one camp": together, "not the best": worse}


@pytest.mark.parametrize("change", SPLITS.values(), ids=SPLITS)
def test_a_split_is_another_than_is_said(change: Callable[[Any], Any], monkeypatch: Patch) -> None:
    assert al.frustration(FOES).index == 1
    changed(balance, "best_split", change)(monkeypatch)
    with pytest.raises(al.SolverTrouble, match=NO):
        al.frustration(FOES)


@pytest.mark.parametrize("by", ["agency", "tier", "sector"])
def test_relations_that_forget_a_pair(by: Any, monkeypatch: Patch) -> None:
    fault = Fault("relations", LONDON, changed(factions, "_pairs", no_first))
    refused(al.camps, fault, monkeypatch, by=by)


def test_relations_that_count_help_one_way(monkeypatch: Patch) -> None:
    def one_way(pairs: Any) -> Any:
        return [pair._replace(help=(pair.help[0], 0.0)) for pair in pairs]

    refused(al.camps, Fault("one way", LONDON, changed(factions, "_pairs", one_way)), monkeypatch)
