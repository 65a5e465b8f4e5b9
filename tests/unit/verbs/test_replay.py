"""Asking again: the same comes out, or what differs and why."""

from __future__ import annotations

import json
from typing import Any

import pytest

import alignment as al
from alignment.models.options.conflicts import KINDS
from alignment.verbs.registry import VERBS, Verb

Json = dict[str, Any]


@pytest.fixture(scope="module")
def winter() -> al.System:
    return al.read(al.example("winter-pressure"))


@pytest.fixture(scope="module")
def changed(winter: al.System) -> al.System:
    """The same system without a target."""
    return al.apply(winter, al.Drop(table="targets", row="region-beds"))


def document(answer: Any) -> Json:
    return json.loads(answer.to_json())


@pytest.mark.parametrize("each", VERBS, ids=[each.command for each in VERBS])
def test_every_answer_comes_out_again(winter: al.System, each: Verb) -> None:
    answer = getattr(al, each.home[1])(winter, **each.example)
    found = al.replay(answer.to_json(), winter)
    assert (found.same, found.differences, found.why) == (True, (), ())
    assert found.verb == each.home[1]
    assert found.record is not None
    assert (found.record.verb, found.record.input) == ("replay", winter.hash)


def test_an_answer_comes_as_itself_as_text_and_as_an_object(winter: al.System) -> None:
    answer = al.find_conflicts(winter, "opposed", tolerance=0.3)
    whole = al.replay(answer, winter)
    assert whole == al.replay(answer.to_json(), winter) == al.replay(document(answer), winter)
    assert whole.same
    assert whole.to_text() == "find_conflicts: the same comes out."


def test_what_was_asked_is_asked_again(winter: al.System) -> None:
    answer = al.propose(winter, voice=0.3, keep="bed-occupancy", weights={"council": 0.5}, order="burden-first")
    assert al.replay(answer, winter).same
    assert answer != al.propose(winter)


def test_an_answer_that_was_narrowed_is_narrowed_again(winter: al.System, changed: al.System) -> None:
    every = al.find_conflicts(winter)
    narrowed = [every[:3], every.touching("trust"), every.between("local", "provider"), every.of_kind("opposed")]
    for found in (*narrowed, every.touching("trust").of_kind("opposed", "spillover")[1:]):
        assert 0 < len(found) < len(every)
        assert al.replay(found.to_json(), winter).same
    assert every[:1000] == every.of_kind(*KINDS) == every
    gone = al.replay(every.touching("trust"), changed)
    assert not gone.same
    assert any(each.startswith("conflicts: ") for each in gone.differences)


def test_the_order_of_rows_makes_no_difference(winter: al.System) -> None:
    tables = al.to_document(winter)
    backwards: dict[str, Any] = {name: rows if name == "about" else rows[::-1] for name, rows in tables.items()}
    assert al.replay(al.find_conflicts(winter), al.read(backwards)).same


def test_of_another_system_it_says_what_differs_and_why(winter: al.System, changed: al.System) -> None:
    then, now = al.find_conflicts(winter), al.find_conflicts(changed)
    found = al.replay(then, changed)
    assert not found.same
    assert found.why == (f"The system is another: hash {changed.hash} instead of {winter.hash}.",)
    assert f'system: "{changed.hash}" instead of "{winter.hash}"' in found.differences
    assert f'summary: "{now.summary()}" instead of "{then.summary()}"' in found.differences
    assert f"conflicts: {len(now)} instead of {len(then)}" in found.differences
    assert list(found.to_frame()["difference"]) == list(found.differences)
    assert "another answer comes out" in found.to_text()


def test_another_system_with_the_same_answer_differs_in_its_hash_alone(winter: al.System) -> None:
    tables = al.to_document(winter)
    tables["measures"][0]["note"] = "a note that changes nothing"
    other = al.read(tables)
    assert other.hash != winter.hash
    found = al.replay(al.net_effects(winter), other)
    assert found.differences == (f'system: "{other.hash}" instead of "{winter.hash}"',)


def test_a_place_within_an_answer_is_named(winter: al.System) -> None:
    answer = document(al.find_conflicts(winter))
    answer["conflicts"][2]["severity"] = 0.125
    answer["conflicts"][0]["agencies"][0] = "nobody"
    real = document(al.find_conflicts(winter))["conflicts"]
    found = al.replay(answer, winter)
    assert found.differences == (
        f'conflicts[0].agencies[0]: "{real[0]["agencies"][0]}" instead of "nobody"',
        f"conflicts[2].severity: {real[2]['severity']} instead of 0.125",
    )
    assert found.why == ()


def test_other_versions_are_a_reason_only_where_something_differs(winter: al.System) -> None:
    answer = document(al.find_conflicts(winter))
    answer["record"]["versions"] = {"alignment": "0.0.1", "highspy": answer["record"]["versions"]["highspy"]}
    assert al.replay(answer, winter).same
    answer["summary"] = "something else"
    found = al.replay(answer, winter)
    pulp = document(al.find_conflicts(winter))["record"]["versions"]["pulp"]
    assert found.why == (f"alignment is {al.__version__} instead of 0.0.1.", f"pulp is {pulp} instead of unknown.")


@pytest.mark.parametrize("when", ["then", "now"])
def test_a_search_that_was_ended_is_a_reason(winter: al.System, when: str) -> None:
    short, long = 1e-9, 60.0
    answer = document(al.propose(winter, time_limit=short if when == "then" else long))
    answer["record"]["options"]["time_limit"] = long if when == "then" else short
    found = al.replay(answer, winter)
    assert not found.same
    assert f"The search was ended {when} (time limit)." in found.why
    told = ('"finished"', '"time limit"')
    one, two = told if when == "then" else told[::-1]
    assert f"stopped: {one} instead of {two}" in found.differences


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "the answer: is not JSON."),
        ("{", "the answer: is not JSON."),
        ("[]", "the answer: is not an object."),
        ("3", "the answer: is not an object."),
        ("{}", "the answer: has no record of what was asked."),
        ({"record": None}, "the answer: has no record of what was asked."),
        ({"record": {"verb": "propose"}}, "the answer: has no record of what was asked."),
    ],
)
def test_what_is_no_answer_is_refused(winter: al.System, given: Any, says: str) -> None:
    with pytest.raises(al.InputError) as caught:
        al.replay(given, winter)
    assert says in str(caught.value)
    assert "Give the JSON of an answer of this library" in str(caught.value)


@pytest.mark.parametrize("verb", ["cover", "replay", "propse"])
def test_an_answer_that_is_not_about_a_system_is_refused(winter: al.System, verb: str) -> None:
    answer = document(al.propose(winter))
    answer["record"]["verb"] = verb
    with pytest.raises(al.UnknownWord, match=f"'{verb}' is not a verb that a system can be asked."):
        al.replay(answer, winter)


def test_options_that_were_tampered_with_are_refused(winter: al.System) -> None:
    answer = document(al.propose(winter))
    answer["record"]["options"]["theta"] = 7
    with pytest.raises(al.OptionError, match=r"theta: 7 is above 1\."):
        al.replay(answer, winter)
