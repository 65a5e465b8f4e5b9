"""Two or more systems side by side: regions, years, before and after.

What is one thing in them is told by `matching`, and by `comparing.one_id` where definitions differ a little; bodies
that play one part in each, such as every place's council, are laid side by side (`comparing.roles`). Systems that say
the same are one place, and are looked at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from alignment.errors import OptionError
from alignment.models.answers.compare import Comparison
from alignment.models.answers.compared import Core, Side
from alignment.models.faults import Fault
from alignment.models.numbers import count
from alignment.models.options.scenarios import CompareOptions
from alignment.models.progress import Progress, quiet
from alignment.models.stopping import Stopped
from alignment.models.system import System
from alignment.models.system.measures import Overlap
from alignment.options.fault_words import TABLE
from alignment.options.several import verb_of_several
from alignment.solver import Clock
from alignment.wording import names

from .comparing.core import core_of
from .comparing.figures import figures
from .comparing.findings import Findings
from .comparing.made_of import MadeOf
from .comparing.matches import matches
from .comparing.one_id import OneId
from .comparing.rows import Rows
from .comparing.sentences import Sentences, headline, how_to_say_one, loose_note
from .comparing.sets import Sets
from .comparing.sides import Sides
from .comparing.standing import Standings
from .comparing.themes import Quarrels
from .comparing.tiers import Layers
from .join import join
from .joining.deciding import Labels, Notes
from .joining.likely import Pair, likely_measures
from .joining.things import Things
from .matching import match
from .places import places_of
from .state import Searches, State, fitting_options


@verb_of_several(CompareOptions)
def compare(systems: Sequence[System], asked: CompareOptions, progress: Progress = quiet) -> Comparison:
    """Two or more systems side by side, and the rows that make the difference.

    Agencies, measures and outcomes are matched by id, unless they are clearly different things, and where somebody
    declares them the same; bodies that play one part in each system (its council) are laid side by side. What is only
    likely to be one is shown, and counts as two. Figures that depend on size are divided by it. The order of systems
    and rows changes no answer.

    Parameters
    ----------
    systems
        The systems.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Comparison
        Figures, tiers, quarrels and proposed sets side by side; one set for all together; and every row, finding and
        thing that only some systems have, or that differs.

    Raises
    ------
    OptionError
        There are fewer than two systems, names do not fit, or an option is out of its range.
    UnknownWord
        An id is in none of the systems.

    Examples
    --------
    >>> import alignment as al
    >>> winter = al.read(al.example("winter-pressure"))
    >>> later = al.apply(winter, al.Drop(table="targets", row="council-budget"))
    >>> found = al.compare(winter, later, names=("before", "after"))
    >>> found.headline
    'Only in before: 1 of 14 targets and 1 of 17 findings. Findings for 100 targets: 121 in before and 123 in after.'
    >>> [(row.name, row.what, row.rows) for row in found.differences]
    [('Home care spending', 'only in', (('council-budget',), ()))]
    >>> [(row.label, row.values) for row in found.figures[3:5]]
    [('targets', (14.0, 13.0)), ('measures with targets', (8.0, 8.0))]
    """
    if len(systems) < 2:
        raise OptionError("There is nothing to compare with. Give two systems or more.")
    return _Comparing(systems, asked, progress).answer()


class _Comparing:
    """The work of one comparison."""

    def __init__(self, systems: Sequence[System], asked: CompareOptions, progress: Progress) -> None:
        self.asked, self.progress = asked, progress
        self.places = places_of(systems, asked.names)
        at = {place.system.hash: number for number, place in enumerate(self.places)}
        self.at = [at[system.hash] for system in systems]
        self.systems, self.labels = systems, labels_of(systems, asked.names)
        self.overlaps = _overlaps(asked.same)
        self.notes: list[str] = []

    def answer(self) -> Comparison:
        """The answer."""
        several = len(self.places) > 1
        self.searches = Searches(
            Clock(self.asked.time_limit), len(self.places) + (several and self.asked.core), self.progress
        )
        strict = match(self.places, self.overlaps)
        one_id = OneId(strict)
        things = Things(strict, Labels([place.label for place in self.places]), Notes())
        states = [self._state(number, place.system) for number, place in enumerate(self.places)]
        sides = Sides(self.labels, self.at, states, one_id.matching)
        joined = self._joined() if several else None
        likely = () if joined is None else one_id.likely(likely_measures(joined, things))
        together = states[0] if not several else self._together(joined)
        core = core_of(sides, together, things) if together is not None and self.asked.core else None
        every = [*states, *([together] if together is not None else [])]
        return self._whole(sides, likely, core, every)

    def _whole(self, sides: Sides, likely: Sequence[Pair], core: Core | None, every: Sequence[State]) -> Comparison:
        differences, findings = tuple(Rows(sides).differences()), Findings(sides)
        rows = figures(sides, MadeOf(sides, differences, findings).of)
        layers, seen = Layers(sides), tuple(findings.table())
        return Comparison(
            sides=tuple(self._sides(sides)),
            options=self.asked,
            headline=headline(sides, differences, seen, rows),
            main=Sentences(sides, differences, findings).main(),
            figures=rows,
            tiers=tuple(layers.tiers()),
            pairs=tuple(layers.pairs()),
            themes=tuple(Quarrels(findings).table()),
            standing=tuple(Standings(sides).table()),
            sets=Sets(sides, likely).rows(),
            core=core,
            findings=seen,
            differences=differences,
            apart=sides.apart,
            matches=tuple(matches(sides, likely)),
            proven=all(state.proven for state in every),
            stopped=self._stopped(every),
            notes=tuple(self._notes(sides, likely, core)),
        )

    def _sides(self, sides: Sides) -> Iterator[Side]:
        for label, system, place in zip(self.labels, self.systems, self.at, strict=True):
            about, proven = system.about, sides.states[place].proven
            yield Side(label=label, name=about.name, year=about.year, system=system.hash, proven=proven)

    # What is looked for

    def _state(self, number: int, system: System) -> State:
        label = self.labels[self.at.index(number)]
        options, notes = fitting_options(self.asked.of_set, system)
        self.notes += [note.replace("after the changes", f"in {label}") for note in notes]
        return self.searches.state(system, options, label)

    def _joined(self) -> System | None:
        """All places as one system; nothing where that cannot be."""
        systems = [place.system for place in self.places]
        try:
            return join(*systems, names=[place.slug for place in self.places], overlaps=self.overlaps)
        except OptionError as error:
            self.notes.append(f"There is no one system of all of them, and so no core: {error}")
            return None

    def _together(self, joined: System | None) -> State | None:
        if joined is None or not self.asked.core:
            return None
        return self.searches.state(joined, fitting_options(self.asked.of_set, joined)[0], "all together")

    def _stopped(self, states: Sequence[State]) -> Stopped:
        if self.searches.clock.interrupted:
            return "interrupted"
        for state in states:
            if state.proposal is not None and state.proposal.stopped != "finished":
                return state.proposal.stopped
        return "finished"

    # What a reader should know

    def _notes(self, sides: Sides, likely: Sequence[Pair], core: Core | None) -> Iterator[str]:
        if sides.apart:
            yield how_to_say_one(sides, likely)
        yield from self.notes
        for label, place in zip(self.labels, self.at, strict=True):
            state = sides.states[place]
            if state.wishes:
                yield " ".join([f"In {label} no set meets all wishes.", *map(str, state.wishes)])
            elif state.proposal is None or not state.proven:
                yield f"The set of {label} is not proven to be the best."
        yield from loose_note(sides, with_core=core is not None)
        parts = [sides.bodies(role) for role in sides.roles.all if role.how == "counterpart"]
        if parts:
            yield f"Compared as playing one part in each, and never taken for one: {names(sorted(parts))}."
        if likely and not sides.apart:
            pairs = count(len(likely), "pair of measures is", "pairs of measures are")
            what = f"{pairs} probably one under two ids, and counted as two (table matches)."
            yield f"{what} {how_to_say_one(sides, likely)}"


def labels_of(systems: Sequence[System], names: Sequence[str] | None) -> tuple[str, ...]:
    """What each system is called: as asked, else by its own name, numbered where that is not its alone.

    Parameters
    ----------
    systems
        The systems.
    names
        What they are to be called; blank takes their own names.
    """
    called = list(names or [_short(system.about.name) for system in systems])
    times, seen = Counter(called), Counter[str]()
    found: list[str] = []
    for name in called:
        seen[name] += 1
        found.append(f"{name} {seen[name]}" if times[name] > 1 else name)
    return tuple(found)


def _short(name: str | None) -> str:
    """A name without what stands in brackets after it."""
    return (name and re.sub(r"\s*\([^()]*\)$", "", name)) or name or "System"


def _overlaps(same: Sequence[str]) -> list[Overlap]:
    """Measures that are declared to be one, as rows of overlaps."""
    rows: list[Overlap] = []
    for word in same:
        one, colon, two = word.partition(":")
        if not (colon and one and two and ":" not in two):
            what, remedy = (
                f"'{word}' is not two measures",
                "Give two ids with a colon between, such as waits:housing-waits",
            )
            raise OptionError.of([Fault(table=TABLE, column="same", what=what, remedy=remedy)])
        rows.append(Overlap(measure_a=one, measure_b=two, kind="same"))
    return rows
