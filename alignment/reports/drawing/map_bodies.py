"""Who is on the map: bodies that set targets or stand in a conflict, many alike as one where there are too many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from alignment.conflicts.naming import called
from alignment.index import Index
from alignment.models.system.bodies import Agency

from .letters import plain

MOST_BODIES: Final = 45
"""Where there are more, those of one tier and kind are one."""


@dataclass(frozen=True)
class Body:
    """A body on the map, or many alike.

    Attributes
    ----------
    agencies
        Their ids.
    name
        What people call it.
    tier
        The tier it stands on, by id.
    level
        How far that is from where accountability ends.
    """

    agencies: tuple[str, ...]
    name: str
    tier: str | None
    level: float


def bodies_of(index: Index, shown: Iterable[int]) -> list[Body]:
    """Bodies from the top tier down, then by name.

    Parameters
    ----------
    index
        The system as arrays.
    shown
        The positions of the agencies that are to be seen.
    """
    ways: tuple[Callable[[Agency], str | None], ...] = (_itself, lambda row: row.kind or row.sector, lambda _row: None)
    tried = [_grouped(index, sorted(shown), way) for way in ways]
    groups = next((groups for groups in tried if len(groups) <= MOST_BODIES), tried[-1])
    found = [_body(index, tier, word, group) for (tier, word), group in groups.items()]
    return sorted(found, key=lambda body: (body.level, body.tier or "", body.name, body.agencies))


def _grouped(
    index: Index, shown: Iterable[int], way: Callable[[Agency], str | None]
) -> dict[tuple[str | None, str | None], list[int]]:
    """Agencies that are one on the map, by tier and what else they have in common."""
    groups: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for at in shown:
        groups[index.agencies[at].tier, way(index.agencies[at])].append(at)
    return groups


def _itself(row: Agency) -> str:
    return row.id


def _body(index: Index, tier: str | None, word: str | None, group: list[int]) -> Body:
    row = index.tiers.get(tier or "")
    if len(group) == 1:
        name = plain(called(index, group[0]))
    else:
        name = f"{word or (row.name if row else 'Bodies')} ({len(group):,} bodies)"
    ids = tuple(index.agencies[at].id for at in group)
    return Body(ids, name, tier, row.level if row else float("inf"))
