"""What can be asked of what would be otherwise."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from .aligned_set import Options
from .changes import Change, in_a_row


class ChangeOptions(Options):
    """What to change, and what is asked of the sets before and after."""

    changes: Annotated[tuple[Change, ...], BeforeValidator(in_a_row), Field(max_length=1000)]
    """The changes, made one after the other."""
    each: bool = False
    """Whether to tell of each change by itself as well."""


class CompareOptions(Options):
    """What places are called, which measures are one, and what is asked of each place's set."""

    names: tuple[str, ...] | None = None
    """A short name for each system, in their order; blank takes those of `about`."""
    same: tuple[str, ...] = ()
    """Measures of other ids that are one, as their ids with a colon between; place.id where several have the id."""
    core: bool = True
    """Whether to look for the measures that all places could share."""
