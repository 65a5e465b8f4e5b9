"""Operations as sections of the page, and the parameters that they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alignment.api.arriving import JSON

from .bodies import BODY
from .curl import curl
from .markup import Typist, anchor, default_of, heads, link, prose, text

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Asking:
    """An operation with its address."""

    path: str
    method: str
    what: Json

    @property
    def tag(self) -> str:
        """The group that it belongs to."""
        return self.what["tags"][0]

    @property
    def word(self) -> str:
        """Where it is told on the page: a verb by its word."""
        return self.path.rpartition("/")[2] if self.tag == "analyses" else self.what["operationId"]

    @property
    def address(self) -> str:
        """Method and path."""
        return f"<code>{self.method.upper()} {text(self.path)}</code>"


def askings(document: Json) -> list[Asking]:
    """Every operation of a document."""
    return [Asking(path, method, each) for path, item in document["paths"].items() for method, each in item.items()]


class Sections:
    """Tells of operations.

    Parameters
    ----------
    common
        What operations have in common.
    base
        Where the server is.
    """

    def __init__(self, common: Json, base: str) -> None:
        self._common, self._base = common, base
        self._schemas: Json = common["schemas"]
        self._typist = Typist(self._schemas)

    def operation(self, each: Asking) -> str:
        """One operation: what it is asked, what comes out, and how to try it."""
        what, summary = each.what, each.what["summary"]
        parts = [
            f"<section id='{text(each.word)}'>\n<h3>{each.address}</h3>",
            f"<p class='summary'>{text(summary)}</p>",
            prose(what["description"]) if what["description"].rstrip(".") != summary else "",
            self._asked(what),
            self._sent(each.word, what),
            self._answered(what),
            f"<pre>{text(curl(self._base, each.path, each.method, each.word, what, self._common))}</pre>\n</section>",
        ]
        return "\n".join(filter(None, parts))

    def _asked(self, what: Json) -> str:
        keys = [_last(each) for each in what.get("parameters", ())]
        links = ", ".join(
            f"<a href='#{anchor(key, 'parameter')}'><code>{text(self._common['parameters'][key]['name'])}</code></a>"
            for key in keys
        )
        return f"<p>Parameters: {links}.</p>" if links else ""

    def _sent(self, word: str, what: Json) -> str:
        if "requestBody" not in what:
            return ""
        content = what["requestBody"]["content"]
        name = _last(content[JSON]["schema"])
        own = self._typist.fields(self._schemas[name]) if name.endswith(BODY) else ""
        kinds = ", ".join(f"<code>{text(media)}</code>" for media in content)
        where = f"<a href='docs/{text(word)}.json'>{text(word)}.json</a>"
        return f"<p>Body: {kinds}, {'with these fields' if own else link(name)}. The example: {where}.</p>{own}"

    def _answered(self, what: Json) -> str:
        """What comes out, and what may go wrong."""
        right, wrong = list[str](), list[str]()
        for status, said in what["responses"].items():
            found = self._common["responses"][_last(said)] if "$ref" in said else said
            if status >= "4" and "$ref" in said:
                wrong.append(f"<a href='#status-{status}'>{status}</a>")
            else:
                right.append(f"<li>{status}: {self._one_answer(found)}</li>")
        problems = f"<p>Problems: {', '.join(wrong)}.</p>" if wrong else ""
        return f"<ul>{''.join(right)}</ul>{problems}"

    def _one_answer(self, said: Json) -> str:
        content = said.get("content", {})
        types = dict.fromkeys(self._typist.type(each["schema"]) for each in content.values() if each.get("schema"))
        kinds = ", ".join(f"<code>{text(media)}</code>" for media in content)
        return " ".join(filter(None, [text(said["description"]), kinds, next(iter(types), ""), _shown(said)]))

    def parameters(self) -> str:
        """All parameters."""
        rows = "".join(self._parameter(key, each) for key, each in self._common["parameters"].items())
        head = heads("name", "where", "type", "default", "meaning")
        return f"<h2 id='parameters'>Parameters</h2>\n<table>{head}{rows}</table>"

    def _parameter(self, key: str, each: Json) -> str:
        cells = (
            f"<code>{text(each['name'])}</code>",
            text(each["in"]),
            self._typist.type(each["schema"]),
            default_of(each["schema"], needed=each["required"]),
            prose(each["description"]),
        )
        return f"<tr id='{anchor(key, 'parameter')}'>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _last(reference: Json) -> str:
    return reference["$ref"].rpartition("/")[2]


def examples_of(held: Json) -> list[str]:
    """The names of the examples of a body or an answer."""
    return [_last(one) for each in held.get("content", {}).values() for one in each.get("examples", {}).values()]


def _shown(held: Json) -> str:
    links = [f"<a href='#{anchor(name, 'example')}'>{text(name)}</a>" for name in dict.fromkeys(examples_of(held))]
    return f"Example: {', '.join(links)}." if links else ""
