"""Words, schemas and examples as HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any, Final, cast

Json = Mapping[str, Any]

SHOWN: Final = 2
"""How much of a list of an example people are shown."""


def text(words: Any) -> str:
    """Words that cannot be taken for markup.

    >>> text("a < b")
    'a &lt; b'
    """
    return escape(str(words), quote=True)


def prose(words: str) -> str:
    """Paragraphs, lists and `code`.

    >>> prose("Give `steps`.")
    '<p>Give <code>steps</code>.</p>'
    """
    return "\n".join(map(block, words.split("\n\n")))


def block(words: str) -> str:
    """A paragraph or a list."""
    lines = [re.sub(r"`+([^`]+)`+", r"<code>\1</code>", text(line)) for line in words.split("\n")]
    if not words.startswith("- "):
        return f"<p>{' '.join(lines)}</p>"
    return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>"


def indented(value: Any) -> str:
    """An example as it is shown and sent: JSON, or text as it is."""
    return value if isinstance(value, str) else json.dumps(value, indent=1, ensure_ascii=False)


def shortened(value: Any) -> Any:
    """An example for people, of whose lists only the beginning is shown.

    >>> shortened({"rows": [1, 2, 3, 4, 5]})
    {'rows': [1, 2, '... and 3 more']}
    """
    if isinstance(value, dict):
        return {name: shortened(each) for name, each in cast("dict[str, Any]", value).items()}
    if not isinstance(value, list):
        return value
    items = cast("list[Any]", value)
    left = len(items) - SHOWN
    return [*map(shortened, items[:SHOWN]), f"... and {left} more"] if left > 1 else [*map(shortened, items)]


def link(name: str, kind: str = "schema") -> str:
    """A link to where something is told on the page.

    >>> link("Agency")
    "<a href='#schema-Agency'>Agency</a>"
    """
    return f"<a href='#{anchor(name, kind)}'>{text(name)}</a>"


def anchor(name: str, kind: str = "schema") -> str:
    """Where something is told on the page."""
    return f"{kind}-{text(name)}"


class Typist:
    """Says schemas in words.

    Parameters
    ----------
    schemas
        All schemas by name.
    """

    def __init__(self, schemas: Json) -> None:
        self._schemas = schemas

    def fields(self, schema: Json) -> str:
        """A table of the fields of a type, those first that are needed."""
        needed = schema.get("required", ())
        fields = sorted(schema.get("properties", {}).items(), key=lambda item: item[0] not in needed)
        rows = "".join(self._row(name, field, needed=name in needed) for name, field in fields)
        return f"<table>{heads('name', 'type', 'default', 'meaning')}{rows}</table>" if rows else ""

    def _row(self, name: str, field: Json, *, needed: bool) -> str:
        says = block(field.get("description", ""))
        default = default_of(field, needed=needed)
        return (
            f"<tr><td><code>{text(name)}</code></td><td>{self.type(field)}</td><td>{default}</td><td>{says}</td></tr>"
        )

    def type(self, schema: Json) -> str:
        """A type in words, with links to those that are told elsewhere."""
        if "contentSchema" in schema:
            return f"{self.type(schema['contentSchema'])} as JSON text"
        say: Mapping[str, Callable[[Json], str]] = {
            "$ref": self._reference,
            "anyOf": self._one_of,
            "oneOf": self._one_of,
            "enum": self._choice,
            "const": self._constant,
            "type": self._plain,
        }
        # The first of these that a schema has says most of it.
        return next((how(schema) for key, how in say.items() if key in schema), "anything")

    def _reference(self, schema: Json) -> str:
        name = schema["$ref"].rpartition("/")[2]
        return self.type(self._schemas[name]) if "enum" in self._schemas[name] else link(name)

    def _one_of(self, schema: Json) -> str:
        return " or ".join(map(self.type, schema.get("anyOf", schema.get("oneOf", ()))))

    def _choice(self, schema: Json) -> str:
        return " | ".join(f"<code>{text(word)}</code>" for word in schema["enum"])

    def _constant(self, schema: Json) -> str:
        return f"<code>{text(schema['const'])}</code>"

    def _plain(self, schema: Json) -> str:
        kind = schema["type"]
        if kind == "array":
            return f"list of {self.type(schema.get('items', {}))}"
        if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
            return f"{self.type(schema['additionalProperties'])} by name"
        return " ".join([{"null": "blank", "string": "text"}.get(kind, text(kind)), *_bounds(schema)])


def heads(*names: str) -> str:
    """The heads of a table."""
    return "<tr>" + "".join(f"<th>{name}</th>" for name in names) + "</tr>"


def default_of(schema: Json, *, needed: bool) -> str:
    """What is taken where nothing is given."""
    return "required" if needed else text(json.dumps(schema.get("default"))).replace("null", "blank")


def _bounds(schema: Json) -> Iterator[str]:
    words = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "below"}
    return (f"{word} {schema[key]:g}" for key, word in words.items() if key in schema)
