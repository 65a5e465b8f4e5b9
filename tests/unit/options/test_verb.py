"""What makes a function a verb: its signature and docstring, how it can be called, and the record of its answer."""

from __future__ import annotations

import inspect
import json
import pydoc
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import alignment as al
from alignment.models.options.aligned_set import CheckOptions
from alignment.models.shown import plain
from alignment.options.verb import verb_of
from alignment.verbs.registry import VERBS, Verb

verbs = pytest.mark.parametrize("each", VERBS, ids=[each.command for each in VERBS])


@pytest.fixture(scope="module")
def winter() -> al.System:
    return al.read(al.example("winter-pressure"))


@verbs
def test_signature_and_help_show_every_option_with_its_words(each: Verb) -> None:
    function = getattr(al, each.home[1])
    parameters = inspect.signature(function).parameters
    text = " ".join(pydoc.plain(pydoc.render_doc(function)).split())
    for name, field in each.options.model_fields.items():
        expected = inspect.Parameter.empty if field.is_required() else field.get_default(call_default_factory=True)
        assert parameters[name].default == expected
        assert parameters[name].annotation == plain(field.annotation)
        assert field.description is not None
        assert f" {name} {field.description}" in text
    assert parameters["options"].default is None
    assert " options All of these at once; what is given by name wins." in text


def test_the_signature_of_propose_in_full() -> None:
    parameters = inspect.signature(al.propose).parameters
    assert list(parameters)[:3] == ["system", "options", "progress"]
    assert {name for name, each in parameters.items() if each.kind is inspect.Parameter.KEYWORD_ONLY} == set(
        al.Options.model_fields
    )
    assert parameters["voice"].default == 0.0
    assert parameters["voice"].annotation is float


library: Any = al
"""Of these calls a type checker would say what they do."""

CALLS_THAT_CANNOT_BE: list[tuple[Callable[[Any], Any], type[al.OptionError], str]] = [
    (
        lambda winter: library.propose(winter, voic=1),
        al.UnknownWord,
        "'voic' is not an option of propose. Did you mean",
    ),
    (lambda winter: library.propose(winter, options={"voic": 1}), al.OptionError, "voic: is not known here. Did you"),
    (lambda winter: library.propose(winter, options=3), al.OptionError, "options is an object of options"),
    (lambda _: library.propose("winter"), al.OptionError, "propose is asked of a System, such as alignment.read"),
    (lambda winter: library.propose(winter, None, None, 3), al.OptionError, "takes these by their place: options, pro"),
    (lambda winter: library.find_conflicts(winter, "opposed", kinds="joint"), al.OptionError, "kinds is given twice"),
    (library.check, al.OptionError, "measures: is missing. Give it: the measures that people"),
    (lambda winter: library.net_effects(winter, steps="x"), al.OptionError, 'steps: "x" is not a whole number. Write'),
    (lambda winter: library.frontier(winter, price=1), al.UnknownWord, "'price' is not an option of frontier."),
    (lambda winter: library.frontier(winter, options=al.Options(price=1)), al.OptionError, "price: is not known here."),
]


@pytest.mark.parametrize(("call", "error", "says"), CALLS_THAT_CANNOT_BE)
def test_a_call_that_cannot_be_is_refused_in_words(
    winter: al.System, call: Callable[[Any], Any], error: type[al.OptionError], says: str
) -> None:
    with pytest.raises(error) as caught:
        call(winter)
    assert says in str(caught.value)
    assert "pydantic" not in str(caught.value)


def test_options_at_once_and_by_name(winter: al.System) -> None:
    options = al.Options(voice=0.3, drop=("length-of-stay",))
    wanted = al.propose(winter, voice=0.3, drop="length-of-stay")
    assert wanted.options == options
    for found in (
        al.propose(winter, options),
        al.propose(winter, options=options),
        al.propose(winter, options={"voice": 0.3, "drop": ["length-of-stay"]}),
        al.propose(winter, al.Options(voice=0.9), voice=0.3, drop=["length-of-stay"]),
        al.propose(winter, options, voice=None),  # pyright: ignore[reportArgumentType] - as JSON has it
    ):
        expected = 0.0 if found.options.voice == 0.0 else 0.3
        assert found.options == options.model_copy(update={"voice": expected})
    asked: dict[str, Any] = {"voice": None}
    assert al.propose(winter, options, **asked).options.voice == 0.0


def test_the_options_of_a_set_fit_every_verb_that_looks_for_one(winter: al.System) -> None:
    options = al.Options(voice=0.3, tolerance=0.3)
    asked: dict[str, Any] = {
        "check": {"measures": "bed-occupancy"},
        "what_if": {"changes": al.RemoveAgency(agency="region")},
        "certainty": {"draws": 2},
        "view": {"agency": "council"},
    }
    for each in VERBS:
        # coverage asks of duties alone, the frontier names no price.
        if {*al.Options.model_fields} - {*each.options.model_fields} <= {"price"}:
            function = getattr(al, each.home[1])
            answer = function(winter, options=options, **asked.get(each.home[1], {}))
            assert {"voice": 0.3, "tolerance": 0.3}.items() <= answer.record.options.items()
            if hasattr(answer, "options"):
                assert answer.options == options
                assert type(answer.options) is al.Options


def test_places_are_those_of_the_signature(winter: al.System) -> None:
    by_place = al.find_conflicts(winter, ["opposed"], 0.3, 3, 0.7)
    by_name = al.find_conflicts(winter, kinds="opposed", tolerance=0.3, steps=3, decay=0.7)
    assert by_place == by_name
    assert by_place.record == by_name.record


@verbs
def test_every_answer_carries_the_record_of_how_it_came_about(winter: al.System, each: Verb) -> None:
    answer = getattr(al, each.home[1])(winter, **each.example)
    record = answer.record
    assert (record.verb, record.input) == (verb_of(each.function).name, winter.hash)
    assert set(record.options) == set(each.options.model_fields)
    assert each.options.model_validate(record.options) == each.options.model_validate(each.example)
    assert record.versions == {"alignment": al.__version__, "highspy": version("highspy"), "pulp": version("pulp")}
    assert record.stopped == getattr(answer, "stopped", "finished")
    assert answer.to_json().startswith('{\n  "record": {\n    "verb": ')


def test_the_record_tells_of_a_search_that_was_ended(winter: al.System) -> None:
    found = al.propose(winter, time_limit=1e-9)
    assert found.record is not None
    assert (found.record.stopped, found.stopped) == ("time limit", "time limit")
    listened = al.sway(winter, time_limit=1e-9)
    assert listened.record is not None
    assert (listened.record.stopped, listened.stopped) == ("time limit", "time limit")
    assert al.sway(winter, found.measures, time_limit=1e-9).stopped == "finished"


def test_a_part_of_an_answer_has_no_record_of_its_own(winter: al.System) -> None:
    found = al.propose(winter, achievable=True, max_concession=4)
    assert found.shared is not None
    assert found.shared.record is None
    assert al.propose(winter, achievable=True, max_concession=4).to_json() == found.to_json()


def test_required_options_can_come_with_the_others(winter: al.System) -> None:
    options = CheckOptions(measures=("bed-occupancy",), voice=0.3)
    assert al.check(winter, options=options) == al.check(winter, "bed-occupancy", voice=0.3)


CALLS = """\
import alignment as al

system = al.read("winter-pressure")
al.propose(system, voice=1, keep="bed-occupancy", weights={"council": 0.5}, candidates=["bed-occupancy"])
al.propose(system, al.Options(voice=0.3), drop=["length-of-stay"], order="burden-first")
al.find_conflicts(system, ["opposed"], 0.3).of_kind("opposed").to_frame("sides")
al.check(system, "bed-occupancy", options={"voice": 0.3}).figures.burden
al.what_if(system, [al.Reweigh(target="council", weight=0.5)], each=True).to_text(80)
al.camps(system, 3, by="tier")
"""

WRONG = """\
al.propose(system, voic=1)
al.propose(system, order="burden")
al.propose(system, voice="much")
al.find_conflicts(system, ["oposed"])
al.net_effects(system, steps=[2])
al.frontier(system, price=1)
al.check(system, measures=3)
al.camps(system, by="team")
"""


@pytest.mark.skipif(find_spec("pyright") is None, reason="pyright is not installed")
def test_a_type_checker_catches_what_would_be_wrong(tmp_path: Path) -> None:
    file = tmp_path / "asking.py"
    file.write_text(CALLS + WRONG)
    (tmp_path / "pyrightconfig.json").write_text(
        json.dumps({"extraPaths": [str(Path(al.__file__).parents[1])], "typeCheckingMode": "strict"})
    )
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "-p", str(tmp_path), "--pythonpath", sys.executable],
        capture_output=True,
        text=True,
        check=False,
    )
    found = {each["range"]["start"]["line"] for each in json.loads(done.stdout)["generalDiagnostics"]}
    first = CALLS.count("\n")
    assert found == set(range(first, first + WRONG.count("\n"))), done.stdout
