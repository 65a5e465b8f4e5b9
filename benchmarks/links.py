"""What pushes on what in a made-up national system: influences, controls, incentives, draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random

from alignment.models import Control, Draw, Incentive, Influence, Resource
from benchmarks.shape import JUDGED, Bodies, Plan, master


def influences(rng: Random, plans: Sequence[Plan], number: int) -> Iterator[Influence]:
    """Mostly between measures of near outcomes, else to and from hubs; some loops and some second opinions."""
    seen: set[tuple[int, int]] = set()
    pairs = _Pairs(rng, plans)
    while len(seen) < number:
        pair = pairs.next()
        if pair[0] != pair[1] and pair not in seen:
            seen.add(pair)
            yield _influence(rng, plans[pair[0]], plans[pair[1]])


class _Pairs:
    """Pairs of measures that plausibly push on each other."""

    def __init__(self, rng: Random, plans: Sequence[Plan]) -> None:
        self.rng = rng
        by_outcome: dict[str, list[int]] = {}
        for at, plan in enumerate(plans):
            by_outcome.setdefault(plan.measure.outcome or "", []).append(at)
        self.circles = [by_outcome[name] for name in sorted(by_outcome)]
        self.order = rng.sample(range(len(plans)), len(plans))
        self.weights = list(accumulate((rank + 4) ** -0.8 for rank in range(len(plans))))
        self.last = (0, 0)

    def next(self) -> tuple[int, int]:
        """A pair, its own reverse now and then: a loop."""
        chance = self.rng.random()
        if chance < 0.05:
            self.last = (self.last[1], self.last[0])
        elif chance < 0.6:
            at = self.rng.randrange(len(self.circles))
            near = (at + self.rng.choice((0, 0, 1))) % len(self.circles)
            self.last = (self.rng.choice(self.circles[at]), self.rng.choice(self.circles[near]))
        else:
            hub = self.rng.choices(self.order, cum_weights=self.weights)[0]
            other = self.rng.randrange(len(self.order))
            self.last = (hub, other) if self.rng.random() < 0.5 else (other, hub)
        return self.last


def _influence(rng: Random, source: Plan, target: Plan) -> Influence:
    """Seven in ten serve both measures, the others set one against the other."""
    ways = {"higher": 1, "lower": -1}
    together = ways.get(source.measure.direction or "", 1) * ways.get(target.measure.direction or "", 1)
    sign = together if rng.random() < 0.7 else -together
    estimated = rng.random() < 0.1
    strength = rng.choices((0, 1, 2, 3), (3, 55, 30, 12))[0]
    return Influence(
        source_measure=source.measure.id,
        target_measure=target.measure.id,
        strength=None if estimated else float(sign * strength),
        effect=round(sign * rng.uniform(0.05, 0.9), 3) if estimated else None,
        effect_se=0.1 if estimated else None,
        certainty=rng.choice(("strong", "strong", "moderate", "moderate", "moderate", "weak", "contested", None)),
        origin="estimated" if estimated else "expert",
    )


def controls(rng: Random, plans: Sequence[Plan], bodies: Bodies) -> Iterator[Control]:
    """Known for measures that a handful of bodies answer for."""
    for plan in plans:
        if 0 < plan.number <= 12 and rng.random() < 0.5:
            judged = [body for family in plan.families for body in bodies[family]]
            some = rng.sample(judged, min(4, len(judged)))
            for body, share in zip(some, rng.sample((0.1, 0.15, 0.2, 0.4), len(some)), strict=True):
                yield Control(agency=body.id, measure=plan.measure.id, share=share)


def incentives(rng: Random, plans: Sequence[Plan], bodies: Bodies) -> Iterator[Incentive]:
    """A tenth of the measures are paid for, some against what is wished."""
    masters = {family.name: family.masters[0] for family in JUDGED}
    for plan in plans:
        family = plan.families[0]
        if rng.random() < 0.1 and family != "department":
            at = rng.randrange(len(bodies[family]))
            yield Incentive(
                payer=master(bodies, masters[family], at).id,
                payee=bodies[family][at].id,
                measure=plan.measure.id,
                pays_for=rng.choice(("increase", "decrease", "target")),
                at_risk=float(rng.randint(1, 50)) if rng.random() < 0.5 else None,
                unit="GBP m",
                basis=rng.choice(("activity", "penalty", "grant", "bonus")),
            )


def draws(rng: Random, plans: Sequence[Plan], resources: Sequence[Resource]) -> Iterator[Draw]:
    """A tenth of the measures use up places or free them."""
    for plan in plans:
        if rng.random() < 0.1:
            yield Draw(
                measure=plan.measure.id,
                resource=rng.choice(resources).id,
                moving=rng.choice(("up", "down")),
                per_step=rng.choice((None, 1.0, 2.0, -1.0)),
            )
