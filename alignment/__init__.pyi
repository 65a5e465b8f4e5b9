"""What editors and type checkers see of `import alignment`; docs/generate.py writes it."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from alignment import models as models
from alignment.conflicts.collection import Conflicts as Conflicts
from alignment.covering import (
    Cover as Cover,
    cover as cover,
    overlap_penalties as overlap_penalties,
    read_cover as read_cover,
)
from alignment.effects.alignment import Alignment as Alignment
from alignment.effects.congruity import Congruity as Congruity
from alignment.effects.net_effects import Effect as Effect, NetEffects as NetEffects
from alignment.errors import (
    AlignmentError as AlignmentError,
    DivergentEffects as DivergentEffects,
    InputError as InputError,
    MissingExtra as MissingExtra,
    NoAlignedSet as NoAlignedSet,
    NothingToJudge as NothingToJudge,
    OptionError as OptionError,
    SolverTrouble as SolverTrouble,
    UnknownWord as UnknownWord,
)
from alignment.examples import example as example
from alignment.integrated_care.every import lens as lens
from alignment.mactor.matrices import Mactor as Mactor, mactor_from as mactor_from
from alignment.maps.doors import read_map as read_map, write_map as write_map
from alignment.maps.map import Map as Map
from alignment.models.answers.achieve import Achievement as Achievement
from alignment.models.answers.advice import Advice as Advice
from alignment.models.answers.agenda import Agenda as Agenda
from alignment.models.answers.alternatives import Alternatives as Alternatives
from alignment.models.answers.answer import Answer as Answer, Record as Record
from alignment.models.answers.balance import Balance as Balance
from alignment.models.answers.certainty import Certainty as Certainty
from alignment.models.answers.check import Verdict as Verdict
from alignment.models.answers.compare import Comparison as Comparison
from alignment.models.answers.coverage import Coverage as Coverage
from alignment.models.answers.effort import EffortNeeded as EffortNeeded
from alignment.models.answers.fit import Fit as Fit
from alignment.models.answers.fragmentation import Fragmentation as Fragmentation
from alignment.models.answers.frontier import Frontier as Frontier
from alignment.models.answers.joint import JointConflicts as JointConflicts
from alignment.models.answers.journey import Journey as Journey
from alignment.models.answers.layers import Layers as Layers
from alignment.models.answers.lens import Lens as Lens
from alignment.models.answers.lenses import Lenses as Lenses
from alignment.models.answers.payback import Payback as Payback
from alignment.models.answers.proposal import Proposal as Proposal
from alignment.models.answers.readiness import Readiness as Readiness
from alignment.models.answers.reasons import Reasons as Reasons, Why as Why
from alignment.models.answers.repair import Repair as Repair
from alignment.models.answers.replay import Replay as Replay
from alignment.models.answers.ring_fence import RingFence as RingFence
from alignment.models.answers.shared_values import SharedValues as SharedValues
from alignment.models.answers.suggest_overlaps import OverlapSuggestions as OverlapSuggestions
from alignment.models.answers.sway import Sway as Sway
from alignment.models.answers.targeting import Targeting as Targeting
from alignment.models.answers.themes import Theme as Theme, Themes as Themes
from alignment.models.answers.triage import Triage as Triage
from alignment.models.answers.two_year_test import TwoYearTest as TwoYearTest
from alignment.models.answers.validate import Summary as Summary
from alignment.models.answers.view import View as View
from alignment.models.answers.what_if import WhatIf as WhatIf
from alignment.models.options.aligned_set import (
    AlternativeOptions,
    CheckOptions,
    CoverageOptions,
    FrontierOptions,
    Options as Options,
    ViewOptions,
    WhyOptions,
)
from alignment.models.options.changes import (
    Add as Add,
    ChangeCap as ChangeCap,
    ChangeFloor as ChangeFloor,
    Changes,
    Drop as Drop,
    MergeAgencies as MergeAgencies,
    RemoveAgency as RemoveAgency,
    Retarget as Retarget,
    Reweigh as Reweigh,
)
from alignment.models.options.conflicts import AgendaOptions, ConflictOptions, Kind, ThemeOptions
from alignment.models.options.effects import AlignmentOptions, CongruityOptions
from alignment.models.options.feasibility import EffortOptions, JointOptions, MoveOptions, RepairOptions, SharingOptions
from alignment.models.options.fields import Asked, Walks
from alignment.models.options.lenses import (
    BalanceOptions,
    FitOptions,
    FragmentationOptions,
    JourneyOptions,
    LayerOptions,
    LensesOptions,
    PaybackOptions,
    ReadinessOptions,
    RingFenceOptions,
    SwayOptions,
    TriageOptions,
    TwoYearTestOptions,
)
from alignment.models.options.likeness import OverlapOptions
from alignment.models.options.lint import AdviceOptions
from alignment.models.options.mactor import MactorOptions
from alignment.models.options.scenarios import ChangeOptions, CompareOptions
from alignment.models.options.signed_network import CampOptions
from alignment.models.options.targeting import Bundle as Bundle, Bundles, TargetingOptions
from alignment.models.options.uncertainty import CertaintyOptions
from alignment.models.progress import Progress
from alignment.models.system import System as System
from alignment.network.graph import graph as graph
from alignment.reports.drawing.layered_map import LayeredMap as LayeredMap, map as map
from alignment.reports.report import report as report
from alignment.reports.template import template as template
from alignment.scenarios.changes import apply as apply
from alignment.scenarios.join import join as join
from alignment.scenarios.subset import subset as subset
from alignment.signed_network.camps import Camps as Camps
from alignment.signed_network.frustration import Frustration as Frustration, frustration as frustration
from alignment.tables import (
    fix as fix,
    read as read,
    to_document as to_document,
    to_frames as to_frames,
    write as write,
)
from alignment.uncertainty.executors import Where
from alignment.verbs.replay import replay as replay

__version__: Final[str]

__all__ = [
    "Achievement",
    "Add",
    "Advice",
    "Agenda",
    "Alignment",
    "AlignmentError",
    "Alternatives",
    "Answer",
    "Balance",
    "Bundle",
    "Camps",
    "Certainty",
    "ChangeCap",
    "ChangeFloor",
    "Comparison",
    "Conflicts",
    "Congruity",
    "Cover",
    "Coverage",
    "DivergentEffects",
    "Drop",
    "Effect",
    "EffortNeeded",
    "Fit",
    "Fragmentation",
    "Frontier",
    "Frustration",
    "InputError",
    "JointConflicts",
    "Journey",
    "LayeredMap",
    "Layers",
    "Lens",
    "Lenses",
    "Mactor",
    "Map",
    "MergeAgencies",
    "MissingExtra",
    "NetEffects",
    "NoAlignedSet",
    "NothingToJudge",
    "OptionError",
    "Options",
    "OverlapSuggestions",
    "Payback",
    "Proposal",
    "Readiness",
    "Reasons",
    "Record",
    "RemoveAgency",
    "Repair",
    "Replay",
    "Retarget",
    "Reweigh",
    "RingFence",
    "SharedValues",
    "SolverTrouble",
    "Summary",
    "Sway",
    "System",
    "Targeting",
    "Theme",
    "Themes",
    "Triage",
    "TwoYearTest",
    "UnknownWord",
    "Verdict",
    "View",
    "WhatIf",
    "Why",
    "advice",
    "agenda",
    "alignment",
    "alternatives",
    "apply",
    "balance",
    "camps",
    "can_all_be_met",
    "certainty",
    "check",
    "compare",
    "congruity",
    "cover",
    "coverage",
    "effort_needed",
    "example",
    "find_conflicts",
    "find_joint_conflicts",
    "fit",
    "fix",
    "fragmentation",
    "frontier",
    "frustration",
    "graph",
    "join",
    "journey",
    "layers",
    "lens",
    "lenses",
    "mactor_from",
    "mactor_matrices",
    "map",
    "net_effects",
    "overlap_penalties",
    "payback",
    "propose",
    "read",
    "read_cover",
    "read_map",
    "readiness",
    "replay",
    "report",
    "ring_fence",
    "shared_values",
    "smallest_repair",
    "subset",
    "suggest_overlaps",
    "sway",
    "targeting",
    "template",
    "themes",
    "to_document",
    "to_frames",
    "triage",
    "two_year_test",
    "validate",
    "view",
    "what_if",
    "why",
    "write",
    "write_map",
]

def advice(
    system: System,
    *,
    options: AdviceOptions | Mapping[str, object] | None = None,
) -> Advice:
    """What one's own tables leave open, and what that decides: a lint, ordered by what it would change.

    Which blanks decide the answer, what looks like a slip of the pen, what is filled and read by nothing, what each
    empty table would add, and which kinds of conflict cannot be seen. Nothing in it is a fault; nothing is searched.

    Parameters
    ----------
    system
        The system.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Advice
        Pieces of advice, each with what the tables say, why it matters, what to do, where, and a weight: that of the
        targets it touches, times the part of what is said of them that rests on it. What looks like a slip comes first.

    References
    ----------
    Johnson (1978), Lint, a C program checker. Bell Laboratories, Computing Science Technical Report 65.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.advice(al.read(al.example("winter-pressure")))
    >>> [(hint.code, hint.table, hint.touched) for hint in found.hints[:2]]
    [('missing-column', 'measures', 11), ('already-met', 'targets', 2)]
    """

def agenda(
    system: System,
    meetings: int = 5,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    kinds: Kind | Iterable[Kind] | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
    options: AgendaOptions | Mapping[str, object] | None = None,
) -> Agenda:
    """The few conversations that reach most of what pulls apart, and what one more would buy.

    A conversation is two agencies, or a body that others answer to in partnership, with these. It reaches a finding
    where it holds an agency of each of two of its sides; where a finding has one side or one agency only, who asks and
    another who has to deliver. Kind by kind: `opposed`, `inconsistent`, `spillover`, `capacity`, `joint`, `cascade`:
    those who want one side and those who want another; `perverse`: who pays or is paid, and who wants otherwise;
    `wrong-pocket`: who pays, and who gains; `no-control`: who asks or pays, and who can hardly move it; `two-masters`:
    a master and who delivers; `judged-by-rival`: who delivers, and who records; `duplicate`: who wants the one measure
    and who wants the other; `torn`: who needs the lever up and who needs it down; `unguarded`, `against-people`: who
    asks and who delivers. An outcome that nobody owns is reached by none.

    Conversations are chosen such that they reach the most severity times confidence (maximum coverage). Of agendas as
    good the first is given: bodies before pairs, each by id.

    Parameters
    ----------
    system
        The system.
    meetings
        How many conversations there are to be at most. Default: 5.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that, what is known is given, marked. Unit: seconds. Default: 60.0.
    kinds
        Which kinds of conflict are to be reached; blank is all.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Agenda
        The conversations, first whichever adds most, each with its findings and the measures to put on the table; and
        what one conversation reaches, what two, and so on.

    Raises
    ------
    UnknownWord
        ``kinds`` or ``solver`` is not known.
    OptionError
        An option is out of its range.
    SolverTrouble
        The agenda did not survive the judge.

    References
    ----------
    Church and ReVelle (1974), The maximal covering location problem. Nemhauser, Wolsey and Fisher (1978), An analysis
    of approximations for maximizing submodular set functions.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.agenda(al.read(al.example("winter-pressure")), meetings=2)
    >>> [(row.name, row.share) for row in found.conversations], found.proven
    ([('the commissioner and the council', 0.393927), ('the commissioner and the region', 0.259093)], True)
    """

def alignment(
    system: System,
    by: Literal["agency", "tier", "sector"] | None = None,
    measures: str | Iterable[str] | None = None,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    *,
    options: AlignmentOptions | Mapping[str, object] | None = None,
) -> Alignment:
    """How far targets help or hinder each other.

    Parameters
    ----------
    system
        The system.
    by
        What to group agencies by: agency, tier or sector; blank is the whole system as one group.
    measures
        Only targets on these measures count, by id; blank is all.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Alignment
        ``.value`` for the whole, ``.matrix`` and ``.to_frame()`` by group, and the congruity of each agency.

    Raises
    ------
    OptionError
        An option is out of its range, or a measure is not known.

    Examples
    --------
    >>> import alignment as al
    >>> al.alignment(al.read(al.example("winter-pressure"))).value
    0.686142
    """

def alternatives(
    system: System,
    within: float = 0.0,
    limit: int = 20,
    options: AlternativeOptions | Options | Mapping[str, object] | None = None,
    progress: Progress = ...,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
) -> Alternatives:
    """The sets that are as good as the proposed one, or nearly, and which measures are in all of them.

    Parameters
    ----------
    system
        The system.
    within
        By what share conflict and burden may be worse than the best; 0 is as good in every stage. 0 to 1. Default: 0.0.
    limit
        How many sets to look for. Default: 20.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Alternatives
        The proposed set first, then those most like it, each with what distinguishes it; whether these are all.

    Raises
    ------
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set of measures meets all wishes.

    Examples
    --------
    >>> import alignment as al
    >>> print(al.alternatives(al.read(al.example("winter-pressure"))).headline)
    Exactly 1 set is best.
    """

def balance(
    system: System,
    measures: str | Iterable[str] | None = None,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
    options: BalanceOptions | Options | Mapping[str, object] | None = None,
) -> Balance:
    """Whether experience, outcomes and use of resources are all measured, and how much from the person.

    Parameters
    ----------
    system
        The system.
    measures
        The set, by id; blank is the proposed one.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Balance
        For every tier, today and with the set: measures worked to and their share by dimension, and how many are seen
        from the person; which dimension the bodies of a tier work to no measure of.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set was given, and none meets all wishes.

    References
    ----------
    Green's question, as METHOD reads it: people's experience, outcomes and use of resources are all looked at, and the
    person's view with them.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.balance(al.read("winter-pressure"))
    >>> [(row.dimension, len(row.now), len(row.then), row.now_person) for row in found.tiers[:4]]
    [('all', 8, 7, 1), ('experience', 2, 2, 1), ('outcomes', 3, 3, 0), ('resource-use', 3, 2, 0)]
    """

def camps(
    system: System,
    k: int = 2,
    by: Literal["agency", "tier", "sector"] = "agency",
    *,
    time_limit: float = 60.0,
    solver: Literal["highs", "cbc", "race"] = "highs",
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    count: Literal["relations", "effects"] = "relations",
    options: CampOptions | Mapping[str, object] | None = None,
) -> Camps:
    """Splits agencies into camps such that the fewest relations go against the grain.

    Two agencies are for each other where their targets help each other's wishes more than they hinder them, both ways
    together, and against each other where they hinder more (alignment, METHOD section 4).

    Parameters
    ----------
    system
        The system.
    k
        The most camps. Default: 2.
    by
        What to split: agencies, tiers or sectors. Default: 'agency'.
    time_limit
        How long to search; after that the best split found is given, marked as unproven. Unit: seconds. Default: 60.0.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    count
        Whether each relation counts 1, or by how far help and hinder are apart: relations or effects. Default:
        'relations'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Camps
        The camps, the relations against the grain, and whether the split is proven and the only one.

    Raises
    ------
    UnknownWord
        ``by``, ``count`` or ``solver`` is not known.
    OptionError
        An option is out of its range.
    SolverTrouble
        The split did not survive the judge.

    References
    ----------
    As in `frustration`.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.camps(al.read(al.example("winter-pressure")))
    >>> found.index, found.proven
    (0.0, True)
    """

def can_all_be_met(
    system: System,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    reach: float | None = None,
    effort: float | None = None,
    options: MoveOptions | Mapping[str, object] | None = None,
) -> Achievement:
    """Whether all targets can be met together: with which moves, or which of them cannot.

    Effort on a measure moves it by the agency's control share, and others with it:
    ``D = (I + N)^T x``. Floors, ceilings, resources, effort and reach are hard; targets are what is asked.

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that, what is known is given, marked. Unit: seconds. Default: 60.0.
    reach
        How far an agency can push a measure; blank is from its floor to its ceiling, or 10. Unit: steps.
    effort
        What agencies can spend that have no effort of their own. Unit: steps; blank is no limit.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Achievement
        Yes with the moves of least effort in all, or no with a minimal conflicting set; what was not assessed.

    Raises
    ------
    InputError
        The hard facts alone contradict each other.
    OptionError
        An option is out of its range.
    SolverTrouble
        The answer did not survive the judge.

    Examples
    --------
    >>> import alignment as al
    >>> answer = al.can_all_be_met(al.read(al.example("winter-pressure")))
    >>> answer.met, answer.conflict.targets
    (False, ('commissioner-home-care', 'council-budget'))
    """

def certainty(
    system: System,
    draws: int = 200,
    seed: int = 0,
    confirm: int = 0,
    seconds: float | None = None,
    options: CertaintyOptions | Options | Mapping[str, object] | None = None,
    executor: Where = ...,
    progress: Progress = ...,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
) -> Certainty:
    """How sure conflicts and the aligned set are, by drawing every uncertain influence anew many times.

    An influence with a standard error is drawn from the normal distribution around its effect; any other keeps its sign
    with the confidence of its certainty, and its size varies by a third. In each draw conflicts are looked for and the
    best set is sought: the shares of draws say how sure they are.

    Parameters
    ----------
    system
        The system.
    draws
        How many draws. More draws begin with the same ones. Default: 200.
    seed
        What the draws depend on: the same seed is the same answer. Default: 0.
    confirm
        For how many influences every draw is done again with the sign of that one alone turned round. Default: 0.
    seconds
        How long the whole may take; after that the draws done so far are given. Unit: seconds; blank is no limit.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.
    executor
        Who does the draws: any `concurrent.futures.Executor`, also Dask's; a function that makes one, which is then
        closed at the end and made anew when a worker is killed; the address of a Dask scheduler, such as
        tcp://10.0.0.1:8786; or, blank, this process.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Certainty
        In which share of draws each conflict stands and each measure is kept, with standard errors; the robust core,
        the most frequent set, and the influences, those that the set depends on most first.

    Raises
    ------
    OptionError
        An option is out of its range, or no scheduler answers.
    NoAlignedSet
        No set of measures meets all wishes.
    DivergentEffects
        With ``steps=0``, where the full series does not exist with the influences as given.
    MissingExtra
        The address of a scheduler was given, and Dask is not installed.
    SolverTrouble
        The solver failed, or workers ended again and again.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.certainty(al.read(al.example("winter-pressure")), draws=20)
    >>> found.core[:3]
    ('bed-occupancy', 'delayed-discharges', 'emergency-admissions')
    """

def check(
    system: System,
    measures: str | Iterable[str] = ...,
    options: CheckOptions | Options | Mapping[str, object] | None = None,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
) -> Verdict:
    """What a set of measures serves, leaves in conflict, costs and silences.

    Parameters
    ----------
    system
        The system.
    measures
        The measures that people would be judged on, by id.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.

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

def compare(
    *systems: System,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
    names: str | Iterable[str] | None = None,
    same: str | Iterable[str] = (),
    core: bool = True,
    options: CompareOptions | Options | Mapping[str, object] | None = None,
    progress: Progress = ...,
) -> Comparison:
    """Two or more systems side by side, and the rows that make the difference.

    Agencies, measures and outcomes are matched by id, unless they are clearly different things, and where somebody
    declares them the same; bodies that play one part in each system (its council) are laid side by side. What is only
    likely to be one is shown, and counts as two. Figures that depend on size are divided by it. The order of systems
    and rows changes no answer.

    Parameters
    ----------
    systems
        The systems.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    names
        A short name for each system, in their order; blank takes those of `about`.
    same
        Measures of other ids that are one, as their ids with a colon between; place.id where several have the id.
        Default: ().
    core
        Whether to look for the measures that all places could share. Default: True.
    options
        All of these at once; what is given by name wins.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Comparison
        Figures, tiers, quarrels and proposed sets side by side; one set for all together; and every row, finding and
        thing that only some systems have, or that differs.

    Raises
    ------
    OptionError
        There are fewer than two systems, names do not fit, or an option is out of its range.
    UnknownWord
        An id is in none of the systems.

    Examples
    --------
    >>> import alignment as al
    >>> winter = al.read(al.example("winter-pressure"))
    >>> later = al.apply(winter, al.Drop(table="targets", row="council-budget"))
    >>> found = al.compare(winter, later, names=("before", "after"))
    >>> found.headline
    'Only in before: 1 of 14 targets and 1 of 17 findings. Findings for 100 targets: 121 in before and 123 in after.'
    >>> [(row.name, row.what, row.rows) for row in found.differences]
    [('Home care spending', 'only in', (('council-budget',), ()))]
    >>> [(row.label, row.values) for row in found.figures[3:5]]
    [('targets', (14.0, 13.0)), ('measures with targets', (8.0, 8.0))]
    """

def congruity(
    system: System,
    measures: str | Iterable[str] | None = None,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    *,
    options: CongruityOptions | Mapping[str, object] | None = None,
) -> Congruity:
    """How well what people are judged on matches what is good for people.

    With f = (I + N) d, what a step of effort on each measure is worth to people, and h(t) = g(t) (I + N) e(m), what
    it is worth to somebody judged by target t on measure m: for an agency the cosine between f and the weighted sum
    of h over its targets; for a set of measures the squared length of f's projection on the span of (I + N) e(m), over
    that of f.

    Parameters
    ----------
    system
        The system.
    measures
        The set, by id; blank is the measures with targets. An agency's targets on other measures do not count.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    options
        All of these at once; what is given by name wins.

    Raises
    ------
    UnknownWord
        A measure is not known.

    References
    ----------
    Feltham and Xie (1994), The Accounting Review 69. Baker (2002), Journal of Human Resources 37.

    Examples
    --------
    >>> import alignment as al
    >>> sorted(al.congruity(al.read(al.example("winter-pressure"))).agencies)
    ['commissioner', 'council', 'region', 'trust']
    """

def coverage(
    system: System,
    at_most: int | None = None,
    options: CoverageOptions | Options | Mapping[str, object] | None = None,
    progress: Progress = ...,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    weights: Mapping[str, float] = {},
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
) -> Coverage:
    """What 1, 2, 3 and more measures can do: the least weight of duties that they leave unserved, and who is left out.

    Duties alone are counted. That each tier keeps a balance of measures, that bodies need to see themselves in some,
    conflict, burden and voice are left aside: a set that serves most need not be one that `propose` would choose.

    Parameters
    ----------
    system
        The system.
    at_most
        The largest number of measures to try; blank is until nothing more can be served. Unit: measures.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Coverage
        A point for each number of measures, from 1 (or as many as must be kept) to the smallest that serves all that
        every candidate together serves: its weight unserved, set, agencies left out, and whether that is proven. After
        the time limit, or Ctrl-C, sets grow by the measure that adds most, marked as not proven.

    Raises
    ------
    OptionError
        An option is out of its range.
    NoAlignedSet
        More measures must be kept than may be, or one that may not be.
    SolverTrouble
        The solver failed, or a set did not survive the judge.

    References
    ----------
    Church, ReVelle (1974), The maximal covering location problem. Papers of the Regional Science Association 32.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.coverage(al.read(al.example("winter-pressure")))
    >>> [(point.number, point.gap_weight) for point in found.points]
    [(1, 8.5), (2, 4.5), (3, 2.5), (4, 0.5), (5, 0.0)]
    """

def effort_needed(
    system: System,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    reach: float | None = None,
    by_power: bool = False,
    curve: int = 0,
    options: EffortOptions | Mapping[str, object] | None = None,
    progress: Progress = ...,
) -> EffortNeeded:
    """The least effort of every agency with which all targets can be met, who is the bottleneck, what each target adds.

    What agencies can spend (``effort`` in the table) is set aside. Targets that cannot be met whatever the effort are
    told apart first: those that cannot be met even alone, then a smallest repair.

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that, what is known is given, marked. Unit: seconds. Default: 60.0.
    reach
        How far an agency can push a measure; blank is from its floor to its ceiling, or 10. Unit: steps.
    by_power
        Whether an agency may spend in proportion to its power. Default: False.
    curve
        At how many levels of effort to tell how much can be met; 0 is none. Default: 0.
    options
        All of these at once; what is given by name wins.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    EffortNeeded
        The effort, the bottlenecks by their dual values, and for each target what it takes alone and what it adds.

    Raises
    ------
    InputError
        The hard facts alone contradict each other.
    OptionError
        An option is out of its range.
    SolverTrouble
        The answer did not survive the judge.

    Examples
    --------
    >>> import alignment as al
    >>> need = al.effort_needed(al.read(al.example("winter-pressure")))
    >>> round(need.effort, 3), [row.target for row in need.given_up]
    (5.733, ['commissioner-delays', 'council-budget'])
    """

def find_conflicts(
    system: System,
    kinds: Kind | Iterable[Kind] | None = None,
    tolerance: float = 0.2,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated", "both"] = "declared",
    *,
    options: ConflictOptions | Mapping[str, object] | None = None,
) -> Conflicts:
    """Where targets pull apart, worst first.

    Parameters
    ----------
    system
        The system.
    kinds
        Which kinds to look for; blank is all.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; both looks twice and compares. Default:
        'declared'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Conflicts
        Ordered by severity times confidence, then id.

    Raises
    ------
    UnknownWord
        A kind is not known.
    OptionError
        An option is out of its range.

    Examples
    --------
    >>> import alignment as al
    >>> conflicts = al.find_conflicts(al.read(al.example("winter-pressure")), kinds="opposed")
    >>> [conflict.severity for conflict in conflicts]
    [1.0]
    """

def find_joint_conflicts(
    system: System,
    limit: int = 1000,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    reach: float | None = None,
    effort: float | None = None,
    every: bool = False,
    options: JointOptions | Mapping[str, object] | None = None,
    progress: Progress = ...,
) -> JointConflicts:
    """Minimal sets of targets that cannot all be met, though any part of each can.

    By default those that prove the smallest repair: enough that whatever hits all of them lets the rest be met.

    Parameters
    ----------
    system
        The system.
    limit
        How many sets to list at most. Default: 1000.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that, what is known is given, marked. Unit: seconds. Default: 60.0.
    reach
        How far an agency can push a measure; blank is from its floor to its ceiling, or 10. Unit: steps.
    effort
        What agencies can spend that have no effort of their own. Unit: steps; blank is no limit.
    every
        Whether to look for all of them, not only for those that prove the smallest repair. Default: False.
    options
        All of these at once; what is given by name wins.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    JointConflicts
        The sets, smallest first, each verified without the solver, and whether these are all.

    Raises
    ------
    InputError
        The hard facts alone contradict each other.
    OptionError
        An option is out of its range.
    SolverTrouble
        The answer did not survive the judge.

    References
    ----------
    Gleeson and Ryan (1990), Identifying minimally infeasible subsystems of inequalities, ORSA Journal on Computing 2.
    Liffiton and others (2016), Fast, flexible MUS enumeration, Constraints 21. Davies and Bacchus (2011), Solving
    MAXSAT by solving a sequence of simpler SAT instances, CP 2011.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.find_joint_conflicts(al.read(al.example("winter-pressure")), every=True)
    >>> [each.size for each in found.sets], found.complete
    ([2, 2, 2], True)
    """

def fit(
    system: System,
    *,
    theta: float = 0.6,
    least: float = 0.6,
    options: FitOptions | Mapping[str, object] | None = None,
) -> Fit:
    """Where square pegs meet round holes: measures of one outcome that sectors work to apart, and how they differ.

    Parameters
    ----------
    system
        The system.
    theta
        How well a measure must speak for an outcome before it counts as one of it. Validity, above 0 to 1. Default:
        0.6.
    least
        How alike names and definitions of two measures must be before they are near each other. 0 to 1. Default: 0.6.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Fit
        A row for each pair of measures: what differs of definition, population, unit and timing, what a row of overlaps
        explains of that, and whether to align the two or keep both as local choice; and how many stand between which
        sectors.

    References
    ----------
    Leutz (1999), Milbank Quarterly 77: you can't integrate a square peg and a round hole.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.fit(al.read("england-2026"))
    >>> [(row.measure_a, row.measure_b, row.differs, row.overlap) for row in found.pegs[:1]]
    [('ascof-2c', 'care-home-adm', (), 'same')]
    """

def fragmentation(
    system: System,
    measures: str | Iterable[str] | None = None,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
    options: FragmentationOptions | Options | Mapping[str, object] | None = None,
) -> Fragmentation:
    """Whose integration is whose fragmentation: own measures lost, own links of cause and effect cut.

    Parameters
    ----------
    system
        The system.
    measures
        The set, by id; blank is the proposed one.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Fragmentation
        For each agency what becomes of the measures that it has a target on itself (kept, said by another, lost), and
        of the influences of which it sees both ends today (stays, through another, cut); who loses most comes first.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set was given, and none meets all wishes.

    References
    ----------
    Leutz (1999), Milbank Quarterly 77: your integration is my fragmentation.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.fragmentation(al.read("winter-pressure"), ["bed-occupancy", "flu-vaccination"])
    >>> [(row.agency_name, len(row.lost), row.own) for row in found.agencies[:2]]
    [('the commissioner', 3, 4), ('the region', 2, 4)]
    """

def frontier(
    system: System,
    limit: int = 100,
    options: FrontierOptions | Options | Mapping[str, object] | None = None,
    progress: Progress = ...,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
) -> Frontier:
    """Burden against conflict and what is left unsaid: the ladder of sets that are best for some burden.

    Among the sets that meet every wish and leave the least weight of duties unserved, those that no other dominates:
    none has less of one and no more of the other. Each point has the set that `propose` would choose of its equals.

    Parameters
    ----------
    system
        The system.
    limit
        How many points to look for, both ends among them. Default: 100.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Frontier
        The points from the least burden to the least left, each with its set, what comes and goes, and whether it
        is proven. After the time limit, or Ctrl-C, those found so far.

    Raises
    ------
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set of measures meets all wishes.
    SolverTrouble
        The solver failed, or a set did not survive the judge.

    References
    ----------
    Haimes, Lasdon, Wismer (1971), On a bicriterion formulation of the problems of integrated system identification and
    system optimization. IEEE Transactions on Systems, Man, and Cybernetics 1.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.frontier(al.read(al.example("winter-pressure")))
    >>> [(point.burden, point.left) for point in found.points]
    [(5.0, 4.35), (6.0, 3.35), (7.0, 2.5)]
    """

def journey(
    system: System,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    tolerance: float = 0.2,
    options: JourneyOptions | Mapping[str, object] | None = None,
) -> Journey:
    """Whether the person's path is seamless: at each hand-over, who works to a measure of it.

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Journey
        A row for each hand-over of the table pathways: shared, in conflict, each its own, one side, others only,
        nobody, or not known; with the measures, who works to which, and the worst finding between the two.

    References
    ----------
    Green's question, as METHOD reads it: whether a person's path through services has seams that nobody looks at.

    Examples
    --------
    >>> import alignment as al
    >>> steps = [
    ...     {"pathway": "winter-fall", "step": 1, "agency": "trust", "measure": "length-of-stay"},
    ...     {"pathway": "winter-fall", "step": 2, "agency": "council", "measure": "delayed-discharges"},
    ... ]
    >>> al.journey(al.read("winter-pressure").replace(pathways=steps)).handovers[0].state
    'each its own'
    """

def layers(
    system: System,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    tolerance: float = 0.2,
    options: LayerOptions | Mapping[str, object] | None = None,
) -> Layers:
    """Whether the layers of government work to the same measures, and who serves how many masters.

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Layers
        For every two tiers the measures that both work to, the share of all that these are (Jaccard), on which of them
        both have targets of their own and which the one delivers for the other, the conflicts between them and how far
        their targets help each other; for every agency its masters, and which of them it answers to.

    References
    ----------
    Green's question: layer after layer of politicians who do not have the same outcome measures.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.layers(al.read(al.example("winter-pressure")))
    >>> [(row.a, row.b, len(row.shared), row.jaccard) for row in found.pairs]
    [('regional', 'local', 2, 0.285714), ('regional', 'provider', 2, 0.333333), ('local', 'provider', 1, 0.125)]
    """

def lenses(
    system: System,
    measures: str | Iterable[str] | None = None,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
    options: LensesOptions | Options | Mapping[str, object] | None = None,
) -> Lenses:
    """Every lens on a system: a paragraph each, and what the tables lack.

    Parameters
    ----------
    system
        The system.
    measures
        The set, by id; blank is the proposed one.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Lenses
        A row for each lens, in the order of the method; `lens` gives the rows that carry its paragraph.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.

    Examples
    --------
    >>> import alignment as al
    >>> al.lenses(al.read("winter-pressure")).lenses[0].lens
    'balance'
    """

def mactor_matrices(
    system: System,
    diagonal: Literal["in", "out"] = "in",
    *,
    options: MactorOptions | Mapping[str, object] | None = None,
) -> Mactor:
    """MACTOR's matrices of a system: the balance of power, alliances and conflicts.

    Actors are the agencies that count, objectives the targeted measures, moved up. Godet asks experts for the two
    tables; here rows of the system fill them, which is a reading of ours. MDI(A, B) is the highest of: B answers to A
    (statutory and electoral 4, regulatory and financial 3, contractual or blank 2, partnership 1); A pays B (2); A
    controls half or more of a measure that B must deliver a target on (2), or less of it, or B only wants it (1); A
    sets a target that B must deliver (1). 2MAO(A, k) is the heaviest wish of A's own targets for more of k less the
    heaviest for less, a weight w being worth 4w, rounded up. ``.evidence`` has the rows behind each cell.

    Parameters
    ----------
    system
        The system.
    diagonal
        Whether influence and dependence count what comes back to the actor itself: in or out. Default: 'in'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Mactor
        Every matrix as a DataFrame, ``.to_frame()`` with the figures of each actor, ``.evidence``.

    Raises
    ------
    UnknownWord
        ``diagonal`` is neither.

    References
    ----------
    Godet (1991), Actors' moves and strategies: the MACTOR method, Futures, July/August 1991, 605-622.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.mactor_matrices(al.read(al.example("winter-pressure")))
    >>> found.relative_strength.idxmax()
    'region'
    """

def net_effects(
    system: System,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    *,
    options: Walks | Mapping[str, object] | None = None,
) -> NetEffects:
    """What moving each measure does to every other, along walks of influences.

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    NetEffects
        Net effects in steps per step, with the strongest path, the confidence and the mixed share of any pair.

    Raises
    ------
    OptionError
        An option is out of its range.
    DivergentEffects
        With ``steps=0``, decay times the spectral radius of abs(E) is not below 1.

    References
    ----------
    Weitz, Carlsen, Nilsson, Skanberg (2018). Towards systemic and contextual priority setting for
    implementing the 2030 Agenda. Sustainability Science 13.

    Examples
    --------
    >>> import alignment as al
    >>> al.net_effects(al.read(al.example("london-2018")))
    <NetEffects of 55 measures: 299 pairs, K=2>
    """

def payback(
    system: System,
    *,
    discount: float = 0.0,
    options: PaybackOptions | Mapping[str, object] | None = None,
) -> Payback:
    """When aligning pays, whom, and who pays without gaining.

    Parameters
    ----------
    system
        The system.
    discount
        How much less money counts for each year that it comes later than the first. Share a year, 0 to 1. Default: 0.0.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Payback
        For everybody together and for each agency what it pays and saves over all years, how far it is behind at the
        deepest, and from when on it is not; and the same year by year.

    Raises
    ------
    OptionError
        An option is out of its range.

    References
    ----------
    Leutz (1999), Five laws for integrating medical and social services: lessons from the United States and the United
    Kingdom, Milbank Quarterly 77(1): integration costs before it pays.

    Examples
    --------
    >>> import alignment as al
    >>> made_up = [
    ...     {"agency": "council", "item": "reablement", "year": 2030, "cost": 300, "saving": 0},
    ...     {"agency": "trust", "item": "reablement", "year": 2031, "cost": 0, "saving": 400},
    ... ]
    >>> found = al.payback(al.read("winter-pressure").replace(finances=made_up))
    >>> [(row.name, row.net, row.break_even) for row in found.bodies]
    [('everybody together', 100.0, 2031), ('the council', -300.0, None), ('the trust', 400.0, 2030)]
    """

def propose(
    system: System,
    options: Options | Mapping[str, object] | None = None,
    progress: Progress = ...,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
) -> Proposal:
    """The measures to keep: they serve every duty, say what is said for people, and leave the least conflict.

    In order, each stage holding those before at their proven best: fewest duties left unserved; least lost to people,
    the weight of people's targets that nothing kept says; least toll, which weighs residual conflict, what is left
    unsaid and the number of measures against each other; the smallest largest loss of voice; most live targets on kept
    measures; first by measure id.

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.
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

def readiness(
    system: System,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    tolerance: float = 0.2,
    options: ReadinessOptions | Mapping[str, object] | None = None,
) -> Readiness:
    """Whether bodies that share a duty have what joint work takes: the weakest pair, and its weakest ingredient.

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    theta
        How well a measure must speak for an outcome before it makes a duty. Validity, above 0 to 1. Default: 0.6.
    breadth
        Whether duties are told apart by population; with "outcome" bodies share one whomever it is about. Default:
        'population'.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    options
        All of these at once; what is given by name wins.

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

def ring_fence(
    system: System,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    reach: float | None = None,
    effort: float | None = None,
    cap: Mapping[str, float] | None = None,
    floor: Mapping[str, float] | None = None,
    options: RingFenceOptions | Mapping[str, object] | None = None,
) -> RingFence:
    """Which caps and floors of resources bind, and what would be spared if one of them were moved.

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that, what is known is given, marked. Unit: seconds. Default: 60.0.
    reach
        How far an agency can push a measure; blank is from its floor to its ceiling, or 10. Unit: steps.
    effort
        What agencies can spend that have no effort of their own. Unit: steps; blank is no limit.
    cap
        What resources would be capped at instead, by id; blank changes none. Unit: the resource's.
    floor
        How much of resources would have to be used instead, by id; blank changes none. Unit: the resource's.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    RingFence
        For each cap and floor what is used today, what the targets would use, whether it binds, its shadow price and
        who would gain without it; with ``cap`` or ``floor`` the same after the change.

    Raises
    ------
    UnknownWord
        A resource is not known.
    OptionError
        An option is out of its range.
    SolverTrouble
        The answer did not survive the judge.

    References
    ----------
    Iliffe and Bourne's question: which cap, and which ring-fence, is it that binds?

    Examples
    --------
    >>> import alignment as al
    >>> found = al.ring_fence(al.read("winter-pressure"), cap={"home-care-hours": 600})
    >>> [(row.before.limit, row.before.binds, row.after.limit, row.after.binds) for row in found.limits]
    [(400.0, True, 600.0, False)]
    """

def shared_values(
    system: System,
    measures: str | Iterable[str] | None = None,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    reach: float | None = None,
    effort: float | None = None,
    lexicographic: bool = True,
    power: Mapping[str, float] | None = None,
    prices: bool = True,
    options: SharingOptions | Mapping[str, object] | None = None,
) -> SharedValues:
    """Values that targets could share where they cannot all be met, and what one more of anything limited would spare.

    The largest concession of any agency, times its power, is made as small as possible; then, unless ``lexicographic``
    is switched off, the next largest, and so on; then the sum of concessions, each times its target's weight.

    Parameters
    ----------
    system
        The system.
    measures
        Only targets on these measures, by id; blank is all.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that, what is known is given, marked. Unit: seconds. Default: 60.0.
    reach
        How far an agency can push a measure; blank is from its floor to its ceiling, or 10. Unit: steps.
    effort
        What agencies can spend that have no effort of their own. Unit: steps; blank is no limit.
    lexicographic
        Whether, after the largest concession, the next largest is made as small as possible, and so on. Default: True.
    power
        The power of agencies, by id, instead of that in the table. Above 0.
    prices
        Whether to tell what one more unit of anything limited would spare. Default: True.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    SharedValues
        Each target's value as wished and as shared, each agency's largest concession, and shadow prices of caps,
        floors and efforts, each tried by solving again with a little more.

    Raises
    ------
    InputError
        The hard facts alone contradict each other.
    OptionError
        An option is out of its range.
    SolverTrouble
        The answer did not survive the judge.

    Examples
    --------
    >>> import alignment as al
    >>> shared = al.shared_values(al.read(al.example("winter-pressure")))
    >>> [(row.target, row.wished, row.shared) for row in shared.targets if row.concession > 2]
    [('commissioner-delays', 40.0, 53.333333)]
    """

def smallest_repair(
    system: System,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    reach: float | None = None,
    effort: float | None = None,
    every: bool = False,
    limit: int = 100,
    options: RepairOptions | Mapping[str, object] | None = None,
    progress: Progress = ...,
) -> Repair:
    """The least weight of targets to give up such that all others can be met, with proof.

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that, what is known is given, marked. Unit: seconds. Default: 60.0.
    reach
        How far an agency can push a measure; blank is from its floor to its ceiling, or 10. Unit: steps.
    effort
        What agencies can spend that have no effort of their own. Unit: steps; blank is no limit.
    every
        Whether to look for all repairs of the least weight. Default: False.
    limit
        How many of them to list at most. Default: 100.
    options
        All of these at once; what is given by name wins.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Repair
        What to give up, what it weighs, and the conflicting sets that prove that nothing lighter is enough.

    Raises
    ------
    InputError
        The hard facts alone contradict each other.
    OptionError
        An option is out of its range.
    SolverTrouble
        The answer did not survive the judge.

    Examples
    --------
    >>> import alignment as al
    >>> repair = al.smallest_repair(al.read(al.example("winter-pressure")), every=True)
    >>> repair.weight, repair.proven, len(repair.repairs)
    (2.0, True, 2)
    """

def suggest_overlaps(
    system: System,
    *,
    least: float = 0.6,
    options: OverlapOptions | Mapping[str, object] | None = None,
) -> OverlapSuggestions:
    """Pairs of measures that are probably one thing under two names, of which no row of overlaps speaks yet.

    Words, ages, times, numbers, units, people and definitions are compared as what they are. Nothing is changed:
    `OverlapSuggestions.accept` makes a system with rows for the pairs that somebody chose.

    Parameters
    ----------
    system
        The system.
    least
        Pairs that are less alike than this are left out. No unit, 0 to 1. Default: 0.6.
    options
        All of these at once; what is given by name wins.

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

def sway(
    system: System,
    measures: str | Iterable[str] | None = None,
    by: Literal["agency", "tier", "sector"] = "agency",
    options: Options | SwayOptions | Mapping[str, object] | None = None,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
) -> Sway:
    """Who calls the tune: whose measures are kept, against whose duties they serve, today and with a set of measures.

    A group is flagged whose own measures are more of the kept ones than the option `sway` allows any one agency. Where
    that is not given, or groups are not agencies, it is one that has more than an even share of the kept measures, and
    more than twice its share of the duties.

    Parameters
    ----------
    system
        The system.
    measures
        The set, by id; blank is the proposed one.
    by
        What to group agencies by: agency, tier or sector. Default: 'agency'.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Sway
        A row for each group that counts: measures kept, lost and gained, shares of measures and duties, and why it is
        flagged; their concentration, and congruity before and after.

    Raises
    ------
    UnknownWord
        A measure or ``by`` is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set was given, and none meets all wishes.

    References
    ----------
    Leutz (1999), Five laws for integrating medical and social services, Milbank Quarterly 77(1): the one who
    integrates calls the tune. Feltham and Xie (1994), The Accounting Review 69.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.sway(al.read(al.example("winter-pressure")), by="tier")
    >>> found.concentration.after
    0.436508
    """

def targeting(
    system: System,
    budget: float | None = None,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    resources: str | Iterable[str] | None = None,
    bundles: Bundles | None = None,
    solver: Literal["highs", "cbc", "race"] = "highs",
    options: TargetingOptions | Mapping[str, object] | None = None,
) -> Targeting:
    """Which services, for whom, fit a budget: all services for some people, some for all, or the best mix.

    Parameters
    ----------
    system
        The system.
    budget
        What there is to spend; blank is what is left of the resources. Unit: theirs, or that of the bundles.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that, what is known is given, marked. Unit: seconds. Default: 60.0.
    resources
        The resources that are spent, by id, all of one unit; blank is the money, or else what most services draw on.
    bundles
        Services with people, benefit and cost, in place of what the system's tables say of them.
    solver
        Who searches. Default: 'highs'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Targeting
        Every bundle of a service and people with its benefit and cost, and the best of each way of choosing within
        the budget, proven or marked.

    Raises
    ------
    UnknownWord
        A resource is not known.
    OptionError
        An option is out of its range, or resources differ in their unit.
    InputError
        Something is wrong with bundles.
    SolverTrouble
        The answer did not survive the judge.

    References
    ----------
    Leutz (1999), Five laws for integrating medical and social services: lessons from the United States and the United
    Kingdom, Milbank Quarterly 77(1): all services for some, or some for all, but not all for all. Dantzig (1957),
    Discrete-variable extremum problems, Operations Research 5 (the knapsack problem).

    Examples
    --------
    >>> import alignment as al
    >>> made_up = [
    ...     {"population": "older-people", "service": "falls clinic", "benefit": 6, "cost": 40},
    ...     {"population": "older-people", "service": "home team", "benefit": 9, "cost": 50},
    ...     {"population": "children", "service": "home team", "benefit": 5, "cost": 40},
    ... ]
    >>> found = al.targeting(al.read("winter-pressure"), 90, bundles=made_up)
    >>> [(row.kind, row.benefit) for row in found.mixes]
    [('best mix', 15.0), ('all services for some', 15.0), ('some services for all', 14.0)]
    """

def themes(
    system: System,
    kinds: Kind | Iterable[Kind] | None = None,
    tolerance: float = 0.2,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    *,
    options: ThemeOptions | Mapping[str, object] | None = None,
) -> Themes:
    """The handful of quarrels that a system's conflicts come down to, worst first.

    Findings hang together by the measures that they share, and where one lists another; a theme is a community of them
    (Louvain). It is named after the measure or resource with the most weight in it and led by its worst finding that
    stands by itself; what the rest add is said in a clause each. A payment for the same move with the same harm as a
    spillover is told with that.

    Parameters
    ----------
    system
        The system.
    kinds
        Which kinds to look for; blank is all.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Themes
        The themes, by the sum of severity times confidence over their findings, then id; each finding in one.

    Raises
    ------
    UnknownWord
        A kind is not known.
    OptionError
        An option is out of its range.
    SolverTrouble
        The themes did not survive the judge.

    References
    ----------
    Blondel, Guillaume, Lambiotte and Lefebvre (2008), Fast unfolding of communities in large networks.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.themes(al.read(al.example("winter-pressure")))
    >>> [(theme.name, theme.share, len(theme.findings)) for theme in found.themes[:2]]
    [('Delayed discharges', 0.436228, 6), ('Flu vaccination', 0.105752, 2)]
    """

def triage(
    system: System,
    *,
    theta: float = 0.6,
    enough: float = 0.8,
    least: float = 0.2,
    options: TriageOptions | Mapping[str, object] | None = None,
) -> Triage:
    """Which outcomes need joint work at all: who controls enough of each, and what is at stake for each link.

    For each outcome the smallest group of agencies that together hold `enough` of all control that is known. Several
    would have to coordinate in pairs. What is at stake is the weight of the targets set on the outcome's measures that
    can be shown not to be met: what is met needs no new links, and where today's level is not known that is said.

    Parameters
    ----------
    system
        The system.
    theta
        How well a measure must speak for an outcome before it counts for it. Validity, above 0 to 1. Default: 0.6.
    enough
        The part of all known control that the smallest group has to hold. Above 0 to 1. Default: 0.8.
    least
        Where all agencies together control less of an outcome, nobody does. 0 to 1. Default: 0.2.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Triage
        For each outcome whether several agencies are needed, one holds enough, nobody controls much, or controls are
        not known; the smallest group, links, measures not met, what is at stake for each link, and whether success and
        failure are stated. Outcomes of the use of resources are told after those for people.

    Raises
    ------
    OptionError
        An option is out of its range.

    References
    ----------
    Glasby's question, which outcomes, for whom, need partnership, and what would success or failure look like.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.triage(al.read(al.example("winter-pressure")))
    >>> [(row.outcome_name, row.work, row.agencies) for row in found.outcomes[:2]]  # doctest: +NORMALIZE_WHITESPACE
    [('People stay well through the winter', 'joint', ('trust', 'council')),
     ('People go home when they are ready', 'single', ('council',))]
    """

def two_year_test(
    system: System,
    measures: str | Iterable[str] | None = None,
    years: float = 2.0,
    options: Options | TwoYearTestOptions | Mapping[str, object] | None = None,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
) -> TwoYearTest:
    """What would tell, in two years, that a set of measures succeeds or fails, and what is missing.

    For each kept measure where it stands, what success and failure would be, and whether it can be read in time.

    Parameters
    ----------
    system
        The system.
    measures
        The set, by id; blank is the proposed one.
    years
        After how many years success or failure has to show. Unit: years, above 0 to 100. Default: 2.0.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    TwoYearTest
        A row for each kept measure: whether it tells in time, too late, or cannot tell, and why.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set was given, and none meets all wishes.

    References
    ----------
    Tracy's question: what would tell us, in two years, that we are succeeding or failing?

    Examples
    --------
    >>> import alignment as al
    >>> found = al.two_year_test(al.read(al.example("winter-pressure")))
    >>> found.measures[0].name, found.measures[0].telling, found.measures[0].wanted
    ('Flu vaccination', 'tells', '72% or more')
    """

def validate(
    system: System,
    *,
    options: Asked | Mapping[str, object] | None = None,
) -> Summary:
    """What a system that was read without a fault holds, in figures, and the first of the advice on its tables.

    Whatever is wrong with one is said when it is read, all at once.

    Parameters
    ----------
    system
        The system.
    options
        All of these at once; what is given by name wins.

    Returns
    -------
    Summary
        Its size, its hash and the number of rows of each table; what was put right or passed over while it was read;
        the first three pieces of `advice`, and how many there are.

    Examples
    --------
    >>> import alignment as al
    >>> al.validate(al.read(al.example("winter-pressure")))
    <Summary: 3 tiers · 4 agencies · 10 measures · 14 targets · 10 influences>
    """

def view(
    system: System,
    agency: str = ...,
    measures: str | Iterable[str] | None = None,
    options: Options | ViewOptions | Mapping[str, object] | None = None,
    progress: Progress = ...,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
) -> View:
    """One organisation's own page: what it is asked, whom it meets, what a set of measures means for it.

    Its targets and who asks them, with where they stand today; what it can move and what money follows; the quarrels
    it stands in, by themes, with its side; what it keeps, takes on and gives up in the proposed set, and what says
    that instead; who helps and who hinders it (table `neighbours`).

    Parameters
    ----------
    system
        The system.
    agency
        The organisation, by id, or by its name where only one bears it.
    measures
        The set, by id; blank is the proposed one.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.
    progress
        Told in words what is being done while a set is looked for.

    Returns
    -------
    View
        Its text is one page; its tables and JSON are complete.

    Raises
    ------
    UnknownWord
        The organisation or a measure is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set was given, and none meets all wishes.

    Examples
    --------
    >>> import alignment as al
    >>> page = al.view(al.read(al.example("winter-pressure")), "council")
    >>> page
    <View: The council is judged on 3 measures by 6 targets, two of them asked by the commissioner>
    >>> [(row.name, row.change) for row in page.set]
    [('Delayed discharges', 'keeps'), ('Flu vaccination', 'keeps'), ('Home care spending', 'keeps')]
    """

def what_if(
    system: System,
    changes: Changes = ...,
    each: bool = False,
    options: ChangeOptions | Options | Mapping[str, object] | None = None,
    progress: Progress = ...,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
) -> WhatIf:
    """What would be otherwise if a system were changed, and why.

    Parameters
    ----------
    system
        The system.
    changes
        The changes, made one after the other.
    each
        Whether to tell of each change by itself as well. Default: False.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    WhatIf
        Every row that the changes touched; conflicts, duties, the proposed set, its stages and voices before and after.
        Where no set meets all wishes, the wishes that clash.

    Raises
    ------
    InputError
        With every fault of the changes, and of the rows that they would leave.
    OptionError
        An option is out of its range.

    Examples
    --------
    >>> import alignment as al
    >>> winter = al.read(al.example("winter-pressure"))
    >>> found = al.what_if(winter, al.Drop(table="targets", row="region-beds"))
    >>> [row.what for row in found.measures]
    ['goes', 'comes']
    """

def why(
    system: System,
    measures: str | Iterable[str] | None = None,
    options: Options | WhyOptions | Mapping[str, object] | None = None,
    progress: Progress = ...,
    *,
    steps: int = 2,
    decay: float = 0.5,
    evidence: Literal["declared", "estimated"] = "declared",
    time_limit: float = 60.0,
    theta: float = 0.6,
    breadth: Literal["population", "outcome"] = "population",
    balance: bool = True,
    voice: float = 0.0,
    sway: float | None = None,
    order: Literal["toll", "conflict-first", "burden-first"] = "toll",
    worth: float = 2.0,
    protect: bool = True,
    said: float = 0.5,
    ground: Literal["sight", "outcome"] = "sight",
    sight: float = 0.1,
    horizon: float = 5.0,
    needs: int = 0,
    at_most: int | None = None,
    price: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    keep_statutory: bool = False,
    candidates: Literal["all", "targeted"] | str | Iterable[str] = "all",
    local_choice: int = 0,
    weights: Mapping[str, float] = {},
    power: Mapping[str, float] = {},
    achievable: bool = False,
    max_concession: float = 0.0,
    reach: float | None = None,
    tolerance: float = 0.2,
    solver: Literal["highs", "cbc", "race"] = "highs",
) -> Reasons:
    """Why measures are kept or not, and what it would cost to do otherwise.

    The price of leaving out a kept measure is what the best set without it is worse by, stage by stage; the price of
    keeping any other is the same for the best set with it. Both are exact: another search, judged like the first.

    Parameters
    ----------
    system
        The system.
    measures
        The measures to explain, by id; blank is all.
    steps
        The longest walk of influences that counts; 0 is all. Unit: influences. Default: 2.
    decay
        What each further influence of a walk is multiplied by. Above 0 to 1. Default: 0.5.
    evidence
        Which count of two measures' declared and estimated influences; only conflicts can be asked for both. Default:
        'declared'.
    time_limit
        How long to search; after that the best set found is given, marked as unproven. Unit: seconds. Default: 60.0.
    theta
        How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1. Default:
        0.6.
    breadth
        Whether duties are told apart by population; "outcome" gives a smaller, coarser set. Default: 'population'.
    balance
        Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources. Default:
        True.
    voice
        The share of the duties that its own measures serve today which no agency may fall below. 0 to 1. Default: 0.0.
    sway
        The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit.
    order
        Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first.
        Default: 'toll'.
    worth
        What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000. Default: 2.0.
    protect
        Whether people's targets are said first, before the toll is looked at. Default: True.
    said
        How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1. Default: 0.5.
    ground
        Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome.
        Default: 'sight'.
    sight
        The control share of a measure with which a body sees itself in it. Above 0 to 1. Default: 0.1.
    horizon
        The years after which what is done no longer shows in a measure in time to stand in for another. Default: 5.0.
    needs
        How many kept measures each body has to see itself in, where agencies do not say. Unit: measures. Default: 0.
    at_most
        The most measures that may be kept; blank is no limit. Unit: measures.
    price
        What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000.
    keep
        Measures that must be kept, by id. Default: ().
    drop
        Measures that must not be kept, by id. Default: ().
    keep_statutory
        Whether people go on being judged on every measure that the law wants reported. Default: False.
    candidates
        Which measures can be kept: all; only those that somebody has a target on today; or those named, by id. Default:
        'all'.
    local_choice
        How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures.
        Default: 0.
    weights
        What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1. Default:
        {}.
    power
        The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0. Default:
        {}.
    achievable
        Whether the targets on the kept measures must all be able to be met together. Default: False.
    max_concession
        How far short of its wish any target may settle, where all must be able to be met. Unit: steps. Default: 0.0.
    reach
        How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps.
    tolerance
        Net effects up to this are no conflict. Unit: steps per step. Default: 0.2.
    solver
        Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins.
        Default: 'highs'.
    options
        All of these at once; what is given by name wins.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Reasons
        For each measure the decision, its reason, its prices, what comes and goes instead, and whether it is in every,
        some or no best set.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set of measures meets all wishes.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> al.why(system, ["patient-experience"]).measures[0].decision
    'kept'
    """
