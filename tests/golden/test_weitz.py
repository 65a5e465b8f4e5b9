"""Second-order influence between SDG targets in Sweden, on the seven-point scale.

Weitz, Carlsen, Nilsson and Skånberg (2018), Towards systemic and contextual priority setting for implementing the 2030
Agenda, Sustainability Science 13, 531-548: a 34 x 34 cross-impact matrix of scores from -3 to 3, in which row i is what
progress on target i does to each other; targets are ranked by

    total(i) = sum over j of score(i, j) + 1/2 sum over j of score(i, j) sum over k of score(j, k)

The scores, the two sums of each row and the ranks of the first seven are those in a public visualisation of the study
(yipeitu/IVIS18_ProjectFinal, data/data_sweden.json: "affect", "Sum", "2nd", "Rank"). The table in the paper itself was
not at hand, so they have not been compared with it cell by cell; but all 34 second sums follow from the scores by the
formula, as the first test shows without the library.

A score used as an effect (steps per step) gives the study's own numbers. Used as a strength, which the library divides
by 3, the second order counts a third as much beside the first, and some ranks differ: the last test says which.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import alignment as al
from alignment.models import System

SWEDEN = """
1.5    0  2  0  0  0  0  1  0  1  0  2  2  1  1  1  1  2  1  1  0  1  0  0  1  1  2  1  0  0  1  0  1  1  1 | 26  235.5
1.3    1  0  0  0  0  0  1  0  1  0  3  2  1  1  1  1  2  1  1  0  1  0  0  1  1  2  2  0  0  0  0  0  0  2 | 25  224.5
7.2    0  0  0 -1 -1  0  0  3  0  1  2  0  0  0  0  1  1  1  0  0  1  3  2  1 -1  1  0  2  0 -1  0 -1 -2  0 | 12    174
7.3    0  0 -1  0  0  3  0  3  0  1  0  0  0  0  0  0  1  2  0  3  0  3  2  0 -1  0  0  3  0  1  0  0  0  0 | 20    302
6.5    2  0 -1  0  0  1  0  1  0  2  0  0  0  0  0  0 -1  0  1  1  0  1  0  2  0  1  0  1  2  1  3  2  3  0 | 22    240
12.5   1  0  1  2  1  0  0  2  0  1  1  1  0  0  0  1  0  0  1  3  1  1  0  1 -1  2  1  2  0  1  2  3  1  0 | 29    352
2.2    2  0  0  0  0  0  0  2  0  0  0  0  1  0  0  1  0  0  0  2  0  0  0  0  0  0  0  2  0  0  0  0  0  3 | 13    151
13.2   0 -1  2  3  0  1 -2  0 -1  1  0  0  0  0  0  0 -1  1  0  2  0  2  1  1  0  0  0  3  0 -1  2  1 -1  0 | 13    211
3.8    2  2  0  0  0  0  1  0  0  0  2  0  0  0  0  1  0  0  0  0  0  0  0  1  0  0  0  0  0  0  0  0  0  2 | 11    101
2.4    0  0 -1  0  2  1  0  0  0  0  0  0  0  0  0  0  0  0  0  1  0  2  2  2  0  0  0  1  3  3  2  2  2  1 | 23  234.5
10.1   2  0  0  0  0  0  1  0  1  0  0  1  0  1  1  0  1  1  0  0  0  0  0  1  0  0  1  0  0  0  0  0  0  0 | 11    119
4.4    2  2  1  1  0  1  0  1  1  1  2  0  1  1  1  3  1  1  1  0  1  2  1  1  0  0  0  1  1  1  0  0  0  1 | 30    334
4.1    2  1  0  0  0  0  0  0  1  0  2  3  0  0  1  2  0  1  2  1  0  0  0  0  0  0  0  0  0  0  0  0  0  1 | 17  221.5
5.5    1  3  0  0  1  1  2  0  2  2  1  1  3  0  1  2  1  1  2  0  0  0  0  2  0  0  2  0  0  0  0  0  0  3 | 31  331.5
10.7   3  2  0  0  0  0  0  0  1  0  1  1  1  0  0  1  1  0  0  0  1  0  0  2  0  0  0  0  0  0  0  0  0  1 | 15    159
8.5    2  2  0  0  0  1  1  0  1  0  2  2  1  2  1  0  1  1  1  1  1  1  1  1  1  2  1  1  0  0  0  0  0  1 | 29    322
11.1   2  1  0  1  0  0  0 -1  0  0  0  0  0  0  3  1  0  2  0  0  0  1  0  1  0  0  1  0  0  0  0  0  0  1 | 13    142
11.2   1  1  1  2  0  0  0  3  0  0  1  1  1  1  1  0  1  0  0  2  0  2  0  0  0  0  0  2  0  0  0  0  0  1 | 21  242.5
16.6   2  3  0  0  2  1  2  2  2  2  1  1  1  3  3  1  0  0  0  2  3  1  2  2  0  3  2  0  2  2  2  2  1  1 | 51    516
12.1   1  1  2  2  2  2  1  3  0  2  1  1  0  0  0  1  1  2  1  0  0  2  1  2 -1  2  1  3  1  2  3  3  1  0 | 43    470
16.4   0  1  0  0  0  0  1  0  0  1  0  0  0  1  3  2  1  0  3  0  0  0  0  0  0  1  2  0  1  1  1  0  0  0 | 19    229
9.4    1  0  1  2  1  1  0  3  0  1  1  1  0  0  0  1  1  1  0  2  0  0  2  2  0  1  0  2  0  1  1  2  0  0 | 28  321.5
9.5    1  0  1  2  1  2  0  2  0  0  1  2  1  0  0  1  2  2  0  2  0  2  0  1  0  1  0  2  0  1  1  1  0  0 | 29  335.5
13.1   3  3 -2 -1  2  0  1  3  2  3  1  1  0  1  2  1  1  1  1  0  0 -1  1  0  0  0  0  0  0  1  0  1  3  0 | 28    284
17.11 -1  0 -1 -1  0 -2  0 -1  0 -1 -1  0  0  0  1 -1  0  0  1 -1  1  0  0 -2  0  2  0 -1 -1  0  0  0  0  0 | -9 -118.5
17.13  2  0  2  1  0  0  0  0  0  2  0  0  0  0  1  1  0  0  0  0  0  1  0  0  1  0  0  0  0  0  0  0  0  0 | 11  102.5
5.4    1  3  0  0  0  0  3  0  2  1  3  3  2  1  1  2 -1  0  0  0  0  0  0  1  0  0  0  0  0  0  0  0  0  2 | 24  234.5
8.4    1  0  1  2  2  2  1  2  0  2  1  1  1  1  0  2  2  2  1  3  0  2  2  1 -1  1  1  0  1  1  2  2  1  0 | 40    469
14.4   0  0  0  0  1  0  1  0  0  3  0  0  0  0  0  0  0  0  0  2  0  0  0  0  0  0  0  2  0  0  0  2  2  0 | 13    160
15.2   1  0 -1  0  1  0  0  1  0  2  0  0  0  0  0  0  0  0  0  0  0  0  0  2 -1  0  0  0  0  0  1  3  3  0 | 12    124
14.1   0  0  0  0  2  2  0  0  0  2  0  0  0  0  0  0  0  0  0  2  0  0  0  0  0  0  0  0  0  0  0  2  3  0 | 13  146.5
15.5   0  0  0  0  1  1  1  0  0  2  0  0  0  0  0  0  0  0  0  1  0  0  0  1  0  0  0  0  3  3  1  0  2  0 | 16  143.5
6.6    1  0 -1  0  2  0  0  0  0  1  0  0  0  0  0  0  0  0  0  0  0  0  0  2  0  0  0  0  0  2  0  2  0  0 | 9   96.5
3.4    1  0  0  0  0  0  0  0  0  0  1  0  0  1  0  1  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0 | 4   48.5
"""
"""Target, its scores on all targets in the order of the rows, and after the bar the first and second sums."""

FIRST_SEVEN = ("16.6", "12.1", "8.4", "12.5", "9.5", "4.4", "5.5")

LINES = [line.replace("|", " ").split() for line in SWEDEN.strip().splitlines()]
TARGETS = [line[0] for line in LINES]
SCORES = np.array([[int(cell) for cell in line[1:-2]] for line in LINES])
FIRST = np.array([float(line[-2]) for line in LINES])
SECOND = np.array([float(line[-1]) for line in LINES])


def sweden(column: str) -> System:
    """The study as a system whose influences have the scores in a column."""
    names = [f"sdg-{target.replace('.', '-')}" for target in TARGETS]
    return System.model_validate(
        {
            "agencies": [{"id": "sweden", "name": "Sweden"}],
            "measures": [{"id": name, "name": name} for name in names],
            "targets": [{"agency": "sweden", "measure": name, "sense": "increase"} for name in names],
            "influences": [
                {"source_measure": names[i], "target_measure": names[j], column: int(SCORES[i, j])}
                for i, j in np.argwhere(SCORES).tolist()
            ],
        }
    )


def totals(system: System, **options: float) -> dict[str, float]:
    """Total influence of each target: the sums of the rows of N."""
    frame = al.net_effects(system, **options).to_frame()  # pyright: ignore[reportArgumentType]
    sums = frame.groupby("source")["net"].sum()
    return {target: float(sums[f"sdg-{target.replace('.', '-')}"]) for target in TARGETS}


def ranked(sums: dict[str, float]) -> list[str]:
    return sorted(sums, key=lambda target: -round(sums[target], 9))


def test_the_table_is_the_one_of_which_the_sums_were_published() -> None:
    assert SCORES.shape == (34, 34)
    assert not np.diag(SCORES).any()
    assert SCORES.sum(axis=1).tolist() == FIRST.tolist()
    assert [sum(row[j] * FIRST[j] for j in range(34)) / 2 for row in SCORES] == SECOND.tolist()


def turned(size: float) -> Any:
    """What longer walks would turn the sign of, a sum a target: published, and here 0 (METHOD 2)."""
    direct = SCORES * size
    net = direct + direct @ direct / 2
    return np.where(direct * net < 0, net, 0.0).sum(axis=1)


def test_net_effects_are_the_published_second_order_influence() -> None:
    found = totals(sweden("effect"))
    assert [found[target] for target in TARGETS] == pytest.approx((FIRST + SECOND - turned(1)).tolist())
    assert tuple(ranked(found)[:7]) == FIRST_SEVEN
    assert ranked(found)[-1] == "17.11"


def test_the_first_order_alone_ranks_otherwise() -> None:
    found = totals(sweden("effect"), steps=1)
    assert [found[target] for target in TARGETS] == FIRST.tolist()
    assert tuple(ranked(found)[:7]) != FIRST_SEVEN


def test_as_strengths_the_second_order_counts_a_third_as_much() -> None:
    """N = E + E²/2 with E = score/3, so three times a sum of N is first + second/3."""
    found = totals(sweden("strength"))
    assert [3 * found[target] for target in TARGETS] == pytest.approx((FIRST + SECOND / 3 - 3 * turned(1 / 3)).tolist())
    assert ranked(found)[:7] == ["16.6", "12.1", "8.4", "12.5", "5.5", "4.4", "9.5"]
