"""inconsistent: agencies wish one measure the same way, but not as far or not as soon.

Condition: t, u on one measure, of different agencies, same wish, nested populations, periods that meet, different value
or different due date; of two changes from different levels of today (`levels`) the sizes are compared. Not: a hold
beside a target that is none; on a measure that adds up (`aggregate` sum) targets of different deliverers; a deliverer's
own target that is nowhere weaker than what it has to deliver for another; a target that has lapsed. Severity: w(t, u)
times the larger of min(1, difference in steps / 4) and min(1/2, years between due dates / 4). Confidence 1/2 where the
worst pair lies on *one path*: the later asks for more, or one names no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, assumed_steps, identity, rounded, told_from
from alignment.conflicts.matching import SAME, alike
from alignment.conflicts.naming import Detail, details, fitting, how_many, when
from alignment.index import Bools, Floats, Index, Ints, equal, positions
from alignment.models.answers.conflict import Evidence
from alignment.wording import count, verb

from .opposed import OPEN, scopes

DAYS_A_YEAR = 365.25

FEW: Final = 250_000
"""How many pairs are looked at together: so many that what is worked out for them stays near the processor."""

UNITS: Final = 10**SAME
"""Severities of pairs are ranked in so many parts; of equal ones a pair that is no step on the way ranks first."""

NONE: Final = -1.0
"""The rank of what is no pair."""

LEAST: Final = 1.0
"""The rank up to which the severity of a pair is 0."""


def find(search: Search) -> Iterator[Finding]:
    """One finding for each measure, wish and narrower population."""
    higher: set[int] = set()
    lapsed = 0
    for whole in search.groups.values():
        group = whole.only(whole.targets[search.index.live[whole.targets]])
        lapsed += (len(whole.targets) - len(group.targets)) * (len(whole.agencies) > 1)
        if len(group.agencies) < 2:
            continue
        asks = _Asks(search.index, group)
        if not asks.alike_in_all:
            for scope in scopes(search.index, group.targets, group.targets):
                yield from _of_scope(asks, scope, higher)
    if told := "; ".join(_notes(len(higher), lapsed, search.index.system.about.year)):
        search.notes["inconsistent"] = told


def _notes(higher: int, lapsed: int, year: int | None) -> Iterator[str]:
    """What was found and is no conflict."""
    if higher:
        aim = verb(higher, "aims higher than the body", "aim higher than the bodies")
        yield f"{count(higher, 'target', 'targets')} of those who deliver {aim} that they deliver for: no conflict"
    if lapsed:
        was, they = verb(lapsed, "was", "were"), verb(lapsed, "it asks", "they ask")
        yield f"{count(lapsed, 'target', 'targets')} {was} due before {year}: {they} nothing that others can contradict"


def level_out(values: Floats) -> Floats:
    """Values, those that are equal but for the noise of decimals made the same.

    >>> level_out(np.array([92.0, 95.0, 91.99999999999999])).tolist()
    [91.99999999999999, 95.0, 91.99999999999999]
    """
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    begins = np.ones(len(values), dtype=bool)
    begins[1:] = ~equal(ordered[1:], ordered[:-1])
    found = np.empty_like(values)
    found[order] = ordered[np.flatnonzero(begins)[np.cumsum(begins) - 1]] if len(values) else ordered
    return found


class _Asks:
    """What the targets of a group ask for, as numbers that can be compared; those alike are looked at once.

    Attributes
    ----------
    targets
        The targets, as positions.
    hold
        Whether each is a hold.
    value, upper
        The wished level, and the upper end of a band (of a band that is not below today's level: the lower end). Unit:
        the measure's; nan is none.
    size
        The size of a change from a level that is not known, or the margin of a hold. Unit: the measure's; nan is none.
    from_places
        Whether some change is told from a body's own level.
    far, today
        The size of a change, and the level of today that it is told from, where not all are told from one. Unit: the
        measure's; nan is none.
    due
        The last day.
    whose, deliverer
        The agency of each, and its deliverer.
    """

    def __init__(self, index: Index, group: Group) -> None:
        rows, self.targets, self.group, self.index = index.targets, group.targets, group, index
        own = [rows.rows[at] for at in positions(group.targets)]
        band = np.array([row.sense == "between" for row in own], dtype=bool)
        margin = np.array([row.value or 0.0 for row in own])
        self.hold = rows.hold[group.targets]
        low, high = rows.low[group.targets], rows.high[group.targets]
        value = np.where(self.hold, np.nan, rows.level[group.targets] if group.wish else low)
        self.value = level_out(value)
        self.upper = level_out(np.where(band, low if group.wish < 0 else high, np.nan))
        self.size = level_out(np.where(self.hold, margin, rows.size[group.targets]))
        self.from_places = bool((rows.change & rows.own)[group.targets].any())
        moves = rows.change[group.targets] & self.from_places
        self.far = level_out(np.where(moves, [np.nan if row.value is None else row.value for row in own], np.nan))
        self.today = level_out(np.where(moves, rows.now[group.targets], np.nan))
        self.due = rows.due[group.targets]
        self.whose, self.deliverer = rows.agency[group.targets], rows.deliverer[group.targets]
        self.step = float(index.step[group.measure])
        self.adds_up = group.row.aggregate == "sum"

    @cached_property
    def alike_in_all(self) -> bool:
        """Whether all ask for the same."""
        return len(self._distinct[0]) < 2

    @cached_property
    def _distinct(self) -> tuple[Ints, Ints]:
        """One place for each distinct ask, and the ask of each target."""
        columns = (self.hold, self.value, self.upper, self.size, self.due, self.far, self.today)
        return alike(np.arange(len(self.targets)), columns)

    @cached_property
    def ask(self) -> Ints:
        """The ask of each target, the most demanding first; holds last."""
        firsts, ask = self._distinct
        demand = -self.group.wish if self.group.wish else 1
        hold, size = self.hold[firsts], self.size[firsts]
        last = (self.today[firsts], -self.far[firsts])
        keys = (
            *last,
            self.due[firsts],
            self.upper[firsts],
            np.where(hold, size, -size),
            demand * self.value[firsts],
            hold,
        )
        rank = np.empty(len(firsts), dtype=np.int64)
        rank[np.lexsort(keys)] = np.arange(len(firsts))
        return rank[ask]

    @cached_property
    def _aiming(self) -> tuple[Bools, Ints]:
        """Whether each is a deliverer's own beside one that it delivers for another, or such a one; and its deliverer.

        Only of these does it matter who delivers: of all others the deliverer is -1.
        """
        own = self.whose == self.deliverer
        both = np.isin(self.deliverer, np.intersect1d(self.deliverer[own], self.deliverer[~own]))
        return own & both, np.where(both | self.adds_up, self.deliverer, -1)

    @cached_property
    def classes(self) -> tuple[Ints, Ints]:
        """One place for each row of what matters, and which of them each target is like.

        Whose a target is matters only where it is not the only one of its agency.
        """
        rows = self.index.targets
        agencies, place, times = np.unique(self.whose, return_inverse=True, return_counts=True)
        whose = np.where(times[place] > 1, agencies[place], -1)
        own, deliverer = self._aiming
        there = (rows.population, rows.weight, rows.start, rows.end)
        columns = (self.ask, whose, own, deliverer, *(column[self.targets] for column in there))
        return alike(np.arange(len(self.targets)), columns)

    def factor(self, ones: Ints, twos: Ints) -> Floats:
        """How far two targets differ, 0 to 1; 0 where nothing comparable differs."""
        level = np.fmax(abs(self._level(ones, twos)), abs(self.upper[ones] - self.upper[twos]))
        steps = np.where(np.isnan(level), abs(self._size(ones, twos)), level) / self.step
        years = abs(self.due[ones] - self.due[twos]) / DAYS_A_YEAR
        # fmax and fmin take the number where the other is unknown.
        return np.fmax(np.fmin(1.0, np.fmax(steps, 0.0) / 4), np.fmin(0.5, np.fmax(years, 0.0) / 4))

    def _from_two_places(self, ones: Ints, twos: Ints) -> Bools:
        """Whether both are changes, told from different levels of today."""
        sized = ~np.isnan(self.far[ones] + self.far[twos])
        return sized & ~self.index.one_place(self.targets[ones], self.targets[twos])

    def _level(self, ones: Ints, twos: Ints) -> Floats:
        """How far the levels are apart that two targets wish; nan where they cannot be compared."""
        apart = self.value[ones] - self.value[twos]
        return np.where(self._from_two_places(ones, twos), np.nan, apart) if self.from_places else apart

    def _size(self, ones: Ints, twos: Ints) -> Floats:
        """How far the sizes of two changes, or the margins of two holds, are apart."""
        apart = self.size[ones] - self.size[twos]
        if not self.from_places:
            return apart
        return np.where(self._from_two_places(ones, twos), self.far[ones] - self.far[twos], apart)

    def on_one_path(self, ones: Ints, twos: Ints) -> Bools:
        """Whether one of two targets can be a step on the way to the other, which is due later and asks for more."""
        wish = self.group.wish or 1
        gap = self.due[twos] - self.due[ones]
        far = self._level(twos, ones) * wish * np.sign(gap)
        size = self._size(twos, ones) * np.sign(gap)
        band = ~np.isnan(self.upper[ones]) | ~np.isnan(self.upper[twos])
        # Where neither can be compared (nan), no value is there that could differ.
        more = np.where(np.isnan(far), np.isnan(size) | (size > 0), far > 0)
        return (abs(gap) > 0) & more & ~band & ~(self.hold[ones] | self.hold[twos])

    def meet(self, ones: Ints, twos: Ints) -> Bools:
        """Whether two targets can be compared, whosever they are: holds or not, in periods that overlap."""
        rows, one, two = self.index.targets, self.targets[ones], self.targets[twos]
        found = self.hold[ones] == self.hold[twos]
        return found & (rows.start[one] <= rows.end[two]) & (rows.start[two] <= rows.end[one])

    def apart(self, ones: Ints, twos: Ints) -> Bools:
        """Whether two targets are of one agency, or add up as they have different deliverers."""
        found = self.whose[ones] == self.whose[twos]
        return found | (self.deliverer[ones] != self.deliverer[twos]) if self.adds_up else found

    @cached_property
    def aims_higher(self) -> bool:
        """Whether any deliverer has a target of its own beside one that it delivers for another."""
        return bool(self._aiming[0].any())

    def own_and_asked(self, ones: Ints, twos: Ints) -> Bools:
        """Whether one of two targets is a deliverer's own, and the other one that it delivers for somebody."""
        own, deliverer = self._aiming
        return (own[ones] != own[twos]) & (deliverer[ones] == deliverer[twos])

    def own(self, ones: Ints) -> Bools:
        """Whether each is a deliverer's own target beside one that it delivers for another."""
        return self._aiming[0][ones]

    def weaker(self, ones: Ints, twos: Ints) -> Bools:
        """Whether one target is anywhere weaker than another."""
        wish = self.group.wish
        far = (self.value[ones] - self.value[twos]) * (wish or 1)
        narrow = (self.upper[ones] - self.upper[twos]) * (wish or 1)
        size = (self.size[ones] - self.size[twos]) * np.where(self.hold[ones], -1.0, 1.0)
        # What is not known (nan) is not below.
        return (far < 0) | (narrow > 0) | (np.isnan(far) & (size < 0)) | (self.due[ones] > self.due[twos])


@dataclass(frozen=True, eq=False)
class _Found:
    """The pairs of classes that are inconsistent in a population."""

    table: Bools
    worst: float
    pair: tuple[int, int]
    one_path: bool


def _of_scope(asks: _Asks, scope: int, higher: set[int]) -> Iterator[Finding]:
    index, group = asks.index, asks.group
    every, alike_to = asks.classes
    about = index.about(asks.targets[every], scope)
    ones = every[about]
    found = _pairs(asks, ones, scope, higher, alike_to, about)
    if found.worst <= 0:
        return
    place = np.cumsum(about) - 1
    sides, blocks = _sides(asks, ones, found.table, np.where(about[alike_to], place[alike_to], -1))
    population = index.population_ids[scope]
    yield Finding(
        kind="inconsistent",
        id=identity("inconsistent", (group.row.id, group.wish), population),
        severity=rounded(found.worst),
        confidence=OPEN if found.one_path else 1.0,
        sides=sides,
        blocks=blocks,
        measures=(group.measure,),
        population=population,
        pair=found.pair,
        facts=found.one_path,
    )


def _pairs(asks: _Asks, ones: Ints, scope: int, higher: set[int], alike_to: Ints, about: Bools) -> _Found:
    """The pairs of classes that differ, and the worst; deliverers that aim higher are noted down."""
    table = np.zeros((len(ones), len(ones)), dtype=bool)
    aiming = np.zeros(len(ones), dtype=bool)
    best, place = LEAST, (0, 0)
    terms = _Terms(asks, ones, scope)
    rows = max(1, FEW // len(ones))
    for at in range(0, len(ones), rows):
        these = slice(at, at + rows)
        rank = terms.rank(these)
        rank[asks.apart(ones[these, None], ones[None, :])] = NONE
        if asks.aims_higher:
            aiming[these] = _pass_over(asks, ones, these, rank)
        table[these] = rank > NONE
        top = int(np.argmax(rank))
        if rank.flat[top] > best:
            best, place = float(rank.flat[top]), (at + top // len(ones), top % len(ones))
    if aiming.any():
        flagged = np.zeros(len(about), dtype=bool)
        flagged[np.flatnonzero(about)[aiming]] = True
        higher.update(positions(asks.targets[flagged[alike_to]]))
    one, two = positions(asks.targets[ones[list(place)]])
    return _Found(table, best // 2 / UNITS, (one, two), one_path=best % 2 == 0)


class _Terms:
    """What of classes decides how severe a pair is, whosever they are: hundreds of bodies ask on a few terms.

    Parameters
    ----------
    asks, ones
        The classes.
    scope
        The code of the narrower population.
    """

    def __init__(self, asks: _Asks, ones: Ints, scope: int) -> None:
        rows, targets = asks.index.targets, asks.targets[ones]
        self.asks = asks
        columns = (asks.ask[ones], rows.start[targets], rows.end[targets], rows.weight[targets])
        narrow = rows.population[targets] == scope
        self.first, self.place = alike(np.arange(len(ones)), (*columns, narrow))
        self.one, self.weight, self.narrow = ones[self.first], rows.weight[targets[self.first]], narrow[self.first]

    def rank(self, these: slice) -> Floats:
        """What the worst pair has most of, for each pair of some classes with all; `NONE` where it is no pair."""
        terms, place = np.unique(self.place[these], return_inverse=True)
        left, right = self.one[terms, None], self.one[None, :]
        factor = self.asks.factor(left, right)
        counts = (factor > 0) & self.asks.meet(left, right) & (self.narrow[terms, None] | self.narrow[None, :])
        severity = np.rint(factor * np.sqrt(self.weight[terms, None] * self.weight[None, :]) * UNITS)
        rank = 2 * severity + ~self.asks.on_one_path(left, right)
        return np.where(counts, rank, NONE)[:, self.place][place]


def _pass_over(asks: _Asks, ones: Ints, these: slice, rank: Floats) -> Bools:
    """Pass over a deliverer's own target beside a weaker one that it delivers; whether each is such an own target."""
    left, right = np.nonzero(asks.own_and_asked(ones[these, None], ones[None, :]))
    one, two = ones[these][left], ones[right]
    own = asks.own(one)
    higher = ~asks.weaker(np.where(own, one, two), np.where(own, two, one))
    found = np.zeros(len(rank), dtype=bool)
    found[left[higher & own & (rank[left, right] > NONE)]] = True
    rank[left[higher], right[higher]] = NONE
    return found


def _sides(
    asks: _Asks, ones: Ints, table: Bools, place: Ints
) -> tuple[tuple[Group, ...], tuple[tuple[Ints, Ints], ...] | None]:
    """One side for each distinct ask, the most demanding first, and the exact pairs."""
    taking: Bools = np.any(table, axis=1)
    part = (place >= 0) & taking[place]
    order = np.argsort(asks.ask[part], kind="stable")
    members, ask, of = asks.targets[part][order], asks.ask[part][order], place[part][order]
    bounds = [*np.flatnonzero(np.diff(ask, prepend=-1)).tolist(), len(members)]
    sides = tuple(asks.group.only(members[start:end]) for start, end in pairwise(bounds))
    kinds = np.flatnonzero(taking)
    # Half as wide, so that tables of them are made in half the time.
    ask_of = asks.ask[ones[kinds]].astype(np.int32)
    among = table if taking.all() else table[np.ix_(kinds, kinds)]
    if (among | (ask_of[:, None] == ask_of[None, :])).all():
        return sides, None
    return sides, tuple(_blocks(among & (ask_of[:, None] < ask_of[None, :]), kinds, members, of))


def _blocks(table: Bools, kinds: Ints, members: Ints, of: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Some classes against those of later sides that they are inconsistent with; alike ones together."""
    alike: dict[bytes, int] = {}
    mark = np.array([alike.setdefault(row.tobytes(), at) for at, row in enumerate(table)], dtype=np.int64)
    place = np.zeros(int(kinds.max()) + 1, dtype=np.int64)
    place[kinds] = np.arange(len(kinds))
    mine = place[of]
    marks = mark[mine]
    for at in alike.values():
        if table[at].any():
            yield members[marks == at], members[table[at][mine]]


def title(_: Search, finding: Finding) -> str:
    """What it is about."""
    return f"{finding.sides[0].name}, {how_many(len(finding.sides), 'different target', 'different targets')}"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor; dates are told wherever they are what differs."""
    first, last = _worst(finding)
    number = how_many(len(finding.sides), "different target", "different targets")
    tails = (
        (": the one may be a step on the way to the other",) if finding.facts else (f": {number} for one measure", "")
    )

    today = "" if _both_change(search.index, finding) else told_from(search, finding)
    tails = tuple(f"{tail}{said}" for said in dict.fromkeys((today, "")) for tail in tails if tail or not said)

    def told(detail: Detail, dates: Sequence[str], tail: str) -> str:
        ones, twos = (f"{side.asks}{by}" for side, by in zip((first, last), dates, strict=True))
        both = f"{first.wants(detail)} {first.name} {ones}, while {last.wants(detail)} it {twos}"
        return f"{both}{tail}"

    every = (_by(first), _by(last))
    choices = (every,) if finding.facts or first.asks == last.asks else (every, ("", ""))
    found = [detail for detail in details(first.agencies, last.agencies) if detail.full]
    return fitting(told(detail, dates, tail) for dates in choices for tail in tails for detail in found)


def _both_change(index: Index, finding: Finding) -> bool:
    """Whether the worst pair asks for changes, of which the sizes are compared wherever they begin."""
    return all(index.targets.change[at] for at in finding.pair or ())


def _worst(finding: Finding) -> tuple[Group, Group]:
    """The sides of the worst pair, the more demanding first."""
    assert finding.pair is not None
    one, two = (side for side in finding.sides if set(finding.pair) & set(positions(side.targets)))
    return one, two


def _by(side: Group) -> str:
    due = side.index.targets.rows[int(side.targets[0])].due
    return f" by {when(due)}" if due else ""


def suggestion(_: Search, finding: Finding) -> str:
    """What could be done."""
    first, last = _worst(finding)
    if finding.facts:
        return f"Say in both whether the one for {first.name} is a step on the way to the other, or agree one"
    if first.asks == last.asks:
        return f"Agree one date for {first.name}:{_by(first)} or{_by(last) or ' without one'}"
    if "up" in (first.asks, last.asks) or "down" in (first.asks, last.asks):
        return f"Agree one value and one date for {first.name}"
    return f"Choose one target for {first.name}: {first.asks}, {last.asks}, or something between"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The worst pair."""
    return evidence.sides(search, finding)


RULE = Rule("inconsistent", find, title, sentence, suggestion, rows, assumed_steps)
