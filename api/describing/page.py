"""The documentation as one page that fetches nothing: made of the OpenAPI document, readable without a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any, Final

from alignment.api.problems import ALL_KINDS, Kind
from alignment.api.refusals import NothingHereError

from .bodies import BODY
from .markup import Typist, anchor, heads, indented, link, prose, shortened, text
from .sections import Sections, askings, examples_of

Json = Mapping[str, Any]

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""Should a text ever pass for markup, the browser still runs and fetches nothing."""


def render(document: Json, base: str) -> str:
    """The page.

    Parameters
    ----------
    document
        The OpenAPI document.
    base
        Where the server is, as its visitor knows it.
    """
    writer = _Writer(document, base.rstrip("/"))
    return _PAGE.format(title=text(document["info"]["title"]), style=_style(), body="\n".join(writer.parts()))


def example(document: Json, word: str) -> str:
    """The body of an operation's example, ready to be sent.

    Parameters
    ----------
    document
        The OpenAPI document.
    word
        The word of a verb, or the name of another operation that takes JSON.

    Raises
    ------
    NothingHereError
        There is none.
    """
    for each in askings(document):
        if each.word == word and "requestBody" in each.what:
            found = examples_of(each.what["requestBody"])
            return indented(document["components"]["examples"][found[0]]["value"])
    raise NothingHereError(f"There is no example '{word}'. See /docs for what there is.")


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


class _Writer:
    """Writes the page of one document."""

    def __init__(self, document: Json, base: str) -> None:
        self._document = document
        self._common: Json = document["components"]
        self._schemas: Json = self._common["schemas"]
        self._typist = Typist(self._schemas)
        self._sections = Sections(self._common, base)
        self._askings = askings(document)

    def parts(self) -> Iterator[str]:
        """The page from top to bottom."""
        yield from self._head()
        for tag in self._document["tags"]:
            yield f"<h2 id='tag-{text(tag['name'])}'>{text(tag['name']).capitalize()}</h2>\n{prose(tag['description'])}"
            yield from (self._sections.operation(each) for each in self._askings if each.tag == tag["name"])
        yield self._sections.parameters()
        yield _problems()
        yield "<h2 id='schemas'>What things are made of</h2>"
        yield from (self._schema(name) for name in sorted(self._schemas) if not self._is_told(name))
        yield "<h2 id='examples'>Examples</h2>\n<p>Of lists only the beginning; openapi.json has all of it.</p>"
        answers = self._answers()
        yield from (self._example(name) for name in self._common["examples"] if name in answers)

    def _answers(self) -> frozenset[str]:
        """The names of the examples of answers; those of bodies are fetched one by one."""
        said = [one for each in self._askings for one in each.what["responses"].values()]
        return frozenset(name for one in (*said, *self._common["responses"].values()) for name in examples_of(one))

    def _head(self) -> Iterator[str]:
        info = self._document["info"]
        yield f"<h1>{text(info['title'])} <small>{text(info['version'])}</small></h1>\n<nav><ul>"
        for tag in self._document["tags"]:
            own = [each for each in self._askings if each.tag == tag["name"]]
            items = "".join(
                f"<li><a href='#{text(each.word)}'>{each.address}</a> {text(each.what['summary'])}</li>" for each in own
            )
            head = (
                f"<a href='#tag-{text(tag['name'])}'>{text(tag['name']).capitalize()}</a>: {text(tag['description'])}"
            )
            yield f"<li>{head}<details><summary>{len(own)} of them</summary><ul>{items}</ul></details></li>"
        for word, says in _FURTHER.items():
            yield f"<li><a href='#{word}'>{says}</a></li>"
        yield "<li><a href='openapi.json'>openapi.json</a>, for other tools</li></ul></nav>"
        yield prose(info["description"])

    def _is_told(self, name: str) -> bool:
        """Whether a schema is told where it is used."""
        return name.endswith(BODY) or "enum" in self._schemas[name]

    def _schema(self, name: str) -> str:
        schema = self._schemas[name]
        says = prose(schema.get("description", ""))
        return f"<section id='{anchor(name)}'>\n<h3>{text(name)}</h3>\n{says}\n{self._typist.fields(schema)}</section>"

    def _example(self, name: str) -> str:
        shown = escape(indented(shortened(self._common["examples"][name]["value"])), quote=False)
        return f"<details id='{anchor(name, 'example')}'><summary>{text(name)}</summary><pre>{shown}</pre></details>"


_FURTHER: Final = {
    "parameters": "Parameters",
    "problems": "Problems",
    "schemas": "What things are made of",
    "examples": "Examples",
}
"""The parts that follow operations."""


def _problems() -> str:
    rows, seen = "", set[int]()
    for kind in sorted(ALL_KINDS, key=lambda kind: kind.status):
        rows += _kind(kind, first=kind.status not in seen)
        seen.add(kind.status)
    head = heads("status", "type", "what it is")
    return f"<h2 id='problems'>Problems</h2>\n<p>Each is a {link('Problem')}.</p>\n<table>{head}{rows}</table>"


def _kind(kind: Kind, *, first: bool) -> str:
    status = f"<span id='status-{kind.status}'>{kind.status}</span>" if first else f"{kind.status}"
    cells = (status, f"<code>{text(kind.type)}</code>", text(kind.title))
    return f"<tr id='{text(kind.word)}'>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
