"""The best set of a system: the programme, its stages, and the judge's word on the answer."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import Final

from alignment.errors import NoAlignedSet, NothingToJudge, SolverTrouble
from alignment.models.answers.check import Verdict
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.options.weighing import short_fraction, weighed
from alignment.solver import Clock

from .clashing_wishes import clashing
from .programme import Programme, Stage, build
from .stages import Answer, solve

UNITS: Final[dict[Stage, str]] = {
    "gaps": "weight of unserved duties, and measures that bodies lack",
    "lost": "weight of people's targets that are not said",
    "toll": "conflict, what is left unsaid, and burden, in weights of targets",
    "left": "conflict and what is left unsaid",
    "conflict": "residual conflict",
    "burden": "burden",
    "price": "burden and priced conflict",
    "voice": "largest loss of voice",
    "unsaid": "weight of targets left unsaid",
    "holders": "live targets on dropped measures",
}

PROOF: Final = 1e-6
"""How far the judge's sums may be from the programme's whole numbers, for the last digits of floating point."""


def best(
    system: System,
    options: Options,
    clock: Clock,
    progress: Callable[[str], None] = lambda _: None,
    begin: Iterable[int] = (),
) -> tuple[Programme, Answer]:
    """The programme of a system and its answer.

    Parameters
    ----------
    system
        The system.
    options
        What is asked of the set.
    clock
        How long there is.
    progress
        Told what is being done.
    begin
        Measures of a set that may be good, by position.

    Raises
    ------
    NoAlignedSet
        No set of measures meets all wishes: which, and what would do; or nothing can be judged.
    """
    counted = weighed(system, options)
    with clashes_told(counted, options, progress):
        programme = build(counted, options)
        if programme.lazy is not None:
            programme.lazy.check(clock)
        known = set(begin)
        columns = [column for column, at in enumerate(programme.candidates) if at in known]
        return programme, solve(programme, clock, progress, *([columns] if columns else []))


@contextmanager
def clashes_told(counted: System, options: Options, progress: Callable[[str], None]) -> Generator[None]:
    """Where no set meets all wishes, say which clash, and what would do.

    Parameters
    ----------
    counted
        The system, with weights and power as they are asked for.
    options
        What is asked of the set.
    progress
        Told what is being done.

    Raises
    ------
    NoAlignedSet
        In place of one that names no wishes.
    """
    try:
        yield
    except NoAlignedSet as error:
        if not error.proven or isinstance(error, NothingToJudge):
            raise
        progress("wishes that clash")
        raise NoAlignedSet(clashing(counted, options, Clock(options.time_limit))) from None


def agree(answer: Answer, verdict: Verdict) -> None:
    """Refuse an answer that the judge sees otherwise.

    Parameters
    ----------
    answer
        The answer.
    verdict
        What the judge finds of its set.

    Raises
    ------
    SolverTrouble
        They differ.
    """
    figures = verdict.figures
    judged: dict[Stage, float] = {
        "gaps": figures.gap_weight + figures.missing,
        "lost": figures.lost,
        "toll": figures.toll,
        "left": figures.conflict + figures.unsaid,
        "conflict": figures.conflict,
        "burden": figures.burden,
        "price": figures.burden + float(short_fraction(verdict.options.price or 0.0)) * figures.conflict,
        "voice": figures.largest_loss,
        "unsaid": figures.unsaid,
        "holders": figures.dropped,
    }
    wrong: list[str] = []
    for found in answer.stages:
        said, seen = float(found.value * found.objective.unit), judged.get(found.objective.stage)
        if seen is not None and abs(said - seen) > float(found.objective.error) + PROOF * (1 + abs(seen)):
            wrong.append(f"{found.objective.stage}: the solver says {said:g}, the judge {seen:g}")
    if verdict.voices and all(found.objective.stage != "voice" for found in answer.stages):
        wrong.append("voice: the search knows of nobody who has any")
    wrong += verdict.broken
    if wrong:
        raise SolverTrouble("The answer did not survive the judge: " + "; ".join(wrong))
