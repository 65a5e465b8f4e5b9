"""What no choice of measures can mend: the conflicts that are there once the targets on retired measures are gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

import alignment as al
from alignment.wording import count, percent, upper_first

from . import figures
from .markup import Markup, element, joined, listed, paragraph, section
from .material import Material
from .tables import MOST, WORST, Head, Row, worst
from .wording import KINDS, capped, grade


def left_over(told: Material) -> Markup:
    """What stays, counted anew; where no set was proposed, what is there today."""
    left = told.conflicts if told.left is None else told.left
    untouched = () if told.proposal is None else told.proposal.untouched
    ways = [
        joined(element("strong", f"{row.name}. "), told.said(f"{capped(row.sentence)} {capped(row.suggestion)}"))
        for row in untouched
    ]
    return section(
        "left",
        "What no choice of measures can mend" if told.left is not None else "What pulls apart",
        paragraph(_counted(told)),
        figures.kinds(told),
        *(
            (element("h3", "The worst of what choosing does not touch, and what could be done"), listed(ways))
            if ways
            else ()
        ),
        _list(told, left),
    )


def _counted(told: Material) -> str:
    if told.left is None:
        return f"{count(len(told.conflicts), 'finding', 'findings')}, worst of each kind first."
    today = {each.id for each in told.conflicts.findings}
    then = {each.id for each in told.left.findings}
    gone = count(len(told.proposal.retired) if told.proposal else 0, "retired measure", "retired measures")
    new = count(len(then - today), "is new", "are new") if then - today else "none is new"
    why = " New ones come up where a target that goes was the only guard of something." if then - today else ""
    share = percent(len(then) / len(today)) if today else "none"
    return (
        f"Looked for anew with the targets on {gone} taken out, {len(then):,} of {len(today):,} findings are there "
        f"({share}); {new}.{why} They need agreement, money or law, or a shorter list than this one."
    )


def _list(told: Material, left: al.Conflicts) -> Markup | None:
    today = {each.id for each in told.conflicts.findings}
    rows: list[Row] = []
    for at in _each_kind_first(left)[: MOST + WORST]:
        found = left.findings[at]
        new = "" if found.id in today else "New: "
        rows.append(
            (
                upper_first(KINDS[found.kind]),
                told.said(f"{new}{left.sentence(at)}"),
                grade(found.severity),
                _sure(found.confidence),
            )
        )
    head = Head(
        "The worst of each kind first",
        ("What it is", "Who and what", "How bad", "How sure"),
        "All of them: alignment conflicts PATH --all --xlsx FILE.",
    )
    return worst(head, rows, len(left))


def _each_kind_first(left: al.Conflicts) -> list[int]:
    """Positions such that every kind is read before any comes again: else the first page is of one kind."""
    seen: Counter[str] = Counter()
    turn: defaultdict[int, list[int]] = defaultdict(list)
    for at, found in enumerate(left.findings):
        turn[seen[found.kind]].append(at)
        seen[found.kind] += 1
    return [at for number in sorted(turn) for at in turn[number]]


def _sure(confidence: float) -> str:
    """How sure a finding is, as a word with the number behind it."""
    word = next(word for least, word in SURE if confidence >= least)
    return f"{word} ({confidence:.2f})"


SURE: Final = ((0.9, "sure"), (0.7, "fairly sure"), (0.5, "contested"), (0.0, "weak"))
"""The word for a confidence from each of these up."""
