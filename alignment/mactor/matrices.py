r"""MACTOR, Godet's matrices of actors' strategies: balance of power, alliances and conflicts.

From MDI, how far actor i can touch actor j (0 to 4), and 2MAO, how far i is for or against objective k (-4 to 4):

.. math::
    MIDI_{ij} = MDI_{ij} + \sum_{k \ne i} \min(MDI_{ik}, MDI_{kj})

.. math::
    r_i = \frac{I_i - MIDI_{ii}}{\sum I} \cdot \frac{I_i}{I_i + D_i}, \quad
    R^*_i = \frac{n r_i}{\sum r}, \quad
    3MAO_{ik} = 2MAO_{ik} R^*_i

with I the row sums and D the column sums of MIDI. Two actors converge on the objectives they both want, or both do not
want, and diverge on the others; xCAA and xDAA add up the mean of their two stakes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Final, Literal, cast

import numpy as np
import pandas as pd

from alignment.errors import UnknownWord
from alignment.index import Floats, Index
from alignment.models.answers.answer import DataAnswer, Frames
from alignment.models.answers.frame import frame_of
from alignment.models.answers.layout import fold, grid
from alignment.models.answers.mactor import (
    MactorActor,
    MactorEvidence,
    MactorImplication,
    MactorMatrices,
    MactorPair,
    MactorPosition,
)
from alignment.models.options.mactor import Diagonal, MactorOptions
from alignment.models.system import System, count
from alignment.options.asked import asked_of
from alignment.options.verb import hash_of, record_of, verb

from .claims import Claim, checked, holds, strongest, wishes

Order = Literal[1, 2, 3]
"""1 is signs, 2 is stakes, 3 is stakes times power."""

ORDERS: Final[tuple[Order, ...]] = (1, 2, 3)


@dataclass(frozen=True, eq=False, repr=False)
class Mactor(DataAnswer):
    """MACTOR's matrices.

    Attributes
    ----------
    actors, objectives
        Their names, in the order of rows and columns.
    mdi
        How far each actor can touch each other, actors x actors, 0 to 4.
    mao
        How far each actor is for or against each objective, actors x objectives, -4 to 4.
    diagonal
        Whether influence and dependence count MIDI(i, i), what comes back to the actor itself.
    claims
        The rows of the system behind the two tables; none where tables were given.
    system
        The hash of the system; blank where tables were given.
    names
        What people call actors, where that is not their name here.
    objective_names
        The same of objectives.
    """

    actors: tuple[str, ...]
    objectives: tuple[str, ...]
    mdi: Floats
    mao: Floats
    diagonal: Diagonal = "in"
    claims: tuple[Claim, ...] = ()
    system: str | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    objective_names: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def direct(self) -> pd.DataFrame:
        """MDI, direct influence: actors (whose) x actors (on whom), 0 to 4."""
        return self._actors_by_actors(self.mdi)

    @property
    def indirect(self) -> pd.DataFrame:
        """MIDI, direct and indirect influence: actors x actors, its diagonal what comes back to the actor itself."""
        return self._actors_by_actors(self._midi)

    @property
    def influence(self) -> pd.Series[float]:
        """I, by actor: the sum of its row of MIDI, with or without the diagonal."""
        return self._by_actor(self._power.influence, "influence")

    @property
    def dependence(self) -> pd.Series[float]:
        """D, by actor: the sum of its column of MIDI, with or without the diagonal."""
        return self._by_actor(self._power.dependence, "dependence")

    @property
    def strength(self) -> pd.Series[float]:
        """r, by actor, 0 to 1: its share of all influence, times how little it depends; 0 without influence."""
        return self._by_actor(self._power.strength, "strength")

    @property
    def relative_strength(self) -> pd.Series[float]:
        """R*, by actor: r over the mean of all, so 1 is average; 0 for all where nobody has any influence."""
        return self._by_actor(self._power.relative, "relative_strength")

    @property
    def net(self) -> pd.DataFrame:
        """NS, the net scale: MIDI(i, j) - MIDI(j, i), actors x actors; above 0 the row has the upper hand."""
        return self._actors_by_actors(self._midi - self._midi.T)

    def positions(self, order: Order) -> pd.DataFrame:
        """1MAO, 2MAO or 3MAO: actors x objectives, above 0 for and below 0 against.

        Parameters
        ----------
        order
            1 is the sign; 2 the stake, -4 to 4; 3 the stake times R*.

        Raises
        ------
        UnknownWord
            The order is none.
        """
        return _frame(self._stake(order), self.actors, self.objectives)

    def convergence(self, order: Order) -> pd.DataFrame:
        """1CAA, 2CAA or 3CAA: actors x actors, how much two of them want alike; 0 on the diagonal.

        The sum, over objectives on which both have the same sign, of the mean of their two stakes; of order 1 it is
        the number of these objectives.

        Parameters
        ----------
        order
            As in `positions`.

        Raises
        ------
        UnknownWord
            The order is none.
        """
        return self._actors_by_actors(self._meetings(order)[0])

    def divergence(self, order: Order) -> pd.DataFrame:
        """1DAA, 2DAA or 3DAA: actors x actors, how much two of them want opposite things; 0 on the diagonal.

        Parameters
        ----------
        order
            As in `positions`.

        Raises
        ------
        UnknownWord
            The order is none.
        """
        return self._actors_by_actors(self._meetings(order)[1])

    @property
    def ambivalence(self) -> pd.DataFrame:
        """How far each actor (row) is friend and foe to the same others, by order (1, 2, 3).

        1 - sum of |xCAA - xDAA| over sum of (xCAA + xDAA), over all others. 0: each other is either an ally or an
        opponent; 1: everybody is as much the one as the other; blank where it meets nobody on any objective.
        """
        return _frame(np.stack([self._doubt(order) for order in ORDERS], axis=1), self.actors, ORDERS)

    @property
    def mobilisation(self) -> pd.Series[float]:
        """By actor, the sum of |3MAO|: how much power it brings to bear on all objectives."""
        return self._by_actor(np.abs(self._stake(3)).sum(axis=1), "mobilisation")

    def implication(self, order: Order, of: Literal["actor", "objective"] = "objective") -> pd.DataFrame:
        """How much each objective, or actor, is involved.

        Parameters
        ----------
        order
            As in `positions`. 1 counts, 2 adds up stakes, 3 is mobilisation.
        of
            "objective" adds up the actors, "actor" the objectives.

        Returns
        -------
        pandas.DataFrame
            By objective or actor: ``agreement`` (float, the sum of what is above 0), ``disagreement`` (float, the sum
            of what is below 0, without its sign), ``total`` (float, both).

        Raises
        ------
        UnknownWord
            The order or ``of`` is none.
        """
        if of not in ("actor", "objective"):
            raise UnknownWord(str(of), ("actor", "objective"), "something to add up for")
        stakes, axis = self._stake(order), int(of == "actor")
        sides = [np.maximum(stakes, 0).sum(axis=axis), np.maximum(-stakes, 0).sum(axis=axis)]
        names = self.actors if of == "actor" else self.objectives
        return _frame(np.stack([*sides, sides[0] + sides[1]], axis=1), names, ("agreement", "disagreement", "total"))

    def matrix(self, name: str) -> pd.DataFrame:
        """A matrix by the name that the literature gives it.

        Parameters
        ----------
        name
            MDI, MIDI, NS, or 1, 2, 3 before MAO, CAA, DAA.

        Raises
        ------
        UnknownWord
            There is no such matrix.
        """
        if name not in MATRICES:
            raise UnknownWord(name, MATRICES, "a matrix of MACTOR")
        return MATRICES[name](self)

    @property
    def evidence(self) -> pd.DataFrame:
        """The rows of the system behind MDI and 2MAO, a row each.

        A cell of MDI is its highest score; one of 2MAO its highest above 0 less its lowest below 0.

        Returns
        -------
        pandas.DataFrame
            ``matrix`` ("MDI" or "2MAO"), ``actor`` (id, the row of the cell), ``actor_name``, ``on`` (id, its column),
            ``on_name``, ``score`` (int, what the row says, 1 to 4 or -4 to 4), ``table`` (of the input), ``row`` (key
            of the row there), ``says`` (in words), ``source`` (where that was published, or blank).
        """
        return frame_of([_cells(self, claim) for claim in self.claims], tuple(MactorEvidence.model_fields))

    @property
    def frames(self) -> Frames:
        """Tables: ``figures``, ``evidence``, ``pairs``, ``stakes``, ``objectives``, and every matrix by its name."""
        tables: Frames = {
            "figures": self.figures,
            "evidence": self._evidence,
            "pairs": self.pairs,
            "stakes": self.stakes,
            "objectives": self.implications,
        }
        return {**tables, **{name: partial(self._matrix, name) for name in MATRICES}}

    def _evidence(self) -> pd.DataFrame:
        return self.evidence

    _evidence.__doc__ = evidence.__doc__

    def _matrix(self, name: str) -> pd.DataFrame:
        """A matrix as a table: ``actor`` (id), then a column for each agency or measure, by id; names are in others."""
        return self.matrix(name).rename_axis("actor").reset_index()

    def figures(self) -> pd.DataFrame:
        """A row for each actor, the strongest first.

        Returns
        -------
        pandas.DataFrame
            ``actor`` (id), ``name``, ``influence`` (I), ``dependence`` (D), ``net`` (the sum of its row of the net
            scale), ``strength`` (r), ``relative_strength`` (R*), ``mobilisation``, ``ambivalence_1``,
            ``ambivalence_2``, ``ambivalence_3`` (0 to 1 or blank, by order), all float.
        """
        doubt = self.ambivalence.add_prefix("ambivalence_")
        parts = [self.influence, self.dependence, self.net.sum(axis=1).rename("net"), self.strength]
        frame = pd.concat([*parts, self.relative_strength, self.mobilisation, doubt], axis=1)
        frame = frame.rename_axis("actor").reset_index()
        frame.insert(1, "name", [self.names.get(actor, actor) for actor in self.actors])
        return frame.sort_values(["relative_strength", "actor"], ascending=[False, True]).reset_index(drop=True)

    def pairs(self) -> pd.DataFrame:
        """A row for every two actors that have anything to do with each other, each with itself included.

        Returns
        -------
        pandas.DataFrame
            ``a`` (id), ``a_name``, ``b`` (id), ``b_name``, ``direct`` (MDI), ``indirect`` (MIDI), ``net`` (NS),
            ``convergence_1``, ``convergence_2``, ``convergence_3`` (xCAA), ``divergence_1``, ``divergence_2``,
            ``divergence_3`` (xDAA), all float, in the order of `actors`.
        """
        alike, apart = zip(*map(self._meetings, ORDERS), strict=True)
        figures = {"direct": self.mdi, "indirect": self._midi, "net": self._midi - self._midi.T}
        figures |= {f"convergence_{order}": alike[order - 1] for order in ORDERS}
        figures |= {f"divergence_{order}": apart[order - 1] for order in ORDERS}
        return _listed(figures, ("a", self.actors, self.names), ("b", self.actors, self.names))

    def stakes(self) -> pd.DataFrame:
        """A row for every actor and every objective that it is for or against.

        Returns
        -------
        pandas.DataFrame
            ``actor`` (id), ``actor_name``, ``objective`` (id), ``objective_name``, ``valued`` (2MAO, -4 to 4),
            ``weighted`` (3MAO), both float, in the order of `actors`.
        """
        figures = {"valued": self.mao, "weighted": self._stake(3)}
        down = "actor", self.actors, self.names
        return _listed(figures, down, ("objective", self.objectives, self.objective_names))

    def implications(self) -> pd.DataFrame:
        """A row for each objective and order: how much it moves the actors.

        Returns
        -------
        pandas.DataFrame
            ``objective`` (id), ``name``, ``order`` (int, 1 to 3), ``agreement``, ``disagreement``, ``total`` (float, as
            in `implication`).
        """
        parts = [self.implication(order).rename_axis("objective").reset_index() for order in ORDERS]
        for order, part in zip(ORDERS, parts, strict=True):
            part.insert(1, "name", [self.objective_names.get(each, each) for each in self.objectives])
            part.insert(2, "order", order)
        return pd.concat(parts).sort_values(["objective", "order"]).reset_index(drop=True)

    def document(self) -> MactorMatrices:
        """The matrices as plain data, cell by cell."""
        return MactorMatrices(
            record=self.record,
            system=self.system,
            diagonal=self.diagonal,
            actors=tuple(MactorActor(**row) for row in _records(self.figures())),
            pairs=tuple(MactorPair(**row) for row in _records(self.pairs())),
            positions=tuple(MactorPosition(**row) for row in _records(self.stakes())),
            objectives=tuple(MactorImplication(**row) for row in _records(self.implications())),
            evidence=tuple(MactorEvidence(**row) for row in _records(self.evidence)),
        )

    def to_text(self, width: int = 80, table: str = "figures") -> str:
        """The matrices in a line, and one table; a matrix too wide for the page as a list of its cells.

        Parameters
        ----------
        width
            Of a line, in characters.
        table
            Which of `frames`.
        """
        head = fold(self._title(), width)
        return "\n".join([*head, "", *grid(self._shown(table, width), width)] if self.actors else head)

    def _shown(self, table: str, width: int) -> pd.DataFrame:
        frame = self.to_frame(table)
        names = [str(name) for name in frame.columns]
        if table in MATRICES and sum(max(len(name), 6) + 2 for name in names) > width:
            cells = frame.melt("actor", var_name="on", value_name=table)
            return cells[cells[table] != 0].sort_values(["actor", "on"]).reset_index(drop=True)
        if table == "figures":  # names of eleven figures are wider than a page
            return frame.drop(columns="name").rename(columns=HEADS)
        if table == "evidence":
            return frame[["matrix", "actor", "on", "score", "says"]]
        return frame if table in MATRICES else frame[_bare(frame)]

    def _glimpse(self) -> pd.DataFrame:
        return self.figures()[["name", "influence", "dependence", "net", "relative_strength", "mobilisation"]]

    def _title(self) -> str:
        size = f"{count(len(self.actors), 'actor', 'actors')}, {count(len(self.objectives), 'objective', 'objectives')}"
        return f"MACTOR: {size} (influence and dependence with{'' if self.diagonal == 'in' else 'out'} the diagonal)"

    def _lines(self, width: int) -> Iterable[str]:
        return self.to_text(width).split("\n")

    def __repr__(self) -> str:
        return f"<Mactor of {len(self.actors)} actors and {len(self.objectives)} objectives>"

    @cached_property
    def _midi(self) -> Floats:
        return with_indirect(self.mdi)

    @cached_property
    def _power(self) -> _Power:
        return _power(self._midi, self.diagonal)

    def _stake(self, order: Order) -> Floats:
        if order not in ORDERS:
            raise UnknownWord(str(order), map(str, ORDERS), "an order of MACTOR's matrices")
        if order == 1:
            return np.sign(self.mao)
        return self.mao if order == 2 else self.mao * self._power.relative[:, None]

    def _meetings(self, order: Order) -> tuple[Floats, Floats]:
        return meetings(self._stake(order))

    def _doubt(self, order: Order) -> Floats:
        alike, apart = self._meetings(order)
        return 1 - _over(np.abs(alike - apart).sum(axis=1), (alike + apart).sum(axis=1), np.nan)

    def _actors_by_actors(self, values: Floats) -> pd.DataFrame:
        return _frame(values, self.actors, self.actors)

    def _by_actor(self, values: Floats, name: str) -> pd.Series[float]:
        return pd.Series(np.round(values, 9), index=list(self.actors), name=name, dtype=float)


MATRICES: Final[Mapping[str, Callable[[Mactor], pd.DataFrame]]] = {
    "MDI": lambda found: found.direct,
    "MIDI": lambda found: found.indirect,
    "NS": lambda found: found.net,
    "1MAO": lambda found: found.positions(1),
    "2MAO": lambda found: found.positions(2),
    "3MAO": lambda found: found.positions(3),
    "1CAA": lambda found: found.convergence(1),
    "2CAA": lambda found: found.convergence(2),
    "3CAA": lambda found: found.convergence(3),
    "1DAA": lambda found: found.divergence(1),
    "2DAA": lambda found: found.divergence(2),
    "3DAA": lambda found: found.divergence(3),
}
"""Every matrix, by the name that the literature gives it."""


HEADS: Final = {
    "influence": "I",
    "dependence": "D",
    "strength": "r",
    "relative_strength": "R*",
    "mobilisation": "mobilised",
    **{f"ambivalence_{order}": f"E{order}" for order in ORDERS},
}
"""The figures by the letters that the literature gives them; E is ambivalence."""


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, blanks as nothing."""
    rows = cast("list[dict[str, Any]]", frame.to_dict("records"))
    return [{name: None if cell != cell else cell for name, cell in row.items()} for row in rows]  # noqa: PLR0124 - nan


@dataclass(frozen=True, eq=False)
class _Power:
    influence: Floats
    dependence: Floats
    strength: Floats
    relative: Floats


def _frame(values: Floats, rows: Iterable[Any], columns: Iterable[Any]) -> pd.DataFrame:
    return pd.DataFrame(np.round(values, 9), index=list(rows), columns=list(columns), dtype=float)


Names = tuple[str, tuple[str, ...], Mapping[str, str]]
"""The column of some ids, the ids, and what people call them."""


def _listed(figures: Mapping[str, Floats], down: Names, across: Names) -> pd.DataFrame:
    """Tables of one shape cell by cell; cells that are 0 in all of them are left out."""
    ones, twos = np.nonzero(np.any([values != 0 for values in figures.values()], axis=0))
    names: dict[str, Any] = {}
    for (name, words, called), places in ((down, ones), (across, twos)):
        names[name] = [words[at] for at in places.tolist()]
        names[f"{name}_name"] = [called.get(word, word) for word in names[name]]
    return pd.DataFrame(names | {name: np.round(values[ones, twos], 9) for name, values in figures.items()})


def _cells(found: Mactor, claim: Claim) -> dict[str, Any]:
    """A row of the input behind a cell."""
    called = found.names if claim.matrix == "MDI" else found.objective_names
    return {
        **claim._asdict(),
        **claim.row.model_dump(),
        "actor_name": found.names.get(claim.actor, claim.actor),
        "on_name": called.get(claim.on, claim.on),
    }


def _bare(frame: pd.DataFrame) -> list[str]:
    """The columns that a page has room for: ids speak for themselves there."""
    return [name for name in map(str, frame.columns) if name != "name" and not name.endswith("_name")]


def _over(above: Floats, below: Floats, otherwise: float) -> Floats:
    """A quotient, and what it is where there is nothing to divide by."""
    return np.divide(above, below, out=np.full(np.shape(above), otherwise, dtype=float), where=below != 0)


def with_indirect(mdi: Floats) -> Floats:
    """MIDI: direct influence, and through every third actor as much as the weaker of its two links carries.

    >>> with_indirect(np.array([[0.0, 3.0, 0.0], [0.0, 0.0, 2.0], [1.0, 0.0, 0.0]])).tolist()
    [[0.0, 3.0, 2.0], [1.0, 0.0, 2.0], [1.0, 1.0, 0.0]]
    """
    total = mdi.copy()
    for k in range(len(mdi)):
        through = np.minimum(mdi[:, [k]], mdi[[k], :])
        through[k] = 0
        total += through
    return total


def _power(midi: Floats, diagonal: Diagonal) -> _Power:
    """I, D, r and R*; what comes back to an actor is in no reading part of its share of influence."""
    back = np.diag(midi)
    own = back if diagonal == "out" else np.zeros(len(midi))
    influence, dependence = midi.sum(axis=1) - own, midi.sum(axis=0) - own
    others = midi.sum(axis=1) - back
    share = _over(others, np.full(len(midi), influence.sum()), 0)
    strength = share * _over(influence, influence + dependence, 0)
    relative = _over(len(midi) * strength, np.full(len(midi), strength.sum()), 0)
    return _Power(influence, dependence, strength, relative)


def meetings(stakes: Floats) -> tuple[Floats, Floats]:
    """How much every two actors want alike, and how much they want opposite things.

    >>> [table.tolist() for table in meetings(np.array([[2.0, -1.0], [1.0, 3.0]]))]
    [[[0.0, 1.5], [1.5, 0.0]], [[0.0, 2.0], [2.0, 0.0]]]
    """
    up, down = np.maximum(stakes, 0), np.maximum(-stakes, 0)
    alike, apart = _mean_stakes(up, up) + _mean_stakes(down, down), _mean_stakes(up, down) + _mean_stakes(down, up)
    np.fill_diagonal(alike, 0)
    np.fill_diagonal(apart, 0)
    return alike, apart


def _mean_stakes(ones: Floats, twos: Floats) -> Floats:
    """For every pair of rows, the sum of their means over columns where both are above 0."""
    return (ones @ (twos > 0).T + (ones > 0) @ twos.T) / 2


@verb(MactorOptions, "diagonal")
def mactor_matrices(system: System, asked: MactorOptions) -> Mactor:
    """MACTOR's matrices of a system: the balance of power, alliances and conflicts.

    Actors are the agencies that count, objectives the targeted measures, moved up. Godet asks experts for the two
    tables; here rows of the system fill them, which is a reading of ours. MDI(A, B) is the highest of: B answers to A
    (statutory and electoral 4, regulatory and financial 3, contractual or blank 2, partnership 1); A pays B (2); A
    controls half or more of a measure that B must deliver a target on (2), or less of it, or B only wants it (1); A
    sets a target that B must deliver (1). 2MAO(A, k) is the heaviest wish of A's own targets for more of k less the
    heaviest for less, a weight w being worth 4w, rounded up. ``.evidence`` has the rows behind each cell.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Mactor
        Every matrix as a DataFrame, ``.to_frame()`` with the figures of each actor, ``.evidence``.

    Raises
    ------
    UnknownWord
        ``diagonal`` is neither.

    References
    ----------
    Godet (1991), Actors' moves and strategies: the MACTOR method, Futures, July/August 1991, 605-622.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.mactor_matrices(al.read(al.example("winter-pressure")))
    >>> found.relative_strength.idxmax()
    'region'
    """
    index = system.derive(Index)
    actors = tuple(index.agencies[at].id for at in sorted(index.counting))
    objectives = tuple(index.measures[at].id for at in sorted(index.by_measure))
    power, wanted = holds(index), wishes(index)
    return Mactor(
        actors=actors,
        objectives=objectives,
        mdi=strongest(power, actors, actors),
        mao=strongest(wanted, actors, objectives),
        diagonal=asked.diagonal,
        claims=(*power, *wanted),
        system=system.hash,
        names={row.id: row.name for row in system.agencies},
        objective_names={row.id: row.name for row in system.measures},
    )


def mactor_from(direct: pd.DataFrame, positions: pd.DataFrame, diagonal: Diagonal = "in") -> Mactor:
    """MACTOR's matrices of two tables, as experts fill them.

    Parameters
    ----------
    direct
        MDI: a row and a column for each actor, by name; how far the row can touch the column, 0 (not at all) to 4
        (its existence). A blank on the diagonal is 0.
    positions
        2MAO: a row for each of the same actors, a column for each objective; -4 (against) to 4 (for).
    diagonal
        "in": influence and dependence are full sums of MIDI; "out": without MIDI(i, i).

    Returns
    -------
    Mactor
        The matrices, actors in the order of the rows of ``direct``.

    Raises
    ------
    InputError
        Everything that is wrong with the two tables.
    UnknownWord
        ``diagonal`` is neither.

    References
    ----------
    Godet (1991), Actors' moves and strategies: the MACTOR method, Futures, July/August 1991, 605-622.

    Examples
    --------
    >>> import alignment as al
    >>> import pandas as pd
    >>> direct = pd.DataFrame([[0, 3], [1, 0]], index=["council", "trust"], columns=["council", "trust"])
    >>> positions = pd.DataFrame({"fewer beds": [2, -1]}, index=["council", "trust"])
    >>> float(al.mactor_from(direct, positions).divergence(2).loc["council", "trust"])
    1.5
    """
    asked = asked_of(MactorOptions, {"diagonal": diagonal})
    actors, objectives, mdi, mao = checked(direct, positions)
    found = Mactor(actors=actors, objectives=objectives, mdi=mdi, mao=mao, diagonal=asked.diagonal)
    return found.recorded(record_of("mactor_from", hash_of(actors, objectives, mdi.tolist(), mao.tolist()), asked))
