"""An answer depends on the system and the question: not on what was asked before, nor on who asks at the same time."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

import alignment as al
from alignment.models import System
from tests.random_systems import random_system
from tests.small import with_notes
from tests.thoroughly import part_of

Question = Callable[[System], Any]


def questions(system: System) -> Mapping[str, Question]:
    """Questions that share what is worked out on the way, with options that are nearly the same."""
    one, other = system.measures[0].id, system.measures[-1].id
    agency = system.agencies[0].id
    asked: dict[str, Any] = {"weights": {agency: 0.5}, "power": {agency: 3.0}}
    return {
        "conflicts": al.find_conflicts,
        "opposed": lambda system: al.find_conflicts(system, "opposed"),
        "joint": lambda system: al.find_conflicts(system, "joint"),
        "no tolerance": lambda system: al.find_conflicts(system, ("spillover", "two-masters"), tolerance=0),
        "three steps": lambda system: al.find_conflicts(system, steps=3, decay=0.25),
        "effects": lambda system: al.net_effects(system, 2, 1),
        "effects, as numbers": lambda system: al.net_effects(system, 2.0, 1.0),  # type: ignore[arg-type]
        "walk": lambda system: al.net_effects(system, 2.0, 1).between(one, other),  # type: ignore[arg-type]
        "alignment": lambda system: al.alignment(system, "agency"),
        "congruity": al.congruity,
        "proposal": al.propose,
        "weighed": lambda system: al.propose(system, **asked),
        "burden first": lambda system: al.propose(system, order="burden-first", tolerance=0),
        "achievable": lambda system: al.propose(system, achievable=True, local_choice=1),
        "why": lambda system: al.why(system, [one]),
        "alternatives": lambda system: al.alternatives(system, within=0.2, limit=3),
        "sway": lambda system: al.sway(system, [one, other], weights={agency: 0.5}),
        "frontier": lambda system: al.frontier(system, limit=3),
        "coverage": lambda system: al.coverage(system, at_most=3),
        "certainty": lambda system: al.certainty(system, draws=2),
        "can they all be met": al.can_all_be_met,
        "sets": al.find_joint_conflicts,
        "effort": al.effort_needed,
        "shared": al.shared_values,
        "mactor": al.mactor_matrices,
        "camps": al.camps,
        "what if": lambda system: al.what_if(system, al.RemoveAgency(agency=agency)),
        "check": lambda system: al.check(system, [one, other], **asked),
        "graph": lambda system: (al.graph(system).nodes(data=True), al.graph(system).edges(data=True)),
    }


def told(question: Question, system: System) -> Any:
    """All that an answer says."""
    try:
        answer = question(system)
    except al.AlignmentError as error:
        return type(error), str(error)
    if isinstance(answer, al.Conflicts):
        return answer.to_json(), answer.notes, answer.to_text(limit=None), answer.of_kind("opposed").notes
    if hasattr(answer, "model_dump_json"):
        return answer.model_dump_json()
    return repr(answer), str(answer), answer.to_frame().to_csv() if hasattr(answer, "to_frame") else ""


def anew(system: System) -> System:
    """The same system, of which nothing was ever asked."""
    return pickle.loads(pickle.dumps(system))


SYSTEMS: Mapping[str, Callable[[], System]] = {
    **{f"random {seed}": lambda seed=seed: random_system(seed) for seed in (1, 4, 8, 12)},
    "winter-pressure": lambda: al.read("winter-pressure"),
    "with notes": with_notes,
}


@pytest.fixture(scope="module", params=part_of(list(SYSTEMS)))
def system(request: pytest.FixtureRequest) -> System:
    return SYSTEMS[request.param]()


@pytest.fixture(scope="module")
def alone(system: System) -> Mapping[str, Any]:
    """What each question is answered where it is the first."""
    return {name: told(question, anew(system)) for name, question in questions(system).items()}


def shuffled(names: Mapping[str, Any], seed: int) -> Sequence[str]:
    return random.Random(seed).sample([*names, *names], 2 * len(names))


def test_an_answer_is_the_same_whatever_was_asked_before(system: System, alone: Mapping[str, Any]) -> None:
    asked = anew(system)
    for name in shuffled(alone, seed=len(system.targets)):
        assert told(questions(system)[name], asked) == alone[name], name


def test_an_answer_is_the_same_whoever_asks_at_the_same_time(system: System, alone: Mapping[str, Any]) -> None:
    quick = [name for name in alone if name not in ("certainty", "frontier", "what if", "achievable", "why")]
    asked, together = anew(system), Barrier(3)

    def ask(seed: int) -> dict[str, Any]:
        together.wait()
        return {name: told(questions(system)[name], asked) for name in random.Random(seed).sample(quick, len(quick))}

    with ThreadPoolExecutor(3) as pool:
        for found in pool.map(ask, range(3)):
            assert found == {name: alone[name] for name in quick}


def test_the_notes_are_those_of_the_kinds_that_were_asked_for() -> None:
    system = with_notes()
    before = al.find_conflicts(system, "opposed")
    every = al.find_conflicts(system)
    assert [note.split(":")[0] for note in every.notes] == ["joint conflicts not assessed"]
    assert before.notes == al.find_conflicts(system, "opposed").notes == every.of_kind("opposed").notes == ()
    assert every.touching("trust").notes == every[:1].notes == al.find_conflicts(system, "joint").notes == every.notes
