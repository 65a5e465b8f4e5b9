"""All of it on one example: `alignment demo`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import alignment as al

from .command import command
from .streams import busy, show, width

if TYPE_CHECKING:
    from alignment.models.answers.proposal import Proposal
    from alignment.models.answers.themes import Theme
    from alignment.models.system import System

QUARRELS: Final = 5
"""How many quarrels the demonstration shows."""

NEXT: Final = """\
What next:
  alignment themes london-2018
    all the quarrels, with what each rests on; agenda says whom to bring together
  alignment why london-2018 smoking
    why a measure is kept or not, and who would gain and lose without it
  alignment propose england-2026
    the same of England today, 105 measures
  alignment new my-place.xlsx
    a workbook to fill in with your own place: what to fill first stands in it
  alignment validate my-place.xlsx
    whatever is still wrong in it, cell by cell"""


@command("demo", "alignment demo")
def demo() -> int:
    """Show all of it on London's health and care in 2018."""
    with busy("Reading"):
        system = al.read(al.example("london-2018"))
    with busy("Looking for conflicts"):
        found = al.themes(system)
    with busy("Looking for an aligned set") as tell:
        proposal = al.propose(system, progress=tell)
    show(told(system, found.headline(), found.themes, proposal))
    return 0


def told(system: System, headline: str, themes: tuple[Theme, ...], proposal: Proposal) -> str:
    """The whole road over one example."""
    parts = [
        f"{system.about.name}\n{system}",
        f"{headline}. The worst of them:",
        *(f"{at}. {theme.name}\n   {theme.sentence}" for at, theme in enumerate(themes[:QUARRELS], start=1)),
        proposal.to_text(width()),
        NEXT,
    ]
    return "\n\n".join(parts)
