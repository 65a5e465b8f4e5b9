"""The commands. What is slow to import is imported by those that need it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.main import get_command

import alignment as al
from alignment.errors import InputError, OptionError
from alignment.models.options.covering import CoverOptions
from alignment.verbs.registry import BY_COMMAND, VERBS
from alignment.verbs.renderers import Form

from . import compare, demo, faults, join, keys, maps, overlaps, own, report, subset, verbs
from .arguments import Ids, Show, Source
from .asking import AnswerOf, answered, ended, give, read, table_of
from .command import COMMANDS, Commands, Group, app, command
from .streams import busy, hand_over, say, show, width
from .workbooks import printed
from .writing import fixed, written

__all__ = ["compare", "demo", "join", "keys", "maps", "overlaps", "own", "program", "report", "subset", "verbs"]

EPILOG: Final = """\b
Examples to give as PATH: london-2018, england-2026, england-frameworks,
winter-pressure.

\b
Ends with 0 when done; 1 when --strict was given and something is wrong, or
replay has another answer; 2 when the input or an option is wrong; 3 when no
set of measures meets all wishes; 4 when the solver failed; 130 when
interrupted.
"""


def _version(asked: bool) -> None:  # noqa: FBT001 - typer's
    if asked:
        show(f"alignment {al.__version__}")
        raise typer.Exit


@app.callback(epilog=EPILOG, cls=Commands)
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Finds where public bodies' targets pull against each other, and the few measures that would serve them all."""


@command("validate", "alignment validate my-place.xlsx")
def validate(
    path: Source,
    *,
    ids: Ids = "given",
    fix: Annotated[
        str | None,
        typer.Option(
            metavar="COPY", help="Write a mended copy too: an .xlsx, with every fault in a comment at its cell."
        ),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a copy that is there already.")] = False,
    what: Show = None,
    form: Form,
) -> int:
    """Say what a system holds, or all that is wrong with it."""
    verb = BY_COMMAND["validate"]
    table = table_of(verb, what)
    try:
        if fix is not None:
            fixed(path, fix, ids, replace=replace)
        system = read(path, ids, notes=True)
    except InputError as error:
        form = printed(form)
        (show if form == "text" else hand_over)(faults.rendered(error, path, form, table, width()))
        return 2
    return answered(verb, AnswerOf(al.validate(system), system), form, table)


@command("cover", "alignment cover scp.txt --conflicts 1", CoverOptions)
def cover(
    path: Annotated[str, typer.Argument(metavar="FILE", help="A set covering file of the OR-Library.")],
    *,
    conflicts: Annotated[
        int | None,
        typer.Option(metavar="K", min=0, help="Columns that share more than K rows pay for what they share beyond."),
    ] = None,
    asked: dict[str, Any],
    form: Form,
) -> int:
    """Solve a published set covering problem.

    With the program that propose runs; --conflicts adds the penalties of Carrabs et al. (2024).
    """
    with busy(f"Reading {path}"):
        matrix, costs = al.read_cover(path)
        penalties = [] if conflicts is None else al.overlap_penalties(matrix, costs, conflicts)
    with busy("Looking for a cover"):
        found = al.cover(matrix, costs, penalties, **asked)
    give(AnswerOf(found), form)
    return ended(found, "this is the best set found so far, not proven to be the best")


@command("replay", "alignment replay answer.json london-2018")
def replay(
    answer: Annotated[str, typer.Argument(metavar="ANSWER", help="An answer as JSON, as any command gives it.")],
    path: Source,
    *,
    form: Form,
) -> int:
    """Ask again what an answer was the answer to, and say whether the same comes out.

    If not, what differs, and why: another system, other versions, or a search that was ended. It then ends with 1.
    """
    system = read(path)
    found = al.replay(_text(answer), system)
    give(AnswerOf(found, system), form)
    return 0 if found.same else 1


def _text(file: str) -> str:
    from alignment.tables.guarded import content_of

    try:
        return content_of(Path(file)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OptionError(f"{file} is not UTF-8 text. Give the file that a command with --json has written.") from None


@command("new", "alignment new my-place.xlsx")
def new(
    path: Annotated[str, typer.Argument(metavar="PATH", help="Where to: .xlsx is a workbook, no ending a folder.")],
    *,
    empty: Annotated[bool, typer.Option("--empty", help="Without the example to write over.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over what is there already.")] = False,
) -> int:
    """Write a template to fill in.

    Every table with every column, notes that say what each is, drop-down lists, an example to write over, and what to
    fill first.
    """
    with busy(f"Writing {path}"):
        al.template(path, empty=empty, replace=replace)
    where = "its sheet x-start-here" if Path(path).suffix else "README.txt in it"
    say(f"Wrote {path}: {where} says what to fill first. Then: alignment validate {path}")
    return 0


@command("convert", "alignment convert london-2018 london.xlsx")
def convert(
    source: Source,
    target: Annotated[
        str,
        typer.Argument(help="Where to: .xlsx is a workbook, .json a document, .zip or no ending a folder of CSVs."),
    ],
    *,
    ids: Ids = "given",
    replace: Annotated[bool, typer.Option("--replace", help="Write over a system that is there already.")] = False,
) -> int:
    """Write a system in another form, without loss."""
    system = read(source, ids)
    written(system, target, replace=replace)
    return 0


@command("serve", "alignment serve --port 8000")
def serve(
    *,
    host: Annotated[str, typer.Option(help="Where to listen. Only this computer reaches 127.0.0.1.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Which port.")] = 8765,
    workers: Annotated[int | None, typer.Option(help="How many requests are worked on at once.")] = None,
    time_limit: Annotated[float | None, typer.Option(help="The longest search for a set. Unit: seconds.")] = None,
    body_limit: Annotated[int | None, typer.Option(help="The largest request. Unit: bytes.")] = None,
    database: Annotated[
        str | None,
        typer.Option(help="Where systems, answers, runs and keys are kept: sqlite:///PATH or postgresql://..."),
    ] = None,
) -> int:
    """Keep systems and answer the same questions over HTTP, until Ctrl-C.

    Blank, the database is a file in your own data folder. Every setting can also stand in the environment, such as
    ALIGNMENT_WORKERS=4.
    """
    from alignment.api.serve import serve as answering
    from alignment.api.settings import Settings

    settings = Settings.gather(workers=workers, time_limit=time_limit, body_limit=body_limit, database=database)

    def announce(limits: Settings) -> None:
        who = "Visitors need a key." if limits.keys == "required" else "Open to programs of this computer only."
        say(f"Answering at http://{host}:{port}; /docs there says what can be asked. {who}")

    try:
        with redirect_stdout(sys.stderr):  # its log is talk
            answering(host, port, settings, announce)
    except SystemExit as end:  # the log has said why
        return 2 if end.code else 0
    return 0


def _lens() -> None:
    """Look at a system through one lens: a paragraph, the rows that carry it, and what the tables lack."""


LENSES: Final = {verb.command: COMMANDS[verb.command] for verb in VERBS if verb.lens}

COMMANDS["lens"] = Group(_lens, "alignment lens layers london-2018", LENSES)


def _in_groups() -> Iterator[str]:
    """The commands of verbs, the word of a group before the first that follows it."""
    for place, verb in enumerate(VERBS):
        if verb.lens and not VERBS[place - 1].lens:
            yield "lens"
        yield verb.command


SYSTEMS: Final = ("compare", "join", "convert", "subset", "map")

ORDER: Final = ("demo", "new", *_in_groups(), "report", "cover", "replay", *SYSTEMS, "serve", "keys")
"""The order in which help tells of the commands."""

for _name in ORDER:
    COMMANDS[_name] = COMMANDS.pop(_name)

program: Final = get_command(app)
"""What runs them."""
