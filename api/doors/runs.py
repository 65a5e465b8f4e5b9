"""What takes longer: where it stands, what happens to it, its answer, its end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from alignment.api.refusals import NotAllowedError
from alignment.api.server import Here
from alignment.api.store.errors import StoreError
from alignment.api.store.nouns import Event, Run, State

from .answers import answered
from .described import ANY_FORM, LATER, SAME, TAG, problems
from .nouns import RunPage, RunState, state_of
from .visitors import Reader

router = APIRouter(tags=["runs"])

LOOK: Final = 0.5
"""Seconds between two looks for what happened to a run."""


def _run(here: Here, run: Annotated[str, Path(max_length=64, description="The id of a run.")]) -> Run:
    return here.store.runs.get(run)


Found = Annotated[Run, Depends(_run)]
"""The run that a path names."""


@router.get("/v1/runs", operation_id="list_runs", responses=problems(404))
def list_runs(
    here: Here,
    _: Reader,
    state: Annotated[State | None, Query(description="Only those that stand so.")] = None,
    after: Annotated[str | None, Query(description="The id of the last run of the page before.")] = None,
    page_size: Annotated[int, Query(ge=1, le=1_000, description="How many.")] = 100,
) -> RunPage:
    """List runs, newest first."""
    found = here.store.runs.list(after, page_size + 1, state)
    page = found[:page_size]
    more = len(found) > page_size
    only = "" if state is None else f"&state={state}"
    where = f"/v1/runs?after={page[-1].id}&page_size={page_size}{only}" if more else None
    return RunPage(runs=tuple(map(state_of, page)), next=where)


@router.get("/v1/runs/{run}", operation_id="get_run", responses=problems(404))
def get_run(_: Reader, found: Found) -> RunState:
    """Say where a run stands."""
    return state_of(found)


@router.delete("/v1/runs/{run}", operation_id="cancel_run", status_code=202, responses=problems(404, 409, 507))
async def cancel_run(here: Here, visitor: Reader, found: Found) -> RunState:
    """End a run: at once where it waits, within a second where it is worked on, by ending its process."""
    if visitor.role == "reader" and visitor.key != found.key:
        raise NotAllowedError("This run was begun with another key. Who may put systems may end it.")
    run = await run_in_threadpool(here.store.runs.cancel, found.id)
    here.keeper.nudge()
    return state_of(run)


_ANSWERED: Final[dict[int | str, Any]] = {
    200: {"description": "The answer, as the analysis itself gives it.", "headers": TAG, "content": ANY_FORM},
    202: LATER,
    304: SAME,
    **problems(404, 406, 409, 504),
}


@router.get("/v1/runs/{run}/answer", operation_id="get_run_answer", responses=_ANSWERED)
async def get_run_answer(here: Here, request: Request, _: Reader, found: Found) -> Response:
    """Give the answer of a run, in the form that is accepted; where it is still worked on, say where it stands."""
    return await answered(here, request, found)


@router.get(
    "/v1/runs/{run}/events",
    operation_id="get_run_events",
    response_class=EventSourceResponse,
    responses=problems(404),
)
async def get_run_events(
    here: Here,
    _: Reader,
    found: Found,
    last_event_id: Annotated[int, Header(ge=0, description="The number of the last one that was seen.")] = 0,
) -> AsyncGenerator[ServerSentEvent]:
    """Tell what happens to a run as it happens, until it has ended; numbered, so that one can go on where one was."""
    after, ended = last_event_id, False
    # A database that is away ends the stream; who comes back goes on where it was.
    with suppress(StoreError):
        while not ended and not here.settled.closing:
            run = await run_in_threadpool(here.store.runs.get, found.id)
            for event in await run_in_threadpool(here.store.runs.events, found.id, after):
                after = event.seq
                yield _told(event)
            ended = run.has_ended
            if not ended:
                await here.settled.something(found.id, LOOK)


def _told(event: Event) -> ServerSentEvent:
    return ServerSentEvent(data={**event.data, "at": event.at.isoformat()}, event=event.kind, id=str(event.seq))
