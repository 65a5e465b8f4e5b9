"""What a join says of what it matched and what it kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from alignment.models.numbers import count
from alignment.models.system.checks import references
from alignment.models.system.system import TABLES
from alignment.scenarios.draft import SINGULAR
from alignment.scenarios.matching import Matching, Thing
from alignment.wording import names, quoted

from .deciding import Labels, Notes, shown
from .tables import Made
from .things import Things

PLURAL: Final[Mapping[str, str]] = {
    "accountability": "lines of accountability",
    "draws": "draws",
    "pathways": "steps of journeys",
    "series": "readings",
}
"""What several rows of a table are called, where that is not its name."""


def tell(matching: Matching, things: Things, made: Mapping[str, Made], labels: Labels, notes: Notes) -> None:
    """Note what was matched and what was kept apart.

    Parameters
    ----------
    matching
        What is one thing.
    things
        What things are called.
    made
        By table, the rows without ids.
    labels
        What places are called.
    notes
        Where it is told.
    """
    where = {table: [each.places for each in group] for table, group in matching.things.items()}
    where |= {table: [frozenset(place for place, _ in said) for said, _ in rows] for table, rows in made.items()}
    if len(labels.labels) > 1:
        _tell_counts(where, labels, notes)
    _tell_matched(matching, things, labels, notes)
    _tell_apart(matching, things, labels, notes)


def _tell_counts(where: Mapping[str, list[frozenset[int]]], labels: Labels, notes: Notes) -> None:
    shared = {table: sum(len(places) > 1 for places in where.get(table, ())) for table in TABLES}
    notes.matched("", f"In more than one place, and one here: {_counted(shared)}")
    for place in range(len(labels.labels)):
        alone = {table: sum(list(places) == [place] for places in where.get(table, ())) for table in TABLES}
        notes.matched("", f"Only in {labels.of([place])}: {_counted(alone)}")


def _counted(numbers: Mapping[str, int]) -> str:
    said = [count(number, SINGULAR[table], PLURAL.get(table, table)) for table, number in numbers.items() if number]
    return names(said, len(said)) if said else "nothing"


def _tell_matched(matching: Matching, things: Things, labels: Labels, notes: Notes) -> None:
    bodies = [things.name(each) for each in matching.things["agencies"] if len(each.rows) > 1]
    if bodies:
        one = "one body" if len(bodies) == 1 else "one body each"
        notes.matched("agencies", f"taken for {one}: {'; '.join(sorted(bodies))}. What is not, name in apart")
    for table, group in matching.things.items():
        for each in group:
            ids = {row.id for row in each.rows.values()}
            if len(ids) > 1:
                why = "declared the same" if each.declared else "but for capitals one id"
                where = labels.said({place: row.id for place, row in each.rows.items()})
                notes.matched(table, f"{quoted(things.name(each))} is one: {where}, {why}", "id")
    for table, place, name in matching.unsure:
        each = matching.of[place][table][name]
        what = f"{quoted(each.rows[place].name)} ({name}) of {labels.of([place])} fits more than one of this id"
        notes.matched(table, f"{what}, and stands with that of {labels.of(each.places - {place})}")


def _tell_apart(matching: Matching, things: Things, labels: Labels, notes: Notes) -> None:
    for table, group in matching.things.items():
        by_id = defaultdict[str, list[Thing]](list)
        for each in group:
            if each.apart is not None:
                by_id[each.first.id.casefold()].append(each)
        # A reason that many share is told once for all.
        together = defaultdict[str, list[str]](list)
        for same in by_id.values():
            called = sorted(f"{quoted(things.name(each))} ({things.id[each]})" for each in same)
            together[_why(table, same, things, labels)].append(names(called, len(called)))
        for why, called in together.items():
            notes.apart(table, f"{'; '.join(sorted(called))}: {why}")
    for row, why in matching.left:
        what = f"{row.measure_a} and {row.measure_b} are declared one"
        notes.apart("overlaps", f"{what}, and stay two measures with a row that says so, as the second {why}")


def _why(table: str, same: Iterable[Thing], things: Things, labels: Labels) -> str:
    first = next(iter(same))
    if first.apart == "asked":
        return "kept apart, as asked"
    if first.apart == "own":
        return (
            "each place's own, as the places say different things of where their measures stand or of what is wanted "
            "of them; name in shared what is one body"
        )
    further = [column for column in first.differs if column != "name"]
    said = "; ".join(_difference(table, column, same, things, labels) for column in further)
    return f"kept apart, as {said}" if further else "kept apart, as their names differ"


def _difference(table: str, column: str, same: Iterable[Thing], things: Things, labels: Labels) -> str:
    home = dict(references(TABLES[table])).get(column)

    def word(place: int, row: Any) -> str:
        cell = getattr(row, column)
        return shown(cell if home is None or cell is None else things.called_by_id(home, things.ids[place][home][cell]))

    said = {place: word(place, row) for each in same for place, row in each.rows.items()}
    known = {place: value for place, value in said.items() if value != "blank"}
    return f"{column} is {labels.said(known if len(set(known.values())) > 1 else said)}"
