r"""A part of a system, with all that it refers to.

What is cut by are agencies and measures: with A the agencies chosen (of `agencies` and `tiers` both) and M the measures
chosen (of `outcomes` and `measures` both), the part begins with the targets, incentives and controls that name one of A
and are on one of M. Whatever a row of the part refers to is in the part, all the way. Of every other table a row comes
along when the agencies and measures that it names are in; the outcomes, resources and people that it names besides come
with it. So the part is the least fixed point, which is why cutting it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, cast

from alignment.errors import OptionError
from alignment.models.faults import Fault, Note
from alignment.models.fields import Row
from alignment.models.numbers import count
from alignment.models.options.scenarios import SubsetOptions
from alignment.models.system import TABLES, System, known_ids
from alignment.models.system.checks import references, words
from alignment.models.system.links import Finance
from alignment.options.asked import asked_of, fitted
from alignment.options.fault_words import TABLE
from alignment.wording import upper_first

from .draft import SINGULAR

Id = tuple[str, str]
"""A row that others can name: its table and its id."""

CUT_BY: Final = ("agencies", "measures")
"""The tables that a part is cut by: whatever else a row names comes with it."""

CLAIMS: Final = ("targets", "incentives")
"""The tables whose rows are somebody's: only those of the agencies chosen are in the part."""

FIRST: Final = (*CLAIMS, "controls")
"""The tables that a part begins with."""


def subset(
    system: System,
    agencies: str | Iterable[str] | None = None,
    *,
    tiers: str | Iterable[str] | None = None,
    outcomes: str | Iterable[str] | None = None,
    measures: str | Iterable[str] | None = None,
) -> System:
    """A part of a system, with all that it refers to; the one given stays as it is.

    It begins with the targets, incentives and controls of the agencies chosen on the measures chosen; then come the
    bodies that these name, and all facts between what is in: influences, overlaps, lines of accountability and so on.
    Several ids of one option widen the part, several options narrow it. What is named is always in it.

    Parameters
    ----------
    system
        The system.
    agencies
        Ids: only what these want, must deliver, can move, pay or are paid for. Blank is all.
    tiers
        Ids: only what agencies of these tiers do. Blank is all.
    outcomes
        Ids: only measures that speak for these, as their own outcome or by a row of captures. Blank is all.
    measures
        Ids: only these. Blank is all.

    Returns
    -------
    System
        Checked like any other. Its `notes` say how many rows of which table were left out because they also name what
        is not in the part.

    Raises
    ------
    UnknownWord
        An id is not known.
    OptionError
        Several are not, or an option leaves no target.

    Examples
    --------
    >>> import alignment as al
    >>> winter = al.read("winter-pressure")
    >>> part = al.subset(winter, "council")
    >>> print(part)
    3 tiers · 3 agencies · 4 measures · 6 targets
    >>> print(part.notes[2])
    targets: 3 targets of others on the same measures are left out.
    """
    given = {"agencies": agencies, "tiers": tiers, "outcomes": outcomes, "measures": measures}
    return subset_of(system, asked_of(SubsetOptions, given))


def subset_of(system: System, asked: SubsetOptions) -> System:
    """The part of a system that is asked for; see `subset`.

    Raises
    ------
    UnknownWord
        An id is not known.
    OptionError
        Several are not, or an option leaves no target.
    """
    chosen = _Chosen(system, fitted(system, asked))
    return system if chosen.everything else _Part(system, chosen).cut()


class _Chosen:
    """The agencies and measures that are asked for.

    Attributes
    ----------
    sets
        By option, the agencies or measures that it leaves, by id.
    """

    def __init__(self, system: System, asked: SubsetOptions) -> None:
        self.asked = asked
        self.sets: dict[str, frozenset[str]] = {}
        self.all = {table: frozenset(row.id for row in getattr(system, table)) for table in CUT_BY}
        for name, found in self._found(system).items():
            if getattr(asked, name) is not None:
                self.sets[name] = found
        self.agencies = self._both("agencies", "agencies", "tiers")
        self.measures = self._both("measures", "outcomes", "measures")
        self._refuse_nothing(system)

    def _found(self, system: System) -> Mapping[str, frozenset[str]]:
        tiers, outcomes = self.asked.tiers or (), self.asked.outcomes or ()
        captured = frozenset(row.measure for row in system.captures if row.outcome in outcomes)
        return {
            "agencies": frozenset(self.asked.agencies or ()),
            "tiers": frozenset(row.id for row in system.agencies if row.tier in tiers),
            "outcomes": captured.union(row.id for row in system.measures if row.outcome in outcomes),
            "measures": frozenset(self.asked.measures or ()),
        }

    def _both(self, table: str, *options: str) -> frozenset[str]:
        return self.all[table].intersection(*(self.sets[name] for name in options if name in self.sets))

    @cached_property
    def everything(self) -> bool:
        """Whether all agencies and all measures are chosen, so that nothing is cut."""
        return self.agencies == self.all["agencies"] and self.measures == self.all["measures"]

    @property
    def named(self) -> Iterator[Id]:
        """What is named, and so is in the part whatever else is."""
        for table in SubsetOptions.model_fields:
            yield from ((table, word) for word in getattr(self.asked, table) or ())
        # Narrowed by nothing else, an agency or a measure needs no row of its own.
        if not {"outcomes", "measures"} & set(self.sets):
            yield from (("agencies", word) for word in self.agencies)
        if not {"agencies", "tiers"} & set(self.sets):
            yield from (("measures", word) for word in self.measures)

    def begins(self, row: Any) -> bool:
        """Whether a row is one that the part begins with."""
        return _on(row, self.agencies, self.measures)

    def _refuse_nothing(self, system: System) -> None:
        """Say which option leaves no target, if one does."""
        left, what = dict(self.all), "leaves no target"
        for name, found in self.sets.items():
            table = "agencies" if name in ("agencies", "tiers") else "measures"
            left[table] &= found
            if not any(_on(row, left["agencies"], left["measures"]) for row in system.targets):
                raise OptionError.of([Fault(table=TABLE, column=name, what=what, remedy=REMEDIES[name])])
            what = f"leaves no target of those that {name} leaves"


REMEDIES: Final = {
    "agencies": "Name an agency that has a target or must deliver one",
    "tiers": "Name a tier with agencies that have targets or must deliver some",
    "outcomes": "Name an outcome with measures that somebody is judged on, or leave out what narrows it",
    "measures": "Name a measure that somebody is judged on, or leave out what narrows it",
}
"""What to do where an option leaves no target."""


class _Part:
    """A part as it grows: the ids that are in, and the rows."""

    def __init__(self, system: System, chosen: _Chosen) -> None:
        self.system, self.chosen = system, chosen
        self.ids: set[Id] = set()
        self.rows: dict[str, set[int]] = {table: set() for table in TABLES}
        self.measures = {row.id for row in system.measures}

    def cut(self) -> System:
        """The part, with notes of what was left out."""
        for name in self.chosen.named:
            self._draw_in(name)
        for table in FIRST:
            self._take(table, self.chosen.begins)
        # What comes along can bring bodies with it, such as the owner of a resource, and they facts of their own.
        while sum(self._take(table, self._comes_along) for table in FACTS if table not in CLAIMS):
            pass
        tables: dict[str, Any] = {table: self._kept(table) for table in TABLES}
        return System(about=self.system.about, **tables).noting((*self.system.notes, *self._left_out()))

    def _take(self, table: str, decide: Any) -> int:
        """Take the rows of a table that are decided on, and say how many are new."""
        taken = self.rows[table]
        new = [at for at, row in enumerate(self.system.table(table)) if at not in taken and decide(row)]
        for at in new:
            self._follow(self.system.table(table)[at])
        taken.update(new)
        return len(new)

    def _draw_in(self, name: Id) -> None:
        if name not in self.ids:
            self.ids.add(name)
            self._follow(self._by_id[name])

    def _follow(self, row: Row) -> None:
        for name in _names(row):
            self._draw_in(name)

    @cached_property
    def _by_id(self) -> Mapping[Id, Row]:
        return {(table, row.id): row for table in REFERRED for row in cast("Any", self.system.table(table))}

    def _comes_along(self, row: Row) -> bool:
        """Whether the agencies and measures that a row names are in; of one that names none, whatever it names."""
        ends = list(self._ends(row))
        return all(name in self.ids for name in ends or _names(row))

    def _ends(self, row: Row) -> Iterator[Id]:
        """The agencies and measures that a row names, the measure that money is for among them."""
        yield from (name for name in _names(row) if name[0] in CUT_BY)
        if isinstance(row, Finance) and row.item in self.measures:
            yield "measures", row.item

    def _kept(self, table: str) -> tuple[Row, ...]:
        """The rows of a table that are in, in their order."""
        rows = self.system.table(table)
        if table in REFERRED:
            return tuple(row for row in rows if (table, cast("Any", row).id) in self.ids)
        return tuple(row for at, row in enumerate(rows) if at in self.rows[table])

    # What is left out

    def _left_out(self) -> Iterator[Note]:
        for table in FACTS:
            rows = [row for at, row in enumerate(self.system.table(table)) if at not in self.rows[table]]
            told = _told_of_claims if table in CLAIMS else _told_of_facts
            yield from (Note(table=table, what=what, place=table) for what in told(table, self._touching(rows)))

    def _touching(self, rows: Iterable[Row]) -> list[bool]:
        """For each row that names something of the part, whether that is a measure."""
        ends = ([name for name in self._ends(row) if name in self.ids] for row in rows)
        return [any(table == "measures" for table, _ in names) for names in ends if names]


def _told_of_claims(table: str, touching: list[bool]) -> Iterator[str]:
    same, other = sum(touching), len(touching) - sum(touching)
    if same:
        yield f"{_rows(table, same)} of others on the same measures {_are(same)} left out"
    if other:
        yield f"{_rows(table, other)} of bodies in the part on other measures {_are(other)} left out"


def _told_of_facts(table: str, touching: list[bool]) -> Iterator[str]:
    if touching:
        number = len(touching)
        yield f"{_rows(table, number)} {_are(number)} left out, as one end is not in the part"


def _rows(table: str, number: int) -> str:
    one = SINGULAR.get(table, f"row of {table}")
    many = table if table in REGULAR else PLURALS.get(table, f"rows of {table}")
    return upper_first(count(number, one, many))


REGULAR: Final = frozenset(SINGULAR) - {"accountability", "pathways", "series"}
"""The tables that are called as several of their rows are."""

PLURALS: Final = {"accountability": "lines of accountability", "pathways": "steps of pathways", "series": "readings"}
"""What several rows of the others are called."""


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _names(row: Row) -> Iterator[Id]:
    """What a row refers to."""
    for column, table in references(type(row)):
        yield from ((table, word) for word in words(row, column))


def _on(row: Any, agencies: frozenset[str], measures: frozenset[str]) -> bool:
    """Whether a row names one of some agencies, and is on one of some measures."""
    return row.measure in measures and any(table == "agencies" and word in agencies for table, word in _names(row))


REFERRED: Final = tuple(known_ids({}))
"""The tables whose rows others refer to."""

FACTS: Final = tuple(table for table in TABLES if table not in REFERRED)
"""All other tables."""
