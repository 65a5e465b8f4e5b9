"""Everything given about one place: rows by table, and the system that they make."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .system import REQUIRED, SUMMARY, TABLES, About, System, count, known_ids

__all__ = ["REQUIRED", "SUMMARY", "TABLES", "About", "System", "count", "known_ids"]

# Found when first used: a kind of cell should not wait for every table.
_HOME: Final = dict.fromkeys(__all__, "system")


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
