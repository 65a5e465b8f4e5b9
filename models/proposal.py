"""The answer: which measures to keep, why, and how sure that is."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from pydantic import PrivateAttr

from .achievement import ConflictingSet
from .fields import Answer, Noun
from .options import Options
from .sharing import SharedValues
from .stages import Member, StageName
from .stopping import Stopped
from .system import count

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


class Gap(Noun):
    """A duty that the set does not serve."""

    duty: DutyRef
    """The duty."""
    weight: float
    """The weight of the heaviest target behind it. No unit, above 0 to 1."""
    reason: str
    """Why nothing serves it, in a sentence."""


class VoiceChange(Noun):
    """What an agency's own measures serve of its own duties."""

    agency: str
    """The agency, by id."""
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
    measure: str
    """The measure, by id."""
    weight: float
    """The weight of the agency's own targets on it. Sum of weights."""
    sentence: str
    """Who goes on with what, in a sentence."""


class Standing(Noun):
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


class Verdict(Answer):
    """What the judge finds of a set of measures, from the system alone."""

    system: str
    """The hash of the system."""
    options: Options
    """What was asked."""
    measures: tuple[str, ...]
    """The set, by id, in order."""
    standing: Standing
    """The set in figures."""
    unserved: tuple[Gap, ...]
    """Duties left unserved."""
    unbalanced: tuple[str, ...]
    """Tiers without a measure of a dimension that could have one, as tier/dimension."""
    clashes: tuple[Clash, ...]
    """The conflicts within the set, worst first."""
    voices: tuple[VoiceChange, ...]
    """Who keeps and who loses voice, largest loss first."""
    broken: tuple[str, ...]
    """The wishes that the set does not meet, in sentences; none for an aligned set."""

    @property
    def aligned(self) -> bool:
        """Whether the set meets every wish."""
        return not self.broken

    def _lines(self, width: int) -> Iterable[str]:
        return _verdict_lines(self, width)

    def to_frame(self) -> pd.DataFrame:
        """A row for each thing that is wrong with the set.

        Returns
        -------
        pandas.DataFrame
            ``finding`` ("wish not met", "duty not served" or "conflict"), ``agency``, ``outcome``, ``population`` (ids
            or blank), ``measures`` (ids joined by "; "), ``weight`` (of a duty, or the severity of a conflict; float
            or blank), ``sentence``.
        """
        import pandas as pd

        rows: list[tuple[str | float | None, ...]] = [
            ("wish not met", None, None, None, "", None, sentence) for sentence in self.broken
        ]
        rows += [
            ("duty not served", duty.agency, duty.outcome, duty.population, "", gap.weight, gap.reason)
            for gap in self.unserved
            for duty in [gap.duty]
        ]
        rows += [
            ("conflict", None, None, None, "; ".join(clash.measures), clash.severity, clash.sentence)
            for clash in self.clashes
        ]
        return pd.DataFrame(
            rows, columns=["finding", "agency", "outcome", "population", "measures", "weight", "sentence"]
        )


class Reasoner(Protocol):
    """Somebody who can be asked for the reasons of an answer."""

    def why(self, measure: str) -> Why:
        """Why a measure is kept or not, and what it would cost to do otherwise."""
        ...

    def reasons(self, measures: Iterable[str] | None, progress: Callable[[str], None]) -> Reasons:
        """The reasons of some measures, or of all."""
        ...


class Proposal(Answer):
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
    unused: tuple[str, ...]
    """The measures without targets that are not in it, by id."""
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
    before: Standing
    """Today's targeted measures in figures."""
    after: Standing
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

    def reasons(
        self, measures: Iterable[str] | None = None, progress: Callable[[str], None] = lambda _: None
    ) -> Reasons:
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
        return f"Keep {kept}, retire {len(self.retired)}: {proof}."

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
            today, proposed = (_figure(getattr(each, name), form) for each in (self.before, self.after))
            lines.append(f"{label:24}{today:>12}{proposed:>12}")
        return "\n".join(lines)

    def to_frame(self) -> pd.DataFrame:
        """A row for each measure with targets or in the set.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``decision`` ("kept" or "retired"), ``member`` (in "every", "some" or "none" of
            the best sets, or "unknown"), ``reason``; by id.
        """
        import pandas as pd

        rows = [(row.measure, row.name, "kept", row.member, row.reason) for row in self.kept]
        rows += [(row.measure, row.name, "retired", row.member, row.reason) for row in self.retired]
        return pd.DataFrame(sorted(rows), columns=["measure", "name", "decision", "member", "reason"])

    def _lines(self, width: int) -> Iterable[str]:
        return _lines(self, width)

    def __repr__(self) -> str:
        proof = "proven" if self.proven else "not proven"
        return f"<Proposal: {len(self.kept)} measures kept, {len(self.retired)} retired, {proof}>"


def _lines(proposal: Proposal, width: int) -> Iterator[str]:
    yield proposal.headline
    yield ""
    yield proposal.figures
    yield ""
    for stage in proposal.stages:
        sure = "proven" if stage.proven else f"not below {_figure(stage.bound, ',.3f')}"
        yield f"  {stage.stage:10}{_figure(stage.value, ',.3f'):>12} {stage.unit} ({sure})"
    yield from textwrap.wrap(proposal.sureness, width)
    for head, rows in (("Kept", proposal.kept), ("Retired", proposal.retired)):
        yield ""
        yield f"{head}:"
        for row in rows:
            yield from textwrap.wrap(row.reason, width, initial_indent="  ", subsequent_indent="    ")
    yield from _section("Local choice", [row.sentence for row in proposal.local], width)
    if proposal.shared is not None:
        yield from [
            "",
            "Values that the targets on the set could share:",
            textwrap.indent(proposal.shared.to_text(width - 2), "  "),
        ]
    yield from _section("Duties that nothing kept serves", [gap.reason for gap in proposal.gaps], width)
    yield from _section("Conflicts it leaves", [clash.sentence for clash in proposal.clashes], width)
    yield from _section(LOSS, _losses(proposal.voices), width)
    yield from _section("Notes", proposal.notes, width)


def _verdict_lines(verdict: Verdict, width: int) -> Iterator[str]:
    broken = count(len(verdict.broken), "wish is not met", "wishes are not met")
    yield "Every wish is met." if verdict.aligned else f"Not an aligned set: {broken}."
    yield ""
    for label, name, form in FIGURES:
        yield f"{label:24}{_figure(getattr(verdict.standing, name), form):>12}"
    beyond = [gap.reason for gap in verdict.unserved if gap.reason not in verdict.broken]
    yield from _section("Wishes not met", verdict.broken, width)
    yield from _section("Other duties not served" if verdict.broken else "Duties not served", beyond, width)
    yield from _section("Conflicts within the set", [clash.sentence for clash in verdict.clashes], width)
    yield from _section(LOSS, _losses(verdict.voices), width)


def _section(head: str, sentences: Sequence[str], width: int) -> Iterator[str]:
    """A list under its head, the tail counted; nothing without sentences."""
    if sentences:
        yield ""
        yield f"{head}:"
    for sentence in sentences[:SHOWN]:
        yield from textwrap.wrap(sentence, width, initial_indent="  ", subsequent_indent="    ")
    if len(sentences) > SHOWN:
        yield f"  ... and {len(sentences) - SHOWN} more."


def _losses(voices: Iterable[VoiceChange]) -> list[str]:
    return [f"{voice.agency}: {voice.after} of the {voice.before} they serve today." for voice in voices if voice.loss]


LOSS: Final = "Whose own measures serve fewer of their duties"

SHOWN: Final = 20

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


def _figure(value: float | None, form: str) -> str:
    if value is None:
        return "-"
    text = f"{value:{form}}"
    return text.rstrip("0").rstrip(".") if "." in text else text
