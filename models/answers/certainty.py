"""How sure an answer is: what stands, and what is kept, when uncertain influences are drawn anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.options.aligned_set import Options
from alignment.models.stopping import Stopped
from alignment.models.system.links import Certainty as Sureness

from .answer import AnswerNoun, Frames
from .conflict import Kind
from .frame import beside, frame_of
from .layout import folded

if TYPE_CHECKING:
    import pandas as pd

CORE: Final = 0.9
"""The robust core is what is kept in at least this share of draws."""

Ended = Literal["proven", "unproven", "no set", "impossible", "divergent"]
"""How a draw came out: impossible where no set meets all wishes, no set where none was found in the time."""

SHOWN: Final = 5
"""As many influences and conflicts of a sort are shown to people."""


class ConflictShare(Noun):
    """In which share of draws a conflict stands."""

    conflict: str
    """The conflict's id."""
    kind: Kind
    """Its kind."""
    share: float
    """The share of draws in which it stands. No unit, 0 to 1."""
    error: float
    """Monte Carlo standard error of the share. No unit."""
    severity: float | None
    """How bad it is with the influences as given; blank where it does not stand then. No unit, 0 to 1."""
    rests: bool
    """Whether conflicts of its kind can come and go with influences; the others stand in every draw."""
    sentence: str
    """The conflict in a sentence: as given, or as in the first draw in which it stands."""


class MeasureShare(Noun):
    """In which share of draws a measure is kept."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    share: float
    """The share of draws in which it is kept. No unit, 0 to 1."""
    error: float
    """Monte Carlo standard error of the share. No unit."""
    proposed: bool
    """Whether it is kept with the influences as given."""


class InfluenceSwing(Noun):
    """How far the set depends on one uncertain influence.

    A swing says how far the chances of measures being kept move, all added up, when one learns the sign (or, where the
    sign holds, whether the size is above what was given). Unit: measures.
    """

    influence: str
    """The influence, by its key: source>target, numbered where rows are parallel."""
    source_name: str
    """What people call the measure that it comes from."""
    target_name: str
    """What people call the measure that it goes to."""
    certainty: Sureness | None
    """How sure the evidence is said to be."""
    given: float
    """Its effect as given. Unit: steps per step."""
    drawn: Literal["effect_se", "certainty", "size"]
    """What it is drawn from: its standard error, its certainty, or, for an identity, the size of a rating alone."""
    held: int
    """Draws with a set in which its sign is as given. Unit: draws."""
    turned: int
    """Draws with a set in which it is not. Unit: draws."""
    sign: float
    """The swing of its sign. Unit: measures."""
    sign_by_chance: float
    """What that swing would be on average if the sign did not matter. Unit: measures."""
    size: float
    """The swing of its size, in draws where the sign holds. Unit: measures."""
    size_by_chance: float
    """What that swing would be on average if the size did not matter. Unit: measures."""
    beyond: float
    """The larger of both swings beyond chance, which influences are ranked by. Unit: measures."""
    clear: bool
    """Whether that is more than three standard deviations beyond chance."""
    stands_held: float | None
    """The share of the draws with its sign as given that keep exactly the proposed set. No unit, 0 to 1."""
    stands_turned: float | None
    """The share of the draws with its sign turned that keep exactly the proposed set. No unit, 0 to 1."""
    confirmed: float | None = None
    """The share of draws whose set changes when its sign alone is turned; blank unless asked for. No unit, 0 to 1."""
    confirmed_error: float | None = None
    """Monte Carlo standard error of that share. No unit."""


class SetShare(Noun):
    """In which share of draws a set of measures is the best."""

    measures: tuple[str, ...]
    """The set, by id, in order."""
    share: float
    """The share of draws. No unit, 0 to 1."""
    error: float
    """Monte Carlo standard error of the share. No unit."""
    proposed: bool
    """Whether it is the set with the influences as given."""


class DrawResult(Noun):
    """What one draw gave."""

    draw: int
    """The number of the draw, from 0."""
    ended: Ended
    """How it came out."""
    set: int | None
    """Its set, as a place in `sets` from 0; blank without."""
    conflicts: int | None
    """How many conflicts stand; blank where that does not exist. Unit: conflicts."""


class Certainty(AnswerNoun):
    """How sure conflicts and the aligned set are, by drawing every uncertain influence anew many times."""

    system: str
    """The hash of the system."""
    options: Options
    """What was asked of the set in each draw."""
    asked: int
    """How many draws were asked for."""
    seed: int
    """What the draws depend on."""
    done: int
    """How many draws were done."""
    stopped: Stopped
    """Why it ended."""
    uncertain: int
    """How many influences are drawn. Unit: influences."""
    divergent: int
    """Draws in which influences reinforce each other without end; they count in no share. Unit: draws."""
    unproven: int
    """Draws whose set was not proved to be the best in the time; they count with the set found. Unit: draws."""
    impossible: int
    """Draws in which no set meets all wishes; they count in no share of sets and measures. Unit: draws."""
    without_set: int
    """Draws in which no set was found in the time; they count in no share of sets and measures. Unit: draws."""
    proposed: tuple[str, ...]
    """The set with the influences as given, by id."""
    core: tuple[str, ...]
    """The robust core: measures kept in at least 90% of draws, by id."""
    measures: tuple[MeasureShare, ...]
    """Measures kept in any draw or proposed, those kept most often first."""
    conflicts: tuple[ConflictShare, ...]
    """Conflicts that stand in any draw or as given, those that stand most often first."""
    influences: tuple[InfluenceSwing, ...]
    """The uncertain influences, those that the set depends on most first."""
    sets: tuple[SetShare, ...]
    """The sets, the most frequent first; of equals the first by id."""
    draws: tuple[DrawResult, ...]
    """Every draw that was done, by number."""
    notes: tuple[str, ...]
    """What else a reader should know."""

    @property
    def usual(self) -> SetShare | None:
        """The set that is best in most draws; of equals the first by id."""
        return self.sets[0] if self.sets else None

    @property
    def matters_most(self) -> InfluenceSwing | None:
        """The influence whose knowledge would change the set most; nothing where none stands out from chance."""
        return next((each for each in self.influences if each.clear), None)

    @property
    def frames(self) -> Frames:
        """Tables by name: ``measures``, ``conflicts``, ``influences``, ``sets``, ``draws``."""
        return {
            "measures": self._measures,
            "conflicts": self._conflicts,
            "influences": self._influences,
            "sets": self._sets,
            "draws": self._draws,
        }

    def _measures(self) -> pd.DataFrame:
        """A row for each measure kept in any draw or proposed, those kept most often first.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``share`` (float, 0 to 1, of draws in which it is kept), ``error`` (float, its
            Monte Carlo standard error), ``proposed`` (bool, kept with the influences as given).
        """
        return frame_of(self.measures, ("measure", "name", "share", "error", "proposed"))

    def _conflicts(self) -> pd.DataFrame:
        """A row for each conflict that stands in any draw or as given, those that stand most often first.

        Returns
        -------
        pandas.DataFrame
            ``conflict`` (id), ``kind``, ``share`` (float, 0 to 1, of draws in which it stands), ``error`` (float, its
            Monte Carlo standard error), ``severity`` (float, 0 to 1, as given; blank where it does not stand then),
            ``rests`` (bool, it can come and go with influences), ``sentence``.
        """
        return frame_of(self.conflicts, ("conflict", "kind", "share", "error", "severity", "rests", "sentence"))

    def _influences(self) -> pd.DataFrame:
        """A row for each uncertain influence, those that the set depends on most first.

        Returns
        -------
        pandas.DataFrame
            ``influence`` (key), ``source_name``, ``target_name``, ``certainty``, ``given`` (float, steps per step),
            ``drawn`` (from "effect_se", "certainty" or "size"), ``held``, ``turned`` (int, draws with its sign as
            given, or not), ``sign``, ``sign_by_chance``, ``size``, ``size_by_chance``, ``beyond`` (float, swings, in
            measures), ``clear`` (bool), ``stands_held``, ``stands_turned`` (float, 0 to 1, of those draws that keep the
            proposed set), ``confirmed``, ``confirmed_error`` (float, 0 to 1, of draws whose set changes when its sign
            alone is turned, and its standard error; blank unless asked for). More on each field: `InfluenceSwing`.
        """
        return frame_of(self.influences, tuple(InfluenceSwing.model_fields))

    def _sets(self) -> pd.DataFrame:
        """A row for each set that is the best in any draw, the most frequent first.

        Returns
        -------
        pandas.DataFrame
            ``measures`` (ids, joined by "; "), ``measure_names`` (joined in the same order), ``share`` (float, 0 to 1,
            of draws), ``error`` (float, its Monte Carlo standard error), ``proposed`` (bool).
        """
        called = {row.measure: row.name for row in self.measures}
        rows = [beside(row, measure_names=tuple(called[each] for each in row.measures)) for row in self.sets]
        return frame_of(rows, ("measures", "measure_names", "share", "error", "proposed"))

    def _draws(self) -> pd.DataFrame:
        """A row for each draw that was done.

        Returns
        -------
        pandas.DataFrame
            ``draw`` (int, from 0), ``ended`` ("proven", "unproven", "no set", "impossible" or "divergent"), ``set``
            (int or blank, the place of its set in table sets, from 0), ``conflicts`` (int or blank, how many stand).
        """
        return frame_of(self.draws, ("draw", "ended", "set", "conflicts")).astype(
            {"set": "Int64", "conflicts": "Int64"}
        )

    def _title(self) -> str:
        own = next((each.share for each in self.sets if each.proposed), 0.0)
        best = "" if self.usual is None else f": the proposed set is the best in {own:.0%} of them"
        return f"{count(self.done, 'draw', 'draws')} of {_uncertain(self)}{best}"

    def _glimpse(self) -> pd.DataFrame:
        return self._measures()[["name", "share", "error", "proposed"]]

    def _lines(self, width: int) -> Iterable[str]:
        parts = (_headline(self), _measures(self), _conflicts(self), _influences(self), self.notes)
        told = ["\n".join(folded(lines, width, 2, hyphens=False)) for part in parts if (lines := list(part))]
        return "\n\n".join(told).split("\n")


def _uncertain(found: Certainty) -> str:
    return count(found.uncertain, "uncertain influence", "uncertain influences")


def _share(share: float, error: float) -> str:
    return f"{share:.0%}" + (f" (+/- {2 * error:.0%})" if error else "")


def _headline(found: Certainty) -> Iterator[str]:
    of = "" if found.done == found.asked else f" of {found.asked}"
    yield f"{found.done}{of} draws of {_uncertain(found)}, seed {found.seed}."
    if found.usual is None:
        return
    own = next((each for each in found.sets if each.proposed), None)
    yield f"The proposed set is the best in {_share(own.share, own.error) if own else 'none'} of them."
    if not found.usual.proposed:
        comes, goes = set(found.usual.measures), set(found.proposed)
        change = "; ".join(
            f"{word} {', '.join(sorted(ids))}"
            for word, ids in (("with", comes - goes), ("without", goes - comes))
            if ids
        )
        yield f"Another is the best most often, in {_share(found.usual.share, found.usual.error)}: {change}."


def _measures(found: Certainty) -> Iterator[str]:
    if found.usual is None:
        return
    yield f"Robust core, kept in at least {CORE:.0%} of draws: {count(len(found.core), 'measure', 'measures')}."
    size = max((len(row.measure) for row in found.measures), default=0)
    core = set(found.core)
    rest = [row for row in found.measures if row.measure not in core]
    for title, rows in (
        (None, [row for row in found.measures if row.measure in core]),
        ("Proposed, but kept less often:", [row for row in rest if row.proposed]),
        ("Not proposed, but kept in some draws:", [row for row in rest if not row.proposed]),
    ):
        yield from [title] if title and rows else []
        yield from (f"  {row.measure:{size}}  {_share(row.share, row.error)}" for row in rows)


def _conflicts(found: Certainty) -> Iterator[str]:
    given = [row for row in found.conflicts if row.severity is not None]
    sure = [row for row in given if row.share >= CORE]
    stand = count(len(given), "conflict stands", "conflicts stand")
    yield f"{stand} as given, {len(sure)} of them in at least {CORE:.0%} of draws."
    doubtful = sorted((row for row in given if row.share < CORE), key=lambda row: (row.share, row.conflict))
    new = [row for row in found.conflicts if row.severity is None]
    for title, rows in (("Least sure:", doubtful), ("Not found as given, but most often in draws:", new)):
        yield from [title] if rows else []
        yield from (f"  {_share(row.share, row.error)}  {row.conflict}" for row in rows[:SHOWN])


def _influences(found: Certainty) -> Iterator[str]:
    if not found.influences or found.usual is None:
        return
    clear = [row for row in found.influences if row.clear]
    if not clear:
        yield "No influence stands out from chance in what it does to the set."
    else:
        yield "What the set depends on most (measures that change on average when one learns it; by chance):"
    for row in found.influences[: SHOWN if clear else 0]:
        yield f"  {row.influence}: {_swing(row)}"


def _swing(row: InfluenceSwing) -> str:
    sign = row.sign - row.sign_by_chance >= row.size - row.size_by_chance
    what, swing, chance = ("sign", row.sign, row.sign_by_chance) if sign else ("size", row.size, row.size_by_chance)
    said = f"its {what}, {swing:.2f} ({chance:.2f})" + ("" if row.clear else ", not clear of chance")
    if row.confirmed is not None:
        said += f"; turned alone, the set changes in {_share(row.confirmed, row.confirmed_error or 0)} of draws"
    return said
