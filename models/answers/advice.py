"""Advice on one's own tables: which cells and blanks decide the answers, and what more rows would add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.options.conflicts import Kind

from .answer import AnswerNoun, Frames
from .frame import beside, frame_of
from .layout import fold

if TYPE_CHECKING:
    import pandas as pd

Code = Literal[
    "fuzzy-scale",
    "share-for-percent",
    "same-target-twice",
    "no-outcome",
    "no-direction",
    "direction-none",
    "no-baseline",
    "no-year",
    "any-population",
    "any-tier",
    "broad-outcome",
    "overlap-not-told",
    "already-met",
    "missing-table",
    "missing-column",
    "unread-table",
    "unused-rows",
    "level-as-baseline",
]
"""The sorts of advice."""

Changes = Literal["conflicts", "duties", "standing", "feasibility", "alignment"]
"""What a piece of advice bears on: findings; who answers for what and which measures serve it; how far a kept measure
says what a retired one said; what can be met; who helps whom."""

TOLD: Final = 10
"""So many pieces are told; the rest is counted."""

CELLS: Final = 4
"""So many rows are named in the text; the others are counted."""


class Hint(Noun):
    """One piece of advice."""

    code: Code
    """What sort of advice it is."""
    what: str
    """What the tables say or leave open, in a plain sentence."""
    why: str
    """Which answers rest on it, and how."""
    remedy: str
    """What to do about it."""
    table: str
    """The table it is about."""
    column: str | None
    """The column; blank where it is about whole rows or the whole table."""
    rows: tuple[str, ...]
    """The rows, by key, those that touch most weight first; none where it is about the whole table."""
    names: tuple[str, ...]
    """What people call them."""
    changes: tuple[Changes, ...]
    """What would be otherwise."""
    kinds: tuple[Kind, ...]
    """The kinds of conflict whose findings may be others, or that cannot be seen."""
    touched: int
    """How many targets it touches. Unit: targets."""
    weight: float
    """The weight of these, times the part of what is said of them that rests on it (1, 1/2, 1/4, 1/8 or 0). No unit."""
    slip: bool
    """Whether it looks like a slip of the pen; such come first."""


class Unseen(Noun):
    """A kind of conflict that cannot be seen."""

    kind: Kind
    """The kind."""
    table: str
    """The table for lack of which it cannot."""
    column: str | None
    """The column; blank where the whole table is empty."""


class Advice(AnswerNoun):
    """What one's own tables leave open, and what that decides."""

    system: str
    """The hash of the system."""
    hints: tuple[Hint, ...]
    """The advice: what looks like a slip, then what would change most, by weight."""
    unseen: tuple[Unseen, ...]
    """The kinds of conflict that cannot be seen, each with all for lack of which it cannot."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``advice``, ``unseen``."""
        return {"advice": self._advice, "unseen": self._unseen}

    def _advice(self) -> pd.DataFrame:
        """A row for each piece of advice, what would change most first.

        Returns
        -------
        pandas.DataFrame
            ``place`` (int, from 1), ``code``, ``what``, ``why``, ``remedy``, ``table``, ``column`` (or blank),
            ``rows`` (keys), ``names``, ``changes`` (words), ``kinds`` (of conflict), ``touched`` (int, how many
            targets it touches), ``weight`` (float, of these, times the part that rests on it), ``slip`` (bool). Lists
            are joined by "; ".
        """
        rows = [beside(hint, place=place) for place, hint in enumerate(self.hints, start=1)]
        return frame_of(rows, ("place", *Hint.model_fields))

    def _unseen(self) -> pd.DataFrame:
        """A row for each kind of conflict that cannot be seen and each lack that is why.

        Returns
        -------
        pandas.DataFrame
            ``kind``, ``table`` and ``column`` (what is empty; a blank column is the whole table).
        """
        return frame_of(self.unseen, tuple(Unseen.model_fields))

    def _title(self) -> str:
        if not self.hints:
            return "Nothing to advise"
        slips = sum(hint.slip for hint in self.hints)
        words = count(len(self.hints), "piece of advice", "pieces of advice")
        return words + (f" ({count(slips, 'looks like a slip', 'look like slips')})" if slips else "")

    def _glimpse(self) -> pd.DataFrame:
        return self._advice()[["what", "why", "remedy"]]

    def _lines(self, width: int) -> Iterator[str]:
        order = ", what would change most first:" if len(self.hints) > 1 else ":" if self.hints else "."
        yield from fold(f"{self._title()}{order}", width)
        for place, hint in enumerate(self.hints[:TOLD], start=1):
            yield ""
            yield from hint_lines(place, hint, width)
        if self.unseen:
            yield ""
            yield from fold(f"Cannot be seen: {unseen_words(self.unseen)}.", width, 0, 2, hyphens=False)
        if len(self.hints) > TOLD:
            yield ""
            yield f"{len(self.hints) - TOLD} more: --show advice"


def hint_lines(place: int, hint: Hint, width: int) -> Iterator[str]:
    """A piece of advice for people.

    Parameters
    ----------
    place
        Its number.
    hint
        The advice.
    width
        Of a line, in characters.
    """
    head = f"{place}. "
    yield from fold(f"{head}{hint.what}", width, 0, len(head), hyphens=False)
    yield from fold(f"Why: {hint.why}", width, len(head), len(head) + 2, hyphens=False)
    yield from fold(f"Do: {hint.remedy}", width, len(head), len(head) + 2, hyphens=False)
    if hint.rows:
        yield from fold(f"In {where(hint)}", width, len(head), len(head) + 2, hyphens=False)


def where(hint: Hint) -> str:
    """Where it stands: table, column and rows, the tail counted."""
    place = hint.table + (f".{hint.column}" if hint.column else "")
    more = len(hint.rows) - CELLS
    rest = [f"and {more} more"] if more > 0 else []
    return f"{place}: {', '.join([*hint.rows[:CELLS], *rest])}"


def unseen_words(unseen: Sequence[Unseen]) -> str:
    """The kinds that cannot be seen, those with one lack together.

    >>> unseen_words([Unseen(kind="torn", table="influences", column=None)])
    'torn (no influences)'
    """
    lacks: dict[str, list[str]] = {}
    for each in unseen:
        lacks.setdefault(each.kind, []).append(f"{each.table}.{each.column}" if each.column else each.table)
    kinds: dict[str, list[str]] = {}
    for kind, words in lacks.items():
        kinds.setdefault(" or ".join(words), []).append(kind)
    return "; ".join(f"{', '.join(found)} (no {lack})" for lack, found in kinds.items())
