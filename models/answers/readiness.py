"""Whether bodies that share a duty have what joint work takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal, get_args

from alignment.models.fields import Noun
from alignment.models.numbers import count

from .answer import Frames
from .frame import frame_of
from .layout import SHOWN, grid, section
from .lens import Lens

if TYPE_CHECKING:
    import pandas as pd

Ingredient = Literal["networks", "obligation", "reciprocity", "trust", "core_business"]
"""What joint work takes, as the columns of relationships name it."""

INGREDIENTS: Final[tuple[Ingredient, ...]] = get_args(Ingredient)
"""In the order of the table; of two as weak the first is named."""


Relation = Literal["belongs", "line", "partners"]
"""How two agencies stand: one belongs to the other; one sets targets for the other or is answered to; side by side."""


class PairReadiness(Noun):
    """Two agencies that share duties, or have conflicts, and how ready they are to work together."""

    a: str
    """One of them, by id, the first of the two."""
    a_name: str
    """What people call it."""
    b: str
    """The other, by id."""
    b_name: str
    """What people call it."""
    networks: float | None
    """Close professional networks. No unit, 0 to 1; blank where nobody says."""
    obligation: float | None
    """Long-term obligation. No unit, 0 to 1; blank where nobody says."""
    reciprocity: float | None
    """Little concern for getting something back. No unit, 0 to 1; blank where nobody says."""
    trust: float | None
    """Mutual trust. No unit, 0 to 1; blank where nobody says."""
    core_business: float | None
    """Joint work counts as core business. No unit, 0 to 1; blank where nobody says."""
    weakest: Ingredient | None
    """The least of those that are said; blank where none is."""
    value: float | None
    """How strong that is. No unit, 0 to 1; blank where nobody says."""
    relation: Relation
    """Whether one belongs to the other (a committee of its own, a partnership), asks or is answered to, or neither."""
    duties: int
    """How many joint duties both have. Unit: joint duties."""
    outcomes: tuple[str, ...]
    """The outcomes of these, by id."""
    outcome_names: tuple[str, ...]
    """What people call them."""
    conflicts: int
    """Findings that stand between the two. Unit: findings."""
    conflict_weight: float
    """Their severities together. No unit."""
    wanted: float | None
    """How much a conversation could win: joint duties, times what the weakest lacks to 1. Blank where nobody says."""
    rows: tuple[str, ...]
    """The row of relationships, by key; none where there is none."""


class JointDuty(Noun):
    """An outcome, and people, that two agencies or more have a duty for."""

    outcome: str
    """The outcome, by id."""
    outcome_name: str
    """What people call it."""
    population: str | None
    """Whom it is about, by id; blank is everyone."""
    population_name: str | None
    """What people call them."""
    agencies: tuple[str, ...]
    """Those who have the duty, by id."""
    agency_names: tuple[str, ...]
    """What people call them."""
    measures: tuple[str, ...]
    """The measures that they are judged on for it, by id."""
    measure_names: tuple[str, ...]
    """What people call them."""
    pairs: int
    """How many pairs of agencies have it. Unit: pairs."""
    known: int
    """Of how many of these something is said. Unit: pairs."""
    a: str | None
    """One of the weakest pair, by id; blank where nothing is said of any."""
    a_name: str | None
    """What people call it."""
    b: str | None
    """The other, by id."""
    b_name: str | None
    """What people call it."""
    weakest: Ingredient | None
    """Their weakest ingredient; blank where nothing is said."""
    value: float | None
    """How strong that is, at most, as long as pairs or ingredients are not known. No unit, 0 to 1."""


class Readiness(Lens):
    """How ready the bodies that share a duty are to work together."""

    duties: tuple[JointDuty, ...]
    """Every joint duty: the least ready first, then those of which nothing is known, with most agencies first."""
    pairs: tuple[PairReadiness, ...]
    """Every two agencies that share one, or have conflicts: whoever could win most first; then those of whom nothing is
    known, by joint duties, then by the weight of their conflicts, and last those of whom one belongs to the other."""

    @property
    def needs(self) -> str | None:
        """The table relationships, where it says nothing of any pair that shares a duty."""
        return None if not self.duties or any(row.known for row in self.duties) else "relationships"

    @property
    def frames(self) -> Frames:
        """Tables by name: ``duties``, ``pairs``."""
        return {"duties": self._duties, "pairs": self._pairs}

    def _duties(self) -> pd.DataFrame:
        """A row for each joint duty, the least ready first, then those of which nothing is known.

        Returns
        -------
        pandas.DataFrame
            ``outcome`` (id), ``outcome_name``, ``population`` (id, blank is everyone), ``population_name``,
            ``agencies`` (ids), ``agency_names``, ``measures`` (ids), ``measure_names``, ``pairs`` (int, of agencies),
            ``known`` (int, pairs of which something is said), ``a`` and ``b`` (ids, the weakest pair, or blank),
            ``a_name``, ``b_name``, ``weakest`` (ingredient, or blank), ``value`` (float, 0 to 1, or blank). Lists are
            joined by "; ".
        """
        return frame_of(self.duties, tuple(JointDuty.model_fields)).astype({"value": float})

    def _pairs(self) -> pd.DataFrame:
        """A row for every two agencies that share a duty or have conflicts, whoever could win most first.

        Returns
        -------
        pandas.DataFrame
            ``a`` and ``b`` (ids of agencies), ``a_name``, ``b_name``, ``networks``, ``obligation``, ``reciprocity``,
            ``trust``, ``core_business`` (float, 0 to 1, or blank), ``weakest`` (the least of these, or blank),
            ``value`` (float, of that), ``relation`` ("belongs", "line" or "partners"), ``duties`` (int, that
            both have), ``outcomes`` (ids), ``outcome_names``, ``conflicts`` (int, findings between the two),
            ``conflict_weight`` (float, their severities together), ``wanted`` (float, joint duties, or blank), ``rows``
            (keys of relationships). Lists are joined by "; ".
        """
        numbers = ("networks", "obligation", "reciprocity", "trust", "core_business", "value", "wanted")
        return frame_of(self.pairs, tuple(PairReadiness.model_fields)).astype(dict.fromkeys(numbers, float))

    def _glimpse(self) -> pd.DataFrame:
        return self._pairs()[["a_name", "b_name", "relation", "duties", "conflicts", "weakest", "value"]]

    def _shown(self, width: int) -> Iterator[str]:
        known = [row for row in self.duties if row.value is not None]
        if known:
            yield ""
            yield from grid(_ready(known), width, SHOWN // 2)
        sharing = [row for row in self.pairs if row.duties]
        talks = [row for row in sharing if row.value is not None]
        yield from section("Most to win from talking", map(_wanted, talks), width, SHOWN // 2, "pairs")
        unknown = [row for row in sharing if row.value is None]
        yield from section("Not known, most joint duties first", map(_shared, unknown), width, SHOWN // 2, "pairs")


def _ready(duties: list[JointDuty]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (
            row.outcome_name,
            row.population_name or "everyone",
            f"{row.a_name} and {row.b_name}",
            (row.weakest or "").replace("_", " "),
            row.value,
        )
        for row in duties
    ]
    return pd.DataFrame(rows, columns=["joint duty", "for", "weakest pair", "ingredient", "value"])


def _wanted(row: PairReadiness) -> str:
    weakest = f"{WORDS[row.weakest]} at {row.value:g}" if row.weakest else ""
    return f"{_shared(row)}, {weakest}"


def _shared(row: PairReadiness) -> str:
    weight = f" (weight {row.conflict_weight:.1f})"
    conflicts = f", {count(row.conflicts, 'conflict', 'conflicts')}{weight}" if row.conflicts else ""
    duties = count(row.duties, "joint duty", "joint duties")
    return f"{row.a_name} and {row.b_name}{MARKS[row.relation]}: {duties}{conflicts}"


MARKS: Final[dict[Relation, str]] = {
    "belongs": " (one belongs to the other)",
    "line": " (one asks or answers to the other)",
    "partners": "",
}
"""How a pair is marked that does not stand side by side."""

WORDS: Final[dict[Ingredient, str]] = {
    "networks": "close professional networks",
    "obligation": "a long-term obligation",
    "reciprocity": "little concern for getting something back",
    "trust": "mutual trust",
    "core_business": "joint work as core business",
}
"""What people call the ingredients."""
