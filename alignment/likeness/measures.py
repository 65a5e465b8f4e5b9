"""How alike two measures are: names first, then unit, direction, people, return and definition."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Final

from alignment.index import Index
from alignment.models.answers.suggest_overlaps import Likely, SuggestedOverlap
from alignment.models.system.measures import Measure
from alignment.wording import lower_first, quoted

from .definitions import Field, fields, whole
from .likeness import OTHER, Likeness, compared
from .text import Text, read
from .units import unlike
from .weights import Weights

ONE_NAME: Final = 0.9
"""Names at least this alike, with the same words and numbers, are one name. No unit, 0 to 1."""

ONE_THING: Final = 0.95
"""From this score on two measures are said to be the same, where nothing speaks against it. No unit, 0 to 1."""

AGAINST: Final = 0.6
"""What a likeness is multiplied by where higher is better for the one and lower for the other."""

OTHERS: Final = 0.7
"""As `AGAINST`, where the two are about other people."""

SOME: Final = 0.95
"""As `AGAINST`, where the people of the one are among those of the other."""

BY_PEOPLE: Final = 0.15
"""How much of what is missing to 1 is made up where the two are about the same people, and few others are."""

BY_RETURN: Final = 0.15
"""As `BY_PEOPLE`, where they come from one return, and few others do."""

BY_DEFINITION: Final = 0.7
"""How much a definition that both carry weighs beside the name."""

TOLD: Final = 4
"""So many words that both names have are told."""


class Measures:
    """The measures of a system, to be compared with each other.

    Parameters
    ----------
    index
        The system by positions.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.rows: Sequence[Measure] = index.measures
        self.names = [read(row.name) for row in self.rows]
        self.weights = Weights(self.names)
        self._held = Counter((name, getattr(row, name)) for row in self.rows for name in ("population", "collection"))

    def near(self) -> Iterator[tuple[int, int]]:
        """Pairs of positions of measures that are near each other by name or by definition."""
        defined = [at for at, row in enumerate(self.rows) if whole(row)]
        by_definition = Weights([read(whole(self.rows[at])) for at in defined]).near()
        pairs = {(defined[one], defined[two]) for one, two in by_definition}
        return iter(sorted(pairs | set(self.weights.near())))

    @cached_property
    def words(self) -> Weights:
        """How telling words of definitions are."""
        return Weights([read(said) for row in self.rows for said in (row.numerator, row.denominator) if said])

    def rare(self, column: str, value: str | None) -> float:
        """How few measures share a cell. No unit, 0 all or the cell is blank, 1 hardly any."""
        if value is None:
            return 0.0
        return math.log(len(self.rows) / self._held[column, value]) / math.log(len(self.rows))


@dataclass(frozen=True)
class Two:
    """Two measures, compared.

    Attributes
    ----------
    measures
        All of them.
    one, two
        The positions of these.
    """

    measures: Measures
    one: int
    two: int

    @cached_property
    def rows(self) -> tuple[Measure, Measure]:
        """The two."""
        return self.measures.rows[self.one], self.measures.rows[self.two]

    @cached_property
    def texts(self) -> tuple[Text, Text]:
        """Their names."""
        return self.measures.names[self.one], self.measures.names[self.two]

    @cached_property
    def name(self) -> Likeness:
        """How alike their names are."""
        return compared(*self.texts, self.measures.weights)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields that both definitions have."""
        return tuple(fields(*self.rows, self.measures.words))

    @cached_property
    def people(self) -> tuple[float, str]:
        """What the people they are about do to a likeness, and what is to be said of them."""
        index, (mine, yours) = self.measures.index, (row.population for row in self.rows)
        if mine is None or yours is None or mine == yours:
            return 1.0, ""
        names = {row.id: lower_first(row.name) for row in index.system.populations}
        one, two = (quoted(names[each]) for each in (mine, yours))
        codes = [int(index.measure_population[at]) for at in (self.one, self.two)]
        if index.contains(codes[0], codes[1]):
            return SOME, f"the people of the second ({two}) are among those of the first ({one})"
        if index.contains(codes[1], codes[0]):
            return SOME, f"the people of the first ({one}) are among those of the second ({two})"
        return OTHERS, f"the one is about {one} and the other about {two}"

    @cached_property
    def against(self) -> tuple[tuple[float, str], ...]:
        """What speaks against the two being one, beside their names and definitions."""
        ways = {row.direction for row in self.rows}
        opposed = (AGAINST, "higher is better for the one and lower for the other")
        found = [unlike(*(row.unit for row in self.rows)), self.people]
        return tuple([each for each in found if each[1]] + ([opposed] if ways == {"higher", "lower"} else []))

    @cached_property
    def score(self) -> float:
        """How likely it is that the two are one thing. No unit, 0 to 1; no probability."""
        score = self._supported(self.name.score)
        if self.fields:
            definition = fmean(each.alike for each in self.fields) * OTHER ** sum(each.differ for each in self.fields)
            score = (1 - BY_DEFINITION) * score + BY_DEFINITION * definition
        return round(score * math.prod(factor for factor, _ in self.against), 4)

    def _supported(self, score: float) -> float:
        """A score by names, with what people and return make up of what is missing."""
        one, two = self.rows
        people = self.measures.rare("population", one.population) if one.population == two.population else 0.0
        source = self.measures.rare("collection", one.collection) if one.collection == two.collection else 0.0
        return score + (1 - score) * (BY_PEOPLE * people + BY_RETURN * source)

    @cached_property
    def two_meanings(self) -> tuple[str, ...]:
        """Where they bear one name: what their meanings differ by."""
        if not self._one_name:
            return ()
        apart = [each for each in self.against if each != self.people or each[0] == OTHERS]
        return (*(str(each) for each in self.fields if each.differ), *(said for _, said in apart))

    @property
    def kind(self) -> Likely | None:
        """How they overlap, where that can be told."""
        if self.two_meanings:
            return "shared" if self._agree("numerator") or self._agree("denominator") else None
        if self.name.within and not self.against:
            return "part"
        defined = len(self.fields) > 1 and all(each.agree for each in self.fields)
        return "same" if self.score >= ONE_THING and (self._one_name or defined) and not self.against else None

    @property
    def _one_name(self) -> bool:
        """Whether the two bear one name, numbers and all."""
        name = self.name
        return name.score >= ONE_NAME and not (name.mine or name.yours or name.differences)

    def _agree(self, name: str) -> bool:
        return any(each.name == name and each.agree for each in self.fields)

    @property
    def reason(self) -> str:
        """Why they are taken for one thing, and what speaks against it."""
        if self.two_meanings:
            return f"one name, two meanings: {'; '.join(self.two_meanings)}"
        speaks_against = [*self.name.differences, *(str(each) for each in self.fields if each.differ)]
        speaks_against += [said for _, said in self.against]
        return self._likeness() + (f", but {'; '.join(speaks_against)}" if speaks_against else "")

    def _likeness(self) -> str:
        one, two = self.texts
        if agreed := [each.name for each in self.fields if each.agree]:
            return f"{'one name' if self._one_name else 'different names'}, same {' and '.join(agreed)}"
        if self.name.words == 1:
            return "same name" if one.said.casefold() == two.said.casefold() else "same words"
        common = [word for word in dict.fromkeys(one.words) if word not in self.name.mine]
        common.sort(key=lambda word: -self.measures.weights.of(word))
        numbers = [each.words for each in one.quantities if any(each.equals(other) for other in two.quantities)]
        rest = f"; only the first has {_quoted(self.name.mine)}" if self.name.mine else ""
        rest += f"; only the second has {_quoted(self.name.yours)}" if self.name.yours else ""
        return f"both have {_quoted([*numbers, *common])}{rest}"

    def told(self) -> SuggestedOverlap:
        """The two as a row; of a part and a whole, the part first."""
        one, two = self.rows if self.name.within != 2 or self.kind != "part" else self.rows[::-1]
        return SuggestedOverlap(
            measure_a=one.id,
            name_a=one.name,
            measure_b=two.id,
            name_b=two.name,
            kind=self.kind,
            score=self.score,
            reason=self.reason,
        )


def _quoted(words: Sequence[str]) -> str:
    some = [quoted(word) for word in words[:TOLD]]
    return ", ".join(some) + (", ..." if len(words) > TOLD else "")
