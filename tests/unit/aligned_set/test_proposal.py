"""What an answer says of itself: reasons, limits, interruption, the judge."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from typing import Any

import pytest

import alignment as al
from alignment.aligned_set import search, stages
from alignment.aligned_set.programme import Programme
from alignment.models import System
from alignment.models.answers.proposal import DutyRef
from alignment.solver import Clock, Outcome
from tests.small import Cells, measures, push, small, target

CARE: list[Cells] = [{"id": "care", "dimension": "outcomes"}, {"id": "cost", "dimension": "resource-use"}]


@pytest.fixture(scope="module")
def london() -> System:
    return al.read(al.example("london-2018"))


def test_london_is_proven_and_survives_the_judge(london: System) -> None:
    answer = al.propose(london)
    verdict = al.check(london, answer.measures)
    assert answer.proven
    assert verdict.aligned
    assert verdict.figures == answer.after
    assert set(answer.measures) | {row.measure for row in answer.retired} | set(answer.unused) == {
        row.id for row in london.measures
    }


def key(duty: DutyRef) -> tuple[str, ...]:
    return duty.agency, duty.outcome, duty.population or ""


def test_the_duties_only_a_kept_measure_serves_are_lost_without_it(london: System) -> None:
    answer = al.propose(london)
    for row in answer.kept:
        without = al.check(london, set(answer.measures) - {row.measure})
        lost = {key(gap.duty) for gap in without.unserved} - {key(gap.duty) for gap in answer.gaps}
        assert lost == {key(duty) for duty in row.alone}


def test_what_a_retired_measure_would_bring_back_comes_back(london: System) -> None:
    answer = al.propose(london)
    for row in answer.retired:
        more = al.check(london, {*answer.measures, row.measure}).figures
        assert more.conflict - answer.after.conflict == pytest.approx(row.conflict, abs=1e-9)
        assert more.burden - answer.after.burden == pytest.approx(row.burden)
        for substitute in row.instead:
            assert set(substitute.measures) <= set(answer.measures)


def test_the_largest_loss_of_voice_is_the_stages_value(london: System) -> None:
    answer = al.propose(london)
    voice = next(stage for stage in answer.stages if stage.stage == "voice")
    assert answer.voices[0].loss == voice.value == answer.after.largest_loss


def test_wishes_are_met(london: System) -> None:
    answer = al.propose(london, keep="obesity-y6", drop=["nea"], voice=0.2)
    assert "obesity-y6" in answer.measures
    assert "nea" not in answer.measures
    assert all(voice.after >= 0.2 * voice.before for voice in answer.voices)
    statutory = {row.id for row in london.measures if row.statutory}
    assert statutory <= set(al.propose(london, keep_statutory=True).measures)


def test_a_retired_statutory_measure_goes_on_being_reported(london: System) -> None:
    row = next(row for row in al.propose(london).retired if row.statutory)
    assert "The law still wants it reported." in row.reason


def test_a_high_price_is_conflict_first_and_none_is_burden_first(london: System) -> None:
    first = al.propose(london, order="conflict-first").after
    dear, free = al.propose(london, price=1000).after, al.propose(london, price=0).after
    assert (dear.conflict, dear.burden) == (first.conflict, first.burden)
    assert free.burden == al.propose(london, order="burden-first").after.burden


def test_a_set_that_is_known_hides_no_better_one(london: System) -> None:
    # Given the set of the stage before as a start, a solver once called a loss of 3/13 the least.
    wishes: dict[str, Any] = {"drop": ["ae-4h"], "protect": False, "worth": 1.0}
    voice = next(stage for stage in al.propose(london, **wishes).stages if stage.stage == "voice")
    assert (voice.value, voice.proven) == (0.2, True)
    assert all(size.proven for size in al.propose(london, drop=["ae-4h"]).sizes)


def clashing() -> System:
    """Each of two agencies has a measure of its own, so neither can be half of one measure."""
    return small(
        outcomes=CARE,
        measures=[{"id": "x", "outcome": "care"}, {"id": "y", "outcome": "cost"}],
        targets=[target("a", "x", "increase"), target("b", "y", "increase")],
    )


def test_wishes_that_clash_are_named_and_no_others() -> None:
    with pytest.raises(al.NoAlignedSet) as caught:
        al.propose(clashing(), sway=0.3, balance=False, voice=1.0)
    # All measures are somebody's own, so a cap below one half leaves only the empty set, which silences everybody.
    clash = {each.option: each for each in caught.value.clash}
    assert set(clash) == {"sway", "voice"}
    assert "at most 30%" in clash["sway"].wish
    assert "own measures must serve" in clash["voice"].wish
    # With both measures kept each agency has half of them.
    assert (clash["sway"].value, clash["voice"].value) == (0.5, 0.0)


def test_a_cap_on_sway_may_leave_gaps() -> None:
    answer = al.propose(clashing(), sway=0.3, balance=False)
    assert answer.measures == ()
    assert answer.after.gaps == 2
    assert "none is kept" in answer.gaps[0].reason


def test_where_nobody_wants_anything_no_measure_is_needed() -> None:
    answer = al.propose(small(measures=measures("x", "y"), targets=[]))
    assert (answer.measures, answer.retired, answer.proven) == ((), (), True)
    assert answer.unused == ("x", "y")


def test_it_prints_what_is_needed(london: System) -> None:
    text = str(al.propose(london))
    assert all(len(line) <= 80 for line in text.splitlines())
    for words in (
        "proven to be least in",
        "How far to go",
        "Layer after layer",
        "What people will ask about:",
        "Wishes to cap or cut that go",
        "Retired, as what is kept says it:",
        "Kept (why: table measures",
        "One target a measure, where today's differ:",
        "What the set does not touch:",
        "Who takes on and gives up what:",
        "Conflicts it leaves:",
    ):
        assert words in " ".join(text.split())
    frame = al.propose(london).to_frame()
    assert list(frame["decision"].value_counts()) == [42, 7]


def test_an_answer_that_the_judge_sees_otherwise_is_refused(london: System, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = stages.solve

    def lying(programme: Programme, clock: Clock, progress: stages.Progress) -> stages.Answer:
        answer = honest(programme, clock, progress)
        return replace(answer, kept=frozenset(sorted(answer.kept)[1:]))

    monkeypatch.setattr(search, "solve", lying)
    with pytest.raises(al.SolverTrouble, match="did not survive the judge"):
        al.propose(london)


@pytest.mark.parametrize("how", ["finds nothing", "finds nonsense", "finds fractions"])
def test_a_solver_that_fails_us_leaves_an_honest_answer(
    london: System, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def useless(programme: Programme, *_: Any, **__: Any) -> Outcome:
        values = {
            "finds nothing": None,
            "finds nonsense": tuple(0.0 for _ in programme.columns),
            "finds fractions": tuple(0.5 for _ in programme.columns),
        }[how]
        return Outcome(values, float("-inf"), infeasible=False, stopped="time limit")

    monkeypatch.setattr(stages, "minimise", useless)
    answer = al.propose(london)
    assert not answer.proven
    assert al.check(london, answer.measures).aligned
    assert "a better set may exist" in answer.notes[-1]
    assert "not proven" in str(answer)


def test_no_time_gives_the_best_set_known_and_says_so(london: System) -> None:
    answer = al.propose(london, time_limit=1e-9)
    assert (answer.proven, answer.stopped) == (False, "time limit")
    assert al.check(london, answer.measures).aligned
    assert all(stage.bound <= stage.value for stage in answer.stages)


def test_a_stage_that_is_proven_stays_proven_when_a_later_one_is_not(
    london: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tired(*_: Any, **__: Any) -> Outcome:
        return Outcome(None, float("-inf"), infeasible=False, stopped="time limit")

    monkeypatch.setattr(stages, "minimise", tired)
    answer = al.propose(london)
    proven = {stage.stage: stage.proven for stage in answer.stages}
    assert proven["gaps"]
    assert not proven["toll"]


def hard() -> System:
    """Many measures that all clash a little: nothing that is proved in a moment."""
    number = 60
    rows = [{"id": f"o{at}", "dimension": "outcomes"} for at in range(20)]
    named = [{"id": f"m{at:02}", "outcome": f"o{at % 20}", "direction": "in-range"} for at in range(number)]
    captures = [
        {"measure": f"m{at:02}", "outcome": f"o{(at * 7 + shift) % 20}", "validity": 0.9}
        for at in range(number)
        for shift in (3, 11)
        if (at * 7 + shift) % 20 != at % 20
    ]
    targets = [target(f"a{at % 9}", f"m{at:02}", "increase", weight=0.3 + (at * 37 % 70) / 100) for at in range(number)]
    links = [
        push(f"m{one:02}", f"m{two:02}", -0.3 - (one * two % 50) / 100)
        for one in range(number)
        for two in range(number)
        if one != two and (one * 31 + two * 17) % 5 < 3
    ]
    return small(outcomes=rows, measures=named, captures=captures, targets=targets, influences=links)


def test_ctrl_c_ends_the_search_with_the_best_set_so_far() -> None:
    system = hard()
    started = threading.Event()

    def interrupt(words: str) -> None:
        if words == "stage conflict" and not started.is_set():
            started.set()
            threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()

    answer = al.propose(system, progress=interrupt, time_limit=120, order="conflict-first", ground="outcome")
    assert started.is_set()
    assert (answer.proven, answer.stopped) == (False, "interrupted")
    assert al.check(system, answer.measures, ground="outcome").aligned


def test_a_solve_leaves_no_thread_behind() -> None:
    script = (
        "import threading, alignment as al; al.propose(al.read(al.example('winter-pressure')));"
        "print(threading.active_count())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_solves_in_several_threads_do_not_disturb_each_other(london: System) -> None:
    alone = al.propose(london).measures
    found: list[tuple[str, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(al.propose(london).measures)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 4
