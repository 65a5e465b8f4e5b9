"""What a search can show for a conflict: multipliers and ways in ids, which arithmetic confirms or does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .feasibility import TOLERANCE, Demand, Feasibility, Numbers, Way


@dataclass(frozen=True, eq=False)
class Claim:
    """Why some targets cannot all be met, and how any part of them can.

    Attributes
    ----------
    targets
        Their keys; of those that ask the same, one.
    numbers
        Multipliers of lines that contradict each other.
    ways
        For each target, a way that meets all the others.
    """

    targets: tuple[str, ...]
    numbers: Numbers
    ways: tuple[Way, ...]


class Sets:
    """Sets of targets that are said not to be met together, though any part of each can.

    Parameters
    ----------
    feasibility
        What can be done.
    claims
        What the search can show; what it cannot show is worked out.
    """

    def __init__(self, feasibility: Feasibility, claims: Iterable[Claim] = ()) -> None:
        self.feasibility = feasibility
        self._claims = {self.asked(each.targets): each for each in claims if self.known(each.targets)}
        self._said: dict[frozenset[Demand], str | None] = {}

    def known(self, targets: Iterable[str]) -> bool:
        """Whether all are targets that can be assessed."""
        return all(key in self.feasibility.demands for key in targets)

    def asked(self, targets: Iterable[str]) -> frozenset[Demand]:
        """What targets ask for: those that ask the same of a line are one."""
        return frozenset(self.feasibility.demands[key] for key in targets)

    def objection(self, targets: tuple[str, ...]) -> str | None:
        """What is wrong with a set, in words; nothing where it is as it is said to be."""
        if not self.known(targets):
            return f"not all of {', '.join(targets)} are targets that can be assessed"
        asked = self.asked(targets)
        if len(asked) < len(targets):
            return f"of {', '.join(targets)} some ask the same"
        if asked not in self._said:
            shown = asked in self._claims and self._shown(self._claims[asked])
            self._said[asked] = None if shown else self._wrong(targets)
        return self._said[asked]

    def _shown(self, claim: Claim) -> bool:
        """Whether arithmetic alone confirms a claim."""
        able = self.feasibility
        if len(claim.ways) != len(claim.targets) or not able.contradict(claim.numbers, claim.targets):
            return False
        return all(
            able.keeps(way, [key for key in claim.targets if key != left])
            for left, way in zip(claim.targets, claim.ways, strict=True)
        )

    def _wrong(self, targets: tuple[str, ...]) -> str | None:
        able, told = self.feasibility, ", ".join(targets)
        if able.miss(targets).value <= TOLERANCE / 2:
            return f"{told} can all be met"
        for left in targets:
            if able.miss([key for key in targets if key != left]).bound > 2 * TOLERANCE:
                return f"{told} cannot all be met even without {left}"
        return None
