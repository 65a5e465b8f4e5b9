"""check: what a set of measures serves, leaves in conflict, costs and silences, from the system alone.

Duties, conflicts, burden, voice, balance and whether targets can all be met are worked out again, word by word. Only
the sentences of conflicts and the figures of alignment and congruity, which nothing is proved of, are those of others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from alignment.effects.alignment import value_of
from alignment.effects.congruity import congruity_of
from alignment.judge.conflicts import Pulls
from alignment.judge.duties import Facts, facts_of, gaps_of
from alignment.judge.figures import burden_of, unbalanced, voices_of
from alignment.judge.refuse import refuse
from alignment.judge.standing import WHOLE, Saying
from alignment.judge.wishes import broken_of
from alignment.models.answers.check import Verdict
from alignment.models.answers.proposal import Clash, Gap, SetFigures, VoiceChange
from alignment.models.memory import Memory
from alignment.models.options.aligned_set import CheckOptions, Options
from alignment.models.system import System
from alignment.options.verb import verb
from alignment.options.weighing import weighed

from .clashes import clashes, conflicts_of, residual, unlike


@verb(CheckOptions, "measures", "options")
def check(system: System, asked: CheckOptions) -> Verdict:
    """What a set of measures serves, leaves in conflict, costs and silences.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Verdict
        Recomputed from the system alone.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.
    SolverTrouble
        The conflicts of the library are not those of the judge.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> verdict = al.check(system, ["delayed-discharges", "patient-experience"])
    >>> verdict.figures.measures, verdict.aligned
    (2, False)
    """
    return verdict_of(system, asked.measures, asked.of_set)


def verdict_of(system: System, measures: Iterable[str], asked: Options) -> Verdict:
    """What a set of known measures serves, leaves in conflict, costs and silences.

    Parameters
    ----------
    system
        The system.
    measures
        Their ids.
    asked
        What is asked of the set.
    """
    given, system = system, weighed(system, asked)
    facts = facts_kept(system, asked)
    kept = frozenset(measures)
    pulls = Pulls(system, kept, asked.tolerance, asked.steps, asked.decay, asked.evidence)
    told = _told(system, asked, kept, pulls)
    saying = Saying(system, facts, pulls.guards)
    voices = voices_of(system, facts, kept)
    gaps = gaps_of(facts, kept)
    missing = unbalanced(system, facts, kept)
    return Verdict(
        system=given.hash,
        options=asked,
        measures=tuple(sorted(kept)),
        figures=_figures(system, facts, kept, saying, gaps, voices, told),
        unserved=gaps,
        unbalanced=missing,
        clashes=told,
        voices=voices,
        broken=broken_of(system, facts, kept, gaps, missing, voices),
    )


MOST_FACTS: Final = 2
"""For how many options the facts are kept with a system."""


def facts_kept(system: System, asked: Options) -> Facts:
    """The facts of a system: several sets are judged by the same, whatever they were searched for by."""
    mark = (
        asked.theta,
        asked.breadth,
        *(asked.steps, asked.decay, asked.evidence),
        asked.tolerance,
        asked.ground,
        asked.sight,
    )
    facts = system.derive(_facts_so_far).get(mark, lambda: facts_of(system, asked))
    return replace(facts, options=asked)


def _facts_so_far(_: System) -> Memory[Facts]:
    """The facts asked for last."""
    return Memory[Facts](MOST_FACTS)


def _told(system: System, options: Options, kept: Collection[str], pulls: Pulls) -> tuple[Clash, ...]:
    """The conflicts within a set, where the search and the judge agree on them."""
    conflicts = conflicts_of(system, options)
    told = clashes(conflicts, residual(conflicts, kept))
    refuse(unlike(told, pulls.found()))
    return told


def _figures(
    system: System,
    facts: Facts,
    kept: Collection[str],
    saying: Saying,
    gaps: Collection[Gap],
    voices: Iterable[VoiceChange],
    told: Collection[Clash],
) -> SetFigures:
    """A set in figures."""
    walks = facts.options.steps, facts.options.decay, facts.options.evidence
    conflict, unsaid = sum(round(clash.severity * WHOLE) for clash in told), saying.unsaid(kept)
    return SetFigures(
        measures=len(kept),
        served=len(facts.weight) - len(gaps),
        gaps=len(gaps),
        gap_weight=round(sum(gap.weight for gap in gaps), 6),
        burden=burden_of(system, kept),
        conflict=round(conflict / WHOLE, 6),
        conflicts=len(told),
        largest_loss=max((voice.loss for voice in voices), default=0.0),
        lost=saying.lost(kept) / WHOLE,
        unsaid=unsaid / WHOLE,
        toll=(conflict + unsaid + saying.paid(kept)) / WHOLE,
        dropped=saying.dropped(kept),
        missing=saying.missing(kept),
        alignment=value_of(system, kept, *walks),
        congruity=congruity_of(system, kept, *walks).reach,
    )
