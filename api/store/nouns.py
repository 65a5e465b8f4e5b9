"""What is kept, as frozen data; no connection is behind it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, TypeVar

from alignment.models.fields import FrozenMapping, Noun

State = Literal["queued", "running", "finished", "failed", "cancelled", "interrupted"]
"""Where a run stands; the last four are for ever."""

End = Literal["finished", "failed", "cancelled", "interrupted"]

Role = Literal["reader", "editor", "owner"]
"""What a key may do: read; put as well; delete and make keys as well."""

JSON: Final = "application/json"

PROBLEM: Final = "problem"
"""The form of an answer that there is none: what was asked for does not exist."""

SomeNoun = TypeVar("SomeNoun", bound=Noun)


class Version(Noun):
    """A version of a system, without its tables."""

    system: str
    """The system."""
    number: int
    """1 for the first, and so on."""
    hash: str
    """The SHA-256 of its content, in hexadecimal."""
    form: str
    """The form in which it was handed in, such as json or xlsx."""
    size: int
    """How long its content is. Unit: bytes."""
    at: datetime
    """When it was put."""
    key: str | None = None
    """Which key put it."""
    note: str | None = None
    """What was said of it."""


class Content(Noun):
    """A version and what it holds."""

    version: Version
    """The version."""
    data: bytes
    """The canonical JSON document of its tables."""


class Answer(Noun):
    """An answer, in one form."""

    data: bytes
    """Its bytes."""
    proven: bool
    """Whether asking again would give the same; not so what stopped at a time limit."""
    media: str = JSON
    """Its form: a media type, or another word for it."""
    at: datetime | None = None
    """When it was kept; blank before."""


class Run(Noun):
    """A question that takes longer, and where its answer stands."""

    id: str
    """A word that cannot be guessed."""
    question: str
    """The SHA-256 of all that is asked, in hexadecimal; its answer is kept under it."""
    system_hash: str
    """The hash of the system that is asked of."""
    verb: str
    """The name of the verb."""
    options: FrozenMapping[str, Any]
    """The options, by their names."""
    key: str | None = None
    """Which key asked first."""
    state: State
    """Where it stands."""
    stage: str | None = None
    """What the search is at."""
    incumbent: float | None = None
    """The objective of the best set so far; blank where there is none yet."""
    bound: float | None = None
    """No set's objective is better than this."""
    gap: float | None = None
    """How far the two are apart, a share of the incumbent."""
    owner: str | None = None
    """The server that has it, or had it last."""
    lease: datetime | None = None
    """Until when nobody else may claim it."""
    attempt: int
    """How often it has been claimed: more than 1 where a server was lost, or was stopped."""
    tries: int
    """How many of these came to begin the work, and were not handed back in order."""
    cancel: bool
    """Whether it is about to be cancelled."""
    created: datetime
    """When it was asked."""
    begun: datetime | None = None
    """When the work of this attempt began."""
    ended: datetime | None = None
    """When it ended."""
    problem: FrozenMapping[str, Any] | None = None
    """Why there is no answer, a problem document."""
    last: int
    """The number of its last event."""

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in {"queued", "running"}


class Event(Noun):
    """What happened to a run."""

    run: str
    """The run."""
    seq: int
    """1 for its first event, and so on."""
    at: datetime
    """When it happened."""
    kind: Literal["state", "progress"]
    """Whether it came into another state, or further in its search."""
    data: FrozenMapping[str, Any]
    """What there is to tell, by the names of a run's fields."""


class Key(Noun):
    """A key, without what is secret."""

    prefix: str
    """How it begins, by which it is called."""
    name: str
    """Whose it is."""
    role: Role
    """What it may do."""
    made: datetime
    """When it was made."""
    expires: datetime | None = None
    """When it ends; blank is never."""
    revoked: datetime | None = None
    """When it was revoked."""
    last_used: datetime | None = None
    """When it was last used, to the minute."""


class NewKey(Noun):
    """A key that was just made, the only time that it can be read."""

    secret: str
    """The key itself."""
    key: Key
    """What is kept of it."""


def noun(kind: type[SomeNoun], row: object, **beside: Any) -> SomeNoun:
    """The row of a table as a noun.

    Parameters
    ----------
    kind
        Its type, whose fields are columns.
    row
        The row.
    **beside
        Fields that are no columns of it.
    """
    own = {name: getattr(row, name) for name in kind.model_fields if name not in beside}
    return kind.model_validate({**own, **beside})


def finite(number: float | None) -> float | None:
    """A number that JSON has: a solver's are infinite at first.

    >>> finite(float("inf")), finite(2.5)
    (None, 2.5)
    """
    return number if number is not None and math.isfinite(number) else None


def tellable(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of some data, for an event.

    >>> tellable({"stage": "reach", "gap": None})
    {'stage': 'reach'}
    """
    return {name: value for name, value in data.items() if value is not None}
