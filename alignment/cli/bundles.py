"""Bundles of services and people, from a CSV file."""

from __future__ import annotations

from .expert_tables import grid


def bundles_in(file: str) -> list[dict[str, str]]:
    """The bundles of a file, a row each; blank cells are left out.

    Parameters
    ----------
    file
        A CSV file with columns population, service, benefit and cost.

    Raises
    ------
    InputError
        It is no table.
    OSError
        It cannot be read.
    """
    header, *rows = grid("bundles", file)
    heads = [head.strip().casefold() for head in header]
    return [{head: cell for head, cell in zip(heads, row, strict=True) if cell} for row in rows]
