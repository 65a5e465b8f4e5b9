"""The answer: which measures to keep, why, and how sure that is."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol

from pydantic import PrivateAttr

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.options.aligned_set import Options
from alignment.models.progress import Progress, quiet
from alignment.models.stopping import Stopped

from .achieve import ConflictingSet
from .answer import AnswerNoun, Frames
from .frame import beside, frame_of, measure_rows
from .layout import figure, fold, folded, section, wrapped
from .shared_values import SharedValues
from .stages import Member, StageName

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


class RetiredMeasure(Noun):
    """A measure with targets today that is not in the set."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    statutory: bool
    """Whether it goes on being reported, though nobody is judged on it any more."""
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
    change: float
    """Weighted targets on measures that are not in the set. Sum of weights."""
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
        """How many measures are kept and retired, and how sure that is, in a line."""
        proof = "proven to be the best" if self.proven else f"not proven to be the best ({self.stopped})"
        kept = count(self.after.measures, "measure", "measures")
        unknown = count(len(self.not_judged), "measure", "measures")
        rest = f" Not judged: {unknown} of which no outcome is known." if self.not_judged else ""
        return f"Keep {kept}, retire {len(self.retired)}: {proof}.{rest}"

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
            today, proposed = (figure(getattr(each, name), form) for each in (self.before, self.after))
            lines.append(f"{label:24}{today:>12}{proposed:>12}")
        return "\n".join(lines)

    @property
    def frames(self) -> Frames:
        """Tables by name: the measures, then what the search, the set and today are worth, and what is left."""
        return {
            "measures": self._measures,
            "stages": self._stages,
            "figures": self._figures,
            "gaps": self._gaps,
            "conflicts": self._conflicts,
            "voices": self._voices,
            "local": self._local,
            "unused": self._unused,
        }

    def _measures(self) -> pd.DataFrame:
        """A row for each measure with targets or in the set.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``decision`` ("kept", "retired" or "not judged"), ``member`` (in "every",
            "some" or "none" of the best sets, or "unknown"), ``reason``; by id.
        """
        decided = (("kept", self.kept), ("retired", self.retired), ("not judged", self.not_judged))
        rows = [beside(row, decision=decision) for decision, some in decided for row in some]
        rows.sort(key=lambda row: row["measure"])
        return frame_of(rows, ("measure", "name", "decision", "member", "reason"))

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
    yield proposal.headline
    yield ""
    yield proposal.figures
    yield ""
    yield from folded(map(_stage_line, proposal.stages), width)
    yield from fold(proposal.sureness, width)
    for head, rows in (("Kept", proposal.kept), ("Retired", proposal.retired)):
        yield ""
        yield f"{head}:"
        yield from wrapped((row.reason for row in rows), width)
    yield from section("Not judged", [row.reason for row in proposal.not_judged], width)
    yield from section("Local choice", [row.sentence for row in proposal.local], width)
    if proposal.shared is not None:
        yield from [
            "",
            "Values that the targets on the set could share:",
            textwrap.indent(proposal.shared.to_text(width - 2), "  "),
        ]
    yield from section("Duties that nothing kept serves", [gap.reason for gap in proposal.gaps], width)
    yield from section("Conflicts it leaves", [clash.sentence for clash in proposal.clashes], width)
    yield from section(LOSS, losses(proposal.voices), width)
    yield from section("Notes", proposal.notes, width)


def _stage_line(stage: StageResult) -> str:
    sure = "proven" if stage.proven else f"not below {figure(stage.bound, ',.3f')}"
    return f"  {stage.stage:10}{figure(stage.value, ',.3f'):>12} {stage.unit} ({sure})"


def losses(voices: Iterable[VoiceChange]) -> list[str]:
    """Who loses voice, in sentences."""
    return [f"{voice.agency}: {voice.after} of the {voice.before} they serve today." for voice in voices if voice.loss]


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

FIGURES: Final = (
    ("measures", "measures", ",d"),
    ("duties served", "served", ",d"),
    ("duties not served", "gaps", ",d"),
    ("residual conflict", "conflict", ",.3f"),
    ("burden", "burden", ",.3f"),
    ("largest loss of voice", "largest_loss", ",.3f"),
    ("alignment", "alignment", "+,.3f"),
    ("congruity", "congruity", ",.3f"),
)
