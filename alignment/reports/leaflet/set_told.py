"""The proposed set: who gives up what; what is kept, and why; what stands for what is retired; what people ask."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import alignment as al
from alignment.models.answers.adoption import OneTarget
from alignment.models.answers.proposal import KeptMeasure, RetiredMeasure
from alignment.wording import count, names, percent, quoted, upper_first

from .markup import Markup, element, folded, joined, listed, paragraph, section
from .material import Material
from .tables import Head, Row, table, worst
from .wording import GROUNDS, bare, several

BAND: Final = re.compile(r"\bbetween (\S+) and (?=\1\b)")
"""The start of a band whose ends are one value."""


def changes(found: al.Proposal) -> Markup:
    """Who gives up and takes on what, by name."""
    moved = [row for row in found.adoption if row.gives_up or row.takes_on]
    moved.sort(key=lambda row: (-len(row.gives_up), -len(row.takes_on), row.agency_name))
    rows = [
        (upper_first(row.agency_name), f"{len(row.keeps)}", several(row.gives_up_names), several(row.takes_on_names))
        for row in moved
    ]
    same = [row.agency_name for row in found.adoption if row.keeps and not row.gives_up and not row.takes_on]
    head = Head("Bodies whose measures change", ("Body", "Keeps#", "Gives up", "Takes on"))
    losing = [
        f"{upper_first(voice.agency_name)}: its own measures serve {voice.after} of {voice.before} duties as today."
        for voice in found.voices
        if voice.loss
    ]
    return section(
        "changes",
        "Who gives up what",
        worst(head, rows) or paragraph("Nobody gives up or takes on a measure."),
        paragraph(f"Nothing changes for {names(same, 20)}.") if same else None,
        *((element("h3", "Who loses a say"), listed(losing)) if losing else ()),
        paragraph(_by_law(found)),
    )


def _by_law(found: al.Proposal) -> str | None:
    given, inferred = found.withdrawn
    parts = [count(given, "published target is withdrawn", "published targets are withdrawn")] if given else []
    parts += [f"{count(inferred, 'wish', 'wishes')} inferred from how bodies act"] if inferred else []
    law = [row.name for row in found.retired if row.statutory]
    said = f"{' and '.join(parts)} no longer {'counts' if given + inferred == 1 else 'count'}. " if inferred else ""
    said = said or (f"{parts[0]}. " if parts else "")
    if law:
        said += f"The law still wants {names([quoted(name) for name in law], 6)} reported: the judging stops, "
        said += "not the return."
    return said or None


def kept(told: Material, found: al.Proposal) -> Markup:
    """What stays: by outcome for a first look, with whom and why for a second."""
    rows = [(row.name, _holders(row), told.said(bare(row.reason, row.name))) for row in _by_name(found.kept)]
    head = Head("Kept measures: for whom, and why", ("Measure", "Who works to it", "Why it is kept"))
    new = [row for row in found.kept if not row.targeted]
    lapsed = [quoted(row.name) for row in found.kept if row.lapsed]
    return section(
        "kept",
        f"The proposed measures: {len(found.kept)} kept",
        listed(_by_outcome(told, found)),
        *((element("h3", "New, to be agreed"), listed(told.said(row.reason) for row in new)) if new else ()),
        paragraph(f"All targets on {names(lapsed, 6)} have lapsed: renew them, or let these go too.")
        if lapsed
        else None,
        folded("For whom each is kept, and why", table(head, rows)) if rows else None,
        _one_target(told, found),
    )


def _by_outcome(told: Material, found: al.Proposal) -> Iterator[str]:
    """The names of kept measures, outcome by outcome in the order of the system."""
    outcome = {row.id: row.outcome for row in told.system.measures}
    groups: defaultdict[str | None, list[str]] = defaultdict(list)
    for row in _by_name(found.kept):
        groups[outcome[row.measure]].append(row.name)
    for each in told.system.outcomes:
        if each.id in groups:
            yield joined(element("strong", f"{each.name}: "), f"{several(groups[each.id])}.")
    if None in groups:
        yield joined(element("strong", "No outcome of its own: "), f"{several(groups[None])}.")


def _by_name(rows: Sequence[KeptMeasure]) -> list[KeptMeasure]:
    return sorted(rows, key=lambda row: (row.name.casefold(), row.measure))


def _holders(row: KeptMeasure) -> str:
    return several((name for tier in row.holders for name in tier.agency_names), "nobody yet")


def _one_target(told: Material, found: al.Proposal) -> Markup | None:
    """The values to negotiate, where those who work to a measure ask for different things today."""
    asks = [(row.name, row.one_target) for row in _by_name(found.kept)]
    rows: list[Row] = [
        (name, told.said(bare(_at(one), name))) for name, one in asks if one is not None and one.basis != "agreed"
    ]
    head = Head("One measure, different targets today: what could be agreed", ("Measure", "To be negotiated"))
    return worst(head, rows)


def _at(one: OneTarget) -> str:
    """The sentence of a target; a band that is one value is told as that."""
    return BAND.sub("", one.sentence, count=1) if one.sense == "between" else one.sentence


def retired(found: al.Proposal) -> Markup:
    """What goes because something kept says it, and what that is."""
    said = [row for row in found.retired if row.argued]
    rows = [
        (
            row.name,
            several((each.agency_name for each in row.said), "nobody for people"),
            joined(*_stands_for(row)) or "nobody is left with less",
            "yes" if row.statutory else "no",
        )
        for row in said
    ]
    head = Head(
        "Retired, as what is kept says it",
        ("Measure", "Who wanted it", "What stands for it, and on what ground", "Law wants it reported"),
    )
    return section(
        "retired",
        f"Retired, and what stands for it: {count(len(said), 'measure', 'measures')}" if said else "Retired measures",
        worst(head, rows) or paragraph("None: nothing that goes is said by what is kept."),
    )


def _stands_for(row: RetiredMeasure) -> Iterator[Markup]:
    """Body by body what says it now; bodies with one answer together."""
    groups: defaultdict[tuple[str | None, str], list[str]] = defaultdict(list)
    for each in row.said:
        groups[each.measure_name, GROUNDS[each.ground]].append(each.agency_name)
    for (measure, ground), who in groups.items():
        what = f"{quoted(measure)}, as {ground}" if measure else "nothing"
        yield element("div", f"To {names(who, 4)}: {what}.")


def asked_about(told: Material, found: al.Proposal) -> Markup:
    """What goes though nothing kept says it far enough: what a leader will be asked."""
    asked = [row for row in found.retired if not row.argued and not row.ceiling]
    caps = [row for row in found.retired if not row.argued and row.ceiling]
    left = f"the proposed set leaves {found.after.conflict:.1f} of {found.before.conflict:.1f}"
    more = (
        "Each could be kept instead, and what it clashes with would stay too. Conflict is how bad clashes are (1 is "
        f"the worst), added up: {left}."
    )
    return section(
        "asked",
        f"What people will ask about{_how_many(len(asked) + len(caps))}",
        paragraph(f"These would go although nothing that is kept says enough of them. {more}")
        if asked or caps
        else None,
        _reasons(told, asked) or (None if caps else paragraph("Nothing: whatever goes is said by what is kept.")),
        *_capped(told, caps),
        _gaps(found),
    )


def _how_many(number: int) -> str:
    return f": {count(number, 'measure', 'measures')}" if number else ""


def _capped(told: Material, caps: list[RetiredMeasure]) -> Iterator[str]:
    if caps:
        yield element("h3", "Wishes to cap or cut that would go, the figure staying the service's own")
        yield _reasons(told, caps) or Markup()


def _reasons(told: Material, rows: Sequence[RetiredMeasure]) -> Markup | None:
    return listed(joined(element("strong", f"{row.name}. "), told.said(bare(row.reason, row.name))) for row in rows)


def _gaps(found: al.Proposal) -> Markup | None:
    rows = [
        (upper_first(gap.agency_name), gap.outcome_name, gap.population_name or "everyone", gap.reason)
        for gap in found.gaps
    ]
    return worst(Head("Duties that nothing kept serves", ("Body", "Outcome", "For whom", "Why")), rows)


def sizes(found: al.Proposal) -> Markup | None:
    """How far one can go: three sets beside each other."""
    rows = [
        (
            row.name.capitalize(),
            f"{row.measures}",
            f"{row.gone}",
            f"{row.conflict:.1f}",
            f"{row.unsaid:.1f}",
            f"{row.lost:.1f}",
            percent(row.largest_loss),
            "yes" if row.proven else "no",
        )
        for row in found.sizes
    ]
    columns = (
        *("How far", "Measures#", "Let go#", "Clash left#", "Unsaid#", "Lost to people#"),
        *("Largest loss of say#", "Proven"),
    )
    return table(
        Head("Three sets to choose from (clash: severities added up; unsaid and lost: in full targets)", columns), rows
    )
