"""The programme as plain data, without a solver."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

import alignment as al
from alignment.aligned_set.programme import MICRO, Programme, build
from alignment.models.options.aligned_set import Options
from alignment.options.asked import asked_of, fitted
from tests.oracle import Oracle
from tests.random_systems import random_system
from tests.small import Cells, measures, small, target


def programme(seed: int, **wishes: object) -> tuple[Programme, Oracle]:
    system = random_system(seed)
    return build(system, fitted(system, asked_of(Options, wishes))), Oracle(system)


@pytest.mark.parametrize("seed", range(25))
def test_rows_allow_exactly_the_sets_that_the_method_allows(seed: int) -> None:
    wishes = {"voice": (0.0, 0.5)[seed % 2], "sway": (None, 0.6)[seed % 3 == 0]}
    found, oracle = programme(seed, **wishes)
    names = [found.index.measures[at].id for at in found.candidates]
    for number in range(len(names) + 1):
        for columns in combinations(range(len(names)), number):
            kept = {names[column] for column in columns}
            values = found.complete(columns)
            wanted = oracle.allowed(kept, found.options)
            if found.options.sway is None:
                duties = oracle.duties(found.options)
                able = [duty for duty in duties if any(oracle.serves(n, duty, found.options) for n in names)]
                wanted = wanted and all(any(oracle.serves(n, duty, found.options) for n in kept) for duty in able)
            assert all(row.holds(values) for row in found.rows) == wanted


@pytest.mark.parametrize("seed", range(25))
def test_objectives_say_what_the_method_says(seed: int) -> None:
    found, oracle = programme(seed, protect=seed % 2 == 0, order=("toll", "conflict-first")[seed % 3 == 0])
    names = [found.index.measures[at].id for at in found.candidates]
    by_stage = {objective.stage: objective for objective in found.objectives}
    asked = found.options
    wanted: dict[str, Callable[[set[str]], int]] = {
        "lost": lambda kept: oracle.lost(kept, asked),
        "toll": lambda kept: oracle.toll(kept, asked),
        "conflict": oracle.residual,
        "unsaid": lambda kept: oracle.unsaid(kept, asked),
        "left": lambda kept: oracle.residual(kept) + oracle.unsaid(kept, asked),
    }
    for columns in combinations(range(len(names)), max(1, len(names) // 2)):
        kept, values = {names[column] for column in columns}, found.complete(columns)
        for each in (*found.objectives, found.ladder[0]):
            if each.stage in wanted:
                assert each.value(values) * each.unit * MICRO == wanted[each.stage](kept), each.stage
        burden = found.ladder[1]
        assert burden.value(values) * burden.unit == oracle.burden(kept)
        if "voice" in by_stage:
            assert values[found.loss] == oracle.loss(kept, found.options)


def test_every_row_carries_its_reason() -> None:
    found = build(al.read(al.example("london-2018")), Options(voice=0.5, sway=0.5, keep=("ae-4h",)))
    kinds = {row.reason.kind for row in found.rows}
    assert kinds == {"duty", "balance", "keep", "sway", "pair", "heard", "loss", "silent", "voice"}
    assert all(row.reason.duties for row in found.rows if row.reason.kind == "duty")
    assert all(row.reason.about for row in found.rows if row.reason.kind not in ("duty", "heard", "silent"))


def test_equal_rows_of_many_like_bodies_are_one() -> None:
    rows = [target(f"borough-{n}", "x", "increase") for n in range(33)]
    found = build(
        small(
            outcomes=[{"id": "care", "dimension": "outcomes"}],
            measures=measures("x", "y", outcome="care"),
            targets=rows,
        ),
        Options(),
    )
    (duty,) = [row for row in found.rows if row.reason.kind == "duty"]
    assert len(duty.reason.duties) == 33
    assert len(found.voices) == 1
    assert len(found.voices[0].agencies) == 33


def test_a_collection_is_paid_once_and_not_when_the_law_needs_it() -> None:
    def terms(statutory: bool) -> list[tuple[str, int]]:
        rows: list[Cells] = [
            *measures("x", "y", collection="survey", cost=2),
            {"id": "z", "collection": "survey", "statutory": statutory},
        ]
        rows[0] |= {"outcome": "care"}
        system = small(
            outcomes=[{"id": "care", "dimension": "outcomes"}],
            collections=[{"id": "survey", "cost": 10}],
            measures=rows,
            targets=[target("a", "x", "increase")],
        )
        found = build(system, Options())
        burden = found.ladder[1]
        return [(found.columns[column], number) for column, number in burden.terms.items()]

    single = [("keep x", 2), ("keep y", 2), ("keep z", 1)]
    assert terms(statutory=True) == single
    assert terms(statutory=False) == [*single, ("collect survey", 10)]


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"theta": 0}, "theta"),
        ({"voice": 2}, "voice"),
        ({"order": "neither"}, "order"),
        ({"time_limit": 0}, "time_limit"),
        ({"thetta": 0.5}, "Did you mean 'theta'"),
        ({"keep": ["ae4h"]}, "Did you mean 'ae-4h'"),
        ({"drop": ["ae4h"]}, "Did you mean 'ae-4h'"),
        ({"candidates": ["ae4h"]}, "Did you mean 'ae-4h'"),
        ({"candidates": "some"}, "'some' is not a measure"),
        ({"weights": {"dsc": 0.5}}, "not an agency or a target"),
        ({"weights": {"dhsc": 2}}, "weights"),
        ({"power": {"dsc": 2}}, "not an agency"),
        ({"power": {"dhsc": 0}}, "power"),
        ({"local_choice": -1}, "local_choice"),
        ({"solver": "gurobi"}, "solver"),
    ],
)
def test_a_wrong_option_is_said_in_a_sentence(wishes: dict[str, Any], words: str) -> None:
    with pytest.raises(al.OptionError, match=words):
        al.propose(al.read(al.example("london-2018")), **wishes)
