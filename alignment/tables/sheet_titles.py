"""What a sheet may be called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

LONGEST_TITLE: Final = 31
"""The most characters of a sheet's name."""


def free_title(name: str, taken: Iterable[str]) -> str:
    """A name that a sheet may have and none has yet, whatever its capitals.

    >>> free_title("x-Q1/Q2", []), free_title("Measures", ["measures"])
    ('x-Q1_Q2', 'Measures_')
    """
    known = {title.casefold() for title in taken}
    plain = re.sub(r"[\x00-\x1f\[\]:*?/\\]", "_", name).strip("'")[:LONGEST_TITLE] or "x-"
    title = plain
    while title.casefold() in known:
        # A line at its end is none of a table's name.
        end = len(title) - len(plain.rstrip("_")) + 1
        title = f"{plain.rstrip('_')[: LONGEST_TITLE - end]}{'_' * end}"
    return title
