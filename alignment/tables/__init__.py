"""A system in and out."""
