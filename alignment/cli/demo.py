"""All of it on one example: `alignment demo`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import alignment as al
from alignment.models.options.conflicts import KINDS

from .command import command
from .streams import busy, show

if TYPE_CHECKING:
    from alignment.conflicts.collection import Conflicts
    from alignment.models.answers.conflict import Conflict
    from alignment.models.answers.proposal import Proposal
    from alignment.models.system import System

KINDS_SHOWN: Final = 8
"""How many kinds of conflict the demonstration shows."""

NEXT: Final = """\
What next:
  alignment conflicts london-2018 --touching acute-trust
    all that one agency stands in
  alignment propose london-2018
    the whole answer; --help says what can be asked of it
  alignment convert london-2018 my-place.xlsx
    a workbook to replace with your own place, row by row
  alignment validate my-place.xlsx
    whatever is still wrong in it, cell by cell"""


@command("demo", "alignment demo")
def demo() -> int:
    """Show all of it on London's health and care in 2018."""
    with busy("Reading"):
        system = al.read(al.example("london-2018"))
    with busy("Looking for conflicts"):
        found = al.find_conflicts(system)
    with busy("Looking for an aligned set") as tell:
        proposal = al.propose(system, progress=tell)
    show(told(system, found, proposal))
    return 0


def told(system: System, conflicts: Conflicts, proposal: Proposal) -> str:
    """The whole road over one example."""
    worst = worst_of_each_kind(conflicts)
    parts = [
        f"{system.about.name}\n{system}",
        conflicts.summary(),
        f"The worst of each of {min(KINDS_SHOWN, len(worst))} kinds:",
        *(f"  {conflict.kind}: {conflict.sentence}" for conflict in worst[:KINDS_SHOWN]),
        proposal.headline,
        proposal.figures,
        "Kept:\n" + "\n".join(f"  {row.reason}" for row in proposal.kept),
        "Retired, those that would bring back most conflict:\n" + "\n".join(_retired(proposal)),
        NEXT,
    ]
    return "\n\n".join(parts)


def _retired(proposal: Proposal) -> Iterable[str]:
    worst = sorted(proposal.retired, key=lambda row: (-row.conflict, row.measure))[:5]
    yield from (f"  {row.reason}" for row in worst)
    if len(proposal.retired) > len(worst):
        yield f"  ... and {len(proposal.retired) - len(worst)} more."


def worst_of_each_kind(conflicts: Conflicts) -> list[Conflict]:
    """The worst conflict of each kind, in the order of the kinds."""
    first: dict[str, int] = {}
    for at, finding in enumerate(conflicts.findings):
        first.setdefault(finding.kind, at)
    return [conflicts[first[kind]] for kind in KINDS if kind in first]
