"""What a report is made of: every question asked once, of one system, with one set of options."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import alignment as al
from alignment.errors import NoAlignedSet
from alignment.models.answers.answer import Answer, Record
from alignment.models.options.aligned_set import Options
from alignment.models.progress import Progress, quiet
from alignment.models.system import System
from alignment.options.verb import verb_of
from alignment.own_page.plain import plainly

from .plain_names import plainly_named

RUNGS: Final = 12
"""So many points of the frontier make a ladder that can be read; each is proven, there may be more between them."""


@dataclass(frozen=True)
class Material:
    """Everything that is told.

    Attributes
    ----------
    given
        The system that was given.
    system
        The same with plain names, of which everything was asked.
    asked
        What was asked of the set.
    date
        The day that the report bears; none is none.
    proposal, lacking
        The proposed set; where there is none, why.
    conflicts, left
        What pulls apart, today and once the targets on retired measures are gone; without a set none is left.
    themes, agenda
        The quarrels, and whom to bring together.
    tiers, bodies
        Who helps and hinders whom.
    frontier, coverage
        What fewer measures cost, and what so many can do; without a set there is none.
    lenses, advice
        What each lens says, and what the tables leave open.
    page
        The page of the body that the report is for, if any.
    """

    given: System
    system: System
    asked: Options
    date: dt.date | None
    proposal: al.Proposal | None
    lacking: str
    conflicts: al.Conflicts
    left: al.Conflicts | None
    themes: al.Themes
    agenda: al.Agenda
    tiers: al.Alignment
    bodies: al.Alignment
    frontier: al.Frontier | None
    coverage: al.Coverage | None
    lenses: al.Lenses
    advice: al.Advice
    page: al.View | None

    def said(self, sentence: str) -> str:
        """A sentence of an answer with sums as people write them."""
        return plainly(sentence, self.system.about.currency)

    @cached_property
    def measure_names(self) -> Mapping[str, str]:
        """What measures are called, by id."""
        return {row.id: row.name for row in self.system.measures}

    @cached_property
    def agency_names(self) -> Mapping[str, str]:
        """What bodies are called, by id."""
        return {row.id: row.name for row in self.system.agencies}

    @property
    def records(self) -> tuple[Record, ...]:
        """How each answer came about, in the order of asking."""
        answers: tuple[Answer | None, ...] = (
            *(self.conflicts, self.themes, self.agenda, self.proposal, self.tiers),
            *(self.frontier, self.coverage, self.lenses, self.advice, self.page),
        )
        found = (getattr(each, "record", None) for each in answers)
        return tuple(each for each in found if each is not None)


def material(
    given: System, asked: Options, agency: str | None, date: dt.date | None, progress: Progress = quiet
) -> Material:
    """Ask everything that a report tells.

    Parameters
    ----------
    given
        The system.
    asked
        What is asked of the set; each question is asked what it knows of it.
    agency
        The body whose own page comes first, by id or name; blank is none.
    date
        The day that the report bears.
    progress
        Told in words what is being done.
    """
    system = plainly_named(given)
    ask = _Asker(system, asked, progress)
    # Before anything is searched, a body that is not known is.
    who = None if agency is None else _known(given, system, agency)
    proposal, lacking = ask.for_set()
    measures: dict[str, Any] = {} if proposal is None else {"measures": proposal.measures}
    return Material(
        given=given,
        system=system,
        asked=asked,
        date=date,
        proposal=proposal,
        lacking=lacking,
        conflicts=ask(al.find_conflicts, "conflicts"),
        left=None if proposal is None else ask(al.find_conflicts, "what is left", of=without_targets(system, proposal)),
        themes=ask(al.themes, "themes"),
        agenda=ask(al.agenda, "agenda"),
        tiers=ask(al.alignment, "who hinders whom", by="tier"),
        bodies=ask(al.alignment, "who hinders whom", by="agency"),
        frontier=None if proposal is None else ask(al.frontier, "fewer measures", limit=RUNGS),
        coverage=None if proposal is None else ask(al.coverage, "what a handful can do"),
        lenses=ask(al.lenses, "lenses", **measures),
        advice=ask(al.advice, "advice"),
        page=None if who is None or proposal is None else ask(al.view, "its own page", agency=who, **measures),
    )


def _known(given: System, system: System, agency: str) -> str:
    """The id of a body, which may be called by the name that it was given or by its plain one."""
    from alignment.own_page.view import agency_named

    plain = [row.id for row in system.agencies if row.name.casefold() == agency.casefold()]
    return plain[0] if len(plain) == 1 else agency_named(given, agency)


class _Asker:
    """Somebody who asks verbs what each knows of some options."""

    def __init__(self, system: System, asked: Options, progress: Progress) -> None:
        self._system, self._asked, self._progress = system, asked, progress

    def __call__(self, function: Callable[..., Any], doing: str, of: System | None = None, **more: Any) -> Any:
        self._progress(doing)
        known = verb_of(function).options.model_fields
        given = {name: getattr(self._asked, name) for name in Options.model_fields if name in known}
        return function(self._system if of is None else of, **{**given, **more})

    def for_set(self) -> tuple[al.Proposal | None, str]:
        """The proposed set; where there is none, why."""
        try:
            return self(al.propose, "an aligned set"), ""
        except NoAlignedSet as error:
            return None, str(error)


def without_targets(system: System, proposal: al.Proposal) -> System:
    """The system once nobody is judged on the retired measures any more; their influences and payments stay."""
    gone = {row.measure for row in proposal.retired}
    return system.replace(targets=[row for row in system.targets if row.measure not in gone])
