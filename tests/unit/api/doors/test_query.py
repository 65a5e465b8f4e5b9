"""What a URL asks is what a body asks, and whatever is wrong with it is told at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, cast
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings, strategies as st
from starlette.datastructures import QueryParams

from alignment.api.doors.parameters import parameters
from alignment.api.doors.query import Shape, asked, given as given_in, shapes
from alignment.api.doors.spreadsheets import SheetOptions
from alignment.api.doors.tables import PageOptions
from alignment.api.doors.waiting import Waiting
from alignment.errors import InputError, OptionError
from alignment.models.options.aligned_set import Options
from alignment.models.options.conflicts import ConflictOptions
from alignment.models.options.fields import Asked
from alignment.models.options.scenarios import ChangeOptions, CompareOptions
from alignment.models.options.targeting import TargetingOptions
from alignment.options.asked import asked_of
from alignment.verbs.registry import COMPARE, VERBS
from tests.thoroughly import most

OWN = (PageOptions, SheetOptions, Waiting)
KINDS = sorted({verb.options for verb in (*VERBS, COMPARE)}, key=lambda kind: kind.__name__)


def url(*pairs: tuple[str, str]) -> QueryParams:
    return QueryParams(urlencode(pairs))


def written(kind: type[Asked], values: Mapping[str, Any]) -> QueryParams:
    """Options as a URL gives them."""
    pairs = list[tuple[str, str]]()
    for name, value in values.items():
        shape = shapes(kind)[name]
        if shape in (Shape.OBJECT, Shape.ROWS):
            pairs.append((name, json.dumps(value)))
        elif isinstance(value, list | tuple):
            pairs += [(name, word) for word in cast("list[str]", value)]
        else:
            pairs.append((name, value if isinstance(value, str) else json.dumps(value)))
    return url(*pairs)


ids = st.sampled_from(["a", "B-1", "c.d", "1"])


def values_of(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema admits."""
    if "anyOf" in schema:
        return st.one_of(*map(values_of, schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "array":
        return st.lists(values_of(schema["items"]), min_size=1, max_size=3)
    if schema["type"] == "object":
        return st.dictionaries(ids, values_of(schema["additionalProperties"]), max_size=3)
    return PLAIN[schema["type"]](schema)


def _number(schema: Mapping[str, Any]) -> st.SearchStrategy[float]:
    low = schema.get("minimum", schema.get("exclusiveMinimum", -1e9))
    return st.floats(low, schema.get("maximum", 1e9), exclude_min="exclusiveMinimum" in schema)


def _whole(schema: Mapping[str, Any]) -> st.SearchStrategy[int]:
    return st.integers(schema.get("minimum", -9), schema.get("maximum", 10**6))


def _truth(_: Mapping[str, Any]) -> st.SearchStrategy[bool]:
    return st.booleans()


def _word(_: Mapping[str, Any]) -> st.SearchStrategy[str]:
    return ids


PLAIN: Final[Mapping[str, Callable[[Mapping[str, Any]], st.SearchStrategy[Any]]]] = {
    "boolean": _truth,
    "integer": _whole,
    "number": _number,
    "string": _word,
}

ROWS = {
    "changes": [{"change": "change-cap", "resource": "beds", "capacity": None}, {"change": "add", "table": "x"}],
    "bundles": [{"service": "Ward, at home", "benefit": 1, "cost": 2.5}],
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_the_document_admits_is_asked_as_in_a_body(kind: type[Asked]) -> None:
    fields = {
        each["name"]: values_of(each["schema"]) if "schema" in each else _of_json(each) for each in parameters(kind)
    }
    needed = {each["name"] for each in parameters(kind) if each["required"]}
    drawn = st.fixed_dictionaries(
        {name: values for name, values in fields.items() if name in needed},
        optional={name: values for name, values in fields.items() if name not in needed},
    )

    @settings(max_examples=most(60, 12), deadline=None)
    @given(drawn)
    def law(values: dict[str, Any]) -> None:
        assert asked(written(kind, values), kind, Waiting) == (asked_of(kind, values), Waiting())

    law()


def _of_json(parameter: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    schema = parameter["content"]["application/json"]["schema"]
    rows = ROWS.get(parameter["name"], [])
    return values_of(schema) if schema["type"] == "object" else st.just(rows[:1])


@pytest.mark.parametrize("kind", [*KINDS, *OWN], ids=lambda kind: kind.__name__)
def test_every_option_is_described_by_itself(kind: type[Asked]) -> None:
    found = parameters(kind)
    assert [each["name"] for each in found] == list(kind.model_fields)
    assert all(each["in"] == "query" and each["description"] for each in found)
    assert all(each["required"] == kind.model_fields[each["name"]].is_required() for each in found)
    assert "$ref" not in json.dumps(found)
    assert "$defs" not in json.dumps(found)
    assert '"null"' not in json.dumps([each["schema"] for each in found if "schema" in each])


def test_objects_are_described_as_json_text() -> None:
    found = {each["name"]: each for each in parameters(ChangeOptions)}
    changes = found["changes"]["content"]["application/json"]["schema"]
    assert changes["items"]["oneOf"][0]["properties"]["change"]["const"] == "add"
    assert found["weights"]["content"]["application/json"]["schema"]["additionalProperties"]["maximum"] == 1
    assert found["sway"]["schema"] == {"type": "number", "exclusiveMinimum": 0, "maximum": 1}
    assert found["steps"]["schema"] == {"type": "integer", "minimum": 0, "default": 2}
    assert found["keep"]["schema"] == {"type": "array", "items": {"type": "string"}, "default": []}


def test_the_doors_own_parameters_are_no_options() -> None:
    options = {name for kind in KINDS for name in kind.model_fields}
    own = [name for kind in OWN for name in kind.model_fields]
    assert not options & {*own, "version", "system"}
    assert len(own) == len(set(own))


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (Options, "keep=a&keep=b", {"keep": ["a", "b"]}),
        (Options, "keep=a,%20b,&keep=c", {"keep": ["a", "b", "c"]}),
        (Options, "keep=&steps=%20&drop=a", {"drop": ["a"]}),
        (Options, "candidates=all", {"candidates": ["all"]}),
        (Options, "steps=&steps=3", {"steps": "3"}),
        (ConflictOptions, "kinds=torn,opposed", {"kinds": ["torn", "opposed"]}),
        (CompareOptions, "names=Barking,%20East&names=Brent", {"names": ["Barking, East", "Brent"]}),
        (PageOptions, "where=name:a,b&where=n:1", {"where": ["name:a,b", "n:1"]}),
        (Options, 'weights={"a":0.5}', {"weights": {"a": 0.5}}),
        (TargetingOptions, 'bundles={"cost":1}&bundles=[{"cost":2},{}]', {"bundles": [{"cost": 1}, {"cost": 2}, {}]}),
    ],
)
def test_values_are_taken_as_they_are_meant(kind: type[Asked], text: str, found: dict[str, Any]) -> None:
    assert given_in(QueryParams(text), kind) == found


def test_one_word_may_stand_for_all() -> None:
    assert asked(QueryParams("candidates=targeted"), Options, Waiting)[0].candidates == "targeted"
    assert asked(QueryParams("candidates=a,b"), Options, Waiting)[0].candidates == ("a", "b")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = "step=1&theta=1&theta=2&weights={a}&power={%22a%22:1,%22a%22:2}&decay=9&pag=x&page_size=0&order=tol&zzzzzz=1"
    with pytest.raises(InputError) as caught:
        asked(QueryParams(text), Options, PageOptions)
    told = {fault.column: (fault.what, fault.remedy) for fault in caught.value.faults}
    assert list(told) == ["step", "pag", "zzzzzz", "theta", "weights", "power", "decay", "order", "page_size"]
    assert told["step"] == ("is not known here", "Did you mean 'steps'?")
    assert told["pag"] == ("is not known here", "Did you mean 'page'?")
    assert told["theta"] == ("is given twice", "Keep one of the two")
    assert told["weights"][0].startswith("is not JSON (line 1, character 2")
    assert told["weights"][1] == 'Write an object as JSON text, such as {"a": 1}'
    assert told["power"][0] == "gives a twice"
    assert told["zzzzzz"][1].startswith("There are: steps, decay, ")
    assert told["page_size"][0] == "0 is below 1"


def test_what_could_not_be_read_is_not_missing_besides() -> None:
    with pytest.raises(InputError) as caught:
        asked(QueryParams("changes=[x]"), ChangeOptions, Waiting)
    assert [(fault.column, fault.what.partition(" (")[0]) for fault in caught.value.faults] == [
        ("changes", "is not JSON")
    ]
    with pytest.raises(InputError, match="changes: is missing"):
        asked(QueryParams("changes="), ChangeOptions, Waiting)


def test_what_is_wrong_with_a_change_is_told_by_its_place() -> None:
    with pytest.raises(InputError) as caught:
        asked(
            QueryParams('changes=[{"change":"drop","table":"targets","row":"a"},{"change":"dop"}]'),
            ChangeOptions,
            Waiting,
        )
    assert [fault.where for fault in caught.value.faults] == ["changes[1].change"]


names = st.sampled_from([*ChangeOptions.model_fields, "page", "Steps", "\ud800", ""])
texts = st.sampled_from(
    ["", "[", "{}", "[[]]", "null", '{"a":NaN}', "[" * 70, "1e999", "-0", "a,b", '"\\ud800"', "\ud800"]
)


@settings(max_examples=most(1000, 150), deadline=None)
@given(st.lists(st.tuples(names, texts | st.text(st.sampled_from('[]{}",:1ea \x00é'), max_size=12)), max_size=5))
def test_no_url_is_more_than_refused(pairs: list[tuple[str, str]]) -> None:
    params = QueryParams(urlencode(pairs, errors="surrogatepass"))
    for ask in (lambda: asked(params, ChangeOptions, PageOptions), lambda: given_in(params, Options, ["page"])):
        try:
            ask()
        except (InputError, OptionError) as error:
            told = error.faults
            assert all(fault.what and fault.remedy for fault in told)
            assert json.dumps([fault.model_dump() for fault in told], ensure_ascii=False).encode()
