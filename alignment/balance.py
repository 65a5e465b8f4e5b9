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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from .errors import OptionError, UnknownWord
from .models.system import count
from .solver import Clock, How, Stopped
from .splits.signed_edges import MICRO, Edge, edges_of
from .splits.signed_graph import Signed
from .splits.splitting import Split, best_split
from .wording import number, percent, verb

NAMES: Final = ("highs", "cbc", "race")


@dataclass(frozen=True)
class Frustration:
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

    def to_frame(self) -> pd.DataFrame:
        """The camps.

        Returns
        -------
        pandas.DataFrame
            ``name``, ``camp`` (Int64, from 1; blank for those without any relation), by camp and name.
        """
        rows = [(name, at) for at, camp in enumerate(self.camps, 1) for name in camp]
        frame = pd.DataFrame([*rows, *((name, None) for name in self.alone)], columns=["name", "camp"])
        return frame.astype({"name": object, "camp": "Int64"})

    def relations_frame(self) -> pd.DataFrame:
        """The relations.

        Returns
        -------
        pandas.DataFrame
            ``a``, ``b`` (names), ``weight`` (float), ``against`` (bool), ``sentence``; those against the grain first.
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

    def __str__(self) -> str:
        parts = [[self._headline()], self._members()]
        if self.against:
            parts.append(["Against the grain:", *(f"  {line}" for line in self.said())])
        return "\n\n".join("\n".join(lines) for lines in (*parts, self._surety()) if lines)

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
    check_options(k, time_limit, solver)
    names, found = edges_of(edges)
    return split_of(names, found, k, Clock(time_limit), solver)


def check_options(k: Any, time_limit: float, solver: str) -> None:
    """Refuse options out of their range.

    Raises
    ------
    OptionError
        One is.
    """
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise OptionError(f"k is a whole number from 1, not {k}.")
    if not (math.isfinite(time_limit) and time_limit > 0):
        raise OptionError(f"time_limit is a number of seconds above 0, not {time_limit}.")
    if solver not in NAMES:
        raise UnknownWord(str(solver), NAMES, "a solver")


def split_of(names: Sequence[str], edges: tuple[Edge, ...], k: int, clock: Clock, solver: How) -> Frustration:
    """The split of relations that are without fault.

    Parameters
    ----------
    names
        Everybody, related or not.
    edges
        The relations, each once, in order.
    k, clock, solver
        As in `alignment.splits.splitting.best_split`.
    """
    related = sorted({name for edge in edges for name in (edge.a, edge.b)})
    graph, unit = _whole(related, edges)
    split = best_split(graph, k, clock, solver)
    done = split.cost == split.bound and split.unique is not None and split.first
    return Frustration(
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
