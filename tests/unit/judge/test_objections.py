"""An answer that somebody changed: the judge says what is wrong with it, from the answer and the rows alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import pytest

import alignment as al
from alignment.judge import achievement, camps, coverage, effort, joint, repair, sharing
from alignment.models import System
from alignment.verdict import frontier
from tests.changed import rows, without
from tests.small import measures, small, target

Objections = Callable[[System, Any], tuple[str, ...]]
Change = dict[str, Any]


def budget(effort: float) -> System:
    """Three wishes of two steps each, and a council; the second weighs least."""
    weights = {"buses": 1.0, "parks": 0.25, "roads": 0.5}
    return small(
        agencies=[{"id": "council", "effort": effort}],
        measures=[*measures(*weights, baseline=10, step=1), {"id": "trees"}],
        targets=[
            *(target("council", name, "at_least", 12, id=name, weight=weight) for name, weight in weights.items()),
            target("council", "trees", "increase", id="trees"),
        ],
    )


WINTER = al.read(al.example("winter-pressure"))


class Judged(NamedTuple):
    """An answer that stands, and who judges it."""

    system: System
    answer: Any
    objections: Objections


YES = Judged(budget(6), al.can_all_be_met(budget(6)), achievement.objections)
NO = Judged(budget(5), al.can_all_be_met(budget(5)), achievement.objections)
SETS = Judged(budget(3), al.find_joint_conflicts(budget(3), every=True), joint.objections)
REPAIR = Judged(budget(3), al.smallest_repair(budget(3), every=True), repair.objections)
NEED = Judged(budget(5), al.effort_needed(budget(5), curve=3), effort.objections)
SHARED = Judged(budget(3), al.shared_values(budget(3)), sharing.objections)
POINTS = Judged(WINTER, al.frontier(WINTER), frontier.objections)
SERVE = Judged(WINTER, al.coverage(WINTER), coverage.objections)
THERE = budget(6).replace(levels=[{"measure": "parks", "agency": "council", "value": 9}])
"""The same place, where parks stand at 9 at the council and not at 10: it has a step more to go."""
TWO = THERE.replace(targets=THERE.targets[:2])
LEVEL = Judged(TWO, al.can_all_be_met(TWO), achievement.objections)
GIVEN = Judged(THERE, al.smallest_repair(THERE), repair.objections)
TAKES = Judged(THERE, al.effort_needed(THERE), effort.objections)
GIVES = Judged(THERE, al.shared_values(THERE), sharing.objections)
LISTS = Judged(THERE, al.find_joint_conflicts(THERE), joint.objections)
EVERY = {
    "level": LEVEL,
    "given": GIVEN,
    "takes": TAKES,
    "gives": GIVES,
    "lists": LISTS,
    "yes": YES,
    "no": NO,
    "sets": SETS,
    "repair": REPAIR,
    "effort": NEED,
    "shared": SHARED,
    "points": POINTS,
    "serve": SERVE,
}


@pytest.mark.parametrize("judged", EVERY.values(), ids=EVERY)
def test_an_answer_that_nobody_changed_stands(judged: Judged) -> None:
    assert judged.objections(judged.system, judged.answer) == ()


A, N, J, R, E, S, F, C = (each.answer for each in (YES, NO, SETS, REPAIR, NEED, SHARED, POINTS, SERVE))
CHANGED: list[tuple[Judged, Change, str]] = [
    (LEVEL, {"levels": rows(LEVEL.answer.levels, 1, level_of=None)}, "not every measure"),
    (LEVEL, {"levels": rows(LEVEL.answer.levels, 1, baseline=10.0)}, "parks ends up at 12"),
    (LEVEL, {"moves": rows(LEVEL.answer.moves, 1, effort=2.0)}, "the level of parks moves by 2, not 3"),
    (GIVEN, {"given_up": rows(GIVEN.answer.given_up, 0, level_of=None)}, "parks is another target"),
    (TAKES, {"targets": rows(TAKES.answer.targets, 1, level_of=None)}, "parks is told from another place's level"),
    (TAKES, {"targets": rows(TAKES.answer.targets, 1, alone=2.0)}, "parks takes an effort of 3"),
    (GIVES, {"targets": rows(GIVES.answer.targets, 1, level_of=None)}, "parks does not settle"),
    (
        LISTS,
        {"sets": rows(LISTS.answer.sets, 0, wants=rows(LISTS.answer.sets[0].wants, 0, level_of="council"))},
        "buses is told from another place's level",
    ),
    (YES, {"moves": rows(A.moves, 0, effort=1.9)}, "the level of buses moves by 1.9, not 2"),
    (YES, {"moves": rows(A.moves, 0, effort=2.2)}, "the effort of council moves by 6.2"),
    (YES, {"moves": rows(A.moves, 0, effort=11.0)}, "further than they can"),
    (YES, {"moves": rows(A.moves, 0, measure="trees"), "levels": A.levels}, "the level of buses"),
    (YES, {"moves": rows(A.moves, 0, agencies=("nobody",))}, "cannot push"),
    (YES, {"levels": rows(A.levels, 1, level=12.1)}, "parks ends up at 12, not 12.1"),
    (YES, {"levels": without(A.levels, 1)}, "not every measure"),
    (YES, {"assessed": 4}, "4 targets are said to be assessed, 3 can be"),
    (YES, {"not_assessed": ()}, "without a baseline"),
    (YES, {"met": False, "moves": (), "levels": ()}, "all can be met"),
    (YES, {"met": False, "conflict": N.conflict}, "buses, parks, roads can all be met"),
    (NO, {"met": True, "conflict": None}, "not all can be met"),
    (NO, {"conflict": J.sets[0]}, "can all be met"),
    (SETS, {"sets": (*J.sets, N.conflict)}, "hold another set"),
    (SETS, {"sets": without(J.sets, 0)}, "more sets than the list of all"),
    (SETS, {"sets": rows(J.sets, 0, targets=("buses",))}, "buses can all be met"),
    (SETS, {"sets": rows(J.sets, 0, targets=("buses", "trees"))}, "not all of buses, trees are targets"),
    (SETS, {"sets": rows(J.sets, 0, targets=("buses", "buses"))}, "some ask the same"),
    (REPAIR, {"given_up": without(R.given_up, 0)}, "weighs 0.5, not 0.75"),
    (REPAIR, {"given_up": rows(R.given_up, 0, weight=0.3)}, "parks is another target"),
    (REPAIR, {"repairs": (*R.repairs, ("buses", "parks"))}, "to give up buses, parks weighs 1.25"),
    (REPAIR, {"conflicts": R.conflicts[:1]}, "a repair weighs"),
    (REPAIR, {"proven": False, "bound": 0.8}, "not 0.8"),
    (REPAIR, {"given_up": (), "weight": 0.0, "repairs": ((),), "conflicts": ()}, "the rest cannot all be met"),
    (NEED, {"effort": 5.9}, "takes an effort of 6 at least and 6 at most, not 5.9"),
    (NEED, {"effort": 6.1}, "not 6.1"),
    (NEED, {"agencies": rows(E.agencies, 0, spends=6.5)}, "council spends 6.5, of 6"),
    (NEED, {"agencies": rows(E.agencies, 0, has=None)}, "council spends 6"),
    (NEED, {"agencies": ()}, "others can move"),
    (NEED, {"targets": rows(E.targets, 0, alone=1.5)}, "buses takes an effort of 2"),
    (NEED, {"targets": rows(E.targets, 0, alone=None)}, "buses can be met alone"),
    (NEED, {"targets": rows(E.targets, 1, adds=1.0)}, "without parks takes an effort of 4"),
    (NEED, {"targets": without(E.targets, 0)}, "not told of each"),
    (NEED, {"curve": rows(E.curve, 3, weight=1.5)}, "with all the effort"),
    (NEED, {"curve": rows(E.curve, 1, weight=1.6)}, "more effort meets less"),
    (SHARED, {"largest": 0.5}, "the largest of the concessions is 1, not 0.5"),
    (SHARED, {"total": 1.0}, "the sum of the concessions is"),
    (SHARED, {"targets": rows(S.targets, 0, concession=0.0)}, "does not settle"),
    (SHARED, {"targets": rows(S.targets, 0, concession=0.0, shared=12.0)}, "not all can be met"),
    (SHARED, {"targets": without(S.targets, 0)}, "has its value"),
    (SHARED, {"agencies": rows(S.agencies, 0, concession=3.0)}, "council concedes 1, not 3"),
    (SHARED, {"agencies": rows(S.agencies, 0, power=3.0)}, "with its power"),
    (POINTS, {"points": F.points[::-1]}, "dominates"),
    (POINTS, {"points": rows(F.points, 0, burden=4.0)}, "the burden of"),
    (POINTS, {"points": rows(F.points, 0, conflict=1.0)}, "the conflict of"),
    (POINTS, {"points": rows(F.points, 1, comes=())}, "other measures come and go"),
    (POINTS, {"points": rows(F.points, 0, measures=F.points[0].measures[1:])}, "none is kept"),
    (SERVE, {"duties": 15}, "the duties is 16, not 15"),
    (SERVE, {"weight": 15.0}, "the weight of all duties is 14.5, not 15"),
    (SERVE, {"bodies": 3}, "the bodies with duties is 4, not 3"),
    (SERVE, {"least": 0.5}, "the weight that nothing serves is 0, not 0.5"),
    (SERVE, {"points": C.points[1:]}, "the numbers are not those from 1 on"),
    (SERVE, {"points": C.points[:-1]}, "4 measures are no end"),
    (SERVE, {"points": rows(C.points, 3, gap_weight=2.75)}, "4 measures leave more unserved than 3"),
    (SERVE, {"points": (*C.points, C.points[-1])}, "5 measures serve all that can be served, and 5"),
    (SERVE, {"points": rows(C.points, 3, proven=False, bound=0.0)}, "fewer than 5 measures may serve"),
    (SERVE, {"points": rows(C.points, 0, measures=C.points[1].measures)}, "of at most 1 measures 2 are kept"),
    (SERVE, {"points": rows(C.points, 0, gap_weight=8.25)}, "the weight left unserved of 1 is 8.5, not 8.25"),
    (SERVE, {"points": rows(C.points, 0, share=0.5)}, "the share served of 1 is 0.413793, not 0.5"),
    (SERVE, {"points": rows(C.points, 0, served=7)}, "the duties served of 1 is 6, not 7"),
    (SERVE, {"points": rows(C.points, 0, gaps=9)}, "the duties unserved of 1 is 10, not 9"),
    (SERVE, {"points": rows(C.points, 0, left_out=())}, "1 measures leave out trust, not nobody"),
    (SERVE, {"points": rows(C.points, 0, bound=8.0)}, "the bound of 1 is 8, where 8.5"),
    (SERVE, {"points": rows(C.points, 0, measures=("home-care-spending",))}, "the weight left unserved of 1 is 10.5"),
    (SERVE, {"options": C.options.model_copy(update={"keep": ("readmissions",)})}, "some must not be kept, or others"),
    (SERVE, {"options": C.options.model_copy(update={"drop": ("bed-occupancy",)})}, "some must not be kept, or others"),
    (SERVE, {"options": C.options.model_copy(update={"at_most": 4})}, "5 measures are more than 4"),
    (
        SERVE,
        {"points": rows(C.points, 0, measures=("home-care-spending",), gap_weight=10.5, bound=10.5)},
        "1 measures can leave 8.5 unserved, which 10.5 is said to rule out",
    ),
    (
        SERVE,
        {"points": rows(C.points, 4, gap_weight=0.5, bound=0.5, measures=C.points[3].measures)},
        "5 measures can leave 0 unserved, which 0.5 is said to rule out",
    ),
]


@pytest.mark.parametrize(("judged", "change", "why"), CHANGED, ids=[why for *_, why in CHANGED])
def test_an_answer_that_somebody_changed_does_not(judged: Judged, change: Change, why: str) -> None:
    found = judged.objections(judged.system, judged.answer.model_copy(update=change))
    assert any(why in each for each in found), found


def test_the_next_largest_concession_is_looked_at() -> None:
    """left and right are five apart whatever happens; third need not concede anything."""
    system = small(
        agencies=[{"id": name} for name in ("left", "right", "third")],
        measures=measures("m", "n", baseline=15, step=1),
        targets=[
            target("left", "m", "at_least", 20, id="up"),
            target("right", "m", "at_most", 10, id="down"),
            target("third", "n", "at_most", 14, id="n", weight=0.5),
        ],
    )
    fair = al.shared_values(system, lexicographic=True)
    assert not sharing.objections(system, fair)
    n = next(at for at, row in enumerate(fair.targets) if row.target == "n")
    third = next(at for at, row in enumerate(fair.agencies) if row.agency == "third")
    more = fair.model_copy(
        update={
            "targets": rows(fair.targets, n, concession=4.0, shared=18.0),
            "agencies": rows(fair.agencies, third, concession=4.0),
            "total": (fair.total or 0.0) + 2,
        }
    )
    assert any("concede less" in each for each in sharing.objections(system, more))


FOES = [("ann", "bob", -1.0), ("bob", "cid", -1.0), ("ann", "cid", -1.0), ("ann", "dan", 2.0)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"index": 0.0, "bound": 0.0}, "1 goes against the grain, not 0"),
        ({"bound": 2.0}, "does not go with"),
        ({"bound": 0.0}, "does not go with"),
        ({"camps": (("ann", "bob", "cid", "dan"),), "index": 3.0, "bound": 3.0}, "in another camp"),
        ({"camps": (("ann",), ("bob", "dan"), ("cid",))}, "not 2 at most"),
        ({"camps": (("ann", "bob"), ("cid",))}, "not everybody"),
        ({"camps": (("ann", "bob", "dan"), ("bob", "cid"))}, "not everybody"),
        ({"alone": ("dan",)}, "not everybody"),
    ],
)
def test_a_split_that_somebody_changed(change: Change, why: str) -> None:
    found = al.frustration(FOES)
    assert not camps.objections(FOES, found)
    assert any(why in each for each in camps.objections(FOES, replace(found, **change)))


def test_a_split_that_no_move_of_one_makes_better_but_another_beats() -> None:
    """Two pairs of friends: each name alone is as well off where it is, and both of a pair better elsewhere."""
    edges = [("a", "b", 2.0), ("c", "d", 2.0), ("a", "c", -1.0), ("b", "d", -1.0)]
    best = al.frustration(edges)
    assert best.camps == (("a", "b"), ("c", "d"))
    together = replace(best, camps=(("a", "b", "c", "d"),), index=2.0, bound=2.0)
    assert camps.objections(edges, together) == ("another split has less against the grain",)


@pytest.mark.parametrize("by", ["agency", "tier", "sector"])
def test_relations_that_somebody_changed(by: Any) -> None:
    london = al.read(al.example("london-2018"))
    found = al.camps(london, by=by)
    given = found.relations
    assert camps.relations_objections(london, given, found.neutral, by) == ()
    for wrong in (
        given[1:],
        (given[0]._replace(help=given[0].help + 0.5), *given[1:]),
        (given[0]._replace(weight=-given[0].weight), *given[1:]),
    ):
        assert camps.relations_objections(london, wrong, found.neutral, by)
    assert camps.relations_objections(london, given, found.neutral + 1, by)


def test_what_was_asked_of_moves_counts() -> None:
    """An answer under one reach or effort is another under another."""
    system = budget(6)
    from alignment.judge.feasibility import Allowed

    assert achievement.objections(system, YES.answer, Allowed(reach=1.0))
    free = small(measures=measures("x", baseline=0, step=1), targets=[target("a", "x", "at_least", 4)])
    assert al.can_all_be_met(free).met
    assert achievement.objections(free, al.can_all_be_met(free), Allowed(effort=3.0))
    assert not achievement.objections(free, al.can_all_be_met(free, effort=3.0), Allowed(effort=3.0))
    assert achievement.objections(free, al.can_all_be_met(free, effort=3.0), Allowed(effort=4.0))
    some = al.shared_values(system, ["buses"], power={"council": 2.0})
    assert not sharing.objections(system, some, ["buses"], power={"council": 2.0})
    assert sharing.objections(system, some, ["parks"], power={"council": 2.0})
    assert sharing.objections(system, some, ["buses"])
