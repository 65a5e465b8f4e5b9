"""What the door refuses before the library is asked, by meaning; knows nothing of HTTP but headers.

RefusalError
├── NotJsonBodyError     the body is not JSON
├── WrongTypeError       the body is of another type
├── NotAcceptableError   no answer is of a type that is accepted
├── TooLargeError        the body or the system is larger than is taken
├── UploadError          the body did not arrive in time
├── BusyError            there is no place
├── TooSlowError         the work takes longer than is allowed
├── NoKeyError           a key is needed, and none was given that opens
├── NotAllowedError      the key does not open this
├── ForeignPageError     a page of somebody else asks
├── ForeignHostError     the server is asked for by a name that is not its own
├── NoConditionError     what is there may be written over only by who says which version is meant
├── NothingHereError     nothing is at this path
├── NotYetError          an answer is not there yet, and the form that is wanted cannot say so
├── GivenUpError         a run was begun several times and lost each time
└── CancelledError       somebody cancelled the run
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from alignment.models.faults import Fault


class RefusalError(Exception):
    """The door's own errors: the request does not get as far as the library."""

    def __init__(self, detail: str, headers: Mapping[str, str] | None = None) -> None:
        self.headers = headers
        super().__init__(detail)


class NotJsonBodyError(RefusalError):
    """The body is not JSON."""


class WrongTypeError(RefusalError):
    """The body is of another type."""


class NotAcceptableError(RefusalError):
    """No answer is of a type that is accepted."""


class TooLargeError(RefusalError):
    """The body or the system is larger than this server takes."""

    def __init__(self, detail: str, faults: tuple[Fault, ...] = ()) -> None:
        self.faults = faults
        super().__init__(detail)


class UploadError(RefusalError):
    """The body did not arrive in time."""


class BusyError(RefusalError):
    """There is no place or no worker."""

    def __init__(self, patience: float) -> None:
        super().__init__("The server is busy. Try again later.", {"Retry-After": str(math.ceil(patience))})


class TooSlowError(RefusalError):
    """The work takes longer than is allowed."""

    def __init__(self, limit: float) -> None:
        super().__init__(f"This takes longer than the {limit:g} seconds that this server gives it.")


class NoKeyError(RefusalError):
    """A key is needed, and none was given that opens anything."""


class NotAllowedError(RefusalError):
    """The key does not open this."""


class ForeignPageError(RefusalError):
    """A page of somebody else asks, through a visitor's browser."""


class ForeignHostError(RefusalError):
    """The server is asked for by a name that is not its own: a page elsewhere may have given it one."""


class NoConditionError(RefusalError):
    """What is there may be written over only by who says which version is meant."""


class NothingHereError(RefusalError):
    """Nothing is at this path."""


class NotYetError(RefusalError):
    """An answer is not there yet, and the form that is wanted cannot say so."""


class GivenUpError(RefusalError):
    """A run was begun several times and lost each time."""


class CancelledError(RefusalError):
    """Somebody cancelled the run."""
