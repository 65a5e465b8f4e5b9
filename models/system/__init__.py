"""Everything given about one place: rows by table, and the system that they make."""

from .system import REQUIRED, SUMMARY, TABLES, About, System, count, known_ids

__all__ = ["REQUIRED", "SUMMARY", "TABLES", "About", "System", "count", "known_ids"]
