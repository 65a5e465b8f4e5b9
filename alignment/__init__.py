"""Where public bodies' targets pull against each other, and the few measures that would serve them all.

Nouns are frozen data (`alignment.models`), verbs are plain functions::

    import alignment as al

    system = al.read(al.example("london-2018"))
    conflicts = al.find_conflicts(system)
    proposal = al.propose(system)
"""

from __future__ import annotations

import importlib
from typing import Any, Final

__version__: Final = "0.1.0"

# Found when first used: `alignment --help` should not wait for pandas, and a reader of tables not for a solver.
# What editors and type checkers see is `__init__.pyi`, which docs/generate.py makes of this table and of the options.
_HOMES: Final = {
    "alignment.aligned_set.alternatives": ("alternatives",),
    "alignment.aligned_set.coverage": ("coverage",),
    "alignment.aligned_set.frontier": ("frontier",),
    "alignment.aligned_set.proposal": ("propose",),
    "alignment.aligned_set.why": ("why",),
    "alignment.conflicts.agenda": ("agenda",),
    "alignment.conflicts.collection": (
        "Conflicts",
        "find_conflicts",
    ),
    "alignment.conflicts.themes": ("themes",),
    "alignment.covering": (
        "Cover",
        "cover",
        "overlap_penalties",
        "read_cover",
    ),
    "alignment.effects.alignment": (
        "Alignment",
        "alignment",
    ),
    "alignment.effects.congruity": (
        "Congruity",
        "congruity",
    ),
    "alignment.effects.net_effects": (
        "Effect",
        "NetEffects",
        "net_effects",
    ),
    "alignment.errors": (
        "AlignmentError",
        "DivergentEffects",
        "InputError",
        "MissingExtra",
        "NoAlignedSet",
        "NothingToJudge",
        "OptionError",
        "SolverTrouble",
        "UnknownWord",
    ),
    "alignment.examples": ("example",),
    "alignment.feasibility.achieve": ("can_all_be_met",),
    "alignment.feasibility.effort": ("effort_needed",),
    "alignment.feasibility.joint": ("find_joint_conflicts",),
    "alignment.feasibility.repair": ("smallest_repair",),
    "alignment.feasibility.shared_values": ("shared_values",),
    "alignment.verdict.check": ("check",),
    "alignment.integrated_care.balance": ("balance",),
    "alignment.integrated_care.journey": ("journey",),
    "alignment.integrated_care.fragmentation": ("fragmentation",),
    "alignment.integrated_care.fit": ("fit",),
    "alignment.integrated_care.every": (
        "lens",
        "lenses",
    ),
    "alignment.integrated_care.layers": ("layers",),
    "alignment.integrated_care.payback": ("payback",),
    "alignment.integrated_care.readiness": ("readiness",),
    "alignment.integrated_care.ring_fence": ("ring_fence",),
    "alignment.integrated_care.targeting": ("targeting",),
    "alignment.integrated_care.sway": ("sway",),
    "alignment.integrated_care.triage": ("triage",),
    "alignment.integrated_care.two_year_test": ("two_year_test",),
    "alignment.own_page.view": ("view",),
    "alignment.likeness.suggest_overlaps": ("suggest_overlaps",),
    "alignment.lint.advice": ("advice",),
    "alignment.lint.validate": ("validate",),
    "alignment.mactor.matrices": (
        "Mactor",
        "mactor_from",
        "mactor_matrices",
    ),
    "alignment.maps.doors": (
        "read_map",
        "write_map",
    ),
    "alignment.maps.map": ("Map",),
    "alignment.models.answers.achieve": ("Achievement",),
    "alignment.models.answers.advice": ("Advice",),
    "alignment.models.answers.agenda": ("Agenda",),
    "alignment.models.answers.alternatives": ("Alternatives",),
    "alignment.models.answers.answer": (
        "Answer",
        "Record",
    ),
    "alignment.models.answers.certainty": ("Certainty",),
    "alignment.models.answers.check": ("Verdict",),
    "alignment.models.answers.compare": ("Comparison",),
    "alignment.models.answers.coverage": ("Coverage",),
    "alignment.models.answers.effort": ("EffortNeeded",),
    "alignment.models.answers.frontier": ("Frontier",),
    "alignment.models.answers.joint": ("JointConflicts",),
    "alignment.models.answers.balance": ("Balance",),
    "alignment.models.answers.journey": ("Journey",),
    "alignment.models.answers.fragmentation": ("Fragmentation",),
    "alignment.models.answers.fit": ("Fit",),
    "alignment.models.answers.layers": ("Layers",),
    "alignment.models.answers.lens": ("Lens",),
    "alignment.models.answers.lenses": ("Lenses",),
    "alignment.models.answers.targeting": ("Targeting",),
    "alignment.models.answers.themes": (
        "Theme",
        "Themes",
    ),
    "alignment.models.answers.payback": ("Payback",),
    "alignment.models.answers.proposal": ("Proposal",),
    "alignment.models.answers.readiness": ("Readiness",),
    "alignment.models.answers.reasons": (
        "Reasons",
        "Why",
    ),
    "alignment.models.answers.repair": ("Repair",),
    "alignment.models.answers.replay": ("Replay",),
    "alignment.models.answers.ring_fence": ("RingFence",),
    "alignment.models.answers.shared_values": ("SharedValues",),
    "alignment.models.answers.suggest_overlaps": ("OverlapSuggestions",),
    "alignment.models.answers.sway": ("Sway",),
    "alignment.models.answers.triage": ("Triage",),
    "alignment.models.answers.two_year_test": ("TwoYearTest",),
    "alignment.models.answers.validate": ("Summary",),
    "alignment.models.answers.view": ("View",),
    "alignment.models.answers.what_if": ("WhatIf",),
    "alignment.models.options.aligned_set": ("Options",),
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
    "alignment.models.options.targeting": ("Bundle",),
    "alignment.models.system": ("System",),
    "alignment.network.graph": ("graph",),
    "alignment.reports.drawing.layered_map": (
        "LayeredMap",
        "map",
    ),
    "alignment.reports.report": ("report",),
    "alignment.reports.template": ("template",),
    "alignment.scenarios.changes": ("apply",),
    "alignment.scenarios.compare": ("compare",),
    "alignment.scenarios.join": ("join",),
    "alignment.scenarios.subset": ("subset",),
    "alignment.scenarios.what_if": ("what_if",),
    "alignment.signed_network.camps": (
        "Camps",
        "camps",
    ),
    "alignment.signed_network.frustration": (
        "Frustration",
        "frustration",
    ),
    "alignment.tables": (
        "fix",
        "read",
        "to_document",
        "to_frames",
        "write",
    ),
    "alignment.uncertainty.certainty": ("certainty",),
    "alignment.verbs.replay": ("replay",),
}
_HOME: Final = {name: module for module, names in _HOMES.items() for name in names}


__all__ = [*sorted(_HOME)]  # noqa: PLE0604  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'alignment' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    # What people use, and what tools look for; modules are found by those who know them.
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
