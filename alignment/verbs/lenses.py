"""The lenses among the verbs; each is asked for as ``alignment lens NAME`` and answered below ``/v1/lenses/``."""

from __future__ import annotations

from typing import Final

from alignment.models.options.aligned_set import VoiceOptions
from alignment.models.options.lenses import LayerOptions, LensesOptions

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
