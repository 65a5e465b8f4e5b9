"""Something that can be asked of a system: a row of the registry."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from alignment.models.options.fields import Asked

if TYPE_CHECKING:
    from alignment.models.answers.answer import Answer, Document
    from alignment.models.system import System

PLACE: Final = "/v1/analyses/"
"""Where the API answers about a system that a request brings."""


def _nothing(_: Any) -> None:
    """Most tables say it all."""


@dataclass(frozen=True, eq=False)
class Verb:
    """Something that can be asked of a system.

    Attributes
    ----------
    command
        The word on the command line; the page of the documentation bears it too.
    alias
        Where the first release of the API answered it; until the next one.
    home
        The module and the name of the library's function, whose docstring describes the verb.
    options
        What can be asked.
    kind
        The file of `models/answers` and the name of the type of what comes back, as plain data.
    summary
        What it does, in a line.
    doing
        What is being done meanwhile, in a few words.
    tables
        The tables of the answer, the first the one that is meant where none is named.
    unfinished
        What is to be said of an answer whose search was ended; what it holds can stand in braces.
    limit
        The option that ends the whole search.
    remark
        What is to be said of an answer of which only a table is given, where that does not say it.
    lens
        Whether it is one of the lenses, which are asked for as ``alignment lens NAME``.
    argument
        The option that the command takes as words of its own, after the system.
    line
        An example of the command.
    example
        Options that make a good example with the winter-pressure system.
    """

    command: str
    alias: str
    home: tuple[str, str]
    options: type[Asked]
    kind: tuple[str, str]
    summary: str
    doing: str
    tables: tuple[str, ...]
    line: str
    unfinished: str = "not all of this is proven"
    limit: str = "time_limit"
    remark: Callable[[Any], str | None] = _nothing
    lens: bool = False
    argument: str | None = None
    example: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def path(self) -> str:
        """Where the API answers it about a system that a request brings."""
        return f"{PLACE}{self.command}"

    @property
    def answer(self) -> type[Document]:
        """The type of what comes back, as plain data."""
        found: type[Document] = getattr(
            importlib.import_module(f"alignment.models.answers.{self.kind[0]}"), self.kind[1]
        )
        return found

    @property
    def function(self) -> Callable[..., Answer]:
        """The library's function."""
        return getattr(importlib.import_module(self.home[0]), self.home[1])

    def ask(self, system: System, asked: Asked, **means: Any) -> Answer:
        """The answer for a system and options."""
        from alignment.options.verb import verb_of

        return verb_of(self.function).ask(system, asked, **means)

    @property
    def description(self) -> str:
        """What the function's docstring says before it comes to parameters."""
        return lead_of(inspect.getdoc(self.function) or "")


def lead_of(said: str) -> str:
    r"""What a docstring says before it comes to its sections.

    >>> lead_of("Which rows.\n\nRaises\n------\nInputError\n    None is.")
    'Which rows.'
    """
    return re.split(r"\n\n[^\n]+\n-{3,}\n", said)[0]
