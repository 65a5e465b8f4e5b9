"""The quarrels that an organisation stands in, and its side in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, Literal

from alignment.conflicts.collection import Conflicts, find_conflicts
from alignment.conflicts.finding import Finding
from alignment.conflicts.naming import called, measure_name
from alignment.conflicts.order import order, weight_of
from alignment.conflicts.residual import RESIDUAL
from alignment.conflicts.themes import footing, themes_of
from alignment.index import Index, group
from alignment.models.answers.conflict import Conflict, Evidence, Side
from alignment.models.answers.themes import Theme
from alignment.models.answers.view import Quarrel, Stand
from alignment.models.options.aligned_set import Options
from alignment.models.system.keys import Keys
from alignment.models.system.measures import Target
from alignment.wording import names

from .retold import retold
from .set_seen import SetSeen

WANTED: Final = 2
"""So many of the things that an organisation wants in a quarrel are told."""

WAYS: Final = {"up": "up", "down": "down", "hold": "in its band", None: "moved"}
"""How a measure is wanted, in words."""

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
            side=self._part(conflict),
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

    def _part(self, conflict: Conflict) -> str:
        """Its side in a finding; where it wants nothing in it, what it is to the rows that it rests on."""
        return self._side(conflict) or self._role(conflict.evidence)

    @cached_property
    def weight(self) -> Mapping[int, int]:
        """How much of what it stands in is about each measure, by position."""
        weight: dict[int, int] = {}
        for finding, _ in self._mine.values():
            for measure in dict.fromkeys(finding.measures):
                weight[measure] = weight.get(measure, 0) + weight_of(finding)
        return weight

    def _side(self, conflict: Conflict) -> str:
        """What it wants or must bring about in a finding."""
        return _told([mark for side in conflict.sides if (mark := self._wants(side)) is not None])

    def _wants(self, side: Side) -> tuple[str, str, str] | None:
        """How it wants something, what, and which way; nothing where it is not on that side."""
        if side.measure is None or self._id not in (*side.agencies, *side.deliverers):
            return None
        name = measure_name(self._index, self._index.measure_at[side.measure])
        return self._how(side), name, WAYS[side.wish]

    def _how(self, side: Side) -> str:
        own = [row for key in side.targets if (row := self._targets[key]).agency == self._id]
        if not own:
            return "is asked to get"
        return "acts as if it wanted" if all(row.revealed for row in own) else "wants"

    @cached_property
    def _targets(self) -> Mapping[str, Target]:
        return dict(zip(self._index.targets.keys, self._index.targets.rows, strict=True))

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
        first = min(some, key=lambda each: (footing(each), not self._is_on(theme, each), order(each)))
        worst = self._mine[first.id][1]
        sentence = retold(self._conflicts.search, first, worst.sentence)
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
            sentence=sentence,
            part="" if called(self._index, self._who) in sentence else self._part(worst),
            suggestion=worst.suggestion,
        )

    def _is_on(self, theme: Theme, finding: Finding) -> bool:
        """Whether a finding is on what its theme is named after."""
        measures = {self._index.measures[at].id for at in finding.measures}
        return theme.row in ({finding.resource} if theme.table == "resources" else measures)

    def _stands_for(self, some: Sequence[Finding]) -> str:
        """What it wants or must bring about, by how much of the quarrel that is."""
        weight: dict[tuple[str, str, str], int] = {}
        for finding in some:
            for side in self._mine[finding.id][1].sides:
                if (mark := self._wants(side)) is not None:
                    weight[mark] = weight.get(mark, 0) + weight_of(finding)
        return _told(sorted(weight, key=lambda mark: (-weight[mark], mark))[:WANTED])


def _told(marks: Iterable[tuple[str, str, str]]) -> str:
    """What is wanted, in words: measures that are wanted alike together."""
    alike = group(((how, way), name) for how, name, way in dict.fromkeys(marks))
    return ", and ".join(f"{how} {names(measures)} {way}" for (how, way), measures in alike.items())
