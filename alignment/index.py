"""The system as arrays, in an order that does not depend on the order of its rows."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from .models.fields import first_day, last_day, last_year
from .models.system import System
from .models.system.bodies import Agency
from .models.system.keys import Keys
from .models.system.measures import Level, Measure, Overlap, Target

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def positions(array: Ints) -> list[int]:
    """Positions as plain numbers."""
    return cast("list[int]", array.tolist())


EVERYONE: Final = 0
"""The code of a blank population."""


BLANK: Final[Mapping[str, float]] = {"same": 1.0, "shared": 0.25, "part": 0.5}
"""How far definitions coincide where nobody says."""

MOST: Final = 0.5
"""From this share on two measures are one thing read twice: who sees itself in one sees itself in the other."""


def share_of(row: Overlap) -> float:
    """How far two definitions coincide; a quarter where two overlap and nobody says how far."""
    return BLANK.get(row.kind, 0.0) if row.share is None else row.share


def step_of(measure: Measure) -> tuple[float, bool]:
    """One step of a measure in its unit, and whether it had to be assumed.

    The step given; else a twentieth of the range; else a twentieth of the baseline; else 1.

    >>> step_of(Measure(id="wait", name="Wait", floor=0, ceiling=100))
    (5.0, False)
    >>> step_of(Measure(id="wait", name="Wait"))
    (1.0, True)
    """
    if measure.step is not None:
        return measure.step, False
    if measure.floor is not None and measure.ceiling is not None and measure.ceiling > measure.floor:
        return (measure.ceiling - measure.floor) / 20, False
    if measure.baseline:
        return abs(measure.baseline) / 20, False
    return 1.0, True


NEAR: Final = 1e-9
"""Two levels are equal when they differ by at most this part of the larger size."""

WAY: Final = {"higher": 1, "lower": -1}
"""The good direction of a measure, of those that have one."""


def equal(one: Any, two: Any) -> Any:
    """Whether levels are equal, but for the noise of decimals: 92 is 91.99999999999999. Numbers or arrays.

    >>> bool(equal(92, 91.99999999999999)), bool(equal(92, 91.9999))
    (True, False)
    """
    # Ends without a limit are equal to themselves, and their difference is no number.
    with np.errstate(invalid="ignore"):
        apart: Any = np.abs(np.subtract(one, two))
    return (apart <= NEAR * np.maximum(np.abs(one), np.abs(two))) & np.isfinite(apart) | np.equal(one, two)


def up_to(one: Any, two: Any) -> Any:
    """Whether levels are at most others, or equal to them. Numbers or arrays; what is not known is not."""
    return np.less_equal(one, two) | equal(one, two)


def levels_of(system: System) -> dict[tuple[str, str], Level]:
    """For each measure and agency of which a level is known, the row that counts today.

    Of several the one without a period; else the one that begins last of those that begin in the year of `about` or
    before it, and of these the one that ends last.
    """
    year = system.about.year

    def order(row: Level) -> tuple[bool, int, int]:
        return row.period is None, first_day(row.period), last_day(row.period)

    # From the first of January of a year on, four digits are that year.
    ends = None if year is None else last_day(f"{year:04}")
    counting = [row for row in system.levels if row.period is None or ends is None or first_day(row.period) <= ends]
    return {(row.measure, row.agency): row for row in sorted(counting, key=order)}


def wish_of(target: Target, measure: Measure, now: float) -> int:
    """The way a target wants its measure to move from today's level: +1, -1, or 0.

    A hold wishes what is better for people.

    >>> waits = Measure(id="m", name="Waits", baseline=5)
    >>> wish_of(Target(agency="a", measure="m", sense="between", value=2, upper=4), waits, 5)
    -1
    """
    if target.sense == "hold":
        return WAY.get(measure.direction or "none", 0)
    if target.sense in ("at_least", "increase"):
        return 1
    if target.sense in ("at_most", "decrease"):
        return -1
    if math.isnan(now) or target.value is None or target.upper is None:
        return 0
    return int(not up_to(target.value, now)) - int(not up_to(now, target.upper))


def acceptable(target: Target, measure: Measure, now: float) -> tuple[float, float]:
    """The lowest and highest level that satisfies a target, from today's; nan where it is not known.

    A change without a value accepts one step or more; a hold from its margin on, in the good direction.

    >>> staff = Measure(id="m", name="Staff", direction="higher", baseline=10)
    >>> acceptable(Target(agency="a", measure="m", sense="increase", value=2), staff, 10)
    (12.0, inf)
    >>> acceptable(Target(agency="a", measure="m", sense="hold", value=1), staff, 10)
    (9.0, inf)
    """
    unknown = float("nan")
    value = target.value
    if target.sense == "between":
        return (unknown if value is None else value), (unknown if target.upper is None else target.upper)
    if target.sense == "hold":
        way, margin = WAY.get(measure.direction or "none", 0), value or 0.0
        return (-np.inf if way < 0 else now - margin), (np.inf if way > 0 else now + margin)
    if target.sense in ("increase", "decrease"):
        size = step_of(measure)[0] if value is None else value
        value = now + size if target.sense == "increase" else now - size
    assert value is not None
    return (value, np.inf) if target.sense in ("at_least", "increase") else (-np.inf, value)


@dataclass(frozen=True, eq=False)
class Targets:
    """Every target as a row of arrays, ordered by key.

    Attributes
    ----------
    rows, keys
        The targets themselves and their names.
    measure, agency, deliverer
        Positions in `Index.measures` and `Index.agencies`.
    wish
        +1, -1 or 0.
    weight
        Above 0 to 1.
    population
        Code of the population in `Index.populations`; 0 is everyone.
    now
        Where the measure stands today at the deliverer: its own level, else the measure's baseline; nan is not known.
    own
        Whether that is the deliverer's own level, and another than the baseline.
    low, high
        The acceptable set, in the measure's unit; nan where it is not known.
    known
        Whether the acceptable set is.
    level
        The wished level, in the measure's unit; nan where it is not known, and of a change without a value.
    size
        The size of a change whose level is not known, in the measure's unit; nan otherwise.
    change, hold
        Whether it asks for a change (sense increase or decrease); whether it is a guardrail (sense hold).
    met
        Whether today's level satisfies it.
    pushes
        Whether it wants its measure to move: what is met, and every hold, only guards.
    need
        Steps from today's level to what satisfies it.
    slack
        Steps that its measure may move against the wish before it is missed.
    need_assumed, slack_assumed
        Whether these had to be assumed (1 and 0), as today's level is not known.
    start, end
        First and last day, as ordinals.
    due
        Last day where it is given, else nan.
    """

    rows: tuple[Target, ...]
    keys: tuple[str, ...]
    measure: Ints
    agency: Ints
    deliverer: Ints
    wish: Ints
    weight: Floats
    population: Ints
    now: Floats
    own: Bools
    low: Floats
    high: Floats
    known: Bools
    level: Floats
    size: Floats
    change: Bools
    hold: Bools
    met: Bools
    pushes: Bools
    need: Floats
    slack: Floats
    need_assumed: Bools
    slack_assumed: Bools
    start: Ints
    end: Ints
    due: Floats

    def __len__(self) -> int:
        return len(self.rows)


class Index:
    """A system's measures, agencies and targets by position, in canonical order.

    Use ``system.derive(Index)``: it is worked out once for each system.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.measures: tuple[Measure, ...] = tuple(sorted(system.measures, key=lambda row: row.id))
        self.agencies: tuple[Agency, ...] = tuple(sorted(system.agencies, key=lambda row: row.id))
        self.measure_at = {row.id: at for at, row in enumerate(self.measures)}
        self.agency_at = {row.id: at for at, row in enumerate(self.agencies)}
        self.tiers = {row.id: row for row in system.tiers}
        steps = [step_of(row) for row in self.measures]
        self.step: Floats = np.array([step for step, _ in steps], dtype=float)
        self.step_assumed: Bools = np.array([assumed for _, assumed in steps], dtype=bool)
        self.good: Ints = np.array([WAY.get(row.direction or "none", 0) for row in self.measures], dtype=np.int64)
        self.baseline: Floats = np.array([row.baseline for row in self.measures], dtype=float)

    @cached_property
    def populations(self) -> dict[str | None, int]:
        """The code of each population; blank is 0."""
        ids = sorted(row.id for row in self.system.populations)
        return {None: EVERYONE, **{name: code for code, name in enumerate(ids, start=1)}}

    @cached_property
    def population_ids(self) -> tuple[str | None, ...]:
        """The population of each code."""
        return tuple(self.populations)

    @cached_property
    def containing(self) -> tuple[frozenset[int], ...]:
        """For each population code, the codes of the populations that contain it, itself included."""
        parents = {row.id: row.parent for row in self.system.populations}
        found: list[frozenset[int]] = []
        for name in self.population_ids:
            chain = {EVERYONE}
            above = name
            while above is not None:
                chain.add(self.populations[above])
                above = parents[above]
            found.append(frozenset(chain))
        return tuple(found)

    def contains(self, wide: int, narrow: int) -> bool:
        """Whether a population contains another, or is it."""
        return wide in self.containing[narrow]

    def nested(self, a: int, b: int) -> bool:
        """Whether one of two populations contains the other."""
        return self.contains(a, b) or self.contains(b, a)

    @cached_property
    def _narrower(self) -> tuple[Ints, Ints]:
        used = np.unique(self.targets.population)
        place = np.full(len(self.population_ids), -1, dtype=np.int64)
        place[used] = np.arange(len(used))
        table = np.full((len(used), len(used)), -1, dtype=np.int64)
        for i, one in enumerate(used.tolist()):
            for j, two in enumerate(used.tolist()):
                if self.contains(one, two):
                    table[i, j] = two
                elif self.contains(two, one):
                    table[i, j] = one
        return place, table

    def scope(self, ones: Ints, twos: Ints) -> Ints:
        """The narrower population of two targets (positions; broadcasts), or -1 where they are not nested."""
        place, table = self._narrower
        population = self.targets.population
        return table[place[population[ones]], place[population[twos]]]

    def about(self, targets: Ints, population: int) -> Bools:
        """Whether the population of each target contains one that some target has."""
        place, table = self._narrower
        return table[place[self.targets.population[targets]], place[population]] == population

    @cached_property
    def measure_population(self) -> Ints:
        """The population code of each measure."""
        return np.array([self.populations[row.population] for row in self.measures], dtype=np.int64)

    @cached_property
    def targets(self) -> Targets:
        """Every target as a row of arrays."""
        names = self.system.derive(Keys).of("targets")
        order = sorted(range(len(names)), key=names.__getitem__)
        keys, rows = tuple(names[at] for at in order), tuple(self.system.targets[at] for at in order)
        measure = np.array([self.measure_at[row.measure] for row in rows], dtype=np.int64)
        deliverer = np.array([self.agency_at[row.deliverer] for row in rows], dtype=np.int64)
        now = self._now(measure, deliverer)
        today = cast("list[float]", now.tolist())
        of = [(row, self.measures[at], level) for row, at, level in zip(rows, positions(measure), today, strict=True)]
        sets = [acceptable(*each) for each in of]
        wish = np.array([wish_of(*each) for each in of], dtype=np.int64)
        low = np.array([low for low, _ in sets], dtype=float)
        high = np.array([high for _, high in sets], dtype=float)
        first = {moment: first_day(moment) for moment in {row.start for row in rows}}
        last = {moment: last_day(moment) for moment in {row.due for row in rows}}
        return Targets(
            rows=rows,
            keys=keys,
            measure=measure,
            agency=np.array([self.agency_at[row.agency] for row in rows], dtype=np.int64),
            deliverer=deliverer,
            wish=wish,
            weight=np.array([1.0 if row.weight is None else row.weight for row in rows], dtype=float),
            population=np.array(
                [
                    self.populations[row.population or self.measures[at].population]
                    for row, at in zip(rows, positions(measure), strict=True)
                ],
                dtype=np.int64,
            ),
            now=now,
            own=~np.isnan(now) & (now != self.baseline[measure]),
            low=low,
            high=high,
            **self._asked(rows, (now, self.step[measure]), wish, low, high),
            start=np.array([first[row.start] for row in rows], dtype=np.int64),
            end=np.array([last[row.due] for row in rows], dtype=np.int64),
            due=np.array([last[row.due] if row.due else np.nan for row in rows], dtype=float),
        )

    def _now(self, measure: Ints, deliverer: Ints) -> Floats:
        """Where each measure stands today at a body that delivers a target on it."""
        now = self.baseline[measure]
        for at, pair in enumerate(zip(positions(measure), positions(deliverer), strict=True)) if self.levels else ():
            if pair in self.levels:
                now[at] = self.levels[pair].value
        return now

    @cached_property
    def levels(self) -> dict[tuple[int, int], Level]:
        """For each measure and agency of which a level is known, the row that counts today."""
        rows = levels_of(self.system)
        return {(self.measure_at[measure], self.agency_at[agency]): row for (measure, agency), row in rows.items()}

    def own_level(self, target: int) -> Level | None:
        """The level that a target rests on where it is its deliverer's own, and another than the baseline."""
        if not self.targets.own[target]:
            return None
        return self.levels[int(self.targets.measure[target]), int(self.targets.deliverer[target])]

    @staticmethod
    def _asked(
        rows: Sequence[Target], today: tuple[Floats, Floats], wish: Ints, low: Floats, high: Floats
    ) -> dict[str, Any]:
        """What follows from where measures stand today: the columns of `Targets` from `known` to `slack_assumed`."""
        value = np.array([row.value for row in rows], dtype=float)
        change = np.array([row.sense in ("increase", "decrease") for row in rows], dtype=bool)
        hold = np.array([row.sense == "hold" for row in rows], dtype=bool)
        now, step = today
        known, vague = ~np.isnan(low) & ~np.isnan(high), change & np.isnan(value)
        level = np.where(vague, np.nan, np.where(wish > 0, low, np.where(wish < 0, high, np.nan)))
        met = known & ~np.isnan(now) & up_to(low, now) & up_to(now, high)
        far = np.where(wish > 0, low - now, now - high) / step
        need = np.where(met | hold, 0.0, np.maximum(far, 0.0))
        need = np.where(change & ~met, np.where(vague, 1.0, value / step), need)
        slack = np.where(met & (wish != 0), np.maximum(-far, 0.0), 0.0)
        return {
            "known": known,
            "level": level,
            "size": np.where(np.isnan(level) & change, value, np.nan),
            "change": change,
            "hold": hold,
            "met": met,
            "pushes": (wish != 0) & ~hold & ~met,
            "need": np.where(np.isnan(need), 1.0, need),
            "slack": np.where(hold, np.nan_to_num(value) / step, slack),
            "need_assumed": np.isnan(now) & ~change & ~hold,
            "slack_assumed": np.isnan(now) & ~hold,
        }

    @cached_property
    def target_at(self) -> dict[str, int]:
        """The position of each target, by key."""
        return {key: at for at, key in enumerate(self.targets.keys)}

    def one_place(self, ones: Ints, twos: Ints) -> Bools:
        """Whether two targets are told from one level of today, or of neither it is known (positions; broadcasts)."""
        one, two = self.targets.now[ones], self.targets.now[twos]
        return (one == two) | (np.isnan(one) & np.isnan(two))

    @cached_property
    def by_wish(self) -> dict[tuple[int, int], Ints]:
        """For each measure and wish that somebody has, the positions of the targets."""
        targets = self.targets
        order = np.lexsort((np.arange(len(targets)), targets.wish, targets.measure))
        marks = np.stack([targets.measure[order], targets.wish[order]], axis=1)
        cuts = np.flatnonzero(np.any(marks[1:] != marks[:-1], axis=1)) + 1
        parts = np.split(order, cuts) if len(order) else []
        return {(int(targets.measure[part[0]]), int(targets.wish[part[0]])): part for part in parts}

    @cached_property
    def by_measure(self) -> dict[int, Ints]:
        """For each targeted measure, the positions of its targets."""
        found: dict[int, list[Ints]] = defaultdict(list)
        for (measure, _), part in self.by_wish.items():
            found[measure].append(part)
        return {measure: np.sort(np.concatenate(parts)) for measure, parts in found.items()}

    @cached_property
    def counting(self) -> frozenset[int]:
        """The agencies that count: they have or must deliver a target, are paid on one, or control something."""
        system = self.system
        found = set(self.targets.agency.tolist()) | set(self.targets.deliverer.tolist())
        found |= {self.agency_at[row.payee] for row in system.incentives}
        found |= {self.agency_at[row.agency] for row in system.controls}
        return frozenset(found)

    @cached_property
    def validity(self) -> dict[int, dict[str, float]]:
        """For each measure, the outcomes it speaks for and how well."""
        found: dict[int, dict[str, float]] = {
            at: {row.outcome: 1.0} if row.outcome is not None else {} for at, row in enumerate(self.measures)
        }
        for row in sorted(self.system.captures, key=lambda row: (row.measure, row.outcome)):
            found[self.measure_at[row.measure]][row.outcome] = row.validity
        return found

    @cached_property
    def controls(self) -> dict[int, dict[int, float]]:
        """For each measure whose controls are given, the share of each agency."""
        found: dict[int, dict[int, float]] = defaultdict(dict)
        for row in sorted(self.system.controls, key=lambda row: (row.measure, row.agency)):
            found[self.measure_at[row.measure]][self.agency_at[row.agency]] = row.share
        return dict(found)

    @cached_property
    def members(self) -> dict[int, frozenset[int]]:
        """For each body, those that belong to it (accountability of kind partnership)."""
        rows = [row for row in self.system.accountability if row.kind == "partnership"]
        pairs = [(self.agency_at[row.answers_to], self.agency_at[row.agency]) for row in rows]
        return {body: frozenset(found) for body, found in group(pairs).items()}

    def control_of(self, agency: int, shares: Mapping[int, float]) -> float:
        """What an agency controls of a measure, with those that belong to it; 0 to 1."""
        able = self.members.get(agency, frozenset[int]()) | {agency}
        return min(1.0, sum(shares.get(each, 0.0) for each in sorted(able)))

    @cached_property
    def complementary(self) -> frozenset[tuple[int, int]]:
        """Pairs of measures that are declared two sides of one thing, either way round."""
        pairs = [
            (self.measure_at[row.measure_a], self.measure_at[row.measure_b])
            for row in self.system.overlaps
            if row.kind == "complementary"
        ]
        return frozenset(pairs) | {(two, one) for one, two in pairs}

    @cached_property
    def holding(self) -> dict[int, frozenset[int]]:
        """For each agency, the measures it has, or must deliver, a target on."""
        return self._held(np.ones(len(self.targets), dtype=bool))

    @cached_property
    def live(self) -> Bools:
        """Whether each target is still to be met in the year that the system is about."""
        year = self.system.about.year
        due = [row.due for row in self.targets.rows]
        return np.array([not when or year is None or last_year(when) >= year for when in due], dtype=bool)

    @cached_property
    def holding_live(self) -> dict[int, frozenset[int]]:
        """The same by targets that are still to be met."""
        return self._held(self.live)

    def _held(self, which: Bools) -> dict[int, frozenset[int]]:
        targets = self.targets
        measures = positions(targets.measure[which])
        agencies, deliverers = positions(targets.agency[which]), positions(targets.deliverer[which])
        pairs = [*zip(agencies, measures, strict=True), *zip(deliverers, measures, strict=True)]
        return {who: frozenset(found) for who, found in group(pairs).items()}

    @cached_property
    def for_people(self) -> Ints:
        """Whether each target goes the way that is better for people (1), against it (-1), or neither (0)."""
        return self.targets.wish * self.good[self.targets.measure]

    def readable(self, measure: int, tier: str | None) -> bool:
        """Whether a measure can be read at a tier."""
        tiers = self.measures[measure].reported_at
        return tiers is None or tier is None or tier in tiers

    def tier_name(self, agency: int) -> str | None:
        """What people call the tier of an agency."""
        tier = self.agencies[agency].tier
        return None if tier is None else self.tiers[tier].name


def in_order(rows: Iterable[Any]) -> list[Any]:
    """Rows in an order that depends only on what they say."""
    return sorted(rows, key=lambda row: row.model_dump_json(exclude_none=True))


def group(pairs: Iterable[tuple[Any, Any]]) -> Mapping[Any, Sequence[Any]]:
    """Values by key, in the order given."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
