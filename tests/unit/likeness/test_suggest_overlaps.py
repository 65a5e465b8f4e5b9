"""Measures that are one thing under two names, and what is said of those that are not."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, strategies as st

import alignment as al
from alignment.likeness.likeness import compared
from alignment.likeness.text import read
from alignment.likeness.weights import NEAR, NEAREST, Weights
from alignment.models.answers.suggest_overlaps import OverlapSuggestions, SuggestedOverlap
from alignment.models.system import System
from tests.qpp import SHARED

FRAMEWORKS = al.read("england-frameworks")
BARE = FRAMEWORKS.replace(overlaps=[])


def place(*measures: dict[str, Any], **tables: Any) -> System:
    rows = [{"id": f"m{at}", **each} for at, each in enumerate(measures)]
    return al.read({"agencies": [{"id": "a", "name": "A"}], "measures": rows, "targets": [], **tables})


def named(*names: str) -> System:
    return place(*({"name": name} for name in names))


def only(system: System, least: float = 0) -> SuggestedOverlap:
    (row,) = al.suggest_overlaps(system, least=least).pairs
    return row


def meaning(system: System) -> SuggestedOverlap:
    found = al.suggest_overlaps(system)
    assert found.pairs == ()
    (row,) = found.meanings
    return row


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("A&E waits within four hours", "Accident and emergency: waits of up to 4 hours"),
        ("LAC with three placements", "Looked-after children with 3 placements"),
        ("NEET, 16-17", "Not in education, employment or training, 16-17"),
        ("DTOC, all causes", "Delayed transfers of care: all causes"),
        ("RTT incomplete pathways under 18 weeks", "Referral to treatment: incomplete pathways within 18 weeks"),
        ("GP appointments", "General practice appointment"),
        ("Readmissions within 28 days", "Readmission within four weeks"),
        ("Hip fractures, 65+", "Hip fracture, aged 65 and over"),
        ("Non-elective admissions", "Emergency admissions"),
        ("CVD deaths of under-75s", "Under-75 death rate from cardiovascular disease"),
    ],
)
def test_one_thing_in_other_words(one: str, two: str) -> None:
    row = only(named(one, two))
    assert (row.kind, row.score) == ("same", 1)


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ("Cancer treated within 28 days", "Cancer treated within 62 days", "within 28 days and within 62 days"),
        ("Care home admissions, 18-64 years of age", "Care home admissions, 65+", "65+"),
        ("Cancer screening of men", "Cancer screening of women", "man and woman"),
        ("Emergency admissions to hospital", "Emergency readmissions to hospital", "admission and readmission"),
        ("Satisfied with social care: service users", "Satisfied with social care: carers", "user and carer"),
        ("Waits under 18 weeks", "Waits over 18 weeks", "under 18 weeks and over 18 weeks"),
        ("Low birth weight", "Gap in low birth weight", "only one is about a gap"),
        ("Roads of class B to be mended", "Roads of class C to be mended", "B and C"),
        ("HbA1c above 9%", "HbA1c above 8%", "above 9% and above 8%"),
    ],
)
def test_what_tells_two_apart_lowers_the_score_and_is_named(one: str, two: str, why: str) -> None:
    row = only(named(one, two))
    assert row.kind is None
    assert row.score <= 0.6
    assert why in row.reason


def test_an_age_within_another_is_a_part_and_stands_first() -> None:
    row = only(named("Obese children, aged 4 to 17", "Obese children, aged 10 to 11"))
    assert (row.measure_a, row.measure_b, row.kind) == ("m1", "m0", "part")


def test_units_directions_and_people_are_told() -> None:
    people = [{"id": "all", "name": "Everyone"}, {"id": "old", "name": "Older people", "parent": "all"}]
    people += [{"id": "young", "name": "Young people", "parent": "all"}]
    one = {"name": "Falls", "unit": "%", "direction": "lower", "population": "old"}
    assert only(place(one, one, populations=people)).kind == "same"
    for change, said in (
        ({"unit": "GBP"}, "one is a share and one money"),
        ({"direction": "higher"}, "higher is better for the one and lower for the other"),
        ({"population": "young"}, "the one is about “older people” and the other about “young people”"),
    ):
        row = meaning(place(one, {**one, **change}, populations=people))
        assert row.score < 1
        assert row.reason == f"one name, two meanings: {said}"
    within = only(place(one, {**one, "population": "all"}, populations=people))
    assert within.kind is None
    assert "the people of the first (“older people”) are among those of the second" in within.reason


DEFINED = {
    "name": "Smoking",
    "numerator": "Adults who smoke",
    "denominator": "All adults who answered the survey",
    "window": "12 months",
}


def test_one_name_with_two_meanings() -> None:
    row = meaning(place(DEFINED, {**DEFINED, "denominator": "Mothers at delivery"}))
    assert row.kind == "shared"
    assert row.reason == (
        "one name, two meanings: the denominators differ: “All adults who answered the survey” and “Mothers at "
        "delivery”"
    )
    row = meaning(place(DEFINED, {**DEFINED, "window": "3 months"}))
    assert "the windows differ: “12 months” and “3 months”" in row.reason
    assert al.suggest_overlaps(place(DEFINED, {**DEFINED, "window": "one year"})).meanings == ()


def test_two_names_with_one_definition() -> None:
    row = only(place(DEFINED, {**DEFINED, "name": "Tobacco"}), least=0.6)
    assert row.reason == "different names, same numerator and denominator and window"
    assert only(place({"name": "Smoking", "window": "a year"}, {"name": "Smoking"})).score == 1


def test_pairs_that_are_spoken_of_are_left_out() -> None:
    system = named("Hip fractures", "Hip fracture", "Fractured hips")
    pairs = {row.ids for row in al.suggest_overlaps(system, least=0.9).pairs}
    assert frozenset(("m0", "m1")) in pairs
    spoken = system.replace(overlaps=[{"measure_a": "m1", "measure_b": "m0", "kind": "distinct"}])
    assert {row.ids for row in al.suggest_overlaps(spoken, least=0.9).pairs} == pairs - {frozenset(("m0", "m1"))}
    assert al.suggest_overlaps(FRAMEWORKS, least=0).pairs
    declared = {frozenset((row.measure_a, row.measure_b)) for row in FRAMEWORKS.overlaps}
    assert not declared & {row.ids for row in al.suggest_overlaps(FRAMEWORKS, least=0).pairs}


WORDS = st.sampled_from([word for row in FRAMEWORKS.measures for word in row.name.split()])
NAMES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)


@given(NAMES, NAMES, st.lists(NAMES, max_size=5))
def test_likeness_is_the_same_both_ways_and_whole_for_oneself(one: str, two: str, others: list[str]) -> None:
    texts = [read(each) for each in (one, two, *others)]
    weights = Weights(texts)
    there, back = compared(texts[0], texts[1], weights), compared(texts[1], texts[0], weights)
    assert there.score == pytest.approx(back.score)
    assert 0 <= there.score <= there.words <= 1
    assert compared(texts[0], texts[0], weights).score == (1 if texts[0].words or texts[0].marks else 0)


@given(st.lists(NAMES, min_size=2, max_size=8, unique=True), st.randoms())
def test_the_order_of_rows_says_nothing(names: list[str], random: Any) -> None:
    rows = [{"id": f"m{at}", "name": name} for at, name in enumerate(names)]
    shuffled = random.sample(rows, len(rows))
    one, two = (al.suggest_overlaps(place(*each), least=0.2) for each in (rows, shuffled))
    assert {(row.ids, row.kind, round(row.score, 3)) for row in one.pairs} == {
        (row.ids, row.kind, round(row.score, 3)) for row in two.pairs
    }


def test_near_pairs_are_those_of_every_pair() -> None:
    # The cosine worked out pair by pair; the table works it out in blocks.
    texts = [read(row.name) for row in BARE.measures]
    weights = Weights(texts)
    near = set(weights.near())
    for one in range(0, len(texts), 7):
        for two in range(one + 1, len(texts), 5):
            left, right = ({mark: weights.of(mark) for mark in texts[at].marks} for at in (one, two))
            lengths = sum(x**2 for x in left.values()) * sum(x**2 for x in right.values())
            cosine = sum(left[mark] * right[mark] for mark in left if mark in right) / lengths**0.5
            assert ((one, two) in near) == (cosine >= NEAR) or abs(cosine - NEAR) < 1e-9


def test_a_measure_is_held_against_so_many_at_most() -> None:
    texts = [read(f"Waits for beds in ward {'abcdefghij'[at % 10]} {at}") for at in range(300)]
    assert len(list(Weights(texts).near())) <= 300 * NEAREST


# How good it is


def figures(found: OverlapSuggestions, positives: set[frozenset[str]], least: float) -> tuple[float, float]:
    got = {row.ids for row in found.pairs if row.score >= least}
    return len(got & positives) / len(got), len(got & positives) / len(positives)


@pytest.mark.parametrize(("least", "precision", "recall"), [(0.9, 0.9, 0.37), (0.8, 0.78, 0.46), (0.6, 0.44, 0.62)])
def test_declared_overlaps_of_the_frameworks_are_found(least: float, precision: float, recall: float) -> None:
    declared = {
        frozenset((row.measure_a, row.measure_b))
        for row in FRAMEWORKS.overlaps
        if row.kind in ("same", "shared", "part")
    }
    found = figures(al.suggest_overlaps(BARE), declared, least)
    assert found[0] >= precision
    assert found[1] >= recall


def test_pairs_declared_distinct_are_not_suggested() -> None:
    distinct = {frozenset((row.measure_a, row.measure_b)) for row in FRAMEWORKS.overlaps if row.kind == "distinct"}
    assert distinct
    assert not distinct & {row.ids for row in al.suggest_overlaps(BARE, least=0.5).pairs}


def shared(name: str) -> pd.DataFrame:
    file = SHARED / "data" / name
    if not file.exists():
        pytest.skip(f"{file} is not there: it is no part of this repository")
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def published(rows: pd.DataFrame) -> System:
    named = [
        {"id": f"m{at}", "name": name, "ref": ref}
        for at, (name, ref) in enumerate(zip(rows["title"], rows["measure_id"], strict=True))
    ]
    return place(*named)


def test_us_measures_with_companions_are_found() -> None:
    # CMS names the companion of a measure that another programme demands under another number.
    rows = shared("cms-qpp/measures.csv")
    ids = {ref: f"m{at}" for at, ref in enumerate(rows["measure_id"])}
    twins = {
        frozenset((ids[one], ids[two]))
        for one, others in zip(rows["measure_id"], rows["companion_measures"], strict=True)
        for two in filter(None, others.split(";"))
    }
    found = al.suggest_overlaps(published(rows))
    same = {row.ids for row in found.pairs if row.kind == "same"}
    assert len(twins) == 5
    assert twins <= same
    titles = dict(zip(ids.values(), rows["title"], strict=True))
    assert all(len({titles[each].casefold() for each in pair}) == 1 for pair in same)


def test_no_two_of_one_framework_are_called_the_same() -> None:
    # The 108 Scottish measures are of one framework: classes, levels and quintiles tell near ones apart.
    found = al.suggest_overlaps(published(shared("scotland-lgbf/measures.csv")), least=0)
    assert [row for row in found.pairs if row.kind == "same"] == []
    assert sum(row.score >= 0.9 for row in found.pairs) == 0


# What is accepted


def test_accepted_pairs_are_rows_and_nothing_else_changes() -> None:
    found = al.suggest_overlaps(BARE)
    assert BARE.overlaps == ()
    more = found.accept(BARE, ["con-62d:iaf-122b=same", ("bcf-res", "ascof-2a-2", "part", 0.5)][:1], least=0.95)
    assert more.replace(overlaps=[]) == BARE
    by_hand = next(row for row in more.overlaps if row.measure_a == "con-62d")
    assert (by_hand.measure_b, by_hand.kind, by_hand.share) == ("iaf-122b", "same", None)
    assert all((row.note or "").startswith("suggested by alignment, accepted by the analyst") for row in more.overlaps)
    told = {row.ids for row in found.pairs if row.score >= 0.95 and row.kind}
    assert {frozenset((row.measure_a, row.measure_b)) for row in more.overlaps} == told | {
        frozenset(("con-62d", "iaf-122b"))
    }
    assert not told & {row.ids for row in al.suggest_overlaps(more).pairs}


def test_a_part_that_somebody_names_stands_first() -> None:
    found = al.suggest_overlaps(BARE, least=0.5)
    (row,) = found.accept(BARE, ["ascof-2c-2:ascof-2c-1=part=0.36"]).overlaps
    assert (row.measure_a, row.measure_b, row.kind, row.share) == ("ascof-2c-2", "ascof-2c-1", "part", 0.36)


def test_everything_wrong_with_what_is_accepted_is_said_at_once() -> None:
    found = al.suggest_overlaps(BARE)
    wrong = [
        "a:b",
        "con-62d:iaf-122b",
        "con-62d:iaf-122b=alike",
        "con-62d:iaf-122b=same=2",
        "con-62d",
        "nhsof-1-1:phof-4-04",
    ]
    wrong += ["nhsof-1-1:phof-4-04"]
    with pytest.raises(al.OptionError) as error:
        found.accept(BARE, wrong)
    assert len(error.value.faults) == 6
    said = str(error.value)
    assert "'a:b' is not a pair that is suggested" in said
    assert "Say it, such as con-62d:iaf-122b=shared" in said
    assert "has the kind 'alike'" in said
    assert "a share that is no number from 0 to 1" in said
    assert "'nhsof-1-1:phof-4-04' is in overlaps already" in said
