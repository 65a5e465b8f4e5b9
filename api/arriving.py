"""What of a request arrives: its body, of a type that is taken, in time."""

from __future__ import annotations

import asyncio
from typing import Final

from fastapi import Request

from .media import Media, media_of
from .refusals import UploadError, WrongTypeError
from .settings import Settings

JSON: Final = "application/json"


async def body_of(request: Request, settings: Settings) -> bytes:
    """The body of a request.

    Raises
    ------
    UploadError
        It does not arrive in time.
    """
    try:
        async with asyncio.timeout(settings.upload_limit):
            return await request.body()
    except TimeoutError as error:
        raise UploadError(f"The body did not arrive within {settings.upload_limit:g} seconds.") from error


async def json_of(request: Request, settings: Settings) -> bytes:
    """The body of a request that says that it is JSON, which also keeps the forms of strange web pages out.

    Raises
    ------
    WrongTypeError
        It is not of type JSON.
    UploadError
        It does not arrive in time.
    """
    media = type_of(request)
    if media != JSON and not (media.startswith("application/") and media.endswith("+json")):
        raise WrongTypeError("Send JSON, and say so: Content-Type: application/json.", {"Accept-Post": JSON})
    return await body_of(request, settings)


async def upload_of(request: Request, settings: Settings) -> tuple[bytes, Media]:
    """The body of a request that is a system, and its form.

    Raises
    ------
    WrongTypeError
        It is of no form of a system.
    UploadError
        It does not arrive in time.
    """
    media = media_of(type_of(request))
    return await body_of(request, settings), media


def type_of(request: Request) -> str:
    """The type that a request says its body is of.

    Raises
    ------
    WrongTypeError
        It is compressed.
    """
    if request.headers.get("content-encoding", "identity") != "identity":
        raise WrongTypeError("Send the body as it is, not compressed.", {"Accept-Encoding": "identity"})
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def gone(request: Request) -> None:
    """Wait until whoever asks has left, after the body was read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
