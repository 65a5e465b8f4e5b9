"""Colours by what they are for, and which of them meet: a test works out the contrast of every pair.

Nothing is said by colour alone, so that two colours that only cross need no contrast with each other.
"""

from __future__ import annotations

from typing import Final

INK: Final = "#1b1f24"
"""Words."""
MUTED: Final = "#57606a"
"""Words that are read second."""
PAPER: Final = "#ffffff"
"""What everything is drawn on."""
RULE: Final = "#818b98"
"""Lines that hold things together: brackets, axes, borders."""
UP: Final = "#0b3a6b"
"""A wish for more; solid, with ▲."""
DOWN: Final = "#b35900"
"""A wish for less; dashed, with ▼."""
HOLD: Final = "#6e5494"
"""A wish that something stays; dotted, with ■."""
CONFLICT: Final = "#b3002d"
"""What pulls apart: arcs and diamonds."""
BEFORE: Final = "#818b98"
"""Bars of today; hollow."""
AFTER: Final = "#0b3a6b"
"""Bars of what is proposed; full."""
HEAT: Final = ("#fdf3ec", "#f9d5bd", "#ee9d76", "#b3432b", "#6f0f1f")
"""Five steps, from hardly any hindrance to nothing else."""
HEAT_INK: Final = (INK, INK, INK, PAPER, PAPER)
"""The words on each step."""
UNKNOWN: Final = "#e4e7eb"
"""Cells of which nothing is known."""

TEXTS: Final = (
    *((ink, PAPER) for ink in (INK, MUTED, CONFLICT, UP, DOWN, HOLD)),
    *zip(HEAT_INK, HEAT, strict=True),
    (INK, UNKNOWN),
    (MUTED, UNKNOWN),
)
"""Words and what they stand on: 4.5 to 1 or more (WCAG 2.2, 1.4.3)."""

GRAPHICS: Final = (
    *((colour, PAPER) for colour in (RULE, UP, DOWN, HOLD, CONFLICT, BEFORE, AFTER)),
    # Bars of one name touch each other.
    (BEFORE, AFTER),
)
"""Graphics and their neighbours: 3 to 1 or more (WCAG 2.2, 1.4.11). Cells of a heatmap have paper between them."""

NAMED: Final = {
    "ink": INK,
    "muted": MUTED,
    "paper": PAPER,
    "rule": RULE,
    "up": UP,
    "down": DOWN,
    "hold": HOLD,
    "conflict": CONFLICT,
    "before": BEFORE,
    "after": AFTER,
    "unknown": UNKNOWN,
    **{f"heat-{step}": colour for step, colour in enumerate(HEAT, start=1)},
    **{f"heat-ink-{step}": colour for step, colour in enumerate(HEAT_INK, start=1)},
}
"""By the names that the sheet of styles has for them."""


def contrast(one: str, two: str) -> float:
    """How far two colours are apart in light, 1 to 21 (WCAG 2.2).

    Parameters
    ----------
    one, two
        As #rrggbb.

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """How light a colour is, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
