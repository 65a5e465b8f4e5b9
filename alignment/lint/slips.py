"""What looks like a slip of the pen: another scale of strengths, a share among percents, one target twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from alignment.models.answers.advice import Hint
from alignment.models.system.keys import Keys
from alignment.models.system.links import Influence
from alignment.models.system.measures import Measure
from alignment.wording import count, names, number, quoted, verb

from .material import Bears, Material, Place, Words

SOME: Final = 3
"""Fewer strengths, or measures, than these show no habit."""

FACTOR: Final = 3
"""How many times larger or smaller a percentage may be that a share is taken to mean."""

LEVELS: Final = ("at_least", "at_most", "between")
"""The senses whose value is a level."""


def fuzzy_scale(material: Material) -> Iterator[Hint]:
    """Strengths that all lie between -1 and 1, where the scale is -3 to 3."""
    rows = [row for row in material.system.influences if row.strength is not None and row.effect is None]
    sizes = [abs(row.strength or 0.0) for row in rows]
    if len(rows) < SOME or not 0 < max(sizes) <= 1:
        return
    index, tolerance = material.index, material.options.tolerance
    ends = {index.measure_at[end] for row in rows for end in (row.source_measure, row.target_measure)}
    faint = sum(size / 3 <= tolerance for size in sizes)
    signs = all(size in (0, 1) for size in sizes)
    all_of = f"All {len(rows)} strengths of influences"
    what = f"{all_of} lie between -1 and 1, as in fuzzy maps, where the scale is -3 to 3."
    lost = "" if not faint else f"; {faint} of them {verb(faint, 'is', 'are')} too faint to make a conflict"
    yield material.hint(
        "fuzzy-scale",
        Words(
            f"{all_of} are -1, 0 or 1, where the scale is -3 to 3." if signs else what,
            f"strength is divided by 3, so the largest moves its target {number(max(sizes) / 3)} steps a step{lost}.",
            "if only signs are known, leave them; else grade them from 1 to 3."
            if signs
            else "if 1 means step for step, rename the column effect; else write them from -3 to 3.",
        ),
        Place("influences", "strength", _pairs(material, rows)),
        Bears(
            material.targets_on(ends),
            ("conflicts", "alignment", "duties", "standing", "feasibility"),
            ("spillover", "unguarded", "torn", "perverse"),
        ),
    )


def _pairs(material: Material, rows: list[Influence]) -> tuple[tuple[str, str], ...]:
    """Key and words of some influences."""
    called = {row.id: row.name for row in material.index.measures}
    key = partial(material.system.derive(Keys).key, "influences")
    return tuple(sorted((key(row), f"{called[row.source_measure]} on {called[row.target_measure]}") for row in rows))


def share_for_percent(material: Material) -> Iterator[Hint]:
    """A number below 1 in a column of percents, where 100 times it would be like the others."""
    index, targets = material.index, material.index.targets
    percents = [at for at, row in enumerate(index.measures) if _percent(row)]
    usual = [row.baseline for at in percents if (row := index.measures[at]).baseline is not None]
    baselines: list[int] = []
    values: list[int] = []
    for at in percents:
        level = index.measures[at].baseline
        if level is None:
            continue
        wished = {place: _levels(material, place) for place in sorted(material.on.get(at, ()))}
        known = [value for levels in wished.values() for value in levels]
        if _like(level, known) or _alone(level, known, usual):
            baselines.append(at)
        values += [place for place, levels in wished.items() if any(_like(value, [level]) for value in levels)]
    if baselines:
        yield _shares(material, "baseline", baselines)
    yield from _levels_like_shares(material, percents)
    if values:
        rows = material.target_rows(values)
        yield material.hint(
            "share-for-percent",
            Words(
                f"{count(len(rows), 'target looks', 'targets look')} like a share in a column of percents: "
                f"{names([name for _, name in rows])}.",
                "read as written, less than 1% is asked for.",
                f"write percents, such as {number(100 * (targets.rows[values[0]].value or 0))} for "
                f"{number(targets.rows[values[0]].value or 0)}.",
            ),
            Place("targets", "value", rows),
            Bears(frozenset(values), ("conflicts", "feasibility"), ("opposed", "spillover", "inconsistent")),
        )


def _levels_like_shares(material: Material, percents: Iterable[int]) -> Iterator[Hint]:
    """Levels at one agency below 1, where 100 times them would be like the baseline or what is wanted."""
    index, keys = material.index, material.system.derive(Keys)
    known = {index.measures[at].id: [index.measures[at].baseline or 0.0] for at in percents}
    for at in percents:
        known[index.measures[at].id] += [
            each for target in sorted(material.on.get(at, ())) for each in _levels(material, target)
        ]
    ordered = sorted(material.system.levels, key=partial(keys.key, "levels"))
    rows = [row for row in ordered if row.measure in known and _like(row.value, known[row.measure])]
    if rows:
        called = {row.id: row.name for row in (*index.measures, *index.agencies)}
        said = [f"{quoted(called[row.measure])} at {number(row.value)} ({called[row.agency]})" for row in rows]
        yield material.hint(
            "share-for-percent",
            Words(
                f"{count(len(rows), 'level looks', 'levels look')} like a share in a column of percents: "
                f"{names(said)}.",
                "read as written, less than 1% is today's level.",
                f"write percents, such as {number(100 * rows[0].value)} for {number(rows[0].value)}.",
            ),
            Place(
                "levels", "value", tuple((keys.key("levels", row), each) for row, each in zip(rows, said, strict=True))
            ),
            Bears(
                material.targets_on({index.measure_at[row.measure] for row in rows}),
                ("conflicts", "feasibility"),
                ("opposed", "spillover", "capacity"),
            ),
        )


def _percent(measure: Measure) -> bool:
    unit = (measure.unit or "").lower()
    return unit.startswith(("%", "percent", "per cent", "pct"))


def _levels(material: Material, target: int) -> tuple[float, ...]:
    """The levels that a target names; the size of a change is none."""
    row = material.index.targets.rows[target]
    return tuple(each for each in (row.value, row.upper) if each is not None) if row.sense in LEVELS else ()


def _like(value: float, others: Iterable[float]) -> bool:
    """Whether a number below 1 is, 100 times, like another that is larger."""
    return 0 < value < 1 and any(other > 1 and 1 / FACTOR <= 100 * value / other <= FACTOR for other in others)


def _alone(level: float, wished: Iterable[float], usual: list[float]) -> bool:
    """Whether a measure is told in shares throughout, and all others in percents."""
    own = [level, *wished]
    others = [each for each in usual if each > 1]
    return all(0.1 <= each <= 1 for each in own) and level < 1 and len(others) >= SOME and len(others) == len(usual) - 1


def _shares(material: Material, column: str, measures: list[int]) -> Hint:
    rows = material.measures(measures)
    levels = {row.id: row.baseline or 0.0 for row in material.index.measures}
    said = names([f"{quoted(name)} at {number(levels[key])}" for key, name in rows])
    first = levels[rows[0][0]]
    return material.hint(
        "share-for-percent",
        Words(
            f"{count(len(rows), 'baseline looks', 'baselines look')} like a share in a column of percents: {said}.",
            "read as written, less than 1% is today's level.",
            f"write percents, such as {number(100 * first)} for {number(first)}.",
        ),
        Place("measures", column, rows),
        Bears(material.targets_on(measures), ("conflicts", "feasibility"), ("opposed", "spillover", "capacity")),
    )


def same_target_twice(material: Material) -> Iterator[Hint]:
    """Targets that ask the same of the same for the same people and time."""
    found: dict[tuple[object, ...], list[int]] = {}
    for at in range(len(material.index.targets)):
        found.setdefault(_asked(material, at), []).append(at)
    twice = [sorted(group, key=partial(_lightness, material)) for group in found.values() if len(group) > 1]
    if twice:
        more = [at for group in twice for at in group[1:]]
        rows = material.target_rows(at for group in twice for at in group)
        said = names(sorted(material.said(material.index.targets.rows[group[0]]) for group in twice))
        yield material.hint(
            "same-target-twice",
            Words(
                f"{count(len(twice), 'target stands', 'targets stand')} more than once: {said}.",
                "each row is a wish of its own: it counts again in who helps whom, and in what a set leaves unsaid.",
                "keep one row of each; where they are two wishes, say what differs: due, population or for_agency.",
            ),
            Place("targets", None, rows),
            Bears(frozenset(more), ("alignment", "standing")),
        )


def _lightness(material: Material, target: int) -> tuple[float, int]:
    return -float(material.index.targets.weight[target]), target


def _asked(material: Material, target: int) -> tuple[object, ...]:
    """What a target asks, of whom, for whom and when; levels to nine figures."""
    targets = material.index.targets
    row = targets.rows[target]
    columns = (targets.agency, targets.deliverer, targets.measure, targets.population)
    return (
        *(int(column[target]) for column in columns),
        row.sense,
        _figure(row.value),
        _figure(row.upper),
        row.start,
        row.due,
    )


def _figure(value: float | None) -> str | None:
    return None if value is None else f"{value:.9g}"
