"""The words that people use for those of closed vocabularies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

UP: Final = (
    "up",
    "upwards",
    "increases",
    "increasing",
    "raise",
    "raised",
    "rise",
    "grow",
    "growth",
    "more",
    "+",
    "\u2191",
)
DOWN: Final = (
    "down",
    "downwards",
    "decreases",
    "decreasing",
    "reduce",
    "reduces",
    "reduced",
    "reduction",
    "fall",
    "drop",
)
DOWN_TOO: Final = ("cut", "lower", "less", "fewer", "\u2193")

MEANT: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "sense": {
        "at_least": (">=", "\u2265", "=>", "min", "minimum", "no_less_than", "not_less_than", "not_below", "or_more"),
        "at_most": ("<=", "\u2264", "=<", "max", "maximum", "no_more_than", "not_more_than", "not_above", "up_to"),
        "between": ("range", "in_range", "within", "band"),
        "increase": (*UP, "higher"),
        "decrease": (*DOWN, *DOWN_TOO),
        "hold": ("maintain", "keep", "no_worse", "not_worse", "guardrail"),
    },
    "direction": {
        "higher": ("higher_is_better", "high", "high_is_good", "higher_better", "bigger_is_better", "increase", *UP),
        "lower": ("lower_is_better", "low", "low_is_good", "lower_better", "smaller_is_better", "decrease", *DOWN),
        "in-range": ("range", "within_range", "band", "between"),
        "none": ("neutral", "neither", "no_direction", "neither_is_better"),
    },
    "moving": {"up": ("increase", "higher", *UP), "down": ("decrease", *DOWN, *DOWN_TOO)},
    "pays_for": {"increase": (*UP, "higher"), "decrease": (*DOWN, *DOWN_TOO), "target": ("level", "meeting_target")},
    "uses": {"yes": ("y", "true", "use", "uses"), "frees": ("free", "releases", "saves")},
    "kind": {
        "statutory": ("statute", "legal", "by_law"),
        "contractual": ("contract",),
        "regulatory": ("regulation", "regulator"),
        "electoral": ("election", "democratic"),
        "financial": ("funding", "finance"),
        "partnership": ("partner",),
        "same": ("identical", "equal", "duplicate"),
        "part": ("part_of", "subset"),
        "shared": ("overlap", "overlapping", "partial"),
        "complementary": ("complement", "two_sides"),
        "distinct": ("different", "separate"),
    },
    "certainty": {
        "strong": ("high", "certain"),
        "moderate": ("medium",),
        "weak": ("low", "uncertain"),
        "contested": ("disputed", "mixed"),
    },
    "aggregate": {"mean": ("average", "avg"), "sum": ("total",)},
    "perspective": {"person": ("people", "people's", "personal"), "organisation": ("organization", "organisational")},
    "dimension": {"outcomes": ("outcome",), "resource-use": ("resources", "resource", "use_of_resources")},
    "basis": {"bonus": ("reward",), "penalty": ("fine", "sanction")},
}
"""For each column the words that people use for its own."""

TICKS: Final = frozenset(["x", "✓", "✔", "☑", "✅"])
"""Signs in a box that is ticked."""


def meant_by(word: str, column: str, known: Sequence[str]) -> str | None:
    r"""The word of a closed vocabulary that a person means; nothing where that is not sure.

    Parameters
    ----------
    word
        What is written.
    column
        The column.
    known
        The vocabulary.

    Examples
    --------
    >>> senses = ("at_least", "at_most", "increase", "decrease")
    >>> [meant_by(word, "sense", senses) for word in ("At least", "\u2265", "Reduce", "atleats")]
    ['at_least', 'at_least', 'decrease', None]
    """
    bare = _bare(word)
    for one in known:
        if bare in (_bare(one), *MEANT.get(column, {}).get(one, ())):
            return one
    return None


def _bare(word: str) -> str:
    return word.casefold().strip(" .:;").replace(" ", "_").replace("-", "_")
