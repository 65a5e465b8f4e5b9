"""Which caps and floors of resources bind, before and after one of them is changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from alignment.models.fields import Noun

from .achieve import AssumedReach, NotAssessed, reach_frame, reach_lines
from .answer import Frames, Stop
from .frame import beside, frame_of
from .layout import SHOWN, section
from .lens import Lens

if TYPE_CHECKING:
    import pandas as pd


class Binding(Noun):
    """Whether a cap or floor binds, and what it would spare to move it."""

    limit: float | None
    """The cap or floor. Unit: the resource's; blank is none."""
    binds: bool | None
    """Whether targets concede less without it; blank where that is not known."""
    price: float | None
    """What one more unit (of a floor: one less that must be used) spares. Steps times weight, per unit."""
    spares: float | None
    """What is spared without it. Unit: steps, times weight."""
    agencies: tuple[str, ...]
    """Those whose targets concede less without it, by id."""
    agency_names: tuple[str, ...]
    """What people call them."""
    targets: tuple[str, ...]
    """These targets, by key."""


class Limit(Noun):
    """A cap or floor of a resource."""

    resource: str
    """The resource, by id."""
    name: str
    """What people call it."""
    unit: str | None
    """What it is counted in."""
    what: Literal["cap", "ring-fence"]
    """Whether no more can be used, or at least so much must be."""
    owner: str | None
    """The agency that pays for it, by id."""
    owner_name: str | None
    """What people call it."""
    in_use: float | None
    """What is used today. Unit: the resource's; blank where nobody says, and taken for 0."""
    wanted: float | None
    """The least that targets would use if no resource had a cap or floor. Unit: the resource's; blank where unknown."""
    before: Binding
    """As it is."""
    after: Binding | None
    """As it would be; blank where no change was asked for."""


class Room(Noun):
    """What is left of a limited resource."""

    resource: str
    """The resource, by id."""
    name: str
    """What people call it."""
    unit: str | None
    """What it is counted in."""
    capacity: float | None
    """The cap. Unit: the resource's; blank is none, or not known."""
    in_use: float | None
    """What is used today. Unit: the resource's; blank where nobody says."""
    left: float | None
    """The cap less what is used; below 0 where more is. Unit: the resource's; blank where either is not known."""
    used: float | None
    """The part of the cap that is used. No unit; blank where either is not known."""
    floor: float | None
    """The ring-fence: at least so much must be used. Unit: the resource's; blank is none."""
    floor_share: float | None
    """That as a part of the cap. No unit; blank where either is not known."""
    limited: bool | None
    """Whether it is given as full, with or without a figure."""


class PaymentCap(Noun):
    """A rule of payment that caps a measure of a body (incentives of basis cap)."""

    payer: str
    """Who sets the cap, by id."""
    payer_name: str
    """What people call it."""
    payee: str
    """Who may not exceed it, by id."""
    payee_name: str
    """What people call it."""
    measure: str
    """What is capped, by id."""
    measure_name: str
    """What people call it."""
    incentive: str
    """The row of incentives, by key."""


class RingFence(Lens):
    """Which caps and floors of resources bind, before and after one of them is changed."""

    limits: tuple[Limit, ...]
    """Every cap and floor, those that cost most first."""
    rooms: tuple[Room, ...]
    """What is left of each resource with a cap or floor, or given as limited, by id."""
    payment_caps: tuple[PaymentCap, ...]
    """What rules of payment cap, by who may not exceed it."""
    conceded: float | None
    """The least that targets have to concede in all. Unit: steps, times weight; blank where it is not known."""
    conceded_after: float | None
    """The same after the change; blank where none was asked for, or where it is not known."""
    assessed: int
    """How many targets were assessed. Unit: targets."""
    reaches: tuple[AssumedReach, ...]
    """The measures at whose assumed reach what is conceded today binds, by id."""
    not_assessed: tuple[NotAssessed, ...]
    """The targets that were not, and why."""
    stopped: Stop
    """Why the search ended; everything that is told is proven."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``limits``, ``rooms``, ``payment_caps``, ``reaches``."""
        tables = self._limits, self._rooms, self._payment_caps, self._reaches
        return dict(zip(("limits", "rooms", "payment_caps", "reaches"), tables, strict=True))

    def _limits(self) -> pd.DataFrame:
        """A row for each cap and floor, those that cost most first.

        Returns
        -------
        pandas.DataFrame
            ``resource`` (id), ``name``, ``unit``, ``what`` ("cap" or "ring-fence"), ``owner`` (id or blank),
            ``owner_name``, ``in_use``, ``wanted`` (float, the resource's unit, or blank), ``limit`` (float), ``binds``
            (bool, or blank), ``price`` (float, steps per unit), ``spares`` (float, steps), ``agencies`` (ids, who would
            gain without it), ``agency_names``, ``targets`` (keys); and the same after the change: ``limit_after``,
            ``binds_after``, ``price_after``, ``spares_after``, ``agencies_after``, ``agency_names_after``,
            ``targets_after``. Lists are joined by "; ".
        """
        own = [name for name in Limit.model_fields if name not in ("before", "after")]
        fields = [*Binding.model_fields]
        rows = [beside(row, **_cells(row.before, ""), **_cells(row.after, "_after")) for row in self.limits]
        return frame_of(rows, (*own, *fields, *(f"{name}_after" for name in fields)))

    def _rooms(self) -> pd.DataFrame:
        """A row for each resource with a cap or floor, or given as limited.

        Returns
        -------
        pandas.DataFrame
            ``resource`` (id), ``name``, ``unit``, ``capacity``, ``in_use``, ``left`` (float, the resource's unit, or
            blank), ``used`` (float, part of the cap, or blank), ``floor`` (float, or blank), ``floor_share`` (float,
            part of the cap, or blank), ``limited`` (bool, given as full, or blank).
        """
        numbers = ("capacity", "in_use", "left", "used", "floor", "floor_share")
        return frame_of(self.rooms, tuple(Room.model_fields)).astype(dict.fromkeys(numbers, float))

    def _payment_caps(self) -> pd.DataFrame:
        """A row for each rule of payment that caps a measure of a body.

        Returns
        -------
        pandas.DataFrame
            ``payer`` (id), ``payer_name``, ``payee`` (id, who may not exceed it), ``payee_name``, ``measure`` (id),
            ``measure_name``, ``incentive`` (key).
        """
        return frame_of(self.payment_caps, tuple(PaymentCap.model_fields))

    def _reaches(self) -> pd.DataFrame:
        """A row for each measure at whose assumed reach what is conceded binds.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``reach`` (float, steps), ``sets`` (int, conflicting sets that rest on it),
            ``enough`` (float, the reach with which one of them could be met, steps, or blank), ``spares`` (float, what
            one more step would spare, steps, or blank), ``sentence``.
        """
        return reach_frame(self.reaches)

    def _glimpse(self) -> pd.DataFrame:
        return self._shortly()

    def _shown(self, width: int) -> Iterator[str]:
        yield from section("Caps and floors, those that cost most first", self._said(), width, SHOWN, "limits")
        yield from reach_lines(self.reaches, width)

    def _said(self) -> Iterator[str]:
        """Each cap and floor in a sentence."""
        left = {row.resource: row.left for row in self.rooms}
        for row in self.limits:
            used = _used(row, left.get(row.resource))
            then = (f"after the change {_binds(row, row.after)}",) if row.after else ()
            yield f"{row.name}: {'; '.join((*used, _binds(row, row.before), *then))}"

    def _shortly(self) -> pd.DataFrame:
        import pandas as pd

        left = {row.resource: row.left for row in self.rooms}
        known = any(row.before.binds is not None for row in self.limits)
        rows = [
            {
                "resource": row.name,
                "limit": row.what,
                "in use": row.in_use,
                "left": left.get(row.resource) if row.what == "cap" else None,
                **({"wanted": row.wanted} if known else {}),
                "now": _now(row.before),
                **({"price": row.before.price} if known else {}),
                **({"then": _now(row.after), "price then": row.after.price} if row.after else {}),
            }
            for row in self.limits
        ]
        return pd.DataFrame(rows)


def _used(row: Limit, left: float | None) -> Iterator[str]:
    """How much of a resource is in use, is left below its cap, and would be used if nothing were capped."""
    if row.in_use is not None:
        yield f"{_amount(row.in_use, row.unit)} in use"
    if row.what == "cap" and left is not None:
        yield f"{f'{left:,g}' if left else 'none'} left"
    if row.wanted is not None:
        yield f"{row.wanted:,g} wanted by targets"


def _binds(row: Limit, binding: Binding) -> str:
    """Whether a cap or floor binds."""
    if binding.limit is None:
        return f"no {row.what}"
    limit = f"the {row.what} of {binding.limit:,g}"
    return {None: f"whether {limit} binds is not known", True: f"{limit} binds", False: f"{limit} does not bind"}[
        binding.binds
    ]


def _amount(value: float, unit: str | None) -> str:
    """A sum of money with its currency first, anything else with its unit last."""
    first, _, rest = (unit or "").partition(" ")
    is_money = len(first) == len("GBP") and first.isupper()
    return " ".join(filter(None, (first, f"{value:,g}", rest) if is_money else (f"{value:,g}", unit)))


def _cells(binding: Binding | None, after: str) -> dict[str, Any]:
    return {f"{name}{after}": None if binding is None else getattr(binding, name) for name in Binding.model_fields}


def _now(binding: Binding) -> str:
    if binding.limit is None:
        return "none"
    known = {None: "not known", True: "binds", False: "free"}
    return f"{binding.limit:,g}, {known[binding.binds]}"
