"""Rows of the input as evidence, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alignment.effects.links import Link
from alignment.index import Index
from alignment.models.answers.conflict import Evidence
from alignment.models.fields import Row
from alignment.models.system.bodies import Agency
from alignment.models.system.keys import Keys
from alignment.models.system.links import Control, Draw, Finance, Incentive, Influence, Resource
from alignment.models.system.measures import Level, Measure, Outcome, Overlap
from alignment.wording import ask, checked, graded, number, percent, quantity, whose

from .beside import mark
from .finding import Finding, Group, Search
from .naming import called, measure_name, resource_name


def of_row(index: Index, table: str, row: Row, says: str) -> Evidence:
    """A row of a table, which says something."""
    key = index.system.derive(Keys).key(table, row)
    return Evidence(table=table, row=key, says=says + checked(row), source=row.source)


def target(index: Index, at: int) -> Evidence:
    """A target."""
    rows = index.targets
    row, measure = rows.rows[at], int(rows.measure[at])
    wants = "acts as if it wanted" if row.revealed else "wants"
    asked = ask(row, index.measures[measure])
    wanted = f"{called(index, int(rows.agency[at]))} {wants} {measure_name(index, measure)} {asked}"
    due = f", due {row.due}" if row.due else ""
    by = "" if row.for_agency is None else f", to be delivered by {called(index, int(rows.deliverer[at]))}"
    how = " (inferred, not published)" if row.revealed else ""
    says = wanted + due + by + how + checked(row)
    return Evidence(table="targets", row=rows.keys[at], says=says, source=row.source)


def level(index: Index, row: Level) -> Evidence:
    """Where a measure stands today at one agency."""
    measure = index.measure_at[row.measure]
    today = quantity(row.value, index.measures[measure].unit)
    who = called(index, index.agency_at[row.agency])
    says = f"{measure_name(index, measure)}: today {today} ({whose(who)} own figure)"
    return of_row(index, "levels", row, says + (f", read in {row.period}" if row.period else ""))


def with_levels(index: Index, rows: Iterable[Evidence]) -> list[Evidence]:
    """Evidence, and after it each level that one of its targets is told from."""
    every = list(rows)
    own = (index.own_level(index.target_at[row.row]) for row in every if row.table == "targets")
    return [*every, *(level(index, row) for row in dict.fromkeys(own) if row is not None)]


def heaviest(sides: Iterable[Group]) -> list[Evidence]:
    """The heaviest target of each side."""
    return [target(side.index, side.heaviest) for side in sides]


def sides(search: Search, finding: Finding) -> list[Evidence]:
    """The worst pair where it is known, else the heaviest target of each side."""
    if finding.pair is not None:
        return [target(search.index, at) for at in finding.pair]
    return heaviest(finding.sides)


def influences(search: Search, finding: Finding) -> list[Evidence]:
    """The influences, and overlaps, along the path of a finding."""
    return along(search, finding.nodes)


def along(search: Search, nodes: tuple[int, ...]) -> list[Evidence]:
    """The influences along a walk, each between the overlaps by which it is borrowed; a row is shown once."""
    return list(dict.fromkeys(row for link in search.effects.links(nodes) for row in of_link(search.index, link)))


def of_link(index: Index, link: Link) -> Iterator[Evidence]:
    """The rows of a direct effect, and what stands beside them, between the overlaps by which it is borrowed."""
    near, far = link.overlaps
    if near is not None:
        yield overlap(index, near)
    yield from (influence(index, row) for row in link.influences)
    yield from (influence(index, row, f"{mark(link)}: ") for row in link.beside)
    if far is not None:
        yield overlap(index, far)


def influence(index: Index, row: Influence, heading: str = "") -> Evidence:
    """An influence, after what is to be said of it first."""
    size = f"effect {number(row.effect)}" if row.effect is not None else f"strength {number(row.strength or 0)}"
    ends = (measure_name(index, index.measure_at[each]) for each in (row.source_measure, row.target_measure))
    says = f"{heading}{' on '.join(ends)}: {size}, {graded(row)}" + (f": {row.evidence}" if row.evidence else "")
    return of_row(index, "influences", row, says)


def measure(index: Index, row: Measure, says: str) -> Evidence:
    """A measure."""
    return of_row(index, "measures", row, says)


def outcome(index: Index, row: Outcome, says: str) -> Evidence:
    """An outcome."""
    return of_row(index, "outcomes", row, says)


def overlap(index: Index, row: Overlap) -> Evidence:
    """A declared overlap."""
    share = "" if row.share is None else f", {percent(row.share)}"
    return of_row(index, "overlaps", row, f"{row.kind}{share}")


def control(index: Index, row: Control, agency: Agency) -> Evidence:
    """A control."""
    who, what = called(index, index.agency_at[agency.id]), measure_name(index, index.measure_at[row.measure])
    return of_row(index, "controls", row, f"{who} controls {percent(row.share)} of {what}")


def incentive(index: Index, row: Incentive) -> Evidence:
    """An incentive."""
    payer, payee = (called(index, index.agency_at[who]) for who in (row.payer, row.payee))
    name = measure_name(index, index.measure_at[row.measure])
    move = {
        "increase": f"moving {name} up",
        "decrease": f"moving {name} down",
        "target": f"reaching the target on {name}",
    }
    sums = [f"{quantity(value, row.unit)}" for value in (row.rate, row.at_risk) if value is not None]
    says = f"{payer} and {payee}: {row.basis or 'payment'} that rewards {move[row.pays_for]}"
    return of_row(index, "incentives", row, says + (f" ({', '.join(sums)})" if sums else ""))


def resource(index: Index, row: Resource) -> Evidence:
    """A resource."""
    facts = [
        f"{word} {quantity(value, row.unit)}"
        for word, value in (("capacity", row.capacity), ("in use", row.in_use))
        if value is not None
    ]
    if row.limited:
        facts.append("known to be full")
    return of_row(index, "resources", row, ", ".join(facts) or "no number known")


def draw(index: Index, row: Draw) -> Evidence:
    """A draw on a resource."""
    unit = next(each.unit for each in index.system.resources if each.id == row.resource)
    amount = "" if row.per_step is None else f", {quantity(abs(row.per_step), unit)} a step"
    uses = row.use_when(1 if row.moving == "up" else -1) > 0
    moved, drawn = measure_name(index, index.measure_at[row.measure]), resource_name(index, row.resource)
    says = f"moving {moved} {row.moving} {'uses' if uses else 'frees'} {drawn}"
    return of_row(index, "draws", row, f"{says}{amount}")


def finance(index: Index, row: Finance) -> Evidence:
    """Money an agency pays or saves."""
    says = f"costs {number(row.cost)}, saves {number(row.saving)} in {row.year}"
    return of_row(index, "finances", row, says)
