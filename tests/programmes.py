"""Small programmes at random, and their least objective by trying every point."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from scipy import sparse

from alignment.index import Floats
from alignment.linear import Linear


def linear_of(costs: Any, rows: Any, least: Any, most: Any, whole: Any = True) -> Linear:
    """A programme of columns from 0 to 1."""
    prices = np.asarray(costs, dtype=float)
    return Linear(
        costs=prices,
        rows=sparse.csr_array(np.asarray(rows, dtype=float).reshape(len(np.atleast_1d(least)), len(prices))),
        least=np.asarray(least, dtype=float),
        most=np.asarray(most, dtype=float),
        lower=np.zeros(len(prices)),
        upper=np.ones(len(prices)),
        whole=np.broadcast_to(np.asarray(whole, dtype=bool), len(prices)).copy(),
    )


def random_linear(seed: int, *, parts: bool = False) -> Linear:
    """A 0-1 programme of a few columns and rows; some have no point.

    Parameters
    ----------
    seed
        Which.
    parts
        Whether coefficients are tenths instead of whole numbers.
    """
    dice = np.random.default_rng(seed)
    columns, rows = int(dice.integers(3, 9)), int(dice.integers(1, 7))
    matrix = dice.integers(-4, 7, (rows, columns)) * (dice.random((rows, columns)) < 0.7)
    sums = matrix @ (dice.random(columns) < 0.5)
    below = dice.random(rows) < 0.5
    air = dice.integers(-2, 3, rows)
    unit = 10 if parts else 1
    return linear_of(
        dice.integers(-9, 10, columns),
        matrix / unit,
        np.where(below, (sums - air) / unit, -np.inf),
        np.where(below, np.inf, (sums + air) / unit),
    )


def points(linear: Linear) -> list[Floats]:
    """Every point of a programme of whole columns; sums are compared as whole tenths."""
    lows, highs = np.round(linear.least * 10), np.round(linear.most * 10)
    bounds = zip(linear.lower.astype(int).tolist(), linear.upper.astype(int).tolist(), strict=True)
    every = (np.array(each, dtype=float) for each in product(*(range(low, high + 1) for low, high in bounds)))
    rows: Any = linear.rows

    def fits(each: Floats) -> bool:
        sums: Floats = np.asarray(np.round(rows @ each * 10), dtype=float)
        return bool(np.all((sums >= lows) & (sums <= highs)))

    return [each for each in every if fits(each)]


def least_by_trying(linear: Linear) -> float:
    """The least objective of all points; infinite where there is none."""
    return min((float(linear.costs @ each) for each in points(linear)), default=np.inf)
