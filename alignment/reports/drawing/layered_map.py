"""The layered map: who wants what, for which outcome, and where that pulls apart, in one drawing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from alignment.conflicts.collection import Conflicts, find_conflicts
from alignment.conflicts.finding import Finding
from alignment.errors import OptionError
from alignment.models.answers.layout import fold
from alignment.models.numbers import count
from alignment.models.system import System
from alignment.tables.safely import replacing

from .map_contents import MOST_CONFLICTS, Contents
from .map_drawing import Drawing, Light
from .markup import Markup, figure


@dataclass(frozen=True, repr=False)
class LayeredMap:
    """A system as a drawing: tiers and bodies, measures, outcomes, and conflicts as arcs; `map` makes it.

    Notebooks show it; `write` keeps it.

    Attributes
    ----------
    title
        What it shows, in a line.
    description
        What it shows, in a few sentences, for those who do not see it.
    svg
        The drawing, which stands by itself. Bodies, strokes and lines bear the ids of agencies in ``data-a`` and of
        measures in ``data-m``, arcs and diamonds those of conflicts in ``data-c``, brackets the outcome in ``data-o``,
        each with spaces between. A page lights a part by the classes ``one`` on the svg and ``lit`` on it.
    """

    title: str
    description: str
    svg: Markup
    _contents: Contents = field(compare=False)

    def to_text(self, width: int = 80) -> str:
        """The same in words: for each outcome its measures, who wants what of them, and how much pulls apart there.

        Parameters
        ----------
        width
            Of a line, in characters.
        """
        return "\n".join(self._lines(width))

    def to_html(self) -> Markup:
        """The drawing under its title, in a box that scrolls where a page is narrower; for `style`."""
        return figure(self.title, self.svg, "layered", scrolls=True)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the drawing to a file.

        Parameters
        ----------
        path
            Where to, ending in .svg. What is there is replaced once everything is written.

        Raises
        ------
        OptionError
            The path does not end in .svg.
        OSError
            The path cannot be written to.
        """
        to = Path(path)
        if to.suffix.lower() != ".svg":
            raise OptionError(f"{to} is to be a drawing. Give it a name that ends in .svg.")
        with replacing(to) as file:
            file.write_text(self.svg, encoding="utf-8")

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<LayeredMap: {self.title}>"

    def _repr_svg_(self) -> str:
        return str(self.svg)

    def _repr_html_(self) -> str:
        return str(self.to_html())

    def _lines(self, width: int) -> Iterator[str]:
        yield from fold(f"{self.title}.", width)
        contents = self._contents
        for place, block in enumerate(contents.blocks):
            yield ""
            yield from fold(f"{block.name}:", width)
            for at, line in enumerate(contents.lines):
                if line.block == place and line.measures:
                    name = "all its measures" if block.folded else line.name
                    yield from fold(f"- {name}: {_said(contents, at)}", width, 2, 4)
            if block.outcome in contents.unowned:
                yield from fold(f"- {contents.unowned[block.outcome].title}", width, 2, 4)


def _said(contents: Contents, line: int) -> str:
    """Who wants what of a line, and how many conflicts it stands in."""
    ways = {"up": "more", "down": "less", "hold": "held", "meets": "no target"}
    parts = [
        f"{word}: {', '.join(contents.bodies[wish.body].name for wish in wishes)}"
        for way, word in ways.items()
        if (wishes := [wish for wish in contents.wishes if wish.line == line and wish.way == way])
    ]
    return "; ".join([*(parts or ["nobody has a target on it"]), *_counted(contents.standing.get(line, 0))])


def _counted(standing: int) -> list[str]:
    return [count(standing, "conflict", "conflicts")] if standing else []


def map(  # noqa: A001 - al.map, beside al.read_map; nothing here needs the builtin
    system: System,
    conflicts: Conflicts | None = None,
    *,
    outcome: str | None = None,
    conflict: str | None = None,
) -> LayeredMap:
    """The layered map of a system: who wants what, for which outcome, and where that pulls apart.

    Tiers with their bodies stand at the left, measures in the middle, outcomes at the right, and conflicts are arcs
    beside the measures, or a diamond where one measure by itself is pulled apart. Bodies that set no target and stand
    in no conflict are left out. Where there are more than 70 measures those of one outcome are one line; where there
    are more than 45 bodies those of one tier and kind are one; of more than 500 conflicts the worst are drawn.

    Parameters
    ----------
    system
        The system.
    conflicts
        The conflicts to draw, such as some of `find_conflicts(system)`; blank is all.
    outcome
        The outcome whose measures are drawn one by one, each of the others being a line, by id; blank is all, where
        there are not too many.
    conflict
        The conflict whose path is lit, all else being dim, by id.

    Returns
    -------
    LayeredMap
        The drawing, which notebooks show: ``.svg``, ``.to_html()``, ``.to_text()``, ``.write(path)``.

    Raises
    ------
    UnknownWord
        The outcome, or the conflict, is not known.
    OptionError
        The conflicts are of another system.

    Examples
    --------
    >>> import alignment as al
    >>> al.map(al.read(al.example("winter-pressure"))).title
    '17 conflicts, in which 10 of 10 measures and 4 of 4 bodies stand'
    """
    found = find_conflicts(system) if conflicts is None else conflicts
    if found.of != system:
        raise OptionError("These conflicts are of another system. Give those of the system that is drawn.")
    contents = Contents(found, outcome, conflict)
    title, description = _title(contents), _description(contents)
    light = None if contents.lit is None else _light(contents, contents.lit)
    return LayeredMap(title, description, Drawing(contents, light).svg(title, description), contents)


def _light(contents: Contents, finding: Finding) -> Light:
    index = contents.index
    bodies = frozenset[int]().union(*finding.between)
    return Light(
        finding.id,
        frozenset(index.agencies[at].id for at in bodies),
        frozenset(index.measures[at].id for at in (*finding.measures, *finding.nodes)),
        finding.outcome,
    )


def _title(contents: Contents) -> str:
    """How much pulls apart, and how many measures and bodies stand in it."""
    system, findings = contents.index.system, contents.every
    if not findings:
        return "No conflict is known"
    measures = len({at for each in findings for at in each.measures})
    return (
        f"{count(len(findings), 'conflict', 'conflicts')}, in which {measures:,} of "
        f"{count(len(system.measures), 'measure', 'measures')} and {len(contents.in_conflict):,} of "
        f"{count(len(system.agencies), 'body', 'bodies')} stand"
    )


def _description(contents: Contents) -> str:
    """What is seen, for those who do not see it: who is there, what is most pulled apart, what is left out."""
    return " ".join(
        [
            "Bodies at the left, by tier; measures in the middle; outcomes at the right; conflicts are arcs.",
            *_who(contents),
            *_worst(contents),
            *_left_out(contents),
        ]
    )


def _who(contents: Contents) -> Iterator[str]:
    by_tier: dict[str, list[str]] = {}
    for body in contents.bodies:
        row = contents.index.tiers.get(body.tier or "")
        by_tier.setdefault(row.name if row else "No tier given", []).append(body.name)
    yield from (f"{tier}: {', '.join(names)}." for tier, names in by_tier.items())


def _worst(contents: Contents) -> Iterator[str]:
    some = sorted(contents.standing.items(), key=lambda each: (-each[1], each[0]))[:3]
    if some:
        named = "; ".join(f"{contents.lines[line].name} ({size})" for line, size in some)
        yield f"In most conflicts: {named}."


def _left_out(contents: Contents) -> Iterator[str]:
    if contents.left_out:
        said = count(contents.left_out, "body that sets", "bodies that set")
        yield f"Left out: {said} no target and stand in no conflict."
    if len(contents.findings) < len(contents.every):
        lit = " and the one that is lit" if len(contents.findings) > MOST_CONFLICTS else ""
        yield f"Drawn are the {MOST_CONFLICTS:,} worst conflicts{lit}."
    if contents.folds:
        folded = sum(block.folded for block in contents.blocks)
        yield f"The measures of {count(folded, 'outcome', 'outcomes')} are one line each."
