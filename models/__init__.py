"""The nouns: frozen data, checked once. They know no solver, no graph and no HTTP."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .faults import Fault, FaultsFound, Note
    from .fields import Noun, Row
    from .system.bodies import Accountability, Agency, PathwayStep, Population, Relationship, Tier
    from .system.links import Control, Draw, Finance, Incentive, Influence, Reading, Resource
    from .system.measures import DIMENSIONS, Capture, Collection, Level, Measure, Outcome, Overlap, Target
    from .system.system import TABLES, About, System

__all__ = [
    "DIMENSIONS",
    "TABLES",
    "About",
    "Accountability",
    "Agency",
    "Capture",
    "Collection",
    "Control",
    "Draw",
    "Fault",
    "FaultsFound",
    "Finance",
    "Incentive",
    "Influence",
    "Level",
    "Measure",
    "Note",
    "Noun",
    "Outcome",
    "Overlap",
    "PathwayStep",
    "Population",
    "Reading",
    "Relationship",
    "Resource",
    "Row",
    "System",
    "Target",
    "Tier",
]

# Found when first used: who wants to know what a fault is need not wait for every table.
_HOME: Final = {
    "About": "system.system",
    "Accountability": "system.bodies",
    "Agency": "system.bodies",
    "Capture": "system.measures",
    "Collection": "system.measures",
    "Control": "system.links",
    "DIMENSIONS": "system.measures",
    "Draw": "system.links",
    "Fault": "faults",
    "FaultsFound": "faults",
    "Finance": "system.links",
    "Incentive": "system.links",
    "Influence": "system.links",
    "Level": "system.measures",
    "Measure": "system.measures",
    "Note": "faults",
    "Noun": "fields",
    "Outcome": "system.measures",
    "Overlap": "system.measures",
    "PathwayStep": "system.bodies",
    "Population": "system.bodies",
    "Reading": "system.links",
    "Relationship": "system.bodies",
    "Resource": "system.links",
    "Row": "fields",
    "System": "system.system",
    "TABLES": "system.system",
    "Target": "system.measures",
    "Tier": "system.bodies",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
