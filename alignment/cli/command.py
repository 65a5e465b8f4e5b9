"""How a function becomes a command: its options, its form of answer, and how it ends."""

from __future__ import annotations

import functools
import inspect
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import typer
from pydantic.fields import FieldInfo
from typer.core import TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from alignment.errors import AlignmentError, InputError, NoAlignedSet, OptionError, SolverTrouble
from alignment.models.options.fields import Asked
from alignment.verbs.renderers import Form

from . import INTERRUPTED
from .streams import say
from .workbooks import workbook_at

FORMS: Final[tuple[Form, ...]] = ("json", "csv", "html", "markdown")
"""The forms that are asked for by name; text is what people get."""

TOLD: Final = {"markdown": "a table as Markdown"}
"""What a form is called in help, where that is not its name in capitals."""

Printed = Annotated[Form, "printed"]
"""A form of what is no answer, and so cannot become a workbook."""

WORKBOOK: Final = "Write a workbook for people who were not there: cover, tables, sources, notes."

METAVARS: Final = {
    "keep": "MEASURE",
    "drop": "MEASURE",
    "candidates": "all|targeted|MEASURE",
    "weights": "ID=NUMBER",
    "power": "AGENCY=NUMBER",
    "cap": "RESOURCE=NUMBER",
    "floor": "RESOURCE=NUMBER",
    "kinds": "KIND",
    "measures": "MEASURE",
    "agencies": "AGENCY",
    "tiers": "TIER",
    "outcomes": "OUTCOME",
    "resources": "RESOURCE",
    "same": "A:B",
}
"""What the options that are lists are lists of."""

FLAGS: Final = {
    "kinds": "--kind",
    "measures": "--measure",
    "agencies": "--agency",
    "tiers": "--tier",
    "outcomes": "--outcome",
    "resources": "--resource",
}
"""Lists of which each word is given by itself."""

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

CONTEXT: Final = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    name="alignment",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings=CONTEXT,
)


@dataclass(frozen=True, eq=False)
class Registered:
    """A function that is to be a command.

    Attributes
    ----------
    function
        It returns the exit code.
    line
        A line that can be typed, for its help.
    options
        What can be asked.
    without
        Options that the function takes in ways of its own.
    """

    function: Callable[..., int]
    line: str
    options: type[Asked] | None
    without: Collection[str]

    @property
    def summary(self) -> str:
        """What it does, in a line."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0]

    def made(self, name: str) -> Any:
        """The command of this name, as click runs it."""
        guarded = self._guarded()
        info = CommandInfo(name, callback=guarded, epilog=f"Example: {self.line}")
        return get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)

    def _guarded(self) -> Callable[..., None]:
        fields = {} if self.options is None else self.options.model_fields
        names = [each for each in fields if each not in self.without]

        @functools.wraps(self.function)
        def guarded(**given: Any) -> None:
            raise typer.Exit(_end(self.function, given, self.options, names))

        parameters = list(_parameters(self.function, self.options, names))
        guarded.__signature__ = inspect.Signature(parameters)  # pyright: ignore[reportAttributeAccessIssue]
        guarded.__annotations__ = {each.name: each.annotation for each in parameters}
        return guarded


@dataclass(frozen=True, eq=False)
class Group:
    """A word before other commands: ``alignment lens journey``.

    Attributes
    ----------
    function
        What says in its first line what it does.
    line
        A line that can be typed, for its help.
    commands
        The commands that can follow.
    """

    function: Callable[..., None]
    line: str
    commands: Mapping[str, Registered | Group]

    @property
    def summary(self) -> str:
        """What it does, in a line."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0]

    def made(self, name: str) -> Any:
        """The group of this name, as click runs it."""
        return Commands(
            name=name,
            own=self.commands,
            help=inspect.getdoc(self.function),
            epilog=f"Example: {self.line}",
            no_args_is_help=True,
            context_settings=CONTEXT,
            rich_markup_mode=None,
        )


COMMANDS: Final[dict[str, Registered | Group]] = {}
"""Every command by name, in the order in which help tells of them."""


def command(
    name: str,
    line: str,
    options: type[Asked] | None = None,
    without: Collection[str] = (),
    among: dict[str, Registered | Group] = COMMANDS,
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Make a function a command.

    Its parameter `form` becomes ``--json``, ``--csv`` and so on; its `asked` takes what is given of the options,
    by name, each of which becomes an option of the command; it returns the exit code.

    Parameters
    ----------
    name
        The command's.
    line
        A line that can be typed, for its help.
    options
        What can be asked.
    without
        Options that the function takes in ways of its own.
    among
        The commands that it is one of: all, or those that follow the word of a group.
    """

    def register(function: Callable[..., int]) -> Callable[..., int]:
        among[name] = Registered(function, line, options, without)
        return function

    return register


class Made(Mapping[str, Any]):
    """Commands as click runs them, each made when it is asked for: to make all takes longer than what most do."""

    def __init__(self, commands: Mapping[str, Registered | Group]) -> None:
        self._made: dict[str, Any] = {}
        self._commands = commands

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._commands[name].made(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)


class Commands(TyperGroup):
    """Commands, without making those that nobody asks for; blank are all."""

    def __init__(self, own: Mapping[str, Registered | Group] | None = None, **given: Any) -> None:
        super().__init__(**given)
        self.commands: Any = Made(COMMANDS if own is None else own)
        self._own = own

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names."""
        return list(self.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Names and first sentences, as far as there is room; what follows a group's word stands in its own help."""
        told = ungrouped() if self._own is None else self._own
        room = formatter.width - 6 - max(map(len, told))
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, textwrap.shorten(each.summary, room, placeholder="...")) for name, each in told.items()]
            )


def ungrouped() -> dict[str, Registered | Group]:
    """The commands that follow no group's word."""
    grouped = {each for group in COMMANDS.values() if isinstance(group, Group) for each in group.commands.values()}
    return {name: each for name, each in COMMANDS.items() if each not in grouped}


def _parameters(
    function: Callable[..., int], options: type[Asked] | None, names: Iterable[str]
) -> Iterator[inspect.Parameter]:
    for each in inspect.signature(function, eval_str=True).parameters.values():
        if each.name == "form":
            for form in FORMS:
                yield _option(
                    f"as_{form}", bool, f"--{form}", default=False, help=f"Print {TOLD.get(form, form.upper())}."
                )
            if each.annotation != Printed:
                yield _option("workbook", str | None, "--xlsx", default=None, help=WORKBOOK, metavar="FILE")
        elif each.name == "asked":
            assert options is not None
            yield from (_asked(name, options.model_fields[name]) for name in names)
        else:
            yield each.replace(kind=inspect.Parameter.KEYWORD_ONLY)


def _option(name: str, kind: Any, *flags: str, default: Any, **how: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[kind, typer.Option(*flags, **how)],
    )


def flag(name: str) -> str:
    """An option as it is written on the command line.

    >>> flag("time_limit"), flag("kinds")
    ('--time-limit', '--kind')
    """
    return FLAGS.get(name, f"--{name.replace('_', '-')}")


def _asked(name: str, field: FieldInfo) -> inspect.Parameter:
    """A field of options as an option: its name and sentence; its range is for the options to judge."""
    told, default = field.description or "", field.default
    if name in METAVARS:
        return _option(
            name, list[str] | None, flag(name), default=None, help=f"{told} Repeatable.", metavar=METAVARS[name]
        )
    if field.annotation is bool:
        flags = flag(name) if default is False else f"{flag(name)}/--no-{flag(name)[2:]}"
        return _option(name, bool, flags, default=default, help=told)
    known = (
        ""
        if default is None or field.is_required()
        else f" [default: {default:g}]"
        if isinstance(default, float)
        else f" [default: {default}]"
    )
    return _option(
        name, str | None, flag(name), default=None, help=f"{told}{known}", metavar=_metavar(field.annotation)
    )


def _metavar(kind: Any) -> str:
    """What to write: one of some words, or a number."""
    for each in (kind, *get_args(kind)):
        if get_origin(each) is Literal:
            return "|".join(get_args(each))
    return "NUMBER"


def _end(function: Callable[..., int], given: dict[str, Any], options: type[Asked] | None, names: Sequence[str]) -> int:
    try:
        return function(**_arguments(given, options, names))
    except tuple(CODES) as error:
        say("Interrupted." if isinstance(error, KeyboardInterrupt) else f"Error: {_in_words(error)}")
        return next(code for kind, code in CODES.items() if isinstance(error, kind))


def _arguments(given: Mapping[str, Any], options: type[Asked] | None, names: Sequence[str]) -> dict[str, Any]:
    """What a command is called with: `form` for its flags, `asked` for the options that were given."""
    found = {name: value for name, value in given.items() if name not in names}
    if options is not None:
        found["asked"] = {name: _worded(name, given[name]) for name in names if given[name] is not None}
    forms = [form for form in FORMS if found.pop(f"as_{form}", False)]
    if len(forms) > 1:
        raise OptionError(f"Give --{forms[0]} or --{forms[1]}, not both.")
    workbook = found.pop("workbook", None)
    if forms and workbook is not None:
        raise OptionError(f"Give --{forms[0]} or --xlsx, not both.")
    if "as_json" in given:
        found["form"] = workbook_at(workbook) if workbook is not None else forms[0] if forms else "text"
    return found


def _worded(name: str, value: Any) -> Any:
    """What was given, as options take it."""
    if not METAVARS.get(name, "").endswith("=NUMBER"):
        return value
    return dict(_numbered(name, word) for word in value)


def _numbered(name: str, word: str) -> tuple[str, str]:
    # The key of a target may hold an = itself.
    what, sign, number = word.rpartition("=")
    if not sign:
        raise OptionError(f"{flag(name)} is an id, = and a number, such as {word}=0.5; not {word!r}.")
    return what.strip(), number.strip()


def _in_words(error: BaseException) -> str:
    if isinstance(error, InputError) and len(error.faults) > SHOWN:
        first = str(InputError(error.faults[:SHOWN])).split("\n", 1)[1]
        rest = len(error.faults) - SHOWN
        return f"{len(error.faults)} faults in the input:\n{first}\n... and {rest} more: alignment validate shows all."
    if isinstance(error, OptionError) and error.faults:
        return str(
            OptionError.of([fault.model_copy(update={"column": _flagged(fault.column)}) for fault in error.faults])
        )
    if isinstance(error, OSError) and not isinstance(error, AlignmentError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}."
    return str(error)


def _flagged(column: str | None) -> str | None:
    return None if column is None else flag(column)
