r"""How far a signed graph is from balance: the split into camps with the least against the grain.

A relation goes against the grain when it is negative within a camp or positive between camps. The least of them (or of
their weight) is the frustration index, or line index of balance:

.. math::
    L_k = \min_{s: V \to \{1..k\}} \sum_{w_{uv} < 0,\, s_u = s_v} |w_{uv}|
        + \sum_{w_{uv} > 0,\, s_u \ne s_v} w_{uv}

A graph is balanced when L of two camps is 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from alignment.judge import camps as judged
from alignment.judge.refuse import refuse
from alignment.models.answers.answer import DataAnswer, Frames
from alignment.models.answers.camps import CampRelation, CampSplit
from alignment.models.answers.layout import folded
from alignment.models.numbers import count
from alignment.models.options.signed_network import SplitOptions
from alignment.options.asked import asked_of
from alignment.options.verb import hash_of, record_of
from alignment.solver import Clock, How, Stopped
from alignment.wording import number, percent, verb

from .best_split import Split, best_split
from .edges import MICRO, Edge, edges_of
from .signed_graph import Signed


@dataclass(frozen=True, eq=False, repr=False)
class Frustration(DataAnswer):
    """The split of a signed graph into camps with the least against the grain, and how sure that is.

    Attributes
    ----------
    k
        The most camps.
    camps
        The names in each, in order; the first camp has the first name. Camps that stay empty are not listed.
    alone
        Names without any relation; they could be in any camp.
    edges
        The relations, each once, by name.
    index
        The sum of the weights against the grain, without their signs: the number of edges where all weigh 1.
    bound
        No split has less.
    proven
        Whether the index is proved to be the least.
    unique
        Whether no other split of any connected part is as good; None where that is not known.
    first
        Whether it is proved that no split as good comes before it.
    parts
        How many connected parts the graph has. Which camp of one goes with which of another says nothing.
    stopped
        Why the search ended.
    """

    k: int
    camps: tuple[tuple[str, ...], ...]
    alone: tuple[str, ...]
    edges: tuple[Edge, ...]
    index: float
    bound: float
    proven: bool
    unique: bool | None
    first: bool
    parts: int
    stopped: Stopped

    @cached_property
    def camp_of(self) -> dict[str, int]:
        """The camp of each name, counted from 1."""
        return {name: at for at, camp in enumerate(self.camps, 1) for name in camp}

    @property
    def against(self) -> tuple[Edge, ...]:
        """The relations against the grain: negative within a camp, or positive between camps."""
        camp = self.camp_of
        return tuple(edge for edge in self.edges if (camp[edge.a] == camp[edge.b]) == (edge.weight < 0))

    @property
    def with_grain(self) -> float:
        """The share of the weight of all relations that goes with the grain, 0 to 1; 1 without any."""
        total = math.fsum(abs(edge.weight) for edge in self.edges)
        return round(1 - self.index / total, 6) if total else 1.0

    @property
    def frames(self) -> Frames:
        """Tables by name: ``camps``, ``relations``."""
        return {"camps": self.camps_frame, "relations": self.relations_frame}

    def camps_frame(self) -> pd.DataFrame:
        """A row for everybody, by camp and name.

        Returns
        -------
        pandas.DataFrame
            ``name``, ``camp`` (Int64, from 1; blank for those without any relation).
        """
        rows = [(name, at) for at, camp in enumerate(self.camps, 1) for name in camp]
        frame = pd.DataFrame([*rows, *((name, None) for name in self.alone)], columns=["name", "camp"])
        return frame.astype({"name": object, "camp": "Int64"})

    def relations_frame(self) -> pd.DataFrame:
        """A row for each relation, those against the grain first.

        Returns
        -------
        pandas.DataFrame
            ``a``, ``b`` (names), ``weight`` (float, as given), ``against`` (bool), ``sentence``.
        """
        against = set(self.against)
        rows = [(*edge, edge in against, self._sentence(edge)) for edge in self.edges]
        rows.sort(key=lambda row: (not row[3], row[0], row[1]))
        return pd.DataFrame(rows, columns=["a", "b", "weight", "against", "sentence"])

    def said(self) -> tuple[str, ...]:
        """What goes against the grain, in words."""
        return tuple(map(self._sentence, self.against))

    def _sentence(self, edge: Edge) -> str:
        camp = self.camp_of
        sides = "for" if edge.weight > 0 else "against"
        where = "in one camp" if camp[edge.a] == camp[edge.b] else "in different camps"
        return f"{edge.a} and {edge.b} are {sides} each other ({number(edge.weight)}), {where}."

    def document(self) -> CampSplit:
        """The split as plain data."""
        return CampSplit(
            record=self.record,
            camps=self.camps,
            camp_names=tuple(tuple(map(self._called, camp)) for camp in self.camps),
            alone_names=tuple(map(self._called, self.alone)),
            relations=tuple(self._relations()),
            **{name: getattr(self, name) for name in SHARED},
            **self._of_system(),
        )

    def _relations(self) -> Iterator[CampRelation]:
        against = set(self.against)
        rows = [
            CampRelation(
                a=edge.a,
                a_name=edge.a,
                b=edge.b,
                b_name=edge.b,
                weight=edge.weight,
                against=edge in against,
                sentence=self._sentence(edge),
            )
            for edge in self.edges
        ]
        return iter(sorted(rows, key=lambda row: (not row.against, row.a, row.b)))

    def _called(self, name: str) -> str:
        """What people call somebody."""
        return name

    def _of_system(self) -> dict[str, Any]:
        """What only a split of a system has to say."""
        return {"system": None, "by": None, "count": "effects", "neutral": None}

    def _title(self) -> str:
        return self._headline().rstrip(".")

    def _lines(self, width: int) -> Iterable[str]:
        against = ["Against the grain:", *(f"  {line}" for line in self.said())] if self.against else []
        parts = [part for part in ([self._headline()], self._members(), against, self._surety()) if part]
        told = ("\n".join(folded(part, width, 2, hyphens=False)) for part in parts)
        return "\n\n".join(told).split("\n")

    def __repr__(self) -> str:
        return f"<Frustration: index {number(self.index)}, {count(len(self.camps), 'camp', 'camps')}>"

    def _headline(self) -> str:
        against = len(self.against)
        what = f"{against} of {count(len(self.edges), 'relation', 'relations')}"
        weight = "" if self.index == against else f", weight {number(self.index)}"
        head = f"{count(len(self.camps), 'camp', 'camps')}: {what} {verb(against, 'goes', 'go')} against the grain"
        return f"{head}{weight} ({percent(self.with_grain)} with it)."

    def _members(self) -> list[str]:
        lines = [f"Camp {at}: {', '.join(camp)}" for at, camp in enumerate(self.camps, 1)]
        return [*lines, *([f"Without any relation: {', '.join(self.alone)}"] if self.alone else [])]

    def _surety(self) -> list[str]:
        """How sure the split is, in sentences."""
        least = f"Not proven: a split with as little as {number(self.bound)} against the grain is not ruled out."
        lines = ["Proven: no split has less against the grain." if self.proven else least, self._others()]
        if self.parts > 1:
            lines.append(f"There are {self.parts} parts: which camp of one goes with which of another says nothing.")
        return lines

    def _others(self) -> str:
        if self.unique is None:
            return "Whether another is as good is not known."
        if self.unique:
            return "It is the only one as good."
        return "Others are as good" + ("; of them it comes first by name." if self.first else ".")


SHARED: Final = ("k", "alone", "index", "bound", "with_grain", "proven", "unique", "first", "parts", "stopped")
"""What a split says as it is."""


def frustration(
    edges: Iterable[Any] | pd.DataFrame,
    k: int = 2,
    *,
    time_limit: float = 60.0,
    solver: How = "highs",
) -> Frustration:
    """The frustration index of a signed edge list: how little must go against the grain in at most k camps.

    Parameters
    ----------
    edges
        Rows of two names and a weight, above 0 for and below 0 against each other, or a frame with the columns ``a``,
        ``b`` and ``weight``. The order does not matter, nor which of two comes first. 0 is no relation.
    k
        The most camps, from 1.
    time_limit
        How long to search; after that, or Ctrl-C, the best split found is given, marked as unproven. Unit: seconds.
    solver
        Who searches: "highs", "cbc", or both in a "race".

    Returns
    -------
    Frustration
        The index, the camps and what goes against the grain. Of equal splits the first: with names in order, and camps
        numbered as they appear, the one whose row of numbers comes first.

    Raises
    ------
    InputError
        Everything that is wrong with the edges.
    OptionError
        An option is out of its range.
    SolverTrouble
        The split did not survive the judge.

    References
    ----------
    Harary (1959), On the measurement of structural balance, Behavioral Science 4. Aref, Mason and Wilson (2020), A
    modeling and computational study of the frustration index in signed networks, Networks 75. Doreian and Mrvar (1996),
    A partitioning approach to structural balance, Social Networks 18, for more than two camps.

    Examples
    --------
    Three who are all against each other cannot be in two camps; in three they can.

    >>> import alignment as al
    >>> foes = [("ann", "bob", -1), ("bob", "cid", -1), ("ann", "cid", -1)]
    >>> found = al.frustration(foes)
    >>> found.index, found.camps, found.unique
    (1.0, (('ann', 'bob'), ('cid',)), False)
    >>> al.frustration(foes, k=3).index
    0.0
    """
    asked = asked_of(SplitOptions, {"k": k, "time_limit": time_limit, "solver": solver})
    names, relations = edges_of(edges)
    split = split_of(names, relations, asked.k, Clock(asked.time_limit), asked.solver)
    return split.recorded(record_of("frustration", hash_of(names, relations), asked, split.stopped))


def split_of(names: Sequence[str], edges: tuple[Edge, ...], k: int, clock: Clock, solver: How) -> Frustration:
    """The split of relations that are without fault.

    Parameters
    ----------
    names
        Everybody, related or not.
    edges
        The relations, each once, in order.
    k, clock, solver
        As in `alignment.signed_network.best_split.best_split`.
    """
    related = sorted({name for edge in edges for name in (edge.a, edge.b)})
    graph, unit = _whole(related, edges)
    split = best_split(graph, k, clock, solver)
    done = split.cost == split.bound and split.unique is not None and split.first
    found = Frustration(
        k=k,
        camps=_camps(related, split),
        alone=tuple(sorted(set(names) - set(related))),
        edges=edges,
        index=split.cost * unit / MICRO,
        bound=split.bound * unit / MICRO,
        proven=split.cost == split.bound,
        unique=split.unique,
        first=split.first,
        parts=len(graph.components()),
        stopped="finished" if done else clock.ending,
    )
    refuse(judged.objections(edges, found))
    return found


def _whole(names: Sequence[str], edges: Iterable[Edge]) -> tuple[Signed, int]:
    """The graph in whole numbers, as small as possible, and how many millionths each is."""
    place = {name: at for at, name in enumerate(names)}
    rows = [(place[edge.a], place[edge.b], round(edge.weight * MICRO)) for edge in edges]
    unit = math.gcd(*(weight for *_, weight in rows)) or 1
    ends = np.array([row[:2] for row in rows], dtype=np.int64).reshape(-1, 2)
    return Signed(len(names), ends, np.array([row[2] // unit for row in rows], dtype=np.int64)), unit


def _camps(names: Sequence[str], split: Split) -> tuple[tuple[str, ...], ...]:
    camps: dict[int, list[str]] = {}
    for name, camp in zip(names, split.camps.tolist(), strict=True):
        camps.setdefault(camp, []).append(name)
    return tuple(tuple(camps[camp]) for camp in sorted(camps))
