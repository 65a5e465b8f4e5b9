"""Draws added up: shares with their errors, the most frequent set, and influences in the order of their swings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import sqrt
from typing import Any, Final, cast

import numpy as np

from alignment.conflicts.search import FREE
from alignment.index import Bools, Floats
from alignment.models.answers.certainty import ConflictShare, DrawResult, Ended, InfluenceSwing, MeasureShare, SetShare
from alignment.models.answers.conflict import Kind
from alignment.models.system import System, count
from alignment.models.system.keys import Keys

from .sampling import Drawn, Redrawing, Task
from .swings import Swings, swings

DIGITS: Final = 6
"""Shares and swings are rounded to this many decimals."""

WITH_SET: Final[tuple[Ended, ...]] = ("proven", "unproven")
"""How draws ended that have a set."""


class Tally:
    """The draws of a system that were done.

    Parameters
    ----------
    redrawing
        What was drawn.
    draws
        What came of it, in the order of their numbers.
    proposed
        The set with the influences as given.
    """

    def __init__(self, redrawing: Redrawing, draws: Sequence[Drawn], proposed: tuple[str, ...]) -> None:
        self.law = redrawing.law
        self.draws = draws
        self.proposed = proposed
        self.ended: Counter[Ended] = Counter(each.ended for each in draws)
        self._redrawing = redrawing
        self._with_set = [each for each in draws if each.ended in WITH_SET]

    # Sets and measures

    @cached_property
    def sets(self) -> tuple[SetShare, ...]:
        """The sets, the most frequent first."""
        times = Counter(drawn.kept for drawn in self._with_set)
        order = sorted(times, key=lambda kept: (-times[kept], kept))
        return tuple(
            SetShare(measures=kept, proposed=kept == self.proposed, **_share(times[kept], len(self._with_set)))
            for kept in order
        )

    def measures(self, system: System) -> Iterator[MeasureShare]:
        """Measures kept in any draw or proposed, those kept most often first."""
        times = dict(zip(self._names, self._kept.sum(axis=0).tolist(), strict=True))
        called = {row.id: row.name for row in system.measures}
        for name in sorted(times, key=lambda name: (-times[name], name)):
            share = _share(times[name], len(self._with_set))
            yield MeasureShare(measure=name, name=called[name], proposed=name in self.proposed, **share)

    def results(self) -> Iterator[DrawResult]:
        """Every draw."""
        place = {each.measures: at for at, each in enumerate(self.sets)}
        for drawn in self.draws:
            yield DrawResult(
                draw=drawn.task.draw,
                ended=drawn.ended,
                set=place[drawn.kept] if drawn.ended in WITH_SET else None,
                conflicts=None if drawn.ended == "divergent" else len(drawn.conflicts),
            )

    @cached_property
    def _names(self) -> list[str]:
        return sorted({*self.proposed, *(each for drawn in self._with_set for each in drawn.kept)})

    @cached_property
    def _kept(self) -> Bools:
        """Which measures (columns) each draw with a set (rows) keeps."""
        sets = [frozenset(drawn.kept) for drawn in self._with_set]
        table = [[name in kept for name in self._names] for kept in sets]
        return np.array(table, dtype=bool).reshape(len(sets), len(self._names))

    # Conflicts

    def conflicts(self) -> Iterator[ConflictShare]:
        """Conflicts that stand in any draw or as given, those that stand most often first."""
        times = Counter(each for drawn in self.draws for each in drawn.conflicts)
        convergent = len(self.draws) - self.ended["divergent"]
        severity = {each.id: each.severity for each in self._redrawing.given.findings}
        said = self._said()
        rows: list[ConflictShare] = []
        for name in said:
            kind: Any = name.partition(".")[0]
            share = _share(times[name], convergent)
            rows.append(
                ConflictShare(
                    conflict=name,
                    kind=kind,
                    severity=severity.get(name),
                    rests=kind not in FREE,
                    sentence=said[name],
                    **share,
                )
            )
        yield from sorted(rows, key=lambda row: (-row.share, -(row.severity or 0), row.conflict))

    def _said(self) -> dict[str, str]:
        """Every conflict with its sentence, as given, or else as in the first draw in which it stands."""
        given = self._redrawing.given
        found = {each.id: given.sentence(at) for at, each in enumerate(given.findings)}
        for drawn in self.draws:
            new = set(drawn.conflicts).difference(found)
            if new:
                kinds = cast("set[Kind]", {name.partition(".")[0] for name in new})
                conflicts = self._redrawing.conflicts(self._redrawing.drawn(Task(drawn.task.draw)), kinds)
                found |= {
                    each.id: conflicts.sentence(at) for at, each in enumerate(conflicts.findings) if each.id in new
                }
        return found

    # Influences

    @cached_property
    def uncertain(self) -> list[int]:
        """The uncertain influences, by place."""
        return np.flatnonzero(self.law.uncertain).tolist()

    @cached_property
    def order(self) -> list[int]:
        """The same, those that the set depends on most first."""
        places = sorted(range(len(self.uncertain)), key=lambda at: (-self._beyond[at], at))
        return [self.uncertain[at] for at in places]

    @cached_property
    def _effects(self) -> Floats:
        """What uncertain influences (columns) are in each draw with a set (rows). Unit: steps per step."""
        found: Floats = np.zeros((len(self._with_set), len(self.uncertain)))
        for at, drawn in enumerate(self._with_set):
            found[at] = self.law.effects(drawn.task.draw)[self.law.uncertain]
        return found

    @cached_property
    def _held(self) -> Bools:
        return self._effects * self.law.given[self.uncertain] > 0

    @cached_property
    def _swings(self) -> tuple[Swings, Swings]:
        """Of signs, and of sizes where the sign holds."""
        larger = np.abs(self._effects) > np.abs(self.law.given[self.uncertain])
        return swings(self._kept, self._held, np.ones_like(self._held)), swings(self._kept, larger, self._held)

    @cached_property
    def _beyond(self) -> Floats:
        sign, size = self._swings
        # Rounded, so that equal influences are ordered by what they say and not by the last digit.
        larger: Floats = np.maximum(sign.swing - sign.chance, size.swing - size.chance)
        return larger.round(DIGITS)

    @cached_property
    def _stands(self) -> Bools:
        return np.array([drawn.kept == self.proposed for drawn in self._with_set], dtype=bool)

    @cached_property
    def _called(self) -> Mapping[str, str]:
        """What people call each measure."""
        return {row.id: row.name for row in self._redrawing.system.measures}

    def influence(self, at: int, turned: Sequence[Drawn] = ()) -> InfluenceSwing:
        """What the set depends on in an influence.

        Parameters
        ----------
        at
            Its place.
        turned
            What came of draws in which its sign alone is turned round.
        """
        place = self.uncertain.index(at)
        held, (sign, size) = self._held[:, place], self._swings
        confirmed, row = self._confirmed(turned), self.law.rows[at]
        return InfluenceSwing(
            influence=self._redrawing.system.derive(Keys).key("influences", row),
            source_name=self._called[row.source_measure],
            target_name=self._called[row.target_measure],
            certainty=row.certainty,
            given=float(self.law.given[at]),
            drawn=self.law.how(at),
            held=int(held.sum()),
            turned=int((~held).sum()),
            sign=_rounded(sign.swing[place]),
            sign_by_chance=_rounded(sign.chance[place]),
            size=_rounded(size.swing[place]),
            size_by_chance=_rounded(size.chance[place]),
            beyond=_rounded(self._beyond[place]),
            clear=bool(sign.clear[place] or size.clear[place]),
            stands_held=_mean(self._stands[held]),
            stands_turned=_mean(self._stands[~held]),
            confirmed=confirmed.get("share"),
            confirmed_error=confirmed.get("error"),
        )

    def _confirmed(self, turned: Sequence[Drawn]) -> dict[str, float]:
        before = {drawn.task.draw: drawn.kept for drawn in self._with_set}
        pairs = [(before[each.task.draw], each.kept) for each in turned if each.ended in WITH_SET]
        return _share(sum(one != two for one, two in pairs), len(pairs)) if pairs else {}

    # Notes

    def notes(self, seconds: float) -> Iterator[str]:
        """What else a reader should know.

        Parameters
        ----------
        seconds
            What each draw's search could take.
        """
        if not self.uncertain:
            yield "No influence is uncertain: every draw is the system as given."
        if weak := self._number("weak"):
            yield f"{_influences(weak)} weak: the sign holds in 65 draws of 100."
        if contested := self._number("contested"):
            yield f"{_influences(contested)} contested: the sign holds in 75 draws of 100."
        if fixed := sum(row.origin == "arithmetic" and row.effect_se is None for row in self.law.rows):
            yield f"{_influences(fixed)} arithmetic: an identity is never turned round."
        if number := self.ended["divergent"]:
            said = count(number, "draw influences reinforce", "draws influences reinforce")
            yield f"In {said} each other without end: no share counts them."
        if number := self.ended["unproven"]:
            yield (
                f"In {count(number, 'draw', 'draws')} the set was not proved to be the best in {seconds:g} seconds. "
                "The best found counts; another computer may find another."
            )
        if number := self.ended["impossible"]:
            yield f"In {count(number, 'draw', 'draws')} no set meets all wishes: no share of sets counts them."
        if number := self.ended["no set"]:
            said = count(number, "draw", "draws")
            yield f"In {said} no set was found in {seconds:g} seconds: no share of sets counts them."

    def _number(self, certainty: str) -> int:
        rows = (self.law.rows[at] for at in self.uncertain if self.law.how(at) == "certainty")
        return sum(row.certainty == certainty for row in rows)


def _influences(number: int) -> str:
    return count(number, "influence is", "influences are")


def _share(times: int, number: int) -> dict[str, float]:
    share = times / number if number else 0.0
    return {"share": _rounded(share), "error": _rounded(sqrt(share * (1 - share) / number) if number else 0.0)}


def _mean(truths: Bools) -> float | None:
    return _rounded(truths.mean()) if len(truths) else None


def _rounded(value: Any) -> float:
    return round(float(cast("float", value)), DIGITS)
