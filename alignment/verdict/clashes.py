"""The conflicts of a set in words: the search words them, the judge finds them again and compares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from alignment.conflicts.collection import Conflicts, find_conflicts
from alignment.conflicts.residual import RESIDUAL, pushing
from alignment.judge.conflicts import AWAY, Pull
from alignment.models.answers.proposal import Clash
from alignment.models.options.aligned_set import Options
from alignment.models.system import System


def conflicts_of(system: System, options: Options) -> Conflicts:
    """The conflicts that count as residual, as the search has them."""
    return find_conflicts(system, RESIDUAL, options.tolerance, options.steps, options.decay, options.evidence)


def residual(conflicts: Conflicts, kept: Collection[str]) -> list[int]:
    """The positions of the conflicts that a set of measures leaves: by who pushes."""
    index = conflicts.arrays
    ids = [row.id for row in index.measures]
    return [
        at
        for at, finding in enumerate(conflicts.findings)
        if all(ids[measure] in kept for measure in pushing(index, finding))
    ]


def clashes(conflicts: Conflicts, positions: Iterable[int]) -> tuple[Clash, ...]:
    """Conflicts as clashes."""

    def clash(at: int) -> Clash:
        row = conflicts.findings[at]
        measures = [conflicts.arrays.measures[measure] for measure in row.measures]
        return Clash(
            conflict=row.id,
            measures=tuple(each.id for each in measures),
            measure_names=tuple(each.name for each in measures),
            severity=row.severity,
            sentence=conflicts.sentence(at),
        )

    return tuple(clash(at) for at in positions)


def total(conflicts: Conflicts, positions: Iterable[int]) -> float:
    """The sum of severities, exact to six decimals."""
    return round(sum(round(conflicts.findings[at].severity * 1_000_000) for at in positions) / 1_000_000, 6)


def unlike(told: Iterable[Clash], pulls: Mapping[str, Pull]) -> Iterator[str]:
    """Where the conflicts of the search are not those that the judge finds, in words.

    Parameters
    ----------
    told
        The conflicts of the search within a set.
    pulls
        Those of the judge.
    """
    known = {clash.conflict: clash for clash in told}
    yield from (f"{name} is no conflict" for name in known if name not in pulls)
    for name, pull in pulls.items():
        clash = known.get(name)
        if clash is None and pull.sure:
            yield f"{name} is a conflict, and not told"
        if clash is not None and (abs(clash.severity - pull.severity) > AWAY or clash.measures != pull.measures):
            yield f"{name} has severity {pull.severity:g}, not {clash.severity:g}"
