r"""The conflicts that a set of measures leaves, found again from the rows: opposed, inconsistent, spillover, unguarded.

Who pushes counts, not who is hurt: a push that harms people is left as long as it is kept, whatever else is. A target
that is met, or holds what there is, pushes nobody.

Severities of the worst pair of targets t, u: :math:`\sqrt{w_t w_u}` where they are opposed; times the larger of
:math:`\min(1, \text{steps}/4)` and :math:`\min(1/2, \text{years}/4)` where two agencies wish the same, otherwise or
later; times :math:`\min(1, |N_{ij}|)` where moving one measure as wished moves the other against its wish, by more than
that leaves room for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alignment.models.fields import first_day, last_day
from alignment.models.memory import Memory
from alignment.models.options.fields import DECLARED, Counting
from alignment.models.system import System
from alignment.models.system.keys import part_of_name
from alignment.models.system.measures import Target

from .arithmetic import Floats
from .effects import net_of
from .rows import SAME, accepted_by, good_of, local, need_of, pushes, slack_of, step_of, weight_of, wish_of

DIGITS: Final = 6
"""Severities are numbers of so many decimals."""

LINE: Final = 1e-9
"""An effect that is so near the tolerance may be either side of it."""

AWAY: Final = 2e-6
"""Two severities that are so near are one; one so small may be none."""

MANY: Final = 2_000_000
"""How many pairs are looked at together."""

ROOM: Final = 1e-9
"""Who is moved by no more than so many steps beyond the slack is not hurt."""

NEAR: Final = 1e-12
"""What is that near such a line, in parts of its terms, may be either side of it."""

UNKNOWN: Final = float("nan")
"""One and the same, so that wishes alike in what is not known are alike."""

WAYS: Final = {1: "up", -1: "down", 0: "hold"}

Table = Mapping[str, NDArray[Any]]
"""Some targets that are alike in measure and wish, by column; of those alike in all columns the heaviest."""


class Pull(NamedTuple):
    """A conflict."""

    measures: tuple[str, ...]
    severity: float
    sure: bool
    """Whether it is more than a rounding error away from being none."""
    pushing: tuple[str, ...]
    """The measures that have to be kept for it to be left."""
    beyond: bool = True
    """Whether the effect, rounded, is above the tolerance."""


@dataclass(frozen=True)
class Said:
    """What one target says, unknown as nan."""

    low: float
    high: float
    least: float
    """The level it names at the lower end, if any."""
    most: float
    size: float
    margin: float
    far: float
    """The size of a change, if it is one and has one."""
    today: float
    """Where it stands today, if it is a change and anybody knows."""
    change: int
    """The way of a change; 0 where it is none."""
    due: float
    start: float
    end: float
    need: float
    """Steps to what it accepts; nan where it pushes nobody."""
    slack: float
    population: int
    agency: int
    deliverer: int


ACCEPTS: Final = ("low", "high", "change", "today", "start", "end", "population")
ASKS: Final = (
    "least",
    "most",
    "size",
    "margin",
    "far",
    "today",
    "due",
    "start",
    "end",
    "population",
    "agency",
    "deliverer",
)


MOST: Final = 4
"""For how many options the conflicts are kept with a system."""


def _so_far(_: System) -> Memory[Mapping[str, Pull]]:
    """The conflicts asked for last."""
    return Memory[Mapping[str, Pull]](MOST)


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
    steps, decay, evidence
        Of the net effects.
    """

    def __init__(
        self,
        system: System,
        kept: Collection[str],
        tolerance: float,
        steps: int,
        decay: float,
        evidence: Counting = DECLARED,
    ) -> None:
        self._system, self._kept, self._tolerance = system, kept, tolerance
        self._mark = tolerance, steps, decay, evidence
        self._measures = {row.id: row for row in system.measures}
        self._local = local(system)

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return self._walks[0]

    @cached_property
    def _net(self) -> Any:
        return self._walks[1]

    @cached_property
    def _walks(self) -> tuple[Mapping[str, int], Any]:
        _, steps, decay, evidence = self._mark
        return net_of(self._system, steps, decay, evidence)

    @cached_property
    def _groups(self) -> Mapping[tuple[str, int], Mapping[Said, float]]:
        return self._grouped()

    def found(self) -> dict[str, Pull]:
        """The conflicts that are left by id."""
        return {name: pull for name, pull in self._all.items() if set(pull.pushing) <= set(self._kept)}

    @property
    def guards(self) -> frozenset[str]:
        """Measures that some push on another harms, for people; a severity that rounds to 0 is no harm."""
        return frozenset(
            pull.measures[1]
            for name, pull in self._all.items()
            if name.startswith("spillover.") and len(pull.pushing) == 1 and pull.beyond and pull.severity
        )

    @cached_property
    def _all(self) -> Mapping[str, Pull]:
        """Every conflict of the system, whatever is kept; found once and kept with it."""
        return self._system.derive(_so_far).get(self._mark, self._every)

    def _every(self) -> Mapping[str, Pull]:
        return dict([*self._opposed(), *self._inconsistent(), *self._spillovers(), *self._unguarded()])

    # Targets

    def _grouped(self) -> dict[tuple[str, int], Mapping[Said, float]]:
        """For each measure and wish, what targets say, and the weight of the heaviest that says it."""
        groups: dict[tuple[str, int], dict[Said, float]] = {}
        for row in self._system.targets:
            mark, said = (row.measure, wish_of(row, self._local(row))), self._said(row)
            mine = groups.setdefault(mark, {})
            mine[said] = max(mine.get(said, 0.0), weight_of(row))
        return dict(sorted(groups.items()))

    def _said(self, row: Target) -> Said:
        measure = self._local(row)
        low, high = (UNKNOWN if np.isnan(end) else end for end in accepted_by(row, measure))
        holds, changes = row.sense == "hold", row.sense in ("increase", "decrease")
        named = not holds and not (changes and row.value is None)
        return Said(
            low=low,
            high=high,
            least=low if named and np.isfinite(low) else UNKNOWN,
            most=high if named and np.isfinite(high) else UNKNOWN,
            size=row.value if changes and row.value is not None and measure.baseline is None else UNKNOWN,
            margin=(row.value or 0.0) if holds else UNKNOWN,
            far=row.value if changes and row.value is not None else UNKNOWN,
            today=measure.baseline if changes and measure.baseline is not None else UNKNOWN,
            change={"increase": 1, "decrease": -1}.get(row.sense, 0),
            due=UNKNOWN if row.due is None else float(last_day(row.due)),
            start=float(first_day(row.start)),
            end=float(last_day(row.due)),
            need=need_of(row, measure) if pushes(row, measure) else UNKNOWN,
            slack=slack_of(row, measure),
            population=self._codes[row.population or measure.population],
            agency=self._bodies[row.agency],
            deliverer=self._bodies[row.deliverer],
        )

    @cached_property
    def _bodies(self) -> dict[str, int]:
        return {row.id: at for at, row in enumerate(self._system.agencies)}

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

    # The kinds

    def _opposed(self) -> Iterator[tuple[str, Pull]]:
        for (measure, wish), up in self._groups.items():
            if wish > 0 and (measure, -1) in self._groups:
                tables = _table(up, ACCEPTS), _table(self._groups[measure, -1], ACCEPTS)
                # What is not known to clash counts only where nothing else does.
                worst = {**self._worst(tables, _may_clash), **self._worst(tables, _clash)}
                yield from self._told(
                    "opposed", measure, f"{part_of_name(measure)}-up.{part_of_name(measure)}-down", worst
                )

    def _inconsistent(self) -> Iterator[tuple[str, Pull]]:
        year = self._system.about.year
        begins = 0 if year is None else first_day(str(year).zfill(4))
        for (measure, wish), every in self._groups.items():
            # What had to be met before is told elsewhere, and asks for nothing any more.
            said = {row: weight for row, weight in every.items() if row.end >= begins}
            if not said:
                continue
            row, table = self._measures[measure], _table(said, ASKS)
            found = self._worst((table, table), partial(_differ, step=step_of(row), summed=row.aggregate == "sum"))
            yield from self._told("inconsistent", measure, f"{part_of_name(measure)}-{WAYS[wish]}", found)

    def _worst(self, tables: tuple[Table, Table], factor: Callable[[Table, Table], Floats]) -> dict[int, float]:
        """The largest severity for each narrower population of pairs that pull apart."""
        worst: dict[int, float] = {}
        for one, two in _pairs(*tables):
            severity = factor(one, two) * np.sqrt(one["weight"] * two["weight"])
            scope = np.where(severity > 0, self._narrower[one["population"], two["population"]], -1)
            for code in np.unique(scope[scope >= 0]).tolist():
                worst[code] = max(worst.get(code, 0.0), float(severity[scope == code].max()))
        return worst

    def _told(self, kind: str, measure: str, wishes: str, worst: Mapping[int, float]) -> Iterator[tuple[str, Pull]]:
        for code, severity in worst.items():
            name = ".".join(word for word in (kind, wishes, part_of_name(self._names[code] or "")) if word)
            yield name, Pull((measure,), round(severity, DIGITS), severity > AWAY, (measure,))

    def _strong(self) -> Iterator[tuple[str, str, float]]:
        """Effects of one measure on another beyond the tolerance."""
        names, net = sorted(self._place), self._net.tocoo()
        strong = np.flatnonzero(abs(net.data) > self._tolerance - LINE)
        cells: list[list[Any]] = [part[strong].tolist() for part in (*net.coords, net.data)]
        for one, two, effect in zip(*cells, strict=True):
            if one != two:
                yield names[int(one)], names[int(two)], effect

    def _good(self, measure: str) -> int:
        return good_of(self._measures[measure])

    def _unguarded(self) -> Iterator[tuple[str, Pull]]:
        targeted = {measure for measure, _ in self._groups}
        for source, other, effect in self._strong():
            for wish in (1, -1):
                left = self._pushing.get((source, wish))
                if other in targeted or left is None or wish * effect * self._good(other) >= 0:
                    continue
                severity = float(left["weight"].max()) * min(1.0, abs(effect))
                sure = abs(effect) > self._tolerance + LINE and severity > AWAY
                yield (
                    f"unguarded.{part_of_name(source)}-{WAYS[wish]}.{part_of_name(other)}",
                    Pull((source, other), round(severity, DIGITS), sure, (source,)),
                )

    def _spillovers(self) -> Iterator[tuple[str, Pull]]:
        for source, other, effect in self._strong():
            for left, right in product((1, -1), repeat=2):
                if left * right * effect < 0:
                    yield from self._spillover((source, left), (other, right), effect)

    def _spillover(self, left: tuple[str, int], right: tuple[str, int], effect: float) -> Iterator[tuple[str, Pull]]:
        if left not in self._pushing or right not in self._hurt:
            return
        worst = certain = 0.0
        for one, two in _pairs(self._pushing[left], self._hurt[right]):
            reach, slack = abs(effect) * one["need"], two["slack"]
            weight = np.sqrt(one["weight"] * two["weight"]) * _meet(one, two)
            beyond, near = reach - slack - ROOM, NEAR * (reach + slack)
            worst = max(worst, float((weight * (beyond > -near)).max()))
            certain = max(certain, float((weight * (beyond > near)).max()))
        if worst:
            severity = (certain or worst) * min(1.0, abs(effect))
            sure = certain > 0 and abs(effect) > self._tolerance + LINE and severity > AWAY
            name = ".".join(
                ["spillover", *(f"{part_of_name(measure)}-{WAYS[wish]}" for measure, wish in (left, right))]
            )
            people = left[1] * effect * self._good(right[0]) < 0
            both = left[0], right[0]
            beyond = abs(effect) > self._tolerance
            yield name, Pull(both, round(severity, DIGITS), sure, both[:1] if people else both, beyond)

    @cached_property
    def _pushing(self) -> dict[tuple[str, int], Table]:
        """Of each measure and wish the targets that push, without those that another outdoes in weight and need."""
        found: dict[tuple[str, int], Table] = {}
        for mark, said in self._groups.items():
            some = {row: weight for row, weight in said.items() if not np.isnan(row.need)}
            if some:
                found[mark] = _outdoing(_table(some, ("start", "end", "need")), "need", -1.0)
        return found

    @cached_property
    def _hurt(self) -> dict[tuple[str, int], Table]:
        """Of each measure and wish the targets, without those that another outdoes in weight and in want of slack."""
        return {
            mark: _outdoing(_table(said, ("start", "end", "slack")), "slack", 1.0)
            for mark, said in self._groups.items()
            if mark[1]
        }


def _table(said: Mapping[Said, float], columns: Collection[str]) -> Table:
    """Some of what targets say, by column; of those alike in that the heaviest."""
    heaviest: dict[tuple[float, ...], float] = {}
    for row, weight in said.items():
        mark = tuple(getattr(row, name) for name in columns)
        heaviest[mark] = max(heaviest.get(mark, 0.0), weight)
    found: dict[str, NDArray[Any]] = {}
    for name, column in zip(columns, zip(*heaviest, strict=True), strict=True):
        found[name] = np.array(column, dtype=np.int64 if name in ("population", "agency", "deliverer") else float)
    found["weight"] = np.array(list(heaviest.values()), dtype=float)
    return found


def _outdoing(table: Table, name: str, way: float) -> Table:
    """The rows that no other of the same period outdoes in weight and one column, small (1) or large (-1)."""
    best: dict[tuple[float, float], float] = {}
    kept: list[int] = []
    for at in np.lexsort((way * table[name], -table["weight"])).tolist():
        period, size = (float(table["start"][at]), float(table["end"][at])), way * float(table[name][at])
        if size < best.get(period, np.inf):
            best[period] = size
            kept.append(at)
    return {column: cells[kept] for column, cells in table.items()}


def _same(one: Floats, two: Floats) -> NDArray[np.bool_]:
    """Whether levels are the same but for rounding; no level is the same as one that is not known, or has no end."""
    large = np.maximum(abs(one), abs(two))
    with np.errstate(invalid="ignore"):
        return np.isfinite(large) & (abs(one - two) <= SAME * large)


def _apart(one: Floats, two: Floats) -> Floats:
    """How far levels differ; 0 where they are the same, or one is not known."""
    return np.where(_same(one, two), 0.0, np.nan_to_num(abs(one - two)))


def _beyond(one: Floats, two: Floats) -> NDArray[np.bool_]:
    """Whether a level is above another, both known."""
    return (one > two) & ~_same(one, two)


def _noted(own: Table, asked: Table) -> NDArray[np.bool_]:
    """Whether one is a deliverer's own, and nowhere weaker than what it delivers for another."""
    mine = (own["agency"] == own["deliverer"]) & (own["deliverer"] == asked["deliverer"])
    weaker = _beyond(asked["least"], own["least"]) | _beyond(own["most"], asked["most"])
    weaker |= _beyond(asked["size"], own["size"]) | _beyond(own["margin"], asked["margin"])
    return mine & (own["agency"] != asked["agency"]) & ~weaker & ~(own["due"] > asked["due"])


def _differ(one: Table, two: Table, *, step: float, summed: bool) -> Floats:
    """How far what two agencies ask for differs, 0 to 1."""
    apart = (one["agency"] != two["agency"]) & _meet(one, two)
    apart &= np.isnan(one["margin"]) == np.isnan(two["margin"])
    apart &= ~(_noted(one, two) | _noted(two, one))
    if summed:
        apart &= one["deliverer"] == two["deliverer"]
    # Two changes from different levels of today differ as far as their sizes do.
    moved = ~np.isnan(one["far"] + two["far"]) & ~_one_place(one, two)
    far = [np.where(moved, 0.0, _apart(one[name], two[name])) for name in ("least", "most", "size", "margin")]
    far.append(np.where(moved, _apart(one["far"], two["far"]), 0.0))
    years = np.nan_to_num(abs(one["due"] - two["due"])) / 365.25
    differing = np.maximum(np.minimum(1.0, np.max(far, axis=0) / step / 4), np.minimum(0.5, years / 4))
    return np.where(apart, differing, 0.0)


def _clash(one: Table, two: Table) -> Floats:
    """1 where no level is acceptable to both of two targets that meet, or they are a change up and one down.

    Of changes from different levels of today there may be one.
    """
    low, high = np.maximum(one["low"], two["low"]), np.minimum(one["high"], two["high"])
    clash = _beyond(low, high) | ((one["change"] > 0) & (two["change"] < 0) & _one_place(one, two))
    return np.where(clash & _meet(one, two), 1.0, 0.0)


def _may_clash(one: Table, two: Table) -> Floats:
    """1 where it is not known what one of two targets that meet accepts."""
    return np.where(np.isnan(one["low"] + two["low"]) & _meet(one, two), 1.0, 0.0)


def _one_place(one: Table, two: Table) -> NDArray[np.bool_]:
    """Whether two changes are told from one level of today, or of neither it is known."""
    return (one["today"] == two["today"]) | (np.isnan(one["today"]) & np.isnan(two["today"]))


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
