"""Conflicts: where targets pull apart. One file a kind; `gather` brings them together."""

from .gather import TOLERANCE, Conflicts, find_conflicts

__all__ = ["TOLERANCE", "Conflicts", "find_conflicts"]
