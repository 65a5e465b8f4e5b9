"""A system and what is found of it, so that it can be compared with another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, cast

from alignment.aligned_set.proposal import propose
from alignment.aligned_set.reasons import Reasoning
from alignment.conflicts.collection import Conflicts, find_conflicts
from alignment.duties import Duties
from alignment.errors import NoAlignedSet
from alignment.index import Index
from alignment.models.answers.proposal import DutyRef, Proposal
from alignment.models.answers.stages import Member
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.models.system.keys import Keys
from alignment.models.wishes import ClashingWish
from alignment.options.weighing import weighed
from alignment.solver import Clock
from alignment.wording import names

Progress = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class State:
    """A system and what is found of it.

    Attributes
    ----------
    system
        The system.
    counted
        The system with weights and power as they are asked for.
    options
        What is asked of the set.
    conflicts
        Its conflicts.
    proposal
        The proposed set; nothing where there is none, or where it was not looked for to the end.
    clash
        Why there is none.
    """

    system: System
    counted: System
    options: Options
    conflicts: Conflicts
    proposal: Proposal | None
    clash: NoAlignedSet

    @property
    def wishes(self) -> tuple[ClashingWish, ...]:
        """The wishes that clash; none where there is a set."""
        return () if self.proposal is not None else self.clash.clash

    @property
    def proven(self) -> bool:
        """Whether the set is proved to be the best, or there is proved to be none."""
        return self.clash.proven if self.proposal is None else self.proposal.proven

    @property
    def measures(self) -> tuple[str, ...]:
        """The proposed set; nothing where there is none."""
        return () if self.proposal is None else self.proposal.measures

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each conflict is, by id."""
        return {finding.id: at for at, finding in enumerate(self.conflicts.findings)}

    @cached_property
    def names(self) -> dict[str, str]:
        """What people call each measure."""
        return {row.id: row.name for row in self.counted.measures}

    @cached_property
    def duties(self) -> dict[DutyRef, float]:
        """The duties, each with the weight of the heaviest target behind it."""
        duties, index = Duties(self.counted, self.options.theta, self.options.breadth), self.counted.derive(Index)
        return {
            DutyRef(
                agency=index.agencies[duty.agency].id,
                outcome=duty.outcome,
                population=index.population_ids[duty.population],
            ): weight
            for duty, weight in duties.weight.items()
        }

    def member(self, measure: str) -> Member:
        """In which of the best sets a measure is."""
        if self.proposal is None:
            return "unknown"
        reasoning = cast("Reasoning", self.proposal.reasoning)
        at = reasoning.index.measure_at.get(measure)
        return "none" if at is None else reasoning.answer.members.of(reasoning.column.get(at))

    def alone(self, measure: str) -> frozenset[DutyRef]:
        """The duties that of the kept measures only this one serves."""
        rows = () if self.proposal is None else self.proposal.kept
        return frozenset(duty for row in rows if row.measure == measure for duty in row.alone)

    def servants(self, duty: DutyRef) -> list[str]:
        """The kept measures that serve a duty."""
        rows = () if self.proposal is None else self.proposal.kept
        return [row.measure for row in rows if duty in row.serves]

    def brings_back(self, measure: str) -> frozenset[str]:
        """The conflicts that keeping a retired measure as well would bring back, by id."""
        rows = () if self.proposal is None else self.proposal.retired
        return frozenset(clash.conflict for row in rows if row.measure == measure for clash in row.brings_back)


class Searches:
    """Searches that share the time: each has an even part of what is left.

    Parameters
    ----------
    clock
        How long there is.
    number_of
        How many searches there will be.
    progress
        Told what is being done.
    """

    def __init__(self, clock: Clock, number_of: int, progress: Progress) -> None:
        self.clock = clock
        self.left = number_of
        self.progress = progress

    def _tell(self, when: str, words: str) -> None:
        self.progress(f"{when}, {words}")

    def state(self, system: System, options: Options, when: str) -> State:
        """What is found of a system; after an interruption only its conflicts.

        Parameters
        ----------
        system
            The system.
        options
            What is asked of the set.
        when
            What to call the search.
        """
        part = max(self.clock.left / self.left, 1e-9)
        self.left -= 1
        counted = weighed(system, options)
        conflicts = find_conflicts(counted, None, options.tolerance, options.steps, options.decay, options.evidence)
        told = options.model_copy(update={"time_limit": part})
        proposal, clash = None, NoAlignedSet((), proven=False)
        if not self.clock.interrupted:
            try:
                proposal = propose(system, told, partial(self._tell, when))
                if proposal.stopped == "interrupted":
                    self.clock.interrupt()
            except NoAlignedSet as error:
                clash = error
            except KeyboardInterrupt:
                self.clock.interrupt()
        return State(system, counted, options, conflicts, proposal, clash)


def fitting_options(asked: Options, after: System) -> tuple[Options, tuple[str, ...]]:
    """The options without wishes about what is no longer there, and a note on each of these.

    Parameters
    ----------
    asked
        The options.
    after
        The system.
    """
    measures, agencies = {row.id for row in after.measures}, {row.id for row in after.agencies}
    known = {
        **dict.fromkeys(("keep", "drop", "candidates"), measures),
        "weights": agencies.union(after.derive(Keys).of("targets")),
        "power": agencies,
    }
    changes: dict[str, Any] = {}
    notes: list[str] = []
    for name, ids in known.items():
        wished: Any = getattr(asked, name)
        gone: list[str] = [] if isinstance(wished, str) else [word for word in wished if word not in ids]
        if gone:
            changes[name] = _without(wished, gone)
            notes.append(f"The wish {name} is left out after the changes for what is not there: {names(gone)}.")
    return asked.model_copy(update=changes), tuple(notes)


def _without(wished: Any, gone: Sequence[str]) -> Any:
    if isinstance(wished, Mapping):
        factors = cast("Mapping[str, float]", wished)
        return {word: factors[word] for word in factors if word not in gone}
    return tuple(word for word in wished if word not in gone)
