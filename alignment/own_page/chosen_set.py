"""What a set of measures means for one organisation: what it keeps, takes on, gives up, and what says that instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alignment.aligned_set.adoption import Adoption
from alignment.aligned_set.one_target import OneTargets
from alignment.aligned_set.programme import build
from alignment.aligned_set.proposal import propose
from alignment.aligned_set.retirements import Retirements
from alignment.conflicts.finding import Finding
from alignment.errors import UnknownWord
from alignment.index import Index, group
from alignment.models.answers.adoption import Adopter, OneTarget
from alignment.models.answers.answer import Stop
from alignment.models.answers.proposal import Clash, SaidTo, VoiceChange
from alignment.models.options.aligned_set import Options
from alignment.models.progress import Progress
from alignment.models.system import System
from alignment.options.weighing import weighed
from alignment.verdict.check import verdict_of
from alignment.verdict.clashes import conflicts_of

SECONDS: Final = 5.0
"""How long to look for values that all could share, where a set is given. Unit: seconds."""


@dataclass(frozen=True)
class Harm:
    """What an organisation's wish for a measure does to another, against a wish."""

    way: int
    name: str
    pushed: int


@dataclass(frozen=True)
class Found:
    """A set, however it came about, as one organisation sees it."""

    measures: tuple[str, ...]
    adopter: Adopter | None
    said: Mapping[str, SaidTo]
    against: Mapping[str, tuple[Harm, ...]]
    targets: Mapping[str, OneTarget | None]
    voices: Sequence[VoiceChange]
    clashes: frozenset[str]
    stopped: Stop


def proposed_set(system: System, index: Index, options: Options, who: int, progress: Progress) -> Found:
    """The proposed set as one organisation sees it."""
    found, agency = propose(system, options, progress), index.agencies[who].id
    return Found(
        measures=found.measures,
        adopter=next((row for row in found.adoption if row.agency == agency), None),
        said={row.measure: each for row in found.retired for each in row.said if each.agency == agency},
        against=_against(index, who, {row.measure: row.brings_back for row in found.retired}, options),
        targets={row.measure: row.one_target for row in found.kept},
        voices=found.voices,
        clashes=frozenset(clash.conflict for clash in found.clashes),
        stopped=found.stopped,
    )


def given_set(system: System, options: Options, measures: Sequence[str], who: int) -> Found:
    """A set that is given as one organisation sees it."""
    counted = weighed(system, options)
    index = counted.derive(Index)
    for word in measures:
        if word not in index.measure_at:
            raise UnknownWord(word, index.measure_at, "a measure")
    kept = frozenset(index.measure_at[word] for word in measures)
    # Whatever is asked of a set, one that is given is told of as it is.
    programme = build(counted, options.model_copy(update={"keep": (), "drop": ()}))
    agency, going = index.agencies[who].id, Retirements(programme, kept, conflicts_of(counted, options))
    verdict = verdict_of(system, measures, options)
    targets = OneTargets(counted, kept, options, None, SECONDS)
    gone = [at for at in index.by_measure if at not in kept]
    return Found(
        measures=verdict.measures,
        adopter=next((row for row in Adoption(programme, kept).adopters() if row.agency == agency), None),
        said={index.measures[at].id: each for at in gone for each in going.said(at) if each.agency == agency},
        against=_against(index, who, {index.measures[at].id: going.brought_back(at)[0] for at in gone}, options),
        targets={index.measures[at].id: targets.of(at) for at in kept},
        voices=verdict.voices,
        clashes=frozenset(clash.conflict for clash in verdict.clashes),
        stopped="finished",
    )


def _against(
    index: Index, who: int, back: Mapping[str, Sequence[Clash]], options: Options
) -> Mapping[str, tuple[Harm, ...]]:
    """For each measure that goes, what it would push against a wish, moved the way an organisation wants it."""
    found = {each.id: each for each in conflicts_of(index.system, options).findings}
    harms = [
        (measure, _harm(index, found[clash.conflict]))
        for measure, clashes in back.items()
        for clash in clashes
        if _pushes(found[clash.conflict], index.measure_at[measure], who)
    ]
    return {measure: tuple(dict.fromkeys(some)) for measure, some in group(harms).items()}


def _harm(index: Index, finding: Finding) -> Harm:
    wish = finding.sides[0].wish
    pushed = wish if (finding.effect or 0.0) > 0 else -wish
    return Harm(way=wish, name=index.measures[finding.measures[-1]].name, pushed=pushed)


def _pushes(finding: Finding, measure: int, who: int) -> bool:
    """Whether an organisation is among those who would push one measure, to the harm of another."""
    return len(finding.measures) > 1 and finding.measures[0] == measure and who in finding.sides[0].agencies
