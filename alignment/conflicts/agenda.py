"""Agenda: which few conversations would reach most of what pulls apart.

Who could talk, and which findings that reaches, is `conversations`; the choice among them is `coverage`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from alignment.judge.agenda import objections
from alignment.judge.refuse import refuse
from alignment.models.answers.agenda import Agenda, AgendaPoint, Conversation, Seat
from alignment.models.options.conflicts import AgendaOptions
from alignment.models.system import System
from alignment.models.system.keys import part_of_name
from alignment.options.verb import verb
from alignment.solver import Clock

from .collection import Conflicts, find_conflicts
from .conversations import Talk, talks
from .coverage import Coverage, Stage, bits
from .judged import case_of
from .order import MICRO, weight_of
from .telling import title_of


@verb(AgendaOptions, "meetings")
def agenda(system: System, asked: AgendaOptions) -> Agenda:
    """The few conversations that reach most of what pulls apart, and what one more would buy.

    A conversation is two agencies, or a body that others answer to in partnership, with these. It reaches a finding
    where it holds an agency of each of two of its sides; where a finding has one side or one agency only, who asks and
    another who has to deliver. Kind by kind: `opposed`, `inconsistent`, `spillover`, `capacity`, `joint`, `cascade`:
    those who want one side and those who want another; `perverse`: who pays or is paid, and who wants otherwise;
    `wrong-pocket`: who pays, and who gains; `no-control`: who asks or pays, and who can hardly move it; `two-masters`:
    a master and who delivers; `judged-by-rival`: who delivers, and who records; `duplicate`: who wants the one measure
    and who wants the other; `torn`: who needs the lever up and who needs it down; `unguarded`, `against-people`: who
    asks and who delivers. An outcome that nobody owns is reached by none.

    Conversations are chosen such that they reach the most severity times confidence (maximum coverage). Of agendas as
    good the first is given: bodies before pairs, each by id.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Agenda
        The conversations, first whichever adds most, each with its findings and the measures to put on the table; and
        what one conversation reaches, what two, and so on.

    Raises
    ------
    UnknownWord
        ``kinds`` or ``solver`` is not known.
    OptionError
        An option is out of its range.
    SolverTrouble
        The agenda did not survive the judge.

    References
    ----------
    Church and ReVelle (1974), The maximal covering location problem. Nemhauser, Wolsey and Fisher (1978), An analysis
    of approximations for maximizing submodular set functions.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.agenda(al.read(al.example("winter-pressure")), meetings=2)
    >>> [(row.name, row.share) for row in found.conversations], found.proven
    ([('the commissioner and the council', 0.393927), ('the commissioner and the region', 0.259093)], True)
    """
    options = {name: getattr(asked, name) for name in ("kinds", "tolerance", "steps", "decay", "evidence")}
    conflicts = find_conflicts(system, **options)
    answer = _Planning(conflicts, asked).answer()
    refuse(objections(system, [case_of(conflicts.arrays, each) for each in conflicts.findings], answer))
    return answer


class _Planning:
    """The choice of conversations for some conflicts."""

    def __init__(self, conflicts: Conflicts, asked: AgendaOptions) -> None:
        self.conflicts, self.asked = conflicts, asked
        self.index, self.findings = conflicts.arrays, conflicts.findings
        self.weights = [weight_of(finding) for finding in self.findings]
        self.all = sum(self.weights)
        self.talks = talks(self.index, self.findings)
        self.clock = Clock(asked.time_limit)
        self.coverage = Coverage(self.weights, [talk.reached for talk in self.talks], self.clock, asked.solver)

    def answer(self) -> Agenda:
        """The answer."""
        stages = self.coverage.stages(self.asked.meetings)
        chosen, ordered = self.coverage.first(stages[-1])
        reachable, reached = (_union(some) for some in (self.talks, [self.talks[place] for place in chosen]))
        every = (1 << len(self.findings)) - 1
        return Agenda(
            system=self.conflicts.of.hash,
            meetings=self.asked.meetings,
            conversations=tuple(self._conversations(chosen)),
            curve=tuple(self._curve(stages)),
            weight=self.all / MICRO,
            candidates=len(self.talks),
            open=self._ids(reachable & ~reached),
            beyond=self._ids(every & ~reachable),
            proven=stages[-1].proven,
            ordered=ordered and stages[-1].proven,
            stopped=self.clock.ending,
            notes=self.conflicts.notes,
        )

    def _ids(self, findings: int) -> tuple[str, ...]:
        """Findings are in order, worst first."""
        return tuple(self.findings[place].id for place in bits(findings))

    def _curve(self, stages: Sequence[Stage]) -> Iterator[AgendaPoint]:
        before = 0
        for number, stage in enumerate(stages, start=1):
            yield AgendaPoint(
                meetings=number,
                weight=stage.weight / MICRO,
                share=self._share(stage.weight),
                gain=self._share(stage.weight - before),
                bound=stage.bound / MICRO,
                proven=stage.proven,
            )
            before = stage.weight

    def _share(self, weight: int) -> float:
        return round(weight / self.all, 6) if self.all else 0.0

    def _conversations(self, chosen: Sequence[int]) -> Iterator[Conversation]:
        """Those that are chosen, first whichever adds most."""
        left, covered = list(chosen), 0
        while left:
            place = max(left, key=lambda place: (self._weight(self.talks[place].reached & ~covered), -place))
            left.remove(place)
            talk = self.talks[place]
            yield self._told(talk, talk.reached & ~covered)
            covered |= talk.reached

    def _weight(self, findings: int) -> int:
        return sum(self.weights[place] for place in bits(findings))

    def _told(self, talk: Talk, adds: int) -> Conversation:
        agencies = self.index.agencies
        measures = self._measures(adds)
        ids = [agencies[who].id for who in talk.members]
        names = [agencies[who].name for who in talk.members]
        weight = self._weight(adds)
        return Conversation(
            id=f"body.{ids[0]}" if talk.body is not None else f"pair.{'.'.join(map(part_of_name, ids))}",
            kind="pair" if talk.body is None else "body",
            name=names[0] if talk.body is not None else " and ".join(names),
            seats=tuple(self._seats(talk)),
            equal=talk.equal,
            reaches=self._ids(talk.reached),
            adds=self._ids(adds),
            weight=weight / MICRO,
            share=self._share(weight),
            first=title_of(self.conflicts.search, self.findings[next(bits(adds))]),
            measures=tuple(self.index.measures[at].id for at in measures),
            measure_names=tuple(self.index.measures[at].name for at in measures),
        )

    def _seats(self, talk: Talk) -> Iterator[Seat]:
        agencies = self.index.agencies
        for who, instead in zip(talk.members, talk.instead, strict=True):
            yield Seat(
                agency=agencies[who].id,
                name=agencies[who].name,
                instead=tuple(agencies[other].id for other in instead),
                instead_names=tuple(agencies[other].name for other in instead),
            )

    def _measures(self, findings: int) -> list[int]:
        """The measures of some findings, most weight first."""
        weight: dict[int, Fraction] = defaultdict(Fraction)
        for place in bits(findings):
            for measure in self.findings[place].measures:
                weight[measure] += Fraction(self.weights[place], len(self.findings[place].measures))
        return sorted(weight, key=lambda measure: (-weight[measure], self.index.measures[measure].id))


def _union(chosen: Sequence[Talk]) -> int:
    found = 0
    for talk in chosen:
        found |= talk.reached
    return found
