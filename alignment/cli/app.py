"""The commands. What is slow to import is imported by those that need it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, cast

import typer

import alignment as al
from alignment.errors import InputError, OptionError, UnknownWord
from alignment.models.conflict import KINDS, Kind
from alignment.models.defaults import DRAWS, LIMIT, POINTS
from alignment.models.system import TABLES

from . import INTERRUPTED, texts
from .command import EFFECTS, EVERY, Form, app, command
from .edge_list import edge_list
from .expert_tables import expert_tables
from .lists import measures_in
from .streams import busy, hand_over, say, show, width

if TYPE_CHECKING:
    import pandas as pd

    from alignment.models.faults import Fault

__all__ = ["app"]

Source = Annotated[
    str,
    typer.Argument(
        metavar="PATH",
        help="A folder of CSV files, an .xlsx workbook or a .json document; where there is no such path, the name of "
        "an example.",
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        metavar="N", min=0, help=f"Show this many; 0 is all. Blank is {texts.SHOWN}, and all as JSON and CSV."
    ),
]
EPILOG: Final = """\b
Examples to give as PATH: london-2018, england-frameworks, winter-pressure.

\b
Ends with 0 when done, 1 when --strict was given and something is wrong, 2
when the input or an option is, 3 when no set of measures meets all wishes,
4 when the solver failed, and 130 when interrupted.
"""


def _version(asked: bool) -> None:  # noqa: FBT001 - typer's
    if asked:
        show(f"alignment {al.__version__}")
        raise typer.Exit


@app.callback(epilog=EPILOG)
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Finds where public bodies' targets pull against each other, and the few measures that would serve them all."""


def read(path: str) -> al.System:
    """The system at a path; where there is none, the example of that name."""
    with busy(f"Reading {path}"):
        if Path(path).exists():
            return al.read(path)
        try:
            home = al.example(path)
        except UnknownWord as unknown:
            return _missing(path, unknown)
        say(f"Using the example {path} that comes with alignment.")
        return al.read(home)


def _missing(path: str, unknown: UnknownWord) -> al.System:
    """What reading says of a path that is not there; to a plain name, which examples there are."""
    try:
        return al.read(path)
    except InputError as error:
        if Path(path).name != path:
            raise
        remedy = f"{error.faults[0].remedy}. {unknown}"
        raise InputError([error.faults[0].model_copy(update={"remedy": remedy})]) from None


def give(
    form: Form, text: Callable[[int], str], document: Callable[[], str], frame: Callable[[], pd.DataFrame]
) -> None:
    """Give an answer in the form that was asked for."""
    if form == "text":
        show(text(width()))
    elif form == "json":
        hand_over(document())
    else:
        hand_over(frame().to_csv(index=False, lineterminator="\n"))


def answer(name: str, system: al.System, **asked: Any) -> str:
    """The answer that the API gives to a verb, as JSON: both doors say the same."""
    from alignment.verbs import VERBS

    verb = next(each for each in VERBS if each.name == name)
    return verb.run(system, verb.options(**asked)).model_dump_json(indent=2)


def most(limit: int | None, form: Form) -> int | None:
    """How many rows are shown; None is all."""
    if limit is None:
        return texts.SHOWN if form == "text" else None
    return limit or None


@command("demo", "alignment demo")
def demo() -> int:
    """Show all of it on London's health and care in 2018."""
    with busy("Reading"):
        system = al.read(al.example("london-2018"))
    with busy("Looking for conflicts"):
        found = al.find_conflicts(system)
    with busy("Looking for an aligned set") as tell:
        proposal = al.propose(system, progress=tell)
    show(texts.demo(system, found, proposal))
    return 0


@command("validate", "alignment validate my-place.xlsx")
def validate(path: Source, *, form: Form) -> int:
    """Say what a system holds, or all that is wrong with it."""
    system, found = None, ()
    try:
        system = read(path)
    except InputError as error:
        found = error.faults
    give(
        form,
        lambda _: texts.faults(found, path) if system is None else f"{system}\nhash {system.hash}",
        lambda: _faults(found) if system is None else answer("validate", system),
        lambda: texts.fault_frame(found),
    )
    return 2 if system is None else 0


def _faults(found: Sequence[Fault]) -> str:
    return json.dumps({"faults": [fault.model_dump(mode="json") for fault in found]}, indent=2, ensure_ascii=False)


@command("conflicts", "alignment conflicts london-2018 --kind opposed --kind spillover", EFFECTS)
def conflicts(  # noqa: PLR0913 - an option each
    path: Source,
    *,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help=f"Only of this kind: {', '.join(KINDS)}. Repeatable.")
    ] = None,
    touching: Annotated[str | None, typer.Option(metavar="AGENCY", help="Only those that an agency stands in.")] = None,
    between: Annotated[
        tuple[str, str] | None, typer.Option(metavar="TIER TIER", help="Only those between two tiers, or within one.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="kind|agency|tier|sector", help="Count them instead of listing them.")
    ] = None,
    limit: Limit = None,
    strict: Annotated[bool, typer.Option("--strict", help="End with code 1 if there are any.")] = False,
    form: Form,
    **wishes: Any,
) -> int:
    """Show where targets pull against each other, worst first."""
    system = read(path)
    with busy("Looking for conflicts"):
        found = al.find_conflicts(system, cast("list[Kind]", kind) or None, **wishes)
        found = found.touching(touching) if touching else found
        found = found.between(*between) if between else found
    if by is None:
        _list(system, found, form, limit)
    else:
        _rows(found.counts(cast("Any", by)), form, limit)
    return int(strict and len(found) > 0)


def _list(system: al.System, found: al.Conflicts, form: Form, limit: int | None) -> None:
    number = most(limit, form)
    shown = found[:number]
    give(form, lambda columns: found.to_text(number, columns), lambda: _document(system, shown), shown.to_frame)
    if form == "text" and len(shown) < len(found):
        say("--limit 0 shows all of them.")


def _document(system: al.System, found: al.Conflicts) -> str:
    from alignment.models.answers import ConflictList

    answered = ConflictList(system=system.hash, summary=found.summary(), notes=found.notes, conflicts=tuple(found))
    return answered.model_dump_json(indent=2)


def _rows(frame: pd.DataFrame, form: Form, limit: int | None) -> None:
    rows = frame[: most(limit, form)]
    give(
        form,
        lambda columns: texts.limited(frame, columns, most(limit, form)),
        lambda: rows.to_json(orient="records", indent=2, force_ascii=False, double_precision=15),
        lambda: rows,
    )


@command("alignment", "alignment alignment london-2018 --by tier", ("steps", "decay"))
def alignment(
    path: Source,
    *,
    by: Annotated[
        str | None, typer.Option(metavar="agency|tier|sector", help="Who with whom; blank is the whole system as one.")
    ] = None,
    congruity: Annotated[
        bool, typer.Option("--congruity", help="As CSV, the congruity of each agency instead of the alignment.")
    ] = False,
    form: Form,
    **wishes: Any,
) -> int:
    """Show how far targets help or hinder each other.

    And congruity: how well what people are judged on matches what is good for people.
    """
    system = read(path)
    with busy("Adding up effects"):
        found = al.alignment(system, cast("Any", by), **wishes)
        match = al.congruity(system, **wishes)
    give(
        form,
        lambda columns: texts.helping(found, match, columns),
        lambda: answer("alignment", system, by=by, **wishes),
        match.to_frame if congruity else found.to_frame,
    )
    return 0


@command("mactor", "alignment mactor london-2018 --show 3DAA")
def mactor(
    path: Annotated[
        str | None,
        typer.Argument(metavar="PATH", help="As elsewhere; none where --influence and --positions are given."),
    ] = None,
    *,
    influence: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="CSV: an actor a row and a column, how far the row can touch it, 0 to 4."),
    ] = None,
    positions: Annotated[
        str | None, typer.Option(metavar="FILE", help="CSV: an actor a row, an objective a column, -4 to 4.")
    ] = None,
    diagonal: Annotated[
        str, typer.Option(metavar="in|out", help="Whether influence counts what comes back to the actor itself.")
    ] = "in",
    what: Annotated[
        str,
        typer.Option(
            "--show",
            metavar="WHAT",
            help="As text and CSV: figures, evidence, pairs, objectives, MDI, MIDI, NS, 1MAO to 3MAO, and so CAA, DAA.",
        ),
    ] = "figures",
    form: Form,
) -> int:
    """Show MACTOR's matrices: power, alliances, conflicts.

    After Godet, from a system, or from two tables that experts have filled in.
    """
    system, found = _mactor(path, influence, positions, cast("Any", diagonal))
    frame = texts.mactor_frame(found, what)
    give(
        form,
        lambda columns: texts.mactor(found, what, frame, columns),
        lambda: _mactor_document(found, system),
        lambda: frame,
    )
    return 0


def _mactor(
    path: str | None, influence: str | None, positions: str | None, diagonal: Literal["in", "out"]
) -> tuple[al.System | None, al.Mactor]:
    """The matrices of a system, or of two tables."""
    if path is not None and influence is None and positions is None:
        system = read(path)
        with busy("Adding up influence"):
            return system, al.mactor_matrices(system, diagonal)
    if path is None and influence is not None and positions is not None:
        return None, expert_tables(influence, positions, diagonal)
    raise OptionError("Give a PATH, or both --influence FILE and --positions FILE.")


def _mactor_document(found: al.Mactor, system: al.System | None) -> str:
    from alignment.verbs import mactor_answer

    return mactor_answer(found, None if system is None else system.hash).model_dump_json(indent=2)


@command("camps", "alignment camps london-2018 --k 3", ("steps", "decay", "time_limit", "solver"))
def camps(
    path: Annotated[
        str | None, typer.Argument(metavar="PATH", help="As elsewhere; none where --edges is given.")
    ] = None,
    *,
    edges: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="CSV: columns a, b and weight, above 0 for, below 0 against each other."),
    ] = None,
    k: Annotated[int, typer.Option("--k", metavar="N", help="The most camps.")] = 2,
    by: Annotated[str, typer.Option(metavar="agency|tier|sector", help="What to split.")] = "agency",
    count: Annotated[
        str,
        typer.Option(
            metavar="relations|effects", help="Whether each relation counts 1, or by how far help and hinder are apart."
        ),
    ] = "relations",
    what: Annotated[str, typer.Option("--show", metavar="camps|relations", help="As CSV, which table.")] = "camps",
    form: Form,
    **wishes: Any,
) -> int:
    """Split agencies into camps, with the fewest relations against the grain.

    And say which these are, whether that is proven, and whether the split is the only one as good.
    """
    system, found = _camps(path, edges, {"k": k, "by": by, "count": count, **wishes})
    frame = texts.camps_frame(found, what)
    give(form, lambda _: str(found), lambda: _camps_document(found, system), lambda: frame)
    return ended(found.stopped, "this is the best split found so far")


def _camps(path: str | None, edges: str | None, asked: dict[str, Any]) -> tuple[al.System | None, al.Frustration]:
    """The camps of a system, or of an edge list."""
    if (path is None) == (edges is None):
        raise OptionError("Give a PATH, or --edges FILE.")
    if path is not None:
        system = read(path)
        with busy("Looking for camps"):
            return system, al.camps(system, **asked)
    assert edges is not None
    with busy("Looking for camps"):
        return None, edge_list(edges, **{name: asked[name] for name in ("k", "time_limit", "solver")})


def _camps_document(found: al.Frustration, system: al.System | None) -> str:
    from alignment.verbs import camps_answer

    return camps_answer(found, None if system is None else system.hash).model_dump_json(indent=2)


Effort = Annotated[
    float | None,
    typer.Option(
        help="What agencies can spend that have no effort of their own. Unit: steps; blank is no limit.", min=0
    ),
]
Reach = Annotated[float, typer.Option(help="How far an agency can push a measure. Unit: steps, above 0.")]
Every = Annotated[bool, typer.Option("--every", help="Look for all of them.")]
EFFORTS: Final = ("steps", "decay", "time_limit")
"""The wishes that whether all can be met depends on."""


@command("achieve", "alignment achieve winter-pressure", EFFORTS)
def achieve(path: Source, *, effort: Effort = None, reach: Reach = 10.0, form: Form, **wishes: Any) -> int:
    """Say whether all targets can be met: by which moves, or which cannot."""
    system = read(path)
    with busy("Looking for moves"):
        found = al.can_all_be_met(system, effort=effort, reach=reach, **wishes)
    give(form, found.to_text, lambda: found.model_dump_json(indent=2), found.to_frame)
    if form == "csv" and found.met is False:
        say("Not all targets can be met, so there are no moves; `alignment joint` lists which conflict.")
    return ended(found.stopped, "whether all can be met is not known")


@command("joint", "alignment joint winter-pressure --every", EFFORTS)
def joint(
    path: Source,
    *,
    every: Every = False,
    limit: Annotated[int, typer.Option(metavar="N", help="How many sets to list at most.")] = 1000,
    effort: Effort = None,
    reach: Reach = 10.0,
    form: Form,
    **wishes: Any,
) -> int:
    """List the smallest sets of targets that cannot all be met."""
    system = read(path)
    with busy("Looking for conflicting sets") as tell:
        found = al.find_joint_conflicts(system, limit, every=every, effort=effort, reach=reach, progress=tell, **wishes)
    give(form, found.to_text, lambda: found.model_dump_json(indent=2), found.to_frame)
    return ended(found.stopped, "there may be more sets")


@command("effort", "alignment effort winter-pressure --curve 4", EFFORTS)
def effort(
    path: Source,
    *,
    by_power: Annotated[bool, typer.Option("--by-power", help="Agencies spend in proportion to their power.")] = False,
    curve: Annotated[
        int, typer.Option(metavar="N", help="At how many levels of effort to tell how much can be met.")
    ] = 0,
    reach: Reach = 10.0,
    form: Form,
    **wishes: Any,
) -> int:
    """Tell the least effort that meets all targets, and who is the bottleneck."""
    system = read(path)
    with busy("Looking for the least effort") as tell:
        found = al.effort_needed(system, by_power=by_power, curve=curve, reach=reach, progress=tell, **wishes)
    give(form, found.to_text, lambda: found.model_dump_json(indent=2), found.to_frame)
    return ended(found.stopped, "not all efforts are known")


@command("repair", "alignment repair winter-pressure --every", EFFORTS)
def repair(
    path: Source,
    *,
    every: Every = False,
    limit: Annotated[int, typer.Option(metavar="N", help="How many repairs to list at most.")] = 100,
    effort: Effort = None,
    reach: Reach = 10.0,
    form: Form,
    **wishes: Any,
) -> int:
    """Say which targets to give up, the least by weight, so that all others can be met."""
    system = read(path)
    with busy("Looking for the smallest repair") as tell:
        found = al.smallest_repair(
            system, every=every, limit=limit, effort=effort, reach=reach, progress=tell, **wishes
        )
    give(form, found.to_text, lambda: found.model_dump_json(indent=2), found.to_frame)
    return ended(found.stopped, "this is the lightest repair found so far")


@command("shared-values", "alignment shared-values winter-pressure --power council=2", (*EFFORTS, "power"))
def shared_values(
    path: Source,
    measures: Annotated[
        list[str] | None,
        typer.Argument(metavar="MEASURE", help="Ids of measures; @FILE and - as in check. Blank is every measure."),
    ] = None,
    *,
    lexicographic: Annotated[
        bool, typer.Option("--lexicographic", help="After the largest concession, make the next largest small.")
    ] = False,
    effort: Effort = None,
    reach: Reach = 10.0,
    form: Form,
    **wishes: Any,
) -> int:
    """Share values where not all targets can be met, with what more of anything would spare."""
    system = read(path)
    chosen = measures_in(measures) if measures else None
    with busy("Sharing"):
        found = al.shared_values(system, chosen, lexicographic=lexicographic, effort=effort, reach=reach, **wishes)
    give(form, found.to_text, lambda: found.model_dump_json(indent=2), found.to_frame)
    return ended(found.stopped, "not all values or prices are known")


@command("propose", "alignment propose london-2018 --voice 0.3 --keep rtt-18w", EVERY)
def propose(path: Source, *, form: Form, **wishes: Any) -> int:
    """Propose the fewest measures that would serve all.

    They serve every duty that can be served, with the least conflict left; each with its reason, and with proof.
    """
    system = read(path)
    with busy("Looking for an aligned set") as tell:
        proposal = al.propose(system, progress=tell, **wishes)
    give(form, proposal.to_text, lambda: proposal.model_dump_json(indent=2), proposal.to_frame)
    return ended(proposal.stopped, "this is the best set found so far, not proven to be the best")


def ended(stopped: str, so: str) -> int:
    """The exit code of a search, and what to say of one that was stopped."""
    if stopped == "time limit":
        say(f"The time limit ended the search: {so}. Give --time-limit more seconds.")
    if stopped == "interrupted":
        say(f"Interrupted: {so}.")
        return INTERRUPTED
    if stopped == "solvers disagree":
        say(f"What the solvers said of it could not be true, whichever way they were asked: {so}.")
    return 0


@command("why", "alignment why london-2018 ae-4h", EVERY)
def why(
    path: Source,
    measures: Annotated[
        list[str] | None,
        typer.Argument(metavar="MEASURE", help="Ids of measures; @FILE and - as in check. Blank is every measure."),
    ] = None,
    *,
    form: Form,
    **wishes: Any,
) -> int:
    """Say why measures are kept or retired, and what it would cost to do otherwise.

    The price of leaving out a kept measure, or of keeping another, stage by stage; and whether it is in every best set.
    """
    system = read(path)
    chosen = measures_in(measures) if measures else None
    with busy("Looking for reasons") as tell:
        found = al.why(system, chosen, progress=tell, **wishes)
    give(form, found.to_text, lambda: found.model_dump_json(indent=2), found.to_frame)
    return ended(found.stopped, "not all prices are proved")


@command("alternatives", "alignment alternatives london-2018 --within 0.05", EVERY)
def alternatives(
    path: Source,
    *,
    within: Annotated[
        float, typer.Option(help="By what share conflict and burden may be worse than the best; 0 is the best sets.")
    ] = 0.0,
    limit: Annotated[int, typer.Option(metavar="N", help="How many sets to look for.")] = LIMIT,
    form: Form,
    **wishes: Any,
) -> int:
    """List the sets that are as good as the proposed one, or nearly, and what distinguishes them."""
    system = read(path)
    with busy("Looking for other sets") as tell:
        found = al.alternatives(system, within, limit, progress=tell, **wishes)
    give(form, found.to_text, lambda: found.model_dump_json(indent=2), found.to_frame)
    return ended(found.stopped, "there may be more sets")


@command("frontier", "alignment frontier winter-pressure --voice 0.3", tuple(name for name in EVERY if name != "price"))
def frontier(
    path: Source,
    *,
    limit: Annotated[
        int, typer.Option(metavar="N", help="How many points to look for, both ends among them.")
    ] = POINTS,
    form: Form,
    **wishes: Any,
) -> int:
    """Show burden against residual conflict: every set that is the best for some burden, and what more would buy."""
    system = read(path)
    with busy("Looking for points") as tell:
        found = al.frontier(system, limit, progress=tell, **wishes)
    give(form, found.to_text, lambda: found.model_dump_json(indent=2), found.to_frame)
    return ended(found.stopped, "these are the points found so far")


@command("what-if", "alignment what-if winter-pressure --drop-target region-beds --cap home-care-hours=450", EVERY)
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
        typer.Option(metavar="TABLE:ROW", help="Rows that are no more: an id, or the first cells with : between."),
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
    each: Annotated[bool, typer.Option("--each", help="Tell of each change by itself as well.")] = False,
    form: Form,
    **wishes: Any,
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
    system = read(path)
    with busy("Comparing") as tell:
        found = al.what_if(system, made, each, progress=tell, **wishes)
    give(form, found.to_text, lambda: found.model_dump_json(indent=2), found.to_frame)
    return ended(found.stopped, "not all of this is proven")


@command("voices", "alignment voices london-2018 --by tier", EVERY)
def voices(
    path: Source,
    measures: Annotated[
        list[str] | None,
        typer.Argument(metavar="MEASURE", help="Ids of measures; @FILE and - as in check. Blank is the proposed set."),
    ] = None,
    *,
    by: Annotated[str, typer.Option(metavar="agency|tier|sector", help="Whose voices.")] = "agency",
    form: Form,
    **wishes: Any,
) -> int:
    """Show who calls the tune: whose measures are kept, lost and gained, and how far a few have most of them."""
    system = read(path)
    chosen = measures_in(measures) if measures else None
    with busy("Listening"):
        found = al.voices(system, chosen, cast("Any", by), **wishes)
    give(form, found.to_text, lambda: found.model_dump_json(indent=2), found.to_frame)
    return 0


@command("certainty", "alignment certainty winter-pressure --draws 20 --workers 1", EVERY)
def certainty(  # noqa: PLR0913 - an option each
    path: Source,
    *,
    draws: Annotated[int, typer.Option(metavar="N", help="How many draws; more begin with the same ones.")] = DRAWS,
    seed: Annotated[int, typer.Option(metavar="N", help="What the draws depend on.")] = 0,
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, help="How many processes share them; 1 is none but this.")
    ] = 2,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Share them on the workers of this Dask scheduler instead.")
    ] = None,
    confirm: Annotated[
        int, typer.Option(metavar="N", help="Do all draws again with the sign of one influence turned, for so many.")
    ] = 0,
    seconds: Annotated[
        float | None, typer.Option(help="How long the whole may take; --time-limit is a draw's.")
    ] = None,
    what: Annotated[
        str, typer.Option("--show", metavar="measures|conflicts|influences|sets|draws", help="As CSV, which table.")
    ] = "measures",
    form: Form,
    **wishes: Any,
) -> int:
    """Say how sure conflicts and the set are, where influences are not.

    Every uncertain influence is drawn anew many times: how often each conflict stands and each measure is kept, and
    which influence matters most. Ctrl-C gives the draws done so far.
    """
    from .processes import processes

    tables = ("measures", "conflicts", "influences", "sets", "draws")
    if what not in tables:
        raise UnknownWord(what, tables, "something to show")
    system = read(path)
    asked: dict[str, Any] = {"draws": draws, "seed": seed, "confirm": confirm, "seconds": seconds, **wishes}
    with busy("Drawing") as tell:
        found = al.certainty(system, executor=cluster or processes(workers), progress=tell, **asked)
    give(
        form,
        found.to_text,
        lambda: found.model_dump_json(indent=2),
        lambda: found.to_frame(cast("Any", what)),
    )
    so = f"these are the {found.done} draws of {draws} done so far"
    if found.stopped == "time limit":
        say(f"The time limit ended the draws: {so}. Give --seconds more.")
        return 0
    return ended(found.stopped, so)


@command("check", "alignment propose london-2018 --csv | alignment check london-2018 -", EVERY)
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
    form: Form,
    **wishes: Any,
) -> int:
    """Judge a set of measures of your own.

    What it serves and does not, what it leaves in conflict, what it costs, and whose voice it loses.
    """
    system = read(path)
    chosen = measures_in(measures)
    with busy("Judging"):
        verdict = al.check(system, chosen, **wishes)
    give(form, verdict.to_text, lambda: verdict.model_dump_json(indent=2), verdict.to_frame)
    return int(strict and not verdict.aligned)


@command("cover", "alignment cover scp.txt --conflicts 1")
def cover(
    path: Annotated[str, typer.Argument(metavar="FILE", help="A set covering file of the OR-Library.")],
    *,
    conflicts: Annotated[
        int | None,
        typer.Option(metavar="K", min=0, help="Columns that share more than K rows pay for what they share beyond."),
    ] = None,
    time_limit: Annotated[float, typer.Option(help="How long the search may take. Unit: seconds.")] = 60.0,
    solver: Annotated[str, typer.Option(metavar="highs|cbc|race", help="Who searches; race is both.")] = "race",
    form: Form,
) -> int:
    """Solve a published set covering problem.

    With the program that propose runs; --conflicts adds the penalties of Carrabs et al. (2024).
    """
    from . import covers

    with busy(f"Reading {path}"):
        matrix, costs = al.read_cover(path)
        penalties = [] if conflicts is None else al.overlap_penalties(matrix, costs, conflicts)
    with busy("Looking for a cover"):
        found = al.cover(matrix, costs, penalties, time_limit=time_limit, solver=cast("Any", solver))
    about = (matrix.shape, len(penalties))
    give(
        form,
        lambda _: covers.to_text(found, *about),
        lambda: covers.to_json(found, *about),
        lambda: covers.to_frame(found, costs),
    )
    return ended(found.stopped, "this is the best set found so far, not proven to be the best")


@command("convert", "alignment convert london-2018 london.xlsx")
def convert(
    source: Source,
    target: Annotated[
        str, typer.Argument(help="Where to: .xlsx is a workbook, .json a document, all else a folder of CSV files.")
    ],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a system that is there already.")] = False,
) -> int:
    """Write a system in another form, without loss."""
    system = read(source)
    if not replace and _holds_a_system(Path(target)):
        raise OptionError(f"{target} is there already. Give --replace to write over it.")
    with busy(f"Writing {target}"):
        _write(system, target)
    say(f"Wrote {target}: {system}")
    return 0


def _write(system: al.System, target: str) -> None:
    try:
        al.write(system, target)
    except OSError as error:
        # It names a file beside the target, which people have never heard of.
        raise OSError(error.errno, error.strerror or str(error), target) from error


def _holds_a_system(target: Path) -> bool:
    return target.is_file() or any((target / f"{name}.csv").exists() for name in TABLES)


@command("serve", "alignment serve --port 8000")
def serve(
    *,
    host: Annotated[str, typer.Option(help="Where to listen. Only this computer reaches 127.0.0.1.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Which port.")] = 8765,
    workers: Annotated[int | None, typer.Option(help="How many requests are worked on at once.")] = None,
    time_limit: Annotated[float | None, typer.Option(help="The longest search for a set. Unit: seconds.")] = None,
    body_limit: Annotated[int | None, typer.Option(help="The largest request. Unit: bytes.")] = None,
) -> int:
    """Answer the same questions over HTTP, until Ctrl-C.

    Every limit can also be set in the environment, such as ALIGNMENT_WORKERS=4.
    """
    from alignment.api.serve import serve as answering
    from alignment.api.settings import Settings

    settings = Settings.gather(workers=workers, time_limit=time_limit, body_limit=body_limit)
    say(f"Answering at http://{host}:{port}; /docs there says what can be asked.")
    try:
        with redirect_stdout(sys.stderr):  # its log is talk
            answering(host, port, settings)
    except SystemExit as end:  # the log has said why
        return 2 if end.code else 0
    return 0
