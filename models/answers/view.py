"""One organisation's own page: what it is asked, whom it meets, what a set of measures means for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.options.aligned_set import Options
from alignment.models.options.conflicts import Kind
from alignment.models.system.measures import Sense

from .answer import AnswerNoun, Frames, Stop
from .frame import frame_of
from .layout import fold, section
from .proposal import Ground

if TYPE_CHECKING:
    import pandas as pd


Part = Literal["judged on", "inferred", "asks of others"]
"""What an organisation has to do with a measure: a published target is its to deliver; a wish on it is only inferred
from how bodies act; it only asks it of others."""

State = Literal["missed", "not met", "not met yet", "open", "met", "guardrail", "inferred"]
"""Where what is asked stands: a level is not met that is due by the year that the system is about (missed), has no
date, or is due later; a change is asked for, or today's figure is not known; all is met; only no worse than today is
asked; nothing was published, a wish is inferred."""


class Tie(Noun):
    """A line of accountability between the organisation and another body."""

    agency: str
    """The other body, by id."""
    agency_name: str
    """What people call it."""
    way: Literal["answers to", "answered by"]
    """Whether the organisation answers to it, or it to the organisation."""
    kind: str | None
    """What the line rests on."""


class ViewTarget(Noun):
    """A target that the organisation has, must deliver, or has others deliver."""

    target: str
    """The target, by key."""
    part: Literal["own", "asked of it", "asks of others"]
    """Its own to deliver, another's that it must deliver, or its own that another must deliver."""
    measure: str
    """The measure, by id."""
    measure_name: str
    """What people call it."""
    agency: str
    """Who wants it, by id."""
    agency_name: str
    """What people call it."""
    deliverer: str
    """Who has to deliver it, by id."""
    deliverer_name: str
    """What people call it."""
    asks: str
    """What is asked, in words."""
    sense: Sense
    """How the value is to be read."""
    value: float | None
    """The level, the size of the change, or the margin. Unit: the measure's."""
    upper: float | None
    """The upper end of a band. Unit: the measure's."""
    unit: str | None
    """The measure's unit."""
    start: str | None
    """When it begins."""
    due: str | None
    """When it is due."""
    today: float | None
    """Where the measure stands today, at who delivers it if known. Unit: the measure's; blank is not known."""
    own_level: bool
    """Whether that is the deliverer's own figure, from `levels`; else it is the measure's, one for all."""
    met: bool | None
    """Whether that satisfies it; blank where today's figure is not known, or no level is asked for."""
    population: str | None
    """Whom it is about, by id; blank is everyone."""
    population_name: str | None
    """What people call them."""
    weight: float
    """How much it matters to who wants it. No unit, above 0 to 1."""
    inferred: bool
    """Whether it was inferred from behaviour, not published."""


class AskedMeasure(Noun):
    """A measure that the organisation is judged on, or of which a wish is inferred, with all that is asked of it."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    state: State
    """Where what is asked stands."""
    met: bool | None
    """Whether every published level is met; blank where none can be compared with a figure of today."""
    own_level: bool
    """Whether that is by its own figure, from `levels`; else by the measure's, one for all, which need not be its."""
    sentence: str
    """What is asked, by whom, and where it stands; blank where nothing was published."""
    acts: str
    """What the organisation acts as if it wanted of it, in words; blank where that is not inferred."""
    others_act: tuple[str, ...]
    """What others act as if they wanted the organisation to bring about, in words."""


class Hold(Noun):
    """How much of a measure the organisation can move."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    share: float
    """The part that it can bring about. No unit, 0 to 1."""
    judged: bool
    """Whether it is judged on the measure, by a published target."""


class Payment(Noun):
    """Money that follows a measure, from or to the organisation."""

    way: Literal["is paid", "pays"]
    """Whether it reaches the organisation or leaves it; of a penalty, who bears it is paid."""
    agency: str
    """The other body, by id."""
    agency_name: str
    """What people call it."""
    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    pays_for: Literal["increase", "decrease", "target"]
    """The movement that leaves who is paid better off."""
    basis: str | None
    """What sort of incentive it is."""
    rate: float | None
    """Money per unit moved. Unit: as in `unit`."""
    at_risk: float | None
    """Money lost or gained on the whole. Unit: as in `unit`."""
    unit: str | None
    """What the money is counted in."""


class Quarrel(Noun):
    """A theme in which the organisation stands."""

    theme: str
    """The theme, by id."""
    name: str
    """What people call it."""
    share: float
    """The part of all severity times confidence that the organisation stands in. No unit, 0 to 1."""
    findings: tuple[str, ...]
    """Its findings in which the organisation stands, by id, worst first."""
    settled: int
    """How many of them the set settles. Unit: findings."""
    side: str
    """What the organisation wants or must deliver there, in words; blank where no target of its is concerned."""
    others: tuple[str, ...]
    """Who else stands in them, by id; first whoever stands in most."""
    other_names: tuple[str, ...]
    """What people call them."""
    sentence: str
    """The worst of them in a plain sentence, two or three bodies by name and the steps of an indirect push told."""
    part: str
    """What the organisation wants, must deliver or does in that one, where the sentence does not name it."""
    suggestion: str
    """What could be done about it."""


class Stand(Noun):
    """A finding in which the organisation stands."""

    finding: str
    """The finding, by id."""
    theme: str
    """Its theme, by id."""
    theme_name: str
    """What people call the theme."""
    kind: Kind
    """Which kind of conflict it is."""
    title: str
    """What it is about, in a few words."""
    severity: float
    """How bad its worst pair is. No unit, 0 to 1."""
    confidence: float
    """How sure the evidence is. No unit, 0 to 1."""
    side: str
    """What the organisation wants, must deliver or does in it, in words."""
    others: tuple[str, ...]
    """Who else stands in it, by id."""
    other_names: tuple[str, ...]
    """What people call them."""
    then: Literal["settled", "left", "not touched"]
    """What the set does to it: only conflicts between targets are settled or left by a choice of measures."""
    sentence: str
    """The finding in a plain sentence."""
    suggestion: str
    """What could be done about it."""


class SetLine(Noun):
    """What the set does with a measure of the organisation."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    change: Literal["keeps", "takes on", "gives up"]
    """What becomes of it."""
    part: Part | None
    """What the organisation has to do with it today; blank of one that it takes on."""
    instead: str | None
    """Of a measure given up, the kept one that says most of it to the organisation, by id; blank is none."""
    instead_name: str | None
    """What people call it."""
    ground: Ground | None
    """Why that says it."""
    said: bool | None
    """Of a measure given up, whether what is kept says it far enough; blank where it said nothing for people by it."""
    statutory: bool
    """Whether the law wants it reported whatever is proposed."""
    negotiate: bool
    """Of a kept one, whether those who work to it ask for different things today."""
    sentence: str
    """All of it in a sentence; blank where it is kept and nothing changes."""


class Neighbour(Noun):
    """How far another body and the organisation help or hinder each other."""

    agency: str
    """The other body, by id."""
    agency_name: str
    """What people call it."""
    helps: float
    """How much its targets help what the organisation wants. Sum of weighted effects."""
    hinders: float
    """How much they hinder it. Sum of weighted effects."""
    alignment: float | None
    """The two together, -1 (only hinder) to 1 (only help)."""
    helped: float
    """How much the organisation's targets help what the other wants. Sum of weighted effects."""
    hindered: float
    """How much they hinder it. Sum of weighted effects."""


class View(AnswerNoun):
    """One organisation's own page."""

    system: str
    """The hash of the system."""
    options: Options
    """What was asked of the set."""
    agency: str
    """The organisation, by id."""
    name: str
    """What people call it."""
    tier: str | None
    """Its tier, by id."""
    tier_name: str | None
    """What people call it."""
    sector: str | None
    """Its sector."""
    represents: float
    """How many like bodies the row stands for. Unit: bodies."""
    headline: str
    """What it is judged on, where it stands, and what the set means for it."""
    ties: tuple[Tie, ...]
    """Whom it answers to, and who answers to it."""
    asked: tuple[AskedMeasure, ...]
    """The measures it is judged on, or of which a wish is inferred: first what is not met or open, by askers."""
    targets: tuple[ViewTarget, ...]
    """Every target that it has, must deliver, or has others deliver, by key."""
    controls: tuple[Hold, ...]
    """What it can move, most first."""
    money: tuple[Payment, ...]
    """What money follows."""
    quarrels: tuple[Quarrel, ...]
    """The quarrels it stands in, those first in which it stands most."""
    findings: tuple[Stand, ...]
    """The findings it stands in, worst first."""
    proposed: bool
    """Whether the set is the proposed one."""
    measures: tuple[str, ...]
    """The set, by id, in order."""
    set: tuple[SetLine, ...]
    """What it keeps, takes on and gives up, by id within each."""
    voice_before: int
    """Duties of its own that its own measures serve today. Unit: duties."""
    voice_after: int
    """Those of them that its own kept measures still serve. Unit: duties."""
    neighbours: tuple[Neighbour, ...]
    """Who helps and hinders it, first whoever hinders it most."""
    standing: tuple[str, ...]
    """Whom it answers to and what it asks of others, in sentences."""
    figures: str
    """Whose today's figures are, in a sentence; blank where they are its own."""
    means: tuple[str, ...]
    """What it can move and what money follows, in sentences."""
    meaning: tuple[str, ...]
    """What the set means for it, in sentences."""
    stopped: Stop
    """Why the search for the set ended; finished also where the set was given."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``targets``, ``findings``, ``set``, ``neighbours``, ``controls``, ``money``, ``ties``."""
        return {
            "targets": self._targets,
            "findings": self._findings,
            "set": self._set,
            "neighbours": self._neighbours,
            "controls": self._controls,
            "money": self._money,
            "ties": self._ties,
        }

    def _targets(self) -> pd.DataFrame:
        """A row for each target that it has, must deliver, or has others deliver.

        Returns
        -------
        pandas.DataFrame
            ``target`` (key), ``part`` ("own", "asked of it" or "asks of others"), ``measure`` (id), ``measure_name``,
            ``agency`` (who wants it, id), ``agency_name``, ``deliverer`` (id), ``deliverer_name``, ``asks`` (in words),
            ``sense``, ``value``, ``upper`` (float, in ``unit``, or blank), ``unit``, ``start``, ``due``, ``today``
            (float, in ``unit``, or blank), ``own_level`` (bool), ``met`` (bool or blank), ``population`` (id; blank is
            everyone), ``population_name``, ``weight`` (float, above 0 to 1), ``inferred`` (bool).
        """
        return frame_of(self.targets, tuple(ViewTarget.model_fields))

    def _findings(self) -> pd.DataFrame:
        """A row for each finding in which it stands, worst first.

        Returns
        -------
        pandas.DataFrame
            ``finding`` (id), ``theme`` (id), ``theme_name``, ``kind``, ``title``, ``severity``, ``confidence`` (float,
            0 to 1), ``side`` (in words), ``others`` (ids), ``other_names``, ``then`` ("settled", "left" or "not
            touched"), ``sentence``, ``suggestion``. Lists are joined by "; ".
        """
        return frame_of(self.findings, tuple(Stand.model_fields))

    def _set(self) -> pd.DataFrame:
        """A row for each measure that it keeps, takes on or gives up.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``change`` ("keeps", "takes on" or "gives up"), ``part`` ("judged on",
            "inferred", "asks of others" or blank), ``instead`` (id of the kept
            measure that says most of what is given up, or blank), ``instead_name``, ``ground``, ``said`` (bool or
            blank), ``statutory``, ``negotiate`` (bool), ``sentence``.
        """
        return frame_of(self.set, tuple(SetLine.model_fields))

    def _neighbours(self) -> pd.DataFrame:
        """A row for each other body whose targets touch its own, first whoever hinders it most.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``helps``, ``hinders`` (float, what its targets do to the organisation's
            wishes, sums of weighted effects), ``alignment`` (float, -1 to 1, or blank), ``helped``, ``hindered``
            (float, the other way round).
        """
        return frame_of(self.neighbours, tuple(Neighbour.model_fields))

    def _controls(self) -> pd.DataFrame:
        """A row for each measure that it can move, most first.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``share`` (float, 0 to 1), ``judged`` (bool).
        """
        return frame_of(self.controls, tuple(Hold.model_fields))

    def _money(self) -> pd.DataFrame:
        """A row for each payment to or from it that depends on a measure.

        Returns
        -------
        pandas.DataFrame
            ``way`` ("is paid" or "pays"), ``agency`` (the other body, id), ``agency_name``, ``measure`` (id), ``name``,
            ``pays_for`` ("increase", "decrease" or "target"), ``basis``, ``rate``, ``at_risk`` (float, in ``unit``, or
            blank), ``unit``.
        """
        return frame_of(self.money, tuple(Payment.model_fields))

    def _ties(self) -> pd.DataFrame:
        """A row for each line of accountability to or from it.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (the other body, id), ``agency_name``, ``way`` ("answers to" or "answered by"), ``kind``.
        """
        return frame_of(self.ties, tuple(Tie.model_fields))

    def _title(self) -> str:
        return self.headline.partition(". ")[0].rstrip(".")

    def _glimpse(self) -> pd.DataFrame:
        return self._targets()[["measure_name", "asks", "agency_name", "due", "today", "met"]]

    def _lines(self, width: int) -> Iterable[str]:
        return _lines(self, width)


ASKED: Final = 4
"""So many measures that are not met are told in a line each."""

ALSO: Final = 3
"""So many more are named; the rest is counted."""

TOLD: Final = 2
"""So many quarrels are told in full."""

QUARRELS: Final = 3
"""So many are named; the table holds all."""

MEANT: Final = 3
"""So many sentences are told of what a set means; the rest is counted."""


def _lines(view: View, width: int) -> Iterator[str]:
    """One page: what is asked, of whom, with what means, against whom, and what the set would change."""
    yield from fold(view.headline, width)
    if view.standing:
        yield from fold(" ".join(view.standing), width)
    yield from section("What it is asked, the most important first", _asked(view), width)
    yield from section("What it can move, and what money follows", view.means, width)
    yield from _quarrel_lines(view, width)
    yield from section("What the set means for it", view.meaning, width, MEANT, "set")


def _asked(view: View) -> Iterator[str]:
    """A line for what is not met; guardrails, and what is inferred, together. What is met stands in the headline."""
    todo = [row for row in view.asked if row.state in ("missed", "not met", "not met yet", "open")]
    yield from (row.sentence for row in todo[:ASKED])
    if rest := [f"“{row.name}”" for row in todo[ASKED:]]:
        more = f" and {len(rest) - ALSO} more (table targets)" if len(rest) > ALSO else ""
        yield f"Also {', '.join(rest[:ALSO])}{more}."
    if some := [f"“{row.name}”" for row in view.asked if row.state == "guardrail"]:
        yield f"Not to get worse (guardrails): {', '.join(some)}."
    if some := [row.acts for row in view.asked if row.acts]:
        yield f"Inferred from how it acts, not published: {', '.join(some)}."
    if some := [each for row in view.asked for each in row.others_act]:
        yield f"Inferred from how others act: {'; '.join(some)}."
    if view.figures:
        yield view.figures


def _quarrel_lines(view: View, width: int) -> Iterator[str]:
    if not view.quarrels:
        return
    quarrels, every = count(len(view.quarrels), "quarrel", "quarrels"), len(view.findings)
    removed = sum(row.settled for row in view.quarrels) or "none"
    head = (
        f"Its {quarrels} ({count(every, 'finding', 'findings')}; agreeing the set removes {removed} of these {every}):"
    )
    yield from ["", *fold(head, width)]
    for place, row in enumerate(view.quarrels[:QUARRELS], start=1):
        said = _quarrel(row) if place <= TOLD else f"{row.name} ({row.share:.0%} by weight)."
        yield from fold(f"{place}. {said}", width, 2, 5, hyphens=False)


def _quarrel(row: Quarrel) -> str:
    """Its worst finding; its name, and the organisation's part, where that does not name them."""
    named, share = f"“{row.name}”" in row.sentence, f"{row.share:.0%} by weight"
    part = f" Its part: it {row.part.removeprefix('it ')}." if row.part else ""
    return f"{f'({share})' if named else f'{row.name} ({share}).'} {row.sentence}{part}"
