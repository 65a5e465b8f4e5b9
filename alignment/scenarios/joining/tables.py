"""All rows without an id of the joined system, and what only all of a table together can tell.

Journeys of one name are one where the steps of one place are among those of another, else each is its place's. Of
controls, where all shares of a measure would be more than 1, each is divided by their sum. A measure's own outcome is
captured in full, whatever another place says of how far.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, cast

from alignment.models.fields import Row, unchecked
from alignment.models.system.links import Control
from alignment.models.system.measures import Overlap, Target
from alignment.scenarios.matching import Matching
from alignment.wording import names, number, percent, quoted

from .claims import KEYS, Claims, Said, pointed
from .deciding import Labels, Notes
from .ids import free, told_apart
from .things import Things

Made = list[tuple[Said, Row]]
"""Rows, each with the rows of places that it is made of."""


class Tables:
    """The rows without an id.

    Parameters
    ----------
    matching
        What is one thing.
    things
        The rows with ids.
    labels
        What places are called.
    notes
        Where it is told what was decided.
    """

    def __init__(self, matching: Matching, things: Things, labels: Labels, notes: Notes) -> None:
        self.matching, self.things, self.labels, self.notes = matching, things, labels, notes
        self._journeys = self._journey_names()

    def united(self, measures: Iterable[Any]) -> dict[str, Made]:
        """By table, its rows.

        Parameters
        ----------
        measures
            The measures of the joined system.
        """
        found = {table: self.table(table) for table in KEYS}
        found["captures"] = list(self._captures(found["captures"], {row.id: row.outcome for row in measures}))
        found["controls"] = self._controls(found["controls"])
        found["targets"] = self._targets(found["targets"])
        return found

    def table(self, table: str) -> Made:
        """The rows of a table."""
        claims = Claims(table, self.labels, self.notes, self.things.called_by_id)
        return claims.united([self._pointed(place, table) for place in range(len(self.matching.places))])

    def _pointed(self, place: int, table: str) -> Sequence[Row]:
        """The rows of a place as the joined system would say them."""
        ids, rows = self.things.ids[place], cast("Any", self.matching.places[place].system.table(table))
        if table == "pathways":
            new = self._journeys
            renamed = ((row, _changed("pathway", row.pathway, new.get((place, row.pathway)))) for row in rows)
            return [pointed(table, row, ids, cells) for row, cells in renamed]
        if table == "finances":
            own = ids["measures"]
            return [pointed(table, row, ids, _changed("item", row.item, own.get(row.item))) for row in rows]
        return [pointed(table, row, ids, {}) for row in rows]

    # Journeys

    def _journey_names(self) -> dict[tuple[int, str], str]:
        """What a place's journeys are called, where that is not as they are called there."""
        steps = defaultdict[str, dict[int, set[Any]]](lambda: defaultdict(set))
        for place, each in enumerate(self.matching.places):
            for row in each.system.pathways:
                step = pointed("pathways", row, self.things.ids[place], {})
                steps[row.pathway.casefold()][place].add((step.step, step.agency, step.measure, step.population))
        found: dict[tuple[int, str], str] = {}
        used = {name.casefold() for name in steps}
        for name, places in steps.items():
            groups = _contained(places, [each.name for each in self.matching.places])
            if len(groups) > 1:
                found |= self._apart(name, groups, used)
        return found

    def _apart(self, name: str, groups: Sequence[Sequence[int]], used: set[str]) -> dict[tuple[int, str], str]:
        found: dict[tuple[int, str], str] = {}
        own = {row.pathway for each in self.matching.places for row in each.system.pathways}
        for group in sorted(groups, key=lambda group: min(self.matching.places[place].slug for place in group)):
            prefix = min(self.matching.places[place].slug for place in group)
            new = free(f"{prefix}.{name}", used)
            found |= {(place, word): new for place in group for word in own if word.casefold() == name}
        where = self.labels.of(place for group in groups for place in group)
        self.notes.apart("pathways", f"{quoted(name)} goes other ways in {where}: each keeps its own", "pathway")
        return found

    # All of a table

    def _captures(self, made: Made, outcomes: Mapping[str, str | None]) -> Iterator[tuple[Said, Row]]:
        for said, row in made:
            capture = cast("Any", row)
            if outcomes[capture.measure] == capture.outcome and capture.validity != 1:
                measure, outcome = (
                    quoted(self.things.called_by_id(table, name))
                    for table, name in (("measures", capture.measure), ("outcomes", capture.outcome))
                )
                where = self.labels.of(place for place, _ in said)
                what = (
                    f"{measure} has {outcome} as its own outcome, which means validity 1 and not {capture.validity:g}"
                )
                self.notes.decided("captures", f"{what} as in {where}", "validity")
            else:
                yield said, row

    def _controls(self, made: Made) -> Made:
        totals = defaultdict[str, list[Control]](list)
        for _, row in made:
            control = cast("Control", row)
            totals[control.measure].append(control)
        sums = {name: sum(row.share for row in rows) for name, rows in totals.items()}
        over = {name: total for name, total in sums.items() if total > 1 + 1e-9}
        for name, total in over.items():
            rows = sorted(totals[name], key=lambda row: row.agency)
            words = names([f"{self.things.called_by_id('agencies', row.agency)} {percent(row.share)}" for row in rows])
            what = f"{quoted(self.things.called_by_id('measures', name))}: {words} are more than all of it"
            self.notes.decided("controls", f"{what}; each is divided by their sum, {total:.3g}", "share")
        return [(said, self._scaled(cast("Control", row), over)) for said, row in made]

    def _scaled(self, row: Control, over: Mapping[str, float]) -> Row:
        return unchecked(row, share=row.share / over[row.measure]) if row.measure in over else row

    def _targets(self, made: Made) -> Made:
        """The targets, with ids of which no two are the same."""
        rows = [(said, cast("Any", row)) for said, row in made]
        self._tell_wishes(rows)
        taken = {row.id for each in self.matching.places for row in each.system.targets if row.id is not None}
        called = [
            (at, row.id, frozenset(place for place, _ in said))
            for at, (said, row) in enumerate(rows)
            if row.id is not None
        ]
        ids = told_apart(called, self.matching.places, taken)
        changed = {at: new for at, new in ids.items() if new != rows[at][1].id}
        if changed:
            old = names(sorted({rows[at][1].id for at in changed}))
            what = f"{old} name other targets in other places, so their ids begin with the place"
            self.notes.apart("targets", what, "id")
        return [(said, unchecked(row, id=changed[at]) if at in changed else row) for at, (said, row) in enumerate(rows)]

    def _tell_wishes(self, rows: Iterable[tuple[Said, Target]]) -> None:
        """Note where the places let one agency want different levels of one measure: all of them stand."""
        wishes = defaultdict[Any, list[tuple[frozenset[int], Target]]](list)
        for said, row in rows:
            key = (row.agency, row.measure, row.sense, row.for_agency, row.start, row.due, row.population)
            wishes[key].append((frozenset(place for place, _ in said), row))
        for group in wishes.values():
            if any(not one & other for (one, _), (other, _) in combinations(group, 2)):
                measure = self.things.called_by_id("measures", group[0][1].measure)
                said = names([f"{_wanted(row)} in {self.labels.of(places)}" for places, row in group], len(group))
                who = self.things.called_by_id("agencies", group[0][1].agency)
                self.notes.decided("targets", f"{who}, {quoted(measure)}: {said}; all of them stand", "value")


def _wanted(row: Target) -> str:
    """The level that a target names."""
    ends = [number(end) for end in (row.value, row.upper) if end is not None]
    return " ".join([row.sense.replace("_", " "), " to ".join(ends)]).strip()


def _changed(column: str, old: str, new: str | None) -> dict[str, str]:
    return {} if new is None or new == old else {column: new}


def _contained(places: Mapping[int, set[Any]], called: Sequence[str]) -> list[list[int]]:
    """Places grouped so that the steps of each are among those of the first of its group, or it is of the same name."""
    groups: list[list[int]] = []
    for place in sorted(places, key=lambda place: (-len(places[place]), place)):
        names_of = ((group, [called[one] for one in group]) for group in groups)
        home = next((one for one, some in names_of if places[place] <= places[one[0]] or called[place] in some), None)
        if home is None:
            groups.append([place])
        else:
            home.append(place)
    return groups


def declared(overlaps: Iterable[Overlap], rows: Made) -> Iterator[Overlap]:
    """Of the overlaps that somebody declares, those of which the systems' own rows do not speak.

    Parameters
    ----------
    overlaps
        The rows, of measures by their ids in the joined system.
    rows
        The systems' own.
    """
    known = {frozenset((row.measure_a, row.measure_b)) for _, row in cast("list[tuple[Any, Overlap]]", rows)}
    for row in overlaps:
        pair = frozenset((row.measure_a, row.measure_b))
        if len(pair) == 2 and pair not in known:
            known.add(pair)
            yield row
