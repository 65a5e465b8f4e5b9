"""Alignment and congruity against the formulas in dense algebra, target by target."""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
import pytest

import alignment as al
from alignment.models import System
from alignment.models.options.fields import Group
from tests.oracle import Oracle
from tests.random_systems import random_system
from tests.small import measures, push, small, target


def with_itself(oracle: Oracle) -> dict[tuple[str, str], float]:
    found = defaultdict(float, oracle.effects)
    for name in oracle.measures:
        found[name, name] += 1
    return found


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("by", ["agency", "tier", "sector", None])
def test_alignment_is_the_sum_over_pairs_of_targets(seed: int, by: Group | None) -> None:
    system = random_system(seed)
    oracle = Oracle(system)
    reach = with_itself(oracle)
    group = {
        row.id: "system" if by is None else row.id if by == "agency" else getattr(row, by) for row in system.agencies
    }
    helped: dict[tuple[str, str], float] = defaultdict(float)
    hindered: dict[tuple[str, str], float] = defaultdict(float)
    for one, two in itertools.product(system.targets, repeat=2):
        a, b = group[one.agency], group[two.agency]
        if a is None or b is None:
            continue
        push_on = oracle.wish(one) * reach[one.measure, two.measure] * oracle.wish(two)
        size = oracle.weight(one) * oracle.weight(two) * push_on
        helped[a, b] += max(0.0, size)
        hindered[a, b] += max(0.0, -size)
    frame = al.alignment(system, by).to_frame()
    found = {(row.a, row.b): (row.help, row.hinder) for row in frame.itertuples()}
    wanted = {pair: (helped[pair], hindered[pair]) for pair in helped if helped[pair] + hindered[pair] > 1e-9}
    assert set(found) == set(wanted)
    for pair, sums in wanted.items():
        assert found[pair] == pytest.approx(sums, abs=1e-8)
    total, against = sum(helped.values()), sum(hindered.values())
    value = al.alignment(system, by).value
    assert value == (pytest.approx((total - against) / (total + against), abs=1e-6) if total + against else None)


@pytest.mark.parametrize("seed", range(40))
def test_congruity_is_cosine_and_projection(seed: int) -> None:
    system = random_system(seed)
    oracle, names = Oracle(system), sorted(row.id for row in system.measures)
    reach = with_itself(oracle)
    matrix = np.array([[reach[a, b] for b in names] for a in names])
    ways = {"higher": 1.0, "lower": -1.0}
    worth = matrix @ np.array([ways.get(oracle.measures[name].direction or "", 0.0) for name in names])
    found = al.congruity(system)
    for agency in {row.agency for row in system.targets}:
        judged = sum(
            oracle.weight(row) * oracle.wish(row) * matrix[:, names.index(row.measure)]
            for row in system.targets
            if row.agency == agency
        )
        lengths = float(np.linalg.norm(worth) * np.linalg.norm(judged))
        if lengths > 1e-9:
            assert found.agencies[agency] == pytest.approx(float(worth @ judged) / lengths, abs=1e-5)
        else:
            assert found.agencies[agency] is None
    columns = matrix[:, sorted({names.index(row.measure) for row in system.targets})]
    if worth @ worth < 1e-12:
        assert found.reach is None
        return
    projected = columns @ np.linalg.lstsq(columns, worth, rcond=None)[0]
    assert found.reach == pytest.approx(float(projected @ projected / (worth @ worth)), abs=1e-5)


def test_targets_that_pull_apart_are_minus_one_between_and_plus_one_within() -> None:
    system = small(measures=measures("x"), targets=[target("a", "x", "increase"), target("b", "x", "decrease")])
    matrix = al.alignment(system, "agency").matrix
    assert matrix.loc["a", "b"] == -1
    assert matrix.loc["a", "a"] == 1


def test_help_need_not_be_mutual() -> None:
    system = small(
        measures=measures("x", "y"),
        targets=[target("a", "x", "increase"), target("b", "y", "increase")],
        influences=[push("x", "y", 0.5)],
    )
    frame = al.alignment(system, "agency").to_frame().set_index(["a", "b"])
    assert frame.loc[("a", "b"), "help"] == 0.5
    assert ("b", "a") not in frame.index


def test_only_targets_on_the_measures_asked_for_count() -> None:
    system = small(measures=measures("x", "y"), targets=[target("a", "x", "increase"), target("b", "y", "increase")])
    assert list(al.alignment(system, "agency", ["x"]).to_frame()["a"]) == ["a"]
    with pytest.raises(al.UnknownWord, match="Did you mean"):
        al.alignment(system, measures=["xx"])


def test_judging_on_every_measure_reaches_all_that_is_good() -> None:
    system: System = al.read(al.example("london-2018"))
    assert al.congruity(system, [row.id for row in system.measures]).reach == pytest.approx(1, abs=1e-6)
    assert al.congruity(system, []).reach == 0


def test_it_prints_for_people() -> None:
    system = al.read(al.example("winter-pressure"))
    assert str(al.alignment(system)).startswith("Alignment of the whole: +0.69")
    assert "council" in str(al.alignment(system, "agency"))
    assert "council" in str(al.congruity(system))
    with pytest.raises(al.OptionError, match=r'^by: "borough" is not one of agency, tier, sector\. Write one'):
        al.alignment(system, "borough")  # pyright: ignore[reportArgumentType]
