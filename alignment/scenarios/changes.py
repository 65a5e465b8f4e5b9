"""Small changes to a system, each checked against what those before it left; nothing is lost silently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, cast

from pydantic import TypeAdapter, ValidationError

from alignment.errors import InputError
from alignment.models.answers.what_if import Edit
from alignment.models.faults import closest, meant
from alignment.models.fields import Row
from alignment.models.options.changes import (
    Add,
    Change,
    ChangeCap,
    ChangeFloor,
    Drop,
    MergeAgencies,
    RemoveAgency,
    Retarget,
    Reweigh,
    fault_of_change,
    in_a_row,
)
from alignment.models.system import TABLES, System, known_ids
from alignment.models.system.checks import references, words
from alignment.models.system.keys import facts_of
from alignment.models.system.links import Resource
from alignment.models.system.measures import Target
from alignment.tables.columns import column_faults
from alignment.tables.document import raw_list
from alignment.tables.rows import read_rows

from .draft import Draft
from .merger import merge

Asked = Change | Mapping[str, Any]
"""A change, or its fields."""


def apply(system: System, changes: Asked | Iterable[Asked]) -> System:
    """The system as it would be after changes; the one given stays as it is.

    Parameters
    ----------
    system
        The system.
    changes
        Changes, made one after the other: `alignment.Add`, `Drop`, `Reweigh`, `Retarget`, `ChangeCap`, `ChangeFloor`,
        `RemoveAgency`, `MergeAgencies`, or mappings with their fields and ``change``, their word.

    Returns
    -------
    System
        Checked like any other.

    Raises
    ------
    InputError
        With every fault of every change, and of the rows that they would leave.

    Examples
    --------
    >>> import alignment as al
    >>> winter = al.read(al.example("winter-pressure"))
    >>> print(al.apply(winter, al.Drop(table="measures", row="bed-occupancy")))
    3 tiers · 4 agencies · 9 measures · 13 targets · 5 influences
    """
    return applied(system, changes_of(changes))[0]


def applied(system: System, changes: Sequence[Change]) -> tuple[System, tuple[Edit, ...]]:
    """The system after changes, and what they did to which rows.

    Parameters
    ----------
    system
        The system.
    changes
        The changes.

    Raises
    ------
    InputError
        With every fault.
    """
    draft = Draft(system)
    for at, change in enumerate(changes):
        draft.at = at
        MAKERS[change.change](draft, change)
    after = draft.changed()
    if after is None:
        raise InputError(draft.faults)
    return after, draft.edits(after)


def changes_of(changes: Asked | Iterable[Asked]) -> tuple[Change, ...]:
    """Changes from themselves or from their fields.

    Raises
    ------
    InputError
        With every fault.
    """
    given: Any = in_a_row(changes)
    try:
        return TypeAdapter[tuple[Change, ...]](tuple[Change, ...]).validate_python(given)
    except ValidationError as error:
        raise InputError([fault_of_change(each, each["loc"]) for each in error.errors(include_url=False)]) from None


# Each change


def _add(draft: Draft, change: Add) -> None:
    row_type = TABLES[change.table]
    raw = raw_list(change.table, [change.row])
    read = read_rows(raw, row_type)
    faults = [*raw.faults, *column_faults(raw, row_type), *read.faults]
    place = f"changes[{draft.at}]"
    draft.faults += [fault.model_copy(update={"place": place, "index": None}) for fault in faults]
    if not faults:
        draft.add(change.table, read.whole[0])


def _drop(draft: Draft, change: Drop) -> None:
    found = draft.named(change.table, change.row)
    if not found:
        draft.fault("row", f"'{change.row}' is no row of {change.table}", _near(draft, change.table, change.row))
    elif change.table in FIXED and (places := _places(draft, change.table, cast("Any", found[0]).id)):
        draft.fault("row", f"'{change.row}' stands in {' and '.join(places)}", "Change or drop those rows first")
    else:
        gone = {id(row) for row in found}
        draft.revise(change.table, lambda row: None if id(row) in gone else row)
        for row in cast("list[Any]", found) if change.table in known_ids({}) else ():
            draft.let_go(change.table, row.id)


FIXED: Final = ("tiers", "populations")
"""The tables of which a row can only be dropped where nothing refers to it: a blank would say something else."""


def _places(draft: Draft, table: str, name: str) -> list[str]:
    """The columns in which an id stands."""
    return [
        f"{other}.{column}"
        for other, row_type in TABLES.items()
        for column, home in references(row_type)
        if home == table and any(name in words(row, column) for row in draft.tables[other])
    ]


def _near(draft: Draft, table: str, word: str) -> str:
    """A remedy: the closest key, or first cells in as many parts."""
    number = word.count(":") + 1
    begun = {":".join(facts_of(row)[:number]) for row in draft.tables[table]}
    close = closest(word, begun.union(draft.keys(table)))
    if close is not None:
        return f"Did you mean '{close}'?"
    some = sorted(begun)[:6]
    return f"Give its key, or the first cells with ':' between, such as {', '.join(some) or 'none: the table is empty'}"


def _targets(draft: Draft, address: str) -> list[Target]:
    """The targets that are meant."""
    found = cast("list[Target]", draft.named("targets", address))
    if not found:
        draft.fault("target", f"'{address}' is no target", _near(draft, "targets", address))
    return found


def _revised(draft: Draft, table: str, found: Sequence[Row], cells: Mapping[str, Any]) -> None:
    meant_ones = {id(row) for row in found}

    def decide(row: Row) -> Row:
        if id(row) not in meant_ones:
            return row
        after = row.model_copy(update=cells)
        return row if after == row else after

    draft.revise(table, decide)


def _reweigh(draft: Draft, change: Reweigh) -> None:
    _revised(draft, "targets", _targets(draft, change.target), {"weight": change.weight})


def _retarget(draft: Draft, change: Retarget) -> None:
    if not change.cells:
        draft.fault(None, "changes nothing", "Give sense, value, upper or due, or what to clear")
        return
    found = _targets(draft, change.target)
    measures = sorted({row.measure for row in found})
    if len(measures) > 1:
        some = f"{found[0].agency}:{found[0].measure}"
        what = f"'{change.target}' names targets on {len(measures)} measures"
        draft.fault("target", what, f"Say which one, such as {some}")
        return
    _revised(draft, "targets", found, change.cells)


def _resources(draft: Draft, resource: str) -> list[Resource]:
    """The resource that is meant, if it is there."""
    found = [row for row in cast("list[Resource]", draft.tables["resources"]) if row.id == resource]
    if not found:
        draft.fault("resource", f"'{resource}' is no resource", _known(draft, "resources", resource))
    return found


def _known(draft: Draft, table: str, word: str) -> str:
    ids = sorted(draft.ids(table))
    return meant(word, ids, f"There are: {', '.join(ids[:12]) or 'none'}{', ...' if len(ids) > 12 else ''}")


def _cap(draft: Draft, change: ChangeCap) -> None:
    for row in _resources(draft, change.resource):
        lower = None not in (row.capacity, change.capacity) and (change.capacity or 0) < (row.capacity or 0)
        # That it is full was known of the cap that it had.
        known = {} if lower or row.capacity == change.capacity else {"limited": None}
        _revised(draft, "resources", [row], {"capacity": change.capacity, **known})


def _floor(draft: Draft, change: ChangeFloor) -> None:
    _revised(draft, "resources", _resources(draft, change.resource), {"floor": change.floor})


def _is_agency(draft: Draft, column: str, word: str) -> bool:
    if word in draft.ids("agencies"):
        return True
    draft.fault(column, f"'{word}' is no agency", _known(draft, "agencies", word))
    return False


def _remove(draft: Draft, change: RemoveAgency) -> None:
    if _is_agency(draft, "agency", change.agency):
        draft.revise("agencies", lambda row: None if cast("Any", row).id == change.agency else row)
        draft.let_go("agencies", change.agency)


def _merge(draft: Draft, change: MergeAgencies) -> None:
    there = [_is_agency(draft, name, getattr(change, name)) for name in ("agency", "into")]
    if change.agency == change.into:
        draft.fault("into", "is the agency itself", "Name another one")
    elif all(there):
        merge(draft, change.agency, change.into)


MAKERS: Final[Mapping[str, Callable[[Draft, Any], None]]] = {
    "add": _add,
    "drop": _drop,
    "reweigh": _reweigh,
    "retarget": _retarget,
    "change-cap": _cap,
    "change-floor": _floor,
    "remove-agency": _remove,
    "merge-agencies": _merge,
}
"""What makes each change."""
