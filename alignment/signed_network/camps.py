"""Two camps: the split of agencies with the fewest relations against the grain.

Two agencies are for each other where alignment (METHOD section 4), both ways together, is above 0, and against each
other where it is below.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from alignment.effects.alignment import pulls
from alignment.effects.grouping import names_of
from alignment.index import Floats
from alignment.judge.camps import relations_objections
from alignment.judge.refuse import refuse
from alignment.models.answers.camps import CampRelation
from alignment.models.options.fields import Group
from alignment.models.options.signed_network import CampOptions, Counted
from alignment.models.system import System, count as number_of
from alignment.options.verb import verb
from alignment.solver import Clock
from alignment.wording import number, upper_first

from .edges import MICRO, Edge
from .frustration import Frustration, split_of


class Relation(NamedTuple):
    """What the targets of two do to each other's wishes."""

    a: str
    """The first: an agency or tier by id, or a sector."""
    a_name: str
    """What people call it."""
    b: str
    """The other."""
    b_name: str
    """What people call it."""
    help: float
    """How much they help each other, both ways together. Sum of weighted effects."""
    hinder: float
    """How much they hinder each other, both ways together. Sum of weighted effects."""
    alignment: float
    """(help - hinder) / (help + hinder), -1 to 1, not 0."""
    weight: float
    """What it counts: above 0 they help, below 0 they hinder each other."""
    against: bool
    """Whether it goes against the grain."""
    sentence: str
    """What it says, in words."""


@dataclass(frozen=True, eq=False, repr=False)
class Camps(Frustration):
    """The split of agencies into camps with the fewest relations against the grain, and how sure that is.

    All that is said of a `Frustration`, with ids for names, and what is behind it.

    Attributes
    ----------
    system
        The hash of the system.
    by
        What is split: agencies, tiers or sectors.
    count
        Whether each relation counts 1, or by how far help and hinder are apart.
    relations
        Each pair that helps more than it hinders, or hinders more than it helps; those against the grain first.
    neutral
        How many pairs help each other exactly as much as they hinder each other: no relation.
    names
        What people call agencies or tiers; sectors are names.
    """

    system: str
    by: Group
    count: Counted
    relations: tuple[Relation, ...]
    neutral: int
    names: Mapping[str, str]

    @property
    def frustrated(self) -> tuple[Relation, ...]:
        """The relations against the grain."""
        return tuple(relation for relation in self.relations if relation.against)

    def relations_frame(self) -> pd.DataFrame:
        """A row for each relation, those against the grain first.

        Returns
        -------
        pandas.DataFrame
            ``a`` (an agency or tier by id, or a sector), ``a_name``, ``b``, ``b_name``, ``help``, ``hinder`` (float,
            sums of weighted effects, both ways together), ``alignment`` (float, -1 to 1), ``weight`` (float, what it
            counts; above 0 for each other), ``against`` (bool), ``sentence``.
        """
        return pd.DataFrame(self.relations, columns=list(Relation._fields))

    def camps_frame(self) -> pd.DataFrame:
        """A row for everybody, by camp and name.

        Returns
        -------
        pandas.DataFrame
            ``name`` (an agency or tier by id, or a sector), ``called`` (what people call it), ``camp`` (Int64, from 1;
            blank for those without any relation).
        """
        frame = super().camps_frame()
        frame.insert(1, "called", list(map(self._called, frame["name"])))
        return frame

    def _called(self, name: str) -> str:
        return self.names.get(name, name)

    def _glimpse(self) -> pd.DataFrame:
        return self.camps_frame()[["called", "camp"]]

    def _relations(self) -> Iterator[CampRelation]:
        return (CampRelation(**relation._asdict()) for relation in self.relations)

    def _of_system(self) -> dict[str, Any]:
        return {"system": self.system, "by": self.by, "count": self.count, "neutral": self.neutral}

    def said(self) -> tuple[str, ...]:
        """What goes against the grain, in words."""
        return tuple(relation.sentence for relation in self.frustrated)

    def __repr__(self) -> str:
        return f"<Camps by {self.by}: index {number(self.index)}, {number_of(len(self.camps), 'camp', 'camps')}>"


@verb(CampOptions, "k", "by")
def camps(system: System, asked: CampOptions) -> Camps:
    """Splits agencies into camps such that the fewest relations go against the grain.

    Two agencies are for each other where their targets help each other's wishes more than they hinder them, both ways
    together, and against each other where they hinder more (alignment, METHOD section 4).

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Camps
        The camps, the relations against the grain, and whether the split is proven and the only one.

    Raises
    ------
    UnknownWord
        ``by``, ``count`` or ``solver`` is not known.
    OptionError
        An option is out of its range.
    SolverTrouble
        The split did not survive the judge.

    References
    ----------
    As in `frustration`.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.camps(al.read(al.example("winter-pressure")))
    >>> found.index, found.proven
    (0.0, True)
    """
    clock = Clock(asked.time_limit)
    groups, helped, hindered = pulls(system, asked.by, None, asked.steps, asked.decay, asked.evidence)
    pairs = list(_pairs(groups, helped, hindered))
    found = [pair for pair in pairs if pair.whole]
    edges = tuple(Edge(pair.a, pair.b, pair.weight(asked.count)) for pair in found)
    split = split_of(groups, edges, asked.k, clock, asked.solver)
    name = _naming(system, asked.by)
    camp = split.camp_of
    relations = [pair.relation(asked.count, camp[pair.a] == camp[pair.b], name) for pair in found]
    relations.sort(key=lambda relation: (not relation.against, relation.a, relation.b))
    neutral = len(pairs) - len(found)
    refuse(relations_objections(system, relations, neutral, asked.by, count=asked.count, walks=asked))
    return Camps(
        **{each.name: getattr(split, each.name) for each in fields(split)},
        system=system.hash,
        by=asked.by,
        count=asked.count,
        relations=tuple(relations),
        neutral=neutral,
        names=dict(zip(groups, names_of(system, asked.by, groups), strict=True)),
    )


class _Pair(NamedTuple):
    """Two groups that touch each other: help and hinder one way, and the other."""

    a: str
    b: str
    help: tuple[float, float]
    hinder: tuple[float, float]

    @property
    def whole(self) -> int:
        """What they help each other more than they hinder, in millionths; 0 is no relation."""
        return round((sum(self.help) - sum(self.hinder)) * MICRO)

    def weight(self, count: Counted) -> float:
        """What the relation counts."""
        return self.whole / MICRO if count == "effects" else math.copysign(1.0, self.whole)

    def relation(self, count: Counted, together: bool, name: Callable[[str], str]) -> Relation:  # noqa: FBT001
        """The relation, given whether the two are in one camp."""
        helped, hindered = sum(self.help), sum(self.hinder)
        against = together == (self.whole < 0)
        return Relation(
            self.a,
            name(self.a),
            self.b,
            name(self.b),
            round(helped, 9),
            round(hindered, 9),
            round((helped - hindered) / (helped + hindered), 6),
            self.weight(count),
            against,
            self._sentence(together, against, name),
        )

    def _sentence(self, together: bool, against: bool, name: Callable[[str], str]) -> str:  # noqa: FBT001
        where = "they are in one camp" if together else "they are in different camps"
        return f"{upper_first(self._words(name))}{', though ' if against else ', and '}{where}."

    def _words(self, name: Callable[[str], str]) -> str:
        one, two = name(self.a), name(self.b)
        verb = "help" if self.whole > 0 else "hinder"
        there, back = (self.help[at] + self.hinder[at] > 0 for at in (0, 1))
        if there and back:
            return f"{one} and {two} {verb} each other"
        source, other = (one, two) if there else (two, one)
        return f"what {source} wants {verb}s {other}"


def _pairs(groups: Sequence[str], helped: Floats, hindered: Floats) -> Iterator[_Pair]:
    """Every two groups that touch each other at all."""
    touch = helped + hindered
    for a, b in np.argwhere(np.triu(touch + touch.T, 1) > 0).tolist():
        yield _Pair(
            groups[a],
            groups[b],
            (float(helped[a, b]), float(helped[b, a])),
            (float(hindered[a, b]), float(hindered[b, a])),
        )


def _naming(system: System, by: Group) -> Callable[[str], str]:
    """What people call a group."""
    if by == "sector":
        return lambda sector: sector
    names = {row.id: row.name for row in (system.agencies if by == "agency" else system.tiers)}
    return names.__getitem__
