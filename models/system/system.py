"""Everything given about one place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, TypedDict, TypeVar, Unpack, cast, get_args

from pydantic import Field, PrivateAttr, model_validator

from alignment.models.faults import FaultsFound, Note
from alignment.models.fields import Month, Noun, Row, Text, Year
from alignment.models.memory import Memory
from alignment.models.numbers import count
from alignment.models.shown import SHOWN

from .bodies import Accountability, Agency, PathwayStep, Population, Relationship, Tier
from .checks import check, other_years
from .keys import keyed, keys_of
from .links import Control, Draw, Finance, Incentive, Influence, Reading, Resource
from .measures import Capture, Collection, Level, Measure, Outcome, Overlap, Target

Derived = TypeVar("Derived")
SomeRow = TypeVar("SomeRow", bound=Row)

if TYPE_CHECKING:
    import pandas as pd

    from alignment import Advice

    Given = Sequence[SomeRow | Mapping[str, Any]] | pd.DataFrame

MOST_FAULTS: Final = 20_000
"""So many faults are told of a system that is built, and no more are looked for."""

DERIVED: Final = 32
"""How many things that were worked out of a system are kept with it."""


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
    year_begins: Month | None = None
    """The month with which its financial years (2018/19) begin. Unit: month, 1 to 12; blank is 4, April."""


class System(Noun):
    """A place's agencies and tiers, what each is judged by, and how those things push on each other.

    Every cross-reference is checked once, when it is built; after that it never changes. `replace` makes another one.

    Raises
    ------
    pydantic.ValidationError
        Built with rows that are wrong or do not fit each other. `alignment.read` reports the
        same faults with file, row, column and remedy.
    """

    hidden: ClassVar[frozenset[str]] = SHOWN | {"derive", "keep", "noting"}

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
    levels: tuple[Level, ...] = ()
    """Where measures stand today at one agency."""
    pathways: tuple[PathwayStep, ...] = ()
    """People's journeys."""
    relationships: tuple[Relationship, ...] = ()
    """How well agencies work together."""
    series: tuple[Reading, ...] = ()
    """Readings over places and years."""
    finances: tuple[Finance, ...] = ()
    """What aligning would cost and save whom, when."""

    _notes: tuple[Note, ...] = PrivateAttr(default=())
    _memory: Memory[Any] = PrivateAttr(default_factory=lambda: Memory[Any](DERIVED))

    @model_validator(mode="after")
    def _fits_together(self) -> System:
        rows = {name: dict(enumerate(self.table(name))) for name in TABLES}
        found = chain(check(rows, known_ids(rows)), other_years(rows, self.about.year_begins))
        # Of hundreds of thousands nobody reads the rest, and each takes time and memory.
        first = islice(found, MOST_FAULTS)
        faults = tuple(keyed(first, lambda name: dict(enumerate(keys_of(self.table(name))))))
        if faults:
            raise FaultsFound(faults)
        return self

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of what the system says; the order of rows does not matter."""
        digest = hashlib.sha256(b"alignment system 1\n")
        digest.update(self.about.model_dump_json(exclude_none=True).encode())
        for name in TABLES:
            if name in SINCE and not self.table(name):
                continue
            digest.update(f"\n{name}\n".encode())
            lines = sorted(row.model_dump_json(exclude_none=True) for row in self.table(name))
            digest.update("\n".join(lines).encode())
        return digest.hexdigest()

    def table(self, name: str) -> tuple[Row, ...]:
        """The rows of the table of that name."""
        return cast("tuple[Row, ...]", getattr(self, name))

    def replace(self, **tables: Unpack[Tables]) -> System:
        """The system with other tables, checked like a new one.

        Parameters
        ----------
        **tables
            By name, instead of those it has: each a list of rows or of dicts, or a DataFrame; `about` a row or a dict.
            None is no rows.

        Returns
        -------
        System
            Another system, with a hash of its own; this one stays as it is.

        Raises
        ------
        alignment.UnknownWord
            There is no table of that name.
        alignment.InputError
            With every fault at once, also of rows elsewhere that refer to what is gone.

        Examples
        --------
        >>> import alignment as al
        >>> winter = al.read("winter-pressure")
        >>> fewer = winter.replace(targets=winter.targets[:-1])
        >>> len(fewer.targets), fewer.hash == winter.hash
        (13, False)
        >>> winter.replace(agencies=winter.agencies[1:])
        Traceback (most recent call last):
        ...
        alignment.errors.InputError: 1 fault in the input:
          ...
        """
        # Reading knows every fault and its remedy; it stands above the nouns, and is asked for only here.
        from alignment.tables.replaced import replaced

        return cast("Any", replaced)(self, tables)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """The system, or one with other tables, as `replace` makes it."""
        del deep  # nothing in it can change
        return cast("Self", self.replace(**cast("Tables", update))) if update else self

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: Any = None) -> Self:
        return self

    def advice(self) -> Advice:
        """What its own tables leave open, and what that decides, as `alignment.advice` says it.

        Returns
        -------
        alignment.Advice
            What looks like a slip, then what would change most.

        Examples
        --------
        >>> import alignment as al
        >>> al.read("winter-pressure").advice()
        <Advice: 5 pieces of advice>
        """
        # The advice looks at all that can be made of the nouns; by the name of the whole it is found when asked for.
        import alignment

        return alignment.advice(cast("Any", self))

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was put right or passed over while it was read; no part of what the system says."""
        return self._notes

    def noting(self, notes: Iterable[Note]) -> System:
        """The system, with what reading it put right or passed over; for whoever has just built it."""
        self._notes = tuple(notes)
        return self

    def derive(self, make: Callable[[System], Derived]) -> Derived:
        """What `make` says of this system, worked out once and kept with it; for other parts of the library."""
        return cast("Derived", self._memory.get(make, lambda: make(self)))

    def keep(self, make: Callable[[System], Derived], found: Derived) -> None:
        """Keep what `make` would say of this system, where some part of the library knows it already."""
        self._memory.put(make, found)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, System):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in ("about", *TABLES))

    def __hash__(self) -> int:
        return hash(self.hash)

    def __getstate__(self) -> dict[Any, Any]:
        # What was derived can be derived again: another process is sent the facts alone.
        state = super().__getstate__()
        facts = {name: state["__dict__"][name] for name in type(self).model_fields}
        return {**state, "__dict__": facts, "__pydantic_private__": None, "notes": self._notes}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        notes = state.pop("notes")
        super().__setstate__(state)
        self.model_post_init(None)
        self._notes = notes

    def __str__(self) -> str:
        counts = [
            count(len(self.table(name)), one, many)
            for name, (one, many) in SUMMARY.items()
            if self.table(name) or name in REQUIRED
        ]
        return " · ".join(counts)

    def __repr__(self) -> str:
        return f"<System {self.about.name or 'without a name'}: {self}>"


class Tables(TypedDict, total=False):
    """What `System.replace` takes."""

    about: About | Mapping[str, Any] | pd.DataFrame | None
    tiers: Given[Tier] | None
    agencies: Given[Agency]
    accountability: Given[Accountability] | None
    populations: Given[Population] | None
    outcomes: Given[Outcome] | None
    measures: Given[Measure]
    captures: Given[Capture] | None
    overlaps: Given[Overlap] | None
    collections: Given[Collection] | None
    targets: Given[Target]
    influences: Given[Influence] | None
    controls: Given[Control] | None
    incentives: Given[Incentive] | None
    resources: Given[Resource] | None
    draws: Given[Draw] | None
    levels: Given[Level] | None
    pathways: Given[PathwayStep] | None
    relationships: Given[Relationship] | None
    series: Given[Reading] | None
    finances: Given[Finance] | None


TABLES: Final[dict[str, type[Row]]] = {
    name: get_args(field.annotation)[0] for name, field in System.model_fields.items() if name != "about"
}
"""Every table of a system, by name, in the order of the documentation."""

SINCE: Final = frozenset({"levels"})
"""Tables that came after the hash: where they are empty, a system has the hash that it had before."""

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
