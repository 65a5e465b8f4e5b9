"""How far the layers of government work to the same measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from alignment.models.fields import Noun
from alignment.models.numbers import count

from .answer import Frames
from .frame import frame_of
from .layout import SHOWN, grid, wrapped
from .lens import Lens

if TYPE_CHECKING:
    import pandas as pd


class TierPair(Noun):
    """Two tiers, and how far they work to the same measures."""

    a: str
    """The tier nearer to where accountability ends, by id."""
    a_name: str
    """What people call it."""
    b: str
    """The other, by id."""
    b_name: str
    """What people call it."""
    measures_a: int
    """Measures that the first works to. Unit: measures."""
    measures_b: int
    """Measures that the second works to. Unit: measures."""
    shared: tuple[str, ...]
    """Those that both work to, by id."""
    shared_names: tuple[str, ...]
    """What people call them."""
    jaccard: float | None
    """The share of all measures of either that both work to. No unit, 0 to 1; blank where neither works to any."""
    own: tuple[str, ...]
    """Those on which an agency of each has a target itself that is not merely inferred, by id."""
    own_names: tuple[str, ...]
    """What people call them."""
    delivered: tuple[str, ...]
    """Those of the others that an agency of the one delivers for one of the other, not merely inferred, by id."""
    delivered_names: tuple[str, ...]
    """What people call them."""
    conflicts: int
    """Findings that stand between the two. Unit: findings."""
    alignment: float | None
    """How far their targets help (+1) or hinder (-1) each other, both ways together; blank where none meet."""
    alignment_set: float | None
    """The same of the targets that were set, without wishes that were only inferred."""
    targets: tuple[str, ...]
    """The targets on the shared measures, by key."""


class Mastered(Noun):
    """An agency that has to deliver what others want."""

    agency: str
    """The agency, by id."""
    name: str
    """What people call it."""
    tier: str | None
    """Its tier, by id; blank where it has none."""
    tier_name: str | None
    """What people call it."""
    masters: tuple[str, ...]
    """The other agencies with a target for it to deliver that is not merely inferred, by id; most targets first."""
    master_names: tuple[str, ...]
    """What people call them."""
    answers_to: tuple[str, ...]
    """Those of them that it answers to, itself or through others, by id."""
    answers_to_names: tuple[str, ...]
    """What people call them."""
    asking: tuple[str, ...]
    """Those that the tables do not say it answers to, by id: they ask."""
    asking_names: tuple[str, ...]
    """What people call them."""
    targets: tuple[str, ...]
    """These targets, by key."""


class Layers(Lens):
    """Whether the layers of government work to the same measures, and who serves how many masters."""

    pairs: tuple[TierPair, ...]
    """Every two tiers with agencies that count, from the top."""
    agencies: tuple[Mastered, ...]
    """The agencies that others set targets for, those that answer to most of them first."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``tiers``, ``masters``."""
        return {"tiers": self._tiers, "masters": self._masters}

    def _tiers(self) -> pd.DataFrame:
        """A row for every two tiers, from the top.

        Returns
        -------
        pandas.DataFrame
            ``a`` and ``b`` (ids of tiers), ``a_name``, ``b_name``, ``measures_a`` and ``measures_b`` (int, that each
            works to), ``shared`` (ids of measures), ``shared_names``, ``jaccard`` (float, 0 to 1, or blank), ``own``
            (ids, of those on which both have targets of their own), ``own_names``, ``delivered`` (ids, of those that
            the one delivers for the other), ``delivered_names``, ``conflicts`` (int, findings between the two),
            ``alignment`` and ``alignment_set`` (float, -1 to 1, or blank; the second without inferred wishes),
            ``targets`` (keys, of those on shared measures). Lists are joined by "; ".
        """
        return frame_of(self.pairs, tuple(TierPair.model_fields))

    def _masters(self) -> pd.DataFrame:
        """A row for each agency that others set targets for, those that answer to most of them first.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``name``, ``tier`` (id or blank), ``tier_name``, ``masters`` (ids of agencies),
            ``master_names``, ``answers_to`` (ids, of the masters that it answers to), ``answers_to_names``, ``asking``
            (ids, of the others), ``asking_names``, ``targets`` (keys). Lists are joined by "; ".
        """
        return frame_of(self.agencies, tuple(Mastered.model_fields))

    def _shown(self, width: int) -> Iterator[str]:
        if self.pairs:
            yield ""
            yield from grid(self._shares(), width)
        if self.agencies:
            yield ""
            yield "Who has to deliver the targets of others:"
            yield from wrapped(map(_mastered, self.agencies[:SHOWN]), width)

    def _shares(self) -> pd.DataFrame:
        import pandas as pd

        rows = [
            (
                row.a_name,
                row.b_name,
                len(row.shared),
                _part(row.jaccard),
                len(row.own),
                len(row.delivered),
                row.conflicts,
            )
            for row in self.pairs
        ]
        return pd.DataFrame(rows, columns=["tier", "and", "shared", "of all", "own", "delivered", "conflicts"])


FEW: Final = 4
"""So many masters of an agency are named."""


def _mastered(row: Mastered) -> str:
    asking = f"{'; ' if row.answers_to else ''}asked by {_some(row.asking_names)}" if row.asking else ""
    return f"{row.name}: {_some(row.answers_to_names)}{asking}"


def _some(words: tuple[str, ...]) -> str:
    more = len(words) - FEW
    return ", ".join(words[:FEW]) + (f" and {count(more, 'other', 'others')}" if more > 0 else "")


def _part(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
