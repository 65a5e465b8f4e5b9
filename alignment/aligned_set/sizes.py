"""Careful, bold and radical: three sets side by side, so that people see the choice."""

from __future__ import annotations

from typing import Final, NamedTuple

from alignment.models.answers.adoption import Named, SetSize
from alignment.models.answers.check import Verdict
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.options.weighing import weighed
from alignment.solver import Clock
from alignment.verdict.check import verdict_of

from .adoption import called, ids
from .programme import Programme, build
from .search import agree
from .stages import Answer, Search


class Yardstick(NamedTuple):
    """What a set is measured by."""

    protect: bool
    worth: float


YARDSTICKS: Final[dict[Named, Yardstick]] = {
    "careful": Yardstick(protect=True, worth=2.0),
    "bold": Yardstick(protect=False, worth=1.0),
    "radical": Yardstick(protect=False, worth=4.0),
}
"""Nothing good for people is lost; more is weighed; few measures."""


def sizes_of(
    system: System, programme: Programme, answer: Answer, verdict: Verdict, clock: Clock
) -> tuple[SetSize, ...]:
    """The three sets in figures, each judged; none where conflict or burden comes first.

    Parameters
    ----------
    system
        The system.
    programme, answer, verdict
        Those of the proposed set, which is one of the three unless something else was asked.
    clock
        How long there is.
    """
    asked = programme.options
    if asked.order != "toll" or asked.price is not None:
        return ()
    return tuple(
        _size(name, yardstick, *_judged(system, programme, answer, verdict, yardstick, clock))
        for name, yardstick in YARDSTICKS.items()
    )


def _judged(
    system: System, near: Programme, answer: Answer, verdict: Verdict, yardstick: Yardstick, clock: Clock
) -> tuple[Programme, Answer, Verdict]:
    """The best set by a yardstick, and what the judge says of it."""
    options = near.options.model_copy(update=yardstick._asdict())
    if options == near.options:
        return near, answer, verdict
    programme, answer = _solved(system, options, near, answer, clock)
    verdict = verdict_of(system, ids(programme.index, _kept(programme, answer)), options)
    agree(answer, verdict)
    return programme, answer, verdict


def _kept(programme: Programme, answer: Answer) -> frozenset[int]:
    return frozenset(programme.candidates[column] for column in answer.kept)


def _size(name: Named, yardstick: Yardstick, programme: Programme, answer: Answer, verdict: Verdict) -> SetSize:
    kept = _kept(programme, answer)
    return SetSize(
        name=name,
        measures=len(kept),
        gone=len(programme.index.by_measure.keys() - kept),
        conflict=verdict.figures.conflict,
        unsaid=verdict.figures.unsaid,
        lost=verdict.figures.lost,
        largest_loss=verdict.figures.largest_loss,
        protect=yardstick.protect,
        worth=yardstick.worth,
        kept=ids(programme.index, kept),
        kept_names=called(programme.index, kept),
        proven=answer.best_proven and answer.first_proven,
    )


def _solved(
    system: System, options: Options, near: Programme, answer: Answer, clock: Clock
) -> tuple[Programme, Answer]:
    programme = build(weighed(system, options), options, like=near)
    search = Search(programme, clock, answer.kept)
    for objective in programme.objectives:
        search.stage(objective)
    return programme, search.answer()
