r"""Caps and floors of resources: the least that has to be conceded, and what each of them adds to it.

Of the least :math:`\sum_t w_t c_t` with which all targets can be met it is bracketed, as it is and as it would be
without a cap or floor: a point within the rows shows that it is no more, multipliers that it is no less. A shadow price
is tried with a little more of the resource.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from scipy import sparse

from alignment.models.answers.ring_fence import Binding, Limit, RingFence
from alignment.models.system import System

from .arithmetic import Least, Programme, eased, least
from .feasibility import TOLERANCE, Allowed, Feasibility
from .rows import weight_of

NEAR: Final = 1e-4
"""What a sum of concessions may be off by; in parts of it and 1."""

SMALL: Final = 1e-3
"""How much more of a resource its price is tried with, as a share of the most that one column uses."""

COARSE: Final = 2e-2
"""What a price may be off by, in parts of it, as it is the difference of two sums."""


def objections(
    system: System, answer: RingFence, allowed: Allowed | None = None, changed: System | None = None
) -> tuple[str, ...]:
    """What is wrong with what is said of caps and floors, in words.

    Parameters
    ----------
    system
        The system.
    answer
        What is said.
    allowed
        What moves were allowed.
    changed
        The system with the caps and floors that were asked for; None where none were.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> objections(system, al.ring_fence(system))
    ()
    """
    found: list[str] = []
    if answer.conceded is not None:
        told = [(row, row.before) for row in answer.limits]
        found += _Conceding(system, allowed).objections(answer.conceded, told)
    if changed is not None and answer.conceded_after is not None:
        then = [(row, row.after) for row in answer.limits if row.after is not None]
        found += _Conceding(changed, allowed).objections(answer.conceded_after, then)
    return tuple(found)


class _Conceding:
    """The least that the targets of a system have to concede in all."""

    def __init__(self, system: System, allowed: Allowed | None) -> None:
        self._able = Feasibility(system, allowed)

    def objections(self, conceded: float, told: list[tuple[Limit, Binding]]) -> Iterator[str]:
        """What is not so."""
        now = self._least({})
        if not _near(now, conceded):
            yield f"the least that is conceded is {now.bound:g} to {now.value:g}, not {conceded:g}"
            return
        for limit, binding in told:
            if binding.binds is not None and binding.limit is not None:
                yield from self._limit(limit, binding, conceded)

    def _limit(self, limit: Limit, binding: Binding, conceded: float) -> Iterator[str]:
        name, top = limit.resource, limit.what == "cap"
        without = self._least({(name, top): np.inf})
        spares, price = binding.spares or 0.0, binding.price or 0.0
        if not _near(without, conceded - spares):
            yield f"without the {limit.what} of {name} {without.value:g} is conceded, not {conceded - spares:g}"
        if binding.binds != (spares > 0):
            yield f"the {limit.what} of {name} binds, or does not, against what it spares"
        more = self._least({(name, top): SMALL})
        spared = price * SMALL * self._able.sizes[name]
        near = TOLERANCE * 100 + COARSE * spared
        if not more.bound - near <= conceded - spared <= more.value + near:
            yield f"a little more of {name} spares {conceded - more.value:g}, not {spared:g}"

    def _least(self, further: dict[tuple[str, bool], float]) -> Least:
        """The least sum, with some caps and floors further out by so much."""
        programme = self._programme(further)
        low = least(eased(programme, 2 * TOLERANCE), 3 * TOLERANCE)
        high = least(programme, TOLERANCE)
        return Least(low.bound, high.value)

    def _programme(self, further: dict[tuple[str, bool], float]) -> Programme:
        able = self._able
        demands = sorted(able.demands)
        low, high = able.ends(())
        for (name, top), far in further.items():
            at = able.place["resource", name]
            (high if top else low)[at] += far if top else -far
        up, down = np.isfinite(high), np.isfinite(low)
        ends = [
            (able.place[able.demands[key].mark], sign, sign * end, place)
            for place, key in enumerate(demands)
            for end, sign in ((able.demands[key].low, -1.0), (able.demands[key].high, 1.0))
            if np.isfinite(end)
        ]
        signs = sparse.diags_array(np.array([sign for _, sign, _, _ in ends], dtype=float))
        asked = signs @ able.rows[np.array([at for at, *_ in ends], dtype=np.int64)]
        where = (np.arange(len(ends)), [place for *_, place in ends])
        given = sparse.csr_array((-np.ones(len(ends)), where), shape=(len(ends), len(demands)))
        hard = sparse.vstack([able.rows[up], -able.rows[down]])
        left = sparse.hstack([hard, sparse.csr_array((hard.shape[0], len(demands)))])
        wide = float(np.max(abs(able.rows) @ np.maximum(able.high, -able.low), initial=0.0))
        far = wide + max((abs(end) for _, _, end, _ in ends), default=0.0) + 1.0
        return Programme(
            costs=np.concatenate([np.zeros(len(able.columns)), [weight_of(able.targets[key]) for key in demands]]),
            rows=sparse.csr_array(sparse.vstack([left, sparse.hstack([asked, given])])),
            most=np.concatenate([high[up], -low[down], [end for _, _, end, _ in ends]]),
            lower=np.concatenate([able.low, np.zeros(len(demands))]),
            upper=np.concatenate([able.high, np.full(len(demands), far)]),
        )


def _near(found: Least, told: float) -> bool:
    slack = NEAR * (1 + abs(told))
    return found.bound - slack <= told <= found.value + slack
