"""A made-up national system of any size: many like bodies, a few measures with very many targets, loops and hubs.

The same sizes and seed give the same system on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random
from typing import Any, Final, Literal

from alignment.models import (
    DIMENSIONS,
    About,
    Accountability,
    Agency,
    Capture,
    Collection,
    Measure,
    Outcome,
    Overlap,
    Population,
    Resource,
    System,
    Target,
    Tier,
)
from alignment.models.system.measures import Sense
from benchmarks import links
from benchmarks.shape import FAMILIES, JUDGED, POPULATIONS, SCALES, TIERS, WEIGHTS, YEARS, Bodies, Plan, master, title
from benchmarks.words import measure_names, outcome_names

OVERLAPS: Final[tuple[Literal["same", "shared", "complementary", "distinct"], ...]] = (
    "same",
    "shared",
    "complementary",
    "distinct",
)


def national(
    agencies: int = 500, measures: int = 2_000, targets: int = 100_000, influences: int = 10_000, *, seed: int = 0
) -> System:
    """A system of about that size.

    Parameters
    ----------
    agencies, measures, targets, influences
        How many rows there are of each.
    seed
        What chance starts from.
    """
    bodies = _bodies(agencies)
    maker = _Maker(seed, bodies, measures, targets)
    plans = maker.plans()
    return System(
        about=About(name="Benchmark nation", year=2025, currency="GBP", description=f"Made up, seed {seed}"),
        tiers=_tiers(),
        agencies=tuple(body for family in FAMILIES for body in bodies[family.name]),
        accountability=tuple(_accountability(bodies)),
        populations=tuple(Population(id=name, name=title(name), parent=parent) for name, parent in POPULATIONS),
        outcomes=maker.outcomes,
        measures=tuple(plan.measure for plan in plans),
        captures=tuple(maker.captures(plans)),
        overlaps=tuple(maker.overlaps(plans)),
        collections=maker.collections,
        targets=tuple(maker.targets(plans)),
        influences=tuple(links.influences(maker.stream("influences"), plans, influences)),
        controls=tuple(links.controls(maker.stream("controls"), plans, bodies)),
        incentives=tuple(links.incentives(maker.stream("incentives"), plans, bodies)),
        resources=maker.resources,
        draws=tuple(links.draws(maker.stream("draws"), plans, maker.resources)),
    )


def _tiers() -> tuple[Tier, ...]:
    return tuple(
        Tier(id=name, name=name, level=level, parent=TIERS[level - 1] if level else None)
        for level, name in enumerate(TIERS)
    )


def _bodies(number: int) -> Bodies:
    """The agencies of each family; councils make up the number."""
    counts = {family.name: max(1, round(family.share * number)) for family in FAMILIES}
    counts["council"] = max(1, counts["council"] + number - sum(counts.values()))
    return {
        family.name: [
            Agency(
                id=f"{family.name}-{at:04d}",
                name=f"{title(family.name)} {at}",
                tier=family.tier,
                sector=family.sector,
                kind=family.name,
            )
            for at in range(1, counts[family.name] + 1)
        ]
        for family in FAMILIES
    }


def _accountability(bodies: Bodies) -> Iterator[Accountability]:
    for family in FAMILIES:
        for above in family.masters:
            for at, body in enumerate(bodies[family.name]):
                kind = "electoral" if above == "electorate" else "statutory"
                yield Accountability(agency=body.id, answers_to=master(bodies, above, at).id, kind=kind)


def _heavy_tail(number: int, total: int, rng: Random) -> list[int]:
    """Whole numbers that add up to about the total: a few very large ones, many small ones, one in seven 0."""
    weights = [0.0 if rng.random() < 1 / 7 else (rank + 8) ** -1.1 for rank in range(number)]
    weights[0] = weights[0] or 8**-1.1
    ends = [round(total * part / sum(weights)) for part in accumulate(weights)]
    parts = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    rng.shuffle(parts)
    return parts


class _Maker:
    """A system being made; each table draws from a stream of its own."""

    def __init__(self, seed: int, bodies: Bodies, measures: int, targets: int) -> None:
        self.seed = seed
        self.bodies = bodies
        self.number = measures
        self.quota = _heavy_tail(measures, targets, self.stream("quota"))
        self.outcomes = self._outcomes(min(80, max(6, measures // 30)))
        self.collections = tuple(
            Collection(id=f"return-{at:03d}", name=f"Return {at}", cost=float(at % 5 + 1) if at % 2 else None)
            for at in range(max(1, measures // 10))
        )
        self.resources = self._resources(max(2, measures // 60))

    def stream(self, table: str) -> Random:
        return Random(f"{self.seed}:{table}")

    def _outcomes(self, number: int) -> tuple[Outcome, ...]:
        return tuple(
            Outcome(
                id=f"outcome-{at:02d}",
                name=name,
                dimension=DIMENSIONS[at % 3],
                success=f"{name} for nearly everybody" if at % 2 else None,
                review_year=2028 if at % 2 else None,
            )
            for at, name in enumerate(outcome_names(number))
        )

    def _resources(self, number: int) -> tuple[Resource, ...]:
        rng = self.stream("resources")
        owners = [body for family in JUDGED for body in self.bodies[family.name]]
        return tuple(
            Resource(
                id=f"resource-{at:03d}",
                name=f"Staff and places of sort {at}",
                unit="places",
                capacity=float(rng.randrange(50, 400)) if at % 2 else None,
                in_use=float(rng.randrange(20, 60)) if at % 4 == 1 else None,
                owner=rng.choice(owners).id,
                limited=True if at % 3 == 0 else None,
            )
            for at in range(number)
        )

    # Measures -----------------------------------------------------------------------------------------------------

    def plans(self) -> list[Plan]:
        """Every measure with how it is used."""
        rng = self.stream("measures")
        names = measure_names(rng, self.number)
        return [self._plan(rng, at, name) for at, name in enumerate(names)]

    def _plan(self, rng: Random, at: int, name: str) -> Plan:
        unit, floor, ceiling, step, (low, high) = rng.choice(SCALES)
        level = round(rng.uniform(low, high) / step) * step
        families = self._audience(rng, self.quota[at])
        cells = {"unit": unit, "floor": floor, "ceiling": ceiling, "step": None if rng.random() < 0.1 else step}
        cells["baseline"] = None if rng.random() < 0.1 else round(level, 6)
        measure = Measure(id=f"measure-{at:05d}", name=name, **cells, **self._uses(rng, families))
        return Plan(
            measure=measure,
            level=level,
            step=step,
            families=families,
            number=self.quota[at],
            reach=rng.randint(1, 8),
            dissent=rng.choice(families) if rng.random() < 0.08 else None,
            own_values=rng.random() < 0.1,
        )

    def _audience(self, rng: Random, number: int) -> tuple[str, ...]:
        """The families judged on a measure: enough of them for its number of targets."""
        order = rng.sample(JUDGED, len(JUDGED))
        wanted, size = rng.choice((1, 1, 2, 3)), 0
        found: list[str] = []
        for family in order:
            found.append(family.name)
            size += len(self.bodies[family.name])
            if len(found) >= wanted and size * 4 >= number:
                break
        return tuple(found)

    def _uses(self, rng: Random, families: Sequence[str]) -> dict[str, Any]:
        tiers = {family.tier for family in FAMILIES if family.name in families} | {"national"}
        return {
            "outcome": rng.choice(self.outcomes).id if rng.random() < 0.95 else None,
            "direction": rng.choices(("higher", "lower", "in-range", "none"), (50, 45, 3, 2))[0],
            "population": rng.choice(POPULATIONS)[0] if rng.random() < 0.75 else None,
            "collection": rng.choice(self.collections).id if rng.random() < 0.6 else None,
            "cost": float(rng.randint(1, 4)) / 2 if rng.random() < 0.2 else None,
            "statutory": True if rng.random() < 0.15 else None,
            "aggregate": rng.choice(("mean", "sum")) if rng.random() < 0.1 else None,
            "reported_at": tuple(tier for tier in TIERS if tier in tiers) if rng.random() < 0.4 else None,
            "recorded_by": rng.choice(self.bodies[families[0]]).id if rng.random() < 0.15 else None,
            "perspective": "person" if rng.random() < 0.3 else "organisation",
            "framework": f"{title(families[0])} framework",
        }

    def captures(self, plans: Sequence[Plan]) -> Iterator[Capture]:
        """Further outcomes: mostly near the measure's own, half of them not well enough to serve."""
        rng = self.stream("captures")
        for plan in plans:
            others = {
                (rng.randrange(len(self.outcomes)) if rng.random() < 0.3 else self._beside(rng, plan)) for _ in "ab"
            }
            for other in sorted(others):
                outcome = self.outcomes[other].id
                if rng.random() < 0.4 and outcome != plan.measure.outcome:
                    validity = rng.choice((0.3, 0.4, 0.5, 0.6, 0.7, 0.8))
                    yield Capture(measure=plan.measure.id, outcome=outcome, validity=validity)

    def _beside(self, rng: Random, plan: Plan) -> int:
        own = 0 if plan.measure.outcome is None else int(plan.measure.outcome.split("-")[1])
        return (own + rng.choice((-1, 1))) % len(self.outcomes)

    def overlaps(self, plans: Sequence[Plan]) -> Iterator[Overlap]:
        rng = self.stream("overlaps")
        seen: set[frozenset[str]] = set()
        for _ in range(len(plans) // 20):
            one, two = (plan.measure.id for plan in rng.sample(plans, 2))
            if frozenset((one, two)) not in seen:
                seen.add(frozenset((one, two)))
                kind = rng.choice(OVERLAPS)
                share = rng.choice((0.3, 0.5, 0.8)) if rng.random() < 0.6 else None
                yield Overlap(measure_a=one, measure_b=two, kind=kind, share=share)

    # Targets ------------------------------------------------------------------------------------------------------

    def targets(self, plans: Sequence[Plan]) -> Iterator[Target]:
        """Bodies of the families in turn: an own target, one that a master sets, then narrower and later ones."""
        rng = self.stream("targets")
        number = 0
        for plan in plans:
            bodies = [(family, at) for family in plan.families for at in range(len(self.bodies[family]))]
            rng.shuffle(bodies)
            for turn in range(plan.number):
                family, at = bodies[turn % len(bodies)]
                number += 1
                yield self._target(rng, plan, family, at, turn // len(bodies), f"t-{number:06d}")

    def _target(self, rng: Random, plan: Plan, family: str, at: int, turn: int, name: str) -> Target:
        body = self.bodies[family][at]
        masters = next(each.masters for each in JUDGED if each.name == family)
        is_set = turn % 2 == 1 and masters[0] != "electorate"
        wants = master(self.bodies, rng.choice(masters), at) if is_set else body
        wish = _direction(plan, rng)
        if family == plan.dissent and not is_set:
            wish = -wish
        return Target(
            id=name,
            agency=wants.id,
            for_agency=body.id if is_set else None,
            measure=plan.measure.id,
            population=_narrower(rng, plan.measure.population) if turn >= 2 or rng.random() < 0.1 else None,
            weight=rng.choice(WEIGHTS),
            **_ask(rng, plan, wish, of_its_own=not is_set),
            **_period(rng, turn),
        )


def _direction(plan: Plan, rng: Random) -> int:
    """The way most targets on a measure want it to move; 0 is to hold it."""
    ways = {"higher": 1, "lower": -1, "in-range": 0}
    return ways[plan.measure.direction] if plan.measure.direction in ways else rng.choice((1, -1))


def _ask(rng: Random, plan: Plan, wish: int, *, of_its_own: bool) -> dict[str, Any]:
    """Sense and value. Most bodies take the national value over; some go further or less far."""
    if wish == 0:
        value = plan.level + rng.choice((-2, -1, 0, 0, 0)) * plan.step
        return {"sense": "between", "value": round(value, 6), "upper": round(value + 3 * plan.step, 6)}
    if rng.random() < 0.1:
        size = rng.choice((None, None, 2 * plan.step))
        return {"sense": "increase" if wish > 0 else "decrease", "value": size}
    steps = float(plan.reach)
    if of_its_own and rng.random() < 0.4:
        steps += rng.uniform(-3, 3) if plan.own_values else rng.choice((-2, -1, 1, 2))
    value = plan.level + wish * steps * plan.step
    sense: Sense = "at_least" if wish > 0 else "at_most"
    return {"sense": sense, "value": round(value, 2 if plan.own_values else 6)}


def _period(rng: Random, turn: int) -> dict[str, Any]:
    """When a target holds: later ones are milestones of one year."""
    if turn < 2:
        return {"due": rng.choices((*YEARS, None), (50, 25, 15, 10))[0]}
    year = YEARS[turn % len(YEARS)]
    return {"start": f"{year}-04-01", "due": f"{int(year) + 1}-03-31"}


def _narrower(rng: Random, population: str | None) -> str | None:
    """A part of a population, where there is one."""
    parts = [name for name, parent in POPULATIONS if parent == (population or "everyone")]
    return rng.choice(parts) if parts else population
