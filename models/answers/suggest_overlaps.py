"""Measures that are probably one thing under two names, and what becomes of those that somebody accepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, cast, get_args

from alignment.errors import OptionError
from alignment.models.faults import Fault
from alignment.models.fields import Noun, Share
from alignment.models.numbers import count
from alignment.models.system import System
from alignment.models.system.measures import Overlap

from .answer import AnswerNoun, Frames
from .frame import frame_of
from .layout import SHOWN, fold

if TYPE_CHECKING:
    import pandas as pd

Likely = Literal["same", "shared", "part"]
"""How two measures can be one thing."""

KINDS: Final = cast("tuple[str, ...]", get_args(Overlap.model_fields["kind"].annotation))
"""Every kind of overlap that can be declared."""

UNTOLD: Final = "?"
"""The kind where it cannot be told."""

COLUMNS: Final = ("measure_a", "name_a", "measure_b", "name_b", "kind", "score", "reason")


class SuggestedOverlap(Noun):
    """Two measures, and how far they may be one thing."""

    measure_a: str
    """One of them, by id; of a part and a whole, the part."""
    name_a: str
    """What people call it."""
    measure_b: str
    """The other, by id."""
    name_b: str
    """What people call it."""
    kind: Likely | None
    """How they overlap; blank where that cannot be told from what the tables say."""
    score: Share
    """How alike they are, everything considered. No unit, 0 to 1; no probability."""
    reason: str
    """What speaks for it, and what against."""

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the two."""
        return frozenset((self.measure_a, self.measure_b))


class OverlapSuggestions(AnswerNoun):
    """Measures that are probably one thing under two names, and measures that bear one name with two meanings."""

    system: str
    """The hash of the system."""
    least: Share
    """Pairs that are less alike were left out. No unit, 0 to 1."""
    pairs: tuple[SuggestedOverlap, ...]
    """The pairs that may be one thing, the most alike first."""
    meanings: tuple[SuggestedOverlap, ...]
    """The pairs that bear one name and mean two things, whatever their score, the most alike first."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``pairs``, ``meanings``."""
        return {"pairs": self._pairs, "meanings": self._meanings}

    def _pairs(self) -> pd.DataFrame:
        """A row for each pair that may be one thing, the most alike first.

        Returns
        -------
        pandas.DataFrame
            ``measure_a`` and ``measure_b`` (ids), ``name_a``, ``name_b``, ``kind`` (same, shared or part; "?" where it
            cannot be told), ``score`` (float, 0 to 1), ``reason`` (what speaks for it, and what against).
        """
        return _framed(self.pairs)

    def _meanings(self) -> pd.DataFrame:
        """A row for each pair that bears one name and means two things, the most alike first.

        Returns
        -------
        pandas.DataFrame
            ``measure_a`` and ``measure_b`` (ids), ``name_a``, ``name_b``, ``kind`` ("?": a person says it), ``score``
            (float, 0 to 1), ``reason`` (what the two mean, field by field).
        """
        return _framed(self.meanings)

    def accept(
        self, system: System, pairs: Iterable[str | Sequence[Any]] | None = None, *, least: float | None = None
    ) -> System:
        """A system with rows of overlaps for the pairs that somebody chose; the one that is given stays as it is.

        Parameters
        ----------
        system
            The system that was asked, or one that has grown since.
        pairs
            The pairs, as words ``a:b``, ``a:b=kind`` or ``a:b=kind=share``, or as tuples (a, b), (a, b, kind) or
            (a, b, kind, share). Where the kind cannot be told it has to be given; of kind part the first is the part.
        least
            Beside these, all pairs at least this alike whose kind can be told. No unit, 0 to 1.

        Returns
        -------
        System
            With one row more for each; its share is blank unless given, its note says where it is from.

        Raises
        ------
        alignment.OptionError
            Pairs that were not suggested, that are spoken of by now, or whose kind is not known: all of them at once.

        Examples
        --------
        >>> import alignment as al
        >>> system = al.read("england-frameworks")
        >>> bare = system.replace(overlaps=[])
        >>> found = al.suggest_overlaps(bare)
        >>> more = found.accept(bare, ["con-62d:iaf-122b=same", ("bhl-supported", "nhsof-2-1", "same", 0.9)])
        >>> [(row.measure_a, row.kind, row.share) for row in more.overlaps]
        [('con-62d', 'same', None), ('bhl-supported', 'same', 0.9)]
        >>> more.overlaps[0].note.partition(":")[0]
        'suggested by alignment, accepted by the analyst'
        """
        return system.replace(overlaps=[*system.overlaps, *self._accepted(system, pairs or (), least)])

    def untold(self, least: float) -> tuple[SuggestedOverlap, ...]:
        """The pairs at least so alike whose kind cannot be told: these are accepted one by one.

        Parameters
        ----------
        least
            No unit, 0 to 1.
        """
        return tuple(row for row in self.pairs if row.score >= least and row.kind is None)

    def _accepted(self, system: System, pairs: Iterable[str | Sequence[Any]], least: float | None) -> Iterator[Overlap]:
        chosen, faults = _Chosen(self, system), list[Fault]()
        rows = [chosen.row(pair, faults) for pair in pairs]
        if faults:
            raise OptionError.of(faults)
        named = {frozenset((row.measure_a, row.measure_b)) for row in rows if row is not None}
        yield from (row for row in rows if row is not None)
        for each in self.pairs if least is not None else ():
            if each.score >= (least or 0) and each.kind is not None and each.ids not in named | chosen.spoken:
                yield _row(each, each.measure_a, each.measure_b, each.kind, None)

    def _title(self) -> str:
        pairs = count(len(self.pairs), "pair of measures", "pairs of measures")
        meanings = count(len(self.meanings), "pair bears", "pairs bear")
        rest = f"; {meanings} one name with two meanings" if self.meanings else ""
        return f"{pairs} that may be one thing under two names{rest}"

    def _lines(self, width: int) -> Iterator[str]:
        yield from fold(f"{self._title()}.", width)
        yield from _told(self.pairs, width)
        if self.meanings:
            yield from ("", "One name, two meanings:")
            yield from _told(self.meanings, width)
        if self.pairs:
            yield ""
            yield from fold("Nothing is changed. Accept what is right: --write OUT --accept A:B, or A:B=KIND.", width)


def _framed(rows: Iterable[SuggestedOverlap]) -> pd.DataFrame:
    cells = ({**dict(row), "kind": row.kind or UNTOLD} for row in rows)
    return frame_of(cells, COLUMNS)


def _told(rows: Sequence[SuggestedOverlap], width: int) -> Iterator[str]:
    for row in rows[:SHOWN]:
        yield ""
        yield from fold(f"{row.score:.2f} {row.kind or UNTOLD}  “{row.name_a}” and “{row.name_b}”", width, 0, 5)
        yield from fold(f"{row.measure_a}:{row.measure_b}, {row.reason}", width, 5, 5, hyphens=False)
    if len(rows) > SHOWN:
        yield ""
        yield f"... and {len(rows) - SHOWN:,} more (--csv gives all)."


class _Chosen:
    """What somebody chose of the suggestions, made rows; what is wrong is gathered."""

    def __init__(self, found: OverlapSuggestions, system: System) -> None:
        self._known: Mapping[frozenset[str], SuggestedOverlap] = {
            row.ids: row for row in (*found.pairs, *found.meanings)
        }
        self.spoken = {frozenset((row.measure_a, row.measure_b)) for row in system.overlaps}

    def row(self, pair: str | Sequence[Any], faults: list[Fault]) -> Overlap | None:
        """The row for a pair; none where something is wrong with it."""
        one, two, kind, share = _parts(pair)
        suggested = self._known.get(frozenset((one, two)))
        wrong = self._wrong(one, two, kind or (suggested and suggested.kind), share)
        if wrong is not None:
            faults.append(_fault(pair, *wrong))
            return None
        self.spoken.add(frozenset((one, two)))
        assert suggested is not None
        if not kind:
            one, two = suggested.measure_a, suggested.measure_b
        return _row(suggested, one, two, kind or suggested.kind, share)

    def _wrong(self, one: str, two: str, kind: str | None, share: Any) -> tuple[str, str] | None:
        ids = frozenset((one, two))
        if ids in self.spoken:
            return "is in overlaps already", "Leave it out, or change the row there"
        if ids not in self._known:
            return "is not a pair that is suggested", "Write ids as suggest-overlaps lists them, or a lower least"
        if kind is None:
            return "is a pair whose kind cannot be told", f"Say it, such as {one}:{two}=shared ({', '.join(KINDS)})"
        if kind not in KINDS:
            return f"has the kind {kind!r}", f"Write one of {', '.join(KINDS)}"
        if share is not None and not 0 <= share <= 1:
            return "has a share that is no number from 0 to 1", f"Write a share such as {one}:{two}={kind}=0.5"
        return None


def _parts(pair: str | Sequence[Any]) -> tuple[str, str, str | None, Any]:
    """Ids, kind and share; what cannot be read as a share is -1, which is none."""
    cells: Sequence[Any] = pair
    if isinstance(pair, str):
        ids, *rest = pair.split("=")
        cells = [*ids.split(":", 1), *rest]
    one, two, kind, share, *_ = [*cells, *[None] * 4]
    return str(one or "").strip(), str(two or "").strip(), kind, _share(share)


def _share(value: Any) -> float | None:
    try:
        return None if value in (None, "") else float(value)
    except (TypeError, ValueError):
        return -1.0


def _fault(pair: str | Sequence[Any], what: str, remedy: str) -> Fault:
    said = pair if isinstance(pair, str) else ":".join(map(str, pair[:2]))
    return Fault(table="options", column="accept", what=f"'{said}' {what}", remedy=remedy)


def _row(suggested: SuggestedOverlap, one: str, two: str, kind: str | None, share: float | None) -> Overlap:
    note = f"suggested by alignment, accepted by the analyst: score {suggested.score:g}; {suggested.reason}"
    return Overlap(measure_a=one, measure_b=two, kind=cast("Any", kind), share=share, note=note)
