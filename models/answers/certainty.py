"""How sure an answer is: what stands, and what is kept, when uncertain influences are drawn anew."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.options.aligned_set import Options
from alignment.models.system.links import Certainty as Sureness

from .answer import AnswerNoun, Frames
from .conflict import Kind

if TYPE_CHECKING:
    import pandas as pd

CORE: Final = 0.9
"""The robust core is what is kept in at least this share of draws."""

Ended = Literal["proven", "unproven", "no set", "impossible", "divergent"]
"""How a draw came out: impossible where no set meets all wishes, no set where none was found in the time."""

Table = Literal["measures", "conflicts", "influences", "sets", "draws"]
"""What `Certainty.to_frame` can show."""

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
    stopped: Literal["finished", "time limit", "interrupted"]
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
        return {name: partial(self._frame, name) for name in ROWS}

    def _frame(self, table: Table) -> pd.DataFrame:
        import pandas as pd

        records = [row.model_dump() for row in getattr(self, table)]
        if table == "sets":
            records = [{**record, "measures": "; ".join(record["measures"])} for record in records]
        frame = pd.DataFrame(records, columns=list(ROWS[table].model_fields))
        return frame.astype({"set": "Int64", "conflicts": "Int64"}) if table == "draws" else frame

    def _lines(self, width: int) -> Iterable[str]:
        parts = (_headline(self), _measures(self), _conflicts(self), _influences(self), self.notes)
        told = ["\n".join(wrapped(lines, width)) for part in parts if (lines := list(part))]
        return "\n\n".join(told).split("\n")


ROWS: Final[Mapping[Table, type[Noun]]] = {
    "measures": MeasureShare,
    "conflicts": ConflictShare,
    "influences": InfluenceSwing,
    "sets": SetShare,
    "draws": DrawResult,
}
"""What the rows of each table are."""


def wrapped(lines: Iterable[str], width: int) -> Iterator[str]:
    """Lines within a width; what does not fit hangs below."""
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        yield from textwrap.wrap(
            line, width, subsequent_indent=f"{indent}  ", break_on_hyphens=False, drop_whitespace=True
        )


def _share(share: float, error: float) -> str:
    return f"{share:.0%}" + (f" (+/- {2 * error:.0%})" if error else "")


def _headline(found: Certainty) -> Iterator[str]:
    of = "" if found.done == found.asked else f" of {found.asked}"
    influences = count(found.uncertain, "uncertain influence", "uncertain influences")
    yield f"{found.done}{of} draws of {influences}, seed {found.seed}."
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
    size = max(len(row.measure) for row in found.measures)
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
