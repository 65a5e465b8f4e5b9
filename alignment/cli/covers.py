"""A cover in words, as JSON and as a table; columns as the file counts them, from 1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from alignment.models.system import count

if TYPE_CHECKING:
    import pandas as pd

    from alignment.covering import Cover


def to_text(found: Cover, size: tuple[int, int], pairs: int) -> str:
    """Cost, bound, proof, time and set."""
    sure = "proven: no cover costs less" if found.proven else f"not proven: a gap of {found.gap:.1%}"
    said = count(pairs, "penalised pair", "penalised pairs")
    return "\n".join(
        [
            ", ".join([count(size[0], "row", "rows"), count(size[1], "column", "columns"), said]),
            f"cost     {found.cost:.12g}",
            f"bound    {found.bound:.12g}, {sure}",
            f"seconds  {found.seconds:.2f}",
            f"columns  {len(found.columns)}: {' '.join(str(column + 1) for column in found.columns)}",
        ]
    )


def to_json(found: Cover, size: tuple[int, int], pairs: int) -> str:
    """The same, without the time: the same file gives the same document."""
    told: dict[str, Any] = {
        "rows": size[0],
        "columns": size[1],
        "penalised_pairs": pairs,
        "cost": found.cost,
        "bound": found.bound,
        "gap": found.gap,
        "proven": found.proven,
        "stopped": found.stopped,
        "chosen": [column + 1 for column in found.columns],
    }
    return json.dumps(told, indent=2)


def to_frame(found: Cover, costs: Any) -> pd.DataFrame:
    """A row for each chosen column: ``column``, counted from 1, and ``cost``."""
    import pandas as pd

    chosen = list(found.columns)
    return pd.DataFrame({"column": [column + 1 for column in chosen], "cost": [float(costs[at]) for at in chosen]})
