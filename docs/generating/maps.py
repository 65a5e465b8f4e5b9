"""The formats of maps: what each is called, how it is told, and what is lost."""

from __future__ import annotations

from alignment.maps.formats import FORMATS, Format

from .markdown import grid


def map_formats() -> str:
    """A row for each format of the library's own."""
    return grid(("format", "what", "suffixes", "read", "written", "a written file does not hold"), map(_row, FORMATS))


def _row(each: Format) -> tuple[str, ...]:
    written = "no" if each.write is None else "by suffix" if each.by_suffix else "when asked for"
    suffixes = ", ".join(f"`{suffix}`" for suffix in (*each.suffixes, *each.also_read))
    return f"`{each.name}`", each.title, suffixes, "yes" if each.read else "no", written, each.lost
