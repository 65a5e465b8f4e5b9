"""Splits into camps: signed graphs, their cycles, moves and programmes."""
