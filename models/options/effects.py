"""What can be asked of effects, of alignment and of congruity."""

from __future__ import annotations

from .fields import Group, Ids, Walks


class AlignmentOptions(Walks):
    """What is asked of who helps and who hinders whom."""

    by: Group | None = None
    """What to group agencies by: agency, tier or sector; blank is the whole system as one group."""
    measures: Ids | None = None
    """Only targets on these measures count, by id; blank is all."""


class CongruityOptions(Walks):
    """What is asked of how well what people are judged on matches what is good for people."""

    measures: Ids | None = None
    """The set, by id; blank is the measures with targets. An agency's targets on other measures do not count."""
