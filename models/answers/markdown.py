"""A table as Markdown, for papers and pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .layout import cell_text

if TYPE_CHECKING:
    import pandas as pd


def table(frame: pd.DataFrame) -> str:
    r"""A table as Markdown: numbers to the right, and no cell that breaks out of its place.

    Parameters
    ----------
    frame
        The table.

    Examples
    --------
    >>> import pandas as pd
    >>> print(table(pd.DataFrame({"measure": ["a | b"], "share": [0.25]})), end="")
    | measure | share |
    | --- | ---: |
    | a \| b | 0.25 |
    """
    numbers = [frame.dtypes.iloc[at].kind in "iuf" for at in range(len(frame.columns))]
    rules = ["---:" if right else "---" for right in numbers]
    rows = [[_cell(cell) for cell in row] for row in frame.itertuples(index=False, name=None)]
    return "".join(f"| {' | '.join(row)} |\n" for row in ([_cell(str(name)) for name in frame.columns], rules, *rows))


def _cell(cell: object) -> str:
    """A cell on one line, in which nothing is taken for markup of a table, a page or a link."""
    text = cell_text(cell).replace("&", "&amp;").replace("<", "&lt;")
    text = re.sub(r"([\\`*_\[\]|~$])", r"\\\1", text)
    return re.sub(r"\s*[\r\n]+\s*", "<br>", text.strip())
