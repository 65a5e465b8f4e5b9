"""What an analyst would write instead: pandas merges for pairs of targets, networkx for paths.

Plain pandas, well written: whole columns at once, ids as they stand in the tables, only the columns that are needed,
each filter as early as it can stand; but a pair of targets is a row. It follows decision 5 as far as the made-up nation
goes: that has no hold, no inferred target and one influence a pair, so these rules of it are left out.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import networkx as nx
import numpy as np
import pandas as pd

from benchmarks.timing import allow, peak, steady

TOLERANCE: Final = 0.2
DECAY: Final = 0.5
EVERYONE: Final = "(everyone)"
SAME: Final = 1e-9
"""Levels that differ by no more than this part of the larger are equal."""
TWINS: Final = {"same": 1.0, "shared": 0.25, "part": 0.5}
"""Overlaps that can make two measures one thing read twice, and their share where nobody gives it."""
FINDING: Final = ["kind", "measure", "wish", "other", "against", "scope"]

OPTIONAL: Final = {
    "targets": ["id", "value", "upper", "for_agency", "start", "due", "population", "weight"],
    "measures": ["baseline", "floor", "ceiling", "step", "population", "direction", "aggregate"],
    "influences": ["strength", "effect"],
    "overlaps": ["measure_a", "measure_b", "kind", "share"],
}

Frame = Any
"""A DataFrame; what its columns hold is beyond a type checker."""
Tables = dict[str, Frame]


def tables(folder: Path) -> Tables:
    """The tables that are needed, as they stand."""
    names = ("agencies", "targets", "measures", "populations", "influences", "overlaps")
    # A table without rows has no file.
    places = {name: folder / f"{name}.csv" for name in names}
    dates = {"start": str, "due": str}
    found = {
        name: pd.read_csv(place, dtype=dates) if place.exists() else pd.DataFrame() for name, place in places.items()
    }
    # A column that nobody filled is not in the file.
    for name, columns in OPTIONAL.items():
        found[name] = found[name].reindex(columns=[*found[name].columns.union(columns, sort=False)])
    return found


def pairs(found: Tables) -> dict[str, Frame]:
    """Every pair of targets that pulls apart, by kind."""
    targets, nested = prepared(found), nested_populations(found["populations"])
    return {
        "opposed": opposed(targets, nested),
        "inconsistent": inconsistent(targets, nested),
        "spillover": spillover(targets, net_effects(found)),
    }


def findings(found: dict[str, Frame]) -> Frame:
    """The pairs by kind, measures, wishes and scope, with their number and the worst severity, if it is not 0."""
    parts = [frame.groupby(FINDING)["severity"].agg(["size", "max"]).reset_index() for frame in found.values()]
    table = pd.concat(parts, ignore_index=True)
    return table[table["max"].round(6) > 0]


# Targets ------------------------------------------------------------------------------------------------------------


def prepared(found: Tables) -> Frame:
    """Targets with their wish, what they accept, need and can spare, and their period."""
    measures = found["measures"].assign(step=_step(found["measures"]))
    columns = ["id", "baseline", "step", "population", "aggregate"]
    rows = found["targets"].merge(
        measures[columns], left_on="measure", right_on="id", suffixes=("", "_of_measure"), how="left"
    )
    frame = rows[["id", "agency", "measure"]].assign(
        deliverer=rows["for_agency"].fillna(rows["agency"]),
        adds_up=rows["aggregate"] == "sum",
        population=rows["population"].fillna(rows["population_of_measure"]).fillna(EVERYONE),
        weight=rows["weight"].fillna(1.0),
        start=_days(rows["start"], "-01-01").fillna(pd.Timestamp("1900-01-01")),
        end=_days(rows["due"], "-12-31").fillna(pd.Timestamp("2200-01-01")),
        due=_days(rows["due"], "-12-31"),
    )
    return _with_asks(_with_wishes(frame, rows), rows)


def nested_populations(rows: Frame) -> Frame:
    """Each two populations of which one contains the other, and the narrower."""
    parent = dict(zip(rows["id"], rows["parent"], strict=True))
    found: list[tuple[str, str, str]] = [(EVERYONE, EVERYONE, EVERYONE)]
    for name in parent:
        found.append((name, name, name))
        above: Any = EVERYONE
        while isinstance(above, str):
            found += [(name, above, name), (above, name, name)]
            above = parent[name if above == EVERYONE else above]
    return pd.DataFrame(found, columns=["population_x", "population_y", "scope"])


def _step(rows: Frame) -> Any:
    spread = (rows["ceiling"] - rows["floor"]) / 20
    level = rows["baseline"].abs() / 20
    return rows["step"].fillna(spread.where(spread > 0)).fillna(level.where(level > 0)).fillna(1.0)


def _days(moments: Any, rest: str) -> Any:
    dates: Any = moments.where(moments.str.len() != 4, moments + rest)
    convert: Any = pd.to_datetime
    return convert(dates)


def _same(one: Any, two: Any) -> Any:
    """Whether levels are equal but for the noise of decimals; what is not known, or has no end, is not."""
    large = np.maximum(abs(one), abs(two))
    with np.errstate(invalid="ignore"):
        return np.isfinite(large) & (abs(one - two) <= SAME * large)


def _up_to(one: Any, two: Any) -> Any:
    return (one <= two) | _same(one, two)


def _with_wishes(frame: Frame, rows: Frame) -> Frame:
    """The way each target wants its measure to move, what it accepts, and the steps that it needs and can spare."""
    value, base, step, sense = rows["value"], rows["baseline"], rows["step"], rows["sense"]
    up, down = sense.isin(["at_least", "increase"]), sense.isin(["at_most", "decrease"])
    change = sense.isin(["increase", "decrease"])
    # A change without a value accepts one step or more.
    goal = value.where(~change, base + value.fillna(step) * np.where(down, -1, 1))
    low, high = goal.mask(down, -np.inf), goal.mask(up, np.inf).mask(sense == "between", rows["upper"])
    above, below = _up_to(low, base), _up_to(base, high)
    # Where nobody says where a measure stands, neither is known to hold, and a band wishes nothing.
    wish = np.select([up, down], [1, -1], below.astype(int) - above.astype(int))
    met = above & below
    missing = np.maximum(low - base, base - high) / step
    need = np.select([met, change, base.isna()], [0.0, (value / step).fillna(1.0), 1.0], missing)
    spare = np.select([wish > 0, wish < 0], [base - low, high - base], 0.0) / step
    slack = np.where(met, np.maximum(spare, 0.0), 0.0)
    cells = {"low": low, "high": high, "change": change, "need": need, "slack": slack}
    return frame.assign(wish=wish, pushes=(wish != 0) & ~met, **cells)


def _with_asks(frame: Frame, rows: Frame) -> Frame:
    """What each target names, in steps: ends of what it accepts, or the size of a change from a level nobody knows."""
    named = ~frame["change"] | rows["value"].notna()
    ends = {
        name: frame[end].where(named & np.isfinite(frame[end])) for name, end in (("least", "low"), ("most", "high"))
    }
    size = rows["value"].where(frame["change"] & rows["baseline"].isna())
    return frame.assign(size=size / rows["step"], **{name: end / rows["step"] for name, end in ends.items()})


# Pairs --------------------------------------------------------------------------------------------------------------


def _meet(rows: Frame) -> Any:
    return (rows["start_x"] <= rows["end_y"]) & (rows["start_y"] <= rows["end_x"])


def _as_pairs(rows: Frame, **cells: Any) -> Frame:
    return rows[["id_x", "id_y", "agency_x", "agency_y"]].assign(**cells)


def opposed(targets: Frame, nested: Frame) -> Frame:
    """One measure, opposite wishes, no level that satisfies both; or none that is known to."""
    columns = ["id", "agency", "measure", "population", "weight", "start", "end", "low", "high", "change"]
    up, down = (targets.loc[targets["wish"] == wish, columns] for wish in (1, -1))
    both = up.merge(down, on="measure").merge(nested, on=["population_x", "population_y"])
    both = both[_meet(both)]
    changes = both["change_x"] & both["change_y"]
    known = both[["low_x", "low_y", "high_x", "high_y"]].notna().all(axis=1)
    touch = _up_to(np.maximum(both["low_x"], both["low_y"]), np.minimum(both["high_x"], both["high_y"]))
    sure, apart = changes | (known & ~touch), changes | ~known | ~touch
    both, sure = both[apart], sure[apart]
    # Where some pairs of a finding are sure, its severity is theirs.
    some = sure.groupby([both["measure"], both["scope"]]).transform("any")
    severity = np.sqrt(both["weight_x"] * both["weight_y"]).where(sure | ~some, 0.0)
    cells = {"measure": both["measure"], "wish": 1, "other": both["measure"], "against": -1, "scope": both["scope"]}
    return _as_pairs(both, kind="opposed", **cells, severity=severity)


ASKS: Final = ["least", "most", "size"]


def inconsistent(targets: Frame, nested: Frame) -> Frame:
    """One measure, one wish, two agencies, another value or another date; no deliverer that aims higher."""
    columns = ["id", "agency", "deliverer", "measure", "wish", "adds_up", "population", "weight", "start", "end", "due"]
    both = targets[columns + ASKS].merge(targets[columns + ASKS], on=["measure", "wish", "adds_up"])
    both = both[(both["id_x"] < both["id_y"]) & (both["agency_x"] != both["agency_y"])]
    # Of what adds up, those who deliver have a part each.
    both = both[_meet(both) & (~both["adds_up"] | (both["deliverer_x"] == both["deliverer_y"]))]
    both = both.merge(nested, on=["population_x", "population_y"])
    steps = np.max([_apart(both[f"{ask}_x"], both[f"{ask}_y"]) for ask in ASKS], axis=0)
    years = ((both["due_x"] - both["due_y"]).abs().dt.days / 365.25).fillna(0.0)
    factor = np.maximum(np.minimum(1.0, steps / 4), np.minimum(0.5, years / 4))
    differ = (factor > 0) & ~_aims_higher(both, "_x", "_y") & ~_aims_higher(both, "_y", "_x")
    both, factor = both[differ], factor[differ]
    cells = {"measure": both["measure"], "wish": both["wish"], "other": both["measure"], "against": both["wish"]}
    severity = np.sqrt(both["weight_x"] * both["weight_y"]) * factor
    return _as_pairs(both, kind="inconsistent", **cells, scope=both["scope"], severity=severity)


def _apart(one: Any, two: Any) -> Any:
    """How far levels differ; 0 where they are equal or one is not known."""
    return (one - two).abs().mask(_same(one, two)).fillna(0.0)


def _aims_higher(both: Frame, own: str, asked: str) -> Any:
    """Whether one is a deliverer's own target, and nowhere weaker than the other, which it delivers for another."""

    def beyond(ask: str, one: str, two: str) -> Any:
        return (both[ask + one] > both[ask + two]) & ~_same(both[ask + one], both[ask + two])

    weaker = beyond("least", asked, own) | beyond("most", own, asked) | beyond("size", asked, own)
    mine = (both[f"agency{own}"] == both[f"deliverer{own}"]) & (both[f"agency{own}"] == both[f"deliverer{asked}"])
    return mine & ~weaker & ~(both[f"due{own}"] > both[f"due{asked}"])


def spillover(targets: Frame, net: Frame) -> Frame:
    """Two measures, the first moved as wished, and as far as needed, moves the second too far against a wish."""
    columns = ["id", "agency", "measure", "wish", "weight", "start", "end"]
    strong = net[(net["effect"].abs() > TOLERANCE) & (net["source"] != net["reached"])]
    pushing = targets.loc[targets["pushes"], [*columns, "need"]]
    left = strong.merge(pushing, left_on="source", right_on="measure")
    left["against"] = -left["wish"] * np.sign(left["effect"]).astype(int)
    both = left.merge(targets[[*columns, "slack"]], left_on=["reached", "against"], right_on=["measure", "wish"])
    both = both[_meet(both) & (both["need"] * both["effect"].abs() > both["slack"] + 1e-9)]
    cells = {"measure": both["source"], "wish": both["wish_x"], "other": both["reached"], "against": both["against"]}
    severity = np.sqrt(both["weight_x"] * both["weight_y"]) * np.minimum(1.0, both["effect"].abs())
    return _as_pairs(both, kind="spillover", **cells, scope=EVERYONE, severity=severity)


# Effects ------------------------------------------------------------------------------------------------------------


def direct_effects(found: Tables) -> Frame:
    """What moving a measure does to another at once, `effect`, and what it does further on in a walk, `further`.

    Two measures of nearly the same definition are one thing read twice: a pair without influences has the largest
    effect of what they read as; further on in a walk only the far end can be another reading, so none counts twice.
    """
    rows, apart, twins = found["influences"], complementary(found), readings(found)
    effect = rows["effect"].fillna(rows["strength"].fillna(0.0) / 3)
    own: Frame = pd.DataFrame({"near": rows["source_measure"], "far": rows["target_measure"], "effect": effect})
    own = own[~_among(own, ["near", "far"], apart)]
    read = own.merge(twins.add_prefix("near_"), left_on="near", right_on="near_twin")
    read = read.merge(twins.add_prefix("far_"), left_on="far", right_on="far_twin")
    read = read.rename(columns={"near_measure": "source", "far_measure": "reached"})
    read["effect"] *= read["near_share"] * read["far_share"]
    read["own"] = (read["source"] == read["near"]) & (read["reached"] == read["far"])
    ends: Any = (
        (read["source"] != read["reached"]) & (read["near"] != read["reached"]) & (read["far"] != read["source"])
    )
    barred = pd.concat([apart, twins[["measure", "twin"]].set_axis(apart.columns, axis=1)])
    borrowed = ends & (read["effect"].round(12) != 0) & ~_among(read, ["source", "reached"], barred)
    read = read[read["own"] | borrowed]
    further = _largest(read[read["source"] == read["near"]]).rename(columns={"effect": "further"})
    return _largest(read).merge(further, on=["source", "reached"], how="left").fillna({"further": 0.0})


def readings(found: Tables) -> Frame:
    """Each measure with itself and with its twins, and what a step of the one is in steps of the other."""
    rows, measures = found["overlaps"], found["measures"]
    good = measures.set_index("id")["direction"].map({"higher": 1, "lower": -1}).fillna(0)
    share = rows["share"].fillna(rows["kind"].map(TWINS)).where(rows["kind"].isin(list(TWINS)))
    opposite = rows["measure_a"].map(good) * rows["measure_b"].map(good) < 0
    twins = rows[["measure_a", "measure_b"]].assign(share=share.mask(opposite, -share))[share >= 0.5]
    names = ["measure", "twin", "share"]
    back = twins[["measure_b", "measure_a", "share"]]
    itself = pd.DataFrame({"measure": measures["id"], "twin": measures["id"], "share": 1.0})
    return pd.concat([itself, twins.set_axis(names, axis=1), back.set_axis(names, axis=1)], ignore_index=True)


def complementary(found: Tables) -> Frame:
    """Measures that are two sides of one thing, either way round: no effect is read between them."""
    rows = found["overlaps"]
    rows = rows.loc[rows["kind"] == "complementary", ["measure_a", "measure_b"]]
    names = ["source", "reached"]
    return pd.concat([rows.set_axis(names, axis=1), rows[["measure_b", "measure_a"]].set_axis(names, axis=1)])


def _among(rows: Frame, columns: list[str], pairs: Frame) -> Any:
    index: Any = pd.MultiIndex.from_frame
    return index(rows[columns]).isin(index(pairs))


def _largest(read: Frame) -> Frame:
    """For each two measures their own effect, else the largest of those that they borrow, of equals the positive."""
    order = read.assign(size=-read["effect"].abs().round(12), down=read["effect"] < 0, borrowed=~read["own"])
    order = order.sort_values(["borrowed", "size", "down"], kind="stable")
    return order.drop_duplicates(["source", "reached"])[["source", "reached", "effect"]]


def net_effects(found: Tables) -> Frame:
    """Direct effects, and those of two in a row, halved, that may weaken a direct one but never turn its sign."""
    direct = direct_effects(found)
    second = direct.merge(direct[direct["further"] != 0], left_on="reached", right_on="source")
    product = DECAY * second["effect_x"] * second["further_y"]
    longer = pd.DataFrame({"source": second["source_x"], "reached": second["reached_y"], "effect": product})
    parts = [direct[["source", "reached", "effect"]].assign(direct=direct["effect"]), longer.assign(direct=0.0)]
    # 0.2 is 0.2 whatever it was made of.
    net = pd.concat(parts).groupby(["source", "reached"], as_index=False)[["effect", "direct"]].sum().round(12)
    turned = net["effect"] * net["direct"] < 0
    return net.loc[~turned & ~_among(net, ["source", "reached"], complementary(found)), ["source", "reached", "effect"]]


# Paths --------------------------------------------------------------------------------------------------------------


def graph_of(found: Tables) -> Any:
    """Direct effects as a networkx graph, with the pairs of measures between which no effect is read."""
    direct = direct_effects(found)
    direct = direct[direct["effect"].round(12) != 0]
    made: Any = nx.from_pandas_edgelist
    graph = made(direct, "source", "reached", ["effect", "further"], create_using=nx.DiGraph)
    graph.graph["apart"] = set(complementary(found).itertuples(index=False, name=None))
    return graph


def strongest_paths(graph: Any) -> dict[tuple[str, str], tuple[float, float]]:
    """For each two measures the net effect, and how strong the strongest path is that pushes the same way."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for source in graph:
        for path in nx.all_simple_paths(graph, source, set(graph) - {source}, cutoff=2):
            product = 1.0
            for at, (one, two) in enumerate(pairwise(path)):
                product *= graph[one][two]["further" if at else "effect"]
            if product:
                found.setdefault((source, path[-1]), []).append((product, product * DECAY ** (len(path) - 2)))
    return {
        (one, two): _strongest(paths, graph[one][two]["effect"] if graph.has_edge(one, two) else 0.0)
        for (one, two), paths in found.items()
        if (one, two) not in graph.graph["apart"]
    }


def _strongest(paths: list[tuple[float, float]], direct: float) -> tuple[float, float]:
    net = sum(effect for _, effect in paths)
    if net * direct < 0:
        net = 0.0
    return net, max((abs(product) for product, _ in paths if product * net > 0), default=0.0)


# The script ---------------------------------------------------------------------------------------------------------


def fingerprint(found: dict[str, Frame]) -> Frame:
    """For each finding a number that depends on every pair in it and on nothing else."""
    parts: list[Frame] = []
    for frame in found.values():
        left, right = (pd.util.hash_array(frame[side].to_numpy()) for side in ("id_x", "id_y"))
        parts.append(frame[FINDING].assign(mark=left * right).groupby(FINDING)["mark"].sum().reset_index())
    return pd.concat(parts, ignore_index=True)


def answer(folder: Path) -> tuple[Frame, float, float]:
    """The findings with their fingerprints, the seconds of processor, the memory held."""
    read = tables(folder)

    def work() -> tuple[dict[str, Frame], Frame]:
        found = pairs(read)
        return found, findings(found)

    (found, table), seconds = steady(work)
    held = peak()
    allow(None)
    return table.merge(fingerprint(found), on=FINDING), seconds, held
