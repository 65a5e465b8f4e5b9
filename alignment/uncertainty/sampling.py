r"""A system whose uncertain influences are drawn anew: one draw, and what comes of it.

An influence with a standard error is drawn from the normal distribution around its effect. Any other keeps its sign
with probability (1 + c) / 2, c the confidence of its certainty, so that even weak evidence leans the way it says; its
size varies by a third:

.. math:: e' = s \cdot u \cdot e, \quad P(s = 1) = \frac{1 + c}{2}, \; P(s = -1) = \frac{1 - c}{2}, \quad
    u \sim U(2/3, 4/3)

An identity (origin ``arithmetic``) never turns round; its size varies only where it is a rating, not an effect.

Draw d takes its numbers from a generator of its own, made from the seed and d, and influences take theirs in an order
that depends only on what they say: d is the same on any machine, alone or among others, whatever the order of rows.
"""

from __future__ import annotations

import copy
import pickle
import threading
import time
import zlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, Literal, NamedTuple

import numpy as np
from scipy import special

from alignment.aligned_set.search import agree, best
from alignment.conflicts.collection import Conflicts, find_conflicts
from alignment.conflicts.search import searched_again
from alignment.effects.links import CONFIDENCE
from alignment.errors import DivergentEffects, NoAlignedSet
from alignment.index import Bools, Floats, Index, in_order
from alignment.models.answers.certainty import Ended
from alignment.models.answers.conflict import Kind
from alignment.models.fields import unchecked
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.models.system.links import Influence
from alignment.options.weighing import weighed
from alignment.solver import Clock
from alignment.verdict.check import verdict_of

LEAST: Final = 2 / 3
"""A size that varies by a third is at least this part of what was given, and as much above 1 at most."""

TINY: Final = 2.0**-54
"""Half the smallest step of a uniform number: the normal distribution has no end."""


class Task(NamedTuple):
    """A draw to be done: its number, and the influence (by place) that is turned round in it, if any."""

    draw: int
    turned: int | None = None


class Drawn(NamedTuple):
    """What came of a draw: how it ended, the set, and the ids of the conflicts that stand."""

    task: Task
    ended: Ended
    kept: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


class Stopped(Exception):
    """There was no time left to finish a draw."""


class Law:
    """What uncertain influences are drawn from.

    Attributes
    ----------
    rows
        All influences, in order.
    given
        Their effects. Unit: steps per step.
    uncertain
        Which of them are drawn.
    """

    def __init__(self, system: System, seed: int) -> None:
        self.seed = seed
        self.rows: list[Influence] = in_order(system.influences)
        self.given: Floats = np.array([row.steps for row in self.rows], dtype=float)
        self._error: Floats = np.array([_error(row) for row in self.rows], dtype=float)
        self._confidence: Floats = np.array([_confidence(row) for row in self.rows], dtype=float)
        self._varies: Bools = np.array([_varies(row) for row in self.rows], dtype=bool)
        by_certainty = np.isnan(self._error) & (self.given != 0) & (self._varies | (self._confidence < 1))
        self.uncertain: Bools = (self._error > 0) | by_certainty

    def effects(self, draw: int) -> Floats:
        """The effects of all influences in a draw. Unit: steps per step."""
        source = np.random.SeedSequence(self.seed, spawn_key=(draw,))
        sign, size, normal = np.random.Generator(np.random.PCG64(source)).random((len(self.rows), 3)).T
        way = np.where(sign < (1 + self._confidence) / 2, 1.0, -1.0)
        part = np.where(self._varies, LEAST + (2 - 2 * LEAST) * size, 1.0)
        error = np.nan_to_num(self._error)
        around: Floats = self.given + error * np.asarray(special.ndtri(np.maximum(normal, TINY)), dtype=np.float64)
        return np.where(np.isnan(self._error), self.given * way * part, around)

    def how(self, at: int) -> Literal["effect_se", "certainty", "size"]:
        """What an influence is drawn from."""
        if self._error[at] > 0:
            return "effect_se"
        return "certainty" if self._confidence[at] < 1 else "size"


def _error(row: Influence) -> float:
    return np.nan if row.effect_se is None else row.effect_se


def _confidence(row: Influence) -> float:
    return 1.0 if row.origin == "arithmetic" else CONFIDENCE[row.certainty]


def _varies(row: Influence) -> bool:
    return row.origin != "arithmetic" or row.effect is None


class Redrawing:
    """The draws of a system.

    Parameters
    ----------
    system
        The system.
    options
        What is asked of the set in each draw.
    seed
        What the draws depend on.
    """

    def __init__(self, system: System, options: Options, seed: int) -> None:
        self.system = weighed(system, options)
        self.options = options.model_copy(update={"weights": {}, "power": {}})
        self.law = Law(system, seed)

    def _find(self, system: System, kinds: Iterable[Kind] | None = None) -> Conflicts:
        asked = self.options
        return find_conflicts(system, kinds, asked.tolerance, asked.steps, asked.decay, asked.evidence)

    @cached_property
    def given(self) -> Conflicts:
        """The conflicts with the influences as given."""
        return self._find(self.system)

    def drawn(self, task: Task) -> System:
        """The system in a draw."""
        effects = self.law.effects(task.draw)
        if task.turned is not None:
            effects[task.turned] *= -1
        rows = tuple(
            unchecked(row, effect=effect) if uncertain else row
            for row, effect, uncertain in zip(self.law.rows, effects.tolist(), self.law.uncertain.tolist(), strict=True)
        )
        system = unchecked(self.system, influences=rows)
        # Only the influences differ: what does not look at them need not be worked out again.
        index = copy.copy(self._index)
        index.system = system
        system.keep(Index, index)
        return system

    @cached_property
    def _index(self) -> Index:
        index = self.system.derive(Index)
        for name, kind in vars(Index).items():
            if isinstance(kind, cached_property):
                getattr(index, name)
        return index

    def conflicts(self, system: System, kinds: Iterable[Kind] | None = None) -> Conflicts:
        """The conflicts of a drawn system.

        Parameters
        ----------
        system
            The system.
        kinds
            Which kinds to look for; blank is all.

        Raises
        ------
        DivergentEffects
            The full series was asked for, and does not exist.
        """
        asked = self.options
        searched_again(self.given.search, system, asked.steps, asked.decay, asked.evidence)
        return self._find(system, kinds)

    def do(self, task: Task, end: float | None = None) -> Drawn:
        """What comes of a draw.

        Parameters
        ----------
        task
            The draw.
        end
            When there is no time left, in `time.monotonic`.

        Raises
        ------
        Stopped
            There was no time left.
        KeyboardInterrupt
            Somebody pressed Ctrl-C, also where the solver heard it first.
        """
        system = self.drawn(task)
        try:
            found = self.conflicts(system)
        except DivergentEffects:
            return Drawn(task, "divergent")
        ids = () if task.turned is not None else tuple(each.id for each in found.findings)
        limit = self.options.time_limit
        left = limit if end is None else min(limit, max(0.0, end - time.monotonic()))
        clock = Clock(left)
        try:
            programme, answer = best(system, self.options, clock)
        except NoAlignedSet as error:
            if error.proven:
                return Drawn(task, "impossible", conflicts=ids)
            self._halt(clock, cut=left < limit)
            return Drawn(task, "no set", conflicts=ids)
        proven = answer.best_proven and answer.first_proven
        if not proven:
            self._halt(clock, cut=left < limit)
        kept = tuple(programme.index.measures[programme.candidates[column]].id for column in sorted(answer.kept))
        agree(answer, verdict_of(system, kept, self.options))
        return Drawn(task, "proven" if proven else "unproven", kept, ids)

    @staticmethod
    def _halt(clock: Clock, *, cut: bool) -> None:
        """Give a draw up that was not finished for reasons of its own."""
        if clock.interrupted:
            raise KeyboardInterrupt
        if cut:
            raise Stopped


class Parcel:
    """A redrawing that can be sent to other processes: each unpacks it once, and does chunks of draws.

    Parameters
    ----------
    redrawing
        The redrawing.
    """

    def __init__(self, redrawing: Redrawing) -> None:
        self._packed = zlib.compress(pickle.dumps((redrawing.system, redrawing.options, redrawing.law.seed)), 1)

    def __call__(self, chunk: Sequence[Task]) -> list[Drawn]:
        """What comes of some draws."""
        redrawing = _unpacked(self._packed)
        return [redrawing.do(task) for task in chunk]


_LOCK: Final = threading.Lock()
_UNPACKED: Final[dict[bytes, Redrawing]] = {}


def _unpacked(packed: bytes) -> Redrawing:
    """The redrawing in a parcel; the last one is kept."""
    with _LOCK:
        if packed not in _UNPACKED:
            _UNPACKED.clear()
            system, options, seed = pickle.loads(zlib.decompress(packed))  # noqa: S301 - our own
            _UNPACKED[packed] = Redrawing(system, options, seed)
        return _UNPACKED[packed]
