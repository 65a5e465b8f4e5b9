"""One organisation's own page: what it is asked, what it can move, whom it meets, what a set means for it."""
