"""A text read for what it says: telling words, quantities, and the whole in one spelling."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from .quantities import Quantity, digits, taken_out
from .words import plain, spelt_out, stems


@dataclass(frozen=True)
class Text:
    """A text as it is compared.

    Attributes
    ----------
    said
        As its owner wrote it.
    words
        Its telling words, in order.
    quantities
        The ages, times and numbers in it.
    """

    said: str
    words: tuple[str, ...]
    quantities: tuple[Quantity, ...]

    @cached_property
    def marks(self) -> frozenset[str]:
        """Words, and a mark for each quantity that is the same where the quantity is."""
        return frozenset([*self.words, *(each.mark for each in self.quantities if each.sort != "scale")])


@lru_cache(maxsize=1 << 16)
def read(said: str) -> Text:
    """A text as it is compared.

    >>> read("A&E waits under four hours").words, read("A&E waits under four hours").quantities[0].words
    (('accident', 'emergency', 'wait'), 'under 4 hours')
    """
    rest, quantities = taken_out(digits(spelt_out(plain(said))))
    return Text(said, tuple(stems(rest)), quantities)
