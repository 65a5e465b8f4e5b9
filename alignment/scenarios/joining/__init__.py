"""One system of several, part by part: ids, things with an id, where measures stand, rows without an id."""
