"""The commands of verbs that take something of their own: files, filters, changes, processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from alignment.errors import InputError, OptionError
from alignment.models.options.signed_network import SplitOptions
from alignment.verbs.registry import BY_COMMAND
from alignment.verbs.renderers import Form

from .arguments import Limit, Optional, Show, Source
from .asking import AnswerOf, answered, asking, give, give_rows, most, table_of
from .command import command
from .edge_list import edge_list
from .expert_tables import expert_tables, placed
from .lists import measures_in
from .streams import busy, say, show, width
from .workbooks import ToWorkbook

if TYPE_CHECKING:
    import alignment as al


@command("conflicts", BY_COMMAND["conflicts"].line, BY_COMMAND["conflicts"].options)
def conflicts(  # noqa: PLR0913 - an option each
    path: Source,
    *,
    touching: Annotated[str | None, typer.Option(metavar="AGENCY", help="Only those that an agency stands in.")] = None,
    between: Annotated[
        tuple[str, str] | None, typer.Option(metavar="TIER TIER", help="Only those between two tiers, or within one.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="kind|agency|tier|sector", help="Count them instead of listing them.")
    ] = None,
    limit: Limit = None,
    every: Annotated[bool, typer.Option("--all", help="List every finding, worst first, not the quarrels.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with code 1 if there are any.")] = False,
    what: Show = None,
    asked: dict[str, Any],
    form: Form,
) -> int:
    """Show where targets pull against each other, worst first.

    For people as a handful of quarrels; every finding with --all, a filter or --limit, and as JSON or CSV.
    """
    verb = BY_COMMAND["conflicts"]
    table = table_of(verb, what)
    if by is not None and isinstance(form, ToWorkbook):
        raise OptionError("--by only counts. Leave it out, or give --csv instead of --xlsx.")
    answer, system = asking(verb, path, asked)
    found = cast("al.Conflicts", answer)
    chosen = every or touching or between or limit is not None or asked.get("kinds")
    if form == "text" and by is None and table is None and not chosen:
        _quarrels(found)
        return int(strict and len(found) > 0)
    found = found.touching(touching) if touching else found
    found = found.between(*between) if between else found
    limit = 0 if every and limit is None else limit
    if by is None:
        _list(AnswerOf(found, system), form, limit, table)
    else:
        give_rows(found.counts(cast("Any", by)), form, limit)
    return int(strict and len(found) > 0)


def _quarrels(found: al.Conflicts) -> None:
    """The findings as quarrels, and how to see every one."""
    import alignment as al
    from alignment.conflicts.comparing import in_short

    asked = found.asked
    themes = al.themes(
        found.arrays.system, tolerance=asked.tolerance, steps=asked.steps, decay=asked.decay, evidence=asked.counting
    )
    show(f"{found.summary()}\n\n{themes.to_text(width())}")
    if found.comparison is not None:
        say(f"{in_short(found.comparison)}.")
    say("--all lists every finding, themes shows more of each quarrel, agenda whom to bring together.")


def _list(asked: AnswerOf, form: Form, limit: int | None, table: str | None) -> None:
    found, number = cast("al.Conflicts", asked.answer), most(limit, form)
    if form != "text" or table is not None:
        give(AnswerOf(found[:number], asked.system), form, table)
        return
    show(found.to_text(width(), number))
    if number is not None and number < len(found):
        say("--all shows all of them.")


@command("mactor", BY_COMMAND["mactor"].line, BY_COMMAND["mactor"].options)
def mactor(
    path: Optional = None,
    *,
    influence: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="CSV or workbook: an actor a row and a column, how far the row can touch it, 0 to 4."
        ),
    ] = None,
    positions: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="CSV or workbook: an actor a row, an objective a column, -4 to 4."),
    ] = None,
    what: Show = None,
    asked: dict[str, Any],
    form: Form,
) -> int:
    """Show MACTOR's matrices: power, alliances, conflicts.

    After Godet, from a system, or from two tables that experts have filled in (--influence and --positions).
    """
    verb = BY_COMMAND["mactor"]
    table = table_of(verb, what)
    if path is not None and influence is None and positions is None:
        answer = asking(verb, path, asked)
    elif path is None and influence is not None and positions is not None:
        answer = AnswerOf(expert_tables(influence, positions, **asked))
    else:
        raise OptionError("Give a PATH, or both --influence FILE and --positions FILE.")
    if form == "text":
        show(cast("al.Mactor", answer.answer).to_text(width(), table or "figures"))
    else:
        give(answer, form, table)
    return 0


@command("camps", BY_COMMAND["camps"].line, BY_COMMAND["camps"].options)
def camps(
    path: Optional = None,
    *,
    edges: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="CSV or workbook: columns a, b and weight, above 0 for, below 0 against."),
    ] = None,
    what: Show = None,
    asked: dict[str, Any],
    form: Form,
) -> int:
    """Split agencies into camps, with the fewest relations against the grain.

    And say which these are, whether that is proven, and whether the split is the only one as good.
    """
    verb = BY_COMMAND["camps"]
    table = table_of(verb, what)
    if (path is None) == (edges is None):
        raise OptionError("Give a PATH, or --edges FILE.")
    if edges is None:
        answer = asking(verb, cast("str", path), asked)
    else:
        with busy(verb.doing):
            options = {name: asked[name] for name in SplitOptions.model_fields if name in asked}
            answer = AnswerOf(edge_list(edges, **options))
    return answered(verb, answer, form, table)


@command("what-if", BY_COMMAND["what-if"].line, BY_COMMAND["what-if"].options, ("changes",))
def what_if(  # noqa: PLR0913 - an option each
    path: Source,
    *,
    changes: Annotated[
        str | None, typer.Option(metavar="FILE", help="JSON: a list of changes, made before those below.")
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(metavar="ROW", help="One more row: 'TABLE COLUMN=VALUE ...'. This and those below: repeatable."),
    ] = None,
    drop_row: Annotated[
        list[str] | None,
        typer.Option(metavar="TABLE:ROW", help="Rows that are no more: a key, or first cells with : between."),
    ] = None,
    drop_measure: Annotated[
        list[str] | None, typer.Option(metavar="MEASURE", help="A measure that is no more.")
    ] = None,
    drop_target: Annotated[
        list[str] | None,
        typer.Option(metavar="TARGET", help="Targets that are no more: an id, or AGENCY:MEASURE."),
    ] = None,
    reweigh: Annotated[
        list[str] | None,
        typer.Option(metavar="TARGET=WEIGHT", help="What a target, or all of an AGENCY or AGENCY:MEASURE, weigh."),
    ] = None,
    retarget: Annotated[
        list[str] | None,
        typer.Option(metavar="TARGET=VALUE", help="What a target asks for; a band is LOW..HIGH."),
    ] = None,
    cap: Annotated[
        list[str] | None, typer.Option(metavar="RESOURCE=NUMBER", help="How much of a resource there is, or none.")
    ] = None,
    floor: Annotated[
        list[str] | None, typer.Option(metavar="RESOURCE=NUMBER", help="How much of it must be used, or none.")
    ] = None,
    remove_agency: Annotated[
        list[str] | None, typer.Option(metavar="AGENCY", help="An agency that is no more.")
    ] = None,
    merge: Annotated[
        list[str] | None, typer.Option(metavar="AGENCY=INTO", help="An agency that becomes part of another.")
    ] = None,
    what: Show = None,
    asked: dict[str, Any],
    form: Form,
) -> int:
    """Show what would be otherwise if a system were changed, and why.

    The changes are made in the order of the options below; those of a FILE in its own, before them.
    """
    from .change_words import changes_in

    words = {
        "add": add,
        "drop-row": drop_row,
        "drop-measure": drop_measure,
        "drop-target": drop_target,
        "reweigh": reweigh,
        "retarget": retarget,
        "cap": cap,
        "floor": floor,
        "remove-agency": remove_agency,
        "merge": merge,
    }
    made = changes_in(changes, {name: given or () for name, given in words.items()})
    verb = BY_COMMAND["what-if"]
    table = table_of(verb, what)
    answer = asking(verb, path, {**asked, "changes": made})
    return answered(verb, answer, form, table)


@command("certainty", BY_COMMAND["certainty"].line, BY_COMMAND["certainty"].options)
def certainty(
    path: Source,
    *,
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, help="How many processes share them; 1 is none but this.")
    ] = 2,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Share them on the workers of this Dask scheduler instead.")
    ] = None,
    what: Show = None,
    asked: dict[str, Any],
    form: Form,
) -> int:
    """Say how sure conflicts and the set are, where influences are not.

    Every uncertain influence is drawn anew many times: how often each conflict stands and each measure is kept, and
    which influence matters most. Ctrl-C gives the draws done so far.
    """
    from .processes import processes

    verb = BY_COMMAND["certainty"]
    table = table_of(verb, what)
    return answered(verb, asking(verb, path, asked, executor=cluster or processes(workers)), form, table)


@command("targeting", BY_COMMAND["targeting"].line, BY_COMMAND["targeting"].options, ("bundles",))
def targeting(
    path: Source,
    *,
    bundles: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="CSV: columns population, service, benefit and cost, in place of the tables'."
        ),
    ] = None,
    what: Show = None,
    asked: dict[str, Any],
    form: Form,
) -> int:
    """Show which services, for whom, fit a budget: all for some people, some for all, or the best mix."""
    from .bundles import bundles_in

    verb = BY_COMMAND["targeting"]
    table = table_of(verb, what)
    if bundles is None:
        return answered(verb, asking(verb, path, asked), form, table)
    rows, sheet = bundles_in(bundles)
    try:
        answer = asking(verb, path, {**asked, "bundles": rows})
    except InputError as error:
        raise InputError(
            [placed(fault, bundles, sheet) if fault.table == "bundles" else fault for fault in error.faults]
        ) from None
    return answered(verb, answer, form, table)


@command("check", BY_COMMAND["check"].line, BY_COMMAND["check"].options, ("measures",))
def check(
    path: Source,
    measures: Annotated[
        list[str],
        typer.Argument(
            metavar="MEASURE",
            help="Ids of measures. @FILE takes them from a file, - from standard input: words, or CSV with a column "
            "'measure', such as propose gives.",
        ),
    ],
    *,
    strict: Annotated[bool, typer.Option("--strict", help="End with code 1 if a wish is not met.")] = False,
    what: Show = None,
    asked: dict[str, Any],
    form: Form,
) -> int:
    """Judge a set of measures of your own.

    What it serves and does not, what it leaves in conflict, what it costs, and whose voice it loses.
    """
    verb = BY_COMMAND["check"]
    table = table_of(verb, what)
    answer = asking(verb, path, {**asked, "measures": measures_in(measures)})
    give(answer, form, table)
    return int(strict and not cast("al.Verdict", answer.answer).aligned)


@command("view", BY_COMMAND["view"].line, BY_COMMAND["view"].options, ("agency",))
def view(
    path: Source,
    agency: Annotated[
        str, typer.Argument(metavar="AGENCY", help="The organisation: its id, or its name where only one bears it.")
    ],
    *,
    what: Show = None,
    asked: dict[str, Any],
    form: Form,
) -> int:
    """Write one organisation's own page: what it is asked, whom it meets, what the set means for it."""
    verb = BY_COMMAND["view"]
    table = table_of(verb, what)
    return answered(verb, asking(verb, path, {**asked, "agency": agency}), form, table)
