"""The words of METHOD: steps, wishes, what is met, populations, periods, and what one measure does to another."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import TYPE_CHECKING

from alignment.models import Incentive, Influence, Level, Overlap, System, Target
from alignment.models.options.fields import Counting

if TYPE_CHECKING:
    from .wanted import Wanted

Path = tuple[str, ...]
"""Measures one after the other, each with a direct effect on the next."""

SURE = {"strong": 0.9, "moderate": 0.7, None: 0.7, "contested": 0.5, "weak": 0.3}

SHARES = {"same": 1.0, "shared": 0.25, "part": 0.5}
"""How far two measures are one thing where nobody says."""


@dataclass(frozen=True)
class Link:
    """A direct effect: of its own rows, or borrowed from a twin of either end.

    Attributes
    ----------
    sizes
        What each row that counts does, in steps per step.
    rows
        Those rows.
    beside
        The rows of the same pair that do not count.
    near, far
        The overlaps by which the one end, and the other, is read as its twin.
    """

    sizes: tuple[float, ...]
    rows: tuple[Influence, ...]
    beside: tuple[Influence, ...] = ()
    near: Overlap | None = None
    far: Overlap | None = None

    @property
    def size(self) -> float:
        return round(sum(self.sizes), 12)

    @property
    def confidence(self) -> float:
        return min(SURE[row.certainty] for row in self.rows)

    @property
    def years(self) -> float:
        return max(row.lag_years or 0.0 for row in self.rows)

    @property
    def evidence(self) -> tuple[Overlap | Influence, ...]:
        near = () if self.near is None else (self.near,)
        return *near, *self.rows, *self.beside, *(() if self.far is None else (self.far,))


def equal(one: float, two: float) -> bool:
    """Whether two levels of one measure are one: within a thousand millionth of the larger."""
    if math.isinf(one) or math.isinf(two):
        return one == two
    return abs(one - two) <= 1e-9 * max(abs(one), abs(two))


def up_to(one: float, two: float) -> bool:
    """Whether one level is at most another."""
    return one <= two or equal(one, two)


class Words:
    """One system, looked at row by row."""

    def __init__(
        self,
        system: System,
        tolerance: float = 0.2,
        steps: int = 2,
        decay: float = 0.5,
        evidence: Counting = "declared",
    ) -> None:
        self.system = system
        self.tolerance = tolerance
        self.steps, self.decay = steps, decay
        self.evidence: Counting = evidence
        self.measures = {row.id: row for row in system.measures}
        self.parents = {row.id: row.parent for row in system.populations}
        self.targets = dict(sorted((row.id or "", row) for row in system.targets))
        self.levels = {row.id: levels(system, row) for row in system.targets}
        """The row of `levels` that each target is told from, where there is one."""
        self.tiers = {row.id: row.tier for row in system.agencies}
        self.overlaps = {frozenset((row.measure_a, row.measure_b)): row for row in system.overlaps}
        self.every = self._every()
        self.own = self._own()
        readings = {(one, two): self._readings(one, two) for one, two in product(self.measures, repeat=2)}
        self.links = chosen(readings)
        """The direct effects, which a walk begins with."""
        self.further = chosen(
            {pair: {by: link for by, link in able.items() if not link.near} for pair, able in readings.items()}
        )
        """What a walk goes on with: the direct effects whose near end is not borrowed."""
        self.effects = self._effects()
        self.known: dict[str, list[Wanted]] = {}
        """The conflicts of each kind that was asked for."""

    # Measures and targets

    def step(self, name: str) -> float:
        row = self.measures[name]
        if row.step:
            return row.step
        if row.floor is not None and row.ceiling is not None and row.ceiling > row.floor:
            return (row.ceiling - row.floor) / 20
        return abs(row.baseline) / 20 if row.baseline else 1.0

    def now(self, row: Target) -> float | None:
        """Today's level at who has to deliver a target; None where nobody knows."""
        level = self.levels[row.id]
        return self.measures[row.measure].baseline if level is None else level.value

    def one_place(self, one: Target, two: Target) -> bool:
        """Whether two targets are told from one level of today."""
        return self.now(one) == self.now(two)

    def good(self, name: str) -> int:
        return {"higher": 1, "lower": -1}.get(self.measures[name].direction or "", 0)

    def wish(self, row: Target) -> int:
        now = self.now(row)
        if row.sense == "hold":
            return self.good(row.measure)
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

    def accepted(self, row: Target) -> tuple[float, float] | None:
        """The acceptable set; None where it is not known."""
        now, value = self.now(row), row.value
        if row.sense == "between":
            assert value is not None
            assert row.upper is not None
            return value, row.upper
        if row.sense in ("at_least", "at_most"):
            assert value is not None
            return (value, math.inf) if row.sense == "at_least" else (-math.inf, value)
        if now is None:
            return None
        if row.sense == "hold":
            margin, good = value or 0.0, self.good(row.measure)
            return -math.inf if good < 0 else now - margin, math.inf if good > 0 else now + margin
        far = self.step(row.measure) if value is None else value
        return (now + far, math.inf) if row.sense == "increase" else (-math.inf, now - far)

    def level(self, row: Target) -> float | None:
        """The level that a target wishes; None where it is not known, of a change without a value, or within a band."""
        if row.sense in ("increase", "decrease") and row.value is None:
            return None
        ends, wish = self.accepted(row), self.wish(row)
        return None if ends is None or not wish else ends[0 if wish > 0 else 1]

    def met(self, row: Target) -> bool:
        """Whether today's level is known to satisfy a target."""
        now, ends = self.now(row), self.accepted(row)
        return now is not None and ends is not None and up_to(ends[0], now) and up_to(now, ends[1])

    def pushes(self, row: Target) -> bool:
        """Whether a target pushes; if not it guards."""
        return row.sense != "hold" and self.wish(row) != 0 and not self.met(row)

    def need(self, row: Target) -> tuple[float, bool]:
        """The steps from today to what satisfies a target, and whether that had to be assumed."""
        now, step = self.now(row), self.step(row.measure)
        if row.sense == "hold" or self.met(row):
            return 0.0, False
        if row.sense in ("increase", "decrease"):
            return (1.0 if row.value is None else row.value / step), False
        ends, wish = self.accepted(row), self.wish(row)
        if now is None or ends is None or not wish:
            return 1.0, True
        return ((ends[0] - now) if wish > 0 else (now - ends[1])) / step, False

    def slack(self, row: Target) -> float:
        """The steps that a measure may move against a wish before the target is missed."""
        now, step = self.now(row), self.step(row.measure)
        if row.sense == "hold":
            return (row.value or 0.0) / step
        ends, wish = self.accepted(row), self.wish(row)
        if now is None or ends is None or not wish or not self.met(row):
            return 0.0
        return max(0.0, (now - ends[0]) if wish > 0 else (ends[1] - now)) / step

    def beyond(self, one: Target, effect: float, two: Target) -> bool:
        """Whether meeting one target, by a net effect, goes beyond the slack of another."""
        return self.need(one)[0] * abs(effect) > self.slack(two) + 1e-9

    def for_people(self, row: Target) -> bool:
        """Whether a target makes duties: not against people, and published."""
        return self.wish(row) * self.good(row.measure) >= 0 and not row.revealed

    def side(self, measure: str, wish: int) -> list[str]:
        """The targets on a measure that wish it one way."""
        return [key for key, row in self.targets.items() if (row.measure, self.wish(row)) == (measure, wish)]

    def sides(self) -> Iterator[tuple[str, int, list[str]]]:
        """Every measure and wish that somebody has, with the targets."""
        for measure in sorted(self.measures):
            for wish in (1, -1, 0):
                if targets := self.side(measure, wish):
                    yield measure, wish, targets

    def pushing(self, measure: str, wish: int) -> list[str]:
        """Those of a side that push."""
        return [key for key in self.side(measure, wish) if self.pushes(self.targets[key])]

    def heaviest(self, targets: list[str]) -> str:
        """The heaviest target, the first by key of equals."""
        return min(targets, key=lambda key: (-self.weight(self.targets[key]), key))

    def agencies(self, targets: list[str]) -> frozenset[str]:
        return frozenset(self.targets[key].agency for key in targets)

    def deliverers(self, targets: list[str]) -> frozenset[str]:
        return frozenset(self.targets[key].deliverer for key in targets)

    # Scope

    def population(self, row: Target) -> str | None:
        return row.population or self.measures[row.measure].population

    def chain(self, name: str | None) -> list[str | None]:
        return [None] if name is None else [name, *self.chain(self.parents[name])]

    def narrower(self, one: Target, two: Target) -> tuple[bool, str | None]:
        """Whether the populations of two targets are nested, and the narrower."""
        a, b = self.population(one), self.population(two)
        if b in self.chain(a):
            return True, a
        return a in self.chain(b), b

    def days(self, row: Target | Incentive) -> tuple[dt.date, dt.date]:
        def day(text: str | None, year_end: str, otherwise: dt.date) -> dt.date:
            if not text:
                return otherwise
            if "/" in text:
                # From April to March.
                return dt.date(int(text[:4]) + (year_end == "12-31"), *((3, 31) if year_end == "12-31" else (4, 1)))
            return dt.date.fromisoformat(text if len(text) == 10 else f"{text}-{year_end}")

        return day(row.start, "01-01", dt.date.min), day(row.due, "12-31", dt.date.max)

    def overlap(self, one: Target | Incentive, two: Target) -> bool:
        (a, b), (c, d) = self.days(one), self.days(two)
        return a <= d and c <= b

    def shares(self, measure: str) -> dict[str, float]:
        """Who controls how much of a measure; empty where nobody says."""
        return {row.agency: row.share for row in self.system.controls if row.measure == measure}

    def control(self, agency: str, measure: str) -> float:
        """How much of a measure a body controls, itself and by the bodies that belong to it."""
        shares = self.shares(measure)
        return min(1.0, round(sum(shares.get(who, 0.0) for who in {agency, *self.members(agency)}), 12))

    def members(self, agency: str) -> set[str]:
        """The bodies that belong to a body."""
        rows = self.system.accountability
        return {row.agency for row in rows if row.answers_to == agency and row.kind == "partnership"}

    # Effects

    def complementary(self, one: str, two: str) -> bool:
        """Whether two measures are declared two sides of one thing, so that no effect is read between them."""
        row = self.overlaps.get(frozenset((one, two)))
        return row is not None and row.kind == "complementary"

    def read_as(self, one: str, two: str) -> float | None:
        """What a step of one measure is in steps of its twin, itself of itself; None where they are none."""
        if one == two:
            return 1.0
        row = self.overlaps.get(frozenset((one, two)))
        if row is None or row.kind not in SHARES:
            return None
        share = SHARES[row.kind] if row.share is None else row.share
        return share * (self.good(one) * self.good(two) or 1) if share >= 0.5 else None

    def _every(self) -> dict[tuple[str, str], list[Influence]]:
        """The influences of each pair of measures."""
        every: dict[tuple[str, str], list[Influence]] = defaultdict(list)
        for row in self.system.influences:
            if not self.complementary(row.source_measure, row.target_measure):
                every[row.source_measure, row.target_measure].append(row)
        return every

    def _own(self) -> dict[tuple[str, str], list[Influence]]:
        """Those that count: not the estimated ones beside others; where estimates count, only them."""
        found: dict[tuple[str, str], list[Influence]] = {}
        for pair, rows in self.every.items():
            estimated = [row for row in rows if row.origin == "estimated"]
            declared = [row for row in rows if row.origin != "estimated"]
            found[pair] = (estimated or declared) if self.evidence == "estimated" else (declared or estimated)
        return found

    def _readings(self, one: str, two: str) -> dict[tuple[str, str], Link]:
        """A pair's own rows, and those it could borrow, by the pair that has them."""
        apart = one == two or self.complementary(one, two)
        if apart or self.read_as(one, two) is not None:
            return {(one, two): self._read(one, two, (one, two))} if (one, two) in self.own else {}
        return {
            by: self._read(one, two, by)
            for by in self.own
            if self.read_as(one, by[0]) is not None and self.read_as(by[1], two) is not None
        }

    def _read(self, one: str, two: str, by: tuple[str, str]) -> Link:
        """The rows of one pair, read as another's."""
        near, far = self.read_as(one, by[0]), self.read_as(by[1], two)
        assert near is not None
        assert far is not None
        return Link(
            tuple(near * size_of(row) * far for row in self.own[by]),
            tuple(self.own[by]),
            tuple(row for row in self.every[by] if row not in self.own[by]),
            self.overlaps.get(frozenset((one, by[0]))),
            self.overlaps.get(frozenset((by[1], two))),
        )

    def direct(self, one: str, two: str) -> float:
        """The direct effect of one measure on another."""
        return self.links[one, two].size if (one, two) in self.links else 0.0

    def _effects(self) -> dict[tuple[str, str], float]:
        """N for walks of at most so many influences; a walk may pass through a pair that has no effect itself."""
        net = {pair: sum(link.sizes) for pair, link in self.links.items()}
        walks = dict(net)
        for number in range(1, self.steps):
            longer: dict[tuple[str, str], float] = defaultdict(float)
            for (a, b), (c, d) in product(walks, self.further):
                if b == c:
                    longer[a, d] += walks[a, b] * sum(self.further[c, d].sizes)
            walks = longer
            for cell, size in walks.items():
                net[cell] = net.get(cell, 0.0) + self.decay**number * size
        return {
            cell: size for cell, size in net.items() if not self.complementary(*cell) and self._as_direct(cell, size)
        }

    def _as_direct(self, cell: tuple[str, str], size: float) -> bool:
        """Whether a net effect does not turn the sign of the direct one."""
        return self.direct(*cell) * size >= 0

    def effect(self, one: str, two: str) -> float:
        """The net effect of one measure on another."""
        return round(self.effects.get((one, two), 0.0), 12)

    @cached_property
    def walks(self) -> list[Path]:
        """Every walk of at most so many influences."""
        found: list[Path] = []
        walks: list[Path] = sorted(self.links)
        for _ in range(self.steps):
            found += walks
            walks = [(*walk, after) for walk in walks for before, after in sorted(self.further) if before == walk[-1]]
        return found

    @cached_property
    def walks_between(self) -> dict[tuple[str, str], list[Path]]:
        """The walks from one measure to another."""
        found: dict[tuple[str, str], list[Path]] = defaultdict(list)
        for walk in self.walks:
            found[walk[0], walk[-1]].append(walk)
        return found

    def along(self, walk: Path) -> list[Link]:
        """The direct effects of a walk: only the first may be borrowed at its near end."""
        return [(self.further if at else self.links)[link] for at, link in enumerate(pairwise(walk))]

    def path(self, one: str, two: str) -> Path:
        """The strongest walk that pushes as the net effect does: the shorter, then the first by id, of equals."""

        def strength(walk: Path) -> float:
            return math.prod(sum(link.sizes) for link in self.along(walk))

        effect = self.effect(one, two)
        able = [walk for walk in self.walks_between[one, two] if strength(walk) * effect > 0]
        return min(able, key=lambda walk: (-round(abs(strength(walk)), 12), len(walk), walk))

    def confidence(self, path: Path) -> float:
        """That of the weakest influence along a walk."""
        return min(link.confidence for link in self.along(path))

    def mixed(self, one: str, two: str) -> float | None:
        """The share of the larger sign, each influence a walk of its own; None where all have one sign."""
        sums = {1: 0.0, -1: 0.0}
        for walk in self.walks_between[one, two]:
            for sizes in product(*(link.sizes for link in self.along(walk))):
                size = math.prod(sizes) * self.decay ** (len(sizes) - 1)
                sums[1 if size > 0 else -1] += abs(size)
        return max(sums.values()) / sum(sums.values()) if all(sums.values()) else None


def levels(system: System, target: Target) -> Level | None:
    """The level of today at who has to deliver a target: without a period, else the latest to begin by the year."""
    rows = [row for row in system.levels if (row.measure, row.agency) == (target.measure, target.deliverer)]
    year = system.about.year
    begun = [row for row in rows if row.period is None or year is None or row.period[:4] <= f"{year:04}"]
    return max(begun, key=lambda row: row.period or "9999-99", default=None)


def chosen(readings: dict[tuple[str, str], dict[tuple[str, str], Link]]) -> dict[tuple[str, str], Link]:
    """Of what each pair could be read as, its own rows, else the one of largest size that is not 0."""
    found: dict[tuple[str, str], Link] = {}
    for pair, able in readings.items():
        if pair in able:
            found[pair] = able[pair]
        elif any(link.size for link in able.values()):
            # Of equal sizes the positive one, then the first by the ids of what is read in the pair's place.
            found[pair] = able[min(able, key=lambda by: (-abs(able[by].size), able[by].size < 0, by))]
    return found


def shown(links: Iterable[Link]) -> list[Overlap | Influence]:
    """The rows that some direct effects rest on, in order, each once."""
    return list({id(row): row for link in links for row in link.evidence}.values())


def size_of(row: Influence) -> float:
    """What an influence does, in steps per step."""
    return row.effect if row.effect is not None else (row.strength or 0) / 3
