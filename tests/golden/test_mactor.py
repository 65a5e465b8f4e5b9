"""MACTOR, worked by hand.

No published example with all of its matrices was at hand, so this one is ours: three actors, three objectives, every
step written out. The formulas are those of Godet (1991), Actors' moves and strategies: the MACTOR method, Futures,
July/August 1991, 605-622, as the module's docstring has them.

    MDI   A  B  C        2MAO   x   y   z
    A     0  3  2        A      3   2   0
    B     1  0  2        B     -2   4  -1
    C     0  1  0        C      1  -3  -2
"""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

import alignment as al

ABC = list("ABC")
DIRECT = pd.DataFrame([[0, 3, 2], [1, 0, 2], [0, 1, 0]], index=ABC, columns=ABC)
POSITIONS = pd.DataFrame([[3, 2, 0], [-2, 4, -1], [1, -3, -2]], index=ABC, columns=list("xyz"))


@pytest.fixture(scope="module")
def found() -> al.Mactor:
    return al.mactor_from(DIRECT, POSITIONS)


def same(frame: pd.DataFrame, rows: list[list[float]]) -> None:
    assert frame.to_numpy().ravel().tolist() == pytest.approx([cell for row in rows for cell in row], abs=1e-8)


def test_direct_and_indirect_influence(found: al.Mactor) -> None:
    """MIDI(i, j) = MDI(i, j) + the weaker link of each way i > k > j.

    AA 0 + B min(3, 1) + C min(2, 0) = 1    AB 3 + B min(3, 0) + C min(2, 1) = 4    AC 2 + B min(3, 2) + C 0 = 4
    BA 1 + A min(1, 0) + C min(2, 0) = 1    BB 0 + A min(1, 3) + C min(2, 1) = 2    BC 2 + A min(1, 2) + C 0 = 3
    CA 0 + A min(0, 0) + B min(1, 1) = 1    CB 1 + A min(0, 3) + B min(1, 0) = 1    CC 0 + A 0 + B min(1, 2) = 1
    """
    same(found.indirect, [[1, 4, 4], [1, 2, 3], [1, 1, 1]])
    same(found.net, [[0, 3, 3], [-3, 0, 2], [-3, -2, 0]])


def test_the_balance_of_power_with_the_diagonal(found: al.Mactor) -> None:
    """I = 9, 6, 3 (18 in all); D = 3, 7, 8.

    r(A) = (9 - 1)/18 * 9/12 = 143/429; r(B) = (6 - 2)/18 * 6/13 = 44/429; r(C) = (3 - 1)/18 * 3/11 = 13/429.
    They add up to 200/429, so R* = 3 * 143/200, 3 * 44/200, 3 * 13/200.
    """
    assert found.influence.tolist() == [9, 6, 3]
    assert found.dependence.tolist() == [3, 7, 8]
    assert found.strength.tolist() == pytest.approx([143 / 429, 44 / 429, 13 / 429])
    assert found.relative_strength.tolist() == pytest.approx([2.145, 0.66, 0.195])


def test_the_balance_of_power_without_the_diagonal() -> None:
    """I = 8, 4, 2 (14 in all); D = 2, 5, 7.

    r(A) = 8/14 * 8/10 = 144/315; r(B) = 4/14 * 4/9 = 40/315; r(C) = 2/14 * 2/9 = 10/315; in all 194/315.
    """
    found = al.mactor_from(DIRECT, POSITIONS, "out")
    assert found.influence.tolist() == [8, 4, 2]
    assert found.dependence.tolist() == [2, 5, 7]
    assert found.strength.tolist() == pytest.approx([float(Fraction(n, 315)) for n in (144, 40, 10)])
    assert found.relative_strength.tolist() == pytest.approx([float(Fraction(3 * n, 194)) for n in (144, 40, 10)])


def test_positions(found: al.Mactor) -> None:
    """3MAO: 2.145 * (3, 2, 0); 0.66 * (-2, 4, -1); 0.195 * (1, -3, -2)."""
    same(found.positions(1), [[1, 1, 0], [-1, 1, -1], [1, -1, -1]])
    same(found.positions(2), POSITIONS.to_numpy().tolist())
    same(found.positions(3), [[6.435, 4.29, 0], [-1.32, 2.64, -0.66], [0.195, -0.585, -0.39]])


def test_who_agrees_with_whom(found: al.Mactor) -> None:
    """A and B agree on y, A and C on x, B and C on z (both against).

    Order 2: AB (2 + 4)/2, AC (3 + 1)/2, BC (1 + 2)/2.
    Order 3: AB (4.29 + 2.64)/2, AC (6.435 + 0.195)/2, BC (0.66 + 0.39)/2.
    """
    same(found.convergence(1), [[0, 1, 1], [1, 0, 1], [1, 1, 0]])
    same(found.convergence(2), [[0, 3, 2], [3, 0, 1.5], [2, 1.5, 0]])
    same(found.convergence(3), [[0, 3.465, 3.315], [3.465, 0, 0.525], [3.315, 0.525, 0]])


def test_who_disagrees_with_whom(found: al.Mactor) -> None:
    """A and B disagree on x, A and C on y, B and C on x and y.

    Order 2: AB (3 + 2)/2, AC (2 + 3)/2, BC (2 + 1)/2 + (4 + 3)/2.
    Order 3: AB (6.435 + 1.32)/2, AC (4.29 + 0.585)/2, BC (1.32 + 0.195)/2 + (2.64 + 0.585)/2.
    """
    same(found.divergence(1), [[0, 1, 1], [1, 0, 2], [1, 2, 0]])
    same(found.divergence(2), [[0, 2.5, 2.5], [2.5, 0, 5], [2.5, 5, 0]])
    same(found.divergence(3), [[0, 3.8775, 2.4375], [3.8775, 0, 2.37], [2.4375, 2.37, 0]])


def test_ambivalence(found: al.Mactor) -> None:
    """1 - sum of |xCAA - xDAA| over sum of (xCAA + xDAA).

    Order 1: A 1 - 0/4; B 1 - (0 + 1)/5; C 1 - (0 + 1)/5.
    Order 2: A 1 - (0.5 + 0.5)/10; B 1 - (0.5 + 3.5)/12; C 1 - (0.5 + 3.5)/11.
    Order 3: the differences are AB 0.4125, AC 0.8775, BC 1.845, the sums AB 7.3425, AC 5.7525, BC 2.895.
    """
    thirds = [1.29 / 13.095, 2.2575 / 10.2375, 2.7225 / 8.6475]
    same(found.ambivalence, [[1, 0.9, 1 - thirds[0]], [0.8, 2 / 3, 1 - thirds[1]], [0.8, 7 / 11, 1 - thirds[2]]])


def test_mobilisation(found: al.Mactor) -> None:
    """By actor 6.435 + 4.29, 1.32 + 2.64 + 0.66, 0.195 + 0.585 + 0.39; by objective for, against, both."""
    assert found.mobilisation.tolist() == pytest.approx([10.725, 4.62, 1.17])
    same(found.implication(1), [[2, 1, 3], [2, 1, 3], [0, 2, 2]])
    same(found.implication(2), [[4, 2, 6], [6, 3, 9], [0, 3, 3]])
    same(found.implication(3), [[6.63, 1.32, 7.95], [6.93, 0.585, 7.515], [0, 1.05, 1.05]])
    same(found.implication(3, of="actor"), [[10.725, 0, 10.725], [2.64, 1.98, 4.62], [0.195, 0.975, 1.17]])


PARIS = pd.DataFrame(
    [
        [0, 1, 1, 3, 0, 2],
        [2, 0, 3, 2, 1, 1],
        [1, 2, 0, 1, 1, 0],
        [2, 3, 3, 0, 3, 2],
        [0, 2, 3, 1, 0, 2],
        [0, 1, 1, 3, 2, 0],
    ]
)
PARIS_WANTS = pd.DataFrame(
    [[2, 3, 0, 0, 1], [-2, 0, 3, -1, -3], [-1, 0, -3, 3, -2], [0, 3, 2, 0, 1], [-1, 0, -2, 2, -2], [0, 0, 0, 0, 3]]
)


def test_the_actors_of_air_transport_in_paris() -> None:
    """Inputs: the "aeroport de Paris" example of the MACTOR program, as the test of a public re-implementation has it
    (llosimura/tio, mactor/test.rb): makers, scheduled airlines, charter airlines, state, airport, residents. Its
    published results were not at hand; the cells below are worked by hand.

    MIDI of makers (0, 1, 1, 3, 0, 2) on the state: 3 + min(1, 2) + min(1, 1) + min(0, 1) + min(2, 3) = 7.
    MIDI of makers on themselves: min(1, 2) + min(1, 1) + min(3, 2) + min(0, 0) + min(2, 0) = 4.
    MIDI of the state (2, 3, 3, 0, 3, 2) on residents: 2 + min(2, 2) + min(3, 1) + min(3, 0) + min(3, 2) = 7.
    Makers and state agree on markets (3, 3) and noise rules (1, 1): 2CAA = 3 + 1.
    Scheduled and charter airlines disagree on rights (3, -3) and package flights (-1, 3): 2DAA = 3 + 2; they agree on
    aircraft (-2, -1) and noise rules (-3, -2): 2CAA = 1.5 + 2.5.
    """
    found = al.mactor_from(PARIS, PARIS_WANTS)
    midi = found.indirect.to_numpy()
    assert (midi[0, 0], midi[0, 3], midi[3, 5]) == (4, 7, 7)
    assert found.convergence(2).loc["0", "3"] == 4
    assert (found.divergence(2).loc["1", "2"], found.convergence(2).loc["1", "2"]) == (5, 4)
    assert found.relative_strength.sum() == pytest.approx(6)
