"""What an analyst would write instead: pandas merges for pairs of targets, networkx for paths.

Plain pandas, well written: whole columns at once, ids as they stand in the tables, only the columns that are needed,
each filter as early as it can stand; but a pair of targets is a row.
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
FINDING: Final = ["kind", "measure", "wish", "other", "against", "scope"]

OPTIONAL: Final = {
    "targets": ["id", "value", "upper", "for_agency", "start", "due", "population", "weight"],
    "measures": ["baseline", "floor", "ceiling", "step", "population"],
    "influences": ["strength", "effect"],
}

Frame = Any
"""A DataFrame; what its columns hold is beyond a type checker."""
Tables = dict[str, Frame]


def tables(folder: Path) -> Tables:
    """The tables that are needed, as they stand."""
    names = ("agencies", "targets", "measures", "populations", "influences")
    found = {name: pd.read_csv(folder / f"{name}.csv", dtype={"start": str, "due": str}) for name in names}
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
    """The pairs by kind, measures, wishes and scope, with their number and the worst severity."""
    parts = [frame.groupby(FINDING)["severity"].agg(["size", "max"]).reset_index() for frame in found.values()]
    return pd.concat(parts, ignore_index=True)


# Targets ------------------------------------------------------------------------------------------------------------


def prepared(found: Tables) -> Frame:
    """Targets with their wish, the levels that satisfy them, and their period."""
    measures = found["measures"].assign(step=_step(found["measures"]))
    columns = ["id", "baseline", "step", "population"]
    rows = found["targets"].merge(
        measures[columns], left_on="measure", right_on="id", suffixes=("", "_of_measure"), how="left"
    )
    frame = rows[["id", "agency", "measure"]].assign(
        population=rows["population"].fillna(rows["population_of_measure"]).fillna(EVERYONE),
        weight=rows["weight"].fillna(1.0),
        start=_days(rows["start"], "-01-01").fillna(pd.Timestamp("1900-01-01")),
        end=_days(rows["due"], "-12-31").fillna(pd.Timestamp("2200-01-01")),
        due=_days(rows["due"], "-12-31"),
    )
    return _with_wishes(frame, rows)


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


def _with_wishes(frame: Frame, rows: Frame) -> Frame:
    value, upper, base, sense = rows["value"], rows["upper"], rows["baseline"], rows["sense"]
    up, down = sense.isin(["at_least", "increase"]), sense.isin(["at_most", "decrease"])
    band = (base < value).astype(int) - (base > upper).astype(int)
    frame["wish"] = np.select([up, down], [1, -1], band)
    goal = value.mask(sense == "increase", base + value).mask(sense == "decrease", base - value)
    frame["low"] = goal.mask(down, -np.inf)
    frame["high"] = goal.mask(up, np.inf).mask(sense == "between", upper)
    level = np.select([frame["wish"] > 0, frame["wish"] < 0], [frame["low"], frame["high"]], frame["low"])
    frame["level"] = level / rows["step"]
    frame["top"] = (frame["high"] / rows["step"]).where(frame["wish"] == 0, 0.0)
    frame["change"] = value.where(sense.isin(["increase", "decrease"]) & np.isnan(level)) / rows["step"]
    return frame


# Pairs --------------------------------------------------------------------------------------------------------------


def _meet(rows: Frame) -> Any:
    return (rows["start_x"] <= rows["end_y"]) & (rows["start_y"] <= rows["end_x"])


def _as_pairs(rows: Frame, **cells: Any) -> Frame:
    return rows[["id_x", "id_y", "agency_x", "agency_y"]].assign(**cells)


def opposed(targets: Frame, nested: Frame) -> Frame:
    """One measure, opposite wishes, no level that satisfies both."""
    columns = ["id", "agency", "measure", "population", "weight", "start", "end", "low", "high"]
    up, down = (targets.loc[targets["wish"] == wish, columns] for wish in (1, -1))
    both = up.merge(down, on="measure").merge(nested, on=["population_x", "population_y"])
    touch = np.maximum(both["low_x"], both["low_y"]) <= np.minimum(both["high_x"], both["high_y"])
    unknown = both["low_x"].isna() | both["high_y"].isna()
    both = both[(~touch | unknown) & _meet(both)]
    cells = {"measure": both["measure"], "wish": 1, "other": both["measure"], "against": -1, "scope": both["scope"]}
    severity = np.sqrt(both["weight_x"] * both["weight_y"])
    return _as_pairs(both, kind="opposed", **cells, severity=severity)


def inconsistent(targets: Frame, nested: Frame) -> Frame:
    """One measure, one wish, another value or another date."""
    columns = ["id", "agency", "measure", "wish", "population", "weight", "level", "top", "change", "due"]
    both = targets[columns].merge(targets[columns], on=["measure", "wish"])
    both = both[both["id_x"] < both["id_y"]].merge(nested, on=["population_x", "population_y"])
    steps = np.maximum((both["level_x"] - both["level_y"]).abs(), (both["top_x"] - both["top_y"]).abs())
    steps = steps.fillna((both["change_x"] - both["change_y"]).abs()).fillna(0.0)
    years = ((both["due_x"] - both["due_y"]).abs().dt.days / 365.25).fillna(0.0)
    factor = np.maximum(np.minimum(1.0, steps / 4), np.minimum(0.5, years / 4))
    both, factor = both[factor > 0], factor[factor > 0]
    cells = {"measure": both["measure"], "wish": both["wish"], "other": both["measure"], "against": both["wish"]}
    severity = np.sqrt(both["weight_x"] * both["weight_y"]) * factor
    return _as_pairs(both, kind="inconsistent", **cells, scope=both["scope"], severity=severity)


def spillover(targets: Frame, net: Frame) -> Frame:
    """Two measures, the first moved as wished moves the second against a wish."""
    columns = ["id", "agency", "measure", "wish", "weight", "start", "end"]
    strong = net[(net["effect"].abs() > TOLERANCE) & (net["source"] != net["reached"])]
    left = strong.merge(targets[columns], left_on="source", right_on="measure")
    left = left[left["wish"] != 0]
    left["against"] = -left["wish"] * np.sign(left["effect"]).astype(int)
    both = left.merge(targets[columns], left_on=["reached", "against"], right_on=["measure", "wish"])
    both = both[_meet(both)]
    cells = {"measure": both["source"], "wish": both["wish_x"], "other": both["reached"], "against": both["against"]}
    severity = np.sqrt(both["weight_x"] * both["weight_y"]) * np.minimum(1.0, both["effect"].abs())
    return _as_pairs(both, kind="spillover", **cells, scope=EVERYONE, severity=severity)


def net_effects(found: Tables) -> Frame:
    """Direct effects, and those of two influences in a row, halved."""
    rows = found["influences"]
    effect = rows["effect"].fillna(rows["strength"].fillna(0.0) / 3)
    direct = pd.DataFrame({"source": rows["source_measure"], "reached": rows["target_measure"], "effect": effect})
    second = direct.merge(direct, left_on="reached", right_on="source")
    product = DECAY * second["effect_x"] * second["effect_y"]
    further = pd.DataFrame({"source": second["source_x"], "reached": second["reached_y"], "effect": product})
    net = pd.concat([direct, further]).groupby(["source", "reached"], as_index=False)["effect"].sum()
    # 0.2 is 0.2 whatever it was made of.
    return net.assign(effect=net["effect"].round(12))


# Paths --------------------------------------------------------------------------------------------------------------


def graph_of(found: Tables) -> Any:
    """Direct effects as a networkx graph; parallel ones add up."""
    rows = found["influences"]
    effect = rows["effect"].fillna(rows["strength"].fillna(0.0) / 3)
    direct = rows.assign(effect=effect).groupby(["source_measure", "target_measure"], as_index=False)["effect"].sum()
    direct = direct[direct["effect"] != 0]
    made: Any = nx.from_pandas_edgelist
    return made(direct, "source_measure", "target_measure", "effect", create_using=nx.DiGraph)


def strongest_paths(graph: Any) -> dict[tuple[str, str], tuple[float, float]]:
    """For each two measures the net effect, and how strong the strongest path is that pushes the same way."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for source in graph:
        for path in nx.all_simple_paths(graph, source, set(graph) - {source}, cutoff=2):
            product = 1.0
            for one, two in pairwise(path):
                product *= graph[one][two]["effect"]
            found.setdefault((source, path[-1]), []).append((product, product * DECAY ** (len(path) - 2)))
    return {ends: _strongest(paths) for ends, paths in found.items()}


def _strongest(paths: list[tuple[float, float]]) -> tuple[float, float]:
    net = sum(effect for _, effect in paths)
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
