"""What a comparison of several systems is made of: figures, matches, findings, quarrels, sets, a core, differences."""

from __future__ import annotations

from typing import Literal

from alignment.models.fields import Noun
from alignment.models.options.conflicts import Kind
from alignment.models.stopping import Stopped

Standing = Literal["kept", "retired", "not judged", "nobody's", "not there", "no set"]
"""What becomes of a measure in a place: nobody's has no target there; no set was found where none meets all wishes."""


class Side(Noun):
    """One of the systems."""

    label: str
    """What it is called here."""
    name: str | None
    """What its tables call it."""
    year: int | None
    """The year that its tables are of; blank where they do not say."""
    system: str
    """The hash of the system."""
    proven: bool
    """Whether its set is proved to be the best, or there is proved to be none."""


class Figure(Noun):
    """A figure of each system."""

    figure: str
    """Which figure it is."""
    label: str
    """The same in words."""
    unit: str
    """What it is counted in."""
    values: tuple[float | None, ...]
    """The figure of each system, in their order; blank where there is none. In `unit`."""
    difference: float | None
    """Of two systems the second less the first, of more the largest less the smallest. In `unit`."""


class SystemFigure(Figure):
    """A figure of each system, and the rows that make the difference."""

    rows: tuple[tuple[str, ...], ...]
    """Of the rows that it counts those that not all have, as table:key, in each system; of findings their ids."""


class TierFigure(Figure):
    """A figure of a tier in each system."""

    tier: str
    """What people call the tier."""


class TierPairFigure(Noun):
    """What two tiers share, or what stands between them, in each system."""

    a: str
    """What people call the first tier, from the top."""
    b: str
    """What people call the second; the first again is within it."""
    figure: Literal["shared", "findings"]
    """Whether it is what they share of the measures of either, or findings between them."""
    kind: Kind | None
    """The kind of finding; blank is all, or no finding."""
    unit: str
    """What it is counted in."""
    values: tuple[float | None, ...]
    """The figure of each system, in their order; blank where a tier is not there. In `unit`."""
    difference: float | None
    """Of two systems the second less the first, of more the largest less the smallest. In `unit`."""


class Match(Noun):
    """Something of several systems that is one thing, or may be."""

    table: str
    """The table it is in."""
    name: str
    """What people call it."""
    how: Literal["id", "id, other definition", "declared", "counterpart", "likely", "only"]
    """Whether id and definition say so, the id although definitions differ a little, somebody's word, or the part that
    bodies play; or it is only likely, or it is in one system alone."""
    ids: tuple[tuple[str, ...], ...]
    """Its ids in each system, in their order; none where it is not there."""
    score: float | None = None
    """How alike measures are that are likely to be one. No unit, 0 to 1."""
    why: str | None = None
    """In what they are alike; of one id with other definitions the columns that differ."""


class FindingSeen(Noun):
    """A finding, and the systems that have it."""

    kind: Kind
    """Which kind of conflict it is."""
    title: str
    """What it is about, in a few words."""
    what: Literal["only in", "differs", "same"]
    """Whether only some systems have it, it is of another severity, or it is the same."""
    where: tuple[str, ...]
    """The systems that have it, where others do not."""
    severities: tuple[float | None, ...]
    """Its severity in each system, in their order; blank where it is not there. No unit, 0 to 1."""
    ids: tuple[tuple[str, ...], ...]
    """Its id in each system, in their order."""

    @property
    def worst(self) -> float:
        """Its largest severity."""
        return max(value for value in self.severities if value is not None)


class ThemeSeen(Noun):
    """A quarrel, and the systems that have it."""

    name: str
    """What it is named after where it is largest."""
    what: Literal["all", "only in", "part of"]
    """Whether all systems have it, only some have most of its findings, or it is a part of other quarrels elsewhere."""
    where: tuple[str, ...]
    """The systems that have it, where others do not."""
    alike: float | None
    """The weight of its findings in all of these systems, of those in any. No unit, 0 to 1; blank of one system."""
    shares: tuple[float | None, ...]
    """The part of all that pulls apart that it is in each system, in their order. No unit, 0 to 1."""
    findings: tuple[int, ...]
    """How many findings it holds in each. Unit: findings."""
    names: tuple[str | None, ...]
    """What it is named after in each."""
    ids: tuple[str | None, ...]
    """Its id in each."""
    within: tuple[str | None, ...]
    """Of a system where it is no quarrel of its own the one there with most of its findings; blank of all others."""


class StandsHere(Noun):
    """A measure that the set of some system keeps, and how it stands in every one."""

    name: str
    """What people call it."""
    kept_in: tuple[str, ...]
    """The systems whose set keeps it."""
    ids: tuple[str | None, ...]
    """Its id in each system, in their order; blank where it is not there."""
    standings: tuple[Standing, ...]
    """What becomes of it in each."""
    targets: tuple[int, ...]
    """How many targets each has on it. Unit: targets."""
    why: tuple[str | None, ...]
    """Why, in a sentence each."""


class StandsToday(Noun):
    """A measure that several systems have targets on, and where it stands in each."""

    name: str
    """What people call it."""
    unit: str | None
    """Its unit; blank where systems differ."""
    measures: tuple[str | None, ...]
    """Its id in each system, in their order; blank where it is not there."""
    levels: tuple[float | None, ...]
    """Where it stands today for those who deliver it; blank where several stand elsewhere. Unit: the measure's."""
    known: tuple[int, ...]
    """The targets on it of which is known whether they are met. Unit: targets."""
    met: tuple[int, ...]
    """Those of them that are met. Unit: targets."""


class CoreMeasure(Noun):
    """A measure of the set for all systems together."""

    measure: str
    """The measure, by its id in the joined system."""
    name: str
    """What people call it."""
    part: Literal["core", "some", "local"]
    """Whether it serves duties in every system, in some, or in one alone."""
    serves_in: tuple[str, ...]
    """The systems in which it serves duties."""
    duties: tuple[int, ...]
    """How many duties it serves in each, in their order. Unit: duties."""
    kept_in: tuple[str, ...]
    """The systems that keep it in the set of their own."""


class Core(Noun):
    """One set for all systems together: what all could share, and what each needs besides."""

    measures: tuple[CoreMeasure, ...]
    """Its measures: the core first."""
    separately: int
    """How many measures the sets of each system keep, those that several keep counted once. Unit: measures."""
    proven: bool
    """Whether it is proved to be the best."""
    stopped: Stopped
    """Why the search for it ended."""

    @property
    def shared(self) -> tuple[CoreMeasure, ...]:
        """The measures that serve duties in every system."""
        return tuple(row for row in self.measures if row.part == "core")


class Difference(Noun):
    """Rows about one thing that only some systems have, or that say something else."""

    table: str
    """The table they are in."""
    name: str
    """What they are about, by name."""
    who: str | None
    """Who has the targets; blank of other rows."""
    what: Literal["only in", "differs"]
    """Whether only some systems have such rows, or they say something else."""
    where: tuple[str, ...]
    """The systems that have them, where others do not."""
    column: str | None
    """The column that differs; blank is the whole row."""
    values: tuple[str | None, ...]
    """What they say in each system, in words; blank where they are not there."""
    rows: tuple[tuple[str, ...], ...]
    """Their keys in each system."""
