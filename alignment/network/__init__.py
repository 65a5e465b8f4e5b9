"""A system as a graph."""
