r"""The conflicts that a set of measures leaves, found again from the rows: opposed, inconsistent, spillover, unguarded.

Who pushes counts, not who is hurt: a push that harms people is left as long as it is kept, whatever else is.

Severities of the worst pair of targets t, u: :math:`\sqrt{w_t w_u}` where they are opposed; times the larger of
:math:`\min(1, \text{steps}/4)` and :math:`\min(1/2, \text{years}/4)` where they wish the same, otherwise or later;
times :math:`\min(1, |N_{ij}|)` where moving one measure as wished moves the other against its wish.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alignment.models.fields import first_day, last_day
from alignment.models.system import System
from alignment.models.system.measures import Target

from .arithmetic import Floats
from .effects import net_of
from .rows import step_of, weight_of, wish_of

DIGITS: Final = 6
"""Severities are numbers of so many decimals."""

LINE: Final = 1e-9
"""An effect that is so near the tolerance may be either side of it."""

AWAY: Final = 2e-6
"""Two severities that are so near are one; one so small may be none."""

MANY: Final = 2_000_000
"""How many pairs are looked at together."""

UNKNOWN: Final = float("nan")
"""One and the same, so that wishes alike in what is not known are alike."""

WAYS: Final = {1: "up", -1: "down", 0: "hold"}

Table = Mapping[str, NDArray[Any]]
"""Some targets that are alike in measure and wish, by column; of those that differ in weight alone the heaviest."""


class Pull(NamedTuple):
    """A conflict."""

    measures: tuple[str, ...]
    severity: float
    sure: bool
    """Whether it is more than a rounding error away from being none."""
    pushing: tuple[str, ...]
    """The measures that have to be kept for it to be left."""


@dataclass(frozen=True)
class Wish:
    """What one target says, unknown as nan."""

    low: float
    high: float
    size: float
    due: float
    start: float
    end: float
    population: int


class Pulls:
    """The conflicts of a system among some measures.

    Parameters
    ----------
    system
        The system.
    kept
        The measures.
    tolerance
        Net effects up to this are no conflict.
    steps, decay
        Of the net effects.
    """

    def __init__(self, system: System, kept: Collection[str], tolerance: float, steps: int, decay: float) -> None:
        self._system, self._kept, self._tolerance = system, kept, tolerance
        self._place, self._net = net_of(system, steps, decay)
        self._measures = {row.id: row for row in system.measures}
        self._tables = self._grouped()

    def found(self) -> dict[str, Pull]:
        """The conflicts that are left by id."""
        return {name: pull for name, pull in self._all.items() if set(pull.pushing) <= set(self._kept)}

    @property
    def guards(self) -> frozenset[str]:
        """Measures that some push on another harms, for people."""
        return frozenset(
            pull.measures[1]
            for name, pull in self._all.items()
            if name.startswith("spillover.") and len(pull.pushing) == 1
        )

    @cached_property
    def _all(self) -> dict[str, Pull]:
        """Every conflict of the system."""
        return dict([*self._opposed(), *self._inconsistent(), *self._spillovers(), *self._unguarded()])

    # Targets

    def _grouped(self) -> dict[tuple[str, int], Table]:
        """For each measure and wish, the targets."""
        groups: dict[tuple[str, int], dict[Wish, float]] = {}
        for row in self._system.targets:
            wish, said = self._said(row)
            mine = groups.setdefault((row.measure, wish), {})
            mine[said] = max(mine.get(said, 0.0), weight_of(row))
        return {mark: _table(mine) for mark, mine in sorted(groups.items())}

    def _said(self, row: Target) -> tuple[int, Wish]:
        """The way a target wants its measure to move, and what it says."""
        measure = self._measures[row.measure]
        base, value = measure.baseline, row.value
        wish, low, high, size = wish_of(row, base), -np.inf, np.inf, UNKNOWN
        if row.sense == "between":
            low, high = (UNKNOWN if end is None else end for end in (value, row.upper))
        elif row.sense in ("increase", "decrease"):
            level = UNKNOWN if value is None or base is None else base + wish * value
            low, high = (level, high) if wish > 0 else (low, level)
            size = UNKNOWN if value is None or base is not None else value
        else:
            assert value is not None
            low, high = (value, high) if wish > 0 else (low, value)
        due = UNKNOWN if row.due is None else float(last_day(row.due))
        start, end = float(first_day(row.start)), float(last_day(row.due))
        return wish, Wish(low, high, size, due, start, end, self._codes[row.population or measure.population])

    # Populations

    @cached_property
    def _names(self) -> tuple[str | None, ...]:
        return (None, *(row.id for row in self._system.populations))

    @cached_property
    def _codes(self) -> dict[str | None, int]:
        return {name: code for code, name in enumerate(self._names)}

    @cached_property
    def _narrower(self) -> NDArray[np.int64]:
        """The narrower of two populations; -1 where neither contains the other."""
        above: dict[str | None, str | None] = {row.id: row.parent for row in self._system.populations}
        chains: list[set[int]] = []
        for name in self._names:
            chain, at = {0}, name
            while at is not None:
                chain.add(self._codes[at])
                at = above[at]
            chains.append(chain)
        number = len(chains)
        found = np.full((number, number), -1, dtype=np.int64)
        for one, two in product(range(number), repeat=2):
            found[one, two] = two if one in chains[two] else one if two in chains[one] else -1
        return found

    # The three kinds

    def _opposed(self) -> Iterator[tuple[str, Pull]]:
        for (measure, wish), up in self._tables.items():
            if wish > 0 and (measure, -1) in self._tables:
                down = self._tables[measure, -1]

                def apart(one: Table, two: Table) -> Floats:
                    touch = np.maximum(one["low"], two["low"]) <= np.minimum(one["high"], two["high"])
                    return np.where(~touch & _meet(one, two), 1.0, 0.0)

                yield from self._scoped("opposed", (measure,), f"{measure}-up.{measure}-down", (up, down), apart)

    def _inconsistent(self) -> Iterator[tuple[str, Pull]]:
        for (measure, wish), table in self._tables.items():
            step = step_of(self._measures[measure])

            def differ(one: Table, two: Table, wish: int = wish, step: float = step) -> Floats:
                ends = {1: ("low",), -1: ("high",), 0: ("low", "high")}[wish]
                level = np.max([abs(one[end] / step - two[end] / step) for end in ends], axis=0)
                steps = np.where(np.isnan(level), abs(one["size"] / step - two["size"] / step), level)
                years = abs(one["due"] - two["due"]) / 365.25
                return np.fmax(np.minimum(1.0, np.nan_to_num(steps) / 4), np.minimum(0.5, np.nan_to_num(years) / 4))

            yield from self._scoped("inconsistent", (measure,), f"{measure}-{WAYS[wish]}", (table, table), differ)

    def _scoped(
        self,
        kind: str,
        measures: tuple[str, ...],
        wishes: str,
        tables: tuple[Table, Table],
        factor: Callable[[Table, Table], Floats],
    ) -> Iterator[tuple[str, Pull]]:
        """A conflict for each narrower population of pairs that pull apart."""
        worst: dict[int, float] = {}
        for one, two in _pairs(*tables):
            severity = factor(one, two) * np.sqrt(one["weight"] * two["weight"])
            scope = np.where(severity > 0, self._narrower[one["population"], two["population"]], -1)
            for code in np.unique(scope[scope >= 0]).tolist():
                worst[code] = max(worst.get(code, 0.0), float(severity[scope == code].max()))
        for code, severity in worst.items():
            name = ".".join(word for word in (kind, wishes, self._names[code]) if word)
            yield name, Pull(measures, round(severity, DIGITS), severity > AWAY, measures)

    def _strong(self) -> Iterator[tuple[str, str, float]]:
        """Effects of one measure on another beyond the tolerance."""
        names, net = sorted(self._place), self._net.tocoo()
        strong = np.flatnonzero(abs(net.data) > self._tolerance - LINE)
        cells: list[list[Any]] = [part[strong].tolist() for part in (*net.coords, net.data)]
        for one, two, effect in zip(*cells, strict=True):
            if one != two:
                yield names[int(one)], names[int(two)], effect

    def _good(self, measure: str) -> int:
        return {"higher": 1, "lower": -1}.get(self._measures[measure].direction or "", 0)

    def _unguarded(self) -> Iterator[tuple[str, Pull]]:
        targeted = {measure for measure, _ in self._tables}
        for source, other, effect in self._strong():
            for wish in (1, -1):
                if other in targeted or (source, wish) not in self._tables or wish * effect * self._good(other) >= 0:
                    continue
                severity = float(self._tables[source, wish]["weight"].max()) * min(1.0, abs(effect))
                sure = abs(effect) > self._tolerance + LINE and severity > AWAY
                yield (
                    f"unguarded.{source}-{WAYS[wish]}.{other}",
                    Pull((source, other), round(severity, DIGITS), sure, (source,)),
                )

    def _spillovers(self) -> Iterator[tuple[str, Pull]]:
        for source, other, effect in self._strong():
            for left, right in product((1, -1, 0), repeat=2):
                if left * right * effect < 0:
                    yield from self._spillover((source, left), (other, right), effect)

    def _spillover(self, left: tuple[str, int], right: tuple[str, int], effect: float) -> Iterator[tuple[str, Pull]]:
        if left not in self._tables or right not in self._tables:
            return
        worst = max(
            float((np.sqrt(one["weight"] * two["weight"]) * _meet(one, two)).max())
            for one, two in _pairs(self._periods[left], self._periods[right])
        )
        if worst:
            severity = worst * min(1.0, abs(effect))
            sure = abs(effect) > self._tolerance + LINE and severity > AWAY
            name = f"spillover.{left[0]}-{WAYS[left[1]]}.{right[0]}-{WAYS[right[1]]}"
            people = left[1] * effect * self._good(right[0]) < 0
            both = left[0], right[0]
            yield name, Pull(both, round(severity, DIGITS), sure, both[:1] if people else both)

    @cached_property
    def _periods(self) -> dict[tuple[str, int], Table]:
        """The targets of each measure and wish, those of one period together."""
        return {mark: _by_period(table) for mark, table in self._tables.items()}


def _table(said: Mapping[Wish, float]) -> Table:
    rows = list(said)
    columns = ("low", "high", "size", "due", "start", "end")
    found: dict[str, NDArray[Any]] = {
        name: np.array([getattr(row, name) for row in rows], dtype=float) for name in columns
    }
    found["population"] = np.array([row.population for row in rows], dtype=np.int64)
    found["weight"] = np.array(list(said.values()), dtype=float)
    return found


def _by_period(table: Table) -> Table:
    heaviest: dict[tuple[float, float], float] = {}
    for start, end, weight in zip(*(table[name].tolist() for name in ("start", "end", "weight")), strict=True):
        heaviest[start, end] = max(heaviest.get((start, end), 0.0), weight)
    return {
        "start": np.array([start for start, _ in heaviest]),
        "end": np.array([end for _, end in heaviest]),
        "weight": np.array(list(heaviest.values())),
    }


def _pairs(ones: Table, twos: Table) -> Iterator[tuple[Table, Table]]:
    """All pairs, some of the first (a column) with all of the others (a row) at a time."""
    width, height = len(twos["weight"]), len(ones["weight"])
    rows = max(1, MANY // max(1, width))
    across = {name: column[None, :] for name, column in twos.items()}
    for at in range(0, height, rows):
        yield {name: column[at : at + rows, None] for name, column in ones.items()}, across


def _meet(one: Table, two: Table) -> NDArray[np.bool_]:
    """Whether the periods overlap."""
    return (one["start"] <= two["end"]) & (two["start"] <= one["end"])
