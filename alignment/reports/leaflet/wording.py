"""Words of the page that no answer has: kinds of conflict, stages and links as people say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from alignment.models.answers.proposal import Ground
from alignment.models.answers.stages import StageName
from alignment.models.options.conflicts import Kind
from alignment.wording import severity_word

KINDS: Final[Mapping[Kind, str]] = {
    "opposed": "one measure wanted both ways",
    "inconsistent": "one measure with different levels or dates",
    "spillover": "meeting one target pushes another the wrong way",
    "unguarded": "meeting a target harms what nobody has a target on",
    "torn": "one lever needed both up and down",
    "against-people": "a target that is worse for people",
    "capacity": "several wishes on one short resource",
    "joint": "three or more targets that cannot all be met",
    "two-masters": "one body asked for what pulls apart",
    "no-control": "judged on what it can hardly move",
    "judged-by-rival": "recorded by somebody with a stake in it",
    "unowned": "an outcome that nobody has a duty for",
    "perverse": "money for a move that somebody does not want",
    "wrong-pocket": "one pays, another gains",
    "duplicate": "two measures of one thing",
    "cascade": "targets that do not add up from tier to tier",
}
"""What each kind of conflict is, in a few words."""

GROUNDS: Final[Mapping[Ground, str]] = {
    "same": "it is the same figure",
    "part": "it holds the retired one as a part",
    "overlap": "the two share a definition",
    "shows": "progress on the retired one shows in it",
    "speaks": "it speaks for the same outcome",
    "side": "it shows another side of the same thing, which does not count as saying it",
    "sight": "the body sees itself in it, which does not count as saying it",
    "nothing": "nothing says it",
}
"""Why a kept measure stands for a retired one."""

STAGES: Final[Mapping[StageName, str]] = {
    "gaps": "What bodies answer for and nothing kept serves",
    "lost": "What is meant for people and nothing kept says",
    "toll": "Clashes, what goes unsaid and the number of measures, added up",
    "left": "Clashes and what goes unsaid, added up",
    "conflict": "Clashes that are left",
    "burden": "The burden of measuring",
    "price": "Burden and priced clashes, added up",
    "voice": "The most that any body loses of its own say",
    "unsaid": "What is said today and no longer",
    "holders": "Targets on measures that go",
    "first": "Which of sets as good",
}
"""What each stage of the search makes small."""


def grade(severity: float) -> str:
    """A severity as a word with the number behind it.

    >>> grade(0.667)
    'strong (0.67)'
    """
    return f"{severity_word(severity)} ({severity:.2f})"


def bare(reason: str, name: str) -> str:
    """A reason without the name that stands before it already.

    >>> bare("“Beds”: only it serves a duty.", "Beds")
    'Only it serves a duty.'
    """
    rest = reason.removeprefix(f"“{name}”: ")
    return rest[:1].upper() + rest[1:]


def several(words: Iterable[str], empty: str = "none") -> str:
    """Words of a cell, semicolons between.

    >>> several(["a", "b"]), several([])
    ('a; b', 'none')
    """
    return "; ".join(words) or empty


def capped(text: str) -> str:
    """A text as a sentence: a capital first, one full stop last.

    >>> capped("the council pays"), capped("It does.")
    ('The council pays.', 'It does.')
    """
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"
