"""How sure conflicts and the aligned set are: the shares of many draws, and the influence that matters most."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, Literal

from alignment.aligned_set.proposal import propose
from alignment.models.answers.certainty import CORE, Certainty
from alignment.models.options.aligned_set import Options
from alignment.models.options.uncertainty import CertaintyOptions
from alignment.models.progress import Progress, quiet
from alignment.models.system import System, count
from alignment.options.verb import verb

from .executors import Spread, Where
from .sampling import Drawn, Parcel, Redrawing, Stopped, Task
from .tally import WITH_SET, Tally

PARTS: Final = 40
"""Draws are handed out in about this many parts: few enough to send, many enough to share."""

LARGEST: Final = 10
"""The most draws of a part."""

Ending = Literal["finished", "time limit", "interrupted"]

SHORTEST: Final = 1e-3
"""Seconds in which a set is looked for where no time is left."""


@verb(CertaintyOptions, "draws", "seed", "confirm", "seconds", "options", "executor", "progress")
def certainty(system: System, asked: CertaintyOptions, executor: Where = None, progress: Progress = quiet) -> Certainty:
    """How sure conflicts and the aligned set are, by drawing every uncertain influence anew many times.

    An influence with a standard error is drawn from the normal distribution around its effect; any other keeps its sign
    with the confidence of its certainty, and its size varies by a third. In each draw conflicts are looked for and the
    best set is sought: the shares of draws say how sure they are.

    Parameters
    ----------
    system
        The system.
    executor
        Who does the draws: any `concurrent.futures.Executor`, also Dask's; a function that makes one, which is then
        closed at the end and made anew when a worker is killed; the address of a Dask scheduler, such as
        tcp://10.0.0.1:8786; or, blank, this process.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    Certainty
        In which share of draws each conflict stands and each measure is kept, with standard errors; the robust core,
        the most frequent set, and the influences, those that the set depends on most first.

    Raises
    ------
    OptionError
        An option is out of its range, or no scheduler answers.
    NoAlignedSet
        No set of measures meets all wishes.
    DivergentEffects
        With ``steps=0``, where the full series does not exist with the influences as given.
    MissingExtra
        The address of a scheduler was given, and Dask is not installed.
    SolverTrouble
        The solver failed, or workers ended again and again.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.certainty(al.read(al.example("winter-pressure")), draws=20)
    >>> found.core[:3]
    ('bed-occupancy', 'delayed-discharges', 'emergency-admissions')
    """
    options = asked.of_set
    end = None if asked.seconds is None else time.monotonic() + asked.seconds
    run = _Run(Redrawing(system, options, asked.seed), system, options, asked.draws, end)
    return run.certainty(executor, asked.confirm, progress)


class _Run:
    """The draws of a system, being done."""

    def __init__(self, redrawing: Redrawing, system: System, options: Options, draws: int, end: float | None) -> None:
        self.redrawing, self.system, self.options = redrawing, system, options
        self.asked, self.end = draws, end
        self.stopped: Ending = "finished"
        self.done: dict[int, Drawn] = {}
        self.turned: dict[int, list[Drawn]] = {}
        self.proposed: tuple[str, ...] = ()
        self.proven = False

    def certainty(self, where: Where, confirm: int, progress: Callable[[str], None]) -> Certainty:
        """The answer."""
        with Spread(Parcel(self.redrawing), self._here, where) as spread:
            # Workers take their time to start, and there is something to do here meanwhile.
            spread.begin(_chunks([Task(draw) for draw in range(self.asked)]))
            progress("as given")
            self._propose()
            if self.stopped == "finished":
                self._gather(spread, self.asked, progress)
            if self.stopped == "finished" and confirm:
                tasks = self._turnings(confirm)
                spread.begin(_chunks(tasks))
                self._gather(spread, len(tasks), progress)
        return self._answer()

    def _propose(self) -> None:
        """Find the set with the influences as given."""
        limit = self.options.time_limit
        left = limit if self.end is None else max(SHORTEST, min(limit, self.end - time.monotonic()))
        found = propose(self.system, self.options.model_copy(update={"time_limit": left}))
        self.proposed, self.proven = found.measures, found.proven
        if found.stopped == "interrupted":
            self.stopped = "interrupted"

    def _here(self, chunk: Sequence[Task]) -> list[Drawn]:
        found: list[Drawn] = []
        try:
            for task in chunk:
                found.append(self.redrawing.do(task, self.end))  # noqa: PERF401 - what was done is kept
        except (Stopped, KeyboardInterrupt) as stop:
            self.stopped = "time limit" if isinstance(stop, Stopped) else "interrupted"
        return found

    def _gather(self, spread: Spread[Any, list[Drawn]], number: int, progress: Callable[[str], None]) -> None:
        """Take what comes of draws."""
        done = 0
        try:
            for _, found in spread.results(self.end):
                for drawn in found:
                    self._take(drawn)
                done += len(found)
                progress(f"{done} of {number} draws")
                if self.stopped != "finished":
                    return
        except KeyboardInterrupt:
            self.stopped = "interrupted"
            return
        if done < number:
            self.stopped = "time limit"

    def _take(self, drawn: Drawn) -> None:
        task = drawn.task
        if task.turned is None:
            # The ids come from other processes, each with its own copy of every one.
            self.done[task.draw] = drawn._replace(conflicts=tuple(map(sys.intern, drawn.conflicts)))
        else:
            self.turned.setdefault(task.turned, []).append(drawn)

    @property
    def _tally(self) -> Tally:
        return Tally(self.redrawing, [self.done[draw] for draw in sorted(self.done)], self.proposed)

    def _turnings(self, confirm: int) -> list[Task]:
        """All draws again, each with one sign turned round, for the influences that seem to matter most."""
        tally = self._tally
        able = [at for at in tally.order if tally.law.how(at) != "size"]
        draws = [drawn.task.draw for drawn in tally.draws if drawn.ended in WITH_SET]
        return [Task(draw, at) for at in able[:confirm] for draw in draws]

    def _answer(self) -> Certainty:
        tally = self._tally
        measures = tuple(tally.measures(self.system))
        return Certainty(
            system=self.system.hash,
            options=self.options,
            asked=self.asked,
            seed=tally.law.seed,
            done=len(tally.draws),
            stopped=self.stopped,
            uncertain=len(tally.uncertain),
            divergent=tally.ended["divergent"],
            unproven=tally.ended["unproven"],
            impossible=tally.ended["impossible"],
            without_set=tally.ended["no set"],
            proposed=self.proposed,
            core=tuple(sorted(row.measure for row in measures if row.share >= CORE)),
            measures=measures,
            conflicts=tuple(tally.conflicts()),
            influences=tuple(tally.influence(at, self.turned.get(at, ())) for at in tally.order),
            sets=tally.sets,
            draws=tuple(tally.results()),
            notes=(*self._notes(), *tally.notes(self.options.time_limit)),
        )

    def _notes(self) -> Iterator[str]:
        if self.stopped != "finished" and len(self.done) < self.asked:
            yield f"Stopped after {count(len(self.done), 'draw', 'draws')} of {self.asked}."
        elif self.stopped != "finished":
            yield "Stopped before every sign was turned round in every draw."
        if not self.proven:
            yield "The set with the influences as given is not proved to be the best."


def _chunks(tasks: Sequence[Task]) -> list[tuple[Task, ...]]:
    size = max(1, min(LARGEST, len(tasks) // PARTS))
    return [tuple(tasks[at : at + size]) for at in range(0, len(tasks), size)]
