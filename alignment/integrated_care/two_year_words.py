"""What is said of measures that would tell in two years, and of those that would not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alignment.models.answers.two_year_test import Telling, TwoYearMeasure
from alignment.wording import in_words, names, number, quoted

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
    return " ".join([_tells(rows, years), *_cannot(rows), *_late(rows), *_test(rows)])


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
            *_for("no baseline is known", bare, len(cannot)),
            *_for("nobody says what success or failure is", vague, len(cannot)),
        ]
        most = names([quoted(row.name) for row in cannot[:FEW]])
        which = "" if len(cannot) <= FEW else "those with most targets on them are "
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


def _test(rows: Sequence[TwoYearMeasure]) -> Iterator[str]:
    """The plainest test there is: the heaviest measure that tells."""
    telling = _of(rows, "tells")
    valued = [row for row in telling if row.wanted]
    if valued:
        best = valued[0]
        yield f"The first to look at is {quoted(best.name)}: {best.today} today, {best.wanted} asked for."


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
    series = "though there are readings over time" if readings else "and there are no readings over time (series)"
    yield f"Noise is not judged in this version, {series}: the smallest change that can be seen is not known."
