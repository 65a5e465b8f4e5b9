"""Nouns never change: not what they hold, nor by any way of copying them."""

from __future__ import annotations

import copy
import json
import pickle
import sys
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

import alignment as al
from alignment.models import Noun, Target
from alignment.models.answers.validate import Summary
from alignment.models.fields import FrozenDict, FrozenMapping, unchecked

WITH_MAPPINGS: list[tuple[Noun, str]] = [
    (al.Options(weights={"trust": 0.5}), "weights"),
    (al.Options(power={"trust": 2}), "power"),
    (al.Options(), "weights"),
    (al.Add(table="measures", row={"id": "beds", "name": "Beds", "reported_at": ["local"]}), "row"),
    (Summary(system="", name=None, summary="", rows={"agencies": 3}), "rows"),
]
CHANGES: dict[str, tuple[Any, ...]] = {
    "__setitem__": ("trust", 1),
    "__delitem__": ("trust",),
    "__ior__": ({"trust": 1},),
    "update": ({"trust": 1},),
    "setdefault": ("new", 1),
    "pop": ("trust", None),
    "popitem": (),
    "clear": (),
}
TARGET = Target(agency="trust", measure="beds", sense="at_most", value=92)


@pytest.mark.parametrize(("noun", "field"), WITH_MAPPINGS)
@pytest.mark.parametrize("change", CHANGES)
def test_what_a_noun_holds_never_changes(noun: Noun, field: str, change: str) -> None:
    before = noun.model_dump_json()
    with pytest.raises(TypeError, match="never changes"):
        getattr(getattr(noun, field), change)(*CHANGES[change])
    with pytest.raises(ValidationError, match="frozen"):
        setattr(noun, field, {})
    assert noun.model_dump_json() == before


@pytest.mark.parametrize(("noun", "field"), WITH_MAPPINGS)
def test_a_noun_with_a_mapping_equals_its_copies_and_has_their_hash(noun: Noun, field: str) -> None:
    copies = [
        copy.copy(noun),
        copy.deepcopy(noun),
        pickle.loads(pickle.dumps(noun)),
        noun.model_copy(deep=True),
        type(noun).model_validate(noun.model_dump()),
        type(noun).model_validate_json(noun.model_dump_json()),
    ]
    for each in copies:
        assert each == noun
        assert hash(each) == hash(noun)
        assert type(getattr(each, field)) is FrozenDict


def test_a_mapping_is_neither_the_callers_own_nor_any_the_caller_can_reach() -> None:
    tiers, row = ["local"], dict[str, Any](id="beds", name="Beds")
    row["reported_at"] = tiers
    change = al.Add(table="measures", row=row)
    row["id"], before = "waits", hash(change)
    tiers.append("national")
    assert change.row == {"id": "beds", "name": "Beds", "reported_at": ("local",)}
    assert hash(change) == before


def test_a_frozen_mapping_is_a_mapping_in_json_and_in_schemas() -> None:
    frozen, plain = TypeAdapter[Any](FrozenMapping[str, int]), TypeAdapter[Any](dict[str, int])
    assert frozen.json_schema() == plain.json_schema()
    assert frozen.json_schema(mode="serialization") == plain.json_schema(mode="serialization")
    held = frozen.validate_python({"b": "1", "a": 2})
    assert held == {"a": 2, "b": 1}
    assert list(held) == ["b", "a"]
    assert json.loads(frozen.dump_json(held)) == json.loads(json.dumps(held)) == {"a": 2, "b": 1}
    assert type(frozen.dump_python(held)) is dict
    with pytest.raises(ValidationError, match="valid integer"):
        frozen.validate_python({"a": "one"})


def test_a_changed_copy_is_checked_like_a_new_one() -> None:
    assert TARGET.model_copy(update={"value": 90}) == Target(agency="trust", measure="beds", sense="at_most", value=90)
    assert TARGET.model_copy(update={"value": "90"}).value == 90.0
    assert TARGET.model_copy(update={"value": None}).value is None
    assert TARGET.model_copy() == TARGET == TARGET.model_copy(update={}, deep=True)
    for wrong in ({"value": "ninety"}, {"sense": "atmost"}, {"valeu": 90}, {"agency": None}):
        with pytest.raises(ValidationError):
            TARGET.model_copy(update=wrong)
        with pytest.raises(ValidationError):
            TARGET.__replace__(**wrong)


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace is new in 3.13")
def test_the_standard_library_replaces_with_checks() -> None:
    replace: Any = vars(copy)["replace"]
    assert replace(TARGET, value=90).value == 90.0
    with pytest.raises(ValidationError):
        replace(TARGET, value="ninety")


def test_ways_around_the_checks_are_refused_and_say_what_to_do() -> None:
    with pytest.raises(TypeError, match=r"write Target\(\.\.\.\)"):
        Target.model_construct(value="ninety")
    with pytest.raises(TypeError, match="use model_copy"):
        TARGET.copy(update={"value": "ninety"})
    with pytest.raises(TypeError, match=r"write System\(\.\.\.\)"):
        al.System.model_construct(targets=())


def test_parts_of_the_library_that_know_may_go_without_checks() -> None:
    changed = unchecked(TARGET, value=90.0)
    assert changed == TARGET.model_copy(update={"value": 90.0})
    assert hash(changed) == hash(TARGET.model_copy(update={"value": 90.0}))
    assert TARGET.value == 92
    assert unchecked(TARGET, weight=0.5).model_fields_set == TARGET.model_fields_set | {"weight"}
    assert pickle.loads(pickle.dumps(changed)) == changed
