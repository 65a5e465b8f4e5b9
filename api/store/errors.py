"""What can go wrong with what is kept, by meaning.

StoreError
├── NotThere           nothing is kept under this id
│   └── Gone           it was, and has been deleted
├── VersionDiffers     the current version is not the one that was expected
├── QueueFull          as many runs wait as may
├── RunEnded           the run has ended, so there is nothing to cancel
├── KeyRefused         the key is not known, has expired or was revoked
├── NotText            a word holds what no database keeps as text
├── StoreAway          the database cannot be reached, or is busy: try again later
├── StoreFull          there is no space left
└── StoreTooNew        the database was made by a newer version of the library
"""

from __future__ import annotations

from typing import Final, Literal

from alignment.errors import AlignmentError

Refusal = Literal["unknown", "expired", "revoked"]

REFUSED: Final[dict[Refusal, str]] = {
    "unknown": "is not known",
    "expired": "has expired",
    "revoked": "was revoked",
}
"""What is said of a key, the end of a sentence."""


class StoreError(AlignmentError):
    """The root of what can go wrong with what is kept."""


class NotThere(StoreError, LookupError):
    """Nothing is kept under an id; `what` is a noun, such as "system"."""

    def __init__(self, what: str, key: str) -> None:
        self.what, self.key = what, key
        super().__init__(f"There is no {what} '{key}'.")


class Gone(NotThere):
    """What was kept under an id has been deleted."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(what, key)
        self.args = (f"The {what} '{key}' has been deleted.",)


class VersionDiffers(StoreError):
    """The current version of a system is not the one that was expected; `current` is blank where there is none."""

    def __init__(self, system: str, current: int | None) -> None:
        self.system, self.current = system, current
        now = "there is none now" if current is None else f"the current one is {current}"
        super().__init__(f"The system '{system}' is not at the version that was expected: {now}.")


class QueueFull(StoreError):
    """As many runs wait as may."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"{most:,} runs wait already, which is the most that may.")


class RunEnded(StoreError):
    """A run has ended; `state` says how."""

    def __init__(self, run: str, state: str) -> None:
        self.run, self.state = run, state
        super().__init__(f"The run '{run}' has ended: {state}.")


class KeyRefused(StoreError):
    """A key opens nothing; `reason` is for logs, as a stranger is told no more than that it doesn't."""

    def __init__(self, reason: Refusal) -> None:
        self.reason: Refusal = reason
        super().__init__(f"The key {REFUSED[reason]}.")


class NotText(StoreError, ValueError):
    """A word holds what no database keeps as text: the character 0, or half of one."""

    def __init__(self) -> None:
        super().__init__("A word holds a character that cannot be kept. Leave it out.")


class StoreAway(StoreError):
    """The database cannot be reached, or is busy: what was asked can be asked again later."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The database cannot be used now: {reason}.")


class StoreFull(StoreError):
    """There is no space left; nothing of what was to be written has been."""

    def __init__(self) -> None:
        super().__init__("There is no space left where the database is. Nothing was written.")


class StoreTooNew(StoreError):
    """The database was made by a newer version of the library."""

    def __init__(self) -> None:
        super().__init__("The database was made by a newer version of the library. Update the library.")
