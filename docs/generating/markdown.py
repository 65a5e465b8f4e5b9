"""What every generated part is written with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import PydanticUndefined

from alignment.models.fields import ID


def grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def said(thing: Any) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join((thing.__doc__ or "").partition("\n\n")[0].split())


def words(rule: Mapping[str, Any]) -> str:
    """What a value may be that its JSON schema describes, in a few words."""
    if "enum" in rule:
        return ", ".join(f"`{word}`" for word in rule["enum"])
    if rule["type"] == "boolean":
        return "`yes` or `no`"
    if rule["type"] in ("number", "integer"):
        return number(rule)
    if rule.get("pattern") == ID:
        return "id"
    return "text" if "minLength" in rule else "year, financial year or ISO date"


def number(rule: Mapping[str, Any]) -> str:
    """Which numbers a JSON schema allows."""
    kind = "whole number" if rule["type"] == "integer" else "number"
    low, above, high = (rule.get(name) for name in ("minimum", "exclusiveMinimum", "maximum"))
    if high is not None:
        return f"{kind} from {low:g} to {high:g}" if above is None else f"{kind} above {above:g} to {high:g}"
    if above is not None:
        return f"{kind} above {above:g}"
    return kind if low is None else f"{kind} from {low:g}"


def default(value: Any) -> str:
    """What counts where nothing is given."""
    if value is PydanticUndefined:
        return "required"
    if value is None:
        return "blank"
    if value in ((), {}):
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:,}".removesuffix(".0") if isinstance(value, int | float) else f"`{value}`"
