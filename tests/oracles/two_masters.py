"""two-masters: targets of two others pull apart, and one body must deliver both. Severity: the largest of those."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from . import capacity, inconsistent, opposed, spillover, torn
from .wanted import Wanted, named, once, shown
from .words import Words


@once
def wanted(words: Words) -> Iterator[Wanted]:
    masters: dict[str, set[str]] = defaultdict(set)
    parts_of: dict[str, list[Wanted]] = defaultdict(list)
    for each in (one for kind in (opposed, inconsistent, spillover, torn, capacity) for one in kind.wanted(words)):
        for deliverer, who in _masters(words, each).items():
            masters[deliverer] |= who
            parts_of[deliverer].append(each)
    for deliverer, parts in parts_of.items():
        parts.sort(key=lambda part: part.order)
        severity, confidence = max((round(part.severity, 6), part.confidence) for part in parts)
        yield Wanted(
            kind="two-masters",
            id=named("two-masters", deliverer),
            severity=severity,
            confidence=confidence,
            between=(frozenset(masters[deliverer]), frozenset({deliverer})),
            measures=tuple(sorted({measure for part in parts for measure in part.measures})),
            deliverer=deliverer,
            conflicts=tuple(part.id for part in parts),
            evidence=_evidence(words, parts[0]),
        )


def _masters(words: Words, each: Wanted) -> dict[str, set[str]]:
    """For each body that must deliver both of a pair, the two agencies that want them."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, two in ((words.targets[key] for key in pair) for pair in each.pairs):
        if one.deliverer == two.deliverer and len({one.agency, two.agency, one.deliverer}) == 3:
            found[one.deliverer] |= {one.agency, two.agency}
    return found


def _evidence(words: Words, part: Wanted) -> tuple[tuple[str, str], ...]:
    """The worst pair, or the heaviest target of each side."""
    return shown(*(part.pair or [words.heaviest(sorted(side.targets)) for side in part.sides]))
