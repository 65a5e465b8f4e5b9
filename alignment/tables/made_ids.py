"""Ids made of names where none is given, or what is given cannot be one."""

from __future__ import annotations

from alignment.models.cell_fault_words import made_id

from .naming import Names
from .working import Working


def make_ids(names: Names) -> None:
    """Give each row without an id one that is made of its name; what was there before is followed from now on.

    A word that cannot be an id is the row's name where it has no other.
    """
    table = names.table
    taken = {id_.casefold() for id_ in names.ids}
    owned = set(names.ids.values())
    for index in range(len(table.rows)):
        if index not in owned and index not in table.ready:
            _make(names, index, taken)


def _make(names: Names, index: int, taken: set[str]) -> None:
    table = names.table
    old = next((word for word, at in names.refused.items() if at == index), "")
    name = names.name(index)
    if not (old or name):
        return
    id_ = made_id(name or old, table.name.removesuffix("s"), taken)
    taken.add(id_.casefold())
    if old and not name:
        table.change(index, "name", old)
    table.change(index, "id", id_)
    names.ids[id_] = index
    for word in filter(None, [old]):
        names.old[word] = id_
        del names.refused[word]
    table.note(index, "id", "made", f"the id '{id_}' was made of {f'the name {name!r}' if name else repr(old)}")


def with_ids(table: Working) -> bool:
    """Whether rows of a table have a name of which an id could be made."""
    return {"id", "name"} <= table.row_type.model_fields.keys()
