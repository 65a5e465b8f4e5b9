"""METHOD word by word and pair by pair: slow, simple, sharing no code with the library beyond the tables."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from alignment.models import DIMENSIONS, Measure, System, Target
from alignment.models.options.aligned_set import Options

Mark = tuple[str, tuple[tuple[str, int], ...], str | None]
"""Kind, measures with wishes, population."""


class Oracle:
    """One system, looked at row by row."""

    def __init__(self, system: System, tolerance: float = 0.2, options: Options | None = None) -> None:
        system = system if options is None else weighed(system, options)
        self.system = system
        self.tolerance = tolerance
        self.measures = {row.id: row for row in system.measures}
        self.parents = {row.id: row.parent for row in system.populations}
        self.targets = {row.id or "": row for row in system.targets}
        self.steps, self.decay = (2, 0.5) if options is None else (options.steps, options.decay)
        self.effects = self._effects()
        self._conflicts: dict[Mark, tuple[float, set[frozenset[str]]]] | None = None

    # Words

    def step(self, name: str) -> float:
        row = self.measures[name]
        if row.step:
            return row.step
        if row.floor is not None and row.ceiling is not None and row.ceiling > row.floor:
            return (row.ceiling - row.floor) / 20
        return abs(row.baseline) / 20 if row.baseline else 1.0

    def wish(self, row: Target) -> int:
        now = self.measures[row.measure].baseline
        if row.sense in ("at_least", "increase"):
            return 1
        if row.sense in ("at_most", "decrease"):
            return -1
        assert row.value is not None
        assert row.upper is not None
        if now is None or row.value <= now <= row.upper:
            return 0
        return 1 if now < row.value else -1

    def weight(self, *rows: Target) -> float:
        return math.prod(1.0 if row.weight is None else row.weight for row in rows) ** (1 / len(rows))

    def population(self, row: Target) -> str | None:
        return row.population or self.measures[row.measure].population

    def chain(self, name: str | None) -> list[str | None]:
        return [None] if name is None else [name, *self.chain(self.parents[name])]

    def narrower(self, one: Target, two: Target) -> tuple[bool, str | None]:
        a, b = self.population(one), self.population(two)
        if b in self.chain(a):
            return True, a
        return a in self.chain(b), b

    def days(self, row: Target) -> tuple[dt.date, dt.date]:
        def day(text: str | None, year_end: str, otherwise: dt.date) -> dt.date:
            if not text:
                return otherwise
            return dt.date.fromisoformat(text if len(text) == 10 else f"{text}-{year_end}")

        return day(row.start, "01-01", dt.date.min), day(row.due, "12-31", dt.date.max)

    def overlap(self, one: Target, two: Target) -> bool:
        (a, b), (c, d) = self.days(one), self.days(two)
        return a <= d and c <= b

    def accepted(self, row: Target) -> tuple[float, float] | None:
        """The acceptable set; None where it is not known."""
        now, value = self.measures[row.measure].baseline, row.value
        if row.sense == "between":
            assert value is not None
            assert row.upper is not None
            return value, row.upper
        if row.sense in ("increase", "decrease"):
            if now is None or value is None:
                return None
            value = now + value if row.sense == "increase" else now - value
        assert value is not None
        return (value, math.inf) if row.sense in ("at_least", "increase") else (-math.inf, value)

    # Effects

    def _effects(self) -> dict[tuple[str, str], float]:
        """N for walks of at most so many influences."""
        direct: dict[tuple[str, str], float] = defaultdict(float)
        for row in self.system.influences:
            size = row.effect if row.effect is not None else (row.strength or 0) / 3
            direct[row.source_measure, row.target_measure] += size
        net, walks = dict(direct), dict(direct)
        for further in range(1, self.steps):
            longer: dict[tuple[str, str], float] = defaultdict(float)
            for (a, b), (c, d) in product(walks, direct):
                if b == c:
                    longer[a, d] += walks[a, b] * direct[c, d]
            walks = longer
            for cell, size in walks.items():
                net[cell] = net.get(cell, 0.0) + self.decay**further * size
        return net

    # Conflicts, by finding: exact pairs and severity

    def conflicts(self) -> dict[Mark, tuple[float, set[frozenset[str]]]]:
        if self._conflicts is None:
            self._conflicts = self._findings()
        return self._conflicts

    def _findings(self) -> dict[Mark, tuple[float, set[frozenset[str]]]]:
        found: dict[Mark, tuple[float, set[frozenset[str]]]] = {}
        for mark, pair, severity in self._pairs():
            worst, pairs = found.get(mark, (0.0, set()))
            found[mark] = max(worst, severity), pairs | {pair}
        return found

    def _pairs(self) -> Iterator[tuple[Mark, frozenset[str], float]]:
        for (a, one), (b, two) in product(self.targets.items(), repeat=2):
            if one.measure != two.measure:
                yield from self._spillover(a, one, b, two)
            elif a != b:
                yield from self._opposed(a, one, b, two)
                if a < b:
                    yield from self._inconsistent(a, one, b, two)

    def _spillover(self, a: str, one: Target, b: str, two: Target) -> Iterator[tuple[Mark, frozenset[str], float]]:
        effect = self.effects.get((one.measure, two.measure), 0.0)
        push = self.wish(one) * effect * self.wish(two)
        if round(push, 12) < -self.tolerance and self.overlap(one, two):
            wishes = ((one.measure, self.wish(one)), (two.measure, self.wish(two)))
            yield ("spillover", wishes, None), frozenset({a, b}), self.weight(one, two) * min(1.0, abs(effect))

    def _opposed(self, a: str, one: Target, b: str, two: Target) -> Iterator[tuple[Mark, frozenset[str], float]]:
        nested, scope = self.narrower(one, two)
        if (self.wish(one), self.wish(two)) != (1, -1) or not nested or not self.overlap(one, two):
            return
        sets = self.accepted(one), self.accepted(two)
        if sets[0] and sets[1] and max(sets[0][0], sets[1][0]) <= min(sets[0][1], sets[1][1]):
            return
        wishes = ((one.measure, 1), (one.measure, -1))
        yield ("opposed", wishes, scope), frozenset({a, b}), self.weight(one, two)

    def _inconsistent(self, a: str, one: Target, b: str, two: Target) -> Iterator[tuple[Mark, frozenset[str], float]]:
        nested, scope = self.narrower(one, two)
        if self.wish(one) != self.wish(two) or not nested:
            return
        far = min(1.0, self._apart(one, two) / self.step(one.measure) / 4)
        late = 0.0
        if one.due and two.due:
            late = min(0.5, abs((self.days(one)[1] - self.days(two)[1]).days) / 365.25 / 4)
        if max(far, late) > 0:
            mark = ("inconsistent", ((one.measure, self.wish(one)),), scope)
            yield mark, frozenset({a, b}), self.weight(one, two) * max(far, late)

    def _apart(self, one: Target, two: Target) -> float:
        sets, wish = (self.accepted(one), self.accepted(two)), self.wish(one)
        if sets[0] and sets[1]:
            ends = {1: (0,), -1: (1,), 0: (0, 1)}[wish]
            return max(abs(sets[0][end] - sets[1][end]) for end in ends)
        changes = [row.value for row in (one, two) if row.sense in ("increase", "decrease") and not self.accepted(row)]
        if len(changes) == 2 and changes[0] is not None and changes[1] is not None:
            return abs(changes[0] - changes[1])
        return 0.0

    # Duties and sets

    def captured(self, name: str, theta: float) -> set[str]:
        own = self.measures[name].outcome
        found = {own} if own else set[str]()
        return found | {row.outcome for row in self.system.captures if row.measure == name and row.validity >= theta}

    def duties(self, options: Options) -> dict[tuple[str, str, str | None], float]:
        found: dict[tuple[str, str, str | None], float] = {}
        for row in self.targets.values():
            for outcome, agency in product(self.captured(row.measure, options.theta), {row.agency, row.deliverer}):
                duty = agency, outcome, self.population(row) if options.breadth == "population" else None
                found[duty] = max(found.get(duty, 0.0), self.weight(row))
        return found

    def readable(self, name: str, agency: str) -> bool:
        tier = next(row.tier for row in self.system.agencies if row.id == agency)
        at = self.measures[name].reported_at
        return at is None or tier is None or tier in at

    def serves(self, name: str, duty: tuple[str, str, str | None], options: Options) -> bool:
        agency, outcome, population = duty
        return (
            outcome in self.captured(name, options.theta)
            and self.readable(name, agency)
            and (options.breadth == "outcome" or self.measures[name].population in self.chain(population))
        )

    def counting(self) -> set[str]:
        found = {row.agency for row in self.system.targets} | {row.deliverer for row in self.system.targets}
        return found | {row.payee for row in self.system.incentives} | {row.agency for row in self.system.controls}

    def burden(self, kept: Iterable[str]) -> Fraction:
        rows = [self.measures[name] for name in kept]
        free = {row.collection for row in self.system.measures if row.statutory}
        total = sum((Fraction(1) if row.cost is None else Fraction(repr(row.cost)) for row in rows), Fraction(0))
        paid = {row.collection for row in rows} - free
        return total + sum(
            (Fraction(repr(row.cost or 0.0)) for row in self.system.collections if row.id in paid), Fraction(0)
        )

    def voices(self, kept: set[str], options: Options) -> dict[str, tuple[int, int]]:
        """For each agency with a voice: duties its own measures serve today, and still."""
        found: dict[str, tuple[int, int]] = {}
        for agency in self.counting():
            own = {row.measure for row in self.system.targets if row.agency == agency}
            today = [
                {name for name in own if self.serves(name, duty, options)}
                for duty in self.duties(options)
                if duty[0] == agency
            ]
            number = sum(bool(able) for able in today)
            if number:
                found[agency] = number, sum(bool(able & kept) for able in today)
        return found

    def loss(self, kept: set[str], options: Options) -> Fraction:
        counting = self.counting()
        power = {row.id: Fraction(repr(row.power or 1.0)) for row in self.system.agencies if row.id in counting}
        losses = [
            (1 - Fraction(after, before)) * power[agency] / max(power.values())
            for agency, (before, after) in self.voices(kept, options).items()
        ]
        return max(losses, default=Fraction(0))

    def residual(self, kept: set[str]) -> int:
        """In millionths."""
        return sum(
            round(round(severity, 6) * 1_000_000)
            for (_, wishes, _), (severity, _) in self.conflicts().items()
            if {measure for measure, _ in wishes} <= kept
        )

    def allowed(self, kept: set[str], options: Options) -> bool:
        """Whether a set fulfils the rows other than duties."""
        asked = set(options.keep)
        if options.keep_statutory:
            asked |= {row.id for row in self.system.measures if row.statutory}
        if not asked <= kept or kept & self.barred(options):
            return False
        if options.balance and not self._balanced(kept, options):
            return False
        share = Fraction(repr(options.voice))
        if any(Fraction(after, before) < share for before, after in self.voices(kept, options).values()):
            return False
        return options.sway is None or all(
            len({row.measure for row in self.system.targets if row.agency == agency} & kept)
            <= Fraction(repr(options.sway)) * len(kept)
            for agency in {row.agency for row in self.system.targets}
        )

    def barred(self, options: Options) -> set[str]:
        """Measures that cannot be kept."""
        able = set(self.measures) if options.candidates == "all" else set(options.candidates)
        if options.candidates == "targeted":
            able = {row.measure for row in self.system.targets}
        return (set(self.measures) - able) | set(options.drop)

    def _balanced(self, kept: set[str], options: Options) -> bool:
        tiers = {row.tier for row in self.system.agencies if row.id in self.counting() and row.tier}
        return all(self.balanced(kept, options, tier, each) for tier, each in product(tiers, DIMENSIONS))

    def balanced(self, kept: set[str], options: Options, tier: str, each: str) -> bool:
        """Whether a tier has a measure of a dimension, where one exists."""
        dimension = {row.id: row.dimension for row in self.system.outcomes}
        able = {
            name
            for name, row in self.measures.items()
            if name not in self.barred(options)
            and (row.reported_at is None or tier in row.reported_at)
            and any(dimension[outcome] == each for outcome in self.captured(name, options.theta))
        }
        return not able or bool(able & kept)

    def best(self, options: Options) -> tuple[Any, ...] | None:
        """Stage values and the set, by trying every subset; None when no subset is allowed."""
        found = [
            self.key(set(kept), options)
            for number in range(len(self.measures) + 1)
            for kept in combinations(sorted(self.measures), number)
            if self.allowed(set(kept), options)
        ]
        return min(found, default=None)

    def key(self, kept: set[str], options: Options) -> tuple[Any, ...]:
        """Stage values, size and the set itself: the smallest is the best."""
        gaps = sum(
            round(weight * 1_000_000)
            for duty, weight in self.duties(options).items()
            if not any(self.serves(name, duty, options) for name in kept)
        )
        change = sum(round(self.weight(row) * 1_000_000) for row in self.targets.values() if row.measure not in kept)
        conflict, burden = self.residual(kept), self.burden(kept)
        middle: tuple[Any, ...] = (conflict, burden) if options.order == "conflict-first" else (burden, conflict)
        if options.price is not None:
            middle = (burden + Fraction(repr(options.price)) * Fraction(conflict, 1_000_000),)
        return gaps, *middle, self.loss(kept, options), change, len(kept), tuple(sorted(kept))


def weighed(system: System, options: Options) -> System:
    """The system in which weights and power are as asked for."""
    tables: dict[str, Any] = {name: getattr(system, name) for name in System.model_fields}
    tables["targets"] = [
        {
            **row.model_dump(),
            "weight": max(
                1e-6,
                round(
                    (1.0 if row.weight is None else row.weight)
                    * options.weights.get(row.agency, 1.0)
                    * options.weights.get(row.id or "", 1.0),
                    6,
                ),
            ),
        }
        for row in system.targets
    ]
    tables["agencies"] = [
        {**row.model_dump(), "power": options.power.get(row.id, row.power)} for row in system.agencies
    ]
    return System.model_validate(tables)


def measure(**cells: Any) -> Measure:
    """A measure with a name."""
    return Measure.model_validate({"name": cells["id"], **cells})
