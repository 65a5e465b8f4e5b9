"""Answers about systems that are kept: a URL each, in the form that its suffix or the request's Accept says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import FastAPI, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from alignment.api.accepting import MEDIA, form_of
from alignment.api.answers import SEVERAL, Wanted, wanted_of
from alignment.api.asking import capped
from alignment.api.describing.page import HEADERS as SAFE
from alignment.api.refusals import NothingHereError, NotYetError
from alignment.api.server import Here, Server
from alignment.api.store.nouns import Run
from alignment.models.faults import meant
from alignment.models.options.fields import Asked
from alignment.verbs.registry import COMPARE
from alignment.verbs.renderers import Form
from alignment.verbs.verb import Verb

from .etags import content_tag, is_fresh
from .links import next_link
from .nouns import state_of
from .query import asked
from .spreadsheets import SheetOptions, sheet, sheet_headers
from .systems import SystemId
from .tables import PageOptions, RowOptions, csv_of, page_of
from .visitors import Reader
from .waiting import Waiting, seconds

SUFFIXES: Final[Mapping[str, Form]] = {"json": "json", "csv": "csv", "html": "html", "txt": "text", "md": "markdown"}
"""The forms that the end of a path can ask for."""

TABLE_FORMS: Final = ("json", "csv")
"""The forms of one table."""

RETRY: Final = {"Retry-After": "2"}


class AnswerOptions(Waiting):
    """What can be asked of an answer besides the options of its verb."""

    version: int | None = Field(default=None, ge=1, le=2**31 - 1)
    """Which version of the system; blank is the current one."""
    again: bool = False
    """Whether to look anew where the answer that is kept stopped at its time limit."""


class SheetAnswerOptions(AnswerOptions, SheetOptions, RowOptions):
    """What can be asked of an answer as CSV besides the options of its verb."""


class PageAnswerOptions(AnswerOptions, PageOptions):
    """What can be asked of a table of an answer besides the options of its verb."""


@dataclass(frozen=True)
class Shape:
    """What a path asks for.

    Attributes
    ----------
    verb
        The verb.
    form
        The form of its answer.
    table
        One of the tables of its answer; blank is all that it says.
    """

    verb: Verb
    form: Form
    table: str | None = None

    @property
    def own(self) -> type[AnswerOptions]:
        """What can be asked besides the options of the verb."""
        if self.form == "csv":
            return SheetAnswerOptions
        return AnswerOptions if self.table is None else PageAnswerOptions

    def kept(self, own: AnswerOptions) -> str:
        """The form in which that is kept of which the answer is made: a part of a table is made of its rows."""
        name = self.table or self.verb.tables[0]
        if isinstance(own, SheetAnswerOptions):
            return f"rows/{name}" if own.where or own.words else f"csv/{name}"
        return self.form if self.table is None else f"rows/{name}"


def install(app: FastAPI) -> None:
    """Add the doors to an application."""
    for path, door in {
        "/v1/systems/{system}/compare/{other}": compare,
        "/v1/systems/{system}/compare/{other}/{table}": compare,
        "/v1/systems/{system}/{analysis}": analyse,
        "/v1/systems/{system}/{analysis}/{table}": analyse,
    }.items():
        app.add_api_route(path, door, include_in_schema=False)


async def analyse(
    here: Here, visitor: Reader, request: Request, system: SystemId, analysis: str, table: str | None = None
) -> Response:
    """Give the answer of a verb about a system that is kept, or one of the answer's tables."""
    shape = _shape(here.verbs, request, analysis, table)
    options, own = _asked(here, shape, request)
    version = await run_in_threadpool(here.store.systems.version, system, own.version)
    wanted = wanted_of(shape.verb, version.hash, options)
    return await _answer(here, request, shape, own, wanted, visitor.key, system)


async def compare(
    here: Here, visitor: Reader, request: Request, system: SystemId, other: str, table: str | None = None
) -> Response:
    """Lay a system beside another that is kept, or give one of the tables of that."""
    name, suffix = _parted(other) if table is None else (other, None)
    shape = _shape({COMPARE.command: COMPARE}, request, _joined(COMPARE.command, suffix), table)
    options, own = _asked(here, shape, request)
    one = await run_in_threadpool(here.store.systems.version, system, own.version)
    two = await run_in_threadpool(here.store.systems.version, name)
    wanted = wanted_of(COMPARE, SEVERAL.join((one.hash, two.hash)), options)
    return await _answer(here, request, shape, own, wanted, visitor.key, f"{system}-{name}")


async def answered(here: Server, request: Request, run: Run) -> Response:
    """The answer of a run in the form that is accepted, or where it stands."""
    verb = {**here.verbs, COMPARE.command: COMPARE}.get(run.verb)
    if verb is None:
        raise NothingHereError(f"This server knows no analysis '{run.verb}' any more.")
    shape = Shape(verb, form_of(request))
    own = shape.own()
    if not run.has_ended:
        return _under_way(shape, run)
    found = await run_in_threadpool(here.answers.of, run, shape.kept(own))
    return await run_in_threadpool(_response, request, shape, own, found.data, run.verb)


async def _answer(
    here: Server, request: Request, shape: Shape, own: AnswerOptions, wanted: Wanted, key: str | None, name: str
) -> Response:
    usual = here.settings.table_wait if shape.form == "csv" else here.settings.wait
    wait = seconds(own.wait, request.headers.getlist("prefer"), usual=usual, most=here.settings.table_wait)
    found = await here.answers.find(wanted, shape.kept(own), wait, key, again=own.again)
    if isinstance(found, Run):
        return _under_way(shape, found)
    return await run_in_threadpool(_response, request, shape, own, found.data, f"{name}-{shape.verb.command}")


def _under_way(shape: Shape, run: Run) -> Response:
    """Where the answer will be; a spreadsheet would take that for a table."""
    headers = {**RETRY, "Location": f"/v1/runs/{run.id}"}
    if shape.form == "csv":
        where = headers["Location"]
        raise NotYetError(f"The answer takes longer. Ask again later; {where} says where it stands.", headers)
    return Response(state_of(run).model_dump_json(), 202, headers, MEDIA["json"])


def _response(request: Request, shape: Shape, own: AnswerOptions, data: bytes, name: str) -> Response:
    """An answer as it is wanted, or that somebody has it already."""
    headers = {"Vary": "Accept", "Cache-Control": "private, no-cache", **(SAFE if shape.form == "html" else {})}
    media = MEDIA[shape.form]
    if isinstance(own, SheetAnswerOptions):
        text = csv_of(data, own) if own.where or own.words else data.decode("utf-8", "surrogateescape")
        data = sheet(text, bom=own.bom)
        headers |= sheet_headers(name, shape.table or "")
    elif isinstance(own, PageAnswerOptions):
        page = page_of(data, own)
        data = page.model_dump_json().encode()
        if page.next is not None:
            headers["Link"] = next_link(request.query_params, page.next)
    headers["ETag"] = content_tag(data)
    if is_fresh(request.headers.getlist("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(data, headers=headers, media_type=None if "content-type" in headers else media)


def _shape(verbs: Mapping[str, Verb], request: Request, analysis: str, table: str | None) -> Shape:
    """What a path asks for.

    Raises
    ------
    NothingHereError
        There is no such analysis, table or form.
    """
    last, suffix = _parted(analysis if table is None else table)
    name = last if table is None else analysis
    verb = verbs.get(name)
    if verb is None:
        raise NothingHereError(f"There is no analysis '{name}'. {meant(name, verbs, 'See /docs for what there is.')}")
    if table is not None and last not in verb.tables:
        known = f"There are: {', '.join(verb.tables)}."
        raise NothingHereError(f"The answer of {name} has no table '{last}'. {meant(last, verb.tables, known)}")
    form = form_of(request) if suffix is None else SUFFIXES.get(suffix)
    if form is None or (table is not None and suffix is not None and form not in TABLE_FORMS):
        raise NothingHereError(f"There is no form '{suffix}' of this.")
    shown = form if table is None or form in TABLE_FORMS else "json"
    return Shape(verb, shown, None if table is None else last)


def _parted(word: str) -> tuple[str, str | None]:
    """A word of a path, and the form that is asked for behind a dot."""
    name, dot, suffix = word.partition(".")
    return name, suffix if dot else None


def _joined(name: str, suffix: str | None) -> str:
    return name if suffix is None else f"{name}.{suffix}"


def _asked(here: Server, shape: Shape, request: Request) -> tuple[Asked, AnswerOptions]:
    """What the query of a URL asks of the verb, and of the answer."""
    options, own = asked(request.query_params, shape.verb.options, shape.own)
    return capped(options, here.settings), own
