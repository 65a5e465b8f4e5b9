"""What routes say of themselves for the OpenAPI document."""

from __future__ import annotations

from typing import Any, Final

EVERY: Final = (401, 403, 421, 422, 500, 503)
"""The problems that any door may answer with."""


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a door may answer with, by status, each told once in the document.

    Parameters
    ----------
    *statuses
        Those of its own; what any door may answer with is added.

    Examples
    --------
    >>> problems(404)[404]
    {'$ref': '#/components/responses/Problem404'}
    """
    return {each: {"$ref": f"#/components/responses/Problem{each}"} for each in sorted({*statuses, *EVERY})}
