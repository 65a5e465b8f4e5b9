"""How somebody who searches tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str], None]
"""Told in words what is being done."""


def quiet(_: str) -> None:
    """Nobody is told."""
