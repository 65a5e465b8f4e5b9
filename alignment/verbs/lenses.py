"""The lenses among the verbs; each is asked for as ``alignment lens NAME`` and answered below ``/v1/lenses/``."""

from __future__ import annotations

from typing import Final

from alignment.models.options.aligned_set import VoiceOptions
from alignment.models.options.lenses import (
    LayerOptions,
    LensesOptions,
    PaybackOptions,
    ReadinessOptions,
    RingFenceOptions,
)
from alignment.models.options.targeting import TargetingOptions

from .verb import Verb

LENSES: Final = (
    Verb(
        command="voices",
        path="/v1/lenses/voices",
        home=("alignment.integrated_care.voices", "voices"),
        options=VoiceOptions,
        kind=("voices", "Voices"),
        summary=(
            "Show who calls the tune: whose measures are kept, lost and gained, and how far a few have most of them"
        ),
        doing="Listening",
        tables=("voices", "measures"),
        line="alignment lens voices london-2018 --by tier",
        unfinished="the set is the best found so far",
        argument="measures",
        example={"by": "tier"},
    ),
    Verb(
        command="layers",
        path="/v1/lenses/layers",
        home=("alignment.integrated_care.layers", "layers"),
        options=LayerOptions,
        kind=("layers", "Layers"),
        summary="Show whether the layers of government work to the same measures, and who serves how many masters",
        doing="Comparing tiers",
        tables=("tiers", "masters"),
        line="alignment lens layers london-2018",
    ),
    Verb(
        command="targeting",
        path="/v1/lenses/targeting",
        home=("alignment.integrated_care.targeting", "targeting"),
        options=TargetingOptions,
        kind=("targeting", "Targeting"),
        summary="Show which services, for whom, fit a budget: all for some people, some for all, or the best mix",
        doing="Choosing services",
        tables=("mixes", "bundles"),
        line="alignment lens targeting winter-pressure --budget 200",
        unfinished="the mixes are the best found so far",
    ),
    Verb(
        command="payback",
        path="/v1/lenses/payback",
        home=("alignment.integrated_care.payback", "payback"),
        options=PaybackOptions,
        kind=("payback", "Payback"),
        summary="Show when aligning pays, whom, and who pays without gaining",
        doing="Adding up costs and savings",
        tables=("bodies", "years"),
        line="alignment lens payback london-2018 --discount 0.035",
    ),
    Verb(
        command="readiness",
        path="/v1/lenses/readiness",
        home=("alignment.integrated_care.readiness", "readiness"),
        options=ReadinessOptions,
        kind=("readiness", "Readiness"),
        summary="Show whether bodies that share a duty have what joint work takes, and which pairs to ask first",
        doing="Looking at joint duties",
        tables=("duties", "pairs"),
        line="alignment lens readiness london-2018",
    ),
    Verb(
        command="ring-fence",
        path="/v1/lenses/ring-fence",
        home=("alignment.integrated_care.ring_fence", "ring_fence"),
        options=RingFenceOptions,
        kind=("ring_fence", "RingFence"),
        summary="Show which caps and floors bind, before and after one of them is changed",
        doing="Weighing caps and floors",
        tables=("limits", "reaches"),
        line="alignment lens ring-fence winter-pressure --cap home-care-hours=600",
        unfinished="which cap or floor binds is not known",
    ),
    Verb(
        command="lenses",
        path="/v1/lenses",
        home=("alignment.integrated_care.every", "lenses"),
        options=LensesOptions,
        kind=("lenses", "Lenses"),
        summary="Look through every lens at once: a paragraph each, and what the tables lack",
        doing="Looking through every lens",
        tables=("lenses", "missing"),
        line="alignment lenses london-2018",
        unfinished="the set is the best found so far",
        argument="measures",
    ),
)
"""Every lens in the order of the method, and all of them at once."""
