"""How sure: shares by hand, laws of draws, and what is told of those that went wrong."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
import pytest

import alignment as al
from alignment.effects.links import CONFIDENCE
from alignment.models.answers.certainty import Certainty
from alignment.models.options.aligned_set import Options
from alignment.uncertainty.sampling import Law, Redrawing, Task
from alignment.uncertainty.swings import swings
from tests.random_systems import random_system, shuffled
from tests.small import push, small, target
from tests.thoroughly import most


def rivals(*influences: dict[str, Any]) -> al.System:
    """Two measures of one outcome, and one of another that pushing them may harm."""
    outcomes = [{"id": name, "name": name, "dimension": "outcomes"} for name in ("o", "p")]
    rows = [{"id": name, "outcome": outcome} for name, outcome in (("a", "o"), ("b", "o"), ("c", "p"))]
    wishes = [target("x", name, "increase") for name in "abc"]
    return small(outcomes=outcomes, measures=rows, targets=wishes, influences=list(influences))


# a harms c unless its sign is turned; b helps c, and harms it less than a does when its own is.
TWO = rivals(push("a", "c", -0.6, certainty="moderate"), push("b", "c", 0.3, certainty="weak"))


MANY = most(200, 40)


@pytest.fixture(scope="module")
def two() -> Certainty:
    return al.certainty(TWO, draws=MANY)


def share(found: Certainty, measure: str) -> float:
    return next((row.share for row in found.measures if row.measure == measure), 0.0)


def test_shares_are_those_of_every_combination_of_signs(two: Certainty) -> None:
    """Sizes vary too, but in this system only signs can change the answer."""
    wanted: dict[tuple[str, ...], float] = {}
    for one, other in product((1, -1), repeat=2):
        chance = (0.7 if one > 0 else 0.3) * (0.3 if other > 0 else 0.7)
        kept = al.propose(rivals(push("a", "c", -0.6 * one), push("b", "c", 0.3 * other))).measures
        wanted[kept] = wanted.get(kept, 0) + chance
    assert wanted == pytest.approx({("b", "c"): 0.7, ("a", "c"): 0.3})
    for each in two.sets:
        right = wanted[each.measures]
        assert abs(each.share - right) < 4 * math.sqrt(right * (1 - right) / two.done)


def test_conflicts_stand_as_often_as_their_signs_hold(two: Certainty) -> None:
    found = {row.conflict: row for row in two.conflicts}
    # A moderate influence has its sign with (1 + 0.7) / 2; a weak one has the other with (1 - 0.3) / 2.
    for name, right in (("spillover.a-up.c-up", 0.85), ("spillover.b-up.c-up", 0.35)):
        row = found[name]
        assert abs(row.share - right) < 4 * math.sqrt(right * (1 - right) / two.done)
        assert row.error == pytest.approx(math.sqrt(row.share * (1 - row.share) / two.done), abs=1e-6)
        assert row.rests
        assert "“C” up" in row.sentence
    assert found["spillover.a-up.c-up"].severity == 0.6
    assert found["spillover.b-up.c-up"].severity is None


def test_the_only_influence_that_can_change_the_set_matters_most(two: Certainty) -> None:
    first, second = two.influences
    assert two.matters_most == first
    assert (first.influence, second.influence) == ("a>c", "b>c")
    q = first.held / two.done
    # a and b change places with the sign of a, always.
    assert first.sign == pytest.approx(2 * q * (1 - q) * 2, abs=1e-6)
    assert (first.stands_held, first.stands_turned) == (1, 0)
    assert not second.clear
    assert (first.held + first.turned, first.drawn) == (MANY, "certainty")


def test_turning_one_sign_alone_confirms_it() -> None:
    found = al.certainty(TWO, draws=10, confirm=2)
    assert {row.influence: row.confirmed for row in found.influences} == {"a>c": 1, "b>c": 0}
    plain = al.certainty(TWO, draws=10)
    assert [row.confirmed for row in plain.influences] == [None, None]
    assert plain.draws == found.draws


def test_where_nothing_is_uncertain_every_share_is_0_or_1() -> None:
    sure = rivals(push("a", "c", -0.6, effect_se=0), push("b", "c", 0.3, origin="arithmetic"))
    found = al.certainty(sure, draws=3)
    assert (found.uncertain, found.influences) == (0, ())
    assert {row.share for row in (*found.conflicts, *found.measures, *found.sets)} == {1.0}
    assert {row.error for row in (*found.conflicts, *found.measures)} == {0.0}
    assert found.core == found.proposed == al.propose(sure).measures
    assert {row.conflict: row.severity for row in found.conflicts} == {
        row.id: row.severity for row in al.find_conflicts(sure)
    }
    assert found.matters_most is None
    assert "No influence is uncertain" in found.to_text()


def test_more_draws_begin_with_the_same_ones(two: Certainty) -> None:
    few = al.certainty(TWO, draws=25)
    assert [few.sets[row.set or 0].measures for row in few.draws] == [
        two.sets[row.set or 0].measures for row in two.draws[:25]
    ]
    assert [(row.draw, row.conflicts, row.ended) for row in few.draws] == [
        (row.draw, row.conflicts, row.ended) for row in two.draws[:25]
    ]


def test_another_seed_draws_otherwise(two: Certainty) -> None:
    other = al.certainty(TWO, draws=25, seed=1)
    assert [row.conflicts for row in other.draws] != [row.conflicts for row in two.draws[:25]]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    system = random_system(seed + 40)
    one, other = (al.certainty(each, draws=6, balance=False) for each in (system, shuffled(system, seed)))
    assert one.model_dump_json() == other.model_dump_json()


def test_a_draw_is_the_answer_for_the_drawn_system() -> None:
    """What is taken over from the system as given is what the drawn system, read anew, says."""
    system = al.read(al.example("london-2018"))
    redrawing = Redrawing(system, Options(), 0)
    for draw in range(2):
        drawn = redrawing.drawn(Task(draw))
        anew = al.System.model_validate(drawn.model_dump())
        found = redrawing.do(Task(draw))
        assert found.conflicts == tuple(row.id for row in al.find_conflicts(anew))
        assert found.kept == al.propose(anew).measures


def test_draws_follow_their_law() -> None:
    rows = [push("a", "c", -0.6, certainty=word) for word in ("strong", "moderate", "contested", "weak")]
    rows += [push("b", "c", 0.5, effect_se=0.25), push("b", "a", 0.5, origin="arithmetic")]
    rows.append({"source_measure": "c", "target_measure": "a", "strength": 3, "origin": "arithmetic"})
    law = Law(rivals(*rows), 0)
    drawn = np.array([law.effects(draw) for draw in range(4000)])
    for at, row in enumerate(law.rows):
        held = float((drawn[:, at] * law.given[at] > 0).mean())
        size = np.abs(drawn[:, at] / law.given[at])
        if row.effect_se:
            assert law.how(at) == "effect_se"
            assert drawn[:, at].mean() == pytest.approx(0.5, abs=0.02)
            assert drawn[:, at].std() == pytest.approx(0.25, abs=0.01)
        elif row.origin == "arithmetic":
            assert held == 1
            assert law.uncertain[at] == (row.effect is None)
        else:
            right = (1 + CONFIDENCE[row.certainty]) / 2
            assert held == pytest.approx(right, abs=4 * math.sqrt(right * (1 - right) / 4000))
        if law.uncertain[at] and not row.effect_se:
            assert size.min() >= 2 / 3
            assert size.max() <= 4 / 3
            assert size.mean() == pytest.approx(1, abs=0.015)


def test_what_options_ask_for_is_asked_of_every_draw() -> None:
    found = al.certainty(TWO, draws=10, drop=["a"], weights={"x": 0.5})
    assert found.options.drop == ("a",)
    assert share(found, "a") == 0
    assert share(found, "b") == 1


def test_draws_go_by_the_influences_that_count() -> None:
    system = rivals(push("a", "c", 0.6, effect_se=0), push("a", "c", -0.6, effect_se=0, origin="estimated"))
    declared, estimated = al.certainty(system, draws=2), al.certainty(system, draws=2, evidence="estimated")
    assert "spillover.a-up.c-up" not in {row.conflict for row in declared.conflicts if row.share}
    assert "spillover.a-up.c-up" in {row.conflict for row in estimated.conflicts if row.share}


def test_draws_in_which_effects_diverge_are_counted_apart() -> None:
    circle = rivals(push("a", "b", 0.9, effect_se=0.3), push("b", "a", 0.9, effect_se=0.3))
    found = al.certainty(circle, draws=most(30, 5), steps=0, decay=1)
    assert 0 < found.divergent < len(found.draws)
    assert sum(row.ended == "divergent" and row.set is None for row in found.draws) == found.divergent
    assert sum(row.share for row in found.sets) == pytest.approx(1, abs=1e-5)
    assert f"In {found.divergent} draws influences reinforce each other without end" in found.notes[-1]


def test_a_limit_of_time_gives_the_draws_done_so_far() -> None:
    found = al.certainty(TWO, draws=100_000, seconds=0.5)
    assert found.stopped == "time limit"
    assert 0 <= found.done < 100_000
    assert [row.draw for row in found.draws] == list(range(found.done))
    assert f"Stopped after {found.done} draw" in found.notes[0]


def test_ctrl_c_gives_the_draws_done_so_far() -> None:
    def interrupt(words: str) -> None:
        if words.startswith("3 "):
            raise KeyboardInterrupt

    found = al.certainty(TWO, draws=30, progress=interrupt)
    assert (found.stopped, found.done) == ("interrupted", 3)
    assert found.draws == al.certainty(TWO, draws=3).draws


def test_ctrl_c_is_heard_while_conflicts_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from alignment.conflicts.kinds import joint

    listed = joint.list_all
    times: list[int] = []

    def interrupted(cores: Any, *rest: Any) -> Any:
        times.append(1)
        if len(times) == 3:
            cores.clock.interrupt()
        return listed(cores, *rest)

    monkeypatch.setattr(joint, "list_all", interrupted)
    given = TWO.model_copy(update={"measures": tuple(row.model_copy(update={"baseline": 5}) for row in TWO.measures)})
    found = al.certainty(al.System.model_validate(given.model_dump()), draws=30)
    assert (found.stopped, found.done) == ("interrupted", 1)


def test_draws_without_a_proof_or_a_set_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    do = Redrawing.do

    def spoilt(self: Redrawing, task: Task, end: float | None = None) -> Any:
        found = do(self, task, end)
        nothing = {"ended": "no set", "kept": ()}
        spoil: dict[int, dict[str, Any]] = {0: {"ended": "unproven"}, 1: nothing, 2: {**nothing, "ended": "impossible"}}
        return found._replace(**spoil.get(task.draw, {}))

    monkeypatch.setattr(Redrawing, "do", spoilt)
    found = al.certainty(TWO, draws=5)
    assert (found.unproven, found.without_set, found.impossible) == (1, 1, 1)
    assert [row.set is None for row in found.draws] == [False, True, True, False, False]
    assert found.measures[0].share == 1
    assert "In 1 draw the set was not proved" in found.notes[-3]
    assert "In 1 draw no set meets all wishes" in found.notes[-2]
    assert "In 1 draw no set was found" in found.notes[-1]


def test_a_limit_so_short_that_nothing_is_proved_is_no_failure() -> None:
    found = al.certainty(al.read(al.example("london-2018")), draws=2, time_limit=1e-6)
    assert found.done == 2
    assert found.unproven + found.without_set == 2
    assert "not proved to be the best" in found.to_text()


@pytest.mark.parametrize(
    "wrong", [{"draws": 0}, {"draws": 1.5}, {"seed": -1}, {"confirm": -1}, {"seconds": 0}, {"seconds": math.nan}]
)
def test_options_out_of_their_range(wrong: dict[str, Any]) -> None:
    with pytest.raises(al.OptionError, match=next(iter(wrong))):
        al.certainty(TWO, **wrong)


def test_no_aligned_set_is_said_as_propose_says_it() -> None:
    with pytest.raises(al.NoAlignedSet, match="drop"):
        al.certainty(TWO, draws=2, voice=1.0, drop=["a", "b"])


def test_tables_have_a_row_each(two: Certainty) -> None:
    for what in ("measures", "conflicts", "influences", "sets", "draws"):
        frame = two.to_frame(what)
        assert len(frame) == len(getattr(two, what))
    assert list(two.to_frame("sets").measures) == ["b; c", "a; c"]
    assert str(two.to_frame("draws").dtypes["set"]) == "Int64"


def test_the_text_fits_its_width(two: Certainty) -> None:
    for columns in (40, 80):
        assert max(map(len, two.to_text(columns).splitlines())) <= columns
    assert "a>c: its sign" in two.to_text()
    assert str(two) == two.to_text()


def test_parallel_influences_are_told_apart() -> None:
    found = al.certainty(rivals(push("a", "c", -0.6), push("a", "c", -0.3)), draws=2)
    assert sorted(row.influence for row in found.influences) == ["a>c", "a>c#2"]


def test_swings_by_chance_are_those_of_permutations() -> None:
    """The formula for chance against sides dealt out at random, many times."""
    chance = np.random.default_rng(0)
    kept = chance.random((80, 6)) < np.array([0.1, 0.3, 0.5, 0.5, 0.8, 1.0])
    side = np.zeros((80, 400), dtype=bool)
    for at in range(400):
        side[chance.permutation(80)[:24], at] = True
    found = swings(kept, side, np.ones_like(side))
    assert float(found.swing.mean()) == pytest.approx(float(found.chance.mean()), rel=0.05)
    assert float(found.clear.mean()) < 0.01


def test_swings_without_two_sides_are_0() -> None:
    found = swings(np.ones((4, 2), bool), np.ones((4, 1), bool), np.ones((4, 1), bool))
    assert (found.swing.tolist(), found.chance.tolist(), found.clear.tolist()) == ([0], [0], [False])
    empty = swings(np.zeros((0, 2), bool), np.zeros((0, 1), bool), np.zeros((0, 1), bool))
    assert empty.swing.tolist() == [0]
