"""One way for options: by whatever way it comes in, the same wrong value is the same fault."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest
from starlette.testclient import TestClient

import alignment as al
from alignment.api.asking import ask
from alignment.api.settings import Settings
from alignment.cli import main
from alignment.cli.command import flag
from alignment.models import Fault
from alignment.models.cell_fault_words import rules, sentence
from alignment.options.asked import asked_of
from alignment.verbs.registry import VERBS, Verb
from tests.thoroughly import ALL, part_of

from .doors import Json, document, system, tiny

verbs = pytest.mark.parametrize("each", VERBS, ids=[each.command for each in VERBS])

NEEDED: Mapping[str, Json] = {
    "check": {"measures": ["bed-occupancy"]},
    "what-if": {"changes": []},
    "view": {"agency": "council"},
}
"""The options that a verb cannot do without."""

WORDS: Mapping[str, list[str]] = {
    "check": ["bed-occupancy"],
    "what-if": ["--drop-measure", "bed-occupancy"],
    "view": ["council"],
}
"""The same at the command line."""

Wrong = tuple[str, Any, str]
"""An option, a value, and what is wrong with it."""


def wrong_values(each: Verb) -> Iterator[Wrong]:
    """Values of every option that do not fit: another type, beyond each end of the range, a word that is none."""
    for name in each.options.model_fields:
        if name == "candidates":
            yield from ((name, 3, "3 is not a list"), (name, [3], "3 is not text"))
        elif name not in ("changes", "bundles"):
            for value, what in _wrong(rules(each.options, name)):
                yield name, value, what


def _wrong(rule: Mapping[str, Any]) -> Iterator[tuple[Any, str]]:
    if "enum" in rule:
        yield from _no_words(rule["enum"])
    elif rule["type"] == "boolean":
        yield from (("x", '"x" is neither true nor false'), (7, "7 is neither true nor false"))
    elif rule["type"] == "string":
        yield 3, "3 is not text"
    elif rule["type"] == "object":
        yield 3, "3 is not an object"
        yield from (({"a": value}, what) for value, what in _no_numbers(rule["additionalProperties"]))
    elif rule["type"] == "array":
        yield 3, "3 is not a list"
        inner = rule["items"]
        yield from _no_words(inner["enum"]) if "enum" in inner else [([3], "3 is not text")]
    else:
        yield from _no_numbers(rule)


def _no_words(known: list[str]) -> Iterator[tuple[Any, str]]:
    yield "x", f'"x" is not one of {", ".join(known)}'


def _no_numbers(rule: Mapping[str, Any]) -> Iterator[tuple[Any, str]]:
    noun = "a whole number" if rule["type"] == "integer" else "a number"
    yield from (("x", f'"x" is not {noun}'), (True, f"true is not {noun}"), ([1], f"[1] is not {noun}"))
    if noun == "a whole number":
        yield 1.5, "1.5 is not a whole number"
    low, above, high = (rule.get(word) for word in ("minimum", "exclusiveMinimum", "maximum"))
    # What is hardly above 0 stands for above 0.
    above = 0 if low is not None and 0 < low < 1e-5 else above
    assert above == 0 or low is not None
    yield (0, "0 is not above 0") if above == 0 or low is None else (low - 1, f"{low - 1:g} is below {low:g}")
    if high is not None and high < 1e12:
        yield int(high) + 1, f"{int(high) + 1} is above {high:g}"


def at_the_command_line(each: Verb, name: str, value: Any) -> list[str] | None:
    """The words in which a value can be given there, if it can."""
    if name == each.argument or isinstance(value, bool | list):
        return None
    rule = rules(each.options, name)
    if rule.get("type") == "object":
        inner: Any = next(iter(cast("dict[str, Any]", value).values())) if isinstance(value, dict) else None
        return None if isinstance(inner, bool | list | None) else [flag(name), f"a={inner}"]
    listed = name == "candidates" or rule.get("type") == "boolean" or (rule.get("type") == "array" and value == 3)
    return None if listed else [flag(name), str(value)]


def told(error: al.OptionError) -> list[tuple[str | None, str, str]]:
    return [(fault.column, fault.what, fault.remedy) for fault in error.faults]


@verbs
def test_a_wrong_value_is_the_same_fault_by_every_way(
    client: TestClient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, each: Verb
) -> None:
    monkeypatch.setenv("COLUMNS", "10000")
    function, needed = getattr(al, each.home[1]), NEEDED.get(each.command, {})
    # Verbs share most options: one tries the one half of the values, the next the other.
    for name, value, what in part_of([*wrong_values(each)][not ALL and VERBS.index(each) % 2 :], 2):
        with pytest.raises(al.OptionError) as caught:
            function(al.read(tiny()["system"]), **{**needed, name: value})
        ((column, said, remedy),) = told(caught.value)
        assert (column, said) == (name, what)
        assert remedy.endswith((sentence(each.options, name), "?"))
        assert str(caught.value) == f"{name}: {what}. {remedy}" + ("" if remedy.endswith(("?", ".")) else ".")
        response = client.post(each.path, json={**tiny(), **needed, name: value})
        assert response.status_code == 422
        faults = [Fault.model_validate(fault) for fault in response.json()["faults"]]
        assert [(fault.table, fault.column, fault.what, fault.remedy) for fault in faults] == [
            ("options", name, what, remedy)
        ]
        words = at_the_command_line(each, name, value)
        if words is not None:
            assert main([each.command, "winter-pressure", *WORDS.get(each.command, []), *words]) == 2
            out, err = capsys.readouterr()
            assert (out, err) == ("", f"Error: {flag(name)}{str(caught.value).removeprefix(name)}\n")


def test_every_kind_of_wrong_value_is_tried_at_the_command_line() -> None:
    tried = [
        (name, what)
        for each in VERBS
        for name, value, what in wrong_values(each)
        if at_the_command_line(each, name, value) is not None
    ]
    assert len({name for name, _ in tried}) > 20
    for said in ("is not a number", "is not a whole number", "is not one of", "is below", "is above", "is not above"):
        assert any(said in what for _, what in tried), said


def test_all_that_is_wrong_is_told_at_once(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    wrong: Json = {"steps": "many", "theta": 7, "order": "conflictfirst", "solver": 3}
    with pytest.raises(al.OptionError) as caught:
        al.propose(al.read(tiny()["system"]), **wrong)
    expected = told(caught.value)
    assert [name for name, _, _ in expected] == list(wrong)
    response = client.post("/v1/analyses/propose", json={**tiny(), **wrong}).json()
    assert [(row["column"], row["what"], row["remedy"]) for row in response["faults"]] == expected
    words = [word for name, value in wrong.items() for word in (flag(name), str(value))]
    assert main(["propose", "winter-pressure", *words]) == 2
    err = capsys.readouterr().err
    assert [line.split(":")[0] for line in err.removeprefix("Error: ").splitlines() if line.startswith("--")] == [
        flag(name) for name in wrong
    ]


UNKNOWN: Mapping[str, tuple[Any, str]] = {
    "keep": ("bed-ocupancy", "'bed-ocupancy' is not a measure. Did you mean 'bed-occupancy'?"),
    "drop": (["length-of-stay", "lenght-of-stay"], "'lenght-of-stay' is not a measure. Did you mean 'length-of-stay'?"),
    "candidates": ("bed-ocupancy", "'bed-ocupancy' is not a measure. Did you mean 'bed-occupancy'?"),
    "measures": (["bed-ocupancy"], "'bed-ocupancy' is not a measure. Did you mean 'bed-occupancy'?"),
    "weights": ({"councl": 0.5}, "'councl' is not an agency or a target. Did you mean 'council'?"),
    "resources": (["home-care-hour"], "'home-care-hour' is not a resource. Did you mean 'home-care-hours'?"),
    "cap": ({"home-care-hour": 2}, "'home-care-hour' is not a resource. Did you mean 'home-care-hours'?"),
    "floor": ({"home-care-hour": 2}, "'home-care-hour' is not a resource. Did you mean 'home-care-hours'?"),
    "power": ({"councl": 2}, "'councl' is not an agency. Did you mean 'council'?"),
}


@verbs
def test_an_unknown_id_is_the_same_by_every_way(
    client: TestClient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, each: Verb
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    changes = {"changes": [{"change": "remove-agency", "agency": "council"}]} if each.command == "what-if" else {}
    needed = {**NEEDED.get(each.command, {}), **changes}
    for name, (value, said) in UNKNOWN.items():
        if name not in each.options.model_fields:
            continue
        with pytest.raises(al.UnknownWord) as caught:
            getattr(al, each.home[1])(system("winter-pressure"), **{**needed, name: value})
        assert str(caught.value) == said
        response = client.post(each.path, json={"system": document("winter-pressure"), **needed, name: value})
        assert (response.status_code, response.json()["type"]) == (422, "/docs#unknown-word")
        assert response.json()["detail"] == said
        assert main([each.command, "winter-pressure", *_words(each, name, value)]) == 2
        out, err = capsys.readouterr()
        assert (out, err.splitlines()[-1]) == ("", f"Error: {said}")


def _words(each: Verb, name: str, value: Any) -> list[str]:
    """An option at the command line, with whatever else is needed."""
    if isinstance(value, dict):
        values = [f"{key}={number}" for key, number in cast("dict[str, Any]", value).items()]
    else:
        values = [value] if isinstance(value, str) else cast("list[str]", value)
    if name == each.argument:
        return list(values)
    return [*WORDS.get(each.command, []), *(word for each_one in values for word in (flag(name), each_one))]


def test_several_unknown_ids_are_told_at_once(client: TestClient) -> None:
    wrong: Json = {"keep": ["bed-ocupancy"], "power": {"councl": 2}}
    with pytest.raises(al.OptionError) as caught:
        al.propose(system("winter-pressure"), **wrong)
    assert not isinstance(caught.value, al.UnknownWord)
    assert [(name, what) for name, what, _ in told(caught.value)] == [
        ("keep", "'bed-ocupancy' is not a measure"),
        ("power", "'councl' is not an agency"),
    ]
    response = client.post("/v1/analyses/propose", json={"system": document("winter-pressure"), **wrong})
    assert (response.status_code, response.json()["type"]) == (422, "/docs#wrong-option")
    assert [row["column"] for row in response.json()["faults"]] == ["keep", "power"]


@verbs
def test_null_is_the_default(each: Verb) -> None:
    needed = NEEDED.get(each.command, {})
    nothing = {name: None for name in each.options.model_fields if name not in needed}
    plain = asked_of(each.options, needed)
    assert asked_of(each.options, {**nothing, **needed}) == plain
    bodies = ({**tiny(), **nothing, **needed}, {**tiny(), **needed})
    (_, asked), (_, without) = (ask(each.options, json.dumps(body).encode(), Settings()) for body in bodies)
    assert asked == without
    for name in needed:
        with pytest.raises(al.OptionError, match=f"^{name}: is missing. Give it: "):
            asked_of(each.options, {name: None})


@verbs
def test_one_word_is_a_list_of_one(each: Verb) -> None:
    needed = NEEDED.get(each.command, {})
    for name in ("kinds", "keep", "drop", "measures", "candidates"):
        if name in each.options.model_fields:
            word = "opposed" if name == "kinds" else "bed-occupancy"
            one, several = (asked_of(each.options, {**needed, name: value}) for value in (word, [word]))
            assert one == several
            assert getattr(one, name) == (word,)


def test_words_for_candidates_are_themselves() -> None:
    options = al.Options
    assert asked_of(options, {"candidates": "targeted"}).candidates == "targeted"
    assert asked_of(options, {"candidates": ["targeted"]}).candidates == "targeted"
    assert asked_of(options, {"candidates": []}).candidates == ()


@pytest.mark.parametrize(("given", "kept"), [("2", 2), (2.0, 2), (" 2 ", 2)])
def test_a_number_may_come_as_text(given: Any, kept: int) -> None:
    assert al.net_effects(system("winter-pressure"), steps=given) == al.net_effects(
        system("winter-pressure"), steps=kept
    )


def test_a_value_that_is_long_or_odd_is_told_in_short() -> None:
    with pytest.raises(al.OptionError) as caught:
        al.propose(system("winter-pressure"), order="x\n\x1b" * 100)  # pyright: ignore[reportArgumentType]
    (fault,) = caught.value.faults
    assert "\x1b" not in fault.what
    assert "\n" not in fault.what
    assert len(fault.what) < 120
    with pytest.raises(al.OptionError, match=r"voice: NaN is not a number that can be reckoned with"):
        al.propose(system("winter-pressure"), voice=float("nan"))
