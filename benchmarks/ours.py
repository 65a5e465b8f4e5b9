"""The library at what `analyst` does."""

from __future__ import annotations

import pickle
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import alignment as al
from benchmarks.analyst import EVERYONE, FINDING
from benchmarks.timing import peak, steady

KINDS = ("opposed", "inconsistent", "spillover")


def findings(system: al.System) -> tuple[Any, list[int]]:
    """The conflicts, and how many exact pairs each has."""
    conflicts = al.find_conflicts(system, kinds=KINDS)
    return conflicts, [sum(len(left) * len(right) for left, right in each.pair_blocks()) for each in conflicts.findings]


def fresh(system: al.System) -> al.System:
    """The same system, knowing nothing of itself yet."""
    return pickle.loads(pickle.dumps(system))


def answer(folder: Path) -> tuple[pd.DataFrame, float, float]:
    """The findings with their fingerprints, the seconds of processor, the memory held."""
    system = al.read(folder)
    copies = [fresh(system) for _ in range(3)]
    (conflicts, sizes), seconds = steady(lambda: findings(copies.pop()))
    return table(conflicts, sizes), seconds, peak()


def table(conflicts: Any, sizes: list[int]) -> pd.DataFrame:
    """Findings as the analyst writes them down, each with a number that depends on every pair in it."""
    ids = [row.id for row in conflicts.arrays.measures]
    keys = pd.util.hash_array(np.array(conflicts.arrays.targets.keys, dtype=object))
    rows: list[tuple[Any, ...]] = []
    for finding, size in zip(conflicts.findings, sizes, strict=True):
        first, last = finding.measures[0], finding.measures[-1]
        wishes = finding.sides[0].wish, finding.sides[-1].wish
        scope = EVERYONE if finding.population is None else finding.population
        cells = (finding.kind, ids[first], wishes[0], ids[last], wishes[1], scope)
        rows.append((*cells, size, finding.severity, _mark(finding, keys)))
    return pd.DataFrame(rows, columns=[*FINDING, "size", "max", "mark"])


def strongest_paths(system: al.System) -> dict[tuple[str, str], tuple[float, float]]:
    """For each two measures the net effect, and how strong the strongest path is that pushes the same way."""
    effects = al.net_effects(system)
    net, ids = effects.net.tocoo(), [row.id for row in effects.index.measures]
    entries = zip(net.coords[0].tolist(), net.coords[1].tolist(), net.data.tolist(), strict=True)
    return {
        (ids[source], ids[target]): (effect, _strength(effects, effects.walk(source, target, 1 if effect > 0 else -1)))
        for source, target, effect in entries
        if source != target
    }


def _strength(effects: al.NetEffects, nodes: tuple[int, ...] | None) -> float:
    return prod(abs(link.steps) for link in effects.links(nodes or ()))


def _mark(finding: Any, keys: Any) -> np.uint64:
    """The sum over all pairs of the product of their keys, modulo 2^64: a block of pairs is one product."""
    with np.errstate(over="ignore"):
        parts = [keys[left].sum() * keys[right].sum() for left, right in finding.pair_blocks()]
        return np.add.reduce(np.array(parts, dtype=np.uint64))
