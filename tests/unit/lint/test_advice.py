"""Each sort of advice on a system that has it and a near miss that has not; and laws of all of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, cast

import pytest
from generating.usage import used

import alignment as al
from alignment.aligned_set.standing import Standings
from alignment.conflicts.search import search_of
from alignment.lint.material import PART, SLIPS, Material
from alignment.lint.missing import LACKING, NEEDS, UNREAD, Lacking
from alignment.lint.overlaps import HALF, _guards  # pyright: ignore[reportPrivateUsage]
from alignment.models.answers.advice import Hint, Unseen
from alignment.models.options.aligned_set import Options
from alignment.models.system import TABLES
from alignment.sight import Sight
from tests.random_systems import random_system
from tests.small import Cells, measures, push, small, target
from tests.thoroughly import part_of

WAITS: Final[Cells] = {"id": "waits", "outcome": "care", "direction": "lower", "unit": "%", "baseline": 20}
CARE: Final[list[Cells]] = [{"id": "care", "dimension": "outcomes"}]


def hints(system: al.System, code: str) -> tuple[Hint, ...]:
    return tuple(hint for hint in system.advice().hints if hint.code == code)


def one(system: al.System, code: str) -> Hint:
    (hint,) = hints(system, code)
    return hint


def judged(cells: Cells, *targets: Cells, **tables: list[Cells]) -> al.System:
    """A system whose first measure is waits with other cells."""
    rows = targets or (target("trust", "waits", "at_most", 5),)
    return small(**{"outcomes": CARE, "measures": [{**WAITS, **cells}], "targets": [*rows], **tables})


# Slips

FUZZY: Final[dict[str, list[Cells]]] = {
    "outcomes": [
        {"id": "safe", "name": "People are safe", "dimension": "outcomes"},
        {"id": "value", "name": "Money is well spent", "dimension": "resource-use"},
        {"id": "heard", "name": "People feel heard", "dimension": "experience"},
    ],
    "measures": [
        {"id": "occupancy", "outcome": "value", "direction": "lower", "unit": "%", "baseline": 95},
        {"id": "long-waits", "outcome": "safe", "direction": "lower", "unit": "%", "baseline": 20},
        {"id": "home-fee", "outcome": "value", "direction": "lower", "unit": "GBP", "baseline": 700},
        {"id": "heard-share", "outcome": "heard", "direction": "higher", "unit": "%", "baseline": 60},
    ],
    "targets": [
        target("dept", "occupancy", "at_most", 92),
        target("hospital", "long-waits", "at_most", 5),
        target("borough", "home-fee", "at_most", 650),
        target("hospital", "home-fee", "at_least", 720),
        target("borough", "heard-share", "at_least", 70),
    ],
}
"""The case fuzzy-weights, with its influences apart."""


def fuzzy(*strengths: float, **cells: Any) -> al.System:
    pairs = [("occupancy", "long-waits"), ("home-fee", "occupancy"), ("heard-share", "long-waits")]
    rows = [
        {"source_measure": source, "target_measure": moved, "strength": strength, **cells}
        for (source, moved), strength in zip(pairs, strengths, strict=False)
    ]
    return small(**FUZZY, influences=rows)


def test_strengths_of_a_fuzzy_map_come_first() -> None:
    found = fuzzy(0.75, -0.6, -0.4).advice().hints[0]
    assert found.code == "fuzzy-scale"
    assert found.slip
    assert found.what == (
        "All 3 strengths of influences lie between -1 and 1, as in fuzzy maps, where the scale is -3 to 3."
    )
    # 0.75 / 3 is 0.25; 0.6 / 3 and 0.4 / 3 are no more than the tolerance of 0.2.
    assert "0.25 steps a step; 2 of them are too faint" in found.why
    assert found.rows == ("heard-share>long-waits", "home-fee>occupancy", "occupancy>long-waits")
    assert (found.touched, found.weight) == (5, 5.0)
    assert "rename the column effect" in found.remedy


@pytest.mark.parametrize(
    "system",
    [fuzzy(0.75, -0.6, -2), fuzzy(0.75, -0.6), fuzzy(0, 0, 0), fuzzy(0.75, -0.6, -0.4, effect=0.5)],
    ids=["one beyond", "only two", "all nought", "effect wins"],
)
def test_other_strengths_are_no_fuzzy_map(system: al.System) -> None:
    assert not hints(system, "fuzzy-scale")


def test_signs_alone_may_stay() -> None:
    found = one(fuzzy(1, -1, 1), "fuzzy-scale")
    assert "-1, 0 or 1" in found.what
    assert "leave them" in found.remedy


def test_a_share_among_percents() -> None:
    wished = one(judged({"baseline": 95}, target("dept", "waits", "at_most", 0.92)), "share-for-percent")
    assert (wished.table, wished.column, wished.rows) == ("targets", "value", ("dept:waits:at_most:value=0.92",))
    assert wished.remedy == "write percents, such as 92 for 0.92."
    today = one(judged({"baseline": 0.95}, target("dept", "waits", "at_most", 92)), "share-for-percent")
    assert (today.table, today.column, today.rows) == ("measures", "baseline", ("waits",))
    band = judged({"baseline": 95}, target("dept", "waits", "between", 0.9, upper=92))
    assert one(band, "share-for-percent").table == "targets"


@pytest.mark.parametrize("unit", ["% of patients", "per cent", "pct", "share of patients, %", "percentage of beds"])
def test_percents_are_told_by_any_unit_that_says_so(unit: str) -> None:
    assert hints(judged({"baseline": 95, "unit": unit}, target("dept", "waits", "at_most", 0.92)), "share-for-percent")


@pytest.mark.parametrize(
    ("cells", "wish"),
    [
        ({"baseline": 95, "unit": "index"}, target("dept", "waits", "at_most", 0.92)),
        ({"baseline": 95, "unit": "GBP per percentage point"}, target("dept", "waits", "at_most", 0.92)),
        ({"baseline": 5}, target("dept", "waits", "at_most", 0.5)),
        ({"baseline": 95}, target("dept", "waits", "decrease", 0.92)),
        ({"baseline": 0.6}, target("dept", "waits", "at_most", 0.3)),
        ({"baseline": None}, target("dept", "waits", "at_most", 0.3)),
    ],
    ids=["another unit", "so much a percent", "half a percent", "a change", "both below one", "nothing beside it"],
)
def test_small_percentages_are_no_shares(cells: Cells, wish: Cells) -> None:
    assert not hints(judged(cells, wish), "share-for-percent")


def test_a_measure_in_shares_beside_others_in_percents() -> None:
    def beside(*others: float) -> al.System:
        rows = [{"id": f"m{at}", "unit": "%", "baseline": value} for at, value in enumerate(others)]
        return small(measures=[{**WAITS, "outcome": None, "baseline": 0.9}, *rows], targets=[])

    assert one(beside(20, 30, 40), "share-for-percent").rows == ("waits",)
    assert not hints(beside(20, 30, 0.4), "share-for-percent")
    assert not hints(beside(20, 30), "share-for-percent")


def test_the_same_target_twice() -> None:
    first, again = (target("dept", "waits", "at_most", 5, id=name) for name in ("first", "again"))
    found = one(judged({}, first, {**again, "value": 5.0000000000001, "for_agency": "dept", "weight": 0.5}),
                "same-target-twice")  # fmt: skip
    assert found.rows == ("first", "again")
    assert (found.touched, found.weight) == (1, 0.5)
    for cells in ({"value": 6}, {"due": "2020"}, {"for_agency": "trust"}, {"agency": "trust"}, {"sense": "at_least"}):
        assert not hints(judged({}, first, {**again, **cells}), "same-target-twice"), cells


# Blanks


@pytest.mark.parametrize(
    ("code", "has", "has_not"),
    [
        ("no-outcome", {"outcome": None}, {}),
        ("no-direction", {"direction": None}, {"direction": "none"}),
        ("direction-none", {"direction": "none"}, {"direction": "none", "outcome": None}),
        ("direction-none", {"direction": "none"}, {"direction": "in-range"}),
        ("no-baseline", {"baseline": None}, {"baseline": 0}),
    ],
)
def test_a_blank_of_a_targeted_measure(code: str, has: Cells, has_not: Cells) -> None:
    untargeted = {"id": "spare", "name": "Spare"}
    rows = [{**WAITS, "name": "Waits", **has}, untargeted]
    found = one(judged(has, measures=rows), code)
    assert (found.table, found.rows, found.names, found.touched) == ("measures", ("waits",), ("Waits",), 1)
    assert found.weight == PART[found.code]
    assert "“Waits”" in found.what or found.what == "No targeted measure has an outcome."
    assert not hints(judged(has_not, measures=[{**WAITS, **has_not}, untargeted]), code)


def test_an_outcome_may_stand_in_captures() -> None:
    rows = [{"measure": "waits", "outcome": "care", "validity": 0.1}]
    assert not hints(judged({"outcome": None}, captures=rows), "no-outcome")


def test_due_dates_without_a_year() -> None:
    due = target("trust", "waits", "at_most", 5, due="2019-03-31")
    found = one(judged({}, due, target("dept", "waits", "at_most", 4)), "no-year")
    assert (found.touched, found.table, found.column) == (1, "about", "year")
    assert not hints(judged({}, due).replace(about={"year": 2018}), "no-year")
    assert not hints(judged({}), "no-year")


def test_a_target_that_is_met() -> None:
    found = one(
        judged({}, target("trust", "waits", "at_most", 20), target("dept", "waits", "at_most", 5)), "already-met"
    )
    assert found.rows == ("trust:waits:at_most:value=20",)
    assert "“Waits” at 20% or less (“Trust”)" in found.what
    for wish in (target("trust", "waits", "hold"), target("trust", "waits", "at_most", 19)):
        assert not hints(judged({}, wish), "already-met")


# What serves everywhere


def anywhere(population: str | None, held: str = "trust") -> al.System:
    """The trust answers for waits of the old; another measure of its may stand for it."""
    return small(
        populations=[{"id": "old"}],
        outcomes=CARE,
        measures=[{**WAITS, "population": "old"}, {**WAITS, "id": "visits", "population": population}],
        targets=[target("trust", "waits", "at_most", 5), target(held, "visits", "at_most", 5)],
    )


def test_a_blank_population_serves_any() -> None:
    found = one(anywhere(None), "any-population")
    assert (found.rows, found.touched, found.weight) == (("visits",), 1, 0.5)
    assert "it can serve 1 duty that is about some people only" in found.why
    assert not hints(anywhere("old"), "any-population")
    # Nobody but the dept sees itself in visits, and it has no duty for the old.
    assert not hints(anywhere(None, held="dept"), "any-population")


def at_tiers(reported: list[str] | None, tier: str) -> al.System:
    """The council controls visits, on which the trust has the target."""
    return small(
        tiers=[{"id": "local", "level": 2}, {"id": "front", "level": 3}],
        agencies=[{"id": "council", "tier": "local"}, {"id": "trust", "tier": tier}],
        outcomes=CARE,
        measures=[WAITS, {**WAITS, "id": "visits", **({"reported_at": reported} if reported else {})}],
        targets=[target("council", "waits", "at_most", 5), target("trust", "visits", "at_most", 5)],
        controls=[{"agency": "council", "measure": "visits", "share": 0.5}],
    )


def test_blank_tiers_serve_any() -> None:
    found = one(at_tiers(None, "front"), "any-tier")
    assert (found.rows, found.touched) == (("visits",), 1)
    assert not hints(at_tiers(["local", "front"], "front"), "any-tier")
    assert not hints(at_tiers(None, "local"), "any-tier")


def broad(*units: str, **tables: list[Cells]) -> al.System:
    names = [f"m{at}" for at in range(len(units))]
    rows = [
        {"id": name, "unit": unit, "outcome": "care", "direction": "lower"}
        for name, unit in zip(names, units, strict=True)
    ]
    wishes = [target(who, name, "decrease", population=f"p-{name}") for name in names for who in ("trust", "dept")]
    return small(
        outcomes=CARE, populations=[{"id": f"p-{name}"} for name in names], measures=rows, targets=wishes, **tables
    )


def test_an_outcome_that_unlike_measures_share() -> None:
    found = one(broad("%", "days", "GBP", "%", "days"), "broad-outcome")
    assert found.rows == ("care",)
    assert "5 targeted measures in 3 units" in found.what
    assert (found.touched, found.weight) == (10, 5.0)
    assert not hints(broad("%", "days", "GBP", "%"), "broad-outcome")
    assert not hints(broad("%", "days", "days", "%", "days"), "broad-outcome")
    names = [f"m{at}" for at in range(5)]
    apart = [
        {"measure_a": one_, "measure_b": two, "kind": "distinct"}
        for at, one_ in enumerate(names)
        for two in names[at + 1 :]
    ]
    assert not hints(broad("%", "days", "GBP", "%", "days", overlaps=apart), "broad-outcome")


# Questions


def asked(effect: float = 0.8, **tables: list[Cells]) -> al.System:
    rows = [{**WAITS, "collection": "return"}, {**WAITS, "id": "visits", "name": "Visits", "collection": "return"}]
    wishes = [target("trust", "waits", "at_most", 5), target("trust", "visits", "at_most", 5)]
    return small(
        **{
            "outcomes": CARE,
            "collections": [{"id": "return"}],
            "measures": rows,
            "targets": wishes,
            "influences": [push("waits", "visits", effect)],
            **tables,
        }
    )


def test_what_the_tables_leave_open_is_asked() -> None:
    found = one(asked(), "overlap-not-told")
    assert found.what == "Would at least half of the people or events in “Waits” be counted in “Visits”?"
    assert (found.table, found.rows, found.touched) == ("overlaps", ("waits", "visits"), 1)
    money = [{**WAITS, "collection": "return", "unit": "GBP m"}, {**WAITS, "id": "visits", "collection": "return"}]
    assert "half of the money in" in one(asked(measures=money), "overlap-not-told").what


@pytest.mark.parametrize("kind", ["same", "part", "shared", "complementary", "distinct"])
@pytest.mark.parametrize("turned", [False, True])
def test_what_overlaps_say_is_not_asked(kind: str, turned: bool) -> None:
    ends = ("visits", "waits") if turned else ("waits", "visits")
    rows = [{"measure_a": ends[0], "measure_b": ends[1], "kind": kind}]
    assert not hints(asked(overlaps=rows), "overlap-not-told")


def test_what_says_less_than_half_is_not_asked() -> None:
    assert not hints(asked(0.4), "overlap-not-told")
    apart = asked(measures=[WAITS, {**WAITS, "id": "visits"}])
    assert not hints(apart, "overlap-not-told")  # half of 0.8, as they come from no known return


def test_a_guard_is_not_asked_about() -> None:
    rows = [{**WAITS, "collection": "return"}, {**WAITS, "id": "visits", "collection": "return"}, *measures("income")]
    wishes = [target("trust", name, "at_most", 5) for name in ("waits", "visits")]
    wishes.append(target("dept", "income", "increase"))
    pushes = [push("waits", "visits", 0.8), push("income", "waits", 0.9)]
    assert not hints(asked(measures=rows, targets=wishes, influences=pushes), "overlap-not-told")
    assert hints(asked(measures=rows, targets=wishes, influences=pushes[:1]), "overlap-not-told")


@pytest.mark.parametrize("seed", part_of(range(200)))
def test_questions_are_those_of_every_standing(seed: int) -> None:
    system, options = random_system(seed), Options()
    sight = Sight(system, options)
    standings = Standings(sight, search_of(system, options.tolerance, options.steps, options.decay))
    index, expected = sight.index, set[tuple[str, str]]()
    declared = {frozenset((row.measure_a, row.measure_b)) for row in system.overlaps}
    for voiced in standings.voiced:
        for other, standing in standings.of(voiced.agency, voiced.measure).items():
            pair = index.measures[voiced.measure].id, index.measures[other].id
            if standing.ground in ("shows", "speaks") and standing.size >= HALF and frozenset(pair) not in declared:
                expected |= {pair} if other in index.by_measure else set()
    found = [hint.rows for hint in hints(system, "overlap-not-told")]
    assert len(found) == min(len(expected), 5)
    assert set(found) <= expected
    every = frozenset(range(len(index.measures)))
    assert _guards(Material(system), every) == standings.guards


# What is missing, unread, unused


def test_what_nothing_reads_is_what_the_docs_say() -> None:
    unread = {table for table in TABLES if not any(by for (each, _), by in used().items() if each == table)}
    assert unread == set(UNREAD)


def test_a_table_that_is_read_by_nothing() -> None:
    rows = [{"measure": "waits", "area": "north", "period": "2019", "value": 1}]
    found = one(judged({}, series=rows), "unread-table")
    assert (found.table, found.weight, found.touched) == ("series", 0, 0)
    assert "(1 row)" in found.what
    assert not hints(judged({}), "unread-table")


def test_rows_that_no_row_names() -> None:
    people = [{"id": "old"}, {"id": "all"}, {"id": "young", "parent": "all"}]
    found = one(judged({"population": "old"}, populations=people), "unused-rows")
    assert (found.table, found.rows) == ("populations", ("young",))
    named = target("trust", "waits", "at_most", 5, population="young")
    assert not hints(judged({"population": "old"}, named, populations=people), "unused-rows")


@cache
def filled() -> al.System:
    """London with what it lacks, and a body that must deliver what only others are said to move."""
    london = al.read(al.example("london-2018"))
    return london.replace(
        measures=[{**row.model_dump(), "aggregate": "mean"} for row in london.measures],
        finances=[{"agency": "london-borough", "item": "nea", "year": 2018, "cost": 1, "saving": 0}],
        controls=[row for row in london.controls if row.agency != "london-borough"],
    )


@pytest.mark.parametrize("lacking", LACKING, ids=lambda each: f"{each.table}.{each.column or ''}")
def test_what_is_there_is_not_missing(lacking: Lacking) -> None:
    def told(system: al.System) -> bool:
        return any(
            (hint.table, hint.column) == (lacking.table, lacking.column) and hint.code.startswith("missing")
            for hint in system.advice().hints
        )

    assert not told(filled())
    assert told(emptied(filled(), lacking.table, lacking.column))


def test_an_aggregate_is_missing_only_where_two_tiers_want_a_measure() -> None:
    def found(tier: str) -> bool:
        system = judged(
            {},
            target("trust", "waits", "at_most", 5),
            target("dept", "waits", "at_most", 5),
            tiers=[{"id": "top", "level": 0}, {"id": "front", "level": 1}],
            agencies=[{"id": "trust", "tier": "front"}, {"id": "dept", "tier": tier}],
        )
        return any(hint.column == "aggregate" for hint in system.advice().hints)

    assert found("top")
    assert not found("front")


def stripped() -> Iterator[al.System]:
    """Random systems, whole and without one table or column that some kind needs."""
    for seed in part_of(range(60)):
        system = random_system(seed)
        yield system
        for lack in sorted({lack for groups in NEEDS.values() for group in groups for lack in group}, key=str):
            yield emptied(system, *lack)


def emptied(system: al.System, table: str, column: str | None) -> al.System:
    document: dict[str, Any] = {name: [row.model_dump() for row in system.table(name)] for name in TABLES}
    if (table, column) == ("outcomes", None):
        document["captures"] = []
        document["measures"] = [{**row, "outcome": None} for row in document["measures"]]
    if table == "resources":
        document["draws"] = []
    if table == "populations":
        for name in ("measures", "targets", "pathways"):
            document[name] = [{**row, "population": None} for row in document[name]]
    document[table] = [] if column is None else [{**row, column: None} for row in document[table]]
    return al.System.model_validate(document)


def test_of_a_kind_that_cannot_be_seen_there_is_no_finding() -> None:
    seen = set[str]()
    for system in stripped():
        blind = {each.kind for each in system.advice().unseen}
        found = {each.kind for each in al.find_conflicts(system)}
        assert not blind & found
        seen |= blind
    assert seen >= set(NEEDS) - {"capacity"}


def test_what_a_kind_lacks_is_named() -> None:
    found = judged({}).advice().unseen
    assert Unseen(kind="torn", table="influences", column=None) in found
    assert {each.kind for each in found} == set(NEEDS) - {"against-people", "joint", "unowned"}
    assert "spillover, unguarded, torn (no influences)" in judged({}).advice().to_text(1000)


# All of it


def test_a_system_of_which_there_is_nothing_to_advise() -> None:
    found = small(agencies=[{"id": "trust"}], measures=[WAITS], outcomes=CARE, targets=[]).advice()
    assert found.hints == ()
    assert found.to_text().startswith("Nothing to advise.\n")
    assert found.to_frame().empty
    assert list(found.to_frame().columns)[:3] == ["place", "code", "what"]


def shuffled(system: al.System, seed: int) -> al.System:
    draw = random.Random(seed)
    tables = {name: draw.sample(rows, len(rows)) for name in TABLES if (rows := system.table(name))}
    return system.replace(**cast("Any", tables))


@pytest.mark.parametrize("seed", part_of(range(40)))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    system = random_system(seed)
    assert shuffled(system, seed).advice() == system.advice()


def test_london_does_not_depend_on_the_order_of_rows_either() -> None:
    london = al.read(al.example("london-2018"))
    assert shuffled(london, 1).advice() == london.advice()


@pytest.mark.parametrize("seed", part_of(range(60)))
def test_weights_and_order(seed: int) -> None:
    system = random_system(seed)
    found = system.advice().hints
    order = [(not hint.slip, -hint.weight) for hint in found]
    assert order == sorted(order)
    whole = sum(1.0 if row.weight is None else row.weight for row in system.targets)
    for hint in found:
        assert hint.slip == (hint.code in SLIPS)
        assert hint.weight <= PART[hint.code] * whole + 1e-6
        assert hint.touched <= len(system.targets)
        assert len(hint.rows) == len(hint.names)
        assert hint.table == "about" or hint.table in TABLES


def test_london() -> None:
    london = al.read(al.example("london-2018"))
    found = london.advice()
    first = found.hints[0]
    assert first.code == "no-baseline"
    bare = {row.id for row in london.measures if row.baseline is None}
    wishes = [row for row in london.targets if row.measure in bare]
    assert set(first.rows) == {row.measure for row in wishes}
    assert (first.touched, first.weight) == (len(wishes), sum(row.weight or 1 for row in wishes) / 2)
    assert [(each.kind, each.column) for each in found.unseen] == [("cascade", "aggregate")]
    assert not any(hint.slip for hint in found.hints)
    asked_of = [hint.rows for hint in found.hints if hint.code == "overlap-not-told"]
    assert asked_of == [("chc-spend", "ccg-finance")]
    assert "half of the money in" in next(hint.what for hint in found.hints if hint.code == "overlap-not-told")


def test_the_text_is_short_and_says_where_the_rest_is() -> None:
    system = fuzzy(0.75, -0.6, -0.4)
    found = system.advice()
    text = found.to_text(80)
    assert len(found.hints) == 11
    assert "\n10. " in text
    assert "\n11. " not in text
    assert text.endswith("\n1 more: --show advice")
    assert max(map(len, text.splitlines())) <= 80
    assert len(found.to_frame()) == 11


def test_validate_ends_with_the_first_three() -> None:
    system = fuzzy(0.75, -0.6, -0.4)
    found = al.validate(system)
    assert found.advice == system.advice().hints[:3]
    assert found.pieces == 11
    text = found.to_text(80)
    assert "as in fuzzy maps" in " ".join(text.split())
    assert text.endswith("\n8 more, and why: alignment advice")
    assert all(hint.remedy in " ".join(text.split()) for hint in found.advice)
    nothing = al.validate(small(agencies=[{"id": "trust"}], measures=[WAITS], outcomes=CARE, targets=[]))
    assert (nothing.advice, nothing.pieces) == ((), 0)
    assert nothing.to_text().splitlines()[-1].startswith("hash ")


# Levels


def levelled(*levels: Cells, **cells: Any) -> al.System:
    """Waits, which the trust delivers, with levels at agencies."""
    rows = [{"measure": "waits", "agency": "trust", "value": 7, **row} for row in levels]
    return judged(cells, levels=rows)


def test_a_level_that_says_what_the_baseline_says() -> None:
    found = one(levelled({}, baseline=7), "level-as-baseline")
    assert found.what == "1 row of levels says what the baseline says: “Waits” at Trust."
    assert (found.table, found.column, found.rows, found.weight) == ("levels", "value", ("waits|trust",), 0)
    assert not hints(levelled({}, baseline=8), "level-as-baseline")
    assert not hints(levelled({}, baseline=8), "unused-rows")


def test_levels_that_no_target_is_told_from() -> None:
    system = levelled({"period": "2018"}, {"period": "2019"}, baseline=8)
    found = one(system, "unused-rows")
    assert found.what == "1 row of levels is used by no target: “Waits” at Trust in 2018."
    elsewhere = judged(
        {"baseline": 8},
        agencies=[{"id": "council", "name": "The council"}],
        levels=[{"measure": "waits", "agency": "council", "value": 7}],
    )
    assert one(elsewhere, "unused-rows").rows == ("waits|council",)


def test_a_level_is_as_good_as_a_baseline() -> None:
    assert one(judged({"baseline": None}), "no-baseline").touched == 1
    assert not hints(levelled({}, baseline=None), "no-baseline")
    both = judged(
        {"baseline": None},
        target("trust", "waits", "at_most", 5),
        target("council", "waits", "at_most", 5),
        levels=[{"measure": "waits", "agency": "trust", "value": 7}],
    )
    found = one(both, "no-baseline")
    assert (found.touched, found.rows) == (1, ("waits",))
    assert found.remedy.endswith("; where it differs from body to body, as a row of levels for each.")
    assert {
        (each.kind, each.table) for each in al.advice(judged({"baseline": None})).unseen if each.kind == "joint"
    } == {
        ("joint", "measures"),
        ("joint", "levels"),
    }
    assert not [each for each in al.advice(both).unseen if each.kind == "joint"]


def test_a_level_like_a_share_among_percents() -> None:
    found = one(levelled({"value": 0.9}, unit="%", baseline=88), "share-for-percent")
    assert found.what == "1 level looks like a share in a column of percents: “Waits” at 0.9 (Trust)."
    assert found.table == "levels"
    assert not hints(levelled({"value": 90}, unit="%", baseline=88), "share-for-percent")
