"""The form that a request would rather have than others: what its header Accept says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final, TypeVar

from fastapi import Request

from alignment.verbs.renderers import RENDERERS, Form

from .refusals import NotAcceptableError

ANYTHING: Final = "*/*"
"""What a request accepts that does not say."""

MEDIA: Final[Mapping[Form, str]] = {form: each.media for form, each in RENDERERS.items()}
"""The types of an answer's forms."""

Name = TypeVar("Name", bound=str)


def form_of(request: Request) -> Form:
    """The form of an answer that a request wants most.

    Raises
    ------
    NotAcceptableError
        It wants none of them.
    """
    return chosen(request, MEDIA)


def chosen(request: Request, offers: Mapping[Name, str], first: str = "json") -> Name:
    """What a request wants most; of several that it wants as much, the one it names first, or else the usual one.

    Parameters
    ----------
    request
        The request.
    offers
        What there is, each with its media type.
    first
        What is usual.

    Raises
    ------
    NotAcceptableError
        It wants none of them.
    """
    ranges = [_range(part) for part in (request.headers.get("accept") or ANYTHING).lower().split(",")]
    names = sorted(offers, key=lambda name: name != first)
    wanted = {name: _wanted(offers[name], ranges) for name in names}
    best = max(names, key=lambda name: wanted[name])
    if wanted[best][0] <= 0:
        raise NotAcceptableError(f"Answers are {', '.join(offers.values())}.")
    return best


def _range(part: str) -> tuple[str, float]:
    """A type, or a range of types, and how much it is wanted: 0 is not at all, 1 is most."""
    media, *rest = (word.strip() for word in part.split(";"))
    for word in rest:
        name, _, value = word.partition("=")
        if name.strip() == "q":
            with suppress(ValueError):
                return media, float(value)
    return media, 1.0


def _wanted(media: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """How much a type is wanted by the narrowest range that holds it, and how early that is named."""
    for name in (media, f"{media.partition('/')[0]}/*", ANYTHING):
        for at, (each, quality) in enumerate(ranges):
            if each == name:
                return quality, -at
    return 0.0, 0
