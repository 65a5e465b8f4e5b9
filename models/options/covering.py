"""What can be asked of a cover."""

from __future__ import annotations

from .fields import Asked, How, Seconds


class CoverOptions(Asked):
    """What is asked of a cover."""

    time_limit: Seconds = 60.0
    """How long to search; after that the best cover found is given, marked as unproven. Unit: seconds."""
    solver: How = "race"
    """Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins."""
