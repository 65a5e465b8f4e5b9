"""US Medicare's quality measures: how few would do, by a solver that knows nothing of the library; who sees what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

import alignment as al
from alignment.models import System
from alignment.models.options.aligned_set import Options
from alignment.sight import Sight
from tests.qpp import ADMISSIONS, OWN, RADIOLOGY, ROLES, choices, code, qpp, there

pytestmark = there

RADIOLOGISTS = (*RADIOLOGY, "m1498", "m1499")
"""Both specialties, and the pathways of diagnostic and interventional radiology."""


def fewest(chosen: Mapping[str, tuple[frozenset[str], int]]) -> int:
    """The fewest measures of which everybody has as many of its own as it needs, or all where it has fewer."""
    names = sorted(frozenset[str]().union(*(mine for mine, _ in chosen.values())))
    own = np.array([[name in mine for name in names] for mine, _ in chosen.values()], dtype=float)
    needs = [min(number, len(mine)) for mine, number in chosen.values()]
    ones = np.ones(len(names))
    found: Any = milp(
        ones,
        constraints=LinearConstraint(own, needs),
        integrality=np.ones(len(names), dtype=np.int64),
        bounds=Bounds(0, 1),
    )
    assert found.status == 0
    return round(found.fun)


def lacking(chosen: Mapping[str, tuple[frozenset[str], int]], kept: Collection[str]) -> int:
    """How many measures they lack in a set, all together."""
    sizes = ((number, sum(code(each) in kept for each in mine)) for mine, number in chosen.values())
    return sum(max(0, number - size) for number, size in sizes)


# What a pathway's own measures are makes the figure: with those that CMS demands of every pathway 67 do, without 72.
@pytest.mark.parametrize(("roles", "number"), [(ROLES, 67), (OWN, 72)])
def test_as_few_do_as_an_independent_solver_finds(roles: tuple[str, ...], number: int) -> None:
    chosen = choices(roles)
    answer = al.propose(qpp("one", roles), order="conflict-first")
    assert len(answer.measures) == fewest(chosen) == number
    assert answer.proven
    # Five specialties have fewer than six measures in their sets: what they lack nobody could give them.
    short = {code(who): need - len(mine) for who, (mine, need) in chosen.items() if len(mine) < need}
    assert len(short) == 5
    assert lacking(chosen, answer.measures) == answer.after.missing == sum(short.values()) == 14


def serving(system: System, ground: Literal["sight", "outcome"]) -> set[tuple[str, str]]:
    """Which measures of hospital admissions could serve duties of radiologists, and of whom."""
    sight = Sight(system, Options(ground=ground))
    agencies, measures = sight.index.agencies, sight.index.measures
    duties = [duty for duty in sight.duties.weight if agencies[duty.agency].id in RADIOLOGISTS]
    assert {agencies[duty.agency].id for duty in duties} == set(RADIOLOGISTS)
    found = {(measures[at].id, agencies[duty.agency].id) for duty in duties for at in sight.serving(duty)}
    return {(measure, who) for measure, who in found if measure in ADMISSIONS}


def test_where_outcome_is_enough_hospital_admissions_serve_radiology_and_by_sight_they_do_not() -> None:
    everywhere = {(measure, who) for measure in ADMISSIONS for who in RADIOLOGISTS}
    assert serving(qpp("one", OWN), "outcome") == everywhere
    assert serving(qpp("one", OWN), "sight") == set()
    # 492 is newer than the domains: it speaks for nothing that is known.
    assert serving(qpp("domain", OWN), "outcome") == {pair for pair in everywhere if pair[0] != "492"}
    assert serving(qpp("domain", OWN), "sight") == set()


def test_the_proposal_says_so_too() -> None:
    for ground in ("outcome", "sight"):
        answer = al.propose(qpp("domain", OWN), order="conflict-first", keep=ADMISSIONS, ground=ground)
        kept = [row for row in answer.kept if row.measure in ADMISSIONS]
        told = {(row.measure, duty.agency) for row in kept for duty in row.serves if duty.agency in RADIOLOGISTS}
        assert len(kept) == len(ADMISSIONS)
        assert told == serving(qpp("domain", OWN), ground)


def test_a_pathway_that_is_asked_for_hospital_admissions_holds_them() -> None:
    """CMS demands two of every pathway, radiology's too: that is a target, so by its word they see themselves there."""
    assert serving(qpp("one"), "sight") == {(each, who) for each in ADMISSIONS[:2] for who in ("m1498", "m1499")}
