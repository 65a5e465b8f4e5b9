"""The 32 Scottish councils as systems: ``../shared/data/scotland-lgbf``, each measure's latest year.

What a council wants is made up for the trial: to stand no worse than the middle of its family of eight. The data lie
beside the project, not in it; ``ALIGNMENT_SHARED`` names another folder that holds ``data``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import pytest

import alignment as al

from .qpp import SHARED

FOLDER: Final = SHARED / "data" / "scotland-lgbf"

there = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the data of Scottish councils are not in {FOLDER}")
"""Of a test that reads them."""

DIRECTIONS: Final = {"lower_is_better": "lower", "higher_is_better": "higher"}
"""Their words for which way is better."""

SENSES: Final = {"lower_is_better": "at_most", "higher_is_better": "at_least"}
"""What is asked for, by which way is better."""


@cache
def families() -> Mapping[str, str]:
    """The family of each council, as for services to people."""
    import pandas as pd

    rows = pd.read_csv(FOLDER / "family_groups.csv").query("family_grouping.str.startswith('Children')")
    return dict(zip(rows.council, rows.family_group, strict=True))


@cache
def readings() -> Any:
    """A row for each council and measure: its latest value, and the middle of its family."""
    import pandas as pd

    measures = pd.read_csv(FOLDER / "measures.csv").query("direction != 'target'")
    latest = pd.read_csv(FOLDER / "values.csv").sort_values("end_year")
    rows = latest.groupby(["measure_id", "council"], as_index=False).last().merge(measures, on="measure_id")
    rows["family"] = rows.council.map(families())
    rows["wanted"] = rows.groupby(["measure_id", "family"]).value.transform("median")
    return rows


def council(name: str, rows: Any) -> al.System:
    """One council: its measures with where they stand, and a target on each."""
    measures = rows.assign(id=rows.measure_id, name=rows.title, outcome=rows.category, baseline=rows.value)
    measures = measures.assign(direction=rows.direction.map(DIRECTIONS))
    targets = rows.assign(agency=name, measure=rows.measure_id, value=rows.wanted)
    targets = targets.assign(sense=rows.direction.map(SENSES))
    tables = {
        "about": {"name": name, "year": 2024},
        "tiers": [{"id": "council", "name": "Council", "level": 1}],
        "agencies": [{"id": name, "name": name, "tier": "council", "kind": "council"}],
        "outcomes": [{"id": each, "name": each, "dimension": "outcomes"} for each in sorted(set(rows.category))],
        "measures": measures[["id", "name", "outcome", "direction", "baseline"]],
        "targets": targets[["agency", "measure", "sense", "value"]],
    }
    return al.read(tables, ids="make")


@cache
def councils() -> Mapping[str, al.System]:
    """Every council, by name."""
    return {name: council(name, rows) for name, rows in readings().groupby("council")}


@cache
def scotland() -> al.System:
    """All of them as one system."""
    return al.join(*councils().values())
