"""The quarrels that an organisation stands in, its side in each, and who helps and hinders it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, Literal

from alignment.conflicts.collection import Conflicts, find_conflicts
from alignment.conflicts.finding import Finding
from alignment.conflicts.naming import called, measure_name
from alignment.conflicts.order import MICRO, order, weight_of
from alignment.conflicts.residual import RESIDUAL
from alignment.conflicts.themes import footing, themes_of
from alignment.effects.alignment import pulls, ratio
from alignment.index import Index
from alignment.models.answers.conflict import Conflict, Evidence, Side
from alignment.models.answers.themes import Theme
from alignment.models.answers.view import Neighbour, Quarrel, Stand
from alignment.models.options.aligned_set import Options
from alignment.models.system.keys import Keys
from alignment.wording import names

from .view_set import SetSeen

WANTED: Final = 2
"""So many of the things that an organisation wants in a quarrel are told."""

WAYS: Final = {"up": "up", "down": "down", "hold": "in its band", None: "moved"}
"""How a measure is wanted, in words."""

DIGITS: Final = 9
"""Sums of effects are rounded to so many decimals."""

ROLES: Final = {
    ("incentives", "payer"): "it pays for the move",
    ("incentives", "payee"): "it is paid for the move",
    ("resources", "owner"): "it pays for what runs out",
    ("controls", "agency"): "it can move it",
    ("finances", "agency"): "its money is at stake",
    ("measures", "recorded_by"): "it takes the reading",
}
"""What an organisation is to a row of evidence, where it wants nothing; by table and column."""


class Quarrels:
    """What an organisation stands in.

    Parameters
    ----------
    index
        The system as arrays, with weights as they are asked for.
    who
        The organisation, by position.
    options
        What is asked of the set.
    seen
        What the set does with conflicts.
    """

    def __init__(self, index: Index, who: int, options: Options, seen: SetSeen) -> None:
        self._index, self._who, self._options, self._seen = index, who, options, seen
        self._id = index.agencies[who].id

    @cached_property
    def _conflicts(self) -> Conflicts:
        asked = self._options
        return find_conflicts(
            self._index.system,
            tolerance=asked.tolerance,
            steps=asked.steps,
            decay=asked.decay,
            evidence=asked.evidence,
        )

    @cached_property
    def _mine(self) -> Mapping[str, tuple[Finding, Conflict]]:
        """The findings it stands in, worst first."""
        found = self._conflicts.touching(self._id)
        return {each.id: (each, conflict) for each, conflict in zip(found.findings, found, strict=True)}

    @cached_property
    def _themes(self) -> Mapping[str, Theme]:
        """The theme of each finding."""
        return {finding: theme for theme in themes_of(self._conflicts) for finding in theme.findings}

    # Findings

    @cached_property
    def findings(self) -> tuple[Stand, ...]:
        """The findings it stands in, worst first."""
        return tuple(self._stand(finding, conflict) for finding, conflict in self._mine.values())

    def _stand(self, finding: Finding, conflict: Conflict) -> Stand:
        theme, others = self._themes[conflict.id], self._others([finding])
        return Stand(
            finding=conflict.id,
            theme=theme.id,
            theme_name=theme.name,
            kind=conflict.kind,
            title=conflict.title,
            severity=conflict.severity,
            confidence=conflict.confidence,
            side=self._side(conflict) or self._role(conflict.evidence),
            others=tuple(self._index.agencies[at].id for at in others),
            other_names=tuple(self._index.agencies[at].name for at in others),
            then=self._then(conflict),
            sentence=conflict.sentence,
            suggestion=conflict.suggestion,
        )

    def _then(self, conflict: Conflict) -> Literal["settled", "left", "not touched"]:
        if conflict.kind not in RESIDUAL:
            return "not touched"
        return "left" if conflict.id in self._seen.clashes else "settled"

    def _others(self, findings: Iterable[Finding]) -> list[int]:
        """Who else stands in some findings, first whoever stands in most."""
        weight: dict[int, int] = {}
        for finding in findings:
            bodies = frozenset[int]().union(*finding.between, *(side.deliverers for side in finding.sides))
            for at in bodies - {self._who}:
                weight[at] = weight.get(at, 0) + weight_of(finding)
        return sorted(weight, key=lambda at: (-weight[at], self._index.agencies[at].id))

    def _side(self, conflict: Conflict) -> str:
        """What it wants or must deliver in a finding."""
        return "; ".join(dict.fromkeys(words for side in conflict.sides if (words := self._wants(side))))

    def _wants(self, side: Side) -> str:
        if side.measure is None or self._id not in (*side.agencies, *side.deliverers):
            return ""
        word = "wants" if self._id in side.agencies else "must deliver"
        return f"{word} {measure_name(self._index, self._index.measure_at[side.measure])} {WAYS[side.wish]}"

    def _role(self, evidence: Sequence[Evidence]) -> str:
        """What it is to a row of the evidence."""
        keys = self._index.system.derive(Keys)
        for (table, column), words in ROLES.items():
            rows = {row.row for row in evidence if row.table == table}
            if any(key in rows and getattr(row, column) == self._id for row, key in keys.pairs(table)):
                return words
        return ""

    # Quarrels

    @cached_property
    def quarrels(self) -> tuple[Quarrel, ...]:
        """The themes it stands in, first those in which it stands most."""
        parts: dict[str, list[Finding]] = {}
        for name, (finding, _) in self._mine.items():
            parts.setdefault(self._themes[name].id, []).append(finding)
        total = sum(weight_of(finding) for finding, _ in self._mine.values())
        rows = [self._quarrel(some, total) for some in parts.values()]
        return tuple(sorted(rows, key=lambda row: (-row.share, row.theme)))

    def _quarrel(self, some: Sequence[Finding], total: int) -> Quarrel:
        theme = self._themes[some[0].id]
        worst = self._mine[min(some, key=lambda each: (footing(each), order(each))).id][1]
        others = self._others(some)
        return Quarrel(
            theme=theme.id,
            name=theme.name,
            share=round(sum(map(weight_of, some)) / total, 6) if total else 0.0,
            findings=tuple(each.id for each in some),
            settled=sum(self._then(self._mine[each.id][1]) == "settled" for each in some),
            side=self._stands_for(some),
            others=tuple(self._index.agencies[at].id for at in others),
            other_names=tuple(called(self._index, at) for at in others),
            sentence=worst.sentence,
            suggestion=worst.suggestion,
        )

    def _stands_for(self, some: Sequence[Finding]) -> str:
        """What it wants or must deliver, by how much of the quarrel that is."""
        weight: dict[str, float] = {}
        for finding in some:
            for side in self._mine[finding.id][1].sides:
                if words := self._wants(side):
                    weight[words] = weight.get(words, 0.0) + weight_of(finding) / MICRO
        told = sorted(weight, key=lambda words: (-weight[words], words))[:WANTED]
        return names([f"it {words}" for words in told], WANTED)

    # Who helps and hinders

    @cached_property
    def neighbours(self) -> tuple[Neighbour, ...]:
        """Whose targets touch its own, first whoever hinders it most."""
        asked = self._options
        groups, helped, hindered = pulls(
            self._index.system, "agency", None, asked.steps, asked.decay, asked.evidence
        )
        me = groups.index(self._id) if self._id in groups else None
        if me is None:
            return ()
        rows: list[Neighbour] = []
        for at, name in enumerate(groups):
            one, two = float(helped[at, me]), float(hindered[at, me])
            three, four = float(helped[me, at]), float(hindered[me, at])
            if at != me and one + two + three + four > 0:
                rows.append(
                    Neighbour(
                        agency=name,
                        agency_name=self._index.agencies[self._index.agency_at[name]].name,
                        helps=round(one, DIGITS),
                        hinders=round(two, DIGITS),
                        alignment=ratio(one, two),
                        helped=round(three, DIGITS),
                        hindered=round(four, DIGITS),
                    )
                )
        return tuple(sorted(rows, key=lambda row: (-row.hinders, row.agency)))

    def around(self) -> Iterator[str]:
        """Who helps and who hinders it most."""
        helping = sorted(self.neighbours, key=lambda row: (-row.helps, row.agency))
        if helping and helping[0].helps > 0:
            yield f"What {helping[0].agency_name} is after helps it most."
        if self.neighbours and self.neighbours[0].hinders > 0:
            yield f"What {self.neighbours[0].agency_name} is after hinders it most."
