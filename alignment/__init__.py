"""Where public bodies' targets pull against each other, and the few measures that would serve them all.

Nouns are frozen data (`alignment.models`), verbs are plain functions::

    import alignment as al

    system = al.read(al.example("london-2018"))
    conflicts = al.find_conflicts(system)
    proposal = al.propose(system)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .aligned_set.alternatives import alternatives
    from .aligned_set.frontier import frontier
    from .aligned_set.proposal import propose
    from .aligned_set.reasons import why
    from .conflicts.collection import Conflicts, find_conflicts
    from .covering import Cover, cover, overlap_penalties, read_cover
    from .effects.alignment import Alignment, alignment
    from .effects.congruity import Congruity, congruity
    from .effects.net_effects import Effect, NetEffects, net_effects
    from .errors import (
        AlignmentError,
        DivergentEffects,
        InputError,
        MissingExtra,
        NoAlignedSet,
        OptionError,
        SolverTrouble,
        UnknownWord,
    )
    from .examples import example
    from .feasibility.achieve import can_all_be_met
    from .feasibility.effort import effort_needed
    from .feasibility.joint import find_joint_conflicts
    from .feasibility.repair import smallest_repair
    from .feasibility.shared_values import shared_values
    from .judge import check
    from .lenses.voices import voices
    from .mactor.matrices import Mactor, mactor_from, mactor_matrices
    from .models.answers.achieve import Achievement
    from .models.answers.alternatives import Alternatives
    from .models.answers.certainty import Certainty
    from .models.answers.check import Verdict
    from .models.answers.effort import EffortNeeded
    from .models.answers.frontier import Frontier
    from .models.answers.joint import JointConflicts
    from .models.answers.proposal import Proposal
    from .models.answers.reasons import Reasons, Why
    from .models.answers.repair import Repair
    from .models.answers.shared_values import SharedValues
    from .models.answers.voices import Voices
    from .models.answers.what_if import WhatIf
    from .models.options.aligned_set import Options
    from .models.options.changes import (
        Add,
        ChangeCap,
        ChangeFloor,
        Drop,
        MergeAgencies,
        RemoveAgency,
        Retarget,
        Reweigh,
    )
    from .models.system import System
    from .network.graph import graph
    from .scenarios.changes import apply
    from .scenarios.what_if import what_if
    from .signed_network.camps import Camps, camps
    from .signed_network.frustration import Frustration, frustration
    from .tables import read, to_document, to_frames, write
    from .uncertainty.certainty import certainty

__all__ = [
    "Achievement",
    "Add",
    "Alignment",
    "AlignmentError",
    "Alternatives",
    "Camps",
    "Certainty",
    "ChangeCap",
    "ChangeFloor",
    "Conflicts",
    "Congruity",
    "Cover",
    "DivergentEffects",
    "Drop",
    "Effect",
    "EffortNeeded",
    "Frontier",
    "Frustration",
    "InputError",
    "JointConflicts",
    "Mactor",
    "MergeAgencies",
    "MissingExtra",
    "NetEffects",
    "NoAlignedSet",
    "OptionError",
    "Options",
    "Proposal",
    "Reasons",
    "RemoveAgency",
    "Repair",
    "Retarget",
    "Reweigh",
    "SharedValues",
    "SolverTrouble",
    "System",
    "UnknownWord",
    "Verdict",
    "Voices",
    "WhatIf",
    "Why",
    "alignment",
    "alternatives",
    "apply",
    "camps",
    "can_all_be_met",
    "certainty",
    "check",
    "congruity",
    "cover",
    "effort_needed",
    "example",
    "find_conflicts",
    "find_joint_conflicts",
    "frontier",
    "frustration",
    "graph",
    "mactor_from",
    "mactor_matrices",
    "net_effects",
    "overlap_penalties",
    "propose",
    "read",
    "read_cover",
    "shared_values",
    "smallest_repair",
    "to_document",
    "to_frames",
    "voices",
    "what_if",
    "why",
    "write",
]

__version__: Final = "0.1.0"

# Found when first used: `alignment --help` should not wait for pandas, and a reader of tables not for a solver.
# No module is called like a verb: importing it would hide the verb.
_HOMES: Final = {
    "alignment.models.answers.shared_values": ("EffortNeeded", "SharedValues"),
    "alignment.feasibility.shared_values": ("shared_values",),
    "alignment.feasibility.effort": ("effort_needed",),
    "alignment.feasibility.achieve": ("can_all_be_met", "find_joint_conflicts", "smallest_repair"),
    "alignment.models.answers.achieve": ("Achievement", "JointConflicts", "Repair"),
    "alignment.signed_network.frustration": ("Frustration", "frustration"),
    "alignment.scenarios.changes": ("apply",),
    "alignment.scenarios.what_if": ("what_if",),
    "alignment.conflicts.collection": ("Conflicts", "find_conflicts"),
    "alignment.covering": ("Cover", "cover", "overlap_penalties", "read_cover"),
    "alignment.effects.net_effects": ("Effect", "NetEffects", "net_effects"),
    "alignment.errors": (
        "AlignmentError",
        "DivergentEffects",
        "InputError",
        "MissingExtra",
        "NoAlignedSet",
        "OptionError",
        "SolverTrouble",
        "UnknownWord",
    ),
    "alignment.examples": ("example",),
    "alignment.signed_network.camps": ("Camps", "camps"),
    "alignment.effects.alignment": ("Alignment", "Congruity", "alignment", "congruity"),
    "alignment.judge": ("check",),
    "alignment.mactor.matrices": ("Mactor", "mactor_from", "mactor_matrices"),
    "alignment.models.answers.certainty": ("Certainty",),
    "alignment.models.options.changes": (
        "Add",
        "ChangeCap",
        "ChangeFloor",
        "Drop",
        "MergeAgencies",
        "RemoveAgency",
        "Retarget",
        "Reweigh",
    ),
    "alignment.models.answers.what_if": ("WhatIf",),
    "alignment.models.options.aligned_set": ("Options",),
    "alignment.models.answers.proposal": ("Proposal", "Verdict"),
    "alignment.models.system": ("System",),
    "alignment.models.answers.frontier": ("Frontier",),
    "alignment.network.graph": ("graph",),
    "alignment.models.answers.reasons": ("Alternatives", "Reasons", "Why"),
    "alignment.aligned_set.proposal": ("propose",),
    "alignment.aligned_set.reasons": ("alternatives", "why"),
    "alignment.uncertainty.certainty": ("certainty",),
    "alignment.models.answers.voices": ("Voices",),
    "alignment.lenses.voices": ("voices",),
    "alignment.tables": ("read", "to_document", "to_frames", "write"),
    "alignment.aligned_set.frontier": ("frontier",),
}
_HOME: Final = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'alignment' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
