"""How fast and how large: scripts that are run, not installed."""
