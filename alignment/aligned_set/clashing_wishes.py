"""Wishes that cannot be met together: an irreducible set of them, each with its cheapest relaxation."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from alignment.models.options.aligned_set import Options
from alignment.models.system import System, count
from alignment.models.wishes import ClashingWish
from alignment.options.weighing import short_fraction
from alignment.solver import Clock
from alignment.wording import names, percent, upper_first

from .programme import Programme, Row, RowKind, build
from .stage_as_cover import minimise

WISHES: Final[tuple[RowKind, ...]] = ("keep", "drop", "candidates", "balance", "sway", "voice", "at_most")
"""Kinds of row that somebody asked for; the others follow from the system."""

FAR: Final = 200
"""How far a concession is looked for; tenths of a step."""

THOUSAND: Final = 1000
"""Shares are told in thousandths."""


def clashing(system: System, options: Options, clock: Clock) -> tuple[ClashingWish, ...]:
    """Wishes that cannot be met together though any part of them can, with the cheapest relaxation of each.

    Parameters
    ----------
    system
        The system.
    options
        What was asked; no set fulfils it.
    clock
        How long there is.
    """
    return _Clash(system, options, clock).wishes()


class _Clash:
    def __init__(self, system: System, options: Options, clock: Clock) -> None:
        self.system = system
        self.options = options
        self.clock = clock
        self.programme = build(system, options, every=True)
        self.hard = [row for row in self.programme.rows if row.reason.kind not in WISHES]
        self.asked = [row for row in self.programme.rows if row.reason.kind in WISHES]

    def wishes(self) -> tuple[ClashingWish, ...]:
        whatever = replace(self.programme, lazy=None)
        met = self.programme.lazy is not None and not self._impossible(self.asked, whatever)
        within = self.programme if met else whatever
        found = _irreducible(self.asked, lambda rows: self._impossible(rows, within))
        return (*(self._wish(row) for row in found), *([self._all_met()] if met else []))

    def _all_met(self) -> ClashingWish:
        tenths = [Fraction(tenth, 10) for tenth in range(math.floor(self.options.max_concession * 10) + 1, FAR + 1)]
        value = _first(tenths, lambda far: self._works("max_concession", float(far)), float)
        more = "" if value is None else f", and so would max_concession={value:g}"
        return ClashingWish(
            wish="The targets on all kept measures must be able to be met.",
            option="achievable",
            relaxation=f"To do without would do{more}.",
            value=value,
            enough=True,
        )

    def _impossible(self, rows: Iterable[Row], programme: Programme) -> bool:
        return _empty(replace(programme, rows=(*self.hard, *rows)), self.clock)

    def _wish(self, row: Row) -> ClashingWish:
        kind, about = row.reason.kind, row.reason.about
        option = "keep_statutory" if kind == "keep" and about[0] not in self.options.keep else kind
        able = {"voice": self._voice, "sway": self._sway, "at_most": self._number}
        value = able[kind]() if kind in able else None
        others = [each for each in self.asked if each is not row]
        enough = value is not None or (kind not in able and not self._impossible(others, self.programme))
        return ClashingWish(
            wish=self._sentence(row),
            option=option,  # pyright: ignore[reportArgumentType] - kinds of wish are names of options
            about=about,
            relaxation=_relaxation(option, value, enough=enough),
            value=value,
            enough=enough,
        )

    def _sentence(self, row: Row) -> str:
        about = row.reason.about
        if row.reason.kind == "balance":
            return f"{self._places(about)}."
        if row.reason.kind == "at_most":
            return f"No more than {count(self.options.at_most or 0, 'measure', 'measures')} may be kept."
        table = self.system.agencies if row.reason.kind in ("voice", "sway") else self.system.measures
        named = {each.id: each.name for each in table}
        who = upper_first(names([named[word] for word in about]))
        words = {"keep": "has to be kept", "drop": "must not be kept", "candidates": "is not among the candidates"}
        if row.reason.kind in words:
            return f"{who} {words[row.reason.kind]}."
        if row.reason.kind == "voice":
            number = count(self._numbers[about], "duty", "duties")
            return f"{who}: own measures must serve at least {row.least} of the {number} they serve today."
        return f"{who}: own measures may be at most {percent(self.options.sway or 0)} of the kept."

    def _places(self, about: Sequence[str]) -> str:
        tiers = {row.id: row.name for row in self.system.tiers}
        pairs = [place.split("/") for place in about]
        wanted = names([f"{tiers[tier]} a measure of {dimension}" for tier, dimension in pairs])
        return f"Balance wants for {wanted}"

    @cached_property
    def _numbers(self) -> dict[tuple[str, ...], int]:
        """How many duties their own measures serve today, by agencies."""
        agencies = self.programme.index.agencies
        return {tuple(agencies[who].id for who in each.agencies): each.number for each in self.programme.voices}

    # What would do

    @cached_property
    def _shares(self) -> list[Fraction]:
        """What the shares of voice can be, from the largest that is not more than was asked."""
        asked = short_fraction(self.options.voice)
        able = {Fraction(kept, each.number) for each in self.programme.voices for kept in range(each.number + 1)}
        return sorted((share for share in able if share < asked), reverse=True)

    def _voice(self) -> float | None:
        return _first(self._shares, lambda share: self._works("voice", _down(share)), _down)

    def _sway(self) -> float | None:
        least = math.floor(short_fraction(self.options.sway or 1) * THOUSAND) + 1
        more = [Fraction(share, THOUSAND) for share in range(least, THOUSAND + 1)]
        return _first(more, lambda share: self._works("sway", float(share)), float)

    def _number(self) -> float | None:
        most = len(self.programme.candidates)
        more = [Fraction(number) for number in range((self.options.at_most or 0) + 1, most + 1)]
        return _first(more, lambda number: self._works("at_most", int(number)), float)

    def _works(self, option: Literal["voice", "sway", "max_concession", "at_most"], value: float) -> bool:
        asked = self.options.model_copy(update={option: value})
        return not _empty(build(self.system, asked, every=True), self.clock)


def _empty(programme: Programme, clock: Clock) -> bool:
    """Whether it is proved that no set fulfils the rows."""
    return minimise(programme, {}, (), clock).infeasible


def _down(share: Fraction) -> float:
    """A share in thousandths that is not more than it."""
    return math.floor(share * THOUSAND) / THOUSAND


def _first(
    values: Sequence[Fraction], works: Callable[[Fraction], bool], told: Callable[[Fraction], float]
) -> float | None:
    """The first of some values that works, where all after one that works do so too."""
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if works(values[middle]):
            high = middle
        else:
            low = middle + 1
    return told(values[low]) if low < len(values) else None


def _relaxation(option: str, value: float | None, *, enough: bool) -> str:
    if option in ("voice", "sway", "at_most"):
        return f"No value of {option} would do by itself." if value is None else f"{option}={value:g} would do."
    way = {
        "keep": "leave it out of keep",
        "drop": "leave it out of drop",
        "candidates": "let it be a candidate",
        "keep_statutory": "let it be retired",
        "balance": "do without it",
    }[option]
    return f"To {way} would do." if enough else f"To {way} would not do by itself: other wishes clash as well."


def _irreducible(rows: Sequence[Row], impossible: Callable[[Iterable[Row]], bool]) -> list[Row]:
    """A part of rows that is impossible, though no part of that part is (Junker 2004, QuickXplain)."""

    def needed(base: list[Row], added: bool, rest: Sequence[Row]) -> list[Row]:  # noqa: FBT001 - of the algorithm
        if added and impossible(base):
            return []
        if len(rest) == 1:
            return list(rest)
        half = len(rest) // 2
        one, two = list(rest[:half]), list(rest[half:])
        of_two = needed([*base, *one], True, two)  # noqa: FBT003
        of_one = needed([*base, *of_two], bool(of_two), one)
        return [*of_one, *of_two]

    found = needed([], False, rows) if rows else []  # noqa: FBT003
    chosen = {id(row) for row in found}
    return [row for row in rows if id(row) in chosen]
