"""What the doors say of what is kept."""

from __future__ import annotations

from datetime import datetime

from alignment.api.store.nouns import Run, State, Version
from alignment.models.fields import FrozenMapping, Noun
from alignment.models.system import System


class SystemVersion(Version):
    """A version of a system."""

    etag: str
    """The tag that `If-Match` wants of whoever puts the next version."""
    url: str
    """Where this version is, below the server's address."""


class SystemPage(Noun):
    """Systems by id, each in its current version."""

    systems: tuple[SystemVersion, ...]
    """Some of them."""
    next: str | None = None
    """Where the next ones are, below the server's address; blank where there are none."""


class VersionPage(Noun):
    """Versions of a system, newest first."""

    versions: tuple[SystemVersion, ...]
    """Some of them."""
    next: str | None = None
    """Where the next ones are, below the server's address; blank where there are none."""


class NewVersion(SystemVersion):
    """A version that was just put."""

    notes: tuple[str, ...] = ()
    """What was put right while it was read, each with its place."""


class MadeSystem(Noun):
    """A system that was made of others; nothing of it is kept."""

    system: System
    """Its tables."""
    notes: tuple[str, ...]
    """What was left out, matched or decided."""


class RunState(Noun):
    """Where the answer to a question stands that takes longer."""

    id: str
    """A word that cannot be guessed."""
    verb: str
    """What is asked, in the word of a URL."""
    options: FrozenMapping[str, object]
    """How, with every default."""
    state: State
    """Where it stands; finished, failed, cancelled and interrupted are for ever."""
    stage: str | None = None
    """What the search is at."""
    incumbent: float | None = None
    """The objective of the best set so far; blank where there is none yet."""
    bound: float | None = None
    """No set's objective is better than this."""
    gap: float | None = None
    """How far the two are apart, a share of the incumbent."""
    attempt: int
    """How often it was begun: more than 1 where a server or a process was lost."""
    created: datetime
    """When it was asked."""
    begun: datetime | None = None
    """When the work of this attempt began."""
    ended: datetime | None = None
    """When it ended."""
    problem: FrozenMapping[str, object] | None = None
    """Why there is no answer, a problem document."""
    answer: str | None = None
    """Where the answer is, below the server's address, once there is one."""


class RunPage(Noun):
    """Runs, newest first."""

    runs: tuple[RunState, ...]
    """Some of them."""
    next: str | None = None
    """Where the next ones are, below the server's address; blank where there are none."""


def state_of(run: Run) -> RunState:
    """A run as the doors tell of it."""
    own = {name: getattr(run, name) for name in RunState.model_fields if name in Run.model_fields}
    there = run.state == "finished" and run.problem is None
    return RunState.model_validate({**own, "answer": f"/v1/runs/{run.id}/answer" if there else None})
