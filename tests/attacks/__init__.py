"""Attacks on real servers, run by hand: each module says how, prints what it saw, and ends with 1 where it was not well.

Servers are `alignment serve` in processes of their own, with children and databases as people have them. Each attack takes
the word `sqlite` or `postgresql`, but for those that are about one of the two.
"""
