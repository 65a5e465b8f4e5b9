"""What can be asked of one system made of several."""

from __future__ import annotations

from typing import Any

from alignment.models.fields import FrozenMapping

from .fields import Asked


class JoinOptions(Asked):
    """What is asked of one system made of several."""

    names: tuple[str, ...] | None = None
    """A short name for each system, in order, for ids and notes; blank takes the names in `about`."""
    overlaps: tuple[FrozenMapping[str, Any], ...] = ()
    """Rows of overlaps between measures of different systems; kind same makes the two one."""
    apart: tuple[str, ...] = ()
    """Ids that are each place's own, whatever the rows say."""
    shared: tuple[str, ...] = ()
    """Ids of agencies that are one body, whatever the rows say."""
