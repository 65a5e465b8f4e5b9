"""What every sort of advice is made from: the rows by name, duties and who serves them, and the targets touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from alignment.duties import Duty
from alignment.index import Index, group, positions
from alignment.models.answers.advice import Changes, Code, Hint
from alignment.models.options.aligned_set import Options
from alignment.models.options.conflicts import Kind
from alignment.models.system import System
from alignment.models.system.measures import Target
from alignment.sight import Sight
from alignment.wording import ask, names, quoted

PART: Final[Mapping[Code, float]] = {
    "fuzzy-scale": 1,
    "share-for-percent": 1,
    "same-target-twice": 1,
    "no-outcome": 1,
    "no-direction": 1 / 2,
    "no-baseline": 1 / 2,
    "any-population": 1 / 2,
    "any-tier": 1 / 2,
    "broad-outcome": 1 / 2,
    "overlap-not-told": 1 / 2,
    "already-met": 1 / 2,
    "direction-none": 1 / 4,
    "no-year": 1 / 4,
    "missing-table": 1 / 4,
    "missing-column": 1 / 8,
    "unread-table": 0,
    "unused-rows": 0,
    "level-as-baseline": 0,
}
"""The part of what is said of a target that rests on each sort of advice: all, much, what might be added, nothing."""

SLIPS: Final[tuple[Code, ...]] = ("fuzzy-scale", "share-for-percent", "same-target-twice")
"""The sorts that look like slips of the pen."""


@dataclass(frozen=True)
class Words:
    """What a piece of advice says.

    Attributes
    ----------
    what, why, remedy
        As in `Hint`.
    """

    what: str
    why: str
    remedy: str


@dataclass(frozen=True)
class Place:
    """Where it stands.

    Attributes
    ----------
    table, column
        As in `Hint`.
    rows
        Key and name of each row, in order.
    """

    table: str
    column: str | None = None
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Bears:
    """What it bears on.

    Attributes
    ----------
    changes, kinds
        As in `Hint`.
    targets
        Positions of the targets it touches.
    """

    targets: frozenset[int]
    changes: tuple[Changes, ...]
    kinds: tuple[Kind, ...] = ()


Rule = Callable[["Material"], Iterator[Hint]]
"""What looks for a sort of advice."""


class Material:
    """A system, as those who advise on it look at it.

    Parameters
    ----------
    system
        The system.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.index = system.derive(Index)
        self.options = Options()

    @cached_property
    def sight(self) -> Sight:
        """Who sees what, as `propose` looks at it unless asked otherwise."""
        return Sight(self.system, self.options)

    @cached_property
    def on(self) -> Mapping[int, frozenset[int]]:
        """For each targeted measure, its targets."""
        return {measure: frozenset(positions(found)) for measure, found in self.index.by_measure.items()}

    @cached_property
    def everything(self) -> frozenset[int]:
        """Every target."""
        return frozenset(range(len(self.index.targets)))

    @cached_property
    def pushing(self) -> frozenset[int]:
        """The targets that push."""
        return frozenset(at for at, pushes in enumerate(self.index.targets.pushes.tolist()) if pushes)

    @cached_property
    def with_others(self) -> frozenset[int]:
        """The targets on measures whose outcome another measure captures too."""
        speaking = self.sight.duties.speaking.values()
        return self.targets_on({at for measures in speaking if len(measures) > 1 for at in measures})

    @cached_property
    def unlike(self) -> tuple[tuple[Duty, int], ...]:
        """The duties that a measure serves which is not behind them, each with that measure."""
        sight, behind = self.sight, self.sight.duties.behind
        return tuple((duty, at) for duty in behind for at in sight.serving(duty) if at not in behind[duty])

    @cached_property
    def of_agency(self) -> Mapping[int, frozenset[int]]:
        """For each agency, the targets that it has or must deliver."""
        targets = self.index.targets
        wanting, delivering = positions(targets.agency), positions(targets.deliverer)
        pairs = [(who, at) for both in (wanting, delivering) for at, who in enumerate(both)]
        return {who: frozenset(found) for who, found in group(pairs).items()}

    def targets_on(self, measures: Iterable[int]) -> frozenset[int]:
        """The targets on some measures."""
        return frozenset[int]().union(*(self.on.get(at, frozenset[int]()) for at in measures))

    def behind(self, duties: Iterable[Duty]) -> frozenset[int]:
        """The targets behind some duties."""
        behind, population = self.sight.duties.behind, positions(self.index.targets.population)
        found = (
            at
            for duty in set(duties)
            for at in self.of_agency[duty.agency] & self.targets_on(behind[duty])
            if population[at] == duty.population
        )
        return frozenset(found)

    def weight(self, targets: Iterable[int]) -> float:
        """What some targets weigh."""
        weights = self.index.targets.weight
        return float(sum(weights[at] for at in sorted(targets)))

    def measures(self, measures: Collection[int]) -> tuple[tuple[str, str], ...]:
        """Key and name of some measures, those with most weight of targets first."""
        order = sorted(measures, key=lambda at: (-self.weight(self.on.get(at, ())), at))
        return tuple((self.index.measures[at].id, self.index.measures[at].name) for at in order)

    def target_rows(self, targets: Iterable[int]) -> tuple[tuple[str, str], ...]:
        """Key and words of some targets, the heaviest first."""
        rows = self.index.targets
        order = sorted(targets, key=lambda at: (-rows.weight[at], at))
        return tuple((rows.keys[at], self.said(rows.rows[at])) for at in order)

    def said(self, row: Target) -> str:
        """A target in words."""
        measure = self.index.measures[self.index.measure_at[row.measure]]
        agency = self.index.agencies[self.index.agency_at[row.agency]]
        return f"{quoted(measure.name)} {ask(row, measure)} ({quoted(agency.name)})"

    def hint(self, code: Code, words: Words, place: Place, bears: Bears) -> Hint:
        """A piece of advice."""
        return Hint(
            code=code,
            what=words.what,
            why=words.why,
            remedy=words.remedy,
            table=place.table,
            column=place.column,
            rows=tuple(key for key, _ in place.rows),
            names=tuple(name for _, name in place.rows),
            changes=bears.changes,
            kinds=bears.kinds,
            touched=len(bears.targets),
            weight=round(PART[code] * self.weight(bears.targets), 6),
            slip=code in SLIPS,
        )


def quotes(rows: Iterable[tuple[str, str]]) -> str:
    """The names of rows in words, in quotation marks, the tail counted."""
    return names([quoted(name) for _, name in rows])
