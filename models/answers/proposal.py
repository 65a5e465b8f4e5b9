"""The answer: which measures to keep, why, and how sure that is."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from pydantic import PrivateAttr

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.options.aligned_set import Options
from alignment.models.progress import Progress, quiet
from alignment.models.stopping import Stopped

from .achieve import ConflictingSet
from .adoption import Adopter, OneTarget, SetSize, TierHolders, TierShare
from .answer import AnswerNoun, Frames
from .frame import beside, frame_of, measure_rows
from .layout import figure, fold, folded, section, wrapped
from .shared_values import SharedValues
from .stages import Member, StageName
from .themes import Theme

if TYPE_CHECKING:
    import pandas as pd

    from .reasons import Reasons, Why


class DutyRef(Noun):
    """An agency that answers for an outcome of a population."""

    agency: str
    """The agency, by id."""
    outcome: str
    """The outcome, by id."""
    population: str | None = None
    """The population, by id; blank is everyone."""


class Clash(Noun):
    """A conflict within a set of measures."""

    conflict: str
    """The conflict's id."""
    measures: tuple[str, ...]
    """The measures it stands between, by id."""
    measure_names: tuple[str, ...]
    """What people call them."""
    severity: float
    """How bad it is. No unit, 0 to 1."""
    sentence: str
    """The conflict in a plain sentence."""


class StageResult(Noun):
    """What one stage of the search found."""

    stage: StageName
    """The stage."""
    value: float
    """The best value found, in the stage's unit."""
    unit: str
    """What the value counts."""
    bound: float
    """No set has a smaller value, given the stages before."""
    proven: bool
    """Whether the value is proved to be the smallest, given the stages before."""

    @property
    def gap(self) -> float:
        """How far the value could still be from the best; 0 when proven. Unit: the stage's."""
        return 0.0 if self.proven else max(0.0, self.value - self.bound)


class KeptMeasure(Noun):
    """A measure of the set."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    targeted: bool
    """Whether anybody has a target on it today."""
    serves: tuple[DutyRef, ...]
    """The duties it serves."""
    alone: tuple[DutyRef, ...]
    """The duties that no other kept measure serves."""
    only: tuple[DutyRef, ...] = ()
    """Those of them that no other candidate could serve."""
    stands_for: tuple[str, ...] = ()
    """The retired measures that it says best to somebody, by id."""
    stands_for_names: tuple[str, ...] = ()
    """What people call them."""
    lapsed: bool = False
    """Whether all targets on it have lapsed: renew them, or let it go."""
    holders: tuple[TierHolders, ...] = ()
    """Who works to it once the set is agreed, by tier, the highest first."""
    one_target: OneTarget | None = None
    """The one target that they could share; blank where nobody has a target on it today."""
    balances: tuple[str, ...] = ()
    """Tiers and dimensions that only it balances, as tier/dimension."""
    member: Member = "unknown"
    """Whether it is in every best set, or only in some."""
    reason: str
    """Why it is kept, in a sentence."""


class Substitute(Noun):
    """What serves duties once a measure is retired."""

    duties: tuple[DutyRef, ...]
    """The duties."""
    measures: tuple[str, ...]
    """The kept measures that serve each of them, by id."""


Ground = Literal["same", "part", "overlap", "shows", "speaks", "side", "sight", "nothing"]
"""Why a kept measure says what a retired one said; side and sight are told, and count for nothing."""


class SaidTo(Noun):
    """What a body that wanted something of a retired measure is left with."""

    agency: str
    """The body, by id."""
    agency_name: str
    """What people call it."""
    weight: float
    """The weight of its targets on the retired measure that do not go against people. Sum of weights."""
    people: bool
    """Whether they are people's targets: they go the way that is better for people, and are not merely inferred."""
    measure: str | None
    """The kept measure that says most of it, by id; blank is none."""
    measure_name: str | None
    """What people call it."""
    ground: Ground
    """Why that says it."""
    standing: float
    """How far. No unit, 0 to 1."""
    said: bool
    """Whether that is as far as was asked for."""
    holds: bool
    """Whether the body has, or must deliver, a live target on that measure."""
    left_with: tuple[str, ...]
    """Kept measures that the body is judged on, about these people, from which its duties are still read, by id."""
    left_with_names: tuple[str, ...]
    """What people call them."""


class RetiredMeasure(Noun):
    """A measure with targets today that is not in the set."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    statutory: bool
    """Whether it goes on being reported, though nobody is judged on it any more."""
    argued: bool
    """Whether every target on it is still said by what is kept; if not, people will ask about it."""
    given: int = 0
    """Targets on it that somebody was given, and that are withdrawn. Unit: targets."""
    inferred: int = 0
    """Wishes on it that were inferred, and that count no more. Unit: targets."""
    ceiling: bool
    """Whether only wishes to cap or cut it fall away: the measure of the service stays its own."""
    said: tuple[SaidTo, ...]
    """Body by body: who wanted something of it, and what says that now."""
    instead: tuple[Substitute, ...]
    """What serves its duties instead."""
    brings_back: tuple[Clash, ...]
    """The conflicts that keeping it as well would bring back, worst first."""
    conflict: float
    """The residual conflict that keeping it as well would add. Sum of severities."""
    burden: float
    """The burden that keeping it as well would add."""
    cannot: ConflictingSet | None = None
    """Where all targets must be able to be met: those that could not, were it kept as well."""
    member: Member = "unknown"
    """Whether it is in some other best set, or in none."""
    reason: str
    """Why it is retired, in a sentence."""


class NotJudged(Noun):
    """A measure with targets today that nothing can be said of: nobody has said which outcome it is for."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    statutory: bool
    """Whether it has to be reported by law."""
    member: Member = "unknown"
    """Whether it is in some best set is not known."""
    reason: str
    """That it is not judged, in a sentence."""


class Gap(Noun):
    """A duty that the set does not serve."""

    duty: DutyRef
    """The duty."""
    agency_name: str
    """What people call its agency."""
    outcome_name: str
    """What people call its outcome."""
    population_name: str | None
    """What people call its population; blank is everyone."""
    weight: float
    """The weight of the heaviest target behind it. No unit, above 0 to 1."""
    reason: str
    """Why nothing serves it, in a sentence."""


class VoiceChange(Noun):
    """What an agency's own measures serve of its own duties."""

    agency: str
    """The agency, by id."""
    agency_name: str
    """What people call it."""
    before: int
    """Duties that its own measures serve today. Unit: duties."""
    after: int
    """Those of them that its own kept measures still serve. Unit: duties."""
    loss: float
    """1 - after / before, times its power over the largest power. No unit, 0 to 1."""


class LocalMeasure(Noun):
    """A further measure of its own that an agency may go on with beside the set: it adds no conflict."""

    agency: str
    """The agency, by id."""
    agency_name: str
    """What people call it."""
    measure: str
    """The measure, by id."""
    name: str
    """What people call the measure."""
    weight: float
    """The weight of the agency's own targets on it. Sum of weights."""
    sentence: str
    """Who goes on with what, in a sentence."""


class SetFigures(Noun):
    """A set of measures in figures."""

    measures: int
    """How many measures people are judged on. Unit: measures."""
    served: int
    """Duties served. Unit: duties."""
    gaps: int
    """Duties left unserved. Unit: duties."""
    gap_weight: float
    """The weight of those. Sum of weights."""
    burden: float
    """Number of measures, or their cost where given, with the collections they need."""
    conflict: float
    """Residual conflict. Sum of severities."""
    conflicts: int
    """How many conflicts that is. Unit: conflicts."""
    largest_loss: float
    """The largest loss of voice of any agency. No unit, 0 to 1."""
    lost: float
    """People's targets that nothing in the set says far enough. Sum of weights."""
    unsaid: float
    """What is said today and not by the set, as far as it is not. Sum of weights."""
    toll: float
    """Conflict, what is left unsaid, and what the measures cost, together. In weights of targets."""
    dropped: int
    """Live targets on measures that are not in the set. Unit: targets."""
    missing: int
    """Measures that bodies need to see themselves in, and lack. Unit: measures."""
    alignment: float | None
    """How far the targets on the set help each other, -1 to 1; blank without any."""
    congruity: float | None
    """Share of what is good for people that judging on the set can reach. No unit, 0 to 1."""


class Reasoner(Protocol):
    """Somebody who can be asked for the reasons of an answer."""

    def why(self, measure: str) -> Why:
        """Why a measure is kept or not, and what it would cost to do otherwise."""
        ...

    def reasons(self, measures: Iterable[str] | None, progress: Callable[[str], None]) -> Reasons:
        """The reasons of some measures, or of all."""
        ...


class Proposal(AnswerNoun):
    """A minimal aligned set of measures, why, and how sure that is."""

    system: str
    """The hash of the system."""
    name: str | None
    """The system's name."""
    options: Options
    """What was asked."""
    proven: bool
    """Whether every stage is proved to be the best."""
    stopped: Stopped
    """Why the search ended."""
    stages: tuple[StageResult, ...]
    """The stages in order, each holding those before."""
    kept: tuple[KeptMeasure, ...]
    """The measures of the set, by id."""
    retired: tuple[RetiredMeasure, ...]
    """The measures with targets today that are not in it, by id."""
    not_judged: tuple[NotJudged, ...] = ()
    """The measures with targets today whose outcome is not known, by id; neither kept nor retired."""
    unused: tuple[str, ...]
    """The measures without targets that are not in it, by id."""
    unused_names: tuple[str, ...]
    """What people call them."""
    gaps: tuple[Gap, ...]
    """Duties that it does not serve."""
    clashes: tuple[Clash, ...]
    """The conflicts it leaves, worst first."""
    voices: tuple[VoiceChange, ...]
    """Who keeps and who loses voice, largest loss first."""
    adoption: tuple[Adopter, ...] = ()
    """What each body keeps, takes on and gives up, by id."""
    layers: tuple[TierShare, ...] = ()
    """How far tiers work to the same measures, today and then."""
    sizes: tuple[SetSize, ...] = ()
    """The careful, the bold and the radical set in figures; none where conflict or burden comes first."""
    untouched: tuple[Theme, ...] = ()
    """The worst quarrels that no choice of measures settles: what is full, what pays for the wrong move, who pays for
    another's gain, who cannot move what they answer for."""
    local: tuple[LocalMeasure, ...] = ()
    """Further measures that agencies go on with on their own, by agency and measure; not counted in any figure."""
    shared: SharedValues | None = None
    """Where all targets must be able to be met: the values that those on the set could share."""
    before: SetFigures
    """Today's targeted measures in figures."""
    after: SetFigures
    """The set in figures."""
    notes: tuple[str, ...] = ()
    """What a reader should know of how the figures were made."""

    _reasoning: Reasoner | None = PrivateAttr(None)

    def __getstate__(self) -> dict[Any, Any]:
        # What answers questions stays where the system is.
        return {**super().__getstate__(), "__pydantic_private__": {"_reasoning": None}}

    def explained_by(self, reasoning: Reasoner) -> None:
        """Take somebody who can be asked for reasons; `propose` does this."""
        self._reasoning = reasoning

    @property
    def reasoning(self) -> Reasoner:
        """Who can be asked for reasons.

        Raises
        ------
        ValueError
            The answer was read from a file: it has no system to reason about.
        """
        if self._reasoning is None:
            raise ValueError("This answer was read from a file. Ask al.why or al.alternatives, which take the system.")
        return self._reasoning

    def why(self, measure: str) -> Why:
        """Why a measure is kept or not, and what it would cost to do otherwise; worked out when asked.

        Parameters
        ----------
        measure
            Its id.

        Returns
        -------
        Why
            With the price of leaving it out (of a kept measure) or of keeping it (of any other), stage by stage.
        """
        return self.reasoning.why(measure)

    def reasons(self, measures: Iterable[str] | None = None, progress: Progress = quiet) -> Reasons:
        """The reasons of some measures, or of all, in what the search has left of its time.

        Parameters
        ----------
        measures
            Ids; blank is every measure of the system.
        progress
            Told in words how many are done.

        Returns
        -------
        Reasons
            What `why` says of each; several are worked out at once.
        """
        return self.reasoning.reasons(measures, progress)

    @property
    def measures(self) -> tuple[str, ...]:
        """The ids of the kept measures, in order."""
        return tuple(row.measure for row in self.kept)

    @property
    def headline(self) -> str:
        """How many of today's measures stay, are new, go, or lose a cap; how sure that is, and by which yardstick."""
        new = sum(not row.targeted for row in self.kept)
        lifted = sum(row.ceiling for row in self.retired)
        stay, gone = len(self.kept) - new, len(self.retired) - lifted
        unknown = len(self.not_judged)
        today = count(stay + len(self.retired) + unknown, "measure", "measures")
        parts = [f"keep {stay}", f"add {new}" if new else "", f"let {gone} go"]
        parts.append(f"lift {count(lifted, 'cap or cut', 'caps or cuts')}" if lifted else "")
        verb = "is" if unknown == 1 else "are"
        rest = f" {unknown} {verb} not judged, as no outcome is known." if unknown else ""
        return f"Of today's {today} {', '.join(filter(None, parts))}: {self._proof}.{rest}"

    @property
    def _proof(self) -> str:
        asked, lost = self.options, self.after.lost
        some = (
            f"; targets for people of weight {lost:,g} go unsaid" if lost else "; nothing meant for people goes unsaid"
        )
        if not self.proven:
            return f"the best found, not proven ({self.stopped}){some}"
        if asked.price is not None:
            return f"proven to be least in burden and priced conflict{some}"
        if asked.order != "toll":
            return f"proven to be least, {asked.order}{some}"
        worth = f"a measure weighing as much as {count(int(asked.worth), 'target', 'targets')}"
        if asked.worth != int(asked.worth):
            worth = f"a measure weighing as much as {asked.worth:g} targets"
        return f"proven to be least in conflict, unsaid wishes and measures added up, {worth}{some}"

    @property
    def withdrawn(self) -> tuple[int, int]:
        """How many targets that somebody was given are withdrawn, and how many inferred wishes count no more."""
        return sum(row.given for row in self.retired), sum(row.inferred for row in self.retired)

    @property
    def silenced(self) -> tuple[VoiceChange, ...]:
        """Who loses all voice."""
        return tuple(voice for voice in self.voices if voice.before and not voice.after)

    @property
    def sureness(self) -> str:
        """How many of the kept measures are in every set that is as good; nothing where that is not known."""
        if any(row.member == "unknown" for row in self.kept):
            return ""
        every = sum(row.member == "every" for row in self.kept)
        if every == len(self.kept):
            return "No other set is as good."
        return f"{every} of the {len(self.kept)} kept measures are in every set that is as good."

    @property
    def figures(self) -> str:
        """Today's measures and the proposed ones in figures, a line each."""
        lines = [f"{'':24}{'today':>12}{'proposed':>12}"]
        for label, name, form in FIGURES:
            values = [getattr(each, name) for each in (self.before, self.after)]
            counted = [each.measures for each in (self.before, self.after)]
            if name not in SHOWN or not any(values) or (name == "burden" and values == counted):
                continue
            today, proposed = (figure(value, form) for value in values)
            lines.append(f"{label:24}{today:>12}{proposed:>12}")
        return "\n".join(lines)

    @property
    def frames(self) -> Frames:
        """Tables by name: the measures, then what the search, the set and today are worth, and what is left."""
        return {
            "measures": self._measures,
            "sizes": self._sizes,
            "said": self._said,
            "adoption": self._adoption,
            "holders": self._holders,
            "targets": self._targets,
            "layers": self._layers,
            "stages": self._stages,
            "figures": self._figures,
            "gaps": self._gaps,
            "conflicts": self._conflicts,
            "voices": self._voices,
            "untouched": self._untouched,
            "local": self._local,
            "unused": self._unused,
        }

    def _measures(self) -> pd.DataFrame:
        """A row for each measure with targets or in the set.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``decision`` ("kept", "retired" or "not judged"), ``member`` (in "every",
            "some" or "none" of the best sets, or "unknown"), ``stands_for`` (ids of retired measures that a kept one
            says best to somebody, joined by "; "), ``stands_for_names``, ``reason``; by id.
        """
        decided = (("kept", self.kept), ("retired", self.retired), ("not judged", self.not_judged))
        rows = [beside(row, decision=decision) for decision, some in decided for row in some]
        rows.sort(key=lambda row: row["measure"])
        hangs = ("stands_for", "stands_for_names")
        rows = [{**row, **{name: row.get(name) or None for name in hangs}} for row in rows]
        return frame_of(rows, ("measure", "name", "decision", "member", *hangs, "reason"))

    def _sizes(self) -> pd.DataFrame:
        """A row for each of the careful, the bold and the radical set.

        Returns
        -------
        pandas.DataFrame
            ``name`` ("careful", "bold" or "radical"), ``measures``, ``gone`` (int), ``conflict`` (float, sum of
            severities), ``unsaid``, ``lost`` (float, weights of targets), ``largest_loss`` (float, 0 to 1),
            ``protect`` (bool), ``worth`` (float, full targets), ``kept`` (ids, joined by "; "), ``kept_names``,
            ``proven`` (bool).
        """
        return frame_of(self.sizes, tuple(SetSize.model_fields))

    def _said(self) -> pd.DataFrame:
        """A row for each retired measure and body that wanted something of it.

        Returns
        -------
        pandas.DataFrame
            ``retired`` (id), ``retired_name``, ``agency`` (id), ``agency_name``, ``weight`` (float, of its targets),
            ``people`` (bool), ``measure`` (id of the kept measure that says most of it, or blank), ``measure_name``,
            ``ground`` (same, part, overlap, shows, speaks; side, sight and nothing count for nothing), ``standing``
            (float, 0 to 1), ``said``, ``holds`` (bool), ``left_with`` (ids, joined by "; "), ``left_with_names``.
        """
        rows = [beside(each, retired=row.measure, retired_name=row.name) for row in self.retired for each in row.said]
        return frame_of(rows, ("retired", "retired_name", *SaidTo.model_fields))

    def _adoption(self) -> pd.DataFrame:
        """A row for each body.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``keeps``, ``takes_on``, ``gives_up`` (ids of measures, joined by "; "),
            ``keeps_names``, ``takes_on_names``, ``gives_up_names`` (in the same order).
        """
        return frame_of(self.adoption, tuple(Adopter.model_fields))

    def _holders(self) -> pd.DataFrame:
        """A row for each kept measure and tier that works to it.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``tier`` (id or blank), ``tier_name``, ``agencies`` (ids, joined by "; "),
            ``agency_names`` (in the same order).
        """
        rows = [beside(each, measure=row.measure, name=row.name) for row in self.kept for each in row.holders]
        return frame_of(rows, ("measure", "name", *TierHolders.model_fields))

    def _targets(self) -> pd.DataFrame:
        """A row for each kept measure with targets today: the one target that all could share.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``sense``, ``value``, ``upper`` (float, the measure's unit, or blank), ``due``,
            ``basis`` ("agreed", "latest date", "shared value" or "median"), ``today`` (what is asked for, joined by
            "; "), ``sentence``.
        """
        kept = [(row, row.one_target) for row in self.kept]
        rows = [beside(one, measure=row.measure, name=row.name) for row, one in kept if one is not None]
        return frame_of(rows, ("measure", "name", *OneTarget.model_fields))

    def _layers(self) -> pd.DataFrame:
        """A row for each pair of tiers.

        Returns
        -------
        pandas.DataFrame
            ``a``, ``b`` (ids of tiers), ``a_name``, ``b_name``, ``today``, ``proposed`` (float, 0 to 1, or blank:
            measures that both work to over those that either does).
        """
        return frame_of(self.layers, tuple(TierShare.model_fields))

    def _stages(self) -> pd.DataFrame:
        """A row for each stage of the search, in order.

        Returns
        -------
        pandas.DataFrame
            ``stage``, ``value``, ``bound`` (float, in ``unit``; no set has less than the bound, given the stages
            before), ``unit``, ``proven`` (bool).
        """
        return frame_of(self.stages, ("stage", "value", "bound", "unit", "proven"))

    def _figures(self) -> pd.DataFrame:
        """Today's measures and the set in figures, a row a figure.

        Returns
        -------
        pandas.DataFrame
            ``figure`` (a field of `SetFigures`, which tells its unit), ``label`` (in words), ``today``, ``proposed``
            (float or blank).
        """
        return figures_of(today=self.before, proposed=self.after)

    def _gaps(self) -> pd.DataFrame:
        """A row for each duty that the set does not serve.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``outcome`` (id), ``outcome_name``, ``population`` (id; blank is
            everyone), ``population_name``, ``weight`` (float, above 0 to 1), ``reason`` (a sentence).
        """
        return gaps_of(self.gaps)

    def _conflicts(self) -> pd.DataFrame:
        """A row for each conflict that the set leaves, worst first.

        Returns
        -------
        pandas.DataFrame
            ``conflict`` (id), ``measures`` (ids, joined by "; "), ``measure_names`` (joined in the same order),
            ``severity`` (float, 0 to 1), ``sentence``.
        """
        return clashes_of(self.clashes)

    def _voices(self) -> pd.DataFrame:
        """A row for each agency whose own measures serve some of its duties today, largest loss first.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``before``, ``after`` (int, duties that its own measures serve today, and
            that its own kept measures still serve), ``loss`` (float, 0 to 1).
        """
        return voices_of(self.voices)

    def _untouched(self) -> pd.DataFrame:
        """A row for each of the worst quarrels that no choice of measures settles.

        Returns
        -------
        pandas.DataFrame
            ``theme`` (id), ``name``, ``kind``, ``sentence``, ``suggestion``, ``weight`` (float, severity times
            confidence), ``agencies`` (ids, joined by "; "), ``agency_names``, ``findings`` (ids, worst first).
        """
        rows = [beside(theme, theme=theme.id) for theme in self.untouched]
        told = ("kind", "sentence", "suggestion", "weight", "agencies", "agency_names", "findings")
        return frame_of(rows, ("theme", "name", *told))

    def _local(self) -> pd.DataFrame:
        """A row for each further measure that an agency goes on with on its own.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``measure`` (id), ``name`` (the measure's), ``weight`` (float, of the
            agency's own targets on it), ``sentence``.
        """
        return frame_of(self.local, ("agency", "agency_name", "measure", "name", "weight", "sentence"))

    def _unused(self) -> pd.DataFrame:
        """A row for each measure without targets that is not in the set.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``.
        """
        return frame_of(measure_rows(self.unused, self.unused_names), ("measure", "name"))

    def _title(self) -> str:
        proof = "proven" if self.proven else "not proven"
        unknown = f", {len(self.not_judged)} not judged" if self.not_judged else ""
        return f"{len(self.kept)} measures kept, {len(self.retired)} retired{unknown}, {proof}"

    def _glimpse(self) -> pd.DataFrame:
        return self._measures().sort_values("decision", kind="stable")[["name", "decision", "reason"]]

    def _lines(self, width: int) -> Iterable[str]:
        return _lines(self, width)


def _lines(proposal: Proposal, width: int) -> Iterator[str]:
    """In the order in which people argue; what is decided is never cut short, what follows from it is."""
    yield from fold(proposal.headline, width)
    yield ""
    yield from _first_screen(proposal, width)
    yield proposal.figures
    asked = [row for row in proposal.retired if not row.argued and not row.ceiling]
    yield from _listed("What people will ask about", [row.reason for row in asked], width)
    ceilings = [row.reason for row in proposal.retired if row.ceiling and not row.argued]
    yield from _listed("Wishes to cap or cut that go, the figure staying the service's own", ceilings, width)
    said = [row.reason for row in proposal.retired if row.argued]
    yield from _listed("Retired, as what is kept says it", said, width)
    new = [row.reason for row in proposal.kept if not row.targeted]
    yield from _listed("New, to be agreed", new, width)
    yield from section("Not judged", [row.reason for row in proposal.not_judged], width, table="measures")
    yield from _kept_lines([row for row in proposal.kept if row.targeted], width)
    yield from section("Who takes on and gives up what", _adopting(proposal), width, FEW, "adoption")
    asks = [row.one_target for row in proposal.kept if row.one_target is not None]
    differ = [each.sentence for each in asks if each.basis != "agreed"]
    yield from section("One target a measure, where today's differ", differ, width, FEW, "targets")
    yield from section("Local choice", [row.sentence for row in proposal.local], width, table="local")
    if proposal.shared is not None:
        yield from [
            "",
            "Values that the targets on the set could share:",
            textwrap.indent(proposal.shared.to_text(width - 2), "  "),
        ]
    yield from section("Duties that nothing kept serves", [gap.reason for gap in proposal.gaps], width, table="gaps")
    untouched = [f"{row.name}: {row.sentence.rstrip('.')}. {row.suggestion.rstrip('.')}." for row in proposal.untouched]
    yield from section("What the set does not touch", untouched, width, table="untouched")
    yield from section("Conflicts it leaves", [row.sentence for row in proposal.clashes], width, FEW, "conflicts")
    yield from section(LOSS, losses(proposal.voices), width, FEW, "voices")
    yield ""
    yield "Stages, each holding those before:"
    yield from folded(map(_stage_line, proposal.stages), width)
    yield from fold(proposal.sureness, width)
    yield from section("Notes", proposal.notes, width)


FEW: Final = 6
"""How many lines are shown of what follows from the set; the rest is in a table."""


def _kept_lines(rows: Sequence[KeptMeasure], width: int) -> Iterator[str]:
    """What stays, by name; the reason of each is in a table."""
    if not rows:
        return
    yield ""
    yield f"Kept (why: table measures, or ask why of one), {len(rows)}:"
    yield from fold("; ".join(sorted(row.name for row in rows)) + ".", width, 2, 2)
    lapsed = [row.name for row in rows if row.lapsed]
    if lapsed:
        yield from fold(f"All targets have lapsed, to be renewed or let go: {'; '.join(lapsed)}.", width, 2, 4)


def _listed(head: str, sentences: Sequence[str], width: int) -> Iterator[str]:
    """All of them: what is decided is never cut short."""
    if sentences:
        yield from ["", f"{head}:"]
        yield from wrapped(sentences, width)


def _first_screen(proposal: Proposal, width: int) -> Iterator[str]:
    """What a board asks first: how far to go, whether layers work to the same, who falls silent, what the law wants."""
    if proposal.sizes:
        yield f"{'How far to go':16}{'measures':>10}{'let go':>8}{'conflict':>10}{'unsaid':>8}{'lost to people':>16}"
        for row in proposal.sizes:
            numbers = f"{row.measures:>10}{row.gone:>8}{row.conflict:>10,.1f}{row.unsaid:>8,.1f}{row.lost:>16,.1f}"
            yield f"{row.name:16}{numbers}{'' if row.proven else '  (not proven)'}"
        yield ""
    for sentence in _sentences(proposal):
        yield from fold(sentence, width)
    yield ""


def _sentences(proposal: Proposal) -> Iterator[str]:
    given, inferred = proposal.withdrawn
    if given or inferred:
        parts = [count(given, "target that was given", "targets that were given")] if given else []
        parts += [count(inferred, "inferred wish", "inferred wishes")] if inferred else []
        yield f"With them go {' and '.join(parts)}."
    law = sum(row.statutory for row in proposal.retired)
    if law:
        yield (
            f"{law} of these {len(proposal.retired)} must still be reported by law: the judging stops, not the return."
        )
    silent = [voice.agency_name for voice in proposal.silenced]
    if silent:
        yield f"No measure of its own is kept for {', '.join(silent)}."
    today = [row.today for row in proposal.layers if row.today is not None]
    then = [row.proposed for row in proposal.layers if row.proposed is not None]
    if today and then:
        one, two = (sum(each) / len(each) for each in (today, then))
        yield (
            f"Layer after layer: two tiers share {one:.0%} of the measures that either works to today, and {two:.0%} "
            f"then (average of {count(len(proposal.layers), 'pair', 'pairs')})."
        )
    before, after = proposal.before.congruity, proposal.after.congruity
    if before is not None and after is not None and after < before - 0.0005:
        yield (
            f"Of what is good for people, judging on today's measures can reach {before:.1%}, on these {after:.1%} "
            "(congruity)."
        )


def _adopting(proposal: Proposal) -> list[str]:
    found: list[str] = []
    for row in proposal.adoption:
        takes = f"takes on {_quoted(row.takes_on_names)}" if row.takes_on else ""
        gives = f"gives up {_quoted(row.gives_up_names)}" if row.gives_up else ""
        said = "; ".join(part for part in (f"keeps {len(row.keeps)}", takes, gives) if part)
        if takes or gives:
            found.append(f"{row.agency_name}: {said}.")
    return found


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _stage_line(stage: StageResult) -> str:
    sure = "proven" if stage.proven else f"not below {figure(stage.bound, ',.3f')}"
    return f"  {stage.stage:10}{figure(stage.value, ',.3f'):>12} {stage.unit} ({sure})"


def losses(voices: Iterable[VoiceChange]) -> list[str]:
    """Who loses voice, in sentences."""
    return [
        f"{voice.agency_name}: {voice.after} of the {voice.before} they serve today." for voice in voices if voice.loss
    ]


def gaps_of(gaps: Iterable[Gap]) -> pd.DataFrame:
    """Duties that are not served, a row each."""
    duty = ("agency", "agency_name", "outcome", "outcome_name", "population", "population_name")
    return frame_of([beside(gap, **gap.duty.model_dump()) for gap in gaps], (*duty, "weight", "reason"))


def clashes_of(clashes: Iterable[Clash]) -> pd.DataFrame:
    """Conflicts within a set, a row each."""
    return frame_of(clashes, ("conflict", "measures", "measure_names", "severity", "sentence"))


def voices_of(voices: Iterable[VoiceChange]) -> pd.DataFrame:
    """Who keeps and who loses voice, a row each."""
    return frame_of(voices, ("agency", "agency_name", "before", "after", "loss"))


def figures_of(**sets: SetFigures) -> pd.DataFrame:
    """Sets in figures, a row a figure and a column a set."""
    rows = [
        {"figure": name, "label": label, **{each: getattr(figures, name) for each, figures in sets.items()}}
        for label, name, _ in FIGURES
    ]
    return frame_of(rows, ("figure", "label", *sets)).astype(dict.fromkeys(sets, float))


LOSS: Final = "Whose own measures serve fewer of their duties"

SHOWN: Final = ("measures", "gaps", "missing", "lost", "conflict", "unsaid", "burden", "largest_loss")
"""Figures that are shown to people, where one is not 0; the table has all."""

FIGURES: Final = (
    ("measures", "measures", ",d"),
    ("duties served", "served", ",d"),
    ("duties not served", "gaps", ",d"),
    ("measures bodies lack", "missing", ",d"),
    ("lost to people", "lost", ",.3f"),
    ("residual conflict", "conflict", ",.3f"),
    ("left unsaid", "unsaid", ",.3f"),
    ("toll", "toll", ",.3f"),
    ("live targets withdrawn", "dropped", ",d"),
    ("burden", "burden", ",.3f"),
    ("largest loss of voice", "largest_loss", ",.3f"),
    ("alignment", "alignment", "+,.3f"),
    ("congruity", "congruity", ",.3f"),
)
