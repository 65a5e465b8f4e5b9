"""What can be asked: of an aligned set, of every verb over HTTP, and of a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alignment.models.fields import Noun
from alignment.models.options.aligned_set import Options
from alignment.verbs.registry import VERBS, Verb

from .markdown import default, grid, number


def options() -> str:
    """What can be asked of an aligned set."""
    return _fields(Options, Options.model_fields)


def _fields(noun: type[Noun], names: Iterable[str]) -> str:
    properties, fields = noun.model_json_schema()["properties"], noun.model_fields
    rows = [
        (
            f"`{name}`",
            _values(properties[name]),
            default(fields[name].get_default(call_default_factory=True)),
            fields[name].description or "",
        )
        for name in names
    ]
    return grid(("name", "values", "default", "meaning"), rows)


def _values(schema: Mapping[str, Any]) -> str:
    rule = schema["anyOf"][0] if "anyOf" in schema else schema
    if "enum" in rule:
        return ", ".join(f"`{word}`" for word in rule["enum"])
    if rule["type"] == "object":
        return f"ids, each with a {number(rule['additionalProperties'])}"
    if rule["type"] == "array" and "oneOf" in rule["items"]:
        return "objects"
    if rule["type"] == "array":
        return "ids" if "enum" not in rule["items"] else "words"
    if rule["type"] == "boolean":
        return "true or false"
    return number(rule)


def verbs() -> str:
    """Every verb of the API with its options."""
    return "\n".join(line for verb in VERBS for line in _verb(verb)).rstrip()


def _verb(verb: Verb) -> Iterator[str]:
    yield f"### {verb.command}\n"
    names: Iterable[str] = verb.options.model_fields
    function, tables = verb.function.__name__, ", ".join(f"`{table}`" for table in verb.tables)
    yield f"{verb.summary}. The library's `al.{function}`; the answer is of type `{verb.answer.__name__}`.\n"
    yield f"`GET /v1/systems/{{system}}/{verb.command}`, `POST {verb.path}`. Tables: {tables}.\n"
    if issubclass(verb.options, Options):
        names = [name for name in names if name not in Options.model_fields]
        yield f"Options: [those of an aligned set](ideas/aligned-set.md#options){', and' if names else '.'}\n"
    elif not names:
        yield "No options.\n"
    if names:
        yield f"{_fields(verb.options, names)}\n"


def settings() -> str:
    """The limits of a server."""
    from alignment.api.settings import PREFIX, Settings

    rows = [
        (f"`{PREFIX}{name.upper()}`", default(field.default), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    return grid(("environment", "default", "meaning"), rows)
