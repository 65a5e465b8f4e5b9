r"""Readiness: whether bodies that share a duty have the five ingredients of joint work (Glendinning).

A joint duty is an outcome, and people, that two agencies or more have a duty for. Of a pair of agencies with
ingredients i, and of a joint duty with pairs P,

.. math:: r(a, b) = \min_i i(a, b), \qquad r(\text{duty}) = \min_{(a, b) \in P} r(a, b)

over what is said: what nobody says is not known, never 0. A conversation could win as many duties as both share, times
1 - r(a, b).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations

from alignment.conflicts.collection import find_conflicts
from alignment.duties import Duties, Duty
from alignment.index import Index
from alignment.models.answers.readiness import INGREDIENTS, Ingredient, JointDuty, PairReadiness, Readiness, Relation
from alignment.models.options.lenses import ReadinessOptions
from alignment.models.system import System
from alignment.models.system.bodies import Agency, Relationship
from alignment.models.system.keys import Keys
from alignment.options.verb import verb

from . import readiness_words as words

Pair = tuple[int, int]
"""Positions of two agencies, the first first."""


@verb(ReadinessOptions)
def readiness(system: System, asked: ReadinessOptions) -> Readiness:
    """Whether bodies that share a duty have what joint work takes: the weakest pair, and its weakest ingredient.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Readiness
        Each joint duty with its weakest pair; each pair with its ingredients, what both share, and what stands between
        them; also where that is conflicts alone. What nobody says is not known, and named.

    Raises
    ------
    OptionError
        An option is out of its range.

    References
    ----------
    Glendinning (2003), Breaking down barriers: integrating health and care services for older people in England, Health
    Policy 65.

    Examples
    --------
    >>> import alignment as al
    >>> made_up = [{"agency_a": "council", "agency_b": "commissioner", "networks": 0.8, "trust": 0.3}]
    >>> found = al.readiness(al.read("winter-pressure").replace(relationships=made_up))
    >>> found.duties[0].outcome, found.duties[0].weakest, found.duties[0].value
    ('staying-well', 'trust', 0.3)
    """
    return _Readiness(system, asked).answer()


class _Readiness:
    def __init__(self, system: System, asked: ReadinessOptions) -> None:
        self.system, self.asked = system, asked
        self.index, self.keys = system.derive(Index), system.derive(Keys)
        self.all = Duties(system, asked.theta, asked.breadth)
        at = self.index.agency_at
        self.said = {_pair(at[row.agency_a], at[row.agency_b]): row for row in system.relationships}

    def answer(self) -> Readiness:
        """The answer."""
        pairs, duties = tuple(self._pairs()), tuple(self._duties())
        return Readiness(
            system=self.system.hash,
            duties=duties,
            pairs=pairs,
            paragraph=words.paragraph(duties, pairs, len(self.all.behind)),
            missing=tuple(words.missing(pairs)),
        )

    @cached_property
    def joint(self) -> Mapping[tuple[str, int], tuple[Duty, ...]]:
        """The duties of each outcome and population that two agencies or more have."""
        found: dict[tuple[str, int], list[Duty]] = defaultdict(list)
        for duty in self.all.behind:
            found[duty.outcome, duty.population].append(duty)
        return {mark: tuple(duties) for mark, duties in sorted(found.items()) if len(duties) > 1}

    @cached_property
    def sharing(self) -> Mapping[Pair, tuple[str, ...]]:
        """The outcomes of the joint duties of every two agencies that have any, one for each duty."""
        found: dict[Pair, list[str]] = defaultdict(list)
        for (outcome, _), duties in self.joint.items():
            for pair in combinations([duty.agency for duty in duties], 2):
                found[_pair(*pair)].append(outcome)
        return {pair: tuple(outcomes) for pair, outcomes in sorted(found.items())}

    @cached_property
    def _between(self) -> Mapping[Pair, Sequence[float]]:
        """The severity of each finding that stands between two agencies."""
        asked = {name: getattr(self.asked, name) for name in ("tolerance", "steps", "decay", "evidence")}
        found: dict[Pair, list[float]] = defaultdict(list)
        for finding in find_conflicts(self.system, **asked).findings:
            for pair in _meeting(finding.parties):
                found[pair].append(finding.severity)
        return found

    def _relation(self, pair: Pair) -> Relation:
        return "belongs" if pair in self._belonging else "line" if pair in self._lines else "partners"

    @cached_property
    def _lines(self) -> frozenset[Pair]:
        """Every two agencies of which one sets targets for the other, or is answered to."""
        targets, at = self.index.targets, self.index.agency_at
        asked = zip(targets.agency.tolist(), targets.deliverer.tolist(), strict=True)
        answers = [(at[row.agency], at[row.answers_to]) for row in self.system.accountability]
        return frozenset(_pair(one, two) for one, two in (*asked, *answers))

    @cached_property
    def _belonging(self) -> frozenset[Pair]:
        """Every two agencies of which one is a partnership of the other, or a committee that answers to it."""
        at = self.index.agency_at
        return frozenset(
            _pair(at[row.agency], at[row.answers_to])
            for row in self.system.accountability
            if row.kind == "partnership"
            or (row.kind in (None, "statutory") and _is_committee(self.index.agencies[at[row.agency]]))
        )

    def _weakest(self, pair: Pair) -> tuple[float, Ingredient] | None:
        """How strong the weakest ingredient of a pair is that somebody speaks of, and which it is."""
        given = _given(self.said.get(pair))
        return min(((value, name) for name, value in given.items()), key=_by_value, default=None)

    def _pairs(self) -> Iterator[PairReadiness]:
        rows = [self._of(pair, self.sharing.get(pair, ())) for pair in sorted({*self.sharing, *self._between})]
        yield from sorted(rows, key=_order)

    def _of(self, pair: Pair, outcomes: Sequence[str]) -> PairReadiness:
        a, b = (self.index.agencies[at] for at in pair)
        row, weakest = self.said.get(pair), self._weakest(pair)
        called = {outcome.id: outcome.name for outcome in self.system.outcomes}
        some = tuple(sorted(set(outcomes)))
        return PairReadiness(
            a=a.id,
            a_name=a.name,
            b=b.id,
            b_name=b.name,
            **{name: None if row is None else getattr(row, name) for name in INGREDIENTS},
            weakest=weakest[1] if weakest else None,
            value=weakest[0] if weakest else None,
            relation=self._relation(pair),
            duties=len(outcomes),
            outcomes=some,
            outcome_names=tuple(called[outcome] for outcome in some),
            conflicts=len(self._between.get(pair, ())),
            conflict_weight=round(sum(self._between.get(pair, ())), 6),
            wanted=round(len(outcomes) * (1 - weakest[0]), 6) if weakest else None,
            rows=() if row is None else (self.keys.key("relationships", row),),
        )

    def _duties(self) -> Iterator[JointDuty]:
        rows = [self._duty(outcome, code, duties) for (outcome, code), duties in self.joint.items()]

        def order(row: JointDuty) -> tuple[bool, float, int, str, str]:
            return row.value is None, row.value or 0.0, -len(row.agencies), row.outcome, row.population or ""

        yield from sorted(rows, key=order)

    def _duty(self, outcome: str, code: int, duties: Sequence[Duty]) -> JointDuty:
        index, population = self.index, self.index.population_ids[code]
        agencies = sorted({duty.agency for duty in duties})
        measures = sorted({measure for duty in duties for measure in self.all.behind[duty]})
        pairs = list(combinations(agencies, 2))
        known = [(weakest, pair) for pair in pairs if (weakest := self._weakest(pair))]
        value, worst = min(known, key=lambda each: (each[0][0], each[1]), default=((None, None), None))
        ends = [index.agencies[at] for at in worst] if worst else []
        return JointDuty(
            outcome=outcome,
            outcome_name=next(row.name for row in self.system.outcomes if row.id == outcome),
            population=population,
            population_name=next((row.name for row in self.system.populations if row.id == population), None),
            agencies=tuple(index.agencies[at].id for at in agencies),
            agency_names=tuple(index.agencies[at].name for at in agencies),
            measures=tuple(index.measures[at].id for at in measures),
            measure_names=tuple(index.measures[at].name for at in measures),
            pairs=len(pairs),
            known=len(known),
            a=ends[0].id if ends else None,
            a_name=ends[0].name if ends else None,
            b=ends[1].id if ends else None,
            b_name=ends[1].name if ends else None,
            weakest=value[1],
            value=value[0],
        )


def _order(row: PairReadiness) -> tuple[bool, float, bool, int, float, str, str]:
    """Whoever could win most first; of whom nothing is known, those who share most, a body and its committee last."""
    unknown = row.wanted is None
    belongs = unknown and row.relation == "belongs"
    return unknown, -(row.wanted or 0.0), belongs, -row.duties, -row.conflict_weight, row.a, row.b


def _meeting(parties: Sequence[frozenset[int]]) -> frozenset[Pair]:
    """Every two agencies that stand in two different parts of a finding."""
    return frozenset(
        _pair(one, two) for left, right in combinations(parties, 2) for one in left for two in right if one != two
    )


def _is_committee(row: Agency) -> bool:
    """Whether a body is a committee, by its kind."""
    return "committee" in (row.kind or "").casefold()


def _pair(one: int, two: int) -> Pair:
    return (one, two) if one < two else (two, one)


def _given(row: Relationship | None) -> dict[Ingredient, float]:
    """The ingredients that somebody speaks of, in order."""
    if row is None:
        return {}
    values: dict[Ingredient, float | None] = {name: getattr(row, name) for name in INGREDIENTS}
    return {name: value for name, value in values.items() if value is not None}


def _by_value(each: tuple[float, Ingredient]) -> float:
    # Of equals min takes the first, which is the first in the order of the table.
    return each[0]
