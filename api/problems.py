"""Problem details (RFC 9457) for everything that can go wrong: one table from errors to status codes.

Every answer that is not what was asked for is `application/problem+json` with type, title, status, detail and
instance; `faults` holds everything that is wrong with the input, `clash` wishes that cannot be met together. Of an
error of the server's own only the log says more, under the same instance.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final
from uuid import uuid4

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match

from alignment.errors import (
    AlignmentError,
    DivergentEffects,
    InputError,
    NoAlignedSet,
    NothingToJudge,
    OptionError,
    SolverTrouble,
    UnknownWord,
)
from alignment.models.faults import Fault
from alignment.models.fields import Noun
from alignment.models.wishes import ClashingWish

from .refusals import (
    BusyError,
    CancelledError,
    ForeignHostError,
    ForeignPageError,
    GivenUpError,
    NoConditionError,
    NoKeyError,
    NotAcceptableError,
    NotAllowedError,
    NothingHereError,
    NotJsonBodyError,
    NotYetError,
    RefusalError,
    TooLargeError,
    TooSlowError,
    UploadError,
    WrongTypeError,
)
from .runs.question import Trouble
from .store.errors import Gone, NotText, NotThere, QueueFull, RunEnded, StoreAway, StoreFull, VersionDiffers
from .unfit import faults_of

MEDIA_TYPE: Final = "application/problem+json"

LOG: Final = logging.getLogger("alignment.api")


class ProblemError(Exception):
    """A problem that was told elsewhere: by a child, or earlier.

    Parameters
    ----------
    problem
        What was told.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.detail)


class Problem(Noun):
    """What went wrong, as RFC 9457 says it."""

    type: str
    """Which kind of problem it is: the place in the documentation that explains it."""
    title: str
    """The kind of problem, in a few words."""
    status: int
    """The status code of the answer."""
    detail: str
    """What went wrong this time."""
    instance: str
    """A name for this one answer, under which the server's log may say more."""
    faults: tuple[Fault, ...] = ()
    """Everything that is wrong with the input, each with its place and remedy."""
    clash: tuple[ClashingWish, ...] = ()
    """Wishes that cannot be met together, each with the least that would have to be given up of it."""


@dataclass(frozen=True)
class Kind:
    """A kind of problem.

    Attributes
    ----------
    status
        The status code.
    word
        Its name in the documentation.
    title
        What it is, in a few words.
    detail
        What is said instead of the error's own message, which may be about the server.
    retry
        After how many seconds it is worth to ask again; blank where the error says so itself, or it is not.
    """

    status: int
    word: str
    title: str
    detail: str | None = None
    retry: int | None = None

    @property
    def type(self) -> str:
        """Where the documentation explains it."""
        return f"/docs#{self.word}"


_LOGGED: Final = "The server failed. Its log says more under this instance."
_DEEP: Final = "The body is nested too deeply."
_VAST: Final = "Working this out needs more memory than the server has."

KINDS: Final[Mapping[type[Exception], Kind]] = {
    NotJsonBodyError: Kind(400, "not-json", "The body is not JSON"),
    RecursionError: Kind(400, "not-json", "The body is not JSON", _DEEP),
    ClientDisconnect: Kind(400, "cut-off", "The body ends too early", "The connection was closed."),
    NoKeyError: Kind(401, "no-key", "A key is needed"),
    NotAllowedError: Kind(403, "not-allowed", "The key does not open this"),
    ForeignPageError: Kind(403, "foreign-page", "A page of somebody else asks"),
    NotAcceptableError: Kind(406, "not-acceptable", "No answer is of a type that is accepted"),
    UploadError: Kind(408, "upload-too-slow", "The body did not arrive in time"),
    NothingHereError: Kind(404, "unknown-path", "Nothing is here"),
    NotThere: Kind(404, "not-there", "Nothing is kept under this id"),
    NoAlignedSet: Kind(409, "no-aligned-set", "No set of measures meets all wishes"),
    NothingToJudge: Kind(409, "nothing-to-judge", "No outcome is known, so no set can be judged"),
    RunEnded: Kind(409, "run-ended", "The run has ended"),
    CancelledError: Kind(409, "cancelled", "The run was cancelled"),
    Gone: Kind(410, "deleted", "What was kept under this id has been deleted"),
    VersionDiffers: Kind(412, "version-differs", "The current version is another"),
    TooLargeError: Kind(413, "too-large", "The body or the system is too large"),
    MemoryError: Kind(413, "too-large", "The body or the system is too large", _VAST),
    WrongTypeError: Kind(415, "not-json-type", "The body is of another type than JSON"),
    ForeignHostError: Kind(421, "foreign-host", "The server has another name"),
    InputError: Kind(422, "input-faults", "The input has faults"),
    UnknownWord: Kind(422, "unknown-word", "A word names nothing in the system"),
    OptionError: Kind(422, "wrong-option", "An option is out of its range, or options contradict each other"),
    DivergentEffects: Kind(422, "divergent-effects", "Influences reinforce each other without end"),
    NotText: Kind(422, "not-text", "A word holds what cannot be kept"),
    NoConditionError: Kind(428, "no-condition", "Say which version is to be written over"),
    QueueFull: Kind(429, "queue-full", "As many runs wait as may", retry=5),
    SolverTrouble: Kind(500, "solver-trouble", "The solver failed", _LOGGED),
    Exception: Kind(500, "server-error", "The server failed", _LOGGED),
    GivenUpError: Kind(500, "interrupted", "The run was given up"),
    BusyError: Kind(503, "busy", "The server is busy"),
    NotYetError: Kind(503, "not-yet", "The answer is not there yet"),
    StoreAway: Kind(503, "store-away", "What is kept cannot be reached", retry=5),
    TooSlowError: Kind(504, "too-slow", "The work takes too long"),
    StoreFull: Kind(507, "store-full", "There is no space left"),
}
"""Every error and what it is to the outside. The nearest ancestor of an error decides."""

# What the framework itself refuses.
_OF_STATUS: Final[Mapping[int, Kind]] = {
    404: Kind(404, "unknown-path", "Nothing is here", "Nothing is at this path. See /docs for what there is."),
    405: Kind(405, "wrong-method", "Wrong method", "This path does not take this method. See the Allow header."),
    413: replace(KINDS[TooLargeError], detail="The body is larger than this server takes."),
}

ALL_KINDS: Final = tuple({kind.word: kind for kind in (*KINDS.values(), *_OF_STATUS.values())}.values())
"""Each kind once."""


_BY_NAME: Final = {error.__name__: kind for error, kind in KINDS.items()}


def install(app: FastAPI) -> None:
    """Let an application answer every error with a problem."""
    for error in (*KINDS, AlignmentError, RefusalError, ProblemError, HTTPException):
        app.add_exception_handler(error, answer)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(405, _wrong_method)


def answer(_: Request, error: Exception) -> Response:
    """The answer to an error; a plain function runs beside the event loop: a hundred thousand faults take a second."""
    return response(error)


def _unfit(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return response(InputError(faults_of(error)))


def _wrong_method(request: Request, error: Exception) -> Response:
    """The answer where a path takes other methods, of which the framework names only those of its first route."""
    assert isinstance(error, HTTPException)
    methods = set[str]()
    for route in request.app.routes:
        match, _ = route.matches(request.scope)
        methods |= (getattr(route, "methods", None) or set()) if match is not Match.NONE else set()
    if "GET" in methods and not request.url.path.endswith("/events"):
        methods.add("HEAD")
    return response(HTTPException(405, headers={"Allow": ", ".join(sorted(methods))}))


def response(error: Exception) -> Response:
    """An error as an answer."""
    problem = problem_of(error)
    told = isinstance(error, ProblemError)
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR and not told:
        LOG.error("%s", problem.instance, exc_info=error)
    # A fault may repeat half a character of the input, which is no UTF-8.
    content = json.dumps(problem.model_dump(), ensure_ascii=False).encode("utf-8", "replace")
    headers: Mapping[str, str] = getattr(error, "headers", None) or ({} if told else _headers(kind_of(error)))
    return Response(content, problem.status, headers, MEDIA_TYPE)


def _headers(kind: Kind) -> Mapping[str, str]:
    return {} if kind.retry is None else {"Retry-After": str(kind.retry)}


def problem_of(error: Exception) -> Problem:
    """An error as a problem."""
    if isinstance(error, ProblemError):
        return error.problem
    kind = kind_of(error)
    return Problem(
        type=kind.type,
        title=kind.title,
        status=kind.status,
        detail=kind.detail or _first_line(error),
        instance=uuid4().urn,
        faults=getattr(error, "faults", ()),
        clash=getattr(error, "clash", ()),
    )


def problem_of_trouble(trouble: Trouble) -> Problem:
    """What a child said instead of an answer, as a problem."""
    kind = _BY_NAME.get(trouble.error, KINDS[Exception])
    return Problem.model_validate(
        {
            "type": kind.type,
            "title": kind.title,
            "status": kind.status,
            "detail": kind.detail or trouble.detail,
            "instance": uuid4().urn,
            "faults": trouble.faults,
            "clash": trouble.clash,
        }
    )


def kind_of(error: Exception) -> Kind:
    """The kind of problem that an error is."""
    if isinstance(error, HTTPException):
        return _OF_STATUS.get(error.status_code) or _plain_kind(HTTPStatus(error.status_code))
    return next(KINDS[each] for each in type(error).__mro__ if each in KINDS)


def _plain_kind(status: HTTPStatus) -> Kind:
    return Kind(status, status.phrase.lower().replace(" ", "-"), status.phrase, f"{status.phrase}.")


def _first_line(error: Exception) -> str:
    """What an error says; its faults or clashing wishes are told one by one elsewhere."""
    if isinstance(error, InputError | NoAlignedSet):
        return str(error).splitlines()[0].rstrip(":.") + "."
    return str(error)


def titles() -> Mapping[int, str]:
    """What problems of each status are, in a line."""
    found: dict[int, list[str]] = {}
    for kind in ALL_KINDS:
        found.setdefault(kind.status, []).append(kind.title)
    return {status: ". ".join(each) + "." for status, each in sorted(found.items())}
