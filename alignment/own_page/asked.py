"""What an organisation is asked, by whom, and what it asks of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from alignment.conflicts.naming import by_height, called, measure_name, when
from alignment.index import Index, group
from alignment.models.answers.view import AskedMeasure, Tie, ViewTarget
from alignment.models.system.measures import Measure, Target
from alignment.wording import ask, count, lower_first, names, number, quantity, upper_first

NAMED: Final = 3
"""So many bodies or measures are named in a sentence; the others are counted."""

LEVELS: Final = ("at_least", "at_most", "between", "hold")
"""What a target asks for that today's figure can meet; a change is measured from there."""


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
        self._given = [at for at in self._mine if self._agency(at) != who]
        self._passed = [at for at in range(len(self._rows)) if self._agency(at) == who != self._deliverer(at)]

    def _agency(self, at: int) -> int:
        return int(self._rows.agency[at])

    def _deliverer(self, at: int) -> int:
        return int(self._rows.deliverer[at])

    # In figures

    @property
    def number(self) -> int:
        """How many targets it has to deliver."""
        return len(self._mine)

    @property
    def number_given(self) -> int:
        """How many of them others ask."""
        return len(self._given)

    @cached_property
    def masters(self) -> tuple[str, ...]:
        """Who asks them, whoever asks most first."""
        return _by_number(called(self._index, self._agency(at)) for at in self._given)

    @property
    def judged(self) -> int:
        """How many measures it has to deliver targets on."""
        return len(self._by_measure)

    @property
    def levels(self) -> tuple[int, int]:
        """How many of them name a level that can be compared with a figure, and how many of these are met."""
        known = [met for at in self._mine if (met := self._met(at)) is not None]
        return len(known), sum(known)

    @property
    def passed(self) -> tuple[int, int]:
        """How many targets it has others deliver, and how many others."""
        return len(self._passed), len({self._deliverer(at) for at in self._passed})

    # Rows

    @cached_property
    def targets(self) -> tuple[ViewTarget, ...]:
        """Every target that it has, must deliver, or has others deliver."""
        return tuple(self._target(at) for at in sorted({*self._mine, *self._passed}))

    def _target(self, at: int) -> ViewTarget:
        index, row = self._index, self._rows.rows[at]
        measure, people = index.measures[int(self._rows.measure[at])], int(self._rows.population[at])
        person = index.population_ids[people]
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
            today=self._today(at),
            met=self._met(at),
            population=person,
            population_name=self._people.get(person or ""),
            weight=float(self._rows.weight[at]),
            inferred=bool(row.revealed),
        )

    def _today(self, at: int) -> float | None:
        now = float(self._index.baseline[int(self._rows.measure[at])])
        return None if np.isnan(now) else now

    def _met(self, at: int) -> bool | None:
        """Whether today's figure meets a level; nothing where that is not known, or a change is asked for."""
        if self._today(at) is None or self._rows.rows[at].sense not in LEVELS:
            return None
        return bool(self._rows.met[at])

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

    # Measure by measure

    @cached_property
    def _by_measure(self) -> Mapping[int, Sequence[int]]:
        return group((int(self._rows.measure[at]), at) for at in self._mine)

    @cached_property
    def asked(self) -> tuple[AskedMeasure, ...]:
        """The measures that it is judged on: what is missed, then what asks for a change or is not known, then met."""
        rows = [self._asked(measure, some) for measure, some in self._by_measure.items()]
        order = {False: 0, None: 1, True: 2}
        weight = {
            self._index.measures[measure].id: -sum(float(self._rows.weight[at]) for at in some)
            for measure, some in self._by_measure.items()
        }
        return tuple(sorted(rows, key=lambda row: (order[row.met], weight[row.measure], row.measure)))

    def _asked(self, measure: int, targets: Sequence[int]) -> AskedMeasure:
        row = self._index.measures[measure]
        known = {self._met(at) for at in targets}
        met = False if False in known else None if None in known else True
        return AskedMeasure(
            measure=row.id,
            name=row.name,
            met=met,
            sentence=f"{self._asks(measure, targets)}; {self._stands(measure)}{', missed' if met is False else ''}.",
        )

    def _asks(self, measure: int, targets: Sequence[int]) -> str:
        """What is asked, each ask once, with who asks it."""
        rows = self._rows.rows
        first = sorted(targets, key=lambda at: (float(np.nan_to_num(self._rows.due[at], nan=np.inf)), at))
        alike = group((self._ask(rows[at], self._index.measures[measure]), at) for at in first)
        asks = "; ".join(words + ",".join(self._dated(some)) for words, some in alike.items())
        return f"{measure_name(self._index, measure)}: {asks}"

    def _dated(self, targets: Sequence[int]) -> Iterator[str]:
        """When the same is to be met, and who asks for it by then."""
        for due, some in group((self._rows.rows[at].due, at) for at in targets).items():
            yield f"{f' by {when(due)}' if due else ''} ({self._askers(some)})"

    def _ask(self, row: Target, measure: Measure) -> str:
        """What a target asks, and for whom where that is not whom the measure is about."""
        people = self._people.get(row.population or "")
        whom = f" for {lower_first(people)}" if people and row.population != measure.population else ""
        return f"{ask(row, measure).removeprefix('at ')}{whom}{_weighing(row)}"

    @cached_property
    def _people(self) -> Mapping[str, str]:
        """What people call each population."""
        return {row.id: row.name for row in self._index.system.populations}

    def _askers(self, targets: Sequence[int]) -> str:
        """Who asks for the same; the organisation itself last, as it is its page."""
        others = _by_number(called(self._index, self._agency(at)) for at in targets if self._agency(at) != self._who)
        own = [at for at in targets if self._agency(at) == self._who]
        inferred = own and all(self._rows.rows[at].revealed for at in own)
        said = ["as it acts" if inferred else "its own"] if own else []
        return names([*others, *said], NAMED)

    def _stands(self, measure: int) -> str:
        now, unit = float(self._index.baseline[measure]), self._index.measures[measure].unit
        return "today's figure is not known" if np.isnan(now) else f"today {quantity(now, unit)}"

    # In sentences

    def _tied(self, way: str) -> list[str]:
        """Who is at the other end of the lines of accountability, the highest tier first."""
        found = {self._index.agency_at[tie.agency] for tie in self.ties if tie.way == way}
        return [called(self._index, at) for at in by_height(self._index, found)]

    def standing(self) -> Iterator[str]:
        """Whom it answers to, and what it asks of others."""
        above, below = (self._tied(way) for way in ("answers to", "answered by"))
        if above:
            yield f"It answers to {names(above, NAMED)}."
        if below:
            yield f"{upper_first(names(below, NAMED))} {'answer' if len(below) > 1 else 'answers'} to it."
        asked = group((self._deliverer(at), at) for at in self._passed)
        for deliverer, some in sorted(asked.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            measures = _by_number(measure_name(self._index, int(self._rows.measure[at])) for at in some)
            targets = count(len(some), "target", "targets")
            yield f"It asks {targets} of {called(self._index, deliverer)}, on {names(measures, NAMED)}."


def _weighing(row: Target) -> str:
    return "" if row.weight in (None, 1) else f", at weight {number(row.weight)}"


def _by_number(words: Iterable[str]) -> tuple[str, ...]:
    """Words without repeats, the most frequent first, then as they come."""
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return tuple(sorted(found, key=lambda word: -found[word]))
