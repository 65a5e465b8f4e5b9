"""Careful, bold and radical: three sets side by side, so that people see the choice."""

from __future__ import annotations

from typing import Final, NamedTuple

from alignment.models.answers.adoption import Named, SetSize
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


def sizes_of(system: System, programme: Programme, answer: Answer, clock: Clock) -> tuple[SetSize, ...]:
    """The three sets in figures, each judged; none where conflict or burden comes first.

    Parameters
    ----------
    system
        The system.
    programme, answer
        Those of the proposed set, which is one of the three unless something else was asked.
    clock
        How long there is.
    """
    asked = programme.options
    if asked.order != "toll" or asked.price is not None:
        return ()
    return tuple(_size(system, programme, answer, name, yardstick, clock) for name, yardstick in YARDSTICKS.items())


def _size(
    system: System, programme: Programme, answer: Answer, name: Named, yardstick: Yardstick, clock: Clock
) -> SetSize:
    options = programme.options.model_copy(update=yardstick._asdict())
    if options != programme.options:
        programme, answer = _solved(system, options, answer, clock)
    kept = {programme.candidates[column] for column in answer.kept}
    chosen = ids(programme.index, kept)
    verdict = verdict_of(system, chosen, options)
    agree(answer, verdict)
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
        kept=chosen,
        kept_names=called(programme.index, kept),
        proven=answer.best_proven and answer.first_proven,
    )


def _solved(system: System, options: Options, near: Answer, clock: Clock) -> tuple[Programme, Answer]:
    programme = build(weighed(system, options), options)
    search = Search(programme, clock, near.kept)
    for objective in programme.objectives:
        search.stage(objective)
    return programme, search.answer()
