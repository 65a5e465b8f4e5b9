"""What tables there are, what conflicts, a workbook to fill, and systems from one form into another."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from alignment.api.accepting import chosen
from alignment.api.arriving import gone, upload_of
from alignment.api.media import BY_TYPE, MEDIA
from alignment.api.runs.question import Question
from alignment.api.server import Here
from alignment.conflicts.described import DescribedKind, described
from alignment.models.fields import Noun
from alignment.tables.json_schema import json_schema

from .described import problems, system_in
from .systems import FORMS, Ids
from .visitors import Reader

router = APIRouter(tags=["about"])

WORKBOOK = MEDIA["xlsx"].type


class KindList(Noun):
    """The kinds of conflict, in the order of the documentation."""

    kinds: tuple[DescribedKind, ...]
    """Each of them."""


@router.get("/v1/format", operation_id="get_format", response_class=JSONResponse, responses=problems())
def get_format(_: Reader) -> Any:
    """Give the JSON Schema of a system: every table and column with its type, unit, range and words."""
    return json_schema()


@router.get("/v1/kinds", operation_id="list_kinds", responses=problems())
def list_kinds(_: Reader) -> KindList:
    """List the kinds of conflict: the word of each, what it says, and which page of the documentation explains it."""
    return KindList(kinds=described())


@router.get(
    "/v1/template.xlsx",
    operation_id="get_template",
    response_class=Response,
    responses={200: {"description": "The workbook.", "content": system_in([WORKBOOK])}, **problems(504)},
)
async def get_template(
    here: Here,
    request: Request,
    _: Reader,
    *,
    empty: Annotated[bool, Query(description="Whether it is without the example to write over.")] = False,
) -> Response:
    """Give a workbook to fill: a sheet a table, notes that say what each column is, drop-down lists."""
    question = Question("template", (), {"empty": empty}, ("xlsx",), "template")
    answered = await here.desk.answer(question, gone(request))
    headers = {"Content-Disposition": 'attachment; filename="template.xlsx"'}
    return Response(answered.content["xlsx"], headers=headers, media_type=WORKBOOK)


@router.post(
    "/v1/conversions",
    operation_id="convert_system",
    response_class=Response,
    responses={
        200: {"description": "The system.", "content": system_in(FORMS.values())},
        **problems(400, 406, 408, 413, 415, 504),
    },
    openapi_extra={"requestBody": {"required": True, "content": system_in(BY_TYPE)}},
)
async def convert_system(
    here: Here,
    request: Request,
    _: Reader,
    ids: Annotated[Ids, Query(description="Whether ids that are blank are made of names.")] = "given",
) -> Response:
    """Read a system and give it in the form that is accepted, such as a workbook as JSON; nothing of it is kept."""
    form = chosen(request, FORMS)
    with here.places.place():
        data, media = await upload_of(request, here.settings)
        reading = Question("system", (data,), {"media": media.type, "ids": ids}, ("system",), "read")
        read = (await here.desk.answer(reading, gone(request))).content["system"]
    if form != "json":
        writing = Question("system", (read,), forms=(form,), task="write")
        read = (await here.desk.answer(writing, gone(request))).content[form]
    return Response(read, media_type=FORMS[form])
