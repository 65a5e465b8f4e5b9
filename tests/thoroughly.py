"""How much is tried: a part of the cases, or all of them with ALIGNMENT_THOROUGH=1 (make thorough)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final, TypeVar

import pytest

T = TypeVar("T")

ALL: Final = os.environ.get("ALIGNMENT_THOROUGH") == "1"

only = pytest.mark.skipif(not ALL, reason="takes long: make thorough")
"""Of a test that is not worth its time whenever somebody changes a line."""


def part_of(cases: Sequence[T], every: int = 6) -> Sequence[T]:
    """The first of every so many cases, or all.

    >>> part_of(range(10), 4) if not ALL else range(0, 10, 4)
    range(0, 10, 4)
    """
    return cases if ALL else cases[::every]


def most(thoroughly: int, else_: int) -> int:
    """How many examples are drawn."""
    return thoroughly if ALL else else_
