"""What a director is told of bundles and budgets: what fits, what it leaves out, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alignment.models.answers.targeting import EVERYONE, Mix, ServiceBundle, Targeting
from alignment.models.options.targeting import TargetingOptions
from alignment.models.system.links import Resource
from alignment.wording import count, money, names, percent, quantity, quoted, upper_first, verb

from .bundles import Services


def paragraph(answer: Targeting, resources: Sequence[str], owners: Sequence[str]) -> str:
    """The finding.

    Parameters
    ----------
    answer
        The answer, but for this.
    resources
        What the resources that are spent are called.
    owners
        Those who pay for what the services draw on, as people call them.
    """
    if not answer.bundles:
        who = names(owners) if owners else "whoever pays for them"
        return (
            f"No service has its cost in numbers; ask {who} how much one step takes (per_step in draws), or hand in "
            "bundles."
        )
    return " ".join(_told(answer, resources))


def _told(answer: Targeting, resources: Sequence[str]) -> Iterator[str]:
    all_of_it = (
        f"all {count(len(answer.bundles), 'service', 'services')}" if len(answer.bundles) > 1 else "the 1 service"
    )
    of = f" of {names([quoted(name) for name in resources])}" if resources else ""
    if answer.budget is None:
        yield (
            f"What there is to spend{of} is not known, so nothing can be chosen: {all_of_it} for everybody would take "
            f"{_sum(answer.needed, answer)}."
        )
        return
    if answer.needed <= answer.budget:
        yield (
            f"The budget{of} ({_sum(answer.budget, answer)}) holds all services for all whom they are for: they take "
            f"{_sum(answer.needed, answer)}."
        )
        yield from _harm(answer)
        return
    yield (
        f"The budget{of} ({_sum(answer.budget, answer)}) does not hold all services for all, which would take "
        f"{_sum(answer.needed, answer)}."
    )
    best, some, services = answer.mixes
    yield _mix_words(best, answer)
    yield from _ways(some, services, answer)
    yield from _harm(answer)


def _mix_words(best: Mix, answer: Targeting) -> str:
    """What the best mix is."""
    if not best.bundles:
        return "Not one service fits it."
    rows = [row for row in answer.bundles if "best mix" in row.chosen]
    said = names([_called(row, whom=_whom(answer)) for row in rows])
    proof = "" if best.proven else f", or perhaps more: {best.bound:.3g} is not ruled out"
    return f"The best mix in it does {percent(best.share or 0.0)} of what all would do: {said}{proof}."


def _ways(some: Mix, services: Mix, answer: Targeting) -> Iterator[str]:
    """All services for some beside some services for all."""
    if not _whom(answer):
        yield "All of them are for the same people, so only which services is the question, not for whom."
        return
    rows = [row for row in answer.bundles if some.kind in row.chosen]
    people = names(sorted({row.population_name or EVERYONE for row in rows})) or "nobody"
    chosen = names([quoted(name) for name in services.service_names]) if services.bundles else "none"
    yield (
        f"All services for some ({people}) would do {percent(some.share or 0.0)}, some services for all ({chosen}) "
        f"{percent(services.share or 0.0)}."
    )


def _harm(answer: Targeting) -> Iterator[str]:
    bad = [row for row in answer.bundles if row.benefit < 0]
    if bad:
        said = names([_called(row, whom=_whom(answer)) for row in bad])
        yield f"{upper_first(said)} would do more harm than good in all."


def _whom(answer: Targeting) -> bool:
    """Whether services are for more than one group of people."""
    return len({row.population for row in answer.bundles}) > 1


def _called(row: ServiceBundle, *, whom: bool) -> str:
    way = f" {row.way}" if row.way else ""
    return f"{quoted(row.service_name)}{way}" + (f" for {row.population_name or EVERYONE}" if whom else "")


def _sum(value: float, answer: Targeting) -> str:
    """A sum of the budget, with its unit."""
    if answer.resources:
        return quantity(float(f"{value:.3g}"), answer.unit)
    return money(value, answer.unit)


def missing(
    services: Services, resources: Sequence[Resource], bundles: Sequence[ServiceBundle], asked: TargetingOptions
) -> Iterator[str]:
    """What the tables lack, and what it would add.

    Parameters
    ----------
    services
        The services of the system.
    resources
        Those that are spent.
    bundles
        What can be done for whom.
    asked
        What was asked.
    """
    if asked.bundles is not None:
        if asked.budget is None:
            yield "Give a budget with the bundles: what there is to spend, in the unit of their cost."
        return
    yield from _uncosted(services, resources)
    if asked.budget is None:
        unknown = [row.name for row in resources if row.capacity is None]
        if unknown:
            yield f"In resources capacity is blank of {names(unknown)}: it, or a budget, would say what can be spent."
        unused = [row.name for row in resources if row.capacity is not None and row.in_use is None]
        if unused:
            yield f"In resources in_use is blank of {names(unused)}, and taken for 0: it would say what is left."
    assumed = [row.service_name for row in bundles if row.assumed]
    if assumed:
        yield (
            f"In measures baseline is blank of {len(assumed)} services ({names([quoted(name) for name in assumed])}), "
            "taken as one step each: it would say how far they have to go."
        )


def _uncosted(services: Services, resources: Sequence[Resource]) -> Iterator[str]:
    """What targets push that draws on nothing in numbers."""
    index = services.index
    drawn = {measure for row in resources for measure in services.draws.get(row.id, {})}
    every = sorted({each.measure for each in services.wanted})
    bare = [index.measures[measure].name for measure in every if measure not in drawn]
    if bare:
        of = names([row.name for row in resources]) or "a resource"
        none = len(bare) == len(every)
        those = f"{'None' if none else len(bare)} of the {len(every)} measures that targets push"
        draw = "draws" if none else verb(len(bare), "does not draw", "do not draw")
        yield (
            f"{those} {draw} on {of} "
            f"in numbers ({names([quoted(name) for name in bare])}): per_step in draws, or bundles that are handed in, "
            "would make them services to choose from."
        )
