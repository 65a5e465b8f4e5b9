"""The report that a leader reads: a file a part of it, in the order of reading; `material` asks everything once."""
