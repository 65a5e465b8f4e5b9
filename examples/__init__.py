"""Example systems, shipped with the library."""
