"""What pulls apart: a conflict, its sides and its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Literal

from alignment.models.fields import Noun
from alignment.models.options.conflicts import KINDS, Kind

__all__ = ["KINDS", "Block", "Conflict", "Evidence", "Kind", "Relation", "Side", "Way"]

Way = Literal["up", "down", "hold"]
Relation = Literal["vertical", "horizontal", "internal"]


class Evidence(Noun):
    """A row of the input that a finding rests on."""

    table: str
    """The table it is in."""
    row: str
    """Its key in that table."""
    says: str
    """What it says, in words."""
    source: str | None = None
    """Where that was published."""


class Side(Noun):
    """Targets that wish the same."""

    measure: str | None = None
    """The measure they are about, by id."""
    wish: Way | None = None
    """The way they want it to move; hold is to stay in a band."""
    asks: str = ""
    """What they ask for, in words."""
    targets: tuple[str, ...] = ()
    """Their keys."""
    agencies: tuple[str, ...] = ()
    """The agencies that want it, by id."""
    deliverers: tuple[str, ...] = ()
    """The agencies that have to deliver it, by id."""


class Block(Noun):
    """Targets of which each on the left pulls against each on the right."""

    left: tuple[str, ...]
    """Keys of targets."""
    right: tuple[str, ...]
    """Keys of targets."""


class Conflict(Noun):
    """Sides whose targets pull apart."""

    id: str
    """Made from kind, measures, wishes and scope: the same when another agency joins a side."""
    kind: Kind
    """Which kind of conflict it is."""
    title: str
    """What it is about, in a few words with names."""
    severity: float
    """How bad its worst pair is: severe from 0.75, strong from 0.5, moderate from 0.25, else slight. No unit, 0 to
    1."""
    confidence: float
    """How sure the evidence is. No unit, 0 to 1."""
    sentence: str
    """The finding in a plain sentence, to be read aloud once; names as their owners write them."""
    suggestion: str
    """What could be done."""
    relations: tuple[Relation, ...] = ()
    """Whether it stands between tiers, within one tier, or within one agency."""
    agencies: tuple[str, ...] = ()
    """The agencies it stands between, by id."""
    tiers: tuple[str, ...] = ()
    """Their tiers, by id."""
    measures: tuple[str, ...] = ()
    """The measures it is about, by id."""
    population: str | None = None
    """The population it is about, where it is about one."""
    outcome: str | None = None
    """The outcome it is about, where it is about one."""
    resource: str | None = None
    """The resource it is about, where it is about one."""
    deliverer: str | None = None
    """The agency with two masters."""
    sides: tuple[Side, ...] = ()
    """Who wants what."""
    blocks: tuple[Block, ...] | None = None
    """Which targets pull against which; blank means each against every one of another side."""
    conflicts: tuple[str, ...] = ()
    """Ids of the conflicts it sums up."""
    effect: float | None = None
    """The net effect it rests on. Unit: steps per step."""
    amount: float | None = None
    """How far meeting the target that pushes (of a payment, one that it is for) would move the measure that it harms,
    where need and steps are known. Unit: that of the last measure."""
    mixed: float | None = None
    """Share of the larger sign where walks of both signs contribute. No unit, 1/2 to 1."""
    path: tuple[str, ...] = ()
    """The strongest walk, as measure ids in order."""
    assumed: tuple[str, ...] = ()
    """What had to be assumed, in words."""
    evidence: tuple[Evidence, ...] = ()
    """The rows of the input it rests on, in order; for each side its worst target."""

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The exact pairs of targets that pull apart, as keys.

        Yields
        ------
        tuple[str, str]
            For a two-sided conflict a target of the first side and one of the second.
        """
        if self.blocks is not None:
            for block in self.blocks:
                yield from product(block.left, block.right)
            return
        for left, right in combinations(self.sides, 2):
            yield from product(left.targets, right.targets)

    def __str__(self) -> str:
        return f"{self.title}\n{self.sentence}"

    def __repr__(self) -> str:
        return f"<Conflict {self.id}>"
