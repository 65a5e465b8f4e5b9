r"""The two-year test: what would tell us, in two years, that we succeed or fail (Tracy).

A kept measure can tell when its level of today is known (that of whoever has to deliver, or else the baseline) and
somebody has said what success is: a target with a value, or the words of its outcome for success and for failure. It
tells in time when

.. math:: \text{year} + \text{years} \ge \text{due (of words alone: review year)}, \qquad
    \text{years} \ge \text{lag} + \text{window}

with lag the shortest `lag_years` of the influences that should move it: those along which a wish for their source, or
progress on it, looks better in the measure. Of several targets the last that is due in time counts; where none is, the
one that is due first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from alignment.conflicts.naming import when
from alignment.index import Index, positions
from alignment.models.answers.answer import Stop
from alignment.models.answers.two_year_test import Lack, Telling, TwoYearMeasure, TwoYearTest
from alignment.models.options.lenses import TwoYearTestOptions
from alignment.models.system import System
from alignment.models.system.keys import Keys
from alignment.models.system.measures import Outcome
from alignment.options.verb import verb
from alignment.options.weighing import weighed
from alignment.wording import names, number, verb as agreeing

from .bases import bases_of
from .chosen import chosen
from .two_year_targets import LookedAt
from .two_year_words import Wanted, looked_for, missing, paragraph

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
    ('Flu vaccination', 'tells', '72% or more')
    """
    measures, stopped = chosen(system, asked)
    return _Test(system, asked, measures).answer(stopped)


class _Test:
    def __init__(self, system: System, asked: TwoYearTestOptions, measures: Sequence[str]) -> None:
        self.system, self.asked = system, asked
        counted = weighed(system, asked.of_set)
        self.index = counted.derive(Index)
        self.kept = [self.index.measure_at[name] for name in measures]
        year = system.about.year
        self.end = None if year is None else year + asked.years
        self.looked_at = LookedAt(self.index, bases_of(counted), self.end)

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
        wanted = self.looked_at.wanted(at)
        influences, lag = self._lag(at)
        review = outcome.review_year if outcome else None
        (today, places), met = self.looked_at.today(at, wanted), self.looked_at.met(wanted)
        lacks = tuple(_lacks(today, wanted, outcome))
        late = (*self._slow(lag, window_years(measure.window)), *self._after(at, wanted, review))
        targets = self.looked_at.live(at)
        return TwoYearMeasure(
            measure=measure.id,
            name=measure.name,
            telling="cannot" if lacks else "late" if late else "tells",
            lacks=lacks,
            late=late,
            baseline=measure.baseline,
            unit=measure.unit,
            today=today,
            today_at=places,
            wanted=wanted.words if wanted else None,
            basis=wanted.basis if wanted else None,
            whose=wanted.whose if wanted else (),
            met=met,
            others=wanted.others if wanted else (),
            test=None
            if lacks or today is None
            else looked_for(today, places, wanted, outcome, met=self.looked_at.met(wanted)),
            outcome=outcome.id if outcome else None,
            outcome_name=outcome.name if outcome else None,
            success=outcome.success if outcome else None,
            failure=outcome.failure if outcome else None,
            due=wanted.due if wanted else next(iter(self.looked_at.dues(at)), None),
            review_year=review,
            lag_years=lag,
            influences=influences,
            window=measure.window,
            smallest=None,
            bodies=len(self.looked_at.bodies(targets)),
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

    def _after(self, at: int, wanted: Wanted | None, review: int | None) -> Iterator[str]:
        """Why nobody asks for it in time."""
        # A date by which it is asked for says more of one measure than the review of its whole outcome; a value without
        # a date holds whenever it is looked at.
        dues = self.looked_at.dues(at) if wanted is None or wanted.due else {}
        if dues and all(map(self.looked_at.too_late, dues)):
            said = [f"{when(due)} ({names(whose)})" for due, whose in dues.items()]
            yield f"its {agreeing(len(said), 'target is', 'targets are')} due by {names(said)}"
        # With a value every reading tells; words of success and failure are only looked at in the review.
        elif wanted is None and not dues and review is not None and self.end is not None and review > self.end:
            yield f"success is told in words alone, and its review is {review}"


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


def _lacks(today: str | None, wanted: Wanted | None, outcome: Outcome | None) -> Iterator[Lack]:
    """What a measure cannot tell without: a value that is asked for tells both success and, where missed, failure."""
    if today is None:
        yield "baseline"
    if wanted is None and not (outcome and outcome.success):
        yield "success"
    if wanted is None and not (outcome and outcome.failure):
        yield "failure"


def _order(row: TwoYearMeasure) -> tuple[int, int, int, float, str]:
    return ORDER.index(row.telling), -row.bodies, -len(row.targets), -row.weight, row.measure
