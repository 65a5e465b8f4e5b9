"""The forms in which any answer can be given: one table for command line and API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.answers.html import table as html_table
from alignment.models.answers.layout import grid
from alignment.tables.formula_text import csv_text

if TYPE_CHECKING:
    from alignment.models.answers.answer import Answer

Form = Literal["text", "json", "csv", "html", "markdown"]
"""For people, for programs, for spreadsheets, for browsers, for papers."""


@dataclass(frozen=True)
class Page:
    """How wide a text is, and which table of an answer is meant."""

    width: int = 80
    table: str | None = None
    indent: int | None = 2


@dataclass(frozen=True)
class Renderer:
    """One form of an answer.

    Attributes
    ----------
    media
        Its type, as HTTP calls it.
    render
        Makes it.
    whole
        Whether it holds all of an answer; otherwise one of its tables.
    """

    media: str
    render: Callable[[Answer, Page], str]
    whole: bool = True


def _text(answer: Answer, page: Page) -> str:
    if page.table is None:
        return answer.to_text(page.width)
    return "\n".join(grid(answer.to_frame(page.table), page.width))


def _json(answer: Answer, page: Page) -> str:
    return answer.to_json(page.indent)


def _csv(answer: Answer, page: Page) -> str:
    return csv_text(answer.to_frame(page.table))


def _markdown(answer: Answer, page: Page) -> str:
    return answer.to_markdown(page.table)


def _html(answer: Answer, page: Page) -> str:
    names = list(answer.frames) if page.table is None else [page.table]
    tables = "".join(f"<h2>{escape(name)}</h2>{html_table(answer.to_frame(name))}" for name in names)
    text = f"<pre>{escape(answer.to_text(100))}</pre>" if page.table is None else ""
    title = escape(repr(answer).strip("<>"))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>{text}{tables}</body></html>"
    )


STYLE: Final = (
    "body{font-family:sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}pre{white-space:pre-wrap}"
    "table{border-collapse:collapse}td,th{border-bottom:1px solid #767676;padding:.25rem .5rem}"
)

RENDERERS: Final[Mapping[Form, Renderer]] = {
    "text": Renderer("text/plain", _text),
    "json": Renderer("application/json", _json),
    "csv": Renderer("text/csv", _csv, whole=False),
    "html": Renderer("text/html", _html),
    "markdown": Renderer("text/markdown", _markdown, whole=False),
}
"""Every form by its name."""


def rendered(answer: Answer, form: Form, page: Page | None = None) -> str:
    """An answer in a form.

    Parameters
    ----------
    answer
        The answer.
    form
        The form.
    page
        How wide, and which of its tables; blank is 80 letters and the first.
    """
    return RENDERERS[form].render(answer, page or Page())
