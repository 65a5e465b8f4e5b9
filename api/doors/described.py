"""What routes say of themselves for the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from alignment.api.accepting import MEDIA
from alignment.api.arriving import JSON

Json = dict[str, Any]

ANYHOW: Final = (403, 413, 421, 500)
"""The problems that any path may answer with, whoever asks and whatever it does; also where it reads no body."""

EVERY: Final = (401, 422, 503, *ANYHOW)
"""The problems that any door may answer with."""

TEXT: Final = {"type": "string"}


def header(name: str, says: str) -> Json:
    """A header of an answer.

    >>> header("Location", "Where it is.")
    {'Location': {'description': 'Where it is.', 'schema': {'type': 'string'}}}
    """
    return {name: {"description": says, "schema": TEXT}}


TAG: Final = header("ETag", "A tag of what was given, for If-None-Match.")

PLACE: Final = header("Location", "Where it is.")

WAIT: Final = header("Retry-After", "Seconds to wait.")

LATER: Final = {"$ref": "#/components/responses/Later"}
"""A run instead of an answer."""

SAME: Final = {"$ref": "#/components/responses/Same"}
"""That somebody has an answer already."""

ANY_FORM: Final[Json] = {JSON: {"schema": {"type": "object"}}} | {
    media: {"schema": TEXT} for media in MEDIA.values() if media != JSON
}
"""An answer of whatever verb in every form; JSON comes first, which makers of clients take."""


def problems(*statuses: int) -> dict[int | str, Json]:
    """The problems that a door may answer with, by status, each told once in the document.

    Parameters
    ----------
    *statuses
        Those of its own; what any door may answer with is added.

    Examples
    --------
    >>> problems(404)[404]
    {'$ref': '#/components/responses/Problem404'}
    """
    return told(*statuses, *EVERY)


def told(*statuses: int) -> dict[int | str, Json]:
    """These problems and no others.

    >>> told(403)
    {403: {'$ref': '#/components/responses/Problem403'}}
    """
    return {each: {"$ref": f"#/components/responses/Problem{each}"} for each in sorted({*statuses})}


def system_in(medias: Iterable[str]) -> Json:
    """A system in a body of one of some types.

    Parameters
    ----------
    medias
        The types. Of those that are not JSON nothing is to be said but that they are bytes.
    """
    tables = {"$ref": "#/components/schemas/System"}
    return {media: {"schema": tables if media == JSON else {**TEXT, "format": "binary"}} for media in medias}
