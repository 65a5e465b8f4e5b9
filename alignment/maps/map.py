"""A systems map as the tool that drew it says it: factors, and links between them.

Nothing is worked out here. A link has a sign, or a weight on a scale that only its owner knows, or neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from alignment.models import Note, System
from alignment.models.fields import FrozenDict, FrozenMapping, Noun
from alignment.tables.link_signs import Sign

if TYPE_CHECKING:
    import pandas as pd

    Given = Sequence[Any] | pd.DataFrame

Direction = Literal["directed", "mutual", "undirected"]
"""Which way a link is drawn."""

Value = str | float | bool
"""What an attribute can be."""


class Factor(Noun):
    """One thing on the map: what becomes a measure."""

    id: str
    """What the tool calls it; where it has no ids, the label."""
    label: str
    """What people call it."""
    type: str | None = None
    """What sort of thing it is: the type of an element, the style of a factor."""
    tags: tuple[str, ...] = ()
    """Words to find it by."""
    note: str | None = None
    """Its description or note."""
    x: float | None = None
    """How far right it is drawn."""
    y: float | None = None
    """How far down it is drawn."""
    attributes: FrozenMapping[str, Value] = FrozenDict()
    """Whatever else the tool knows of it."""


class Link(Noun):
    """One factor acts on another: what becomes an influence."""

    source: str
    """The id of the factor that acts."""
    target: str
    """The id of the factor that is acted on."""
    id: str | None = None
    """What the tool calls it."""
    sign: Sign | None = None
    """Whether the two move together (+) or apart (-); blank where the map does not say."""
    weight: float | None = None
    """How strong it is, as the map writes it. Unit: the map's own scale."""
    type: str | None = None
    """What sort of link it is: the type of a connection, the style of a link."""
    label: str | None = None
    """The words on it."""
    direction: Direction = "directed"
    """Which way it is drawn."""
    delayed: bool = False
    """Whether it is marked as slow."""
    tags: tuple[str, ...] = ()
    """Words to find it by."""
    note: str | None = None
    """Its description or note."""
    attributes: FrozenMapping[str, Value] = FrozenDict()
    """Whatever else the tool knows of it."""

    @property
    def signed(self) -> float | None:
        """The weight with its sign; blank where there is no weight.

        >>> Link(source="a", target="b", sign="-", weight=0.5).signed
        -0.5
        """
        if self.weight is None or self.sign is None:
            return self.weight
        return abs(self.weight) if self.sign == "+" else -abs(self.weight)


class Loop(Noun):
    """Links that somebody drew as one loop."""

    id: str
    """What the tool calls it."""
    label: str | None = None
    """Its name."""
    links: tuple[str, ...] = ()
    """The ids of its links."""
    note: str | None = None
    """Its description."""


class Map(Noun):
    """A systems map: factors and links as the tool that drew it says them.

    `system` makes measures and influences of it, to which agencies and targets are added; `alignment.write_map` writes
    it for another tool.

    Examples
    --------
    >>> drawn = Map(
    ...     factors=(Factor(id="beds", label="Beds in use"), Factor(id="waits", label="Long waits")),
    ...     links=(Link(source="beds", target="waits", weight=0.5),),
    ... )
    >>> drawn
    <Map: 2 factors · 1 link>
    >>> drawn.system(scale=1).influences[0].strength
    1.5
    """

    name: str | None = None
    """What the map is called."""
    factors: tuple[Factor, ...] = ()
    """What is on it."""
    links: tuple[Link, ...] = ()
    """What acts on what."""
    loops: tuple[Loop, ...] = ()
    """Loops that somebody named."""
    notes: tuple[Note, ...] = ()
    """What of the file was put right or passed over."""

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What people call each factor, by its id."""
        return {factor.id: factor.label for factor in self.factors}

    def called(self, link: Link) -> str:
        """A link in words."""
        return f"{self.labels.get(link.source, link.source)} -> {self.labels.get(link.target, link.target)}"

    def system(
        self,
        scale: float | None = None,
        words: Mapping[str, str | float] | None = None,
        strength: float = 2,
        **tables: Given,
    ) -> System:
        """Measures and influences, to which agencies and targets are added.

        A link with a weight has strength = 3 weight / scale; one that says only its sign has the strength given. One
        that is drawn both ways, or without a direction, is two influences. What cannot be said in tables is in the
        system's notes, each thing by name.

        Parameters
        ----------
        scale
            What the largest weight of the map's scale means: 3 for SDG interlinkages (-3 to 3) and MICMAC (0 to 3), 1
            for fuzzy cognitive maps (-1 to 1). Needed where any link that counts has a weight; never guessed.
        words
            What types, styles and labels of links mean: each "+", "-", or a number on the map's scale. An empty text
            stands for a link that says nothing.
        strength
            How strong a link is that says only its sign; 2 is in the middle of the scale. No unit, 0 to 3.
        **tables
            Agencies, targets and further tables by name, as `alignment.read` takes them.

        Returns
        -------
        System
            It has a measure for each factor and an influence for each link that says its sign.

        Raises
        ------
        OptionError
            The map has weights and no scale is given, or they go beyond it, or an option is out of its range.
        InputError
            What is wrong with the further tables, all at once.

        Examples
        --------
        >>> drawn = Map(
        ...     factors=(Factor(id="beds", label="Beds in use"), Factor(id="waits", label="Long waits")),
        ...     links=(Link(source="beds", target="waits", type="causes"),),
        ... )
        >>> drawn.system().notes[0].what.partition(". ")[0]
        '1 link says no sign and is left out: Beds in use -> Long waits'
        >>> drawn.system(words={"causes": "+"}).influences[0].strength
        2.0
        """
        from .to_system import system_of

        return system_of(self, scale, words or {}, strength, tables)

    def __repr__(self) -> str:
        return f"<Map: {self}>"

    def __str__(self) -> str:
        parts = [(len(self.factors), "factor"), (len(self.links), "link"), (len(self.loops), "loop")]
        return " · ".join(
            f"{size} {word if size == 1 else f'{word}s'}" for size, word in parts if size or word != "loop"
        )
