"""Whether two ways of working gave the same answer; a time is printed only after that."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.analyst import FINDING

Paths = dict[tuple[str, str], tuple[float, float]]
"""For two measures the net effect, and how strong the strongest path is that pushes the same way."""


class Different(AssertionError):
    """Two answers differ."""


def same_findings(one: pd.DataFrame, two: pd.DataFrame) -> None:
    """The same findings, of each the same pairs and the same worst severity."""
    both = one.merge(two, on=FINDING, how="outer", indicator=True, suffixes=("_one", "_two"))
    if not (both["_merge"] == "both").all() or len(both) != len(one):
        raise Different(f"Not the same findings:\n{both[both['_merge'] != 'both'].head()}")
    for column in ("size", "mark"):
        if not (both[f"{column}_one"] == both[f"{column}_two"]).all():
            raise Different(f"Not the same pairs: {column}")
    if not np.allclose(both["max_one"], both["max_two"], rtol=0, atol=1e-6):
        raise Different("Not the same severities")


def same_paths(ours: Paths, theirs: Paths) -> None:
    """The same net effects, and strongest paths that are equally strong. Walks that cancel out are no effect."""
    theirs = {ends: found for ends, found in theirs.items() if abs(found[0]) > 1e-9}
    if set(ours) != set(theirs):
        raise Different("Not the same pairs of measures")
    for ends, found in ours.items():
        if not np.allclose(found, theirs[ends], rtol=0, atol=1e-9):
            raise Different(f"Not the same effect of {ends[0]} on {ends[1]}: {found}, {theirs[ends]}")
