"""How a function becomes a command: its options, its form of answer, and how it ends."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import typer

from alignment.errors import AlignmentError, InputError, NoAlignedSet, OptionError, SolverTrouble
from alignment.models.options.aligned_set import Options

from . import INTERRUPTED
from .streams import say

Form = Literal["text", "json", "csv"]
"""For people, or for machines."""

EVERY: Final = tuple(Options.model_fields)
"""The wishes a set of measures can be asked to meet."""

LISTS: Final = {
    "keep": "MEASURE",
    "drop": "MEASURE",
    "candidates": "all|targeted|MEASURE",
    "weights": "ID=NUMBER",
    "power": "AGENCY=NUMBER",
}
"""The wishes that are lists, and what they are lists of."""

EFFECTS: Final = ("tolerance", "steps", "decay")
"""The wishes that conflicts depend on."""

CODES: Final[Mapping[type[BaseException], int]] = {
    NoAlignedSet: 3,
    SolverTrouble: 4,
    AlignmentError: 2,
    OSError: 2,
    KeyboardInterrupt: INTERRUPTED,
}
"""How a command ends that did not come to its end; the first that fits."""

SHOWN: Final = 20
"""More faults than this bury what one wanted to do; `alignment validate` shows them all."""

app = typer.Typer(
    name="alignment",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def command(name: str, example: str, wishes: Iterable[str] = ()) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Make a function a command.

    Its parameter `form` becomes ``--json`` and ``--csv``, its ``**wishes`` an option for each of the named
    fields of `alignment.models.options.aligned_set.Options`; it returns the exit code.

    Parameters
    ----------
    name
        The command's.
    example
        A line that can be typed, for its help.
    wishes
        Names of fields of Options.
    """

    def register(function: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(function)
        def guarded(**given: Any) -> None:
            raise typer.Exit(_end(function, given))

        parameters = list(_parameters(function, wishes))
        guarded.__signature__ = inspect.Signature(parameters)  # pyright: ignore[reportAttributeAccessIssue]
        guarded.__annotations__ = {each.name: each.annotation for each in parameters}
        app.command(name, epilog=f"Example: {example}")(guarded)
        return function

    return register


def _parameters(function: Callable[..., int], wishes: Iterable[str]) -> Iterator[inspect.Parameter]:
    for each in inspect.signature(function, eval_str=True).parameters.values():
        if each.name == "form":
            yield _option("as_json", bool, "--json", default=False, help="Print JSON.")
            yield _option("as_csv", bool, "--csv", default=False, help="Print CSV.")
        elif each.kind is inspect.Parameter.VAR_KEYWORD:
            yield from map(_wish, wishes)
        else:
            yield each.replace(kind=inspect.Parameter.KEYWORD_ONLY)


def _option(name: str, kind: Any, *flags: str, default: Any, **how: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[kind, typer.Option(*flags, **how)],
    )


def _wish(name: str) -> inspect.Parameter:
    """A field of Options as an option: its name, default and sentence; its range is Options' to judge."""
    field = Options.model_fields[name]
    kind, default, told = field.annotation, field.default, field.description
    if name in LISTS:
        return _option(name, list[str] | None, default=None, help=f"{told} Repeatable.", metavar=LISTS[name])
    if default is None:
        return _option(name, float | None, default=None, help=told)
    if default is False:
        return _option(name, bool, f"--{name.replace('_', '-')}", default=False, help=told)
    if get_origin(kind) is Literal:
        return _option(name, str, default=default, help=told, metavar="|".join(get_args(kind)))
    return _option(name, kind, default=default, help=told)


def _end(function: Callable[..., int], given: dict[str, Any]) -> int:
    try:
        return function(**_arguments(given))
    except tuple(CODES) as error:
        say("Interrupted." if isinstance(error, KeyboardInterrupt) else f"Error: {_in_words(error)}")
        return next(code for kind, code in CODES.items() if isinstance(error, kind))


def _arguments(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a command is called with: `form` for its flags, and no wishes that nobody has."""
    found = {name: _wished(name, value) for name, value in given.items() if name not in EVERY or value is not None}
    if "as_json" not in found:
        return found
    as_json, as_csv = found.pop("as_json"), found.pop("as_csv")
    if as_json and as_csv:
        raise OptionError("Give --json or --csv, not both.")
    form: Form = "json" if as_json else "csv" if as_csv else "text"
    return {**found, "form": form}


def _wished(name: str, value: Any) -> Any:
    """A wish as Options takes it."""
    if not LISTS.get(name, "").endswith("=NUMBER"):
        return value
    return dict(_numbered(name, word) for word in value)


def _numbered(name: str, word: str) -> tuple[str, str]:
    # The key of a target may hold an = itself.
    what, sign, number = word.rpartition("=")
    if not sign:
        raise OptionError(f"--{name} is an id, = and a number, such as {word}=0.5; not {word!r}.")
    return what.strip(), number.strip()


def _in_words(error: BaseException) -> str:
    if isinstance(error, InputError) and len(error.faults) > SHOWN:
        first = str(InputError(error.faults[:SHOWN])).split("\n", 1)[1]
        rest = len(error.faults) - SHOWN
        return f"{len(error.faults)} faults in the input:\n{first}\n... and {rest} more: alignment validate shows all."
    if isinstance(error, OSError) and not isinstance(error, AlignmentError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}."
    return str(error)
