"""What can be asked of what would be otherwise."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from alignment.models.fields import Refers

from .aligned_set import Options
from .changes import Change, in_a_row
from .fields import Asked, Ids


class ChangeOptions(Options):
    """What to change, and what is asked of the sets before and after."""

    changes: Annotated[tuple[Change, ...], BeforeValidator(in_a_row), Field(max_length=1000)]
    """The changes, made one after the other."""
    each: bool = False
    """Whether to tell of each change by itself as well."""


class SubsetOptions(Asked):
    """Which part of a system to cut out: several ids of one option widen it, several options narrow it."""

    agencies: Annotated[tuple[str, ...], Refers("agencies")] | None = None
    """Only what these agencies want, must deliver, can move, pay or are paid for; blank is all."""
    tiers: Annotated[tuple[str, ...], Refers("tiers")] | None = None
    """Only what agencies of these tiers do; blank is all."""
    outcomes: Annotated[tuple[str, ...], Refers("outcomes")] | None = None
    """Only measures that speak for these outcomes; blank is all."""
    measures: Ids | None = None
    """Only these measures; blank is all."""


class CompareOptions(Options):
    """What places are called, which measures are one, and what is asked of each place's set."""

    names: tuple[str, ...] | None = None
    """A short name for each system, in their order; blank takes those of `about`."""
    same: tuple[str, ...] = ()
    """Measures of other ids that are one, as their ids with a colon between; place.id where several have the id."""
    core: bool = True
    """Whether to look for the measures that all places could share."""
