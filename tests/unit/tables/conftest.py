"""A small system as plain data, and London in each coat, to be broken by tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alignment.errors import InputError
from alignment.models import Fault
from alignment.tables import read, write

ROOT = Path(__file__).parents[3]
LONDON = ROOT / "examples" / "london-2018"

Faults = Callable[[Any], tuple[Fault, ...]]


@pytest.fixture
def small() -> dict[str, Any]:
    """A small system; a new one for each test, which may change it."""
    return {
        "about": {"name": "Small", "year": 2018},
        "tiers": [{"id": "national", "name": "National", "level": 0}, {"id": "local", "name": "Local", "level": 1}],
        "agencies": [
            {"id": "ministry", "name": "Ministry", "tier": "national"},
            {"id": "trust", "name": "Trust", "tier": "local"},
            {"id": "council", "name": "Council", "tier": "local"},
        ],
        "outcomes": [{"id": "well", "name": "People are well"}],
        "measures": [
            {"id": "beds", "name": "Beds in use", "outcome": "well", "baseline": 95.0},
            {"id": "waits", "name": "Waits", "reported_at": ["national", "local"], "statutory": True},
        ],
        "targets": [
            {"agency": "ministry", "measure": "beds", "sense": "at_most", "value": 92.0, "for_agency": "trust"},
            {"agency": "trust", "measure": "waits", "sense": "decrease", "due": "2019"},
            {"agency": "council", "measure": "beds", "sense": "increase", "start": "2018-04-01"},
        ],
        "influences": [{"source_measure": "beds", "target_measure": "waits", "strength": 2.0}],
        "controls": [{"agency": "trust", "measure": "beds", "share": 0.5}],
    }


@pytest.fixture
def faults() -> Faults:
    """What is wrong with a source."""

    def of(source: Any) -> tuple[Fault, ...]:
        with pytest.raises(InputError) as caught:
            read(source)
        return caught.value.faults

    return of


@pytest.fixture
def london(tmp_path: Path) -> Path:
    """London as a folder of its own."""
    return Path(shutil.copytree(LONDON, tmp_path / "london"))


@pytest.fixture
def london_book(tmp_path: Path) -> Path:
    """London as a workbook."""
    path = tmp_path / "london.xlsx"
    write(read(LONDON), path)
    return path
