r"""Effort needed: the least E with which every agency meets its part is bracketed again, and who spends what.

.. math:: \min E \quad \text{with} \quad \sum_m (e^+_{am} + e^-_{am}) \le E \cdot p_a

A point within the rows shows that it is no more, multipliers that it is no less; the rows may be missed by as much as
targets may.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
from scipy import sparse

from alignment.models.answers.effort import EffortNeeded
from alignment.models.system import System

from .arithmetic import Least, Programme, eased, least
from .claims import Claim, Sets
from .feasibility import TOLERANCE, Allowed, Feasibility
from .joint import of_assessed, of_sets
from .repair import MICRO, of_bound, of_given_up, of_rest, weight_given

NEAR: Final = 2e-6
"""Efforts are told to a millionth; in parts of an effort and 1."""


def objections(
    system: System,
    answer: EffortNeeded,
    allowed: Allowed | None = None,
    claims: Iterable[Claim] = (),
    *,
    each: bool = True,
) -> tuple[str, ...]:
    """What is wrong with an effort that is said to be needed, in words.

    Parameters
    ----------
    system
        The system.
    answer
        The effort needed.
    allowed
        What moves were allowed; what agencies can spend is set aside.
    claims
        What the search can show for conflicting sets; those it shows nothing for are worked out.
    each
        Whether to look at what each target takes alone and adds, a programme or two for each.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> objections(system, al.effort_needed(system))
    ()
    """
    given = allowed or Allowed()
    able = Feasibility(system, replace(given, effort=None, limits=False))
    found = [*of_assessed(able, answer.assessed, answer.not_assessed)]
    if found or answer.effort is None:
        return tuple(found)
    found += of_given_up(able, (*answer.alone, *answer.given_up))
    gone = [row.target for row in (*answer.alone, *answer.given_up)]
    sets = Sets(able, claims)
    found += [said for row in answer.alone if (said := sets.objection((row.target,))) is not None]
    found += [*of_sets(sets, answer.conflicts), *of_rest(able, gone)]
    if not found:
        told = [*((row.target,) for row in answer.alone), *(one.targets for one in answer.conflicts)]
        found += of_bound(sets, told, weight_given(able, gone) / MICRO)
    power = {row.id: (1.0 if row.power is None else row.power) if answer.by_power else 1.0 for row in system.agencies}
    need = Need(able, power)
    rest = [key for key in able.demands if key not in gone]
    found += need.apart(answer.effort, rest, "all that can be met")
    found += [*_spending(able, answer, power), *_curve(able, answer, rest)]
    if each and not found:
        found += _targets(need, answer, rest)
    return tuple(found)


def _spending(able: Feasibility, answer: EffortNeeded, power: Mapping[str, float]) -> Iterator[str]:
    """What is wrong with who spends what."""
    has = {row.id: row.effort for row in able.system.agencies}
    if sorted(row.agency for row in answer.agencies) != sorted(name for what, name in able.place if what == "effort"):
        yield "others can move something than is said"
        return
    for row in answer.agencies:
        most = (answer.effort or 0.0) * power[row.agency]
        if row.has != has[row.agency] or row.spends > most + NEAR * (1 + most):
            yield f"{row.agency} spends {row.spends:g}, of {most:g} that each may"


def _curve(able: Feasibility, answer: EffortNeeded, rest: Collection[str]) -> Iterator[str]:
    """What is wrong with how much is met with less effort: more never meets less, all of it what can be met."""
    for before, after in pairwise(answer.curve):
        if after.effort < before.effort or (after.proven and after.weight < before.weight):
            yield f"more effort meets less: weight {after.weight:g} after {before.weight:g}"
    whole = weight_given(able, rest) / MICRO
    if answer.curve and answer.curve[-1].proven and abs(answer.curve[-1].weight - whole) > 1 / MICRO:
        yield f"with all the effort weight {answer.curve[-1].weight:g} is met, not {whole:g}"


def _targets(need: Need, answer: EffortNeeded, rest: Collection[str]) -> Iterator[str]:
    """What is wrong with what targets take alone, and add."""
    able, effort = need.able, answer.effort or 0.0
    if sorted(row.target for row in answer.targets) != sorted(able.demands):
        yield "what targets take is not told of each"
        return
    for row in answer.targets:
        if row.level_of != able.level_of(able.targets[row.target]):
            yield f"{row.target} is told from another place's level than is said"
        if row.alone is not None:
            yield from need.apart(row.alone, [row.target], row.target)
        elif able.miss([row.target]).value <= TOLERANCE / 2:
            yield f"{row.target} can be met alone"
        if row.adds is not None:
            yield from need.apart(
                effort - row.adds, [key for key in rest if key != row.target], f"without {row.target}"
            )


class Need:
    """The least effort for any targets.

    Parameters
    ----------
    able
        What can be done, whatever agencies can spend.
    power
        What each agency may spend for each unit of effort.
    """

    def __init__(self, able: Feasibility, power: Mapping[str, float]) -> None:
        self.able, self._power = able, power

    def apart(self, told: float, targets: Collection[str], what: str) -> Iterator[str]:
        """What is wrong with the least effort that is told for some targets."""
        programme, near = self._programme(targets), NEAR * (1 + abs(told))
        low = least(eased(programme, 2 * TOLERANCE), 3 * TOLERANCE).bound
        high = self._high(programme)
        if not low - near <= told <= high.value + near:
            yield f"{what} takes an effort of {low:g} at least and {high.value:g} at most, not {told:g}"

    def _high(self, programme: Programme) -> Least:
        """A least effort that is certain to be enough: exactly, or where the rows have to be missed, by a little."""
        found = least(programme, TOLERANCE / 10)
        return found if np.isfinite(found.value) else least(eased(programme, TOLERANCE), TOLERANCE / 10)

    def _programme(self, targets: Collection[str]) -> Programme:
        able = self.able
        plain = able.programme(targets)
        spent = [at for at, line in enumerate(able.lines) if line.mark[0] == "effort"]
        share = np.array([-self._power[able.lines[at].mark[1]] for at in spent], dtype=float)
        held = sparse.hstack([plain.rows, sparse.csr_array((len(plain.most), 1))])
        capped = sparse.hstack([able.rows[spent], sparse.csr_array(share[:, None])])
        size = len(able.columns)
        most = max((float(able.high.sum()) / power for power in self._power.values()), default=0.0)
        return Programme(
            costs=np.append(np.zeros(size), 1.0),
            rows=sparse.csr_array(sparse.vstack([held, capped])),
            most=np.concatenate([plain.most, np.zeros(len(spent))]),
            lower=np.append(plain.lower, 0.0),
            upper=np.append(plain.upper, most),
        )
