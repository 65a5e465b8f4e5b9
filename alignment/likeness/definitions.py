"""The definitions of two measures, field by field, where both carry them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from alignment.models.system.measures import Measure
from alignment.wording import quoted

from .likeness import compared
from .text import read
from .weights import Weights

FIELDS: Final = ("numerator", "denominator", "window")

DIFFER: Final = 0.6
"""Two fields that are less alike than this say different things. No unit, 0 to 1."""

AGREE: Final = 0.9
"""Two fields at least this alike say one thing. No unit, 0 to 1."""


@dataclass(frozen=True)
class Field:
    """A field of two definitions.

    Attributes
    ----------
    name
        The field's.
    alike
        How alike what they say is. No unit, 0 to 1.
    one, two
        What they say.
    """

    name: str
    alike: float
    one: str
    two: str

    @property
    def differ(self) -> bool:
        """Whether they say different things."""
        return self.alike < DIFFER

    @property
    def agree(self) -> bool:
        """Whether they say one thing."""
        return self.alike >= AGREE

    def __str__(self) -> str:
        return f"the {self.name}s differ: {quoted(self.one)} and {quoted(self.two)}"


def fields(one: Measure, two: Measure, weights: Weights) -> Iterator[Field]:
    """The fields that both measures carry.

    >>> one = Measure(id="a", name="Smokers", denominator="adults")
    >>> [str(each) for each in fields(one, Measure(id="b", name="Smokers", denominator="mothers"), Weights([]))]
    ['the denominators differ: “adults” and “mothers”']
    """
    for name in FIELDS:
        mine, yours = getattr(one, name), getattr(two, name)
        if mine is not None and yours is not None:
            yield Field(name, _alike(mine, yours, weights), mine, yours)


def _alike(mine: str, yours: str, weights: Weights) -> float:
    one, two = read(mine), read(yours)
    if not one.words and not two.words:
        # Numbers alone, such as a window of 12 months: the factors of numbers decide.
        return _numbers_only(mine, yours, weights)
    return compared(one, two, weights).score


def _numbers_only(mine: str, yours: str, weights: Weights) -> float:
    return 1.0 if mine == yours else compared(read(f"what {mine}"), read(f"what {yours}"), weights).score


def whole(measure: Measure) -> str:
    """What is counted, out of what: the words of a definition by which measures of other names are found."""
    return " ".join(filter(None, (measure.numerator, measure.denominator)))
