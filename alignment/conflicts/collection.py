"""Every kind of conflict of a system, in one collection."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any, Final, Literal, cast, overload

import pandas as pd

from alignment.errors import UnknownWord
from alignment.index import Index
from alignment.models.answers.conflict import KINDS, Conflict, Kind
from alignment.models.system import System
from alignment.wording import count

from .counting import By, count_pairs, parties_of
from .finding import Finding, Search
from .search import search_of
from .telling import sentence_of, to_conflict

TOLERANCE: Final = 0.2
"""Net effects up to this are no conflict; steps per step."""


class Conflicts(Sequence[Conflict]):
    """Conflicts, worst first: by severity times confidence, then id.

    A sequence of `alignment.models.Conflict` that prints as a table, filters, counts, and turns into
    a DataFrame and JSON. `find_conflicts` makes it.
    """

    def __init__(self, search: Search, findings: Sequence[Finding]) -> None:
        self._search = search
        self._findings = findings
        self._worded: dict[int, Conflict] = {}

    def __len__(self) -> int:
        return len(self._findings)

    @overload
    def __getitem__(self, at: int) -> Conflict: ...
    @overload
    def __getitem__(self, at: slice) -> Conflicts: ...
    @overload
    def __getitem__(self, at: str) -> Conflict: ...
    def __getitem__(self, at: int | slice | str) -> Conflict | Conflicts:
        if isinstance(at, slice):
            return Conflicts(self._search, self._findings[at])
        if isinstance(at, str):
            found = [place for place, finding in enumerate(self._findings) if finding.id == at]
            if not found:
                raise UnknownWord(at, (finding.id for finding in self._findings), "the id of a conflict here")
            at = found[0]
        at = range(len(self))[at]
        if at not in self._worded:
            self._worded[at] = to_conflict(self._search, self._findings[at])
        return self._worded[at]

    def sentence(self, at: int) -> str:
        """The sentence of the conflict at a position, without the rest of it."""
        return sentence_of(self._search, self._findings[at])

    @property
    def findings(self) -> Sequence[Finding]:
        """The conflicts before they are put into words, by position; for other parts of the library."""
        return self._findings

    @property
    def search(self) -> Search:
        """The search that found them; for other parts of the library."""
        return self._search

    @property
    def arrays(self) -> Index:
        """The arrays that positions of findings refer to."""
        return self._search.index

    def _only(self, test: Callable[[Finding], bool]) -> Conflicts:
        return Conflicts(self._search, [finding for finding in self._findings if test(finding)])

    def of_kind(self, *kinds: Kind) -> Conflicts:
        """Those of some kinds.

        Raises
        ------
        UnknownWord
            A word is not a kind.
        """
        known = check_kinds(kinds)
        return self._only(lambda finding: finding.kind in known)

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
        index = self._search.index
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
        index = self._search.index
        for word in (tier_a, tier_b):
            if word not in index.tiers:
                raise UnknownWord(word, index.tiers, "a tier")

        def stands(finding: Finding) -> bool:
            tiers = [frozenset(index.agencies[who].tier for who in part) for part in parties_of(finding)]
            return any(
                (tier_a in one and tier_b in two) or (tier_b in one and tier_a in two)
                for one, two in combinations(tiers, 2)
            )

        return self._only(stands)

    def counts(self, by: By | Literal["kind"] = "kind") -> pd.DataFrame:
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
        if by == "kind":
            kinds = [finding.kind for finding in self._findings]
            rows = [(kind, kinds.count(kind)) for kind in KINDS if kind in kinds]
            return pd.DataFrame(rows, columns=["kind", "conflicts"])
        if by not in ("agency", "tier", "sector"):
            raise UnknownWord(by, ("kind", "agency", "tier", "sector"), "something to count by")
        return count_pairs(self._search.index, self._findings, by)

    def to_frame(self) -> pd.DataFrame:
        """A row a conflict.

        Returns
        -------
        pandas.DataFrame
            ``id``, ``kind``, ``severity``, ``confidence`` (float, 0 to 1), ``relations``, ``agencies``, ``tiers``,
            ``measures`` (ids joined by "; "), ``population``, ``pairs`` (int, exact pairs of targets), ``effect``,
            ``mixed`` (float or blank), ``sentence``, ``suggestion``, ``assumed``.
        """
        joined = ("relations", "agencies", "tiers", "measures", "assumed")
        plain = (
            "id",
            "kind",
            "severity",
            "confidence",
            "population",
            "effect",
            "mixed",
            "sentence",
            "suggestion",
        )
        columns = [*plain[:4], *joined[:4], "population", "pairs", *plain[5:], "assumed"]
        records: list[dict[str, Any]] = []
        for finding, conflict in zip(self._findings, self, strict=True):
            record: dict[str, Any] = {name: getattr(conflict, name) for name in plain}
            record |= {name: "; ".join(getattr(conflict, name)) for name in joined}
            record["pairs"] = sum(len(left) * len(right) for left, right in finding.pair_blocks())
            records.append(record)
        return pd.DataFrame(records, columns=columns)

    def to_json(self, indent: int | None = None) -> str:
        """The conflicts as a JSON list, each as `alignment.models.Conflict` describes."""
        return json.dumps([conflict.model_dump(mode="json") for conflict in self], indent=indent, ensure_ascii=False)

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Conflicts: {self.summary()}>"

    def _repr_html_(self) -> str:
        return self.to_frame()[["kind", "severity", "confidence", "sentence"]].to_html()

    def summary(self) -> str:
        """The counts by kind, in a line."""
        if not len(self):
            return "no conflicts"
        parts = [f"{row.conflicts} {row.kind}" for row in self.counts().itertuples()]
        return f"{count(len(self), 'conflict', 'conflicts')}: {', '.join(parts)}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What was not looked for, or not to the end, in words; nothing is left out without a note."""
        return tuple(self._search.notes[kind] for kind in KINDS if kind in self._search.notes)

    def to_text(self, limit: int | None = 20, width: int = 80) -> str:
        """A table for people.

        Parameters
        ----------
        limit
            How many conflicts are shown; None is all.
        width
            Of a line, in characters.
        """
        if not len(self):
            return "No conflicts."
        shown = self[: len(self) if limit is None else limit]
        lines = [*textwrap.wrap(self.summary(), width, subsequent_indent="  ", break_on_hyphens=False), ""]
        for conflict in shown:
            lines.append(f"{conflict.kind}, severity {conflict.severity:.2f}, confidence {conflict.confidence:.2f}")
            lines += textwrap.wrap(conflict.sentence, width, initial_indent="  ", subsequent_indent="  ")
            lines += [f"  {conflict.id}", ""]
        if len(shown) < len(self):
            lines += [f"... and {count(len(self) - len(shown), 'more', 'more')}.", ""]
        for note in self.notes:
            lines += textwrap.wrap(f"Note: {note}.", width, subsequent_indent="  ")
        return "\n".join(lines).rstrip()


def find_conflicts(
    system: System,
    kinds: Iterable[Kind] | Kind | None = None,
    tolerance: float = TOLERANCE,
    steps: int = 2,
    decay: float = 0.5,
) -> Conflicts:
    """Where targets pull apart, worst first.

    Parameters
    ----------
    system
        The system.
    kinds
        Which kinds to look for; blank is all.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step, from 0.
    steps
        K of the net effects, as in `net_effects`.
    decay
        delta of the net effects, as in `net_effects`.

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
    wanted = check_kinds([kinds] if isinstance(kinds, str) else kinds)
    search = search_of(system, tolerance, steps, decay)
    findings = [finding for kind in KINDS if kind in wanted for finding in search.of_kind(kind)]
    return Conflicts(search, sorted(findings, key=lambda finding: finding.order))


def check_kinds(kinds: Iterable[str] | None) -> frozenset[Kind]:
    """Words as kinds."""
    words = KINDS if kinds is None else tuple(kinds)
    for word in words:
        if word not in KINDS:
            raise UnknownWord(word, KINDS, "a kind of conflict")
    return cast("frozenset[Kind]", frozenset(words))
