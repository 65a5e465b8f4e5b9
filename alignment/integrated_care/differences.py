"""What two measures of one outcome differ in: definition, population, unit, timing; and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from alignment.index import Index, positions
from alignment.likeness.measures import Two
from alignment.models.answers.fit import Fits, OverlapKind, Thing
from alignment.models.fields import last_year
from alignment.models.system.measures import Overlap
from alignment.wording import lower_first, quoted

Told = tuple[Fits, str]
"""Whether two measures agree in a thing, and where they do not, how they differ."""

KINDS: Final[Mapping[OverlapKind, str]] = {
    "part": "the one is declared part of the other",
    "shared": "their definitions are declared to overlap only",
    "complementary": "they are declared two sides of one thing",
    "distinct": "they are declared never to stand for each other",
}
"""How two definitions differ, by what is declared of them."""

APART: Final = frozenset({"complementary", "distinct"})
"""The overlaps that say that both are wanted, whatever differs."""

ALIGN: Final[Mapping[Thing, str]] = {
    "definition": "the definition",
    "population": "whom they are about (or say in populations that the ones are among the others)",
    "unit": "the unit",
    "timing": "the time",
}
"""What is to be aligned, in words."""

LOCAL: Final = "Keep both, as local choice."

PART: Final = "so that the part is read within the whole."

ONE_RETURN: Final = frozenset({"same", "part", "shared"})
"""The overlaps by which two measures from one return, about other people, are that return cut two ways."""

CUT: Final = "They are one return cut two ways: keep it as one return, each body with its own cut."


class Differences:
    """What measures of a system differ in.

    Parameters
    ----------
    index
        The rows by position.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._people = {row.id: lower_first(row.name) for row in index.system.populations}

    def fits(self, both: Two, row: Overlap | None) -> Mapping[Thing, Told]:
        """Whether two measures agree in each thing.

        Parameters
        ----------
        both
            The two.
        row
            What is declared of them.
        """
        return {
            "definition": _definition(both, row),
            "population": self._population(both),
            "unit": _unit(both),
            "timing": self._timing(both),
        }

    def _population(self, both: Two) -> Told:
        codes = [int(self._index.measure_population[at]) for at in (both.one, both.two)]
        if codes[0] == codes[1]:
            return "same", ""
        if self._index.nested(*codes):
            return "within", ""
        one, two = (quoted(self._people[row.population or ""]) for row in both.rows)
        return "differs", f"they are about {one} and {two}"

    def _timing(self, both: Two) -> Told:
        """Whether windows agree, and targets that are still to be met meet in time."""
        window = next((field for field in both.fields if field.name == "window"), None)
        if window is not None and window.differ:
            return "differs", str(window)
        ones, twos = (self._live(at) for at in (both.one, both.two))
        if not any(self._meet(one, two) for one in ones for two in twos):
            return "differs", "their targets never hold at one time"
        due = self._years(ones), self._years(twos)
        if all(due) and not due[0] & due[1]:
            first, second = (" and ".join(map(str, sorted(years))) for years in due)
            return "differs", f"they are due in {first} and in {second}"
        return ("same", "") if all(due) or window is not None else ("not known", "")

    def _live(self, at: int) -> Sequence[int]:
        return [place for place in positions(self._index.by_measure[at]) if self._index.live[place]]

    def _meet(self, one: int, two: int) -> bool:
        rows = self._index.targets
        return bool(rows.start[one] <= rows.end[two] and rows.start[two] <= rows.end[one])

    def _years(self, places: Sequence[int]) -> frozenset[int]:
        due = (self._index.targets.rows[place].due for place in places)
        return frozenset(last_year(when) for when in due if when is not None)


def _definition(both: Two, row: Overlap | None) -> Told:
    if row is not None:
        return ("same", "") if row.kind == "same" else ("differs", KINDS[row.kind])
    written = [field for field in both.fields if field.name != "window"]
    differing = [str(field) for field in written if field.differ]
    if differing:
        return "differs", " and ".join(differing)
    return ("same", "") if written and all(field.agree for field in written) else ("not known", "")


def _unit(both: Two) -> Told:
    one, two = (row.unit for row in both.rows)
    if one is None or two is None:
        return "not known", ""
    if one.casefold().split() == two.casefold().split():
        return "same", ""
    return "differs", f"one is in {quoted(one)} and one in {quoted(two)}"


def explained(kind: OverlapKind | None, differs: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """The differences that what is declared of two measures explains.

    >>> explained("part", ("definition", "unit")), explained("distinct", ("definition", "unit"))
    (('definition',), ('definition', 'unit'))
    """
    if kind in APART:
        return differs
    return tuple(thing for thing in differs if thing == "definition" and kind is not None)


def suggestion(kind: OverlapKind | None, fits: Mapping[Thing, Fits], *, near: bool) -> str:
    """What could be done about two measures.

    Parameters
    ----------
    kind
        What is declared of them.
    fits
        Whether they agree in each thing.
    near
        Whether they are near each other.
    """
    other: list[Thing] = [thing for thing, how in fits.items() if how == "differs" and thing != "definition"]
    if kind in APART or not near or (kind is None and "population" in other):
        return LOCAL
    if fits["definition"] == "not known":
        return "Say in overlaps whether the two are one thing; if so, work to one of them."
    if kind == "part":
        return f"Align {' and '.join(ALIGN[thing] for thing in other)}, {PART}" if other else f"Keep both, {PART}"
    aligned = " and ".join(ALIGN[thing] for thing, how in fits.items() if how == "differs")
    if fits["definition"] == "differs":
        return f"Align {aligned}, or keep both, as local choice."
    return f"Align {aligned}, and work to one of them." if aligned else "Work to one of the two."
