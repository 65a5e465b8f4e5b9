"""The form of an answer that a request would rather have than others: what its header Accept says."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from fastapi import Request

from alignment.verbs.renderers import RENDERERS, Form

from .refusals import NotAcceptableError

ANYTHING: Final = "*/*"
"""What a request accepts that does not say."""


def form_of(request: Request) -> Form:
    """The form that a request wants most; of several that it wants as much, the one it names first, or else JSON.

    Raises
    ------
    NotAcceptableError
        It wants none of them.
    """
    ranges = [_range(part) for part in (request.headers.get("accept") or ANYTHING).lower().split(",")]
    forms = sorted(RENDERERS, key=lambda form: form != "json")
    wanted = {form: _wanted(RENDERERS[form].media, ranges) for form in forms}
    best = max(forms, key=lambda form: wanted[form])
    if wanted[best][0] <= 0:
        raise NotAcceptableError(f"Answers are {', '.join(each.media for each in RENDERERS.values())}.")
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
