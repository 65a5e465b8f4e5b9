"""What empty tables and columns would add, what kinds of conflict cannot be seen without, and what nothing reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alignment.conflicts.search import search_of
from alignment.models.answers.advice import Changes, Hint, Unseen
from alignment.models.options.conflicts import Kind
from alignment.models.system import System
from alignment.wording import count, names, verb

from .material import Bears, Material, Place, Words, quotes

Lack = tuple[str, str | None]
"""A table, or a column of it, that is blank throughout."""

NEEDS: Final[Mapping[Kind, tuple[tuple[Lack, ...], ...]]] = {
    "spillover": ((("influences", None),),),
    "unguarded": ((("influences", None),), (("measures", "direction"),)),
    "torn": ((("influences", None),),),
    "against-people": ((("measures", "direction"),),),
    "capacity": ((("resources", None),), (("draws", None),)),
    "joint": ((("measures", "baseline"), ("levels", None)),),
    "two-masters": ((("targets", "for_agency"),),),
    "no-control": ((("controls", None),),),
    "judged-by-rival": ((("measures", "recorded_by"),),),
    "unowned": ((("outcomes", None),),),
    "perverse": ((("incentives", None),),),
    "wrong-pocket": ((("controls", None),), (("draws", None), ("finances", None))),
    "duplicate": ((("overlaps", None),),),
    "cascade": ((("measures", "aggregate"),),),
}
"""What each kind of conflict needs: of each group one at least."""


def is_blank(system: System, lack: Lack) -> bool:
    """Whether a table, or a column of it, is blank throughout."""
    table, column = lack
    rows = system.table(table)
    return not rows if column is None else all(getattr(row, column) is None for row in rows)


def unseen(system: System) -> Iterator[Unseen]:
    """The kinds of conflict that cannot be seen, with all for lack of which they cannot."""
    for kind, groups in NEEDS.items():
        for group in groups:
            if all(is_blank(system, lack) for lack in group):
                yield from (Unseen(kind=kind, table=table, column=column) for table, column in group)


@dataclass(frozen=True)
class Lacking:
    """What an empty table or column would add.

    Attributes
    ----------
    table, column
        Which.
    adds
        What it would add, in a clause.
    remedy
        What to write.
    changes
        What would be otherwise.
    targets
        Those that it could touch; where there are none it would add nothing.
    kinds
        The kinds of conflict that need it.
    """

    table: str
    column: str | None
    adds: str
    remedy: str
    changes: tuple[Changes, ...]
    targets: Callable[[Material], frozenset[int]]
    kinds: tuple[Kind, ...] = ()


def _everything(material: Material) -> frozenset[int]:
    """All targets: what is met may be harmed."""
    return material.everything


def _pushing(material: Material) -> frozenset[int]:
    return material.pushing


def _with_others(material: Material) -> frozenset[int]:
    return material.with_others


def _between_bodies(material: Material) -> frozenset[int]:
    """All targets, where two bodies have any."""
    return material.everything if len(material.of_agency) > 1 else frozenset()


def _at_two_tiers(material: Material) -> frozenset[int]:
    """The targets on measures on which bodies of two tiers have one."""
    index = material.index
    rows = index.targets.rows
    tiers = {
        at: {index.agencies[index.agency_at[rows[each].agency]].tier for each in found} - {None}
        for at, found in material.on.items()
    }
    return material.targets_on(at for at, found in tiers.items() if len(found) > 1)


def _out_of_hand(material: Material) -> frozenset[int]:
    """The targets whose deliverer controls nothing of a measure that others control."""
    index = material.index
    who, on = index.targets.deliverer.tolist(), index.targets.measure.tolist()
    both = enumerate(zip(who, on, strict=True))
    return frozenset(at for at, (body, measure) in both if body not in index.controls.get(measure, {body: 1.0}))


def _paid_for(material: Material) -> frozenset[int]:
    """The targets on measures that one pays for and another gains by; where no draw tells, on all that are controlled.

    Only those that push.
    """
    options = material.options
    search = search_of(material.system, options.tolerance, options.steps, options.decay, options.evidence)
    measures = {at for finding in search.of_kind("wrong-pocket") for at in finding.measures}
    return material.pushing & material.targets_on(measures if material.system.draws else material.index.controls)


def _of_some_outcome(material: Material) -> frozenset[int]:
    """The targets on measures whose outcome is known."""
    return material.targets_on(at for at in material.on if material.index.validity[at])


LACKING: Final = (
    Lacking(
        "influences",
        None,
        "which targets harm or help each other, and in which measures a body sees what it does",
        "write a row for each pair of measures where moving one moves the other: strength (-3 to 3) or effect.",
        (
            "conflicts",
            "alignment",
            "duties",
            "standing",
            "feasibility",
        ),
        _everything,
        (
            "spillover",
            "unguarded",
            "torn",
        ),
    ),
    Lacking(
        "controls",
        None,
        "who can move what: who is judged on what it hardly moves, and who pays where another gains",
        "write for each measure the share of its movement that each body can bring about, together at most 1.",
        (
            "conflicts",
            "duties",
            "feasibility",
        ),
        _pushing,
        (
            "no-control",
            "wrong-pocket",
        ),
    ),
    Lacking(
        "incentives",
        None,
        "who is paid to move a measure against somebody's wish, and who gains from a move",
        "write a row for each payment, penalty or cap that hangs on a measure.",
        ("conflicts",),
        _pushing,
        (
            "perverse",
            "wrong-pocket",
        ),
    ),
    Lacking(
        "draws",
        None,
        "which wishes draw on one limited resource",
        "write what is limited (staff, beds, money) in resources, and in draws which move uses it.",
        (
            "conflicts",
            "feasibility",
        ),
        _pushing,
        (
            "capacity",
            "wrong-pocket",
        ),
    ),
    Lacking(
        "finances",
        None,
        "what it costs and saves whom, where one pays for a move and another gains",
        "write a row for each body, item and year, the measure's id as the item.",
        ("conflicts",),
        _paid_for,
        ("wrong-pocket",),
    ),
    Lacking(
        "overlaps",
        None,
        "which measures are one thing, parts of each other, or never stand for each other",
        "write a row for each pair that people take for the same, or would never take for it; suggest-overlaps "
        "proposes some.",
        (
            "standing",
            "duties",
            "conflicts",
        ),
        _with_others,
        ("duplicate",),
    ),
    Lacking(
        "captures",
        None,
        "what else a measure tells of than its own outcome, and how well",
        "write for each measure the further outcomes that it speaks for, with the validity.",
        (
            "duties",
            "standing",
        ),
        _with_others,
        (),
    ),
    Lacking(
        "populations",
        None,
        "who is meant: without it every measure is about everyone, and may stand for any other of its outcome",
        "write the groups of people that measures are about, and name them in measures.",
        (
            "duties",
            "standing",
            "conflicts",
        ),
        _with_others,
        (),
    ),
    Lacking(
        "measures",
        "collection",
        "which measures come from one return: what they cost together, and whether they count the same people",
        "name the return or survey of each measure, as a row of collections.",
        ("standing",),
        _with_others,
        (),
    ),
    Lacking(
        "agencies",
        "tier",
        "between which levels of government conflicts stand, and whether each keeps measures of its own",
        "name the tier of each body, as a row of tiers.",
        (
            "conflicts",
            "duties",
            "alignment",
        ),
        _between_bodies,
        (),
    ),
    Lacking(
        "targets",
        "for_agency",
        "who must deliver what others want, and so who serves two masters",
        "name in for_agency who has to deliver a target, where that is another body.",
        (
            "conflicts",
            "duties",
        ),
        _between_bodies,
        ("two-masters",),
    ),
    Lacking(
        "measures",
        "recorded_by",
        "whether a body is judged by the readings of a rival",
        "name the body that takes the reading of each measure.",
        ("conflicts",),
        _between_bodies,
        ("judged-by-rival",),
    ),
    Lacking(
        "measures",
        "aggregate",
        "whether a tier's target is out of reach even if the tier below just meets its own",
        "write mean or sum where a tier's reading is made of those below.",
        ("conflicts",),
        _at_two_tiers,
        ("cascade",),
    ),
    Lacking(
        "accountability",
        None,
        "which bodies belong to a partnership, which controls what its members do",
        "write a row of kind partnership for each member, and who else answers to whom.",
        (
            "conflicts",
            "standing",
        ),
        _out_of_hand,
        ("no-control",),
    ),
    Lacking(
        "outcomes",
        "dimension",
        "whether each tier keeps a measure of experience, of outcomes and of the use of resources",
        "write experience, outcomes or resource-use for each outcome.",
        ("duties",),
        _of_some_outcome,
        (),
    ),
)
"""What empty tables and columns would add; what no question reads is not among them."""

UNREAD: Final = ("series",)
"""The tables that no question reads yet."""

BY_LENS: Final[Mapping[str, str]] = {
    "pathways": "whether both sides look at each hand-over of people's journeys (alignment lens journey)",
    "relationships": "how ready bodies that share a duty are to work together (alignment lens readiness)",
}
"""The tables that lenses alone read, and what they tell with them: no system wants for them otherwise."""

NAMED_IN: Final[Mapping[str, tuple[Lack, ...]]] = {
    "populations": (("measures", "population"), ("targets", "population"), ("populations", "parent")),
    "collections": (("measures", "collection"),),
    "resources": (("draws", "resource"),),
}
"""Tables whose rows do nothing unless another row names them, and where they can be named."""


def missing(material: Material) -> Iterator[Hint]:
    """Empty tables and columns that would add something."""
    blind = {each.kind for each in unseen(material.system)}
    for lacking in LACKING:
        if not is_blank(material.system, (lacking.table, lacking.column)):
            continue
        if touched := lacking.targets(material):
            lost = [str(kind) for kind in lacking.kinds if kind in blind]
            whole = lacking.column is None
            yield material.hint(
                "missing-table" if whole else "missing-column",
                Words(_empty(lacking), f"it would tell {lacking.adds}{_unseen(lost)}.", lacking.remedy),
                Place(lacking.table, lacking.column),
                Bears(touched, lacking.changes, lacking.kinds),
            )


def _empty(lacking: Lacking) -> str:
    if lacking.column is None:
        return f"The table {lacking.table} is empty."
    return f"The column {lacking.column} of {lacking.table} is blank throughout."


def _unseen(kinds: Sequence[str]) -> str:
    """What is not seen without it."""
    return f"; without it no conflict of kind {' or '.join(kinds)} is seen" if kinds else ""


def unread_table(material: Material) -> Iterator[Hint]:
    """Tables that are filled and read by nothing."""
    for table in UNREAD:
        if rows := material.system.table(table):
            yield material.hint(
                "unread-table",
                Words(
                    f"No question reads the table {table} yet ({count(len(rows), 'row', 'rows')}).",
                    "no answer changes with it; it is checked, kept and written.",
                    "nothing: keep what is there; more of it would change nothing yet.",
                ),
                Place(table),
                Bears(frozenset(), ()),
            )


def unused_rows(material: Material) -> Iterator[Hint]:
    """Rows that do nothing, as no other row names them."""
    for table, places in NAMED_IN.items():
        named = {getattr(row, column) for other, column in places for row in material.system.table(other)}
        rows = sorted((row.id, row.name) for row in _rows(material.system, table) if row.id not in named)
        if rows:
            where = names([f"{other}.{column}" for other, column in places])
            yield material.hint(
                "unused-rows",
                Words(
                    f"{count(len(rows), 'row', 'rows')} of {table} {verb(len(rows), 'is', 'are')} named nowhere: "
                    f"{quotes(rows)}.",
                    f"what {where} do not name changes no answer.",
                    "name them where they belong, or leave them.",
                ),
                Place(table, "id", tuple(rows)),
                Bears(frozenset(), ()),
            )


def _rows(system: System, table: str) -> tuple[Any, ...]:
    return system.table(table)
