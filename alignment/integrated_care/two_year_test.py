r"""The two-year test: what would tell us, in two years, that we succeed or fail (Tracy).

A kept measure can tell when its baseline is known and somebody has said what success is: a value that is asked for, or
the words of its outcome for success and for failure. It tells in time when

.. math:: \text{year} + \text{years} \ge \text{due (or else review year)}, \qquad
    \text{years} \ge \text{lag} + \text{window}

with lag the shortest `lag_years` of the influences that should move it: those along which a wish for their source, or
progress on it, looks better in the measure. Where the target is due too late, a milestone that comes in time takes its
place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from alignment.aligned_set.one_target import OneTargets
from alignment.index import Index, positions
from alignment.models.answers.answer import Stop
from alignment.models.answers.two_year_test import Lack, Telling, TwoYearMeasure, TwoYearTest
from alignment.models.fields import last_year
from alignment.models.options.lenses import TwoYearTestOptions
from alignment.models.system import System
from alignment.models.system.keys import Keys
from alignment.models.system.measures import Outcome, Target
from alignment.options.verb import verb
from alignment.options.weighing import weighed
from alignment.wording import ask, number, quantity, verb as agreeing

from .chosen import chosen
from .two_year_words import missing, paragraph

ORDER: Final[tuple[Telling, ...]] = ("cannot", "late", "tells")
"""The order in which measures are told."""


@verb(TwoYearTestOptions, "measures", "years", "options")
def two_year_test(system: System, asked: TwoYearTestOptions) -> TwoYearTest:
    """What would tell, in two years, that a set of measures succeeds or fails, and what is missing.

    For each kept measure where it stands, what success and failure would be, and whether it can be read in time.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    TwoYearTest
        A row for each kept measure: whether it tells in time, too late, or cannot tell, and why.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set was given, and none meets all wishes.

    References
    ----------
    Tracy's question: what would tell us, in two years, that we are succeeding or failing?

    Examples
    --------
    >>> import alignment as al
    >>> found = al.two_year_test(al.read(al.example("winter-pressure")))
    >>> found.measures[0].name, found.measures[0].telling, found.measures[0].wanted
    ('Flu vaccination', 'tells', '80% or more')
    """
    measures, stopped = chosen(system, asked)
    return _Test(system, asked, measures).answer(stopped)


class _Test:
    def __init__(self, system: System, asked: TwoYearTestOptions, measures: Sequence[str]) -> None:
        self.system, self.asked = system, asked
        counted = weighed(system, asked.of_set)
        self.index = counted.derive(Index)
        self.kept = [self.index.measure_at[name] for name in measures]
        self.one_targets = OneTargets(counted, self.kept, asked.of_set, None, asked.time_limit)
        year = system.about.year
        self.end = None if year is None else year + asked.years

    def answer(self, stopped: Stop) -> TwoYearTest:
        """The answer."""
        rows = tuple(sorted((self._row(at) for at in self.kept), key=_order))
        return TwoYearTest(
            system=self.system.hash,
            options=self.asked.of_set,
            years=self.asked.years,
            measures=rows,
            paragraph=paragraph(rows, self.asked.years),
            missing=tuple(missing(rows, self.end, readings=bool(self.system.series))),
            stopped=stopped,
        )

    def _row(self, at: int) -> TwoYearMeasure:
        measure, outcome = self.index.measures[at], self._outcome(at)
        wanted, due = self._wanted(at)
        influences, lag = self._lag(at)
        review = outcome.review_year if outcome else None
        lacks = tuple(_lacks(measure.baseline, wanted, outcome))
        late = (*self._slow(lag, window_years(measure.window)), *self._after(due, review))
        targets = positions(self.index.by_measure[at]) if at in self.index.by_measure else []
        return TwoYearMeasure(
            measure=measure.id,
            name=measure.name,
            telling="cannot" if lacks else "late" if late else "tells",
            lacks=lacks,
            late=late,
            baseline=measure.baseline,
            unit=measure.unit,
            today=None if measure.baseline is None else quantity(measure.baseline, measure.unit),
            wanted=wanted,
            outcome=outcome.id if outcome else None,
            outcome_name=outcome.name if outcome else None,
            success=outcome.success if outcome else None,
            failure=outcome.failure if outcome else None,
            due=due,
            review_year=review,
            lag_years=lag,
            influences=influences,
            window=measure.window,
            smallest=None,
            weight=round(sum(float(self.index.targets.weight[each]) for each in targets), 6),
            targets=tuple(self.index.targets.keys[each] for each in targets),
        )

    def _outcome(self, at: int) -> Outcome | None:
        """The outcome that a measure captures best, where it does so well enough."""
        able = {name: each for name, each in self.index.validity[at].items() if each >= self.asked.theta}
        best = min(able, key=lambda name: (-able[name], name), default=None)
        return None if best is None else self._outcomes[best]

    @cached_property
    def _outcomes(self) -> Mapping[str, Outcome]:
        return {row.id: row for row in self.system.outcomes}

    # What is asked for

    def _wanted(self, at: int) -> tuple[str | None, str | None]:
        """The value that is asked for, in words, and when it is due; a way alone is no value."""
        one = self.one_targets.of(at)
        if one is None:
            return None, None
        milestone = self._milestone(at) if self._too_late(one.due) else None
        if milestone is not None:
            return self._words(at, milestone), milestone.due
        if one.value is None and one.upper is None:
            return None, one.due
        who = self.index.targets.rows[int(self.index.by_measure[at][0])].agency
        measure = self.index.measures[at].id
        return self._words(
            at, Target(agency=who, measure=measure, sense=one.sense, value=one.value, upper=one.upper)
        ), one.due

    def _words(self, at: int, row: Target) -> str:
        measure = self.index.measures[at]
        if row.sense == "between" and row.value == row.upper and row.value is not None:
            return quantity(row.value, measure.unit)
        return ask(row, measure).removeprefix("at ")

    def _milestone(self, at: int) -> Target | None:
        """The last value that somebody asks for in time."""
        rows = self.index.targets
        able = [
            each
            for each in positions(self.index.by_measure[at])
            if self.index.live[each] and not rows.rows[each].revealed and rows.rows[each].value is not None
            if rows.rows[each].due and not self._too_late(rows.rows[each].due)
        ]
        last = max(able, key=lambda each: (rows.end[each], rows.weight[each], rows.keys[each]), default=None)
        return None if last is None else rows.rows[last]

    def _too_late(self, due: str | None) -> bool:
        return due is not None and self.end is not None and last_year(due) > self.end

    # Time

    def _lag(self, at: int) -> tuple[tuple[str, ...], float | None]:
        """The influences that should move a measure, and the shortest time after which one of them shows."""
        rows = [place for place in self._arriving.get(at, ()) if self._helps(place, at)]
        lags = [lag for place in rows if (lag := self.system.influences[place].lag_years) is not None]
        return tuple(sorted(self._keys[place] for place in rows)), min(lags, default=None)

    def _helps(self, place: int, at: int) -> bool:
        """Whether a way that its source should move looks better in a measure."""
        row = self.system.influences[place]
        source = self.index.measure_at[row.source_measure]
        ways = {int(self.index.good[source]), *self._pushed.get(source, ())}
        return any(way * row.steps * int(self.index.good[at]) > 0 for way in ways)

    @cached_property
    def _arriving(self) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = {}
        for place, row in enumerate(self.system.influences):
            found.setdefault(self.index.measure_at[row.target_measure], []).append(place)
        return found

    @cached_property
    def _pushed(self) -> Mapping[int, frozenset[int]]:
        """The ways in which targets push each measure."""
        targets = self.index.targets
        return {
            at: frozenset(int(targets.wish[each]) for each in positions(rows) if targets.pushes[each])
            for at, rows in self.index.by_measure.items()
        }

    @cached_property
    def _keys(self) -> Sequence[str]:
        return self.system.derive(Keys).of("influences")

    def _slow(self, lag: float | None, window: float | None) -> Iterator[str]:
        """Why what should move a measure does not show in it in time."""
        if (lag or 0.0) + (window or 0.0) <= self.asked.years:
            return
        if lag:
            yield f"what should move it takes {_years(lag)} to show"
        if window:
            yield f"a reading takes in {_years(window)}"

    def _after(self, due: str | None, review: int | None) -> Iterator[str]:
        """Why nobody asks for it in time."""
        # A date by which it is asked for says more of one measure than the review of its whole outcome.
        if due is not None:
            if self._too_late(due):
                yield f"its target is due by {due}"
        elif review is not None and self.end is not None and review > self.end:
            yield f"its outcome is looked at in {review}"


UNITS: Final = {"year": 1.0, "month": 1 / 12, "quarter": 1 / 4, "week": 7 / 365, "day": 1 / 365}
"""The units of a window. Unit: years."""


def window_years(window: str | None) -> float | None:
    """How long a window is; blank where its words do not say it in figures. Unit: years.

    >>> window_years("12 months to March"), window_years("3-year average"), window_years("each winter")
    (1.0, 3.0, None)
    """
    said = re.search(r"(\d+(?:\.\d+)?)[ -]*(year|month|quarter|week|day)", (window or "").casefold())
    return None if said is None else round(float(said[1]) * UNITS[said[2]], 6)


def _years(number_of: float) -> str:
    return f"{number(number_of)} {agreeing(int(number_of == 1), 'year', 'years')}"


def _lacks(baseline: float | None, wanted: str | None, outcome: Outcome | None) -> Iterator[Lack]:
    """What a measure cannot tell without: a value that is asked for tells both success and, where missed, failure."""
    if baseline is None:
        yield "baseline"
    if wanted is None and not (outcome and outcome.success):
        yield "success"
    if wanted is None and not (outcome and outcome.failure):
        yield "failure"


def _order(row: TwoYearMeasure) -> tuple[int, float, str]:
    return ORDER.index(row.telling), -row.weight, row.measure
