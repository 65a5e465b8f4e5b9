"""What makes a function a verb: its options are one type, its answer carries the record of how it came about.

A verb is written as a function of the system and its options, ``function(system, asked, ...)``; whatever follows is no
option (progress, executors). People call it with the options as keywords, all at once as ``options``, or some of them
in place; its signature and the list of parameters in its docstring are made from the type, so that each option's words
stand in one place.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, Generic, TypeVar, cast

from alignment.errors import OptionError, UnknownWord
from alignment.models.answers.answer import Answer, Record, Stop
from alignment.models.options.fields import Asked
from alignment.models.shown import plain
from alignment.models.system import System

from .asked import asked_of, fitted

Given = TypeVar("Given", bound=Answer)

Function = Callable[..., Given]

PLACE: Final = "system\n    The system.\n"
"""After this the parameters of a docstring go on with the options."""

OPTIONS: Final = "options"
"""The name under which options are given all at once."""

SOLVERS: Final = ("highspy", "pulp")
"""What answers depend on besides this library; CBC comes with PuLP."""


class Asking(Generic[Given]):
    """A function that can be asked of a system, and its options.

    Attributes
    ----------
    name
        What Python calls it.
    options
        The type of its options.
    places
        The options that can be given by their place after the system, in order.
    means
        What it can be given besides options, by name.
    """

    def __init__(self, function: Function[Given], options: type[Asked], places: Sequence[str]) -> None:
        self.name = function.__name__
        self.options = options
        self.places = tuple(places)
        self._function = function
        self._system, _, *means = inspect.signature(function).parameters.values()
        self.means = {each.name: each for each in means}

    def call(self, system: System, args: Sequence[Any], keywords: Mapping[str, Any]) -> Given:
        """The answer to a call."""
        if not isinstance(system, System):  # pyright: ignore[reportUnnecessaryIsInstance]
            kind = type(system).__name__
            raise OptionError(f"{self.name} is asked of a System, such as alignment.read gives, not of a {kind}.")
        given = self._placed(args, keywords)
        means = {name: given.pop(name) for name in self.means if name in given}
        return self.ask(system, self._asked(given), **means)

    def ask(self, system: System, asked: Asked, **means: Any) -> Given:
        """The answer for a system and options that are checked as far as they can be without it."""
        fit = fitted(system, asked)
        answer = self._function(system, fit, **means)
        stopped: Stop = getattr(answer, "stopped", "finished")
        return answer.recorded(record_of(self.name, system.hash, fit, stopped))

    @property
    def signature(self) -> inspect.Signature:
        """How it is called."""
        return inspect.Signature(list(self._parameters()))

    def _placed(self, args: Sequence[Any], keywords: Mapping[str, Any]) -> dict[str, Any]:
        """Everything that is given, by name."""
        if len(args) > len(self.places):
            places = ", ".join(self.places) or "none"
            raise OptionError(f"{self.name} takes these by their place: {places}; give all others by name.")
        placed = dict(zip(self.places, args, strict=False))
        for name in placed:
            if name in keywords:
                raise OptionError(f"{name} is given twice, by its place and by name. Give it once.")
        return {**placed, **keywords}

    def _asked(self, given: dict[str, Any]) -> Asked:
        whole = given.pop(OPTIONS, None)
        for word in given:
            if word not in self.options.model_fields:
                raise UnknownWord(word, self.options.model_fields, f"an option of {self.name}")
        return asked_of(self.options, {**self._whole(whole), **given})

    def _whole(self, whole: Any) -> dict[str, Any]:
        if whole is None:
            return {}
        if isinstance(whole, Asked):
            # What is blank, or as it always is, asks for nothing: options of a set fit each verb that looks for one.
            fields, known = type(whole).model_fields, self.options.model_fields
            given = {name: getattr(whole, name) for name in fields if getattr(whole, name) is not None}
            return {name: value for name, value in given.items() if name in known or value != fields[name].default}
        if isinstance(whole, Mapping):
            return dict(cast("Mapping[str, Any]", whole))
        raise OptionError(f"options is an object of options, such as alignment.Options, not {type(whole).__name__}.")

    def _parameters(self) -> Iterator[inspect.Parameter]:
        by_place, by_name = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
        yield self._system
        for name in self.places:
            yield self._parameter(name, by_place)
        rest = [name for name in (*self.options.model_fields, OPTIONS, *self.means) if name not in self.places]
        for name in rest:
            yield self._parameter(name, by_name)

    def _parameter(self, name: str, kind: Any) -> inspect.Parameter:
        if name in self.means:
            return self.means[name].replace(kind=kind)
        if name == OPTIONS:
            return inspect.Parameter(name, kind, default=None, annotation=f"{self.options.__name__} | None")
        field = self.options.model_fields[name]
        # A place before others that have a default needs none of its own only where it comes first.
        default = inspect.Parameter.empty if field.is_required() else field.get_default(call_default_factory=True)
        return inspect.Parameter(name, kind, default=default, annotation=plain(field.annotation))


def verb(options: type[Asked], *places: str) -> Callable[[Function[Given]], Function[Given]]:
    """Make a function of a system and options a verb.

    Parameters
    ----------
    options
        The type of its options.
    *places
        Options that can be given by their place after the system.
    """

    def made(function: Function[Given]) -> Function[Given]:
        asking = Asking(function, options, places)

        @functools.wraps(function)
        def ask(system: System, *args: Any, **keywords: Any) -> Given:
            return asking.call(system, args, keywords)

        ask.__signature__ = asking.signature  # pyright: ignore[reportAttributeAccessIssue]
        ask.__doc__ = documented(function.__doc__ or "", asking)
        ask.__dict__["verb"] = asking
        return ask

    return made


def verb_of(function: Function[Given]) -> Asking[Given]:
    """What is known of a function that is a verb."""
    return cast("Asking[Given]", function.__dict__["verb"])


def record_of(name: str, of: str | None, asked: Asked, stopped: Stop = "finished") -> Record:
    """The record of an answer.

    Parameters
    ----------
    name
        The verb's name.
    of
        The hash of what it was asked of.
    asked
        What was asked.
    stopped
        Why the search ended.
    """
    return Record(verb=name, input=of, options=asked.model_dump(mode="json"), versions=versions(), stopped=stopped)


def documented(text: str, made: Asking[Any], after: str = PLACE) -> str:
    """A docstring whose parameters go on with the options.

    Parameters
    ----------
    text
        The docstring, with the system as its first parameter.
    made
        The verb.
    after
        The words after which the options come.
    """
    head, place, rest = inspect.cleandoc(text).partition(after)
    return head + place + "".join(_described(made)) + rest


def _described(made: Asking[Any]) -> Iterator[str]:
    fields = made.options.model_fields
    for name in sorted(fields, key=lambda name: made.places.index(name) if name in made.places else len(made.places)):
        field = fields[name]
        default = "" if field.is_required() or field.default is None else f" Default: {field.default!r}."
        yield f"{name}\n{textwrap.indent(textwrap.fill(f'{field.description}{default}', 112), '    ')}\n"
    yield f"{OPTIONS}\n    All of these at once; what is given by name wins.\n"


def hash_of(*parts: Any) -> str:
    """The SHA-256 of what is no system, from its parts in JSON."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@functools.cache
def versions() -> Mapping[str, str]:
    """The versions of this library and of its solvers."""
    import alignment

    return {"alignment": alignment.__version__, **{name: _version(name) for name in SOLVERS}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
