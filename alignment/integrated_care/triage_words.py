"""What is said of outcomes that need joint work, and of those that do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alignment.models.answers.triage import Triaged, Work
from alignment.models.options.lenses import TriageOptions
from alignment.wording import count, in_words, names, percent, quoted, upper_first, verb

FEW: Final = 4
"""So many outcomes are named in a sentence."""


def paragraph(rows: Sequence[Triaged], asked: TriageOptions) -> str:
    """Which outcomes need joint work, in plain words.

    Parameters
    ----------
    rows
        Every outcome, those that take several bodies first, for people, most measures not met on top.
    asked
        What was asked.
    """
    if not rows:
        return "The tables hold no outcomes, so nothing can be said of joint work."
    joint, single = _of(rows, "joint"), _of(rows, "single")
    if not joint and not single:
        return " ".join(_in_nobodys_hands(rows) or ["Who controls the outcomes is not known."])
    said = [_needed(rows, joint, single, asked), *_worth(joint), *_untold(rows), *_in_nobodys_hands(rows)]
    return " ".join([*said, _stated(rows)])


def _of(rows: Sequence[Triaged], work: Work) -> list[Triaged]:
    return [row for row in rows if row.work == work]


def _names(rows: Sequence[Triaged]) -> str:
    return names([quoted(row.outcome_name) for row in rows], FEW)


def _needed(rows: Sequence[Triaged], joint: Sequence[Triaged], single: Sequence[Triaged], asked: TriageOptions) -> str:
    """How many take several bodies, and of which one holds most, with what is in nobody's hands all the same."""
    whole = count(len(rows), "outcome", "outcomes")
    size = percent(asked.enough)
    takes = f"it takes {_between(joint)} bodies to reach {size} of that"
    if not single:
        several = "for all " if len(joint) == len(rows) > 1 else f"for {in_words(len(joint))} " if len(rows) > 1 else ""
        none = f"For none of the {whole} does" if len(rows) > 1 else f"In {_names(joint)} no"
        holds = "hold" if len(rows) > 1 else "holds"
        return f"{none} one body {holds} most of what anybody controls: {several}{takes}."
    where = f"In {in_words(len(single))} of the {whole}" if len(rows) > 1 else "In the one outcome"
    first = f"{where} one body holds most ({size} or more) of what anybody controls: {_with_nobodys(single)}."
    rest = [
        *([f"in {in_words(len(joint))} {takes}"] if joint else []),
        *([f"of {in_words(unknown)} nobody says who controls what"] if (unknown := len(_of(rows, "unknown"))) else []),
    ]
    return f"{first} {upper_first('; '.join(rest))}." if rest else first


def _between(joint: Sequence[Triaged]) -> str:
    sizes = sorted({len(row.agencies) for row in joint})
    return " to ".join(in_words(size) for size in dict.fromkeys((sizes[0], sizes[-1]))) if sizes else ""


def _with_nobodys(rows: Sequence[Triaged]) -> str:
    """Outcomes, the first of them with the part that nobody controls."""
    said = [quoted(row.outcome_name) + f" ({percent(1 - (row.control or 0.0))})" for row in rows]
    said[0] = said[0].replace(")", " is in nobody's hands)")
    return names(said, FEW)


def _worth(joint: Sequence[Triaged]) -> Iterator[str]:
    """Where least is met for people, and where few would have to talk for it."""
    unmet = [row for row in joint if row.unmet and row.for_people]
    yield from _for_people(unmet) if unmet else ()
    if money := [row for row in joint if row.unmet and not row.for_people]:
        yield f"On the use of resources, told apart, targets are not met in {_names(money)}."


def _for_people(unmet: Sequence[Triaged]) -> Iterator[str]:
    most, few = unmet[0], max(unmet, key=lambda row: (row.per_link or 0.0, len(row.unmet)))
    yield f"Most is not met for people in {quoted(most.outcome_name)}: {_unmet(most)}, {_who(most)}{_not_known(most)}."
    if few is not most:
        yield f"A conversation of few reaches most in {quoted(few.outcome_name)}: {_unmet(few)} between {_who(few)}."


def _unmet(row: Triaged) -> str:
    """How many targets are not met, and how many of these are missed or not due yet."""
    where, every = _measures(len(row.unmet)), len(row.targets)
    parts = {"missed": len(row.missed), "not met yet": len(row.not_due)}
    parts["not met"] = every - sum(parts.values())
    said = {word: number_of for word, number_of in parts.items() if number_of}
    targets = f"{in_words(every)} {verb(every, 'target', 'targets')}"
    if len(said) == 1:
        return f"{targets} {next(iter(said))} on {where}"
    each = [
        f"{in_words(number_of)} {'without a date' if word == 'not met' else word}" for word, number_of in said.items()
    ]
    return f"{targets} not met on {where} ({names(each)})"


def _measures(number_of: int) -> str:
    return f"{in_words(number_of)} {verb(number_of, 'measure', 'measures')}"


def _not_known(row: Triaged) -> str:
    """What is not known of the other targets."""
    return f"; on {_measures(len(row.unknown))} more it is not known" if row.unknown else ""


def _who(row: Triaged) -> str:
    return f"{in_words(len(row.agencies))} bodies ({names(row.agency_names, FEW)})"


def _untold(rows: Sequence[Triaged]) -> Iterator[str]:
    """Outcomes of which no target says how well they go, or of which it cannot be told."""
    said = [row for row in rows if not (row.unmet or row.unknown or row.change or row.met)]
    bare, asked = [row for row in said if not row.asked and not row.other], [row for row in said if row.asked]
    if bare:
        yield f"No target says how well it goes in {_names(bare)}."
    if asked:
        yield f"Only what others ask without authority says how well it goes in {_names(asked)}."
    vague = [row for row in rows if row.unknown and not row.unmet]
    if vague:
        yield (
            f"In {in_words(len(vague))} others nobody can tell whether all targets are met: today's levels are blank."
        )


def _in_nobodys_hands(rows: Sequence[Triaged]) -> list[str]:
    """Outcomes that nobody controls much of."""
    some = [f"{quoted(row.outcome_name)} ({percent(row.control or 0.0)} in all)" for row in _of(rows, "nobody")]
    return [f"Nobody controls much of {names(some)}."] if some else []


def _stated(rows: Sequence[Triaged]) -> str:
    lacking = [row for row in rows if not (row.success and row.failure)]
    if not lacking:
        return "Success and failure are stated for all."
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
