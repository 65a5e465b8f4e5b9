"""Where a measure stands today in a system of several places: its baseline, and a level for each agency that differs.

Where all places say one baseline, that is the measure's. Where they do not, or some say none, each agency that holds
the measure keeps what its own places say, as a row of levels, and the baseline is blank: one place's figure becomes no
other's. A figure that no agency keeps so is the baseline where all who hold the measure have levels; where there are
several such, or somebody has no level, none is kept, which is noted with all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from alignment.models.fields import Row, unchecked
from alignment.models.numbers import count
from alignment.models.system.measures import Level
from alignment.scenarios.holders import Holders, Holding, said_of_each
from alignment.scenarios.matching import Matching, Thing
from alignment.wording import names, number, quoted, verb

from .deciding import Labels, Notes
from .things import Things


class Figures:
    """Where measures stand.

    Parameters
    ----------
    things
        The rows with ids.
    matching
        What is one thing.
    labels
        What places are called.
    notes
        Where it is told what was decided.
    """

    def __init__(self, things: Things, matching: Matching, labels: Labels, notes: Notes) -> None:
        self.things, self.matching, self.labels, self.notes = things, matching, labels, notes
        self.holders = Holders(matching)
        self.levels: list[tuple[int, Level]] = []
        """The further levels, each with its place."""
        self._apart: list[str] = []

    def settle(self, measures: Iterable[tuple[Thing, Row]], known: Iterable[Level]) -> list[tuple[Thing, Row]]:
        """The measures with the baselines that they have, the levels of agencies being kept aside.

        Parameters
        ----------
        measures
            The measures, with baselines where all places say the same.
        known
            The levels that the places give.
        """
        taken = {(row.measure, row.agency, row.period) for row in known}
        settled = [(each, self._measure(each, row, taken)) for each, row in measures]
        self._tell()
        return settled

    def _measure(self, each: Thing, row: Any, taken: set[Any]) -> Row:
        said: dict[int, float | None] = {place: one.baseline for place, one in each.rows.items()}
        if len(set(said.values())) == 1:
            return row
        holdings = self.holders.of.get(each.number, [])
        kept, without = set[float](), list[Thing]()
        for agency, group in self._by_agency(holdings):
            levels = dict(self._levels(each, agency, group))
            kept |= {one.figure for one in group if one.own and one.figure is not None} | set(levels.values())
            if not levels and not any(one.own for one in group):
                without.append(agency)
            self._add(each, agency, levels, taken)
        left = {place: value for place, value in said.items() if value is not None and value not in kept}
        self._apart.append(self.things.name(each))
        return self._with_baseline(each, row, left, without)

    def _by_agency(self, holdings: Iterable[Holding]) -> Iterator[tuple[Thing, list[Holding]]]:
        """Every agency that holds a measure, with what places say of it."""
        some = list(holdings)
        said = said_of_each(some)
        for agency in sorted({each.agency for each in some}, key=lambda agency: agency.number):
            yield agency, said.get(agency, [])

    def _levels(self, each: Thing, agency: Thing, group: list[Holding]) -> Iterator[tuple[int, float]]:
        """By place, where a measure stands at an agency; a figure that several places say by the first of them."""
        if any(one.own for one in group):
            return
        figures: dict[float, int] = {}
        for one in group:
            figures.setdefault(cast("float", one.figure), one.place)
        years = [self.matching.places[place].system.about.year for place in figures.values()]
        if len(figures) > 1 and (None in years or len(set(years)) < len(years)):
            words = self.labels.said({one.place: one.figure for one in group})
            what = f"{quoted(self.things.name(each))} has no figure for {self.things.name(agency)}: {words}"
            self.notes.decided("measures", what, "baseline")
            return
        yield from ((place, figure) for figure, place in figures.items())

    def _add(self, each: Thing, agency: Thing, levels: Mapping[int, float], taken: set[Any]) -> None:
        years = {place.system.about.year for place in self.matching.places}
        for place, value in levels.items():
            year = self.matching.places[place].system.about.year
            period = f"{year:04}" if year is not None and len(years) > 1 else None
            key = (self.things.id[each], self.things.id[agency], period)
            if key in taken:
                who = f"{quoted(self.things.name(each))} at {self.things.name(agency)}"
                what = f"{who}: {number(value)} in {self.labels.of([place])} is not kept, as a level of {year} is there"
                self.notes.decided("levels", what, "value")
            else:
                taken.add(key)
                self.levels.append((place, self._level(each.rows[place], *key, value)))

    def _level(self, measure: Any, name: str, agency: str, period: str | None, value: float) -> Level:
        row = Level(measure=name, agency=agency, value=value, period=period)
        aside = {column: cell for column in ("source", "verified") if (cell := getattr(measure, column)) is not None}
        return unchecked(row, **aside) if aside else row

    def _with_baseline(self, each: Thing, row: Any, left: Mapping[int, float], without: list[Thing]) -> Row:
        if not left:
            return row
        if len(set(left.values())) == 1 and not without:
            return unchecked(row, baseline=next(iter(left.values())))
        words = self.labels.said(left)
        what = f"{quoted(self.things.name(each))}: {words}; no level can keep this, as {self._why(without)}"
        self.notes.decided("measures", what, "baseline")
        return row

    def _why(self, without: list[Thing]) -> str:
        if without:
            others = names(sorted(self.things.name(agency) for agency in without))
            return f"it would become the figure of {others}, {verb(len(without), 'which has', 'who have')} none"
        return "nobody there has to deliver it or can move it"

    def _tell(self) -> None:
        if self._apart:
            times = count(len(self._apart), "measure does", "measures do")
            rows = count(len(self.levels), "row of levels keeps", "rows of levels keep")
            some = names(sorted(self._apart))
            what = f"{times} not stand at one figure in all places ({some}): {rows} each agency's own"
            self.notes.decided("measures", what, "baseline")
