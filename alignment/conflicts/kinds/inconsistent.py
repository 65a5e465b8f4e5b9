"""inconsistent: targets wish one measure the same way, but not as far or not as soon.

Condition: t, u on one measure, same wish, nested populations, different value or different due date. Severity: w(t, u)
times the larger of min(1, difference in steps / 4) and min(1/2, years between due dates / 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, assumed_steps, identity, rounded
from alignment.conflicts.matching import CHUNK, alike
from alignment.index import Bools, Floats, Index, Ints
from alignment.models.answers.conflict import Evidence
from alignment.wording import count

from .opposed import scopes

DAYS_A_YEAR = 365.25


def find(search: Search) -> Iterator[Finding]:
    """One finding for each measure, wish and narrower population."""
    asks = _asks(search.index)
    for group in search.groups.values():
        distinct = _Distinct(search.index, asks, group)
        for scope in scopes(search.index, group.targets, group.targets):
            yield from _of_scope(search.index, distinct, scope)


@dataclass(frozen=True, eq=False)
class _Asks:
    """What targets ask for, as numbers that can be compared within one measure and wish."""

    value: Floats
    """The wished level in steps."""
    upper: Floats
    """The upper end of a band in steps; 0 elsewhere."""
    size: Floats
    """The size of a change without a known level, in steps."""
    due: Floats
    """The last day."""

    def factor(self, ones: Ints, twos: Ints) -> Floats:
        """How far two targets differ, 0 to 1; 0 where nothing comparable differs."""
        level = np.maximum(abs(self.value[ones] - self.value[twos]), abs(self.upper[ones] - self.upper[twos]))
        steps = np.where(np.isnan(level), abs(self.size[ones] - self.size[twos]), level)
        years = abs(self.due[ones] - self.due[twos]) / DAYS_A_YEAR
        # fmax and fmin take the number where the other is unknown.
        return np.fmax(np.fmin(1.0, np.fmax(steps, 0.0) / 4), np.fmin(0.5, np.fmax(years, 0.0) / 4))


def _asks(index: Index) -> _Asks:
    rows = index.targets
    held, step = rows.wish == 0, index.step[rows.measure]
    return _Asks(
        value=np.where(held, rows.low, rows.level) / step,
        upper=np.where(held, rows.high / step, 0.0),
        size=rows.size / step,
        due=rows.due,
    )


class _Distinct:
    """A group of targets, and what is distinct among them, worked out once for all populations.

    Attributes
    ----------
    targets, ask, alike
        The targets by ask, the most demanding first; the ask of each, and which of `ones` it is like.
    ones, ask_of_one
        One target for each ask, population and weight, and its ask.
    """

    def __init__(self, index: Index, asks: _Asks, group: Group) -> None:
        columns = (asks.value, asks.upper, asks.size, asks.due)
        self.group = group
        self.ones, alike_to = alike(group.targets, (*columns, index.targets.population, index.targets.weight))
        firsts, of_ones = alike(self.ones, columns)
        demand = -group.wish if group.wish else 1
        order = np.lexsort((asks.due[firsts], asks.upper[firsts], -asks.size[firsts], demand * asks.value[firsts]))
        self._asks, self._firsts = asks, firsts[order]
        self.ask_of_one = np.argsort(order)[of_ones]
        ask = self.ask_of_one[alike_to]
        by_ask = np.argsort(ask, kind="stable")
        self.targets, self.ask, self.alike = group.targets[by_ask], ask[by_ask], alike_to[by_ask]

    @cached_property
    def _table(self) -> Floats | None:
        """How far each two asks differ, where they are few enough to hold: the same is asked for every population."""
        if len(self._firsts) ** 2 > CHUNK:
            return None
        return self._asks.factor(self._firsts[:, None], self._firsts[None, :])

    def factor(self, ones: Ints, twos: Ints) -> Floats:
        """How far asks differ (ones x twos)."""
        if self._table is not None:
            return self._table[ones[:, None], twos[None, :]]
        return self._asks.factor(self._firsts[ones][:, None], self._firsts[twos][None, :])

    def differing(self, asks: Ints) -> Iterator[Bools]:
        """For each of some asks, which of them differ from it."""
        rows = max(1, CHUNK // len(asks))
        for at in range(0, len(asks), rows):
            yield from self.factor(asks[at : at + rows], asks) > 0


def _of_scope(index: Index, distinct: _Distinct, scope: int) -> Iterator[Finding]:
    worst, pair, taking_part = _worst(index, distinct, scope)
    if worst <= 0:
        return
    group = distinct.group
    sides, blocks = _sides(index, distinct, taking_part[distinct.alike], scope)
    population = index.population_ids[scope]
    yield Finding(
        kind="inconsistent",
        id=identity("inconsistent", (group.row.id, group.wish), population),
        severity=rounded(worst),
        confidence=1.0,
        sides=sides,
        blocks=blocks,
        measures=(group.measure,),
        population=population,
        pair=pair,
    )


def _worst(index: Index, distinct: _Distinct, scope: int) -> tuple[float, tuple[int, int], Bools]:
    """The largest severity of a pair, the pair, and which of the distinct targets are in any."""
    about = np.flatnonzero(index.about(distinct.ones, scope))
    ones, ask = distinct.ones[about], distinct.ask_of_one[about]
    weight, narrow = index.targets.weight[ones], index.targets.population[ones] == scope
    best, pair = 0.0, (0, 0)
    taking_part = np.zeros(len(distinct.ones), dtype=bool)
    rows = max(1, CHUNK // len(ones))
    for at in range(0, len(ones), rows):
        these = slice(at, at + rows)
        factor = distinct.factor(ask[these], ask) * (narrow[these, None] | narrow[None, :])
        taking_part[about[these]] = factor.any(axis=1)
        severity = factor * np.sqrt(weight[these, None] * weight[None, :])
        top = int(np.argmax(severity))
        if severity.flat[top] > best:
            best = float(severity.flat[top])
            pair = (int(ones[at + top // len(ones)]), int(ones[top % len(ones)]))
    return best, pair, taking_part


def _sides(
    index: Index, distinct: _Distinct, taking_part: Bools, scope: int
) -> tuple[tuple[Group, ...], tuple[tuple[Ints, Ints], ...] | None]:
    """One side for each distinct ask, the most demanding first, and the exact pairs."""
    members, ask = distinct.targets[taking_part], distinct.ask[taking_part]
    begins = np.flatnonzero(np.diff(ask, prepend=-1))
    bounds = [*begins.tolist(), len(members)]
    sides = tuple(distinct.group.only(members[start:end]) for start, end in pairwise(bounds))
    narrow = index.targets.population[members] == scope
    if narrow.all() and all(differ[at + 1 :].all() for at, differ in enumerate(distinct.differing(ask[begins]))):
        return sides, None
    return sides, tuple(_blocks(members, narrow, bounds, distinct.differing(ask[begins])))


def _blocks(members: Ints, narrow: Bools, bounds: list[int], differing: Iterable[Bools]) -> Iterator[tuple[Ints, Ints]]:
    """Each side against those after it that ask for something else; one of a pair has the narrower population."""
    side = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    for at, (differ, (start, end)) in enumerate(zip(differing, pairwise(bounds), strict=True)):
        left, of_left = members[start:end], narrow[start:end]
        right, of_right = members[end:], narrow[end:]
        if not differ[at + 1 :].all():
            others = differ[side[end:]]
            right, of_right = right[others], of_right[others]
        for these, partners in ((left[of_left], right), (left[~of_left], right[of_right])):
            if len(these) and len(partners):
                yield these, partners


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    name = finding.sides[0].name
    telling = _telling(finding)
    words = [_side(search, side, name if at == 0 else "it") for at, side in enumerate(telling)]
    more = len(finding.sides) - len(words)
    rest = f" ({count(more, 'other ask lies', 'other asks lie')} between or beside)" if more else ""
    return f"{words[0]}, while {' and '.join(words[1:])}{rest}: one measure, different targets"


def _telling(finding: Finding) -> tuple[Group, ...]:
    """The most and the least demanding side; all when they are few."""
    return finding.sides if len(finding.sides) <= 3 else (finding.sides[0], finding.sides[-1])


def _side(search: Search, side: Group, what: str) -> str:
    row = search.index.targets.rows[int(side.targets[0])]
    due = f" (due {row.due})" if row.due else ""
    return f"{side.wants} {what} {side.asks}{due}"


def suggestion(_: Search, finding: Finding) -> str:
    """What could be done."""
    return f"Agree one value and one date for {finding.sides[0].name}"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The worst pair."""
    return evidence.sides(search, finding)


RULE = Rule("inconsistent", find, sentence, suggestion, rows, assumed_steps)
