"""Camps: what goes against the grain is added up again, nobody does better elsewhere, and relations rest on the rows.

That no split has less rests on the bound; the judge can refuse a bound above the index, a split that is said to be the
best and can be made better by moving one name, and, among few enough names, one that any other split beats.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal, Protocol

import numpy as np
from scipy import sparse

from alignment.models.options.fields import Walks
from alignment.models.system import System

from .duties import counting
from .effects import net_of
from .rows import local, weight_of, wish_of

MICRO: Final = 1_000_000
"""Weights are counted in millionths."""

FEW: Final = 8
"""So many names are tried in every split."""

NEAR: Final = 1e-6
"""What help and hinder may be off by; in parts of them and 1."""


class Split(Protocol):
    """A split of a signed graph, as `frustration` and `camps` tell it."""

    @property
    def k(self) -> int: ...  # noqa: D102
    @property
    def camps(self) -> tuple[tuple[str, ...], ...]: ...  # noqa: D102
    @property
    def alone(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def index(self) -> float: ...  # noqa: D102
    @property
    def bound(self) -> float: ...  # noqa: D102
    @property
    def proven(self) -> bool: ...  # noqa: D102


class Relation(Protocol):
    """Two groups and what they do to each other."""

    @property
    def a(self) -> str: ...  # noqa: D102
    @property
    def b(self) -> str: ...  # noqa: D102
    @property
    def help(self) -> float: ...  # noqa: D102
    @property
    def hinder(self) -> float: ...  # noqa: D102
    @property
    def weight(self) -> float: ...  # noqa: D102
    @property
    def against(self) -> bool: ...  # noqa: D102


def objections(edges: Sequence[Any], split: Split) -> tuple[str, ...]:
    """What is wrong with a split, in words.

    Parameters
    ----------
    edges
        The relations: two names and a weight, each pair once.
    split
        The split.

    Examples
    --------
    >>> import alignment as al
    >>> foes = [("ann", "bob", -1.0), ("bob", "cid", -1.0), ("ann", "cid", -1.0)]
    >>> objections(foes, al.frustration(foes))
    ()
    """
    whole: list[tuple[str, str, int]] = [(a, b, round(weight * MICRO)) for a, b, weight in edges]
    camp = {name: at for at, camp in enumerate(split.camps) for name in camp}
    names = {name for a, b, _ in whole for name in (a, b)}
    if camp.keys() != names or sum(map(len, split.camps)) != len(names) or names & set(split.alone):
        return ("not everybody who is related to somebody is in one camp",)
    return tuple(_sums(whole, split, camp))


def _sums(edges: Sequence[tuple[str, str, int]], split: Split, camp: Mapping[str, int]) -> Iterator[str]:
    index, bound = round(split.index * MICRO), round(split.bound * MICRO)
    cost = _cost(edges, camp)
    if len(split.camps) > split.k:
        yield f"there are {len(split.camps)} camps, not {split.k} at most"
    if cost != index:
        yield f"{cost / MICRO:g} goes against the grain, not {split.index:g}"
    if bound > cost or split.proven != (bound == index):
        yield f"the bound {split.bound:g} does not go with an index of {split.index:g}"
    if split.proven:
        yield from _better(edges, camp, split.k)


def _cost(edges: Sequence[tuple[str, str, int]], camp: Mapping[str, int]) -> int:
    """What goes against the grain: negative within a camp, positive between camps."""
    return sum(abs(weight) for a, b, weight in edges if (camp[a] == camp[b]) == (weight < 0))


def _better(edges: Sequence[tuple[str, str, int]], camp: Mapping[str, int], k: int) -> Iterator[str]:
    """A split with less against the grain: one name moved, or any, where there are few."""
    pulled: dict[str, dict[int, int]] = {name: defaultdict(int) for name in camp}
    for a, b, weight in edges:
        pulled[a][camp[b]] += weight
        pulled[b][camp[a]] += weight
    empty = 0 if len(set(camp.values())) < k else -math.inf
    for name, of in pulled.items():
        if max(*of.values(), empty) > of[camp[name]]:
            yield f"less goes against the grain with {name} in another camp"
            return
    if len(camp) <= FEW and any(_cost(edges, each) < _cost(edges, camp) for each in _splits(sorted(camp), k)):
        yield "another split has less against the grain"


def _splits(names: Sequence[str], k: int) -> Iterator[Mapping[str, int]]:
    """Every split into at most k camps, numbered as they appear."""

    def further(at: int, used: int, so_far: dict[str, int]) -> Iterator[Mapping[str, int]]:
        if at == len(names):
            yield so_far
            return
        for camp in range(min(used + 1, k)):
            yield from further(at + 1, max(used, camp + 1), {**so_far, names[at]: camp})

    return further(0, 0, {})


def relations_objections(
    system: System,
    relations: Sequence[Relation],
    neutral: int,
    by: Literal["agency", "tier", "sector"],
    *,
    count: Literal["relations", "effects"] = "relations",
    walks: Walks | None = None,
) -> tuple[str, ...]:
    """What is wrong with the relations of groups, in words.

    Parameters
    ----------
    system
        The system.
    relations
        The pairs of groups that help or hinder each other more.
    neutral
        How many pairs do both alike.
    by, count
        As in `camps`.
    walks
        How far influences are followed, and which count; blank is as by default.
    """
    helped, hindered = _pulls(system, by, walks or Walks())
    told = {(row.a, row.b): row for row in relations}
    found: list[str] = []
    for pair in sorted({*helped, *hindered, *told}):
        good, bad, row = helped.get(pair, 0.0), hindered.get(pair, 0.0), told.get(pair)
        off = NEAR * (1 + good + bad)
        if row is None and abs(good - bad) > off:
            found.append(f"{' and '.join(pair)} are related, and not told")
        if row is not None and not _as_told(row, good, bad, off, count):
            found.append(f"{' and '.join(pair)} help each other by {good:g} and hinder each other by {bad:g}")
    touching = sum(1 for pair in {*helped, *hindered} if helped.get(pair, 0.0) + hindered.get(pair, 0.0) > 0)
    if neutral != touching - len(told):
        found.append(f"{touching - len(told)} pairs are neutral, not {neutral}")
    return tuple(found)


def _as_told(row: Relation, good: float, bad: float, off: float, count: str) -> bool:
    weight = good - bad if count == "effects" else math.copysign(1.0, good - bad)
    sums = abs(row.help - good) <= off and abs(row.hinder - bad) <= off
    return sums and (abs(row.weight - weight) <= off or abs(good - bad) <= off)


def _pulls(system: System, by: str, walks: Walks) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """How much two groups help and hinder each other, both ways together, where they touch."""
    groups, wishes = _wishes(system, by)
    place, net = net_of(system, walks.steps, walks.decay, walks.evidence)
    up, down = (_matrix(wishes, place, way) for way in (1, -1))
    reach = sparse.csr_array(net + sparse.eye_array(len(place), format="csr"))
    positive, negative = reach.maximum(0), (-reach).maximum(0)

    def both(same: Any, crossed: Any) -> dict[tuple[str, str], float]:
        one_way = up @ same @ up.T + down @ same @ down.T + up @ crossed @ down.T + down @ crossed @ up.T
        found: Any = sparse.coo_array(one_way + one_way.T)
        cells = zip(*(part.tolist() for part in (*found.coords, found.data)), strict=True)
        return {(groups[a], groups[b]): pull for a, b, pull in cells if a < b and pull}

    return both(positive, negative), both(negative, positive)


def _matrix(wishes: Sequence[Mapping[tuple[str, int], float]], place: Mapping[str, int], way: int) -> Any:
    """The weight of each group's wishes for that way (groups x measures)."""
    cells = [
        (at, place[name], weight) for at, of in enumerate(wishes) for (name, to), weight in of.items() if to == way
    ]
    rows, columns, weights = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (len(wishes), len(place))
    return sparse.csr_array(
        (np.array(weights, dtype=float), (np.array(rows, int), np.array(columns, int))), shape=shape
    )


def _wishes(system: System, by: str) -> tuple[list[str], list[Mapping[tuple[str, int], float]]]:
    """The groups, and for each the weight of its wishes by measure and way."""
    counts, measure_of = counting(system), local(system)
    group = {row.id: row.id if by == "agency" else getattr(row, by) for row in system.agencies if row.id in counts}
    groups = sorted({name for name in group.values() if name is not None})
    found: dict[str, dict[tuple[str, int], float]] = {name: defaultdict(float) for name in groups}
    for row in system.targets:
        name = group.get(row.agency)
        if name is not None:
            found[name][row.measure, wish_of(row, measure_of(row))] += weight_of(row)
    return groups, [found[name] for name in groups]
