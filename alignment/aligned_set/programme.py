"""The 0-1 programme of the minimal aligned set as plain data: every row carries the reason it is there.

Nothing here knows a solver. All numbers of rows and objectives are whole, so that what is proved is exact; severities,
costs and weights are counted in millionths.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, reduce
from itertools import pairwise
from typing import Final, Literal

from alignment.conflicts.residual import RESIDUAL, pushing
from alignment.conflicts.search import search_of
from alignment.duties import Duties, Duty
from alignment.errors import NoAlignedSet, NothingToJudge
from alignment.index import Index, group, positions
from alignment.models.numbers import count
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.models.system.measures import DIMENSIONS, Measure
from alignment.options.weighing import short_fraction
from alignment.sight import Sight
from alignment.solver import Clock

from .achievable import Achievable
from .rows import Reason, Row, RowKind
from .standing import Standings

MICRO: Final = 1_000_000
"""Severities, costs and weights are counted in millionths."""

LARGEST: Final = 10_000_000
"""No cost counts for more units than this: a solver has to tell one unit from none."""

Stage = Literal[
    "gaps", "lost", "toll", "left", "conflict", "burden", "price", "voice", "unsaid", "holders", "measures", "first"
]


@dataclass(frozen=True)
class Objective:
    """What a stage makes small.

    Attributes
    ----------
    stage
        The stage.
    terms
        Whole coefficient of each column.
    constant
        Added to the sum.
    unit
        What one whole is worth in the stage's own unit.
    error
        How far the sum can be from that of the numbers as they were given, in the stage's own unit.
    """

    stage: Stage
    terms: Mapping[int, int]
    constant: int = 0
    unit: Fraction = Fraction(1)
    error: Fraction = Fraction(0)

    def value(self, values: Sequence[int | Fraction]) -> int:
        """The sum for whole values of the columns, in wholes."""
        return int(sum(number * values[at] for at, number in self.terms.items())) + self.constant


@dataclass(frozen=True)
class Programme:
    """Columns, rows and objectives.

    Attributes
    ----------
    index, duties, sight, standings
        What the positions mean, which measures serve which duties, and what says what another said.
    candidates
        The measures that can be kept, as positions; column k is the k-th of them.
    pairs
        Penalised pairs of candidates, as columns, with the penalty in millionths.
    severity
        The conflict of its own that keeping a column brings, in millionths.
    columns
        Names, for people who look at a programme.
    whole
        Which columns are 0 or 1; the others follow from them and lie between 0 and 1.
    rows
        All rows.
    objectives
        The stages in order, except the last (first by measure id), which is not a sum.
    ladder
        What is left, conflict and unsaid together, and the burden: what the frontier weighs.
    unserved
        Duties that no candidate serves.
    served
        Duties that some candidate serves, alike ones together, with the columns that serve them.
    largest_loss
        The column of the largest loss of voice, and the voices it is the largest of.
    forced
        Columns that must be 1.
    lazy
        Rows that are found when a set breaks them; blank is none.
    """

    index: Index
    duties: Duties
    sight: Sight
    standings: Standings
    options: Options
    candidates: tuple[int, ...]
    pairs: Mapping[tuple[int, int], int]
    severity: Mapping[int, int]
    columns: tuple[str, ...]
    whole: tuple[bool, ...]
    rows: tuple[Row, ...]
    objectives: tuple[Objective, ...]
    ladder: tuple[Objective, Objective]
    unserved: tuple[Duty, ...]
    served: tuple[tuple[tuple[int, ...], tuple[Duty, ...]], ...]
    voices: tuple[Voice, ...]
    loss: int
    forced: frozenset[int]
    derived: Mapping[int, Derived] = field(default_factory=dict[int, "Derived"])
    lazy: Achievable | None = None

    @property
    def every_row(self) -> tuple[Row, ...]:
        """All rows, with those that were found so far."""
        return self.rows if self.lazy is None else (*self.rows, *self.lazy.rows)

    def fits(self, kept: Iterable[int], holds: Iterable[Row] = (), clock: Clock | None = None) -> bool:
        """Whether a set fulfils every row, and some more, exactly."""
        chosen = frozenset(kept)
        values = self.complete(chosen)
        if not all(row.holds(values) for row in (*self.every_row, *holds)):
            return False
        return self.lazy is None or not self.lazy.breaks(chosen, clock)

    def complete(self, kept: Iterable[int]) -> list[int | Fraction]:
        """The value of every column, given which measures are kept (columns)."""
        chosen = set(kept)
        values: list[int | Fraction] = [0] * len(self.columns)
        for column in chosen:
            values[column] = 1
        for column, rule in self.derived.items():
            found = sum(1 for each in rule.of if each in chosen)
            values[column] = int(rule.least <= found) if rule.how == "enough" else int(found < rule.least)
        if self.voices:
            values[self.loss] = max(voice.loss(values) for voice in self.voices)
        return values


@dataclass(frozen=True)
class Derived:
    """A column that follows from the kept measures: 1 when enough of some are kept, or too few."""

    how: Literal["enough", "too few"]
    of: tuple[int, ...]
    least: int = 1


@dataclass(frozen=True)
class Voice:
    """What an agency's own measures serve of its duties today; like agencies are one.

    Attributes
    ----------
    agencies
        Positions of the agencies.
    heard
        For each column that says whether a duty is still served by own measures, how many duties it stands for.
    number
        How many duties there are.
    power
        The agency's power over the largest.
    """

    agencies: tuple[int, ...]
    heard: Mapping[int, int]
    number: int
    power: Fraction

    def loss(self, values: Sequence[int | Fraction]) -> Fraction:
        """1 - the share of the duties still served by own measures, times power."""
        kept = sum(number * values[column] for column, number in self.heard.items())
        return self.power * (1 - Fraction(kept) / self.number)


def micro(value: float) -> int:
    """A number in millionths."""
    return round(value * MICRO)


def exact(value: float) -> Fraction:
    """A number as it was written."""
    return Fraction(repr(float(value)))


def build(system: System, options: Options, *, every: bool = False, like: Programme | None = None) -> Programme:
    """The programme of a system's minimal aligned set.

    Parameters
    ----------
    system
        The system.
    options
        What is asked of the set.
    every
        Whether measures that cannot be kept have a column too, and a row that says so.
    like
        A programme of the same system whose options differ in no more than `protect` and `worth`: who sees what, and
        what says what, is taken from there.

    Raises
    ------
    NoAlignedSet
        A measure has to be kept that cannot be.
    NothingToJudge
        There are targets and no duty.
    """
    return _Builder(system, options, every=every, like=like).programme()


def excluded_of(index: Index, options: Options) -> frozenset[int]:
    """The measures that cannot be kept: dropped, or no candidates."""
    every = range(len(index.measures))
    if options.candidates == "all":
        able: Iterable[int] = every
    elif options.candidates == "targeted":
        able = index.by_measure
    else:
        able = [index.measure_at[word] for word in options.candidates]
    return frozenset(every).difference(able).union(index.measure_at[word] for word in options.drop)


class _Builder:
    def __init__(self, system: System, options: Options, *, every: bool, like: Programme | None) -> None:
        self.index = system.derive(Index)
        self.options = options
        self.search = search_of(system, options.tolerance, options.steps, options.decay, options.evidence)
        self.sight = Sight(system, options) if like is None else like.sight
        self.standings = Standings(self.sight, self.search) if like is None else like.standings
        self.duties = self.sight.duties
        self.excluded = excluded_of(self.index, options)
        self.every = every
        everything = range(len(self.index.measures))
        self.candidates = tuple(at for at in everything if every or at not in self.excluded)
        self.column = {at: column for column, at in enumerate(self.candidates)}
        self.names = [f"keep {self.index.measures[at].id}" for at in self.candidates]
        self.whole = [True] * len(self.names)
        self.rows: list[Row] = []
        self.derived: dict[int, Derived] = {}
        self.silent: dict[tuple[int, ...], int] = {}

    def programme(self) -> Programme:
        self._check_that_something_is_judged()
        served, unserved = self._served()
        gaps = self._duty_rows(served, unserved)
        self._balance_rows()
        forced = self._forced()
        self._sway_rows()
        voices = self._voice_rows()
        self._at_most_row()
        severity, pairs, conflict = self._conflict()
        costs = self._costs()
        loss = self._loss(voices)
        heard = [Objective("voice", {loss: 1})] if voices else []
        measures = Objective("measures", dict.fromkeys(range(len(self.candidates)), 1))
        objectives = (gaps, *self._middle(conflict, costs, heard), measures)
        return Programme(
            index=self.index,
            duties=self.duties,
            sight=self.sight,
            standings=self.standings,
            options=self.options,
            candidates=self.candidates,
            pairs=pairs,
            severity=severity,
            columns=tuple(self.names),
            whole=tuple(self.whole),
            rows=tuple(self.rows),
            objectives=objectives,
            ladder=(self._left(conflict), self._burden(costs)),
            unserved=unserved,
            served=tuple(served.items()),
            voices=voices,
            loss=loss,
            forced=forced,
            derived=self.derived,
            lazy=Achievable(self.index, self.options, self.candidates) if self.options.achievable else None,
        )

    def _add(self, name: str, rule: Derived | None, *, whole: bool = False) -> int:
        self.names.append(name)
        self.whole.append(whole)
        if rule is not None:
            self.derived[len(self.names) - 1] = rule
        return len(self.names) - 1

    def _row(
        self,
        terms: Mapping[int, int | Fraction],
        reason: Reason,
        least: int | Fraction | None = None,
        most: int | Fraction | None = None,
    ) -> None:
        self.rows.append(Row(terms, least, most, reason))

    def _columns(self, measures: Iterable[int]) -> tuple[int, ...]:
        return tuple(self.column[at] for at in measures if at in self.column)

    def _able(self, measures: Iterable[int]) -> tuple[int, ...]:
        """The columns of those that can be kept."""
        return self._columns(at for at in measures if at not in self.excluded)

    def _check_that_something_is_judged(self) -> None:
        """Without a duty every set is as good as none, which no proof should say of real targets."""
        if self.duties.weight or not self.index.by_measure:
            return
        number = count(len(self.index.by_measure), "measure", "measures")
        if any(self.duties.captured.get(at) for at in self.index.by_measure):
            raise NothingToJudge(
                f"No set can be judged: of {number} with targets none bears a duty, as every wish was inferred or goes "
                "against people. Add a target that somebody was given, or mend the columns revealed and direction."
            )
        if any(self.index.validity[at] for at in self.index.by_measure):
            raise NothingToJudge(
                f"No set can be judged: of {number} with targets none speaks for an outcome with a validity of "
                f"{self.options.theta:g} or more. Give theta a smaller value, or mend the column validity of captures."
            )
        raise NothingToJudge(
            f"No set can be judged: of {number} with targets the outcome of none is known. Fill in the column outcome "
            "of measures, or add rows to captures."
        )

    # Stage 1: duties

    def _served(self) -> tuple[dict[tuple[int, ...], tuple[Duty, ...]], tuple[Duty, ...]]:
        """Duties by the columns that serve them, equal rows merged; and those that nothing serves."""
        alike = group((self._able(self.sight.serving(duty)), duty) for duty in self.duties.weight)
        unserved = tuple(alike.get((), ()))
        return {columns: tuple(alike[columns]) for columns in sorted(alike) if columns}, unserved

    def _duty_rows(self, served: Mapping[tuple[int, ...], tuple[Duty, ...]], unserved: Sequence[Duty]) -> Objective:
        weight = self.duties.weight
        lost = sum(micro(weight[duty]) for duty in unserved)
        terms: dict[int, int] = {}
        for columns, duties in served.items():
            row: dict[int, int | Fraction] = dict.fromkeys(columns, 1)
            # Without a cap on sway or number, and targets that have to be met, all measures together serve all duties.
            if self.options.sway is not None or self.options.achievable or self.options.at_most is not None:
                gap = self._add("gap", Derived("too few", columns), whole=True)
                row[gap] = 1
                terms[gap] = sum(micro(weight[duty]) for duty in duties)
            self._row(row, Reason("duty", duties=duties), least=1)
        return _reduced(Objective("gaps", {**terms, **self._missing()}, lost, Fraction(1, MICRO)))

    def _missing(self) -> dict[int, int]:
        """Columns for each measure that agencies have to see themselves in and lack."""
        terms: dict[int, int] = {}
        for who in sorted(self.index.counting):
            row = self.index.agencies[who]
            number = self.options.needs if row.needs is None else row.needs
            if not number:
                continue
            seen = self._able(sorted(self.sight.seen(who)))
            short = [
                self._add(f"need {row.id} {least}", Derived("too few", seen, least), whole=True)
                for least in range(1, number + 1)
            ]
            terms |= dict.fromkeys(short, MICRO)
            self._row(dict.fromkeys((*seen, *short), 1), Reason("needs", (row.id,)), least=number)
        return terms

    def _balance_rows(self) -> None:
        if not self.options.balance:
            return
        index = self.index
        dimension = {row.id: row.dimension for row in index.system.outcomes}
        of_dimension = {
            each: [at for at in self.candidates if any(dimension[o] == each for o in self.duties.captured.get(at, ()))]
            for each in DIMENSIONS
        }
        tiers = sorted({tier for who in index.counting if (tier := index.agencies[who].tier)})
        wants: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for tier in tiers:
            for each in DIMENSIONS:
                columns = self._able(at for at in of_dimension[each] if index.readable(at, tier))
                if columns:
                    wants[columns].append(f"{tier}/{each}")
        for columns, about in sorted(wants.items()):
            self._row(dict.fromkeys(columns, 1), Reason("balance", tuple(about)), least=1)

    # Wishes

    def _forced(self) -> frozenset[int]:
        index = self.index
        kept = {index.measure_at[word] for word in self.options.keep}
        if self.options.keep_statutory:
            kept |= {at for at, row in enumerate(index.measures) if row.statutory}
        if kept & self.excluded and not self.every:
            raise NoAlignedSet(())
        forced = frozenset(self._columns(sorted(kept)))
        for column in sorted(forced):
            self._row({column: 1}, Reason("keep", (index.measures[self.candidates[column]].id,)), least=1)
        for column in self._columns(sorted(self.excluded)):
            name = index.measures[self.candidates[column]].id
            kind: RowKind = "drop" if name in self.options.drop else "candidates"
            self._row({column: 1}, Reason(kind, (name,)), most=0)
        return forced

    def _at_most_row(self) -> None:
        if self.options.at_most is not None:
            self._row(dict.fromkeys(range(len(self.candidates)), 1), Reason("at_most"), most=self.options.at_most)

    def _sway_rows(self) -> None:
        if self.options.sway is None:
            return
        share = short_fraction(self.options.sway)
        owners = group((self._columns(sorted(own)), who) for who, own in sorted(self.duties.own.items()))
        for columns, agencies in owners.items():
            terms: dict[int, int | Fraction] = dict.fromkeys(range(len(self.candidates)), -share.numerator)
            for column in columns:
                terms[column] = share.denominator - share.numerator
            self._row(terms, Reason("sway", self._ids(agencies)), most=0)

    def _ids(self, agencies: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.index.agencies[who].id for who in agencies)

    # Conflict

    def _conflict(self) -> tuple[dict[int, int], dict[tuple[int, int], int], Objective]:
        """What each column, and each pair of columns, adds to the residual conflict."""
        terms: dict[int, int] = defaultdict(int)
        pairs: dict[tuple[int, int], int] = defaultdict(int)
        for kind in RESIDUAL:
            for finding in self.search.of_kind(kind):
                push = pushing(self.index, finding)
                columns = self._columns(sorted(push))
                if len(columns) < len(push):
                    continue
                if len(columns) == 1:
                    terms[columns[0]] += micro(finding.severity)
                else:
                    pairs[columns[0], columns[1]] += micro(finding.severity)
        severity = dict(terms)
        for (one, two), penalty in sorted(pairs.items()):
            both = self._add("both", Derived("enough", (one, two), 2))
            terms[both] = penalty
            ids = tuple(self.index.measures[self.candidates[column]].id for column in (one, two))
            self._row({one: 1, two: 1, both: -1}, Reason("pair", ids), most=1)
        return severity, dict(sorted(pairs.items())), Objective("conflict", dict(terms), unit=Fraction(1, MICRO))

    # Burden

    def _costs(self) -> dict[int, Fraction]:
        """The cost of each column: of measures, and of the collections that they need."""
        index = self.index
        costs = {column: cost_of(index.measures[at]) for column, at in enumerate(self.candidates)}
        free = {row.collection for row in index.measures if row.statutory}
        members = group((index.measures[at].collection, column) for column, at in enumerate(self.candidates))
        for row in sorted(index.system.collections, key=lambda row: row.id):
            columns = tuple(members.get(row.id, ()))
            if row.id in free or not row.cost or not columns:
                continue
            paid = self._add(f"collect {row.id}", Derived("enough", columns))
            costs[paid] = exact(row.cost)
            for column in columns:
                self._row({paid: 1, column: -1}, Reason("collection", (row.id,)), least=0)
        return costs

    def _burden(self, costs: Mapping[int, Fraction]) -> Objective:
        unit = Fraction(1, MICRO)
        while max(costs.values(), default=Fraction(0)) / unit > LARGEST:
            unit *= 10
        terms = {column: round(cost / unit) for column, cost in costs.items()}
        error = sum((abs(cost - terms[column] * unit) for column, cost in costs.items()), start=Fraction(0))
        return _reduced(Objective("burden", terms, unit=unit, error=error))

    # What is said

    def _silence(self, columns: tuple[int, ...]) -> int:
        """The column that says whether none of some is kept."""
        if columns not in self.silent:
            self.silent[columns] = self._add("silent", Derived("too few", columns))
            row: dict[int, int | Fraction] = dict.fromkeys((*columns, self.silent[columns]), 1)
            self._row(row, Reason("silent"), least=1)
        return self.silent[columns]

    @cached_property
    def _unsaid(self) -> Objective:
        """What agencies say today and nothing kept says: of each the weight, as far as it is not said."""
        terms: dict[int, int] = defaultdict(int)
        constant = 0
        for voice in self.standings.voiced:
            constant += voice.weight
            sizes = self._sizes(voice.agency, voice.measure)
            levels = [*sorted({voice.weight * size // MICRO for size in sizes.values()}, reverse=True), 0]
            constant -= levels[0]
            for more, less in pairwise(levels):
                said = tuple(column for column, size in sizes.items() if voice.weight * size // MICRO >= more)
                terms[self._silence(said)] += more - less
        return Objective("unsaid", dict(terms), constant, Fraction(1, MICRO))

    def _lost(self) -> Objective:
        """People's targets that are not said, by weight."""
        terms: dict[int, int] = defaultdict(int)
        constant, least = 0, micro(self.options.said)
        for voice in self.standings.voiced:
            sizes = self._sizes(voice.agency, voice.measure)
            said = tuple(column for column, size in sizes.items() if size >= least)
            if voice.people and said:
                terms[self._silence(said)] += voice.people
            elif voice.people:
                constant += voice.people
        return _reduced(Objective("lost", dict(terms), constant, Fraction(1, MICRO)))

    def _sizes(self, agency: int, measure: int) -> dict[int, int]:
        """How far the columns that can be kept say to an agency what a measure said, in millionths."""
        found = self.standings.of(agency, measure)
        return {self.column[at]: found[at].size for at in found if at in self.column and at not in self.excluded}

    # The stages after the first

    def _middle(
        self, conflict: Objective, costs: Mapping[int, Fraction], heard: Sequence[Objective]
    ) -> Iterator[Objective]:
        asked = self.options
        if asked.price is not None:
            yield self._priced(_reduced(conflict), self._burden(costs), short_fraction(asked.price))
        elif asked.order == "toll":
            if asked.protect:
                yield self._lost()
            yield self._toll(conflict, costs)
            yield from heard
            yield self._holders()
            return
        else:
            both = (_reduced(conflict), self._burden(costs))
            yield from both if asked.order == "conflict-first" else reversed(both)
        yield from heard
        yield _reduced(self._unsaid)

    def _toll(self, conflict: Objective, costs: Mapping[int, Fraction]) -> Objective:
        """Conflict, what is left unsaid, and what measures cost, in weights of targets."""
        worth = worth_of(self.index.system, self.options)
        paid = {column: round(worth * cost * MICRO) for column, cost in costs.items()}
        terms = _sum(conflict.terms, self._unsaid.terms, paid)
        return _reduced(Objective("toll", terms, self._unsaid.constant, Fraction(1, MICRO)))

    def _left(self, conflict: Objective) -> Objective:
        """Conflict and what is left unsaid."""
        terms = _sum(conflict.terms, self._unsaid.terms)
        return _reduced(Objective("left", terms, self._unsaid.constant, Fraction(1, MICRO)))

    def _priced(self, conflict: Objective, burden: Objective, price: Fraction) -> Objective:
        parts = [(burden.unit, burden.terms), (price * conflict.unit, conflict.terms)]
        unit = Fraction(1, math.lcm(*(worth.denominator for worth, _ in parts)))
        terms: dict[int, int] = defaultdict(int)
        for worth, each in parts:
            for column, value in each.items():
                terms[column] += int(value * worth / unit)
        return _reduced(Objective("price", dict(terms), unit=unit, error=burden.error))

    def _holders(self) -> Objective:
        """Live targets on measures that are not kept."""
        index = self.index
        counted = index.live & (index.for_people >= 0)
        known = (at for at in positions(index.targets.measure[counted]) if index.validity[at])
        number = Counter(known)
        terms = {self.column[at]: -each for at, each in sorted(number.items()) if at in self.column}
        return _reduced(Objective("holders", terms, sum(number.values())))

    # Stage 4: voice

    def _voice_rows(self) -> tuple[Voice, ...]:
        index = self.index
        power = {who: exact(index.agencies[who].power or 1.0) for who in sorted(index.counting)}
        largest = max(power.values(), default=Fraction(1))
        heard: dict[tuple[int, ...], int] = {}
        alike: dict[tuple[tuple[tuple[tuple[int, ...], int], ...], int, Fraction], list[int]] = defaultdict(list)
        for who in sorted(index.counting):
            own = [self._columns(measures) for measures in self.sight.voiced(who).values()]
            if own:
                counted = group((columns, 1) for columns in own if columns)
                shape = tuple(sorted((columns, len(ones)) for columns, ones in counted.items()))
                alike[shape, len(own), power[who] / largest].append(who)
        voices: list[Voice] = []
        for (shape, number, share), agencies in sorted(alike.items()):
            columns = {self._heard(own, heard): times for own, times in shape}
            voices.append(Voice(tuple(agencies), columns, number, share))
            least = math.ceil(short_fraction(self.options.voice) * number)
            if least:
                self._row(dict(columns), Reason("voice", self._ids(agencies)), least=least)
        return tuple(voices)

    def _heard(self, own: tuple[int, ...], heard: dict[tuple[int, ...], int]) -> int:
        """The column that says whether any of an agency's own measures for a duty is kept."""
        if own not in heard:
            heard[own] = self._add("heard", Derived("enough", own))
            terms: dict[int, int | Fraction] = dict.fromkeys(own, 1)
            terms[heard[own]] = -1
            self._row(terms, Reason("heard"), least=0)
        return heard[own]

    def _loss(self, voices: Sequence[Voice]) -> int:
        loss = self._add("largest loss of voice", None)
        for voice in voices:
            terms: dict[int, int | Fraction] = {
                column: voice.power * times / voice.number for column, times in voice.heard.items()
            }
            terms[loss] = 1
            self._row(terms, Reason("loss", self._ids(voice.agencies)), least=voice.power)
        return loss


def cost_of(row: Measure) -> Fraction:
    """The burden of a measure itself; 1 where nobody says."""
    return Fraction(1) if row.cost is None else exact(row.cost)


def worth_of(system: System, options: Options) -> Fraction:
    """What one unit of burden is in weights of targets."""
    rows = system.measures
    mean = sum((cost_of(row) for row in rows), start=Fraction(0)) / max(1, len(rows))
    return short_fraction(options.worth) / (mean or 1)


FOLLOWS: Final = ("pair", "collection", "heard", "silent", "loss")
"""Kinds of row that only say how a derived column, the last of the row, follows from others."""


def needed(programme: Programme, objective: Mapping[int, object], holds: Sequence[Row]) -> list[Row]:
    """The rows that can matter for an objective: those of derived columns that nothing refers to are left out.

    Parameters
    ----------
    programme
        The programme.
    objective
        Coefficients by column.
    holds
        Further rows.
    """
    free = [row for row in programme.every_row if row.reason.kind not in FOLLOWS]
    live = {column for row in (*free, *holds) for column in row.terms}.union(objective)
    losses = [row for row in programme.rows if row.reason.kind == "loss"] if programme.loss in live else []
    live.update(column for row in losses for column in row.terms)
    follow = [row for row in programme.rows if row.reason.kind in FOLLOWS[:-1] and max(row.terms) in live]
    return [*free, *losses, *follow]


def _sum(*parts: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for part in parts:
        for column, number in part.items():
            found[column] += number
    return dict(found)


def _reduced(objective: Objective) -> Objective:
    """The objective in the largest unit in which it is whole: the least by which two values can differ is 1."""
    size = reduce(math.gcd, objective.terms.values(), objective.constant) or 1
    terms = {column: number // size for column, number in objective.terms.items()}
    return replace(objective, terms=terms, constant=objective.constant // size, unit=objective.unit * size)
