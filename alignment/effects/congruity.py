"""Congruity: how well what people are judged on matches what is good for people (Feltham and Xie 1994; Baker 2002)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import linalg

from alignment.index import Floats, Index, Ints, positions
from alignment.models.system import System

from .grouping import groups_of, targets_on, wishes_of
from .net_effects import NetEffects, net_effects


@dataclass(frozen=True)
class Congruity:
    """How well what people are judged on matches what is good for people.

    Attributes
    ----------
    agencies
        The cosine of each agency with targets, -1 to 1 or blank, by id.
    reach
        The share of what is good for people that judging on the set of measures can reach, 0 to 1 or blank.
    """

    agencies: dict[str, float | None]
    reach: float | None

    def to_frame(self) -> pd.DataFrame:
        """The cosine of each agency.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``congruity`` (float, -1 to 1 or blank), the least first.
        """
        frame = pd.DataFrame(list(self.agencies.items()), columns=["agency", "congruity"])
        frame["congruity"] = frame["congruity"].astype(float)
        return frame.sort_values(["congruity", "agency"]).reset_index(drop=True)

    def __str__(self) -> str:
        reach = "blank" if self.reach is None else f"{self.reach:.2f}"
        return f"Reach of the set: {reach}\n\n{self.to_frame().to_string(index=False, na_rep='')}"


def congruity(system: System, measures: Iterable[str] | None = None, steps: int = 2, decay: float = 0.5) -> Congruity:
    """How well what people are judged on matches what is good for people.

    With f = (I + N) d, what a step of effort on each measure is worth to people, and h(t) = g(t) (I + N) e(m), what
    it is worth to somebody judged by target t on measure m: for an agency the cosine between f and the weighted sum
    of h over its targets; for a set of measures the squared length of f's projection on the span of (I + N) e(m), over
    that of f.

    Parameters
    ----------
    system
        The system.
    measures
        The set; blank is the measures with targets. An agency's targets on other measures do not count.
    steps
        K of the net effects, as in `net_effects`.
    decay
        delta of the net effects, as in `net_effects`.

    Raises
    ------
    UnknownWord
        A measure is not known.

    References
    ----------
    Feltham and Xie (1994), The Accounting Review 69. Baker (2002), Journal of Human Resources 37.

    Examples
    --------
    >>> import alignment as al
    >>> sorted(al.congruity(al.read(al.example("winter-pressure"))).agencies)
    ['commissioner', 'council', 'region', 'trust']
    """
    index = system.derive(Index)
    effects = net_effects(system, steps, decay)
    use = targets_on(index, measures)
    chosen = sorted(index.by_measure) if measures is None else sorted({index.measure_at[word] for word in measures})
    worth = effects.with_itself @ index.good.astype(float)
    return Congruity(_cosines(index, effects, use, worth), _reach(effects, chosen, worth))


def _cosines(index: Index, effects: NetEffects, use: Ints, worth: Floats) -> dict[str, float | None]:
    groups, code = groups_of(index, "agency")
    wishes = wishes_of(index, code, len(groups), use, 1) - wishes_of(index, code, len(groups), use, -1)
    judged = (effects.with_itself @ wishes.T).toarray()
    lengths = np.linalg.norm(judged, axis=0) * np.linalg.norm(worth)
    have = {groups[at] for at in positions(np.unique(code[index.targets.agency[use]])) if at >= 0}
    dots = worth @ judged
    return {
        name: (round(float(dots[at] / lengths[at]), 6) if lengths[at] else None)
        for at, name in enumerate(groups)
        if name in have
    }


def _reach(effects: NetEffects, chosen: list[int], worth: Floats) -> float | None:
    total = float(worth @ worth)
    if not total:
        return None
    if not chosen:
        return 0.0
    columns = effects.with_itself[:, chosen]
    weights = linalg.lsmr(columns, worth, atol=1e-13, btol=1e-13, maxiter=20 * len(worth) + 200)[0]
    projected = columns @ weights
    return round(min(1.0, float(projected @ projected) / total), 6)
