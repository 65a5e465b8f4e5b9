"""Systems that are kept, and their versions."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from pydantic import WithJsonSchema
from starlette.concurrency import run_in_threadpool
from starlette.convertors import StringConvertor, register_url_convertor

from alignment.api.accepting import chosen
from alignment.api.arriving import gone, upload_of
from alignment.api.media import BY_TYPE, WRITTEN
from alignment.api.refusals import NoConditionError, NothingHereError
from alignment.api.runs.question import Question
from alignment.api.server import Here, Server
from alignment.api.store.errors import NotThere, VersionDiffers
from alignment.api.store.nouns import Version

from .described import PLACE, SAME, TAG, problems, system_in
from .etags import Condition, expected, is_fresh, version_tag
from .nouns import NewVersion, SystemPage, SystemVersion, VersionPage
from .visitors import Editor, Owner, Reader

router = APIRouter(tags=["systems"])

ID: Final = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"

ID_IS: Final = "The id of a system: letters, digits, - and _, at most 64."

SystemId = Annotated[str, Path(pattern=ID, description=ID_IS)]

VERSION_IS: Final = "Which version of the system; blank is the current one."

VersionNumber = Annotated[int | None, Query(ge=1, le=2**31 - 1, description=VERSION_IS)]

PageSize = Annotated[int, Query(ge=1, le=1_000, description="How many.")]

FORMS: Final = {each.form: each.type for each in WRITTEN}
"""The forms in which systems are given, each with its media type."""


class _Whole(StringConvertor):
    """A part of a path that ends in none of the forms: what does is another resource, which takes other methods."""

    regex = rf"(?:(?!\.(?:{'|'.join(FORMS)})$)[^/])+"


register_url_convertor("whole", _Whole())

WHOLE: Final = "/v1/systems/{system:whole}"
"""The path of a system itself."""

Ids = Literal["given", "make"]

UNSAID: Final = "Say in If-Match which version is meant: its ETag, or the etag of /v1/systems."

# Lines of one header say the same as one with commas between, which is what other languages can write.
Tags = Annotated[
    list[str] | None,
    WithJsonSchema({"type": "string"}),
    Header(description="Tags of versions, as `etag` says them, with commas between; or *."),
]

_GIVEN: Final[dict[int | str, Any]] = {
    200: {
        "description": "The system.",
        "headers": {
            **TAG,
            "Content-Disposition": {"description": "A name for the file.", "schema": {"type": "string"}},
        },
        "content": system_in(FORMS.values()),
    },
    304: SAME,
    **problems(404, 410, 504),
}

_KEPT: Final[dict[int | str, Any]] = {
    200: {"description": "The version that was put over another.", "headers": PLACE},
    201: {"description": "The first version.", "headers": PLACE, "model": NewVersion},
    **problems(400, 408, 412, 415, 428, 504, 507),
}

_SENT: Final = {"requestBody": {"required": True, "content": system_in(BY_TYPE)}}


class Conditions:
    """What must be there before something is written, or not be before something is given."""

    def __init__(self, if_match: Tags = None, if_none_match: Tags = None) -> None:
        self.if_match, self.if_none_match = if_match or [], if_none_match or []

    def expected(self, here: Server, system: str) -> Condition | None:
        """What must be there before a system is written; nothing where nobody says."""

        def current() -> Version | None:
            try:
                return here.store.systems.version(system)
            except NotThere:
                return None

        return expected(self.if_match, self.if_none_match, current)


Only = Annotated[Conditions, Depends()]
"""The conditions of a request."""


class Manner:
    """How a system is put."""

    def __init__(
        self,
        note: Annotated[str | None, Query(max_length=1_000, description="What is to be said of this version.")] = None,
        ids: Annotated[Ids, Query(description="Whether ids that are blank are made of names.")] = "given",
    ) -> None:
        self.note, self.ids = note, ids


@router.get("/v1/systems", operation_id="list_systems", responses=problems())
def list_systems(
    here: Here,
    _: Reader,
    after: Annotated[str, Query(description="The last id of the page before.")] = "",
    page_size: PageSize = 100,
) -> SystemPage:
    """List the systems that are kept, by id, each in its current version."""
    found = here.store.systems.list(after, page_size + 1)
    page = found[:page_size]
    more = f"/v1/systems?after={page[-1].system}&page_size={page_size}" if len(found) > page_size else None
    return SystemPage(systems=tuple(map(told, page)), next=more)


@router.get("/v1/systems/{system}/versions", operation_id="list_versions", responses=problems(404, 410))
def list_versions(
    here: Here,
    _: Reader,
    system: SystemId,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="The last number of the page before.")] = None,
    page_size: PageSize = 100,
) -> VersionPage:
    """List the versions of a system, newest first: when, by which key, and what was said of each."""
    found = here.store.systems.versions(system, before, page_size + 1)
    page = found[:page_size]
    more = len(found) > page_size
    where = f"/v1/systems/{system}/versions?before={page[-1].number}&page_size={page_size}" if more else None
    return VersionPage(versions=tuple(map(told, page)), next=where)


@router.put(WHOLE, operation_id="put_system", responses=_KEPT, openapi_extra=_SENT)
async def put_system(
    here: Here,
    visitor: Editor,
    request: Request,
    response: Response,
    system: SystemId,
    how: Annotated[Manner, Depends()],
    only: Only,
) -> NewVersion:
    """Keep a version of a system: a JSON document, a workbook or a zip of CSV files, as the raw body.

    Putting over what is there needs `If-Match` with the tag of the version that is meant, so that nobody's work is
    written over unseen; `If-None-Match: *` only ever makes a new one.
    """
    with here.places.place():
        data, media = await upload_of(request, here.settings)
        question = Question("system", (data,), {"media": media.type, "ids": how.ids}, ("system", "notes"), "read")
        content = (await here.desk.answer(question, gone(request))).content
        condition = await run_in_threadpool(only.expected, here, system)
        try:
            version = await run_in_threadpool(
                here.store.systems.put,
                system,
                content["system"],
                form=media.form,
                key=visitor.key,
                note=how.note,
                expected=condition or "new",
            )
        except VersionDiffers as error:
            raise _differs(error, condition) from None
    response.status_code = 201 if version.number == 1 else 200
    response.headers["Location"] = f"/v1/systems/{system}"
    return NewVersion(**told(version).model_dump(), notes=tuple(json.loads(content["notes"])))


@router.delete(WHOLE, operation_id="delete_system", status_code=204, responses=problems(404, 410, 412, 428, 507))
def delete_system(here: Here, _: Owner, system: SystemId, only: Only) -> Response:
    """Serve a system no more. Its versions stay, and come back when it is put again. Needs `If-Match`."""
    condition = only.expected(here, system)
    if condition is None:
        here.store.systems.version(system)
        raise NoConditionError(UNSAID)
    here.store.systems.delete(system, condition)
    return Response(status_code=204)


@router.get("/v1/systems/{system}.{form}", operation_id="get_system_as", responses=_GIVEN)
async def get_system_as(
    here: Here,
    _: Reader,
    request: Request,
    system: SystemId,
    form: Annotated[str, Path(description="json, xlsx or zip.", json_schema_extra={"enum": [*FORMS]})],
    if_none_match: Tags = None,
    version: VersionNumber = None,
) -> Response:
    """Give a system in a form: a JSON document, a workbook, or a zip of CSV files."""
    if form not in FORMS:
        raise NothingHereError(f"A system is given as {', '.join(FORMS)}, not as {form}.")
    return await _given(here, request, system, version, form, if_none_match or [])


@router.get(WHOLE, operation_id="get_system", responses=_GIVEN | problems(406))
async def get_system(
    here: Here,
    _: Reader,
    request: Request,
    system: SystemId,
    if_none_match: Tags = None,
    version: VersionNumber = None,
) -> Response:
    """Give a system in the form that is accepted: a JSON document, a workbook, or a zip of CSV files."""
    return await _given(here, request, system, version, chosen(request, FORMS), if_none_match or [])


async def _given(
    here: Server, request: Request, system: str, number: int | None, form: str, known: list[str]
) -> Response:
    """A version of a system in a form, or that somebody has it already."""
    version = await run_in_threadpool(here.store.systems.version, system, number)
    tag = version_tag(version.number, version.hash, form)
    headers = {"ETag": tag, "Vary": "Accept", "Cache-Control": "private, no-cache"}
    if is_fresh(known, tag):
        return Response(status_code=304, headers=headers)
    data = await run_in_threadpool(here.store.systems.content, version.hash)
    if form != "json":
        question = Question("system", (data,), forms=(form,), task="write")
        data = (await here.desk.answer(question, gone(request))).content[form]
    headers["Content-Disposition"] = f'inline; filename="{system}.{form}"'
    return Response(data, headers=headers, media_type=FORMS[form])


def told(version: Version) -> SystemVersion:
    """A version as the doors tell of it."""
    tag = version_tag(version.number, version.hash, "json")
    url = f"/v1/systems/{version.system}?version={version.number}"
    return SystemVersion(**version.model_dump(), etag=tag, url=url)


def _differs(error: VersionDiffers, condition: Condition | None) -> Exception:
    """What is said of a version that is not the one that was meant, or where none was."""
    return NoConditionError(UNSAID) if condition is None else error
