"""The lenses among the verbs; each is asked for as ``alignment lens NAME`` and answered below ``/v1/lenses/``."""

from __future__ import annotations

from typing import Final

from alignment.models.options.lenses import (
    LayerOptions,
    LensesOptions,
    SwayOptions,
    TriageOptions,
    TwoYearTestOptions,
)

from .verb import Verb

LENSES: Final = (
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
        command="triage",
        path="/v1/lenses/triage",
        home=("alignment.integrated_care.triage", "triage"),
        options=TriageOptions,
        kind=("triage", "Triage"),
        summary="Show which outcomes need joint work at all, and between whom",
        doing="Looking for who is needed",
        tables=("outcomes", "shares"),
        line="alignment lens triage london-2018",
    ),
    Verb(
        command="sway",
        path="/v1/lenses/sway",
        home=("alignment.integrated_care.sway", "sway"),
        options=SwayOptions,
        kind=("sway", "Sway"),
        summary="Show who calls the tune: shares of measures and of duties",
        doing="Listening",
        tables=("voices", "measures"),
        line="alignment lens sway london-2018 --by tier",
        unfinished="the set is the best found so far",
        argument="measures",
        example={"by": "tier"},
    ),
    Verb(
        command="two-year-test",
        path="/v1/lenses/two-year-test",
        home=("alignment.integrated_care.two_year_test", "two_year_test"),
        options=TwoYearTestOptions,
        kind=("two_year_test", "TwoYearTest"),
        summary="Show which kept measures would tell success in two years",
        doing="Looking two years ahead",
        tables=("measures",),
        line="alignment lens two-year-test london-2018",
        unfinished="the set is the best found so far",
        argument="measures",
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
