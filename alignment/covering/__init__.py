"""Minimum-cost covering with pairwise penalties: the problem behind every stage of an aligned set."""

from .least import least_cover
from .problem import Covering

__all__ = ["Covering", "least_cover"]
