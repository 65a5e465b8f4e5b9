"""What is said of measures that would tell in two years, and of those that would not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from alignment.conflicts.naming import when
from alignment.models.answers.two_year_test import Basis, Telling, TwoYearMeasure
from alignment.models.system.measures import Outcome
from alignment.wording import in_words, names, number, quoted, upper_first, verb


class Wanted(NamedTuple):
    """What is looked for in a measure."""

    basis: Basis
    """Whether it is set, or asked for without authority."""
    words: str
    """What that is."""
    due: str | None
    """When it is due."""
    whose: tuple[str, ...]
    """Who sets or asks for it, as people call them."""
    targets: tuple[int, ...]
    """Their targets, by position."""
    others: tuple[str, ...]
    """What else is set or asked for, in words."""


FEW: Final = 3
"""So many measures are named in a sentence."""


def paragraph(rows: Sequence[TwoYearMeasure], years: float) -> str:
    """What would tell, in plain words.

    Parameters
    ----------
    rows
        Every kept measure, the heaviest of each kind first.
    years
        After how many years it has to show.
    """
    if not rows:
        return "No measure is kept, so nothing would tell success or failure."
    return " ".join([_tells(rows, years), *_met(rows), *_cannot(rows), *_late(rows), *_test(rows)])


def _of(rows: Sequence[TwoYearMeasure], telling: Telling) -> list[TwoYearMeasure]:
    return [row for row in rows if row.telling == telling]


def _names(rows: Sequence[TwoYearMeasure]) -> str:
    return names([quoted(row.name) for row in rows], FEW)


def _tells(rows: Sequence[TwoYearMeasure], years: float) -> str:
    within = f"{in_words(int(years)) if years == int(years) else number(years)} {'year' if years == 1 else 'years'}"
    return (
        f"{_who(len(_of(rows, 'tells')), len(rows))} tell within {within} whether things go well or badly, noise apart."
    )


def _who(telling: int, kept: int) -> str:
    if kept == 1:
        return "The one kept measure would" + ("" if telling else " not")
    if telling == kept:
        return f"All {kept} kept measures would"
    return f"{telling or 'None'} of the {kept} kept measures would"


def _cannot(rows: Sequence[TwoYearMeasure]) -> Iterator[str]:
    """How many cannot tell, for want of what, and which of them matter most."""
    cannot = _of(rows, "cannot")
    if cannot:
        bare = sum("baseline" in row.lacks for row in cannot)
        vague = sum("success" in row.lacks or "failure" in row.lacks for row in cannot)
        reasons = [
            *_for("the table has no baseline (column baseline of measures)", bare, len(cannot)),
            *_for("nobody says what success or failure is", vague, len(cannot)),
        ]
        most = names([quoted(row.name) for row in cannot[:FEW]])
        which = "" if len(cannot) <= FEW else "those that most bodies work to are "
        yield f"{len(cannot)} cannot tell, as {' and '.join(reasons)}: {which}{most}."


def _for(reason: str, number_of: int, whole: int) -> Iterator[str]:
    if number_of:
        yield reason if number_of == whole else f"for {number_of} of them {reason}"


def _late(rows: Sequence[TwoYearMeasure]) -> Iterator[str]:
    """How many would tell too late, and why the heaviest of them would."""
    late = _of(rows, "late")
    if late:
        first = f"{quoted(late[0].name)}, as {' and '.join(late[0].late)}"
        yield (
            f"{len(late)} would tell too late: {first}."
            if len(late) == 1
            else (f"{len(late)} would tell too late, such as {first}.")
        )


def _met(rows: Sequence[TwoYearMeasure]) -> Iterator[str]:
    """What has been reached already, so that it tells only of slipping back."""
    met = [row for row in _of(rows, "tells") if row.met]
    if met:
        yield (
            f"{upper_first(in_words(len(met)))} of these {verb(len(met), 'is', 'are')} where "
            f"{verb(len(met), 'its target wants it', 'their targets want them')}: {_names(met)}."
        )


def _test(rows: Sequence[TwoYearMeasure]) -> Iterator[str]:
    """The plainest test there is: of the measures that tell and are not met, the one that most bodies work to."""
    left = [row for row in _of(rows, "tells") if row.wanted and not row.met]
    best = next((row for row in left if row.basis == "set"), left[0] if left else None)
    if best:
        at = f"at {names(best.today_at)}" if best.today_at else "the one figure for all"
        due = f" by {when(best.due)}" if best.due else ""
        who = names(best.whose)
        asks = f"the target of {who} is" if best.basis == "set" else f"{who} {verb(len(best.whose), 'asks', 'ask')} for"
        yield f"The first to look at is {quoted(best.name)}: {best.today} today ({at}); {asks} {best.wanted}{due}."


def looked_for(
    today: str, places: Sequence[str], wanted: Wanted | None, outcome: Outcome | None, *, met: bool | None
) -> str:
    """What one measure is looked at for.

    Parameters
    ----------
    today
        Where it stands today.
    places
        Those whose own level that is; none where it is the one figure for all.
    wanted
        What is set or asked for.
    outcome
        The outcome that it captures best, whose words are taken where there is no value.
    met
        Whether what is wanted is met today.
    """
    stands = f"{today} today" + (f" at {names(places)}" if places else "")
    if wanted is None:
        return f"{stands}; success: {outcome.success if outcome else None}"
    asked = "asked by " if wanted.basis == "asked" else ""
    return f"{stands}{', which meets' if met else ';'} {told(wanted.words, wanted.whose, wanted.due, asked)}"


def told(words: str, whose: Sequence[str], due: str | None, asked: str = "") -> str:
    """What is looked for, with whose it is and when it is due.

    >>> told("95% or more", ["the trust"], "2019-07-31")
    '95% or more (the trust, by the end of July 2019)'
    """
    return f"{words} ({asked}{names(whose)}{f', by {when(due)}' if due else ''})"


def missing(rows: Sequence[TwoYearMeasure], end: float | None, *, readings: bool) -> Iterator[str]:
    """What the tables lack, and what it would add.

    Parameters
    ----------
    rows
        Every kept measure.
    end
        The year by which it has to show; blank where the system says no year.
    readings
        Whether there are readings over time.
    """
    if not rows:
        return
    if end is None:
        yield "About has no year, so no date is too late: it would tell which targets and reviews come in time."
    bare = [row for row in rows if "baseline" in row.lacks]
    if bare:
        yield f"The column baseline of measures is blank for {_names(bare)}: it would say what is to be bettered."
    vague = [row for row in rows if "success" in row.lacks or "failure" in row.lacks]
    if vague:
        yield (
            f"Neither a value of targets nor the columns success and failure of outcomes say what to look for in "
            f"{_names(vague)}."
        )
    unlagged = [row for row in rows if row.influences and row.lag_years is None]
    if unlagged:
        yield (
            f"The column lag_years of influences is blank for what should move {_names(unlagged)}: it would say "
            "whether they move in time."
        )
    alike = [row for row in rows if row.telling == "tells" and not row.today_at]
    if alike:
        yield (
            f"The table levels says nothing of those who have to deliver {_names(alike)}: it would say where each "
            "stands, where today's is the one figure for all."
        )
    series = "though there are readings over time" if readings else "and there are no readings over time (series)"
    yield f"Noise is not judged in this version, {series}: the smallest change that can be seen is not known."
