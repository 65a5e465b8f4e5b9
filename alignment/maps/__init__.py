"""Systems maps in and out: what other tools draw, as measures and influences.

A format is a row of `formats.FORMATS`; each is read into one `Map`, which knows what the tool said and nothing of
tables, and `system` makes measures and influences of it.
"""
