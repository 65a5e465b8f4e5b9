"""What can be asked of which services, for whom, fit a budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from alignment.models.fields import Noun, Number, Refers, Text

from .fields import CHOICE, REAL, How, Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    import pandas as pd

    Bundles = Iterable["Bundle" | Mapping[str, Any]] | pd.DataFrame
    """Bundles as people give them: each as itself or as its cells, or a frame."""


class Bundle(Noun):
    """A service for some people: what it costs, and what it is worth to them."""

    population: Text | None = None
    """The people: an id of populations, or other words; blank is everyone."""
    service: Text
    """The service: a measure's id, or other words."""
    benefit: Number
    """What it is worth. Any unit, the same for all."""
    cost: Number
    """What it takes of the budget. The budget's unit; negative frees some."""


class TargetingOptions(Search):
    """What is asked of which services, for whom, fit a budget."""

    budget: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False), REAL] | None = None
    """What there is to spend; blank is what is left of the resources. Unit: theirs, or that of the bundles."""
    resources: Annotated[tuple[str, ...], Refers("resources")] | None = None
    """The resources that are spent, by id, all of one unit; blank is the money, or else what most services draw on."""
    bundles: Annotated[tuple[Bundle, ...], Field(max_length=2000)] | None = None
    """Services with people, benefit and cost, in place of what the system's tables say of them."""
    solver: How = CHOICE
    """Who searches."""
