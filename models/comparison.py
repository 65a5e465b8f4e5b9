"""Before and after a change: what is otherwise, and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Literal

from .changes import Change
from .conflict import Kind
from .fields import Answer, Noun
from .options import Options
from .proposal import Standing
from .stages import StageName
from .stopping import Stopped
from .system import count
from .wishes import ClashingWish

if TYPE_CHECKING:
    import pandas as pd


Cell = bool | int | float | str | tuple[str, ...] | None
"""What a cell can hold."""


class CellEdit(Noun):
    """A cell before and after."""

    column: str
    """The column."""
    before: Cell = None
    """What it said; blank where it was blank, or the row was not there."""
    after: Cell = None
    """What it says; blank where it is blank, or the row is gone."""


class Edit(Noun):
    """What a change did to one row."""

    change: int
    """Which of the changes, counted from 1."""
    table: str
    """The table."""
    row: str
    """The row as it was, or as it is where it is new: its id, or its first cells with ``:`` between."""
    becomes: str | None = None
    """What it is called after, where that is otherwise."""
    what: Literal["added", "removed", "changed", "united"]
    """Whether it is new, gone, says something else, or has become one with another."""
    cells: tuple[CellEdit, ...]
    """The cells that differ."""
    sentence: str
    """The same in a sentence."""


class ConflictChange(Noun):
    """A conflict that appears, vanishes, or is of another severity."""

    conflict: str
    """Its id."""
    kind: Kind
    """Which kind of conflict it is."""
    what: Literal["appears", "vanishes", "worse", "milder"]
    """How it differs."""
    before: float | None
    """Its severity before; blank where it was not there. No unit, 0 to 1."""
    after: float | None
    """Its severity after; blank where it is gone. No unit, 0 to 1."""
    changes: tuple[int, ...]
    """The changes that touched rows it rests on, counted from 1."""
    sentence: str
    """The conflict in a sentence."""
    why: str
    """Which of its rows are otherwise, in a sentence."""


class DutyChange(Noun):
    """A duty that appears or vanishes."""

    agency: str
    """The agency, by id."""
    outcome: str
    """The outcome, by id."""
    population: str | None
    """The population, by id; blank is everyone."""
    what: Literal["appears", "vanishes"]
    """How it differs."""
    sentence: str
    """The same in a sentence."""


class MeasureChange(Noun):
    """A measure that comes into the proposed set, or goes from it."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    what: Literal["comes", "goes"]
    """How it differs."""
    tie: bool
    """Whether it is only a tie: a set with it was as good before, or a set with it is as good now."""
    why: str
    """Why, in a sentence."""


class StageChange(Noun):
    """What a stage of the search is worth before and after."""

    stage: StageName
    """The stage."""
    unit: str
    """What its value counts."""
    before: float | None
    """The best value before; blank where there was no such stage."""
    after: float | None
    """The best value after; blank where there is no such stage."""
    proven: bool
    """Whether both are proved to be the best."""


class VoiceShift(Noun):
    """What an agency is heard on, before and after."""

    agency: str
    """The agency, by id."""
    duties_before: int | None
    """Duties that its own measures served; blank where it had none. Unit: duties."""
    heard_before: int | None
    """Those of them that its own kept measures served. Unit: duties."""
    duties_after: int | None
    """Duties that its own measures serve after the change; blank where it has none. Unit: duties."""
    heard_after: int | None
    """Those of them that its own kept measures serve. Unit: duties."""


class Alone(Noun):
    """What one of several changes does by itself."""

    change: int
    """Which of the changes, counted from 1."""
    possible: bool
    """Whether it can be made by itself; some need another before them."""
    appear: int | None
    """Conflicts that appear. Unit: conflicts."""
    vanish: int | None
    """Conflicts that vanish. Unit: conflicts."""
    comes: tuple[str, ...]
    """Measures that come into the proposed set, by id."""
    goes: tuple[str, ...]
    """Measures that go from it, by id."""
    burden: float | None
    """How much more burden the proposed set has; blank where there is no set."""
    conflict: float | None
    """How much more residual conflict it leaves; blank where there is no set."""
    sentence: str
    """The same in a sentence."""


class WhatIf(Answer):
    """A system before and after changes: what is otherwise, and why."""

    before: str
    """The hash of the system as it is."""
    after: str
    """The hash of the system as it would be."""
    options: Options
    """What was asked."""
    changes: tuple[Change, ...]
    """The changes, in the order in which they were made."""
    edits: tuple[Edit, ...]
    """Every row that they added, removed, changed or made one with another."""
    conflicts: tuple[ConflictChange, ...]
    """The conflicts that differ, worst first."""
    duties: tuple[DutyChange, ...]
    """The duties that differ."""
    kept_before: tuple[str, ...] | None
    """The set proposed before, by id; blank where there is none."""
    kept_after: tuple[str, ...] | None
    """The set proposed after, by id; blank where there is none."""
    measures: tuple[MeasureChange, ...]
    """The measures that come and go between the two."""
    stages: tuple[StageChange, ...]
    """Every stage, before and after."""
    voices: tuple[VoiceShift, ...]
    """The agencies that are heard otherwise, by id."""
    standing_before: Standing | None
    """The set proposed before in figures."""
    standing_after: Standing | None
    """The set proposed after in figures."""
    clash_before: tuple[ClashingWish, ...]
    """Where no set met all wishes before, those that clashed."""
    clash_after: tuple[ClashingWish, ...]
    """Where no set meets all wishes after, those that clash."""
    alone: tuple[Alone, ...]
    """What each change does by itself, where that was asked for."""
    proven: bool
    """Whether both sets are proved to be the best, or there is proved to be none."""
    stopped: Stopped
    """Why the search ended."""
    headline: str
    """What differs, in a sentence or two."""
    notes: tuple[str, ...] = ()
    """What a reader should know."""

    def to_frame(self) -> pd.DataFrame:
        """A row for each thing that differs.

        Returns
        -------
        pandas.DataFrame
            ``about`` ("row", "conflict", "duty", "measure", "stage" or "voice"), ``id``, ``what``, ``before``,
            ``after`` (a value as text, or blank), ``sentence``.
        """
        import pandas as pd

        return pd.DataFrame(list(_rows(self)), columns=["about", "id", "what", "before", "after", "sentence"])

    def _lines(self, width: int) -> Iterable[str]:
        return "\n".join(_lines(self, width)).rstrip().split("\n")

    def __repr__(self) -> str:
        return f"<WhatIf: {self.headline}>"


SHOWN: Final = 12
"""How many rows of a list are shown as text."""


def _rows(found: WhatIf) -> Iterator[tuple[str | None, ...]]:
    for edit in found.edits:
        yield "row", f"{edit.table}: {edit.row}", edit.what, None, None, edit.sentence
    for each in found.conflicts:
        yield "conflict", each.conflict, each.what, _text(each.before), _text(each.after), each.why
    for duty in found.duties:
        words = [duty.agency, duty.outcome, *filter(None, [duty.population])]
        yield "duty", ": ".join(words), duty.what, None, None, duty.sentence
    for row in found.measures:
        yield "measure", row.measure, row.what, None, None, row.why
    for stage in found.stages:
        what = "same" if stage.before == stage.after else "differs"
        yield "stage", stage.stage, what, _text(stage.before), _text(stage.after), stage.unit
    for voice in found.voices:
        yield "voice", voice.agency, "differs", *_heard(voice), "duties that its own kept measures serve"


def _text(value: float | None) -> str | None:
    return None if value is None else f"{value:,.6g}"


def _heard(voice: VoiceShift) -> tuple[str, str]:
    parts = ((voice.heard_before, voice.duties_before), (voice.heard_after, voice.duties_after))
    before, after = ("none" if number is None else f"{heard} of {number}" for heard, number in parts)
    return before, after


def _lines(found: WhatIf, width: int) -> Iterator[str]:
    yield from textwrap.wrap(found.headline, width)
    yield from _list("Changes", [f"{at}. {change}" for at, change in enumerate(found.changes, start=1)], width)
    yield from _list("Rows", [edit.sentence for edit in found.edits], width)
    for what, head in CONFLICTS.items():
        told = [f"{each.sentence} {each.why}" for each in found.conflicts if each.what == what]
        yield from _list(head, told, width)
    yield from _list("Duties", [duty.sentence for duty in found.duties], width)
    yield from _list("The proposed set", [row.why for row in found.measures], width)
    yield from _stages(found)
    told = [f"{voice.agency}: {' -> '.join(_heard(voice))}" for voice in found.voices]
    yield from _list("Duties that agencies are heard on", told, width)
    yield from _list("Wishes that clash before", map(str, found.clash_before), width)
    yield from _list("Wishes that clash after", map(str, found.clash_after), width)
    yield from _list("Each change by itself", [f"{each.change}. {each.sentence}" for each in found.alone], width)
    yield from _list("Notes", found.notes, width)


CONFLICTS: Final = {
    "appears": "Conflicts that appear",
    "vanishes": "Conflicts that vanish",
    "worse": "Conflicts that get worse",
    "milder": "Conflicts that get milder",
}
"""The lists of conflicts."""


def _list(head: str, sentences: Iterable[str], width: int) -> Iterator[str]:
    told = list(sentences)
    if told:
        yield ""
        yield f"{head}:"
        for sentence in told[:SHOWN]:
            yield from textwrap.wrap(sentence, width, initial_indent="  ", subsequent_indent="    ")
        if len(told) > SHOWN:
            yield f"  ... and {count(len(told) - SHOWN, 'more', 'more')}."


def _stages(found: WhatIf) -> Iterator[str]:
    if not found.stages:
        return
    yield ""
    yield f"  {'':10}{'before':>12}{'after':>12}"
    for stage in found.stages:
        before, after = (_text(value) or "-" for value in (stage.before, stage.after))
        sure = "" if stage.proven else " (not proven)"
        yield f"  {stage.stage:10}{before:>12}{after:>12} {stage.unit}{sure}"
