"""Everything given about one place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, TypeVar, cast, get_args

from pydantic import Field, model_validator

from alignment.models.faults import FaultsFound
from alignment.models.fields import Noun, Row, Text, Year

from .bodies import Accountability, Agency, PathwayStep, Population, Relationship, Tier
from .checks import check
from .keys import keyed, keys_of
from .links import Control, Draw, Finance, Incentive, Influence, Reading, Resource
from .measures import Capture, Collection, Measure, Outcome, Overlap, Target

Derived = TypeVar("Derived")


class About(Row):
    """What the system is."""

    name: Text | None = None
    """The system's name."""
    description: Text | None = None
    """What it covers and where it comes from."""
    year: Year | None = None
    """The year it describes. Unit: calendar year."""
    currency: Text | None = None
    """The currency of its sums, such as GBP."""


class System(Noun):
    """A place's agencies and tiers, what each is judged by, and how those things push on each other.

    Every cross-reference is checked once, when it is built; after that it never changes.

    Raises
    ------
    pydantic.ValidationError
        Built with rows that are wrong or do not fit each other. `alignment.read` reports the
        same faults with file, row, column and remedy.
    """

    about: About = Field(default_factory=About)
    """What the system is."""
    tiers: tuple[Tier, ...] = ()
    """Levels of authority."""
    agencies: tuple[Agency, ...]
    """The bodies on them."""
    accountability: tuple[Accountability, ...] = ()
    """Who answers to whom."""
    populations: tuple[Population, ...] = ()
    """Whom measures are about."""
    outcomes: tuple[Outcome, ...] = ()
    """What matters to people."""
    measures: tuple[Measure, ...]
    """What somebody is judged on."""
    captures: tuple[Capture, ...] = ()
    """Further outcomes that measures speak for."""
    overlaps: tuple[Overlap, ...] = ()
    """What is known of two measures' definitions."""
    collections: tuple[Collection, ...] = ()
    """Returns and surveys."""
    targets: tuple[Target, ...]
    """Who wants which measure where."""
    influences: tuple[Influence, ...] = ()
    """What pushes on what."""
    controls: tuple[Control, ...] = ()
    """Who can bring about which movement."""
    incentives: tuple[Incentive, ...] = ()
    """Who is paid for which movement."""
    resources: tuple[Resource, ...] = ()
    """What is limited."""
    draws: tuple[Draw, ...] = ()
    """Which movement uses what."""
    pathways: tuple[PathwayStep, ...] = ()
    """People's journeys."""
    relationships: tuple[Relationship, ...] = ()
    """How well agencies work together."""
    series: tuple[Reading, ...] = ()
    """Readings over places and years."""
    finances: tuple[Finance, ...] = ()
    """What aligning would cost and save whom, when."""

    @model_validator(mode="after")
    def _fits_together(self) -> System:
        rows = {name: dict(enumerate(self.table(name))) for name in TABLES}
        faults = tuple(keyed(check(rows, known_ids(rows)), lambda name: dict(enumerate(keys_of(self.table(name))))))
        if faults:
            raise FaultsFound(faults)
        return self

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of what the system says; the order of rows does not matter."""
        digest = hashlib.sha256(b"alignment system 1\n")
        digest.update(self.about.model_dump_json(exclude_none=True).encode())
        for name in TABLES:
            digest.update(f"\n{name}\n".encode())
            lines = sorted(row.model_dump_json(exclude_none=True) for row in self.table(name))
            digest.update("\n".join(lines).encode())
        return digest.hexdigest()

    def table(self, name: str) -> tuple[Row, ...]:
        """The rows of the table of that name."""
        return cast("tuple[Row, ...]", getattr(self, name))

    def derive(self, make: Callable[[System], Derived]) -> Derived:
        """What `make` says of this system, worked out once and kept with it."""
        if make not in self._derived:
            self._derived[make] = make(self)
        return cast("Derived", self._derived[make])

    def keep(self, make: Callable[[System], Derived], found: Derived) -> None:
        """Keep what `make` would say of this system, where somebody knows it already."""
        self._derived[make] = found

    @cached_property
    def _derived(self) -> dict[Callable[[System], Any], Any]:
        return {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, System):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in ("about", *TABLES))

    def __hash__(self) -> int:
        return hash(self.hash)

    def __getstate__(self) -> dict[Any, Any]:
        # What was derived can be derived again: another process is sent the facts alone.
        state = super().__getstate__()
        return {**state, "__dict__": {name: state["__dict__"][name] for name in type(self).model_fields}}

    def __str__(self) -> str:
        counts = [
            count(len(self.table(name)), one, many)
            for name, (one, many) in SUMMARY.items()
            if self.table(name) or name in REQUIRED
        ]
        return " · ".join(counts)

    def __repr__(self) -> str:
        return f"<System {self.about.name or 'without a name'}: {self}>"


def count(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> count(1, "tier", "tiers"), count(137, "agency", "agencies")
    ('1 tier', '137 agencies')
    """
    return f"{number:,} {one if number == 1 else many}"


TABLES: Final[dict[str, type[Row]]] = {
    name: get_args(field.annotation)[0] for name, field in System.model_fields.items() if name != "about"
}
"""Every table of a system, by name, in the order of the documentation."""

REQUIRED: Final = ("agencies", "measures", "targets")

SUMMARY: Final = {
    "tiers": ("tier", "tiers"),
    "agencies": ("agency", "agencies"),
    "measures": ("measure", "measures"),
    "targets": ("target", "targets"),
    "influences": ("influence", "influences"),
}


def known_ids(tables: Mapping[str, Mapping[int, Any]]) -> dict[str, frozenset[str]]:
    """For each table that others may refer to, the ids of its rows."""
    return {
        name: frozenset(row.id for row in tables.get(name, {}).values())
        for name, row_type in TABLES.items()
        if row_type.key == ("id",) and name != "targets"
    }
