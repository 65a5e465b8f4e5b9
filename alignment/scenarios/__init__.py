"""A system changed: what would be otherwise."""
