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
    from .achieve import can_all_be_met, find_joint_conflicts, smallest_repair
    from .balance import Frustration, frustration
    from .changing import apply
    from .comparing import what_if
    from .conflicts.gather import Conflicts, find_conflicts
    from .covering import Cover, cover, overlap_penalties, read_cover
    from .effects import Effect, NetEffects, net_effects
    from .efforts import effort_needed
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
    from .factions import Camps, camps
    from .helping import Alignment, Congruity, alignment, congruity
    from .judge.check import check
    from .mactor import Mactor, mactor_from, mactor_matrices
    from .models.achievement import Achievement, JointConflicts, Repair
    from .models.certainty import Certainty
    from .models.changes import (
        Add,
        ChangeCap,
        ChangeFloor,
        Drop,
        MergeAgencies,
        RemoveAgency,
        Retarget,
        Reweigh,
    )
    from .models.comparison import WhatIf
    from .models.options import Options
    from .models.proposal import Proposal, Verdict
    from .models.reasons import Alternatives, Reasons, Why
    from .models.sharing import EffortNeeded, SharedValues
    from .models.system import System
    from .models.tradeoff import Frontier
    from .models.voices import Voices
    from .network import graph
    from .proposal import propose
    from .reasons import alternatives, why
    from .sharing import shared_values
    from .sureness import certainty
    from .tables import read, to_document, to_frames, write
    from .tradeoff import frontier
    from .voice import voices

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
    "alignment.models.sharing": ("EffortNeeded", "SharedValues"),
    "alignment.sharing": ("shared_values",),
    "alignment.efforts": ("effort_needed",),
    "alignment.achieve": ("can_all_be_met", "find_joint_conflicts", "smallest_repair"),
    "alignment.models.achievement": ("Achievement", "JointConflicts", "Repair"),
    "alignment.balance": ("Frustration", "frustration"),
    "alignment.changing": ("apply",),
    "alignment.comparing": ("what_if",),
    "alignment.conflicts.gather": ("Conflicts", "find_conflicts"),
    "alignment.covering": ("Cover", "cover", "overlap_penalties", "read_cover"),
    "alignment.effects": ("Effect", "NetEffects", "net_effects"),
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
    "alignment.factions": ("Camps", "camps"),
    "alignment.helping": ("Alignment", "Congruity", "alignment", "congruity"),
    "alignment.judge.check": ("check",),
    "alignment.mactor": ("Mactor", "mactor_from", "mactor_matrices"),
    "alignment.models.certainty": ("Certainty",),
    "alignment.models.changes": (
        "Add",
        "ChangeCap",
        "ChangeFloor",
        "Drop",
        "MergeAgencies",
        "RemoveAgency",
        "Retarget",
        "Reweigh",
    ),
    "alignment.models.comparison": ("WhatIf",),
    "alignment.models.options": ("Options",),
    "alignment.models.proposal": ("Proposal", "Verdict"),
    "alignment.models.system": ("System",),
    "alignment.models.tradeoff": ("Frontier",),
    "alignment.network": ("graph",),
    "alignment.models.reasons": ("Alternatives", "Reasons", "Why"),
    "alignment.proposal": ("propose",),
    "alignment.reasons": ("alternatives", "why"),
    "alignment.sureness": ("certainty",),
    "alignment.models.voices": ("Voices",),
    "alignment.voice": ("voices",),
    "alignment.tables": ("read", "to_document", "to_frames", "write"),
    "alignment.tradeoff": ("frontier",),
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
