"""Authority: which bodies an agency answers to, itself or through others.

A row of accountability of kind statutory, contractual, regulatory or financial gives authority, and who has it over a
body has it over those that answer to that body. Partnership does not, and voters set no targets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from alignment.index import Index, group

AUTHORITY: Final = frozenset({"statutory", "contractual", "regulatory", "financial"})
"""The kinds of accountability by which one body can tell another what to deliver."""


class Authority:
    """Who answers to whom.

    Parameters
    ----------
    index
        The system by positions.
    """

    def __init__(self, index: Index) -> None:
        at = index.agency_at
        rows = [row for row in index.system.accountability if row.kind in AUTHORITY]
        above = group((at[row.agency], at[row.answers_to]) for row in rows)
        self._above: Mapping[int, frozenset[int]] = {who: frozenset(some) for who, some in above.items()}

    def over(self, who: int) -> frozenset[int]:
        """The agencies that one answers to, itself or through others, by position."""
        seen, waiting = set[int](), [who]
        while waiting:
            further = self._above.get(waiting.pop(), frozenset[int]()) - seen
            seen |= further
            waiting.extend(further)
        return frozenset(seen - {who})
