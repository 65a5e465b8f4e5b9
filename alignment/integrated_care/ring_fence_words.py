"""What a director is told of caps and floors: which bind, what a change would do, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from alignment.models.answers.ring_fence import Limit, PaymentCap, Room
from alignment.models.system import System
from alignment.models.system.links import Resource
from alignment.wording import count, names, number, quantity, quoted, upper_first, verb

from .room import cap_words, room_words


class Limits(NamedTuple):
    """What is limited."""

    resources: int
    """How many resources there are. Unit: resources."""
    limits: Sequence[Limit]
    """Every cap and floor."""
    rooms: Sequence[Room]
    """What is left of each limited resource."""
    caps: Sequence[PaymentCap]
    """What rules of payment cap."""


class Known(NamedTuple):
    """What is known of the least that has to be conceded."""

    conceded: float | None
    """Steps, times weight; blank where it is not known."""
    contradict: bool
    """Whether caps and floors cannot be kept, whatever anybody does."""


def paragraph(limited: Limits, before: Known, after: Known | None, *, over: bool) -> str:
    """The finding.

    Parameters
    ----------
    limited
        What is limited.
    before, after
        What is known as it is, and after the change; None where none was asked for.
    over
        Whether the search was stopped before it was over.
    """
    told = [*_as_it_is(limited, before, over=over)]
    return " ".join([*told, *(_then(limited.limits, before, after) if after is not None else [])])


def _as_it_is(limited: Limits, before: Known, *, over: bool) -> Iterator[str]:
    limits = limited.limits
    known = [row for row in limits if row.before.binds is not None and row.before.limit is not None]
    if before.contradict:
        yield f"{count(len(limits), 'cap or floor', 'caps and floors')} cannot be kept, even if no target is met."
    elif not known and over:
        yield f"Which of {count(len(limits), 'cap or floor', 'caps and floors')} binds is not known: time ran out."
    elif not known:
        yield from _not_held_against(limited)
        return
    else:
        yield from _all(known, before)
    yield from cap_words(limited.caps)


def _not_held_against(limited: Limits) -> Iterator[str]:
    """What is said where no cap or floor can be held against what the targets draw: what is left of each."""
    if not limited.resources:
        yield from cap_words(limited.caps)
        yield "Which cap or floor binds is not known: there are 0 resources in the tables."
        return
    if not limited.limits:
        has = "The 1 resource has no" if limited.resources == 1 else f"None of the {limited.resources} resources has a"
        yield f"{has} cap or floor in numbers, so which binds is not known."
    yield from room_words(limited.rooms)
    yield from cap_words(limited.caps)
    if limited.limits:
        yield "Which of these holds targets back is not known: no move draws on them in numbers."


def _all(known: Sequence[Limit], before: Known) -> Iterator[str]:
    binding = [row for row in known if row.before.binds]
    free = [row for row in known if not row.before.binds]
    for row in binding[:2]:
        yield from _binds(row)
    if len(binding) > 2:
        yield f"{len(binding) - 2} more {verb(len(binding) - 2, 'binds', 'bind')}."
    if binding and free:
        yield f"{upper_first(_named(free))} {verb(len(free), 'does', 'do')} not bind."
    elif free:
        yield _free(free)
        if before.conceded:
            yield f"Targets fall short by {_steps(before.conceded)} all the same, for other reasons."


def _free(rows: Sequence[Limit]) -> str:
    if len(rows) > 1:
        return f"None of the {len(rows)} caps and floors binds: {_named(rows)}."
    return f"{upper_first(_called(rows[0]))} ({quantity(rows[0].before.limit or 0.0, rows[0].unit)}) does not bind."


def _binds(row: Limit) -> Iterator[str]:
    """What a cap or floor costs whom, and what little would help."""
    assert row.before.limit is not None
    who = row.before.agency_names
    gain = f"; {names(who)} would gain without it" if who else ""
    yield (
        f"{upper_first(_called(row))} ({quantity(row.before.limit, row.unit)}) binds: it leaves targets short of what "
        f"they ask by {_steps(row.before.spares)}{gain}."
    )
    if row.before.price:
        less = "less that must be used" if row.what == "ring-fence" else "more"
        size = float(f"{1 / row.before.price:.2g}")
        yield f"About {quantity(size, row.unit)} {less} would spare one step."


def _then(limits: Sequence[Limit], before: Known, after: Known) -> Iterator[str]:
    """What the change would do."""
    moved = [row for row in limits if row.after is not None and row.after.limit != row.before.limit]
    if not moved:
        yield "The change asked for leaves every cap and floor as it is."
        return
    binding = [row for row in limits if row.before.binds]
    it = len(moved) == 1 and moved == binding
    said = names([f"{'it' if it else _called(row)} at {_at(row)}" for row in moved])
    if after.contradict:
        yield f"With {said} the caps and floors cannot be kept, whatever anybody does."
    elif after.conceded is None:
        yield f"What comes of it with {said} is not known."
    else:
        if before.conceded is not None:
            yield f"With {said} targets fall short by {_instead(before.conceded, after.conceded)}."
        yield from _binding_then(limits, binding)


def _binding_then(limits: Sequence[Limit], binding: Sequence[Limit]) -> Iterator[str]:
    then = [row for row in limits if row.after and row.after.binds]
    if then:
        still = "still " if then == binding else ""
        yield f"Then {_named(then)} {still}{verb(len(then), 'binds', 'bind')}."
    elif binding:
        yield "Then no cap or floor binds any more."


def missing(system: System, draws: Mapping[str, object], unassessed: int, measures: Sequence[str]) -> Iterator[str]:
    """What the tables lack, and what it would add.

    Parameters
    ----------
    system
        The system.
    draws
        The resources of which some move uses a known amount, by id.
    unassessed
        How many targets were not assessed.
    measures
        What their measures are called.
    """
    rows, drawn = by_id(system), {row.resource for row in system.draws}
    if not rows:
        yield "The table resources is empty: capacity, floor and in_use would say what is limited, and draws by what."
        return
    bare = [row.name for row in rows if not _limited(row)]
    if bare:
        some = f"{len(bare)} of {len(rows)} ({names(bare)})"
        yield f"In resources capacity and floor are blank of {some}: they would say how much there is to use."
    unknown = [row.name for row in rows if row.id in drawn and row.id not in draws]
    if unknown:
        yield (
            f"In draws per_step is blank wherever {names(unknown)} {verb(len(unknown), 'is', 'are')} drawn on: it "
            "would let a cap or floor be held against what the targets need."
        )
    blank = {row.resource for row in system.draws if row.per_step is None}
    partly = [row.name for row in rows if row.id in draws and row.id in blank]
    if partly:
        yield f"In draws per_step is blank of some moves on {names(partly)}: it would count what now is free."
    idle = [row.name for row in rows if row.id not in drawn]
    if idle:
        yield f"No row of draws names {names(idle)}: it would say which moves use it."
    unused = [row.name for row in rows if row.in_use is None and _limited(row)]
    if unused:
        yield f"In resources in_use is blank of {names(unused)}, and taken for 0: it would say what is left."
    if unassessed and any(map(_limited, rows)):
        yield (
            f"{count(unassessed, 'target is', 'targets are')} not assessed, as baseline is blank in measures "
            f"({names(list(map(quoted, measures)))}): it would say what they need."
        )


def by_id(system: System) -> list[Resource]:
    """The resources, by id."""
    return sorted(system.resources, key=lambda row: row.id)


def _limited(row: Resource) -> bool:
    return row.capacity is not None or row.floor is not None


def _called(row: Limit) -> str:
    return f"the {row.what} of {quoted(row.name)}"


def _named(rows: Sequence[Limit]) -> str:
    return names([_called(row) for row in rows])


def _at(row: Limit) -> str:
    assert row.after is not None
    return "none" if row.after.limit is None else quantity(row.after.limit, row.unit)


def _instead(before: float, after: float) -> str:
    """What targets fall short by after a change, beside what they do without it."""
    if _figure(before) == _figure(after):
        return f"{_steps(after)} in all, as today"
    return f"{_steps(after)} in all, where today it is {_figure(before)}"


def _steps(value: float | None) -> str:
    said = _figure(value or 0.0)
    return f"{said} {'step' if said == '1' else 'steps'}"


def _figure(value: float) -> str:
    return number(round(value, 1) if value >= 0.05 else round(value, 3))
