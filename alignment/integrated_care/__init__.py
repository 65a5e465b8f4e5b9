"""Lenses: claims of the literature on integrated care, each looked for in a system; one file a lens."""
