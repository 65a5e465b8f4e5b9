"""The nouns: frozen data, checked once. They know no solver, no graph and no HTTP."""

from .faults import Fault, FaultsFound
from .fields import Noun, Row
from .system.bodies import Accountability, Agency, PathwayStep, Population, Relationship, Tier
from .system.links import Control, Draw, Finance, Incentive, Influence, Reading, Resource
from .system.measures import DIMENSIONS, Capture, Collection, Measure, Outcome, Overlap, Target
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
    "Measure",
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
