"""Figures of the page, each a piece of HTML under a title that says what it shows; here as tables.

The one place that a drawing goes through: whatever is drawn takes the place of a table, or stands before it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import alignment as al
from alignment.models.answers.coverage import SHOWN, share_words
from alignment.models.options.conflicts import Kind
from alignment.wording import count, names, percent, upper_first

from .markup import Markup, joined, paragraph
from .material import Material
from .tables import Head, Row, table, worst
from .wording import KINDS, several


def kinds(told: Material) -> Markup | None:
    """How many findings there are of each kind, today and then."""
    now = Counter(each.kind for each in told.conflicts.findings)
    then = Counter[Kind]() if told.left is None else Counter(each.kind for each in told.left.findings)
    rows = [
        (upper_first(words), f"{now[kind]}", *([] if told.left is None else [f"{then[kind]}"]))
        for kind, words in KINDS.items()
        if now[kind] or then[kind]
    ]
    rows.sort(key=lambda row: -int(row[1]))
    columns = ("What it is", "Today#", *([] if told.left is None else ["Then#"]))
    return table(Head("Findings of each kind", columns), rows)


def pulls_by_tier(told: Material) -> Markup | None:
    """Which tiers' targets hinder which tiers: a matrix."""
    found = told.tiers
    columns = ("Targets of", *(f"on {name}#" for name in found.names))
    rows = [
        (name, *(_part(found, row, column) for column in range(len(found.names))))
        for row, name in enumerate(found.names)
    ]
    caption = (
        "How much of the push that a tier's targets (row) give to another's wishes (column) goes against them; "
        "blank is no known effect"
    )
    return table(Head(caption, columns), rows)


def _part(found: al.Alignment, row: int, column: int) -> str:
    helped, hindered = float(found.help[row, column]), float(found.hinder[row, column])
    return percent(hindered / (helped + hindered)) if helped + hindered else ""


def pulls_by_body(told: Material) -> Markup | None:
    """Which bodies hinder which most: pairs, one body's own targets left out."""
    rows = [
        (upper_first(pull.a_name), pull.b_name, f"{pull.hinder:.1f}", f"{pull.help:.1f}")
        for pull in told.bodies.pairs
        if pull.hinder and pull.a != pull.b
    ]
    columns = ("Targets of", "on what is wanted by", "Work against it#", "Work for it#")
    return worst(
        Head("Bodies whose targets hinder another most (1: one full target moves another as far as itself)", columns),
        rows,
    )


def layered_map(told: Material) -> Markup:
    """Tiers and bodies, what each is judged on, and how much of that pulls apart: row by row."""
    system = told.system
    tiers = {row.id: (row.level, row.name) for row in system.tiers}
    judged: defaultdict[str, set[str]] = defaultdict(set)
    for target in system.targets:
        judged[target.agency].add(target.measure)
    stands = Counter(who for each in told.conflicts for who in each.agencies)
    some = [row for row in system.agencies if row.id in judged]
    some.sort(key=lambda row: (tiers.get(row.tier or "", (float("inf"), "")), row.name.casefold(), row.id))
    kept = None if told.proposal is None else set(told.proposal.measures)
    rows = [
        (
            upper_first(row.name),
            tiers[row.tier][1] if row.tier else "none",
            f"{len(judged[row.id])}",
            *([] if kept is None else [f"{len(judged[row.id] & kept)}"]),
            f"{stands[row.id]}",
        )
        for row in some
    ]
    columns = ("Body", "Tier", "Measures today#", *([] if kept is None else ["Of them kept#"]), "Findings it is in#")
    return joined(
        paragraph(_folded(told, len(some))),
        worst(Head("Who is judged, from the top tier down", columns), rows),
        _measures(told),
    )


def _folded(told: Material, shown: int) -> str:
    """How many bodies the map leaves out, and how many some rows stand for."""
    quiet = len(told.system.agencies) - shown
    many = [(row.name, row.represents) for row in told.system.agencies if row.represents and row.represents > 1]
    said = f"{count(shown, 'body sets or has a target', 'bodies set or have targets')}"
    said += f"; {count(quiet, 'other is', 'others are')} not shown." if quiet else "."
    if many:
        parts = [f"{name} for {size:,.0f}" for name, size in sorted(many, key=lambda each: (-each[1], each[0]))]
        said += f" A row can stand for several bodies of one type: {names(parts, 5)}."
    return said


def _measures(told: Material) -> Markup | None:
    """Each measure with who is judged on it, and the measures that it pulls apart from."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for target in told.system.targets:
        if told.agency_names[target.agency] not in holders[target.measure]:
            holders[target.measure].append(told.agency_names[target.agency])
    against = _against(told.conflicts)
    outcomes = {row.id: row.name for row in told.system.outcomes}
    some = [row for row in told.system.measures if row.id in holders]
    some.sort(key=lambda row: (-len(against[row.id]), row.name.casefold(), row.id))
    rows: list[Row] = [
        (
            row.name,
            outcomes.get(row.outcome or "", "none"),
            several(holders[row.id]),
            names([told.measure_names[other] for other in sorted(against[row.id], key=against[row.id].__getitem__)], 4),
        )
        for row in some
    ]
    columns = ("Measure", "For", "Judged on it", "Pulls apart from")
    return worst(Head("Measures, first those that pull apart from most others", columns), rows)


def _against(conflicts: Iterable[al.models.answers.conflict.Conflict]) -> defaultdict[str, dict[str, int]]:
    """For each measure the others that it stands in a finding between targets with, in the order of findings."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for each in conflicts:
        if each.kind in ("spillover", "opposed", "unguarded", "perverse"):
            for one in each.measures:
                for other in each.measures:
                    if one != other:
                        found[one].setdefault(other, len(found[one]))
    return found


def ladder(told: Material) -> Markup | None:
    """What fewer measures cost; one set that is best for all is said in a sentence."""
    found = told.frontier
    if found is None:
        return None
    if len(found.points) == 1:
        point = found.points[0]
        few = count(len(point.measures), "measure is", "measures are")
        return paragraph(f"{few} best on both counts, least to measure and least left: there is nothing to trade.")
    sure = "These are all there are." if found.complete else "There are more between these."
    return joined(
        paragraph(f"Each row is a set that no other beats on both counts; {_proven(found)}. {sure}"),
        worst(Head("What fewer measures cost", LADDER), list(_rungs(found))),
    )


LADDER = ("Measures", "Clash left#", "Unsaid#", "Lost to people#", "What goes on the step below")


def _proven(found: al.Frontier) -> str:
    return "each is proven" if found.proven else "not each of them is proven"


def _rungs(found: al.Frontier) -> Iterator[Row]:
    for point in reversed(found.points):
        number = (
            f"{len(point.measures)}{'' if point.burden == len(point.measures) else f' (burden {point.burden:,.6g})'}"
        )
        goes = several((step.name for step in point.down), "nothing: this is the shortest")
        yield number, f"{point.conflict:.1f}", f"{point.unsaid:.1f}", f"{point.lost:.1f}", goes


def served(told: Material) -> Markup | None:
    """What so many measures can do at best, and who is left out."""
    found = told.coverage
    if found is None:
        return None
    ends = {found.points[0].number, found.points[-1].number}
    rows = [
        (f"{point.number}", share_words(point), f"{point.gaps}", names(point.left_out_names, 3) or "nobody")
        for point in found.points
        if point.number in ends.union(SHOWN)
    ]
    columns = ("Measures", "Served, by weight#", "Duties left out#", "Bodies left out altogether")
    return joined(
        paragraph(found.headline),
        table(Head("What so many measures can serve of what bodies answer for, at best", columns), rows),
    )
