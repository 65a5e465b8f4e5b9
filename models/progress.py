"""How somebody who searches tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

Progress = Callable[[str], None]
"""Told in words what is being done."""


class _Quiet:
    def __call__(self, _: str, /) -> None:
        """Nobody wants to know."""

    def __repr__(self) -> str:
        return "quiet"


quiet: Final[Progress] = _Quiet()
"""Says nothing of what is being done; an object, so that help shows a word for it."""
