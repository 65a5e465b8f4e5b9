"""inconsistent: targets wish one measure the same way, but not as far or not as soon.

Condition: t, u on one measure, same wish, nested populations, different value or different due date. Severity: w(t, u)
times the larger of min(1, difference in steps / 4) and min(1/2, years between due dates / 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from alignment.index import Bools, Floats, Index, Ints
from alignment.models.conflict import Evidence
from alignment.wording import count

from . import evidence
from .finding import CHUNK, Finding, Group, Rule, Search, alike, assumed_steps, identity, rounded
from .opposed import around, scopes

DAYS_A_YEAR = 365.25


def find(search: Search) -> Iterator[Finding]:
    """One finding for each measure, wish and narrower population."""
    asks = _asks(search.index)
    for group in search.groups.values():
        for scope in scopes(search.index, group.targets, group.targets):
            yield from _of_scope(search.index, asks, group, scope)


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
        far = np.minimum(1.0, np.nan_to_num(steps, nan=0.0) / 4)
        late = np.minimum(0.5, np.nan_to_num(years, nan=0.0) / 4)
        return np.maximum(far, late)


def _asks(index: Index) -> _Asks:
    rows = index.targets
    held, step = rows.wish == 0, index.step[rows.measure]
    return _Asks(
        value=np.where(held, rows.low, rows.level) / step,
        upper=np.where(held, rows.high / step, 0.0),
        size=rows.size / step,
        due=rows.due,
    )


def _of_scope(index: Index, asks: _Asks, group: Group, scope: int) -> Iterator[Finding]:
    members = around(index, group.targets, scope)
    columns = (asks.value, asks.upper, asks.size, asks.due, index.targets.population, index.targets.weight)
    ones, place = alike(members, columns)
    worst, pair, taking_part = _worst(index, asks, ones, scope)
    if worst <= 0:
        return
    members = members[taking_part[place]]
    sides, blocks = _sides(asks, group, members, scope)
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


def _worst(index: Index, asks: _Asks, ones: Ints, scope: int) -> tuple[float, tuple[int, int], Bools]:
    """The largest severity of a pair, the pair, and which targets are in any."""
    weight, narrow = index.targets.weight, index.targets.population[ones] == scope
    best, pair = 0.0, (0, 0)
    taking_part = np.zeros(len(ones), dtype=bool)
    rows = max(1, CHUNK // len(ones))
    for at in range(0, len(ones), rows):
        these = ones[at : at + rows]
        factor = asks.factor(these[:, None], ones[None, :])
        factor *= narrow[at : at + rows, None] | narrow[None, :]
        taking_part[at : at + rows] = factor.any(axis=1)
        severity = factor * np.sqrt(weight[these][:, None] * weight[ones][None, :])
        top = int(np.argmax(severity))
        if severity.flat[top] > best:
            best = float(severity.flat[top])
            pair = (int(these[top // len(ones)]), int(ones[top % len(ones)]))
    return best, pair, taking_part


def _sides(
    asks: _Asks, group: Group, members: Ints, scope: int
) -> tuple[tuple[Group, ...], tuple[tuple[Ints, Ints], ...] | None]:
    """One side for each distinct ask, the most demanding first, and the exact pairs."""
    ones, place = alike(members, (asks.value, asks.upper, asks.size, asks.due))
    demand = -group.wish if group.wish else 1
    order = np.lexsort((asks.due[ones], -asks.size[ones], demand * asks.value[ones]))
    side = np.argsort(order)[place]
    by_side = np.argsort(side, kind="stable")
    members, side = members[by_side], side[by_side]
    parts = np.split(members, np.flatnonzero(side[1:] != side[:-1]) + 1)
    sides = tuple(group.only(part) for part in parts)
    firsts = ones[order]
    differ = asks.factor(firsts[:, None], firsts[None, :]) > 0
    narrow = group.index.targets.population[members] == scope
    if narrow.all() and differ[~np.eye(len(firsts), dtype=bool)].all():
        return sides, None
    return sides, tuple(_blocks(members, side, narrow, differ))


def _blocks(members: Ints, side: Ints, narrow: Bools, differ: Bools) -> Iterator[tuple[Ints, Ints]]:
    """Each side against those after it that ask for something else; one of a pair has the narrower population."""
    ends = np.searchsorted(side, np.arange(len(differ)), side="right").tolist()
    for at, (start, end) in enumerate(zip([0, *ends], ends, strict=False)):
        left, of_left = members[start:end], narrow[start:end]
        others = differ[at, side[end:]]
        right, of_right = members[end:][others], narrow[end:][others]
        for some, partners in ((left[of_left], right), (left[~of_left], right[of_right])):
            if len(some) and len(partners):
                yield some, partners


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
