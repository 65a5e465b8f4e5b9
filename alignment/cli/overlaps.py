"""Suggested overlaps, and what of them is accepted: `alignment suggest-overlaps`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from alignment.errors import OptionError
from alignment.models.numbers import count
from alignment.models.options.likeness import OverlapOptions
from alignment.options.asked import asked_of
from alignment.verbs.registry import BY_COMMAND
from alignment.verbs.renderers import Form

from .arguments import Show, Source
from .asking import AnswerOf, answered, read, table_of
from .command import command
from .streams import busy, say
from .writing import written

if TYPE_CHECKING:
    import alignment as al


@command("suggest-overlaps", BY_COMMAND["suggest-overlaps"].line, BY_COMMAND["suggest-overlaps"].options)
def suggest_overlaps(
    path: Source,
    *,
    write: Annotated[
        str | None, typer.Option(metavar="OUT", help="Write the system with what is accepted, as convert writes.")
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="A:B", help="A pair to accept; A:B=KIND or A:B=KIND=SHARE says how. Repeatable."),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a system that is there already.")] = False,
    what: Show = None,
    asked: dict[str, Any],
    form: Form,
) -> int:
    """List measures that may be one thing under two names.

    Nothing is changed unless --write is given with pairs to accept, or with --least: then every pair at least so alike
    whose kind can be told is accepted.
    """
    verb = BY_COMMAND["suggest-overlaps"]
    table = table_of(verb, what)
    _agree(write, accept, asked)
    options = asked_of(OverlapOptions, asked)
    system = read(path)
    # A pair that somebody names is accepted however little alike.
    asking = OverlapOptions(least=0) if accept else options
    with busy(verb.doing):
        found = cast("al.OverlapSuggestions", verb.ask(system, asking))
    if write is None:
        return answered(verb, AnswerOf(found, system), form, table)
    _write(found, system, write, accept, least=options.least if "least" in asked else None, replace=replace)
    return 0


def _agree(write: str | None, accept: list[str] | None, asked: dict[str, Any]) -> None:
    """Whether the options go together."""
    if accept and write is None:
        raise OptionError("--accept: nothing is written. Give --write OUT too.")
    if write is not None and not accept and "least" not in asked:
        raise OptionError("--write: nothing is accepted. Give --accept A:B for each pair, or --least NUMBER for all.")


def _write(
    found: al.OverlapSuggestions,
    system: al.System,
    target: str,
    pairs: list[str] | None,
    *,
    least: float | None,
    replace: bool,
) -> None:
    """The system with what is accepted, and what was left out."""
    more = found.accept(system, pairs, least=least)
    written(more, target, replace=replace)
    rows = count(len(more.overlaps) - len(system.overlaps), "row", "rows")
    say(f"Accepted {rows} of overlaps.")
    untold = () if least is None else found.untold(least)
    if untold:
        pairs_left = count(len(untold), "pair was", "pairs were")
        one = untold[0]
        say(
            f"{pairs_left} left out, as their kind cannot be told: accept them one by one, such as "
            f"--accept {one.measure_a}:{one.measure_b}=shared."
        )
