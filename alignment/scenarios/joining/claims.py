"""Rows without an id: what is said of things, each said once.

A row that several places say is one, with the sources of all. Of rows that can be said once only (`KEYS`), what most
places say is kept where they differ, and the others stand in its note. Targets, influences and incentives can be said
more than once: as often as the place says them that says them most often. Different wishes of one agency all stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from alignment.models.fields import Row, put_together, unchecked
from alignment.models.system import TABLES
from alignment.models.system.checks import references
from alignment.tables.columns import columns

from .deciding import ASIDE, Labels, Notes, because, by_size, most, shown, texts

Said = list[tuple[int, Any]]
"""What is one row: its place, and the row there."""

WISH: Final = ("agency", "measure", "sense", "value", "upper", "for_agency", "start", "due", "population")

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "accountability": ("agency", "answers_to", "kind"),
    "captures": ("measure", "outcome"),
    "overlaps": ("measure_a", "measure_b"),
    "targets": WISH,
    "influences": ("source_measure", "target_measure"),
    "controls": ("agency", "measure"),
    "incentives": ("payer", "payee", "measure", "pays_for", "basis", "unit", "start", "due"),
    "draws": ("measure", "resource", "moving"),
    "levels": ("measure", "agency", "period"),
    "pathways": ("pathway", "step", "agency", "measure", "population"),
    "relationships": ("agency_a", "agency_b"),
    "series": ("measure", "area", "period"),
    "finances": ("agency", "item", "year"),
}
"""For each table, the columns that say what a row is about; of two rows about the same, one is kept of each place."""

PAIRS: Final = frozenset({"overlaps", "relationships"})
"""The tables of pairs, which say the same either way round."""

FIGURES: Final[Mapping[str, tuple[str, ...]]] = {
    "influences": ("strength", "effect", "effect_se", "certainty"),
    "draws": ("per_step", "uses"),
    "incentives": ("rate", "at_risk"),
    "overlaps": ("measure_a", "measure_b", "kind", "share"),
    "relationships": ("agency_a", "agency_b"),
    "finances": ("cost", "saving"),
}
"""Columns that only make sense together: all are taken from one place, blanks too."""

WHY: Final = {"weight": "as the heavier counts", "revealed": "as one place has it published"}
"""Why of a target a cell is kept."""

SURER: Final = ("strong", "moderate", None, "weak", "contested")
"""The surer of two influences counts before the one that more places say."""


class Claims:
    """The rows of one table in the joined system.

    Parameters
    ----------
    table
        The table.
    labels
        What places are called.
    notes
        Where it is told what was decided.
    name
        What a thing is called, by its table and id.
    """

    def __init__(self, table: str, labels: Labels, notes: Notes, name: Callable[[str, str], str]) -> None:
        self.table, self.labels, self.notes, self.name = table, labels, notes, name
        self.columns = tuple(column for column in columns(TABLES[table]) if column not in (*ASIDE, "id"))

    def united(self, rows: Sequence[Sequence[Row]]) -> list[tuple[Said, Row]]:
        """By place, rows that speak of things by their ids in the joined system; as one table, with what each is of."""
        groups = defaultdict[Any, dict[int, list[tuple[int, Any]]]](lambda: defaultdict(list))
        for place, table in enumerate(rows):
            for at, row in enumerate(table):
                groups[self.key(row)][place].append((at, row))
        found: list[tuple[tuple[int, int], Said, Row]] = []
        for places in groups.values():
            found += self._group(places)
        return [(said, row) for _, said, row in sorted(found, key=lambda each: each[0])]

    def key(self, row: Any) -> Any:
        """What a row is about."""
        cells = tuple(getattr(row, column) for column in KEYS[self.table])
        if self.table in PAIRS:
            return frozenset(cells)
        # What is declared and what is estimated of two measures stand beside each other.
        return (*cells, row.origin == "estimated") if self.table == "influences" else cells

    def _group(self, places: Mapping[int, list[tuple[int, Any]]]) -> Iterator[tuple[tuple[int, int], Said, Row]]:
        if len(places) == 1:
            ((place, rows),) = places.items()
            yield from (((place, at), [(place, row)], row) for at, row in rows)
            return
        entries = self._paired(places)
        made = [self._one([(place, row) for place, _, row in entry]) for entry in entries]
        if len({tuple(row.__dict__.values()) for row in made}) < len(made):
            # With the sources of several places two rows would repeat each other.
            made = [entry[0][2] for entry in entries]
        for entry, row in zip(entries, made, strict=True):
            yield entry[0][:2], [(place, one) for place, _, one in entry], row

    def _paired(self, places: Mapping[int, list[tuple[int, Any]]]) -> list[list[tuple[int, int, Any]]]:
        """Rows of several places about the same, each with those that it is one with: the most alike first."""
        entries: list[list[tuple[int, int, Any]]] = []
        for place in sorted(places):
            free, left = list(entries), list(places[place])
            for alike in (_all, self._content, _nothing):
                left = self._pair(place, left, free, alike)
            entries += [[(place, at, row)] for at, row in left]
        return entries

    def _pair(
        self,
        place: int,
        rows: Iterable[tuple[int, Any]],
        free: list[list[tuple[int, int, Any]]],
        alike: Callable[[Any], Any],
    ) -> list[tuple[int, Any]]:
        """Pair rows with entries that hold one alike, and return those without such an entry."""
        left: list[tuple[int, Any]] = []
        for at, row in rows:
            mark = alike(row)
            entry = next((each for each in free if any(alike(one) == mark for _, _, one in each)), None)
            if entry is None:
                left.append((at, row))
            else:
                entry.append((place, at, row))
                free[:] = [each for each in free if each is not entry]
        return left

    def _content(self, row: Any) -> Any:
        return tuple(getattr(row, column) for column in self.columns)

    # One row of several

    def _one(self, said: Said) -> Any:
        first = said[0][1]
        if all(row == first for _, row in said):
            return first
        rows = dict(said)
        cells = {name: texts(getattr(row, name) for row in rows.values()) for name in ASIDE}
        if self.table == "targets":
            cells["id"] = next((row.id for row in rows.values() if row.id is not None), None)
        together = FIGURES.get(self.table, ())
        if together:
            cells |= self._together(together, rows)
        for column in self.columns:
            if column not in together:
                cells[column] = self._cell(column, rows)
        if lost := self._lost(cells, rows):
            cells["note"] = texts([cells["note"], *lost])
        return made_of(TABLES[self.table], cells)

    def _together(self, together: tuple[str, ...], rows: Mapping[int, Any]) -> dict[str, Any]:
        """The figures that one place gives: of influences the surest."""
        figures = {place: tuple(getattr(row, column) for column in together) for place, row in rows.items()}
        if self.table == "influences":
            best = min(SURER.index(row.certainty) for row in rows.values())
            sure = {place: figures[place] for place, row in rows.items() if SURER.index(row.certainty) == best}
        else:
            sure = figures
        return dict(zip(together, most(sure, by_size), strict=True))

    def _cell(self, column: str, rows: Mapping[int, Any]) -> Any:
        if self.table == "targets" and column == "weight":
            weights = [1.0 if row.weight is None else row.weight for row in rows.values()]
            return rows[min(rows)].weight if len(set(weights)) == 1 else max(weights)
        if self.table == "targets" and column == "revealed":
            # What is published anywhere need not be inferred.
            return all(row.revealed for row in rows.values()) or (
                None if all(row.revealed is None for row in rows.values() if not row.revealed) else False
            )
        said = {place: value for place, row in rows.items() if (value := getattr(row, column)) is not None}
        return most(said) if said else None

    def _lost(self, cells: Mapping[str, Any], rows: Mapping[int, Any]) -> list[str]:
        """What places say that is not kept, for the note of the row; and so told."""
        differ = [
            column
            for column in self.columns
            if any((value := getattr(row, column)) is not None and value != cells[column] for row in rows.values())
        ]
        if self.table in PAIRS and not any(getattr(row, "kind", None) == "part" for row in rows.values()):
            # Either way round they say the same.
            differ = [column for column in differ if column not in KEYS[self.table]]
        for column in differ:
            said = {place: value for place, row in rows.items() if (value := getattr(row, column)) is not None}
            why = WHY.get(column) or because(said)
            what = f"{self.told(cells)}: {self.labels.said(said)}; kept is {shown(cells[column])}, {why}"
            self.notes.decided(self.table, what, column)
        if not differ:
            return []
        return [
            f"{self.labels.of([place])}: {words}"
            for place, row in sorted(rows.items(), key=lambda each: self.labels.labels[each[0]])
            if (words := _words(row, [column for column in differ if getattr(row, column) != cells[column]]))
        ]

    def told(self, cells: Mapping[str, Any]) -> str:
        """What a row is about, in words."""
        homes = dict(references(TABLES[self.table]))
        known = [(column, cells[column]) for column in KEYS[self.table] if cells[column] is not None]
        return ", ".join(self.name(homes[column], cell) if column in homes else shown(cell) for column, cell in known)


def _all(row: Any) -> Any:
    return tuple(row.__dict__.values())


def _nothing(_: Any) -> Any:
    return None


def _words(row: Any, differ: Iterable[str]) -> str:
    cells = [(column, getattr(row, column)) for column in differ]
    return ", ".join(f"{column} {shown(cell)}" for column, cell in cells if cell is not None)


def made_of(row_type: type[Row], cells: Mapping[str, Any]) -> Any:
    """A row of cells, blank where there is none.

    Parameters
    ----------
    row_type
        Its type.
    cells
        Cells of rows that were checked.
    """
    whole = {name: cells.get(name) for name in row_type.model_fields}
    return put_together(row_type, whole, [name for name, value in whole.items() if value is not None])


def pointed(table: str, row: Any, ids: Mapping[str, Mapping[str, str]], further: Mapping[str, Any]) -> Any:
    """A row that speaks of things by their ids in the joined system.

    Parameters
    ----------
    table
        Its table.
    row
        The row.
    ids
        By table, the ids of its place and what they are in the joined system.
    further
        Other cells that change.
    """
    cells = dict(further)
    for column, home in references(TABLES[table]):
        cell = getattr(row, column)
        if cell is not None and (new := ids[home][cell]) != cell:
            cells[column] = new
    return unchecked(row, **cells) if cells else row
