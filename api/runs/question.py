"""What a child is asked, and every way in which that can end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from alignment.models.fields import Noun
from alignment.models.stopping import Stopped

Task = Literal["ask", "body", "make", "read", "write", "template", "examples"]
"""What is to be done: ask a verb of systems; ask what a body asks; make a system of what a body holds; read an upload;
write a system in another form; make a workbook to fill; work out the examples of the documentation."""

EVERY: Final = ("*",)
"""All forms: what is kept of an answer."""


@dataclass(frozen=True)
class Question:
    """What a child is asked.

    Attributes
    ----------
    verb
        The verb's word on the command line, or what is to be made.
    systems
        What it is asked of: the tables of the system as a JSON document, for `compare` one a system; a body; an upload.
    options
        What is asked, as plain data.
    forms
        The forms in which the answer is wanted: those of `alignment.verbs.renderers`, `csv/TABLE` and
        `rows/TABLE` for one of its tables, or `EVERY`.
    task
        What is to be done.
    """

    verb: str
    systems: tuple[bytes, ...] = field(repr=False)
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    forms: tuple[str, ...] = ("json",)
    task: Task = "ask"


@dataclass(frozen=True)
class Answered:
    """An answer.

    Attributes
    ----------
    content
        Its bytes in each form.
    stopped
        Why the search ended; an answer that is not finished is not to be kept for long.
    """

    content: Mapping[str, bytes] = field(repr=False)
    stopped: Stopped = "finished"

    @property
    def proven(self) -> bool:
        """Whether the search ended by itself."""
        return self.stopped == "finished"


class Trouble(Noun):
    """Why there is no answer, as plain data: no object of the library leaves a child."""

    error: str
    """The name of the error, as `alignment.api.problems` knows it."""
    detail: str
    """What it says, without what `faults` and `clash` say one by one."""
    faults: tuple[dict[str, Any], ...] = ()
    """Everything that is wrong with the input, as the fields of faults."""
    clash: tuple[dict[str, Any], ...] = ()
    """Wishes that cannot be met together, as their fields."""
    proven: bool = True
    """Whether asking again would say the same; not where no set was found in the time given."""
    trace: tuple[str, ...] = ()
    """Where it happened, for the server's log: places in the code, and nothing of the input."""


@dataclass(frozen=True)
class Begun:
    """A child has taken the question.

    Attributes
    ----------
    pid
        The child's process id.
    """

    pid: int


@dataclass(frozen=True)
class Told:
    """How far a run is.

    Attributes
    ----------
    stage
        What is being done, in a few words.
    incumbent
        The value of the best set so far; None without one.
    bound
        No set is below; None where it is not known.
    """

    stage: str
    incumbent: float | None = None
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """How far the two are apart, in parts of the incumbent and 1."""
        if self.incumbent is None or self.bound is None:
            return None
        return abs(self.incumbent - self.bound) / max(1.0, abs(self.incumbent))


@dataclass(frozen=True)
class Cancelled:
    """Somebody ended the run, and its child is gone."""


@dataclass(frozen=True)
class Gone:
    """The child is gone, and nobody here ended it: the question may well be answered by another."""


Outcome = Answered | Trouble | Cancelled | Gone
"""How a question can end."""
