"""When it pays, and whom: sums by hand."""

from __future__ import annotations

import pytest

import alignment as al
from alignment.models import System
from tests.small import Cells, small, target


def money(agency: str, *years: tuple[int, float, float], item: str = "home team") -> list[Cells]:
    """Rows of finances: year, cost, saving."""
    return [{"agency": agency, "item": item, "year": y, "cost": cost, "saving": saving} for y, cost, saving in years]


def place(*rows: Cells, currency: str | None = None) -> System:
    """A council and a trust, judged on one measure each, and what it costs whom."""
    system = small(
        measures=[{"id": "visits"}, {"id": "beds"}],
        targets=[target("council", "visits", "increase"), target("trust", "beds", "decrease")],
        finances=list(rows),
    )
    return system.replace(about={"currency": currency})


def test_sums_by_hand() -> None:
    # Council: -300, -200 + 50, 0 + 150: -300, -450, -300. Trust: -100, +300, +400: -100, 200, 600.
    # Together: -400, -250, 300. The council is behind for good, most in 2021.
    system = place(
        *money("council", (2020, 300, 0), (2021, 200, 50), (2022, 0, 150)),
        *money("trust", (2020, 100, 0), (2021, 0, 300), (2022, 0, 400)),
    )
    found = al.payback(system)
    every, council, trust = found.bodies
    assert [row.cumulative for row in found.years] == [-400, -250, 300, -300, -450, -300, -100, 200, 600]
    assert (every.agency, every.cost, every.saving, every.net) == (None, 600, 900, 300)
    assert (every.deepest, every.deepest_year, every.break_even) == (400, 2020, 2022)
    assert (council.agency, council.net, council.deepest, council.deepest_year) == ("council", -300, 450, 2021)
    assert (council.break_even, council.purse) == (None, "pays more than it gains")
    assert (trust.net, trust.break_even, trust.purse) == (600, 2021, "gains more than it pays")
    assert council.rows == ("council|home team|2020", "council|home team|2021", "council|home team|2022")
    assert found.paragraph == (
        "Taken together it pays from 2022 on: 600 spent and 900 saved by 2022. At the deepest, in 2020, 400 is paid "
        "and not yet saved. Council pays 300 more than it saves by 2022; Trust gains 600 more than it pays. If Trust "
        "passed 300 on, nobody would be worse off."
    )
    assert found.missing == ("about has no currency: it would say what the sums are counted in.",)


def test_it_breaks_even_when_it_stays_so_and_a_year_without_rows_changes_nothing() -> None:
    # Council: -10, +30 = 20, -40 = -20, (no row) -20, +20 = 0: even only from 2024, though it was ahead in 2021.
    system = place(
        *money("council", (2020, 10, 0), (2021, 0, 30), (2022, 40, 0), (2024, 0, 20)), *money("trust", (2023, 0, 0))
    )
    found = al.payback(system)
    council = next(row for row in found.bodies if row.agency == "council")
    assert [row.cumulative for row in found.years if row.agency == "council"] == [-10, 20, -20, -20, 0]
    assert (council.break_even, council.deepest, council.deepest_year) == (2024, 20, 2022)
    assert council.purse == "comes out even"
    assert "Everybody who pays first has it back by 2024." in found.paragraph


def test_later_money_counts_less() -> None:
    # At 10% a year 121 in two years is worth 100: even; at any more it is not.
    rows = money("council", (2020, 100, 0), (2022, 0, 121))
    even = al.payback(place(*rows), discount=0.1).bodies[1]
    assert (even.saving, even.net, even.break_even) == (100, 0, 2022)
    assert al.payback(place(*rows), discount=0.11).bodies[1].break_even is None
    assert al.payback(place(*rows)).bodies[1].net == 21
    assert "Money counts 10% less for each year that it comes later than 2020." in (
        al.payback(place(*rows), discount=0.1).paragraph
    )


def test_who_only_pays_and_who_only_gains() -> None:
    system = place(*money("council", (2020, 5e6, 0)), *money("trust", (2021, 0, 3e6)), currency="GBP")
    found = al.payback(system)
    assert [(row.agency, row.purse) for row in found.bodies[1:]] == [("council", "only pays"), ("trust", "only gains")]
    assert found.paragraph == (
        "Taken together it has not paid by 2021, the last year that is told: GBP 2 million is still to be saved. At "
        "the deepest, in 2020, GBP 5 million is paid and not yet saved. Council pays GBP 5 million and saves nothing "
        "by 2021; Trust gains GBP 3 million and pays nothing. What is gained does not make up for the GBP 5 "
        "million that is lost."
    )
    # Who never is behind is even from the first year that is told.
    assert (found.bodies[2].break_even, found.bodies[2].deepest, found.bodies[2].deepest_year) == (2020, 0, None)


def test_nobody_gains_and_it_never_costs() -> None:
    assert "Council pays 5 and saves nothing by 2020, and nobody gains." in (
        al.payback(place(*money("council", (2020, 5, 0)))).paragraph
    )
    assert al.payback(place(*money("council", (2020, 5, 9)))).paragraph == (
        "Taken together it never costs more than it has saved: 9 by 2020, for 5."
    )


def test_what_is_missing_is_named() -> None:
    found = al.payback(place(*money("council", (2020, 5, 9)), currency="GBP"))
    (said,) = found.missing
    assert said == (
        "1 body with targets, payments or control has no row in finances (Trust): what it costs or spares them is not "
        "known, and may be nothing."
    )
    empty = al.payback(al.read("winter-pressure"))
    assert (empty.bodies, empty.years) == ((), ())
    (said,) = empty.missing
    assert said == (
        "The table finances is empty: a row for each agency, item and year, with cost and saving, would tell when it "
        "pays, and whom."
    )
    # One plain line, of whom to ask: the council pays for the hours of home care, the one resource that is drawn on.
    assert str(empty) == (
        "What aligning costs and saves whom is not known (0 rows of finances): ask the\ncouncil for costs and savings."
    )
    assert (empty.needs, found.needs) == ("finances", None)
    assert len(empty.to_frame("years")) == 0


@pytest.mark.parametrize("table", ["bodies", "years"])
def test_the_order_of_rows_changes_nothing(table: str) -> None:
    rows = [
        *money("council", (2020, 0.1, 0), (2021, 0.2, 0.7), item="a"),
        *money("council", (2020, 0.3, 0), item="b"),
        *money("trust", (2021, 0, 0.1)),
    ]
    one, two = al.payback(place(*rows)), al.payback(place(*rows[::-1]))
    assert one == two
    assert one.to_frame(table).equals(two.to_frame(table))
