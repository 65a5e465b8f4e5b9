"""The verbs that other programs can ask for: one table, from which the API makes its routes and their documentation.

To expose the next verb, write the types of its options and its answer (where the library has none yet), and a row in
`VERBS`.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal

from pydantic import Field

import alignment as al
from alignment.models.answers.achieve import Achievement
from alignment.models.answers.alignment import AgencyCongruity, AlignmentTable, Pull
from alignment.models.answers.alternatives import Alternatives
from alignment.models.answers.camps import CampRelation, CampSplit
from alignment.models.answers.certainty import Certainty
from alignment.models.answers.check import Verdict
from alignment.models.answers.conflict import Kind
from alignment.models.answers.conflicts import ConflictList
from alignment.models.answers.effort import EffortNeeded
from alignment.models.answers.frontier import Frontier
from alignment.models.answers.joint import JointConflicts
from alignment.models.answers.mactor import (
    MactorActor,
    MactorEvidence,
    MactorImplication,
    MactorMatrices,
    MactorPair,
    MactorPosition,
)
from alignment.models.answers.proposal import Proposal
from alignment.models.answers.reasons import Reasons
from alignment.models.answers.repair import Repair
from alignment.models.answers.shared_values import SharedValues
from alignment.models.answers.validate import Summary
from alignment.models.answers.voices import Voices
from alignment.models.answers.what_if import WhatIf
from alignment.models.fields import Noun
from alignment.models.options.aligned_set import Ids, Options
from alignment.models.options.changes import Change
from alignment.models.options.defaults import DRAWS, LIMIT, POINTS
from alignment.models.system import TABLES, System


class NoOptions(Noun):
    """Nothing can be asked for."""


class Walks(Noun):
    """How far influences are followed."""

    steps: Annotated[int, Field(ge=0)] = 2
    """The longest walk of influences that counts; 0 is all. Unit: influences."""
    decay: Annotated[float, Field(gt=0, le=1)] = 0.5
    """What each further influence of a walk is multiplied by. Above 0 to 1."""


class ConflictOptions(Walks):
    """What is asked of the conflicts of a system."""

    kinds: tuple[Kind, ...] | None = None
    """Which kinds to look for; blank is all."""
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.2
    """Net effects up to this are no conflict. Unit: steps per step."""


class AlignmentOptions(Walks):
    """What is asked of who helps and who hinders whom."""

    by: Literal["agency", "tier", "sector"] | None = None
    """What to group agencies by; blank is the whole system as one group."""
    measures: Ids | None = None
    """Only targets on these measures count, by id; blank is all."""


class MactorOptions(Noun):
    """What is asked of MACTOR's matrices."""

    diagonal: Literal["in", "out"] = "in"
    """Whether influence and dependence count what comes back to the actor itself."""


class CampOptions(Walks):
    """What is asked of a split into camps."""

    k: Annotated[int, Field(ge=1)] = 2
    """The most camps."""
    by: Literal["agency", "tier", "sector"] = "agency"
    """What to split."""
    count: Literal["relations", "effects"] = "relations"
    """Whether each relation counts 1, or by how far help and hinder are apart."""
    time_limit: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 60.0
    """How long to search; after that the best split found is given, marked as unproven. Unit: seconds."""
    solver: Literal["highs", "cbc", "race"] = "highs"
    """Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins."""


class MoveOptions(Walks):
    """What agencies can do, and how long to search."""

    effort: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    """What agencies can spend that have no effort of their own. Unit: steps; blank is no limit."""
    reach: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 10.0
    """How far an agency can push a measure. Unit: steps."""
    time_limit: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 60.0
    """How long to search; after that, what is known is given, marked. Unit: seconds."""


class JointOptions(MoveOptions):
    """What is asked of minimal conflicting sets."""

    limit: Annotated[int, Field(ge=1, le=10_000)] = 1000
    """How many sets to list at most."""
    every: bool = False
    """Whether to look for all of them, not only for those that prove the smallest repair."""


class RepairOptions(MoveOptions):
    """What is asked of the smallest repair."""

    every: bool = False
    """Whether to look for all repairs of the least weight."""
    limit: Annotated[int, Field(ge=1, le=10_000)] = 100
    """How many of them to list at most."""


class EffortOptions(Walks):
    """What is asked of the effort that is needed."""

    by_power: bool = False
    """Whether an agency may spend in proportion to its power."""
    curve: Annotated[int, Field(ge=0, le=100)] = 0
    """At how many levels of effort to tell how much can be met; 0 is none."""
    reach: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 10.0
    """How far an agency can push a measure. Unit: steps."""
    time_limit: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 60.0
    """How long to search; after that, what is known is given, marked. Unit: seconds."""


class SharingOptions(MoveOptions):
    """What is asked of shared values."""

    measures: Ids | None = None
    """Only targets on these measures, by id; blank is all."""
    lexicographic: bool = False
    """Whether, after the largest concession, the next largest is made as small as possible, and so on."""
    power: dict[str, Annotated[float, Field(gt=0, allow_inf_nan=False)]] | None = None
    """The power of agencies, by id, instead of that in the table."""


class CheckOptions(Options):
    """A set of measures, and what is asked of it."""

    measures: Ids
    """The measures that people would be judged on, by id."""


class ReasonOptions(Options):
    """Which measures to explain, and what is asked of the set."""

    measures: Ids | None = None
    """The measures to explain, by id; blank is all."""


class AlternativeOptions(Options):
    """How good other sets have to be, and what is asked of them."""

    within: Annotated[float, Field(ge=0, le=1)] = 0.0
    """By what share conflict and burden may be worse than the best; 0 is as good in every stage. 0 to 1."""
    limit: Annotated[int, Field(ge=1, le=1000)] = LIMIT
    """How many sets to look for."""


class VoiceOptions(Options):
    """A set of measures, or what is asked of one, and whose voices to tell."""

    measures: Ids | None = None
    """The set, by id; blank is the proposed one."""
    by: Literal["agency", "tier", "sector"] = "agency"
    """What to group agencies by."""


class FrontierOptions(Options):
    """How many points to look for, and what is asked of the sets."""

    limit: Annotated[int, Field(ge=2, le=1000)] = POINTS
    """How many points to look for, both ends among them."""


class CertaintyOptions(Options):
    """How many draws, and what is asked of the set in each; `time_limit` is for each draw."""

    draws: Annotated[int, Field(ge=1, le=10_000)] = DRAWS
    """How many draws. More draws begin with the same ones."""
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    """What the draws depend on: the same seed is the same answer."""
    confirm: Annotated[int, Field(ge=0, le=100)] = 0
    """For how many influences every draw is done again with the sign of that one alone turned round."""
    seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    """How long the whole may take; after that the draws done so far are given. Unit: seconds; blank is no limit."""


class ChangeOptions(Options):
    """What to change, and what is asked of the sets before and after."""

    changes: Annotated[tuple[Change, ...], Field(max_length=1000)]
    """The changes, made one after the other."""
    each: bool = False
    """Whether to tell of each change by itself as well."""


@dataclass(frozen=True, eq=False)
class Verb:
    """Something that can be asked of a system.

    Attributes
    ----------
    path
        Where the API answers it.
    function
        The library's function of which it is the door; its docstring describes the verb.
    options
        What can be asked, under the names of the function's parameters.
    answer
        What comes back.
    summary
        What it does, in a line.
    special
        How the answer is made, where the function does not give it as it is.
    example
        Options that make a good example with the winter-pressure system.
    """

    path: str
    function: str
    options: type[Noun]
    answer: type[Noun]
    summary: str
    special: Callable[[System, Any], Noun] | None = None
    example: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def name(self) -> str:
        """The last word of the path."""
        return self.path.rpartition("/")[2]

    def run(self, system: System, asked: Any) -> Noun:
        """The answer for a system and options."""
        if self.special is not None:
            return self.special(system, asked)
        given, wishes = _given(asked), {}
        if issubclass(self.options, Options):  # what is asked of a set is one thing to a function
            wishes = {"options": Options.model_validate({name: given.pop(name) for name in Options.model_fields})}
        answer: Noun = getattr(al, self.function)(system, **given, **wishes)
        return answer

    @property
    def description(self) -> str:
        """What the function's docstring says before it comes to parameters."""
        said = inspect.getdoc(getattr(al, self.function)) or ""
        return re.split(r"\n\n[^\n]+\n-{3,}\n", said)[0]


def _validate(system: System, _: NoOptions) -> Summary:
    rows = {name: len(system.table(name)) for name in TABLES}
    return Summary(system=system.hash, name=system.about.name, summary=str(system), rows=rows)


def _conflicts(system: System, asked: ConflictOptions) -> ConflictList:
    found = al.find_conflicts(system, **_given(asked))
    return ConflictList(system=system.hash, summary=found.summary(), notes=found.notes, conflicts=tuple(found))


def _alignment(system: System, asked: AlignmentOptions) -> AlignmentTable:
    found = al.alignment(system, **_given(asked))
    good = al.congruity(system, asked.measures, asked.steps, asked.decay)
    return AlignmentTable(
        system=system.hash,
        by=found.by,
        groups=found.groups,
        value=found.value,
        pairs=tuple(Pull(**row) for row in _records(found.to_frame())),
        congruity=tuple(AgencyCongruity(**row) for row in _records(good.to_frame())),
        reach=good.reach,
    )


def _mactor(system: System, asked: MactorOptions) -> MactorMatrices:
    return mactor_answer(al.mactor_matrices(system, **_given(asked)), system.hash)


def mactor_answer(found: al.Mactor, system: str | None = None) -> MactorMatrices:
    """MACTOR's matrices as an answer.

    Parameters
    ----------
    found
        The matrices.
    system
        The hash of their system; blank where they are of given tables.
    """
    return MactorMatrices(
        system=system,
        diagonal=found.diagonal,
        actors=tuple(MactorActor(**row) for row in _records(found.to_frame())),
        pairs=tuple(MactorPair(**row) for row in _records(found.pairs())),
        positions=tuple(MactorPosition(**row) for row in _records(found.stakes())),
        objectives=tuple(MactorImplication(**row) for row in _records(found.implications())),
        evidence=tuple(MactorEvidence(**row) for row in _records(found.evidence)),
    )


def _camps(system: System, asked: CampOptions) -> CampSplit:
    return camps_answer(al.camps(system, **_given(asked)), system.hash)


def camps_answer(found: al.Frustration, system: str | None = None) -> CampSplit:
    """A split into camps as an answer.

    Parameters
    ----------
    found
        The split.
    system
        The hash of its system; blank where it is of given edges.
    """
    own = found if isinstance(found, al.Camps) else None
    frame = found.relations_frame()
    return CampSplit(
        system=system,
        by=None if own is None else own.by,
        k=found.k,
        count="effects" if own is None else own.count,
        camps=found.camps,
        alone=found.alone,
        index=found.index,
        bound=found.bound,
        with_grain=found.with_grain,
        proven=found.proven,
        unique=found.unique,
        first=found.first,
        parts=found.parts,
        stopped=found.stopped,
        neutral=None if own is None else own.neutral,
        relations=tuple(CampRelation(**row) for row in _records(frame)),
    )


def _given(asked: Noun) -> dict[str, Any]:
    """Options as keywords."""
    return {name: getattr(asked, name) for name in type(asked).model_fields}


def _records(frame: Any) -> list[dict[str, Any]]:
    """The rows of a DataFrame, blanks as nothing."""
    rows: list[dict[str, Any]] = frame.to_dict("records")
    return [{name: None if _blank(cell) else cell for name, cell in row.items()} for row in rows]


def _blank(cell: Any) -> bool:
    return isinstance(cell, float) and math.isnan(cell)


VERBS: Final = (
    Verb(
        path="/v1/validate",
        function="read",
        options=NoOptions,
        answer=Summary,
        summary="Read a system and say everything that is wrong with it",
        special=_validate,
    ),
    Verb(
        path="/v1/conflicts",
        function="find_conflicts",
        options=ConflictOptions,
        answer=ConflictList,
        summary="Where targets pull apart, worst first, as sentences with evidence",
        special=_conflicts,
    ),
    Verb(
        path="/v1/alignment",
        function="alignment",
        options=AlignmentOptions,
        answer=AlignmentTable,
        summary="Who helps and who hinders whom, and how congruent that is with what is good for people",
        special=_alignment,
        example={"by": "tier"},
    ),
    Verb(
        path="/v1/mactor",
        function="mactor_matrices",
        options=MactorOptions,
        answer=MactorMatrices,
        summary="MACTOR's matrices: the balance of power between agencies, their alliances and conflicts",
        special=_mactor,
    ),
    Verb(
        path="/v1/camps",
        function="camps",
        options=CampOptions,
        answer=CampSplit,
        summary="The split into camps with the fewest relations against the grain, and whether it is the only one",
        special=_camps,
        example={"k": 2},
    ),
    Verb(
        path="/v1/achievements",
        function="can_all_be_met",
        options=MoveOptions,
        answer=Achievement,
        summary="Whether all targets can be met together: with which moves, or which of them cannot",
    ),
    Verb(
        path="/v1/joint-conflicts",
        function="find_joint_conflicts",
        options=JointOptions,
        answer=JointConflicts,
        summary="Minimal sets of targets that cannot all be met, though any part of each can",
        example={"every": True},
    ),
    Verb(
        path="/v1/efforts",
        function="effort_needed",
        options=EffortOptions,
        answer=EffortNeeded,
        summary="The least effort that meets all targets, who is the bottleneck, what each target adds",
    ),
    Verb(
        path="/v1/repairs",
        function="smallest_repair",
        options=RepairOptions,
        answer=Repair,
        summary="The least weight of targets to give up such that all others can be met, with proof",
        example={"every": True},
    ),
    Verb(
        path="/v1/shared-values",
        function="shared_values",
        options=SharingOptions,
        answer=SharedValues,
        summary="Values that could be shared where targets cannot all be met, and shadow prices of what is limited",
    ),
    Verb(
        path="/v1/proposals",
        function="propose",
        options=Options,
        answer=Proposal,
        summary="The fewest measures that serve every duty with the least conflict left",
    ),
    Verb(
        path="/v1/checks",
        function="check",
        options=CheckOptions,
        answer=Verdict,
        summary="What a set of measures of your own serves, leaves in conflict, costs and silences",
        example={"measures": ["delayed-discharges", "patient-experience"]},
    ),
    Verb(
        path="/v1/reasons",
        function="why",
        options=ReasonOptions,
        answer=Reasons,
        summary="Why measures are kept or retired, and what it would cost to do otherwise, stage by stage",
        example={"measures": ["patient-experience"]},
    ),
    Verb(
        path="/v1/alternatives",
        function="alternatives",
        options=AlternativeOptions,
        answer=Alternatives,
        summary="The sets that are as good, or nearly, and the measures that are in all of them",
        example={"within": 0.1},
    ),
    Verb(
        path="/v1/frontiers",
        function="frontier",
        options=FrontierOptions,
        answer=Frontier,
        summary="Burden against residual conflict: the sets that are best for some burden, each point proven or marked",
    ),
    Verb(
        path="/v1/what-if",
        function="what_if",
        options=ChangeOptions,
        answer=WhatIf,
        summary="Before and after small changes: the conflicts, duties, kept measures and voices that differ, and why",
        example={"changes": [{"change": "merge-agencies", "agency": "trust", "into": "council"}]},
    ),
    Verb(
        path="/v1/voices",
        function="voices",
        options=VoiceOptions,
        answer=Voices,
        summary="Who calls the tune: what each agency, tier or sector keeps, gains and loses",
        example={"by": "tier"},
    ),
    Verb(
        path="/v1/certainty",
        function="certainty",
        options=CertaintyOptions,
        answer=Certainty,
        summary="How sure conflicts and the aligned set are, by drawing every uncertain influence anew many times",
        example={"draws": 20},
    ),
)
"""Every verb, in the order in which the documentation tells of them."""
