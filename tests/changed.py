"""Answers that somebody changed: rows with other cells, rows left out."""

from __future__ import annotations

from typing import Any


def rows(given: Any, at: int, **cells: Any) -> tuple[Any, ...]:
    """Rows of which one has other cells."""
    return (*given[:at], given[at].model_copy(update=cells), *given[at + 1 :])


def without(given: Any, at: int) -> tuple[Any, ...]:
    """Rows but one."""
    return (*given[:at], *given[at + 1 :])


def other(answer: Any, **cells: Any) -> Any:
    """An answer with other cells."""
    return answer.model_copy(update=cells)
