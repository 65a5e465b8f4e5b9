"""Runs of a store, and children who work on them: the keeper that joins the two."""

from __future__ import annotations

from collections.abc import Callable

from alignment.api.store.store import Store

from .keeper import Keeper
from .limits import RunLimits
from .question import EVERY
from .where import Where
from .writer import ProblemOf, Writer


def keeper_of(
    store: Store,
    children: Where,
    limits: RunLimits,
    problem_of: ProblemOf,
    *,
    workers: int | None = None,
    forms: tuple[str, ...] = EVERY,
    settled: Callable[[str], None] = lambda _: None,
) -> Keeper:
    """The keeper of the runs of a store, which also throws away what is old there.

    Parameters
    ----------
    store
        Where runs, systems and answers are kept.
    children
        Who answers; to be closed after the keeper.
    limits
        How long a lease is, how long ended runs are kept, and how much of answers.
    problem_of
        Makes a problem document of why there is no answer.
    workers
        How many runs are worked on at once; blank is as many as there are children, which may be asked otherwise, too.
    forms
        The forms in which answers are wanted.
    settled
        Told the id of a run that this server is done with, in the keeper's thread.

    Returns
    -------
    Keeper
        Not started yet; a context.
    """

    def upkeep() -> None:
        store.runs.purge(limits.days)
        store.answers.evict(limits.kept)

    return Keeper(
        Writer(store.runs, limits.lease, problem_of),
        children,
        store.systems.contents,
        workers or limits.children,
        forms=forms,
        settled=settled,
        upkeep=upkeep,
    )
