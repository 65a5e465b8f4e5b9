"""Measures and influences of a map: strength = 3 weight / scale."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from alignment.errors import OptionError
from alignment.models import Measure, Note, System
from alignment.models.cell_fault_words import kebab
from alignment.models.fields import Id
from alignment.models.system.links import Influence
from alignment.tables import read
from alignment.tables.link_signs import number_of, sign_of
from alignment.wording import number

from .map import Factor, Link, Map, Value

LARGEST: Final = 3.0
"""The largest strength of an influence."""

MADE: Final = re.compile(
    r"(?:elem|conn|loop)-[A-Za-z0-9]{8}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+", re.IGNORECASE
)
"""Ids that a tool made, which nobody wants to type."""

COLUMNS: Final = (
    *("direction", "unit", "baseline", "floor", "ceiling", "step", "cost", "statutory", "aggregate", "perspective"),
    *("framework", "ref", "source", "verified"),
)
"""Attributes that are columns of measures, where what they hold fits."""

LINK_COLUMNS: Final = ("effect", "certainty", "origin", "evidence", "lag_years", "effect_se", "source", "verified")
"""Attributes that are columns of influences, where what they hold fits."""

ALIASES: Final = {"effect_in_steps": "effect", "source_of_the_map": "source"}
"""Columns that go by a longer name on a map, where a short one could be anybody's, or means something else."""


def system_of(
    drawn: Map, scale: float | None, words: Mapping[str, str | float], strength: float, tables: Mapping[str, Any]
) -> System:
    """As `Map.system`."""
    meanings = _meanings(words)
    _check_option("strength", strength, LARGEST)
    if scale is not None:
        _check_option("scale", scale, 1e12)
    weighing = Weighing(scale, meanings, strength)
    making = _Making(drawn, weighing)
    influences = list(making.influences())
    weighing.check(drawn)
    empty: dict[str, Any] = {"agencies": [], "targets": []}
    found = read({**empty, "measures": list(making.measures()), "influences": influences, **tables})
    return found.noting((*drawn.notes, *making.notes()))


def _check_option(name: str, value: float, most: float) -> None:
    if not (math.isfinite(value) and 0 < value <= most):
        raise OptionError(f"{name} is a number above 0, at most {number(most)}; not {value}.")


def _meanings(words: Mapping[str, str | float]) -> dict[str, str | float]:
    """What words mean: signs and numbers; capitals make no difference."""
    found: dict[str, str | float] = {}
    for word, meaning in words.items():
        value = number_of(meaning)
        sign = sign_of(meaning) if isinstance(meaning, str) else None
        if value is None and sign is None:
            raise OptionError(f"words: '{word}' means +, - or a number; not {meaning!r}.")
        known = value if value is not None else sign
        assert known is not None
        found[word.strip().casefold()] = known
    return found


@dataclass
class Weighing:
    """How strong links are: the scale, what words mean, and what a sign alone is worth."""

    scale: float | None
    words: Mapping[str, str | float]
    strength: float
    weights: list[float] = field(default_factory=list[float])
    """The weights met so far, each with its sign."""
    by_sign: list[Link] = field(default_factory=list[Link])
    """The links that said only their sign."""

    def of(self, link: Link) -> float | None:
        """The strength of a link; blank where it says no sign."""
        if link.signed is not None:
            return self._on_scale(link.signed)
        meaning = self._meaning(link)
        if isinstance(meaning, float):
            return self._on_scale(meaning)
        sign = link.sign or meaning
        if sign is None:
            return None
        self.by_sign.append(link)
        return self.strength if sign == "+" else -self.strength

    def _on_scale(self, weight: float) -> float:
        self.weights.append(weight)
        if self.scale == LARGEST:
            # It is the strength itself, to the last digit, which 3 w / 3 need not be.
            return weight
        return LARGEST * weight / self.scale if self.scale else 0.0

    def _meaning(self, link: Link) -> str | float | None:
        """What the words of a link mean, in those that were given."""
        texts = [value for value in link.attributes.values() if isinstance(value, str)]
        said = [text.strip().casefold() for text in (link.type, link.label, *texts) if text]
        return next((self.words[text] for text in said or [""] if text in self.words), None)

    def check(self, drawn: Map) -> None:
        """Refuse weights without a scale, and a scale that they go beyond."""
        if not self.weights:
            return
        low, high = min(self.weights), max(self.weights)
        called = f"The weights of {drawn.name or 'the map'} run from {number(low)} to {number(high)}"
        largest = "the largest weight that their authors could have given"
        if self.scale is None:
            raise OptionError(
                f"{called}, and nothing says what the largest of their scale is. Give scale: 1 for fuzzy cognitive "
                f"maps (-1 to 1), 3 for SDG interlinkages (-3 to 3) and MICMAC (0 to 3), or {largest}."
            )
        if max(abs(low), abs(high)) > self.scale * (1 + 1e-9):
            raise OptionError(f"{called}, beyond a scale of {number(self.scale)}. Give as scale {largest}.")


class _Making:
    """The rows of a map, and what they could not say."""

    def __init__(self, drawn: Map, weighing: Weighing) -> None:
        self.map, self.weighing = drawn, weighing
        self.ids = measure_ids(drawn.factors)
        self.left: defaultdict[str, list[Link]] = defaultdict(list)

    def measures(self) -> Iterator[dict[str, Any]]:
        """A row for each factor."""
        for factor in self.map.factors:
            cells: dict[str, Any] = {"id": self.ids[factor.id], "name": factor.label}
            known, rest = _columns(Measure, cells, COLUMNS, factor.attributes)
            if factor.id not in (cells["id"], factor.label):
                known = {"ref": factor.id, **known}
            yield cells | known | _note(factor.note, factor.type, factor.tags, rest)

    def influences(self) -> Iterator[dict[str, Any]]:
        """One or two rows for each link that says its sign, none twice."""
        seen = set[tuple[Any, ...]]()
        for link in self.map.links:
            strength = self._kept(link)
            for one, two in self._ways(link) if strength is not None else ():
                row = self._row(link, one, two, strength)
                if (key := tuple(sorted(row.items()))) in seen:
                    self.left["again"].append(link)
                else:
                    seen.add(key)
                    yield row

    def _kept(self, link: Link) -> float | None:
        """The strength of a link that can be an influence."""
        if link.source == link.target:
            self.left["itself"].append(link)
            return None
        if link.signed == 0:
            self.left["zero"].append(link)
            return None
        strength = self.weighing.of(link)
        if strength is None:
            self.left["unsigned"].append(link)
        return None if strength is None else max(-LARGEST, min(LARGEST, strength))

    def _ways(self, link: Link) -> list[tuple[str, str]]:
        there = (link.source, link.target)
        if link.direction == "directed":
            return [there]
        self.left[link.direction].append(link)
        return [there, (link.target, link.source)]

    def _row(self, link: Link, one: str, two: str, strength: float | None) -> dict[str, Any]:
        cells = {"source_measure": self.ids[one], "target_measure": self.ids[two], "strength": strength}
        known, rest = _columns(Influence, cells, LINK_COLUMNS, link.attributes)
        if link.note and "evidence" not in known:
            known["evidence"] = link.note
            return cells | known | _note(link.label, link.type, link.tags, rest, delayed=link.delayed)
        said = "; ".join(filter(None, [link.label, link.note]))
        return cells | known | _note(said, link.type, link.tags, rest, delayed=link.delayed)

    def notes(self) -> Iterator[Note]:
        """What the rows do not say, each thing by name."""
        types = dict.fromkeys(link.type or link.label or "" for link in self.left["unsigned"])
        said = ", ".join(f'"{kind}": "+"' for kind in types)
        hint = f"words says what they mean, such as {{{said}}}" if types else ""
        for kind, what, then in (
            ("unsigned", "says no sign and is left out", hint),
            ("itself", "acts on itself, which no influence does, and is left out", ""),
            ("zero", "has a weight of 0 and is left out", ""),
            ("again", "is there already word for word, and counts once", ""),
            ("mutual", "goes both ways and is two influences", ""),
            ("undirected", "has no direction and is read as two influences, there and back", ""),
        ):
            if self.left[kind]:
                yield self._note(self.left[kind], what, then)
        if self.weighing.by_sign:
            strength, size = number(self.weighing.strength), len(self.weighing.by_sign)
            said = "1 link says only its sign and has" if size == 1 else f"{size} links say only their sign and have"
            yield Note(table="influences", column="strength", what=f"{said} strength {strength} or -{strength}")
        if self.weighing.weights and min(self.weighing.weights) > 0 and not any(x.sign for x in self.map.links):
            what = "no weight is below 0: everything is read as moving together"
            yield Note(table="influences", column="strength", what=what)
        if self.map.loops:
            names = "; ".join(loop.label or loop.id for loop in self.map.loops)
            yield Note(table="influences", what=f"named loops are no table; their links are influences: {names}")

    def _note(self, links: Sequence[Link], what: str, then: str) -> Note:
        size = "1 link" if len(links) == 1 else f"{len(links)} links"
        words = what if len(links) == 1 else _plural(what)
        named = "; ".join(dict.fromkeys(map(self.map.called, links)))
        return Note(table="influences", what=f"{size} {words}: {named}" + (f". {then}" if then else ""))


PLURALS: Final = {
    "says": "say",
    "is": "are",
    "acts": "act",
    "itself": "themselves",
    "does": "does",
    "has": "have",
    "counts": "count",
    "goes": "go",
}
"""The words of a note as they are of several links."""


def _plural(what: str) -> str:
    return " ".join(PLURALS.get(word, word) for word in what.split(" "))


def measure_ids(factors: Sequence[Factor]) -> dict[str, str]:
    """The id of the measure that each factor becomes: its own where it is one, else made of its label.

    >>> measure_ids([Factor(id="elem-6WdXO7R5", label="Long waits"), Factor(id="beds", label="Beds in use")])
    {'elem-6WdXO7R5': 'long-waits', 'beds': 'beds'}
    """
    own = {factor.id for factor in factors if _fits(factor.id)}
    taken = {each.casefold() for each in own}
    found: dict[str, str] = {}
    for at, factor in enumerate(factors, start=1):
        if factor.id in own:
            found[factor.id] = factor.id
        else:
            made = _free(kebab(factor.label)[:60].strip("-") or f"factor-{at}", taken)
            found[factor.id] = made
            taken.add(made)
    return found


def _free(word: str, taken: set[str]) -> str:
    """The word, with a number where it is taken."""
    found, at = word, 2
    while found in taken:
        found, at = f"{word}-{at}", at + 1
    return found


def _fits(word: str) -> bool:
    """Whether an id of a tool can be the id of a measure, and is one that people would use."""
    if MADE.fullmatch(word):
        return False
    try:
        return TypeAdapter[str](Id).validate_python(word) == word
    except ValidationError:
        return False


def _columns(
    row_type: type[Measure | Influence], cells: Mapping[str, Any], names: Sequence[str], given: Mapping[str, Value]
) -> tuple[dict[str, Any], dict[str, Value]]:
    """The attributes that are columns and fit, and the rest."""
    known: dict[str, Any] = {}
    rest: dict[str, Value] = {}
    for name, said in given.items():
        heading = name.strip().lower().replace(" ", "_")
        column = ALIASES.get(heading, heading)
        value = said.strip() if isinstance(said, str) else said
        if (
            heading != "effect"
            and column in names
            and column not in known
            and _valid(row_type, {**cells, column: value})
        ):
            known[column] = value
        else:
            rest[name] = value
    return known, rest


def _valid(row_type: type[Measure | Influence], cells: Mapping[str, Any]) -> bool:
    try:
        row_type.model_validate(dict(cells))
    except ValidationError:
        return False
    return True


def _note(
    text: str | None, kind: str | None, tags: Sequence[str], rest: Mapping[str, Value], *, delayed: bool = False
) -> dict[str, str]:
    """What no column holds, in the row's note."""
    # A type that is a sign alone is said by the strength.
    named = f"type: {kind}" if kind and re.search(r"\w{2}", kind) else None
    parts = [text, named, f"tags: {', '.join(tags)}" if tags else None]
    parts += [f"{name}: {_said(value)}" for name, value in rest.items()]
    parts += ["delayed" if delayed else None]
    said = "; ".join(part for part in parts if part)
    return {"note": said} if said else {}


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else number(value)
