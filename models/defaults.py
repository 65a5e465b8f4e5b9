"""What is done unless something else is asked for; plain numbers, so that whoever needs one loads nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

Progress = Callable[[str], None]
"""Told in words what is being done."""

LIMIT: Final = 20
"""How many sets are looked for."""

DRAWS: Final = 200
"""How many times influences are drawn anew."""

POINTS: Final = 100
"""How many points a frontier has at most."""


class _Quiet:
    def __call__(self, _: str, /) -> None:
        """Nobody wants to know."""

    def __repr__(self) -> str:
        return "quiet"


quiet: Final[Progress] = _Quiet()
"""Says nothing of what is being done; an object, so that help shows a word for it."""
