"""Which rows of several systems are the same thing.

Two rows of one id (whatever its capitals) whose definitions agree are one thing; of one id but another definition they
are kept apart, by place. Measures of other ids are one where somebody declares them the same. Bodies that are each
place's own although they are called alike are told by `own_bodies`. What is only likely is shown by `likely`, and never
matched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast

from alignment.models.system.measures import Overlap

from .definitions import DEFINITION, MEANING, Named, clusters, definition, differing
from .places import Place

Apart = Literal["definition", "own", "asked"]
"""Why rows of one id are kept apart: they say another thing, they are each place's own, or somebody asked for it."""


@dataclass(eq=False)
class Thing:
    """One thing in one or more systems.

    Attributes
    ----------
    table
        Its table.
    number
        Its place among all things.
    rows
        By place, its row there.
    apart
        Why it is kept apart from others of its id; blank where there are none.
    differs
        The columns in which it differs from those; where it is not kept apart, those in which its own rows differ.
    declared
        Whether rows of other ids are in it, which somebody declared the same.
    """

    table: str
    number: int
    rows: dict[int, Any]
    apart: Apart | None = None
    differs: tuple[str, ...] = ()
    declared: bool = False

    @property
    def places(self) -> frozenset[int]:
        """Where it is."""
        return frozenset(self.rows)

    @property
    def first(self) -> Any:
        """Its row in the first of its places."""
        return self.rows[min(self.rows)]


@dataclass(eq=False)
class Matching:
    """The things of several systems.

    Attributes
    ----------
    places
        The systems.
    things
        By table.
    of
        By place, for each table the thing of an id.
    unsure
        Rows that would agree with more than one thing of their id: table, place and id.
    left
        What was declared of measures and not made one: the row, and why not.
    """

    places: Sequence[Place]
    things: dict[str, list[Thing]] = field(default_factory=dict[str, list[Thing]])
    of: list[dict[str, dict[str, Thing]]] = field(default_factory=list[dict[str, dict[str, Thing]]])
    unsure: list[tuple[str, int, str]] = field(default_factory=list[tuple[str, int, str]])
    left: list[tuple[Overlap, str]] = field(default_factory=list[tuple[Overlap, str]])
    made: int = 0

    def thing(self, table: str, rows: dict[int, Any], **cells: Any) -> Thing:
        """One more thing."""
        new = Thing(table, self.made, rows, **cells)
        self.made += 1
        self.things.setdefault(table, []).append(new)
        for place, row in rows.items():
            self.of[place].setdefault(table, {})[row.id] = new
        return new

    def drop(self, old: Thing) -> None:
        """A thing that others stand for from now on."""
        self.things[old.table].remove(old)

    def named(self, place: int) -> Named:
        """For each table, the number of the thing that each id stands for in a place."""
        return {table: {name: each.number for name, each in ids.items()} for table, ids in self.of[place].items()}


def match(
    places: Sequence[Place],
    overlaps: Iterable[Overlap] = (),
    *,
    apart: frozenset[str] = frozenset(),
    shared: frozenset[str] = frozenset(),
) -> Matching:
    """Which rows of several systems are the same thing.

    Parameters
    ----------
    places
        The systems.
    overlaps
        What somebody declares of measures of different systems.
    apart
        Ids that are each place's own, in every table.
    shared
        Ids of agencies that are one body whatever the systems say of them.

    Returns
    -------
    Matching
        Every row with an id (targets aside) in one thing.
    """
    # It compares what is wanted and where things stand, which needs measures that are matched already.
    from .own_bodies import keep_own_bodies_apart

    matching = Matching(places, of=[{} for _ in places])
    folded, one = (frozenset(name.casefold() for name in some) for some in (apart, shared))
    for table in TABLES_BEFORE:
        _match_table(matching, table, folded, one if table == "agencies" else frozenset())
    _declare(matching, overlaps)
    keep_own_bodies_apart(matching, one)
    _match_table(matching, "resources", folded)
    return matching


TABLES_BEFORE: Final = tuple(table for table in DEFINITION if table != "resources")
"""The tables matched before bodies are told apart; resources are owned by bodies."""


def _match_table(matching: Matching, table: str, apart: frozenset[str], shared: frozenset[str] = frozenset()) -> None:
    called = defaultdict[str, dict[int, Any]](dict)
    for place, each in enumerate(matching.places):
        matching.of[place].setdefault(table, {})
        for row in cast("Any", each.system.table(table)):
            called[row.id.casefold()][place] = row
    matching.things.setdefault(table, [])
    named = [matching.named(place) for place in range(len(matching.places))]
    for name, rows in called.items():
        if name in apart and len(rows) > 1:
            for place, row in rows.items():
                matching.thing(table, {place: row}, apart="asked")
            continue
        if name in shared:
            matching.thing(table, rows)
            continue
        definitions = {place: definition(table, row, named[place]) for place, row in rows.items()}
        groups, unsure = clusters(table, definitions)
        matching.unsure += [(table, place, rows[place].id) for place in unsure]
        differs = _between(table, [[definitions[place] for place in group] for group in groups])
        for group in groups:
            cells: dict[str, Any] = {"apart": "definition", "differs": differs} if differs else {}
            matching.thing(table, {place: rows[place] for place in group}, **cells)


def _between(table: str, groups: Sequence[Sequence[tuple[Any, ...]]]) -> tuple[str, ...]:
    """The columns in which rows of different groups differ, in their order."""
    found = {
        column
        for at, group in enumerate(groups)
        for others in groups[:at]
        for one in group
        for two in others
        for column in differing(table, one, two)
    }
    return tuple(column for column in DEFINITION[table] if column in found)


# Declared the same


def _declare(matching: Matching, overlaps: Iterable[Overlap]) -> None:
    """Make one of measures that somebody declares the same, where no system holds both."""
    for row in sorted(filter(says_one, overlaps), key=lambda row: (row.measure_a, row.measure_b)):
        one, two = (thing_called(matching, "measures", word) for word in (row.measure_a, row.measure_b))
        why = _why_not(matching, one, two)
        if why is None:
            _unite(matching, one, two)
        else:
            matching.left.append((row, why))


def thing_called(matching: Matching, table: str, word: str) -> Thing:
    """The thing that a word names: by its id, where only one thing has that, or by place and id (croydon.waits).

    Raises
    ------
    UnknownWord
        It names none, or several.
    """
    from alignment.errors import UnknownWord

    known: dict[str, set[Thing]] = defaultdict(set)
    for each in matching.things[table]:
        for place, row in each.rows.items():
            for name in (row.id, f"{matching.places[place].slug}.{row.id}"):
                known[name].add(each)
    if len(known.get(word, ())) != 1:
        sure = [name for name, things in known.items() if len(things) == 1]
        raise UnknownWord(word, sure, f"one of the {table} to be joined")
    return next(iter(known[word]))


def says_one(row: Overlap) -> bool:
    """Whether a row of overlaps says that two measures are one in all."""
    return row.kind == "same" and row.share in (None, 1)


def _why_not(matching: Matching, one: Thing, two: Thing) -> str | None:
    """Why two measures are not made one; nothing where they are."""
    if one is two:
        return "is the first already"
    if one.places & two.places:
        return "stands beside the other in one of the systems"
    definitions = [
        definition("measures", row, matching.named(place)) for each in (one, two) for place, row in each.rows.items()
    ]
    differ = {column for mine in definitions for yours in definitions for column in differing("measures", mine, yours)}
    meaning = [column for column in MEANING if column in differ]
    return f"differs in {' and '.join(meaning)}" if meaning else None


def _unite(matching: Matching, one: Thing, two: Thing) -> None:
    for each in (one, two):
        matching.drop(each)
    matching.thing("measures", dict(sorted({**one.rows, **two.rows}.items())), declared=True)
