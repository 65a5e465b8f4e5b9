"""The frontier of a made-up nation: how long a point takes, beside one proposal."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import alignment as al
from benchmarks.national import national


def report(sizes: Sequence[Mapping[str, int]], seconds: float, seed: int) -> Iterable[str]:
    """A line for each size.

    Parameters
    ----------
    sizes
        Of the nations.
    seconds
        The longest search.
    seed
        Of the nations.
    """
    yield ""
    yield "Burden against residual conflict (seconds by the clock after conflicts are known; points are proven unless"
    yield f"said otherwise; at most {seconds:g} seconds)"
    yield f"{'':40}{'propose':>9}{'points':>8}{'first':>8}{'a point':>9}{'a set':>8}{'all':>8}"
    for size in sizes:
        system = national(**size, seed=seed)
        al.find_conflicts(system)
        yield _line(system, size, seconds)


def _line(system: al.System, size: Mapping[str, int], seconds: float) -> str:
    started = time.perf_counter()
    al.propose(system, time_limit=seconds)
    once = time.perf_counter() - started
    watch = _Watch()
    found = al.frontier(system, progress=watch, time_limit=seconds)
    whole = watch.now
    points = len(found.points)
    label = f"  {size['targets']:,} targets, {size['measures']:,} measures"
    first, walk = watch.first or whole, watch.walked or whole
    figures = f"{once:9.1f}{points:8}{first:8.1f}{walk / points:9.2f}{(whole - walk) / points:8.2f}{whole:8.1f}"
    return f"{label:40}{figures}{'' if found.complete else f'  ({_open(found)})'}"


def _open(found: Any) -> str:
    unproven = sum(not point.proven for point in found.points)
    return f"not complete, {unproven} not proven"


class _Watch:
    """When the first point was there, and when the walk was over, in seconds."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self.first: float | None = None
        self.walked: float | None = None

    @property
    def now(self) -> float:
        return time.perf_counter() - self._began

    def __call__(self, words: str) -> None:
        if self.first is None and words.startswith("1 point"):
            self.first = self.now
        if self.walked is None and words.endswith("the set of point 1"):
            self.walked = self.now
