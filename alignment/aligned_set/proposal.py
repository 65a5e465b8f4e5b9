"""propose: programme, stages, decisions and their reasons; the judge is run on every answer before it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from alignment.conflicts.collection import Conflicts, find_conflicts
from alignment.conflicts.finding import Finding
from alignment.conflicts.themes import themes_of
from alignment.duties import Duties, Duty
from alignment.feasibility.shared_values import shared_values
from alignment.index import Index, group, positions
from alignment.judge import adoption
from alignment.judge.refuse import refuse
from alignment.judge.wishes import barred_objections
from alignment.models.answers.achieve import ConflictingSet
from alignment.models.answers.adoption import SetSize
from alignment.models.answers.check import Verdict
from alignment.models.answers.proposal import (
    DutyRef,
    KeptMeasure,
    LocalMeasure,
    NotJudged,
    Proposal,
    RetiredMeasure,
    StageResult,
    Substitute,
)
from alignment.models.answers.shared_values import SharedValues
from alignment.models.answers.stages import Member, StageName
from alignment.models.answers.themes import Theme
from alignment.models.options.aligned_set import Options
from alignment.models.options.conflicts import Kind
from alignment.models.progress import Progress, quiet
from alignment.models.system import System, count
from alignment.models.system.measures import DIMENSIONS
from alignment.options.verb import verb
from alignment.options.weighing import weighed
from alignment.solver import Clock
from alignment.verdict.check import facts_kept, verdict_of
from alignment.verdict.clashes import conflicts_of
from alignment.wording import names, quoted, upper_first

from .adoption import Adoption, called, ids
from .local_choice import Local, local_choice
from .one_target import OneTargets
from .programme import Programme
from .reasons import Reasoning
from .retirements import NAMED, Retirements
from .search import UNITS, agree, best
from .sizes import sizes_of
from .stages import Answer, Found

UNSETTLED: Final[tuple[Kind, ...]] = ("capacity", "perverse", "wrong-pocket", "no-control")
"""The kinds of conflict that a choice of measures cannot settle."""

MANY: Final = 10
"""How many bodies are named in a note."""

WORST: Final = 5
"""How many quarrels of those kinds are told."""

BARRED: Final = 100
"""How many sets of measures that are found not to go together the judge looks at."""

LEAST: Final = 1.0
"""Seconds that shared values have, however long the search took."""


@verb(Options, "options", "progress")
def propose(system: System, asked: Options, progress: Progress = quiet) -> Proposal:
    """The measures to keep: they serve every duty, say what is said for people, and leave the least conflict.

    In order, each stage holding those before at their proven best: fewest duties left unserved; least lost to people,
    the weight of people's targets that nothing kept says; least toll, which weighs residual conflict, what is left
    unsaid and the number of measures against each other; the smallest largest loss of voice; most live targets on kept
    measures; first by measure id.

    Parameters
    ----------
    system
        The system.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Proposal
        The set, what each measure is kept or retired for, what is left, and the proof of each stage. After the
        time limit, or Ctrl-C, the best set found, marked as not proven.

    Raises
    ------
    OptionError
        An option is out of its range, or options contradict each other.
    NoAlignedSet
        No set of measures meets all wishes.
    SolverTrouble
        The solver failed, or its answer did not survive the judge.

    References
    ----------
    Carrabs, Cerulli, Mansini, Moreschini, Serra (2024), Solving the set covering problem with conflicts on sets.
    Computers and Operations Research 161.

    Examples
    --------
    >>> import alignment as al
    >>> proposal = al.propose(al.read(al.example("winter-pressure")))
    >>> proposal
    <Proposal: 7 measures kept, 1 retired, proven>
    """
    clock = Clock(asked.time_limit)
    progress("programme")
    programme, answer = best(system, asked, clock, progress)
    progress("reasons")
    explanation = _Explanation(system, programme, answer)
    progress("careful, bold and radical")
    proposal = explanation.proposal(sizes_of(system, programme, answer, explanation.verdict, clock))
    counted = weighed(system, asked)
    refuse(adoption.objections(counted, proposal, facts_kept(counted, asked)))
    proposal.explained_by(Reasoning(system, proposal, programme, answer))
    return proposal


class _Explanation:
    def __init__(self, system: System, programme: Programme, answer: Answer) -> None:
        self.system = system
        self.programme = programme
        self.answer = answer
        self.local: Local = local_choice(programme, answer, answer.clock)
        self.index: Index = programme.index
        self._counted = weighed(system, programme.options)
        self.duties: Duties = programme.duties
        self.kept = tuple(programme.candidates[column] for column in sorted(answer.kept))
        self.ids = tuple(self.index.measures[at].id for at in self.kept)
        self.conflicts: Conflicts = conflicts_of(self._counted, programme.options)
        self._going = Retirements(programme, self.kept, self.conflicts)
        self._column = {at: column for column, at in enumerate(programme.candidates)}
        self._refs = [self._reference(duty) for duty in self.duties.weight]
        place = {duty: at for at, duty in enumerate(self.duties.weight)}
        # Duties that measures serve, alike ones together: the measures, and the duties by their place in the order.
        self._rows = [
            (tuple(programme.candidates[column] for column in columns), [place[duty] for duty in duties])
            for columns, duties in programme.served
        ]

    @cached_property
    def verdict(self) -> Verdict:
        """What the judge says of the set, which it does not refuse."""
        verdict = verdict_of(self.system, self.ids, self.programme.options)
        agree(self.answer, verdict)
        return verdict

    def proposal(self, sizes: tuple[SetSize, ...]) -> Proposal:
        """The answer, with the sets that stand beside it."""
        programme = self.programme
        verdict = self.verdict
        barred = () if programme.lazy is None else [row.reason.about for row in programme.lazy.rows[:BARRED]]
        refuse(barred_objections(self._counted, programme.options, barred))
        targeted = sorted(self.index.by_measure)
        today = verdict_of(self.system, [self.index.measures[at].id for at in targeted], programme.options)
        stages = self._stages()
        stopped = self.answer.clock.ending
        proven = all(stage.proven for stage in stages)
        kept = set(self.kept)
        retired = self._retired([at for at in targeted if at not in kept and not self._left_unjudged(at)])
        unused = [row for at, row in enumerate(self.index.measures) if at not in kept.union(targeted)]
        return Proposal(
            system=self.system.hash,
            name=self.system.about.name,
            options=programme.options,
            proven=proven,
            stopped="finished" if proven else stopped,
            stages=stages,
            kept=self._kept(retired),
            retired=retired,
            not_judged=self._not_judged([at for at in targeted if self._left_unjudged(at)]),
            unused=tuple(row.id for row in unused),
            unused_names=tuple(row.name for row in unused),
            gaps=verdict.unserved,
            clashes=verdict.clashes,
            untouched=self._untouched(),
            local=self._local(),
            shared=self._shared,
            voices=verdict.voices,
            adoption=self._adoption.adopters(),
            layers=self._adoption.layers(),
            sizes=sizes,
            before=today.figures,
            after=verdict.figures,
            notes=self._notes(),
        )

    def _stages(self) -> tuple[StageResult, ...]:
        found = [_stage(each) for each in self.answer.stages if each.objective.stage != "measures"]
        counted = next(each for each in self.answer.stages if each.objective.stage == "measures")
        last = StageResult(
            stage="first",
            value=float(counted.value),
            unit="measures, the first set by id",
            bound=counted.bound,
            proven=self.answer.first_proven and counted.proven,
        )
        return (*found, last)

    # Kept

    def _kept(self, retired: Iterable[RetiredMeasure]) -> tuple[KeptMeasure, ...]:
        kept = set(self.kept)
        serves: dict[int, list[int]] = {at: [] for at in self.kept}
        alone: dict[int, list[int]] = {at: [] for at in self.kept}
        for measures, duties in self._rows:
            able = [at for at in measures if at in kept]
            for at in able:
                serves[at] += duties
            if len(able) == 1:
                alone[able[0]] += duties
        balances = self._balances()
        pairs = dict.fromkeys((each.measure, row.measure) for row in retired for each in row.said if each.standing)
        hanging = group((one, self.index.measure_at[two]) for one, two in pairs)
        return tuple(
            self._kept_row(
                at,
                sorted(serves[at]),
                sorted(alone[at]),
                balances.get(at, ()),
                sorted(hanging.get(self.index.measures[at].id, ())),
            )
            for at in self.kept
        )

    def _kept_row(
        self, at: int, serves: Sequence[int], alone: Sequence[int], balances: Sequence[str], hanging: Sequence[int]
    ) -> KeptMeasure:
        row = self.index.measures[at]
        only = [duty for duty in alone if self._only.get(duty) == (at,)]
        return KeptMeasure(
            measure=row.id,
            name=row.name,
            targeted=at in self.index.by_measure,
            serves=self._references(serves),
            alone=self._references(alone),
            only=self._references(only),
            stands_for=ids(self.index, hanging),
            stands_for_names=called(self.index, hanging),
            lapsed=at in self.index.by_measure and not self.index.live[self.index.by_measure[at]].any(),
            holders=self._adoption.holders(at),
            one_target=self._one_targets.of(at),
            balances=tuple(balances),
            member=self._member(at),
            reason=f"{quoted(row.name)}: {self._why_kept(at, serves, alone, balances, only)}.",
        )

    @cached_property
    def _adoption(self) -> Adoption:
        return Adoption(self.programme, self.kept)

    @cached_property
    def _one_targets(self) -> OneTargets:
        left = max(LEAST, self.answer.clock.left)
        return OneTargets(self._counted, self.kept, self.programme.options, self._shared, left)

    @cached_property
    def _in_need(self) -> Sequence[tuple[str, int, frozenset[int]]]:
        """Bodies that need to see themselves in some kept measures: in how many, and those they do."""
        asked, sight = self.programme.options.needs, self.programme.sight
        rows = [(who, self.index.agencies[who]) for who in sorted(self.index.counting)]
        wants = [(who, row.name, asked if row.needs is None else row.needs) for who, row in rows]
        return [(name, number, sight.seen(who).intersection(self.kept)) for who, name, number in wants if number]

    @cached_property
    def _needed(self) -> Mapping[int, Sequence[str]]:
        """For each kept measure, the bodies that need it: they see themselves in no more than they have to."""
        return group((at, name) for name, number, seen in self._in_need if len(seen) <= number for at in sorted(seen))

    @property
    def _lacking(self) -> Sequence[str]:
        """Bodies that see themselves in fewer kept measures than they need, with how many."""
        return [f"{name} ({len(seen)} of {number})" for name, number, seen in self._in_need if len(seen) < number]

    @cached_property
    def _only(self) -> dict[int, tuple[int, ...]]:
        """Every candidate that could serve a duty, by the place of the duty."""
        return {duty: measures for measures, duties in self._rows for duty in duties}

    @cached_property
    def _people(self) -> Mapping[int, Sequence[str]]:
        """For each measure, the bodies that have people's targets on it, by name."""
        voiced = (each for each in self.programme.standings.voiced if each.people)
        return group((each.measure, self.index.agencies[each.agency].name) for each in voiced)

    def _why_kept(
        self,
        at: int,
        serves: Sequence[int],
        alone: Sequence[int],
        balances: Sequence[str],
        only: Sequence[int],
    ) -> str:
        asked, row = self.programme.options, self.index.measures[at]
        if only:
            return f"only it serves {self._in_words(only)}"
        if alone:
            return f"of those kept, only it serves {self._in_words(alone)}"
        if asked.order == "toll" and asked.protect and at in self._people:
            return f"nothing else would say it to {names(list(self._people[at]), NAMED)}"
        why = "kept because another stage would be worse without it"
        if at in self._needed:
            why = f"one of the few in which {names(list(self._needed[at]), NAMED)} can see what they do"
        elif balances:
            pairs = [pair.split("/") for pair in balances]
            why = "only it gives " + names([f"{tier} a measure of {dimension}" for tier, dimension in pairs])
        elif row.id in asked.keep or (asked.keep_statutory and row.statutory):
            why = "kept because that was asked"
        elif serves:
            why = f"serves {self._in_words(serves)}, together with others; without it another stage would be worse"
        return why

    def _in_words(self, duties: Sequence[int]) -> str:
        outcomes = {row.id: row.name for row in self.system.outcomes}
        people = {row.id: row.name for row in self.system.populations}
        every = list(self.duties.weight)
        alike = group(((every[at].outcome, every[at].population), every[at].agency) for at in duties)
        parts: list[str] = []
        for (outcome, population), agencies in alike.items():
            who: list[int] = list(dict.fromkeys(agencies))
            bodies = names([self.index.agencies[at].name for at in who], NAMED)
            whom = self.index.population_ids[int(population)]
            about = f", {people[whom]}" if whom is not None else ""
            parts.append(f"{quoted(outcomes[outcome])}{about} ({bodies})")
        return f"{count(len(duties), 'duty', 'duties')}: {names(parts)}"

    def _balances(self) -> Mapping[int, Sequence[str]]:
        """For each kept measure, the tiers and dimensions that only it balances."""
        index, found = self.index, list[tuple[int, str]]()
        if not self.programme.options.balance:
            return {}
        dimension = {row.id: row.dimension for row in self.system.outcomes}
        for tier in sorted({tier for who in index.counting if (tier := index.agencies[who].tier)}):
            for each in DIMENSIONS:
                able = [
                    at
                    for at in self.kept
                    if index.readable(at, tier) and any(dimension[o] == each for o in self.duties.captured.get(at, ()))
                ]
                if len(able) == 1:
                    found.append((able[0], f"{tier}/{each}"))
        return group(found)

    def _references(self, duties: Iterable[int]) -> tuple[DutyRef, ...]:
        return tuple(self._refs[at] for at in duties)

    def _reference(self, duty: Duty) -> DutyRef:
        return DutyRef(
            agency=self.index.agencies[duty.agency].id,
            outcome=duty.outcome,
            population=self.index.population_ids[duty.population],
        )

    def _member(self, at: int) -> Member:
        return self.answer.members.of(self._column.get(at))

    # Retired

    def _retired(self, retired: Sequence[int]) -> tuple[RetiredMeasure, ...]:
        kept = set(self.kept)
        instead: dict[int, dict[tuple[int, ...], list[int]]] = {at: {} for at in retired}
        for measures, duties in self._rows:
            able = tuple(at for at in measures if at in kept)
            for at in measures:
                if at in instead:
                    instead[at].setdefault(able, []).extend(duties)
        return tuple(self._retired_row(at, instead[at]) for at in retired)

    def _not_judged(self, unknown: Sequence[int]) -> tuple[NotJudged, ...]:
        rows = [self.index.measures[at] for at in unknown]
        return tuple(
            NotJudged(
                measure=row.id,
                name=row.name,
                statutory=bool(row.statutory),
                reason=f"{quoted(row.name)}: not judged, as no outcome of it is known.",
            )
            for row in rows
        )

    def _retired_row(self, at: int, instead: Mapping[tuple[int, ...], Sequence[int]]) -> RetiredMeasure:
        row = self.index.measures[at]
        brought, conflict = self._going.brought_back(at)
        cannot = self._cannot.get(at)
        substitutes = tuple(
            Substitute(
                duties=self._references(sorted(duties)),
                measures=tuple(self.index.measures[each].id for each in able),
            )
            for able, duties in sorted(instead.items())
        )
        said = self._going.said(at)
        return RetiredMeasure(
            measure=row.id,
            name=row.name,
            statutory=bool(row.statutory),
            argued=bool(said) and all(each.said for each in said),
            given=sum(not self.index.targets.rows[at].revealed for at in positions(self.index.by_measure[at])),
            inferred=sum(bool(self.index.targets.rows[at].revealed) for at in positions(self.index.by_measure[at])),
            ceiling=self._going.ceiling(at),
            said=said,
            instead=substitutes,
            brings_back=brought,
            conflict=conflict,
            cannot=cannot,
            member=self._member(at),
            burden=(1.0 if row.cost is None else row.cost) + self._unpaid.get(row.collection or "", 0.0),
            reason=self._going.reason(at, said, brought, conflict, weighed=self._weighed) + _said(cannot),
        )

    @property
    def _weighed(self) -> bool:
        """Whether what measures are worth has decided."""
        asked = self.programme.options
        return asked.order == "toll" and asked.price is None

    @cached_property
    def _cannot(self) -> Mapping[int, ConflictingSet]:
        """For retired measures, targets that could not all be met were one of them kept as well."""
        lazy, kept = self.programme.lazy, set(self.kept)
        outside = [at for at in self.index.by_measure if at not in kept]
        return {} if lazy is None else lazy.why_not(kept, outside, self.answer.clock)

    @cached_property
    def _unpaid(self) -> dict[str, float]:
        """What the collections cost that neither the law nor a kept measure needs."""
        paid = {row.collection for row in self.index.measures if row.statutory}
        paid |= {self.index.measures[at].collection for at in self.kept}
        return {row.id: row.cost for row in self.system.collections if row.id not in paid and row.cost}

    @cached_property
    def _shared(self) -> SharedValues | None:
        """The values that the targets on the set could share, where they have to be able to be met."""
        asked, left = self.programme.options, max(LEAST, self.answer.clock.left)
        if not asked.achievable:
            return None
        found = shared_values(
            self._counted, self.ids, steps=asked.steps, decay=asked.decay, evidence=asked.evidence, time_limit=left
        )
        # The seconds left are no part of what was asked: the same question has the same answer.
        return found.recorded(None)

    def _untouched(self) -> tuple[Theme, ...]:
        """The worst quarrels that no choice of measures settles: dropping a measure leaves its reasons."""
        asked = self.programme.options
        found = find_conflicts(self._counted, UNSETTLED, asked.tolerance, asked.steps, asked.decay, asked.evidence)
        return themes_of(found.only([each.id for each in found.findings if self._stands(each)]))[:WORST]

    def _stands(self, finding: Finding) -> bool:
        """Whether the wishes of a finding are on kept measures still; two at least, where they compete."""
        wished = {side.measure for side in finding.sides}
        left = wished.intersection(self.kept)
        return len(left) >= 2 if finding.kind == "capacity" else left == wished

    # Local choice

    def _local(self) -> tuple[LocalMeasure, ...]:
        return tuple(self._local_row(who, at) for who, at in self.local.chosen)

    def _local_row(self, who: int, at: int) -> LocalMeasure:
        agency, measure = self.index.agencies[who], self.index.measures[at]
        wanted = [row for row in self._counted.targets if (row.agency, row.measure) == (agency.id, measure.id)]
        weight = round(sum(1.0 if row.weight is None else row.weight for row in wanted), 6)
        said = f"{upper_first(agency.name)} may go on with {quoted(measure.name)}: it adds no conflict."
        return LocalMeasure(
            agency=agency.id,
            agency_name=agency.name,
            measure=measure.id,
            name=measure.name,
            weight=weight,
            sentence=said,
        )

    # Notes

    def _notes(self) -> tuple[str, ...]:
        costs = [row.cost is not None for row in self.index.measures]
        found: list[str] = []
        if any(costs) and not all(costs):
            without = len(costs) - sum(costs)
            found.append(f"Burden adds the cost of {sum(costs)} measures and 1 for each of the {without} without one.")
        unknown = [row.name for at, row in enumerate(self.index.measures) if self._left_unjudged(at)]
        if unknown:
            wanted = count(len(unknown), "measure is", "measures are")
            found.append(
                f"{wanted} not judged, as no outcome is known: the column outcome of measures, or rows of captures, "
                f"would tell. {names([quoted(name) for name in unknown])}."
            )
        statutory = self._names_of_retired_statutory()
        if statutory:
            how_many = count(len(statutory), "retired measure", "retired measures")
            named = names([quoted(name) for name in statutory])
            found.append(f"{how_many} must still be reported by law, but nobody is judged on them: {named}.")
        if self._lacking:
            found.append(f"Fewer kept measures than they need are seen by {names(self._lacking, MANY)}.")
        if not all(each.proven for each in self.answer.stages):
            found.append("The search ended before every stage was proven: a better set may exist.")
        if not self.local.proven:
            found.append("The search for local choices ended before it was proven: agencies may be able to keep more.")
        return tuple(found)

    def _names_of_retired_statutory(self) -> list[str]:
        kept = set(self.kept)
        return [
            row.name
            for at, row in enumerate(self.index.measures)
            if row.statutory and at in self.index.by_measure and at not in kept and not self._left_unjudged(at)
        ]

    def _left_unjudged(self, at: int) -> bool:
        """Whether a measure with targets is neither kept nor retired, as no outcome of it is known."""
        return at in self.index.by_measure and not self.index.validity[at] and at not in self.kept


def _said(cannot: ConflictingSet | None) -> str:
    return "" if cannot is None else f" Kept as well, not all targets could be met: {cannot.sentence}"


def _stage(found: Found) -> StageResult:
    objective = found.objective
    stage: StageName = "first" if objective.stage == "measures" else objective.stage
    return StageResult(
        stage=stage,
        value=round(float(found.value * objective.unit), 9),
        unit=UNITS[objective.stage],
        bound=round(found.bound * float(objective.unit), 9),
        proven=found.proven,
    )
