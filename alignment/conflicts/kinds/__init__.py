"""One file a kind of conflict."""
