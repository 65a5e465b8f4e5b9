"""Where everything of the layered map stands: lines one below the other, bodies spread beside them, labels that fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from alignment.models.numbers import count

from .letters import lines_of
from .map_contents import Block, Contents

WIDTH: Final = 860.0
"""How wide the map is. Unit: pixels, as all below."""
TOP: Final = 62.0
"""Where the first line begins, below key and headings."""
ROW: Final = 16.0
"""How high a line of the middle is."""
LEADING: Final = 14.0
"""How high a line of a label is that has several."""
GAP: Final = 9.0
"""What is left free between two outcomes, and between two bodies."""

NOTE: Final = 11.0
"""How high letters are that only say how much is folded."""

BODY_LEFT, BODY_RIGHT, BODY_DOT = 6.0, 180.0, 187.0
WISH_FROM, GLYPH, GLYPH_WIDE = 192.0, 311.0, 10.0
LINE_LEFT, LINE_RIGHT = 321.0, 590.0
MARK, NUMBER, ARC, ARC_RIGHT = 600.0, 606.0, 624.0, 687.0
BRACKET, UNOWNED, OUTCOME_LEFT, OUTCOME_RIGHT = 690.0, 702.0, 710.0, 857.0


@dataclass(frozen=True)
class Label:
    """A label of one or more lines, at the height of its middle."""

    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """Heights of everything, by place in `Contents`.

    Attributes
    ----------
    lines
        Of the lines of the middle.
    outcomes
        The labels of the outcomes.
    bodies
        The labels of the bodies.
    tiers
        The headings of the tiers.
    bottom
        Where the drawing ends.
    """

    lines: tuple[float, ...]
    outcomes: tuple[Label, ...]
    bodies: tuple[Label, ...]
    tiers: tuple[Label, ...]
    bottom: float


def places_of(contents: Contents) -> Places:
    """Where everything stands."""
    words = [_outcome_words(contents, block) for block in contents.blocks]
    heights = [max(_rows(block) * ROW, len(said) * LEADING) for block, said in zip(contents.blocks, words, strict=True)]
    beside = _column(contents)
    middle, left = sum(heights) + GAP * len(heights), sum(height for _, _, height in beside)
    high = max(middle, left)
    lines: list[float] = []
    outcomes: list[Label] = []
    y = TOP + (high - middle) / 2
    for block, said, height in zip(contents.blocks, words, heights, strict=True):
        first = y + (height - _rows(block) * ROW) / 2 + ROW / 2
        lines += [first + ROW * at for at in range(_rows(block))]
        outcomes.append(Label(y + height / 2, tuple(said)))
        y += height + GAP
    bodies, tiers = _spread(beside, high - left)
    return Places(tuple(lines), tuple(outcomes), bodies, tiers, TOP + high + GAP)


def _rows(block: Block) -> int:
    return 1 if block.folded else max(1, len(block.measures))


def _outcome_words(contents: Contents, block: Block) -> list[str]:
    """What stands at the right of a block: its name, or how many measures are folded into its line."""
    if not block.folded:
        most = max(2, int(_rows(block) * ROW // LEADING))
        return lines_of(block.name, OUTCOME_RIGHT - OUTCOME_LEFT, most)
    asked = sum(at in contents.targeted for at in block.measures)
    said = count(len(block.measures), "measure", "measures")
    if asked < len(block.measures):
        said += f", {asked:,} targeted" if asked else ", no target"
    return lines_of(said, OUTCOME_RIGHT - OUTCOME_LEFT, 1, NOTE)


Item = tuple[bool, tuple[str, ...], float]
"""A heading or a body: whether it is a heading, its label, how high it is."""


def _column(contents: Contents) -> list[Item]:
    """The left side from above: each tier, then its bodies."""
    found: list[Item] = []
    tier: str | None = ""
    width = BODY_RIGHT - BODY_LEFT
    for body in contents.bodies:
        if body.tier != tier and contents.index.tiers:
            tier = body.tier
            row = contents.index.tiers.get(tier or "")
            found.append((True, tuple(lines_of(row.name if row else "No tier given", width, 1)), LEADING + GAP))
        said = tuple(lines_of(body.name, width, 3))
        found.append((False, said, LEADING * len(said) + GAP / 2))
    return found


def _spread(items: Sequence[Item], spare: float) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
    """Bodies and headings; room that is left stands between them, but for a heading and what it is of."""
    after = [True, *(heading for heading, *_ in items)]
    shares = [2 if heading else 0 if above else 1 for (heading, *_), above in zip(items, after, strict=False)]
    gap = min(spare / max(1, sum(shares)), 3 * ROW)
    y = TOP + (spare - gap * sum(shares)) / 2
    found: dict[bool, list[Label]] = {False: [], True: []}
    for (heading, said, height), part in zip(items, shares, strict=True):
        y += gap * part
        found[heading].append(Label(y + height / 2, said))
        y += height
    return tuple(found[False]), tuple(found[True])


def baselines(label: Label, size: float) -> Iterator[tuple[float, str]]:
    """The lines of a label, each with the height at which its letters stand."""
    first = label.y - LEADING * (len(label.lines) - 1) / 2 + size * 0.36
    yield from ((first + LEADING * at, line) for at, line in enumerate(label.lines))
