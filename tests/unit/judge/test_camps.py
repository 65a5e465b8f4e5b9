"""Splits and relations, word for word, and what is as good as what is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest

import alignment as al
from alignment.judge.camps import objections, relations_objections
from alignment.models import System
from tests.small import Cells, measures, small, target

Edges = list[tuple[str, str, float]]
PAIRS: Edges = [("a", "b", 2.0), ("c", "d", 2.0), ("a", "c", -1.0), ("b", "d", -1.0)]
"""Two pairs of friends that oppose each other."""


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"alone": ("a",)}, "not everybody who is related to somebody is in one camp"),
        ({"camps": (("a", "b"), ("c",))}, "not everybody who is related to somebody is in one camp"),
        ({"k": 1}, "there are 2 camps, not 1 at most"),
        ({"index": 0.5, "bound": 0.5}, "0 goes against the grain, not 0.5"),
        ({"bound": 1.0}, "the bound 1 does not go with an index of 0"),
        (
            {"camps": (("a", "b", "c"), ("d",)), "index": 3.0, "bound": 3.0},
            "less goes against the grain with c in another camp",
        ),
    ],
)
def test_what_is_said_of_a_split(cells: dict[str, Any], says: str) -> None:
    found = al.frustration(PAIRS)
    assert objections(PAIRS, found) == ()
    assert objections(PAIRS, replace(found, **cells))[0] == says


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ([("e", "f", 1.0), ("g", "h", 1.0)], ("another split has less against the grain",)),
        # With a ninth name there are too many to try.
        ([("e", "f", 1.0), ("g", "h", 1.0), ("h", "i", 1.0)], ()),
    ],
)
def test_every_split_of_eight_names_is_tried(more: Edges, says: tuple[str, ...]) -> None:
    """All together two go against the grain, and no name is better off elsewhere; the two pairs apart none does."""
    edges = PAIRS + more
    names = tuple(sorted({name for a, b, _ in edges for name in (a, b)}))
    together = replace(al.frustration(edges), camps=(names,), index=2.0, bound=2.0)
    assert objections(edges, together) == says


def test_one_who_is_as_well_off_alone_may_stay() -> None:
    edges = [("a", "b", 3.0), ("a", "c", 1.0), ("b", "c", -1.0)]
    found = al.frustration(edges)
    for camps in ((("a", "b", "c"),), (("a", "b"), ("c",))):
        assert objections(edges, replace(found, camps=camps, index=1.0, bound=1.0)) == ()


def wishes(*told: tuple[str, str, str, float]) -> System:
    """Who wants which measure to go which way, and how much that weighs; x and y stand at 5."""
    cells: list[Cells] = [
        target(agency, measure, sense, 3 if sense == "between" else None, weight=weight, id=f"{agency}-{measure}")
        | ({"upper": 7} if sense == "between" else {})
        for agency, measure, sense, weight in told
    ]
    return small(measures=measures("x", "y", baseline=5, step=1), targets=cells)


def friends() -> System:
    """ann and bob want the same of x and the opposite of y; both ways, 2 halves of help and 2 quarters of hindrance."""
    return wishes(
        ("ann", "x", "increase", 0.5),
        ("bob", "x", "increase", 1.0),
        ("ann", "y", "increase", 0.5),
        ("bob", "y", "decrease", 0.5),
    )


Count = Literal["relations", "effects"]


def said(system: System, count: Count = "relations", neutral: int | None = None, **cells: float) -> tuple[str, ...]:
    """What is said of the relations of a system, the first of which has other cells."""
    found = al.camps(system, count=count)
    told = [found.relations[0]._replace(**cells), *found.relations[1:]]
    return relations_objections(system, told, found.neutral if neutral is None else neutral, "agency", count=count)


AS_IT_IS = ("ann and bob help each other by 1 and hinder each other by 0.5",)


@pytest.mark.parametrize(
    ("count", "cells", "says"),
    [
        ("relations", {}, ()),
        ("relations", {"weight": 0.5}, AS_IT_IS),
        ("relations", {"weight": -1.0}, AS_IT_IS),
        ("effects", {}, ()),
        ("effects", {"weight": 1.5}, AS_IT_IS),
        ("effects", {"weight": 1.0}, AS_IT_IS),
        # All may be off by a millionth of the sum and 1, so by 2.5 millionths.
        ("relations", {"help": 1 + 2.3e-6}, ()),
        ("relations", {"help": 1 + 2.7e-6}, AS_IT_IS),
        ("relations", {"hinder": 0.5 + 2.3e-6}, ()),
        ("relations", {"hinder": 0.5 + 2.7e-6}, AS_IT_IS),
        ("effects", {"weight": 0.5 + 2.3e-6}, ()),
        ("effects", {"weight": 0.5 + 2.7e-6}, AS_IT_IS),
        ("relations", {"neutral": 1}, ("0 pairs are neutral, not 1",)),
    ],
)
def test_what_is_said_of_two_who_agree_on_one_measure(count: Count, cells: Any, says: tuple[str, ...]) -> None:
    assert said(friends(), count, **cells) == says


def test_two_who_are_related_have_to_be_told() -> None:
    assert relations_objections(friends(), (), 1, "agency") == ("ann and bob are related, and not told",)
    assert relations_objections(friends(), (), 0, "agency") == (
        "ann and bob are related, and not told",
        "1 pairs are neutral, not 0",
    )


@pytest.mark.parametrize("weight", [1.0, -1.0])
def test_two_who_help_as_much_as_they_hinder_are_neutral_or_told_either_way(weight: float) -> None:
    even = wishes(
        ("ann", "x", "increase", 1.0),
        ("bob", "x", "increase", 1.0),
        ("ann", "y", "increase", 1.0),
        ("bob", "y", "decrease", 1.0),
    )
    assert al.camps(even).relations == ()
    assert relations_objections(even, (), 1, "agency") == ()
    told = al.camps(friends()).relations[0]._replace(help=2.0, hinder=2.0, weight=weight)
    assert relations_objections(even, [told], 0, "agency") == ()


@pytest.mark.parametrize("sense", ["increase", "decrease"])
def test_two_who_want_the_same_help_each_other(sense: str) -> None:
    """Nobody wants the other way."""
    same = wishes(("ann", "x", sense, 0.5), ("bob", "x", sense, 1.0))
    assert said(same) == ()
    assert said(same, help=2.0) == ("ann and bob help each other by 1 and hinder each other by 0",)


def test_one_whose_measure_stands_within_a_band_wants_it_to_go_neither_way() -> None:
    content = wishes(("ann", "x", "increase", 1.0), ("bob", "x", "between", 1.0))
    assert relations_objections(content, (), 0, "agency") == ()
    assert relations_objections(content, (), 1, "agency") == ("0 pairs are neutral, not 1",)
