"""The verbs that can be asked of a system: one table, from which commands, routes and documentation are made.

To expose the next verb: a type of its options (`models/options`), an answer (`models/answers`), a function with
`alignment.options.verb.verb`, and a row here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from alignment.models.options.aligned_set import (
    AlternativeOptions,
    CheckOptions,
    CoverageOptions,
    FrontierOptions,
    Options,
    ViewOptions,
    WhyOptions,
)
from alignment.models.options.conflicts import AgendaOptions, ConflictOptions, ThemeOptions
from alignment.models.options.effects import AlignmentOptions, CongruityOptions
from alignment.models.options.feasibility import (
    EffortOptions,
    JointOptions,
    MoveOptions,
    RepairOptions,
    SharingOptions,
)
from alignment.models.options.fields import Asked, Walks
from alignment.models.options.likeness import OverlapOptions
from alignment.models.options.lint import AdviceOptions
from alignment.models.options.mactor import MactorOptions
from alignment.models.options.scenarios import ChangeOptions, CompareOptions
from alignment.models.options.signed_network import CampOptions
from alignment.models.options.uncertainty import CertaintyOptions

from .lenses import LENSES
from .verb import Verb

__all__ = ["BY_COMMAND", "BY_FUNCTION", "COMPARE", "VERBS", "Verb"]


def _no_moves(found: Any) -> str | None:
    lost = "Not all targets can be met, so there are no moves; `alignment joint` lists which conflict."
    return lost if found.met is False else None


VERBS: Final = (
    Verb(
        command="validate",
        alias="/v1/validate",
        home=("alignment.lint.validate", "validate"),
        options=Asked,
        kind=("validate", "Summary"),
        summary="Say what a system holds, or all that is wrong with it",
        doing="Reading",
        tables=("tables", "notes"),
        line="alignment validate my-place.xlsx",
    ),
    Verb(
        command="advice",
        alias="/v1/advice",
        home=("alignment.lint.advice", "advice"),
        options=AdviceOptions,
        kind=("advice", "Advice"),
        summary="Say what one's own tables leave open, and what that decides",
        doing="Looking at the tables",
        tables=("advice", "unseen"),
        line="alignment advice my-place.xlsx",
    ),
    Verb(
        command="suggest-overlaps",
        alias="/v1/suggested-overlaps",
        home=("alignment.likeness.suggest_overlaps", "suggest_overlaps"),
        options=OverlapOptions,
        kind=("suggest_overlaps", "OverlapSuggestions"),
        summary="List measures that may be one thing under two names",
        doing="Comparing measures",
        tables=("pairs", "meanings"),
        line="alignment suggest-overlaps england-frameworks --least 0.8",
        example={"least": 0},
    ),
    Verb(
        command="conflicts",
        alias="/v1/conflicts",
        home=("alignment.conflicts.collection", "find_conflicts"),
        options=ConflictOptions,
        kind=("conflicts", "ConflictList"),
        summary="Show where targets pull against each other, worst first",
        doing="Looking for conflicts",
        tables=("conflicts", "sides", "evidence", "comparison"),
        line="alignment conflicts london-2018 --kind opposed --kind spillover",
    ),
    Verb(
        command="themes",
        alias="/v1/themes",
        home=("alignment.conflicts.themes", "themes"),
        options=ThemeOptions,
        kind=("themes", "Themes"),
        summary="Show the handful of quarrels that conflicts come down to, worst first",
        doing="Looking for themes",
        tables=("themes", "findings"),
        line="alignment themes london-2018",
    ),
    Verb(
        command="agenda",
        alias="/v1/agendas",
        home=("alignment.conflicts.agenda", "agenda"),
        options=AgendaOptions,
        kind=("agenda", "Agenda"),
        summary="Say which few conversations reach most of what pulls apart, and what one more buys",
        doing="Looking for conversations",
        tables=("conversations", "seats", "findings", "curve"),
        line="alignment agenda london-2018 --meetings 3",
        unfinished="this is the best agenda found so far",
        example={"meetings": 2},
    ),
    Verb(
        command="effects",
        alias="/v1/effects",
        home=("alignment.effects.net_effects", "net_effects"),
        options=Walks,
        kind=("effects", "EffectsTable"),
        summary="Show what moving each measure does to every other",
        doing="Following influences",
        tables=("effects",),
        line="alignment effects winter-pressure --csv",
    ),
    Verb(
        command="alignment",
        alias="/v1/alignment",
        home=("alignment.effects.alignment", "alignment"),
        options=AlignmentOptions,
        kind=("alignment", "AlignmentTable"),
        summary="Show how far targets help or hinder each other",
        doing="Adding up effects",
        tables=("pairs", "matrix", "congruity"),
        line="alignment alignment london-2018 --by tier",
        example={"by": "tier"},
    ),
    Verb(
        command="congruity",
        alias="/v1/congruity",
        home=("alignment.effects.congruity", "congruity"),
        options=CongruityOptions,
        kind=("alignment", "CongruityTable"),
        summary="Show how well what people are judged on matches what is good for people",
        doing="Adding up effects",
        tables=("agencies",),
        line="alignment congruity london-2018",
    ),
    Verb(
        command="mactor",
        alias="/v1/mactor",
        home=("alignment.mactor.matrices", "mactor_matrices"),
        options=MactorOptions,
        kind=("mactor", "MactorMatrices"),
        summary="Show MACTOR's matrices: power, alliances, conflicts",
        doing="Adding up influence",
        tables=(
            *("figures", "evidence", "pairs", "stakes", "objectives", "MDI", "MIDI", "NS"),
            *(f"{order}{name}" for name in ("MAO", "CAA", "DAA") for order in (1, 2, 3)),
        ),
        line="alignment mactor london-2018 --show 3DAA",
    ),
    Verb(
        command="camps",
        alias="/v1/camps",
        home=("alignment.signed_network.camps", "camps"),
        options=CampOptions,
        kind=("camps", "CampSplit"),
        summary="Split agencies into camps, with the fewest relations against the grain",
        doing="Looking for camps",
        tables=("camps", "relations"),
        line="alignment camps london-2018 --k 3",
        unfinished="this is the best split found so far",
        example={"k": 2},
    ),
    Verb(
        command="achieve",
        alias="/v1/achievements",
        home=("alignment.feasibility.achieve", "can_all_be_met"),
        options=MoveOptions,
        kind=("achieve", "Achievement"),
        summary="Say whether all targets can be met: by which moves, or which cannot",
        doing="Looking for moves",
        tables=("moves", "levels", "conflict", "reaches", "not_assessed"),
        line="alignment achieve winter-pressure",
        unfinished="whether all can be met is not known",
        remark=_no_moves,
    ),
    Verb(
        command="joint",
        alias="/v1/joint-conflicts",
        home=("alignment.feasibility.joint", "find_joint_conflicts"),
        options=JointOptions,
        kind=("joint", "JointConflicts"),
        summary="List the smallest sets of targets that cannot all be met",
        doing="Looking for conflicting sets",
        tables=("sets", "targets", "reaches"),
        line="alignment joint winter-pressure --every",
        unfinished="there may be more sets",
        example={"every": True},
    ),
    Verb(
        command="effort",
        alias="/v1/efforts",
        home=("alignment.feasibility.effort", "effort_needed"),
        options=EffortOptions,
        kind=("effort", "EffortNeeded"),
        summary="Tell the least effort that meets all targets, and who is the bottleneck",
        doing="Looking for the least effort",
        tables=("targets", "agencies", "curve", "reaches"),
        line="alignment effort winter-pressure --curve 4",
        unfinished="not all efforts are known",
    ),
    Verb(
        command="repair",
        alias="/v1/repairs",
        home=("alignment.feasibility.repair", "smallest_repair"),
        options=RepairOptions,
        kind=("repair", "Repair"),
        summary="Say which targets to give up, the least by weight, so that all others can be met",
        doing="Looking for the smallest repair",
        tables=("targets", "repairs", "reaches"),
        line="alignment repair winter-pressure --every",
        unfinished="this is the lightest repair found so far",
        example={"every": True},
    ),
    Verb(
        command="shared-values",
        alias="/v1/shared-values",
        home=("alignment.feasibility.shared_values", "shared_values"),
        options=SharingOptions,
        kind=("shared_values", "SharedValues"),
        summary="Share values where not all targets can be met, with what more of anything would spare",
        doing="Sharing",
        tables=("targets", "agencies", "prices", "reaches"),
        line="alignment shared-values winter-pressure --power council=2",
        unfinished="not all values or prices are known",
        argument="measures",
    ),
    Verb(
        command="propose",
        alias="/v1/proposals",
        home=("alignment.aligned_set.proposal", "propose"),
        options=Options,
        kind=("proposal", "Proposal"),
        summary="Propose which measures to keep: no duty and nothing for people is lost",
        doing="Looking for an aligned set",
        tables=(
            *("measures", "sizes", "said", "adoption", "holders", "targets", "layers", "stages", "figures"),
            *("gaps", "conflicts", "voices", "untouched", "local", "unused"),
        ),
        line="alignment propose london-2018 --voice 0.3 --keep rtt-18w",
        unfinished="this is the best set found so far, not proven to be the best",
    ),
    Verb(
        command="check",
        alias="/v1/checks",
        home=("alignment.verdict.check", "check"),
        options=CheckOptions,
        kind=("check", "Verdict"),
        summary="Judge a set of measures of your own",
        doing="Judging",
        tables=("findings", "figures", "gaps", "conflicts", "voices"),
        line="alignment propose london-2018 --csv | alignment check london-2018 -",
        argument="measures",
        example={"measures": ["delayed-discharges", "patient-experience"]},
    ),
    Verb(
        command="why",
        alias="/v1/reasons",
        home=("alignment.aligned_set.why", "why"),
        options=WhyOptions,
        kind=("reasons", "Reasons"),
        summary="Say why measures are kept or retired, and what it would cost to do otherwise",
        doing="Looking for reasons",
        tables=("prices", "measures", "shifts"),
        line="alignment why london-2018 ae-4h",
        unfinished="not all prices are proved",
        argument="measures",
        example={"measures": ["patient-experience"]},
    ),
    Verb(
        command="alternatives",
        alias="/v1/alternatives",
        home=("alignment.aligned_set.alternatives", "alternatives"),
        options=AlternativeOptions,
        kind=("alternatives", "Alternatives"),
        summary="List the sets that are as good as the proposed one, or nearly, and what distinguishes them",
        doing="Looking for other sets",
        tables=("sets", "differences", "stages", "members"),
        line="alignment alternatives london-2018 --within 0.05",
        unfinished="there may be more sets",
        example={"within": 0.1},
    ),
    Verb(
        command="frontier",
        alias="/v1/frontiers",
        home=("alignment.aligned_set.frontier", "frontier"),
        options=FrontierOptions,
        kind=("frontier", "Frontier"),
        summary=(
            "Show the ladder: for each burden the set that leaves least conflict and unsaid wishes, and what less costs"
        ),
        doing="Looking for points",
        tables=("points", "steps", "measures"),
        line="alignment frontier winter-pressure --voice 0.3",
        unfinished="these are the points found so far",
    ),
    Verb(
        command="coverage",
        alias="/v1/coverage",
        home=("alignment.aligned_set.coverage", "coverage"),
        options=CoverageOptions,
        kind=("coverage", "Coverage"),
        summary="Show what 1, 2, 3 and more measures can do: how much they serve at best, and who is left out",
        doing="Looking for sets",
        tables=("points", "measures", "agencies"),
        line="alignment coverage london-2018 --at-most 15",
        unfinished="what was not proved is marked",
    ),
    Verb(
        command="what-if",
        alias="/v1/what-if",
        home=("alignment.scenarios.what_if", "what_if"),
        options=ChangeOptions,
        kind=("what_if", "WhatIf"),
        summary="Show what would be otherwise if a system were changed, and why",
        doing="Comparing",
        tables=(
            *("differences", "rows", "cells", "conflicts", "held", "duties", "measures", "stages", "voices"),
            "alone",
        ),
        line="alignment what-if winter-pressure --drop-target region-beds --cap home-care-hours=450",
        example={"changes": [{"change": "merge-agencies", "agency": "trust", "into": "council"}]},
    ),
    Verb(
        command="view",
        alias="/v1/views",
        home=("alignment.own_page.view", "view"),
        options=ViewOptions,
        kind=("view", "View"),
        summary="Write one organisation's own page: what it is asked, whom it meets, what the set means for it",
        doing="Looking from there",
        tables=("targets", "findings", "set", "neighbours", "controls", "money", "ties"),
        line="alignment view london-2018 london-ccg",
        unfinished="the set is the best found so far",
        argument="agency",
        example={"agency": "council"},
    ),
    *LENSES,
    Verb(
        command="certainty",
        alias="/v1/certainty",
        home=("alignment.uncertainty.certainty", "certainty"),
        options=CertaintyOptions,
        kind=("certainty", "Certainty"),
        summary="Say how sure conflicts and the set are, where influences are not",
        doing="Drawing",
        tables=("measures", "conflicts", "influences", "sets", "draws"),
        line="alignment certainty winter-pressure --draws 20 --workers 1",
        unfinished="these are the {done} draws of {asked} done so far",
        limit="seconds",
        example={"draws": 8},
    ),
)
"""Every verb, in the order in which the documentation tells of them."""

COMPARE: Final = Verb(
    command="compare",
    alias="/v1/comparisons",
    home=("alignment.scenarios.compare", "compare"),
    options=CompareOptions,
    kind=("compare", "Comparison"),
    summary="Lay two or more systems side by side, and say which rows make the difference",
    doing="Comparing",
    tables=(
        *("figures", "differences", "findings", "tiers", "pairs", "themes", "standing", "sets", "core", "matches"),
        "systems",
    ),
    line="alignment compare london-2018 winter-pressure",
)
"""What is asked of several systems at once."""

BY_COMMAND: Final[Mapping[str, Verb]] = {verb.command: verb for verb in VERBS}

BY_FUNCTION: Final[Mapping[str, Verb]] = {verb.home[1]: verb for verb in VERBS}
