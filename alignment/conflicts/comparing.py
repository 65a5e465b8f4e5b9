"""Findings looked for twice, with what is declared and with the estimates beside it, and compared by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from alignment.models.answers.conflicts import Compared
from alignment.wording import count, verb

from .telling import title_of

if TYPE_CHECKING:
    from .collection import Conflicts
    from .finding import Finding


def compared(declared: Conflicts, estimated: Conflicts) -> tuple[Compared, ...]:
    """Which findings stand under which: those declared in their order, then those that only estimates add."""
    others = {finding.id: finding for finding in estimated.findings}
    here = {finding.id for finding in declared.findings}
    return (
        *(_one(declared, finding, finding, others.get(finding.id)) for finding in declared.findings),
        *(_one(estimated, each, None, each) for each in estimated.findings if each.id not in here),
    )


def _one(told: Conflicts, finding: Finding, declared: Finding | None, estimated: Finding | None) -> Compared:
    return Compared(
        conflict=finding.id,
        kind=finding.kind,
        title=title_of(told.search, finding),
        stands="estimated" if declared is None else "declared" if estimated is None else "both",
        severity_declared=None if declared is None else declared.severity,
        severity_estimated=None if estimated is None else estimated.severity,
    )


def in_short(rows: Sequence[Compared]) -> str:
    """How many findings stand under which, in a clause."""
    both = [row for row in rows if row.stands == "both"]
    only = {word: sum(row.stands == word for row in rows) for word in ("declared", "estimated")}
    changed = sum(row.differs for row in both)
    stand = f"{count(len(both), 'finding stands', 'findings stand')} whether declared or estimated influences count"
    how = f", {changed:,} of them with another severity" if changed else ""
    return f"{stand}{how}; {_only(only['declared'], 'declared')}, {_only(only['estimated'], 'estimated')}"


def _only(number: int, word: str) -> str:
    return f"{number or 'none'} {verb(number, 'stands', 'stand')} only as {word}"


def differing(rows: Iterable[Compared]) -> Mapping[str, str]:
    """What estimates make of each finding that they change, in words, by id."""
    return {row.conflict: _otherwise(row) for row in rows if row.stands != "estimated" and row.differs}


def _otherwise(row: Compared) -> str:
    if row.severity_estimated is None:
        return "not where estimates count"
    return f"severity {row.severity_estimated:.2f} where estimates count"


def added(rows: Iterable[Compared]) -> Iterator[str]:
    """What only estimates add, in words."""
    for row in rows:
        if row.stands == "estimated" and row.severity_estimated is not None:
            yield f"{row.title} ({row.kind}, severity {row.severity_estimated:.2f})"
