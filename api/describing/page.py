"""The documentation as one page that fetches nothing: made of the OpenAPI document, readable without a script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any, Final

from starlette.exceptions import HTTPException

from alignment.api.problems import ALL_KINDS, Kind

Json = Mapping[str, Any]

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""Should a text ever pass for markup, the browser still runs and fetches nothing."""

JSON: Final = "application/json"

BODY: Final = "Request"


def render(document: Json, base: str) -> str:
    """The page.

    Parameters
    ----------
    document
        The OpenAPI document.
    base
        Where the server is, as its visitor knows it.
    """
    verbs = {path: item["post"] for path, item in document["paths"].items() if "post" in item}
    schemas: Json = document["components"]["schemas"]
    parts = [
        _head(document, verbs),
        *(_operation(path, verb, schemas, base.rstrip("/")) for path, verb in verbs.items()),
        _problems(),
        "<h2 id='schemas'>What things are made of</h2>",
        *(_schema(name, schemas[name]) for name in sorted(schemas) if not name.endswith(BODY)),
    ]
    return _PAGE.format(title=_text(document["info"]["title"]), style=_style(), body="\n".join(parts))


def example(document: Json, name: str) -> str:
    """The body of a verb's example, ready to be sent."""
    for item in document["paths"].values():
        if "post" in item and item["post"]["operationId"] == name:
            return _indented(_example(item["post"]["requestBody"]))
    raise HTTPException(404)


_PAGE: Final = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body><main>
{body}
</main></body>
</html>
"""


@cache
def _style() -> str:
    return files("alignment.api").joinpath("static/docs.css").read_text("utf-8")


def _text(words: Any) -> str:
    """Words that cannot be taken for markup."""
    return escape(str(words), quote=True)


def _prose(words: str) -> str:
    """Paragraphs, lists and `code` as markup."""
    return "\n".join(_block(block) for block in words.split("\n\n"))


def _block(block: str) -> str:
    lines = [re.sub(r"`+([^`]+)`+", r"<code>\1</code>", _text(line)) for line in block.split("\n")]
    if not block.startswith("- "):
        return f"<p>{' '.join(lines)}</p>"
    return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>"


def _head(document: Json, verbs: Json) -> str:
    info = document["info"]
    items = "".join(
        f"<li><a href='#{_text(verb['operationId'])}'><code>POST {_text(path)}</code></a> {_text(verb['summary'])}</li>"
        for path, verb in verbs.items()
    )
    return (
        f"<h1>{_text(info['title'])} <small>{_text(info['version'])}</small></h1>\n"
        f"<nav><ul>{items}<li><a href='#problems'>Problems</a></li>"
        "<li><a href='#schemas'>What things are made of</a></li>"
        "<li><a href='openapi.json'>openapi.json</a>, for other tools</li></ul></nav>\n"
        f"{_prose(info['description'])}"
    )


def _operation(path: str, verb: Json, schemas: Json, base: str) -> str:
    name = _text(verb["operationId"])
    asked = verb["requestBody"]["content"][JSON]["schema"]
    answered = verb["responses"]["200"]["content"][JSON]["schema"]
    return (
        f"<section id='{name}'>\n<h2><code>POST {_text(path)}</code></h2>\n"
        f"<p class='summary'>{_text(verb['summary'])}</p>\n{_prose(verb['description'])}\n"
        f"<h3>Try it</h3>\n<pre>{_text(_curl(base, path, verb['operationId']))}</pre>\n"
        f"<h3>What goes in</h3>\n{_fields(_resolved(asked, schemas))}\n"
        f"{_details('The example', _example(verb['requestBody']))}\n"
        f"<h3>What comes out</h3>\n<p>{_type(answered)}: {_text(verb['responses']['200']['description'])}</p>\n"
        f"{_details('The answer to the example', _example(verb['responses']['200']))}\n</section>"
    )


def _curl(base: str, path: str, name: str) -> str:
    return (
        f"curl -s {base}/docs/{name}.json -o example.json\n"
        f"curl -s {base}{path} -H 'Content-Type: application/json' --data-binary @example.json"
    )


def _resolved(schema: Json, schemas: Json) -> Json:
    """The schema that is referred to."""
    return schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _example(content: Json) -> Any:
    return next(iter(content["content"][JSON]["examples"].values()))["value"]


def _details(title: str, value: Any) -> str:
    return f"<details><summary>{title}</summary><pre>{_text(_indented(value))}</pre></details>"


def _indented(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _problems() -> str:
    rows = "".join(_kind(kind) for kind in sorted(ALL_KINDS, key=lambda kind: kind.status))
    head = "<tr><th>status</th><th>type</th><th>what it is</th></tr>"
    return f"<h2 id='problems'>Problems</h2>\n<p>Each is a {_link('Problem')}.</p>\n<table>{head}{rows}</table>"


def _kind(kind: Kind) -> str:
    cells = (_text(kind.status), f"<code>{_text(kind.type)}</code>", _text(kind.title))
    return f"<tr id='{_text(kind.word)}'>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _schema(name: str, schema: Json) -> str:
    says = _prose(schema.get("description", ""))
    return f"<section id='{_anchor(name)}'>\n<h3>{_text(name)}</h3>\n{says}\n{_fields(schema)}</section>"


def _fields(schema: Json) -> str:
    needed = schema.get("required", ())
    fields = sorted(schema.get("properties", {}).items(), key=lambda item: item[0] not in needed)
    rows = "".join(_row(name, field, name in needed) for name, field in fields)
    if not rows:
        return ""
    return f"<table><tr><th>name</th><th>type</th><th>default</th><th>meaning</th></tr>{rows}</table>"


def _row(name: str, field: Json, needed: bool) -> str:  # noqa: FBT001 - a cell of the row
    default = "required" if needed else _text(json.dumps(field.get("default"))).replace("null", "blank")
    says = _block(field.get("description", ""))
    return f"<tr><td><code>{_text(name)}</code></td><td>{_type(field)}</td><td>{default}</td><td>{says}</td></tr>"


def _type(schema: Json) -> str:
    """A type in words, with links to those that have a name."""
    return next((say(schema) for key, say in _TYPES.items() if key in schema), "anything")


def _of_type(schema: Json) -> str:
    kind = schema["type"]
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"{_type(schema['additionalProperties'])} by name"
    return " ".join([{"null": "blank", "string": "text"}.get(kind, _text(kind)), *_bounds(schema)])


_TYPES: Final[Mapping[str, Callable[[Json], str]]] = {
    "$ref": lambda schema: _link(schema["$ref"].rpartition("/")[2]),
    "anyOf": lambda schema: " or ".join(_type(each) for each in schema["anyOf"]),
    "oneOf": lambda schema: " or ".join(_type(each) for each in schema["oneOf"]),
    "enum": lambda schema: " | ".join(f"<code>{_text(word)}</code>" for word in schema["enum"]),
    "const": lambda schema: f"<code>{_text(schema['const'])}</code>",
    "type": _of_type,
}
"""How a schema is said, by the first of these keys that it has."""


def _bounds(schema: Json) -> Iterator[str]:
    words = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "below"}
    return (f"{word} {schema[key]:g}" for key, word in words.items() if key in schema)


def _link(name: str) -> str:
    return f"<a href='#{_anchor(name)}'>{_text(name)}</a>"


def _anchor(name: str) -> str:
    return f"schema-{_text(name)}"
