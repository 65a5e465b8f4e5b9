"""What could not be judged, how sure the rest is, and how the report came about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, cast

import alignment as al
from alignment.models.options.aligned_set import Options
from alignment.options.verb import versions
from alignment.wording import count, names, quoted, recalled

from .left_over import SURE
from .markup import Markup, element, joined, listed, paragraph, section
from .material import Material
from .tables import Head, table
from .wording import KINDS, STAGES, capped

HINTS: Final = 5
"""So many pieces of advice are told."""


def not_judged(told: Material) -> Markup:
    """What the tables leave open, and what cannot be seen for lack of it."""
    found = told.proposal
    measures = [] if found is None else [row.name for row in found.not_judged]
    unknown = {each.kind for each in told.advice.unseen}
    unseen = [words for kind, words in KINDS.items() if kind in unknown]
    return section(
        "open",
        "What could not be judged",
        paragraph(_without_outcome(measures)) if measures else None,
        paragraph(f"Cannot be seen in these tables: {names(unseen, len(unseen))}.") if unseen else None,
        listed(_lenses(told)),
        *_hints(told),
    )


def _without_outcome(measures: list[str]) -> str:
    some = names([quoted(name) for name in measures], 6)
    return f"Neither kept nor retired, as nobody has said which outcome they are for: {some}."


def _lenses(told: Material) -> Iterator[str]:
    yield from (f"{capped(row.question)} This needs {row.needs}." for row in told.lenses.lenses if row.needs)


def _hints(told: Material) -> Iterator[str | None]:
    hints = told.advice.hints
    if hints:
        yield element("h3", "What would change most, if the tables said it")
        yield listed(
            joined(
                element("strong", told.said(capped(each.what))), told.said(f" {capped(each.why)} {capped(each.remedy)}")
            )
            for each in hints[:HINTS]
        )
        more = len(hints) - HINTS
        yield (
            paragraph(f"{count(more, 'more piece', 'more pieces')} of advice: alignment advice PATH.")
            if more > 0
            else None
        )


def how_sure(told: Material) -> Markup:
    """The proof of the set, and what the findings rest on."""
    return section(
        "sure",
        "How sure this is",
        *_proof(told.proposal),
        paragraph(_findings(told)),
        paragraph(_influences(told)),
        *(paragraph(told.said(capped(note)), class_="second") for note in told.conflicts.notes),
        paragraph(
            "A proof says that no other set is better by the yardstick, given the tables. "
            "It does not make the tables right."
        ),
    )


def _proof(found: al.Proposal | None) -> Iterator[str | None]:
    if found is None:
        return
    yield paragraph(found.headline, f" {found.sureness}")
    rows = [
        (STAGES[row.stage], f"{row.value:,.6g}", row.unit, "yes" if row.proven else f"no, at least {row.bound:,.6g}")
        for row in found.stages
    ]
    head = Head("What was made small, each holding those before", ("What", "Least#", "In", "Proven"))
    yield table(head, rows)
    yield listed(map(capped, found.notes))


def _findings(told: Material) -> str:
    """How sure the findings are, counted."""
    counted = Counter(
        next(word for least, word in SURE if each.confidence >= least) for each in told.conflicts.findings
    )
    parts = [f"{counted[word]} {word}" for _, word in SURE if counted[word]]
    every = count(len(told.conflicts), "finding", "findings")
    return f"{every}: {names(parts, 4)}, by the weakest evidence that each rests on." if parts else ""


def _influences(told: Material) -> str:
    """What is known of the links of cause and effect."""
    rows = told.system.influences
    if not rows:
        return "The tables hold no link of cause and effect between measures, so that none could be followed."
    bare, seen = sum(not row.source for row in rows), sum(bool(row.source) and not recalled(row) for row in rows)
    rest = len(rows) - bare - seen
    parts = [f"{seen} with a source"]
    parts += [f"{rest} recalled, the source not seen"] if rest else []
    parts += [f"{bare} without a source"] if bare else []
    return f"{count(len(rows), 'link', 'links')} of cause and effect between measures: {names(parts, 3)}."


def record(told: Material) -> Markup:
    """How the report came about: enough to make it again."""
    parts = [part for label, value in _record(told) for part in (element("dt", label), element("dd", value))]
    return section(
        "record",
        "How this was made",
        paragraph("Bodies are named without “(type)”, which says that a row stands for all bodies of a type."),
        element("dl", *parts, class_="record"),
    )


def _record(told: Material) -> Iterator[tuple[str, str]]:
    yield "System", told.given.about.name or "without a name"
    yield "Its hash (SHA-256)", told.given.hash
    yield "Options other than usual", "; ".join(_options(told.asked)) or "none"
    yield "Made by", "; ".join(f"{name} {said}" for name, said in versions().items())
    asked = (f"{each.verb}{'' if each.stopped == 'finished' else f' ({each.stopped})'}" for each in told.records)
    yield "Questions asked", ", ".join(dict.fromkeys(asked))
    for note in told.given.notes:
        yield "Put right while reading", str(note)


def _options(asked: Options) -> Iterator[str]:
    """What was asked otherwise than usual."""
    usual = Options()
    for name in Options.model_fields:
        value: Any = getattr(asked, name)
        if value != getattr(usual, name):
            yield f"{name} {_listed(value)}"


def _listed(value: Any) -> str:
    return ", ".join(map(str, cast("tuple[Any, ...]", value))) if isinstance(value, tuple) else str(value)
