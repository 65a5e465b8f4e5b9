"""Congruity: how well what people are judged on matches what is good for people (Feltham and Xie 1994; Baker 2002)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.sparse import linalg

from alignment.index import Floats, Index, Ints, positions
from alignment.models.answers.alignment import AgencyCongruity, CongruityTable
from alignment.models.answers.answer import DataAnswer, Frames
from alignment.models.answers.frame import frame_of
from alignment.models.answers.layout import fold, grid
from alignment.models.options.effects import CongruityOptions
from alignment.models.options.fields import DECLARED, Counting
from alignment.models.system import System
from alignment.options.verb import verb

from .grouping import groups_of, targets_on, wishes_of
from .net_effects import NetEffects, effects_of


@dataclass(frozen=True, eq=False, repr=False)
class Congruity(DataAnswer):
    """How well what people are judged on matches what is good for people.

    Attributes
    ----------
    system
        The hash of the system.
    rows
        The cosine of each agency with targets, the least first.
    reach
        The share of what is good for people that judging on the set of measures can reach, 0 to 1 or blank.
    """

    system: str
    rows: tuple[AgencyCongruity, ...]
    reach: float | None

    @property
    def agencies(self) -> Mapping[str, float | None]:
        """The cosine of each agency with targets, -1 to 1 or blank, by id."""
        return {row.agency: row.congruity for row in sorted(self.rows, key=lambda row: row.agency)}

    @property
    def frames(self) -> Frames:
        """Tables by name: ``agencies``."""
        return {"agencies": self._agencies}

    def _agencies(self) -> pd.DataFrame:
        """A row for each agency with targets, the least congruent first.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``name``, ``congruity`` (float, -1 to 1, or blank where nothing it is judged on moves
            anything).
        """
        return frame_of(self.rows, ("agency", "name", "congruity")).astype({"congruity": float})

    def _title(self) -> str:
        reach = "blank" if self.reach is None else f"{self.reach:.2f}"
        return f"Congruity of the whole: {reach} ({REACH})"

    def _glimpse(self) -> pd.DataFrame:
        return self._agencies()[["name", "congruity"]]

    def document(self) -> CongruityTable:
        """The answer as plain data."""
        return CongruityTable(record=self.record, system=self.system, agencies=self.rows, reach=self.reach)

    def _lines(self, width: int) -> Iterator[str]:
        return self.lines(width)

    def lines(self, width: int) -> Iterator[str]:
        """The lines of its text."""
        yield from fold(self._title(), width)
        yield ""
        yield f"Congruity of each agency ({SCALE}):"
        yield from grid(self._agencies()[["agency", "congruity"]], width)


REACH: Final = "the share of what is good for people that judging on these measures can reach, 0 to 1"
SCALE: Final = "-1 against what is good for people, +1 with it"


@verb(CongruityOptions, "measures", "steps", "decay", "evidence")
def congruity(system: System, asked: CongruityOptions) -> Congruity:
    """How well what people are judged on matches what is good for people.

    With f = (I + N) d, what a step of effort on each measure is worth to people, and h(t) = g(t) (I + N) e(m), what
    it is worth to somebody judged by target t on measure m: for an agency the cosine between f and the weighted sum
    of h over its targets; for a set of measures the squared length of f's projection on the span of (I + N) e(m), over
    that of f.

    Parameters
    ----------
    system
        The system.

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
    return congruity_of(system, asked.measures, asked.steps, asked.decay, asked.evidence)


def congruity_of(
    system: System, measures: Iterable[str] | None, steps: int, decay: float, evidence: Counting = DECLARED
) -> Congruity:
    """Congruity without a record, for other parts of the library.

    Parameters
    ----------
    system
        The system.
    measures, steps, decay, evidence
        As in `congruity`.
    """
    index = system.derive(Index)
    effects = effects_of(system, steps, decay, evidence)
    use = targets_on(index, measures)
    chosen = sorted(index.by_measure if measures is None else {index.measure_at[word] for word in measures})
    worth = effects.with_itself @ index.good.astype(float)
    rows = [
        AgencyCongruity(agency=agency, name=index.agencies[index.agency_at[agency]].name, congruity=cosine)
        for agency, cosine in _cosines(index, effects, use, worth).items()
    ]
    rows.sort(key=lambda row: (row.congruity is None, row.congruity or 0.0, row.agency))
    return Congruity(system.hash, tuple(rows), _reach(effects, chosen, worth))


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
