"""Every kind of conflict of a system, in one collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any, Final, Literal, cast, overload

from alignment.errors import UnknownWord
from alignment.index import Index
from alignment.models.answers.answer import DataAnswer, Frames
from alignment.models.answers.conflict import Conflict, Side
from alignment.models.answers.conflicts import Compared, ConflictList
from alignment.models.answers.frame import beside, frame_of
from alignment.models.answers.html import ROWS, glimpse
from alignment.models.answers.layout import SHOWN, fold
from alignment.models.options.conflicts import KINDS, ConflictOptions, Kind
from alignment.models.options.fields import Group
from alignment.models.system import System
from alignment.options.verb import verb
from alignment.wording import count, severity_word

from .comparing import added, compared, differing, in_short
from .counting import count_pairs
from .finding import Finding, Search
from .order import ordered
from .same_move import also, moves
from .search import search_of
from .telling import sentence_of, to_conflict

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Conflicts(DataAnswer, Sequence[Conflict]):
    """Conflicts, worst first: by severity times confidence, then id.

    A sequence of `alignment.models.answers.conflict.Conflict` that filters and counts. It holds what was asked of which
    system; findings are put into words, and after a journey looked for again, when somebody looks at them.
    `find_conflicts` makes it.

    Attributes
    ----------
    of
        The system that they are conflicts of.
    asked
        What was asked.
    chosen
        Which of all its conflicts these are, by place; None is all.
    estimated
        What was found with the estimates, where both were asked for: narrowed as these are.
    """

    of: System
    asked: ConflictOptions
    chosen: tuple[int, ...] | None = None
    estimated: Conflicts | None = None

    def __len__(self) -> int:
        return len(self.findings)

    @overload
    def __getitem__(self, at: int) -> Conflict: ...
    @overload
    def __getitem__(self, at: slice) -> Conflicts: ...
    @overload
    def __getitem__(self, at: str) -> Conflict: ...
    def __getitem__(self, at: int | slice | str) -> Conflict | Conflicts:
        if isinstance(at, slice):
            return self._cut(self._places[at])
        if isinstance(at, str):
            found = [place for place, finding in enumerate(self.findings) if finding.id == at]
            if not found:
                raise UnknownWord(at, (finding.id for finding in self.findings), "the id of a conflict here")
            at = found[0]
        return to_conflict(self.search, self.findings[at])

    def __getstate__(self) -> dict[str, Any]:
        # What was found can be found again: another process is sent the question alone.
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def __deepcopy__(self, memo: Any) -> Conflicts:
        return replace(self)

    def sentence(self, at: int) -> str:
        """The sentence of the conflict at a position, without the rest of it."""
        return sentence_of(self.search, self.findings[at])

    @cached_property
    def search(self) -> Search:
        """The search that found them; for other parts of the library."""
        return search_of(self.of, self.asked.tolerance, self.asked.steps, self.asked.decay, self.asked.counting)

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """The conflicts before they are put into words, by position; for other parts of the library."""
        found = ordered(self.search, self._kinds)
        return found if self.chosen is None else tuple(found[at] for at in self.chosen)

    @property
    def _places(self) -> tuple[int, ...]:
        return tuple(range(len(self.findings))) if self.chosen is None else self.chosen

    @property
    def _kinds(self) -> tuple[Kind, ...]:
        return tuple(kind for kind in KINDS if self.asked.kinds is None or kind in self.asked.kinds)

    @property
    def arrays(self) -> Index:
        """The arrays that positions of findings refer to."""
        return self.search.index

    def _only(self, test: Callable[[Finding], bool]) -> Conflicts:
        places = zip(self._places, self.findings, strict=True)
        found = self._chosen(tuple(place for place, finding in places if test(finding)))
        return found._with(None if self.estimated is None else self.estimated._only(test))

    def _chosen(self, places: tuple[int, ...]) -> Conflicts:
        return self if places == self._places else replace(self, chosen=places)

    def _cut(self, places: tuple[int, ...]) -> Conflicts:
        """Some of them by place, beside the same ones."""
        found = self._chosen(places)
        if self.estimated is None or found is self:
            return found
        return found._with(self.estimated.only({finding.id for finding in found.findings}))

    def _with(self, other: Conflicts | None) -> Conflicts:
        return self if other is self.estimated else replace(self, estimated=other)

    def of_kind(self, *kinds: Kind) -> Conflicts:
        """Those of some kinds.

        Raises
        ------
        UnknownWord
            A word is not a kind.
        """
        known = check_kinds(kinds)
        left = tuple(kind for kind in self._kinds if kind in known)
        if left == self._kinds:
            return self
        asked = self.asked.model_copy(update={"kinds": left})
        record = self.record and self.record.model_copy(update={"options": {**self.record.options, "kinds": left}})
        other = None if self.estimated is None else self.estimated.of_kind(*kinds)
        narrowed = replace(self, asked=asked, record=record, estimated=other)
        if self.chosen is None:
            return narrowed
        every = ordered(self.search, self._kinds)
        places = {old: new for new, old in enumerate(at for at, found in enumerate(every) if found.kind in known)}
        return narrowed._chosen(tuple(places[at] for at in self.chosen if at in places))

    def only(self, ids: Collection[str]) -> Conflicts:
        """Those with some ids; ids that no conflict has are passed over."""
        return self._only(lambda finding: finding.id in ids)

    def touching(self, agency: str) -> Conflicts:
        """Those that an agency stands in, as whoever wants, delivers, pays, is paid or records.

        Parameters
        ----------
        agency
            The agency's id.

        Raises
        ------
        UnknownWord
            It is not an agency of the system.
        """
        index = self.arrays
        if agency not in index.agency_at:
            raise UnknownWord(agency, index.agency_at, "an agency")
        who = index.agency_at[agency]
        return self._only(
            lambda finding: (
                any(who in part for part in finding.between) or any(who in side.deliverers for side in finding.sides)
            )
        )

    def between(self, tier_a: str, tier_b: str) -> Conflicts:
        """Those that stand between two tiers; between a tier and itself, those within it.

        Parameters
        ----------
        tier_a, tier_b
            Ids of tiers.

        Raises
        ------
        UnknownWord
            One is not a tier of the system.
        """
        index = self.arrays
        for word in (tier_a, tier_b):
            if word not in index.tiers:
                raise UnknownWord(word, index.tiers, "a tier")

        def stands(finding: Finding) -> bool:
            tiers = [frozenset(index.agencies[who].tier for who in part) for part in finding.parties]
            return any(
                (tier_a in one and tier_b in two) or (tier_b in one and tier_a in two)
                for one, two in combinations(tiers, 2)
            )

        return self._only(stands)

    def counts(self, by: Group | Literal["kind"] = "kind") -> pd.DataFrame:
        """How many conflicts there are.

        Parameters
        ----------
        by
            "kind", or the two agencies, tiers or sectors they stand between.

        Returns
        -------
        pandas.DataFrame
            By kind: ``kind``, ``conflicts`` (int). Otherwise ``a``, ``b`` (ids or sectors, a <= b), ``conflicts``
            (int, findings between the two) and ``pairs`` (int, exact pairs of targets), most conflicts first.
        """
        import pandas as pd

        if by == "kind":
            return pd.DataFrame(self._by_kind(), columns=["kind", "conflicts"])
        if by not in ("agency", "tier", "sector"):
            raise UnknownWord(by, ("kind", "agency", "tier", "sector"), "something to count by")
        return count_pairs(self.arrays, self.findings, by)

    def _by_kind(self) -> list[tuple[Kind, int]]:
        """The kinds there are, in order, each with its number."""
        numbers = Counter(finding.kind for finding in self.findings)
        return [(kind, numbers[kind]) for kind in KINDS if kind in numbers]

    @property
    def frames(self) -> Frames:
        """Tables by name: ``conflicts``, ``sides``, ``evidence``, ``comparison``."""
        tables = self._conflicts, self._sides, self._evidence, self._comparison
        return dict(zip(("conflicts", "sides", "evidence", "comparison"), tables, strict=True))

    def _conflicts(self) -> pd.DataFrame:
        """A row for each conflict, worst first.

        Returns
        -------
        pandas.DataFrame
            ``id``, ``kind``, ``title``, ``severity``, ``confidence`` (float, 0 to 1), ``relations`` ("vertical",
            "horizontal", "internal"), ``agencies`` (ids), ``agency_names``, ``tiers`` (ids), ``tier_names``,
            ``measures`` (ids), ``measure_names``, ``population`` (id or blank), ``population_name``, ``pairs`` (int,
            exact pairs of targets), ``effect`` (float, steps per step, or blank), ``amount`` (float, in the
            unit of the last measure, or blank), ``mixed`` (float, 1/2 to 1, or blank), ``sentence``, ``suggestion``,
            ``assumed`` (what had to be), ``rows`` (keys of the rows it rests on, as table:row). Lists are joined by
            "; ".
        """
        rows = [self._record(finding, conflict) for finding, conflict in zip(self.findings, self, strict=True)]
        return frame_of(rows, COLUMNS)

    def _record(self, finding: Finding, conflict: Conflict) -> dict[str, Any]:
        return beside(
            conflict,
            agency_names=self._called("agencies", conflict.agencies),
            tier_names=self._called("tiers", conflict.tiers),
            measure_names=self._called("measures", conflict.measures),
            population_name=self._named("populations", conflict.population),
            pairs=sum(len(left) * len(right) for left, right in finding.pair_blocks()),
            rows=tuple(f"{each.table}:{each.row}" for each in conflict.evidence),
        )

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        """What people call agencies, tiers, measures and populations, by table and id."""
        tables = ("agencies", "tiers", "measures", "populations")
        return {table: {row.id: row.name for row in cast("Any", self.of.table(table))} for table in tables}

    def _called(self, table: str, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._names[table][each] for each in ids)

    def _named(self, table: str, name: str | None) -> str | None:
        return None if name is None else self._names[table][name]

    def _sides(self) -> pd.DataFrame:
        """A row for each side of each conflict.

        Returns
        -------
        pandas.DataFrame
            ``conflict`` (id), ``side`` (int, from 1), ``measure`` (id or blank), ``name`` (the measure's), ``wish``
            ("up", "down", "hold" or blank), ``asks`` (in words), ``targets`` (keys), ``agencies`` (ids),
            ``agency_names``, ``deliverers`` (ids), ``deliverer_names``. Lists are joined by "; ".
        """
        rows = [
            self._side(conflict.id, at, side) for conflict in self for at, side in enumerate(conflict.sides, start=1)
        ]
        lists = ("targets", "agencies", "agency_names", "deliverers", "deliverer_names")
        return frame_of(rows, ("conflict", "side", "measure", "name", "wish", "asks", *lists))

    def _side(self, conflict: str, at: int, side: Side) -> dict[str, Any]:
        return beside(
            side,
            conflict=conflict,
            side=at,
            name=self._named("measures", side.measure),
            agency_names=self._called("agencies", side.agencies),
            deliverer_names=self._called("agencies", side.deliverers),
        )

    def _evidence(self) -> pd.DataFrame:
        """A row for each row of the input that a conflict rests on.

        Returns
        -------
        pandas.DataFrame
            ``conflict`` (id), ``table`` (of the input), ``row`` (key of the row there), ``says`` (in words), ``source``
            (where that was published, or blank).
        """
        rows = [beside(each, conflict=conflict.id) for conflict in self for each in conflict.evidence]
        return frame_of(rows, ("conflict", "table", "row", "says", "source"))

    @cached_property
    def comparison(self) -> tuple[Compared, ...] | None:
        """Which findings stand as declared, as estimated or both ways: these first, then those that only estimates add.

        None where both were not asked for.
        """
        return None if self.estimated is None else compared(self, self.estimated)

    def _comparison(self) -> pd.DataFrame:
        """A row for each finding that stands as declared or as estimated; none where both were not asked for.

        Returns
        -------
        pandas.DataFrame
            ``conflict`` (id), ``kind``, ``title``, ``stands`` ("both", "declared", "estimated"), ``severity_declared``,
            ``severity_estimated`` (float, 0 to 1, or blank).
        """
        return frame_of([beside(each) for each in self.comparison or ()], tuple(Compared.model_fields))

    def document(self) -> ConflictList:
        """The conflicts as plain data."""
        return ConflictList(
            record=self.record and self.record.model_copy(update={"only": self._shown()}),
            system=self.of.hash,
            summary=self.summary(),
            notes=self.notes,
            conflicts=tuple(self),
            comparison=self.comparison,
        )

    def _shown(self) -> tuple[str, ...] | None:
        """The ids of these conflicts, where they are only some of those that were asked for."""
        others = () if self.estimated is None else self.estimated.findings
        if self.chosen is None and (self.estimated is None or self.estimated.chosen is None):
            return None
        return tuple(dict.fromkeys(finding.id for finding in (*self.findings, *others)))

    def summary(self) -> str:
        """The counts by kind, in a line."""
        if not len(self):
            return "no conflicts"
        parts = [f"{number} {kind}" for kind, number in self._by_kind()]
        return f"{count(len(self), 'conflict', 'conflicts')}: {', '.join(parts)}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What was not looked for, or not to the end, in words; nothing is left out without a note."""
        notes = [self.search.notes.get(kind) for kind in self._kinds]
        # Of those chosen from all of them nobody asked how many more there may be.
        near = self.search.just_below(self._kinds) if self.chosen is None else None
        told = None if self.comparison is None else in_short(self.comparison)
        return tuple(note for note in (told, *notes, near) if note is not None)

    def to_text(self, width: int = 80, limit: int | None = SHOWN) -> str:
        """A table for people.

        Parameters
        ----------
        width
            Of a line, in characters.
        limit
            How many conflicts are shown; None is all.
        """
        return "\n".join(self._some(width, limit)).rstrip()

    def _title(self) -> str:
        return self.summary()

    def _glimpse(self) -> pd.DataFrame:
        return self._conflicts()[["kind", "title", "severity", "confidence", "sentence"]]

    def _repr_html_(self) -> str:
        # Only those that are shown are put into words.
        return glimpse(self._title(), self[:ROWS]._glimpse(), self.frames, len(self))

    def _lines(self, width: int) -> Iterator[str]:
        return self._some(width, SHOWN)

    def _some(self, width: int, limit: int | None) -> Iterator[str]:
        shown, otherwise = self[:limit], differing(self.comparison or ())
        yield from fold(self.summary() if len(self) else "No conflicts.", width, 0, 2, hyphens=False)
        yield ""
        for place, others in moves(shown.findings).items():
            conflict = shown[place]
            yield from fold(conflict.title, width, 0, 2, hyphens=False)
            yield f"  {conflict.kind}, {_how_bad(conflict)}, confidence {conflict.confidence:.2f}"
            if conflict.id in otherwise:
                yield f"  {otherwise[conflict.id]}"
            yield from fold(conflict.sentence, width, 2, 2)
            for other in others:
                adds = also(self.search, shown.findings[place], shown.findings[other])
                yield from fold(f"Also {adds}: {_how_bad(shown[other])}", width, 2, 4, hyphens=False)
                if shown[other].id in otherwise:
                    yield f"    {otherwise[shown[other].id]}"
                yield f"    {shown[other].id}"
            yield from (f"  {conflict.id}", "")
        if len(shown) < len(self):
            yield from (f"... and {count(len(self) - len(shown), 'more', 'more')}.", "")
        for each in islice(added(self.comparison or ()), limit):
            yield from fold(f"Only estimated: {each}.", width, 0, 2)
        for note in self.notes:
            yield from fold(f"Note: {note}.", width, 0, 2)


def _how_bad(conflict: Conflict) -> str:
    return f"severity {conflict.severity:.2f} ({severity_word(conflict.severity)})"


COLUMNS: Final = (
    *("id", "kind", "title", "severity", "confidence", "relations", "agencies", "agency_names", "tiers", "tier_names"),
    *("measures", "measure_names", "population", "population_name", "pairs", "effect", "amount"),
    *("mixed", "sentence", "suggestion", "assumed", "rows"),
)
"""The columns of the table of conflicts."""


@verb(ConflictOptions, "kinds", "tolerance", "steps", "decay", "evidence")
def find_conflicts(system: System, asked: ConflictOptions) -> Conflicts:
    """Where targets pull apart, worst first.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Conflicts
        Ordered by severity times confidence, then id.

    Raises
    ------
    UnknownWord
        A kind is not known.
    OptionError
        An option is out of its range.

    Examples
    --------
    >>> import alignment as al
    >>> conflicts = al.find_conflicts(al.read(al.example("winter-pressure")), kinds="opposed")
    >>> [conflict.severity for conflict in conflicts]
    [1.0]
    """
    other = asked.model_copy(update={"evidence": "estimated"})
    found = Conflicts(system, asked, estimated=Conflicts(system, other) if asked.evidence == "both" else None)
    # Whatever is wrong comes to light where it is asked, not where somebody looks.
    for each in (found, found.estimated):
        assert each is None or each.findings is not None
    return found


def check_kinds(kinds: Iterable[str] | None) -> frozenset[Kind]:
    """Words as kinds."""
    words = KINDS if kinds is None else tuple(kinds)
    for word in words:
        if word not in KINDS:
            raise UnknownWord(word, KINDS, "a kind of conflict")
    return cast("frozenset[Kind]", frozenset(words))
