"""A verb that is asked of several systems at once, such as compare: the systems by place, all options by name."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar, cast

from alignment.errors import OptionError
from alignment.models.answers.answer import Answer, Stop
from alignment.models.options.fields import Asked
from alignment.models.system import System

from .asked import fitted_to_any
from .verb import Asking, documented, hash_of, record_of

Given = TypeVar("Given", bound=Answer)

PLACE: Final = "systems\n    The systems.\n"
"""After this the parameters of a docstring go on with the options."""


class AskingSeveral(Asking[Given]):
    """A function that can be asked of several systems, and its options."""

    def call_of(self, systems: Sequence[System], keywords: dict[str, Any]) -> Given:
        """The answer to a call."""
        for each in systems:
            if not isinstance(each, System):  # pyright: ignore[reportUnnecessaryIsInstance]
                kind = type(each).__name__
                raise OptionError(f"{self.name} is asked of Systems, such as alignment.read gives, not of a {kind}.")
        means = {name: keywords.pop(name) for name in self.means if name in keywords}
        return self.ask_of(systems, self._asked(keywords), **means)

    def ask_of(self, systems: Sequence[System], asked: Asked, **means: Any) -> Given:
        """The answer for systems and options that are checked as far as they can be without them."""
        fit = fitted_to_any(systems, asked)
        answer = self._function(systems, fit, **means)
        stopped: Stop = getattr(answer, "stopped", "finished")
        of = hash_of(*sorted(each.hash for each in systems))
        return answer.recorded(record_of(self.name, of, fit, stopped))

    def _parameters(self) -> Iterator[inspect.Parameter]:
        yield inspect.Parameter("systems", inspect.Parameter.VAR_POSITIONAL, annotation="System")
        yield from list(super()._parameters())[1:]


def verb_of_several(options: type[Asked]) -> Callable[[Callable[..., Given]], Callable[..., Given]]:
    """Make a function of several systems and options a verb.

    Parameters
    ----------
    options
        The type of its options.
    """

    def made(function: Callable[..., Given]) -> Callable[..., Given]:
        asking = AskingSeveral(function, options, ())

        @functools.wraps(function)
        def ask(*systems: System, **keywords: Any) -> Given:
            return asking.call_of(systems, keywords)

        ask.__signature__ = asking.signature  # pyright: ignore[reportAttributeAccessIssue]
        ask.__doc__ = documented(function.__doc__ or "", asking, PLACE)
        ask.__dict__["verb"] = asking
        return ask

    return made


def verb_of(function: Callable[..., Given]) -> AskingSeveral[Given]:
    """What is known of a function that is such a verb."""
    return cast("AskingSeveral[Given]", function.__dict__["verb"])
