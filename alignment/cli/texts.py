"""Answers in words, for those that have no text of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from alignment.models.answers.html import table
from alignment.models.numbers import count
from alignment.models.options.conflicts import KINDS

if TYPE_CHECKING:
    import pandas as pd

    from alignment.conflicts.collection import Conflicts
    from alignment.models.answers.conflict import Conflict
    from alignment.models.answers.proposal import Proposal
    from alignment.models.faults import Fault
    from alignment.models.system import System

CONGRUITY: Final = "-1 against what is good for people, +1 with it"

SHOWN: Final = 20
"""How many rows a list shows unless asked for more."""

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


def faults(found: Sequence[Fault], path: str) -> str:
    """Everything wrong with an input: where, what, and the remedy."""
    head = f"{count(len(found), 'fault', 'faults')} in {path}:"
    return "\n".join([head, *(line for fault in found for line in _fault(fault))])


def _fault(fault: Fault) -> Iterator[str]:
    yield ""
    yield fault.where
    yield f"    {fault.what}."
    yield f"    {fault.remedy}" + ("" if fault.remedy[-1:] in ".?!" else ".")


def fault_frame(found: Sequence[Fault]) -> pd.DataFrame:
    """A row for each fault.

    ``where``, ``what``, ``remedy``, ``place``, ``row`` (its number there), ``column``, ``cell``, ``table``, ``key``
    (the row's in the table).
    """
    import pandas as pd

    names = ["where", "what", "remedy", "place", "row", "column", "cell", "table", "key"]
    rows = [[getattr(fault, name) for name in names] for fault in found]
    return pd.DataFrame(rows, columns=names).astype({"row": "Int64"})


def fault_document(found: Sequence[Fault]) -> str:
    """Faults as JSON."""
    return json.dumps({"faults": [fault.model_dump(mode="json") for fault in found]}, indent=2, ensure_ascii=False)


def fault_csv(found: Sequence[Fault]) -> str:
    """Faults as CSV."""
    return fault_frame(found).to_csv(index=False, lineterminator="\n")


def fault_page(found: Sequence[Fault]) -> str:
    """Faults as HTML."""
    return table(fault_frame(found))


def demo(system: System, conflicts: Conflicts, proposal: Proposal) -> str:
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
