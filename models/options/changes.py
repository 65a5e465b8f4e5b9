"""Small changes to a system: what if this were so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field

from alignment.models.cell_fault_words import shown
from alignment.models.faults import Fault, meant
from alignment.models.fields import FrozenMapping, Id, Moment, Noun, Number, Text
from alignment.models.system.measures import Sense

Table = Literal[
    "tiers",
    "agencies",
    "accountability",
    "populations",
    "outcomes",
    "measures",
    "captures",
    "overlaps",
    "collections",
    "targets",
    "influences",
    "controls",
    "incentives",
    "resources",
    "draws",
    "levels",
    "pathways",
    "relationships",
    "series",
    "finances",
]
"""A table of a system."""


class Add(Noun):
    """One more row."""

    change: Literal["add"] = "add"
    """Which change it is."""
    table: Table
    """The table."""
    row: FrozenMapping[str, Any]
    """Its cells by column."""

    def __str__(self) -> str:
        cells = ", ".join(f"{name} {value}" for name, value in self.row.items())
        return f"add to {self.table}: {cells}"


class Drop(Noun):
    """Rows that are no more, with those that cannot stand without them.

    Of an agency it is `RemoveAgency`. A tier or population goes only where nothing refers to it: with a blank in its
    place, what refers to it would say something else.
    """

    change: Literal["drop"] = "drop"
    """Which change it is."""
    table: Table
    """The table."""
    row: Text
    """The row's key, as evidence, edits and frames have it; or the first of its cells with ``:`` between, such as
    agency:measure of a target, which names every row that begins so."""

    def __str__(self) -> str:
        return f"drop {self.row} from {self.table}"


class Reweigh(Noun):
    """How much targets matter."""

    change: Literal["reweigh"] = "reweigh"
    """Which change it is."""
    target: Text
    """The target's key; or the first of its facts: agency, agency:measure, agency:measure:sense. All that begin so."""
    weight: Annotated[float, Field(ge=1e-6, le=1)]
    """What each of them weighs instead. No unit, a millionth to 1."""

    def __str__(self) -> str:
        return f"reweigh {self.target} to {self.weight:g}"


class Retarget(Noun):
    """What a target asks for. What is left out stays as it is."""

    change: Literal["retarget"] = "retarget"
    """Which change it is."""
    target: Text
    """The target's key, or the first of its facts. All that begin so, which have to be about one measure."""
    sense: Sense | None = None
    """How the value is to be read instead."""
    value: Number | None = None
    """The level wanted instead, the size of the change, or the margin of a hold. Unit: the measure's. What becomes a
    hold loses its value, as a level is no margin."""
    upper: Number | None = None
    """The upper end of the band instead. Unit: the measure's. What becomes no band loses its upper end."""
    due: Moment | None = None
    """When it has to be met instead. A year or an ISO date."""
    clear: tuple[Literal["value", "upper", "due"], ...] = ()
    """What it is to say nothing of any more."""

    @property
    def cells(self) -> dict[str, Any]:
        """The cells that are otherwise."""
        given = {name: getattr(self, name) for name in ("sense", "value", "upper", "due")}
        found: dict[str, Any] = {"upper": None} if self.sense not in (None, "between") else {}
        if self.sense == "hold":
            found["value"] = None
        found |= {name: value for name, value in given.items() if value is not None}
        return found | dict.fromkeys(self.clear)

    def __str__(self) -> str:
        asked = ", ".join(f"{name} {_said(value)}" for name, value in self.cells.items())
        return f"retarget {self.target}: {asked or 'nothing'}"


class ChangeCap(Noun):
    """How much of a resource there is.

    That it was known to be full (`limited`) was said of the cap it had: unless the cap is lowered, that is cleared.
    """

    change: Literal["change-cap"] = "change-cap"
    """Which change it is."""
    resource: Id
    """The resource, by id."""
    capacity: Number | None
    """Its cap instead; null is none. Unit: the resource's."""

    def __str__(self) -> str:
        return f"cap {self.resource} at {_said(self.capacity)}"


class ChangeFloor(Noun):
    """How much of a resource must be used."""

    change: Literal["change-floor"] = "change-floor"
    """Which change it is."""
    resource: Id
    """The resource, by id."""
    floor: Number | None
    """Its ring-fence instead; null is none. Unit: the resource's."""

    def __str__(self) -> str:
        return f"floor of {self.resource} at {_said(self.floor)}"


class RemoveAgency(Noun):
    """An agency that is no more.

    Its targets go, and every row that cannot stand without it. What it had to deliver for others falls back to those
    who want it; what it recorded or owned is nobody's.
    """

    change: Literal["remove-agency"] = "remove-agency"
    """Which change it is."""
    agency: Id
    """The agency, by id."""

    def __str__(self) -> str:
        return f"remove {self.agency}"


class MergeAgencies(Noun):
    """Two agencies become one.

    Every row of the one is the other's. The one that stays keeps what is known of it, and takes the rest from the one
    that goes; power is the larger of two, effort and bodies represented add up. Rows that then say the same become
    one: of targets the heavier weight stays, shares of control, costs and savings add up, of a relationship the lower
    ingredients stay. What an agency would have with itself (accountability, a payment, a relationship) goes.
    """

    change: Literal["merge-agencies"] = "merge-agencies"
    """Which change it is."""
    agency: Id
    """The agency that goes, by id."""
    into: Id
    """The agency that stays, by id."""

    def __str__(self) -> str:
        return f"merge {self.agency} into {self.into}"


Change = Annotated[
    Add | Drop | Reweigh | Retarget | ChangeCap | ChangeFloor | RemoveAgency | MergeAgencies,
    Field(discriminator="change"),
]
"""A small change."""

Changes = Change | Mapping[str, Any] | Iterable[Change | Mapping[str, Any]]
"""Changes as people give them: one or several, each as itself or as its fields."""


def _said(value: Any) -> str:
    if value is None:
        return "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


KINDS: Final[Mapping[str, type[Any]]] = {
    each.model_fields["change"].default: each
    for each in (Add, Drop, Reweigh, Retarget, ChangeCap, ChangeFloor, RemoveAgency, MergeAgencies)
}
"""Every change by its word."""


def fault_of_change(error: Any, loc: Sequence[int | str]) -> Fault:
    """What pydantic finds wrong with one of several changes, as a fault with a remedy.

    Parameters
    ----------
    error
        One of its errors.
    loc
        Where: the change, counted from 0, its word, and its field, as far as they are known.
    """
    at, *rest = loc
    kind = KINDS.get(str(rest[0])) if rest else None
    column = str(rest[1]) if len(rest) > 1 else None
    what, remedy = _worded(error, kind, column)
    return Fault(table="changes", index=int(at), column=column or _column(error), what=what, remedy=remedy)


def _column(error: Any) -> str | None:
    return "change" if error["type"] in ("union_tag_invalid", "union_tag_not_found") else None


def _worded(error: Any, kind: type[Any] | None, column: str | None) -> tuple[str, str]:
    """What is wrong with a change, and the remedy."""
    known = ", ".join(KINDS)
    if error["type"] == "union_tag_not_found":
        return "is missing", f"Say which change it is: {known}"
    if error["type"] == "union_tag_invalid":
        tag = str(error["ctx"]["tag"])
        return f"{shown(tag)} is not a change", meant(tag, KINDS, f"There are: {known}")
    if kind is None or column is None:
        return f"{shown(error['input'])} is not a change", f"Write an object with change ({known}) and its fields"
    return _cell_worded(error, kind, column)


def _cell_worded(error: Any, kind: type[Any], column: str) -> tuple[str, str]:
    """What is wrong with a field of a change, and the remedy."""
    fields = kind.model_fields
    if error["type"] == "extra_forbidden":
        return "is not known here", meant(column, fields, f"There are: {', '.join(fields)}")
    says = (fields[column].description or "") if column in fields else ""
    if error["type"] == "missing":
        return "is missing", f"Give it: {says}"
    if error["type"] == "literal_error":
        words = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return f"{shown(error['input'])} is not one of {', '.join(words)}", meant(str(error["input"]), words, says)
    return f"{shown(error['input'])} does not fit: {error['msg'].lower()}", says


def in_a_row(given: Any) -> Any:
    """One change as a list of one; any others as they are."""
    if isinstance(given, Mapping | BaseModel):
        return (given,)
    return tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else given  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
