"""What an organisation is asked, by whom, and what it asks of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from alignment.conflicts.naming import by_height, called, measure_name
from alignment.index import Index, group
from alignment.models.answers.view import AskedMeasure, Part, Tie, ViewTarget
from alignment.wording import ask, count, in_words, names, quoted, upper_first

from .measures_asked import MeasuresAsked, by_number

NAMED: Final = 3
"""So many bodies or measures are named in a sentence; the others are counted."""


class Asked:
    """What an organisation is asked.

    Parameters
    ----------
    index
        The system as arrays.
    who
        The organisation, by position.
    """

    def __init__(self, index: Index, who: int) -> None:
        self._index, self._who, self._rows = index, who, index.targets
        self.name = called(index, who)
        self._mine = [at for at in range(len(self._rows)) if self._deliverer(at) == who]
        self._passed = [at for at in range(len(self._rows)) if self._agency(at) == who != self._deliverer(at)]
        self._measures = MeasuresAsked(index, who, self._mine)
        self._published = [at for at in self._mine if not self._measures.inferred(at)]

    def _agency(self, at: int) -> int:
        return int(self._rows.agency[at])

    def _deliverer(self, at: int) -> int:
        return int(self._rows.deliverer[at])

    # In figures

    @property
    def judged(self) -> frozenset[int]:
        """The measures that it is judged on, by position: a target that it has to deliver was published."""
        return self._measures.judged

    def part_of(self, measure: int) -> Part:
        """What the organisation has to do with a measure that it has, or must deliver, a target on."""
        if measure in self.judged:
            return "judged on"
        passed = [at for at in self._passed if int(self._rows.measure[at]) == measure]
        return "asks of others" if any(not self._measures.inferred(at) for at in passed) else "inferred"

    def asked(self, quarrels: Mapping[int, int]) -> tuple[AskedMeasure, ...]:
        """The measures that it is judged on, and those of which a wish is only inferred.

        Parameters
        ----------
        quarrels
            How much of its quarrels is about each measure, by position.
        """
        return self._measures.rows(quarrels)

    # Rows

    @cached_property
    def targets(self) -> tuple[ViewTarget, ...]:
        """Every target that it has, must deliver, or has others deliver."""
        return tuple(self._target(at) for at in sorted({*self._mine, *self._passed}))

    def _target(self, at: int) -> ViewTarget:
        index, row = self._index, self._rows.rows[at]
        measure, people = index.measures[int(self._rows.measure[at])], int(self._rows.population[at])
        person, now = index.population_ids[people], float(self._rows.now[at])
        agency, deliverer = self._agency(at), self._deliverer(at)
        return ViewTarget(
            target=self._rows.keys[at],
            part="asks of others" if deliverer != self._who else "own" if agency == self._who else "asked of it",
            measure=measure.id,
            measure_name=measure.name,
            agency=index.agencies[agency].id,
            agency_name=index.agencies[agency].name,
            deliverer=index.agencies[deliverer].id,
            deliverer_name=index.agencies[deliverer].name,
            asks=ask(row, measure),
            sense=row.sense,
            value=row.value,
            upper=row.upper,
            unit=measure.unit,
            start=row.start,
            due=row.due,
            today=None if np.isnan(now) else now,
            own_level=self._measures.is_own_level(at),
            met=self._measures.met(at),
            population=person,
            population_name=self._measures.people.get(person or ""),
            weight=float(self._rows.weight[at]),
            inferred=self._measures.inferred(at),
        )

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Whom it answers to, and who answers to it."""
        index, own = self._index, self._index.agencies[self._who].id
        rows = [
            (row.kind, "answers to" if row.agency == own else "answered by", other)
            for row in index.system.accountability
            for other in {row.agency, row.answers_to} - {own}
            if own in (row.agency, row.answers_to)
        ]
        names_of = {row.id: row.name for row in index.agencies}
        found = (Tie(agency=other, agency_name=names_of[other], way=way, kind=kind) for kind, way, other in rows)  # pyright: ignore[reportArgumentType]
        return tuple(sorted(found, key=lambda tie: (tie.way, tie.agency_name, tie.agency, tie.kind or "")))

    # In sentences

    def headline(self, rows: Sequence[AskedMeasure]) -> Iterator[str]:
        """What it is judged on, by whom, and how much of what can be compared is met."""
        name = f"{upper_first(self.name)}{self._many()}"
        if not self.judged:
            yield f"{name} has no target to deliver{self._passing()}."
            return
        measures, targets = (
            count(len(self.judged), "measure", "measures"),
            count(len(self._published), "target", "targets"),
        )
        yield f"{name} is judged on {measures} by {targets}{self._masters()}."
        yield from self._compared([row for row in rows if row.met is not None])

    def _many(self) -> str:
        """How many like bodies the row stands for."""
        number = self._index.agencies[self._who].represents
        return f", which stands for {number:,g} bodies," if number and number > 1 else ""

    def _passing(self) -> str:
        passed = [at for at in self._passed if not self._measures.inferred(at)]
        if not passed:
            return ", and asks none of others"
        bodies = len({self._deliverer(at) for at in passed})
        return f": it asks {count(len(passed), 'target', 'targets')} of {count(bodies, 'other body', 'other bodies')}"

    def _masters(self) -> str:
        """How many of its targets others ask, and who, whoever asks most first."""
        asked = [at for at in self._published if self._agency(at) != self._who]
        if not asked:
            return ""
        some = "all" if len(asked) == len(self._published) else in_words(len(asked))
        askers = by_number(called(self._index, self._agency(at)) for at in asked)
        return f", {some} of them asked by {names(askers, NAMED)}"

    def _compared(self, rows: Sequence[AskedMeasure]) -> Iterator[str]:
        """How many measures can be compared with a figure of today, its own apart from the measures' one figure."""
        if not rows:
            whole = "It names no" if len(self.judged) == 1 else "None of these measures names a"
            yield f"{whole} level that can be compared with a figure of today."
        if own := [row for row in rows if row.own_level]:
            yield _by_its_own(own)
        if others := [row for row in rows if not row.own_level]:
            yield _by_the_measures(others)

    def standing(self) -> Iterator[str]:
        """Whom it answers to, and what it asks of others."""
        above, below = (self._tied(way) for way in ("answers to", "answered by"))
        parts = [f"it answers to {names(above, NAMED)}"] if above else []
        if below:
            many = len(below) > NAMED
            who = count(len(below), "body", "bodies") if many else names(below, NAMED)
            parts.append(f"{who} {'answer' if len(below) > 1 else 'answers'} to it")
        if parts:
            yield f"{upper_first('; '.join(parts))}."
        asked = group(((self._measures.inferred(at), self._deliverer(at)), at) for at in self._passed)
        order = sorted(asked.items(), key=lambda pair: (pair[0][0], -len(pair[1]), pair[0][1]))
        for (inferred, deliverer), some in order:
            yield self._asks_of(deliverer, some, inferred=inferred)

    def _tied(self, way: str) -> list[str]:
        """Who is at the other end of the lines of accountability, the highest tier first."""
        found = {self._index.agency_at[tie.agency] for tie in self.ties if tie.way == way}
        return [called(self._index, at) for at in by_height(self._index, found)]

    def _asks_of(self, deliverer: int, targets: Sequence[int], *, inferred: bool) -> str:
        measures = names(by_number(measure_name(self._index, int(self._rows.measure[at])) for at in targets), NAMED)
        other = called(self._index, deliverer)
        if inferred:
            return f"It acts as if it asked something of {other}, on {measures}."
        return f"It asks {count(len(targets), 'target', 'targets')} of {other}, on {measures}."

    def whose_figures(self) -> str:
        """Whose today's figures are."""
        return self._measures.whose_figures()


def _by_its_own(rows: Sequence[AskedMeasure]) -> str:
    """How many measures are met by the organisation's own figures."""
    met = [quoted(row.name) for row in rows if row.met]
    if len(rows) == 1:
        said = "met" if met else rows[0].state
        return f"One names a level and has its own figure today: {quoted(rows[0].name)}, {said}."
    levels = f"Of {in_words(len(rows))} with a level and its own figure today"
    if not met:
        return f"{levels} none is met."
    some = "all are" if len(met) == len(rows) else f"{in_words(len(met))} {'is' if len(met) == 1 else 'are'}"
    return f"{levels} {some} met: {names(met, NAMED)}."


def _by_the_measures(rows: Sequence[AskedMeasure]) -> str:
    """How many measures are where they are wanted by their one figure, which need not be the organisation's."""
    met = [quoted(row.name) for row in rows if row.met]
    if len(rows) == 1:
        stands = "is" if met else "is not"
        return (
            f"By the measure's own figure, which need not be its own, {quoted(rows[0].name)} {stands} where its "
            "targets want it."
        )
    some = "all" if len(met) == len(rows) else in_words(len(met)) if met else "none"
    are, them = ("are", "them") if len(met) > 1 else ("is", "it")
    which = f": {names(met, NAMED)}" if met else ""
    return (
        f"By the measures' own figures, which need not be its own, {some} of {in_words(len(rows))} {are} where its "
        f"targets want {them}{which}."
    )
