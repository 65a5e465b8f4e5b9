"""Net effects against dense algebra and walks listed by hand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

import alignment as al
from alignment.effects.net_effects import spectral_radius
from alignment.models import System
from alignment.models.system.links import Influence
from tests.random_systems import random_system
from tests.small import measures, push, small, target


def chain(*effects: float, **cells: object) -> System:
    names = [f"m{at}" for at in range(len(effects) + 1)]
    links = [push(names[at], names[at + 1], effect, **cells) for at, effect in enumerate(effects)]
    return small(measures=measures(*names), targets=[target("a", "m0", "increase")], influences=links)


Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def read(system: System) -> Matrix:
    """1 where an effect may be read: not between complementary measures."""
    names = sorted(row.id for row in system.measures)
    matrix = np.ones((len(names), len(names)))
    for row in system.overlaps:
        if row.kind == "complementary":
            one, two = names.index(row.measure_a), names.index(row.measure_b)
            matrix[one, two] = matrix[two, one] = 0
    return matrix


def twins(system: System) -> Matrix:
    """s(m, m') of measures that are one thing read twice; 0 elsewhere."""
    names = sorted(row.id for row in system.measures)
    good = {row.id: {"higher": 1, "lower": -1}.get(row.direction or "", 0) for row in system.measures}
    matrix = np.zeros((len(names), len(names)))
    for row in system.overlaps:
        blank = {"same": 1.0, "shared": 0.25, "part": 0.5}.get(row.kind, 0.0)
        share = blank if row.share is None or not blank else row.share
        if share >= 0.5:
            one, two = names.index(row.measure_a), names.index(row.measure_b)
            matrix[one, two] = matrix[two, one] = share * (good[row.measure_a] * good[row.measure_b] or 1)
    return matrix


def signed(system: System, *, near: bool = True) -> tuple[Matrix, Matrix]:
    """The direct effects, own or borrowed (near: also at the near end): what pushes up, what down without its sign."""
    names = sorted(row.id for row in system.measures)
    size = len(names)
    rows: dict[tuple[int, int], list[Influence]] = {}
    for row in system.influences:
        pair = names.index(row.source_measure), names.index(row.target_measure)
        if read(system)[pair]:
            rows.setdefault(pair, []).append(row)
    count = {pair: [row for row in own if row.origin != "estimated"] or own for pair, own in rows.items()}
    same, up, down = twins(system), np.zeros((size, size)), np.zeros((size, size))
    itself = np.eye(size)
    left, right = (same + itself if near else itself), same + itself
    for i, j in itertools.product(range(size), repeat=2):
        pushes: list[float] = []
        if (i, j) in count:
            pushes = [row.steps for row in count[i, j]]
        elif i != j and read(system)[i, j] and not same[i, j]:
            offers = [
                [left[i, a] * row.steps * right[b, j] for row in found]
                for (a, b), found in sorted(count.items())
                if left[i, a] * right[b, j] and j != a and i != b
            ]
            pushes = max(offers, key=lambda offer: (round(abs(sum(offer)), 12), sum(offer)), default=list[float]())
            pushes = pushes if round(sum(pushes), 12) else []
        up[i, j] = sum(push for push in pushes if push > 0)
        down[i, j] = -sum(push for push in pushes if push < 0)
    return up, down


def dense(system: System, *, near: bool = True) -> Matrix:
    up, down = signed(system, near=near)
    return up - down


def kept(system: System, net: Matrix) -> Matrix:
    """Net effects without those that would turn the sign of a direct effect."""
    return np.where(dense(system).round(12) * net.round(12) < 0, 0.0, net) * read(system)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize(("steps", "decay"), [(1, 0.5), (2, 0.5), (3, 1.0), (4, 0.25)])
def test_net_effects_are_the_sum_of_powers(seed: int, steps: int, decay: float) -> None:
    system = random_system(seed)
    first, rest = dense(system), dense(system, near=False)
    powers = [decay ** (k - 1) * first @ np.linalg.matrix_power(rest, k - 1) for k in range(1, steps + 1)]
    wanted: Matrix = np.sum(powers, axis=0)
    found = al.net_effects(system, steps, decay).net.toarray()
    assert found == pytest.approx(kept(system, wanted), abs=1e-9)


@pytest.mark.parametrize("seed", range(60))
def test_the_full_series_is_the_inverse_or_is_refused(seed: int) -> None:
    system, decay = random_system(seed), 0.6
    first, rest = dense(system), dense(system, near=False)
    # Parallel rows of opposite sign are walks of their own.
    radius = decay * max(abs(np.linalg.eigvals(sum(signed(system, near=False)))), default=0.0)
    if radius >= 1:
        with pytest.raises(al.DivergentEffects):
            al.net_effects(system, 0, decay)
        return
    wanted = first @ np.linalg.inv(np.eye(len(rest)) - decay * rest)
    assert al.net_effects(system, 0, decay).net.toarray() == pytest.approx(kept(system, wanted), abs=1e-7)


@pytest.mark.parametrize("seed", range(40))
def test_the_spectral_radius_is_that_of_numpy(seed: int) -> None:
    draw = np.random.default_rng(seed)
    matrix = draw.random((7, 7)) * (draw.random((7, 7)) < 0.3)
    wanted = max(abs(np.linalg.eigvals(matrix)), default=0.0)
    # A radius of 0 of nilpotent matrices is beyond what numpy's eigenvalues give.
    assert spectral_radius(sparse.csr_array(matrix)) == pytest.approx(wanted, abs=1e-3 if wanted < 1e-2 else 1e-7)


def test_a_loop_that_only_alternates_has_a_radius_too() -> None:
    assert spectral_radius(sparse.csr_array([[0, 2.0], [0.5, 0]])) == 1.0


def strength_of(walk: Sequence[int], direct: Matrix, onwards: Matrix) -> float:
    links = list(itertools.pairwise(walk))
    return float(np.prod([direct[links[0]], *(onwards[link] for link in links[1:])]))


@pytest.mark.parametrize("seed", range(30))
def test_the_path_is_the_strongest_simple_walk_that_pushes_with_the_net_effect(seed: int) -> None:
    system = random_system(seed)
    direct, onwards = dense(system), dense(system, near=False)
    names = sorted(row.id for row in system.measures)
    either = abs(direct) + abs(onwards)
    network = nx.DiGraph([(a, b) for a in range(len(names)) for b in range(len(names)) if either[a, b]])
    network.add_nodes_from(range(len(names)))
    effects = al.net_effects(system)
    for one in range(len(names)):
        for two in range(len(names)):
            found = None if one == two else effects.between(names[one], names[two])
            if found is None or not found.net:
                continue
            walks = nx.all_simple_paths(network, one, two, cutoff=2)
            products = [strength_of(walk, direct, onwards) for walk in walks]
            best = max((abs(each) for each in products if each * found.net > 0), default=0.0)
            nodes = effects.walk(one, two, 1 if found.net > 0 else -1)
            assert nodes is not None
            strength = strength_of(nodes, direct, onwards)
            assert abs(strength) == pytest.approx(best)
            assert strength * found.net > 0


def test_confidence_is_the_weakest_link_and_blank_is_moderate() -> None:
    system = small(
        measures=measures("x", "y", "z"),
        targets=[target("a", "x", "increase")],
        influences=[push("x", "y", 1, certainty="strong"), push("y", "z", 1)],
    )
    effects = al.net_effects(system)
    one, two = effects.between("x", "y"), effects.between("x", "z")
    assert one is not None
    assert two is not None
    assert (one.confidence, two.confidence) == (0.9, 0.7)


def test_parallel_rows_add_up_and_opposite_ones_are_mixed() -> None:
    system = small(
        measures=measures("x", "y"),
        targets=[target("a", "x", "increase")],
        influences=[push("x", "y", 0.9), push("x", "y", -0.3, certainty="weak")],
    )
    effect = al.net_effects(system).between("x", "y")
    assert effect is not None
    assert effect.net == pytest.approx(0.6)
    assert effect.mixed == 0.75
    assert effect.confidence == 0.3
    assert len(effect.path) == 2


def test_walks_that_cancel_leave_nothing() -> None:
    system = small(
        measures=measures("x", "y", "z"),
        targets=[target("a", "x", "increase")],
        influences=[push("x", "y", 0.1), push("x", "z", 1), push("z", "y", -0.2)],
    )
    assert al.net_effects(system).to_frame().query("source == 'x' and target == 'y'").empty


def test_where_nothing_moves_anything_the_table_is_empty() -> None:
    frame = al.net_effects(small(measures=measures("m0", "m1"), targets=[target("a", "m0", "increase")])).to_frame()
    assert frame.empty
    assert list(frame.columns) == list(al.net_effects(chain(1.0)).to_frame().columns)


def test_a_whole_number_of_steps_is_one_however_it_is_written() -> None:
    system = chain(1.0, 1.0)
    assert repr(al.net_effects(system, 2.0)) == repr(al.net_effects(system, 2))  # type: ignore[arg-type]
    assert al.net_effects(chain(1.0, 1.0), 2.0).between("m0", "m2") == al.net_effects(system).between("m0", "m2")  # type: ignore[arg-type]


def test_a_walk_longer_than_k_is_none() -> None:
    system = chain(1, 1, 1)
    assert al.net_effects(system).between("m0", "m3") is None
    effect = al.net_effects(system, steps=3).between("m0", "m3")
    assert effect is not None
    assert effect.net == 0.25


def test_strength_is_thirds_and_effect_wins() -> None:
    rows = [
        {"source_measure": "x", "target_measure": "y", "strength": 2},
        {"source_measure": "y", "target_measure": "x", "strength": 2, "effect": -1},
    ]
    system = small(measures=measures("x", "y"), targets=[target("a", "x", "increase")], influences=rows)
    direct = al.net_effects(system, steps=1).to_frame().set_index("source")["direct"]
    assert direct["x"] == pytest.approx(2 / 3)
    assert direct["y"] == -1


@pytest.mark.parametrize(("steps", "decay"), [(-1, 0.5), (2, 0.0), (2, 1.5), (1.5, 0.5)])
def test_options_out_of_range_are_refused(steps: float, decay: float) -> None:
    with pytest.raises(al.OptionError):
        al.net_effects(chain(1), steps, decay)  # pyright: ignore[reportArgumentType]


def test_unlimited_walks_find_a_path_through_a_loop() -> None:
    # From x to y only x -> y pushes up; the loop y -> z -> y, of negative sign, gives a walk that pushes down.
    system = small(
        measures=measures("x", "y", "z"),
        targets=[target("a", "x", "increase")],
        influences=[push("x", "y", 0.9), push("y", "z", 0.5), push("z", "y", -0.5)],
    )
    effects = al.net_effects(system, 0, 1.0)
    index = effects.index.measure_at
    assert effects.walk(index["x"], index["y"], 1) == (index["x"], index["y"])
    around = effects.walk(index["x"], index["y"], -1)
    assert around == (index["x"], index["y"], index["z"], index["y"])


def test_the_frame_holds_every_net_effect_by_source_and_target() -> None:
    system = small(
        measures=measures("x", "y", "z"),
        targets=[target("a", "x", "increase")],
        influences=[
            push("z", "y", -0.4, certainty="contested"),
            push("x", "z", 1, certainty="strong"),
            push("x", "y", 0.5, certainty="strong"),
        ],
    )
    frame = al.net_effects(system).to_frame()
    columns = ["source", "target", "direct", "net", "confidence", "mixed", "path"]
    assert set(columns) <= set(frame.columns)
    first, *others = frame[columns].to_dict("records")
    # -0.4 through z counts half, against 0.5 directly.
    assert first == {
        "source": "x",
        "target": "y",
        "direct": 0.5,
        "net": pytest.approx(0.3),
        "confidence": 0.9,
        "mixed": pytest.approx(5 / 7),
        "path": "x > y",
    }
    plain = [(row["source"], row["target"], row["direct"], row["net"], row["path"]) for row in others]
    assert plain == [("x", "z", 1, 1, "x > z"), ("z", "y", -0.4, -0.4, "z > y")]
    assert frame["mixed"].isna().tolist() == [False, True, True]


def test_a_pair_without_an_influence_of_its_own_has_no_direct_effect() -> None:
    frame = al.net_effects(chain(1, 1)).to_frame().set_index(["source", "target"])
    assert frame.loc[("m0", "m2"), "direct"] == 0


def test_of_walks_as_strong_the_shorter_then_the_first_by_id_is_shown() -> None:
    system = small(
        measures=measures("a", "b", "x", "y"),
        targets=[target("a", "x", "increase")],
        influences=[push("x", "b", 1), push("b", "y", 0.5), push("x", "a", 0.5), push("a", "y", 1)],
    )
    effects = al.net_effects(system)
    place = effects.index.measure_at
    assert effects.walk(place["x"], place["y"], 1) == (place["x"], place["a"], place["y"])
    direct = small(
        measures=measures("a", "b", "x", "y"),
        targets=[target("a", "x", "increase")],
        influences=[push("x", "a", 1), push("a", "y", 0.5), push("x", "y", 0.5)],
    )
    assert al.net_effects(direct).walk(place["x"], place["y"], 1) == (place["x"], place["y"])


@pytest.mark.parametrize(("source", "target"), [("m00", "m1"), ("m0", "m11")])
def test_a_measure_that_is_not_there_is_refused_with_one_that_is(source: str, target: str) -> None:
    with pytest.raises(al.UnknownWord, match=r"'m\d\d' is not a measure. Did you mean 'm\d'"):
        al.net_effects(chain(1, 1)).between(source, target)
