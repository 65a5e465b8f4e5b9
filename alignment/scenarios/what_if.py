"""what_if: a system before and after changes, and why each difference is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, cast

from alignment.errors import InputError, NothingToJudge
from alignment.index import group
from alignment.models.answers.conflict import Conflict
from alignment.models.answers.proposal import DutyRef, StageResult
from alignment.models.answers.what_if import (
    Alone,
    ConflictChange,
    DutyChange,
    Edit,
    MeasureChange,
    StageChange,
    VoiceShift,
    WhatIf,
)
from alignment.models.options.changes import Change
from alignment.models.options.scenarios import ChangeOptions
from alignment.models.progress import Progress, quiet
from alignment.models.system import System, count
from alignment.options.verb import verb
from alignment.solver import Clock
from alignment.wording import names, number

from .changes import applied
from .holding import holdings
from .state import Searches, State, fitting_options


@verb(ChangeOptions, "changes", "each", "options", "progress")
def what_if(system: System, asked: ChangeOptions, progress: Progress = quiet) -> WhatIf:
    """What would be otherwise if a system were changed, and why.

    Parameters
    ----------
    system
        The system.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    WhatIf
        Every row that the changes touched; conflicts, duties, the proposed set, its stages and voices before and after.
        Where no set meets all wishes, the wishes that clash.

    Raises
    ------
    InputError
        With every fault of the changes, and of the rows that they would leave.
    OptionError
        An option is out of its range.

    Examples
    --------
    >>> import alignment as al
    >>> winter = al.read(al.example("winter-pressure"))
    >>> found = al.what_if(winter, al.Drop(table="targets", row="region-beds"))
    >>> [row.what for row in found.measures]
    ['goes', 'comes']
    """
    made, options = asked.changes, asked.of_set
    after, edits = applied(system, made)
    alone = made if asked.each and len(made) > 1 else ()
    searches = Searches(Clock(asked.time_limit), 2 + len(alone), progress)
    before_state = searches.state(system, options, "before")
    fitting, notes = fitting_options(options, after)
    after_state = searches.state(after, fitting, "after")
    comparison = _Comparison(before_state, after_state, edits)
    return comparison.what_if(made, tuple(_each(searches, before_state, alone)), notes)


def _each(searches: Searches, before: State, changes: Iterable[Change]) -> Iterator[Alone]:
    """What each change does by itself."""
    for at, change in enumerate(changes, start=1):
        try:
            after, edits = applied(before.system, [change])
        except InputError as error:
            yield _impossible(at, error)
            continue
        options, _ = fitting_options(before.options, after)
        state = searches.state(after, options, f"change {at} alone")
        yield _Comparison(before, state, edits).alone(at)


def _impossible(at: int, error: InputError) -> Alone:
    fault = error.faults[0]
    return Alone(
        change=at,
        possible=False,
        appear=None,
        vanish=None,
        comes=(),
        comes_names=(),
        goes=(),
        goes_names=(),
        burden=None,
        conflict=None,
        sentence=f"It cannot be made by itself: {fault.what}.",
    )


class _Comparison:
    def __init__(self, before: State, after: State, edits: tuple[Edit, ...]) -> None:
        self.before = before
        self.after = after
        self.edits = edits
        pairs = (((edit.table, name), edit) for edit in edits for name in {edit.row, edit.becomes or edit.row})
        on = ((("on", cell), edit) for edit in edits for cell in _measures_of(edit))
        self.touching: Mapping[Any, Sequence[Edit]] = group([*pairs, *on])

    def what_if(self, changes: tuple[Change, ...], alone: tuple[Alone, ...], notes: tuple[str, ...]) -> WhatIf:
        before, after = self.before, self.after
        proposals = before.proposal, after.proposal
        kept = [None if each is None else each.measures for each in proposals]
        standings = [None if each is None else each.after for each in proposals]
        return WhatIf(
            before=before.system.hash,
            after=after.system.hash,
            options=before.options,
            changes=changes,
            edits=self.edits,
            conflicts=self.conflicts,
            held=holdings(before, after, self.edits),
            duties=self.duties,
            kept_before=kept[0],
            kept_after=kept[1],
            measures=self.measures,
            stages=tuple(self._stages()),
            voices=tuple(self._voices()),
            standing_before=standings[0],
            standing_after=standings[1],
            clash_before=before.wishes,
            clash_after=after.wishes,
            alone=alone,
            proven=before.proven and after.proven,
            stopped=self._stopped,
            headline=self._headline(),
            notes=notes,
        )

    @property
    def _stopped(self) -> Any:
        if self.before.proven and self.after.proven:
            return "finished"
        stops = [each.proposal.stopped for each in (self.before, self.after) if each.proposal is not None]
        interrupted = "interrupted" in stops or (len(stops) < 2 and not self._undecided)
        if interrupted:
            return "interrupted"
        return "solvers disagree" if "solvers disagree" in stops else "time limit"

    @property
    def _undecided(self) -> bool:
        """Whether a search without a set came to its end."""
        return all(each.proposal is not None or each.clash.proven for each in (self.before, self.after))

    # Conflicts

    @cached_property
    def conflicts(self) -> tuple[ConflictChange, ...]:
        """The conflicts that differ, worst first."""
        every = {*self.before.places, *self.after.places}
        found = [change for name in every if (change := self._conflict(name)) is not None]
        return tuple(sorted(found, key=lambda each: (-max(each.before or 0, each.after or 0), each.conflict)))

    def _conflict(self, name: str) -> ConflictChange | None:
        places = self.before.places.get(name), self.after.places.get(name)
        states = self.before, self.after
        severities = [
            None if at is None else state.conflicts.findings[at].severity
            for state, at in zip(states, places, strict=True)
        ]
        one, two = severities
        if one == two:
            return None
        what = "appears" if one is None else "vanishes" if two is None else "worse" if two > one else "milder"
        found = [state.conflicts[at] for state, at in zip(states, places, strict=True) if at is not None]
        touched = self._touched(found)
        return ConflictChange(
            conflict=name,
            kind=found[-1].kind,
            what=what,
            before=one,
            after=two,
            changes=tuple(sorted({edit.change for edit in touched})),
            sentence=found[-1].sentence,
            why=self._because(touched, one, two),
        )

    def _touched(self, found: Iterable[Conflict]) -> list[Edit]:
        """The edits of rows that a conflict rests on, each once, those that are gone first."""
        edits = {
            id(edit): edit
            for conflict in found
            for mark in _ground(conflict)
            for edit in self.touching.get(mark, ())
            if _matters(edit, conflict)
        }
        return sorted(edits.values(), key=lambda edit: (TOLD.index(edit.what), edit.table != "measures", edit.row))

    def _because(self, touched: Sequence[Edit], one: float | None, two: float | None) -> str:
        severity = "" if one is None or two is None else f"Severity {number(two)} instead of {number(one)}. "
        if not touched:
            return f"{severity}It follows from what differs elsewhere: none of its own rows does."
        told = [edit.sentence[0].lower() + edit.sentence[1:].rstrip(".") for edit in touched]
        return f"{severity}Of what it rests on: {'; '.join(told[:3])}{_more(len(told) - 3)}."

    # Duties

    @cached_property
    def duties(self) -> tuple[DutyChange, ...]:
        """The duties that appear or vanish."""
        before, after = self.before.duties, self.after.duties
        gone = [self._duty(duty, "vanishes") for duty in before if duty not in after]
        new = [self._duty(duty, "appears") for duty in after if duty not in before]
        return tuple(sorted([*gone, *new], key=lambda each: (each.agency, each.outcome, each.population or "")))

    def _duty(self, duty: DutyRef, what: Any) -> DutyChange:
        said = f"A duty {'is gone' if what == 'vanishes' else 'is new'}: {self._duty_words([duty])}"
        served = bool(self.after.servants(duty)) or what == "vanishes" or self.after.proposal is None
        return DutyChange(
            agency=duty.agency,
            agency_name=self._called["agencies"][duty.agency],
            outcome=duty.outcome,
            outcome_name=self._called["outcomes"][duty.outcome],
            population=duty.population,
            population_name=None if duty.population is None else self._called["populations"][duty.population],
            what=what,
            sentence=f"{said}." if served else f"{said}; nothing serves it.",
        )

    def _duty_words(self, duties: Iterable[DutyRef]) -> str:
        outcomes, agencies = self._called["outcomes"], self._called["agencies"]
        ordered = sorted(duties, key=lambda duty: (duty.agency, duty.outcome, duty.population or ""))
        return names([f"'{outcomes[duty.outcome]}' of {agencies[duty.agency]}" for duty in ordered])

    @cached_property
    def _called(self) -> Mapping[str, Mapping[str, str]]:
        """What people call agencies, outcomes and populations, by table and id: after the changes, or else before."""
        states, tables = (self.before, self.after), ("agencies", "outcomes", "populations")
        return {
            table: {row.id: row.name for state in states for row in cast("Any", state.counted.table(table))}
            for table in tables
        }

    # The proposed set

    @cached_property
    def measures(self) -> tuple[MeasureChange, ...]:
        """The measures that come and go; none where one of the two has no set."""
        if self.before.proposal is None or self.after.proposal is None:
            return ()
        one, two = set(self.before.measures), set(self.after.measures)
        return tuple(self._came(name) if name in two else self._went(name) for name in sorted(one ^ two))

    def _came(self, measure: str) -> MeasureChange:
        name, alone = self.after.names[measure], self.after.alone(measure)
        reasons: list[str] = []
        if measure not in self.before.names:
            reasons.append("it is new")
        new = frozenset(duty for duty in alone if duty not in self.before.duties)
        if new:
            reasons.append(f"only it serves what is new: {self._duty_words(new)}")
        reasons += self._handed_over(alone - new, self.before, self.after, "it takes over {duties} from {others}")
        eased = self.before.brings_back(measure) - self.after.places.keys()
        if eased:
            reasons.append(f"{_conflicts(len(eased), 'is', 'are')} gone that keeping it would have brought back")
        ties = ["a set with it was as good before too"] if self.before.member(measure) == "some" else []
        ties += ["a set without it is as good"] if self.after.member(measure) == "some" else []
        return self._measure(measure, f"{name} comes", reasons, ties, "comes")

    def _went(self, measure: str) -> MeasureChange:
        name, alone = self.before.names[measure], self.before.alone(measure)
        if measure not in self.after.names:
            return self._measure(measure, f"{name} goes", ["it is no longer there"], [], "goes")
        reasons: list[str] = []
        gone = frozenset(duty for duty in alone if duty not in self.after.duties)
        if gone:
            whole = "what only it served is gone" if gone == alone else "some of what only it served is gone"
            reasons.append(f"{whole}: {self._duty_words(gone)}")
        reasons += self._handed_over(alone - gone, self.after, self.before, "{others} now {serve} {duties}")
        new = self.after.brings_back(measure) - self.before.places.keys()
        if new:
            reasons.append(f"keeping it would bring {_conflicts(len(new))} that {_was(len(new))} not there")
        ties = ["a set with it is still as good"] if self.after.member(measure) == "some" else []
        ties += ["a set without it was as good before too"] if self.before.member(measure) == "some" else []
        return self._measure(measure, f"{name} goes", reasons, ties, "goes")

    def _handed_over(self, duties: Iterable[DutyRef], servants: State, to: State, words: str) -> list[str]:
        """Who serves, on the other side, duties that here only one measure serves; those on both sides are no news."""
        moved = [(duty, [name for name in servants.servants(duty) if name not in to.measures]) for duty in duties]
        found = {duty: others for duty, others in moved if others}
        if not found:
            return []
        others = sorted({name for each in found.values() for name in each})
        told = names([servants.names[name] for name in others])
        serve = "serves" if len(others) == 1 else "serve"
        return [words.format(duties=self._duty_words(found), others=told, serve=serve)]

    def _measure(
        self, measure: str, head: str, reasons: Sequence[str], ties: Sequence[str], what: Any
    ) -> MeasureChange:
        told = list(reasons) or ([] if ties else ["the best set as a whole is another"])
        return MeasureChange(
            measure=measure,
            name=(self.after if what == "comes" else self.before).names[measure],
            what=what,
            tie=bool(ties),
            why=f"{head}: {'; '.join([*told, *ties])}.",
        )

    def _stages(self) -> Iterator[StageChange]:
        one, two = (self._by_stage(state) for state in (self.before, self.after))
        for name in dict.fromkeys([*one, *two]):
            pair = one.get(name), two.get(name)
            known = [stage for stage in pair if stage is not None]
            values = [None if stage is None else stage.value for stage in pair]
            yield StageChange(
                stage=name,
                unit=known[0].unit,
                before=values[0],
                after=values[1],
                proven=all(stage.proven for stage in known),
            )

    def _by_stage(self, state: State) -> dict[Any, StageResult]:
        return {} if state.proposal is None else {stage.stage: stage for stage in state.proposal.stages}

    def _voices(self) -> Iterator[VoiceShift]:
        if self.before.proposal is None or self.after.proposal is None:
            return
        one, two = (
            {voice.agency: (voice.before, voice.after) for voice in proposal.voices}
            for proposal in (self.before.proposal, self.after.proposal)
        )
        for agency in sorted({*one, *two}):
            before, after = one.get(agency, (None, None)), two.get(agency, (None, None))
            if before != after:
                yield VoiceShift(
                    agency=agency,
                    agency_name=self._called["agencies"][agency],
                    duties_before=before[0],
                    heard_before=before[1],
                    duties_after=after[0],
                    heard_after=after[1],
                )

    # In a sentence

    def _headline(self) -> str:
        counts = [(what, sum(each.what == what for each in self.conflicts)) for what in HOW]
        told = [HOW[what][min(found, 2) - 1].format(_conflicts(found)) for what, found in counts if found]
        for what, (one, many) in {"appears": ("is new", "are new"), "vanishes": ("is gone", "are gone")}.items():
            found = sum(duty.what == what for duty in self.duties)
            told += [f"{count(found, 'duty', 'duties')} {one if found == 1 else many}"] if found else []
        first = f"{', '.join(told)}." if told else "No conflict and no duty differs."
        return f"{first[0].upper()}{first[1:]} {self._set_words()}"

    def _set_words(self) -> str:
        one, two = self.before.proposal, self.after.proposal
        if one is None or two is None:
            return " ".join(self._without_a_set())
        sure = "" if one.proven and two.proven else " Not all of it is proven."
        if one.measures == two.measures:
            return f"The proposed set is the same {count(len(one.measures), 'measure', 'measures')}.{sure}"
        comes, goes = (sum(row.what == what for row in self.measures) for what in ("comes", "goes"))
        figures = (
            f"burden {number(two.after.burden)} instead of {number(one.after.burden)}, "
            f"residual conflict {number(two.after.conflict)} instead of {number(one.after.conflict)}"
        )
        as_before = len(one.measures) == len(two.measures)
        kept = count(len(two.measures), "measure", "measures")
        kept += " as before" if as_before else f" instead of {len(one.measures)}"
        return f"The proposed set has {kept}, {comes} new and {goes} gone: {figures}.{sure}"

    def _without_a_set(self) -> Iterator[str]:
        for state, when in ((self.before, "Before"), (self.after, "After")):
            if state.proposal is not None:
                yield f"{when}, a set of {count(len(state.measures), 'measure', 'measures')} meets all wishes."
            elif isinstance(state.clash, NothingToJudge):
                yield f"{when}, no set can be judged, as no outcome is known."
            elif state.clash.proven:
                yield f"{when}, no set of measures meets all wishes."
            else:
                yield f"{when}, no set was looked for to the end."

    def alone(self, at: int) -> Alone:
        """What a change does by itself."""
        appear, vanish = (sum(each.what == what for each in self.conflicts) for what in ("appears", "vanishes"))
        one, two = (None if state.proposal is None else state.proposal.after for state in (self.before, self.after))
        more = [
            None if one is None or two is None else round(getattr(two, name) - getattr(one, name), 9)
            for name in ("burden", "conflict")
        ]
        comes, goes = ([row for row in self.measures if row.what == what] for what in ("comes", "goes"))
        return Alone(
            change=at,
            possible=True,
            appear=appear,
            vanish=vanish,
            comes=tuple(row.measure for row in comes),
            comes_names=tuple(row.name for row in comes),
            goes=tuple(row.measure for row in goes),
            goes_names=tuple(row.name for row in goes),
            burden=more[0],
            conflict=more[1],
            sentence=self._headline(),
        )


TOLD: Final = ("removed", "united", "changed", "added")
"""Which edits are told first."""

HOW: Final[Mapping[str, tuple[str, str]]] = {
    "appears": ("{} appears", "{} appear"),
    "vanishes": ("{} vanishes", "{} vanish"),
    "worse": ("{} gets worse", "{} get worse"),
    "milder": ("{} gets milder", "{} get milder"),
}
"""How conflicts differ, of one and of more."""


def _measures_of(edit: Edit) -> Iterator[str]:
    """The measure that a target which comes or goes is on."""
    if edit.table == "targets" and edit.what in ("added", "removed"):
        yield from (str(cell.before or cell.after) for cell in edit.cells if cell.column == "measure")


def _matters(edit: Edit, conflict: Conflict) -> bool:
    """Whether an edit can matter to a conflict: who records a measure is no matter to most."""
    only = {cell.column for cell in edit.cells}
    return edit.what != "changed" or only != {"recorded_by"} or conflict.kind == "judged-by-rival"


def _conflicts(number_of: int, one: str = "", many: str = "") -> str:
    said = count(number_of, "conflict", "conflicts")
    return f"{said} {one if number_of == 1 else many}".rstrip()


def _was(number_of: int) -> str:
    return "was" if number_of == 1 else "were"


def _more(number_of: int) -> str:
    return f"; and {number_of} more" if number_of > 0 else ""


def _ground(conflict: Conflict) -> Iterator[tuple[str, str]]:
    """The rows that a conflict rests on, by table and name."""
    yield from (("targets", key) for side in conflict.sides for key in side.targets)
    yield from (("measures", name) for name in conflict.measures)
    if conflict.kind == "unguarded":  # it rests on there being no target
        yield from (("on", name) for name in conflict.measures)
    agencies = {*conflict.agencies, *(name for side in conflict.sides for name in side.deliverers)}
    yield from (("agencies", name) for name in sorted(agencies))
    for table, name in (
        ("agencies", conflict.deliverer),
        ("outcomes", conflict.outcome),
        ("resources", conflict.resource),
    ):
        if name is not None:
            yield table, name
    yield from ((row.table, row.row) for row in conflict.evidence)
