"""What no single cell can tell: references, keys, and facts that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, Final, cast, get_args

from alignment.models.cell_fault_words import ELSEWHERE
from alignment.models.faults import Fault, Place, guessed, meant
from alignment.models.fields import APRIL, Refers, Row, first_day, last_day

from .bodies import Accountability, Population, Relationship, Tier
from .keys import apart_by, mark_of
from .links import Control, Draw, Incentive, Influence, Resource
from .measures import Capture, Level, Measure, Overlap, Target

Rows = Mapping[int, Any]
Tables = Mapping[str, Rows]


def check(tables: Tables, known: Mapping[str, frozenset[str]], torn: Tables = MappingProxyType({})) -> Iterator[Fault]:
    """Every fault of the tables that is not the fault of one cell alone.

    Parameters
    ----------
    tables
        For each table its rows by index; a row that could not be read is left out.
    known
        For each table the ids that exist, those of rows that could not be read included,
        so that one bad cell is not reported again wherever its row is referred to.
    torn
        For each table the rows of which some cells could not be read, those cells blank. Only what
        their other cells refer to, and their ids, are checked.

    Yields
    ------
    Fault
        In the order of the tables, references before contradictions.
    """
    astray: dict[tuple[str, str], list[Place]] = {}
    for table, rows in tables.items():
        bits = torn.get(table, {})
        yield from _keys(table, _and_named(rows, bits))
        _look_up(table, {**rows, **bits} if bits else rows, known, astray)
    for at, ((other, word), places) in enumerate(astray.items()):
        ids = known[other]
        guess = at < guessed(len(astray), len(ids))
        yield _lost(other, word, places, ids if guess else frozenset())
    for table, contradictions in CONTRADICTIONS.items():
        yield from contradictions(tables.get(table, {}), tables)


@cache
def references(row_type: type[Row]) -> tuple[tuple[str, str], ...]:
    """The fields of a row that name rows of other tables, with the table they name."""

    def named(annotation: Any) -> str | None:
        for part in get_args(annotation):
            if isinstance(part, Refers):
                return part.table
            found = named(part)
            if found:
                return found
        return None

    found: list[tuple[str, str]] = []
    for name, field in row_type.model_fields.items():
        marks = [mark.table for mark in field.metadata if isinstance(mark, Refers)]
        table = marks[0] if marks else named(field.annotation)
        if table:
            found.append((name, table))
    return tuple(found)


def words(row: Row, column: str) -> tuple[str, ...]:
    """The ids in a cell that refers to another table."""
    value: str | tuple[str, ...] | None = getattr(row, column)
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _look_up(
    table: str,
    rows: Mapping[int, Row],
    known: Mapping[str, frozenset[str]],
    astray: dict[tuple[str, str], list[Place]],
) -> None:
    """Note the places of each word that is no id of the table it refers to."""
    for column, other in references(type(next(iter(rows.values())))) if rows else ():
        ids = known[other]
        for index, row in rows.items():
            for word in words(row, column):
                if word not in ids:
                    place = Place(table=table, index=index, column=column)
                    astray.setdefault((other, word), []).append(place)


def _lost(other: str, word: str, places: Sequence[Place], ids: frozenset[str]) -> Fault:
    """One fault for a word that is no id, at the first of its places."""
    first, *also = places
    return Fault(
        table=first.table,
        index=first.index,
        column=first.column,
        what=f"'{word}' is not an id of {other}",
        remedy=meant(word, ids, f"Add it to {other}, or correct the cell"),
        also=tuple(also),
    )


def _and_named(rows: Rows, torn: Rows) -> Rows:
    """The rows, and those torn rows that still have an id of their own, in their order."""
    named = {i: row for i, row in torn.items() if row.key == ("id",) and row.id is not None}
    return dict(sorted({**rows, **named}.items())) if named else rows


def _keys(table: str, rows: Mapping[int, Row]) -> Iterator[Fault]:
    seen: dict[Any, int] = {}
    for index, row in rows.items():
        columns, mark = apart_by(row), mark_of(row)
        if mark in seen:
            same = ", ".join(f"{column} '{getattr(row, column)}'" for column in columns if getattr(row, column))
            yield Fault(
                table=table,
                index=index,
                column=columns[0] if len(columns) == 1 else None,
                what=f"{same or 'the whole row'} is there already",
                repeats=seen[mark],
                remedy="Keep one of the two, or give the other an id of its own"
                if columns == ("id",)
                else "Make one row of the two, or say what sets them apart"
                if columns
                else "Keep one of the two: they say the same",
            )
        else:
            seen[mark] = index


def _fault(table: str, index: int, column: str | None, what: str, remedy: str) -> Fault:
    return Fault(table=table, index=index, column=column, what=what, remedy=remedy)


def _circles(table: str, rows: Rows) -> Iterator[Fault]:
    parents = {row.id: row.parent for row in rows.values()}
    for index, row in rows.items():
        seen: set[str] = set()
        above = row.parent
        while above is not None and above in parents and above not in seen and above != row.id:
            seen.add(above)
            above = parents[above]
        if above == row.id:
            yield _fault(
                table,
                index,
                "parent",
                f"'{row.id}' is its own ancestor",
                "Break the circle of parents",
            )


def _tiers(rows: Rows, _: Tables) -> Iterator[Fault]:
    yield from _circles("tiers", rows)
    levels = {row.id: row.level for row in cast("Mapping[int, Tier]", rows).values()}
    for index, row in cast("Mapping[int, Tier]", rows).items():
        if row.parent in levels and row.parent != row.id and levels[row.parent] >= row.level:
            yield _fault(
                "tiers",
                index,
                "level",
                f"level {row.level:g} is not below its parent's, {levels[row.parent]:g}",
                "Give the tier nearer the front line the larger level",
            )


def _populations(rows: Mapping[int, Population], _: Tables) -> Iterator[Fault]:
    yield from _circles("populations", rows)


def _accountability(rows: Mapping[int, Accountability], _: Tables) -> Iterator[Fault]:
    for index, row in rows.items():
        if row.agency == row.answers_to:
            yield _fault(
                "accountability",
                index,
                "answers_to",
                f"'{row.agency}' answers to itself",
                "Name the agency that it answers to; one that answers to nobody needs no row",
            )


def _measures(rows: Mapping[int, Measure], _: Tables) -> Iterator[Fault]:
    for index, row in rows.items():
        low, high, now = row.floor, row.ceiling, row.baseline
        if low is not None and high is not None and low > high:
            yield _fault(
                "measures",
                index,
                "floor",
                f"floor {low:g} is above ceiling {high:g}",
                "Swap them, or correct one",
            )
        elif now is not None and low is not None and now < low:
            yield _fault(
                "measures",
                index,
                "baseline",
                f"baseline {now:g} is below floor {low:g}",
                "Correct the baseline or the floor",
            )
        elif now is not None and high is not None and now > high:
            yield _fault(
                "measures",
                index,
                "baseline",
                f"baseline {now:g} is above ceiling {high:g}",
                "Correct the baseline or the ceiling",
            )


def _captures(rows: Mapping[int, Capture], tables: Tables) -> Iterator[Fault]:
    own = {row.id: row.outcome for row in tables.get("measures", {}).values()}
    for index, row in rows.items():
        if own.get(row.measure) == row.outcome and row.validity != 1:
            yield _fault(
                "captures",
                index,
                "validity",
                f"'{row.outcome}' is the measure's own outcome, which means validity 1, not {row.validity:g}",
                "Name the outcome in one of the two only, here or in measures",
            )


def _overlaps(rows: Mapping[int, Overlap], _: Tables) -> Iterator[Fault]:
    yield from _pairs("overlaps", {i: (row.measure_a, row.measure_b) for i, row in rows.items()}, "measure")


def _relationships(rows: Mapping[int, Relationship], _: Tables) -> Iterator[Fault]:
    yield from _pairs("relationships", {i: (row.agency_a, row.agency_b) for i, row in rows.items()}, "agency")


def _pairs(table: str, pairs: Mapping[int, tuple[str, str]], noun: str) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for index, (a, b) in pairs.items():
        if a == b:
            yield _fault(table, index, f"{noun}_b", f"'{a}' is paired with itself", f"Name the other {noun}")
        elif (b, a) in seen:
            yield Fault(
                table=table,
                index=index,
                what=f"'{a}' and '{b}' are there already, the other way round",
                remedy="Make one row of the two",
                repeats=seen[b, a],
            )
        seen.setdefault((a, b), index)


def _targets(rows: Mapping[int, Target], _: Tables) -> Iterator[Fault]:
    for index, row in rows.items():
        for column, what, remedy in (*_band(row), *_size(row)):
            yield _fault("targets", index, column, what, remedy)
        if row.start and row.due and first_day(row.start) > last_day(row.due):
            what = f"it is due {row.due}, before it starts {row.start}"
            yield _fault("targets", index, "due", what, "Correct one of the two")


def _band(row: Target) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the ends of a band: column, what, remedy."""
    if row.sense != "between":
        if row.upper is not None:
            # Where there is no value, its place is the other cell.
            other = "keep the number in note" if row.value is not None else "move it to value"
            yield "upper", f"'{row.sense}' has no upper end", f"Use sense between, or {other}"
    elif row.value is None or row.upper is None:
        column = "upper" if row.upper is None else "value"
        yield column, "'between' needs both ends of its band", f"Give value and upper, or {ELSEWHERE}"
    elif row.value > row.upper:
        what = f"the band ends at {row.upper:g}, before it begins at {row.value:g}"
        yield "upper", what, "Swap value and upper"


def _size(row: Target) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the value of a target without a band: column, what, remedy."""
    if row.sense in ("at_least", "at_most") and row.value is None and row.upper is None:
        other = "increase" if row.sense == "at_least" else "decrease"
        remedy = f"Give the value, or use sense {other} if only the direction is known"
        yield "value", f"'{row.sense}' needs a value", remedy
    if row.sense in ("increase", "decrease") and row.value is not None and row.value <= 0:
        what = f"the size of a change is above 0, not {row.value:g}"
        signed = "Give the size without a sign, and the direction in sense"
        yield "value", what, signed if row.value else "Clear the cell: a change of unknown size is one too"
    if row.sense == "hold" and row.value is not None and row.value < 0:
        what = f"the margin of a hold is not below 0, as {row.value:g} is"
        yield "value", what, "Give how far it may get worse, without a sign, or leave it blank"


def _incentives(rows: Mapping[int, Incentive], _: Tables) -> Iterator[Fault]:
    for index, row in rows.items():
        if row.start and row.due and first_day(row.start) > last_day(row.due):
            what = f"it ends {row.due}, before it starts {row.start}"
            yield _fault("incentives", index, "due", what, "Correct one of the two")


TIMES: Final = {"targets": ("start", "due"), "incentives": ("start", "due"), "levels": ("period",)}
"""The columns that hold times."""


def other_years(tables: Tables, begins: int | None) -> Iterator[Fault]:
    """A fault for each financial year of a system whose years begin in another month than April.

    Whoever reads tables has turned these into days; there are none but in rows that were made by hand.
    """
    if begins in (None, APRIL):
        return
    for table, columns in TIMES.items():
        for index, row in tables.get(table, {}).items():
            for column in columns:
                if "/" in (getattr(row, column) or ""):
                    what = f"'{getattr(row, column)}' is a year from April to March, and about.year_begins is {begins}"
                    yield _fault(table, index, column, what, "Write the day, such as 2018-03-31")


def _influences(rows: Mapping[int, Influence], _: Tables) -> Iterator[Fault]:
    for index, row in rows.items():
        if row.strength is None and row.effect is None:
            yield _fault(
                "influences",
                index,
                "strength",
                "neither strength nor effect is given",
                "Give one of them, or keep the row elsewhere until its sign is known: without one it says nothing",
            )
        if row.source_measure == row.target_measure:
            yield _fault(
                "influences",
                index,
                "target_measure",
                f"'{row.source_measure}' influences itself",
                "Name the other measure: of itself, a measure does not count",
            )


def _controls(rows: Mapping[int, Control], _: Tables) -> Iterator[Fault]:
    totals: dict[str, float] = defaultdict(float)
    last: dict[str, int] = {}
    for index, row in rows.items():
        totals[row.measure] += row.share
        last[row.measure] = index
    for measure, total in totals.items():
        if total > 1 + 1e-9:
            yield _fault(
                "controls",
                last[measure],
                "share",
                f"the shares of '{measure}' add up to {total:g}",
                "Correct them: all together bring about at most 1",
            )


def _resources(rows: Mapping[int, Resource], _: Tables) -> Iterator[Fault]:
    for index, row in rows.items():
        if row.floor is not None and row.capacity is not None and row.floor > row.capacity:
            yield _fault(
                "resources",
                index,
                "floor",
                f"floor {row.floor:g} is above capacity {row.capacity:g}",
                "Swap them, or correct one",
            )


def _draws(rows: Mapping[int, Draw], _: Tables) -> Iterator[Fault]:
    for index, row in rows.items():
        if row.per_step is None or row.uses is None:
            continue
        if (row.per_step > 0) != (row.uses == "yes"):
            yield _fault(
                "draws",
                index,
                "uses",
                f"per_step {row.per_step:g} and uses '{row.uses}' contradict each other",
                "Correct the one that is wrong; uses may be blank, as the sign of per_step says it",
            )


def _levels(rows: Mapping[int, Level], tables: Tables) -> Iterator[Fault]:
    measures = {row.id: row for row in cast("Mapping[int, Measure]", tables.get("measures", {})).values()}
    for index, row in rows.items():
        measure = measures.get(row.measure)
        low, high = (measure.floor, measure.ceiling) if measure is not None else (None, None)
        for end, word, beyond in ((low, "floor", "below"), (high, "ceiling", "above")):
            if end is not None and (row.value < end if beyond == "below" else row.value > end):
                what = f"value {row.value:g} is {beyond} the {word} of '{row.measure}', {end:g}"
                yield _fault("levels", index, "value", what, f"Correct the value, or the {word} in measures")


CONTRADICTIONS: Final[dict[str, Callable[[Any, Tables], Iterator[Fault]]]] = {
    "tiers": _tiers,
    "accountability": _accountability,
    "populations": _populations,
    "measures": _measures,
    "captures": _captures,
    "overlaps": _overlaps,
    "targets": _targets,
    "influences": _influences,
    "controls": _controls,
    "incentives": _incentives,
    "resources": _resources,
    "draws": _draws,
    "levels": _levels,
    "relationships": _relationships,
}
