"""The differences that matter most, in sentences: targets that only some have, with the findings that go with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import inf
from typing import Final, NamedTuple

from alignment.models.answers.compared import Difference, Figure, FindingSeen
from alignment.models.numbers import count
from alignment.models.system.keys import Keys
from alignment.scenarios.draft import SINGULAR
from alignment.scenarios.joining.likely import Pair
from alignment.scenarios.joining.told import PLURAL
from alignment.scenarios.matching import Thing
from alignment.wording import names, quoted, verb

from .findings import Findings
from .one_id import is_loose
from .sides import Sides


class Main(NamedTuple):
    """A sentence, and what puts it before others: the smaller first."""

    order: tuple[int, float, float, str]
    sentence: str


class Sentences:
    """What is said of the differences.

    Parameters
    ----------
    sides
        The systems.
    differences
        The rows that differ.
    findings
        The findings of all.
    """

    def __init__(self, sides: Sides, differences: Sequence[Difference], findings: Findings) -> None:
        self.sides, self.differences, self.findings = sides, differences, findings

    def main(self) -> tuple[str, ...]:
        """The differences that matter most: first by findings that go with them, then by targets."""
        found = [*self._targets_missing(), *self._targets_differing(), *self._other_rows(), *self._other_cells()]
        return tuple(each.sentence for each in sorted(found))

    def _of(self, table: str, what: str) -> list[Difference]:
        return [each for each in self.differences if each.table == table and each.what == what]

    # Targets

    def _targets_missing(self) -> Iterator[Main]:
        groups = defaultdict[tuple[str, tuple[str, ...]], list[Difference]](list)
        for each in self._of("targets", "only in"):
            groups[each.name, each.where].append(each)
        for (name, where), rows in groups.items():
            number = sum(len(keys) for row in rows for keys in row.rows)
            stand, of = self._going(rows)
            asks = sorted({value for row in rows for value in row.values if value})
            who = sorted({row.who for row in rows if row.who})
            has = verb(len(who) if " and " not in who[0] else 2, "has", "have")
            told = f" ({asks[0]})" if len(asks) == 1 else ""
            what = "a target" if number == 1 else f"{number:,} targets"
            only = f"Only in {names(where, len(where))}: {names(who)} {has} {what} on {quoted(name)}{told}."
            yield Main((0, -stand / max(of, 1), -number, name), only + self._with(number, stand, of))

    def _with(self, number: int, stand: int, of: int) -> str:
        """What findings go with targets."""
        if not stand:
            return ""
        them, go = verb(number, "it", "them"), verb(stand, "goes", "go")
        return f" With {them} {go} {stand:,} of the {count(of, 'finding', 'findings')} there."

    def _going(self, rows: Sequence[Difference]) -> tuple[int, int]:
        """How many findings that others lack stand on some targets, and how many findings there are in all there."""
        keys = defaultdict[int, set[str]](set)
        for row in rows:
            for place, some in zip(self.sides.at, row.rows, strict=True):
                keys[place].update(some)
        known = {place: some for place, some in keys.items() if some}
        stand = sum(len(self.findings.on(place, some)) for place, some in known.items())
        return stand, sum(len(self.sides.states[place].conflicts) for place in known)

    def _targets_differing(self) -> Iterator[Main]:
        for each in self._of("targets", "differs"):
            stand, of = self._going([each])
            if each.column == "agency":
                what = f"{quoted(each.name)} is wanted by another part of those who could: {self._by_value(each)}."
            else:
                what = f"Another level is wanted of {quoted(each.name)}: {self._by_value(each)}."
            yield Main((1, -stand / max(of, 1), -self._apart(each), each.name), what)

    def _by_value(self, each: Difference) -> str:
        """What is wanted where, systems that want the same together; of many the lowest and the highest."""
        groups = defaultdict[str, list[int]](list)
        for at, value in enumerate(each.values):
            groups[value or "nothing"].append(at)
        ordered = sorted(groups.items(), key=lambda group: (self._level(each, group[1][0]), group[1]))
        said = [f"{value} in {names([self.sides.labels[at] for at in some], len(some))}" for value, some in ordered]
        return f"from {said[0]} to {said[-1]}" if len(said) > FEW else names(said, len(said))

    def _level(self, each: Difference, at: int) -> float:
        """The lowest level wanted in a system; nothing known comes last."""
        known = [self._levels[self.sides.at[at]].get(key) for key in each.rows[at]]
        return min((level for level in known if level is not None), default=inf)

    def _apart(self, each: Difference) -> float:
        """How far the levels wanted are apart, as a part of the largest; 0 where that cannot be said."""
        levels = [
            self._levels[place].get(key) for place, keys in zip(self.sides.at, each.rows, strict=True) for key in keys
        ]
        known = [level for level in levels if level is not None]
        if len(known) < len(self.sides.at) or not any(known):
            return 0.0
        return (max(known) - min(known)) / max(map(abs, known))

    @cached_property
    def _levels(self) -> list[dict[str, float | None]]:
        """By place, the value of each target."""
        systems = [state.system for state in self.sides.states]
        return [
            dict(zip(system.derive(Keys).of("targets"), [row.value for row in system.targets], strict=True))
            for system in systems
        ]

    # All else

    def _other_rows(self) -> Iterator[Main]:
        groups = defaultdict[tuple[str, tuple[str, ...]], list[str]](list)
        for each in self.differences:
            if each.what == "only in" and each.table != "targets":
                groups[each.table, each.where].append(each.name)
        for (table, where), called in groups.items():
            noun = count(len(called), SINGULAR[table], PLURAL.get(table, table))
            told = names([quoted(name) for name in called])
            yield Main((2, -len(called), 0, table), f"Only in {names(where, len(where))}: {noun}, {told}.")

    def _other_cells(self) -> Iterator[Main]:
        groups = defaultdict[tuple[str, str | None], list[str]](list)
        for each in self.differences:
            if each.what == "differs" and each.table != "targets":
                groups[each.table, each.column].append(each.name)
        for (table, column), called in groups.items():
            noun = count(len(called), SINGULAR[table], PLURAL.get(table, table))
            what = "Something else" if column is None else f"Another {column.replace('_', ' ')}"
            told = names([quoted(name) for name in called])
            yield Main((3, -len(called), 0, f"{table}{column}"), f"{what} is given of {noun}: {told}.")


FEW: Final = 3
"""Of more values than these the lowest and the highest are told."""


def how_to_say_one(sides: Sides, likely: Sequence[Pair]) -> str:
    """How to say which measures are one, with two that probably are where there are such."""
    one, two = (_word(sides, each) for each in likely[0][:2]) if likely else ("waits", "housing-waits")
    python, typed = f'same="{one}:{two}" in Python', f"--same {one}:{two} on the command line"
    return f"Say which measures are one by their ids, as in {python} or {typed}."


def _word(sides: Sides, thing: Thing) -> str:
    """What names a thing alone: its id, or place and id where others have that too."""
    name, slug = thing.first.id, sides.matching.places[min(thing.rows)].slug
    alone = sum(row.id == name for each in sides.matching.things[thing.table] for row in each.rows.values())
    return name if alone == len(thing.rows) and not is_loose(thing) else f"{slug}.{name}"


def loose_note(sides: Sides, *, with_core: bool) -> Iterator[str]:
    """How many things of one id are compared as one although they are defined a little differently."""
    rows = Counter(each.table for table in ("measures", "outcomes") for each in sides.loose(table))
    rows["agencies"] = sum(role.how == "id, other definition" for role in sides.roles.all)
    told = [count(rows[table], SINGULAR[table], PLURAL.get(table, table)) for table in LOOSE if rows[table]]
    if told:
        number = sum(rows.values())
        them = f"{verb(number, 'is', 'are')} defined a little differently, and compared as one"
        joint = f" The set for all together takes {verb(number, 'it', 'them')} for two." if with_core else ""
        yield f"{names(told)} of one id {them}: table matches.{joint}"


LOOSE: Final = ("measures", "agencies", "outcomes")
"""The tables of which that is told, in order."""


def headline(
    sides: Sides, differences: Sequence[Difference], findings: Sequence[FindingSeen], figures: Sequence[Figure]
) -> str:
    """What differs, in a sentence or two.

    Parameters
    ----------
    sides
        The systems.
    differences
        The rows that differ.
    findings
        The findings of all.
    figures
        The figures.
    """
    labels = sides.labels
    called = names(labels, len(labels))
    if not differences:
        years = list(_years(sides, figures))
        return " ".join([*years, f"Nothing {'else ' if years else ''}differs: {called} say the same."])
    if sides.apart:
        there = "both" if len(labels) == 2 else "two of them"
        nothing = f"No measure with targets is the same in {there}: only figures for their size can be compared."
        return " ".join([*_years(sides, figures), nothing, *_per_100(labels, figures)])
    targets = [each for each in differences if each.table == "targets"]
    said = list(_only(sides, targets, findings))
    other = {each.name for each in targets if each.what == "differs"}
    if other:
        said.append(f"Another level is wanted of {count(len(other), 'measure', 'measures')}.")
    if not targets:
        rest = count(len(differences), "row or cell differs", "rows or cells differ")
        said.insert(0, f"The targets of {called} are the same; {rest}.")
    return " ".join([*_years(sides, figures), *said, *_per_100(labels, figures)])


def _years(sides: Sides, figures: Sequence[Figure]) -> Iterator[str]:
    """Which year each is of, where they differ and the names do not say so."""
    values = next(each.values for each in figures if each.figure == "year")
    known = [(label, f"{year:.0f}") for label, year in zip(sides.labels, values, strict=True) if year is not None]
    if len({year for _, year in known}) > 1 and not all(year in label for label, year in known):
        yield f"The years differ: {names([f'{year} in {label}' for label, year in known], len(known))}."


def _only(sides: Sides, targets: Sequence[Difference], findings: Sequence[FindingSeen]) -> Iterator[str]:
    """Of how many targets and findings not all have one of their kind, for each system that has such."""
    for at, label in enumerate(sides.labels):
        state = sides.states[sides.at[at]]
        wishes = sum(len(each.rows[at]) for each in targets if each.what == "only in")
        conflicts = sum(len(each.ids[at]) for each in findings if each.what == "only in")
        if wishes or conflicts:
            of = len(state.system.targets), len(state.conflicts)
            targets_there, findings_there = count(of[0], "target", "targets"), count(of[1], "finding", "findings")
            yield f"Only in {label}: {wishes:,} of {targets_there} and {conflicts:,} of {findings_there}."


def _per_100(labels: Sequence[str], figures: Sequence[Figure]) -> Iterator[str]:
    """Findings for 100 targets, where they differ."""
    row = next(each for each in figures if each.figure == "findings_per_100")
    known = [f"{value:,.0f} in {label}" for label, value in zip(labels, row.values, strict=True) if value is not None]
    if len(known) == len(labels) and len({round(value or 0) for value in row.values}) > 1:
        yield f"Findings for 100 targets: {names(known, len(known))}."
