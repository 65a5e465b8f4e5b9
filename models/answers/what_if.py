"""Before and after a change: what is otherwise, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from alignment.models.fields import Noun
from alignment.models.options.aligned_set import Options
from alignment.models.options.changes import Change
from alignment.models.stopping import Stopped
from alignment.models.wishes import ClashingWish

from .answer import AnswerNoun, Frames
from .conflict import Kind
from .frame import beside, frame_of
from .layout import cell_text, fold, folded, section
from .proposal import SetFigures
from .stages import StageName

if TYPE_CHECKING:
    import pandas as pd


Row = TypeVar("Row")

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
    """The key of the row as it was, or as it is where it is new."""
    becomes: str | None = None
    """Its key after, where that is otherwise."""
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


class Holding(Noun):
    """Something that a target which goes was holding."""

    change: int
    """The change that takes it away, counted from 1; where several do, the first."""
    what: Literal["help", "push", "target", "guard"]
    """Help to the wishes of others; good that its wish did to other measures; a measure that nobody has a target on
    any more; a measure that nobody guards any more."""
    target: str | None
    """The target, by key; blank of what all that go held together."""
    agencies: tuple[str, ...]
    """Who was helped, most first, or pushes what it guarded against, by id."""
    agency_names: tuple[str, ...]
    """What people call them."""
    measures: tuple[str, ...]
    """The measures that it is about, by id."""
    names: tuple[str, ...]
    """What people call them."""
    amount: float | None
    """The help that is lost, as alignment counts it; blank of the others. No unit."""
    sentence: str
    """The same in a sentence."""


class DutyChange(Noun):
    """A duty that appears or vanishes."""

    agency: str
    """The agency, by id."""
    agency_name: str
    """What people call it."""
    outcome: str
    """The outcome, by id."""
    outcome_name: str
    """What people call it."""
    population: str | None
    """The population, by id; blank is everyone."""
    population_name: str | None
    """What people call it; blank is everyone."""
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
    agency_name: str
    """What people call it."""
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
    comes_names: tuple[str, ...]
    """What people call them."""
    goes: tuple[str, ...]
    """Measures that go from it, by id."""
    goes_names: tuple[str, ...]
    """What people call them."""
    burden: float | None
    """How much more burden the proposed set has; blank where there is no set."""
    conflict: float | None
    """How much more residual conflict it leaves; blank where there is no set."""
    sentence: str
    """The same in a sentence."""


class WhatIf(AnswerNoun):
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
    held: tuple[Holding, ...]
    """What the targets that go were holding: help that is lost, and what is left unguarded."""
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
    standing_before: SetFigures | None
    """The set proposed before in figures."""
    standing_after: SetFigures | None
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

    @property
    def frames(self) -> Frames:
        """Tables by name: ``differences``, those of one kind (``rows`` to ``voices``), and ``alone``."""
        return {
            "differences": self._differences,
            "rows": self._rows,
            "cells": self._cells,
            "conflicts": self._conflicts,
            "held": self._held,
            "duties": self._duties,
            "measures": self._measures,
            "stages": self._stages,
            "voices": self._voices,
            "alone": self._alone,
        }

    def _differences(self) -> pd.DataFrame:
        """A row for each thing that differs.

        Returns
        -------
        pandas.DataFrame
            ``about`` ("row", "conflict", "held", "duty", "measure", "stage" or "voice"), ``id`` (of a row as table:
            key; of a duty its ids with ": " between; of what was held the target or measure), ``name`` (what people
            call a duty, measure or agency; blank of others),
            ``what``, ``before``, ``after`` (a value as text, or blank), ``sentence``.
        """
        columns = ("about", "id", "name", "what", "before", "after", "sentence")
        return frame_of([dict(zip(columns, row, strict=True)) for row in _rows(self)], columns)

    def _rows(self) -> pd.DataFrame:
        """A row for each row that the changes added, removed, changed or made one with another.

        Returns
        -------
        pandas.DataFrame
            ``change`` (int, which of the changes, from 1), ``table``, ``row`` (key), ``becomes`` (its key after, where
            that is otherwise), ``what`` ("added", "removed", "changed" or "united"), ``sentence``.
        """
        return frame_of(self.edits, ("change", "table", "row", "becomes", "what", "sentence"))

    def _cells(self) -> pd.DataFrame:
        """A row for each cell that differs.

        Returns
        -------
        pandas.DataFrame
            ``change`` (int, which of the changes, from 1), ``table``, ``row`` (key), ``column``, ``before``, ``after``
            (text or blank).
        """
        rows = [
            beside(edit, column=cell.column, before=_cell(cell.before), after=_cell(cell.after))
            for edit in self.edits
            for cell in edit.cells
        ]
        return frame_of(rows, ("change", "table", "row", "column", "before", "after"))

    def _conflicts(self) -> pd.DataFrame:
        """A row for each conflict that differs, worst first.

        Returns
        -------
        pandas.DataFrame
            ``conflict`` (id), ``kind``, ``what`` ("appears", "vanishes", "worse" or "milder"), ``before``, ``after``
            (float, its severity, 0 to 1 or blank), ``changes`` (which touched what it rests on, from 1, joined by ";
            "), ``sentence``, ``why``.
        """
        names = ("conflict", "kind", "what", "before", "after", "changes", "sentence", "why")
        return frame_of(self.conflicts, names).astype({"before": float, "after": float})

    def _held(self) -> pd.DataFrame:
        """A row for each thing that the targets which go were holding.

        Returns
        -------
        pandas.DataFrame
            ``change`` (int, which of the changes, from 1), ``what`` ("help", "push", "target" or "guard"), ``target``
            (key, or blank), ``agencies`` (ids), ``agency_names``, ``measures`` (ids), ``names`` (of the measures),
            ``amount`` (float, help that is lost, or blank), ``sentence``. Lists are joined by "; ".
        """
        return frame_of(self.held, tuple(Holding.model_fields)).astype({"amount": float})

    def _duties(self) -> pd.DataFrame:
        """A row for each duty that appears or vanishes.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``outcome`` (id), ``outcome_name``, ``population`` (id; blank is
            everyone), ``population_name``, ``what`` ("appears" or "vanishes"), ``sentence``.
        """
        names = ("agency", "agency_name", "outcome", "outcome_name", "population", "population_name")
        return frame_of(self.duties, (*names, "what", "sentence"))

    def _measures(self) -> pd.DataFrame:
        """A row for each measure that comes into the proposed set, or goes from it.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``what`` ("comes" or "goes"), ``tie`` (bool: a set that differs only here is as
            good), ``why``.
        """
        return frame_of(self.measures, ("measure", "name", "what", "tie", "why"))

    def _stages(self) -> pd.DataFrame:
        """A row for each stage of the search.

        Returns
        -------
        pandas.DataFrame
            ``stage``, ``before``, ``after`` (float, in ``unit``, or blank), ``unit``, ``proven`` (bool, of both).
        """
        rows = frame_of(self.stages, ("stage", "before", "after", "unit", "proven"))
        return rows.astype({"before": float, "after": float})

    def _voices(self) -> pd.DataFrame:
        """A row for each agency that is heard otherwise.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``duties_before``, ``heard_before``, ``duties_after``, ``heard_after``
            (int or blank, duties that its own measures serve, and its own kept ones).
        """
        numbers = ("duties_before", "heard_before", "duties_after", "heard_after")
        return frame_of(self.voices, ("agency", "agency_name", *numbers)).astype(dict.fromkeys(numbers, "Int64"))

    def _alone(self) -> pd.DataFrame:
        """A row for each change: what it does by itself; none unless it was asked for.

        Returns
        -------
        pandas.DataFrame
            ``change`` (int, which of the changes, from 1), ``possible`` (bool), ``appear``, ``vanish`` (int or blank,
            conflicts), ``comes`` (ids of measures that come into the proposed set), ``comes_names``, ``goes`` (ids),
            ``goes_names``, ``burden``, ``conflict`` (float or blank, how much more), ``sentence``. Lists are joined by
            "; ".
        """
        lists = ("comes", "comes_names", "goes", "goes_names")
        names = ("change", "possible", "appear", "vanish", *lists, "burden", "conflict", "sentence")
        kinds = {"appear": "Int64", "vanish": "Int64", "burden": float, "conflict": float}
        return frame_of(self.alone, names).astype(kinds)

    def _title(self) -> str:
        return self.headline.rstrip(".")

    def _glimpse(self) -> pd.DataFrame:
        rows = self._differences()
        # What follows from a change says more than the rows that were asked for.
        order = (rows["about"] == "row").sort_values(kind="stable").index
        return rows.loc[order, ["about", "name", "what", "before", "after", "sentence"]]

    def _lines(self, width: int) -> Iterable[str]:
        return "\n".join(_lines(self, width)).rstrip().split("\n")


SHOWN: Final = 12
"""How many rows of a list are shown as text."""


def _rows(found: WhatIf) -> Iterator[tuple[str | None, ...]]:
    for edit in found.edits:
        yield "row", f"{edit.table}: {edit.row}", None, edit.what, None, None, edit.sentence
    for each in found.conflicts:
        yield "conflict", each.conflict, None, each.what, _text(each.before), _text(each.after), each.why
    for held in found.held:
        name = held.target or "; ".join(held.measures)
        yield "held", name, "; ".join(held.names) or None, held.what, _text(held.amount), None, held.sentence
    for duty in found.duties:
        words = [duty.agency, duty.outcome, *filter(None, [duty.population])]
        called = [duty.agency_name, duty.outcome_name, *filter(None, [duty.population_name])]
        yield "duty", ": ".join(words), ": ".join(called), duty.what, None, None, duty.sentence
    for row in found.measures:
        yield "measure", row.measure, row.name, row.what, None, None, row.why
    for stage in found.stages:
        what = "same" if stage.before == stage.after else "differs"
        yield "stage", stage.stage, None, what, _text(stage.before), _text(stage.after), stage.unit
    for voice in found.voices:
        said = "duties that its own kept measures serve"
        yield "voice", voice.agency, voice.agency_name, "differs", *_heard(voice), said


def _cell(value: Cell) -> str | None:
    if isinstance(value, float):
        return f"{value:.15g}"
    return None if value is None else cell_text(value)


def _text(value: float | None) -> str | None:
    return None if value is None else f"{value:,.6g}"


def _heard(voice: VoiceShift) -> tuple[str, str]:
    parts = ((voice.heard_before, voice.duties_before), (voice.heard_after, voice.duties_after))
    before, after = ("none" if number is None else f"{heard} of {number}" for heard, number in parts)
    return before, after


def _lines(found: WhatIf, width: int) -> Iterator[str]:
    yield from fold(found.headline, width)
    yield from section("Changes", [f"{at}. {change}" for at, change in enumerate(found.changes, start=1)], width, SHOWN)
    yield from section("Rows", _edits(found.edits), width, SHOWN)
    for what, head in CONFLICTS.items():
        yield from section(head, _conflicts([each for each in found.conflicts if each.what == what]), width, SHOWN)
    yield from section("What the targets that go were holding", [each.sentence for each in found.held], width, SHOWN)
    yield from section("Duties", _duties(found.duties), width, SHOWN)
    yield from section("The proposed set", [row.why for row in found.measures], width, SHOWN)
    yield from _stages(found, width)
    told = [f"{voice.agency_name}: {' -> '.join(_heard(voice))}" for voice in found.voices]
    yield from section("Duties that agencies are heard on", told, width, SHOWN)
    yield from section("Wishes that clash before", map(str, found.clash_before), width, SHOWN)
    yield from section("Wishes that clash after", map(str, found.clash_after), width, SHOWN)
    yield from section(
        "Each change by itself", [f"{each.change}. {each.sentence}" for each in found.alone], width, SHOWN
    )
    yield from section("Notes", found.notes, width, SHOWN)


def _edits(edits: Sequence[Edit]) -> Iterator[str]:
    """What happened to rows, each in a sentence; of many rows of a table that are only gone or new, a list."""
    for (table, what), some in _together(edits, lambda edit: (edit.table, edit.what)).items():
        if len(some) > FEW and what in ("removed", "added"):
            rows = ", ".join(edit.row for edit in some[:SHOWN]) + _and_more(len(some) - SHOWN)
            yield f"{len(some)} rows of {table} are {'gone' if what == 'removed' else 'new'}: {rows}."
        else:
            yield from (edit.sentence for edit in some)


def _conflicts(conflicts: Sequence[ConflictChange]) -> Iterator[str]:
    """Conflicts that differ and why; where many differ for one reason, the reason once."""
    for why, some in _together(conflicts, _reason).items():
        if len(some) > FEW:
            yield from (f"{each.sentence} {each.why.removesuffix(why)}".rstrip() for each in some)
            yield f"These {len(some)}, each: {why[0].lower()}{why[1:]}"
        else:
            yield from (f"{each.sentence} {each.why}" for each in some)


def _reason(each: ConflictChange) -> str:
    """Why a conflict differs, without by how much."""
    return next((each.why[each.why.index(word) :] for word in REASONS if word in each.why), each.why)


def _duties(duties: Sequence[DutyChange]) -> Iterator[str]:
    """Duties that are gone or new, those of one body in one sentence."""
    for (_, what, tail), some in _together(duties, _duty_mark).items():
        if len(some) == 1:
            yield some[0].sentence
            continue
        counts: dict[str, int] = {}
        for duty in some:
            counts[duty.outcome_name] = counts.get(duty.outcome_name, 0) + 1
        told = [f"'{name}'" + (f" ({number} populations)" if number > 1 else "") for name, number in counts.items()]
        state = "gone" if what == "vanishes" else "new"
        yield f"{len(some)} duties of {some[0].agency_name} are {state}: {', '.join(told)}{tail}"


def _duty_mark(duty: DutyChange) -> tuple[str, str, str]:
    return duty.agency, duty.what, "; nothing serves them." if duty.sentence.endswith("serves it.") else "."


def _together(rows: Sequence[Row], mark: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    """Rows that are alike, in the order of the first of each."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(mark(row), []).append(row)
    return found


def _and_more(number: int) -> str:
    return f" and {number} more" if number > 0 else ""


FEW: Final = 2
"""Up to so many alike are told one by one."""

REASONS: Final = ("Of what it rests on: ", "It follows from ")
"""How it begins why a conflict differs."""

CONFLICTS: Final = {
    "appears": "Conflicts that appear",
    "vanishes": "Conflicts that vanish",
    "worse": "Conflicts that get worse",
    "milder": "Conflicts that get milder",
}
"""The lists of conflicts."""


def _stages(found: WhatIf, width: int) -> Iterator[str]:
    if not found.stages:
        return
    yield ""
    yield f"  {'':10}{'before':>12}{'after':>12}"
    yield from folded(map(_stage_line, found.stages), width)


def _stage_line(stage: StageChange) -> str:
    before, after = (_text(value) or "-" for value in (stage.before, stage.after))
    sure = "" if stage.proven else " (not proven)"
    return f"  {stage.stage:10}{before:>12}{after:>12} {stage.unit}{sure}"
