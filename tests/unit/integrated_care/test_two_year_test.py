"""What would tell in two years, by hand on a place of one measure and its changes."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.models import System
from tests.small import Cells, push, small, target


def place(measure: Cells | None = None, targets: list[Cells] | None = None, **more: Any) -> System:
    """A measure in 2030 with a value asked for by 2031, and an outcome that is looked at in 2032."""
    tables: dict[str, Any] = {
        "outcomes": [{"id": "care", "success": "Seen in time", "failure": "Not seen", "review_year": 2032}],
        "measures": [
            {"id": "waits", "outcome": "care", "direction": "lower", "baseline": 20, "unit": "days", **(measure or {})},
            {"id": "staff", "direction": "higher"},
        ],
        "targets": targets if targets is not None else [target("trust", "waits", "at_most", 10, due="2031")],
        **more,
    }
    system = small(**tables)
    return system.replace(about={"year": 2030})


def read(system: System, **options: Any) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    (row,) = al.two_year_test(system, ["waits"], **options).measures
    return row.telling, row.lacks, row.late


def test_a_baseline_and_a_value_in_time_tell() -> None:
    (row,) = al.two_year_test(place(), ["waits"]).measures
    assert (row.telling, row.today, row.wanted, row.due) == ("tells", "20 days", "10 days or less", "2031")
    assert (row.outcome, row.success, row.failure, row.review_year) == ("care", "Seen in time", "Not seen", 2032)
    assert row.smallest is None
    assert al.two_year_test(place(), ["waits"]).paragraph == (
        "The one kept measure would tell within two years whether things go well or badly, noise apart. The first to "
        "look at is “Waits”: 20 days today (the one figure for all); the target of Trust is 10 days or less by 2031."
    )


def test_without_a_baseline_it_cannot() -> None:
    found = al.two_year_test(place({"baseline": None}), ["waits"])
    assert found.measures[0].lacks == ("baseline",)
    assert found.paragraph == (
        "The one kept measure would not tell within two years whether things go well or badly, noise apart. 1 cannot "
        "tell, as the table has no baseline (column baseline of measures): “Waits”."
    )
    assert found.missing[0] == (
        "The column baseline of measures is blank for “Waits”: it would say what is to be bettered."
    )


def test_words_do_where_there_is_no_value_and_only_both() -> None:
    # A way alone is no value: the outcome has to say what success and failure are.
    way = [target("trust", "waits", "decrease")]
    assert read(place(targets=way)) == ("tells", (), ())
    half = [{"id": "care", "success": "Seen in time", "review_year": 2032}]
    assert read(place(targets=way, outcomes=half)) == ("cannot", ("failure",), ())
    assert read(place(targets=way, outcomes=[{"id": "care"}]))[1] == ("success", "failure")
    # With a value nobody needs the words.
    assert read(place(outcomes=[{"id": "care"}])) == ("tells", (), ())


def test_due_in_the_second_year_is_in_time_and_later_is_not() -> None:
    # 2030 and two years is 2032; a financial year 2032/33 ends in 2033.
    def due(when: str | None, **options: Any) -> tuple[str, ...]:
        return read(place(targets=[target("trust", "waits", "at_most", 10, due=when)]), **options)[2]

    assert due("2032") == ()
    assert due("2032/33") == ("its target is due by 2032/33 (Trust)",)
    assert due("2032/33", years=3) == ()
    # A value without a date can be read in any year, whenever the review of the outcome is.
    assert due(None) == due(None, years=1) == ()


def test_the_review_counts_where_success_is_told_in_words_alone() -> None:
    # A way alone is no value. The review of 2032 comes in time, but not after one year, unless the way has a date.
    way = [target("trust", "waits", "decrease")]
    assert read(place(targets=way)) == ("tells", (), ())
    assert read(place(targets=way), years=1)[2] == ("success is told in words alone, and its review is 2032",)
    assert read(place(targets=[{**way[0], "due": "2031"}]), years=1) == ("tells", (), ())


def test_a_milestone_in_time_takes_the_place_of_a_target_that_comes_too_late() -> None:
    steps = [
        target("trust", "waits", "at_most", 15, due="2031"),
        target("trust", "waits", "at_most", 13, due="2032"),
        target("trust", "waits", "at_most", 10, due="2035"),
    ]
    (row,) = al.two_year_test(place(targets=steps), ["waits"]).measures
    assert (row.telling, row.wanted, row.due) == ("tells", "13 days or less", "2032")
    assert row.others == ("10 days or less (Trust, by 2035)", "15 days or less (Trust, by 2031)")
    # What lapsed before today is no milestone, nor is what was only inferred.
    gone = [
        target("trust", "waits", "at_most", 15, due="2029"),
        target("trust", "waits", "at_most", 13, due="2032", revealed=True),
        target("trust", "waits", "at_most", 10, due="2035"),
    ]
    assert read(place(targets=gone)) == ("late", (), ("its target is due by 2035 (Trust)",))


def test_every_date_that_comes_too_late_is_told() -> None:
    # The mayor only says which way, the trust how far: both count, and the mayor's comes first. In time it is enough
    # that one of them is.
    way = target("mayor", "waits", "decrease", due="2034-07-31")
    far = target("trust", "waits", "at_most", 10, due="2035")
    assert read(place(targets=[far, way]))[2] == (
        "its targets are due by the end of July 2034 (Mayor) and 2035 (Trust)",
    )
    assert read(place(targets=[far, {**way, "due": "2031"}]))[2] == ()


def test_an_ask_without_authority_is_no_target() -> None:
    # The trust answers to the board, not to the firm. Where the board sets one, that counts, however weak and late.
    ask = target("firm", "waits", "at_most", 5, for_agency="trust", due="2031")
    lines = [{"agency": "trust", "answers_to": "board", "kind": "statutory"}]
    agencies = [{"id": name} for name in ("board", "firm", "trust")]
    found = al.two_year_test(place(targets=[ask], accountability=lines, agencies=agencies), ["waits"])
    (row,) = found.measures
    assert (row.basis, row.whose, row.bodies) == ("asked", ("Firm",), 0)
    assert row.test == "20 days today; 5 days or less (asked by Firm, by 2031)"
    assert "20 days today (the one figure for all); Firm asks for 5 days or less by 2031." in found.paragraph
    own = target("board", "waits", "at_most", 12, for_agency="trust", due="2032", weight=0.1)
    (row,) = al.two_year_test(place(targets=[ask, own], accountability=lines, agencies=agencies), ["waits"]).measures
    assert (row.basis, row.wanted, row.whose, row.bodies) == ("set", "12 days or less", ("Board",), 2)
    # What was only inferred nobody asks for: the words of the outcome have to do.
    seen = target("trust", "waits", "at_most", 5, revealed=True)
    (row,) = al.two_year_test(place(targets=[seen]), ["waits"]).measures
    assert (row.wanted, row.test) == (None, "20 days today; success: Seen in time")


def test_what_is_met_today_is_told_as_met() -> None:
    # 20 is at most 25; a change from today cannot be met yet.
    met = al.two_year_test(place(targets=[target("trust", "waits", "at_most", 25)]), ["waits"])
    assert (met.measures[0].met, met.measures[0].test) == (True, "20 days today, which meets 25 days or less (Trust)")
    assert met.paragraph == (
        "The one kept measure would tell within two years whether things go well or badly, noise apart. One of these "
        "is where its target wants it: “Waits”."
    )
    assert al.two_year_test(place(), ["waits"]).measures[0].met is False
    change = place(targets=[target("trust", "waits", "decrease", 2)])
    assert al.two_year_test(change, ["waits"]).measures[0].met is None


def test_the_level_of_whoever_has_to_deliver_counts() -> None:
    # The trust is at 8, for all it is 20: the trust's target of 10 is met. Without any baseline its level is enough.
    own = [{"measure": "waits", "agency": "trust", "value": 8}]
    for baseline in (20, None):
        (row,) = al.two_year_test(place({"baseline": baseline}, levels=own), ["waits"]).measures
        assert (row.today, row.today_at, row.met) == ("8 days", ("Trust",), True)
        assert row.test == "8 days today at Trust, which meets 10 days or less (Trust, by 2031)"
    # Two bodies with one ask stand at 8 and at 20, the one figure for all: that is not met by both.
    both = [target(who, "waits", "at_most", 10, due="2031") for who in ("council", "trust")]
    (row,) = al.two_year_test(place(targets=both, levels=own), ["waits"]).measures
    assert (row.today, row.today_at, row.met) == ("8 to 20 days", ("Trust",), False)


def test_the_first_to_look_at_is_what_most_bodies_work_to() -> None:
    # Staff is the council's and the trust's, waits the trust's alone, though it weighs more.
    system = place(
        measures=[
            {"id": "waits", "direction": "lower", "baseline": 20},
            {"id": "staff", "direction": "higher", "baseline": 5},
        ],
        outcomes=[],
        targets=[
            target("trust", "waits", "at_most", 10, due="2031"),
            *(target(who, "staff", "at_least", 9, due="2031", weight=0.2) for who in ("council", "trust")),
        ],
    )
    found = al.two_year_test(system.replace(about={"year": 2030}), ["waits", "staff"])
    assert [(row.measure, row.bodies) for row in found.measures] == [("staff", 2), ("waits", 1)]
    assert found.paragraph.endswith(
        "The first to look at is “Staff”: 5 today (the one figure for all); the target of Council and Trust is 9 or "
        "more by 2031."
    )


@pytest.mark.parametrize(
    ("effect", "lag", "late"),
    [
        (-1, 3, ("what should move it takes 3 years to show",)),
        (-1, 2, ()),
        (-1, None, ()),
        (1, 3, ()),  # more staff, longer waits: nothing that should move it
    ],
)
def test_what_should_move_it_takes_time(effect: float, lag: float | None, late: tuple[str, ...]) -> None:
    system = place(influences=[push("staff", "waits", effect, lag_years=lag)])
    assert read(system)[2] == late


def test_the_shortest_lag_counts_and_a_window_adds_to_it() -> None:
    # One year to show and a reading over 18 months are two and a half; with a year's window two, in time.
    rows = [push("staff", "waits", -1, lag_years=5), push("staff", "waits", -0.5, lag_years=1)]
    assert read(place(influences=rows)) == ("tells", (), ())
    assert read(place({"window": "18 months to March"}, influences=rows))[2] == (
        "what should move it takes 1 year to show",
        "a reading takes in 1.5 years",
    )
    assert read(place({"window": "12 months to March"}, influences=rows))[2] == ()
    assert read(place({"window": "each winter"}, influences=rows))[2] == ()


def test_without_a_year_no_date_is_too_late_and_it_says_so() -> None:
    system = place(targets=[target("trust", "waits", "at_most", 10, due="2099")]).replace(about={})
    found = al.two_year_test(system, ["waits"])
    assert found.measures[0].telling == "tells"
    assert found.missing[0].startswith("About has no year")


def test_nothing_kept_tells_nothing() -> None:
    found = al.two_year_test(place(), [])
    assert (found.paragraph, found.missing) == ("No measure is kept, so nothing would tell success or failure.", ())


def test_a_measure_that_nobody_wants_is_read_by_the_words_of_its_outcome() -> None:
    (row,) = al.two_year_test(place({"outcome": None}, captures=[]), ["staff"]).measures
    assert (row.telling, row.lacks) == ("cannot", ("baseline", "success", "failure"))
    assert (row.wanted, row.targets, row.weight) == (None, (), 0)


def test_the_order_of_measures_is_by_bodies_and_the_order_of_rows_changes_nothing() -> None:
    system = al.read("london-2018")
    measures = [row.id for row in system.measures]
    found = al.two_year_test(system, measures)
    kinds = ["cannot", "late", "tells"]
    order = [
        (kinds.index(row.telling), -row.bodies, -len(row.targets), -row.weight, row.measure) for row in found.measures
    ]
    assert order == sorted(order)
    assert {row.measure for row in found.measures} == set(measures)
    turned = system.replace(influences=system.influences[::-1], targets=system.targets[::-1])
    assert al.two_year_test(turned, measures[::-1]) == found


def test_noise_is_not_judged_and_it_says_so() -> None:
    rows = [{"measure": "waits", "area": "here", "period": "2029", "value": 20}]
    for system, word in ((place(), "there are no readings"), (place(series=rows), "there are readings")):
        assert word in al.two_year_test(system, ["waits"]).missing[-1]
