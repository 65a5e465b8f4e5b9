"""The brute-force oracle against cases worked out by hand from decision 4, as nothing else would find it wrong."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from alignment.models import System
from alignment.models.options.aligned_set import Options
from tests.oracle import Oracle
from tests.small import Cells, measures, push, small, target

TRUST_CARE = ("trust", "care", None)
"""The duty of the trust for an outcome of everyone."""


def wish(agency: str, measure: str, sense: str = "increase", value: float | None = None, **cells: Any) -> Cells:
    """A target with an id, as the oracle knows targets by it."""
    return target(agency, measure, sense, value, id=f"{agency}-{measure}-{sense.replace('_', '-')}", **cells)


def overlap(one: str, two: str, kind: str, share: float | None = None) -> Cells:
    return {"measure_a": one, "measure_b": two, "kind": kind, "share": share}


def speaks(measure: str, outcome: str, validity: float) -> Cells:
    return {"measure": measure, "outcome": outcome, "validity": validity}


def control(agency: str, measure: str, share: float) -> Cells:
    return {"agency": agency, "measure": measure, "share": share}


def place(**tables: Any) -> System:
    """Outcomes care and money, a survey and a return, old people among all; of `year`, where it is given."""
    year = tables.pop("year", None)
    system = small(
        **{
            "outcomes": [{"id": "care"}, {"id": "money"}],
            "collections": [{"id": "survey"}, {"id": "return"}],
            "populations": [{"id": "all"}, {"id": "old", "parent": "all"}],
            **tables,
        }
    )
    return system if year is None else System.model_validate({**dict(system), "about": {"year": year}})


def pair(n: Cells | None = None, m: Cells | None = None, *, held: bool = True, **tables: Any) -> System:
    """Measures n and m of care, from one survey, higher is better; the trust wants n, and m where it is held."""
    common = {"outcome": "care", "direction": "higher", "collection": "survey"}
    wishes = [wish("trust", "n"), *([wish("trust", "m")] if held else [])]
    rows = [{"id": "n", **common, **(n or {})}, {"id": "m", **common, **(m or {})}]
    return place(**{"measures": rows, "targets": wishes, **tables})


def standing(system: System, agency: str = "trust", **options: Any) -> int:
    """How far m says n to the trust."""
    asked = Options(**options)
    return Oracle(system, asked.tolerance, asked).standing(agency, "n", "m", asked)


# Standing: its grounds


@pytest.mark.parametrize(
    ("row", "held", "not_held"),
    [
        (overlap("n", "m", "same"), 1_000_000, 500_000),
        (overlap("m", "n", "same", 0.7), 700_000, 350_000),
        (overlap("n", "m", "part"), 500_000, 250_000),
        (overlap("n", "m", "part", 0.3), 500_000, 250_000),  # a part is at least half said by its whole
        (overlap("n", "m", "part", 0.8), 800_000, 400_000),
        (overlap("m", "n", "part", 0.8), 0, 0),  # never the whole for the part
        (overlap("n", "m", "shared"), 250_000, 125_000),
        (overlap("m", "n", "shared", 0.6), 600_000, 300_000),
        (overlap("n", "m", "same", 0), 0, 0),
        (overlap("n", "m", "complementary", 0.9), 0, 0),
        (overlap("n", "m", "distinct", 0.9), 0, 0),
    ],
)
def test_what_is_declared(row: Cells, held: int, not_held: int) -> None:
    # Neither collections nor outcomes matter to what is declared.
    assert standing(pair(m={"collection": "return", "outcome": "money"}, overlaps=[row])) == held
    assert standing(pair(overlaps=[row], held=False)) == not_held


def test_a_measure_says_itself_whoever_can_read_it() -> None:
    oracle = Oracle(pair({"direction": None}), 0.2)
    assert oracle.standing("trust", "n", "n", Options()) == 1_000_000
    assert standing(pair()) == 0  # only of one outcome, in sight: a side that counts nothing


@pytest.mark.parametrize(
    ("effect", "n", "m", "held", "wanted"),
    [
        (0.4, {}, {}, True, 400_000),
        (0.4, {}, {}, False, 200_000),
        (0.4, {}, {"collection": "return"}, True, 200_000),
        (0.4, {}, {"collection": "return"}, False, 100_000),
        (0.4, {"collection": None}, {"collection": None}, True, 200_000),  # not known to be one collection
        (1 / 3, {}, {}, True, 333_333),
        (2.0, {}, {}, True, 1_000_000),  # never more than all
        (0.2, {}, {}, True, 200_000),  # the tolerance itself shows
        (0.19, {}, {}, True, 0),
        (-0.4, {}, {"direction": "lower"}, True, 400_000),
        (0.4, {}, {"direction": "lower"}, True, 0),  # looks worse as n gets better
        (0.4, {}, {"direction": "in-range"}, True, 0),
        (0.4, {}, {"outcome": "money"}, True, 0),
        (0.4, {"outcome": None}, {"outcome": None}, True, 0),
    ],
)
def test_progress_that_shows(effect: float, n: Cells, m: Cells, held: bool, wanted: int) -> None:
    assert standing(pair(n, m, held=held, influences=[push("n", "m", effect)])) == wanted


def test_an_outcome_that_both_only_speak_for_is_common() -> None:
    rows = [speaks("n", "care", 0.6), speaks("m", "care", 0.6)]
    system = pair({"outcome": None}, {"outcome": "money"}, captures=rows, influences=[push("n", "m", 0.9)])
    assert standing(system) == 900_000
    # At a higher theta neither captures it: nothing is shown, nothing is said.
    assert standing(system, theta=0.61) == 0


@pytest.mark.parametrize(
    ("lags", "horizon", "wanted"),
    [
        ((None, None), 0, 500_000),
        ((2, 3), 5, 500_000),  # 5 years are within 5
        ((2, 3.5), 5, 0),
        ((2, 3.5), 5.5, 500_000),
    ],
)
def test_what_shows_too_late(lags: tuple[float | None, ...], horizon: float, wanted: int) -> None:
    # 1 along two influences, the second halved.
    links = [push("n", "x", 1, lag_years=lags[0]), push("x", "m", 1, lag_years=lags[1])]
    rows = [*measures("n", "m", outcome="care", direction="higher", collection="survey"), {"id": "x"}]
    assert standing(pair(measures=rows, influences=links), horizon=horizon) == wanted


def test_years_are_those_of_the_strongest_walk_and_of_its_slowest_row() -> None:
    rows = [*measures("n", "m", outcome="care", direction="higher", collection="survey"), {"id": "x"}]
    # Directly 0.3; by x 1, halved: the product of the walk counts for the path, without the decay.
    links = [push("n", "m", 0.3, lag_years=1), push("n", "x", 1, lag_years=2), push("x", "m", 1, lag_years=4)]
    assert Oracle(pair(measures=rows, influences=links)).years("n", "m") == 6
    assert standing(pair(measures=rows, influences=links)) == 0
    assert standing(pair(measures=rows, influences=links), horizon=6) == 800_000
    # Directly 0.3 + 0.8 = 1.1 is the stronger; of its two rows the slower takes 3 years.
    links = [*links, push("n", "m", 0.8, lag_years=3)]
    assert Oracle(pair(measures=rows, influences=links)).years("n", "m") == 3
    assert standing(pair(measures=rows, influences=links)) == 1_000_000


@pytest.mark.parametrize(
    ("validity", "m", "tables", "wanted"),
    [
        (0.8, {}, {}, 400_000),
        (0.6, {}, {}, 300_000),
        (0.59, {}, {}, 0),
        (0.8, {"collection": "return"}, {}, 200_000),
        # Without a target on m: all halved, and only with line of sight.
        (0.8, {}, {"held": False}, 0),
        (0.8, {}, {"held": False, "controls": [control("trust", "m", 0.1)]}, 200_000),
        (0.8, {}, {"held": False, "controls": [control("trust", "m", 0.09)]}, 0),
        (0.8, {}, {"held": False, "influences": [push("n", "m", 0.25)]}, 200_000),  # shows 0.25, speaks 0.4, halved
        # Half declared shared is sight, a quarter (blank) is not; 0.5 / 2 says more than 0.8 / 4.
        (0.8, {}, {"held": False, "overlaps": [overlap("n", "m", "shared", 0.5)]}, 250_000),
        (0.8, {}, {"held": False, "overlaps": [overlap("n", "m", "shared")]}, 125_000),
        (0.9, {"direction": None}, {}, 450_000),  # to be said takes no better direction
    ],
)
def test_what_speaks(validity: float, m: Cells, tables: Cells, wanted: int) -> None:
    assert standing(pair(m={"outcome": None, **m}, captures=[speaks("m", "care", validity)], **tables)) == wanted


def test_what_speaks_is_seen_with_one_measure_alone_behind() -> None:
    # The trust sees m by the other measure behind its duty, which is no reason to hear n in it.
    rows = measures("n", "m", "other", outcome="care", direction="higher", collection="survey")
    system = pair(
        measures=rows,
        targets=[wish("trust", "n"), wish("trust", "other")],
        influences=[push("other", "m", 0.5)],
        captures=[speaks("m", "care", 1)],
    )
    assert Oracle(system).serves("m", TRUST_CARE, Options())
    assert standing(system) == 0


def test_only_an_explicit_row_speaks_also_of_what_is_captured_in_full() -> None:
    assert standing(pair()) == 0
    assert standing(pair(captures=[speaks("m", "care", 1)])) == 500_000


# Standing: what bars it


@pytest.mark.parametrize(
    ("n", "m", "wanted"),
    [
        (None, None, 1_000_000),
        ("old", "old", 1_000_000),
        ("old", "all", 1_000_000),
        ("all", "old", 0),
        ("old", None, 0),  # not known to see these people
        (None, "all", 0),  # a population called all is an ordinary one
    ],
)
def test_a_blank_population_contains_only_a_blank(n: str | None, m: str | None, wanted: int) -> None:
    same = [overlap("n", "m", "same")]
    assert standing(pair({"population": n}, {"population": m}, overlaps=same)) == wanted


def test_what_cannot_be_read_says_nothing() -> None:
    tables: Cells = {
        "tiers": [{"id": "top", "name": "Top", "level": 0}, {"id": "town", "name": "Town", "level": 1}],
        "agencies": [{"id": "trust", "tier": "town"}],
        "overlaps": [overlap("n", "m", "same")],
    }
    assert standing(pair(m={"reported_at": ["top"]}, **tables)) == 0
    assert standing(pair(m={"reported_at": ["top", "town"]}, **tables)) == 1_000_000


@pytest.mark.parametrize("link", [("n", "m"), ("m", "n")])
@pytest.mark.parametrize(("effect", "wanted"), [(-0.2, 0), (-0.19, 1_000_000)])
def test_what_looks_better_when_the_other_is_neglected(link: tuple[str, str], effect: float, wanted: int) -> None:
    assert standing(pair(overlaps=[overlap("n", "m", "same")], influences=[push(*link, effect)])) == wanted


@pytest.mark.parametrize("row", [overlap("n", "m", "distinct"), overlap("m", "n", "distinct")])
def test_distinct_is_never(row: Cells) -> None:
    links, rows = [push("n", "m", 0.9)], [speaks("m", "care", 1)]
    assert standing(pair(influences=links, captures=rows)) == 900_000
    assert standing(pair(influences=links, captures=rows, overlaps=[row])) == 0


def test_no_effect_is_read_between_complementary_measures() -> None:
    system = place(
        measures=measures("a", "b", "x", direction="higher"),
        targets=[wish("trust", "a")],
        influences=[push("a", "b", 0.9), push("b", "a", -0.9), push("a", "x", 1), push("x", "b", 1), push("b", "x", 1)],
        overlaps=[overlap("b", "a", "complementary")],
    )
    oracle = Oracle(system)
    assert (oracle.effect("a", "b"), oracle.effect("b", "a")) == (0, 0)  # nor the way round by x
    assert oracle.effect("a", "x") == 1  # a > b > x would add 0.45
    assert oracle.effect("a", "a") == 0
    assert not any(walk[at : at + 2] in (("a", "b"), ("b", "a")) for walk in oracle.walks for at in (0, 1))
    # With three steps a > x > b > x passes through both, which is no influence between them: 1 + 1 / 4.
    assert Oracle(system, 0.2, Options(steps=3)).effect("a", "x") == 1.25


@pytest.mark.parametrize(
    ("due", "year", "wanted"),
    [("2017", 2018, 500_000), ("2018", 2018, 1_000_000), ("2018-01-01", 2018, 1_000_000), ("2017", None, 1_000_000)],
)
def test_all_is_halved_where_the_target_has_lapsed(due: str, year: int | None, wanted: int) -> None:
    wishes = [wish("trust", "n"), wish("trust", "m", due=due)]
    assert standing(pair(targets=wishes, overlaps=[overlap("n", "m", "same")], year=year)) == wanted


def test_who_has_to_deliver_holds_too() -> None:
    wishes = [wish("trust", "n"), wish("board", "m", for_agency="trust")]
    assert standing(pair(targets=wishes, overlaps=[overlap("n", "m", "same")])) == 1_000_000


@pytest.mark.parametrize(
    ("kind", "accountable", "due", "wanted"),
    [
        ("same", ("trust", "board", "partnership"), None, 1_000_000),
        ("same", ("trust", "board", "statutory"), None, 500_000),
        ("same", ("board", "trust", "partnership"), None, 500_000),
        ("same", ("trust", "board", "partnership"), "2017", 500_000),
        ("part", ("trust", "board", "partnership"), None, 250_000),  # the same figure only
    ],
)
def test_the_same_figure_at_a_joint_body(
    kind: str, accountable: tuple[str, str, str], due: str | None, wanted: int
) -> None:
    system = pair(
        targets=[wish("trust", "n"), wish("board", "m", due=due)],
        accountability=[dict(zip(("agency", "answers_to", "kind"), accountable, strict=True))],
        overlaps=[overlap("n", "m", kind)],
        year=2018,
    )
    assert standing(system) == wanted


def guarded(**tables: Any) -> System:
    """Saving, which the council wants, harms n by 0.5; m shows and speaks for n."""
    common = measures("n", "m", outcome="care", direction="higher", collection="survey")
    wishes = [wish("trust", "n"), wish("trust", "m"), wish("council", "saving")]
    return place(
        **{
            "measures": [*common, {"id": "saving", "outcome": "money", "direction": "higher"}],
            "targets": wishes,
            "influences": [push("saving", "n", -0.5), push("n", "m", 0.8)],
            "captures": [speaks("m", "care", 1)],
            **tables,
        }
    )


def test_a_guard_is_said_by_its_like_only() -> None:
    assert Oracle(guarded()).guards == {"n"}
    assert standing(guarded()) == 0
    assert standing(guarded(overlaps=[overlap("n", "m", "shared")])) == 250_000
    assert standing(guarded(influences=[push("saving", "n", -0.2), push("n", "m", 0.8)])) == 800_000
    # With a tolerance of 0.5 the push is none.
    assert standing(guarded(), tolerance=0.5) == 800_000


def test_what_moves_as_people_want_makes_no_guard() -> None:
    # Saving moves n up, which is good for people and against the trust's wish.
    system = guarded(
        targets=[wish("trust", "n", "decrease"), wish("trust", "m"), wish("council", "saving")],
        influences=[push("saving", "n", 0.5), push("n", "m", 0.8)],
    )
    assert [each.kind for each in Oracle(system).conflicts] == ["spillover", "spillover"]
    assert Oracle(system).guards == {"m"}  # by the trust's own cut of n
    assert standing(system) == 800_000


# Duties and line of sight


def test_duties_are_those_of_who_wants_and_who_delivers_but_not_against_people() -> None:
    system = place(
        measures=[
            *measures("waits", "beds", outcome="care", direction="lower"),
            {"id": "visits", "outcome": "care", "direction": "in-range"},
        ],
        targets=[
            wish("board", "waits", "decrease", for_agency="trust", weight=0.3),
            wish("trust", "beds", "increase", weight=0.9),  # against people
            wish("trust", "visits", "increase", weight=0.6),
            wish("trust", "beds", "decrease", weight=0.2, population="old"),
        ],
        captures=[speaks("waits", "money", 0.6)],
    )
    oracle, options = Oracle(system), Options()
    assert oracle.duties(options) == {
        ("board", "care", None): 0.3,
        ("board", "money", None): 0.3,
        ("trust", "money", None): 0.3,
        TRUST_CARE: 0.6,
        ("trust", "care", "old"): 0.2,
    }
    assert oracle.behind(TRUST_CARE, options) == {"waits", "visits"}
    assert oracle.behind(TRUST_CARE, Options(breadth="outcome")) == {"waits", "visits", "beds"}
    assert set(oracle.duties(Options(theta=0.7))) == {("board", "care", None), TRUST_CARE, ("trust", "care", "old")}


def sight(**tables: Any) -> bool:
    """Whether m serves the trust's duty behind which n stands."""
    m = tables.pop("m", {})
    return Oracle(pair(m=m, held=False, **tables)).serves("m", TRUST_CARE, Options())


def test_line_of_sight_by_a_target_of_whatever_kind() -> None:
    assert not sight()
    # Of another people, so that m is not behind the duty.
    assert sight(targets=[wish("trust", "n"), wish("trust", "m", population="old")])
    assert sight(targets=[wish("trust", "n"), wish("board", "m", for_agency="trust", population="old")])
    assert not sight(targets=[wish("trust", "n"), wish("board", "m")])
    # A target against people makes no duty; who has it sees itself there all the same.
    assert sight(targets=[wish("trust", "n"), wish("trust", "m", "decrease")])


def test_line_of_sight_by_control() -> None:
    assert sight(controls=[control("trust", "m", 0.1)])
    assert not sight(agencies=[{"id": "board"}], controls=[control("trust", "m", 0.09), control("board", "m", 0.5)])
    system = pair(held=False, controls=[control("trust", "m", 0.09)])
    assert Oracle(system).serves("m", TRUST_CARE, Options(sight=0.05))


@pytest.mark.parametrize(
    ("row", "seen"),
    [
        (overlap("m", "n", "same"), True),
        (overlap("n", "m", "same", 0.4), False),
        (overlap("n", "m", "shared"), False),
        (overlap("n", "m", "shared", 0.5), True),
        (overlap("n", "m", "part"), True),
        (overlap("n", "m", "part", 0.4), False),
        (overlap("m", "n", "part"), False),
        (overlap("n", "m", "complementary", 1), False),
    ],
)
def test_line_of_sight_by_what_is_declared(row: Cells, seen: bool) -> None:
    assert sight(overlaps=[row]) == seen


def test_line_of_sight_by_progress_that_shows() -> None:
    assert sight(influences=[push("n", "m", 0.2)])
    assert not sight(influences=[push("n", "m", 0.19)])
    assert not sight(influences=[push("m", "n", 0.9)])


def test_what_else_it_takes_to_serve() -> None:
    seen: Cells = {"controls": [control("trust", "m", 0.5)]}
    assert sight(**seen)
    assert not sight(m={"outcome": "money"}, **seen)
    assert not sight(m={"direction": "none"}, **seen)
    assert not sight(m={"direction": None}, **seen)
    assert sight(m={"direction": "in-range"}, **seen)
    assert not sight(m={"population": "old"}, **seen)
    assert not sight(overlaps=[overlap("m", "n", "distinct")], **seen)
    assert not sight(influences=[push("n", "m", -0.2)], **seen)
    # With ground outcome the rest is asked all the same.
    free = Options(ground="outcome")
    assert Oracle(pair(held=False)).serves("m", TRUST_CARE, free)
    assert not Oracle(pair(held=False, overlaps=[overlap("n", "m", "distinct")])).serves("m", TRUST_CARE, free)
    assert Oracle(pair(m={"population": "old"}, held=False)).serves(
        "m", TRUST_CARE, Options(ground="outcome", breadth="outcome")
    )


def test_one_measure_behind_is_enough_against_what_bars() -> None:
    rows = measures("n", "other", "m", outcome="care", direction="higher")
    system = place(
        measures=rows,
        targets=[wish("trust", "n"), wish("trust", "other")],
        controls=[control("trust", "m", 0.5)],
        overlaps=[overlap("n", "m", "distinct")],
        influences=[push("n", "m", -0.9)],
    )
    assert Oracle(system).serves("m", TRUST_CARE, Options())


# Sums


def test_a_push_that_harms_people_counts_whether_or_not_it_is_looked_at() -> None:
    oracle = Oracle(guarded())
    assert oracle.residual({"saving"}) == 500_000
    assert oracle.residual({"saving", "n"}) == 500_000
    assert oracle.residual({"n", "m"}) == 0


@pytest.mark.parametrize(
    ("direction", "sense", "effect"),
    # j has no good direction, or the wish on it goes against people: i moves it as people want.
    [(None, "increase", -0.5), ("in-range", "increase", -0.5), ("higher", "decrease", 0.5)],
)
def test_a_push_against_an_interest_only_counts_where_both_are_kept(
    direction: str | None, sense: str, effect: float
) -> None:
    system = place(
        measures=[{"id": "i", "direction": "higher"}, {"id": "j", "direction": direction}],
        targets=[wish("trust", "i", weight=0.25), wish("board", "j", sense)],
        influences=[push("i", "j", effect)],
    )
    oracle = Oracle(system)
    assert oracle.guards == set()
    # The weight of the pair is the root of 0.25 times 1.
    assert [oracle.residual(kept) for kept in ({"i"}, {"j"}, {"i", "j"})] == [0, 0, 250_000]


def test_unguarded_findings_count_with_what_pushes() -> None:
    system = place(
        measures=measures("i", "j", direction="higher"),
        targets=[wish("trust", "i", weight=0.5)],
        influences=[push("i", "j", -0.6)],
    )
    assert [Oracle(system).residual(kept) for kept in ({"i"}, {"j"}, {"i", "j"})] == [300_000, 0, 300_000]


def test_opposed_wishes_count_with_their_measure() -> None:
    system = place(
        measures=[{"id": "x", "baseline": 10, "step": 1}, {"id": "y"}],
        targets=[wish("trust", "x", "at_least", 14), wish("board", "x", "at_most", 8)],
    )
    assert [Oracle(system).residual(kept) for kept in ({"x"}, {"y"})] == [1_000_000, 0]


def test_what_is_unsaid_is_rounded_up_to_a_millionth() -> None:
    wishes = [
        wish("trust", "n", weight=0.3),
        wish("trust", "n", "at_least", 5, weight=0.6),
        wish("trust", "n", "decrease", weight=0.5),  # against people: never unsaid
        wish("trust", "m"),
    ]
    oracle, options = Oracle(pair(targets=wishes, influences=[push("n", "m", 1 / 3)])), Options()
    # m stays whole. Of 900,000 on n, 333,333 millionths are said: 299,999.7, of which whole millionths count.
    # n is a guard of nobody: what the wish to cut n harms is m.
    assert oracle.guards == {"m"}
    assert oracle.unsaid({"m"}, options) == 600_001
    assert oracle.unsaid({"n"}, options) == 1_000_000
    assert oracle.unsaid(set(), options) == 1_900_000
    assert oracle.unsaid({"n", "m"}, options) == 0


def test_said_to_each_who_wants_it() -> None:
    # Both want n; only the trust has m, so that m says half as much to the board.
    wishes = [wish("trust", "n"), wish("board", "n", for_agency="trust"), wish("trust", "m", weight=0.1)]
    oracle = Oracle(pair(targets=wishes, overlaps=[overlap("n", "m", "same", 0.9)]))
    assert oracle.unsaid({"m"}, Options()) == 100_000 + 550_000
    assert oracle.lost({"m"}, Options()) == 1_000_000  # 0.45 is less than half
    assert oracle.lost({"m"}, Options(said=0.45)) == 0
    # m is said by n as far as n by m, to the trust.
    assert oracle.unsaid({"n"}, Options()) == 10_000


@pytest.mark.parametrize(
    ("cells", "n", "wanted"),
    [
        ({}, {}, 700_000),
        ({"revealed": True}, {}, 0),
        ({"revealed": True}, {"perspective": "organisation"}, 0),
        ({"revealed": True}, {"perspective": "person"}, 700_000),
        ({"revealed": False}, {}, 700_000),
        ({}, {"direction": "in-range"}, 0),
        ({}, {"direction": "lower"}, 0),
        ({}, {"outcome": None}, 0),
        ({"due": "2017"}, {}, 700_000),  # lapsed, and still people's
    ],
)
def test_what_is_lost_to_people(cells: Cells, n: Cells, wanted: int) -> None:
    system = pair(n, targets=[wish("trust", "n", weight=0.7, **cells)], year=2018)
    assert Oracle(system).lost({"m"}, Options()) == wanted


def test_what_is_said_by_half_is_not_lost() -> None:
    system = pair(overlaps=[overlap("n", "m", "part")])
    assert Oracle(system).lost({"m"}, Options()) == 0
    assert Oracle(system).lost({"m"}, Options(said=0.51)) == 1_000_000


def test_an_outcome_is_known_by_any_row() -> None:
    rows = [{"id": name, "direction": "higher"} for name in ("known", "unknown")]
    wishes = [wish("trust", "known"), wish("trust", "unknown", weight=0.5), wish("board", "known", "decrease")]
    oracle = Oracle(place(measures=rows, targets=wishes, captures=[speaks("known", "care", 0.1)]))
    assert oracle.duties(Options()) == {}
    assert (oracle.unsaid(set(), Options()), oracle.lost(set(), Options())) == (1_000_000, 1_000_000)
    assert oracle.holders(set()) == 1


def test_holders_are_live_targets_left_out() -> None:
    wishes = [
        wish("trust", "n", due="2018"),
        wish("board", "n", due="2017"),
        wish("council", "n", "decrease"),
        wish("council", "m", for_agency="trust"),
    ]
    oracle = Oracle(pair(targets=wishes, year=2018))
    assert [oracle.holders(kept) for kept in (set[str](), {"n"}, {"m"}, {"n", "m"})] == [2, 1, 1, 0]


def test_what_burden_costs_in_the_toll() -> None:
    system = place(
        collections=[{"id": "survey", "cost": 0.5}, {"id": "return", "cost": 8}, {"id": "free"}],
        measures=[
            {"id": "a", "cost": 2, "collection": "survey"},
            {"id": "b", "collection": "survey"},
            {"id": "c", "cost": 3, "collection": "free"},
            {"id": "d", "cost": 0, "collection": "return", "statutory": True},
        ],
        targets=[wish("trust", "a")],
    )
    oracle = Oracle(system)
    # Costs of 2, 1, 3 and 0 have a mean of 1.5: at a worth of 2 each unit is 4 / 3.
    assert oracle.worth({"a"}, Options()) == 2_666_667 + 666_667
    assert oracle.worth({"a", "b"}, Options()) == 2_666_667 + 1_333_333 + 666_667
    assert oracle.worth({"c", "d"}, Options()) == 4_000_000
    assert oracle.burden({"a", "b"}) == Fraction(7, 2)
    assert oracle.worth({"a", "b"}, Options(worth=0)) == 0
    free = place(measures=measures("a", "b", cost=0), targets=[wish("trust", "a")])
    assert Oracle(free).worth({"a"}, Options()) == 0


def test_needs_are_gaps() -> None:
    system = place(
        agencies=[
            {"id": "trust", "needs": 2},
            {"id": "board"},
            {"id": "helper", "needs": 1},
            {"id": "voters", "needs": 3},
        ],
        measures=measures("n", "m", "x", outcome="care", direction="higher"),
        targets=[wish("trust", "n", weight=0.5), wish("board", "x")],
        influences=[push("n", "m", 0.5)],
        controls=[control("helper", "x", 0.1)],
    )
    oracle, options = Oracle(system), Options()
    # The trust sees itself in n, and in m, where n shows; the helper in x; voters do not count.
    assert oracle.missing(set(), options) == {"trust": 2, "helper": 1}
    assert oracle.missing({"m"}, options) == {"trust": 1, "helper": 1}
    assert oracle.missing({"n", "m", "x"}, options) == {}
    # What all others need is asked of the board: it sees x alone.
    assert oracle.missing({"n", "m", "x"}, Options(needs=2)) == {"board": 1}
    # Without x the board's duty weighs 1; m serves the trust.
    assert oracle.gaps({"m"}, options) == 1_000_000 + 2_000_000
    assert oracle.gaps({"x"}, options) == 500_000 + 2_000_000


# Stages


def test_the_best_of_four_sets() -> None:
    oracle, options = Oracle(pair(overlaps=[overlap("n", "m", "same")])), Options()
    # Both cost 4; one costs 2 and says the other; without any the duty is a gap. One target is on what goes.
    assert oracle.stage_names(options) == ("gaps", "lost", "toll", "voice", "holders")
    assert oracle.key({"n", "m"}, options) == (0, 0, 4_000_000, 0, 0, 2, ("m", "n"))
    assert oracle.key(set(), options) == (1_000_000, 2_000_000, 2_000_000, 1, 2, 0, ())
    assert oracle.best(options) == (0, 0, 2_000_000, Fraction(0), 1, 1, ("m",))
    assert oracle.best(Options(at_most=0)) == oracle.key(set(), options)
    assert oracle.best(Options(at_most=0, balance=False, keep=("n",))) is None


def test_people_come_before_the_toll_unless_they_are_not_protected() -> None:
    # To keep both costs 4; to leave n unsaid costs 2 + 1, and loses it to people.
    oracle = Oracle(pair())
    assert oracle.best(Options()) == (0, 0, 4_000_000, 0, 0, 2, ("m", "n"))
    bold = Options(protect=False)
    assert oracle.stage_names(bold) == ("gaps", "toll", "voice", "holders")
    assert oracle.best(bold) == (0, 3_000_000, 0, 1, 1, ("m",))


def test_every_order_has_its_stages() -> None:
    system = pair(targets=[wish("trust", "n"), wish("board", "m")], influences=[push("n", "m", -0.5)])
    oracle, both = Oracle(system), {"n", "m"}
    # n harms m by 0.5: that is left as long as n is kept; each measure costs 1.
    for order, names in (("conflict-first", ("conflict", "burden")), ("burden-first", ("burden", "conflict"))):
        options = Options(order=order, protect=True)  # pyright: ignore[reportArgumentType]
        assert oracle.stage_names(options) == ("gaps", *names, "voice", "unsaid")
        values = {"conflict": 500_000, "burden": 2}
        assert oracle.key(both, options) == (0, *(values[name] for name in names), 0, 0, 2, ("m", "n"))
    for order in ("toll", "conflict-first", "burden-first"):
        options = Options(order=order, price=3)  # pyright: ignore[reportArgumentType]
        assert oracle.stage_names(options) == ("gaps", "price", "voice", "unsaid")
        assert oracle.key(both, options) == (0, Fraction(7, 2), 0, 0, 2, ("m", "n"))
        # Without n its agency loses its only voice and its target.
        assert oracle.key({"m"}, options) == (1_000_000, 1, 1, 1_000_000, 1, ("m",))


def test_measures_judged_on_nothing_people_know_are_left_out_of_all_but_conflict() -> None:
    system = place(measures=measures("x", "y"), targets=[wish("trust", "x"), wish("board", "x", "decrease")])
    oracle = Oracle(system)
    assert oracle.key(set(), Options()) == (0, 0, 0, 0, 0, 0, ())
    # At an unknown baseline two wishes that pull apart are opposed; a measure costs 2.
    assert oracle.key({"x"}, Options()) == (0, 0, 3_000_000, 0, 0, 1, ("x",))
