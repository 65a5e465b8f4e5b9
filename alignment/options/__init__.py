"""Options from whatever way they come in: checked once, their faults in words, and verbs that take them."""
