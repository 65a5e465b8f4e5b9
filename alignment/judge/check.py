"""check: what a set of measures serves, leaves in conflict, costs and silences, from the system alone.

Duties, conflicts, burden, voice, balance and whether targets can all be met are worked out again, word by word. Only
the sentences of conflicts and the figures of alignment and congruity, which nothing is proved of, are those of others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from alignment.errors import UnknownWord
from alignment.helping import alignment, congruity
from alignment.models.options import Options
from alignment.models.proposal import Clash, Gap, Standing, Verdict, VoiceChange
from alignment.models.system import System
from alignment.options import options_of, weighed

from .clashes import clashes, conflicts_of, residual, unlike
from .conflicts import Pulls
from .duties import Facts, facts_of, gaps_of
from .refuse import refuse
from .standing import burden_of, change_of, unbalanced, voices_of
from .wishes import broken_of


def check(system: System, measures: Iterable[str], options: Options | None = None, **wishes: Any) -> Verdict:
    """What a set of measures serves, leaves in conflict, costs and silences.

    Parameters
    ----------
    system
        The system.
    measures
        Ids of the measures people would be judged on.
    options
        What is asked of the set; or give its fields as keywords.
    **wishes
        Fields of `alignment.models.Options`.

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
    >>> verdict.standing.measures, verdict.aligned
    (2, False)
    """
    asked = options_of(system, options, wishes)
    given, system = system, weighed(system, asked)
    facts = facts_of(system, asked)
    kept = frozenset(measures)
    for word in sorted(kept):
        if word not in facts.measures:
            raise UnknownWord(word, facts.measures, "a measure")
    told = _told(system, asked, kept)
    voices = voices_of(system, facts, kept)
    gaps = gaps_of(facts, kept)
    missing = unbalanced(system, facts, kept)
    return Verdict(
        system=given.hash,
        options=asked,
        measures=tuple(sorted(kept)),
        standing=_standing(system, facts, kept, gaps, voices, told),
        unserved=gaps,
        unbalanced=missing,
        clashes=told,
        voices=voices,
        broken=broken_of(system, facts, kept, gaps, missing, voices),
    )


def _told(system: System, options: Options, kept: Collection[str]) -> tuple[Clash, ...]:
    """The conflicts within a set, where the search and the judge agree on them."""
    conflicts = conflicts_of(system, options)
    told = clashes(conflicts, residual(conflicts, kept))
    pulls = Pulls(system, kept, options.tolerance, options.steps, options.decay)
    refuse(unlike(told, pulls.found()))
    return told


def _standing(
    system: System,
    facts: Facts,
    kept: Collection[str],
    gaps: Collection[Gap],
    voices: Iterable[VoiceChange],
    told: Collection[Clash],
) -> Standing:
    """A set in figures."""
    steps, decay = facts.options.steps, facts.options.decay
    return Standing(
        measures=len(kept),
        served=len(facts.weight) - len(gaps),
        gaps=len(gaps),
        gap_weight=round(sum(gap.weight for gap in gaps), 6),
        burden=burden_of(system, kept),
        conflict=round(sum(round(clash.severity * 1_000_000) for clash in told) / 1_000_000, 6),
        conflicts=len(told),
        largest_loss=max((voice.loss for voice in voices), default=0.0),
        change=change_of(system, kept),
        alignment=alignment(system, measures=kept, steps=steps, decay=decay).value,
        congruity=congruity(system, measures=kept, steps=steps, decay=decay).reach,
    )
