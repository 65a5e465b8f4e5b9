"""Wishes that cannot be met together, each with the cheapest way out."""

from __future__ import annotations

from typing import Literal

from alignment.models.fields import Noun


class ClashingWish(Noun):
    """One of several wishes that cannot be met together, though any part of them can."""

    wish: str
    """The wish, in a sentence."""
    option: Literal["keep", "drop", "keep_statutory", "candidates", "voice", "sway", "balance", "achievable", "at_most"]
    """The option that asks for it."""
    about: tuple[str, ...] = ()
    """What it is about: ids of measures or agencies, or tier/dimension."""
    relaxation: str
    """The least that would have to be given up of this wish alone, in a sentence."""
    value: float | None = None
    """The value of the option that would do; blank where the option has none, or no value would do."""
    enough: bool
    """Whether that alone makes an aligned set possible; other wishes may clash as well."""

    def __str__(self) -> str:
        return f"{self.wish} {self.relaxation}"
