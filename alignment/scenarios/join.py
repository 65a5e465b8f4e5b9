"""One system from several, such as two councils: what is shared is there once, what is a place's own stays its own.

Which rows are one thing is told by `matching`; what becomes of rows that say different things, by the files of
`joining`. Whatever was matched, kept apart or decided stands in the notes of the joined system. Nothing depends on the
order of the systems, and joining a system with a part of itself changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from alignment.errors import InputError, OptionError
from alignment.models.faults import Fault
from alignment.models.fields import APRIL, unchecked
from alignment.models.options.joining import JoinOptions
from alignment.models.system import TABLES, About, System
from alignment.models.system.measures import Level, Overlap
from alignment.options.asked import asked_of
from alignment.options.fault_words import TABLE
from alignment.tables.columns import column_faults
from alignment.tables.document import raw_list
from alignment.tables.rows import read_rows
from alignment.wording import names as in_words

from .joining.deciding import Labels, Notes, most, texts
from .joining.figures import Figures
from .joining.likely import tell_likely
from .joining.tables import Made, Tables, declared
from .joining.things import Things
from .joining.told import tell
from .matching import Matching, match, thing_called
from .places import Place, places_of

OverlapRow = Overlap | Mapping[str, Any]
"""A row of overlaps, or its cells."""


def join(
    *systems: System,
    names: Sequence[str] | None = None,
    overlaps: Iterable[OverlapRow] = (),
    apart: str | Iterable[str] = (),
    shared: str | Iterable[str] = (),
) -> System:
    """One system from several: rows that are the same are one, ids that clash are kept apart by place.

    Two rows of one id are one thing where the columns that define it agree (of a measure its name, unit, direction,
    outcome, people, numerator, denominator and window), a blank with anything; else each is called after its place,
    ``croydon.council``, and whatever refers to it follows. A body that seems to be one is each place's own where the
    places contradict each other about what it delivers. Where a measure stands at different figures, each place's
    agencies keep theirs as `levels`. The order of systems changes nothing.

    Parameters
    ----------
    *systems
        The systems, any number of them.
    names
        A short name for each, for ids and notes; blank takes the names in `about`.
    overlaps
        Rows of overlaps between measures of different systems. Kind *same* makes the two one; all others are kept.
        Measures are named by id, or by place and id (``croydon.waits``) where several have it.
    apart
        Ids that are each place's own, whatever the rows say.
    shared
        Ids of agencies that are one body, whatever the rows say.

    Returns
    -------
    System
        Checked like any other. Its `notes` say what was matched, what was kept apart and why, what was decided where
        places differ, and what may be one thing and is not declared so; `validate` shows them.

    Raises
    ------
    OptionError
        There is no system, names do not fit, or the currencies differ.
    UnknownWord
        A measure of `overlaps`, or an id of `apart` or `shared`, is not known.
    InputError
        Something is wrong with the rows of `overlaps`.

    Examples
    --------
    >>> import alignment as al
    >>> def place(name, waits):
    ...     return al.read(
    ...         {
    ...             "about": {"name": name},
    ...             "agencies": [{"id": "council", "name": f"{name} Council"}],
    ...             "measures": [{"id": "waits", "name": "Waits for a home", "unit": "days", "baseline": waits}],
    ...             "targets": [{"agency": "council", "measure": "waits", "sense": "decrease"}],
    ...         }
    ...     )
    >>> both = al.join(place("Croydon", 40), place("Sutton", 31))
    >>> print(both)
    2 agencies · 1 measure · 2 targets
    >>> [(row.agency, row.value) for row in both.levels]
    [('croydon.council', 40.0), ('sutton.council', 31.0)]
    """
    rows = [row.model_dump(exclude_none=True) if isinstance(row, Overlap) else row for row in overlaps]
    return join_of(systems, asked_of(JoinOptions, {"names": names, "overlaps": rows, "apart": apart, "shared": shared}))


def join_of(systems: Sequence[System], asked: JoinOptions) -> System:
    """One system from several; see `join`.

    Raises
    ------
    OptionError
        There is no system, names do not fit, or the currencies differ.
    UnknownWord
        An id is not known.
    InputError
        Something is wrong with the rows of `overlaps`.
    """
    given = _overlap_rows(asked.overlaps)
    places = places_of(systems, asked.names)
    labels, notes = Labels([place.label for place in places]), Notes()
    about = _about(places, labels, notes)
    known = {name.casefold() for each in systems for name in _ids(each)}
    apart, shared = (_known(option, getattr(asked, option), known) for option in ("apart", "shared"))
    matching = match(places, given, apart=apart, shared=shared)
    things = Things(matching, labels, notes)
    rows = things.rows()
    made = Tables(matching, things, labels, notes).united(row for _, row in rows["measures"])
    figures = Figures(things, matching, labels, notes)
    rows["measures"] = figures.settle(cast("Any", rows["measures"]), [cast("Level", row) for _, row in made["levels"]])
    tables = _tables(rows, made)
    tables["levels"] += tuple(level for _, level in sorted(figures.levels, key=_place))
    tables["overlaps"] += tuple(declared(_in_joined(given, matching, things), made["overlaps"]))
    tell(matching, things, made, labels, notes)
    joined = System(about=about, **tables)
    tell_likely(joined, rows, things, notes)
    return joined.noting(notes.all())


def _place(level: tuple[int, Level]) -> int:
    return level[0]


def _tables(rows: Mapping[str, Sequence[tuple[Any, Any]]], made: Mapping[str, Made]) -> dict[str, Any]:
    both = {**rows, **made}
    return {table: tuple(row for _, row in both[table]) for table in TABLES}


# What is asked


def _overlap_rows(cells: Sequence[Mapping[str, Any]]) -> list[Overlap]:
    """Rows of overlaps, or every fault of them."""
    raw = raw_list("overlaps", [dict(row) for row in cells])
    read = read_rows(raw, Overlap)
    faults = [*raw.faults, *column_faults(raw, Overlap), *read.faults] if cells else []
    if faults:
        raise InputError([raw.locate(fault) for fault in faults])
    return [cast("Overlap", row) for row in read.whole.values()]


def _ids(system: System) -> set[str]:
    tables = [table for table, row_type in TABLES.items() if row_type.key == ("id",) and table != "targets"]
    return {row.id for table in tables for row in cast("Any", system.table(table))}


def _known(option: str, words: Sequence[str], known: set[str]) -> frozenset[str]:
    lost = [word for word in words if word.casefold() not in known]
    if lost:
        what = f"'{lost[0]}' is no id of the systems"
        raise OptionError.of([Fault(table=TABLE, column=option, what=what, remedy="Give ids as the systems have them")])
    return frozenset(words)


def _in_joined(given: Iterable[Overlap], matching: Matching, things: Things) -> Iterable[Overlap]:
    """Rows of overlaps, of measures by their ids in the joined system."""
    for row in given:
        one, two = (things.id[thing_called(matching, "measures", word)] for word in (row.measure_a, row.measure_b))
        yield unchecked(row, measure_a=one, measure_b=two)


# What the system is


def _about(places: Sequence[Place], labels: Labels, notes: Notes) -> About:
    rows = {place: each.system.about for place, each in enumerate(places)}
    called = sorted({row.name for row in rows.values() if row.name is not None})
    cells: dict[str, Any] = {"name": in_words(called, len(called)) or None, "currency": _currency(rows, labels)}
    cells["year"] = _later(rows, labels, notes)
    cells["year_begins"] = _year_begins(rows, labels, notes)
    for column in ("description", "source", "verified", "note"):
        cells[column] = texts(getattr(row, column) for row in rows.values())
    whole = About(**cells)
    return next((row for row in rows.values() if row == whole), whole)


def _said(rows: Mapping[int, About], column: str) -> dict[int, Any]:
    return {place: value for place, row in rows.items() if (value := getattr(row, column)) is not None}


def _currency(rows: Mapping[int, About], labels: Labels) -> str | None:
    said = _said(rows, "currency")
    if len(set(said.values())) > 1:
        raise OptionError(
            f"The currencies differ: {labels.said(said)}. Money of two currencies cannot be added up: give all sums in "
            "one, and name it in about."
        )
    return most(said) if said else None


def _later(rows: Mapping[int, About], labels: Labels, notes: Notes) -> int | None:
    said = _said(rows, "year")
    if len(set(said.values())) > 1:
        words = labels.said({place: str(year) for place, year in said.items()})
        notes.decided("about", f"{words}; the later is kept", "year")
    return max(said.values(), default=None)


def _year_begins(rows: Mapping[int, About], labels: Labels, notes: Notes) -> int | None:
    said = _said(rows, "year_begins")
    if len({row.year_begins or APRIL for row in rows.values()}) == 1:
        return most(said) if said else None
    # Financial years that begin in another month stand in the rows as days already.
    notes.decided(
        "about", f"month {labels.said(said)}; financial years begin in April here, all others are days", "year_begins"
    )
    return APRIL
