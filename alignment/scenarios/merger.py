"""Two agencies become one: rows are re-pointed, and those that then say the same become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from alignment.models.fields import Row
from alignment.models.system import TABLES
from alignment.models.system.bodies import Accountability, Agency, Relationship
from alignment.models.system.checks import references, words
from alignment.models.system.keys import facts_of, mark_of
from alignment.models.system.links import Control, Finance, Incentive
from alignment.models.system.measures import Level, Target

from .draft import Draft

ADDED: Final = ("effort", "represents")
"""What two agencies have together."""

INGREDIENTS: Final = ("networks", "obligation", "reciprocity", "trust", "core_business")
"""What a relationship has."""

Cells = dict[str, Any]


def merge(draft: Draft, gone: str, stays: str) -> None:
    """Make an agency part of another.

    Parameters
    ----------
    draft
        The rows.
    gone, stays
        Ids of agencies that are there.
    """
    _agencies(draft, gone, stays)
    draft.revise("levels", _of_who_stays(draft, gone, stays))
    for table, row_type in TABLES.items():
        named = [column for column, home in references(row_type) if home == "agencies"]
        if named:
            draft.revise(table, _pointed(named, gone, stays))
            draft.unite(table, MARKS.get(table, mark_of), UNITED.get(table, _first))


def _agencies(draft: Draft, gone: str, stays: str) -> None:
    one, two = (
        next(row for row in cast("list[Agency]", draft.tables["agencies"]) if row.id == name) for name in (stays, gone)
    )
    whole = _together(one, two)

    def decide(row: Row) -> Row | None:
        if row is two:
            return None
        return whole if row is one and whole != one else row

    draft.revise("agencies", decide)


def _together(one: Agency, two: Agency) -> Agency:
    """The agency that stays, its blanks filled from the one that goes."""
    cells = {name: value for name, value in two if value is not None} | {
        name: value for name, value in one if value is not None
    }
    if one.power and two.power:
        cells["power"] = max(one.power, two.power)
    for name in ADDED:
        amounts = [value for row in (one, two) if (value := getattr(row, name)) is not None]
        cells |= {name: sum(amounts)} if amounts else {}
    return Agency.model_validate(cells)


def _of_who_stays(draft: Draft, gone: str, stays: str) -> Callable[[Row], Row | None]:
    """Of levels of both on one measure, of whatever periods, those of the agency that stays are kept."""
    rows = cast("list[Level]", draft.tables["levels"])
    known = {row.measure for row in rows if row.agency == stays}

    def decide(row: Row) -> Row | None:
        level = cast("Level", row)
        return None if level.agency == gone and level.measure in known else row

    return decide


def _pointed(named: list[str], gone: str, stays: str) -> Callable[[Row], Row | None]:
    def decide(row: Row) -> Row | None:
        hit = [column for column in named if gone in words(row, column)]
        if not hit:
            return row
        after = row.model_copy(update=dict.fromkeys(hit, stays))
        return None if _with_itself(after) and not _with_itself(row) else _own(after)

    return decide


def _with_itself(row: Row) -> bool:
    """Whether a row says what an agency has with itself."""
    if isinstance(row, Accountability):
        return row.agency == row.answers_to
    if isinstance(row, Incentive):
        return row.payer == row.payee
    return isinstance(row, Relationship) and row.agency_a == row.agency_b


def _own(row: Row) -> Row:
    """A target that its agency has to deliver itself says so by a blank."""
    if isinstance(row, Target) and row.for_agency == row.agency:
        return row.model_copy(update={"for_agency": None})
    return row


# Rows that say the same


def _wish(row: Row) -> Any:
    """What a target wants, whatever it is called, weighs and rests on."""
    target = cast("Target", row)
    return facts_of(target.model_copy(update={"weight": None}))


def _pair(row: Row) -> Any:
    pair = cast("Relationship", row)
    return frozenset({pair.agency_a, pair.agency_b})


def _first(one: Row, _: Row) -> Row:
    return one


def _heavier(one: Row, two: Row) -> Row:
    rows = cast("tuple[Target, Target]", (one, two))
    weights = [1.0 if row.weight is None else row.weight for row in rows]
    return one if weights[0] >= weights[1] else one.model_copy(update={"weight": rows[1].weight})


def _shares(one: Row, two: Row) -> Row:
    share = sum(cast("Control", row).share for row in (one, two))
    return one.model_copy(update={"share": min(1.0, round(share, 12))})


def _sums(one: Row, two: Row) -> Row:
    rows = cast("tuple[Finance, Finance]", (one, two))
    return one.model_copy(update={name: sum(getattr(row, name) for row in rows) for name in ("cost", "saving")})


def _lower(one: Row, two: Row) -> Row:
    cells: Cells = {}
    for name in INGREDIENTS:
        known = [value for row in (one, two) if (value := getattr(row, name)) is not None]
        cells[name] = min(known, default=None)
    return one.model_copy(update=cells)


MARKS: Final[Mapping[str, Callable[[Row], Any]]] = {"targets": _wish, "relationships": _pair}
"""By what rows are told apart, where that is not their key."""

UNITED: Final[Mapping[str, Callable[[Row, Row], Row]]] = {
    "targets": _heavier,
    "controls": _shares,
    "finances": _sums,
    "relationships": _lower,
}
"""What two rows that say the same become, where that is not the first of them."""
