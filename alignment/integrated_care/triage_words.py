"""What is said of outcomes that need joint work, and of those that do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alignment.models.answers.triage import Triaged, Work
from alignment.models.options.lenses import TriageOptions
from alignment.wording import count, names, number, percent, quoted

FEW: Final = 4
"""So many outcomes are named in a sentence."""


def paragraph(rows: Sequence[Triaged], asked: TriageOptions) -> str:
    """Which outcomes need joint work, in plain words.

    Parameters
    ----------
    rows
        Every outcome, those that need joint work first, most at stake per link on top.
    asked
        What was asked.
    """
    if not rows:
        return "The tables hold no outcomes, so nothing can be said of joint work."
    joint, single = _of(rows, "joint"), _of(rows, "single")
    if not joint and not single:
        return " ".join(_in_nobodys_hands(rows) or ["Who controls the outcomes is not known."])
    said = [_needed(rows, joint, single, asked), *_worth(joint), *_in_nobodys_hands(rows), _stated(rows)]
    return " ".join(said)


def _of(rows: Sequence[Triaged], work: Work) -> list[Triaged]:
    return [row for row in rows if row.work == work]


def _names(rows: Sequence[Triaged]) -> str:
    return names([quoted(row.outcome_name) for row in rows], FEW)


def _needed(rows: Sequence[Triaged], joint: Sequence[Triaged], single: Sequence[Triaged], asked: TriageOptions) -> str:
    """How many need joint work, and which do not: partnership is a means."""
    whole = count(len(rows), "outcome", "outcomes")
    size = percent(asked.enough)
    if not single:
        sizes = sorted(len(row.agencies) for row in joint)
        between = number(sizes[0]) if sizes[0] == sizes[-1] else f"{sizes[0]} to {sizes[-1]}"
        who = f"All {whole}" if len(joint) == len(rows) > 1 else f"{len(joint)} of the {whole}"
        return (
            f"{who} {'needs' if len(joint) == 1 else 'need'} joint work: it takes {between} bodies to reach {size} of "
            "what anybody controls, and for none is one enough."
        )
    first = (
        f"{len(single)} of the {whole} {'needs' if len(single) == 1 else 'need'} no joint work, as one body has {size} "
        f"of what anybody controls: {_names(single)}."
    )
    unknown = len(_of(rows, "unknown"))
    more = f"; of {unknown} it is not known who controls {'it' if unknown == 1 else 'them'}" if unknown else ""
    return f"{first} {len(joint)} {'does' if len(joint) == 1 else 'do'}{more}."


def _worth(joint: Sequence[Triaged]) -> Iterator[str]:
    """Where joint work buys most, and where nothing is at stake yet."""
    if joint and joint[0].stake:
        best = joint[0]
        links, unmet = count(best.links, "link", "links"), count(len(best.targets), "target", "targets")
        who = names(best.agency_names, FEW)
        yield (
            f"Joint work has most to win for each link in {quoted(best.outcome_name)}: {who} ({links}), for "
            f"{unmet} for people that {'is' if len(best.targets) == 1 else 'are'} not met."
        )
    idle = [row for row in joint if not row.stake]
    if idle:
        yield (
            f"On {_names(idle)} nobody has a target for people that is not met, so joint work has nothing to reach yet."
        )


def _in_nobodys_hands(rows: Sequence[Triaged]) -> list[str]:
    """Outcomes that nobody controls much of."""
    some = [f"{quoted(row.outcome_name)} ({percent(row.control or 0.0)} in all)" for row in _of(rows, "nobody")]
    return [f"Nobody controls much of {names(some)}."] if some else []


def _stated(rows: Sequence[Triaged]) -> str:
    lacking = [row for row in rows if not (row.success and row.failure)]
    if not lacking:
        return "What success and failure would look like is stated for every outcome."
    return (
        f"What success and failure would look like is stated for {len(rows) - len(lacking)} of the "
        f"{count(len(rows), 'outcome', 'outcomes')}."
    )


def missing(rows: Sequence[Triaged]) -> Iterator[str]:
    """What the tables lack, and what it would add.

    Parameters
    ----------
    rows
        Every outcome.
    """
    bare = [row for row in rows if not row.measures]
    if bare:
        yield (
            f"No measure speaks for {_names(bare)}: the column outcome of measures, or a row of captures, would make "
            "one do so."
        )
    unknown = [row for row in rows if row.measures and row.work == "unknown"]
    if unknown:
        yield (
            f"No controls are given on the measures of {_names(unknown)}: rows of controls would tell who is needed "
            "there."
        )
    partly = [row for row in rows if row.controlled and len(row.controlled) < len(row.measures)]
    if partly:
        yield (
            f"Controls are given on some measures only of {_names(partly)}: rows of controls on the others would make "
            "their shares sure."
        )
    without = [row for row in rows if not (row.success and row.failure)]
    if without:
        yield (
            f"What success or failure would look like is not said of {_names(without)}: the columns success and "
            "failure of outcomes would add what joint work is for."
        )
