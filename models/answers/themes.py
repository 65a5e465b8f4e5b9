"""A handful of quarrels instead of a hundred findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.options.conflicts import Kind

from .answer import AnswerNoun, Frames
from .frame import frame_of
from .layout import fold

if TYPE_CHECKING:
    import pandas as pd

TOLD: Final = 10
"""So many themes are told; the rest is counted."""

CLAUSES: Final = 5
"""So many of the rest of a theme are told in a clause each; the others are counted."""

NAMED: Final = 4
"""So many bodies are named; the others are counted."""


class Addition(Noun):
    """What a finding adds to the one that leads its theme."""

    says: str
    """What it adds, in a clause; "this" is the measure that the theme is named after."""
    findings: tuple[str, ...]
    """The finding, by id, and after a spillover the payments for the same move."""


class Theme(Noun):
    """Findings that hang together: one quarrel."""

    id: str
    """Made from the table and the row that it is named after."""
    name: str
    """What people call the measure or resource with the most weight in it, that no worse theme is named after."""
    table: Literal["measures", "resources", "outcomes"] | None
    """The table of that row; blank where nothing is left to name it after, and it bears its leading finding's title."""
    row: str | None
    """That row, by id."""
    leading: str
    """The worst finding on what it is named after that stands by itself, else the worst of the others; by id."""
    kind: Kind
    """Its kind."""
    title: str
    """What it is about, in a few words."""
    sentence: str
    """What it says, in a plain sentence."""
    suggestion: str
    """What could be done about it."""
    weight: float
    """Severity times confidence, added up over its findings. No unit."""
    share: float
    """The part of all severity times confidence that this is. No unit, 0 to 1."""
    agencies: tuple[str, ...]
    """Who stands in it, by id; first whoever stands in most severity times confidence."""
    agency_names: tuple[str, ...]
    """What people call them."""
    tiers: tuple[str, ...]
    """Their tiers, by id, from the top."""
    tier_names: tuple[str, ...]
    """What people call them."""
    measures: tuple[str, ...]
    """The measures it is about, by id; first those with most weight."""
    measure_names: tuple[str, ...]
    """What people call them."""
    findings: tuple[str, ...]
    """All its findings, by id, worst first."""
    adds: tuple[Addition, ...]
    """What the rest add: those that stand by themselves first, then by weight."""


class Themes(AnswerNoun):
    """The handful of quarrels that a system's findings come down to."""

    system: str
    """The hash of the system."""
    themes: tuple[Theme, ...]
    """The themes, worst first."""
    findings: int
    """How many findings there are. Unit: findings."""
    weight: float
    """Their severity times confidence, added up. No unit."""
    notes: tuple[str, ...] = ()
    """What was not looked for, or not to the end, in words."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``themes``, ``findings``."""
        return {"themes": self._themes, "findings": self._findings}

    def _themes(self) -> pd.DataFrame:
        """A row for each theme, worst first.

        Returns
        -------
        pandas.DataFrame
            ``id``, ``name``, ``table`` and ``row`` (what it is named after, or blank), ``leading`` (id of a finding),
            ``kind``, ``title``, ``sentence``, ``suggestion`` (of the leading finding), ``weight`` (float, severity
            times confidence), ``share`` (float, 0 to 1), ``agencies`` (ids), ``agency_names``, ``tiers`` (ids),
            ``tier_names``, ``measures`` (ids), ``measure_names``, ``findings`` (ids, worst first), ``adds`` (what the
            rest add, in words). Lists are joined by "; ".
        """
        said = {theme.id: tuple(each.says for each in theme.adds) for theme in self.themes}
        rows = [{**dict(theme), "adds": said[theme.id]} for theme in self.themes]
        return frame_of(rows, tuple(Theme.model_fields))

    def _findings(self) -> pd.DataFrame:
        """A row for each finding, by theme: what leads it, then what the rest add.

        Returns
        -------
        pandas.DataFrame
            ``theme`` (id), ``name`` (the theme's), ``finding`` (id), ``leads`` (bool), ``adds`` (in words; of the
            leading finding its title).
        """
        rows = [row for theme in self.themes for row in _told(theme)]
        return frame_of(rows, ("theme", "name", "finding", "leads", "adds"))

    def headline(self) -> str:
        """How many there are, and how much the first hold, in a line."""
        if not self.themes:
            return "No findings, so no themes"
        said = f"{count(self.findings, 'finding', 'findings')} in {count(len(self.themes), 'theme', 'themes')}"
        first = self.themes[:3]
        if len(first) == len(self.themes):
            return said
        return f"{said}; the first {len(first)} hold {sum(each.share for each in first):.0%} of what pulls apart"

    def _title(self) -> str:
        return self.headline()

    def _glimpse(self) -> pd.DataFrame:
        return self._themes()[["name", "share", "title", "agency_names", "sentence"]]

    def _lines(self, width: int) -> Iterator[str]:
        yield from fold(f"{self.headline()}.", width)
        for place, theme in enumerate(self.themes[:TOLD], start=1):
            yield ""
            yield from _lines_of(place, theme, width)
        if len(self.themes) > TOLD:
            rest = self.themes[TOLD:]
            yield ""
            words = f"... and {count(len(rest), 'more', 'more')}, {sum(each.share for each in rest):.0%} of it together"
            yield from fold(f"{words}.", width)
        for note in self.notes:
            yield ""
            yield from fold(f"Note: {note}.", width, 0, 2)


def _told(theme: Theme) -> Iterator[Mapping[str, object]]:
    shared = {"theme": theme.id, "name": theme.name}
    yield {**shared, "finding": theme.leading, "leads": True, "adds": theme.title}
    for each in theme.adds:
        yield from ({**shared, "finding": finding, "leads": False, "adds": each.says} for finding in each.findings)


def _lines_of(place: int, theme: Theme, width: int) -> Iterator[str]:
    """A theme for people."""
    size = count(len(theme.findings), "finding", "findings")
    yield from fold(f"{place}. {theme.name}: {theme.share:.0%} of it, {size}", width, 0, 3, hyphens=False)
    yield from fold(f"Led by: {theme.title}.", width, 3, 5)
    yield from fold(theme.sentence, width, 3, 5)
    for line in _besides(theme):
        yield from fold(line, width, 3, 5)
    yield f"   {theme.id}"


def _besides(theme: Theme) -> Iterator[str]:
    if theme.agency_names:
        yield f"Who: {some(theme.agency_names, NAMED)}."
    if theme.adds:
        yield f"Also: {some([each.says for each in theme.adds], CLAUSES, '; ')}."


def some(words: tuple[str, ...] | list[str], most: int, comma: str = ", ") -> str:
    """The first words of a list, the others counted.

    >>> some(["a", "b", "c"], 2), some(["a", "b"], 2)
    ('a, b, and 1 more', 'a, b')
    """
    rest = [f"and {len(words) - most} more"] if len(words) > most else []
    return comma.join([*words[:most], *rest])
