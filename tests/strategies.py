"""Small valid systems for laws: values from small sets, so that conflicts, ties and repetitions happen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast

from hypothesis import strategies as st
from pydantic import ValidationError

from alignment.models import DIMENSIONS, TABLES, About, Row, System

Cell = st.SearchStrategy[Any]
Words = st.SearchStrategy[str]
Numbers = st.SearchStrategy[float]
Known = Mapping[str, tuple[str, ...]]

NAMED: Final = ("tiers", "agencies", "populations", "outcomes", "measures", "collections", "resources")
"""The tables of which every row has an id and a name."""

WEIGHTS: Final = (0.3, 0.6, 1.0)
PERIODS: Final[tuple[dict[str, str], ...]] = (
    {},
    {"start": "2018"},
    {"due": "2019-03-31"},
    {"start": "2018", "due": "2018"},
    {"start": "2018-04-01", "due": "2020"},
    {"start": "2018/19", "due": "2019/20"},
    {"start": "0001", "due": "9999-12-31"},
)

few_words: Words = st.sampled_from(("NHS", "Local government", "Voluntary"))
"""Words that often repeat."""

few_numbers: Numbers = st.sampled_from((0.5, 1.0, 2.0, 3.0))
"""Numbers above 0 that often repeat."""

wild_words: Words = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=9),
    st.text("_x05FDad\x7f\x85\n", min_size=1, max_size=16),
    st.sampled_from(
        (
            *("=1+1", "+44 20", "-", "@home", "#N/A", "TRUE", "yes", "NaN", "NULL", "None"),
            *("1.10", "007", "1e5", "2018", "2018-03-31", "1,000", "a;b", "'", '"', ",", 'a "b", c'),
            *("_x000D_", "_x005F_x000D_", "_x005F_", "__x005f_x0041_x0042_", "two\nlines\n\nand more"),
            *("<b>&amp;", "e\u0301\u00e9", "\U0001f600", "a\u2028b\u0085c\u00a0d", "a\tb", "\ufefftext"),
        )
    ),
).filter(lambda text: bool(text.strip()))
"""Words that a careless reader or writer would change."""

wild_numbers: Numbers = st.one_of(
    few_numbers,
    st.floats(min_value=1e-9, max_value=1e12),
    st.sampled_from((0.1 + 0.2, 1e12, 1e-9, 123456789012.34567, 1.0000000000000002)),
)
"""Numbers above 0 of which some need all their digits."""


@dataclass(frozen=True)
class Refer:
    """A row of another table by number, counted round and round: which one is known only once there are rows.

    Strategies that hold no ids are the same for every system, and hypothesis makes them once.
    """

    table: str
    number: int

    def among(self, known: Known) -> str | None:
        ids = known.get(self.table, ())
        return ids[self.number % len(ids)] if ids else None


def one(table: str) -> st.SearchStrategy[Refer]:
    """An id of a table."""
    return st.integers(0, 11).map(lambda number: Refer(table, number))


def maybe(values: Cell) -> Cell:
    """A value or a blank."""
    return st.none() | values


def words_of(*choices: str) -> Cell:
    """One of some words."""
    return st.sampled_from(choices)


def together(*parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Cells that depend on each other, of several parts."""
    return st.tuples(*parts).map(lambda found: {name: cell for part in found for name, cell in part.items()})


def under(column: str, values: Cell) -> st.SearchStrategy[dict[str, Any]]:
    """Values under the name of their column."""
    return values.map(lambda value: {column: value})


def rising(values: Cell, *columns: str) -> st.SearchStrategy[dict[str, Any]]:
    """Values of which none is below the one before, some of them blank."""
    many = st.tuples(*[values] * len(columns)).map(sorted)
    return st.tuples(many, st.integers(0, 2 ** len(columns) - 1)).map(
        lambda drawn: {name: drawn[0][at] for at, name in enumerate(columns) if drawn[1] >> at & 1}
    )


@cache
def rows_of(words: Words | None, numbers: Numbers) -> dict[str, st.SearchStrategy[dict[str, Any]]]:
    """For each table the cells of a row; what stands under a name with a dash is several cells."""
    text = few_words if words is None else words
    aside = st.none() if words is None else maybe(words)
    zeros = st.just(0.0) if numbers is few_numbers else st.sampled_from((0.0, -0.0))
    signed = st.one_of(zeros, numbers, numbers.map(lambda number: -number))
    shares = st.sampled_from((0.3, 0.5, 1.0))
    agency, measure = one("agencies"), one("measures")
    cells: dict[str, dict[str, Cell]] = {
        "tiers": {"parent": st.integers(0, 11)},
        "agencies": {
            "tier": maybe(one("tiers")),
            "sector": maybe(text),
            "kind": maybe(text),
            "represents": maybe(st.integers(1, 3)),
            "power": maybe(numbers),
            "effort": maybe(numbers),
        },
        "accountability": {
            "agency": agency,
            "answers_to": agency,
            "kind": maybe(words_of("statutory", "electoral", "partnership")),
        },
        "populations": {"parent": st.integers(0, 11)},
        "outcomes": {
            "dimension": maybe(words_of(*DIMENSIONS)),
            "success": aside,
            "failure": aside,
            "review_year": maybe(st.integers(2018, 2025)),
            "owner_tier": maybe(one("tiers")),
        },
        "measures": {
            "-values": rising(signed, "floor", "baseline", "ceiling"),
            "outcome": maybe(one("outcomes")),
            "direction": maybe(words_of("higher", "lower", "in-range", "none")),
            "unit": aside,
            "step": maybe(numbers),
            "population": maybe(one("populations")),
            "collection": maybe(one("collections")),
            "cost": maybe(numbers),
            "statutory": maybe(st.booleans()),
            "aggregate": maybe(words_of("mean", "sum")),
            "reported_at": maybe(st.lists(one("tiers"), min_size=1, max_size=2).map(tuple)),
            "recorded_by": maybe(agency),
            "perspective": maybe(words_of("person", "organisation")),
            **dict.fromkeys(("framework", "ref", "numerator", "denominator", "window"), aside),
        },
        "captures": {"measure": measure, "outcome": one("outcomes"), "validity": shares},
        "overlaps": {
            "measure_a": measure,
            "measure_b": measure,
            "kind": words_of("same", "shared", "part", "complementary", "distinct"),
            "share": maybe(shares),
        },
        "collections": {"cost": maybe(numbers)},
        "targets": {
            "-wish": wishes(numbers, signed),
            "-period": st.sampled_from(PERIODS),
            "agency": agency,
            "measure": measure,
            "id": maybe(st.integers(1, 99).map("t-{}".format)),
            "for_agency": maybe(agency),
            "population": maybe(one("populations")),
            "weight": st.sampled_from((None, *WEIGHTS)),
            "revealed": maybe(st.booleans()),
        },
        "influences": {
            "-effect": effects(signed),
            "source_measure": measure,
            "target_measure": measure,
            "effect_se": maybe(numbers),
            "lag_years": maybe(numbers),
            "certainty": maybe(words_of("strong", "moderate", "weak", "contested")),
            "origin": maybe(words_of("declared", "expert", "estimated", "arithmetic")),
            "evidence": aside,
        },
        # Shares of at most three agencies a measure never add up to more than 1.
        "controls": {"agency": agency, "measure": measure, "share": st.sampled_from((0.0, 0.2, 0.3))},
        "incentives": {
            "-period": st.sampled_from(PERIODS),
            "payer": agency,
            "payee": agency,
            "measure": measure,
            "pays_for": words_of("increase", "decrease", "target"),
            "rate": maybe(signed),
            "at_risk": maybe(signed),
            "unit": maybe(text),
            "basis": maybe(words_of("activity", "penalty", "grant", "bonus", "threat", "cap")),
        },
        "resources": {
            "-ends": rising(signed, "floor", "capacity"),
            "unit": aside,
            "in_use": maybe(signed),
            "owner": maybe(agency),
            "limited": maybe(st.booleans()),
        },
        "draws": {
            "-use": under("per_step", signed) | under("uses", maybe(words_of("yes", "frees"))),
            "measure": measure,
            "resource": one("resources"),
            "moving": words_of("up", "down"),
        },
        "levels": {
            "measure": measure,
            "agency": agency,
            "value": signed,
            "period": maybe(words_of("2018", "2019/20", "2018-03-31")),
        },
        "pathways": {
            "pathway": words_of("fall", "stroke"),
            "step": st.integers(1, 3),
            "agency": agency,
            "measure": maybe(measure),
            "population": maybe(one("populations")),
        },
        "relationships": {
            "agency_a": agency,
            "agency_b": agency,
            **dict.fromkeys(
                ("networks", "obligation", "reciprocity", "trust", "core_business"),
                maybe(st.sampled_from((0.0, 0.25, 1.0))),
            ),
        },
        "series": {"measure": measure, "area": text, "period": text, "value": signed},
        "finances": {
            "agency": agency,
            "item": text,
            "year": st.integers(2018, 2020),
            "cost": numbers,
            "saving": numbers,
        },
    }
    every = {} if words is None else dict.fromkeys(("source", "verified", "note"), aside)
    names = {} if words is None else {"name": words}
    return {
        table: st.fixed_dictionaries({**row, **every, **(names if table in NAMED else {})})
        for table, row in cells.items()
    }


def wishes(numbers: Numbers, signed: Numbers) -> st.SearchStrategy[dict[str, Any]]:
    """Sense, value and upper of a target."""
    change = under("sense", words_of("increase", "decrease"))
    level = under("sense", words_of("at_least", "at_most"))
    hold = under("sense", words_of("hold"))
    ends = st.tuples(signed, signed).map(lambda two: {"value": min(two), "upper": max(two)})
    return st.one_of(
        together(change, under("value", maybe(numbers))),
        together(level, under("value", signed)),
        together(hold, under("value", maybe(numbers))),
        together(under("sense", words_of("between")), ends),
    )


def effects(signed: Numbers) -> st.SearchStrategy[dict[str, Any]]:
    """Strength and effect of an influence."""
    strength = under("strength", st.integers(-3, 3))
    return strength | under("effect", signed) | together(strength, under("effect", signed))


@st.composite
def systems(
    draw: st.DrawFn,
    *,
    agencies: tuple[int, int] = (1, 4),
    measures: tuple[int, int] = (1, 5),
    targets: tuple[int, int] = (0, 8),
    influences: tuple[int, int] = (0, 5),
    others: int = 3,
    words: Words | None = None,
    numbers: Numbers = few_numbers,
) -> System:
    """A valid system.

    Parameters
    ----------
    draw
        Hypothesis' own.
    agencies, measures, targets, influences
        The least and the most rows of each (fewer where rows would repeat each other).
    others
        The most rows of every other table; 0 leaves them out.
    words
        What text is made of; by default text that means nothing is left out.
    numbers
        What numbers are made of, each above 0.
    """
    sizes = {"agencies": agencies, "measures": measures, "targets": targets, "influences": influences}
    drawn = {
        table: draw(st.lists(row, min_size=least, max_size=most))
        for table, row in rows_of(words, numbers).items()
        for least, most in [sizes.get(table, (0, others))]
        if most
    }
    known = {table: _ids(table, len(drawn.get(table, ())), draw(st.integers(0, 2))) for table in NAMED}
    rows = {table: _rows(table, drawn.get(table, ()), known) for table in TABLES}
    about = About(name="A system") if words is None else draw(st.builds(About, name=maybe(words), note=maybe(words)))
    return System(about=about, **_fitting(rows))


def _ids(table: str, size: int, turn: int) -> tuple[str, ...]:
    """Ids that are not always in the order of the rows."""
    noun = {"agencies": "agency"}.get(table, table.removesuffix("s"))
    turned = [*range(turn, size), *range(min(turn, size))]
    # As owners write them: some with full stops, which names made of several ids have too.
    form = ("{}-{}", "{}.{}", "{}-1.{}")[turn]
    return tuple(form.format(noun, number + 1) for number in turned)


def _rows(table: str, drawn: Iterable[dict[str, Any]], known: Known) -> tuple[Any, ...]:
    """The rows of a table, references to ids that are not there left out."""
    made: list[Row] = []
    levels: list[int] = []
    for at, cells in enumerate(drawn):
        row: dict[str, Any] = {}
        for name, cell in cells.items():
            row.update(cell if name.startswith("-") else {name: _resolved(cell, known)})
        if table in NAMED:
            row = {"id": known[table][at], "name": f"Name {at}", **row}
        if table in ("tiers", "populations"):
            above: int = row["parent"] % (at + 1)
            row["parent"] = known[table][above] if above < at else None
            levels.append(levels[above] + 1 if above < at else 0)
        if table == "tiers":
            row["level"] = levels[at]
        with suppress(ValidationError):
            made.append(TABLES[table](**row))
    return distinct(made)


def _resolved(cell: Any, known: Known) -> Any:
    if isinstance(cell, Refer):
        return cell.among(known)
    if isinstance(cell, tuple):
        tiers = cast("tuple[Refer, ...]", cell)
        return tuple(id_ for tier in tiers if (id_ := tier.among(known))) or None
    return cell


def distinct(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows without those that say again what another says."""
    found: dict[Any, Row] = {}
    for row in rows:
        key: Any = tuple(getattr(row, name) for name in row.key)
        found.setdefault(row if not key or key == (None,) else key, row)
    return tuple(found.values())


def unlike_pairs(rows: Iterable[Any], one: str, other: str) -> tuple[Any, ...]:
    """The rows that pair two different things which no row before them pairs."""
    found: dict[frozenset[str], Any] = {}
    for row in rows:
        pair = frozenset((getattr(row, one), getattr(row, other)))
        if len(pair) == 2:
            found.setdefault(pair, row)
    return tuple(found.values())


def within(value: float, low: float | None, high: float | None) -> bool:
    """Whether a value lies between two ends, each of which may be blank."""
    return (low is None or low <= value) and (high is None or value <= high)


def _fitting(rows: dict[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    """The tables without rows that contradict others."""
    own = {row.id: row.outcome for row in rows["measures"]}
    ends = {row.id: (row.floor, row.ceiling) for row in rows["measures"]}
    return {
        **rows,
        "accountability": tuple(row for row in rows["accountability"] if row.agency != row.answers_to),
        "captures": tuple(row for row in rows["captures"] if own[row.measure] != row.outcome),
        "overlaps": unlike_pairs(rows["overlaps"], "measure_a", "measure_b"),
        "levels": tuple(row for row in rows["levels"] if within(row.value, *ends[row.measure])),
        "influences": tuple(row for row in rows["influences"] if row.source_measure != row.target_measure),
        "relationships": unlike_pairs(rows["relationships"], "agency_a", "agency_b"),
    }
