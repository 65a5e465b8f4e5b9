"""Two or more systems side by side: figures, tiers, quarrels, sets, a shared core, and the rows that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from alignment.models.options.scenarios import CompareOptions
from alignment.models.stopping import Stopped

from .answer import AnswerNoun, Frames
from .compare_lines import lines_of
from .compared import (
    Core,
    Difference,
    FindingSeen,
    Match,
    Side,
    StandsHere,
    StandsToday,
    SystemFigure,
    ThemeSeen,
    TierFigure,
    TierPairFigure,
)
from .frame import frame_of

if TYPE_CHECKING:
    import pandas as pd

TAKEN: Final = frozenset(
    {
        *("table", "name", "who", "what", "where", "column", "kind", "title", "figure", "label", "unit", "difference"),
        *("tier", "a", "b", "alike", "kept_in", "measure", "part", "serves_in", "how", "score", "why"),
    }
)
"""Names that columns of tables have already."""


class Comparison(AnswerNoun):
    """Two or more systems side by side, and the rows that make the difference."""

    sides: tuple[Side, ...]
    """The systems, in the order given."""
    options: CompareOptions
    """What was asked."""
    headline: str
    """What differs, in a sentence or two."""
    main: tuple[str, ...]
    """The differences that matter most, the largest first, in a sentence each."""
    figures: tuple[SystemFigure, ...]
    """Figures of each system."""
    tiers: tuple[TierFigure, ...]
    """Figures of each tier, from the top."""
    pairs: tuple[TierPairFigure, ...]
    """What every two tiers share, and the findings between them."""
    themes: tuple[ThemeSeen, ...]
    """The quarrels, those with most of what pulls apart first."""
    standing: tuple[StandsToday, ...]
    """Where the measures stand that several have targets on: those that one meets and another misses first."""
    sets: tuple[StandsHere, ...]
    """Every measure that some set keeps: those that all keep first."""
    core: Core | None
    """One set for all together; blank where it was not asked for or not found."""
    findings: tuple[FindingSeen, ...]
    """Every finding: those that only some systems have first."""
    differences: tuple[Difference, ...]
    """The rows that differ: targets first."""
    apart: bool
    """Whether several systems have targets, and no two of them any on one measure: little can be compared."""
    matches: tuple[Match, ...]
    """What is one thing in several systems, what may be, and what only one has."""
    proven: bool
    """Whether all sets are proved to be the best, or there is proved to be none."""
    stopped: Stopped
    """Why the search ended."""
    notes: tuple[str, ...] = ()
    """What a reader should know."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What the systems are called here."""
        return tuple(side.label for side in self.sides)

    @property
    def columns(self) -> tuple[str, ...]:
        """What the column of each system is called in tables: its name, unless another column has that."""
        return tuple(f"{label} (system)" if label in TAKEN else label for label in self.labels)

    @property
    def same(self) -> bool:
        """Whether no row differs, and so nothing else."""
        return not self.differences

    @property
    def frames(self) -> Frames:
        """Tables by name; each has a column for every system, under its name."""
        return {
            "figures": self._figures,
            "differences": self._differences,
            "findings": self._findings,
            "tiers": self._tiers,
            "pairs": self._pairs,
            "themes": self._themes,
            "standing": self._standing,
            "sets": self._sets,
            "core": self._core,
            "matches": self._matches,
            "systems": self._systems,
        }

    def _figures(self) -> pd.DataFrame:
        """A row for each figure.

        Returns
        -------
        pandas.DataFrame
            ``figure``, ``label`` (in words), ``unit``, for each system a column under its name (float, in ``unit``, or
            blank), ``difference`` (float: of two the second less the first, of more the largest less the smallest), and
            for each system one more (of the rows that it counts those that not all have: table:key, or ids of findings,
            joined by "; ").
        """
        rows = [{**dict(row), **self._named(row.values), **self._named(row.rows, " rows")} for row in self.figures]
        ends = [f"{column} rows" for column in self.columns]
        return self._numbers(rows, ("figure", "label", "unit", *self.columns, "difference", *ends))

    def _differences(self) -> pd.DataFrame:
        """A row for each thing of which only some systems have rows, or that rows say differently; targets first.

        Returns
        -------
        pandas.DataFrame
            ``table``, ``name`` (what the rows are about), ``who`` (has the targets, or blank), ``what`` ("only in" or
            "differs"), ``where`` (which systems have them), ``column`` (that differs; blank is the whole row), for each
            system a column under its name (what its rows say, in words) and one more (their keys). Lists are joined by
            "; ".
        """
        rows = [{**dict(row), **self._named(row.values), **self._named(row.rows, " rows")} for row in self.differences]
        ends = [end for label in self.columns for end in (label, f"{label} rows")]
        return frame_of(rows, ("table", "name", "who", "what", "where", "column", *ends))

    def _findings(self) -> pd.DataFrame:
        """A row for each finding of any system: those that only some have first, then those of another severity.

        Returns
        -------
        pandas.DataFrame
            ``kind``, ``title``, ``what`` ("only in", "differs" or "same"), ``where`` (which systems have it), for each
            system a column under its name (float, severity, 0 to 1, or blank) and one more (ids of findings). Lists are
            joined by "; ".
        """
        rows = [{**dict(row), **self._named(row.severities), **self._named(row.ids, " ids")} for row in self.findings]
        ends = [end for label in self.columns for end in (label, f"{label} ids")]
        return self._numbers(rows, ("kind", "title", "what", "where", *ends))

    def _tiers(self) -> pd.DataFrame:
        """A row for each figure of each tier, from the top.

        Returns
        -------
        pandas.DataFrame
            ``tier`` (its name), ``figure``, ``label`` (in words), ``unit``, for each system a column under its name
            (float, in ``unit``, or blank), ``difference`` (float, as among the figures).
        """
        rows = [{**dict(row), **self._named(row.values)} for row in self.tiers]
        return self._numbers(rows, ("tier", "figure", "label", "unit", *self.columns, "difference"))

    def _pairs(self) -> pd.DataFrame:
        """A row for what each two tiers share, and for the findings between them, all and by kind.

        Returns
        -------
        pandas.DataFrame
            ``a``, ``b`` (names of tiers; one twice is within it), ``figure`` ("shared" or "findings"), ``kind`` (of
            findings; blank is all), ``unit``, for each system a column under its name (float, in ``unit``, or blank),
            ``difference`` (float, as among the figures).
        """
        rows = [{**dict(row), **self._named(row.values)} for row in self.pairs]
        return self._numbers(rows, ("a", "b", "figure", "kind", "unit", *self.columns, "difference"))

    def _themes(self) -> pd.DataFrame:
        """A row for each quarrel, those with most of what pulls apart first.

        Returns
        -------
        pandas.DataFrame
            ``name``, ``what`` ("all", "only in" or "part of"), ``where`` (which systems have it), ``alike`` (float, 0
            to 1, or blank), for each system a column under its name (float, its part of all that pulls apart, 0 to 1),
            one for its findings (int), one for what it is named after there, one for its id, and one for the quarrel
            that has most of its findings where it is none of its own.
        """
        rows = [
            {
                **dict(row),
                **self._named(row.shares),
                **self._named(row.findings, " findings"),
                **self._named(row.names, " name"),
                **self._named(row.ids, " id"),
                **self._named(row.within, " within"),
            }
            for row in self.themes
        ]
        ends = [f"{label}{end}" for label in self.columns for end in ("", " findings", " name", " id", " within")]
        return self._numbers(rows, ("name", "what", "where", "alike", *ends))

    def _standing(self) -> pd.DataFrame:
        """A row for each measure that several systems have targets on: those that one meets and another misses first.

        Returns
        -------
        pandas.DataFrame
            ``name``, ``unit`` (or blank), for each system a column under its name (float, where it stands today, in
            ``unit``, or blank where those who deliver it stand apart), one for its id there, and two for the targets of
            which is known whether they are met (int), and those that are (int).
        """
        rows = [
            {
                **dict(row),
                **self._named(row.levels),
                **self._named(row.measures, " id"),
                **self._named(row.known, " known"),
                **self._named(row.met, " met"),
            }
            for row in self.standing
        ]
        ends = [f"{label}{end}" for label in self.columns for end in ("", " id", " known", " met")]
        return self._numbers(rows, ("name", "unit", *ends))

    def _sets(self) -> pd.DataFrame:
        """A row for each measure that some set keeps: those that all keep first.

        Returns
        -------
        pandas.DataFrame
            ``name``, ``kept_in`` (names of systems, joined by "; "), for each system a column under its name ("kept",
            "retired", "not judged", "nobody's", "not there" or "no set"), one for its id there, one for the targets on
            it (int), and one that says why.
        """
        rows = [
            {
                **dict(row),
                **self._named(row.standings),
                **self._named(row.ids, " id"),
                **self._named(row.targets, " targets"),
                **self._named(row.why, " why"),
            }
            for row in self.sets
        ]
        ends = [f"{label}{end}" for label in self.columns for end in ("", " id", " targets", " why")]
        return frame_of(rows, ("name", "kept_in", *ends))

    def _core(self) -> pd.DataFrame:
        """A row for each measure of the set for all systems together; none where there is none.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id in the joined system), ``name``, ``part`` ("core", "some" or "local"), ``serves_in`` (names
            of systems), for each system a column under its name (int, the duties that it serves there), ``kept_in``
            (the systems that keep it in a set of their own). Lists are joined by "; ".
        """
        rows = [{**dict(row), **self._named(row.duties)} for row in (self.core.measures if self.core else ())]
        return frame_of(rows, ("measure", "name", "part", "serves_in", *self.columns, "kept_in"))

    def _matches(self) -> pd.DataFrame:
        """A row for each thing: what is in several systems, what may be one, what only one has.

        Returns
        -------
        pandas.DataFrame
            ``table``, ``name``, ``how`` ("id", "id, other definition", "declared", "counterpart", "likely" or "only"),
            for each system a column under its name (ids there, joined by "; "), ``score`` (float, likeness, 0 to 1, or
            blank), ``why`` (in what they are alike, or which columns differ).
        """
        rows = [{**dict(row), **self._named(row.ids)} for row in self.matches]
        return frame_of(rows, ("table", "name", "how", *self.columns, "score", "why")).astype({"score": float})

    def _systems(self) -> pd.DataFrame:
        """A row for each system, in the order given.

        Returns
        -------
        pandas.DataFrame
            ``label`` (what it is called here), ``name`` (in its tables), ``year`` (int, or blank), ``system`` (hash),
            ``proven`` (bool).
        """
        return frame_of(self.sides, ("label", "name", "year", "system", "proven"))

    def _named(self, values: Sequence[Any], end: str = "") -> dict[str, Any]:
        """What each system has, under its name."""
        return {f"{label}{end}": value for label, value in zip(self.columns, values, strict=True)}

    def _numbers(self, rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
        """A table whose columns of systems are numbers."""
        numbers = {*self.columns, "difference", "alike"} & {*columns}
        return frame_of(rows, columns).astype(dict.fromkeys(numbers, float))

    def _title(self) -> str:
        return self.headline.rstrip(".")

    def _glimpse(self) -> pd.DataFrame:
        return self._figures()[["label", *self.columns, "difference"]]

    def _lines(self, width: int) -> Iterator[str]:
        return lines_of(self, width)
