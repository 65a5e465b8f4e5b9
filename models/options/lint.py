"""What can be asked of one's own tables."""

from __future__ import annotations

from .fields import Asked


class AdviceOptions(Asked):
    """What is asked of the advice on a system's tables: nothing yet. Sets and conflicts are looked at as by default."""
