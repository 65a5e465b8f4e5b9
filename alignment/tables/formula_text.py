"""Text that a spreadsheet would take for a formula, in files of text, where no cell has a type.

Before such text stands an apostrophe, as people write it themselves, and before what could be read as that one more:
with g the writing and u the reading, u(g(t)) = t for every text t.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    import pandas as pd

# The wide signs are what a Japanese keyboard makes of the others; a sign alone is no formula.
FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠].", re.DOTALL)


def guarded(text: str) -> str:
    """Text that no spreadsheet works out.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("- "), guarded("-"), guarded("beds")
    ("'=1+1", "''=1+1", "'- ", '-', 'beds')
    """
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that was written so.

    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return text[1:] if text[:1] == "'" and FORMULA.match(text) else text


def csv_text(frame: pd.DataFrame) -> str:
    """A table as CSV in which text stays text."""
    safe = frame.rename(columns=_safe)
    words = [at for at, kind in enumerate(frame.dtypes) if kind.kind not in "iufb"]
    for at in words:
        safe.isetitem(at, cast("Any", frame.iloc[:, at].map(_safe, na_action="ignore")))
    # Python puts text with a line end of old in quotes only where lines end so.
    end = "\r\n" if any(safe.iloc[:, at].astype(str).str.contains("\r").any() for at in words) else "\n"
    return safe.to_csv(index=False, lineterminator=end)


def _safe(value: Any) -> Any:
    return guarded(value) if isinstance(value, str) else value
