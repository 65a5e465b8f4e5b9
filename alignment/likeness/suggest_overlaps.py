"""Which measures are probably one thing under two names, or two things under one, and nobody has said so yet."""

from __future__ import annotations

from collections.abc import Iterator

from alignment.index import Index
from alignment.models.answers.suggest_overlaps import OverlapSuggestions, SuggestedOverlap
from alignment.models.options.likeness import OverlapOptions
from alignment.models.system import System
from alignment.options.verb import verb

from .measures import Measures, Two


@verb(OverlapOptions)
def suggest_overlaps(system: System, asked: OverlapOptions) -> OverlapSuggestions:
    """Pairs of measures that are probably one thing under two names, of which no row of overlaps speaks yet.

    Words, ages, times, numbers, units, people and definitions are compared as what they are. Nothing is changed:
    `OverlapSuggestions.accept` makes a system with rows for the pairs that somebody chose.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    OverlapSuggestions
        The pairs, the most alike first, each with its kind where that can be told, its score and the reason; and apart,
        the pairs that bear one name with two meanings.

    References
    ----------
    Spärck Jones (1972), A statistical interpretation of term specificity. Cohen, Ravikumar and Fienberg (2003), A
    comparison of string distance metrics for name-matching tasks: the soft cosine.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(
    ...     {
    ...         "agencies": [{"id": "trust", "name": "Trust"}],
    ...         "measures": [
    ...             {"id": "ae-4h", "name": "A&E waits under four hours"},
    ...             {"id": "ed-4h", "name": "Emergency department: waits of up to 4 hours"},
    ...             {"id": "ae-12h", "name": "A&E waits under 12 hours"},
    ...         ],
    ...         "targets": [],
    ...     }
    ... )
    >>> found = al.suggest_overlaps(system, least=0.5)
    >>> [(row.measure_a, row.measure_b, row.kind, row.score) for row in found.pairs]
    [('ae-4h', 'ed-4h', 'same', 1.0), ('ae-12h', 'ae-4h', None, 0.5), ('ae-12h', 'ed-4h', None, 0.5)]
    >>> found.pairs[1].reason
    'same words, but under 12 hours and under 4 hours'
    """
    measures = Measures(system.derive(Index))
    found = [(two.told(), bool(two.two_meanings)) for two in _unspoken(system, measures)]
    return OverlapSuggestions(
        system=system.hash,
        least=asked.least,
        pairs=_ordered(row for row, meanings in found if row.score >= asked.least and not meanings),
        meanings=_ordered(row for row, meanings in found if meanings),
    )


def _unspoken(system: System, measures: Measures) -> Iterator[Two]:
    """The near pairs of which no row of overlaps speaks."""
    spoken = {frozenset((row.measure_a, row.measure_b)) for row in system.overlaps}
    for one, two in measures.near():
        if frozenset((measures.rows[one].id, measures.rows[two].id)) not in spoken:
            yield Two(measures, one, two)


def _ordered(rows: Iterator[SuggestedOverlap]) -> tuple[SuggestedOverlap, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.score, row.measure_a, row.measure_b)))
