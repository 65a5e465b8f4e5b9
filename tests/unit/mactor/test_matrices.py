"""MACTOR against its formulas in literal loops, and the tables that a system gives, row by row."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

import alignment as al
from alignment.index import Index
from alignment.mactor.claims import ANSWERS
from alignment.mactor.matrices import MATRICES, ORDERS, Diagonal
from alignment.models import System
from tests.oracles.words import Words
from tests.random_systems import random_system, shuffled
from tests.small import measures, small, target

Table = list[list[float]]
DIAGONALS: tuple[Diagonal, ...] = ("in", "out")


def named(cells: Table, columns: str = "") -> pd.DataFrame:
    names = [f"a{at}" for at in range(len(cells))]
    return pd.DataFrame(cells, index=names, columns=names if not columns else [f"{columns}{at}" for at in range(3)])


@st.composite
def games(draw: st.DrawFn) -> tuple[Table, Table]:
    """MDI of up to five actors, and their positions on three objectives."""
    size = draw(st.integers(1, 5))
    direct = [[draw(st.integers(0, 4)) if i != j else 0 for j in range(size)] for i in range(size)]
    return [[float(cell) for cell in row] for row in direct], [
        [float(draw(st.integers(-4, 4))) for _ in range(3)] for _ in range(size)
    ]


def matrices(game: tuple[Table, Table], diagonal: Diagonal = "in") -> al.Mactor:
    return al.mactor_from(named(game[0]), named(game[1], "o"), diagonal)


def midi_by_loops(mdi: Table) -> Table:
    size = range(len(mdi))
    return [[mdi[i][j] + sum(min(mdi[i][k], mdi[k][j]) for k in size if k != i) for j in size] for i in size]


def power_by_loops(midi: Table, diagonal: Diagonal) -> tuple[list[float], list[float], list[float], list[float]]:
    size = range(len(midi))
    away = [[midi[i][j] for j in size if j != i] for i in size]
    back = [midi[i][i] if diagonal == "in" else 0 for i in size]
    influence = [sum(away[i]) + back[i] for i in size]
    dependence = [sum(midi[i][j] for i in size if i != j) + back[j] for j in size]
    strength = [
        sum(away[i]) / sum(influence) * influence[i] / (influence[i] + dependence[i]) if influence[i] else 0.0
        for i in size
    ]
    whole = sum(strength)
    return influence, dependence, strength, [len(midi) * one / whole if whole else 0.0 for one in strength]


def meetings_by_loops(stakes: Table, sign: int) -> Table:
    size = range(len(stakes))
    table = [[0.0 for _ in size] for _ in size]
    for i, j in itertools.permutations(size, 2):
        for one, two in zip(stakes[i], stakes[j], strict=True):
            if one * two * sign > 0:
                table[i][j] += (abs(one) + abs(two)) / 2
    return table


def close(frame: pd.DataFrame, table: Table) -> bool:
    return bool(np.allclose(frame.to_numpy(), np.array(table).reshape(frame.shape), atol=1e-8, equal_nan=True))


@given(games(), st.sampled_from(DIAGONALS))
def test_every_matrix_is_its_formula(game: tuple[Table, Table], diagonal: Diagonal) -> None:
    found, (mdi, mao) = matrices(game, diagonal), game
    midi = midi_by_loops(mdi)
    assert close(found.direct, mdi)
    assert close(found.indirect, midi)
    assert close(found.net, [[midi[i][j] - midi[j][i] for j in range(len(mdi))] for i in range(len(mdi))])
    influence, dependence, strength, relative = power_by_loops(midi, diagonal)
    for series, wanted in (
        (found.influence, influence),
        (found.dependence, dependence),
        (found.strength, strength),
        (found.relative_strength, relative),
    ):
        assert series.tolist() == pytest.approx(wanted, abs=1e-8)
    stakes = {
        1: [[float((cell > 0) - (cell < 0)) for cell in row] for row in mao],
        2: mao,
        3: [[cell * power for cell in row] for row, power in zip(mao, relative, strict=True)],
    }
    for order in ORDERS:
        assert close(found.positions(order), stakes[order])
        alike, apart = (meetings_by_loops(stakes[order], sign) for sign in (1, -1))
        assert close(found.convergence(order), alike)
        assert close(found.divergence(order), apart)
        sums = [sum(one) + sum(two) for one, two in zip(alike, apart, strict=True)]
        doubts = [
            1 - sum(abs(a - b) for a, b in zip(one, two, strict=True)) / whole if whole else math.nan
            for one, two, whole in zip(alike, apart, sums, strict=True)
        ]
        assert found.ambivalence[order].tolist() == pytest.approx(doubts, abs=1e-7, nan_ok=True)
    assert found.mobilisation.tolist() == pytest.approx([sum(map(abs, row)) for row in stakes[3]], abs=1e-7)


@given(games(), st.sampled_from(DIAGONALS))
def test_power_is_shared_out_among_all(game: tuple[Table, Table], diagonal: Diagonal) -> None:
    found = matrices(game, diagonal)
    somebody = float(found.direct.to_numpy().sum()) > 0
    assert found.relative_strength.sum() == pytest.approx(len(game[0]) if somebody else 0, abs=1e-6)
    assert found.strength.between(0, 1).all()
    assert found.influence.sum() == pytest.approx(found.dependence.sum())


@given(games())
def test_the_two_readings_differ_by_what_comes_back(game: tuple[Table, Table]) -> None:
    inside, outside = (matrices(game, diagonal) for diagonal in DIAGONALS)
    back = np.diag(inside.indirect.to_numpy())
    assert (inside.influence - outside.influence).tolist() == back.tolist()
    assert (inside.dependence - outside.dependence).tolist() == back.tolist()
    pd.testing.assert_frame_equal(inside.indirect, outside.indirect)


@given(games(), st.randoms(use_true_random=False))
def test_the_order_of_actors_and_columns_does_not_matter(game: tuple[Table, Table], draw: Any) -> None:
    direct, positions = named(game[0]), named(game[1], "o")
    names = list(direct.index)
    draw.shuffle(names)
    other = al.mactor_from(direct.loc[names], positions.loc[sorted(names)])
    pd.testing.assert_frame_equal(
        matrices(game).convergence(3), other.convergence(3).loc[direct.index, list(direct.index)]
    )


@given(games())
def test_who_turns_round_swaps_friends_and_foes(game: tuple[Table, Table]) -> None:
    turned = [[-cell for cell in game[1][0]], *game[1][1:]]
    found, other = matrices(game), matrices((game[0], turned))
    for order in ORDERS:
        assert found.convergence(order).iloc[0].tolist() == pytest.approx(other.divergence(order).iloc[0].tolist())
        assert close(found.ambivalence, other.ambivalence.to_numpy().tolist())


@given(games())
def test_long_tables_hold_every_cell_that_is_not_0(game: tuple[Table, Table]) -> None:
    found = matrices(game)
    pairs = found.pairs().set_index(["a", "b"])
    for column, frame in (("indirect", found.indirect), ("divergence_2", found.divergence(2))):
        cells = dict(zip(itertools.product(found.actors, repeat=2), frame.to_numpy().ravel().tolist(), strict=True))
        assert {pair: value for pair, value in pairs[column].items() if value} == {
            pair: value for pair, value in cells.items() if value
        }
    assert (found.stakes()["valued"].abs().sum()) == np.abs(np.array(game[1])).sum()
    sums = found.implications().groupby("order")["total"].sum()
    assert sums[3] == pytest.approx(found.mobilisation.sum(), abs=1e-7)


def test_nobody_has_influence_and_nothing_is_divided_by_nothing() -> None:
    found = matrices(([[0.0, 0.0], [0.0, 0.0]], [[1.0, 0.0, 0.0], [0.0, 0.0, 2.0]]))
    assert found.strength.tolist() == found.relative_strength.tolist() == found.mobilisation.tolist() == [0, 0]
    assert found.ambivalence.isna().all(axis=None)
    assert "a0" in str(found)


def test_who_only_depends_has_no_strength() -> None:
    found = matrices(([[0.0, 4.0], [0.0, 0.0]], [[1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]))
    assert found.relative_strength.tolist() == [2, 0]
    assert found.mobilisation.tolist() == [2, 0]


@pytest.mark.parametrize("name", MATRICES)
def test_a_matrix_by_its_name(name: str) -> None:
    found = al.mactor_matrices(al.read(al.example("winter-pressure")))
    wide = 8 if "MAO" in name else 4
    assert found.matrix(name).shape == (4, wide)
    assert not set(found.matrix(name).dtypes.astype(str)) - {"float64"}


def test_words_that_are_none_are_named() -> None:
    found = matrices(([[0.0]], [[1.0, 0.0, 0.0]]))
    for ask in (
        lambda: found.matrix("3CA"),
        lambda: found.positions(4),  # pyright: ignore[reportArgumentType]
        lambda: found.implication(1, of="object"),  # pyright: ignore[reportArgumentType]
    ):
        with pytest.raises(al.UnknownWord):
            ask()
    with pytest.raises(al.OptionError, match=r'^diagonal: "inn" is not one of in, out\. Did you mean \'in\'\?'):
        matrices(([[0.0]], [[1.0, 0.0, 0.0]]), "inn")  # pyright: ignore[reportArgumentType]


# Tables of experts


def test_all_faults_of_both_tables_are_said_at_once() -> None:
    direct = pd.DataFrame(
        [["0", 5, "much"], [-1, None, None], [1, 2, 0]],
        index=["council", "trust", "regon"],
        columns=["council", "trust", "region"],
    )
    positions = pd.DataFrame(
        [[4.5, 0], [1, float("nan")], [0, 0]], index=["council", "council", "truts"], columns=["beds", "waits"]
    )
    with pytest.raises(al.InputError) as raised:
        al.mactor_from(direct, positions)
    said = [f"{fault.where}: {fault.what} / {fault.remedy}" for fault in raised.value.faults]
    assert said == [
        "direct[0].trust: 5 is not a number from 0 to 4 / Write a number from 0 to 4; 0 is none",
        "direct[0].region: 'much' is not a number from 0 to 4 / Write a number from 0 to 4; 0 is none",
        "direct[1].council: -1 is not a number from 0 to 4 / Write a number from 0 to 4; 0 is none",
        "direct[1].region: is blank / Write a number from 0 to 4; 0 is none",
        "direct[2]: 'regon' has a row and no column / Did you mean 'region'?",
        "direct.region: 'region' has a column and no row / Did you mean 'regon'?",
        "positions[1]: the row 'council' is there already / Keep one of the two",
        "positions[2]: 'truts' is not an actor of direct / Did you mean 'trust'?",
        "positions[0].beds: 4.5 is not a number from -4 to 4 / Write a number from -4 to 4; 0 is none",
        "positions[1].waits: is blank / Write a number from -4 to 4; 0 is none",
        "positions: there is no row for 'trust' / Add it; 0 is neither for nor against",
        "positions: there is no row for 'regon' / Add it; 0 is neither for nor against",
    ]


def test_columns_that_repeat_and_tables_without_any_are_faults() -> None:
    twice = pd.DataFrame([[0, 0]], index=["a"], columns=["a", "a"])
    with pytest.raises(al.InputError, match="the column 'a' is there already"):
        al.mactor_from(twice, pd.DataFrame({"x": [1]}, index=["a"]))
    with pytest.raises(al.InputError, match="has no rows or no columns"):
        al.mactor_from(pd.DataFrame(), pd.DataFrame())


def test_an_input_stays_as_it_is_and_cannot_change_an_answer() -> None:
    direct, positions = named([[0.0, 1.0], [2.0, 0.0]]), named([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], "o")
    before = direct.copy()
    found = al.mactor_from(direct, positions)
    shown = found.direct
    shown.iloc[0, 1] = 4
    direct.iloc[0, 1] = 3
    assert found.direct.iloc[0, 1] == 1
    pd.testing.assert_frame_equal(before, named([[0.0, 1.0], [2.0, 0.0]]))


# Tables of a system


def direct_by_loops(system: System, actors: tuple[str, ...]) -> Table:
    """MDI by asking every row about every pair."""
    table = [[0.0 for _ in actors] for _ in actors]
    for (i, a), (j, b) in itertools.permutations(enumerate(actors), 2):
        scores = [0]
        scores += [ANSWERS[row.kind] for row in system.accountability if (row.agency, row.answers_to) == (b, a)]
        scores += [1 for row in system.targets if (row.agency, row.for_agency) == (a, b)]
        scores += [2 for row in system.incentives if (row.payer, row.payee) == (a, b)]
        delivers = {row.measure for row in system.targets if b == (row.for_agency or row.agency)}
        judged = delivers | {row.measure for row in system.targets if b == row.agency}
        scores += [
            2 if row.share >= 0.5 and row.measure in delivers else 1
            for row in system.controls
            if row.agency == a and row.share > 0 and row.measure in judged
        ]
        table[i][j] = max(scores)
    return table


def wanted_by_loops(system: System, actors: tuple[str, ...], objectives: tuple[str, ...]) -> Table:
    words = Words(system)
    table: Table = []
    for actor in actors:
        cells: list[float] = []
        for measure in objectives:
            own = [row for row in system.targets if (row.agency, row.measure) == (actor, measure)]
            sizes = {
                way: max(
                    (math.ceil(4 * (row.weight or 1)) for row in own if words.wish(row) == way),
                    default=0,
                )
                for way in (1, -1)
            }
            cells.append(sizes[1] - sizes[-1])
        table.append(cells)
    return table


@pytest.mark.parametrize("seed", range(40))
def test_tables_of_a_system_are_what_its_rows_say(seed: int) -> None:
    system = random_system(seed)
    found = al.mactor_matrices(system)
    index = system.derive(Index)
    assert set(found.actors) == {index.agencies[at].id for at in index.counting}
    assert set(found.objectives) == {row.measure for row in system.targets}
    assert close(found.direct, direct_by_loops(system, found.actors))
    assert close(found.positions(2), wanted_by_loops(system, found.actors, found.objectives))


@pytest.mark.parametrize("seed", range(10))
def test_every_cell_follows_from_its_evidence(seed: int) -> None:
    found = al.mactor_matrices(random_system(seed))
    for matrix, frame in (("MDI", found.direct), ("2MAO", found.positions(2))):
        rows: dict[tuple[str, str], list[int]] = {}
        for claim in found.claims:
            if claim.matrix == matrix:
                rows.setdefault((claim.actor, claim.on), []).append(claim.score)
        cells = zip(itertools.product(frame.index, frame.columns), frame.to_numpy().ravel().tolist(), strict=True)
        for (actor, on), value in cells:
            scores = rows.get((str(actor), str(on)), [])
            assert value == max([0, *scores]) + min([0, *scores])
    assert len(found.evidence) == len(found.claims)


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    system = random_system(seed)
    one, two = al.mactor_matrices(system), al.mactor_matrices(shuffled(system, seed))
    pd.testing.assert_frame_equal(one.evidence, two.evidence)
    pd.testing.assert_frame_equal(one.to_frame(), two.to_frame())


def hold(**tables: Any) -> float:
    """How far a can touch b where each has a target of its own."""
    system = small(
        measures=tables.pop("measures", measures("x", "y")),
        targets=[target("a", "x", "increase"), target("b", "y", "increase"), *tables.pop("targets", [])],
        **tables,
    )
    return float(al.mactor_matrices(system).direct.to_numpy()[0, 1])


@pytest.mark.parametrize(
    ("tables", "score"),
    [
        ({}, 0),
        ({"accountability": [{"agency": "b", "answers_to": "a", "kind": "statutory"}]}, 4),
        ({"accountability": [{"agency": "b", "answers_to": "a", "kind": "electoral"}]}, 4),
        ({"accountability": [{"agency": "b", "answers_to": "a", "kind": "regulatory"}]}, 3),
        ({"accountability": [{"agency": "b", "answers_to": "a", "kind": "financial"}]}, 3),
        ({"accountability": [{"agency": "b", "answers_to": "a", "kind": "contractual"}]}, 2),
        ({"accountability": [{"agency": "b", "answers_to": "a", "kind": "partnership"}]}, 1),
        ({"accountability": [{"agency": "b", "answers_to": "a"}]}, 2),
        ({"accountability": [{"agency": "a", "answers_to": "b", "kind": "statutory"}]}, 0),
        ({"targets": [target("a", "x", "decrease", for_agency="b")]}, 1),
        ({"incentives": [{"payer": "a", "payee": "b", "measure": "x", "pays_for": "increase"}]}, 2),
        ({"controls": [{"agency": "a", "measure": "y", "share": 0.5}]}, 2),
        ({"controls": [{"agency": "a", "measure": "y", "share": 0.4}]}, 1),
        ({"controls": [{"agency": "a", "measure": "y", "share": 0}]}, 0),
        (
            {
                "measures": measures("x", "y", "z"),
                "targets": [target("b", "z", "increase", for_agency="c")],
                "controls": [{"agency": "a", "measure": "z", "share": 1}],
            },
            1,
        ),
        ({"controls": [{"agency": "a", "measure": "x", "share": 1}]}, 0),
    ],
)
def test_what_each_row_is_worth(tables: dict[str, Any], score: int) -> None:
    assert hold(**tables) == score


def test_the_strongest_row_counts_and_rows_do_not_add_up() -> None:
    partner = {"agency": "b", "answers_to": "a", "kind": "partnership"}
    contract = {"agency": "b", "answers_to": "a", "kind": "contractual"}
    pays = {"payer": "a", "payee": "b", "measure": "x", "pays_for": "increase"}
    assert hold(accountability=[partner, contract], incentives=[pays]) == 2


def test_a_wish_is_worth_less_than_law() -> None:
    """The ministry is answered to by law (4); the board wants what the trust must deliver (1) and is paid by it.

    MDI: ministry-trust 4, board-trust 1, trust-board 2. MIDI: through the trust the ministry reaches the board by
    min(4, 2) = 2, and by way of the board the trust itself and the board itself by min(2, 1) = 1. So without the
    diagonal I is 6, 1, 2 and D is 0, 4, 5 of ministry, board, trust; r = 6/9 * 1, 1/9 * 1/5, 2/9 * 2/7.
    """
    system = small(
        agencies=[{"id": name} for name in ("ministry", "board", "trust")],
        measures=measures("x"),
        targets=[
            target("ministry", "x", "increase"),
            target("board", "x", "increase", for_agency="trust"),
        ],
        accountability=[{"agency": "trust", "answers_to": "ministry", "kind": "statutory"}],
        incentives=[{"payer": "trust", "payee": "board", "measure": "x", "pays_for": "increase"}],
    )
    found = al.mactor_matrices(system, "out")
    names = ["ministry", "board", "trust"]
    assert found.direct.loc[names, names].to_numpy().tolist() == [[0, 0, 4], [0, 0, 1], [0, 2, 0]]
    assert [found.influence[name] for name in names] == [6, 1, 2]
    assert [found.dependence[name] for name in names] == [0, 4, 5]
    strength = [6 / 9, 1 / 9 * 1 / 5, 2 / 9 * 2 / 7]
    assert [found.strength[name] for name in names] == pytest.approx(strength)
    relative = [3 * r / sum(strength) for r in strength]
    assert [found.relative_strength[name] for name in names] == pytest.approx(relative)


def test_agencies_that_do_not_count_are_no_actors() -> None:
    system = small(
        agencies=[{"id": "voters"}],
        measures=measures("x"),
        targets=[target("a", "x", "increase")],
        accountability=[{"agency": "a", "answers_to": "voters", "kind": "electoral"}],
    )
    found = al.mactor_matrices(system)
    assert found.actors == ("a",)
    assert list(found.evidence["matrix"]) == ["2MAO"]


@pytest.mark.parametrize(
    ("targets", "stake"),
    [
        ([target("a", "x", "increase")], 4),
        ([target("a", "x", "at_most", 3, weight=0.6)], -3),
        ([target("a", "x", "at_most", 3, weight=0.25)], -1),
        ([target("a", "x", "increase", weight=0.3), target("a", "x", "at_least", 9, weight=0.8)], 4),
        ([target("a", "x", "increase"), target("a", "x", "decrease", weight=0.2)], 3),
        ([target("a", "x", "increase"), target("a", "x", "decrease")], 0),
        ([target("a", "x", "between", 1, upper=2)], 0),
        ([target("b", "x", "increase", for_agency="a")], 0),
    ],
)
def test_stakes_are_an_agency_s_own_wishes(targets: list[dict[str, Any]], stake: int) -> None:
    found = al.mactor_matrices(small(measures=measures("x"), targets=targets))
    assert found.positions(2).loc["a", "x"] == stake


def test_a_contradiction_is_neutral_but_stays_in_the_evidence() -> None:
    system = small(measures=measures("x"), targets=[target("a", "x", "increase"), target("a", "x", "decrease")])
    found = al.mactor_matrices(system)
    assert found.positions(1).to_numpy().tolist() == [[0]]
    assert sorted(found.evidence["score"]) == [-4, 4]


def test_a_system_in_which_nobody_wants_anything() -> None:
    found = al.mactor_matrices(small(agencies=[{"id": "a"}], measures=measures("x"), targets=[]))
    assert str(found) == "MACTOR: 0 actors, 0 objectives (influence and dependence with the diagonal)"
    assert len(found.to_frame()) == len(found.pairs()) == len(found.stakes()) == len(found.implications()) == 0


def test_it_prints_for_people() -> None:
    found = al.mactor_matrices(al.read(al.example("winter-pressure")), "out")
    assert str(found).startswith("MACTOR: 4 actors, 8 objectives (influence and dependence without the diagonal)")
    assert list(found.to_frame()["actor"]) == ["region", "council", "trust", "commissioner"]
    assert repr(found) == "<Mactor of 4 actors and 8 objectives>"
