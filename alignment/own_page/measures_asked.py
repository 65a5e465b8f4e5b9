"""Measure by measure what an organisation is asked, by whom, and where it stands; the most important first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from alignment.conflicts.naming import called, measure_name, when
from alignment.index import Index, Targets, group
from alignment.models.answers.view import AskedMeasure, State
from alignment.models.system.measures import Measure, Target
from alignment.shortfall import Shortfall, shortfall
from alignment.wording import ask, in_words, lower_first, names, number, quantity

from .plain import plainly

NAMED: Final = 3
"""So many bodies or measures are named in a sentence; the others are counted."""

LEVELS: Final = ("at_least", "at_most", "between")
"""What a target asks for that today's figure can meet; a change is measured from there, and so is a guardrail."""

SHORT: Final[tuple[Shortfall, ...]] = ("missed", "not met", "not met yet")
"""What a measure is called whose levels are not all met: as the worst of them."""


class MeasuresAsked:
    """What an organisation is asked on each measure.

    Parameters
    ----------
    index
        The system as arrays.
    who
        The organisation, by position.
    targets
        What it has to deliver, by position.
    """

    def __init__(self, index: Index, who: int, targets: Sequence[int]) -> None:
        self._index, self._who, self._rows = index, who, index.targets
        every = group((int(self._rows.measure[at]), at) for at in targets)
        self._published = {measure: [at for at in some if not self.inferred(at)] for measure, some in every.items()}
        self._every = every

    def inferred(self, target: int) -> bool:
        """Whether a target was inferred from behaviour, not published."""
        return bool(self._rows.rows[target].revealed)

    @cached_property
    def judged(self) -> frozenset[int]:
        """The measures of which a target that it has to deliver was published, by position."""
        return frozenset(measure for measure, some in self._published.items() if some)

    def met(self, target: int) -> bool | None:
        """Whether today's figure meets a level; nothing where that is not known, or no level is asked for."""
        if np.isnan(self._rows.now[target]) or self._rows.rows[target].sense not in LEVELS:
            return None
        return bool(self._rows.met[target])

    def is_own_level(self, target: int) -> bool:
        """Whether today's figure is the deliverer's own, from `levels`."""
        return (int(self._rows.measure[target]), int(self._rows.deliverer[target])) in self._index.levels

    # Rows

    def rows(self, quarrels: Mapping[int, int]) -> tuple[AskedMeasure, ...]:
        """What is not met or open, the most important first; then what is met, guardrails, and what is inferred.

        Parameters
        ----------
        quarrels
            How much of the organisation's quarrels is about each measure, by position.
        """
        found = [self._asked(measure) for measure in self._every]
        order = {"met": 1, "guardrail": 2, "inferred": 3}
        return tuple(sorted(found, key=lambda row: (order.get(row.state, 0), self._importance(row.measure, quarrels))))

    def _importance(self, name: str, quarrels: Mapping[int, int]) -> tuple[float | str, ...]:
        """Most askers first, then not met, most steps needed, a number asked for, most quarrelled over, most weight.

        A guardrail asks for no move; a need that nobody knows is one step.
        """
        rows: Targets = self._rows
        measure = self._index.measure_at[name]
        targets: Sequence[int] = self._published[measure] or self._every[measure]
        moves = [at for at in targets if rows.rows[at].sense != "hold"]
        askers = {int(rows.agency[at]) for at in moves}
        sized = any(rows.rows[at].value is not None and rows.pushes[at] for at in moves)
        short = any(self.met(at) is False for at in moves)
        need = max((float(rows.need[at]) for at in moves), default=0.0)
        weight = sum(float(rows.weight[at]) for at in targets)
        return -len(askers), -int(short), -need, -int(sized), -quarrels.get(measure, 0), -weight, name

    def _asked(self, measure: int) -> AskedMeasure:
        row, targets = self._index.measures[measure], self._published[measure]
        levels = [met for at in targets if (met := self.met(at)) is not None]
        said = f"{self._asks(measure, targets)}; {self._stands(targets)}" if targets else ""
        acting = group((int(self._rows.agency[at]), at) for at in self._every[measure] if self.inferred(at))
        own, others = acting.get(self._who, ()), [pair for pair in acting.items() if pair[0] != self._who]
        return AskedMeasure(
            measure=row.id,
            name=row.name,
            state=self._state(targets),
            met=all(levels) if levels else None,
            own_level=bool(targets) and self.is_own_level(targets[0]),
            sentence=f"{said}." if said else "",
            acts=" and ".join(self._acts(own)),
            others_act=tuple(f"{called(self._index, who)}: {' and '.join(self._acts(some))}" for who, some in others),
        )

    def _state(self, targets: Sequence[int]) -> State:
        rows = [at for at in targets if self._rows.rows[at].sense != "hold"]
        if not rows:
            return "guardrail" if targets else "inferred"
        short = {self._short(at) for at in rows if self.met(at) is False}
        for worst in SHORT:
            if worst in short:
                return worst
        return "open" if None in map(self.met, rows) else "met"

    def _short(self, target: int) -> Shortfall:
        return shortfall(self._rows.rows[target].due, self._index.system.about.year)

    # In words

    def _asks(self, measure: int, targets: Sequence[int]) -> str:
        """What is asked, each ask once, with who asks it."""
        rows = self._rows.rows
        first = sorted(targets, key=lambda at: (float(np.nan_to_num(self._rows.due[at], nan=np.inf)), at))
        alike = group((self._ask(rows[at], self._index.measures[measure]), at) for at in first)
        asks = "; ".join(self._plain(words) + ",".join(self._dated(some)) for words, some in alike.items())
        return f"{measure_name(self._index, measure)}: {asks}"

    def _plain(self, words: str) -> str:
        return plainly(words, self._index.system.about.currency)

    def _dated(self, targets: Sequence[int]) -> Iterator[str]:
        """When the same is to be met, and who asks for it by then."""
        for due, some in group((self._rows.rows[at].due, at) for at in targets).items():
            yield f"{f' by {when(due)}' if due else ''} ({self._askers(some)})"

    def _ask(self, row: Target, measure: Measure) -> str:
        """What a target asks, and for whom where that is not whom the measure is about."""
        people = self.people.get(row.population or "")
        whom = f" for {lower_first(people)}" if people and row.population != measure.population else ""
        return f"{ask(row, measure).removeprefix('at ')}{whom}{_weighing(row)}"

    @cached_property
    def people(self) -> Mapping[str, str]:
        """What people call each population."""
        return {row.id: row.name for row in self._index.system.populations}

    def _askers(self, targets: Sequence[int]) -> str:
        """Who asks for the same; the organisation itself last, as it is its page."""
        agencies = [int(self._rows.agency[at]) for at in targets]
        others = by_number(called(self._index, at) for at in agencies if at != self._who)
        if self._who not in agencies:
            return names(others, NAMED)
        return names([*others, "itself"], NAMED) if others else "its own"

    def _stands(self, targets: Sequence[int]) -> str:
        """Where the measure stands today; only the organisation's own figure is told as its own, and as missed."""
        at = targets[0]
        now, unit = float(self._rows.now[at]), self._index.measures[int(self._rows.measure[at])].unit
        if np.isnan(now):
            return "no figure today"
        figure = self._plain(quantity(now, unit))
        if not self.is_own_level(at):
            return f"the measure stands at {figure}{self._short_of(targets)}"
        state = self._state(targets)
        return f"today {figure} (its own figure){f', {state}' if state in SHORT else ''}"

    def _short_of(self, targets: Sequence[int]) -> str:
        """How much of what is asked the measure's one figure does not meet; the same by two dates is asked once."""
        measure = self._index.measures[int(self._rows.measure[targets[0]])]
        asks = {self._ask(self._rows.rows[at], measure) for at in targets}
        short = {self._ask(self._rows.rows[at], measure) for at in targets if self.met(at) is False}
        if not short:
            return ""
        if len(asks) == 1:
            return ", short of it"
        return f", short of {in_words(len(short))} of these" if short < asks else ", short of all of these"

    def _acts(self, targets: Sequence[int]) -> Iterator[str]:
        """What is wanted, of wishes of one body that nobody published."""
        for at in targets:
            measure = int(self._rows.measure[at])
            asked = ask(self._rows.rows[at], self._index.measures[measure])
            yield f"{measure_name(self._index, measure)} {self._plain(asked)}"

    def whose_figures(self) -> str:
        """Whose today's figures are; nothing where none is told."""
        told = [some[0] for some in self._published.values() if some and not np.isnan(self._rows.now[some[0]])]
        own = sum(self.is_own_level(at) for at in told)
        if not told or own == len(told):
            return ""
        if own:
            return "Today's figures are the measures' own, not its, but where that is said."
        return "Today's figures are the measures' own, as `levels` has none for it."


def _weighing(row: Target) -> str:
    return "" if row.weight in (None, 1) else f", at weight {number(row.weight)}"


def by_number(words: Iterable[str]) -> tuple[str, ...]:
    """Words without repeats, the most frequent first, then as they come."""
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return tuple(sorted(found, key=lambda word: -found[word]))
