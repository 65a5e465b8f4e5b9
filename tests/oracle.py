"""Duties and sets of METHOD 6, subset by subset: slow, simple, sharing no code with the library beyond the tables.

The words, and every kind of conflict, are in `tests/oracles`; decision 4 says how METHOD is read. Sums of weights are
in millionths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache, cached_property
from itertools import combinations, product
from typing import Any, TypeVar, cast

from alignment.models import DIMENSIONS, Accountability, System, Target
from alignment.models.options.aligned_set import Options
from tests.oracles import inconsistent, opposed, spillover, unguarded
from tests.oracles.wanted import Wanted
from tests.oracles.words import Words

T = TypeVar("T")

Duty = tuple[str, str, str | None]
"""An agency, an outcome, a population."""

MILLION = 1_000_000


def micro(number: float) -> int:
    """A number in millionths."""
    return round(number * MILLION)


@cache
def exact(number: float | None) -> Fraction:
    """A number as it is written; blank is 1."""
    return Fraction(1) if number is None else Fraction(repr(number))


class Oracle(Words):
    """One system, and what is asked of its sets."""

    def __init__(self, system: System, tolerance: float = 0.2, options: Options | None = None) -> None:
        if options is None:
            super().__init__(system, tolerance)
        else:
            super().__init__(weighed(system, options), tolerance, options.steps, options.decay, options.evidence)
        self._asked: Options | None = None
        self._known: dict[Any, Any] = {}

    def _once(self, options: Options, what: Any, make: Callable[[], T]) -> T:
        """What does not depend on the subset is worked out once, as long as the same is asked."""
        if self._asked is not options:
            self._asked, self._known = options, {}
        if what not in self._known:
            self._known[what] = make()
        return cast("T", self._known[what])

    # Words

    @cached_property
    def conflicts(self) -> list[Wanted]:
        """The conflicts that can count as residual."""
        return [each for kind in (opposed, inconsistent, spillover, unguarded) for each in kind.wanted(self)]

    def shows(self, one: str, two: str) -> float:
        """How far progress on one measure is progress on another; below 0 the other looks worse."""
        return self.good(one) * self.effect(one, two) * self.good(two)

    def holds(self, agency: str, name: str) -> bool:
        return any(row.measure == name and agency in (row.agency, row.deliverer) for row in self.targets.values())

    def live(self, row: Target) -> bool:
        year = self.system.about.year
        return year is None or row.due is None or int(row.due[:4]) + ("/" in row.due) >= year

    def holds_live(self, agency: str, name: str) -> bool:
        return any(
            row.measure == name and agency in (row.agency, row.deliverer) and self.live(row)
            for row in self.targets.values()
        )

    def against_people(self, row: Target) -> bool:
        return self.wish(row) * self.good(row.measure) == -1

    def outcome_known(self, name: str) -> bool:
        return self.measures[name].outcome is not None or any(row.measure == name for row in self.system.captures)

    def of_people(self, row: Target) -> bool:
        """Whether it is a people's target."""
        published = not row.revealed or self.measures[row.measure].perspective == "person"
        return self.wish(row) * self.good(row.measure) == 1 and self.outcome_known(row.measure) and published

    def declared(self, kind: str, one: str, two: str) -> bool:
        """Whether two measures are declared to be that; of a part, the first a part of the second."""
        row = self.overlaps.get(frozenset((one, two)))
        return row is not None and row.kind == kind and (kind != "part" or row.measure_a == one)

    def declared_share(self, one: str, two: str, blank: float) -> float:
        share = self.overlaps[frozenset((one, two))].share
        return blank if share is None else share

    def captured(self, name: str, theta: float) -> set[str]:
        own = self.measures[name].outcome
        found = {own} if own else set[str]()
        return found | {row.outcome for row in self.system.captures if row.measure == name and row.validity >= theta}

    def readable(self, name: str, agency: str) -> bool:
        at, tier = self.measures[name].reported_at, self.tiers[agency]
        return at is None or tier is None or tier in at

    def counting(self) -> set[str]:
        found = {row.agency for row in self.system.targets} | {row.deliverer for row in self.system.targets}
        return found | {row.payee for row in self.system.incentives} | {row.agency for row in self.system.controls}

    # Duties

    def _behind(self, options: Options) -> dict[Duty, list[Target]]:
        def found() -> dict[Duty, list[Target]]:
            duties: dict[Duty, list[Target]] = {}
            for row in self.targets.values():
                if self.against_people(row) or row.revealed:
                    continue
                population = self.population(row) if options.breadth == "population" else None
                for agency in {row.agency, row.deliverer}:
                    for outcome in self.captured(row.measure, options.theta):
                        duties.setdefault((agency, outcome, population), []).append(row)
            return duties

        return self._once(options, "behind", found)

    def duties(self, options: Options) -> dict[Duty, float]:
        """Every duty with the weight of the heaviest target behind it."""
        return {duty: max(map(self.weight, rows)) for duty, rows in self._behind(options).items()}

    def behind(self, duty: Duty, options: Options) -> set[str]:
        """The measures of the targets behind a duty."""
        return {row.measure for row in self._behind(options)[duty]}

    def helps(self, one: str, two: str) -> bool:
        """Whether progress on one measure shows in another; where there is no effect nothing shows, whatever counts."""
        return self.shows(one, two) > 0 and self.shows(one, two) >= self.tolerance

    def harms(self, one: str, two: str) -> bool:
        """Whether another measure looks better when one is neglected."""
        return self.shows(one, two) < 0 and self.shows(one, two) <= -self.tolerance

    def sees(self, agency: str, name: str, behind: Iterable[str], options: Options) -> bool:
        """Whether an agency has line of sight to a measure, with some measures behind."""
        return (
            self.holds(agency, name)
            or self.shares(name).get(agency, 0.0) >= options.sight
            or any(self._one_thing(other, name) or self.helps(other, name) for other in behind)
        )

    def _one_thing(self, one: str, two: str) -> bool:
        """Whether at least half of a measure is declared to be in another."""
        blanks = {"same": 1.0, "shared": 0.25, "part": 0.5}
        return any(
            self.declared(kind, one, two) and self.declared_share(one, two, blank) >= 0.5
            for kind, blank in blanks.items()
        )

    def serves(self, name: str, duty: Duty, options: Options) -> bool:
        return self._once(options, ("serves", name, duty), lambda: self._serves(name, duty, options))

    def _serves(self, name: str, duty: Duty, options: Options) -> bool:
        agency, outcome, population = duty
        behind, row = self.behind(duty, options), self.measures[name]
        return name in behind or (
            outcome in self.captured(name, options.theta)
            and (options.breadth == "outcome" or row.population in self.chain(population))
            and self.readable(name, agency)
            and row.direction in ("higher", "lower", "in-range")
            and not all(self.declared("distinct", other, name) for other in behind)
            and not all(self.harms(other, name) for other in behind)
            and (options.ground == "outcome" or self.sees(agency, name, behind, options))
        )

    # Standing

    @cached_property
    def guards(self) -> set[str]:
        """The measures that some spillover moves against people."""
        return {each.measures[1] for each in self.conflicts if each.kind == "spillover" and self.harms_people(each)}

    def harms_people(self, push: Wanted) -> bool:
        """Whether a spillover moves what it harms against its good direction."""
        assert push.effect is not None
        return push.sides[0].wish * push.effect * self.good(push.measures[1]) < 0

    def standing(self, agency: str, retired: str, kept: str, options: Options) -> int:
        """How far a kept measure says to an agency what a retired one said."""
        return self._once(
            options,
            ("standing", agency, retired, kept),
            lambda: micro(round(self._standing(agency, retired, kept, options), 6)),
        )

    def _standing(self, agency: str, n: str, m: str, options: Options) -> float:
        if n == m:
            return 1.0
        wide, narrow = self.measures[m].population, self.measures[n].population
        if (
            not (narrow is None if wide is None else wide in self.chain(narrow))
            or not self.readable(m, agency)
            or self.harms(n, m)
            or self.harms(m, n)
            or self.declared("distinct", n, m)
        ):
            return 0.0
        bodies = {row.answers_to for row in self.system.accountability if self._member(row, agency)}
        live = self.holds_live(agency, m)
        own = 1.0 if live else 0.5
        joint = 1.0 if live or any(self.holds_live(body, m) for body in bodies) else 0.5
        found = [0.0]
        if self.declared("same", n, m):
            found.append(joint * self.declared_share(n, m, 1.0))
        if self.declared("part", n, m):
            found.append(own * max(0.5, self.declared_share(n, m, 0.5)))
        if self.declared("shared", n, m):
            found.append(own * self.declared_share(n, m, 0.25))
        if n not in self.guards:
            collection = self.measures[n].collection
            together = 1.0 if collection is not None and collection == self.measures[m].collection else 0.5
            found.append(own * together * self._shown(n, m, options))
            found.append(own * together * self._spoken(agency, n, m, options))
        return max(found)

    def _member(self, row: Accountability, agency: str) -> bool:
        return row.agency == agency and row.kind == "partnership"

    def _shown(self, n: str, m: str, options: Options) -> float:
        """How far progress on n shows in m, of an outcome that both capture, in time."""
        shows = self.shows(n, m)
        if not self.captured(n, options.theta) & self.captured(m, options.theta) or shows < self.tolerance:
            return 0.0
        # At a tolerance of 0 nothing may be shown, along no path.
        return min(1.0, shows) if shows > 0 and self.years(n, m) <= options.horizon else 0.0

    def years(self, one: str, two: str) -> float:
        """How long it takes until one measure shows in another, along the path; of parallel rows the longest."""
        return sum(link.years for link in self.along(self.path(one, two)))

    def _spoken(self, agency: str, n: str, m: str, options: Options) -> float:
        """How far m is said to speak for an outcome of n, to an agency that sees itself in m."""
        outcomes = self.captured(n, options.theta)
        found = [
            row.validity / 2
            for row in self.system.captures
            if row.measure == m and row.outcome in outcomes and row.validity >= options.theta
        ]
        return max(found) if found and self.sees(agency, m, {n}, options) else 0.0

    def said(self, agency: str, name: str, kept: Iterable[str], options: Options) -> int:
        """How far a target of an agency on a measure is said."""
        return max((self.standing(agency, name, other, options) for other in kept), default=0)

    # Sums

    @cached_property
    def _residual(self) -> list[tuple[frozenset[str], int]]:
        """What has to be kept for a conflict to be left, and how severe it is."""
        found: list[tuple[frozenset[str], int]] = []
        for each in self.conflicts:
            pushes = each.kind == "unguarded" or (each.kind == "spillover" and self.harms_people(each))
            needed = each.measures[:1] if pushes else each.measures
            found.append((frozenset(needed), micro(round(each.severity, 6))))
        return found

    def residual(self, kept: set[str]) -> int:
        return sum(severity for needed, severity in self._residual if needed <= kept)

    def _wishes(self, options: Options) -> list[tuple[str, str, int, int]]:
        """For each agency and measure: the weight of what can be unsaid, and of what can be lost to people."""

        def found() -> list[tuple[str, str, int, int]]:
            sums: dict[tuple[str, str], tuple[int, int]] = {}
            for row in self.targets.values():
                if self.outcome_known(row.measure) and not self.against_people(row):
                    wished, of_people = sums.get((row.agency, row.measure), (0, 0))
                    weight = micro(self.weight(row))
                    if self.of_people(row):
                        of_people += weight
                    sums[row.agency, row.measure] = wished + weight, of_people
            return [(*who, *both) for who, both in sums.items()]

        return self._once(options, "wishes", found)

    def unsaid(self, kept: set[str], options: Options) -> int:
        return sum(
            wished - wished * self.said(agency, name, kept, options) // MILLION
            for agency, name, wished, _ in self._wishes(options)
        )

    def lost(self, kept: set[str], options: Options) -> int:
        """The weight of people's targets that are not said."""
        return sum(
            of_people
            for agency, name, _, of_people in self._wishes(options)
            if self.said(agency, name, kept, options) < micro(options.said)
        )

    def _paid(self, kept: Iterable[str]) -> list[Fraction]:
        """What each kept measure costs, and each collection that is paid."""
        free = {row.collection for row in self.system.measures if row.statutory}
        paid = {self.measures[name].collection for name in kept} - free
        collections = [exact(row.cost or 0.0) for row in self.system.collections if row.id in paid]
        return [exact(self.measures[name].cost) for name in kept] + collections

    def burden(self, kept: Iterable[str]) -> Fraction:
        return sum(self._paid(kept), Fraction(0))

    def worth(self, kept: Iterable[str], options: Options) -> int:
        """The burden in the toll."""
        return sum(round(exact(options.worth) * cost / self.mean_cost * MILLION) for cost in self._paid(kept))

    @cached_property
    def mean_cost(self) -> Fraction:
        """What a measure of the system costs on average; 1 where all are free."""
        costs = [exact(row.cost) for row in self.system.measures]
        return sum(costs, Fraction(0)) / len(costs) if any(costs) else Fraction(1)

    def toll(self, kept: set[str], options: Options) -> int:
        return self.residual(kept) + self.unsaid(kept, options) + self.worth(kept, options)

    def holders(self, kept: set[str]) -> int:
        """Live targets on measures that are not kept."""
        return sum(
            self.live(row) and self.outcome_known(row.measure) and not self.against_people(row)
            for row in self.targets.values()
            if row.measure not in kept
        )

    def missing(self, kept: set[str], options: Options) -> dict[str, int]:
        """For each agency that lacks some: how many more kept measures it would have to see itself in."""

        def seen() -> dict[str, tuple[int, set[str]]]:
            rows = {row.id: row for row in self.system.agencies}
            found: dict[str, tuple[int, set[str]]] = {}
            for agency in sorted(self.counting()):
                own = rows[agency].needs
                behind = {
                    name for duty in self.duties(options) if duty[0] == agency for name in self.behind(duty, options)
                }
                sight = {name for name in self.measures if self.sees(agency, name, behind, options)}
                found[agency] = options.needs if own is None else own, sight
            return found

        lacking = {
            agency: needed - len(sight & kept) for agency, (needed, sight) in self._once(options, "seen", seen).items()
        }
        return {agency: number for agency, number in lacking.items() if number > 0}

    def gaps(self, kept: set[str], options: Options) -> int:
        """The weight of duties unserved, and one for each measure that some agency lacks."""

        def able() -> list[tuple[int, set[str]]]:
            return [
                (micro(weight), {name for name in self.measures if self.serves(name, duty, options)})
                for duty, weight in self.duties(options).items()
            ]

        unserved = sum(weight for weight, names in self._once(options, "able", able) if not names & kept)
        return unserved + MILLION * sum(self.missing(kept, options).values())

    def voices(self, kept: set[str], options: Options) -> dict[str, tuple[int, int]]:
        """For each agency with a voice: duties its own measures serve today, and still."""

        def today() -> dict[str, list[set[str]]]:
            found: dict[str, list[set[str]]] = {}
            for agency in self.counting():
                own = {row.measure for row in self.system.targets if row.agency == agency}
                able = [
                    {name for name in own if self.serves(name, duty, options)}
                    for duty in self.duties(options)
                    if duty[0] == agency
                ]
                if heard := [names for names in able if names]:
                    found[agency] = heard
            return found

        heard = self._once(options, "voices", today)
        return {agency: (len(able), sum(bool(names & kept) for names in able)) for agency, able in heard.items()}

    def loss(self, kept: set[str], options: Options) -> Fraction:
        counting = self.counting()
        power = {row.id: exact(row.power or 1.0) for row in self.system.agencies if row.id in counting}
        losses = [
            (1 - Fraction(after, before)) * power[agency] / max(power.values())
            for agency, (before, after) in self.voices(kept, options).items()
        ]
        return max(losses, default=Fraction(0))

    # Sets

    def allowed(self, kept: set[str], options: Options) -> bool:
        """Whether a set fulfils the rows other than duties."""
        asked = set(options.keep)
        if options.keep_statutory:
            asked |= {row.id for row in self.system.measures if row.statutory}
        if not asked <= kept or kept & self.barred(options):
            return False
        if options.at_most is not None and len(kept) > options.at_most:
            return False
        if options.balance and not self._balanced(kept, options):
            return False
        share = exact(options.voice)
        if share and any(Fraction(after, before) < share for before, after in self.voices(kept, options).values()):
            return False
        return options.sway is None or all(
            len({row.measure for row in self.system.targets if row.agency == agency} & kept)
            <= exact(options.sway) * len(kept)
            for agency in {row.agency for row in self.system.targets}
        )

    def barred(self, options: Options) -> set[str]:
        """Measures that cannot be kept."""

        def found() -> set[str]:
            able = set(self.measures) if options.candidates == "all" else set(options.candidates)
            if options.candidates == "targeted":
                able = {row.measure for row in self.system.targets}
            return (set(self.measures) - able) | set(options.drop)

        return self._once(options, "barred", found)

    def _balanced(self, kept: set[str], options: Options) -> bool:
        tiers = {row.tier for row in self.system.agencies if row.id in self.counting() and row.tier}
        return all(self.balanced(kept, options, tier, each) for tier, each in product(tiers, DIMENSIONS))

    def balanced(self, kept: set[str], options: Options, tier: str, each: str) -> bool:
        """Whether a tier has a measure of a dimension, where one exists."""

        def found() -> set[str]:
            dimension = {row.id: row.dimension for row in self.system.outcomes}
            return {
                name
                for name, row in self.measures.items()
                if name not in self.barred(options)
                and (row.reported_at is None or tier in row.reported_at)
                and any(dimension[outcome] == each for outcome in self.captured(name, options.theta))
            }

        able = self._once(options, ("balance", tier, each), found)
        return not able or bool(able & kept)

    # Stages

    def stage_names(self, options: Options) -> tuple[str, ...]:
        """What is made small, in this order; after it come the number of measures and their ids."""
        if options.price is not None:
            return "gaps", "price", "voice", "unsaid"
        if options.order == "toll":
            return ("gaps", *(("lost",) if options.protect else ()), "toll", "voice", "holders")
        middle = ("conflict", "burden") if options.order == "conflict-first" else ("burden", "conflict")
        return ("gaps", *middle, "voice", "unsaid")

    def value(self, stage: str, kept: set[str], options: Options) -> int | Fraction:
        """The value of one stage: exact, weights in millionths."""
        values: dict[str, Callable[[], int | Fraction]] = {
            "gaps": lambda: self.gaps(kept, options),
            "lost": lambda: self.lost(kept, options),
            "toll": lambda: self.toll(kept, options),
            "conflict": lambda: self.residual(kept),
            "burden": lambda: self.burden(kept),
            "price": lambda: self.burden(kept) + exact(options.price) * Fraction(self.residual(kept), MILLION),
            "voice": lambda: self.loss(kept, options),
            "holders": lambda: self.holders(kept),
            "unsaid": lambda: self.unsaid(kept, options),
        }
        return values[stage]()

    def key(self, kept: set[str], options: Options) -> tuple[Any, ...]:
        """Stage values, size and the set itself: the smallest is the best."""
        values = (self.value(stage, kept, options) for stage in self.stage_names(options))
        return *values, len(kept), tuple(sorted(kept))

    def best(self, options: Options) -> tuple[Any, ...] | None:
        """Stage values and the set, by trying every subset; None when no subset is allowed.

        Stage by stage only the best are looked at further, which is the smallest key sooner.
        """
        found = [
            set(kept)
            for number in range(len(self.measures) + 1)
            for kept in combinations(sorted(self.measures), number)
            if self.allowed(set(kept), options)
        ]
        for stage in self.stage_names(options):
            values = [self.value(stage, kept, options) for kept in found]
            least = min(values, default=0)
            found = [kept for kept, value in zip(found, values, strict=True) if value == least]
        return min((self.key(kept, options) for kept in found), default=None)


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
