"""Attacks on real servers, run by hand: each module says how, and ends with 1 where something was not well.

Servers are `alignment serve` in processes of their own, with children and databases as people have them. Each attack
takes the word `sqlite` or `postgresql`, but for those that are about one of the two.
"""
