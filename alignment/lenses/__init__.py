"""Views of a system that the literature on integrated care asks for; one file a lens."""
