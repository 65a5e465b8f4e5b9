"""Minimum-cost covering with pairwise penalties: the problem behind every stage of an aligned set."""

from .least import least_cover
from .orlib import read_cover
from .problem import Covering
from .published import Cover, cover, overlap_penalties

__all__ = ["Cover", "Covering", "cover", "least_cover", "overlap_penalties", "read_cover"]
