"""Coverage by hand: winter pressure, best sets that are not nested, London, what must be kept, and ways to stop."""

from __future__ import annotations

import pytest

import alignment as al
from alignment.models import System
from tests.small import measures, small, target

Found = list[tuple[int, float, tuple[str, ...]]]


@pytest.fixture(scope="module")
def winter() -> System:
    return al.read(al.example("winter-pressure"))


def points(found: al.Coverage) -> Found:
    return [(point.number, point.gap_weight, point.measures) for point in found.points]


def six() -> System:
    """Six duties in a row: broad serves the four in the middle, left the first three, right the last three."""
    speaks = {"broad": "bcde", "left": "abc", "right": "def"}
    return small(
        outcomes=[{"id": each} for each in "abcdef"],
        measures=measures(*speaks),
        captures=[
            {"measure": name, "outcome": outcome, "validity": 1} for name, each in speaks.items() for outcome in each
        ],
        targets=[target("council", name, "increase") for name in speaks],
    )


def test_winter_pressure_by_hand(winter: System) -> None:
    """14.5 of duties: 6 of staying well, 4 of home care spending, 2 of beds, 2 of operations, 0.5 of kindness."""
    found = al.coverage(winter)
    added = ["emergency-admissions", "home-care-spending", "bed-occupancy", "planned-operations", "patient-experience"]
    wanted = [8.5, 4.5, 2.5, 0.5, 0.0]
    assert points(found) == [
        (number, weight, tuple(sorted(added[:number]))) for number, weight in enumerate(wanted, start=1)
    ]
    assert [point.left_out for point in found.points] == [("trust",), ("trust",), (), (), ()]
    assert (found.weight, found.duties, found.bodies, found.least) == (14.5, 16, 4, 0.0)
    assert found.points[1].sentence == (
        "2 measures serve 69% of what bodies answer for (by weight); 6 of 16 duties and 1 body are left out: the trust."
    )
    assert found.points[2].sentence.endswith("4 of 16 duties are left out, no body altogether.")
    assert found.headline == (
        "5 measures serve all of what bodies answer for (by weight). More serve no more, fewer less: proven."
    )


def test_of_equals_the_first_by_id(winter: System) -> None:
    """Beds and planned operations weigh 2 each: the third measure is either."""
    assert "planned-operations" not in al.coverage(winter, at_most=3).points[-1].measures
    assert "planned-operations" in al.coverage(winter, at_most=3, drop="bed-occupancy").points[-1].measures


def test_best_sets_are_not_nested() -> None:
    assert points(al.coverage(six())) == [(1, 2.0, ("broad",)), (2, 0.0, ("left", "right"))]


def test_london_by_hand() -> None:
    """Delayed transfers are about smooth moves and the use of beds: two duties of each of five bodies."""
    system = al.read(al.example("london-2018"))
    found = al.coverage(system, at_most=1)
    (point,) = found.points
    assert point.measures == ("dtoc-total",)
    bodies = {body for row in system.targets if row.measure == "dtoc-total" for body in (row.agency, row.deliverer)}
    assert len(bodies) == 5
    unserved = [gap.duty for gap in al.check(system, ["dtoc-total"]).unserved]
    gaps = {(duty.agency, duty.outcome, duty.population) for duty in unserved}
    own = {(body, outcome, "adults") for body in bodies for outcome in ("smooth-moves", "bed-use")}
    # Besides: adults' moves at the ministry and the borough, where delays that are social care's show in it, and those
    # of people who apply for continuing care at the two bodies that answer for these.
    more = {(body, "smooth-moves", "adults") for body in ("mhclg", "london-borough")}
    more |= {(body, "smooth-moves", "chc-applicants") for body in ("nhs-england", "london-ccg")}
    assert not gaps & (own | more)
    assert (point.served, point.gaps, found.duties) == (len(own | more), len(gaps), 84)
    assert (point.gap_weight, found.complete, found.stopped) == (70.0, False, "finished")


def test_what_must_be_kept_is_in_every_set(winter: System) -> None:
    found = al.coverage(winter, keep=["flu-vaccination", "readmissions"])
    assert found.points[0].measures == ("flu-vaccination", "readmissions")
    assert [point.number for point in found.points] == [2, 3, 4, 5, 6]
    assert all({"flu-vaccination", "readmissions"} <= {*point.measures} for point in found.points)
    with pytest.raises(al.NoAlignedSet, match="No more than 1 measure may be kept") as caught:
        al.coverage(winter, keep=["flu-vaccination", "readmissions"], at_most=1)
    assert {wish.option for wish in caught.value.clash} == {"keep", "at_most"}


def test_what_no_candidate_serves_is_left() -> None:
    found = al.coverage(six(), drop="right")
    assert points(found) == [(1, 2.0, ("broad",)), (2, 1.0, ("broad", "left"))]
    assert (found.least, found.complete) == (1.0, True)
    nothing = al.coverage(six(), drop=["broad", "left", "right"])
    assert points(nothing) == [(1, 6.0, ())]
    assert nothing.headline == (
        "1 measure serves nothing of what bodies answer for (by weight); 6 of 6 duties and 1 body are left out: "
        "Council. No candidate serves any."
    )


def test_weights_decide_what_is_served_first() -> None:
    assert points(al.coverage(six(), weights={"council": 0.5}))[0] == (1, 1.0, ("broad",))
    # No target weighs less than a millionth.
    light = al.coverage(six(), weights={"council": 1e-6})
    assert points(light) == [(1, 2e-6, ("broad",)), (2, 0.0, ("left", "right"))]


def test_needs_and_balance_are_left_aside(winter: System) -> None:
    needy = winter.replace(agencies=[row.model_copy(update={"needs": 9}) for row in winter.agencies])
    assert points(al.coverage(needy)) == points(al.coverage(winter))
    with pytest.raises(al.UnknownWord, match="'balance' is not an option of coverage"):
        al.coverage(winter, balance=True)  # pyright: ignore[reportCallIssue]


def test_options_of_a_set_fit_where_they_ask_nothing_else(winter: System) -> None:
    assert al.coverage(winter, options=al.Options(at_most=2)) == al.coverage(winter, 2)
    with pytest.raises(al.OptionError, match="voice: is not known here"):
        al.coverage(winter, options=al.Options(voice=0.5))  # pyright: ignore[reportArgumentType]


def test_an_interrupted_search_grows_what_it_has() -> None:
    """From broad alone left is added, then right; the first point was proved before."""
    heard: list[str] = []

    def stop(words: str) -> None:
        heard.append(words)
        if words == "2 measures":
            raise KeyboardInterrupt

    found = al.coverage(six(), progress=stop)
    assert points(found) == [(1, 2.0, ("broad",)), (2, 1.0, ("broad", "left")), (3, 0.0, ("broad", "left", "right"))]
    assert [point.proven for point in found.points] == [True, False, True]
    assert (found.stopped, found.complete) == ("interrupted", False)
    assert found.headline.endswith(
        "More serve no more; fewer may serve as much. Of 3 points 1 may be better than is known."
    )
    assert "not proven" in found.to_text()


def test_tables_are_fit_for_a_chart(winter: System) -> None:
    found = al.coverage(winter)
    frame = found.to_frame()
    assert frame["number"].tolist() == [1, 2, 3, 4, 5]
    assert frame["share"].tolist() == [0.413793, 0.689655, 0.827586, 0.965517, 1.0]
    assert frame["agencies_left_out"].tolist() == [1, 1, 0, 0, 0]
    assert found.to_frame("measures").groupby("number").size().tolist() == [1, 2, 3, 4, 5]
    assert found.to_frame("agencies")["agency"].tolist() == ["trust", "trust"]
